"""Copies of a whole record: made while others write, verified before they count, put back whole or not at all.

A backup is a folder: `desk.db`, an SQLite file of its own; `blobs`, the bytes that it refers to; `backup.json`, written last,
with the checkpoint. What lacks that last file was not finished.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from provenance.errors import EvidenceError, StoreDamaged, StoreNotWritable, UsageError
from provenance.evidence.checkpoint import parse
from provenance.records import Json
from store import checks, dialect, journal, queries, schema, tree
from store.blobs import Blobs, put_in_place, write_file
from store.database import Database

DATABASE = "desk.db"
_LIST = "backup.json"
_FORM = "provenance/backup/1"
Progress = Callable[[int, int], Any]


def make(path: Path, blobs: Blobs, to: Path, progress: Progress) -> Json:
    """Copy a record into a new folder, also while others write to it, and verify the copy.

    Args:
        path: the database file.
        blobs: its bytes.
        to: the folder to make; one that a stopped backup left is gone on with.
        progress: called with the blobs copied and their number.

    Returns:
        What `backup.json` says: form, time, checkpoint, counts, sha256 of the database file.

    Raises:
        UsageError: there is a finished backup, or something else, in the folder.
        EvidenceError: the copy does not verify; nothing is said to be a backup.
        StoreNotWritable: no space, no permission.
    """
    if (to / _LIST).exists():
        raise UsageError(f"{to}: there is a backup already", "name another folder")
    if to.is_dir() and {item.name for item in to.iterdir()} - {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", "blobs"}:
        raise UsageError(f"{to}: there is something else in it", "name another folder")
    try:
        to.mkdir(mode=0o700, parents=True, exist_ok=True)
        dialect.copy(path, to / DATABASE)
        copied = Blobs(to / "blobs")
        _copy_blobs(to / DATABASE, blobs, copied, progress)
        checkpoint = _checked(to / DATABASE, copied, to)
        listed = {
            "schema": _FORM,
            "made_at": journal.utc_now(),
            "checkpoint": checkpoint,
            "revision": schema.HEAD,
            "sha256": _sha256(to / DATABASE),
        }
        write_file(to / _LIST, json.dumps(listed, indent=1).encode())
    except OSError as error:
        raise StoreNotWritable(
            f"{to}: the backup was not finished: {error.strerror}", "free space there and run it again"
        ) from error
    return listed


def restore(source: Path, path: Path, blobs: Blobs, progress: Progress) -> Json:
    """Put a backup in the place of a record that is not there; verified before.

    Args:
        source: the folder of the backup.
        path: where the database file is to be; there must be none.
        blobs: where the bytes are to be.
        progress: called with the blobs copied and their number.

    Returns:
        What the backup says of itself.

    Raises:
        UsageError: there is a record already, or the folder holds no finished backup.
        EvidenceError: the backup does not verify; nothing was put back.
        StoreNotWritable: no space, no permission.
    """
    if path.exists():
        raise UsageError(f"{path}: there is a record already", "move it away, or name another with --db")
    listed, copied = _listed(source), Blobs(source / "blobs")
    fresh = path.with_name(f"{path.name}.restoring")
    try:
        if _sha256(source / DATABASE) != listed.get("sha256"):
            raise EvidenceError(f"{source / DATABASE}: not the file that was backed up", "take another backup")
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / DATABASE, fresh)
        if _checked(fresh, copied, source, str(listed.get("checkpoint"))) != listed.get("checkpoint"):
            raise EvidenceError(f"{source}: the journal is not the one that was backed up", "take another backup")
        _copy_blobs(fresh, copied, blobs, progress)
        put_in_place(fresh, path)
    except OSError as error:
        raise StoreNotWritable(
            f"{path}: not restored from {source}: {error}", "check the backup, space and permissions"
        ) from error
    finally:
        for name in ("", "-wal", "-shm"):
            fresh.with_name(f"{fresh.name}{name}").unlink(missing_ok=True)
    return listed


def _needed(path: Path) -> Iterator[str]:
    """The sha256s of all bytes that a record refers to, but for those that had to go."""
    database = Database(path, read_only=True)
    try:
        with database.reading() as session:
            yield from queries.blobs(session)
    finally:
        database.close()


def _copy_blobs(path: Path, source: Blobs, to: Blobs, progress: Progress) -> None:
    """Copy the bytes that a record refers to; each is hashed on the way, and what is there already is not written again."""
    names = list(_needed(path))
    for number, sha256 in enumerate(names, start=1):
        to.put(source.get(sha256))
        progress(number, len(names))


def _checked(path: Path, blobs: Blobs, named: Path, pinned: str | None = None) -> str:
    """Verify a copy, also against a checkpoint, for which it is brought to this version's schema; its own checkpoint.

    Raises:
        EvidenceError: something in it does not verify.
    """
    database = Database(path, read_only=pinned is None)
    try:
        for item in checks.verify(database, blobs, lambda _done, _total: None, parse(pinned) if pinned else None):
            if item.result == "failed":
                raise EvidenceError(f"{named}: {item.kind} {item.item}: {item.why}", "run `provenance verify` on the record")
        with database.reading() as session:
            size, _ = journal.head(session)
            return f"{size}:{tree.root(session, size)}"
    finally:
        database.close()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _listed(source: Path) -> Json:
    try:
        listed: Json = json.loads((source / _LIST).read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"{source}: no finished backup", "give the folder that `provenance db backup` made") from error
    if not isinstance(listed, dict) or listed.get("schema") != _FORM:
        raise StoreDamaged(f"{source / _LIST}: not a list that this version reads", "take another backup")
    return listed
