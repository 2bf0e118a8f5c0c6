"""The journal as others see it: entries, heads, proofs, time stamps."""

from collections.abc import Iterator

from provenance.errors import NotFound
from provenance.evidence import merkle
from provenance.records import JournalEntry, Json, Proof
from store import journal, tree
from store.database import Database
from store.journal import Change
from store.rows import JournalRow
from store.writing import append


class Log:
    """The journal of one record.

    Args:
        database: the open database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def head(self) -> tuple[int, str]:
        """The number of entries and the head of their hash tree, in hex.

        Raises:
            EvidenceError: the tree is damaged.
        """
        with self._database.reading() as session:
            size, _ = journal.head(session)
            return size, tree.root(session, size)

    def entries(self, after: int = 0) -> Iterator[JournalEntry]:
        """Every entry after a number, oldest first; the store may be written to meanwhile."""
        while True:
            with self._database.reading() as session:
                found = [_entry(row, payload) for row, payload in journal.page(session, after)]
            if not found:
                return
            yield from found
            after = found[-1].sequence

    def include(self, sequence: int, size: int | None = None) -> Proof:
        """The proof that an entry is among the first `size`; None for all.

        Raises:
            NotFound: there is no such entry.
            UsageError: it is not among those.
        """
        with self._database.reading() as session:
            row = session.get(JournalRow, sequence)
            if row is None:
                raise NotFound(f"entry {sequence}: no such entry", "`provenance journal export` lists them")
            size = size or journal.head(session)[0]
            path = tree.inclusion(session, sequence, size)
            leaf = merkle.leaf_hash(journal.leaf(row)).hex()
            root = tree.root(session, size)
        return Proof(kind="inclusion", size=size, root=root, path=tuple(path), sequence=sequence, leaf_hash=leaf)

    def grew(self, old: int, size: int | None = None) -> Proof:
        """The proof that the first `size` entries, None for all, begin with the first `old`.

        Raises:
            UsageError: there are not so many.
        """
        with self._database.reading() as session:
            size = size or journal.head(session)[0]
            path = tree.consistency(session, old, size)
            roots = tree.root(session, old), tree.root(session, size)
        return Proof(kind="consistency", size=size, root=roots[1], path=tuple(path), old_size=old, old_root=roots[0])

    def stamp(self, note: str, facts: Json, *, who: str) -> None:
        """Keep an authority's time stamp on a checkpoint of this journal."""
        with self._database.writing() as session:
            append(session, Change(what="timestamp", subject=facts["time"], who=who), {"checkpoint": note, **facts})


def _entry(row: JournalRow, payload: str | None) -> JournalEntry:
    kept = {name: getattr(row, name) for name in ("at", "who", "what", "subject", "why", "payload_sha256", "previous", "sha256")}
    return JournalEntry(sequence=row.sequence, leaf=journal.leaf(row).decode("ascii"), payload=payload or "", **kept)
