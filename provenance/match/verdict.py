"""Two assets and their sketches to a `Match`: bytes first, then the aligned pixels, then hashes and the model.

The pixels have the last word: a hash that says "likely" of two frames of one burst is taken back to "possible" where the
aligned pixels disagree.
"""

from dataclasses import dataclass, replace
from functools import cache

from provenance.match.codes import distance
from provenance.match.compare import ORDER, compare, shown, view_of
from provenance.match.describe import alignment, explained, reservation, transform
from provenance.match.judge import Evidence, weigh
from provenance.match.rules import AlignedRule, rules
from provenance.records import Asset, Match, Sketch, Verdict

_NEAR_COPIES = 276
"""Bits of SSCD (a cosine of about 0.66) that make a match possible without key points: docs/matching.md."""
_CONTRADICTED = (24, 0.4)
"""Cells, and the share of them that must agree, below which the pixels speak against a hash."""
_RICH = 150
"""Key points on both sides from which on it says something that no eight agree."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The outcome, and what was measured on the way."""

    match: Match | None
    evidence: Evidence | None


def join(left: Asset, right: Asset, ours: Sketch | None, theirs: Sketch | None, *, moving: bool = False) -> Compared:
    """Whether two assets are the same picture.

    Args:
        left: one asset.
        right: the other.
        ours: the sketch of the left one; None where its bytes cannot be read.
        theirs: that of the right one.
        moving: one is a frame of a clip, which is read twice a second: a camera that moves may stand elsewhere by then.
    """
    by_hash = compare(left, right)
    if ours is None or theirs is None or (by_hash and by_hash.algorithm == "sha256"):
        return Compared(by_hash, None)
    evidence = weigh(ours, theirs)
    if evidence and moving:
        evidence = replace(evidence, displaced=0.0)
    rule = next((r for r in rules().aligned if evidence and not evidence.apart and r.holds(evidence.facts)), None)
    if evidence and rule and (by_hash is None or _rank(rule.verdict) <= _rank(by_hash.verdict)):
        return Compared(_aligned(left, right, evidence, rule, (ours, theirs)), evidence)
    if by_hash:
        return Compared(_held_against(by_hash, evidence, ours, theirs), evidence)
    return Compared(_by_model(left, right), evidence)


def _rank(verdict: Verdict) -> int:
    return ORDER[verdict]


def _aligned(left: Asset, right: Asset, evidence: Evidence, rule: AlignedRule, sketches: tuple[Sketch, Sketch]) -> Match:
    return Match(
        asset=left.sha256,
        other=right.sha256,
        verdict=rule.verdict,
        algorithm="geometry",
        distance=round(100 * (1 - evidence.agreement)),
        transform=transform(evidence, sketches),
        explanation=explained(evidence, rule),
        error_rate=rule.error_rate,
        alignment=alignment(evidence, sketches),
    )


def _held_against(found: Match, evidence: Evidence | None, ours: Sketch, theirs: Sketch) -> Match:
    """A match by hash, taken back to "possible" where the pixels or the key points speak against it."""
    least, share = _CONTRADICTED
    if evidence and evidence.apart:
        said = "yet of two frames that lie on one another the pictures differ"
    elif evidence and evidence.cells >= least and evidence.agreement < share:
        said = f"laid on one another only {evidence.alike} of {evidence.cells} cells look alike, so it may be another moment"
    elif evidence and (against := reservation(evidence)):
        said = f"yet {against}"
    elif evidence is None and min(len(ours.points), len(theirs.points)) >= 8 * _RICH:
        said = "yet of many key points no eight agree"
    else:
        return found
    if found.verdict == "possible":
        return found
    return replace(found, verdict="possible", error_rate=None, explanation=f"{found.explanation.removesuffix('.')}; {said}.")


def _by_model(left: Asset, right: Asset) -> Match | None:
    """A match of the copy detection model alone: never more than possible.

    Where both hold inner pictures the wholes are not held against one another: they would be alike by their frames.
    """
    framed = bool(shown(left, "sscd") and shown(right, "sscd"))
    near = [
        (distance(a.value, b.value), a.bits)
        for a in left.fingerprints
        for b in right.fingerprints
        if a.algorithm == b.algorithm == "sscd" and model_of(a.version) == model_of(b.version)
        if not (framed and view_of(a) == view_of(b) == "")
    ]
    bits, length = min(near, default=(_NEAR_COPIES + 1, 0))
    if bits > _NEAR_COPIES:
        return None
    return Match(
        asset=left.sha256,
        other=right.sha256,
        verdict="possible",
        algorithm="sscd",
        distance=bits,
        explanation=f"The copy detection model gives both nearly the same numbers ({bits} of {length} bits differ), but no "
        "alignment of the pixels was found.",
        error_rate=rules().model_rate,
    )


@cache
def model_of(version: str) -> str:
    """The version without the view."""
    return version.partition(";")[0].strip()
