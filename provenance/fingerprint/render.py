"""Pictures that we make ourselves from received ones: safe to show, with nothing of the file but its look."""

import io
import math

from PIL import Image

from provenance.errors import NotDecodable
from provenance.fingerprint import video
from provenance.fingerprint.decode import open_picture, pixels
from provenance.fingerprint.kinds import kind_of

_GAP = 8
_POSTER = 1.0  # the second of a film that stands for it: many begin in black
_VEIL_CELLS = 8  # along the longer side: a blur can be undone, pixels that were averaged away cannot


def thumbnail(content: bytes, side: int = 320) -> bytes:
    """A PNG of the picture, upright, on white, no side over `side` pixels, without any metadata; never enlarged.

    Raises:
        SourceError: the bytes cannot be shown: `EmptySource`, `UnknownFormat`, `TooLarge` or `NotDecodable`.
    """
    rgb = _pixels(content, side)
    rgb.thumbnail((side, side), Image.Resampling.LANCZOS)
    return as_png(rgb)


def veil(content: bytes, side: int = 320) -> bytes:
    """A PNG as large as the thumbnail, grey, so coarse that nothing in the picture can be made out or won back.

    Raises:
        SourceError: as `thumbnail`.
    """
    rgb = _pixels(content, side)
    rgb.thumbnail((side, side), Image.Resampling.LANCZOS)
    few = rgb.convert("L")
    few.thumbnail((_VEIL_CELLS, _VEIL_CELLS), Image.Resampling.BOX)
    return as_png(few.resize(rgb.size, Image.Resampling.BICUBIC).convert("RGB"))


def side_by_side(left: bytes, right: bytes, height: int = 480) -> bytes:
    """A PNG of both pictures beside each other at the same height, for eyes to judge.

    Raises:
        SourceError: as `thumbnail`.
    """
    pair = [shown(content, height) for content in (left, right)]
    sheet = Image.new("RGB", (sum(p.width for p in pair) + _GAP, height), "white")
    sheet.paste(pair[0], (0, 0))
    sheet.paste(pair[1], (pair[0].width + _GAP, 0))
    return as_png(sheet)


def shown(content: bytes, height: int) -> Image.Image:
    """The picture upright, brought to a height.

    Raises:
        SourceError: as `thumbnail`.
    """
    return _at_height(_pixels(content, height), height)


def _pixels(content: bytes, least: int) -> Image.Image:
    kind = kind_of(content)
    if kind.is_film and video.is_there():
        frame = next((found for found in video.stills(content, kind.media_type, [_POSTER]) if found), None)
        if frame is None:
            raise NotDecodable(f"{kind.media_type}: there is no frame in it")
        return frame.rgb
    if kind.decoder is None:
        raise NotDecodable(f"{kind.media_type}: {kind.unread}")
    return pixels(open_picture(content, kind), least, keep_shape=True)


def _at_height(image: Image.Image, height: int) -> Image.Image:
    width = min(4 * height, max(1, math.ceil(image.width * height / image.height)))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def as_png(image: Image.Image) -> bytes:
    """The pixels alone, as PNG."""
    out = io.BytesIO()
    Image.frombytes("RGB", image.size, image.tobytes()).save(out, "PNG", optimize=True)
    return out.getvalue()
