"""Pixels to fingerprints, and the refusal of those that would mean nothing.

A flat or tiny picture has the hash of every other flat or tiny picture, so none is given.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL import __version__ as pillow_version

from provenance.fingerprint import pdq
from provenance.fingerprint.borders import inside
from provenance.fingerprint.views import MIN_QUALITY, framed, partial
from provenance.records import Fingerprint, Sketch

MIN_SIDE = 32
"""Pixels: pHash reads 32 × 32 samples and PDQ 64 × 64; below this the hash is of the enlargement, not of the picture."""
MIN_DEVIATION = 2.0
"""Standard deviation of luminance, of 255: JPEG noise on one plain colour stays below 1."""

WITHOUT_BORDER = "; without its plain border"
"""Ends the `version` of fingerprints of what is inside a border."""

_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
DECODER = f"pillow {pillow_version}"
"""The library that gives the pixels, as kept with every fingerprint."""


@dataclass(frozen=True, slots=True)
class Made:
    """The fingerprints of a picture and its sketch, or the reason that there are none."""

    prints: tuple[Fingerprint, ...] = ()
    reason: str | None = None
    sketch: Sketch | None = None


def fingerprints(rgb: Image.Image, size: tuple[int, int]) -> Made:
    """All fingerprints of a picture, or the reason that it has none.

    A picture in a plain border has a second set, of what is inside it, marked by `WITHOUT_BORDER` in `version`.

    Args:
        rgb: the picture upright in 8-bit RGB, maybe made smaller.
        size: its full width and height, for the reason.
    """
    if min(size) < MIN_SIDE:
        return Made(reason=f"too small: {size[0]} × {size[1]} pixels, {MIN_SIDE} are needed on each side")
    luma = _luma(rgb)
    if luma.std() < MIN_DEVIATION:
        return Made(reason=f"one plain colour: its brightness varies by {luma.std():.1f} of 255, {MIN_DEVIATION} are needed")
    hashed, quality = of_whole(rgb, luma)
    drawn = framed(rgb, size)
    parts = tuple(partial(rgb, drawn, DECODER))
    if not hashed and not any(print_.algorithm == "vlad" for print_ in parts):
        few = f"PDQ quality {quality} of 100, {MIN_QUALITY} are needed, and hardly any key points"
        return Made(reason=f"too little detail: {few}")
    return Made((*hashed, *parts), sketch=drawn)


def of_whole(rgb: Image.Image, luma: NDArray[np.float32] | None = None) -> tuple[tuple[Fingerprint, ...], int]:
    """The hashes of a picture, and of what is inside its plain border; and the quality of its PDQ.

    Args:
        rgb: the picture upright in 8-bit RGB, maybe made smaller.
        luma: its brightness, where that is at hand.
    """
    samples = _luma(rgb) if luma is None else luma
    whole, quality = _set(rgb, samples)
    return (*whole, *_inner_set(rgb, samples)), quality


def _inner_set(rgb: Image.Image, luma: NDArray[np.float32]) -> tuple[Fingerprint, ...]:
    part = inside(luma)
    if part is None:
        return ()
    rows, columns = part
    if min(rows.stop - rows.start, columns.stop - columns.start) < MIN_SIDE:
        return ()
    inner = rgb.crop((columns.start, rows.start, columns.stop, rows.stop))
    return _set(inner, luma[part], WITHOUT_BORDER)[0]


def _set(rgb: Image.Image, luma: NDArray[np.float32], view: str = "") -> tuple[tuple[Fingerprint, ...], int]:
    """One fingerprint an algorithm, none where PDQ's quality is too low; and that quality."""
    value, quality = pdq.pdq(luma)
    if quality < MIN_QUALITY:
        return (), quality
    return (_fingerprint("pdq", value, pdq.VERSION + view, quality), *image_hashes(rgb, view)), quality


def _luma(rgb: Image.Image) -> NDArray[np.float32]:
    samples: NDArray[np.float32] = np.asarray(rgb, dtype=np.float32) @ _LUMA
    return samples


def image_hashes(rgb: Image.Image, view: str) -> tuple[Fingerprint, ...]:
    """The pHash and the dHash, for exchange."""
    import imagehash  # noqa: PLC0415 - brings scipy, which takes as long to import as all else together

    version = f"imagehash {imagehash.__version__}{view}"
    grey = rgb.convert("L")
    return (
        _fingerprint("phash", str(imagehash.phash(grey)), version),
        _fingerprint("dhash", str(imagehash.dhash(grey)), version),
    )


def _fingerprint(algorithm: Any, value: str, version: str, quality: int | None = None) -> Fingerprint:
    return Fingerprint(algorithm=algorithm, bits=len(value) * 4, value=value, quality=quality, version=version, decoder=DECODER)
