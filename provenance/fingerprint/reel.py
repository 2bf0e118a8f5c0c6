"""What clips have in common, whoever decodes them: which frames are taken, and what may be spent on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE = 512
"""Frames are brought to this longer side: what is hashed of them, and what their sketches are made from."""
INTERVAL = 0.5
"""Seconds between two frames that are taken; a clip of more than five minutes has them farther apart."""
MOST_FRAMES = 600
"""Frames taken of one clip, but for those after a cut."""
_MOST_CUTS = 300
_CUT = 18.0
"""Mean difference of luminance, of 255, from which on a frame is another scene than the last one that was taken."""
_SOONEST = 0.25  # of the interval: how soon after another a frame is taken, whatever it shows

Tiny: TypeAlias = NDArray[np.uint8]
"""A frame of a few hundred samples of luminance."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A frame as shown: seconds from the beginning, its pixels upright and brought down, and its full size."""

    at: float
    rgb: Image.Image
    size: tuple[int, int]


@dataclass(slots=True)
class Notes:
    """What is known of a clip when it has been read: its length in seconds, and what was odd."""

    seconds: float | None = None
    findings: list[str] = field(default_factory=list)


Frames: TypeAlias = Iterator[Shown | None]
"""The frames that are taken, in order; None tells now and then that work goes on."""


class Picker:
    """Says which frames of a clip are taken: one an interval, and the first after a cut.

    Args:
        seconds: how long the clip says it is; 0 where it does not say.
    """

    def __init__(self, seconds: float) -> None:
        self.interval = max(INTERVAL, seconds / MOST_FRAMES)
        self._last: float | None = None
        self._tiny: Tiny | None = None
        self._taken = self._cuts = 0

    @property
    def is_full(self) -> bool:
        """Whether no more frames are taken, because the clip is longer than it said."""
        return self._taken >= MOST_FRAMES + 1

    def takes(self, at: float, tiny: Tiny) -> bool:
        """Whether a frame is taken."""
        since = None if self._last is None else at - self._last
        is_due = since is None or since >= self.interval * 0.98  # frames do not fall on whole intervals
        is_cut = not is_due and since is not None and since >= _SOONEST * self.interval and self._differs(tiny)
        if not is_due and not (is_cut and self._cuts < _MOST_CUTS):
            return False
        self._last, self._tiny = at, tiny
        self._taken += is_due
        self._cuts += is_cut
        return True

    def _differs(self, tiny: Tiny) -> bool:
        if self._tiny is None or self._tiny.shape != tiny.shape:
            return True
        return float(np.abs(tiny.astype(np.int16) - self._tiny).mean()) >= _CUT


def fitted(width: int, height: int, side: int = SIDE) -> tuple[int, int]:
    """A size brought down to a longer side, never enlarged; no side below one."""
    factor = min(1.0, side / max(width, height, 1))
    return max(1, round(width * factor)), max(1, round(height * factor))
