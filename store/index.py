"""The look-up index: rows that are derived from an observation, and from nothing else."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlmodel import Session, insert

from provenance.records import Asset, Document, Json, Medium
from store.codec import decode
from store.journal import storable
from store.rows import AddressRow, AssetRow, DocumentRow, FingerprintRow, MentionRow, RedactionRow, Table, UseRow

Row = tuple[type[Table], dict[str, Any]]
"""A table and the values of one row: instances of the tables cost twenty times as much to make."""


def rows_of(what: str, payload: Json, entry: int) -> Iterator[Row]:
    """The index rows that one observation gives rise to."""
    if derive := _BY_KIND.get(what):
        yield from derive(payload, entry)


def write(session: Session, rows: Iterable[Row]) -> None:
    """Insert rows, table by table."""
    by_table: dict[type[Table], list[dict[str, Any]]] = {}
    for table, values in rows:
        by_table.setdefault(table, []).append(values)
    for table, many in by_table.items():
        session.connection().execute(insert(table), many)


def url_key(url: str) -> str:
    """The key that an address is looked up by; a hash, for an address can be megabytes long."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()


def handle_key(handle: str | None) -> str | None:
    """The key that a handle is looked up by: platforms ignore case, and the @ is no part of it."""
    return storable(handle.removeprefix("@").casefold()) if handle else None


def _document_rows(payload: Json, entry: int) -> Iterator[Row]:
    document, ident = decode(Document, payload["document"]), payload["id"]
    content = payload["snapshot"]["sha256"]
    yield DocumentRow, {"id": ident, "sequence": payload["sequence"], "content": content, "entry": entry}
    yield from _use_rows(payload, entry)
    yield from _mention_rows(document, ident, entry)
    yield from _address_rows(document, ident, entry)


def _use_rows(payload: Json, entry: int) -> Iterator[Row]:
    for medium, asset in payload["assets"].items():
        yield UseRow, {"document": payload["id"], "medium": storable(medium), "asset": asset, "entry": entry}


def _asset_rows(payload: Json, entry: int) -> Iterator[Row]:
    asset = decode(Asset, payload)
    yield AssetRow, {"sha256": asset.sha256, "entry": entry}
    for print_ in asset.fingerprints:
        value = bytes.fromhex(print_.value)
        yield (
            FingerprintRow,
            {
                "asset": asset.sha256,
                "algorithm": print_.algorithm,
                "bits": len(value) * 8,
                "value": value,
                "quality": print_.quality,
                "entry": entry,
            },
        )


def _redaction_rows(payload: Json, entry: int) -> Iterator[Row]:
    yield RedactionRow, {"sha256": payload["sha256"], "entry": entry}


Mention = tuple[str | None, str | None, str | None, str | None, str | None]
"""Platform, post id, handle, the post that names them, the medium that they are named for."""


def _mention_rows(document: Document, ident: str, entry: int) -> Iterator[Row]:
    found = {*_post_mentions(document), *_medium_mentions(document.media), *_cited(document)}
    for mention in sorted(found, key=lambda m: tuple(part or "" for part in m)):
        named = zip(("platform", "post_id", "handle", "post", "medium"), mention, strict=True)
        yield MentionRow, {"document": ident, **{name: storable(part) if part else None for name, part in named}, "entry": entry}


def _post_mentions(document: Document) -> Iterator[Mention]:
    for post in document.posts:
        media = {*post.media, *(m.id for m in document.media if m.post == post.id)}
        for medium in media or (None,):
            yield post.platform, post.post_id, handle_key(post.handle), post.id, medium
            source = post.forwarded_from
            if source and source.handle:
                yield source.platform, None, handle_key(source.handle), post.id, medium


def _medium_mentions(media: Iterable[Medium]) -> Iterator[Mention]:
    for medium in media:
        handle = medium.account.handle if medium.account else None
        platform = medium.account.platform if medium.account and handle else medium.platform
        if handle or medium.platform_id:
            yield platform, medium.platform_id, handle_key(handle), medium.post, medium.id


def _cited(document: Document) -> Iterator[Mention]:
    media = {m.id for m in document.media}
    for citation in document.citations:
        for party in (citation.citing, citation.cited):
            if party.handle:
                for medium in tuple(about for about in citation.about if about in media) or (None,):
                    yield party.platform, None, handle_key(party.handle), citation.stated_by, medium


def _address_rows(document: Document, ident: str, entry: int) -> Iterator[Row]:
    facts = document.document
    found: set[tuple[str, str | None]] = {(url, None) for url in (facts.url, facts.canonical_url) if url}
    found |= {(url, m.id) for m in document.media for url in (m.url, *m.candidate_urls) if url}
    for url, medium in sorted(found, key=lambda pair: (pair[0], pair[1] or "")):
        named = storable(medium) if medium else None
        yield AddressRow, {"url_sha256": url_key(url), "document": ident, "medium": named, "entry": entry}


_BY_KIND: Mapping[str, Callable[[dict[str, Any], int], Iterator[Row]]] = {
    "document": _document_rows,
    "media": _use_rows,
    "asset": _asset_rows,
    "redaction": _redaction_rows,
}
