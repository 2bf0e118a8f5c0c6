"""Pixels to fingerprints, and the refusal of those that would mean nothing.

A flat or tiny picture has the hash of every other flat or tiny picture, so none is given.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL import __version__ as pillow_version

from provenance.fingerprint import pdq
from provenance.records import Fingerprint

MIN_SIDE = 32
"""Pixels: pHash reads 32 × 32 samples and PDQ 64 × 64; below this the hash is of the enlargement, not of the picture."""
MIN_DEVIATION = 2.0
"""Standard deviation of luminance, of 255: JPEG noise on one plain colour stays below 1."""
MIN_QUALITY = 50
"""PDQ quality: the floor that the PDQ paper names; below it hashes of unlike pictures meet."""

_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
_DECODER = f"pillow {pillow_version}"


def fingerprints(rgb: Image.Image, size: tuple[int, int]) -> tuple[tuple[Fingerprint, ...], str | None]:
    """All fingerprints of a picture, or the reason that it has none.

    Args:
        rgb: the picture upright in 8-bit RGB, maybe made smaller.
        size: its full width and height, for the reason.
    """
    if min(size) < MIN_SIDE:
        return (), f"too small: {size[0]} × {size[1]} pixels, {MIN_SIDE} are needed on each side"
    luma = _luma(rgb)
    if luma.std() < MIN_DEVIATION:
        return (), f"one plain colour: its brightness varies by {luma.std():.1f} of 255, {MIN_DEVIATION} are needed"
    value, quality = pdq.pdq(luma)
    if quality < MIN_QUALITY:
        return (), f"too little detail: PDQ quality {quality} of 100, {MIN_QUALITY} are needed"
    return (_fingerprint("pdq", value, pdq.VERSION, quality), *_image_hashes(rgb)), None


def _luma(rgb: Image.Image) -> NDArray[np.float32]:
    samples: NDArray[np.float32] = np.asarray(rgb, dtype=np.float32) @ _LUMA
    return samples


def _image_hashes(rgb: Image.Image) -> tuple[Fingerprint, ...]:
    import imagehash  # noqa: PLC0415 - brings scipy, which takes as long to import as all else together

    version = f"imagehash {imagehash.__version__}"
    return (
        _fingerprint("phash", str(imagehash.phash(rgb)), version),
        _fingerprint("dhash", str(imagehash.dhash(rgb)), version),
    )


def _fingerprint(algorithm: Any, value: str, version: str, quality: int | None = None) -> Fingerprint:
    return Fingerprint(algorithm=algorithm, bits=len(value) * 4, value=value, quality=quality, version=version, decoder=_DECODER)
