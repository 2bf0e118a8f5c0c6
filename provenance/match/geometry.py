"""Where one picture lies in another: key points that agree, and the homography that brings them together.

A homography maps any plane seen by any camera onto another, so it covers crops, sizes, turns, mirroring (tried apart), a
screen photographed at an angle, and a picture within a picture.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.records import Sketch

Matrix = NDArray[np.float64]
Points = NDArray[np.float32]
Described = NDArray[np.float32]
"""Descriptors, one a row."""

LEAST = 8
"""Key points that must agree: four fix a homography, and fewer than eight agree by chance between any two busy pictures."""
_RATIO = 0.85  # of the nearest descriptor to the second nearest (Lowe, 2004, has 0.8; RANSAC takes out what is wrong)
_NEAR = 4.0  # pixels of the 512-pixel sketch
_ROUNDS = 2000
_THINNEST = 0.02  # of the sides' ratio of a mapped picture: below it all lies on a line


@dataclass(frozen=True, slots=True)
class Placed:
    """How `right` lies in `left`: pixels of the right sketch to pixels of the left one, and the key points that agree.

    `left` and `right` are the places of these key points in each sketch. With `mirrored`, the right sketch is mirrored in
    the left one; the homography has this turn in it.
    """

    homography: Matrix
    inliers: int
    mirrored: bool
    left: Points
    right: Points


def place(left: Sketch, right: Sketch) -> Placed | None:
    """The placement with the most key points in agreement, straight or mirrored; None where no eight agree."""
    ours, theirs = descriptors(left), descriptors(right)
    if min(len(ours), len(theirs)) < LEAST:
        return None
    straight = _placed(left, right, (ours, theirs))
    turned = _placed(left, right, (ours, mirror(theirs)), mirrored=True, more_than=straight.inliers if straight else 0)
    return max((p for p in (straight, turned) if p), key=lambda p: p.inliers, default=None)


def grey(sketch: Sketch) -> NDArray[np.uint8]:
    """The pixels of a sketch, rows × columns."""
    return np.frombuffer(sketch.grey, dtype=np.uint8).reshape(sketch.height, sketch.width)


def points(sketch: Sketch) -> Points:
    """The places of its key points, x and y in pixels."""
    return np.frombuffer(sketch.points, dtype=np.float32).reshape(-1, 2)


def descriptors(sketch: Sketch) -> Described:
    """RootSIFT of its key points, 128 each, of length 1 but for rounding."""
    return np.frombuffer(sketch.descriptors, dtype=np.uint8).reshape(-1, 128).astype(np.float32) / np.float32(255)


def mirror(descriptors: Described) -> Described:
    """What SIFT would have said of the mirrored picture: rows of places from below, angles the other way round.

    A descriptor has 4 × 4 places of 8 angles, in a frame turned to the key point's own angle, which mirroring negates.
    """
    cube = descriptors.reshape(-1, 4, 4, 8)
    return np.ascontiguousarray(cube[:, ::-1, :, (0, 7, 6, 5, 4, 3, 2, 1)]).reshape(-1, 128)


def _placed(
    left: Sketch, right: Sketch, described: tuple[Described, Described], *, mirrored: bool = False, more_than: int = 0
) -> Placed | None:
    """One of the two passes; None, too, where it cannot have more than so many key points in agreement."""
    least = max(LEAST, more_than + 1)
    pairs = _pairs(*described, least)
    if len(pairs) < least:
        return None
    target, source = points(left)[pairs[:, 0]], points(right)[pairs[:, 1]]
    if mirrored:
        source = np.column_stack((right.width - 1 - source[:, 0], source[:, 1]))
    cv2.setRNGSeed(7)
    found, held = cv2.findHomography(source, target, cv2.USAC_MAGSAC, _NEAR, maxIters=_ROUNDS, confidence=0.999)
    if found is None or not _sound(found, right):
        return None
    kept = held.ravel() > 0
    inliers = _spread(target[kept])
    if inliers < LEAST:
        return None
    whole = np.asarray(found, dtype=np.float64) @ (turn_of(right) if mirrored else np.eye(3))
    return Placed(whole, inliers, mirrored, target[kept], points(right)[pairs[kept, 1]])


def _pairs(ours: Described, theirs: Described, least: int) -> NDArray[np.int64]:
    """Index pairs of descriptors that are each other's nearest, and nearer than the second nearest by the ratio.

    Where there cannot be `least` of them, there may be fewer than there are.
    """
    alike = ours @ theirs.T
    best = alike.argmax(axis=1)
    rows = np.arange(len(ours))
    first = alike[rows, best]
    alike[rows, best] = -1
    second = alike.max(axis=1)
    alike[rows, best] = first
    lengths = (ours**2).sum(axis=1) / 2 + (theirs**2).sum(axis=1)[best] / 2
    clear = np.flatnonzero((lengths - first) < _RATIO**2 * np.maximum(lengths - second, 1e-6))
    if len(clear) < least:
        return np.empty((0, 2), np.int64)
    kept = clear[alike.argmax(axis=0)[best[clear]] == clear]
    return np.column_stack((kept, best[kept]))


def _spread(places: Points) -> int:
    """Key points in agreement at different places: one corner often has several, of other sizes and angles."""
    return len(np.unique(np.round(places / 3), axis=0))


def _sound(homography: Matrix, right: Sketch) -> bool:
    """Whether the mapped picture is a convex shape of its own handedness, neither a line nor turned inside out."""
    corners = corners_of(right)
    depth = np.column_stack((corners, np.ones(4))) @ homography[2]
    if (depth <= 1e-3).any():  # noqa: PLR2004 - behind the camera
        return False
    mapped = cv2.perspectiveTransform(corners[None].astype(np.float64), homography)[0]
    edges = np.roll(mapped, -1, axis=0) - mapped
    crosses = edges[:, 0] * np.roll(edges, -1, axis=0)[:, 1] - edges[:, 1] * np.roll(edges, -1, axis=0)[:, 0]
    lengths = np.linalg.norm(edges, axis=1)
    return bool((crosses > 0).all() and lengths.min() > _THINNEST * lengths.max() and lengths.min() > 4)  # noqa: PLR2004 - pixels


def corners_of(sketch: Sketch) -> Points:
    """Its four corners, clockwise from the upper left."""
    right, bottom = sketch.width - 1, sketch.height - 1
    return np.array([(0, 0), (right, 0), (right, bottom), (0, bottom)], dtype=np.float32)


def turn_of(sketch: Sketch) -> Matrix:
    """What mirrors a sketch left to right."""
    return np.array([(-1, 0, sketch.width - 1), (0, 1, 0), (0, 0, 1)], dtype=np.float64)
