"""WACZ packages (specs.webrecorder.net/wacz/1.1.1): a ZIP of WARC files, read member by member, nothing unpacked to the disk.

Names in the package are data, never paths. What is stated in `datapackage.json` is checked, and what does not fit is named.
"""

import hashlib
import json
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import IO, Any, BinaryIO

from provenance.acquire.limits import MEGABYTE
from provenance.errors import NotDecodable, SourceError, TooLarge

MOST_MEMBERS = 10_000
LARGEST_MEMBER = 20_000 * MEGABYTE
_RATIO = 200  # texts pack to a fiftieth at best; WARC files in a package are packed already
_SMALL = MEGABYTE  # a ratio says nothing below
_PACKAGE = "datapackage.json"
_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")
_MOST_LISTED = 50 * MEGABYTE
_WARCS = re.compile(r"archive/[^/\\]{1,300}\.warc(?:\.gz)?", re.IGNORECASE)
_UNSAFE = re.compile(r"^[/\\~]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f]")
_UNLISTED = frozenset({_PACKAGE, "datapackage-digest.json"})
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, struct.error)
_BROKEN = (*_DAMAGED, NotImplementedError, RuntimeError)  # the last for an unknown packing and for encryption
_REMEDY = "get the package again from where it was made"


class Package:
    """An open WACZ package.

    Args:
        stream: seekable.
        name: how messages call it.

    Raises:
        NotDecodable: no sound ZIP; TooLarge: too many members.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self.name = name
        with self._sound("its list of members"):
            self._zip = zipfile.ZipFile(stream)
        self._members = {info.filename: info for info in self._zip.infolist()}
        if len(self._zip.infolist()) > MOST_MEMBERS:
            raise TooLarge(f"{name} holds more than {MOST_MEMBERS:,} members", "split the crawl")

    @property
    def is_wacz(self) -> bool:
        """Whether it is a package of web archives, and no other ZIP."""
        return _PACKAGE in self._members or any(_WARCS.fullmatch(name) for name in self._members)

    @property
    def warcs(self) -> list[str]:
        """The names of its WARC files."""
        return [name for name in self._members if _WARCS.fullmatch(name)]

    def pages(self) -> Iterator[str]:
        """The addresses that its lists of pages name; what is no sound line of such a list is passed over."""
        for name in filter(self._members.__contains__, _LISTS):
            with suppress(SourceError), self.open(name) as stream:
                for line in stream.read(_MOST_LISTED).split(b"\n"):
                    with suppress(ValueError, RecursionError):
                        entry = json.loads(line)
                        if isinstance(entry, dict) and isinstance(entry.get("url"), str):
                            yield entry["url"]

    def faults(self) -> Iterator[SourceError]:
        """What does not fit: members that are too large, misnamed, doubled or unlisted, and changed or missing resources."""
        names = [info.filename for info in self._zip.infolist()]
        for name in sorted({n for n in names if names.count(n) > 1} if len(names) > len(self._members) else ()):
            yield self._altered(f"member {name[:200]!r} is there more than once")
        yield from (
            self._altered(f"member {n[:200]!r} has a name that leads outside") for n in self._members if _UNSAFE.search(n)
        )
        try:
            stated = self._stated()
        except SourceError as error:
            yield error
        else:
            yield from self._compared(stated)

    def _altered(self, why: str) -> NotDecodable:
        return NotDecodable(f"{self.name}: {why}; the package was altered", _REMEDY)

    def _compared(self, stated: Mapping[str, str]) -> Iterator[SourceError]:
        extra = (n for n in self._members if n not in stated and n not in _UNLISTED and not n.endswith("/"))
        yield from (self._altered(f"member {name[:200]!r} is not in its {_PACKAGE}") for name in extra)
        for name, digest in stated.items():
            if name not in self._members:
                yield self._altered(f"{name[:200]!r} is missing")
                continue
            try:
                if self._digest(name) != digest.lower():
                    yield self._altered(f"{name[:200]!r} is not what its {_PACKAGE} says")
            except SourceError as error:
                yield error

    def _stated(self) -> dict[str, str]:
        """The sha256 of each resource by name.

        Raises:
            NotDecodable: no list of resources.
        """
        with self.open(_PACKAGE) as stream:
            content = stream.read(20 * MEGABYTE)
        try:
            package: Any = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise self._altered(f"its {_PACKAGE} is no JSON") from error
        found = package.get("resources") if isinstance(package, dict) else None
        listed = [r for r in found if isinstance(r, dict)] if isinstance(found, list) else []
        return {
            str(r.get("path")): str(r["hash"]).removeprefix("sha256:") for r in listed if str(r.get("hash")).startswith("sha256:")
        }

    def _digest(self, name: str) -> str:
        digest = hashlib.sha256()
        with self.open(name) as stream, self._sound(name):
            while piece := stream.read(MEGABYTE):
                digest.update(piece)
        return digest.hexdigest()

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """One member, to be read in pieces.

        Raises:
            NotDecodable: not there, broken or encrypted; TooLarge: it unpacks to far more than it is.
        """
        info = self._members.get(name)
        if info is None:
            raise self._altered(f"{name[:200]!r} is missing")
        if info.file_size > LARGEST_MEMBER or (info.file_size > _SMALL and info.file_size > _RATIO * max(info.compress_size, 1)):
            raise TooLarge(
                f"{self.name}: member {name[:200]!r} unpacks from {info.compress_size:,} to {info.file_size:,} bytes", _REMEDY
            )
        with self._sound(name):
            stream = self._zip.open(info)
        with stream, self._sound(name):
            yield stream

    @contextmanager
    def _sound(self, what: str) -> Iterator[None]:
        try:
            yield
        except _BROKEN as error:
            raise NotDecodable(f"{self.name}: {what[:200]} cannot be read: {str(error)[:200]}", _REMEDY) from error
