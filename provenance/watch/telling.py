"""What a run tells: each event is kept before it is given, and what is known of the entries moves with it."""

from dataclasses import replace

from provenance.records import NEWS, WatchEvent, WatchEventKind
from provenance.watch.known import Known, known, take
from provenance.watch.means import Means
from provenance.watch.plan import Job

TROUBLE = frozenset({"failed", "not-checked"})
"""The events of what could not be had."""


class Teller:
    """Keeps the events of one run.

    Args:
        watch: the id of the watch.
        means: the store, and who acts.
    """

    def __init__(self, watch: str, means: Means) -> None:
        self._watch, self._means = watch, means
        self.known: dict[str, Known] = known(means.keeper.watching.events(watch))
        self.news = self.failed = 0

    def about(self, job: Job, kind: WatchEventKind, why: str = "") -> WatchEvent:
        """An event of an entry, not kept yet."""
        told = WatchEvent(id="", watch=self._watch, at="", kind=kind, key=job.key, why=why)
        return replace(told, url=job.url, headline=job.headline, digest=job.digest)

    def tell(self, event: WatchEvent) -> WatchEvent:
        """Keep an event."""
        kept = self._means.keeper.watching.add_event(event, who=self._means.who)
        take(self.known, kept)
        self.news += kept.kind in NEWS
        self.failed += kept.kind in TROUBLE
        return kept
