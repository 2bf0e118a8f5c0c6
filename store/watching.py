"""Watches and what they saw: entries of the journal like all evidence. A removed watch is one more entry; its history stays."""

import dataclasses
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from sqlmodel import Session

from provenance.errors import NotFound, StoreBusy, StoreNotWritable, UsageError
from provenance.records import Json, Snapshot, Watch, WatchEvent, WatchRun, to_json
from store import journal
from store.blobs import Blobs
from store.codec import decode, parsed
from store.database import Database
from store.journal import Change
from store.writing import append, check_bytes, facts

_CODE_MASK = 0xFF  # the low byte of an extended result code is the primary one
_RUNS = 20
"""How many runs back are looked through at a time."""


class Watching:
    """The watches of one record.

    Args:
        database: the open database.
        blobs: the folder of the bytes.
        writing: gives a session that writes.
        folder: the folder of derived data beside the database, where a run at work is marked.
    """

    def __init__(
        self, database: Database, blobs: Blobs, writing: Callable[[], AbstractContextManager[Session]], folder: Path
    ) -> None:
        self._database = database
        self._blobs = blobs
        self._writing = writing
        self._folder = folder

    # -------------------------------------------------------------- adding

    def add(self, url: str, *, who: str, why: str = "", from_now: bool = False) -> tuple[Watch, bool]:
        """Watch an address; the bool tells whether this is new. One that is watched already is given back as it is."""
        with self._writing() as session:
            known = next((w for w in _watches(session) if w.url == url and w.removed_at is None), None)
            if known:
                return known, False
            ident = _next(session, "w")
            kept = Watch(id=ident, url=url, from_now=from_now, who=who, why=why, added_at=journal.utc_now())
            append(session, Change(what="watch", subject=ident, who=who, why=why), _told(kept))
            return kept, True

    def remove(self, ident: str, *, who: str, why: str = "") -> Watch:
        """Watch an address no more.

        Raises:
            NotFound: nothing watched goes by this id or address.
        """
        with self._writing() as session:
            found = _named(_watches(session), ident)
            fields = {"watch": found.id, "who": who, "why": why, "at": journal.utc_now()}
            append(session, Change(what="unwatch", subject=found.id, who=who, why=why), fields)
            return _removed(found, fields)

    def add_event(self, event: WatchEvent, *, who: str) -> WatchEvent:
        """Keep what a watch saw; its id and time are given to it here."""
        with self._writing() as session:
            kept = dataclasses.replace(event, id=_next(session, "e"), at=journal.utc_now())
            append(session, Change(what="watch-event", subject=event.watch, who=who), _told(kept))
        return kept

    def add_run(self, run: WatchRun, *, who: str, listing: Snapshot | None = None) -> WatchRun:
        """Keep that an address was asked, with the bytes of its listing where this differs from the one before."""
        if listing:
            check_bytes(listing.source, listing.sha256, listing.content)
            self._blobs.put(listing.content)
        with self._writing() as session:
            kept = dataclasses.replace(run, id=_next(session, "r"), ended_at=journal.utc_now())
            more = {"snapshot": {**facts(listing), "size": len(listing.content)}} if listing else {}
            append(session, Change(what="watch-run", subject=run.watch, who=who), {**_told(kept), **more})
        return kept

    # -------------------------------------------------------------- asking

    def watches(self) -> list[Watch]:
        """Every watch, oldest first; those that were removed say so."""
        with self._database.reading() as session:
            return _watches(session)

    def watch(self, ident: str) -> Watch:
        """The watch with this id, or of this address.

        Raises:
            NotFound: nothing watched goes by it.
        """
        return _named(self.watches(), ident)

    def events(self, watch: str) -> list[WatchEvent]:
        """What a watch saw, oldest first."""
        with self._database.reading() as session:
            found = journal.of_subject(session, "watch-event", watch)
        return [decode(WatchEvent, parsed(text)) for text in found]

    def runs(self, watch: str, most: int = _RUNS) -> list[WatchRun]:
        """The newest runs of a watch, newest first."""
        with self._database.reading() as session:
            found = journal.newest_of(session, "watch-run", watch, most)
        return [decode(WatchRun, parsed(text)) for text in found]

    def listings(self, watch: str) -> Iterator[Snapshot]:
        """The listings of a watch with their bytes, newest first; one that was the same as the one before is left out."""
        for observed in self._observed_runs(watch):
            if "snapshot" in observed:
                taken = decode(Snapshot, {**observed["snapshot"], "content": b""})
                yield dataclasses.replace(taken, content=self._blobs.get(taken.sha256))

    def first_listing(self, watch: str) -> Snapshot | None:
        """The listing that a watch began with, with its bytes; None before it was read."""
        with self._database.reading() as session:
            found = (parsed(text) for text in journal.of_subject(session, "watch-run", watch))
            observed = next((one["snapshot"] for one in found if "snapshot" in one), None)
        if observed is None:
            return None
        taken = decode(Snapshot, {**observed, "content": b""})
        return dataclasses.replace(taken, content=self._blobs.get(taken.sha256))

    def _observed_runs(self, watch: str) -> Iterator[Json]:
        most = _RUNS
        seen = 0
        while True:
            with self._database.reading() as session:
                found = journal.newest_of(session, "watch-run", watch, most)
            yield from (parsed(text) for text in found[seen:])
            if len(found) < most:
                return
            seen, most = len(found), most * 8

    @contextmanager
    def alone(self, watch: str) -> Iterator[None]:
        """Held while a watch is asked, so that no two runs do the same work; let go by itself when the process ends.

        Raises:
            StoreBusy: another run is at it.
            StoreNotWritable: the mark cannot be made.
        """
        with closing(_marked(self._folder / f"{watch}.run", watch)):
            yield


def _marked(path: Path, watch: str) -> sqlite3.Connection:
    """An open transaction on a file of its own: the engine's lock ends with the process, however it ends."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mark = sqlite3.connect(path, timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise StoreNotWritable(f"{path}: cannot be written ({error})", "check the folder's permissions") from error
    try:
        mark.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        mark.close()
        if getattr(error, "sqlite_errorcode", 0) & _CODE_MASK == sqlite3.SQLITE_BUSY:
            raise StoreBusy(f"{watch}: another run is asking it now", "nothing is lost: that run does the work") from error
        raise StoreNotWritable(f"{path}: cannot be written ({error})", "check the folder's permissions") from error
    return mark


def _next(session: Session, letter: str) -> str:
    return f"{letter}{journal.head(session)[0] + 1}"


def _told(record: Any) -> Json:
    """A record as the journal keeps it: without the name of its JSON form."""
    return {name: value for name, value in to_json(record).items() if name != "schema"}


def _watches(session: Session) -> list[Watch]:
    found = {(observed := parsed(text))["id"]: decode(Watch, observed) for text in journal.payloads(session, "watch")}
    for text in journal.payloads(session, "unwatch"):
        gone = parsed(text)
        if gone["watch"] in found:
            found[gone["watch"]] = _removed(found[gone["watch"]], gone)
    return [dataclasses.replace(watch, kind=_kind(session, watch.id)) for watch in found.values()]


def _kind(session: Session, watch: str) -> Any:
    """What the address was found to be the last time that it was read."""
    runs = (decode(WatchRun, parsed(text)) for text in journal.newest_of(session, "watch-run", watch, _RUNS))
    return next((run.kind for run in runs if run.kind), None)


def _removed(watch: Watch, gone: Json) -> Watch:
    return dataclasses.replace(watch, removed_at=gone["at"], removed_by=gone["who"], removed_why=gone["why"])


def _named(watches: list[Watch], ident: str) -> Watch:
    active = [watch for watch in watches if watch.removed_at is None]
    for found in (watch for watch in active if ident in (watch.id, watch.url)):
        return found
    if any(ident in (watch.id, watch.url) for watch in watches):
        raise NotFound(f"{ident}: this watch was removed", "`provenance watch add` begins anew")
    if not ident:
        raise UsageError("no watch is named", "give its id or address")
    raise NotFound(f"{ident}: no such watch", "`provenance watch list` lists them")
