"""Labels of sources: each with its words, in every language, and said of nobody but the source that they stand by."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from chain_pages import Page, account

from provenance.chain import Grouping
from provenance.records import Interest, Party
from provenance.reference import interests, parties

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


def found(page: Page) -> list[Interest]:
    group = Grouping()
    group.add(page.stored())
    (visual,) = group.visuals()
    for interest in visual.interests:
        assert interest.documents == (page.id,)
        assert all(page.text[s.start : s.end] == s.text for s in interest.spans)
    return list(visual.interests)


def credited(line: str, *names: str, language: str = "en") -> Page:
    page = Page("d", f"The bridge. {line}", language=language)
    return page.medium(role="lead", credit=line, credit_span=page.span(line), credit_parties=names)


def cited(text: str, party: Party, words: str, relation: Any = "posted-by", language: str = "en") -> Page:
    return Page("d", text, language=language).medium(role="lead").cites(party, words, relation)


def said(page: Page) -> set[tuple[str, str, str]]:
    return {(i.label, i.party, i.spans[0].text) for i in found(page)}


def test_a_pool_in_a_credit_line_is_said_of_the_line() -> None:
    """Which of the names took part in the pool the line does not tell, so none of them is called a pool."""
    assert said(credited("Orla Quist/Norvik Wire, Palace Pool via AP", "Orla Quist", "AP")) == {
        ("pool", "Orla Quist/Norvik Wire, Palace Pool via AP", "Pool")
    }


def test_state_media_are_known_by_name() -> None:
    """The label comes from the list of parties, and says so; the name as it stands is shown."""
    (interest,) = found(credited("Photo: KCNA", "KCNA"))
    assert (interest.label, interest.basis, interest.spans[0].text) == ("state-media", "known-party", "KCNA")


def test_a_description_before_a_name_is_of_that_source() -> None:
    """As in: the pro-government channel NAME; and what is for a government is not called one."""
    page = cited(
        "It was posted by the pro-government Telegram channel @ferry_watch.", account("ferry_watch"), "channel @ferry_watch"
    )
    assert said(page) == {("partisan", "telegram:@ferry_watch", "pro-government")}


def test_a_description_behind_a_name_is_of_that_source() -> None:
    """As in: NAME (the general staff)."""
    party = Party(name="Velmora Signal", kind="organisation")
    page = cited("It was handed over by Velmora Signal (the general staff) on Friday.", party, "by Velmora Signal", "provided-by")
    assert said(page) == {("armed-forces", "Velmora Signal", "general staff")}


def test_a_description_of_somebody_else_is_not_of_the_source() -> None:
    """Another party in the sentence lends the source no label."""
    text = (
        "The defence ministry denied it, while the picture was posted by @ferry_watch, and the police are asking for witnesses."
    )
    assert said(cited(text, account("ferry_watch"), "posted by @ferry_watch")) == set()


def test_who_comments_is_no_source() -> None:
    """A ministry that is quoted on a picture did not give it."""
    party = Party(name="Velmora Defence Ministry", kind="official")
    assert (
        said(cited("The Velmora Defence Ministry said it was false.", party, "Velmora Defence Ministry said", "reports")) == set()
    )


@pytest.mark.parametrize(
    ("language", "text", "name", "label"),
    [
        ("uk", "Відео надала пресслужба Сигнал.", "Сигнал", "official-channel"),
        ("ru", "Видео передало министерство обороны Вельморы.", "министерство обороны Вельморы", "defence-ministry"),
        ("de", "Das Video stammt vom Geheimdienst Velmoras.", "Geheimdienst Velmoras", "intelligence-service"),
        (
            "fr",
            "La vidéo vient du service de renseignement de Velmora.",
            "service de renseignement de Velmora",
            "intelligence-service",
        ),
        ("es", "El video fue entregado por la policía de Velmora.", "policía de Velmora", "police"),
        ("ja", "映像は国防省が提供した。", "国防省", "defence-ministry"),
        ("ko", "영상은 국방부가 공개했다.", "국방부", "defence-ministry"),
        ("zh", "视频由国防部发布。", "国防部", "defence-ministry"),
        ("pl", "Nagranie przekazała straż graniczna Velmory.", "straż graniczna Velmory", "armed-forces"),
        ("tr", "Görüntüyü Savunma Bakanlığı yayımladı.", "Savunma Bakanlığı", "defence-ministry"),
        ("ar", "نشرت الفيديو وزارة الدفاع.", "وزارة الدفاع", "defence-ministry"),
        ("hi", "वीडियो रक्षा मंत्रालय ने जारी किया।", "रक्षा मंत्रालय", "defence-ministry"),
    ],
)
def test_labels_in_many_languages(language: str, text: str, name: str, label: str) -> None:
    """A source is labelled by what it is called, in its language."""
    party = Party(name=name, kind="official", as_written=name)
    assert label in {i.label for i in found(cited(text, party, name, "provided-by", language))}


def test_the_data_file_is_whole() -> None:
    """Every label has its words for people and a list in every language; every party that it names is a known one."""
    table = tomllib.loads((files("provenance.reference") / "data" / "interests.toml").read_text("utf-8"))
    for label, group in table.items():
        assert set(group) >= LANGUAGES | {"say", "parties"}, label
        assert all(parties.resolve(name) and parties.resolve(name).name == name for name in group["parties"]), label  # type: ignore[union-attr]
        assert all(form == form.strip() and form for key in LANGUAGES for form in group[key]), label


def test_a_label_that_the_file_lost_is_still_printed() -> None:
    """A record made with another list keeps its word."""
    assert interests.say("lost-label") == "lost-label"


def test_endings_and_word_bounds() -> None:
    """A star stands for an ending and not for another word; words are whole."""
    assert [f.label for f in interests.find("пресс-службой")] == ["official-channel"]
    assert interests.find("carpool and spoolers") == []
