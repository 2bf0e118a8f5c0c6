"""Bodies inflated in bounded steps: httpx's own decoders inflate a whole network chunk at once, gigabytes from a kilobyte."""

import zlib
from collections.abc import Iterable

from provenance.acquire.files import too_large
from provenance.errors import FetchError

_GZIP = 16 + zlib.MAX_WBITS
PLAIN = frozenset({"", "identity"})
ZIPPED = frozenset({"gzip", "x-gzip"})


def inflated(chunks: Iterable[bytes], encoding: str, cap: int, name: str) -> bytes:
    """A body from its raw chunks.

    Args:
        chunks: the bytes as they came over the wire.
        encoding: the Content-Encoding header; only nothing, `identity` and one `gzip` are read.
        cap: the most bytes of the result; nothing beyond it is ever inflated.
        name: how messages call it.

    Raises:
        TooLarge: over the cap.
        FetchError: another or a stacked encoding, or a broken gzip stream.
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
    for chunk in chunks:
        body += chunk
        if len(body) > cap:
            raise too_large(name, cap)
    return bytes(body)


def _unzipped(chunks: Iterable[bytes], cap: int, name: str) -> bytes:
    body, inflater, inside = bytearray(), zlib.decompressobj(_GZIP), False
    for chunk in chunks:
        rest = chunk
        while rest:
            body += inflater.decompress(rest, cap + 1 - len(body))
            if len(body) > cap:
                raise too_large(name, cap)
            inside, rest = not inflater.eof, inflater.unused_data
            if inflater.eof:  # another member may follow
                inflater = zlib.decompressobj(_GZIP)
    if inside:
        raise FetchError(f"{name} ended in the middle of its gzip stream", "try again later")
    return bytes(body)
