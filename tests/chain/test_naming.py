"""Whether two names of sources are of one party."""

import tomllib
from importlib.resources import files

import pytest
from chain_pages import Page, account
from hypothesis import given
from hypothesis import strategies as st
from test_conflicts import conflicts
from test_scenes import shown

from provenance.chain import names, naming
from provenance.chain.appearance import appearances
from provenance.chain.pages import edges
from provenance.chain.scenes import same_scene
from provenance.chain.words import fold
from provenance.records import Party


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Orsena Press", "오르세나 프레스"),
        ("Orsena Press", "オルセナ・プレス"),
        ("Orsena Times", "ओरसेना टाइम्स"),
        ("Orsena Post", "أورسينا بوست"),
        ("Kim Dal-su", "김달수"),
        ("Mirela Vantova", "Мирела Вантова"),
        ("Mirela Vantova", "Μιρέλα Βαντόβα"),
        ("Vantova", "Mirela Vantova"),
        ("Radio Orsena", "Orsena Radio"),
        ("Centre for Strategic Studies", "Centrul Ucrainei pentru Studii Strategice"),
        ("Zentrum für strategische Kommunikation", "Centre for Strategic Communication"),
        ("Coast Guard", "Coast Guard"),
    ],
)
def test_one_party_in_two_ways_of_writing(name: str, other: str) -> None:
    """All words of the shorter name are in the longer one, by letters in one script and by sound in two."""
    assert naming.one(name, other) is True
    assert naming.one(other, name) is True


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Brief aus der Lagoon", "Lagoon Watch"),
        ("Courrier du Lac", "Lake Courrier Photo Lagune"),
        ("Mirela Vantova", "Petra Vantova"),
        ("Mirela Vantova", "Пётр Вантова"),
        ("Harbour Sentinel", "Lim Ajans"),
        ("Мирела Вантова", "John Smith"),
    ],
)
def test_a_shared_common_word_makes_no_two_names_one(name: str, other: str) -> None:
    """Each has a word of its own: a place, a common noun or a family name in common does not make them one."""
    assert naming.one(name, other) is False
    assert naming.one(other, name) is False


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Coast Guard", "Береговая охрана"),
        ("Guardia Costiera", "Coast Guard"),
        ("Tanaka Yuko", "田中裕子"),
        ("Police", "Police"),
        ("Lagoon", "Lagoon Watch"),
        ("Radio Orsena", "Orsena FM"),
        ("Radio Orsena Norte", "Radio Orsena Sul"),
        ("", "Lagoon Watch"),
    ],
)
def test_what_letters_and_sounds_do_not_tell_is_not_known(name: str, other: str) -> None:
    """A translation, Han, a bare common word: neither one nor two."""
    assert naming.one(name, other) is None


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_names_are_compared_the_same_both_ways(name: str, other: str) -> None:
    """The order of two names does not change the answer, and no name is another than itself."""
    assert naming.one(name, other) is naming.one(other, name)
    assert naming.one(name, name) is not False


def credited(name: str, line: str, language: str = "en") -> Page:
    page = Page(name, f"Credit {line}.", language=language)
    return page.medium(role="body", credit=line, credit_parties=tuple(line.split(" / ")))


def test_an_agency_in_two_scripts_is_no_hard_conflict_of_credits() -> None:
    """A photographer with the agency here, the agency in Hangul there: both lines hold."""
    (found,) = conflicts("credit", credited("a", "Mirela Vantova / Orsena Press"), credited("b", "오르세나 프레스", "ko"))
    assert found.severity == "apparent"


def test_names_in_two_scripts_that_cannot_be_compared_are_said_to_be_unchecked() -> None:
    """Sounds that are not written, and translated names, never make a hard conflict; the reading says so."""
    (found,) = conflicts("credit", credited("a", "Tanaka Yuko"), credited("b", "田中裕子", "ja"))
    assert found.severity == "soft"
    assert "not checked" in found.reading
    (hard,) = conflicts("credit", credited("a", "Mirela Vantova"), credited("b", "Иван Петров", "ru"))
    assert hard.severity == "hard"


def test_a_common_word_in_two_names_is_no_common_source() -> None:
    """Two outlets named for one delta are two sources: nothing is "from" what both names have in common."""
    first = shown("a", "A boat at a jetty").cites(Party(name="Lagoon Watch", kind="organisation"), "A boat", "posted-by")
    second = shown("b", "A boat at the jetty").cites(
        Party(name="Brief aus der Lagoon", kind="organisation"), "A boat", "posted-by"
    )
    (a,), (b,) = appearances(first.stored()), appearances(second.stored())
    scored = same_scene(a, b)
    assert scored is None or "both from" not in scored[1].why


def test_a_common_word_joins_no_two_media_of_one_page() -> None:
    """The picture of "Lagoon Brief" in a page is not the one that its text has from "Lagoon Watch"."""
    page = Page("a", "Text. A clip that Lagoon Watch sent.").medium(
        role="body", credit="Lagoon Brief", credit_parties=("Lagoon Brief",)
    )
    page.medium("A clip", account=account(None, None)).cites(
        Party(name="Lagoon Watch", kind="organisation"), "Lagoon Watch", "posted-by", about=("m2",)
    )
    assert not [e for e in edges(appearances(page.stored())) if "one source" in e.why]


def test_what_points_back_names_nobody() -> None:
    """The same group here and there is no name; a name that begins alike is one."""
    assert not names.is_named("同団体", "ja")
    assert not names.is_named("the same group", "en")
    assert names.is_named("Samesun Group", "en")


def test_who_is_only_described_is_no_named_source() -> None:
    """An airport worker and the operator are no names in scripts without capitals; a company's own name is one."""
    assert not names.is_named("一名机场员工", "zh")
    assert not names.is_named("運営会社", "ja")
    assert names.is_named("青波汽船会社", "ja")


def test_every_listed_word_is_common() -> None:
    """Each word of the file is found again as common, each particle is left out: an example for every entry."""
    table = tomllib.loads(files("provenance.chain").joinpath("data", "name_words.toml").read_text(encoding="utf-8"))
    particles = {fold(w) for forms in table.pop("particles").values() for w in forms}
    pointing = [w for forms in table.pop("pointing").values() for w in forms]
    assert [w for w in pointing if not naming.points_back(f"{w.rstrip('*')} 1")] == []
    described = [w for forms in table.pop("describing").values() for w in forms]
    assert [w for w in described if names.is_named(w.lstrip("*"), "ja")] == []
    everyone = [w for forms in table.pop("everyone").values() for w in forms]
    assert [w for w in everyone if not naming.is_nobody(w)] == []
    assert particles.isdisjoint(naming.words_of(" ".join(sorted(particles))))
    words = [fold(w.rstrip("*")) for group in table.values() for forms in group.values() for w in forms]
    assert [w for w in words if not all(naming.is_common(part) for part in w.split())] == []


def test_an_article_that_belongs_to_a_title() -> None:
    """The names "Le Linteau" and "The Galleryist" begin with an article; what merely has one before it is no name."""
    assert names.is_named("Le Linteau", "it")
    assert names.is_named("The Galleryist", "en")
    assert not names.is_named("The port authority", "en")
    assert not names.is_named("Die Hafenbehörde", "de")
