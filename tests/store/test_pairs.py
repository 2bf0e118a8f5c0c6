"""Remembered matches: given back both ways round, and never those of other rules."""

from pathlib import Path

from provenance.records import Match
from store.pairs import Pairs


def match(asset: str, other: str, verdict: str = "likely") -> Match:
    return Match(asset=asset, other=other, verdict=verdict, algorithm="pdq", distance=3, explanation="near")  # type: ignore[arg-type]  # as a test writes it


def test_a_match_is_given_from_either_side(tmp_path: Path) -> None:
    """What was found when one asset came is known of the other, once that was compared too."""
    pairs = Pairs(tmp_path)
    assert pairs.of("a", "1") is None
    pairs.keep("a", "1", [match("a", "b")])
    pairs.keep("b", "1", [])
    assert [match("a", "b")] == pairs.of("a", "1")
    assert [match("b", "a")] == pairs.of("b", "1")


def test_matches_of_other_rules_are_not_given(tmp_path: Path) -> None:
    """When the rules change, what they would not find any more is forgotten, whoever is asked first."""
    pairs = Pairs(tmp_path)
    pairs.keep("a", "1", [match("a", "b")])
    pairs.keep("b", "1", [])
    assert pairs.of("a", "2") is None
    pairs.keep("a", "2", [])
    pairs.keep("b", "2", [])
    assert [] == pairs.of("a", "2")
    assert [] == pairs.of("b", "2")


def test_a_spoilt_file_is_as_good_as_none(tmp_path: Path) -> None:
    """Derived data costs time when it is lost, and nothing else."""
    (tmp_path / "pairs.db").write_bytes(b"\xff" * 5000)
    pairs = Pairs(tmp_path)
    pairs.keep("a", "1", [match("a", "b")])
    assert pairs.of("a", "1") is None
    pairs.forget()
    pairs.keep("a", "1", [match("a", "b")])
    assert [match("a", "b")] == pairs.of("a", "1")
