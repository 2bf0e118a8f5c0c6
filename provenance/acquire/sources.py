"""One reader a kind of source: file, folder, export, standard input, web address."""

import hashlib
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from provenance.acquire.archive_form import Form, form_of
from provenance.acquire.files import exists, now, read_file, read_stream, recognised
from provenance.acquire.folders import EXPORT, Folder
from provenance.acquire.inflate import unpacked_list
from provenance.acquire.limits import DEFAULT, Limits
from provenance.acquire.manifest import Given, Manifest, read_manifest
from provenance.acquire.sniff import HTML, JSON, TEXT, Kind
from provenance.errors import FetchError, NotReadable, SourceError, UsageError
from provenance.records import Snapshot, Unchanged, Validators

if TYPE_CHECKING:
    from provenance.acquire.web import Web

Held: TypeAlias = Callable[[str], Snapshot | None]
"""From a web address to the newest snapshot that is kept of it."""

Unpack: TypeAlias = Callable[[BinaryIO, Form, str, Limits], Iterator[Snapshot | SourceError]]
"""From an open archive, its form, its name and the limits to its pages, as `archives.snapshots`."""

Progress: TypeAlias = Callable[[str], None]
"""Told the name of each file or address before it is read."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_ARCHIVES = frozenset({".zip", ".wacz", ".warc"})
_DECLARED = {
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".shtml": HTML,
    ".txt": TEXT,
    ".json": JSON,
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".bmp": "image/bmp",
    ".heic": "image/heif",
    ".heif": "image/heif",
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".webm": "video/webm",
    ".mkv": "video/webm",
}


@dataclass(frozen=True, slots=True)
class _Reader:
    given: Given
    limits: Limits
    stdin: BinaryIO
    progress: Progress
    manifest: Manifest = field(default_factory=Manifest)
    held: Held = lambda _: None
    notice: Progress = lambda _: None
    unpack: Unpack | None = None


def snapshots(  # noqa: PLR0913  # the door of the room: each is one thing that a caller may say or hear
    sources: Iterable[str],
    given: Given = Given(),  # noqa: B008  # frozen, shared safely
    limits: Limits = DEFAULT,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
    held: Held = lambda _: None,
    *,
    notice: Progress | None = None,
    unpack: Unpack | None = None,
) -> Iterator[Snapshot | SourceError]:
    """The bytes of every source, in order; one that fails is given as its error, and the others go on.

    A source is a file, a folder, `-` or a web address. A folder is walked in the order of names: pages and exports first,
    then pictures and films that belong to no page. Records and tables of other tools are told by the names in them. Hidden
    files and the parts of saved pages are left out; other texts and other JSON are passed over, and that is told. A table
    `manifest.csv` in a folder states facts of its files.

    Args:
        sources: paths and addresses.
        given: what the caller states of them.
        limits: the most that is taken of each.
        progress: told each name before it is read.
        stdin: where `-` reads; standard input by default.
        held: what is kept of an address; the server is then asked whether it has changed, and where it has not, the
            snapshot that is kept is given, with `rechecked`.
        notice: told, in a sentence, what of a folder was passed over and why.
        unpack: reads archives; by default they are read in this process.

    Raises:
        UsageError: one address was given for several documents.
        SourceError: the manifest that was named cannot be used.
    """
    named = list(sources)
    if given.url and (len(named) > 1 or any(_holds_many(source) for source in named)):
        raise UsageError(f"one address ({given.url}) was given for several sources", "give a manifest with one row a file")
    manifest = read_manifest(given.manifest, limits) if given.manifest else Manifest()
    yield from manifest.faults
    reader = _Reader(given, limits, stdin or sys.stdin.buffer, progress or _unheard, manifest, held, notice or _unheard, unpack)
    for source in named:
        try:
            yield from _read(source, reader)
        except SourceError as error:
            yield error


def _unheard(_: str) -> None:
    """For a caller who does not want to be told."""


def read_bytes(source: str, limits: Limits = DEFAULT, stdin: BinaryIO | None = None, *, unpack: Unpack | None = None) -> bytes:
    """The bytes of one file, one address, or `-`; of an archive, those of its first page.

    Args:
        source: as of `snapshots`.
        limits: the most that is taken.
        stdin: where `-` reads; standard input by default.
        unpack: as of `snapshots`.

    Raises:
        SourceError: they cannot be had, or are of no format that is read here.
    """
    reader = _Reader(Given(), limits, stdin or sys.stdin.buffer, _unheard, unpack=unpack)
    if _is_folder(source):
        raise NotReadable(f"{source} is a folder", "name a file in it")
    found = next(iter(_read(source, reader)))
    if isinstance(found, SourceError):
        raise found
    return found.content


def fetch_bytes(url: str, limits: Limits = DEFAULT) -> bytes:
    """The bytes of one http or https address.

    Raises:
        SourceError: as `provenance.acquire.fetch.fetch`.
    """
    if not _WEB.match(url):
        raise FetchError(f"{url[:200]!r} is no http or https address", "only the web is fetched")
    return read_bytes(url, limits)


def _holds_many(source: str) -> bool:
    return source != "-" and not _SCHEME.match(source) and _is_folder(source) and not exists(Path(source, EXPORT))


def _read(source: str, reader: _Reader) -> Iterator[Snapshot | SourceError]:
    if source == "-":
        reader.progress("standard input")
        yield from _piped(read_stream(reader.stdin, reader.limits.file_bytes, "standard input"), reader)
    elif _SCHEME.match(source):
        yield _fetched(source, reader)
    elif _is_folder(source):
        yield from _folder(Path(source), reader)
    else:
        yield from _file(Path(source), reader)


def _is_folder(source: str) -> bool:
    try:
        return Path(source).is_dir()
    except (OSError, ValueError):  # reading it will tell why
        return False


def _fetched(source: str, reader: _Reader) -> Snapshot:
    if not _WEB.match(source):
        raise FetchError(f"{source[:200]!r} is no http or https address", "only the web is fetched; give other things as files")
    reader.progress(source)
    kept = reader.held(source)
    if kept is None:
        return _stated(the_web(reader.limits).get(source), reader)
    known = Validators(sha256=kept.sha256, etag=kept.etag, last_modified=kept.last_modified)
    found = refetch(source, known, reader.limits)
    return _stated(found if isinstance(found, Snapshot) else replace(kept, url=source, rechecked=found), reader)


def refetch(url: str, known: Validators, limits: Limits = DEFAULT) -> Snapshot | Unchanged:
    """What an address gives now, or that this has not changed: the server said so, or sent the same bytes.

    Args:
        url: http or https.
        known: of the snapshot that is kept.
        limits: what a fetch may cost, and how hosts are treated.

    Raises:
        SourceError: as `provenance.acquire.web.Web.refetch`.
    """
    return the_web(limits).refetch(url, known)


@cache
def the_web(limits: Limits) -> "Web":
    """The one way to the web of this process under these limits: it knows whose turn it is at each host."""
    from provenance.acquire.web import Web  # noqa: PLC0415  # httpx takes time to load

    return Web(limits)


def _piped(content: bytes, reader: _Reader) -> Iterator[Snapshot | SourceError]:
    stream = io.BytesIO(content)
    if form := form_of(stream):
        yield from _archived(stream, form, "-", reader)
    else:
        yield _snapshot("-", content, reader)


def _file(path: Path, reader: _Reader) -> Iterator[Snapshot | SourceError]:
    reader.progress(str(path))
    with _archive(path) as (stream, form):
        if stream and form:
            yield from _archived(stream, form, str(path), reader)
            return
    yield _snapshot(str(path), read_file(path, reader.limits.file_bytes), reader)


@contextmanager
def _archive(path: Path) -> Iterator[tuple[BinaryIO | None, Form | None]]:
    """The open file and its form, where it is an archive (it may be larger than memory); faults are told by reading it."""
    try:
        stream = path.open("rb") if path.is_file() else None
    except (OSError, ValueError):
        stream = None
    with stream or nullcontext():
        yield stream, form_of(stream) if stream else None


def _archived(stream: BinaryIO, form: Form, source: str, reader: _Reader) -> Iterator[Snapshot | SourceError]:
    """The pages of an archive. What is stated of it holds for all of them, but each keeps its own address."""
    facts = reader.manifest.of(source, reader.given)
    for found in (reader.unpack or _unpacked_here)(stream, form, source, reader.limits):
        yield found if isinstance(found, SourceError) else replace(found, outlet=facts.outlet, published=facts.published)


def _unpacked_here(stream: BinaryIO, form: Form, source: str, limits: Limits) -> Iterator[Snapshot | SourceError]:
    from provenance.acquire import archives  # noqa: PLC0415  # the readers take time to load

    yield from archives.snapshots(stream, form, source, limits)


def _snapshot(source: str, given: bytes, reader: _Reader) -> Snapshot:
    name = "standard input" if source == "-" else source
    content = unpacked_list(given, reader.limits.file_bytes, name)
    kind = recognised(content, name, reader.limits)
    declared = _DECLARED.get(Path(source).suffix.lower())
    page = HTML if kind.media_type == TEXT and declared == HTML else kind.media_type
    return _stated(
        Snapshot(
            source=source,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            media_type=page,
            declared_type=declared,
            obtained_at=now(),
            how="stdin" if source == "-" else "file",
            findings=_misnamed(source, kind),
        ),
        reader,
    )


def _misnamed(source: str, kind: Kind) -> tuple[str, ...]:
    """What to say of a file that bears the name of an archive and is none: it may be the rest of one."""
    suffix = Path(source).suffix.lower()
    return (f"its name ends in {suffix}, its bytes are no archive: they were read as {kind.name}",) if suffix in _ARCHIVES else ()


def _stated(snapshot: Snapshot, reader: _Reader) -> Snapshot:
    facts = reader.manifest.of(snapshot.source, reader.given)
    return replace(snapshot, url=facts.url or snapshot.url, outlet=facts.outlet, published=facts.published)


def _folder(path: Path, reader: _Reader) -> Iterator[Snapshot | SourceError]:
    folder = Folder(path, reader.limits)
    if reader.given.manifest is None and exists(folder.manifest):
        reader = replace(reader, manifest=read_manifest(folder.manifest, reader.limits))
        yield from reader.manifest.faults
    try:
        for found in folder.found():
            try:
                yield from [found] if isinstance(found, SourceError) else _file(found, reader)
            except SourceError as error:
                yield error
    finally:
        if notice := folder.notice():
            reader.notice(notice)
