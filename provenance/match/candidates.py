"""Where to look for the pictures that one may match: what to search the index for, and which of the finds to compare."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from provenance.match.codes import PDQ_TURNS, pdq_turned
from provenance.match.compare import view_of
from provenance.records import Asset

REACH: Mapping[str, int] = {"pdq": 60, "vlad": 860, "sscd": 378}
"""Bits within which a picture is worth a closer look; measured in docs/matching.md.

PDQ: one pair of distinct photographs in a million is as near. SSCD: a cosine of 0.40. VLAD: a cosine of about 0.25.
"""
MOST: Mapping[str, int] = {"pdq": 10, "vlad": 10, "sscd": 10}
"""How many of the nearest are compared."""

Hit = tuple[str, int]
"""An asset's sha256 and its distance."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A hash to search the index for, and how far."""

    algorithm: str
    value: str
    reach: int


def searches(asset: Asset) -> Iterator[Probe]:
    """What to search for: every view of the picture as it is, and the PDQ of the whole and of inner ones in all eight turns."""
    for print_ in asset.fingerprints:
        if print_.algorithm == "pdq":
            for turn in PDQ_TURNS if not view_of(print_).startswith("crop") else PDQ_TURNS[:1]:
                yield Probe("pdq", pdq_turned(print_.value, turn), REACH["pdq"])
        elif print_.algorithm in REACH and view_of(print_) != "mirrored":
            yield Probe(print_.algorithm, print_.value, REACH[print_.algorithm])


def shortlist(found: Iterable[tuple[str, Iterable[Hit]]]) -> list[str]:
    """The assets to compare, from what each algorithm found, the nearest of each first."""
    best: dict[str, dict[str, int]] = {}
    for algorithm, hits in found:
        nearest = best.setdefault(algorithm, {})
        for sha256, distance in hits:
            nearest[sha256] = min(distance, nearest.get(sha256, distance))
    ranked = [sorted(nearest, key=lambda s, n=nearest: (n[s], s))[: MOST[algorithm]] for algorithm, nearest in best.items()]  # type: ignore[misc]
    return list(dict.fromkeys(sha256 for names in ranked for sha256 in names))
