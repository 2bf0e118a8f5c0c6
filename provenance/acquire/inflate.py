"""Bodies inflated in bounded steps: httpx's own decoders inflate a whole network chunk at once, gigabytes from a kilobyte."""

import zlib
from collections.abc import Iterable

from provenance.acquire.files import too_large
from provenance.acquire.sniff import ATOM, OPML, RSS, SITEMAP, sniff
from provenance.errors import FetchError, NotReadable, TooLarge, Unavailable


class CutShort(FetchError):
    """A body ended before its announced end; `content` is what came of it, inflated."""

    def __init__(self, message: str, content: bytes = b"") -> None:
        super().__init__(message, "try again later")
        self.content = content


class Overfull(TooLarge):
    """A body went over its cap; `content` is the part up to it, inflated."""

    def __init__(self, name: str, content: bytes) -> None:
        told = too_large(name, len(content))
        super().__init__(told.message, told.remedy)
        self.content = content


_GZIP = 16 + zlib.MAX_WBITS
PLAIN = frozenset({"", "identity"})
ZIPPED = frozenset({"gzip", "x-gzip"})
_LISTS = frozenset({RSS, ATOM, SITEMAP, OPML})
_PEEK = 4096


def inflated(chunks: Iterable[bytes], encoding: str, cap: int, name: str) -> bytes:
    """A body from its raw chunks.

    Args:
        chunks: the bytes as they came over the wire.
        encoding: the Content-Encoding header; only nothing, `identity` and one `gzip` are read.
        cap: the most bytes of the result; nothing beyond it is ever inflated.
        name: how messages call it.

    Raises:
        Overfull: over the cap.
        FetchError: another or a stacked encoding, or a broken gzip stream.
        CutShort: the chunks ended with it, or in the middle of the gzip stream; something came.
    """
    coding = encoding.strip().lower()
    if coding in PLAIN:
        return _joined(chunks, cap, name)
    if coding not in ZIPPED:
        raise FetchError(f"{name} came as Content-Encoding {encoding[:60]!r}, not asked for", "save the page and give the file")
    try:
        return _unzipped(chunks, cap, name)
    except zlib.error as error:
        raise FetchError(f"{name} came as a broken gzip stream: {error}", "try again later") from error


def _joined(chunks: Iterable[bytes], cap: int, name: str) -> bytes:
    body = bytearray()
    try:
        for chunk in chunks:
            body += chunk
            if len(body) > cap:
                raise Overfull(name, bytes(body[:cap]))
    except CutShort as short:
        raise _kept(short.message, body, name) from short
    return bytes(body)


def _kept(why: str, body: bytearray, name: str) -> CutShort | Unavailable:
    """What came of a body that ended too early; nothing at all is a failure."""
    return (
        CutShort(f"{name} was cut short after {len(body)} bytes: {why}", bytes(body))
        if body
        else Unavailable(f"{name} sent nothing: {why}", "try again later")
    )


def _unzipped(chunks: Iterable[bytes], cap: int, name: str) -> bytes:
    body, inflater, inside = bytearray(), zlib.decompressobj(_GZIP), False
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                body += inflater.decompress(rest, cap + 1 - len(body))
                if len(body) > cap:
                    raise Overfull(name, bytes(body[:cap]))
                inside, rest = not inflater.eof, inflater.unused_data
                if inflater.eof:  # another member may follow
                    inflater = zlib.decompressobj(_GZIP)
    except CutShort as short:
        raise _kept(short.message, body, name) from short
    if inside:
        raise _kept("it ended in the middle of its gzip stream", body, name)
    return bytes(body)


def unpacked_list(content: bytes, cap: int, name: str) -> bytes:
    """A feed, site map or list of feeds out of its gzip file (`sitemap.xml.gz`); any other bytes as they are.

    Args:
        content: the bytes of a file.
        cap: the most bytes of the result; nothing beyond it is ever inflated.
        name: how messages call it.

    Raises:
        Overfull: over the cap.
        NotReadable: the gzip file breaks off or is damaged.
    """
    if sniff(_first(content)).media_type not in _LISTS:
        return content
    try:
        return inflated([content], "gzip", cap, name)
    except FetchError as error:
        raise NotReadable(f"{name} is a gzip file that is damaged or breaks off", "get it again from where it came") from error


def _first(content: bytes) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return b""
    try:
        return zlib.decompressobj(_GZIP).decompress(content, _PEEK)
    except zlib.error:
        return b""
