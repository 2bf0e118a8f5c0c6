"""Who gives a firmer verdict than what it has it from: the words of both, and nobody blamed who is no firmer."""

import tomllib
from importlib.resources import files

import pytest
from chain_pages import Page, agency

from provenance.chain import Grouping
from provenance.chain.appearance import appearances
from provenance.chain.judgements import FIRM, GUESS, OPEN, judgements
from provenance.records import Party, Visual

LANGUAGES = {
    "en",
    "ko",
    "ru",
    "uk",
    "ja",
    "zh",
    "ro",
    "de",
    "fr",
    "es",
    "it",
    "pl",
    "tr",
    "vi",
    "ar",
    "fa",
    "hi",
    "pt",
    "bg",
    "cs",
    "nl",
    "id",
}
CENTRE = Party(name="Velmora Verification Centre", kind="official")


def visual_of(*pages: Page) -> Visual:
    group = Grouping()
    for number, made in enumerate(pages, 1):
        made.sequence = number
        made.assets["m1"] = "a" * 64
        group.add(made.stored())
    (visual,) = group.visuals()
    bodies = {p.id: p.text for p in pages}
    for loss in visual.losses:
        assert loss.spans
        assert all(bodies[s.document][s.start : s.end] == s.text for s in loss.spans)
        assert any(s.document == loss.document for s in loss.spans)
    return visual


def page(name: str, text: str, *, outlet: str | None = None, language: str = "en") -> Page:
    return Page(name, text, outlet=outlet, language=language).medium("photo", role="lead")


def source(text: str = "The photo could not be verified, the desk said.") -> Page:
    return page("s", text, outlet="Norvik Wire")


def citing(text: str) -> Page:
    return page("c", text, outlet="The River Post").cites(agency("Norvik Wire"), "Norvik Wire", "reports")


def test_not_found_that_becomes_fake_is_a_hardened_verdict() -> None:
    """The page that it names leaves it open; it says outright that the photo is fake: both words are shown."""
    visual = visual_of(source(), citing("The photo is fake, Norvik Wire reported."))
    assert visual.verdict_hardened_by == ("c",)
    (loss,) = [found for found in visual.losses if found.kind == "verdict-hardened"]
    assert [s.text for s in loss.spans] == ["fake", "could not be verified"]
    assert "Norvik Wire" in loss.reading


def test_may_be_genuine_that_becomes_verified_is_one_too() -> None:
    """It holds for both sides."""
    visual = visual_of(
        source("The photo may be genuine, the desk said."), citing("Verified: the photo of the bridge, says Norvik Wire.")
    )
    assert visual.verdict_hardened_by == ("c",)


@pytest.mark.parametrize(
    "text",
    [
        "The photo may be fake, Norvik Wire reported.",
        "Is the photo fake? Norvik Wire asked.",
        "The photo is not fake, Norvik Wire reported.",
        "The photo could not be verified, Norvik Wire reported.",
        "There is no evidence that the photo is fake, Norvik Wire reported.",
        "The photo shows a bridge, Norvik Wire reported.",
    ],
)
def test_who_is_no_firmer_is_not_blamed(text: str) -> None:
    """A guess, a question, a denial and an open verdict are not a firm one."""
    assert visual_of(source(), citing(text)).verdict_hardened_by == ()


def test_who_repeats_a_firm_verdict_is_not_blamed() -> None:
    """The source itself said so."""
    assert visual_of(source("The photo is fake."), citing("The photo is fake, Norvik Wire reported.")).verdict_hardened_by == ()


def test_who_judges_on_its_own_is_not_blamed() -> None:
    """A desk that names nobody may have found out for itself."""
    assert visual_of(source(), page("c", "The photo is fake.")).verdict_hardened_by == ()


def test_who_repeats_a_hardened_verdict_is_told_with_the_one_who_hardened_it() -> None:
    """It names the page that made "verified" of "may be genuine", and says the same: the words of all three are shown."""
    soft = source("The photo may be genuine, the desk said.")
    hard = citing("Verified: the photo of the bridge, says Norvik Wire.")
    again = page("r", "The verified photo, taken up by The River Post.", outlet="Sandrigg Times")
    again.cites(agency("The River Post"), "taken up by The River Post", "reports")
    visual = visual_of(soft, hard, again)
    assert visual.verdict_hardened_by == ("c", "r")
    loss = visual.losses[-1]
    assert {s.document for s in loss.spans} == {"r", "c", "s"}
    assert "repeats The River Post" in loss.reading


def quoting(name: str, text: str) -> Page:
    return page(name, text).cites(CENTRE, "Velmora Verification Centre", "reports")


def test_a_party_that_others_quote_more_softly() -> None:
    """No page of the centre is at hand: one document has "fake" from it, two others only "not found"."""
    soft = [quoting(n, f"The flag on the photo was not found, the Velmora Verification Centre said {n}.") for n in ("a", "b")]
    hard = quoting("c", "The photo is fake, according to the Velmora Verification Centre.")
    visual = visual_of(*soft, hard)
    assert visual.verdict_hardened_by == ("c",)
    (loss,) = [found for found in visual.losses if found.kind == "verdict-hardened"]
    assert {s.text for s in loss.spans} == {"fake", "not found"}


def test_where_others_quote_it_as_firmly_nobody_is_blamed() -> None:
    """Then the party may well have said both."""
    soft = quoting("a", "The flag on the photo was not found, the Velmora Verification Centre said.")
    hard = [quoting(n, f"The photo is fake, the Velmora Verification Centre told {n}.") for n in ("b", "c")]
    assert visual_of(soft, *hard).verdict_hardened_by == ()


def test_a_headline_that_is_firmer_than_its_own_text() -> None:
    """Only the first line judges outright; the text leaves it open."""
    visual = visual_of(page("h", "FAKE photo of the bridge\n\nThe photo could not be verified so far."))
    assert visual.verdict_hardened_by == ("h",)


@pytest.mark.parametrize(
    ("language", "text", "grade"),
    [
        ("uk", "Фото є фейком.", FIRM),
        ("uk", "Прапор на фото не виявлено, не підтверджено.", OPEN),
        ("ru", "Это фейковое фото.", FIRM),
        ("ru", "Возможно, фото поддельное.", GUESS),
        ("de", "Das Foto ist gefälscht.", FIRM),
        ("de", "Das Foto könnte gefälscht sein.", GUESS),
        ("ja", "この写真は偽だ。", FIRM),
        ("zh", "这张照片是伪造的。", FIRM),
        ("zh", "这张照片可能是伪造的。", GUESS),
        ("ko", "이 사진은 조작된 것이다.", FIRM),
        ("es", "La foto es falsa.", FIRM),
        ("es", "La foto podría ser falsa.", GUESS),
        ("ar", "الصورة مفبركة.", FIRM),
        ("tr", "Fotoğraf sahte.", FIRM),
        ("hi", "यह तस्वीर फर्जी है।", FIRM),
    ],
)
def test_how_firmly_it_is_judged_in_many_languages(language: str, text: str, grade: int) -> None:
    """Outright, as a guess, or left open."""
    made = Page("d", text, language=language).medium(role="lead").stored()
    (member,) = appearances(made)
    assert [j.grade for j in judgements(member)][:1] == [grade]


def test_every_language_has_every_group() -> None:
    """A desk that edits the file may add words, not lose a language."""
    table = tomllib.loads(files("provenance.chain").joinpath("data", "verdicts.toml").read_text("utf-8"))
    assert set(table) == {"false", "true", "open", "soft", "not"}
    assert all(set(group) >= LANGUAGES for group in table.values())
    assert all(form == form.strip() and form for group in table.values() for forms in group.values() for form in forms)
