"""The parties that texts name."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.reference import parties


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("@YonhapNews", "Yonhap News Agency"),
        ("연합뉴스", "Yonhap News Agency"),
        ("the guardian", "The Guardian"),
        ("路透社", "Reuters"),
        ("ТАСС", "TASS"),
        ("lemonde.fr", "Le Monde"),
        ("telegram:mod_russia", "Russian Defence Ministry"),
        ("(AFP)", "AFP"),
    ],
)
def test_every_spelling_comes_to_one_name(written: str, name: str) -> None:
    """A name in any script, a handle or a domain leads to the one name of its party."""
    entry = parties.resolve(written)
    assert entry is not None
    assert entry.name == name


def test_an_unknown_name_is_nobody() -> None:
    """What no entry holds is None, never the nearest one."""
    assert parties.resolve("The Harbour Lantern") is None


def test_short_capitals_match_in_capitals_only() -> None:
    """An agency's initials are not the same letters inside prose."""
    assert [m.entry.name for m in parties.find("an ap and an AP picture")] == ["Associated Press"]


def test_everyday_words_count_only_when_asked_for() -> None:
    """A masthead that is also a word is found only where a cue points at it."""
    assert parties.find("Time flies over The Hill") == []
    assert [m.entry.name for m in parties.find("Time", plain=True)] == ["Time"]


def test_a_name_inside_a_longer_word_is_no_name() -> None:
    """A match ends where the word ends."""
    assert parties.find("Reutersville and Sputniks") == []


def test_korean_names_may_carry_a_particle() -> None:
    """In scripts whose words run on, the name ends before its ending."""
    found = parties.find("로이터통신은 전했다")
    assert [(m.start, m.end, m.entry.name) for m in found] == [(0, 5, "Reuters")]


def test_the_file_covers_the_world() -> None:
    """Agencies, newspapers and broadcasters of many countries are there, and no name stands twice."""
    entries = parties.entries()
    kinds = Counter(e.kind for e in entries)
    assert len(entries) >= 150
    assert min(kinds["agency"], kinds["newspaper"], kinds["broadcaster"], kinds["official"]) >= 25
    assert len({e.country for e in entries if e.country}) >= 50
    assert [n for n, count in Counter(e.name for e in entries).items() if count > 1] == []


@given(st.text(max_size=200))
def test_every_mention_is_an_exact_slice(text: str) -> None:
    """Mentions are in order, inside the text, and the slice leads back to the same party."""
    position = 0
    for mention in parties.find(text, plain=True):
        assert position <= mention.start < mention.end <= len(text)
        position = mention.end
