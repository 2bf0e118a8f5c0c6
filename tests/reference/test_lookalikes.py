"""Handles that look alike are flagged, and one handle in other letter cases is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.reference.lookalikes import flags, imitates, pairs, shape


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ORRINMILL", "ORRlNMILL"),
        ("orrin_mill", "orrin_mi11"),
        ("orrin_mill", "orrin_mіll"),
        ("tarnpost", "tаrnpost"),
        ("tarnpost", "tampost"),
        ("lindholm0", "lindholmO"),
        ("wavewatch", "vvavewatch"),
        ("ｏrrin", "orrin"),
    ],
)
def test_impostors_are_told(one: str, other: str) -> None:
    """Strokes, noughts, letters of other alphabets, two letters that read as one."""
    assert imitates(one, other)
    assert imitates(other, one)
    assert 1 == len(list(pairs([one, other])))


@pytest.mark.parametrize(("one", "other"), [("orrin_mill", "Orrin_Mill"), ("orrin_mill", "orrin_mills"), ("tarn", "torn")])
def test_others_are_not(one: str, other: str) -> None:
    """Upper and lower case are one handle; another word is another handle."""
    assert not imitates(one, other)
    assert not flags([one, other])


def test_what_is_said_names_both_and_the_alphabets() -> None:
    """A pair in one sentence; a disguised handle also when it stands alone; a handle of one alphabet, whichever, is none."""
    assert ("@ORRINMILL and @ORRlNMILL look alike and are not the same account: one may imitate the other",) == flags(
        ["ORRINMILL", "ORRlNMILL", "orrinmill"]
    )
    assert ("@tаrnpost is written with letters of several alphabets (Latin, Cyrillic)",) == flags(["tаrnpost"])
    assert () == flags(["мельница", "mill", "मिल", "mill_2"])


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_has_a_shape(one: str, other: str) -> None:
    """A shape is stable, and imitation goes both ways, never with itself."""
    assert shape(shape(one)) == shape(one) or len(shape(one)) < len(one)
    assert imitates(one, other) == imitates(other, one)
    assert not imitates(one, one)
    assert len(flags([one, other])) <= 3
