"""Whether two pictures that look alike everywhere were taken from one place.

Copies lie on one another to a fraction of a pixel wherever they agree, however they were edited: bending by a lens or by
paper is smooth and follows few numbers. Another shot of the scene, from a step aside or by another lens, is displaced by other
amounts at other depths, and these amounts are alike among neighbours, as the noise of recompression is not.

So the displacement is measured in every cell that looks alike (Lucas and Kanade, 1981, on samples of equal local mean and
contrast); what bending explains is taken away; and what is left is multiplied with what is left of the neighbours.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.match.overlap import CELL, Laid

Mask = NDArray[np.bool_]
Vectors = NDArray[np.float64]

_WINDOW = 21  # pixels of the canvas, a side, that a cell's displacement is told by
_LOCAL = 25  # pixels, a side, over which mean and contrast are made equal
_SOFT = 1.2  # pixels
_FARTHEST = 4.0  # pixels: beyond it a cell found another one
_FEWEST = 24  # cells; by fewer nothing is told
_FLAT = 4.0  # variance, of 255²: less is noise and is not raised
_CORNER = 2e-3  # of the gradients: what has an edge one way only tells nothing of the other way
_ROUNDS = 8
_LENS = 0.06
"""Pixels of the canvas that one lens must leave unexplained. Copies bent by up to a twentieth leave 0.04 at most."""


def displaced(laid: Laid, alike: Mask) -> float:
    """How far cells that look alike lie displaced together, beyond what smooth bending explains.

    Args:
        laid: both sides on the canvas.
        alike: the cells with texture that look alike.

    Returns:
        Pixels of the canvas. 0 too where few cells can be told, and where one lens explains it (Brown's first radial term).
    """
    places, moved, cells = _flow(laid, alike)
    if len(places) < _FEWEST:
        return 0.0
    bent = _bending(places)
    if _together(_unexplained(_lens(bent), moved), cells, alike.shape) < _LENS:
        return 0.0
    return _together(_unexplained(_apart(bent), moved), cells, alike.shape)


def _flow(laid: Laid, alike: Mask) -> tuple[Vectors, Vectors, NDArray[np.int64]]:
    """Places and displacements of cells, in pixels, and their rows and columns."""
    inner = cv2.erode(laid.both.astype(np.uint8), np.ones((_WINDOW + 4, _WINDOW + 4), np.uint8), borderValue=0)
    cells = np.argwhere(alike)
    middles = cells * CELL + CELL // 2
    cells = cells[inner[middles[:, 0], middles[:, 1]] > 0]
    none = np.zeros((0, 2))
    if len(cells) < _FEWEST:
        return none, none, cells
    places = (cells[:, ::-1] * CELL + (CELL - 1) / 2).astype(np.float32)
    one, two = (_equalised(np.where(laid.both, side, 0)) for side in (laid.left, laid.right))
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 20, 0.01)
    found, held, _ = cv2.calcOpticalFlowPyrLK(
        one, two, places[:, None], None, winSize=(_WINDOW, _WINDOW), maxLevel=0, criteria=stop, minEigThreshold=_CORNER
    )
    moved = found[:, 0] - places
    told = (held.ravel() > 0) & (np.abs(moved).max(axis=1) < _FARTHEST)
    return places[told].astype(float), moved[told].astype(float), cells[told]


def _equalised(side: NDArray[np.float32]) -> NDArray[np.uint8]:
    """A side with the same mean and contrast around every pixel."""
    soft = cv2.GaussianBlur(side.astype(np.float32), (0, 0), _SOFT)
    mean = cv2.blur(soft, (_LOCAL, _LOCAL))
    variance = cv2.blur(soft * soft, (_LOCAL, _LOCAL)) - mean * mean
    return np.asarray(np.clip(128 + 40 * (soft - mean) / np.sqrt(np.maximum(variance, _FLAT)), 0, 255), np.uint8)


def _bending(places: Vectors) -> Vectors:
    """Constant, linear and quadratic terms of each place: what alignment left over, and paper that curls."""
    x, y = (places / (places.max() / 2) - 1).T
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)


def _apart(terms: Vectors) -> Vectors:
    """The same terms for both directions, each with factors of its own."""
    nothing = np.zeros_like(terms)
    return np.vstack([np.hstack([terms, nothing]), np.hstack([nothing, terms])])


def _lens(bent: Vectors) -> Vectors:
    """These terms, and the radial one of a lens; wherever its middle is, the quadratic terms shift it there."""
    x, y = bent[:, 1], bent[:, 2]
    squared = x * x + y * y
    return np.hstack([_apart(bent), np.concatenate([x * squared, y * squared])[:, None]])


def _unexplained(terms: Vectors, moved: Vectors) -> Vectors:
    """What the terms leave of the displacements, fitted so that a few stray ones do not draw it to them."""
    wanted, trust = moved.T.ravel(), np.ones(len(moved))
    left = moved
    for _ in range(_ROUNDS):
        both = np.concatenate([trust, trust])
        factors = np.linalg.lstsq(terms * both[:, None], wanted * both, rcond=None)[0]
        left = (wanted - terms @ factors).reshape(2, -1).T
        length = np.hypot(*left.T)
        trust = np.sqrt(1 / np.maximum(length / (1.5 * (np.median(length) + 0.02)), 1))
    return left


def _together(left: Vectors, cells: NDArray[np.int64], shape: tuple[int, ...]) -> float:
    """The root of the median product of neighbours' displacements: noise, which has no neighbours alike, comes to nothing."""
    grid = np.full((*shape, 2), np.nan)
    grid[cells[:, 0], cells[:, 1]] = left
    products = np.concatenate([(grid[:, 1:] * grid[:, :-1]).sum(-1).ravel(), (grid[1:] * grid[:-1]).sum(-1).ravel()])
    products = products[~np.isnan(products)]
    return float(np.sqrt(max(float(np.median(products)), 0.0))) if len(products) >= _FEWEST else 0.0
