"""Who cites what was not there yet: said only where both times decide it, and told as not checked elsewhere."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from chain_pages import Page, agency
from hypothesis import given
from hypothesis import strategies as st

from provenance.chain import Grouping
from provenance.chain.instants import is_after, moments
from provenance.records import CitingTime, Post, StoredDocument


def dated(page: Page, published: str | None, **facts: Any) -> StoredDocument:
    made = page.stored()
    precision = None if published is None else "second" if "T" in published else "day" if len(published) == 10 else "month"
    known = replace(made.document.document, published=published, published_precision=precision, **facts)
    return replace(made, document=replace(made.document, document=known))


def times(*stored: StoredDocument) -> list[CitingTime]:
    group = Grouping()
    for made in stored:
        group.add(made)
    (visual,) = group.visuals()
    bodies = {s.id: s.document.text for s in stored}
    assert all(bodies[s.document][s.start : s.end] == s.text for t in visual.citing_times for s in t.spans)
    return list(visual.citing_times)


def pair(citing: str | None, cited: str | None, **facts: Any) -> CitingTime:
    """A page that names the wire, whose own page is at hand."""
    first = Page("s", "The bridge fell.", sequence=1, outlet="Norvik Wire").medium(
        role="lead", credit="Orla Quist", credit_parties=("Orla Quist",)
    )
    other = Page("c", "The bridge fell, says Norvik Wire.", sequence=2, outlet="The River Post").medium(role="lead")
    other.cites(agency("Norvik Wire"), "says Norvik Wire", "credits")
    first.assets["m1"] = other.assets["m1"] = "a" * 64
    (found,) = times(dated(first, cited), dated(other, citing, **facts))
    return found


@pytest.mark.parametrize(
    ("citing", "cited", "result"),
    [
        ("2031-05-05T10:00:00Z", "2031-05-05T09:59:59Z", "in-order"),
        ("2031-05-05T10:00:00Z", "2031-05-05T10:00:01Z", "impossible"),
        ("2031-05-05T10:10:00-04:00", "2031-05-05T18:25:00+02:00", "impossible"),
        ("2031-05-05T10:10:00", "2031-05-05T18:25:00", "not-checked"),
        ("2031-05-05", "2031-05-05", "not-checked"),
        ("2031-05-05", "2031-05-06", "not-checked"),
        ("2031-05-05", "2031-05-09", "impossible"),
        ("2031-05-09", "2031-05-05", "in-order"),
        ("2031-05", "2031-09-09", "not-checked"),
        (None, "2031-05-05", "not-checked"),
        ("2031-05-05", None, "not-checked"),
    ],
)
def test_only_times_that_decide_it_are_believed(citing: str | None, cited: str | None, result: str) -> None:
    """With zones to the second, without zones to more than a day; what is rougher is not checked."""
    found = pair(citing, cited)
    assert (found.result, found.document, found.cited) == (result, "c", "Norvik Wire")
    assert found.why.endswith(".")


def test_a_document_that_was_changed_later_is_not_blamed() -> None:
    """It may have come to cite the other when it was changed; where the other is later still, it cannot have."""
    assert pair("2031-05-05T10:00:00Z", "2031-05-05T12:00:00Z", modified="2031-05-05T13:00:00Z").result == "not-checked"
    assert pair("2031-05-05T10:00:00Z", "2031-05-05T12:00:00Z", modified="2031-05-05T11:00:00Z").result == "impossible"


def test_one_page_that_was_there_before_is_enough() -> None:
    """Of a source with several pages at hand, the earliest decides."""
    pages = [
        dated(Page(f"s{n}", f"The bridge fell {n}.", sequence=n, outlet="Norvik Wire").medium(role="lead"), d)
        for n, d in ((1, "2031-05-09"), (2, "2031-05-01"))
    ]
    other = Page("c", "The bridge fell, says Norvik Wire.", sequence=3, outlet="The River Post").medium(role="lead")
    other.cites(agency("Norvik Wire"), "says Norvik Wire", "credits")
    pages = [replace(p, assets={"m1": "a" * 64}) for p in (*pages, dated(other, "2031-05-05"))]
    (found,) = [t for t in times(*pages) if t.document == "c"]
    assert (found.result, found.documents) == ("in-order", ("s1", "s2"))


def test_a_post_from_after_the_page_that_carries_it() -> None:
    """An embedded post that is later than its page, with the post's words."""
    page = Page("c", "The bridge fell. It is gone! — @ferry_watch").medium(role="embedded-post", post="p1")
    page.posts.append(
        Post(
            id="p1",
            platform="x",
            handle="ferry_watch",
            date="2031-05-07T08:00:00Z",
            embedding="embedded",
            media=("m1",),
            span=page.span("It is gone!"),
        )
    )
    (found,) = times(dated(page, "2031-05-05T10:00:00Z"))
    assert (found.result, found.cited_at, [s.text for s in found.spans]) == (
        "impossible",
        "2031-05-07T08:00:00Z",
        ["It is gone!"],
    )
    (fine,) = times(dated(page, "2031-05-08T10:00:00Z"))
    assert fine.result == "in-order"


def test_a_day_of_the_visual_that_lies_ahead_of_the_page() -> None:
    """A picture cannot have been posted days after the page that says so; days in order are not listed."""
    page = Page("c", "The picture was posted on 9 May.").medium("picture", role="lead", dates=[("2031-05-09", "posted", "9 May")])
    (found,) = times(dated(page, "2031-05-05"))
    assert (found.result, [s.text for s in found.spans]) == ("impossible", ["9 May"])
    assert times(dated(page, "2031-05-20")) == []


MOMENTS = st.datetimes(datetime(1999, 1, 1), datetime(2090, 1, 1))  # noqa: DTZ001 - as printed, without a zone


@given(MOMENTS, MOMENTS, st.integers(-12, 14), st.integers(-12, 14))
def test_what_is_called_later_is_later_by_any_clock(left: datetime, right: datetime, east: int, west: int) -> None:
    """Days and times without a zone are called later, or not, only where that holds whatever their zones were."""
    real = [(m - timedelta(hours=h)).replace(tzinfo=UTC) for m, h in ((left, east), (right, west))]
    for form in ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"):
        said = is_after(moments(left.strftime(form)), moments(right.strftime(form)))
        if said is True:
            assert real[0] > real[1]
        if said is False:
            assert real[0] <= real[1]


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_none(text: str) -> None:
    """What is no date is no time, and never an error."""
    found = moments(text)
    assert found is None or found[0] < found[1] or found[0] == found[1]


@pytest.mark.parametrize(
    "value", ["2031-02-30", "0001-01-01", "9999-12-31", "--05-04", "2031-05", "2031", "2031-05-05T25:00:00Z"]
)
def test_the_ends_of_the_calendar(value: str) -> None:
    """No day without its year, no thirtieth of February, no overflow."""
    assert moments(value) is None
