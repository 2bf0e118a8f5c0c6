"""A hash for going through many pictures fast: a JPEG is decoded at an eighth of its size, straight to grey, and read coarsely.

`pdq-fast` is an algorithm of its own. It has PDQ's form, yet where PDQ has a filter of two passes over the full picture it
has the mean of small areas of a scaled one, so that some bits differ: it is compared with itself only, and never given to
others as PDQ.
"""

import hashlib
import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.errors import NotDecodable, TooLarge
from provenance.fingerprint.decode import MAX_PIXELS, MAX_SIDE, open_picture, pixels
from provenance.fingerprint.kinds import Kind, kind_of
from provenance.records import Asset, Fingerprint

VERSION = "pdq-fast 1"
MIN_QUALITY = 50
_LEAST = 100
"""The shorter side that a scaled picture keeps: its 64 × 64 areas are then larger than a sample."""
_SMALLEST = 32
_GRID, _FREQUENCIES = 64, 16
_STEPS_A_POINT = 230  # of the sum of all steps between neighbours: as PDQ's quality, 100 from 9,000 percents of 255 on
_FACTORS = {8: cv2.IMREAD_REDUCED_GRAYSCALE_8, 4: cv2.IMREAD_REDUCED_GRAYSCALE_4, 2: cv2.IMREAD_REDUCED_GRAYSCALE_2}
_SEQUENTIAL = (0xC0, 0xC1)  # frames of one pass; progressive ones may hold a bomb of scans, which the careful way counts
_START_OF_SCAN, _END = 0xDA, b"\xff\xd9"
_COLOURS = (1, 3)
_PADDING = 65_536

Greys = NDArray[np.uint8]
_WAVES: NDArray[np.float32] = (
    math.sqrt(2 / _GRID)
    * np.cos(math.pi / (2 * _GRID) * np.arange(1, _FREQUENCIES + 1)[:, None] * (2 * np.arange(_GRID)[None, :] + 1))
).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a JPEG's frame header says."""

    width: int
    height: int
    colours: int


def fast(content: bytes) -> Asset:
    """An asset with its size and `pdq-fast`, and nothing else; `not_hashable` tells why there is none.

    Raises:
        EmptySource: there are no bytes.
        UnknownFormat: they are no picture, video or sound known here.
    """
    kind = kind_of(content)
    known: dict[str, Any] = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "media_type": kind.media_type,
    }
    try:
        made, (width, height), reason = fast_hash(content, kind)
    except (TooLarge, NotDecodable) as exc:
        return Asset(**known, not_hashable=str(exc))
    return Asset(**known, width=width, height=height, fingerprints=(made,) if made else (), not_hashable=reason)


def fast_hash(content: bytes, kind: Kind) -> tuple[Fingerprint | None, tuple[int, int], str | None]:
    """The hash, or None and the reason; between them the size of the picture as shown.

    Raises:
        TooLarge: more pixels than are decoded here.
        NotDecodable: the pixels are broken, cut off, or of a kind that is not read here.
    """
    greys, (width, height), decoder = _greys(content, kind)
    if min(width, height) < _SMALLEST:
        return None, (width, height), f"too small: {width} × {height} pixels, {_SMALLEST} are needed on each side"
    value, quality = _hashed(greys)
    if quality < MIN_QUALITY:
        return None, (width, height), f"too little detail: quality {quality} of 100, {MIN_QUALITY} are needed"
    made = Fingerprint(algorithm="pdq-fast", bits=256, value=value, quality=quality, version=VERSION, decoder=decoder)
    return made, (width, height), None


def _hashed(greys: Greys) -> tuple[str, int]:
    """64 hex digits in PDQ's bit order, and a quality from 0 to 100."""
    small = cv2.resize(greys, (_GRID, _GRID), interpolation=cv2.INTER_AREA)
    steps = cv2.norm(small[1:], small[:-1], cv2.NORM_L1) + cv2.norm(small[:, 1:], small[:, :-1], cv2.NORM_L1)
    values = (_WAVES @ small.astype(np.float32) @ _WAVES.T).ravel()
    middle = values.size // 2 - 1
    above = values > np.partition(values, middle)[middle]
    return np.packbits(above, bitorder="little")[::-1].tobytes().hex(), min(100, int(steps) // _STEPS_A_POINT)


def _greys(content: bytes, kind: Kind) -> tuple[Greys, tuple[int, int], str]:
    """The picture in grey, upright, maybe scaled; its full size; and what decoded it."""
    frame = _frame(content) if kind.decoder == "JPEG" else None
    factor = next((f for f in _FACTORS if frame and min(frame.width, frame.height) >= f * _LEAST), None)
    if frame and factor and content.rfind(_END, max(0, len(content) - _PADDING)) >= 0:
        decoded = _scaled(content, factor)
        if decoded is not None:
            lies = (decoded.shape[1] > decoded.shape[0]) != (frame.width > frame.height)
            return decoded, (frame.height, frame.width) if lies else (frame.width, frame.height), f"opencv {cv2.__version__}"
    return _carefully(content, kind)


def _scaled(content: bytes, factor: int) -> Greys | None:
    try:
        decoded = cv2.imdecode(np.frombuffer(content, np.uint8), _FACTORS[factor])
    except cv2.error:
        return None
    return None if decoded is None else np.asarray(decoded, np.uint8)


def _carefully(content: bytes, kind: Kind) -> tuple[Greys, tuple[int, int], str]:
    from PIL import __version__ as pillow_version  # noqa: PLC0415 - most pictures of a run are plain JPEGs

    if kind.decoder is None:
        raise NotDecodable(f"{kind.media_type}: {kind.unread}")
    picture = open_picture(content, kind)
    greys = np.asarray(pixels(picture, _LEAST).convert("L"), np.uint8)
    return greys, picture.size, f"pillow {pillow_version}"


def _frame(content: bytes) -> _Frame | None:
    """The frame header of a JPEG of one pass within the limits; None where the careful way must look."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:  # noqa: PLR2004 - every marker begins so
        marker = content[at + 1]
        if marker in _SEQUENTIAL:
            height, width = int.from_bytes(content[at + 5 : at + 7]), int.from_bytes(content[at + 7 : at + 9])
            colours = content[at + 9]
            sound = colours in _COLOURS and 0 < width * height <= MAX_PIXELS and max(width, height) <= MAX_SIDE
            return _Frame(width, height, colours) if sound else None
        if marker == _START_OF_SCAN:
            return None
        at += 2 + max(2, int.from_bytes(content[at + 2 : at + 4]))
    return None
