"""From hostile bytes to plain pixels: the one place that opens pictures.

Pillow raises a dozen types of exception on hostile input (measured over 4,000 such files); all of them become
`TooLarge` or `NotDecodable` here. Nothing process-wide is set: no pixel limit, no "load truncated pictures".
"""

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PIL import Image, ImageFile

from provenance.errors import NotDecodable, ProvenanceError, TooLarge
from provenance.fingerprint.kinds import Kind
from provenance.fingerprint.modes import to_rgb
from provenance.fingerprint.structure import Structure, png_without_extras, structure

MAX_PIXELS = 50_000_000
"""50 megapixels: above all but medium-format cameras; decoding stays near 200 MB."""
MAX_SIDE = 30_000
MAX_SCAN_PIXELS = 1_500_000_000
"""A JPEG's pixels times its scans: usual progressive ones have about ten scans, a bomb has hundreds."""
WORKING_SIDE = 1024
"""Pictures are brought down by whole factors to no less than this before hashing: PDQ then moves by 4 bits at most."""
_SIDEWAYS = 5  # EXIF orientations from 5 on lie on their side

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_warnings_lock = threading.RLock()


@dataclass(slots=True)
class Picture:
    """An open picture: `image` as Pillow gives it, its size as shown (upright), and what was noticed on the way."""

    content: bytes = field(repr=False)
    kind: Kind
    structure: Structure
    image: ImageFile.ImageFile
    size: tuple[int, int]
    findings: list[str] = field(default_factory=list)


@contextmanager
def foreign(what: str, findings: list[str] | None = None) -> Iterator[None]:
    """Whatever Pillow raises inside becomes NotDecodable; what it warns of is added to `findings`.

    Raises:
        NotDecodable: with Pillow's own words; memory that a lying header asks for counts as such.
    """
    with _warnings_lock, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            yield
        except ProvenanceError:
            raise
        except Exception as exc:
            raise NotDecodable(f"{what}: {_words(exc)}", "get the file again, or from another source") from exc
        finally:
            if findings is not None:
                findings += list(dict.fromkeys(f"{what}: {str(w.message)[:200]}" for w in told))


def _words(exc: Exception) -> str:
    words = str(exc) or type(exc).__name__
    return "its header cannot be read" if words == "not identified by this driver" else words[:200].replace("\n", " ")


def open_picture(content: bytes, kind: Kind) -> Picture:
    """Read the header only.

    Raises:
        NotDecodable: the header is broken.
        TooLarge: a WebP of more pixels than are decoded here; the message names the size.
    """
    shape, findings = structure(content, kind), list[str]()
    if kind.decoder == "WEBP":  # its decoder takes memory for the whole canvas as soon as it is opened
        refuse_large(_webp_size(content), shape)
    try:
        image = _opened(content, kind, findings)
    except NotDecodable:
        if kind.decoder != "PNG":
            raise
        image = _bare(content, kind, findings)
    return Picture(content, kind, shape, image, image.size, findings)


def frame_count(picture: Picture) -> int:
    """How many frames or pages a picture has; 0 where what follows the first is broken, so that nobody can tell."""
    try:
        with foreign(f"broken {picture.kind.media_type}", picture.findings):
            return int(getattr(picture.image, "n_frames", 1))
    except NotDecodable:
        return 0


def _opened(content: bytes, kind: Kind, findings: list[str]) -> ImageFile.ImageFile:
    # The plug-in is called by name: `Image.open` would refuse a large picture before its size can be told.
    with foreign(f"broken {kind.media_type}", findings):
        Image.preinit()
        if kind.decoder not in Image.OPEN:
            Image.init()
        return Image.OPEN[kind.decoder or ""][0](io.BytesIO(content), "")


def _bare(content: bytes, kind: Kind, findings: list[str]) -> ImageFile.ImageFile:
    """A PNG without its texts and profiles: a bomb or a fault in these must not hide the pixels."""
    image = _opened(png_without_extras(content), kind, findings)
    findings.append("PNG texts and profiles refused: they are broken or too large")
    return image


def _webp_size(content: bytes) -> tuple[int, int]:
    if content[12:16] != b"VP8X":
        return 1, 1  # the simple forms cannot announce more than they hold
    return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1


def refuse_large(size: tuple[int, int], shape: Structure) -> None:
    """Refuse what would take too much work.

    Raises:
        TooLarge: more pixels, a longer side or more scans than are decoded here; the message names the size.
    """
    width, height = size
    named = f"{width} × {height} = {width * height / 1e6:.1f} megapixels"
    if width * height > MAX_PIXELS or max(size) > MAX_SIDE:
        limit = f"{MAX_PIXELS // 1_000_000} megapixels and sides of {MAX_SIDE}"
        raise TooLarge(f"{named}: over the limit of {limit}", "make a smaller copy to compare it")
    if width * height * shape.scans > MAX_SCAN_PIXELS:
        raise TooLarge(f"{named} in {shape.scans} scans: too much work to decode", "save it again as a plain JPEG")


def pixels(picture: Picture, least: int = WORKING_SIDE, *, keep_shape: bool = False) -> Image.Image:
    """The first frame, upright, in 8-bit RGB on white, brought down by whole factors to sides of `least` or more.

    Each axis has its own factor, as hashes read each axis apart; with `keep_shape` both have the same.

    Raises:
        TooLarge: more pixels, a longer side or more scans than are decoded here; the message names the size.
        NotDecodable: the pixels are broken, cut off, or of a kind that has no fixed look.
    """
    refuse_large(picture.image.size, picture.structure)
    full = _load(picture, least)
    turn, image = _orientation(picture), picture.image
    picture.size = full[::-1] if turn >= _SIDEWAYS else full
    with foreign("pixels cannot be read as colours"):
        across, down = max(1, image.width // least), max(1, image.height // least)
        rgb = to_rgb(image, (min(across, down),) * 2 if keep_shape else (across, down))
        return rgb.transpose(_TURNS[turn]) if turn in _TURNS else rgb


def _load(picture: Picture, least: int) -> tuple[int, int]:
    """Decode, a JPEG as small as `least` allows; gives the full size."""
    full = picture.image.size
    try:
        with foreign(f"broken {picture.kind.media_type}", picture.findings):
            drafted = picture.kind.decoder == "JPEG" and picture.image.draft(None, (least, least)) is not None
            picture.image.load()
    except NotDecodable:
        if picture.kind.decoder != "PNG":
            raise
        _load_bare(picture)
        return full
    return full if drafted else picture.image.size


def _load_bare(picture: Picture) -> None:
    findings: list[str] = []
    image = _bare(picture.content, picture.kind, findings)
    with foreign(f"broken {picture.kind.media_type}", findings):
        image.load()
    picture.image = image
    picture.findings += findings


def _orientation(picture: Picture) -> int:
    """EXIF orientation 1 to 8. Broken EXIF never costs the picture: it is then taken as upright."""
    try:
        with foreign("broken EXIF, so the picture is taken as upright"):
            return int(picture.image.getexif().get(0x0112, 1) or 1)
    except NotDecodable as exc:
        picture.findings.append(exc.message)
        return 1
