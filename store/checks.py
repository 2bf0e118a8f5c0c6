"""Checking what is kept against itself: the chain, the observations, the index, the references and the bytes."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from sqlmodel import Integer, Session, delete

from provenance.errors import EvidenceError, SourceError, StoreError, UsageError
from provenance.evidence import merkle
from provenance.evidence.checkpoint import Checkpoint
from provenance.records import Json, VerifiedItem
from store import dialect, index, journal, schema, stamps, tree
from store.blobs import Blobs
from store.codec import digest
from store.database import Database
from store.journal import Entry
from store.queries import count
from store.rows import INDEX, JournalRow, ObservationRow, Table, TreeRow

Progress = Callable[[int, int], Any]
"""Called with the number of entries checked, and of all."""
Values = tuple[str, tuple[Any, ...]]
"""A table's name and one row's values, but for the number that the engine gave it."""
_ORPHAN = (
    "nothing here refers to it: it is of an interrupted run, of one at work now, or of another record that shares the folder"
)


@dataclass(slots=True)
class _Seen:
    """What was met so far, in the order of the journal."""

    sequence: int = 0
    head: str = journal.BEGINNING
    leaves: int = 0
    blobs: dict[str, None] = field(default_factory=dict)
    assets: set[str] = field(default_factory=set)
    media: set[tuple[str, str]] = field(default_factory=set)
    redacted: dict[str, str] = field(default_factory=dict)
    watches: set[str] = field(default_factory=set)
    rows: Counter[str] = field(default_factory=Counter)
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    """The right edge of the hash tree, made from the entries and not from what is kept of it."""
    wanted: set[int] = field(default_factory=set)
    """The sizes at which the head of the tree is asked for."""
    roots: dict[int, str] = field(default_factory=lambda: {0: merkle.EMPTY.hex()})

    def grow(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add an entry to the tree; the nodes that are complete with it."""
        made = list(merkle.grown(lambda *place: self.nodes[place], self.leaves, merkle.leaf_hash(leaf)))
        for level, position, value in made:
            self.nodes.pop((level, position - 2), None)
            self.nodes[level, position] = value
        self.leaves += 1
        if self.leaves in self.wanted:
            self.roots[self.leaves] = merkle.root(lambda *place: self.nodes[place], self.leaves).hex()
        return made


def verify(
    database: Database, blobs: Blobs, progress: Progress, pinned: Checkpoint | None, trusted: tuple[Path, ...] = ()
) -> Iterator[VerifiedItem]:
    """Check everything, one item each; see `Store.verify`."""
    seen = _Seen()
    try:
        with database.reading() as session:
            yield from _rows(session, seen, progress, pinned, trusted)
    except (StoreError, TypeError, ValueError) as error:  # the last two: a column holds a type that we never write
        yield _item("schema", "database", f"it can be read only up to entry {seen.sequence}: {error}")
    yield from _bytes(blobs, seen)


def _rows(
    session: Session, seen: _Seen, progress: Progress, pinned: Checkpoint | None, trusted: tuple[Path, ...]
) -> Iterator[VerifiedItem]:
    yield _item("schema", "database", dialect.damage(session.connection()))
    yield _item("schema", "definitions", schema.altered(session.connection()))
    total = count(session, JournalRow)
    seen.wanted = {*stamps.sizes(session), *([pinned.size] if pinned else [])}
    while entries := journal.page(session, seen.sequence):
        yield from _page(session, entries, seen)
        session.expunge_all()
        progress(seen.sequence, total)
    if pinned:
        yield _item("journal", f"checkpoint {pinned.size}", _against(session, pinned, seen))
    yield from stamps.verify(session, seen.roots, trusted)
    counted: tuple[type[Table], ...] = (ObservationRow, *INDEX)
    for table in counted:
        yield _item("schema", f"table {table.__tablename__}", _surplus(session, table, seen))


def rebuild(session: Session) -> None:
    """Drop the look-up index and make it anew; the evidence stays as it is."""
    for table in reversed(INDEX):
        session.exec(delete(table))
    after = 0
    while entries := journal.page(session, after):
        for row, payload in entries:
            tree.grow(session, row.sequence, journal.leaf(row))
            index.write(session, index.rows_of(row.what, json.loads(payload or "{}"), row.sequence))
        after = entries[-1][0].sequence
        session.expunge_all()


def _item(kind: Any, item: str, problem: str) -> VerifiedItem:
    return VerifiedItem(item=item, kind=kind, result="failed" if problem else "passed", why=problem)


def _against(session: Session, pinned: Checkpoint, seen: _Seen) -> str:
    """What is wrong when the journal is held against a checkpoint: the hash tree must have grown out of the pinned one."""
    if pinned.size > seen.leaves:
        return f"the journal has no entry {pinned.size} any more: it was cut or replaced"
    row = session.get(JournalRow, pinned.size)
    if pinned.root in (seen.roots.get(pinned.size), row.sha256 if row else journal.BEGINNING):
        return ""
    return f"the first {pinned.size} entries are others than those that were pinned: the journal was replaced"


def _page(session: Session, entries: list[Entry], seen: _Seen) -> Iterator[VerifiedItem]:
    kept = _kept_rows(session, entries[0][0].sequence, entries[-1][0].sequence)
    for row, payload in entries:
        here = kept.get(row.sequence, Counter())
        problems = [*_entry_problems(row, payload, seen), *_tree_problems(row, here, seen)]
        yield _item("journal", f"entry {row.sequence}", "; ".join(problems))
        seen.sequence, seen.head = row.sequence, row.sha256
        seen.rows[str(ObservationRow.__tablename__)] += payload is not None
        yield from _observation(row, payload, here, seen)


def _entry_problems(row: JournalRow, payload: str | None, seen: _Seen) -> Iterator[str]:
    if row.sequence != seen.sequence + 1:
        yield f"it follows entry {seen.sequence}: entries are missing"
    if row.previous != seen.head:
        yield "it is not chained to the entry before it"
    if row.sha256 != _hash(row):
        yield "it was changed: its hash does not fit"
    if payload is None:
        yield "what it recorded is missing"
    elif not isinstance(payload, str) or not payload.isascii() or digest(payload) != row.payload_sha256:
        yield "what it recorded was changed: the hash does not fit"


def _tree_problems(row: JournalRow, kept: Counter[Values], seen: _Seen) -> Iterator[str]:
    """Hold the nodes of the hash tree that an entry completed against those that are kept; takes them out of what is kept."""
    try:
        made = seen.grow(journal.leaf(row))
    except SourceError:  # a value of a type that we never write
        made = seen.grow(b"")
    expected = Counter(_values(TreeRow, dict(tree.rows_of(row.sequence, node))) for node in made)
    there = Counter({values: number for values, number in kept.items() if values[0] == TreeRow.__tablename__})
    seen.rows[str(TreeRow.__tablename__)] += len(made)
    kept.subtract(there)
    if there != expected:
        yield "the nodes that are kept of the hash tree are not those of the entries"


def _hash(row: JournalRow) -> str | None:
    try:
        return journal.entry_hash(row)
    except SourceError:  # a value of a type that we never write
        return None


def _observation(row: JournalRow, payload: str | None, kept: Counter[Values], seen: _Seen) -> Iterator[VerifiedItem]:
    """Check the index rows of one entry, and that all it refers to was recorded before it."""
    try:
        observed = json.loads(payload or "{}")
        made = Counter(_values(*made) for made in index.rows_of(row.what, observed, row.sequence))
        broken = sorted(_broken(row.what, observed, seen))
    except (EvidenceError, RecursionError, KeyError, TypeError, ValueError, AttributeError) as error:
        yield _item("reference", row.subject, f"entry {row.sequence} cannot be read: {error}")
        return
    seen.rows.update(table for table, _ in made.elements())
    if row.what in ("document", "asset", "media", "redaction"):
        wrong = sorted({table for table, _ in ((made - kept) + (kept - made)).elements()})
        kind = "asset" if row.what in ("asset", "redaction") else "document"
        yield _item(kind, row.subject, f"the look-up index differs from what was recorded: {', '.join(wrong)}" if wrong else "")
    if row.what != "asset":
        yield _item("reference", row.subject, f"refers to what was never recorded: {', '.join(broken)}" if broken else "")


def _broken(what: str, observed: Json, seen: _Seen) -> Iterable[str]:
    """What an observation refers to and nothing before it recorded; takes note of what it records itself."""
    if what == "asset":
        seen.blobs[observed["sha256"]] = None
        seen.assets.add(observed["sha256"])
        return ()
    if what == "redaction":
        seen.redacted[observed["sha256"]] = f"removed by {observed['who']} on {observed['at'][:10]}: {observed['why']}"
        return () if observed["sha256"] in seen.blobs else (observed["sha256"],)
    if what == "document":
        seen.blobs[observed["snapshot"]["sha256"]] = None
        seen.media.update((observed["id"], medium["id"]) for medium in observed["document"]["media"])
    if what in ("document", "media"):
        media = [f"{observed['id']}/{m}" for m in observed["assets"] if (observed["id"], m) not in seen.media]
        return [*media, *(set(observed["assets"].values()) - seen.assets)]
    if what == "watch":
        seen.watches.add(observed["id"])
    if what in ("unwatch", "watch-run", "watch-event"):
        if "snapshot" in observed:
            seen.blobs[observed["snapshot"]["sha256"]] = None
        return () if observed["watch"] in seen.watches else (observed["watch"],)
    keys = [observed[name] for name in ("left", "right", "appearance") if name in observed]
    pictures: list[str] = []
    if what == "marking":
        keys, pictures = observed["appearances"], [sha256 for sha256 in observed["assets"] if sha256 not in seen.assets]
    places = [f"{key['document']}/{key['medium']}" for key in keys if (key["document"], key["medium"]) not in seen.media]
    return [*pictures, *places]


@cache
def _columns(table: str) -> list[str]:
    return [c.name for c in Table.metadata.tables[table].columns if c.name != "id" or not isinstance(c.type, Integer)]


def _values(table: type[Table], values: dict[str, Any]) -> Values:
    name = str(table.__tablename__)
    return name, tuple(values[column] for column in _columns(name))


def _kept_rows(session: Session, first: int, last: int) -> Mapping[int, Counter[Values]]:
    """The index rows that stem from a range of entries, by entry."""
    kept: dict[int, Counter[Values]] = {}
    for model in INDEX:
        name = str(model.__tablename__)
        table, columns = Table.metadata.tables[name], _columns(name)
        found = session.connection().execute(table.select().where(table.c.entry.between(first, last)))
        for row in found.mappings():
            kept.setdefault(row["entry"], Counter())[name, tuple(row[c] for c in columns)] += 1
    return kept


def _surplus(session: Session, table: type[Table], seen: _Seen) -> str:
    there, known = count(session, table), seen.rows[str(table.__tablename__)]
    return "" if there == known else f"{there} rows, and the journal accounts for {known}"


def _bytes(blobs: Blobs, seen: _Seen) -> Iterator[VerifiedItem]:
    """Hash every blob that is referred to, in each copy; name those that nothing refers to."""
    for folder in (blobs, *([blobs.copy] if blobs.copy else [])):
        for sha256 in seen.blobs:
            found = _blob(folder, sha256, seen.redacted.get(sha256))
            yield found if folder is blobs else replace(found, item=f"{sha256} in the second copy")
    for sha256 in blobs:
        if sha256 not in seen.blobs:
            yield VerifiedItem(item=sha256, kind="blob", result="not-checked", why=_ORPHAN)


def _blob(blobs: Blobs, sha256: str, redacted: str | None) -> VerifiedItem:
    try:
        if redacted is None:
            blobs.here(sha256)
        elif blobs.holds(sha256):
            return _item("blob", sha256, f"they had to go and are still there: run `provenance redact` again ({redacted})")
        else:
            return VerifiedItem(item=sha256, kind="blob", result="redacted", why=redacted)
    except (EvidenceError, UsageError) as error:
        return _item("blob", sha256, error.message)
    return _item("blob", sha256, "")
