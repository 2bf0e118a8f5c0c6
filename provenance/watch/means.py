"""What a run of a watch works with: the store, the way to the web, and how much may be asked."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from provenance import pipeline
from provenance.media import FetchMany
from provenance.records import Snapshot, StoredDocument, Unchanged, Validators, WatchEvent, WatchRun

Ask: TypeAlias = Callable[[str, Validators | None], Snapshot | Unchanged]
"""From an address and what is known of its bytes to its bytes now, or that they have not changed; raises SourceError."""


class WatchLog(Protocol):
    """What is asked of a store's watches."""

    def add_event(self, event: WatchEvent, *, who: str) -> WatchEvent:
        """Keep what a watch saw; gives it its id and time."""

    def add_run(self, run: WatchRun, *, who: str, listing: Snapshot | None = None) -> WatchRun:
        """Keep that an address was asked, with the bytes of its listing where they are given."""

    def events(self, watch: str) -> list[WatchEvent]:
        """What a watch saw, oldest first."""

    def runs(self, watch: str) -> list[WatchRun]:
        """The newest runs of a watch, newest first."""

    def listings(self, watch: str) -> Iterator[Snapshot]:
        """Its listings that differ, with their bytes, newest first."""

    def first_listing(self, watch: str) -> Snapshot | None:
        """The listing that it began with."""

    def alone(self, watch: str) -> AbstractContextManager[None]:
        """Held while it is asked; raises StoreBusy where another run is at it."""


class WatchKeeper(pipeline.Keeper, Protocol):
    """What a watch asks of a store."""

    @property
    def watching(self) -> WatchLog:
        """The watches."""

    def held(self, url: str) -> Snapshot | None:
        """The newest snapshot that was fetched from an address."""

    def document(self, id_or_prefix: str) -> StoredDocument | None:
        """One document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a run works with.

    Args:
        keeper: the store.
        ask: the way to the web.
        who: the name that the journal keeps.
        fetch: the way to embedded pictures; None where they are not fetched.
        most: the most entries that are asked for in one run; the others wait for the next.
        stop: whether to stop after the entry at hand.
    """

    keeper: WatchKeeper
    ask: Ask
    who: str
    fetch: FetchMany | None = None
    most: int = 50
    stop: Callable[[], bool] = lambda: False
