"""Days that documents state: what they mean next to one another."""

import re
from calendar import month_name
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from provenance.records import DateRole, Precision, StatedDate

SEEN: frozenset[DateRole] = frozenset(["posted", "released", "shared", "published", "captured", "reported"])
"""Roles that say when a visual was already to be seen."""
MADE: frozenset[DateRole] = frozenset(["taken", "shown-event"])
"""Roles that say when it was made."""
_FULL = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_NO_YEAR = re.compile(r"--(\d\d)-(\d\d)")
_MONTH = re.compile(r"\d{4}-\d\d$")
ANY_YEAR = 2000
"""A leap year, so that 29 February is a day."""


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day; `year` is None where the document gives none."""

    year: int | None
    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}" if self.year else f"--{self.month:02d}-{self.day:02d}"

    @property
    def spoken(self) -> str:
        """As in a sentence: "22 May 2031"."""
        name = f"{self.day} {month_name[self.month]}"
        return f"{name} {self.year}" if self.year else name


@lru_cache(maxsize=16_384)
def day_of(value: str | None, precision: Precision | None = "day") -> Day | None:
    """The day of an ISO date or time; None for a month, a year or anything that is no real day."""
    if not value or precision in {"month", "year"}:
        return None
    full, short = _FULL.match(value), _NO_YEAR.fullmatch(value)
    numbers = full.groups() if full else ("0", *short.groups()) if short else None
    if numbers is None:
        return None
    year, month, day = (int(n) for n in numbers)
    return Day(year or None, month, day) if _real(year or 2000, month, day) else None


def apart(left: Day, right: Day) -> int:
    """Signed days from left to right; a missing year is the one that brings the two nearest."""
    if left.year and right.year:
        return _date(right, right.year).toordinal() - _date(left, left.year).toordinal()
    year = left.year or right.year or ANY_YEAR
    gaps = [
        _date(right, right.year or y).toordinal() - _date(left, left.year or year).toordinal() for y in (year, year - 1, year + 1)
    ]
    if right.year:
        gaps = [_date(right, right.year).toordinal() - _date(left, y).toordinal() for y in (year, year - 1, year + 1)]
    return min(gaps, key=abs)


def days_of(dates: Iterable[StatedDate]) -> list[tuple[DateRole, Day, StatedDate]]:
    """The stated dates that are precise to the day."""
    return [(d.role, day, d) for d in dates for day in [day_of(d.value, d.precision)] if day]


def months_of(dates: Iterable[StatedDate]) -> list[tuple[DateRole, str, StatedDate]]:
    """The stated dates that are precise to the month, as "YYYY-MM"."""
    return [(d.role, d.value[:7], d) for d in dates if d.precision == "month" and _MONTH.match(d.value)]


def nearest(left: Iterable[StatedDate], right: Iterable[StatedDate]) -> int | None:
    """The smallest number of days between two statements on when a visual was seen, or made; None when none compare."""
    pairs = [(a, b) for ra, a, _ in days_of(left) for rb, b, _ in days_of(right) if comparable(ra, rb)]
    return min((abs(apart(a, b)) for a, b in pairs), default=None)


def comparable(left: DateRole, right: DateRole) -> bool:
    """Whether two roles speak of the same kind of time."""
    return any(left in group and right in group for group in (SEEN, MADE))


def _real(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _date(day: Day, year: int) -> date:
    return date(year, day.month, day.day if _real(year, day.month, day.day) else day.day - 1)
