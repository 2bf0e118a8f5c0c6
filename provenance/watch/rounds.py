"""The loop: each watch is asked when its time has come; one that fails is asked less and less often."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from provenance.records import Watch, WatchRun

_MOST_DOUBLINGS = 10
_LONGEST = timedelta(days=1)


def due_at(runs: Iterable[WatchRun], every: timedelta) -> datetime:
    """When a watch is to be asked again (UTC): after a failure twice as long as before, up to a day.

    Args:
        runs: its newest runs, newest first.
        every: the time between two runs.
    """
    done = list(runs)
    if not done:
        return datetime.min.replace(tzinfo=UTC)
    failures = sum(1 for _ in takewhile(lambda run: run.result == "failed", done))
    wait: timedelta = every * 2 ** min(failures, _MOST_DOUBLINGS)
    started: datetime = datetime.fromisoformat(done[0].started_at)
    return started + max(every, min(wait, _LONGEST))


def rounds(
    watches: Callable[[], list[Watch]],
    due: Callable[[Watch], datetime],
    wait: Callable[[float], bool],
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Watch]:
    """The watches as their time comes, without end, until told to stop while waiting.

    Args:
        watches: those to ask; called each round, so that one added or removed meanwhile counts.
        due: when a watch is to be asked.
        wait: waits for as many seconds, and tells whether to stop.
        clock: the time now, UTC.
    """
    while True:
        ready = [watch for watch in watches() if due(watch) <= clock()]
        for watch in ready:
            if wait(0):
                return
            yield watch
        times = [due(watch) for watch in watches()]
        nap = (min(times) - clock()).total_seconds() if times else _LONGEST.total_seconds()
        if wait(min(max(nap, 0.05), 60.0)):
            return
