"""The first schema: the journal, the observations, and the look-up index."""

from typing import TypeAlias

import sqlalchemy as sa
from alembic import op

from store import dialect

revision = "0001"
down_revision = None
Indexes: TypeAlias = tuple[tuple[str, ...], ...]


def upgrade() -> None:
    """Make every table; the evidence tables refuse changes of what is there."""
    _evidence()
    _entities()
    _mentions()
    for table in ("journal", "observation"):
        for statement in dialect.append_only(table):
            op.execute(statement)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _entry(table: str, *, primary_key: bool = False) -> sa.Column[int]:
    reference = sa.ForeignKey("journal.sequence", name=f"fk_{table}_entry_journal")
    return sa.Column("entry", sa.Integer(), reference, nullable=False, primary_key=primary_key)


def _table(name: str, *parts: sa.Column[str] | sa.Column[int] | sa.Column[bytes] | sa.Constraint, indexes: Indexes) -> None:
    keys = [part.name for part in parts if isinstance(part, sa.Column) and part.primary_key]
    op.create_table(name, *parts, sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}"))
    for index in indexes:
        op.create_index(f"ix_{name}_{'_'.join(index)}", name, list(index))


def _evidence() -> None:
    texts = [_text(name) for name in ("at", "who", "what", "subject", "why", "payload_sha256", "previous", "sha256")]
    sequence = sa.Column("sequence", sa.Integer(), primary_key=True, autoincrement=False)
    _table("journal", sequence, *texts, indexes=(("what",),))
    reference = sa.ForeignKey("journal.sequence", name="fk_observation_sequence_journal")
    sequence = sa.Column("sequence", sa.Integer(), reference, primary_key=True, autoincrement=False)
    _table("observation", sequence, sa.Column("payload", sa.Text(), nullable=False), indexes=())


def _entities() -> None:
    ident = sa.Column("id", sa.String(), primary_key=True)
    number = sa.Column("sequence", sa.Integer(), nullable=False)
    unique = sa.UniqueConstraint("sequence", name="uq_document_sequence")
    _table("document", ident, number, _text("content"), _entry("document"), unique, indexes=(("content",), ("entry",)))
    sha256 = sa.Column("sha256", sa.String(), primary_key=True)
    _table("asset", sha256, _entry("asset", primary_key=True), indexes=(("entry",),))
    keys = [sa.Column(name, sa.String(), primary_key=True) for name in ("document", "medium", "asset")]
    _table("appearance", *keys, _entry("appearance"), indexes=(("asset",), ("entry",)))
    _table(
        "fingerprint",
        sa.Column("id", sa.Integer(), primary_key=True),
        _text("asset"),
        _text("algorithm"),
        sa.Column("bits", sa.Integer(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("quality", sa.Integer(), nullable=True),
        _entry("fingerprint"),
        indexes=(("asset",), ("algorithm", "bits", "id"), ("entry",)),
    )


def _mentions() -> None:
    ident = sa.Column("id", sa.Integer(), primary_key=True)
    optional = [_text(name, nullable=True) for name in ("platform", "post_id", "handle", "post", "medium")]
    indexes = (("document",), ("handle", "platform"), ("post_id", "platform"), ("entry",))
    _table("mention", ident, _text("document"), *optional, _entry("mention"), indexes=indexes)
    ident = sa.Column("id", sa.Integer(), primary_key=True)
    columns = (_text("url_sha256"), _text("document"), _text("medium", nullable=True), _entry("address"))
    _table("address", ident, *columns, indexes=(("url_sha256",), ("document",), ("entry",)))
