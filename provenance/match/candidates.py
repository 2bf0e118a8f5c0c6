"""Where to look for the pictures that one may match: what to search the index for, and which of the finds to compare."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from provenance.match.codes import DIGITS, PDQ_TURNS, PdqTurn, pdq_turned, turned
from provenance.match.compare import TURNS, view_of, views
from provenance.match.rules import Rule, rules
from provenance.records import Asset

REACH: Mapping[str, int] = {"pdq": 60, "vlad": 860, "sscd": 378}
"""Bits within which a picture is worth a closer look; measured in docs/matching.md.

PDQ: one pair of distinct photographs in a million is as near. SSCD: a cosine of 0.40. VLAD: a cosine of about 0.25.
"""
MOST: Mapping[str, int] = {"pdq": 10, "vlad": 10, "sscd": 10}
"""How many of the nearest are compared."""

_USUAL_TURNS: tuple[PdqTurn, ...] = ((False, False, False), (False, True, False), (False, True, True))

Hit = tuple[str, int]
"""An asset's sha256 and its distance."""


@dataclass(frozen=True, slots=True)
class Search:
    """Hashes to search the index for, how far, and how many of the finds are of use; None for all of them."""

    algorithm: str
    values: tuple[str, ...]
    reach: int
    most: int | None = None


def searches(asset: Asset) -> list[Search]:
    """What to search for to find the pictures that are worth a closer look, one search an algorithm.

    PDQ: the crops and inner pictures as they are, these and the whole mirrored and upside down, too. Key points are found
    whichever way a picture lies, so the other ways to lay it are searched for only where there are too few of them.
    """
    counted = any(print_.algorithm == "vlad" for print_ in asset.fingerprints)
    values: dict[str, list[str]] = {}
    for print_ in asset.fingerprints:
        view = view_of(print_)
        if print_.algorithm == "pdq":
            turns = PDQ_TURNS[:1] if view.startswith("crop") else _USUAL_TURNS if counted else PDQ_TURNS
            values.setdefault("pdq", []).extend(pdq_turned(print_.value, turn) for turn in turns)
        elif print_.algorithm in REACH and view != "mirrored":
            values.setdefault(print_.algorithm, []).append(print_.value)
    return [Search(name, tuple(dict.fromkeys(found)), REACH[name], MOST[name]) for name, found in values.items()]


def certain(asset: Asset) -> Iterator[tuple[Search, ...]]:
    """Searches of which an asset is in all where a rule for pairs of hashes joins it: those that find the fewest first."""
    for view in views(asset).values():
        for rule in _widest():
            if rule.needs.keys() <= view.keys():
                for turn in TURNS:
                    values = {n: turned(n, view[n].value, turn) if turn else view[n].value for n in rule.needs}
                    yield tuple(Search(n, (values[n],), rule.needs[n]) for n in sorted(rule.needs, key=lambda n: (DIGITS[n], n)))


@cache
def _widest() -> tuple[Rule, ...]:
    """The rules that hold wherever another one does."""
    every = rules().pairs
    return tuple(r for r in every if not any(o is not r and _within(r, o) for o in every))


def _within(rule: Rule, other: Rule) -> bool:
    return other.needs.keys() <= rule.needs.keys() and all(rule.needs[name] <= most for name, most in other.needs.items())


def shortlist(found: Iterable[tuple[str, Iterable[Hit]]]) -> list[str]:
    """The assets to compare, from what each algorithm found, the nearest of each first."""
    best: dict[str, dict[str, int]] = {}
    for algorithm, hits in found:
        nearest = best.setdefault(algorithm, {})
        for sha256, distance in hits:
            nearest[sha256] = min(distance, nearest.get(sha256, distance))
    ranked = [sorted(nearest, key=lambda s, n=nearest: (n[s], s))[: MOST[algorithm]] for algorithm, nearest in best.items()]  # type: ignore[misc]
    return list(dict.fromkeys(sha256 for names in ranked for sha256 in names))
