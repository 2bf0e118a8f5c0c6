"""The hash tree over the journal, made from the entries that are there; redactions."""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from provenance.evidence import merkle

revision = "0002"
down_revision = "0001"
_ENTRY = "SELECT sequence, at, who, what, subject, why, payload_sha256, previous FROM journal ORDER BY sequence"
_NODE = "INSERT INTO tree (level, position, hash, entry) VALUES (:level, :position, :hash, :entry)"


def upgrade() -> None:
    """Make both tables, and the nodes of the tree."""
    for name, keys, own in _tables():
        reference = sa.ForeignKey("journal.sequence", name=f"fk_{name}_entry_journal")
        entry = sa.Column("entry", sa.Integer(), reference, nullable=False)
        op.create_table(name, *own, entry, sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}"))
        op.create_index(f"ix_{name}_entry", name, ["entry"])
    _grow(op.get_bind())


def _tables() -> Iterator[tuple[str, tuple[str, ...], list[sa.Column[int] | sa.Column[str] | sa.Column[bytes]]]]:
    numbers = [sa.Column(name, sa.Integer(), nullable=False, autoincrement=False) for name in ("level", "position")]
    yield "tree", ("level", "position"), [*numbers, sa.Column("hash", sa.LargeBinary(), nullable=False)]
    yield "redaction", ("sha256", "entry"), [sa.Column("sha256", sa.String(), nullable=False)]


def _grow(connection: sa.Connection) -> None:
    """Only the right edge of the tree is held: the last nodes of each level. Whether the entries are whole, `verify` tells."""
    edge: dict[tuple[int, int], bytes] = {}
    for number, row in enumerate(connection.execute(sa.text(_ENTRY)).all()):
        leaf = merkle.leaf_hash(json.dumps(list(row), separators=(",", ":")).encode("ascii"))
        for level, position, value in list(merkle.grown(lambda *place: edge[place], number, leaf)):
            edge.pop((level, position - 2), None)
            edge[level, position] = value
            node = {"level": level, "position": position, "hash": value, "entry": row[0]}
            connection.execute(sa.text(_NODE), node)
