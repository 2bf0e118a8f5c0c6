"""Times as documents give them, as the span of moments in UTC that each can mean."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from provenance.records import Precision

Moments = tuple[datetime, datetime]
"""The first and the last moment that a time can mean, in UTC."""
EASTERNMOST, WESTERNMOST = timedelta(hours=14), timedelta(hours=12)
"""Clocks of the world are at most so far before and behind UTC; a time without a zone may be by any of them."""
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?")


@lru_cache(maxsize=16_384)
def moments(value: str | None, precision: Precision | None = None) -> Moments | None:
    """What an ISO 8601 day or time can mean; None for a month, a year, a day without its year, and what is no date.

    Args:
        value: as the records have it: with a zone in UTC, without one as printed.
        precision: how much of the value is known, where it has more digits than that.
    """
    found = _ISO.fullmatch(value or "")
    if not found or precision in {"month", "year"}:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    whole_day = hour is None or precision == "day"
    try:
        start = datetime(int(year), int(month), int(day), tzinfo=UTC)
        if not whole_day:
            start = start.replace(hour=int(hour), minute=int(minute), second=int(second or 0))
        length = timedelta(days=1) if whole_day else timedelta(minutes=0 if second and precision != "minute" else 1)
        return _in_utc(start, start + length, zone if not whole_day else None)
    except (ValueError, OverflowError):
        return None


def _in_utc(start: datetime, end: datetime, zone: str | None) -> Moments:
    if zone is None:
        return start - EASTERNMOST, end + WESTERNMOST
    offset = (
        timedelta() if zone == "Z" else timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])) * (-1 if zone[0] == "-" else 1)
    )
    return start - offset, end - offset


def is_after(left: Moments | None, right: Moments | None) -> bool | None:
    """Whether the one is surely later than the other, or surely not; None where that is not decided."""
    if left is None or right is None:
        return None
    if left[0] > right[1]:
        return True
    return False if left[1] <= right[0] else None


def spoken(value: str | None) -> str:
    """A time for a sentence: "2031-05-05 08:30 UTC", the zone only where it is known."""
    if not value:
        return "an unknown time"
    zone = " UTC" if value.endswith("Z") else ""
    return value.removesuffix("Z").replace("T", " ") + zone
