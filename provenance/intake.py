"""What the door takes in: sources under the limits that are set, each read to the end, and files that are given back."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from provenance import acquire, pipeline
from provenance.errors import SourceError, StoreNotWritable
from provenance.media import FetchMany
from provenance.records import Document, Snapshot, Unchanged, Validators


def limits(*, robots: bool = True) -> acquire.Limits:
    """What may be taken in: the defaults, with the settings on fetching.

    Args:
        robots: whether robots.txt is honoured; the settings can switch it off for good.
    """
    from provenance.settings import load_settings

    settings = load_settings()
    fetching = replace(
        acquire.DEFAULT.fetch,
        user_agent=f"{settings.user_agent} (+{settings.contact})" if settings.contact else settings.user_agent,
        offline=settings.offline,
        robots=robots and settings.robots,
        environment_proxies=settings.environment_proxies,
    )
    return replace(acquire.DEFAULT, fetch=fetching)


def read_bytes(source: str) -> bytes:
    """The bytes of a path, an address or standard input.

    Raises:
        SourceError: they cannot be had.
    """
    return acquire.read_bytes(source, limits() if "://" in source else acquire.DEFAULT, unpack=_unpack)


def asker(under: acquire.Limits) -> Callable[[str, Validators | None], Snapshot | Unchanged]:
    """A way to ask an address, and one that is known whether it has changed; raises SourceError."""

    def ask(url: str, known: Validators | None) -> Snapshot | Unchanged:
        web = acquire.the_web(under)
        return web.refetch(url, known) if known else web.get(url)

    return ask


def fetcher(under: acquire.Limits, progress: Callable[[], object] = lambda: None) -> FetchMany:
    """A way to fetch pictures, several hosts at once.

    Args:
        under: the limits.
        progress: called after each picture.
    """

    def fetch(urls: Collection[str]) -> Iterator[tuple[str, Snapshot | SourceError]]:
        for found in acquire.the_web(under).get_many(sorted(urls)):
            progress()
            yield found

    return fetch


def snapshots(
    sources: list[str],
    given: acquire.Given,
    *,
    robots: bool = True,
    held: acquire.Held = lambda _: None,
    notice: acquire.Progress | None = None,
) -> Iterator[Snapshot | SourceError]:
    """The bytes of every source; the settings are read only when one is an address. `notice` as in `acquire.snapshots`."""
    under = limits(robots=robots) if any("://" in s for s in sources) else acquire.DEFAULT
    return acquire.snapshots(sources, given, under, held=held, notice=notice, unpack=_unpack)


def _unpack(stream: BinaryIO, form: acquire.Form, source: str, under: acquire.Limits) -> Iterator[Snapshot | SourceError]:
    """The pages of an archive, read in a process of its own that can do little else."""
    from provenance.cage import the_cage

    if caged := the_cage():
        yield from caged.archive(stream, form, source, under)
    else:
        from provenance.acquire import archives

        yield from archives.snapshots(stream, form, source, under)


def documents(found: Iterable[Snapshot | SourceError]) -> Iterator[Document | SourceError]:
    """Every document of the snapshots; a source that fails is handed on, and the others go on."""
    for snapshot in found:
        if isinstance(snapshot, SourceError):
            yield snapshot
            continue
        try:
            yield from pipeline.documents(snapshot)
        except SourceError as error:
            yield error


def replace_file(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all.

    Raises:
        StoreNotWritable: it could not be written; what was there stays.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise StoreNotWritable(f"{path}: could not be written: {error.strerror}", "give another path") from error
