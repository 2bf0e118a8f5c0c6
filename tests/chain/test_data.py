"""The data files of the chain room."""

import tomllib
from importlib.resources import files

import pytest

from provenance.chain import cues
from provenance.chain.words import fold

LANGUAGES = {"en", "de", "fr", "es", "pt", "it", "pl", "ro", "tr", "ru", "uk", "ar", "zh", "ja", "ko"}


def table(name: str) -> dict[str, dict[str, object]]:
    return tomllib.loads(files("provenance.chain").joinpath("data", name).read_text(encoding="utf-8"))


def test_every_concept_has_a_form_in_every_language() -> None:
    """A concept that lacks a language would keep pages in it apart; nations have all as well."""
    concepts = table("concepts.toml")
    assert len(concepts["thing"]) >= 80
    lacking = {
        f"{name}: {sorted(LANGUAGES - set(languages))}"
        for group in (concepts["thing"], concepts["common"], concepts["nation"])
        for name, languages in group.items()
        if LANGUAGES - set(languages)
    }
    assert lacking <= {"sudden"}, lacking


def test_a_form_means_one_thing_in_its_language() -> None:
    """Within one language no whole form stands under two concepts, for only the first would count."""
    seen: dict[tuple[str, str], str] = {}
    twice = set()
    for group in table("concepts.toml").values():
        for name, languages in group.items():
            for language, forms in languages.items():
                for form in forms:
                    first = seen.setdefault((language, fold(form)), name)
                    if first != name:
                        twice.add((language, form, first, name))
    assert len(twice) <= 12, sorted(twice)


@pytest.mark.parametrize("group", ["asserts", "distances", "there", "near", "one", "many", "false", "true", "open", "breaks"])
def test_every_group_of_cues_is_there_for_each_language(group: str) -> None:
    """A desk that edits the file may add words, not lose a group."""
    found = table("cues.toml")[group]
    assert {"en", "de", "fr", "es", "other"} <= set(found)
    assert all(isinstance(form, str) and form.strip() == form for forms in found.values() for form in forms)


def test_cues_are_whole_words_in_the_language_of_the_document() -> None:
    """The words "over" is not found in "cover", and a German cue not in an English text; unspaced scripts need no word bounds."""
    assert cues.find("there", "the cover", 0, 9) == []
    assert cues.find("near", "bei", 0, 3, "en") == []
    assert cues.find("near", "bei", 0, 3, "de") == [(0, 3)]
    assert cues.find("distances", "これは橋とされる", 0, 8, "ja") == [(4, 8)]


def test_stop_words_are_folded_words() -> None:
    """A stop word with a capital or a blank would never match a folded token."""
    for language, words in table("stopwords.toml").items():
        assert all(" " not in word for word in words), language
