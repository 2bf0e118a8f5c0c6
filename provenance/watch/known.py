"""What a watch knows of its entries, worked out from what it saw: nothing is kept beside the events."""

from collections.abc import Iterable
from dataclasses import dataclass

from provenance.records import WatchEvent, WatchEventKind

MOST_TRIES = 5
"""An entry that could not be had so many times in a row is left alone until the listing says something new of it."""


@dataclass(slots=True)
class Known:
    """One entry: its newest document, whether it is gone, what was last seen of it, how often it could not be had since."""

    key: str
    url: str | None = None
    headline: str | None = None
    document: str | None = None
    digest: str | None = None
    gone: bool = False
    last: WatchEventKind | None = None
    tries: int = 0


def known(events: Iterable[WatchEvent]) -> dict[str, Known]:
    """The entries of a watch by key, as its events, oldest first, leave them."""
    found: dict[str, Known] = {}
    for event in events:
        take(found, event)
    return found


def take(found: dict[str, Known], event: WatchEvent) -> None:
    """Note one more event."""
    if event.kind == "reused":
        return
    entry = found.setdefault(event.key, Known(event.key))
    entry.last = event.kind
    entry.tries = entry.tries + 1 if event.kind in ("failed", "not-checked") else 0
    entry.gone = event.kind == "vanished" or (entry.gone and event.kind in ("failed", "not-checked"))
    entry.url, entry.headline = event.url or entry.url, event.headline or entry.headline
    entry.document, entry.digest = event.document or entry.document, event.digest or entry.digest
