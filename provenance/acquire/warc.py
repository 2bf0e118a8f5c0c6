"""The records of a WARC or ARC file, one after another, in bounded memory.

By hand after ISO 28500 (WARC 1.1) and the Internet Archive's ARC 1.0, because evidence needs exact offsets and strictness: a
length that lies must never make bytes of one record pass for another. Where the structure breaks, reading stops and says where;
what came before stays. Where records are gzip members of their own, one bad record is left out and the next member is read.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from provenance.acquire.limits import MEGABYTE
from provenance.errors import NotDecodable, SourceError, TooLarge

_CHUNK = 64 * 1024
_STEP = MEGABYTE  # the most that one step inflates
_MAX_HEADER = 64 * 1024
_MAX_LENGTH = 15  # digits of Content-Length
_VERSION = re.compile(rb"WARC/[01]\.\d{1,2}\s*")
_ARC = re.compile(r"(\S.{0,8000}?) (\S{1,64}) (\d{14}) (\S{1,200}) (\d{1,15})\s*", re.DOTALL)
_GZIP = b"\x1f\x8b"
_REMEDY = "crawl it again, or repair the archive; the records before it were read"
_SHARED = "pages are read, but their pictures cannot be found again; recompress it record by record"


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `number` counts from 1; `offset` is where it, or its gzip member, begins, in bytes of the file.

    `headers` have lower-case names. `block` is None where it was larger than the cap. `alone` tells that the record can be read
    by its offset.
    """

    number: int
    offset: int
    headers: Mapping[str, str]
    block: bytes | None
    alone: bool = True

    @property
    def kind(self) -> str:
        """The WARC-Type in lower case."""
        return self.headers.get("warc-type", "").lower()

    @property
    def target(self) -> str:
        """The target address without the angle brackets that some writers put around it; empty where there is none."""
        return self.headers.get("warc-target-uri", "").strip().removeprefix("<").removesuffix(">")


Found: TypeAlias = Record | SourceError


class _Broken(Exception):
    """The structure of the file breaks here."""


def records(stream: BinaryIO, name: str, cap: int, first: int = 1) -> Iterator[Found]:
    """The records of an open file from where it stands.

    Args:
        stream: plain or gzip, told from its first bytes.
        name: how messages call it.
        cap: blocks larger than so many bytes are passed over, and said.
        first: the number of the first record.
    """
    head = stream.read(2)
    source: _Plain = (_Zipped if head == _GZIP else _Plain)(stream, head)
    number, told = first, False
    while True:
        try:
            source.begin()
            record = _record(source, number, cap)
        except _Broken as error:
            yield NotDecodable(f"{name}, record {number} at byte {source.start}: {error}", _REMEDY)
            if source.skip_member():
                number += 1
                continue
            return
        if record is None:
            return
        if record.block is None:
            yield TooLarge(
                f"{name}, record {number} at byte {record.offset} is larger than {cap / MEGABYTE:g} MB", "extract it alone"
            )
        if not (record.alone or told):
            told = True
            yield NotDecodable(f"{name}, record {number}: several records share the gzip member at byte {record.offset}", _SHARED)
        yield record
        number += 1


def _record(source: "_Plain", number: int, cap: int) -> Record | None:
    """The next record, or None at the end. A block counts only when what follows it is the end of a record."""
    line = _first_line(source)
    if not line:
        return None
    alone = source.begun()
    headers = _arc_headers(line) or _warc_headers(line, source)
    length = headers["content-length"]
    if not length.isascii() or not length.isdigit() or len(length) > _MAX_LENGTH:
        raise _Broken(f"its length {length[:40]!r} is no number")
    block = _block(source, int(length), cap)
    _end(source)
    return Record(number, source.start, headers, block, alone)


def _first_line(source: "_Plain") -> bytes:
    """The first line that is not blank; empty at the end of the file."""
    for _ in range(_MAX_HEADER):
        line = source.line(_MAX_HEADER)
        if not line or line.strip():
            return line
        source.begin()
    raise _Broken("nothing but blank lines")


def _warc_headers(line: bytes, source: "_Plain") -> dict[str, str]:
    if not _VERSION.fullmatch(line):
        raise _Broken(f"it begins with {line[:60]!r}, which is neither WARC nor ARC; the length before it may be wrong")
    headers: dict[str, str] = {}
    room, name = _MAX_HEADER, ""
    while (line := source.line(room)).strip():
        room -= len(line)
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text[0] in " \t" and name:
            headers[name] += " " + text.strip()
        else:
            name, _, value = text.partition(":")
            name = name.strip().lower()
            headers.setdefault(name, value.strip())
    if not line:
        raise _Broken("the file ends in its header")
    if "content-length" not in headers:
        raise _Broken("it states no length")
    return headers


def _arc_headers(line: bytes) -> dict[str, str] | None:
    """The one header line of ARC 1.0: address, IP, time, type, length."""
    match = _ARC.fullmatch(line.decode("utf-8", "replace"))
    if match is None:
        return None
    url, _, when, kind, length = match.groups()
    stamp = f"{when[:4]}-{when[4:6]}-{when[6:8]}T{when[8:10]}:{when[10:12]}:{when[12:]}Z"
    kinds = {"warc-type": "arc_header" if url.startswith("filedesc:") else "response", "content-type": kind}
    return kinds | {"warc-target-uri": url, "warc-date": stamp, "content-length": length}


def _block(source: "_Plain", length: int, cap: int) -> bytes | None:
    """So many bytes, taken in pieces: nothing is ever reserved by what a header says."""
    kept = bytearray()
    left = length
    while left:
        piece = source.read(min(left, _CHUNK))
        if not piece:
            raise _Broken(f"it says {length} bytes, but only {length - left} are there")
        left -= len(piece)
        if length <= cap:
            kept += piece
    return bytes(kept) if length <= cap else None


def _end(source: "_Plain") -> None:
    """Blank lines end a record; anything but a new record after them shows that the length was wrong."""
    for _ in range(4):
        ahead = source.peek(1)
        if ahead not in {b"\r", b"\n"}:
            break
        source.line(2)
    ahead = source.peek(5)
    if ahead and not source.ended and not ahead.startswith((b"WARC/", b"http", b"dns:", b"ftp:", b"urn:", b"file")):
        raise _Broken("its length is wrong: neither the end nor another record follows it")


class _Plain:
    """A file read forward, with some bytes ahead."""

    def __init__(self, stream: BinaryIO, head: bytes) -> None:
        self._stream = stream
        self._ahead = bytearray(head)
        self._base = stream.tell() - len(head) if stream.seekable() else 0
        self._passed = 0
        self.start = self._base

    def begin(self) -> None:
        """A record begins here."""
        self.start = self._base + self._passed

    def begun(self) -> bool:
        """Whether the record that has begun can be read from `start` alone; a second one in a gzip member cannot."""
        return True

    @property
    def ended(self) -> bool:
        """Whether a member ends here, so that what follows is apart from it; never in a plain file."""
        return False

    def skip_member(self) -> bool:
        """Go to the next member; False where there is none to go to."""
        return False

    def peek(self, size: int) -> bytes:
        """Up to so many bytes without passing them; fewer at the end of the file or the member."""
        while len(self._ahead) < size and self._fill():
            pass
        return bytes(self._ahead[:size])

    def read(self, size: int) -> bytes:
        """Between one and so many bytes; none at the end."""
        piece = self.peek(1) and bytes(self._ahead[:size])
        self._pass(len(piece))
        return piece

    def line(self, cap: int) -> bytes:
        """Bytes up to and with a line feed, or up to the end."""
        while (at := self._ahead.find(b"\n")) < 0 and len(self._ahead) < cap and self._fill():
            pass
        if at < 0 and len(self._ahead) >= cap:
            raise _Broken(f"a line of more than {cap:,} bytes")
        piece = bytes(self._ahead[: at + 1]) if at >= 0 else bytes(self._ahead)
        self._pass(len(piece))
        return piece

    def _pass(self, size: int) -> None:
        del self._ahead[:size]
        self._passed += size

    def _fill(self) -> bool:
        piece = self._stream.read(_CHUNK)
        self._ahead += piece
        return bool(piece)


class _Zipped(_Plain):
    """A file of gzip members; a record ends at the latest with the member that it began in."""

    def __init__(self, stream: BinaryIO, head: bytes) -> None:
        super().__init__(stream, b"")
        self._raw = bytearray(head)
        self._taken = self._base - len(head)  # compressed bytes given to the inflater
        self._taken += len(head) if not stream.seekable() else 0
        self._member = self._taken
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._over, self._fresh = False, True

    def begin(self) -> None:
        """A record begins here; when the member before is over, with the next one."""
        if not self._ahead and not self._fill() and self._over:
            self._next()
        self.start = self._member

    def begun(self) -> bool:
        """Whether it is the first of its member."""
        fresh, self._fresh = self._fresh, False
        return fresh

    @property
    def ended(self) -> bool:
        """Whether the member ends here."""
        return not self._ahead and self._over

    def skip_member(self) -> bool:
        """Inflate the rest of a bad record's member away; a broken stream gives no next member."""
        try:
            while self._fill():
                self._ahead.clear()
        except _Broken:
            return False
        self._ahead.clear()
        return self._over and bool(self._raw or self._more())

    def _next(self) -> None:
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._member, self._over, self._fresh = self._taken, False, True
        self.start = self._member
        if not self._raw and not self._more():
            self._over = True

    def _more(self) -> bool:
        piece = self._stream.read(_CHUNK)
        self._raw += piece
        return bool(piece)

    def _fill(self) -> bool:
        """Inflate a step of the present member; False at its end."""
        while not self._over:
            if not self._raw and not self._more():
                if self._taken > self._member:
                    raise _Broken("the file ends in the middle of a gzip member")
                self._over = True
                return False
            if self._inflate():
                return True
        return False

    def _inflate(self) -> bool:
        given = len(self._raw)
        try:
            piece = self._inflater.decompress(bytes(self._raw), _STEP)
        except zlib.error as error:
            self._over = True
            self._raw.clear()
            raise _Broken(f"its gzip member is broken ({error})") from error
        self._raw = bytearray(self._inflater.unused_data or self._inflater.unconsumed_tail)
        self._taken += given - len(self._raw)
        self._over = self._inflater.eof
        self._ahead += piece
        return bool(piece)
