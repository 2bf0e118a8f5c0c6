"""Tables of watches and of what they saw."""

from collections.abc import Iterable, Mapping, Sequence

from provenance.records import NEWS, DocumentChange, Watch, WatchEvent, WatchRun
from provenance.report.cells import ID_SHOWN, UNKNOWN, Table, made
from provenance.report.layers import published
from provenance.report.text import shorten
from provenance.report.wording import say

LONGEST = 60
"""Columns of a quotation in a table; `--json` has it whole."""
_COLUMNS = ("when", "what", "which", "told", "document")


def watches(found: Iterable[Watch], runs: Mapping[str, Sequence[WatchRun]]) -> Table:
    """One row a watch, with how it went the last time; `runs` are the newest of each, newest first."""
    rows = [_watch(watch, next(iter(runs.get(watch.id, ())), None)) for watch in found]
    return made("Watches", ("id", "kind", "address", "since", "last asked"), rows)


def events(title: str, found: Iterable[WatchEvent]) -> Table:
    """One row an event."""
    return made(title, _COLUMNS, map(_event, found))


def ran(watch: Watch, run: WatchRun, found: Sequence[WatchEvent]) -> Table:
    """What one run saw, under a title that counts it."""
    kinds = dict.fromkeys(event.kind for event in found)
    counted = [f"{sum(e.kind == kind for e in found)} {say('watch_event', kind)}" for kind in kinds]
    waiting = [f"{run.waiting} wait for the next run"] if run.waiting else []
    none = [] if any(kind in NEWS for kind in kinds) or run.result == "failed" else ["nothing new"]
    how = [] if run.result == "read" else [say("watch_result", run.result)]
    return events(f"{watch.id} {watch.url}: {', '.join([*how, *none, *counted, *waiting])}", found)


def _watch(watch: Watch, last: WatchRun | None) -> tuple[str, ...]:
    asked = f"{published(last.started_at)}: {_went(last)}" if last else "never"
    gone = f"removed {published(watch.removed_at)} by {watch.removed_by}" if watch.removed_at else None
    return (watch.id, watch.kind or UNKNOWN, watch.url, published(watch.added_at), gone or asked)


def _went(run: WatchRun) -> str:
    said = [
        say("watch_result", run.result),
        f"{run.news} new" if run.news else None,
        f"{run.failed} failed" if run.failed else None,
    ]
    return ", ".join(filter(None, [*said, f"{run.waiting} waiting" if run.waiting else None, run.why or None]))


def _event(event: WatchEvent) -> tuple[str, ...]:
    which = " — ".join(filter(None, [shorten(event.headline or "", LONGEST), event.url or event.key]))
    where = [f"in {event.outlet}"] if event.kind == "reused" else []
    told = "; ".join([*where, *map(_change, event.changes), *([event.why] if event.why else [])])
    return (published(event.at), say("watch_event", event.kind), which, told, (event.document or "")[:ID_SHOWN])


def _change(change: DocumentChange) -> str:
    sides = [f"“{shorten(side, LONGEST)}”" if side else "nothing" for side in (change.before, change.after)]
    what = say("document_change", change.what)
    if change.what in ("media-added", "media-removed"):
        return f"{what}: {change.medium}"
    return f"{what}: {sides[0]} → {sides[1]}"
