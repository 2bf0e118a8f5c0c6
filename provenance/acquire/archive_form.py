"""What kind of web archive a file is; light, because every file is asked, and the readers take time to load."""

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

from provenance.acquire.limits import DEFAULT, Limits
from provenance.errors import NotFound
from provenance.records import Snapshot

Form: TypeAlias = Literal["warc", "zip", "mhtml"]
"""What the first bytes tell; whether a ZIP file is a package of web archives, its reader tells."""

_PEEK = 64 * 1024
_STARTS = (b"WARC/", b"filedesc://")
_FIELD = re.compile(rb"\s*(?:[A-Za-z][A-Za-z-]{1,60}):")
_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)


def form_of(stream: BinaryIO) -> Form | None:
    """Which kind of archive an open file is, by its bytes; None for any other. The file is left at its beginning."""
    head = stream.read(_PEEK)
    stream.seek(0)
    if head.startswith(_STARTS) or _unzipped(head).startswith(_STARTS):
        return "warc"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    return "mhtml" if is_mhtml(head) else None


def _unzipped(head: bytes) -> bytes:
    if not head.startswith(b"\x1f\x8b"):
        return b""
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, 64)
    except zlib.error:
        return b""


def is_mhtml(head: bytes) -> bool:
    """Whether it is a page saved as an e-mail: header fields, one of them for parts that belong together."""
    return bool(_FIELD.match(head)) and bool(_RELATED.search(head[:8192])) and b"mime-version:" in head[:8192].lower()


def archive_bytes(snapshot: Snapshot, *urls: str, limits: Limits = DEFAULT) -> bytes:
    """The bytes that the archive of a page holds for an address; of several captures, the one nearest in time to the page.

    Args:
        snapshot: a page read from an archive file.
        urls: the address of a picture and its variants, in order of preference.
        limits: the most bytes to take.

    Raises:
        NotFound: it is not in the archive, or the archive is no file.
        SourceError: it is there, but cannot be read.
    """
    from provenance.acquire import archives  # noqa: PLC0415  # loaded when an archive is met

    with archive_of(snapshot) as (stream, name):
        return archives.bytes_in(stream, name, snapshot, urls, limits)


@contextmanager
def archive_of(snapshot: Snapshot) -> Iterator[tuple[BinaryIO, str]]:
    """The archive file that a page was read from, open, and its name.

    Raises:
        NotFound: it was read from no file, or the file is gone.
    """
    path = Path(snapshot.source.removesuffix(f"#{snapshot.final_url}"))
    if snapshot.how != "archive" or not path.is_file():
        raise NotFound(f"{snapshot.source} was not read from an archive file", "give the archive by its path")
    with path.open("rb") as stream:
        yield stream, str(path)
