"""What bytes are, told from the bytes alone: never from a name or a declared type.

Only kinds with a `decoder` are ever handed to Pillow: formats that newsrooms meet, with decoders that are fuzzed in the
open. The others are known by name, so that a desk reads why there is no fingerprint.
"""

from dataclasses import dataclass

from provenance.errors import EmptySource, UnknownFormat


@dataclass(frozen=True, slots=True)
class Kind:
    """A format: its media type, the decoder that reads it here, or why none does."""

    media_type: str
    decoder: str | None = None
    unread: str = ""

    @property
    def is_film(self) -> bool:
        """Whether it is read frame by frame, where the extra is there."""
        return self.media_type.startswith("video/")


def _unread_picture(media_type: str, name: str) -> Kind:
    return Kind(media_type, unread=f"{name} pictures are not read here; save it as PNG or JPEG to compare it")


UNREAD_FILMS = (
    "video frames are not read yet",
    "its frames are not read without the extra: pip install 'provenance-desk[video]'",
)
"""What is said of films where nothing reads them, by this version (the last) and earlier ones."""


def _video(media_type: str) -> Kind:
    return Kind(media_type, unread=UNREAD_FILMS[-1])


def _sound(media_type: str) -> Kind:
    return Kind(media_type, unread="sound has no picture to compare")


_AVIF = Kind("image/avif", "AVIF")
_BMP = Kind("image/bmp", "BMP")
_HEIC = _unread_picture("image/heic", "HEIC")
_SVG = _unread_picture("image/svg+xml", "SVG")
_JP2 = _unread_picture("image/jp2", "JPEG 2000")
_JXL = _unread_picture("image/jxl", "JPEG XL")
_MATROSKA, _WEBM = _video("video/x-matroska"), _video("video/webm")
_MP4, _QUICKTIME = _video("video/mp4"), _video("video/quicktime")

_PREFIXES = (
    (b"\xff\xd8\xff", Kind("image/jpeg", "JPEG")),
    (b"\x89PNG\r\n\x1a\n", Kind("image/png", "PNG")),
    (b"GIF87a", Kind("image/gif", "GIF")),
    (b"GIF89a", Kind("image/gif", "GIF")),
    (b"II*\0", Kind("image/tiff", "TIFF")),
    (b"MM\0*", Kind("image/tiff", "TIFF")),
    (b"II+\0", Kind("image/tiff", "TIFF")),
    (b"MM\0+", Kind("image/tiff", "TIFF")),
    (b"\xff\x0a", _JXL),
    (b"\0\0\0\x0cJXL \r\n\x87\n", _JXL),
    (b"\0\0\0\x0cjP  \r\n\x87\n", _JP2),
    (b"\xff\x4f\xff\x51", _JP2),
    (b"8BPS", _unread_picture("image/vnd.adobe.photoshop", "Photoshop")),
    (b"\0\0\1\0", _unread_picture("image/vnd.microsoft.icon", "icon")),
    (b"%!PS", _unread_picture("application/postscript", "PostScript")),
    (b"\xc5\xd0\xd3\xc6", _unread_picture("application/postscript", "PostScript")),
    (b"\0\0\1\xba", _video("video/mpeg")),
    (b"\0\0\1\xb3", _video("video/mpeg")),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", _video("video/x-ms-wmv")),
    (b"FLV\1", _video("video/x-flv")),
    (b"ID3", _sound("audio/mpeg")),
    (b"fLaC", _sound("audio/flac")),
)
_RIFF = {b"WEBP": Kind("image/webp", "WEBP"), b"AVI ": _video("video/x-msvideo"), b"WAVE": _sound("audio/wav")}
_BRANDS = {
    **dict.fromkeys((b"avif", b"avis"), _AVIF),
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), _HEIC),
    **dict.fromkeys((b"M4A ", b"M4B "), _sound("audio/mp4")),
    b"qt  ": _QUICKTIME,
}
_QUICKTIME_ATOMS = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_BMP_HEADER_SIZES = (12, 16, 40, 52, 56, 64, 108, 124)
_TS_PACKET, _TS_SYNC, _TS_CHECKED = 188, 0x47, 4
_HEAD = 1024


def kind_of(content: bytes) -> Kind:
    """The format of these bytes.

    Raises:
        EmptySource: there are no bytes.
        UnknownFormat: they are no picture, video or sound known here.
    """
    if not content:
        raise EmptySource("0 bytes: there is no picture in it", "check the download or the export that made it")
    head = content[:_HEAD]
    kind = _by_prefix(head) or _by_container(head) or _by_shape(content)
    if kind is None:
        raise UnknownFormat(
            f"no picture or video format known here: the bytes begin with {head[:12].hex(' ')}",
            "give a picture as JPEG, PNG, WebP, GIF, TIFF, BMP or AVIF",
        )
    return kind


def _by_prefix(head: bytes) -> Kind | None:
    return next((kind for prefix, kind in _PREFIXES if head.startswith(prefix)), None)


def _by_container(head: bytes) -> Kind | None:
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head.startswith(b"\x1aE\xdf\xa3"):
        return _WEBM if b"webm" in head[:64] else _MATROSKA
    if head.startswith(b"OggS"):
        return _video("video/ogg") if b"theora" in head[:256] else _sound("audio/ogg")
    return _QUICKTIME if head[4:8] in _QUICKTIME_ATOMS else None


def _by_brand(head: bytes) -> Kind:
    """An ISO base media file: by its main brand; `mif1` and `msf1` say AVIF or HEIC only among the compatible ones."""
    kind = _BRANDS.get(head[8:12], _MP4)
    compatible = head[16 : max(16, int.from_bytes(head[:4]))]
    return _AVIF if kind is _HEIC and b"avif" in compatible else kind


def _by_shape(content: bytes) -> Kind | None:
    if content.startswith(b"BM") and int.from_bytes(content[14:18], "little") in _BMP_HEADER_SIZES:
        return _BMP
    if len(content) > _TS_PACKET * _TS_CHECKED and all(content[i * _TS_PACKET] == _TS_SYNC for i in range(_TS_CHECKED)):
        return _video("video/mp2t")
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return _SVG if head.startswith((b"<svg", b"<?xml", b"<!--", b"<!doctype svg")) and b"<svg" in head else None
