"""Gathers what an evidence package is made from: visuals, their documents, bytes, entries and proofs."""

import json
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from provenance import __version__, pipeline
from provenance.errors import NotFound
from provenance.evidence.package import Blob, Parcel
from provenance.lookup import find_visual
from provenance.records import Asset, JournalEntry, Json, Proof, Snapshot, StoredDocument


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


def make(keeper: Archive, idents: Iterable[str], *, note: str, size: int, who: str, title: str) -> Parcel:
    """A package of the named visuals, or of all.

    Args:
        keeper: the record.
        idents: visuals, by id or the start of it.
        note: the checkpoint that the proofs lead to.
        size: the number of entries at that checkpoint.
        who: who exports it.
        title: what it is called.

    Raises:
        NotFound: an id names no visual.
    """
    group = pipeline.grouping(keeper)
    visuals = tuple([find_visual(group, ident) for ident in idents] or group.visuals())
    used = {member.document for visual in visuals for member in visual.members}
    documents = [stored for stored in keeper.documents() if stored.id in used]
    journal = [entry for entry in keeper.log.entries() if entry.sequence <= size]
    needed = {sha256 for stored in documents for sha256 in stored.assets.values()} | _contents(journal, used)
    entries = tuple(entry for entry in journal if _concerns(entry, used, needed))
    blobs = list(_blobs(keeper, documents))
    here = {blob.sha256 for blob in blobs}
    about: Json = {
        "schema": "provenance/package/1",
        "title": title,
        "exported_by": who,
        "exported_at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "program": f"provenance {__version__}",
        "visuals": [visual.id for visual in visuals],
        "bytes_not_in_it": sorted(needed - here),
    }
    proofs = tuple(keeper.log.include(entry.sequence, size) for entry in entries)
    pages = tuple(_page(stored, blobs) for stored in documents)
    return Parcel(note=note, about=about, entries=entries, proofs=proofs, blobs=tuple(blobs), pages=pages, visuals=visuals)


def _contents(journal: Iterable[JournalEntry], idents: Collection[str]) -> set[str]:
    """The bytes that documents were read from, by sha256."""
    kept = (json.loads(entry.payload) for entry in journal if entry.what == "document" and entry.subject in idents)
    return {observed["snapshot"]["sha256"] for observed in kept}


def _concerns(entry: JournalEntry, idents: Collection[str], held: AbstractSet[str]) -> bool:
    """Whether an entry is about these documents, their bytes, or an analyst's word on them."""
    if entry.what in ("decision", "assessment"):
        kept = json.loads(entry.payload)
        return any(kept[side]["document"] in idents for side in ("left", "right", "appearance") if side in kept)
    if entry.what == "marking":
        kept = json.loads(entry.payload)
        return not held.isdisjoint(kept["assets"]) or any(key["document"] in idents for key in kept["appearances"])
    return entry.subject in idents or entry.subject in held


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
