"""Days that documents state."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.chain.days import apart, comparable, day_of, nearest
from provenance.records import Span, StatedDate


def stated(value: str, role: str) -> StatedDate:
    return StatedDate(value=value, precision="day", role=role, span=Span(0, 1, "x"))  # type: ignore[arg-type]


def test_a_day_without_year_borrows_that_of_the_other() -> None:
    """The words "on 21 May" and 22 May 2031 are one day apart, also over the turn of a year."""
    assert apart(day_of("--05-21"), day_of("2031-05-22")) == 1
    assert apart(day_of("2030-12-31"), day_of("--01-01")) == 1
    assert apart(day_of("--12-31"), day_of("--01-01")) == 1


def test_years_apart_are_apart() -> None:
    """Two full dates are never folded into one year."""
    assert apart(day_of("2014-04-10"), day_of("2025-04-10")) == 4018


@pytest.mark.parametrize("value", ["", "2031", "2031-05", "2031-02-30", "soon", "--13-01", "2031-00-10"])
def test_what_is_no_day_is_none(value: str) -> None:
    """A month, a year and an impossible day are no day."""
    assert day_of(value) is None


def test_a_month_is_not_read_as_its_first_day() -> None:
    """Precision rules: a value of month precision gives no day."""
    assert day_of("2031-05-01", "month") is None


def test_only_times_of_one_kind_compare() -> None:
    """When it was taken says nothing against when it was posted."""
    assert comparable("posted", "captured")
    assert not comparable("taken", "posted")
    assert nearest([stated("2014-04-10", "taken")], [stated("2031-05-22", "posted")]) is None
    assert nearest([stated("2031-05-20", "posted")], [stated("2031-05-22", "captured")]) == 2


def test_a_day_is_spoken_plainly() -> None:
    """Sentences for people carry no ISO forms."""
    assert day_of("2031-05-22").spoken == "22 May 2031"
    assert day_of("--05-21").spoken == "21 May"


days = st.dates().map(lambda d: day_of(d.isoformat()))


@given(days, days)
def test_the_way_back_is_as_long(left, right) -> None:
    """Distances of full dates are signed and symmetric."""
    assert apart(left, right) == -apart(right, left)
