"""Watching addresses: feeds, site maps, channels, pages."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.commands.opening import record
from provenance.commands.options import AsJson, Blobs, Db, IgnoreRobots, Who, who_is
from provenance.commands.screen import complain, emit, show_tables, told, tracked
from provenance.errors import ExitCode, StoreBusy, UsageError

if TYPE_CHECKING:
    from provenance.records import Watch, WatchEvent, WatchRun
    from provenance.watch import Means
    from store import Store

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
Named = Annotated[list[str] | None, typer.Argument(metavar="[WATCH]...", help="Ids or addresses; default: all.")]
Reason = Annotated[str, typer.Option("--why", help="The reason, kept with it.")]


def add(
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="A feed, a site map, a t.me channel, or a page.")],
    from_now: Annotated[bool, typer.Option("--from-now", help="Pass over what is listed at the first run.")] = False,
    why: Reason = "",
    who: Who = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Watch addresses from now on.

    Nothing is fetched yet: `provenance watch run` does.

    Example: provenance watch add https://t.me/s/some_channel https://news.example/feed.xml
    """
    from provenance import watch

    targets = [watch.target(url) for url in urls]
    with record(db, blobs) as keeper:
        for target in targets:
            kept, new = keeper.watching.add(target, who=who_is(who), why=why, from_now=from_now)
            emit(kept, new=new) if as_json else print(f"{kept.id} {'watches' if new else 'watches already'} {kept.url}")
    return ExitCode.DONE


def list_(
    named: Named = None,
    removed: Annotated[bool, typer.Option("--removed", help="Those that were removed, too.")] = False,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """List the watches, or all that some of them saw.

    Example: provenance watch list
    """
    from provenance.report import watched

    with record(db, blobs, read_only=True) as keeper:
        log = keeper.watching
        found = [
            w for w in log.watches() if (named and {w.id, w.url} & {*named}) or (not named and (removed or not w.removed_at))
        ]
        for name in named or ():
            if not any(name in (w.id, w.url) for w in found):
                log.watch(name)
        runs = {w.id: log.runs(w.id, 1) for w in found}
        events = [event for w in found for event in log.events(w.id)] if named else []
    if as_json:
        for kept in (*found, *events):
            emit(kept)
    else:
        show_tables(watched.watches(found, runs), *([watched.events("What they saw", events)] if named else []))
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


def remove(
    named: Annotated[list[str], typer.Argument(metavar="WATCH...", help="Ids or addresses.")],
    why: Reason = "",
    who: Who = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Watch addresses no more; what was seen stays on record.

    Example: provenance watch remove https://news.example/feed.xml --why "the site closed"
    """
    with record(db, blobs) as keeper:
        for name in named:
            gone = keeper.watching.remove(name, who=who_is(who), why=why)
            emit(gone) if as_json else print(f"{gone.id} watches {gone.url} no more")
    return ExitCode.DONE


def run(
    named: Named = None,
    every: Annotated[str | None, typer.Option(metavar="TIME", help="Go on, asking each so often: 15m, 2h, 1d.")] = None,
    max_: Annotated[int, typer.Option("--max", min=1, help="The most entries fetched of each; others wait.")] = 50,
    media: Annotated[bool, typer.Option("--media", help="Fetch the embedded pictures too.")] = False,
    ignore_robots: IgnoreRobots = False,
    who: Who = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Ask the watched addresses what is new.

    Told are entries that appeared, changed or vanished, and known visuals that turned up in an outlet new to them. Exit code 1:
    nothing of this. The first Ctrl-C stops after the entry at hand.

    Example: provenance watch run
    """
    from provenance import intake
    from provenance.watch import Means

    seconds = _seconds(every) if every else None
    under = intake.limits(robots=not ignore_robots)
    with record(db, blobs) as keeper, _stopping() as stop:
        fetch = intake.fetcher(under) if media else None
        means = Means(keeper=keeper, ask=intake.asker(under), who=who_is(who), fetch=fetch, most=max_, stop=stop.is_set)
        wanted = _wanted(keeper, named)
        turn = wanted() if seconds is None else _loop(keeper, wanted, seconds, stop)
        code = _ran(turn, means, as_json=as_json)
    return ExitCode.INTERRUPTED if stop.is_set() else code


def _wanted(keeper: "Store", named: list[str] | None) -> "Callable[[], list[Watch]]":
    """The watches to ask, read anew each time; those that are named must be there."""
    idents = {keeper.watching.watch(name).id for name in named or ()}
    return lambda: [w for w in keeper.watching.watches() if w.removed_at is None and (not idents or w.id in idents)]


def _loop(keeper: "Store", wanted: "Callable[[], list[Watch]]", every: timedelta, stop: threading.Event) -> "Iterator[Watch]":
    from provenance.watch import due_at, rounds

    return rounds(wanted, lambda watch: due_at(keeper.watching.runs(watch.id), every), stop.wait)


def _ran(watches: "list[Watch] | Iterator[Watch]", means: "Means", *, as_json: bool) -> ExitCode:
    news = failed = 0
    for watch in watches:
        if means.stop():
            break
        try:
            run = _asked(watch, means, as_json=as_json)
        except StoreBusy as error:
            told(error)
            failed += 1
            continue
        news, failed = news + run.news, failed + run.failed + (run.result == "failed")
    if failed:
        return ExitCode.FAILED_PARTLY
    return ExitCode.DONE if news else ExitCode.NOTHING_FOUND


def _asked(watch: "Watch", means: "Means", *, as_json: bool) -> "WatchRun":
    """One run of one watch; for programs each event at once, for people one table."""
    from provenance.records import WatchRun
    from provenance.report import watched
    from provenance.watch import once

    events: list[WatchEvent] = []
    for item in tracked(once(watch, means), f"{watch.id}, seen:"):
        if as_json:
            emit(item)
        if isinstance(item, WatchRun):
            run = item
        else:
            events.append(item)
    if not as_json:
        show_tables(watched.ran(watch, run, events))
    for line in (*run.warnings, *([run.why] if run.result == "failed" else [])):
        complain(f"{watch.id}: {line}")
    return run


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """An event that Ctrl-C or SIGTERM sets; the second one interrupts at once."""
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _seconds(text: str) -> timedelta:
    """A time such as 15m.

    Raises:
        UsageError: it is none, or none that makes sense.
    """
    number, unit = text[:-1], text[-1:].lower()
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) * _UNITS.get(unit, 0) <= 366 * _UNITS["d"]):
        raise UsageError(f"--every {text}: no time", "give a number and s, m, h or d, as 15m")
    return timedelta(seconds=int(number) * _UNITS[unit])
