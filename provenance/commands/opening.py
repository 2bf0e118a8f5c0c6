"""The record that the options name, opened in full or for look-ups; apart from the options, whose library is slow to load."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store import Reader, Store


class Where:
    """Where the record is: an option of the verb wins over one before it, and that over the settings."""

    db: str | None = None
    blobs: Path | None = None
    copy: Path | None = None
    alone = False  # whether this process is the program's own, so that its priority may be set


@contextmanager
def record(db: str | None, blobs: Path | None, *, read_only: bool = False, as_of: str | None = None) -> "Iterator[Store]":
    """The store that the options name; with `as_of`, as it was then."""
    from store import open_store

    with open_store(db or Where.db, blobs or Where.blobs, copy=Where.copy, read_only=read_only, as_of=as_of) as opened:
        yield opened


@contextmanager
def reader(db: str | None, blobs: Path | None = None) -> "Iterator[Reader | None]":
    """The record that the options name, for look-ups; None where it must be opened in full."""
    from store import open_reader

    opened = open_reader(db or Where.db or _usual(), blobs or Where.blobs, Where.copy)
    if opened is None:
        yield None
        return
    with opened:
        yield opened


def _usual() -> str:
    from provenance.defaults import default_database

    return default_database()
