"""One open database: short transactions for reading and for writing, and errors in our own words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlmodel import Session

from provenance.errors import StoreNotWritable
from store import dialect, past, schema


class Database:
    """A database file, brought to the schema of this version.

    Args:
        path: the file; made when it is not there, unless `read_only`.
        read_only: nothing is written, not even the schema.
        as_of: a moment (UTC, ISO 8601); all sessions then see the record as it was.

    Raises:
        StoreError: it cannot be opened; the subclass tells why.
    """

    def __init__(self, path: Path, *, read_only: bool = False, as_of: str | None = None) -> None:
        self.path = path
        self.as_of = as_of
        self.read_only = read_only
        self._engine = dialect.make_engine(path, read_only=read_only)
        self._writer = self._engine.execution_options(immediate=True)
        try:
            with dialect.translated(path):
                schema.ensure(self._engine, path, read_only=read_only)
                if as_of is not None:
                    past.look_back(self._engine, as_of)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session on one unchanging view of the data.

        Raises:
            StoreError: the file cannot be read.
        """
        with dialect.translated(self.path), Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that holds the write lock; committed and durable when the block ends, undone when it raises.

        Raises:
            StoreNotWritable: opened for reading only, or no space left.
            StoreBusy: another process did not release the lock.
        """
        if self.read_only:
            raise StoreNotWritable(f"{self.path}: opened for reading only", "open it without --read-only")
        with dialect.translated(self.path), Session(self._writer) as session, session.begin():
            yield session

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()
