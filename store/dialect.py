"""All that is particular to one database engine: opening, locking, triggers, and what its errors mean. Here: SQLite.

Another engine gives the same: an engine whose `begin` takes the write lock when the option `immediate` is set,
`append_only`, `is_ours` and `translated`.
"""

import os
import re
import sqlite3
import time
import weakref
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Pool, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from provenance.errors import StoreBusy, StoreDamaged, StoreError, StoreNotWritable

APPLICATION_ID = 0x50525631  # "PRV1", in the header of every file of ours
BUSY_SECONDS = 30.0
_HEADER = b"SQLite format 3\x00"
_SETTINGS = ("foreign_keys=ON", "synchronous=FULL", "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0")
_BLANKS = r"[ \t\r\n]+"
_CODE_MASK = 0xFF  # the low byte of an extended result code is the primary one
_inherited: list[Pool] = []
"""Connections of the process that this one was forked off, held so that they are never closed here."""
_FREE_SPACE = "free space there, then run the same command again"


def make_engine(path: Path, *, read_only: bool) -> Engine:
    """An engine on a file; connections are pooled, and dropped in a process that was forked off.

    Raises:
        StoreError: the file or its folder cannot be used as wanted.
    """
    _check_file(path, read_only=read_only)
    query = _read_only_query(path) if read_only else "?mode=rwc"
    address = f"{path.absolute().as_uri()}{query}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            for setting in _SETTINGS:
                connection.execute(f"PRAGMA {setting}")
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")  # a damaged file shows here, where it can be let go
        except sqlite3.Error:
            connection.close()
            raise
        except UnicodeDecodeError as error:  # the engine's message quotes the damaged definition of a table
            connection.close()
            raise _damaged("the definition of a table is no text") from error
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    _drop_after_fork(engine)
    return engine


def _damaged(what: str) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(what)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _drop_after_fork(engine: Engine) -> None:
    """SQLite's locks do not survive a fork: a child opens connections of its own, and never closes those of its parent.

    A child that closed one after its parent was killed would be the last to hold the file, and remove the log by its name: that
    of a later process, with what it has acknowledged.
    """
    kept = weakref.ref(engine)

    def drop() -> None:
        if held := kept():
            _inherited.append(held.pool)
            held.dispose(close=False)

    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=drop)


def _begin(connection: Connection) -> None:
    """Take the write lock at once where writing is meant: a lock taken midway can fail without waiting."""
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _check_file(path: Path, *, read_only: bool) -> None:
    try:
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
    except FileNotFoundError as error:
        if read_only:
            raise StoreError(
                f"{path}: there is no record here yet", "ingest something first, or name another with --db"
            ) from error
        header = b""
    except OSError as error:
        raise StoreNotWritable(f"{path}: cannot be opened: {error.strerror}", "check the path and its permissions") from error
    if header not in (b"", _HEADER):
        raise StoreDamaged(f"{path}: not an SQLite file, or its start is damaged", "check --db, or restore a backup")
    if not read_only:
        _check_writable(path)


def _check_writable(path: Path) -> None:
    """SQLite writes beside the file too, so the folder must be writable as well."""
    for item in (path, path.parent):
        if item.exists() and not _writable(item):
            raise StoreNotWritable(f"{path}: {item} is read-only", "change the permissions, or only read")


def _writable(path: Path) -> bool:
    """Whether this process, with the rights that it acts with, may write there."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _read_only_query(path: Path) -> str:
    """How to open for reading: WAL needs a shared-memory file; where none can be made, the file alone will do if no WAL waits."""
    wal = path.with_name(f"{path.name}-wal")
    if _writable(path.parent):
        return "?mode=ro"
    if wal.is_file() and wal.stat().st_size > 0:
        raise StoreNotWritable(
            f"{path}: changes wait in {wal.name}, and the folder is read-only", "copy the folder and open the copy"
        )
    return "?mode=ro&immutable=1"


def use_wal(engine: Engine) -> None:
    """Switch a file to write-ahead logging, where it is not yet; SQLite does not wait for this lock by itself."""
    deadline = time.monotonic() + BUSY_SECONDS
    with engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        while True:
            try:
                raw.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & _CODE_MASK != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise DBAPIError("PRAGMA journal_mode=WAL", None, error) from error
                time.sleep(0.01)
            else:
                return


def is_ours(connection: Connection, path: Path) -> bool:
    """Whether the file is one of ours; False for a fresh one.

    Raises:
        StoreDamaged: it belongs to another program.
    """
    ours = bool(connection.exec_driver_sql("PRAGMA application_id").scalar_one() == APPLICATION_ID)
    if not ours and connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one():
        raise StoreDamaged(f"{path}: an SQLite file of another program", "name another file with --db")
    return ours


def append_only(table: str) -> tuple[str, ...]:
    """Statements that make the engine refuse any change of a row that is there, and mark the file as ours."""
    triggers = tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )
    return (*triggers, f"PRAGMA application_id={APPLICATION_ID}")


def seen_through(engine: Engine, views: Mapping[str, str]) -> None:
    """Let every connection see some tables through conditions; for engines that only read.

    A temporary view hides the table of its name, so no query has to know of it.
    """
    statements = [f"CREATE TEMP VIEW {name} AS SELECT * FROM main.{name} WHERE {which}" for name, which in views.items()]  # noqa: S608 - names and conditions are ours

    def cover(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA temp_store=MEMORY")
        for statement in statements:
            connection.execute(statement)

    event.listen(engine, "connect", cover)
    engine.dispose()


def copy(path: Path, to: Path) -> None:
    """Copy a database file in one consistent state, also while others write to it; what is there under the name goes.

    Raises:
        StoreError: it cannot be read or written.
    """
    to.unlink(missing_ok=True)
    source = f"{path.absolute().as_uri()}{_read_only_query(path)}"
    try:
        with (
            closing(sqlite3.connect(source, uri=True, timeout=BUSY_SECONDS)) as reading,
            closing(sqlite3.connect(to)) as writing,
        ):
            writing.execute("PRAGMA synchronous=FULL")
            reading.backup(writing)
    except sqlite3.Error as error:
        raise _ours(to, error) from error


def damage(connection: Connection) -> str:
    """What the engine's own check finds wrong with the file; empty when nothing."""
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(5)")]
    return "" if found == ["ok"] else "; ".join(found)


def definitions(connection: Connection) -> dict[str, str]:
    """How every table, index and trigger of a file is defined, by kind and name; runs of blanks count as one.

    What the engine keeps for itself (`sqlite_stat1` after an ANALYZE) is left out, but for the indexes behind keys.
    """
    found = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master")
    return {
        f"{kind} {name}": f"of {table}: {re.sub(_BLANKS, ' ', str(sql or 'a key'))}"
        for kind, name, table, sql in found
        if not str(name).startswith("sqlite_") or sql is None
    }


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the engine's errors into ours, naming the file."""
    try:
        yield
    except DBAPIError as error:
        raise _ours(path, error.orig) from error


def _ours(path: Path, error: BaseException | None) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & _CODE_MASK
    if code == sqlite3.SQLITE_FULL:
        return StoreNotWritable(f"{path}: no space left", _FREE_SPACE)
    if code == sqlite3.SQLITE_IOERR:
        return StoreNotWritable(
            f"{path}: the disk refused to read or write ({error})", "check its space and health, then run the command again"
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StoreNotWritable(
            f"{path}: cannot be written ({error})", "check the permissions of the file and its folder, or only read"
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusy(f"{path}: another process kept it locked for {BUSY_SECONDS:.0f} seconds", "try again when it is done")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreDamaged(f"{path}: damaged ({error})", "restore a backup")
    return StoreError(f"{path}: {error}", "run `provenance verify`")
