"""The hash tree over the journal (RFC 9162): its nodes are kept, so that a new entry and a proof cost O(log n) look-ups."""

from sqlmodel import Session, insert, select

from provenance.errors import EvidenceError, UsageError
from provenance.evidence import merkle
from store.rows import TreeRow


class Kept:
    """The nodes that are kept, as `merkle` asks for them; each is read once.

    Args:
        session: the session to read with.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[int, int], bytes] = {}

    def __call__(self, level: int, position: int) -> bytes:
        """The hash of a node."""
        if (level, position) not in self._known:
            query = select(TreeRow.hash).where(TreeRow.level == level, TreeRow.position == position)
            found = self._session.exec(query).first()
            if found is None:
                raise EvidenceError(f"node {level}/{position} of the hash tree is missing", "run `provenance verify`")
            self._known[level, position] = found
        return self._known[level, position]


def grow(session: Session, sequence: int, leaf: bytes) -> None:
    """Add the entry with this number to the tree; the caller holds the write lock."""
    made = list(merkle.grown(Kept(session), sequence - 1, merkle.leaf_hash(leaf)))
    session.connection().execute(insert(TreeRow), [rows_of(sequence, node) for node in made])


def rows_of(sequence: int, node: tuple[int, int, bytes]) -> dict[str, int | bytes]:
    """The values of a node's row; `sequence` is the entry that completed it."""
    return {"level": node[0], "position": node[1], "hash": node[2], "entry": sequence}


def root(session: Session, size: int) -> str:
    """The head of the tree of the first entries, in hex."""
    return merkle.root(Kept(session), size).hex()


def inclusion(session: Session, sequence: int, size: int) -> list[str]:
    """The proof that an entry is in the tree of the first `size` entries, as hex from the leaf up.

    Raises:
        UsageError: there is no such entry in it.
    """
    if not 1 <= sequence <= size:
        raise UsageError(f"entry {sequence} is not among the first {size}", "give a number that `journal export` shows")
    return [part.hex() for part in merkle.inclusion(Kept(session), sequence - 1, size)]


def consistency(session: Session, old: int, new: int) -> list[str]:
    """The proof that the first `new` entries begin with the first `old`, in hex.

    Raises:
        UsageError: the journal is shorter.
    """
    if not 0 <= old <= new:
        raise UsageError(f"there are no {old} entries among the first {new}", "the checkpoint may be of another journal")
    return [part.hex() for part in merkle.consistency(Kept(session), old, new)]
