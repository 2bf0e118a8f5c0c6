"""What a change writes: its entry in the journal, its observation, and the index rows that follow from it."""

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from provenance.errors import EvidenceError, NotFound, SourceError
from provenance.records import AppearanceKey, Asset, Document, Json, Snapshot, StoredDocument, to_json
from store import index, journal, queries
from store.codec import canonical, decode, digest
from store.journal import Change

_ID_DIGITS = 32  # 128 bits of the sha256: nobody can make two documents of one id on purpose
_HEX = set("0123456789abcdef")
_OUR_FAULT = "this is a fault of the program"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A document on its way in; `assets`, `no_bytes` and `had` are by medium id."""

    document: Document
    snapshot: Snapshot
    assets: Mapping[str, Asset]
    no_bytes: Mapping[str, str]
    had: Mapping[str, Snapshot]
    who: str

    @property
    def id(self) -> str:
        """The id that it is or will be kept under."""
        return document_id(self.document, self.snapshot)


def document_id(document: Document, snapshot: Snapshot) -> str:
    """The id of a document: made from its bytes, from what the caller stated of it, and from its place in an export."""
    item = document.source.removeprefix(snapshot.source) if document.source.startswith(f"{snapshot.source}#") else ""
    parts = [document.document.sha256, snapshot.url, snapshot.outlet, snapshot.published, item]
    return f"d{digest(canonical(parts))[:_ID_DIGITS]}"


def check_bytes(name: str, sha256: str, content: bytes) -> None:
    """Make sure that bytes are those that a record speaks of.

    Raises:
        EvidenceError: they are not.
    """
    if hashlib.sha256(content).hexdigest() != sha256:
        raise EvidenceError(f"{name}: its bytes do not have the sha256 {sha256}", "read the source again")


def check_codes(asset: Asset) -> None:
    """Make sure that fingerprints can be compared.

    Raises:
        SourceError: a value is not hex of as many bits as it says.
    """
    for print_ in asset.fingerprints:
        if len(print_.value) * 4 != print_.bits or len(print_.value) % 2 or set(print_.value) - _HEX:
            raise SourceError(f"{asset.sha256}: {print_.value!r} is no {print_.algorithm} of {print_.bits} bits", _OUR_FAULT)


def new_links(session: Session, kept: StoredDocument, arrival: Arrival) -> dict[str, Asset]:
    """The assets that a document on record has not had yet, for media that it has."""
    media = {medium.id for medium in kept.document.media}
    links = {m: asset for m, asset in arrival.assets.items() if m in media and kept.assets.get(m) != asset.sha256}
    return {m: asset for m, asset in links.items() if AppearanceKey(kept.id, m) not in queries.uses(session, asset.sha256)}


def record(session: Session, arrival: Arrival) -> tuple[StoredDocument, bool]:
    """Write an arrival, or what is new in it; the bool tells whether the document is new."""
    kept = queries.document(session, arrival.id)
    if kept is None:
        describe(session, arrival.assets, arrival.who)
        observed = _observation(session, arrival)
        append(session, Change(what="document", subject=arrival.id, who=arrival.who), observed)
        return decode(StoredDocument, observed), True
    if links := new_links(session, kept, arrival):
        describe(session, links, arrival.who)
        observed = {"id": arrival.id, "assets": _names(links), **_had(arrival, links)}
        append(session, Change(what="media", subject=arrival.id, who=arrival.who), observed)
    return queries.document(session, arrival.id) or kept, False


def describe(session: Session, assets: Mapping[str, Asset], who: str) -> None:
    """Write what is known of assets, unless the same is on record."""
    for asset in {asset.sha256: asset for asset in assets.values()}.values():
        if queries.asset(session, asset.sha256) != asset:
            append(session, Change(what="asset", subject=asset.sha256, who=who), to_json(asset))


def _names(assets: Mapping[str, Asset]) -> dict[str, str]:
    return {medium: asset.sha256 for medium, asset in assets.items()}


def judge(session: Session, change: Change, fields: Json, keys: tuple[AppearanceKey, ...]) -> Json:
    """Write an analyst's word on appearances that are on record, and return it with its id and time.

    Raises:
        NotFound: one of the appearances is not kept.
    """
    for key in keys:
        if not queries.has_medium(session, key):
            raise NotFound(f"{key}: no such appearance is kept", "`provenance show` lists the appearances of a document")
    number, _ = journal.head(session)
    judged = {**fields, "id": f"{change.what[0]}{number + 1}", "who": change.who, "why": change.why, "at": journal.utc_now()}
    append(session, change, judged)
    return judged


def append(session: Session, change: Change, payload: Json) -> None:
    """Write one change: entry, observation and index rows; the caller holds the write lock."""
    at = payload.get("ingested_at") or payload.get("at") or journal.utc_now()
    entry = journal.append(session, change, payload, at)
    index.write(session, index.rows_of(change.what, payload, entry))


def _observation(session: Session, arrival: Arrival) -> Json:
    return {
        "id": arrival.id,
        "assets": _names(arrival.assets),
        "sequence": queries.last_document(session) + 1,
        "ingested_at": journal.utc_now(),
        "document": to_json(arrival.document),
        "no_bytes": dict(arrival.no_bytes),
        "snapshot": {**facts(arrival.snapshot), "size": len(arrival.snapshot.content)},
        **_had(arrival, arrival.assets),
    }


def _had(arrival: Arrival, media: Iterable[str]) -> Json:
    """How the bytes of media were fetched, where they were."""
    had = {medium: facts(arrival.had[medium]) for medium in media if medium in arrival.had}
    return {"had": had} if had else {}


def facts(snapshot: Snapshot) -> Json:
    """A snapshot without its bytes, which lie apart, and without what is only said of a later check."""
    told = to_json(dataclasses.replace(snapshot, content=b"", rechecked=None))
    return {name: value for name, value in told.items() if name not in ("content", "rechecked")}
