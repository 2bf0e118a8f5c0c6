"""Web archives as sources: WARC and ARC files, WACZ packages, MHTML pages; each HTML page in one is a `Snapshot`.

The pictures in an archive are the sidecars of its pages: `bytes_in` finds them by their address.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import BinaryIO, TypeAlias, cast

from provenance.acquire import mhtml
from provenance.acquire.archive_form import Form, form_of
from provenance.acquire.files import read_stream, recognised, unknown
from provenance.acquire.http_record import Answer, answer, declared_type, false_digests, joined
from provenance.acquire.limits import DEFAULT, Limits
from provenance.acquire.sniff import HTML, sniff
from provenance.acquire.wacz import Package
from provenance.acquire.warc import Found, Record, records
from provenance.errors import EmptySource, NotDecodable, NotFound, SourceError
from provenance.records import Snapshot

_PAGES = frozenset({None, "text/html", "application/xhtml+xml", "text/plain", "application/octet-stream"})
_VISUAL = ("image/", "video/", "application/octet-stream")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_SUCCESS, _REDIRECTS, _FAILURES = 200, 300, 400  # where HTTP's classes of status begin
_MOST_INDEXED = 500_000
_MOST_INDEXES = 4  # archives
_HEAD = 4096


def snapshots(stream: BinaryIO, form: Form, source: str, limits: Limits) -> Iterator[Snapshot | SourceError]:
    """Every HTML page in an archive, in its order; what cannot be read is given as its error, and the others go on.

    Args:
        stream: open and seekable.
        form: as `form_of` says.
        source: its path; a page's source is `path#address`.
        limits: the most bytes of a page and of any other record.
    """
    if form == "mhtml":
        yield mhtml.snapshot(read_stream(stream, limits.file_bytes, source), source, limits)
        return
    shelf = _Shelf(stream, form, source)
    shelf.require_web_archive()
    yield from shelf.faults()
    reading = _Reading(source, limits, {_key(url) for url in shelf.listed()})
    yield from _all(shelf, reading)
    if not reading.pages and reading.frames:  # the list names other addresses than the records do
        reading = _Reading(source, limits)
        yield from _all(shelf, reading)
    if not reading.pages:
        yield EmptySource(f"{source} holds no HTML page that was answered with success", "crawl the pages themselves")


def _all(shelf: "_Shelf", reading: "_Reading") -> Iterator[Snapshot | SourceError]:
    for member, found in shelf.records(reading.limits.file_bytes):
        yield from [found] if isinstance(found, SourceError) else reading.read(member, found)
    yield from reading.repeated(shelf)


def bytes_in(stream: BinaryIO, source: str, snapshot: Snapshot, urls: tuple[str, ...], limits: Limits) -> bytes:
    """What `archive_bytes` gives, out of an open archive.

    Args:
        stream: open and seekable.
        source: how messages call it.
        snapshot: the page.
        urls: the address of a picture and its variants.
        limits: the most bytes to take.
    """
    form = form_of(stream)
    if form == "mhtml":
        return mhtml.part(read_stream(stream, limits.file_bytes, source), urls, source)
    if form is not None:
        return _looked_up(stream, _Shelf(stream, form, source), snapshot, urls, limits)
    raise NotFound(f"{source} is no archive any more", "ingest it again")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record lies: the member of a package, the offset in it."""

    member: str
    offset: int
    moment: float = 0.0


Placed: TypeAlias = tuple[str, Found]


class _Shelf:
    """A WARC file, or a package of several."""

    def __init__(self, stream: BinaryIO, form: Form, name: str) -> None:
        self.name = name
        self._stream = stream
        self._package = Package(stream, name) if form == "zip" else None

    def require_web_archive(self) -> None:
        """Refuse a ZIP file of anything else.

        Raises:
            UnknownFormat: it holds no web archive.
        """
        if self._package and not self._package.is_wacz:
            self._stream.seek(0)
            raise unknown(sniff(self._stream.read(_HEAD)), self.name)

    def faults(self) -> Iterator[SourceError]:
        """What a package states that does not fit."""
        return self._package.faults() if self._package else iter(())

    def listed(self) -> Iterator[str]:
        """The addresses that a package lists as its pages; none for a plain WARC file, which has no such list."""
        return self._package.pages() if self._package else iter(())

    def records(self, cap: int) -> Iterator[Placed]:
        """Every record with the member that it lies in; blocks over the cap are passed over, and said."""
        for member in self._package.warcs if self._package else [""]:
            try:
                with self._open(member) as stream:
                    for found in records(stream, self._called(member), cap):
                        yield member, found
            except SourceError as error:
                yield member, error

    def record(self, place: _Place, cap: int) -> Record:
        """One record again.

        Raises:
            NotFound: it is not there any more.
        """
        with self._open(place.member) as stream:
            stream.seek(place.offset)
            found = next(records(stream, self._called(place.member), cap), None)
        if isinstance(found, SourceError):
            raise found
        if found is None or found.block is None:
            raise NotFound(f"{self.name} has changed since it was read", "ingest it again")
        return found

    def _called(self, member: str) -> str:
        return f"{self.name}/{member}" if member else self.name

    @contextmanager
    def _open(self, member: str) -> Iterator[BinaryIO]:
        if self._package:
            with self._package.open(member) as stream:
                yield cast("BinaryIO", stream)
        else:
            self._stream.seek(0)
            yield self._stream


@dataclass(slots=True)
class _Reading:
    """What is known of an archive while its pages are read."""

    source: str
    limits: Limits
    wanted: set[str] = field(default_factory=set)  # where the archive lists its pages: all other HTML is their frames
    pages: int = 0
    frames: int = 0
    seen: dict[str, tuple[str, _Place | None]] = field(default_factory=dict)  # payload digest -> address and place
    later: list[Record] = field(default_factory=list)

    def read(self, member: str, record: Record) -> Iterator[Snapshot | SourceError]:
        """The page in a record, if there is one."""
        if record.kind == "revisit" and declared_type(record) == HTML and len(self.later) < _MOST_INDEXED:
            self.later.append(replace(record, block=b""))
        if record.kind not in {"response", "resource"} or not _WEB.match(record.target) or record.block is None:
            return
        try:
            yield from self._page(member, record)
        except EmptySource:
            return
        except SourceError as error:
            yield error

    def _page(self, member: str, record: Record) -> Iterator[Snapshot | SourceError]:
        if declared_type(record) not in _PAGES:
            return
        name = f"{self.source}, record {record.number} at byte {record.offset} ({record.target[:200]})"
        found = answer(record, self.limits.page_bytes, name)
        if not self._is_page(record, found):
            return
        for digest in false_digests(record, found):
            yield NotDecodable(f"{name}: {digest} does not fit the bytes; the record was altered", "get the archive again")
        recognised(found.body, name, self.limits)
        self.pages += 1
        if (stated := record.headers.get("warc-payload-digest")) and len(self.seen) < _MOST_INDEXED:
            self.seen.setdefault(stated, (record.target, _Place(member, record.offset) if record.alone else None))
        yield _snapshot(record, found, self.source)

    def _is_page(self, record: Record, found: Answer) -> bool:
        """Whether an answer is a page: HTML, with success, and no frame of another; where a page leads on, that is one."""
        key = _key(record.target)
        listed = not self.wanted or key in self.wanted
        if _REDIRECTS <= found.status < _FAILURES and self.wanted and listed:
            self.wanted.add(_key(joined(record.target, found.headers.get("location", ""))))
        if not _SUCCESS <= found.status < _REDIRECTS or sniff(found.body).media_type != HTML:
            return False
        self.frames += not listed
        return listed

    def repeated(self, shelf: _Shelf) -> Iterator[Snapshot | SourceError]:
        """The pages of revisits: the bytes of an earlier record under another address; under the same one it is nothing new."""
        for record in self.later:
            known = self.seen.get(record.headers.get("warc-payload-digest", ""))
            if known is None or (known[0] != record.target and known[1] is None):
                why = f"record {record.number} repeats a page that this archive does not give ({record.target[:200]})"
                yield NotFound(f"{self.source}, {why}", "give the archive that holds it, too")
            elif known[0] != record.target and known[1]:
                first = shelf.record(known[1], self.limits.file_bytes)
                yield _snapshot(record, answer(first, self.limits.page_bytes, self.source), self.source)


def _snapshot(record: Record, found: Answer, source: str) -> Snapshot:
    declared, charset = found.declared
    return Snapshot(
        source=f"{source}#{record.target}",
        content=found.body,
        sha256=hashlib.sha256(found.body).hexdigest(),
        media_type=HTML,
        declared_type=declared,
        charset=charset,
        obtained_at=_utc(record.headers.get("warc-date", "")),
        how="archive",
        url=record.target,
        final_url=record.target,
    )


def _utc(stated: str) -> str:
    """A WARC-Date to the second in UTC; empty when it is none. The standard wants UTC, so one without a zone is in UTC."""
    moment = _moment(stated)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z") if moment else ""


def _moment(stated: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(stated.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


# ------------------------------------------------------------------ pictures by their address


def _looked_up(stream: BinaryIO, shelf: _Shelf, snapshot: Snapshot, urls: tuple[str, ...], limits: Limits) -> bytes:
    index = _index(stream, shelf)
    when = _moment(snapshot.obtained_at)
    for url in urls:
        places = index.get(_key(url), ())
        for place in sorted(places, key=lambda p: abs(p.moment - when.timestamp()) if when else p.moment):
            found = answer(shelf.record(place, limits.file_bytes), limits.file_bytes, f"{shelf.name}, {url[:200]}")
            if found.body:
                return found.body
    raise NotFound(f"{' or '.join(u[:200] for u in urls[:2])} is not in {shelf.name}", "crawl the page with its pictures")


def _key(url: str) -> str:
    """An address without scheme and fragment."""
    return re.sub(r"^https?:", "", url.partition("#")[0], flags=re.IGNORECASE)


_indexes: dict[tuple[str, int, int], dict[str, tuple[_Place, ...]]] = {}
"""By name and state of the file: a page's pictures are looked up one by one."""


def _index(stream: BinaryIO, shelf: _Shelf) -> dict[str, tuple[_Place, ...]]:
    """Where the pictures and films of an archive lie, by address."""
    state = os.fstat(stream.fileno())
    key = (shelf.name, state.st_mtime_ns, state.st_size)
    if key not in _indexes:
        while len(_indexes) >= _MOST_INDEXES:
            del _indexes[next(iter(_indexes))]
        _indexes[key] = _indexed(shelf)
    return _indexes[key]


def _indexed(shelf: _Shelf) -> dict[str, tuple[_Place, ...]]:
    places: dict[str, tuple[_Place, ...]] = {}
    by_digest: dict[str, _Place] = {}
    for member, found in shelf.records(DEFAULT.file_bytes):
        if isinstance(found, Record) and len(places) < _MOST_INDEXED and (place := _placed(member, found, by_digest)):
            key = _key(found.target)
            places[key] = (*places.get(key, ()), place)[:50]
    return places


def _placed(member: str, record: Record, by_digest: dict[str, _Place]) -> _Place | None:
    digest = record.headers.get("warc-payload-digest", "")
    when = _moment(record.headers.get("warc-date", ""))
    moment = when.timestamp() if when else 0.0
    if record.kind == "revisit":
        return replace(by_digest[digest], moment=moment) if digest in by_digest else None
    kind = declared_type(record) or ""
    if (
        record.kind not in {"response", "resource"}
        or not record.alone
        or not kind.startswith(("image/", "video/", "application/oct"))
    ):
        return None
    place = _Place(member, record.offset, moment)
    by_digest.setdefault(digest, place)
    return place
