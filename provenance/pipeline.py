"""The one place that names the order of the steps: acquire, extract, attribute, fingerprint, match, chain.

Functions here take the store as a `Keeper`, so that nothing below the door knows SQL. Each step is imported where its turn
comes: reading an article must not load what hashes pictures.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, Protocol

from provenance import acquire
from provenance.errors import NotFound, SourceError
from provenance.records import (
    AppearanceKey,
    Assessment,
    Asset,
    Decision,
    Document,
    Match,
    Medium,
    Snapshot,
    Status,
    StoredDocument,
    Visual,
)

if TYPE_CHECKING:
    from provenance.chain import Grouping

UNKNOWN_TYPE = "application/octet-stream"
"""The media type of bytes that are none of the kinds read here."""

Fetch = Callable[[str], bytes]
"""From the address of a picture to its bytes; raises SourceError."""


class Asked(Protocol):
    """What a look-up by hash asks of a store."""

    def asset(self, sha256: str) -> Asset | None:
        """One asset by its sha256."""

    def near(self, algorithm: str, value_hex: str, radius: int) -> list[tuple[str, int, int | None]]:
        """(sha256, distance, quality) of the assets within a radius in bits, exactly."""

    def visuals_with_assets(self, sha256s: Collection[str]) -> list[Visual] | None:
        """The visuals that hold one of these assets, where they were worked out since the last change; else None."""


class Keeper(Asked, Protocol):
    """What the pipeline asks of a store."""

    def add(
        self,
        document: Document,
        content: bytes,
        *,
        snapshot: Snapshot,
        assets: Mapping[str, tuple[Asset, bytes]],
        no_bytes: Mapping[str, str],
        who: str,
    ) -> tuple[StoredDocument, bool]:
        """Keep a document with its bytes; the bool tells whether it was new."""

    def documents(self) -> Iterator[StoredDocument]:
        """Every document in the order of ingestion."""

    def visuals_of(self, keys: Collection[AppearanceKey]) -> list[Visual] | None:
        """The visuals of these appearances, where they were worked out since the last change; else None."""

    def mark(self) -> int:
        """A number that stays the same while nobody else writes."""

    def keep_visuals(self, visuals: Iterable[Visual], since: int) -> None:
        """Keep all visuals as they are worked out now, for look-ups, unless others have written since a mark."""

    def decisions(self) -> list[Decision]:
        """Analysts' links and unlinks, oldest first."""

    def assessments(self) -> list[Assessment]:
        """Analysts' verdicts, oldest first."""

    def decide(
        self, kind: Literal["link", "unlink"], left: AppearanceKey, right: AppearanceKey, *, who: str, why: str
    ) -> Decision:
        """Keep an analyst's link or unlink."""

    def assess(self, visual: str, appearance: AppearanceKey, status: Status, *, who: str, why: str) -> Assessment:
        """Keep an analyst's verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """One document after it is kept: its assets by medium, and the visual of each medium at this moment."""

    stored: StoredDocument
    new: bool
    assets: Mapping[str, Asset] = field(default_factory=dict)
    visuals: Mapping[str, str] = field(default_factory=dict)


def documents(snapshot: Snapshot) -> Iterator[Document]:
    """Read every document in a snapshot to the end: what it embeds, then what its words say.

    Raises:
        SourceError: the snapshot cannot be read as what it is.
    """
    from provenance import attribute, extract

    for page in extract.pages(snapshot):
        yield attribute.read(page)


def ingest(
    snapshots: Iterable[Snapshot | SourceError], keeper: Keeper, *, who: str, fetch: Fetch | None = None
) -> Iterator[Ingested | SourceError]:
    """Keep every document of the snapshots, one transaction each; a source that fails is handed on and the others go on.

    A loose picture that a page of the same run already brought along is not a document of its own.
    """
    mark, group = keeper.mark(), grouping(keeper)
    brought: set[str] = set()
    for snapshot in snapshots:
        if isinstance(snapshot, SourceError):
            yield snapshot
        elif not (snapshot.media_type.startswith("image/") and snapshot.sha256 in brought):
            yield from _ingest_one(snapshot, keeper, group, brought, who=who, fetch=fetch)
    keeper.keep_visuals(group.visuals(), mark)


def _ingest_one(
    snapshot: Snapshot, keeper: Keeper, group: "Grouping", brought: set[str], *, who: str, fetch: Fetch | None
) -> Iterator[Ingested | SourceError]:
    try:
        for document in documents(snapshot):
            assets, no_bytes = _bytes_of(snapshot, document, fetch)
            brought.update(asset.sha256 for asset, _ in assets.values())
            stored, new = keeper.add(document, snapshot.content, snapshot=snapshot, assets=assets, no_bytes=no_bytes, who=who)
            visuals = group.add(stored, matches_of(keeper, stored.assets.values()))
            yield Ingested(stored=stored, new=new, assets={m: a for m, (a, _) in assets.items()}, visuals=visuals)
    except SourceError as error:
        yield error


def _bytes_of(
    snapshot: Snapshot, document: Document, fetch: Fetch | None
) -> tuple[dict[str, tuple[Asset, bytes]], dict[str, str]]:
    """The bytes of each medium where they can be had, and the reason where they cannot."""
    assets: dict[str, tuple[Asset, bytes]] = {}
    no_bytes: dict[str, str] = {}
    for medium in document.media:
        try:
            content = _content(snapshot, medium, fetch)
        except SourceError as error:
            no_bytes[medium.id] = str(error)
            continue
        asset = read_asset(content) if content is not None else None
        if content is None or asset is None:
            no_bytes[medium.id] = _why_none(medium)
        elif medium.local_path and asset.media_type == UNKNOWN_TYPE:
            no_bytes[medium.id] = f"what lies at {medium.local_path} is no picture: {asset.not_hashable}"
        else:
            assets[medium.id] = (asset, content)
    return assets, no_bytes


def _content(snapshot: Snapshot, medium: Medium, fetch: Fetch | None) -> bytes | None:
    if snapshot.media_type.startswith(("image/", "video/")):
        return snapshot.content
    if medium.local_path and (beside := _beside(snapshot, medium.local_path, fetch)):
        return beside
    if medium.url and medium.kind not in ("video", "audio"):
        return _archived(snapshot, medium, medium.url) or (fetch(medium.url) if fetch else None)
    return None


def _archived(snapshot: Snapshot, medium: Medium, url: str) -> bytes | None:
    """The bytes that the archive of a page holds for a picture of it."""
    if snapshot.how != "archive":
        return None
    try:
        return acquire.archive_bytes(snapshot, url, *medium.candidate_urls)
    except NotFound:
        return None


def _beside(snapshot: Snapshot, local_path: str, fetch: Fetch | None) -> bytes | None:
    """The bytes beside a saved page; a page without its pictures may have them fetched instead."""
    if snapshot.how != "file":
        return None
    try:
        return acquire.sidecar(snapshot, local_path)
    except NotFound:
        if fetch is None:
            raise
        return None


def _why_none(medium: Medium) -> str:
    if medium.role == "mentioned":
        return "known only from words"
    if medium.url:
        return "not fetched: --media fetches embedded pictures"
    return "the document gives neither bytes nor an address"


def read_asset(content: bytes) -> Asset:
    """An asset from bytes of any kind: what cannot be read as a picture is kept all the same, with the reason."""
    from provenance import fingerprint

    try:
        return fingerprint.fingerprint(content)
    except SourceError as error:
        return Asset(
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            media_type=UNKNOWN_TYPE,
            not_hashable=str(error),
        )


def matches_of(keeper: Keeper, sha256s: Iterable[str]) -> list[Match]:
    """Every match between the given assets and the others kept."""
    found: dict[tuple[str, str], Match] = {}
    for sha256 in dict.fromkeys(sha256s):
        asset = keeper.asset(sha256)
        for result in near(keeper, asset) if asset else ():
            found.setdefault((min(result.asset, result.other), max(result.asset, result.other)), result)
    return list(found.values())


def near(keeper: Asked, asset: Asset) -> list[Match]:
    """Every kept asset that matches one that need not be kept itself; its own bytes left out."""
    from provenance import match

    candidates = {
        other
        for algorithm, value in match.probes(asset)
        for other, _, _ in keeper.near(algorithm, value, match.RADII[algorithm])
        if other != asset.sha256
    }
    kept = (keeper.asset(other) for other in sorted(candidates))
    return [found for other in kept if other and (found := match.compare(asset, other))]


def grouping(keeper: Keeper) -> "Grouping":
    """All that is kept, grouped into visuals."""
    from provenance import chain

    group = chain.Grouping(keeper.decisions(), keeper.assessments())
    for stored in keeper.documents():
        group.add(stored, matches_of(keeper, stored.assets.values()))
    return group


def visuals(keeper: Keeper) -> list[Visual]:
    """Every visual, the most reused first."""
    mark, found = keeper.mark(), grouping(keeper).visuals()
    keeper.keep_visuals(found, mark)
    return found


def visuals_with_assets(keeper: Keeper, sha256s: Collection[str]) -> list[Visual]:
    """The visuals that hold one of these assets, the most reused first; all is grouped only where something changed since."""
    kept = keeper.visuals_with_assets(sha256s)
    found = visuals(keeper) if kept is None else kept
    return _ranked(v for v in found if any(m.asset in sha256s for m in v.members))


def visuals_of(keeper: Keeper, keys: Collection[AppearanceKey]) -> list[Visual]:
    """The visuals of these appearances, the most reused first; all is grouped only where something changed since."""
    kept = keeper.visuals_of(keys)
    found = visuals(keeper) if kept is None else kept
    return _ranked(v for v in found if any(AppearanceKey(m.document, m.media) in keys for m in v.members))


def _ranked(found: Iterable[Visual]) -> list[Visual]:
    return sorted(found, key=lambda v: (-v.documents, -v.outlets, -len(v.members), v.id))


def failure(error: SourceError) -> tuple[str, str, str]:
    """What to keep of a source that failed: the message that names it, when (UTC), and the kind of failure."""
    return error.message, datetime.now(UTC).isoformat(timespec="seconds"), type(error).__name__
