"""PDQ: 256 bits of a picture's coarse shape, and a quality that tells whether they mean anything.

Written from the published description (Facebook, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing
Algorithm", 2019): luminance, two passes of a box filter along both axes, 64 × 64 samples, the 16 × 16 lowest
frequencies of a cosine transform without the constant ones, each bit "above the median".
"""

import math
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

BITS = 256
VERSION = "pdq 1"

_GRID = 64
_FREQUENCIES = 16
_PASSES = 2
_QUALITY_DIVISOR = 90  # the reference's scale: gradients that sum to 9,000 or more are quality 100


def pdq(luma: NDArray[np.float32]) -> tuple[str, int]:
    """The PDQ hash of a picture.

    Args:
        luma: rows of luminance, 0 to 255 (0.299 R + 0.587 G + 0.114 B), at least one sample.

    Returns:
        64 lower-case hex digits in the reference's bit order, and the quality from 0 to 100.
    """
    rows, columns = luma.shape
    grid = _reading(rows) @ luma.astype(np.float64) @ _reading(columns).T
    return _hex(_spectrum(grid)), _quality(grid)


@lru_cache(maxsize=64)
def _reading(length: int) -> Array:
    """Weights (64 × length) that blur one axis and read its 64 samples: the filter is linear and works on each axis apart."""
    blur = _box(length)
    places = ((np.arange(_GRID) + 0.5) * length / _GRID).astype(int)
    weights: Array = blur[places]
    for _ in range(_PASSES - 1):
        weights = weights @ blur
    return weights


def _box(length: int) -> Array:
    """The moving mean as a matrix; at the ends over the samples that there are."""
    window = -(-length // (2 * _GRID))
    place = np.arange(length)
    right = place[:, None] + (window + 2) // 2
    covered = (place >= right - window) & (place < right)
    means: Array = covered / covered.sum(axis=1, keepdims=True)
    return means


def _quality(grid: Array) -> int:
    """Sum of the steps between neighbours, each cut to whole percents of the full range."""
    steps = sum(int(np.abs(np.trunc(np.diff(grid, axis=axis) * 100 / 255)).sum()) for axis in (0, 1))
    return min(100, steps // _QUALITY_DIVISOR)


@cache
def _cosines() -> Array:
    frequency = np.arange(1, _FREQUENCIES + 1)[:, None]
    place = 2 * np.arange(_GRID)[None, :] + 1
    waves: Array = math.sqrt(2 / _GRID) * np.cos(math.pi / (2 * _GRID) * frequency * place)
    return waves


def _spectrum(grid: Array) -> Array:
    return _cosines() @ grid @ _cosines().T


def _hex(spectrum: Array) -> str:
    values = spectrum.ravel()
    median = np.partition(values, BITS // 2 - 1)[BITS // 2 - 1]
    # Bit 0 is the lowest frequency and stands at the end of the text.
    return np.packbits(values > median, bitorder="little")[::-1].tobytes().hex()
