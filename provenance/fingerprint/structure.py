"""Where a picture ends in its bytes, and how many frames it says it has: read off the containers, nothing decoded.

Bytes after the end matter to an analyst: a second picture, an archive or a page hidden behind a photograph.
"""

import re
from dataclasses import dataclass

from provenance.fingerprint.kinds import Kind


@dataclass(frozen=True, slots=True)
class Structure:
    """The offset just after the picture (None where unknown), its frames, and a JPEG's scans."""

    end: int | None = None
    frames: int = 1
    scans: int = 1


_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_SCAN, _END = 0xDA, 0xD9
_STANDALONE = {0x01, 0xD8}
_FRAMES_COUNTED = 100_000


def structure(content: bytes, kind: Kind) -> Structure:
    """What the container says; broken containers give as much as could be read, never an error."""
    walk = _WALKS.get(kind.decoder or "")
    return walk(content) if walk else Structure()


def _jpeg(content: bytes) -> Structure:
    at, scans = 2, 0
    while found := _MARKER.search(content, at):
        marker = content[found.end() - 1]
        if marker == _END:
            return Structure(found.end(), scans=scans)
        scans += marker == _SCAN
        at = found.end()
        if marker not in _STANDALONE:
            at += max(2, int.from_bytes(content[at : at + 2]))
    return Structure(scans=scans)


def _png(content: bytes) -> Structure:
    at, frames = 8, 1
    while at + 12 <= len(content):
        size, name = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        if name == b"acTL":
            frames = int.from_bytes(content[at + 8 : at + 12])
        at += size + 12
        if name == b"IEND":
            return Structure(at, frames)
    return Structure(frames=frames)


def png_without_extras(content: bytes) -> bytes:
    """The same PNG with only the chunks that pixels need: for files whose texts or profiles are broken or bombs."""
    kept, at = [content[:8]], 8
    while at + 12 <= len(content):
        size = int.from_bytes(content[at : at + 4]) + 12
        if content[at + 4 : at + 8] in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"):
            kept.append(content[at : at + size])
        at += size
    return b"".join(kept)


def _gif(content: bytes) -> Structure:
    at, frames = 13 + _colours(content[10:11]), 0
    while at < len(content) and frames < _FRAMES_COUNTED:
        block = content[at]
        if block == ord(";"):
            return Structure(at + 1, max(1, frames))
        if block == ord(","):
            frames += 1
            at += 10 + _colours(content[at + 9 : at + 10]) + 1
        elif block == ord("!"):
            at += 2
        else:
            break
        at = _after_sub_blocks(content, at)
    return Structure(frames=max(1, frames))


def _colours(flags: bytes) -> int:
    """The size of the colour table that a GIF's flags announce."""
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _after_sub_blocks(content: bytes, at: int) -> int:
    while at < len(content) and content[at]:
        at += content[at] + 1
    return at + 1


def _webp(content: bytes) -> Structure:
    end = int.from_bytes(content[4:8], "little") + 8
    return Structure(end + end % 2, max(1, content[:end].count(b"ANMF")))


def _bmp(content: bytes) -> Structure:
    end = int.from_bytes(content[2:6], "little")
    return Structure(end or None)


def _avif(content: bytes) -> Structure:
    at = 0
    while at + 8 <= len(content):
        size = int.from_bytes(content[at : at + 4])
        if not content[at + 4 : at + 8].isalnum() or size in (0, 1):
            return Structure(at if size > 1 else None)
        at += size
    return Structure(min(at, len(content)))


_WALKS = {"JPEG": _jpeg, "PNG": _png, "GIF": _gif, "WEBP": _webp, "BMP": _bmp, "AVIF": _avif}


_SIGNS = (
    (b"\xff\xd8\xff", "another JPEG: a second view, a preview or a gain map"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"%PDF", "a PDF document"),
    (b"<script", "a web page or script"),
    (b"<html", "a web page or script"),
    (b"ftyp", "a video: a motion photo"),
    (b"MZ", "a Windows program"),
)
_LOOKED_AT = 4096
_ZIP_TAIL = 65_557  # a ZIP's directory ends within this many bytes of the end of the file


def trailing(content: bytes, end: int | None) -> str | None:
    """What follows the end of the picture, in words; None when nothing but padding does."""
    rest = content[end:] if end else b""
    if not rest.strip(b"\0\r\n "):
        return None
    looks = next((name for sign, name in _SIGNS if _carries(rest, sign)), None)
    if looks is None and b"PK\x05\x06" in rest[-_ZIP_TAIL:]:
        looks = "a ZIP archive"
    return f"{len(rest)} bytes follow the end of the picture" + (f" ({looks})" if looks else "")


def _carries(rest: bytes, sign: bytes) -> bool:
    return rest.startswith(sign) if sign == b"MZ" else sign in rest[:_LOOKED_AT].lower() or sign in rest[:_LOOKED_AT]
