"""What an alignment is called, and the sentence that a person can check."""

import cv2
import numpy as np

from provenance.match.geometry import Matrix
from provenance.match.judge import Evidence
from provenance.match.rules import AlignedRule, least_pictured, most_displaced
from provenance.records import Alignment, Sketch, Transform

_TURNED = 12.0  # degrees; below it a picture lies askew and is not turned
_WHOLE = 0.97  # share of a picture from which on all of it is in the other
_OVERLAID = 0.93  # share of cells that agree where nothing lies over the picture

_DISPLACED = "what agrees is displaced by other amounts in other places, as from another standpoint or by another lens"
_LETTERED = "what agrees is mostly lettering or signs on a flat ground, as an interface has around any picture"

Pair = tuple[Sketch, Sketch]


def transform(evidence: Evidence, sketches: Pair) -> Transform:
    """The one word for what was done between the two; the first that fits."""
    if evidence.placed.mirrored:
        return "mirrored"
    if abs(turned_by(evidence.placed.homography)) > _TURNED:
        return "rotated"
    if evidence.framed:
        return "framed"
    if evidence.agreement < _OVERLAID:
        return "overlaid"
    return "resized" if min(_shares(evidence, sketches)) >= _WHOLE else "cropped"


def turned_by(homography: Matrix) -> float:
    """Degrees, from −180 to 180, clockwise as seen."""
    return float(np.degrees(np.arctan2(homography[1, 0], homography[0, 0])))


def explained(evidence: Evidence, rule: AlignedRule) -> str:
    """What was measured, in words."""
    frame = "inner picture" if evidence.framed else "smaller picture"
    said = (
        f"Laid on one another {evidence.placed.inliers} key points agree and {evidence.alike} of {evidence.cells} "
        f"cells with texture look alike; the overlap covers {evidence.covered:.0%} of the {frame}"
    )
    said = f"{said}; so did {rule.wrong or 'none'} of {rule.pairs:,} pairs of different photographs ({rule.worst})."
    against = reservation(evidence)
    return f"{said} But {against}." if against else said


def reservation(evidence: Evidence) -> str | None:
    """What keeps two pictures whose cells look alike from being called the same; None where nothing does."""
    if evidence.displaced > most_displaced():
        return _DISPLACED
    return _LETTERED if evidence.pictured < least_pictured() else None


def alignment(evidence: Evidence, sketches: Pair) -> Alignment:
    """The placement in shares of width and height."""
    left, right = sketches
    in_shares = _shrunk(left) @ evidence.laid.homography @ np.linalg.inv(_shrunk(right))
    outline = _overlap(evidence) / np.array([left.width, left.height])
    return Alignment(
        homography=tuple(round(float(v), 9) for v in (in_shares / in_shares[2, 2]).ravel()),
        outline=tuple(round(float(v), 5) for v in outline.ravel()),
        points=evidence.placed.inliers,
        cells=evidence.cells,
        agreeing=evidence.alike,
        covered=round(evidence.covered, 3),
    )


def _shrunk(sketch: Sketch) -> Matrix:
    return np.diag([1 / sketch.width, 1 / sketch.height, 1.0])


def _overlap(evidence: Evidence) -> Matrix:
    """Corners of what both frames cover, in pixels of the left sketch."""
    ours, theirs = evidence.laid.frames
    mapped = cv2.perspectiveTransform(theirs[None].astype(np.float64), evidence.laid.homography)[0].astype(np.float32)
    _, both = cv2.intersectConvexConvex(cv2.convexHull(ours), cv2.convexHull(mapped))
    return np.zeros((0, 2)) if both is None else both.reshape(-1, 2).astype(np.float64)


def _shares(evidence: Evidence, sketches: Pair) -> tuple[float, float]:
    """How much of each whole picture the overlap is."""
    area = float(cv2.contourArea(_overlap(evidence).astype(np.float32)))
    scale = abs(float(np.linalg.det(evidence.laid.homography[:2, :2])))
    return area / (sketches[0].width * sketches[0].height), area / max(scale * sketches[1].width * sketches[1].height, 1.0)
