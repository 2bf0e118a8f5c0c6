"""Machine-readable times: ISO 8601 in its many spellings, RFC 2822, and dates in addresses."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from provenance.extract.flat_dates import dates
from provenance.records import Precision

_CLOCK = re.compile(r"\d{1,2}:\d\d(?P<s>:\d\d)?")
_FRACTION = re.compile(r"[.,]\d{1,9}(?=Z|[+-]|\s|$)")
_ISO = re.compile(
    r"(?P<day>(?:19|20)\d\d-\d\d-\d\d)(?:[T ]\s?(?P<clock>\d\d:\d\d(?::\d\d)?))?\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d{0,2})?$",
    re.IGNORECASE,
)
_IN_PATH = re.compile(
    r"/(?P<y>(?:19|20)\d\d)(?P<sign>[/-]?)(?P<m>0[1-9]|1[0-2])(?P=sign)(?P<d>0[1-9]|[12]\d|3[01])(?=[/_-]|\d{0,6}(?:[/_.-]|$))"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time: in UTC with a "Z" when its zone was stated, else as printed."""

    value: str
    precision: Precision


def moment(text: str, language: str | None = None) -> Moment | None:
    """Read one time.

    Args:
        text: ISO 8601, RFC 2822, or a date as printed in some language.
        language: the page's language, for printed dates.
    """
    text = " ".join(text.split())[:80]
    match = _ISO.match(_FRACTION.sub("", text))
    if match:
        return _iso(match)
    if re.fullmatch(r"(?:19|20)\d{6}", text):
        return moment(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    if re.match(r"[A-Z][a-z]{2}, \d", text) and (found := _mail(text)):
        return found
    stamp = next((s for s in dates(text, language) if s.value), None)
    return Moment(stamp.value, stamp.precision) if stamp and stamp.value else None


def _iso(match: re.Match[str]) -> Moment | None:
    zone = (match["zone"] or "").upper().replace("UTC", "Z").replace("GMT", "Z")
    clock = match["clock"]
    try:
        when = datetime.fromisoformat(match["day"] + (f"T{clock}{zone}" if clock else ""))
        when = when.astimezone(UTC) if when.tzinfo else when
    except (ValueError, OverflowError):
        return None
    if not clock:
        return Moment(match["day"], "day")
    precision: Precision = "second" if len(clock) > len("00:00") else "minute"
    return _shown(when, precision)


def _mail(text: str) -> Moment | None:
    try:
        when = parsedate_to_datetime(text)
        when = when.astimezone(UTC) if when.tzinfo else when
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _shown(when, "second")


def _shown(when: datetime, precision: Precision) -> Moment:
    value = when.replace(tzinfo=None).isoformat(timespec="seconds" if precision == "second" else "minutes")
    return Moment(value + ("Z" if when.tzinfo else ""), precision)


def in_address(url: str) -> Moment | None:
    """The day in the path of an address, as many publishers put it there."""
    match = _IN_PATH.search(url)
    if match is None:
        return None
    try:
        day = datetime(int(match["y"]), int(match["m"]), int(match["d"]), tzinfo=UTC).date()
    except ValueError:
        return None
    return Moment(day.isoformat(), "day")
