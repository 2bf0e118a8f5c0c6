"""Who used a visual when, as a small drawing: one row a document, a bar as wide as its date is vague.

A day is drawn as a day and a month as a month, so that precision is never more than was stated. Times without a zone are
drawn as printed. What has no date that can be drawn is listed apart.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from provenance.records import Member, StatedDate, Visual
from provenance.report.index import Index
from provenance.report.layers import published
from provenance.report.text import shorten, visible
from provenance.report.wording import say

LABELS = 250
"""Width of the column of names."""
AXIS = 640
ROW = 24
HEAD = 30
LABEL_COLUMNS = 33
MOST_ROWS = 60
"""Rows that fit two printed pages; the table below the drawing names them all."""
LEAST_SPAN = timedelta(hours=6)
TICKS = 6

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?")
_STEPS = [timedelta(hours=h) for h in (1, 3, 6, 12)] + [
    timedelta(days=d) for d in (1, 2, 7, 14, 30, 91, 182, 365, 730, 1826, 3652, 9131)
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A bar or dot: `kind` is published, or stated for what a document says of the visual's own dates."""

    x: float
    width: float
    kind: str
    title: str
    vague: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One document: its name and its marks."""

    y: float
    label: str
    full: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The drawing, and what could not be drawn.

    `undated` are the documents without a date, `undrawn` what documents say of the visual's dates that
    has no place on an axis (a day without its year), `left_out` how many rows did not fit.
    """

    width: float = 0
    height: float = 0
    rows: tuple[Row, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()
    undated: tuple[str, ...] = ()
    undrawn: tuple[str, ...] = ()
    left_out: int = 0


Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    span: Span
    kind: str
    title: str


def timeline(visual: Visual, index: Index) -> Timeline:
    """The timeline of a visual's documents."""
    members = _by_document(visual)
    events = {document: _events(found, index) for document, found in members.items()}
    dated = sorted((d for d, found in events.items() if found), key=lambda d: (_latest(events[d]), d))
    undated = tuple(d for d in events if not any(event.kind == "published" for event in events[d]))
    apart = Timeline(undated=undated, undrawn=tuple(words for found in members.values() for words in _undrawn(found, index)))
    rows = dated[:MOST_ROWS]
    if not rows:
        return apart
    spans = [event.span for d in rows for event in events[d]]
    whole = _range(spans)
    return replace(
        apart,
        width=LABELS + AXIS + 60,
        height=HEAD + ROW * len(rows) + 8,
        rows=tuple(_row(n, index, d, events[d], whole) for n, d in enumerate(rows)),
        ticks=_ticks(*whole, min(end - start for start, end in spans)),
        left_out=len(dated) - len(rows),
    )


def bounds(value: str | None) -> Span | None:
    """The first and the last moment that an ISO 8601 value can mean; None when it has no year or is no date.

    >>> bounds("2031-05")[1].day
    1
    """
    found = _ISO.fullmatch(value or "")
    if not found:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        if hour is None:
            return _whole(int(year), month and int(month), day and int(day))
        day_, clock = date(int(year), int(month), int(day)), time(int(hour), int(minute), int(second or 0), tzinfo=UTC)
        start = datetime.combine(day_, clock) - _offset(zone)
        return start, start + timedelta(seconds=1 if second else 60)
    except (ValueError, OverflowError):
        return None


def _whole(year: int, month: int | str | None, day: int | str | None) -> Span:
    if day:
        start = datetime(year, int(month or 1), int(day), tzinfo=UTC)
        return start, start + timedelta(days=1)
    if month:
        start = datetime(year, int(month), 1, tzinfo=UTC)
        return start, start + timedelta(days=monthrange(year, int(month))[1])
    return datetime(year, 1, 1, tzinfo=UTC), datetime(year, 12, 31, tzinfo=UTC) + timedelta(days=1)


def _offset(zone: str | None) -> timedelta:
    if zone in {None, "Z"} or not zone:
        return timedelta()
    sign = -1 if zone[0] == "-" else 1
    return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))


def _by_document(visual: Visual) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = {}
    for member in visual.members:
        found.setdefault(member.document, []).append(member)
    return found


def _events(members: list[Member], index: Index) -> list[_Event]:
    ref = index.ref(members[0].document)
    value = members[0].published or (ref.stored.document.document.published if ref.stored else None)
    span = bounds(value)
    events = [_Event(span=span, kind="published", title=f"{ref.name}: published {published(value)}")] if span else []
    stated = [(bounds(date.value), _words(ref.name, date)) for date in _dates(members, index)]
    return events + [_Event(span=span, kind="stated", title=words) for span, words in stated if span]


def _undrawn(members: list[Member], index: Index) -> list[str]:
    ref = index.ref(members[0].document)
    return [_words(f"{ref.number} {ref.name}", date) for date in _dates(members, index) if not bounds(date.value)]


def _dates(members: list[Member], index: Index) -> list[StatedDate]:
    return [date for member in members if (medium := index.medium(member)) for date in medium.stated_dates]


def _words(name: str, stated: StatedDate) -> str:
    return f"{name} says: {say('date_role', stated.role)} {published(stated.value)} (“{visible(stated.span.text)}”)"


def _latest(events: list[_Event]) -> datetime:
    """When the document was out for certain: a vague date sorts by its end."""
    ours = [event for event in events if event.kind == "published"] or events
    return min(event.span[1] for event in ours)


def _range(spans: list[Span]) -> Span:
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    least = max(LEAST_SPAN, min(3 * min(right - left for left, right in spans), timedelta(days=3)))
    pad = max((end - start) * 0.04, (least - (end - start)) / 2)
    try:
        return start - pad, end + pad
    except OverflowError:
        return start, end


def _x(moment: datetime, span: Span) -> float:
    return LABELS + AXIS * ((moment - span[0]) / (span[1] - span[0]))


def _row(number: int, index: Index, document: str, events: list[_Event], span: Span) -> Row:
    ref = index.ref(document)
    name = visible(f"{ref.number} {ref.name}")
    marks = sorted((_mark(event, span) for event in events), key=lambda mark: -mark.width)
    return Row(y=HEAD + number * ROW + ROW / 2, label=shorten(name, LABEL_COLUMNS), full=name, marks=tuple(marks))


def _mark(event: _Event, span: Span) -> Mark:
    wide = event.span[1] - event.span[0] > timedelta(days=1)
    left, right = _x(event.span[0], span), _x(event.span[1], span)
    return Mark(x=left, width=right - left, kind=event.kind, title=visible(event.title), vague=wide)


def _ticks(start: datetime, end: datetime, finest: timedelta) -> tuple[tuple[float, str], ...]:
    """Ticks no finer than the finest date, so that days alone get no hours."""
    fine = min(finest, timedelta(days=1))
    step = next((step for step in _STEPS if (end - start) / step <= TICKS and step >= fine), _STEPS[-1])
    moment = _floor(start, step)
    found: list[tuple[float, str]] = []
    while moment <= end and len(found) < 4 * TICKS:
        if moment >= start:
            found.append((_x(moment, (start, end)), _tick(moment, step)))
        try:
            moment += step
        except OverflowError:
            break
    return tuple(found)


def _floor(moment: datetime, step: timedelta) -> datetime:
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return day.replace(day=1) if step >= timedelta(days=30) else day


def _tick(moment: datetime, step: timedelta) -> str:
    day = f"{moment.day} {moment:%b} {moment.year:04d}"
    return f"{day} {moment:%H:%M}" if step < timedelta(days=1) else day
