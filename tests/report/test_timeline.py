"""The timeline: no more exact than what was stated."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.records import Dossier
from provenance.report.index import Index
from provenance.report.timeline import AXIS, LABELS, MOST_ROWS, Timeline, bounds, timeline

MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 -- the zone is given beside


def of(dossier: Dossier, *dates: str | None) -> Timeline:
    """The timeline of one visual whose documents have these dates."""
    visual = dossier.visuals[0]
    members = tuple(dataclasses.replace(visual.members[4], document=f"n{n}", published=date) for n, date in enumerate(dates))
    return timeline(dataclasses.replace(visual, members=members), Index(dossier))


@pytest.mark.parametrize(
    ("value", "start", "length"),
    [
        ("2031", "2031-01-01T00:00", timedelta(days=365)),
        ("2032-02", "2032-02-01T00:00", timedelta(days=29)),
        ("2031-05-04", "2031-05-04T00:00", timedelta(days=1)),
        ("2031-05-04T10:20Z", "2031-05-04T10:20", timedelta(minutes=1)),
        ("2031-05-04T10:20:30Z", "2031-05-04T10:20:30", timedelta(seconds=1)),
        ("2031-05-04T10:20:30.5+03:30", "2031-05-04T06:50:30", timedelta(seconds=1)),
        ("2031-05-04T10:20:30", "2031-05-04T10:20:30", timedelta(seconds=1)),
    ],
)
def test_a_date_is_as_wide_as_it_is_vague(value: str, start: str, length: timedelta) -> None:
    """A year is drawn as a year, a month as a month, a day as a day."""
    expected = datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert bounds(value) == (expected, expected + length)


@pytest.mark.parametrize(
    "value", [None, "", "--05-04", "2031-13-01", "2031-02-30", "2031-05-04T25:00Z", "yesterday", "9999-12-31", "0000"]
)
def test_what_is_no_date_is_not_drawn(value: str | None) -> None:
    """A date without a year, or none at all, has no place on an axis."""
    assert bounds(value) is None


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_none(text: str) -> None:
    """No text breaks the reader."""
    found = bounds(text)
    assert found is None or found[0] < found[1]


@given(MOMENTS)
def test_instants_stand_within_their_bounds(moment: datetime) -> None:
    """An instant written with seconds comes back as that second."""
    whole = moment.replace(microsecond=0)
    found = bounds(f"{whole:%Y-%m-%dT%H:%M:%S}Z".rjust(20, "0"))
    assert found is not None
    assert found[0] == whole


@given(st.lists(MOMENTS.map(lambda m: m.date().isoformat()), min_size=1, max_size=8))
def test_marks_and_ticks_stay_on_the_axis(dossier: Dossier, dates: list[str]) -> None:
    """Whatever the span, from one day to ten thousand years, nothing leaves the drawing and the ticks stay few."""
    found = of(dossier, *dates)
    assert found.rows
    for mark in (mark for row in found.rows for mark in row.marks):
        assert LABELS - 0.01 <= mark.x <= mark.x + mark.width <= LABELS + AXIS + 0.01
    assert all(LABELS <= x <= LABELS + AXIS for x, _ in found.ticks)
    assert len(found.ticks) <= 24


def test_rows_stand_by_when_a_document_was_out_for_certain(dossier: Dossier) -> None:
    """A month sorts by its end, after a day within it."""
    found = of(dossier, "2031-05", "2031-05-20", "2031-05-03T10:00:00Z")
    widths = [row.marks[-1].width for row in found.rows]
    assert widths == sorted(widths)


def test_the_fixture_names_who_is_undated(dossier: Dossier) -> None:
    """Documents without a date are listed apart; dates that a document states of the visual are marks of another kind."""
    found = timeline(dossier.visuals[0], Index(dossier))
    assert found.undated == ("doc5",)
    assert [row.full for row in found.rows] == [
        "D4 telegram:@ferry_watch",
        "D1 The Harbour Ledger",
        "D2 صحيفة المرسى",
        "D3 Вечірній Причал",
    ]
    kinds = [sorted(mark.kind for mark in row.marks) for row in found.rows]
    assert kinds == [["published"], ["published", "stated"], ["published", "stated"], ["published"]]
    assert "says: taken 2031-05-04 (“on 4 May”)" in found.rows[1].marks[0].title


def test_days_alone_get_no_hours(dossier: Dossier) -> None:
    """An axis over days is never marked in hours, which nobody stated."""
    assert not [text for _, text in of(dossier, "2031-05-04").ticks if ":" in text]
    assert [text for _, text in of(dossier, "2031-05-04T10:00:00Z").ticks if ":" in text]


def test_a_stated_day_without_a_year_is_listed(dossier: Dossier) -> None:
    """What has no place on the axis is printed in words, with what is not known."""
    stored = dossier.documents["doc1"]
    medium = stored.document.media[0]
    yearless = dataclasses.replace(medium, stated_dates=(dataclasses.replace(medium.stated_dates[0], value="--05-04"),))
    changed = dataclasses.replace(stored, document=dataclasses.replace(stored.document, media=(yearless,)))
    index = Index(dataclasses.replace(dossier, documents={**dossier.documents, "doc1": changed}))
    assert timeline(dossier.visuals[0], index).undrawn == (
        "D1 The Harbour Ledger says: taken 4 May, year not known (“on 4 May”)",
    )


def test_too_many_rows_are_counted(dossier: Dossier) -> None:
    """What does not fit is counted, not dropped in silence."""
    found = of(dossier, *["2031-05-04"] * (MOST_ROWS + 3))
    assert (len(found.rows), found.left_out) == (MOST_ROWS, 3)


def test_no_date_at_all(dossier: Dossier) -> None:
    """Without any date there is no drawing, only the list."""
    found = of(dossier, None, "--05-04")
    assert not found.rows
    assert found.undated == ("n0", "n1")
