"""Frames to fingerprints: PDQ of every frame that is taken, and key points of those that begin another view."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from provenance.fingerprint import pdq, vlad
from provenance.fingerprint.borders import inside
from provenance.fingerprint.hashes import image_hashes
from provenance.fingerprint.reel import Frames
from provenance.fingerprint.sketch import sketch
from provenance.fingerprint.views import MIN_QUALITY
from provenance.records import Fingerprint

FRAME = "; frame"
"""Ends the `version` of fingerprints of a frame; `at` has the second."""
WITHOUT_BORDER = "; frame without its plain border"
MIN_SIDE = 32
MOST_VIEWS = 150
_NEW_VIEW = 56
"""Bits of PDQ from the last view on which key points are read again: a tenth or more of the picture has moved."""
_TOGETHER = 64
_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)


class Reading:
    """Reads the frames of a clip.

    Args:
        decoder: the library that gives the pixels, with its version.
    """

    def __init__(self, decoder: str) -> None:
        self._decoder = decoder
        self._view: int | None = None
        self._views = 0
        self.size: tuple[int, int] | None = None
        self.frames = self.refused = self.kept = 0

    def of(self, frames: Frames) -> Iterator[tuple[Fingerprint, ...]]:
        """The fingerprints of the frames, some at a time; an empty part tells that work goes on."""
        ready: list[Fingerprint] = []
        for shown in frames:
            if shown is None:
                yield tuple(ready)
                ready = []
                continue
            self.frames += 1
            self.size = self.size or shown.size
            ready += self._prints(shown.rgb, shown.at)
            if self.frames % _TOGETHER == 0:
                yield tuple(ready)
                ready = []
        yield tuple(ready)

    def _prints(self, rgb: Image.Image, at: float) -> Iterator[Fingerprint]:
        luma: NDArray[np.float32] = np.asarray(rgb, dtype=np.float32) @ _LUMA
        found = list(_hashed(luma))
        self.refused += not found
        for value, quality, view in found:
            self.kept += 1
            yield self._made("pdq", value, pdq.VERSION + view, at, quality)
        if found and self._is_new(int(found[0][0], 16)):
            for print_ in image_hashes(rgb, FRAME):
                yield replace(print_, at=at, decoder=self._decoder)
            described = np.frombuffer(sketch(rgb, rgb.size).descriptors, np.uint8).reshape(-1, 128)
            if counted := vlad.vlad(described):
                yield self._made("vlad", counted, vlad.VERSION + FRAME, at)

    def _is_new(self, code: int) -> bool:
        if self._views >= MOST_VIEWS or (self._view is not None and (self._view ^ code).bit_count() < _NEW_VIEW):
            return False
        self._view, self._views = code, self._views + 1
        return True

    def _made(self, algorithm: str, value: str, version: str, at: float, quality: int | None = None) -> Fingerprint:
        return Fingerprint(
            algorithm=algorithm,  # type: ignore[arg-type]
            bits=len(value) * 4,
            value=value,
            quality=quality,
            version=version,
            decoder=self._decoder,
            at=at,
        )


def _hashed(luma: NDArray[np.float32]) -> Iterator[tuple[str, int, str]]:
    """PDQ of the frame, and of what lies within plain borders, where these mean something."""
    if min(luma.shape) < MIN_SIDE:
        return
    value, quality = pdq.pdq(luma)
    if quality >= MIN_QUALITY:
        yield value, quality, FRAME
    part = inside(luma)
    if part is not None and min(luma[part].shape) >= MIN_SIDE:
        value, quality = pdq.pdq(luma[part])
        if quality >= MIN_QUALITY:
            yield value, quality, WITHOUT_BORDER
