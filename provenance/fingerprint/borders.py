"""Plain borders: letterbox bars, pillars and frames that others put around a picture.

A picture with such borders gets a second set of fingerprints without them, so that it meets the bare one.
"""

import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.float32]
Slices = tuple[slice, slice]

EVEN = 3.0
"""Standard deviation of luminance, of 255, within a row that counts as plain: bars stay below 2 after strong JPEG compression."""
ALIKE = 4.0
"""How far a row's mean may be from the outermost row's."""
LEAST_CUT = 0.02
"""Borders thinner than this share of a side change no hash by more than a few bits."""
_STEP = 64  # rows at a time: few pictures have more that are plain
LEAST_KEPT = 0.25
"""Where less of a side would be left, the picture is a plain one with something in it, not a framed one."""


def inside(luma: Luma) -> Slices | None:
    """The part within plain borders as slices of rows and columns, or None where there are no such borders."""
    rows = _between(luma)
    if rows is None:
        return None
    columns = _between(luma[rows].T)
    if columns is None:
        return None
    kept = [_length(part) / size for part, size in zip((rows, columns), luma.shape, strict=True)]
    return (rows, columns) if min(kept) <= 1 - LEAST_CUT and min(kept) >= LEAST_KEPT else None


def _between(luma: Luma) -> slice | None:
    """What is left between the plain first and last rows; None when all are plain."""
    top, bottom = _plain_rows(luma), _plain_rows(luma[::-1])
    return None if top == len(luma) else slice(top, len(luma) - bottom)


def _plain_rows(luma: Luma) -> int:
    """How many rows from the first on are even and look like the first."""
    for start in range(0, len(luma), _STEP):
        rows = luma[start : start + _STEP]
        even = (rows.std(axis=1) < EVEN) & (np.abs(rows.mean(axis=1) - luma[0].mean()) < ALIKE)
        if not even.all():
            return start + int(np.argmin(even))
    return len(luma)


def _length(part: slice) -> int:
    return int(part.stop - part.start)
