"""The rules of watching, each by itself: what is missing, what is a change, when to ask again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import UsageError
from provenance.records import Document, DocumentFacts, Medium, WatchEvent, WatchRun
from provenance.watch import due_at, rounds, target
from provenance.watch.changes import changes
from provenance.watch.known import known
from provenance.watch.listing import Entry, Listing, embed_address, gap, missing

NUMBERS = st.lists(st.integers(1, 40), min_size=1, unique=True)


def listing(kind: str, *keys: object) -> Listing:
    return Listing(kind=kind, entries=tuple(Entry(key=str(key), url=f"https://a.example/{key}") for key in keys))  # type: ignore[arg-type]


@given(NUMBERS, NUMBERS)
def test_of_a_channel_only_what_is_newer_than_the_oldest_shown_is_missing(shown: list[int], had: list[int]) -> None:
    """Older posts scrolled off; what is shown is never missing."""
    expected = sorted(n for n in had if n > min(shown) and n not in shown)
    assert expected == [int(k) for k in missing(listing("channel", *shown), None, frozenset(map(str, had)))]


@given(NUMBERS, st.data())
def test_what_scrolls_off_the_end_of_a_feed_is_not_missing(keys: list[int], data: st.DataObject) -> None:
    """However many new items push in and old ones fall out, nothing is missing; one taken from the middle is."""
    left = data.draw(st.integers(1, len(keys)))
    had = frozenset(map(str, keys))
    now = listing("feed", "new", *keys[:left])
    assert () == missing(now, listing("feed", *keys), had)
    taken = data.draw(st.integers(0, left - 1))
    kept = [key for n, key in enumerate(keys[:left]) if n != taken]
    found = missing(listing("feed", *kept), listing("feed", *keys), had)
    assert found == ((str(keys[taken]),) if taken < left - 1 else ())


def test_a_site_map_does_not_scroll() -> None:
    """What it listed and lists no more is missing, wherever it stood; what was never read is not."""
    assert ("c",) == missing(listing("sitemap", "a"), listing("sitemap", "a", "b", "c"), frozenset("ac"))


def test_a_gap_between_two_looks_at_a_channel_is_told() -> None:
    """Posts may have come and gone where the page begins after the newest that is known."""
    assert () == gap(listing("channel", 8, 9), {"7"})
    assert "between 7 and 12" in gap(listing("channel", 12, 13), {"6", "7"})[0]


def test_addresses_of_channels() -> None:
    """A channel is asked for by its preview, a post by its widget; what is no web address is refused."""
    assert {"https://t.me/s/orrin_live"} == {
        target(f"https://t.me/{form}") for form in ("orrin_live", "s/orrin_live", "orrin_live/")
    }
    assert "https://t.me/orrin_live/12" == target("https://t.me/orrin_live/12")
    assert "https://t.me/orrin_live/12?embed=1&mode=tme" == embed_address("https://t.me/s/orrin_live?q=1", "12")
    with pytest.raises(UsageError, match="no web address"):
        target("file:///etc/passwd")


def document(text: str, *media: Medium) -> Document:
    return Document(source="s", document=DocumentFacts(sha256="0", headline="Weir"), text=text, media=media)


@given(st.lists(st.text("ab \n", max_size=8), max_size=6))
def test_white_space_is_no_change(lines: list[str]) -> None:
    """The same words set differently are the same text."""
    text = "\n".join(lines)
    spaced = "\n\n".join(f"  {line.replace(' ', '   ')} " for line in lines)
    assert () == changes(document(text), document(spaced))


def test_a_token_in_an_address_is_no_new_medium() -> None:
    """A picture is the same under another query; its credit is looked at all the same."""
    one = Medium(id="m1", kind="photo", role="lead", url="https://a.example/w.jpg?t=1", credit="A. Orr")
    two = Medium(id="m1", kind="photo", role="lead", url="https://a.example/w.jpg?t=2", credit="B. Orr")
    assert [("credit", "A. Orr", "B. Orr")] == [
        (c.what, c.before, c.after) for c in changes(document("", one), document("", two))
    ]


def run(result: str) -> WatchRun:
    return WatchRun(id="r", watch="w", started_at="2031-05-09T12:00:00Z", ended_at="", result=result)  # type: ignore[arg-type]


def test_a_failing_address_is_asked_less_and_less_often() -> None:
    """Twice as long after each failure, up to a day; one success ends it."""
    start, every = datetime(2031, 5, 9, 12, tzinfo=UTC), timedelta(minutes=15)
    waits = [due_at([run("failed")] * n + [run("read")], every) - start for n in (0, 1, 2, 3, 50)]
    assert [every, every * 2, every * 4, every * 8, timedelta(days=1)] == waits
    assert due_at([run("read"), run("failed")], every) - start == every
    assert due_at([], every) < start
    assert due_at([run("failed")], timedelta(days=3)) - start == timedelta(days=3)


def test_the_loop_ends_when_told_while_it_waits() -> None:
    """With nothing to ask it waits, and asks nothing after it was told to stop."""
    naps: list[float] = []

    def wait(seconds: float) -> bool:
        naps.append(seconds)
        return len(naps) > 2

    assert [] == list(rounds(list, lambda _: datetime.now(UTC), wait))
    assert 3 == len(naps)


def test_what_is_known_follows_from_the_events() -> None:
    """Gone until it comes back; a failure neither brings an entry back nor takes its document away."""

    def event(kind: str, document: str | None = None) -> WatchEvent:
        return WatchEvent(id="e", watch="w", at="", kind=kind, key="7", document=document)  # type: ignore[arg-type]

    story = [event("appeared", "d1"), event("vanished"), event("not-checked"), event("returned", "d2"), event("failed")]
    states = [known(story[: n + 1])["7"] for n in range(len(story))]
    assert [False, True, True, False, False] == [s.gone for s in states]
    assert ["d1", "d1", "d1", "d2", "d2"] == [s.document for s in states]
    assert [0, 0, 1, 0, 1] == [s.tries for s in states]
