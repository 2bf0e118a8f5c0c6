"""Gathers what an evidence package is made from: visuals, their documents, bytes, entries and proofs."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from provenance import __version__, pipeline
from provenance.errors import NotFound
from provenance.evidence.package import Blob, Parcel
from provenance.lookup import find_visual
from provenance.records import AppearanceKey, Asset, JournalEntry, Json, Proof, Snapshot, StoredDocument, Visual


class Log(Protocol):
    """What is asked of a journal."""

    def entries(self, after: int = 0) -> Iterator[JournalEntry]:
        """Every entry, oldest first."""

    def include(self, sequence: int, size: int | None = None) -> Proof:
        """The proof that an entry is among the first so many."""


class Archive(pipeline.Keeper, Protocol):
    """What a package asks of a store beyond what the pipeline asks."""

    @property
    def log(self) -> Log:
        """The journal."""

    def snapshot(self, document: str) -> Snapshot:
        """The bytes that a document was read from."""

    def document(self, id_or_prefix: str) -> StoredDocument | None:
        """The document with this id, or the one whose id starts so."""

    def uses_of_asset(self, sha256: str) -> list[AppearanceKey]:
        """The appearances that have had these bytes."""

    def uses_of_url(self, url: str) -> list[tuple[str, str | None]]:
        """Documents at an address, and media that have it."""


def make(keeper: Archive, idents: Iterable[str], *, note: str, size: int, who: str, title: str) -> Parcel:
    """A package of a case: of what is named, or of every document.

    Args:
        keeper: the record.
        idents: visuals (with every document that carries them), documents, pictures (by sha256) or addresses; the start of an id
            will do.
        note: the checkpoint that the proofs lead to.
        size: the number of entries at that checkpoint.
        who: who exports it.
        title: what it is called.

    Raises:
        NotFound: an id or address names nothing that is kept.
    """
    kept = list(keeper.documents())
    visuals, used = _named(keeper, idents, kept)
    documents = [stored for stored in kept if stored.id in used]
    journal = [entry for entry in keeper.log.entries() if entry.sequence <= size]
    needed = {sha256 for stored in documents for sha256 in stored.assets.values()} | _contents(journal, used)
    case = _Case(documents=frozenset(used), bytes=frozenset(needed), addresses=frozenset(_addresses(documents)))
    entries = tuple(entry for entry in journal if _concerns(entry, case))
    blobs = list(_blobs(keeper, documents))
    here = {blob.sha256 for blob in blobs}
    members = {member.document for visual in visuals for member in visual.members}
    about: Json = {
        "schema": "provenance/package/1",
        "title": title,
        "exported_by": who,
        "exported_at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "program": f"provenance {__version__}",
        "visuals": [visual.id for visual in visuals],
        "documents": [stored.id for stored in documents],
        "documents_not_in_it": sorted(members - used),
        "bytes_not_in_it": sorted(needed - here),
    }
    proofs = tuple(keeper.log.include(entry.sequence, size) for entry in entries)
    pages = tuple(_page(stored, blobs) for stored in documents)
    return Parcel(note=note, about=about, entries=entries, proofs=proofs, blobs=tuple(blobs), pages=pages, visuals=visuals)


def _named(keeper: Archive, idents: Iterable[str], kept: list[StoredDocument]) -> tuple[tuple[Visual, ...], set[str]]:
    """The visuals and the documents of a case; a document or picture that is named alone brings the visuals that it is in."""
    group = pipeline.grouping(keeper)
    whole: list[Visual] = []
    used: set[str] = set()
    named = list(idents)
    for ident in named:
        if found := _documents(keeper, ident):
            used |= found
        else:
            whole.append(find_visual(group, ident))
    if not named:
        used = {stored.id for stored in kept}
    used |= {member.document for visual in whole for member in visual.members}
    visuals = [v for v in group.visuals() if v in whole or any(member.document in used for member in v.members)]
    return tuple(visuals), used


def _documents(keeper: Archive, ident: str) -> set[str]:
    """The documents that an address, the sha256 of a picture or the id of a document names; none for a visual.

    Raises:
        NotFound: nothing that is kept was had from this address.
    """
    if "://" in ident:
        if not (found := {document for document, _ in keeper.uses_of_url(ident)}):
            raise NotFound(f"{ident}: no document or picture is kept of this address", "give it as it was ingested")
        return found
    if keeper.asset(ident):
        return {use.document for use in keeper.uses_of_asset(ident)}
    stored = None if "/" in ident else keeper.document(ident)
    return {stored.id} if stored else set()


def _addresses(documents: Iterable[StoredDocument]) -> Iterator[str]:
    """The addresses and sources that checks and failures name."""
    for stored in documents:
        read = stored.document
        yield from filter(None, (read.source, read.document.url, read.document.canonical_url))
        yield from (medium.url for medium in read.media if medium.url)


def _contents(journal: Iterable[JournalEntry], idents: Collection[str]) -> set[str]:
    """The bytes that documents were read from, by sha256."""
    kept = (json.loads(entry.payload) for entry in journal if entry.what == "document" and entry.subject in idents)
    return {observed["snapshot"]["sha256"] for observed in kept}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What a package is of: documents by id, bytes by sha256, and the addresses of both."""

    documents: frozenset[str]
    bytes: frozenset[str]
    addresses: frozenset[str]


def _concerns(entry: JournalEntry, case: _Case) -> bool:
    """Whether an entry is about these documents or bytes, or an analyst's word on them.

    Also: which desk's package they came from, that an address of theirs was asked again or failed, what a watch saw of them, and
    every time stamp, for these tell when the journal had which head.
    """
    if entry.what == "timestamp":
        return True
    if entry.what in ("check", "failure"):
        return entry.subject in case.addresses
    if entry.what in _TELLING:
        kept = json.loads(entry.payload)
        return not case.documents.isdisjoint(_told_of(kept)) or not case.bytes.isdisjoint(kept.get("assets", ()))
    return entry.subject in case.documents or entry.subject in case.bytes


_TELLING = frozenset({"decision", "assessment", "marking", "import", "watch-event"})
"""Entries that name their documents within what they recorded."""


def _told_of(kept: Json) -> Iterator[str]:
    yield from (kept[side]["document"] for side in ("left", "right", "appearance") if side in kept)
    yield from (key["document"] for key in kept.get("appearances", ()))
    yield from (kept[name] for name in ("document", "before") if kept.get(name))
    yield from kept.get("documents", ())


def _blobs(keeper: Archive, documents: list[StoredDocument]) -> Iterator[Blob]:
    """The bytes of documents and of their media, each once; those that had to go are left out."""
    seen: set[str] = set()
    for stored in documents:
        try:
            taken = keeper.snapshot(stored.id)
        except NotFound:
            taken = None
        if taken and taken.sha256 not in seen:
            url = taken.final_url or taken.url or stored.document.document.url
            yield Blob(
                sha256=taken.sha256, content=taken.content, media_type=taken.media_type, at=taken.obtained_at, url=_web(url)
            )
            seen.add(taken.sha256)
        for medium in stored.document.media:
            sha256 = stored.assets.get(medium.id)
            asset = keeper.asset(sha256) if sha256 and sha256 not in seen else None
            if asset and (blob := _asset(keeper, asset, stored)):
                yield replace(blob, url=_web(medium.url))
                seen.add(asset.sha256)


def _asset(keeper: Archive, asset: Asset, stored: StoredDocument) -> Blob | None:
    try:
        content = keeper.blob(asset.sha256)
    except NotFound:
        return None
    return Blob(sha256=asset.sha256, content=content, media_type=asset.media_type, at=stored.ingested_at)


def _web(url: str | None) -> str | None:
    return url if url and url.startswith(("http://", "https://")) and url.isascii() and " " not in url else None


def _page(stored: StoredDocument, blobs: list[Blob]) -> Json:
    facts = stored.document.document
    url = next((blob.url for blob in blobs if blob.sha256 == facts.sha256 and blob.url), f"urn:sha256:{facts.sha256}")
    return {"id": stored.id, "url": url, "ts": stored.ingested_at, "title": facts.headline or stored.id}
