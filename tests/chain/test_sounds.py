"""Names in different scripts that sound alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.chain import sounds
from provenance.chain.words import fold


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Montalbano", "Монтальбано"),
        ("Montalbano", "モンタルバーノ"),
        ("Montalbano", "몬탈바노"),
        ("Velasquez", "Веласкес"),
        ("Karabulak", "كارابولاك"),
        ("Takahashi", "타카하시"),
    ],
)
def test_one_name_in_two_scripts(name: str, other: str) -> None:
    """Each script drops or doubles letters in its own way; the name stays one."""
    assert sounds.alike(fold(name), fold(other))


@pytest.mark.parametrize(
    ("name", "other"), [("Montalbano", "Мурманск"), ("Lima", "Лим"), ("Porto", "Порту"), ("Marino", "Moreno")]
)
def test_short_or_other_names_are_not_one(name: str, other: str) -> None:
    """Few consonants are shared by chance, and in one script letters are compared."""
    assert not sounds.alike(fold(name), fold(other))


def test_letters_that_look_alike_are_not_taken_for_one_another() -> None:
    """A handle with one Cyrillic letter imitates the other: it has no sound of its own."""
    assert not sounds.alike("montalbano", "montаlbano")


def test_names_are_found_among_others() -> None:
    """Katakana ends where Han begins, so that the name stands alone."""
    words = sounds.words_of("モンタルバーノ通信によると")
    assert sounds.shared(frozenset(["montalbano"]), words) == {"montalbano"}


@given(st.frozensets(st.text(max_size=12), max_size=6), st.frozensets(st.text(max_size=12), max_size=6))
def test_shared_is_what_pairwise_comparison_finds(left: frozenset[str], right: frozenset[str]) -> None:
    """The index finds no name that is not alike, and all that are the same."""
    found = sounds.shared(left, right)
    assert left & right <= found
    assert all(any(sounds.alike(n, o) for o in right) for n in found)
