"""What the alignment of two pictures says: the same photograph, a likely one, the same scene perhaps, or nothing."""

from dataclasses import dataclass, replace
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.match.geometry import Matrix, Placed, corners_of, place, points
from provenance.match.overlap import TEXTURE, Cells, Laid, cells, lay, on_flat_ground, refined, within
from provenance.match.standpoint import displaced
from provenance.records import Sketch

Corners = NDArray[np.float32]
Mask = NDArray[np.bool_]

ALIKE = 0.8
"""Correlation from which on a cell is said to look alike."""
_HALFWAY = (0.2, 0.75)  # cells of another moment mostly lie between; those under a logo are at zero, those of a copy above
_UNLIKE = 0.5  # correlation below which two textures are not the same
_HELD = 0.9  # of the agreeing key points that a frame must hold to be what the match is made on
_HELD_TOGETHER = 0.7  # of the smaller of two frames that must lie in the other for both to be in one place
_SHOWN_APART = 0.45  # share of cells alike below which two frames show two pictures
_MUCH = 0.25  # of the cells with texture: where two smaller frames differ, as insets do, the rest may be the same picture
_BEST = (1.0, 1.0)  # every cell alike, and all of the smaller frame covered: nothing can be gained
_MOSTLY = 0.5  # share of agreeing cells below which no rule asks where the pictures were taken from
_NEARLY_ALL = 0.95  # share of agreeing cells from which on lettering is as good as a picture: it says the same
_LITTLE = 0.15  # share of agreeing cells below which climbing the correlation is not worth its time


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was measured of two aligned pictures.

    `cells` have texture, `alike` of them correlate; `halfway` is the share that neither agrees nor is simply covered;
    `covered` is the share of the smaller frame that the overlap covers; `framed` tells that an inner picture was compared;
    `pictured` is the share of the cells that look alike in which more is to be seen than signs on a flat ground; where nearly
    every cell looks alike it is not asked, and 1;
    `displaced` is how many pixels of the canvas cells that look alike lie apart together, told where most of them do;
    `apart` tells that two frames lie on one another, that little of what they hold looks alike, and that no eight key points
    of what they hold agree: the frames agree, and the pictures are two.
    """

    placed: Placed
    laid: Laid
    measured: Cells
    counted: Mask
    covered: float
    framed: bool
    displaced: float = 0.0
    pictured: float = 1.0
    apart: bool = False

    @property
    def cells(self) -> int:
        """How many cells have texture."""
        return int(self.counted.sum())

    @property
    def alike(self) -> int:
        """How many of them look alike on both sides."""
        return int((self.measured.correlation[self.counted] >= ALIKE).sum())

    @property
    def agreement(self) -> float:
        """The share of cells that look alike."""
        return self.alike / max(self.cells, 1)

    @property
    def halfway(self) -> float:
        """The share of cells that look somewhat alike."""
        values = self.measured.correlation[self.counted]
        return float(((values > _HALFWAY[0]) & (values < _HALFWAY[1])).mean()) if values.size else 1.0

    @property
    def contradicted(self) -> float:
        """The share of cells with texture on both sides that is not the same: no flat overlay, but another thing or moment."""
        both = self.counted & (np.minimum(self.measured.left, self.measured.right) >= TEXTURE)
        unlike = both & (self.measured.correlation < _UNLIKE)
        return float(unlike.sum()) / max(self.cells, 1)

    @property
    def facts(self) -> dict[str, float]:
        """What the rules ask for, by name."""
        return {
            "points": self.placed.inliers,
            "cells": self.cells,
            "agreement": self.agreement,
            "covered": self.covered,
            "halfway": self.halfway,
            "contradicted": self.contradicted,
            "displaced": self.displaced,
            "pictured": self.pictured,
        }


def weigh(left: Sketch, right: Sketch) -> Evidence | None:
    """Align two sketches and measure their overlap; None where no eight key points agree.

    Where only what lies around two different pictures agrees, as in two screenshots of one interface, the pictures are aligned
    by their own key points; where these do not agree, what is measured is how little the pictures have in common.
    """
    found = _compared(left, right)
    if found is None or found.agreement < _MOSTLY:
        return found
    alike = found.counted & (found.measured.correlation >= ALIKE)
    pictured = 1.0 if found.agreement >= _NEARLY_ALL else float((alike & ~on_flat_ground(found.laid)).sum()) / max(found.alike, 1)
    return replace(found, displaced=displaced(found.laid, alike), pictured=pictured)


def _compared(left: Sketch, right: Sketch) -> Evidence | None:
    found = _weighed(left, right)
    if found is None or (pair := _differing(found, left, right)) is None:
        return found
    ours, theirs, shown = pair
    again = _weighed(_cut(left, ours), _cut(right, theirs))
    if again and _differing(again, left, right) is None:
        return again
    return replace(found, placed=_held_in(found.placed, ours), counted=shown, apart=again is None)


def _held_in(placed: Placed, frame: Corners) -> Placed:
    """The key points in agreement that lie in a frame of the left sketch."""
    held = _inside(frame, placed.left)
    return replace(placed, inliers=int(held.sum()), left=placed.left[held], right=placed.right[held])


def _differing(found: Evidence, left: Sketch, right: Sketch) -> tuple[Corners, Corners, Mask] | None:
    """The frames, one of each, that lie on one another, hold much of the overlap and show two pictures, and the cells of these.

    The cells along a frame's edge are left out: they show the edge, which is the same for every picture.
    """
    measured, laid = found.measured, found.laid
    ours = [(frame, within(frame, laid.to_canvas, laid)) for frame in _corners(left)]
    theirs = [(frame, within(frame, laid.to_canvas @ laid.homography, laid)) for frame in _corners(right)]
    apart = []
    for (one, covered), (two, over) in product(ours, theirs):
        together = covered & over
        if together.sum() < _HELD_TOGETHER * min(covered.sum(), over.sum()):
            continue
        shown = min(covered, over, key=np.count_nonzero)
        told = cv2.erode(shown.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool) & measured.textured
        alike = int((measured.correlation[told] >= ALIKE).sum())
        if told.any() and alike <= _SHOWN_APART * told.sum() and shown.sum() >= _MUCH * measured.textured.sum():
            apart.append((alike / told.sum(), -int(told.sum()), (one, two, told)))
    return min(apart, key=lambda pair: pair[:2])[2] if apart else None


def _corners(sketch: Sketch) -> list[Corners]:
    return [np.array(frame, np.float32).reshape(4, 2) for frame in sketch.frames]


def _cut(sketch: Sketch, frame: Corners) -> Sketch:
    """A sketch with the key points of one of its frames only."""
    places = points(sketch)
    held = _inside(frame, places)
    described = np.frombuffer(sketch.descriptors, np.uint8).reshape(-1, 128)
    return replace(sketch, points=places[held].tobytes(), descriptors=described[held].tobytes())


def _inside(frame: Corners, places: NDArray[np.float32]) -> Mask:
    return np.array([cv2.pointPolygonTest(frame, (float(x), float(y)), measureDist=False) >= 0 for x, y in places], bool)


def _weighed(left: Sketch, right: Sketch) -> Evidence | None:
    placed = place(left, right)
    if placed is None:
        return None
    ours, theirs = _frame(left, placed.left), _frame(right, placed.right)
    laid = lay(left, right, placed, (ours, theirs))
    if laid is None:
        return None
    found = _evidence(placed, laid, (ours, theirs), (left, right))
    if _rank(found) == _BEST or (found.agreement < _LITTLE and found.agreement + found.halfway < 2 * _LITTLE):
        return found
    again = _evidence(placed, refined(right, laid, placed), (ours, theirs), (left, right))
    return max(found, again, key=_rank)


def _rank(found: Evidence) -> tuple[float, float]:
    return found.agreement, found.covered


def _frame(sketch: Sketch, agreeing: NDArray[np.float32]) -> Corners:
    """The smallest frame that holds nearly all key points in agreement, or the whole."""
    frames = sorted(_corners(sketch), key=cv2.contourArea)
    return next((f for f in frames if _share_within(f, agreeing) >= _HELD), corners_of(sketch))


def _share_within(frame: Corners, places: NDArray[np.float32]) -> float:
    return float(np.mean([cv2.pointPolygonTest(frame, (float(x), float(y)), measureDist=True) >= -2 for x, y in places]))  # noqa: PLR2004 - pixels


def _evidence(placed: Placed, laid: Laid, frames: tuple[Corners, Corners], sketches: tuple[Sketch, Sketch]) -> Evidence:
    measured = cells(laid)
    areas = [_area_on_canvas(frames[0], laid.to_canvas), _area_on_canvas(frames[1], laid.to_canvas @ laid.homography)]
    covered = min(1.0, float(laid.both.sum()) / max(min(areas), 1.0))
    framed = any(len(f) and not np.array_equal(f, corners_of(s)) for f, s in zip(frames, sketches, strict=True))
    return Evidence(placed, laid, measured, measured.textured, covered, framed)


def _area_on_canvas(frame: Corners, to_canvas: Matrix) -> float:
    return float(abs(cv2.contourArea(cv2.perspectiveTransform(frame[None].astype(np.float64), to_canvas)[0].astype(np.float32))))
