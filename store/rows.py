"""The tables. Rows never leave this package: records in, records out.

`journal` and `observation` are the evidence and only ever grow. All other tables are the look-up index: derived
from the observations, and the same again when it is dropped and rebuilt.
"""

from typing import ClassVar

from sqlalchemy import LargeBinary, MetaData, Text
from sqlmodel import Field, Index, SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Constraint names, so that a later migration can name what it changes."""


class Table(SQLModel):
    """Base of all tables, with a metadata of its own."""

    metadata = MetaData(naming_convention=NAMES)


class JournalRow(Table, table=True):
    """One change: who did what, when and why, chained to the change before it."""

    __tablename__ = "journal"
    __table_args__: ClassVar = (Index(None, "what", "subject"),)

    sequence: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: str
    who: str
    what: str = Field(index=True)
    subject: str
    why: str
    payload_sha256: str
    previous: str
    sha256: str


class ObservationRow(Table, table=True):
    """What a change recorded, as canonical JSON."""

    __tablename__ = "observation"

    sequence: int = Field(primary_key=True, foreign_key="journal.sequence", sa_column_kwargs={"autoincrement": False})
    payload: str = Field(sa_type=Text)


class DocumentRow(Table, table=True):
    """Index: a document by id and by order of ingestion; `content` is the sha256 of the bytes that it was read from."""

    __tablename__ = "document"

    id: str = Field(primary_key=True)
    sequence: int = Field(unique=True)
    content: str = Field(index=True)
    entry: int = Field(foreign_key="journal.sequence", index=True)


class AssetRow(Table, table=True):
    """Index: the entries that describe an asset; the newest one holds."""

    __tablename__ = "asset"

    sha256: str = Field(primary_key=True)
    entry: int = Field(primary_key=True, foreign_key="journal.sequence", index=True)


class FingerprintRow(Table, table=True):
    """Index: one perceptual hash, its bits as bytes, most significant first."""

    __tablename__ = "fingerprint"
    __table_args__: ClassVar = (Index(None, "algorithm", "bits", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    asset: str = Field(index=True)
    algorithm: str
    bits: int
    value: bytes = Field(sa_type=LargeBinary)
    quality: int | None
    entry: int = Field(foreign_key="journal.sequence", index=True)


class UseRow(Table, table=True):
    """Index: a medium of a document has had these bytes."""

    __tablename__ = "appearance"

    document: str = Field(primary_key=True)
    medium: str = Field(primary_key=True)
    asset: str = Field(primary_key=True, index=True)
    entry: int = Field(foreign_key="journal.sequence", index=True)


class MentionRow(Table, table=True):
    """Index: a document names a post or an account; `handle` is case-folded, `medium` the visual that it is named for."""

    __tablename__ = "mention"
    __table_args__: ClassVar = (Index(None, "handle", "platform"), Index(None, "post_id", "platform"))

    id: int | None = Field(default=None, primary_key=True)
    document: str = Field(index=True)
    platform: str | None
    post_id: str | None
    handle: str | None
    post: str | None
    medium: str | None
    entry: int = Field(foreign_key="journal.sequence", index=True)


class AddressRow(Table, table=True):
    """Index: an address of a document or of one of its media, by the sha256 of the address."""

    __tablename__ = "address"

    id: int | None = Field(default=None, primary_key=True)
    url_sha256: str = Field(index=True)
    document: str = Field(index=True)
    medium: str | None
    entry: int = Field(foreign_key="journal.sequence", index=True)


class TreeRow(Table, table=True):
    """Index: a node of the hash tree over the journal (RFC 9162), kept with the entry that completed its subtree."""

    __tablename__ = "tree"

    level: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    hash: bytes = Field(sa_type=LargeBinary)
    entry: int = Field(foreign_key="journal.sequence", index=True)


class RedactionRow(Table, table=True):
    """Index: bytes that had to go; the newest entry holds."""

    __tablename__ = "redaction"

    sha256: str = Field(primary_key=True)
    entry: int = Field(primary_key=True, foreign_key="journal.sequence", index=True)


EVIDENCE: tuple[type[Table], ...] = (JournalRow, ObservationRow)
INDEX: tuple[type[Table], ...] = (DocumentRow, AssetRow, FingerprintRow, UseRow, MentionRow, AddressRow, RedactionRow, TreeRow)
