"""Pictures within a picture: what a screenshot, a collage, a blurred fill or a screen photographed at an angle shows.

Three simple ways, all on a small copy: outlines with four corners whose inside is no plain colour; four straight edges of a
box (insets); and cuts along rows and columns that are plain (gutters, letterbox, the white between an interface's parts) or
where the picture changes along the whole line (tiles without a gutter, a sharp picture on a blurred fill). A wrong find costs
one more fingerprint, no match: what it shows is part of the picture all the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
Corners = NDArray[np.float32]

SIDE = 400
"""The longer side of the small copy."""
MOST = 5
"""Inner pictures of one picture: those in four straight edges first, then the largest."""
_LEAST_AREA = 0.035
_LEAST_SIDE = 0.14
_MOST_AREA = 0.96
_FILLED = 0.9  # of the four-cornered shape that the outline must fill
_ONE_COLOUR = 0.55  # share of one colour from which on it is a page, not a picture
_ONE_COLOUR_FRAMED = 0.8  # the same within four straight edges: skies are of one colour, too
_PLAIN = 4.0  # standard deviation of a row that is a gutter
_STEP = 7.0  # levels by which a seam's sides differ
_SEAM, _SEAM_OVER = 0.62, 0.3  # share of a line's pixels that step, and by how much that is above the lines beside it
_EDGE_STEP = 7  # levels of a step that may be an edge of an inset
_EDGE_HELD = 0.7  # share of each side of an inset that must be an edge; by chance, within a pixel, three in seven are
_EDGE_SEEN = 0.15  # of the picture's side: how far an edge is followed from a corner
_EDGE_OVER = 0.2  # by which a side must be more of an edge than the lines beside it
_ASIDE = (-8, -7, -6, -5, 5, 6, 7, 8)
_EDGE_LEAST = 4  # pixels
_MOST_CORNERS = 40
_DEPTH = 3
_SAME = 0.85  # overlap (intersection over union) at which two finds are one


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the small copy."""

    top: int
    bottom: int
    left: int
    right: int

    def cut(self, pixels: NDArray[np.generic]) -> NDArray[np.generic]:
        """What lies in it."""
        return pixels[self.top : self.bottom, self.left : self.right]

    def corners(self) -> Corners:
        """Clockwise from the upper left."""
        places = [(self.left, self.top), (self.right, self.top), (self.right, self.bottom), (self.left, self.bottom)]
        return np.array(places, dtype=np.float32)


def inner(rgb: Image.Image, size: tuple[int, int]) -> list[Corners]:
    """The corners of each inner picture, clockwise from its upper left, as shares of width and height (0 to 1).

    Args:
        rgb: the picture upright, maybe made smaller, each axis by its own factor.
        size: its full width and height.
    """
    factor = min(1.0, SIDE / max(size))
    width, height = (max(1, round(side * factor)) for side in size)
    small = np.asarray(rgb.resize((width, height), Image.Resampling.BOX))
    sure = [c for c in (box.corners() for box in _framed(small)) if _is_picture(small, c, _ONE_COLOUR_FRAMED)]
    others = [c for c in (*_outlined(small), *(box.corners() for box in _pieces(small))) if _is_picture(small, c)]
    found = _distinct([*sure, *sorted(others, key=lambda c: -cv2.contourArea(c))], small.shape)
    return [(c / np.array([width, height])).astype(np.float32) for c in found]


def straightened(rgb: Image.Image, corners: Corners) -> Image.Image:
    """The inner picture by itself, seen from the front."""
    places = corners * np.array(rgb.size, np.float32)
    box = places.min(axis=0), places.max(axis=0)
    if _is_box(places):
        return rgb.crop((round(float(box[0][0])), round(float(box[0][1])), round(float(box[1][0])), round(float(box[1][1]))))
    edges = np.linalg.norm(np.roll(places, -1, axis=0) - places, axis=1)
    width, height = (max(1, round(float(a + b) / 2)) for a, b in ((edges[0], edges[2]), (edges[1], edges[3])))
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    return Image.fromarray(cv2.warpPerspective(np.asarray(rgb), cv2.getPerspectiveTransform(places, target), (width, height)))


def _is_box(corners: Corners) -> bool:
    square = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
    low, high = corners.min(axis=0), corners.max(axis=0)
    return bool(np.abs(corners - (low + square * (high - low))).max() <= 0.015 * (high - low).max())


def _outlined(small: Pixels) -> Iterator[Corners]:
    """Outlines with four corners, at any depth: a picture in a bubble on a wallpaper."""
    edges = _edges(small)
    outlines, _ = cv2.findContours(edges, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    least = _LEAST_AREA * edges.size
    for outline in outlines:
        hull = cv2.convexHull(outline)
        area = cv2.contourArea(hull)
        if not least <= area <= _MOST_AREA * edges.size:
            continue
        corners = _four(hull, area)
        if corners is not None and cv2.contourArea(outline) >= _FILLED * area:
            yield corners


def _edges(small: Pixels) -> Pixels:
    padded = cv2.copyMakeBorder(cv2.GaussianBlur(small, (3, 3), 0), 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    found = np.max([cv2.Canny(np.ascontiguousarray(padded[..., channel]), 20, 50) for channel in range(3)], axis=0)
    edges: Pixels = cv2.morphologyEx(found, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    edges[[0, -1]] = 0
    edges[:, [0, -1]] = 0
    return edges[1:-1, 1:-1]


def _four(hull: NDArray[np.int32], area: float) -> Corners | None:
    for share in (0.02, 0.035, 0.05):
        shape = cv2.approxPolyDP(hull, share * cv2.arcLength(hull, closed=True), closed=True)
        if len(shape) == 4 and cv2.contourArea(shape) >= _FILLED * area:  # noqa: PLR2004 - corners
            return _ordered(shape.reshape(4, 2).astype(np.float32))
    return None


def _ordered(corners: Corners) -> Corners:
    middle = corners.mean(axis=0)
    around = corners[np.argsort(np.arctan2(*(corners - middle).T[::-1]))]
    return np.roll(around, -int(around.sum(axis=1).argmin()), axis=0)


def _pieces(small: Pixels) -> Iterator[Box]:
    grey = small.astype(np.float32).mean(axis=2)
    yield from _divided(small, grey, Box(0, grey.shape[0], 0, grey.shape[1]), _DEPTH)


def _divided(small: Pixels, grey: NDArray[np.float32], box: Box, depth: int) -> Iterator[Box]:
    """The parts that cuts leave, and theirs in turn."""
    for across in (False, True):
        spans = _spans(box.cut(small), across=across)
        parts = [part for span in spans if _long_enough(part := _part(box, span, across=across), small.shape)]
        if spans and (len(spans) > 1 or spans[0] != (0, box.right - box.left if across else box.bottom - box.top)):
            for part in parts:
                yield part
                if depth > 1:
                    yield from _divided(small, grey, part, depth - 1)
            return


def _framed(small: Pixels) -> Iterator[Box]:
    """A picture anywhere in another, as an inset is: four straight edges, each the sharpest step of its place.

    In a scene a step stays sharpest along one line of pixels for a short way only. The best with a corner of its own first.
    """
    laid = small.astype(np.int16)
    beside, below = _summed(_sharpest(laid)), _summed(_sharpest(laid.transpose(1, 0, 2))).T
    down, right = (int(_EDGE_SEEN * side) for side in small.shape[:2])
    if min(down, right) < _EDGE_LEAST:
        return
    runs_down, runs_right = (beside[down:] - beside[:-down]) / down, (below[:, right:] - below[:, :-right]) / right
    firsts = _best(np.minimum(runs_down[:, : runs_right.shape[1]], runs_right[: runs_down.shape[0]]))
    lasts = _best(np.minimum(runs_down[:, right - 1 :], runs_right[down - 1 :])) + np.array([down - 1, right - 1])
    pairs = [(*first, *last) for first in firsts for last in lasts if (last - first >= (down, right)).all()]
    for top, left, bottom, end in sorted(pairs, key=lambda box: -_held(beside, below, box)):
        if _held(beside, below, (top, left, bottom, end)) >= _EDGE_HELD:
            yield Box(int(top), int(bottom) + 1, int(left), int(end) + 1)


def _sharpest(lines: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Where a row has, within a pixel, a step that is sharper than those three pixels to either side."""
    steps = np.zeros(lines.shape[:2], np.int16)
    apart = np.abs(lines[:, 2:] - lines[:, :-2])
    steps[:, 1:-1] = np.maximum(np.maximum(apart[..., 0], apart[..., 1]), apart[..., 2])
    held = (steps > _EDGE_STEP) & (steps >= cv2.dilate(steps, np.ones((1, 7), np.uint8)))
    return np.asarray(cv2.dilate(held.astype(np.uint8), np.ones((1, 3), np.uint8)) > 0)


def _summed(held: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Down each column, with a row of zeros before."""
    return np.pad(np.cumsum(held, axis=0, dtype=np.int32), ((1, 0), (0, 0)))


def _best(shares: NDArray[np.float64]) -> NDArray[np.int64]:
    """Rows and columns of the places where two edges meet, the surest first."""
    scores = shares.astype(np.float32)
    tops = np.argwhere((scores >= _EDGE_HELD) & (scores >= cv2.dilate(scores, np.ones((5, 5), np.uint8))))
    return tops[np.argsort(-scores[tops[:, 0], tops[:, 1]], kind="stable")[:_MOST_CORNERS]]


def _held(beside: NDArray[np.int32], below: NDArray[np.int32], box: tuple[int, int, int, int]) -> float:
    """The least share of a side that is an edge; 0 where a line beside a side is nearly as much of one, as in a grid."""
    top, left, bottom, end = box
    sides = [_share(beside, x, (top, bottom)) for x in (left, end)] + [_share(below.T, y, (left, end)) for y in (top, bottom)]
    return min(held if held - aside >= _EDGE_OVER else 0.0 for held, aside in sides)


def _share(summed: NDArray[np.int32], place: int, span: tuple[int, int]) -> tuple[float, float]:
    """How much of a line within a span is an edge, and of that line beside it which is most of one."""
    aside = [place + step for step in _ASIDE if 0 <= place + step < summed.shape[1]]
    shares = (summed[span[1] + 1, [place, *aside]] - summed[span[0], [place, *aside]]) / (span[1] + 1 - span[0])
    return float(shares[0]), float(shares[1:].max())


def _long_enough(box: Box, shape: tuple[int, ...]) -> bool:
    return box.bottom - box.top >= _LEAST_SIDE * shape[0] and box.right - box.left >= _LEAST_SIDE * shape[1]


def _part(box: Box, span: tuple[int, int], *, across: bool) -> Box:
    if across:
        return Box(box.top, box.bottom, box.left + span[0], box.left + span[1])
    return Box(box.top + span[0], box.top + span[1], box.left, box.right)


def _spans(pixels: NDArray[np.generic], *, across: bool) -> list[tuple[int, int]]:
    """What lies between plain lines and seams, along the rows or (`across`) the columns."""
    lines = pixels.astype(np.float32)
    lines = lines.transpose(1, 0, 2) if across else lines
    plain = np.asarray((_spreads(lines) < _PLAIN).all(axis=1))
    cut = plain.copy()
    starts = [0, *_seams(lines), len(lines)]
    found = []
    for begin, end in pairwise(starts):
        found += _runs(cut[begin:end], begin)
    return found


def _spreads(lines: NDArray[np.float32]) -> NDArray[np.float32]:
    """The standard deviation along each line, of each colour; added up over whole columns, for that is faster."""
    return np.asarray(np.ascontiguousarray(lines.transpose(1, 0, 2)).std(axis=0), dtype=np.float32)


def _seams(lines: NDArray[np.float32]) -> list[int]:
    """Where nearly the whole line differs from the next one, and the lines beside do not."""
    if len(lines) < 24:  # noqa: PLR2004 - too small to hold two pictures
        return []
    apart = np.abs(lines[2:] - lines[:-2])
    steps = (np.maximum(np.maximum(apart[..., 0], apart[..., 1]), apart[..., 2]) > _STEP).mean(axis=1)
    padded = np.pad(steps, 6, mode="reflect")
    beside = np.maximum(padded[: len(steps)], padded[12:])
    strong = np.flatnonzero((steps >= _SEAM) & (steps - beside >= _SEAM_OVER))
    kept: list[int] = []
    for place in strong:
        if kept and place - kept[-1] < 6:  # noqa: PLR2004 - one seam is a few lines wide
            continue
        kept.append(int(place))
    return [place + 1 for place in kept]


def _runs(cut: NDArray[np.bool_], begin: int) -> list[tuple[int, int]]:
    ends = np.flatnonzero(np.diff(np.concatenate(([True], cut, [True])).astype(np.int8)))
    return [(begin + int(a), begin + int(b)) for a, b in zip(ends[::2], ends[1::2], strict=True)]


def _is_picture(small: Pixels, corners: Corners, most: float = _ONE_COLOUR) -> bool:
    """Large enough, and not mostly one colour, as words on a page are."""
    low, high = corners.min(axis=0).astype(int), corners.max(axis=0).astype(int)
    sides = high - low
    shape = np.array(small.shape[1::-1])
    if (sides < _LEAST_SIDE * shape).any() or not _LEAST_AREA <= cv2.contourArea(corners) / shape.prod() <= _MOST_AREA:
        return False
    part = small[low[1] : high[1], low[0] : high[0]] >> 4
    keys = part[..., 0].astype(np.int32) * 256 + part[..., 1] * 16 + part[..., 2]
    return bool(np.bincount(keys.ravel()).max() < most * keys.size)


def _distinct(found: list[Corners], shape: tuple[int, ...]) -> list[Corners]:
    kept: list[Corners] = []
    for corners in found:
        if not any(_alike(corners, other, shape) for other in kept):
            kept.append(corners)
        if len(kept) == MOST:
            break
    return kept


def _alike(left: Corners, right: Corners, shape: tuple[int, ...]) -> bool:
    masks = [cv2.fillConvexPoly(np.zeros(shape[:2], np.uint8), np.round(c).astype(np.int32), 1) for c in (left, right)]
    return bool((masks[0] & masks[1]).sum() >= _SAME * (masks[0] | masks[1]).sum())
