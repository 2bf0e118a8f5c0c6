"""The one place that names the order of the steps: acquire, extract, attribute, fingerprint, match, chain.

Functions here take the store as a `Keeper`, so that nothing below the door knows SQL. Each step is imported where its turn
comes: reading an article must not load what hashes pictures.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal, Protocol

from provenance import likeness, media
from provenance.errors import SourceError
from provenance.media import FetchMany
from provenance.records import (
    AppearanceKey,
    Assessment,
    Asset,
    Decision,
    Document,
    Marking,
    Match,
    Snapshot,
    Status,
    StoredDocument,
    Unchanged,
    Visual,
)

if TYPE_CHECKING:
    from provenance.chain import Grouping

_TOGETHER = 8  # documents whose pictures are fetched at the same time
_PICTURES_TOGETHER = 64  # or fewer documents, when they want as many pictures as this: bytes wait in memory


class Asked(Protocol):
    """What a look-up by hash asks of a store."""

    def asset(self, sha256: str) -> Asset | None:
        """One asset by its sha256."""

    def near(
        self, algorithm: str, value_hex: str, radius: int, among: Collection[str] | None = None
    ) -> list[tuple[str, int, int | None]]:
        """(sha256, distance, quality) of the assets within a radius in bits, exactly; with `among`, of these assets only."""

    def known_matches(self, sha256: str, rules: str) -> list[Match] | None:
        """The matches found for a kept asset by these rules; None where they are not remembered."""

    def visuals_with_assets(self, sha256s: Collection[str]) -> list[Visual] | None:
        """The visuals that hold one of these assets, where they were worked out since the last change; else None."""


class Seen(Asked, likeness.Index, Protocol):
    """What a look-up by picture asks of a store."""


class Aside(Protocol):
    """Where pictures lie until their document is kept."""

    def put(self, snapshot: Snapshot) -> None:
        """Lay one aside."""

    def get(self, url: str) -> Snapshot | None:
        """What an interrupted run laid aside of an address."""

    def drop(self, urls: Iterable[str]) -> None:
        """Remove what is kept with its documents now."""


class Keeper(Asked, likeness.Matching, Protocol):
    """What the pipeline asks of a store."""

    @property
    def aside(self) -> Aside:
        """Where pictures lie until their document is kept."""

    def add(  # noqa: PLR0913 - each is a fact of its own
        self,
        document: Document,
        content: bytes,
        *,
        snapshot: Snapshot,
        assets: Mapping[str, tuple[Asset, bytes]],
        no_bytes: Mapping[str, str],
        had: Mapping[str, Snapshot],
        who: str,
    ) -> tuple[StoredDocument, bool]:
        """Keep a document with its bytes; the bool tells whether it was new."""

    def blob(self, sha256: str) -> bytes:
        """The bytes of an asset, hashed again."""

    def assets(self) -> Iterator[Asset]:
        """Every asset, by sha256."""

    def describe(self, asset: Asset, *, who: str) -> None:
        """Keep a new description of an asset that is kept."""

    def media_held(self, document: Document, snapshot: Snapshot) -> Mapping[str, Snapshot | None]:
        """The ids of the media of a document whose bytes are kept, and how these were fetched, without content."""

    def add_check(self, check: Unchanged, *, who: str) -> None:
        """Keep that an address was asked again and has not changed."""

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

    def markings(self) -> list[Marking]:
        """What was marked graphic or not, by other desks and then by our own, each oldest first."""

    def decide(
        self, kind: Literal["link", "unlink"], left: AppearanceKey, right: AppearanceKey, *, who: str, why: str
    ) -> Decision:
        """Keep an analyst's link or unlink."""

    def assess(
        self, visual: str, appearance: AppearanceKey, status: Status, *, who: str, why: str, named: bool = False
    ) -> Assessment:
        """Keep an analyst's verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """One document after it is kept: its assets by medium, and the visual of each medium at this moment.

    `source` is what its bytes were had from this time. `unchanged` tells that its address was asked again and gave what is
    kept already.
    """

    source: str
    stored: StoredDocument
    new: bool
    unchanged: bool = False
    assets: Mapping[str, Asset] = field(default_factory=dict)
    visuals: Mapping[str, str] = field(default_factory=dict)


def documents(snapshot: Snapshot) -> Iterator[Document]:
    """Read every document in a snapshot to the end, in a process of its own that can do little else.

    Raises:
        SourceError: the snapshot cannot be read as what it is.
    """
    from provenance.cage import the_cage

    caged = the_cage()
    yield from caged.documents(snapshot) if caged else read_documents(snapshot)


def read_documents(snapshot: Snapshot) -> Iterator[Document]:
    """Read every document in a snapshot to the end, here: what it embeds, then what its words say.

    Raises:
        SourceError: the snapshot cannot be read as what it is.
    """
    from provenance import attribute, extract

    for page in extract.pages(snapshot):
        read = attribute.read(page)
        yield replace(read, warnings=(*snapshot.findings, *read.warnings)) if snapshot.findings else read


def ingest(
    snapshots: Iterable[Snapshot | SourceError], keeper: Keeper, *, who: str, fetch: FetchMany | None = None
) -> Iterator[Ingested | SourceError]:
    """Keep every document of the snapshots, one transaction each; a source that fails is handed on and the others go on.

    A loose picture that a page of the same run already brought along is not a document of its own. Pictures are fetched
    for a few documents at once, so that several hosts are asked at the same time; what is kept already is not fetched again.
    """
    mark = keeper.mark()  # before the grouping: what others keep meanwhile is not in it
    run = _Run(keeper, grouping(keeper), who, fetch)
    for snapshot in snapshots:
        if isinstance(snapshot, SourceError):
            yield from run.flush()
            yield snapshot
        else:
            yield from run.take(snapshot)
    yield from run.flush()
    keeper.keep_visuals(run.group.visuals(), mark)


@dataclass(slots=True)
class _Run:
    """One run of `ingest`: what waits for its pictures, and the pictures that came with pages."""

    keeper: Keeper
    group: "Grouping"
    who: str
    fetch: FetchMany | None
    waiting: list[media.Looked] = field(default_factory=list)
    brought: set[str] = field(default_factory=set)
    had: dict[str, Snapshot] = field(default_factory=dict)
    sketches: likeness.Sketches = field(init=False)

    def __post_init__(self) -> None:
        self.sketches = likeness.Sketches(self.keeper)

    def take(self, snapshot: Snapshot) -> Iterator[Ingested | SourceError]:
        """Read a snapshot; its documents are kept at once, or wait until a few are there where pictures are fetched."""
        if snapshot.rechecked:
            self.keeper.add_check(snapshot.rechecked, who=self.who)
        if snapshot.media_type.startswith("image/"):
            yield from self.flush()
            if snapshot.sha256 in self.brought:
                return
        try:
            for document in documents(snapshot):
                held = self._held(document, snapshot) if self.fetch else ()
                self.waiting.append(media.look(snapshot, document, held=held, fetching=self.fetch is not None))
                if self.fetch is None or self._enough():
                    yield from self.flush()
        except SourceError as error:
            yield from self.flush()
            yield error

    def _held(self, document: Document, snapshot: Snapshot) -> Collection[str]:
        """The media whose bytes are kept; what was fetched lately is at hand for the other documents of the run, too."""
        held = self.keeper.media_held(document, snapshot)
        for medium in document.media:
            had = held.get(medium.id)
            if had and medium.url and _lately(had):
                self.had.setdefault(medium.url, had)
        return held

    def _enough(self) -> bool:
        return len(self.waiting) >= _TOGETHER or sum(len(looked.wanted) for looked in self.waiting) >= _PICTURES_TOGETHER

    def flush(self) -> Iterator[Ingested]:
        """Keep what waits; interrupted, with the pictures that have come, and the next run fetches the others only."""
        waiting, self.waiting = self.waiting, []
        urls = {url for looked in waiting for url in looked.wanted.values()}
        fetched: dict[str, Snapshot | SourceError] = {}
        try:
            fetched.update(self._pictures(urls))  # one by one
        except KeyboardInterrupt:
            for looked in waiting:
                self._keep(looked, media.gather(looked, fetched))
            self.keeper.aside.drop(fetched)
            raise
        for looked in waiting:
            yield self._keep(looked, media.gather(looked, fetched))
        self.keeper.aside.drop(urls)

    def _pictures(self, urls: set[str]) -> Iterator[tuple[str, Snapshot | SourceError]]:
        """The pictures at these addresses; what was fetched earlier in this run, or in one that was killed, is at hand."""
        missing = set(urls)
        for url in urls:
            if url in self.had:
                found = self._again(self.had[url])
            elif (aside := self.keeper.aside.get(url)) is not None:
                found = aside
            else:
                continue
            missing.remove(url)
            yield url, found
        for url, fetched in self.fetch(missing) if self.fetch and missing else ():
            if isinstance(fetched, Snapshot):
                self.keeper.aside.put(fetched)
            yield url, fetched

    def _again(self, had: Snapshot) -> Snapshot | SourceError:
        """What was fetched before, with its bytes out of the store; the reason, where they had to go since."""
        try:
            return replace(had, content=self.keeper.blob(had.sha256))
        except SourceError as error:
            return error

    def _keep(self, looked: media.Looked, gathered: media.Gathered) -> Ingested:
        self.brought.update(asset.sha256 for asset, _ in gathered.assets.values())
        stored, new = self.keeper.add(
            looked.document,
            looked.snapshot.content,
            snapshot=looked.snapshot,
            assets=gathered.assets,
            no_bytes=gathered.no_bytes,
            had=gathered.had,
            who=self.who,
        )
        for sha256, made in gathered.sketches.items():
            self.sketches.keep(sha256, made)
        self.had.update({looked.wanted[medium]: gathered.had[medium] for medium in gathered.had if medium in gathered.assets})
        visuals = self.group.add(stored, likeness.of_kept(self.keeper, stored.assets.values(), self.sketches))
        known = ((medium, self.keeper.asset(sha256)) for medium, sha256 in stored.assets.items())
        return Ingested(
            source=looked.snapshot.source,
            stored=stored,
            new=new,
            unchanged=looked.snapshot.rechecked is not None,
            assets={medium: asset for medium, asset in known if asset},
            visuals=visuals,
        )


def _lately(had: Snapshot) -> bool:
    """Whether it was fetched within a day; later the address may give something else, which must not pass for the same."""
    return datetime.now(UTC) - datetime.fromisoformat(had.obtained_at) < timedelta(days=1)


def near(keeper: likeness.Index, asset: Asset, content: bytes | None = None) -> list[Match]:
    """Every kept asset that matches one that need not be kept itself; its own bytes left out.

    Args:
        keeper: the store.
        asset: the one asked for.
        content: its bytes, where they are not kept.
    """
    return likeness.near(keeper, asset, likeness.Sketches(keeper), content)


def refingerprint(keeper: Keeper, *, who: str) -> Iterator[tuple[str, bool | SourceError]]:
    """Make the fingerprints of every kept asset anew from its bytes, where this version would make others.

    It may be stopped at any time and goes on where it was. What was found before by other fingerprints is found again.

    Returns:
        For each asset its sha256, and whether it was described anew, or why it could not be.
    """
    from provenance import fingerprint

    for asset in keeper.assets():
        if fingerprint.is_current(asset):
            yield asset.sha256, False
            continue
        try:
            fresh = media.read_asset(keeper.blob(asset.sha256))
            keeper.describe(_described_anew(asset, fresh), who=who)
        except SourceError as error:
            yield asset.sha256, error
        else:
            yield asset.sha256, True


def _described_anew(asset: Asset, fresh: Asset) -> Asset:
    """What was read of an asset now, and what was found on its way here; of what moved, one frame was read once."""
    kept = [finding for finding in asset.findings if not finding.startswith("first of ")]
    return replace(fresh, findings=tuple(dict.fromkeys([*kept, *fresh.findings])))


def grouping(keeper: Keeper) -> "Grouping":
    """All that is kept, grouped into visuals."""
    from provenance import chain

    group = chain.Grouping(keeper.decisions(), keeper.assessments(), keeper.markings())
    sketches = likeness.Sketches(keeper)
    for stored in keeper.documents():
        group.add(stored, likeness.of_kept(keeper, stored.assets.values(), sketches))
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
