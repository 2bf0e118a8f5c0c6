"""Why two pictures are no match, in words: the test that they failed, and by how much."""

from provenance.match.candidates import REACH
from provenance.match.rules import rules
from provenance.match.verdict import Compared
from provenance.records import Asset

_NAMES = {
    "points": "key points in agreement",
    "cells": "cells with texture in the overlap",
    "agreement": "of the cells that look alike",
    "covered": "of the smaller picture in the overlap",
    "halfway": "of the cells that look only half alike",
    "contradicted": "of the cells with another texture on either side",
    "pictured": "of the cells that look alike show more than lettering",
    "displaced": "pixels of displacement together",
}
_SHARES = frozenset({"agreement", "covered", "halfway", "contradicted", "pictured"})


def nearest(tried: list[tuple[Asset, Compared]]) -> str:
    """The nearest of those that were compared and did not match, and what it lacked for "possible"."""
    asset, outcome = max(tried, key=lambda pair: _nearness(pair[1]))
    return f"Nearest was asset {asset.sha256}: {_lacked(outcome)}."


def out_of_reach(found: tuple[str, int, int | None] | None) -> str:
    """Where nothing was near enough to be compared: the nearest by PDQ."""
    if found is None:
        return "Nothing that is kept is anywhere near: no PDQ differs in fewer than half of its bits."
    sha256, bits, _ = found
    return f"Nearest was asset {sha256}: PDQ differs in {bits} of 256 bits, and up to {REACH['pdq']} are looked at more closely."


def _nearness(outcome: Compared) -> tuple[float, int]:
    return (outcome.evidence.agreement, outcome.evidence.placed.inliers) if outcome.evidence else (0.0, 0)


def _lacked(outcome: Compared) -> str:
    if outcome.evidence is None:
        return "no eight of their key points agree on where one would lie in the other"
    if outcome.evidence.apart:
        alike = f"{outcome.evidence.alike} of {outcome.evidence.cells} cells"
        return f"only the frames around two pictures agree; of what they hold {alike} with texture look alike"
    weakest, facts = rules().aligned[-1], outcome.evidence.facts
    failed = [f"{_said(k, facts[k])} {_NAMES[k]}, {_said(k, v)} are needed" for k, v in weakest.least.items() if facts[k] < v]
    failed += [f"{_said(k, facts[k])} {_NAMES[k]}, {_said(k, v)} are allowed" for k, v in weakest.most.items() if facts[k] > v]
    return "; ".join(failed)


def _said(fact: str, value: float) -> str:
    return f"{value:.0%}" if fact in _SHARES else f"{value:.0f}"
