"""What the door takes in: sources under the limits that are set, each read to the end, and files that are given back."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from provenance import acquire, pipeline
from provenance.errors import SourceError, StoreNotWritable
from provenance.records import Document, Snapshot


def limits() -> acquire.Limits:
    """What may be taken in: the defaults, with the settings on fetching."""
    from provenance.settings import load_settings

    settings = load_settings()
    return replace(
        acquire.DEFAULT, fetch=replace(acquire.DEFAULT.fetch, user_agent=settings.user_agent, offline=settings.offline)
    )


def read_bytes(source: str) -> bytes:
    """The bytes of a path, an address or standard input.

    Raises:
        SourceError: they cannot be had.
    """
    return acquire.read_bytes(source, limits() if "://" in source else acquire.DEFAULT)


def fetch_bytes(url: str) -> bytes:
    """The bytes of an address.

    Raises:
        FetchError: they cannot be had.
    """
    return acquire.fetch_bytes(url, limits())


def snapshots(sources: list[str], given: acquire.Given) -> Iterator[Snapshot | SourceError]:
    """The bytes of every source; the settings are read only when one is an address."""
    return acquire.snapshots(sources, given, limits() if any("://" in s for s in sources) else acquire.DEFAULT)


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
