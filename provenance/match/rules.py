"""The rules of matching, as measured: read from `calibration.toml`, which a desk can read and the benchmark rewrites."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from provenance.records import Verdict

VERSION = "11"
"""Of all that decides on a match; what was found by another version is found again."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A verdict and the largest distance, in bits, of each hash that it needs.

    `wrong` of `pairs` pairs of distinct photographs were joined by it in the worst set of pairs measured (`worst` names
    how both were edited); `error_rate` is their share, or where there were none its upper bound at 95 %, 3 / pairs.
    """

    name: str
    verdict: Verdict
    needs: Mapping[str, int]
    worst: str
    wrong: int
    pairs: int
    error_rate: float

    def holds(self, distances: Mapping[str, int]) -> bool:
        """Whether every hash that the rule needs is there and near enough."""
        return all(name in distances and distances[name] <= most for name, most in self.needs.items())


@dataclass(frozen=True, slots=True)
class AlignedRule:
    """A verdict on two pictures that were laid on one another: what must be reached (`least`) and not be passed (`most`).

    Keys are those of `judge.Evidence.facts`; the rest as in `Rule`.
    """

    name: str
    verdict: Verdict
    least: Mapping[str, float]
    most: Mapping[str, float]
    worst: str
    wrong: int
    pairs: int
    error_rate: float

    def holds(self, facts: Mapping[str, float]) -> bool:
        """Whether all of it is met."""
        return all(facts[k] >= v for k, v in self.least.items()) and all(facts[k] <= v for k, v in self.most.items())


@dataclass(frozen=True, slots=True)
class Rules:
    """For pairs of pictures, for bare hashes and for aligned pixels, each in the order of trust.

    `model_rate` is the share of distinct pairs that the copy detection model alone calls possible.
    """

    pairs: tuple[Rule, ...]
    bare: tuple[Rule, ...]
    aligned: tuple[AlignedRule, ...]
    model_rate: float


@cache
def rules() -> Rules:
    """The rules that ship with the program."""
    table = tomllib.loads(resources.files(__package__).joinpath("calibration.toml").read_text("utf-8"))
    return Rules(
        pairs=tuple(Rule(**row) for row in table["rule"]),
        bare=tuple(Rule(**row) for row in table["bare"]),
        aligned=tuple(AlignedRule(**row) for row in table["aligned"]),
        model_rate=table["model"]["error_rate"],
    )


def radii() -> dict[str, int]:
    """For each algorithm the radius to search.

    Within PDQ's, every pair that matches is found; within the others', every picture that a bare hash matches.
    """
    found = bare_radii()
    return {**found, "pdq": max(found["pdq"], *(rule.needs["pdq"] for rule in rules().pairs))}


def bare_radii() -> dict[str, int]:
    """For each algorithm the radius within which every picture is that a bare hash matches."""
    found: dict[str, int] = {}
    for rule in rules().bare:
        for name, most in rule.needs.items():
            found[name] = max(most, found.get(name, 0))
    return found


def least_pictured() -> float:
    """The share of agreeing cells that must show more than lettering where two pictures are surely one: by the strictest rule."""
    return max((r.least["pictured"] for r in rules().aligned if "pictured" in r.least), default=0.0)


def most_displaced() -> float:
    """Pixels that cells may lie displaced together where two pictures are surely one: by the strictest rule."""
    return min((r.most["displaced"] for r in rules().aligned if "displaced" in r.most), default=float("inf"))
