"""Fingerprints of parts of a picture: eight crops, and each inner picture; found where the whole has been cut or embedded.

They say where to look, not that a picture is the same: that the geometric comparison tells, from the pixels.
"""

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from provenance.fingerprint import copies, pdq, vlad
from provenance.fingerprint.inner import Corners, inner, straightened
from provenance.fingerprint.sketch import frames_of, mirrored, sketch
from provenance.records import Fingerprint, Sketch

Luma = NDArray[np.float32]

MIN_QUALITY = 50
"""PDQ quality: the floor that the PDQ paper names; below it hashes of unlike pictures meet."""
CROPS = (
    (0.05, 0.05, 0.95, 0.95),
    (0.12, 0.12, 0.88, 0.88),
    (0.0, 0.0, 1.0, 0.82),
    (0.0, 0.18, 1.0, 1.0),
    (0.0, 0.0, 0.8, 0.8),
    (0.2, 0.0, 1.0, 0.8),
    (0.0, 0.2, 0.8, 1.0),
    (0.2, 0.2, 1.0, 1.0),
)
"""Left, top, right, bottom as shares: what is left when margins, a caption below or above, or two sides are cut off."""
_SMALL = 320
_SMALLEST = 32


def partial(rgb: Image.Image, drawn: Sketch, decoder: str) -> Iterator[Fingerprint]:
    """The fingerprints of a picture's parts, and of the whole those that only the geometric comparison uses.

    The `version` of each ends in what it is of, as "; crop 3" or "; inner picture 1", and for the whole in nothing.

    Args:
        rgb: the picture upright in 8-bit RGB, maybe made smaller, each axis by its own factor.
        drawn: its sketch, with the inner pictures that it has.
        decoder: the library that gave the pixels.
    """
    scale = np.array([drawn.width, drawn.height], np.float32)
    found = [np.array(frame, np.float32).reshape(4, 2) / scale for frame in drawn.frames]
    shown = [straightened(rgb, corners) for corners in found]
    prints = [*_of_crops(_luma(rgb)), *_of_inner(shown), *_counted(drawn, found), *_embedded([rgb, *shown])]
    for algorithm, value, version, quality in prints:
        yield Fingerprint(
            algorithm=algorithm, bits=len(value) * 4, value=value, quality=quality, version=version, decoder=decoder
        )


def framed(rgb: Image.Image, size: tuple[int, int]) -> Sketch:
    """The sketch of a picture with the inner pictures that it has."""
    return frames_of(sketch(rgb, size), inner(rgb, size))


_Print = tuple[Any, str, str, int | None]


def _of_crops(luma: Luma) -> Iterator[_Print]:
    height, width = luma.shape
    for number, (left, top, right, bottom) in enumerate(CROPS, 1):
        part = luma[round(top * height) : round(bottom * height), round(left * width) : round(right * width)]
        yield from _pdq(part, f"crop {number}")


def _of_inner(shown: list[Image.Image]) -> Iterator[_Print]:
    for number, picture in enumerate(shown, 1):
        yield from _pdq(_luma(picture), f"inner picture {number}")


def _pdq(luma: Luma, view: str) -> Iterator[_Print]:
    if min(luma.shape) >= _SMALLEST:
        value, quality = pdq.pdq(luma)
        if quality >= MIN_QUALITY:
            yield "pdq", value, f"{pdq.VERSION}; {view}", quality


def _luma(rgb: Image.Image) -> Luma:
    """Luminance of a small copy: reading it costs a tenth, and the bits that it moves do not matter for a search."""
    small = rgb.resize((min(rgb.width, _SMALL), min(rgb.height, _SMALL)), Image.Resampling.BOX)
    return np.asarray(small.convert("L"), dtype=np.float32)


def _counted(drawn: Sketch, found: list[Corners]) -> Iterator[_Print]:
    places = np.frombuffer(drawn.points, np.float32).reshape(-1, 2)
    described = np.frombuffer(drawn.descriptors, np.uint8).reshape(-1, 128)
    for view, each in (("", described), ("; mirrored", mirrored(described))):
        if value := vlad.vlad(each):
            yield "vlad", value, vlad.VERSION + view, None
    for number, corners in enumerate(found, 1):
        held = _within(places, corners * np.array([drawn.width, drawn.height], np.float32))
        if value := vlad.vlad(described[held]):
            yield "vlad", value, f"{vlad.VERSION}; inner picture {number}", None


def _within(places: NDArray[np.float32], corners: Corners) -> NDArray[np.bool_]:
    return np.array([cv2.pointPolygonTest(corners, (float(x), float(y)), measureDist=False) >= 0 for x, y in places], bool)


def _embedded(pictures: list[Image.Image]) -> Iterator[_Print]:
    for number, picture in enumerate(pictures):
        if value := copies.embedding(picture):
            yield "sscd", value, copies.version() + (f"; inner picture {number}" if number else ""), None
