"""Questions to the database: rows in, records out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import Select

from provenance.errors import UsageError
from provenance.records import AppearanceKey, Asset, Json, Redaction, Snapshot, StoredDocument
from store.codec import decode, parsed
from store.index import handle_key, url_key
from store.journal import storable
from store.rows import (
    AddressRow,
    AssetRow,
    DocumentRow,
    FingerprintRow,
    JournalRow,
    MentionRow,
    ObservationRow,
    RedactionRow,
    Table,
    UseRow,
)

_PAGE = 100
_MAX_CANDIDATES = 5


@dataclass(frozen=True, slots=True, order=True)
class PostUse:
    """A document that names a post or an account: the post's id in that document, and the medium that it is named for.

    `post` is None where the document names the account apart from any post, `medium` where it names it for no visual.
    """

    document: str
    post: str | None
    medium: str | None

    @property
    def appearance(self) -> AppearanceKey | None:
        """The appearance that it is named for, if any."""
        return AppearanceKey(self.document, self.medium) if self.medium else None


def last_document(session: Session) -> int:
    """The number of the newest document, 0 where there is none."""
    return session.exec(select(func.max(DocumentRow.sequence))).one() or 0


def documents_after(session: Session, sequence: int) -> list[StoredDocument]:
    """The next documents in the order of ingestion."""
    query = _documents().where(DocumentRow.sequence > sequence).order_by(col(DocumentRow.sequence)).limit(_PAGE)
    return _stored(session, list(session.exec(query)))


def document(session: Session, ident: str) -> StoredDocument | None:
    """The document with this id."""
    if session.exec(select(DocumentRow.entry).where(DocumentRow.id == ident)).first() is None:
        return None
    return _stored(session, list(session.exec(_documents().where(DocumentRow.id == ident))))[0]


def full_id(session: Session, prefix: str) -> str | None:
    """The one document id that starts so.

    Raises:
        UsageError: several do.
    """
    if not prefix:
        return None
    query = (
        select(DocumentRow.id).where(col(DocumentRow.id).startswith(storable(prefix), autoescape=True)).order_by(DocumentRow.id)
    )
    found = list(session.exec(query.limit(_MAX_CANDIDATES)))
    if len(found) > 1 and prefix not in found:
        raise UsageError(f"{prefix}: several documents start so: {', '.join(found)}", "give more digits")
    return found[0] if found else None


def payload(session: Session, entry: int) -> Json:
    """What one entry of the journal recorded."""
    text = session.exec(select(ObservationRow.payload).where(ObservationRow.sequence == entry)).one()
    observed: Json = parsed(text)
    return observed


def document_payload(session: Session, ident: str) -> Json | None:
    """The observation that made a document."""
    entry = session.exec(select(DocumentRow.entry).where(DocumentRow.id == ident)).first()
    return None if entry is None else payload(session, entry)


def fetched_media(session: Session, ident: str) -> dict[str, Snapshot]:
    """How the bytes of a document's media were fetched, by medium; without content."""
    entries = select(UseRow.entry).where(UseRow.document == ident)
    told = select(ObservationRow.payload).where(col(ObservationRow.sequence).in_(entries))
    observed = [parsed(text) for text in session.exec(told.order_by(col(ObservationRow.sequence)))]
    return {
        medium: decode(Snapshot, {**facts, "content": b""})
        for entry in observed
        for medium, facts in entry.get("had", {}).items()
    }


def asset(session: Session, sha256: str) -> Asset | None:
    """The newest description of an asset."""
    query = (
        select(ObservationRow.payload)
        .join(AssetRow, col(AssetRow.entry) == ObservationRow.sequence)
        .where(AssetRow.sha256 == sha256)
        .order_by(col(AssetRow.entry).desc())
    )
    text = session.exec(query.limit(1)).first()
    return None if text is None else decode(Asset, parsed(text))


def assets_after(session: Session, sha256: str) -> list[str]:
    """The next sha256s of assets, in their order."""
    query = select(AssetRow.sha256).distinct().where(AssetRow.sha256 > sha256).order_by(AssetRow.sha256)
    return list(session.exec(query.limit(_PAGE)))


def is_kept(session: Session, sha256: str) -> bool:
    """Whether bytes of this sha256 were ever kept, as a document's or as an asset's."""
    by_document = select(DocumentRow.id).where(DocumentRow.content == sha256).limit(1)
    return bool(session.exec(by_document).first() or asset(session, sha256))


def redaction(session: Session, sha256: str) -> Redaction | None:
    """Why bytes had to go, where they had to."""
    query = select(RedactionRow.entry).where(RedactionRow.sha256 == sha256).order_by(col(RedactionRow.entry))
    entry = session.exec(query).first()
    return None if entry is None else decode(Redaction, payload(session, entry))


def redacted(session: Session, sha256s: Iterable[str]) -> set[str]:
    """Those of some bytes that had to go."""
    return {sha256 for sha256 in sha256s if redaction(session, sha256)}


def sharers(session: Session, sha256: str) -> list[str]:
    """The bytes that documents were read from which use an asset, by sha256."""
    query = select(DocumentRow.content).join(UseRow, col(UseRow.document) == DocumentRow.id).where(UseRow.asset == sha256)
    return sorted(set(session.exec(query)) - {sha256})


def blobs(session: Session) -> list[str]:
    """The sha256s of all bytes that are referred to, but for those that had to go."""
    documents, assets, gone = (set(session.exec(select(c))) for c in (DocumentRow.content, AssetRow.sha256, RedactionRow.sha256))
    return sorted((documents | assets) - gone)


def uses(session: Session, sha256: str) -> list[AppearanceKey]:
    """The appearances of an asset, in the order in which they were recorded."""
    query = select(UseRow.document, UseRow.medium).where(UseRow.asset == sha256).order_by(col(UseRow.entry), UseRow.medium)
    return [AppearanceKey(*row) for row in session.exec(query)]


def uses_of_url(session: Session, url: str) -> list[tuple[str, str | None]]:
    """The documents at an address, and the media of documents that have it: document id, and medium id or None."""
    query = select(AddressRow.document, col(AddressRow.medium)).where(AddressRow.url_sha256 == url_key(url))
    return [(row[0], row[1]) for row in session.exec(query.order_by(col(AddressRow.id)))]


def mentions(session: Session, platform: str | None, post_id: str | None, handle: str | None) -> list[PostUse]:
    """Where documents name a post, an account, or a post of an account (then also where its account is left open)."""
    query = select(MentionRow.document, col(MentionRow.post), col(MentionRow.medium)).distinct()
    account, key = col(MentionRow.handle), handle_key(handle)
    if platform is not None:
        query = query.where(MentionRow.platform == storable(platform))
    if post_id is not None:
        query = query.where(MentionRow.post_id == storable(post_id))
    if key is not None:
        query = query.where(account == key if post_id is None else or_(account == key, account.is_(None)))
    query = query.order_by(MentionRow.document, col(MentionRow.post), col(MentionRow.medium))
    return [PostUse(*row) for row in session.exec(query)]


def has_medium(session: Session, key: AppearanceKey) -> bool:
    """Whether a document is kept that has this medium."""
    observed = document_payload(session, key.document)
    return observed is not None and any(m.id == key.medium for m in decode(StoredDocument, observed).document.media)


def count(session: Session, table: type[Table]) -> int:
    """How many rows a table has."""
    return session.exec(select(func.count()).select_from(table)).one()


def changes(session: Session) -> dict[str, int]:
    """How many entries of each kind the journal has."""
    return dict(session.exec(select(JournalRow.what, func.count()).group_by(JournalRow.what)).all())


def _documents() -> "Select[DocumentRow, str]":
    return select(DocumentRow, ObservationRow.payload).join(ObservationRow, col(DocumentRow.entry) == ObservationRow.sequence)


def _stored(session: Session, rows: Sequence[tuple[DocumentRow, str]]) -> list[StoredDocument]:
    linked = _links(session, [row.id for row, _ in rows])
    return [_one(parsed(text), linked.get(row.id, {})) for row, text in rows]


def _links(session: Session, idents: Iterable[str]) -> dict[str, dict[str, str]]:
    """The assets of documents by medium; where a medium has had several, the first one seen."""
    query = select(UseRow).where(col(UseRow.document).in_(list(idents))).order_by(col(UseRow.entry))
    linked: dict[str, dict[str, str]] = {}
    for use in session.exec(query):
        linked.setdefault(use.document, {}).setdefault(use.medium, use.asset)
    return linked


def _one(observed: Json, linked: dict[str, str]) -> StoredDocument:
    stored = decode(StoredDocument, observed)
    missing = {medium: why for medium, why in stored.no_bytes.items() if medium not in linked}
    return replace(stored, assets=linked, no_bytes=missing)


class FingerprintRows:
    """The rows of fingerprints, as the near index asks for them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def after(self, algorithm: str, bits: int, ident: int) -> Iterable[tuple[int, bytes]]:
        """The id and code of each row of an algorithm and length after a row, ids ascending."""
        number = col(FingerprintRow.id)
        query = select(number, FingerprintRow.value).where(
            FingerprintRow.algorithm == algorithm, FingerprintRow.bits == bits, number > ident
        )
        return ((row[0] or 0, row[1]) for row in self._session.exec(query.order_by(number)))

    def code(self, ident: int) -> bytes | None:
        """The code of one row."""
        return self._session.exec(select(FingerprintRow.value).where(FingerprintRow.id == ident)).first()

    def of_assets(self, algorithm: str, bits: int, assets: Iterable[str]) -> list[tuple[int, bytes]]:
        """The id and code of each row of an algorithm and length that these assets have."""
        named, found = list(assets), []
        for start in range(0, len(named), _PAGE):
            query = select(FingerprintRow).where(col(FingerprintRow.asset).in_(named[start : start + _PAGE]))
            # Told apart here: asked for the algorithm, too, SQLite goes through all rows of that algorithm.
            rows = (row for row in self._session.exec(query) if (row.algorithm, row.bits) == (algorithm, bits))
            found += [(row.id or 0, row.value) for row in rows]
        return found

    def described(self, idents: Iterable[int]) -> dict[int, tuple[str, int | None]]:
        """The asset and the quality of rows, by their ids."""
        wanted = list(idents)
        found: dict[int, tuple[str, int | None]] = {}
        for start in range(0, len(wanted), _PAGE):
            query = select(col(FingerprintRow.id), FingerprintRow.asset, col(FingerprintRow.quality))
            rows = self._session.exec(query.where(col(FingerprintRow.id).in_(wanted[start : start + _PAGE])))
            found |= {ident or 0: (asset, quality) for ident, asset, quality in rows}
        return found
