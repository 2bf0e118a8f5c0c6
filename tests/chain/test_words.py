"""What a visual is said to show, as concepts and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.chain.words import fold, language_of, lexicon, read, squeeze, stem

LANGUAGES = ["en", "de", "fr", "es", "pt", "it", "pl", "ro", "tr", "ru", "uk", "ar", "zh", "ja", "ko"]

FLAG_ON_A_BRIDGE = {
    "en": "a flag hoisted on a bridge",
    "de": "eine Flagge auf der Brücke",
    "fr": "un drapeau sur le pont",
    "es": "una bandera en el puente",
    "pt": "uma bandeira na ponte",
    "it": "una bandiera sul ponte",
    "pl": "flaga na moście i most",
    "ro": "un steag pe podul vechi",
    "tr": "köprüde bir bayrak",
    "ru": "флаг и мост",
    "uk": "прапор і міст",
    "ar": "علم على جسر",
    "zh": "大桥上的国旗",
    "ja": "橋の上の国旗",
    "ko": "다리에 걸린 깃발",
}


@pytest.mark.parametrize("language", FLAG_ON_A_BRIDGE)
def test_pages_in_different_languages_meet_in_concepts(language: str) -> None:
    """A flag and a bridge are the same two things in every language of the lexicon."""
    assert {"flag", "bridge"} <= read([FLAG_ON_A_BRIDGE[language]], language).things


def test_words_of_one_language_are_not_read_as_another() -> None:
    """English "most" and "deal" are no Polish bridge and no Romanian hill."""
    assert read(["the most important deal at the front"]).things == frozenset()


def test_the_text_tells_its_language_over_that_of_the_document() -> None:
    """An English post on a Polish page is read as English."""
    tokens = ["the", "video", "that", "was", "shared", "by", "them", "shows", "most", "of", "the", "town"]
    assert language_of(tokens, "pl") == "en"
    assert language_of(["most"], "pl") == "pl"


def test_what_every_visual_shows_tells_nothing() -> None:
    """Soldiers, photographs and accounts are common concepts; nations are kept apart; numbers too."""
    found = read(["Photos of 1,500 soldiers posted on a Telegram channel in Peru"])
    assert found.things == frozenset()
    assert {"soldier", "picture", "post"} <= found.common
    assert found.nations == {"PE"}
    assert found.numbers == {"1500"}


def test_hedges_and_function_words_are_no_content() -> None:
    """A claim that it shows a lighthouse and an outright statement have the same content."""
    assert read(["purportedly showing the lighthouse"]) == read(["a lighthouse"])


def test_inflected_words_meet() -> None:
    """Light stemming joins the forms of one English word and leaves short words alone."""
    assert stem("lanterns") == stem("lantern")
    assert stem("its") == "its"


def test_a_pair_of_words_hides_its_parts() -> None:
    """North Korea is one nation, not the north and some Korea."""
    assert read(["North Korean sailors"]).nations == {"KP"}
    assert read(["sailors of South Korea"]).nations == {"KR"}


def test_case_width_and_accents_do_not_count() -> None:
    """Folding is NFKC, case and accents; the voicing marks of kana are letters."""
    assert fold("ＤＲＡＰＥＡＵ Élan") == "drapeau elan"
    assert fold("ガ") != fold("カ")


@given(st.text(max_size=300))
def test_folding_twice_is_folding_once(text: str) -> None:
    """Folding is stable, so that data and texts may be folded apart."""
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """Hostile text gives content or nothing, never an error; concepts are those of the lexicon."""
    lex = lexicon()
    known = {c for forms in (*lex.latin.values(), lex.other) for c in (*forms.whole.values(), *forms.stems.values())}
    found = read([text])
    assert found.things | found.common | found.nations <= known
    assert squeeze(squeeze(text)) == squeeze(text)


def test_the_vowels_of_devanagari_tell_words_apart() -> None:
    """The Hindi word for "on" is no country, and a country is known by its whole name."""
    assert read(["मेज पर एक किताब"], "hi").nations == frozenset()
    assert read(["पेरू में पुल"], "hi").nations == {"PE"}


def test_a_coach_station_is_no_car_and_a_lift_no_staircase() -> None:
    """The longest word is read, in scripts that set no blanks, too."""
    assert read(["长途汽车站"], "zh").things == {"bus-station"}
    assert read(["玻璃电梯"], "zh").things == read(["엘리베이터"], "ko").things == {"lift"}
