"""Two pictures laid on one another, and compared in every place where both are.

Key points agree wherever two pictures show the same things, also in two frames of one burst and on the sponsor wall behind
two cars. Only the pixels tell the same photograph: after alignment the whole overlap is cut into cells, and in each cell
with texture the normalised correlation of the two sides is taken, which brightness, contrast and tint do not change.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.match.geometry import Matrix, Placed, grey
from provenance.records import Sketch

Samples = NDArray[np.float32]
Mask = NDArray[np.bool_]
Corners = NDArray[np.float32]

CELL = 16
"""Pixels of a cell's side on the common canvas."""
CANVAS = 288
"""The longer side of the overlap on the common canvas."""
TEXTURE = 5.0
"""Standard deviation, of 255, within a cell that counts as texture."""
_LEAST_CELLS = 6
_COVERED = 0.9  # of a cell's pixels that must be in both
_ONE_GREY = 0.2  # of a cell's standard deviation
_MOST_OF_A_CELL = 0.5
_ROUNDS = 40
_NEARLY = 0.8  # of the size: not worth a blur
_STAYS = 8.0  # pixels of the left sketch, twice what key points in agreement may be off
_BLURRED_AWAY = 64.0  # pixels: of a sketch blurred so far nothing is left to compare, and a wider blur only takes longer
_SMOOTHED = 1.2  # pixels: what recompression, screens of dots and scan lines leave alike


@dataclass(frozen=True, slots=True)
class Laid:
    """Both sides on one canvas, what of it the left and what both cover, and how the left sketch's pixels become the canvas's."""

    left: Samples
    right: Samples
    shown: Mask
    both: Mask
    to_canvas: Matrix
    homography: Matrix
    frames: tuple[Corners, Corners]


@dataclass(frozen=True, slots=True)
class Cells:
    """The canvas in cells, rows × columns: correlation (−1 to 1), texture of each side, and whether both cover it."""

    correlation: Samples
    left: Samples
    right: Samples
    covered: Mask

    @property
    def textured(self) -> Mask:
        """Cells that can tell something: texture on either side."""
        return self.covered & (np.maximum(self.left, self.right) >= TEXTURE)


def lay(left: Sketch, right: Sketch, placed: Placed, frames: tuple[Corners, Corners]) -> Laid | None:
    """Both on one canvas, over the box in the left picture where both frames are; None where that is next to nothing.

    Args:
        left: one side.
        right: the other.
        placed: how it lies in the left one.
        frames: the corners of what is compared of each, in its own pixels: the whole, or an inner picture.
    """
    corners = cv2.perspectiveTransform(frames[1][None].astype(np.float64), placed.homography)[0]
    low = np.maximum(corners.min(axis=0), frames[0].min(axis=0))
    high = np.minimum(corners.max(axis=0), frames[0].max(axis=0))
    if (high - low < CELL).any():
        return None
    scale = CANVAS / (high - low).max()
    width, height = (int(max(CELL, round(float(length * scale)))) for length in high - low)
    to_canvas = np.array([(scale, 0, -low[0] * scale), (0, scale, -low[1] * scale), (0, 0, 1)])
    size = width, height
    fixed = _side(left, to_canvas, size), _covered(frames[0], to_canvas, size)
    return _laid(right, to_canvas, placed.homography, frames, fixed)


def refined(right: Sketch, laid: Laid, placed: Placed) -> Laid:
    """The right one laid by the enhanced correlation coefficient (Evangelidis and Psarakis, 2008); as it was if that fails.

    Where two pictures have little in common it runs away, and may fold the right one into a line: a refinement from which the key
    points that agreed no longer do is none.

    Args:
        right: the sketch that is moved.
        laid: both, as the key points lay them.
        placed: these key points.
    """
    start = np.eye(3, dtype=np.float32)
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _ROUNDS, 1e-4)
    try:
        _, warp = cv2.findTransformECC(laid.left, laid.right, start, cv2.MOTION_HOMOGRAPHY, stop, laid.both.astype(np.uint8), 5)
    except cv2.error:
        return laid
    try:
        moved = np.linalg.inv(laid.to_canvas) @ np.linalg.inv(np.asarray(warp, float)) @ laid.to_canvas @ laid.homography
    except np.linalg.LinAlgError:
        return laid
    if not _agree_still(placed, moved):
        return laid
    return _laid(right, laid.to_canvas, moved, laid.frames, (laid.left, laid.shown))


def _agree_still(placed: Placed, moved: Matrix) -> bool:
    """Whether most key points that agreed lie where they did, but for some pixels of the left sketch."""
    mapped = cv2.perspectiveTransform(placed.right[None].astype(np.float64), moved)[0]
    return bool(np.median(np.linalg.norm(mapped - placed.left, axis=1)) <= _STAYS)  # what is not a number is not


def cells(laid: Laid) -> Cells:
    """The correlation of each cell."""
    one, two = (cv2.GaussianBlur(side, (0, 0), _SMOOTHED) for side in (laid.left, laid.right))
    weight = laid.both.astype(np.float32)
    area = _sums(weight)
    enough = np.maximum(area, 1)
    means = [_sums(side * weight) / enough for side in (one, two)]
    squares = [_sums(side * side * weight) / enough for side in (one, two)]
    spreads = [np.sqrt(np.maximum(square - mean * mean, 0)) for square, mean in zip(squares, means, strict=True)]
    together = _sums(one * two * weight) / enough - means[0] * means[1]
    correlation = together / np.maximum(spreads[0] * spreads[1], 1.0)
    return Cells(correlation, spreads[0], spreads[1], area >= _COVERED * CELL * CELL)


def on_flat_ground(laid: Laid) -> Mask:
    """The cells in which, on both sides, most of the pixels are of one grey: lettering, signs, edges of buttons.

    One grey is what lies within a fifth of the cell's standard deviation of its median; of a natural texture, were it normally
    distributed, that is a sixth of the pixels.
    """
    return np.minimum(_ground(laid.left), _ground(laid.right)) >= _MOST_OF_A_CELL


def within(frame: Corners, to_canvas: Matrix, laid: Laid) -> Mask:
    """The cells of which most lies in a frame, which `to_canvas` takes to the canvas."""
    size = laid.both.shape[1], laid.both.shape[0]
    drawn = _covered(frame, to_canvas, size)
    return np.asarray(_sums(drawn.astype(np.float32)) >= CELL * CELL / 2)


def _laid(
    right: Sketch, to_canvas: Matrix, to_left: Matrix, frames: tuple[Corners, Corners], fixed: tuple[Samples, Mask]
) -> Laid:
    """The right side beside the left one, which lies on the canvas already, with what its frame covers."""
    left, shown = fixed
    size, onto = (left.shape[1], left.shape[0]), to_canvas @ to_left
    both = shown & _covered(frames[1], onto, size)
    return Laid(left, _side(right, onto, size), shown, both, to_canvas, to_left, frames)


def _side(sketch: Sketch, to_canvas: Matrix, size: tuple[int, int]) -> Samples:
    warped: Samples = cv2.warpPerspective(_softened(sketch, to_canvas), to_canvas, size, flags=cv2.INTER_LINEAR)
    return warped


def _covered(frame: Corners, to_canvas: Matrix, size: tuple[int, int]) -> Mask:
    mapped = cv2.perspectiveTransform(frame[None].astype(np.float64), to_canvas)[0]
    drawn = np.clip(np.round(mapped * 8), -(2**20), 2**20).astype(np.int32)
    filled: NDArray[np.uint8] = cv2.fillConvexPoly(np.zeros(size[::-1], np.uint8), drawn, 1, shift=3)
    return filled > 0


def _softened(sketch: Sketch, to_canvas: Matrix) -> Samples:
    """The greys, blurred as far as the canvas is smaller: warping reads single pixels."""
    samples = grey(sketch).astype(np.float32)
    sigma = _blur(to_canvas)
    if not sigma:
        return samples
    blurred: Samples = cv2.GaussianBlur(samples, (0, 0), sigma)
    return blurred


def _blur(to_canvas: Matrix) -> float:
    """The standard deviation in pixels, 0 where none is needed; bounded, as what is folded into a line has no size at all."""
    (a, b), (c, d) = to_canvas[:2, :2]
    scale = float(np.sqrt(abs(a * d - b * c)))
    return 0.0 if scale >= _NEARLY else 0.5 / max(scale, 0.5 / _BLURRED_AWAY)


def _ground(side: Samples) -> Samples:
    """The share of each cell's pixels that are of its commonest grey."""
    rows, columns = side.shape[0] // CELL, side.shape[1] // CELL
    cells_ = side[: rows * CELL, : columns * CELL].reshape(rows, CELL, columns, CELL).swapaxes(1, 2).reshape(rows, columns, -1)
    from_median = np.abs(cells_ - np.median(cells_, axis=2, keepdims=True))
    share: Samples = (from_median <= _ONE_GREY * cells_.std(axis=2, keepdims=True)).mean(axis=2)
    return share


def _sums(samples: Samples) -> Samples:
    """The sum in each cell; what is left over at the right and below is not looked at."""
    rows, columns = samples.shape[0] // CELL, samples.shape[1] // CELL
    cut = samples[: rows * CELL, : columns * CELL]
    sums: Samples = cut.reshape(rows, CELL, columns, CELL).sum(axis=(1, 3))
    return sums
