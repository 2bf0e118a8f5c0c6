"""Tables of watches and of what they saw."""

from collections.abc import Callable

from provenance.records import DocumentChange, Watch, WatchEvent, WatchRun
from provenance.report import Table, watched
from provenance.report.text import terminal_safe

AT = "2031-05-09T15:00:00Z"
FEED = Watch(id="w1", url="https://echo.example/feed.xml", kind="feed", who="Ines", added_at="2031-05-01T08:00:00Z")
CHANNEL = Watch(id="w2", url="https://t.me/s/orrin_live", kind="channel", who="Ines", added_at="2031-05-02T08:00:00Z")
PAST = Watch(
    id="w3",
    url="https://gone.example/",
    who="Ines",
    added_at="2031-05-02T08:00:00Z",
    removed_at="2031-05-03T08:00:00Z",
    removed_by="Okoro",
)
READ = WatchRun(id="r4", watch="w1", started_at=AT, ended_at=AT, result="read", listed=20, news=2, failed=1, waiting=3)
FAILED = WatchRun(id="r5", watch="w2", started_at=AT, ended_at=AT, result="failed", why="t.me answered 502")
EVENTS = [
    WatchEvent(
        id="e1",
        watch="w1",
        at=AT,
        kind="appeared",
        key="k",
        url="https://echo.example/1",
        headline="The weir",
        document="d0123456789",
    ),
    WatchEvent(
        id="e2",
        watch="w1",
        at=AT,
        kind="changed",
        key="k",
        url="https://echo.example/2",
        headline="The dam",
        document="d0123456789",
        changes=(
            DocumentChange(what="headline", before="The weir", after="The dam"),
            DocumentChange(what="text", after="Correction: " + "nobody was hurt. " * 9),
            DocumentChange(what="media-removed", before="https://echo.example/a.jpg", medium="https://echo.example/a.jpg"),
        ),
    ),
    WatchEvent(id="e3", watch="w1", at=AT, kind="vanished", key="k", url="https://echo.example/3", why="it answered 410 Gone"),
    WatchEvent(id="e4", watch="w1", at=AT, kind="not-checked", key="k", url="https://echo.example/4", why="it answered 503"),
    WatchEvent(
        id="e5",
        watch="w1",
        at=AT,
        kind="reused",
        key="v-0123456789ab",
        url="https://lamp.example/1",
        headline="A photograph",
        document="d9876543210",
        visual="v-0123456789ab",
        outlet="The Lamp",
        why="carried before by Orrin Echo; same, by bytes: the same file.",
    ),
]


def written(*made: Table) -> str:
    return "\n".join("\n".join([f"# {t.title}", " | ".join(t.columns), *map(" | ".join, t.rows), ""]) for t in made)


def test_the_tables_of_watches(golden: Callable[[str, str], None]) -> None:
    """The list of watches and what a run saw read as approved: what is not checked is never told as gone."""
    quiet = WatchRun(id="r6", watch="w2", started_at=AT, ended_at=AT, result="unchanged")
    made = [
        watched.watches([FEED, CHANNEL, PAST], {"w1": [READ], "w2": [FAILED]}),
        watched.ran(FEED, READ, EVENTS),
        watched.ran(CHANNEL, quiet, []),
        watched.ran(CHANNEL, FAILED, []),
    ]
    golden("watched.txt", written(*made))


def test_hostile_words_do_not_act_on_a_terminal() -> None:
    """A headline, a reason or an address from outside is shown, never obeyed."""
    odd = "esc\x1b[2J \u202e line\nbreak"
    event = WatchEvent(id="e", watch="w", at=AT, kind="failed", key=odd, url=odd, headline=odd, why=odd)
    change = DocumentChange(what="caption", before=odd, after=odd, medium=odd)
    hostile = Watch(id="w", url=odd, who=odd, added_at=AT)
    run = WatchRun(id="r", watch="w", started_at=AT, ended_at=AT, result="failed", why=odd)
    changed = WatchEvent(id="e", watch="w", at=AT, kind="changed", key="k", changes=(change,))
    for table in (watched.ran(hostile, run, [event, changed]), watched.watches([hostile], {"w": [run]})):
        assert table.title == terminal_safe(table.title)
        assert all(cell == terminal_safe(cell) for row in table.rows for cell in row)
