"""Pictures within a picture: what a screenshot, a collage, a blurred fill or a screen photographed at an angle shows.

Two simple ways, both on a small copy: outlines with four corners whose inside is no plain colour, and cuts along rows and
columns that are plain (gutters, letterbox, the white between an interface's parts) or where the picture changes along the
whole line (tiles without a gutter, a sharp picture on a blurred fill). A wrong find costs one more fingerprint, no match:
what it shows is part of the picture all the same.
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
"""Inner pictures of one picture, the largest first."""
_LEAST_AREA = 0.035
_LEAST_SIDE = 0.14
_MOST_AREA = 0.96
_FILLED = 0.9  # of the four-cornered shape that the outline must fill
_ONE_COLOUR = 0.55  # share of one colour from which on it is a page, not a picture
_PLAIN = 4.0  # standard deviation of a row that is a gutter
_STEP = 7.0  # levels by which a seam's sides differ
_SEAM, _SEAM_OVER = 0.62, 0.3  # share of a line's pixels that step, and by how much that is above the lines beside it
_EDGE, _EDGE_OVER = 0.5, 0.25  # the same for two edges that meet in a corner: there are two, so each may be weaker
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
    found = [*_outlined(small), *(box.corners() for box in (*_pieces(small), *_insets(small)))]
    shown = [c for c in found if _is_picture(small, c)]
    return [(c / np.array([width, height])).astype(np.float32) for c in _distinct(shown, small.shape)]


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


def _insets(small: Pixels) -> Iterator[Box]:
    """A picture in a corner: two straight edges that meet, one along the rows and one along the columns."""
    height, width = small.shape[:2]
    for down in (False, True):
        for across in (False, True):
            laid = small[:: -1 if down else 1, :: -1 if across else 1].astype(np.int16)
            if (reach := _corner(laid)) is None:
                continue
            bottom, right = reach
            rows = (height - bottom, height) if down else (0, bottom)
            yield Box(*rows, *((width - right, width) if across else (0, right)))


def _corner(laid: NDArray[np.int16]) -> tuple[int, int] | None:
    """How far down and to the right the picture in the upper left corner reaches."""
    height, width = laid.shape[:2]
    rows, columns = max(1, height // 20), max(1, width // 20)
    beside = _held(laid, rows)
    below = _held(laid.transpose(1, 0, 2), columns).T
    score = np.minimum(_above_its_sides(beside, 1), _above_its_sides(below, 0))
    score = np.where(np.minimum(beside, below) >= _EDGE, score, 0)
    part = score[height // 6 : height * 2 // 3, width // 6 : width * 2 // 3]
    if part.size == 0 or part.max() < _EDGE_OVER:
        return None
    place = np.unravel_index(int(part.argmax()), part.shape)
    return height // 6 + int(place[0]), width // 6 + int(place[1])


def _held(lines: NDArray[np.int16], start: int) -> NDArray[np.float32]:
    """For each place the share of the rows above it, from `start` on, in which the columns beside it differ."""
    steps = np.zeros(lines.shape[:2], np.float32)
    steps[:, 1:-1] = np.abs(lines[:, 2:] - lines[:, :-2]).sum(axis=2) > 2 * _STEP
    steps[:start] = 0
    counts = np.maximum(np.arange(1, len(lines) + 1) - start, 1)
    return (np.cumsum(steps, axis=0) / counts[:, None]).astype(np.float32)


def _above_its_sides(shares: NDArray[np.float32], axis: int) -> NDArray[np.float32]:
    away = np.maximum(np.roll(shares, 6, axis), np.roll(shares, -6, axis))
    return np.subtract(shares, away, dtype=np.float32)


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
    plain = (lines.std(axis=1) < _PLAIN).all(axis=1)
    cut = plain.copy()
    starts = [0, *_seams(lines), len(lines)]
    found = []
    for begin, end in pairwise(starts):
        found += _runs(cut[begin:end], begin)
    return found


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


def _is_picture(small: Pixels, corners: Corners) -> bool:
    """Large enough, and not mostly one colour, as words on a page are."""
    low, high = corners.min(axis=0).astype(int), corners.max(axis=0).astype(int)
    sides = high - low
    shape = np.array(small.shape[1::-1])
    if (sides < _LEAST_SIDE * shape).any() or not _LEAST_AREA <= cv2.contourArea(corners) / shape.prod() <= _MOST_AREA:
        return False
    part = small[low[1] : high[1], low[0] : high[0]] >> 4
    keys = part[..., 0].astype(np.int32) * 256 + part[..., 1] * 16 + part[..., 2]
    return bool(np.bincount(keys.ravel()).max() < _ONE_COLOUR * keys.size)


def _distinct(found: list[Corners], shape: tuple[int, ...]) -> list[Corners]:
    kept: list[Corners] = []
    for corners in sorted(found, key=lambda c: -cv2.contourArea(c)):
        if not any(_alike(corners, other, shape) for other in kept):
            kept.append(corners)
        if len(kept) == MOST:
            break
    return kept


def _alike(left: Corners, right: Corners, shape: tuple[int, ...]) -> bool:
    masks = [cv2.fillConvexPoly(np.zeros(shape[:2], np.uint8), np.round(c).astype(np.int32), 1) for c in (left, right)]
    return bool((masks[0] & masks[1]).sum() >= _SAME * (masks[0] | masks[1]).sum())
