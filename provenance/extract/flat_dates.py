"""Dates as pages print them, in many languages: `March 4, 2025, 12:29`, `5 октября 2023 г.`, `2023年10月5日`.

A date that can be read in two ways (05/06/2024 on an English page) or lacks its year has no value.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from provenance.extract.flat_text import any_of, fold, table, words
from provenance.records import Precision

_NUMERIC = re.compile(
    r"(?<![\d.,/:-])(?:(?P<y>(?:19|20)\d\d)\s?[-./年년]\s?(?P<m>\d{1,2})\s?[-./月월]\s?(?P<d>\d{1,2})\s?(?:[日일]|\.|(?![\d/-]))"
    r"|(?P<a>\d{1,2})[-./](?P<b>\d{1,2})[-./](?P<y2>(?:19|20)\d\d)(?![\d/-]))"
)
_NAMED = re.compile(
    r"(?<![\w.])(?:(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?\s{0,2}(?:de |of |del |d'|ה)?"
    r"(?P<m>[^\s\d.,()/:;\"“”]{2,14})\.?,?\s{1,2}(?:de |del |of )?(?P<y>(?:19|20)\d\d)"
    r"|(?P<m2>[^\s\d.,()/:;\"“”]{2,14})\.?\s{1,2}(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s{1,2}(?P<y2>(?:19|20)\d\d)"
    r"|(?P<y5>(?:19|20)\d\d)\.\sgada\s(?P<d5>\d{1,2})\.\s(?P<m5>[^\s\d.,()/:;]{4,12})"
    r"|(?P<d6>\d{1,2})\s(?P<m6>[\u0e00-\u0e7f.]{4,14})\s(?:พ\.ศ\.\s)?(?P<y6>25\d\d)"
    r"|(?P<y3>(?:19|20)\d\d)\.?\s(?:m\.\s)?(?P<m3>[^\s\d.,()/:;\"“”]{2,14})\.?\s(?P<d3>\d{1,2})"
    r"|(?P<d4>\d{1,2})\stháng\s(?P<m4>\d{1,2})(?:,|\snăm)?\s(?P<y4>(?:19|20)\d\d))(?!\d)"
)
_TIME = re.compile(
    r"(?P<pre>am|pm|오전|오후|午前|午後|上午|下午)?\s?(?P<h>\d{1,2})\s?(?::|h|시|時|时|\.(?=\d\d(?:\s?uhr|\s?uur|\b)))\s?(?P<i>\d{2}|\d(?=[분分]))?(?:분|分)?"
    r"(?::(?P<s>\d{2})(?:\.\d{1,9})?)?\s?(?P<post>[ap]\.?m\b\.?)?(?:\s?(?:uhr|uur|Uhr))?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\s{0,2}[(\[]?(?:(?P<name>[A-Za-zА-Яа-я]{1,5})?\s?(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<m>\d{2})?(?!\d)|(?P<only>[A-Za-zА-Яа-я]{1,5})\b)[)\]]?"
)
_BETWEEN = re.compile(
    r"\.?\s{0,2}(?:(?:г\.|р\.|d\.|года|року),?\s)?"
    r"(?:[,|·•T-]|–|—|at|um|om|u|às|à|a las|alle|klo|kl\.?|o|в|о|saat|lúc|,?\s?godz\.|ore|в\s)?\s{0,2}(?:\([^\s()]{1,6}\)\s?)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\d{4}")
"""What every date that is read here holds, in the digits of any script."""
_DIGITS = {ord(zero) + n: str(n) for zero in "٠۰०০๐０" for n in range(10)}
"""Digits of other scripts, one for one, so that offsets stay."""
_WEEK = 8
LAST_MONTH = 12
BUDDHIST = 543
"""Years by which the calendar of Thailand is ahead."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date found at `text[start:end]`; `value` is None where it cannot be known."""

    start: int
    end: int
    value: str | None
    precision: Precision


def dates(text: str, language: str | None = None) -> Iterator[Stamp]:
    """Every date with a year, in order, with the time beside it.

    Args:
        text: one line or a few; offsets are into it.
        language: ISO 639 code of the page; decides a month's name that two languages share, and 05/06/2024.
    """
    text = text if text.isascii() else text.translate(_DIGITS)
    found = [*_numeric(text, language), *_named(text, language)]
    position = 0
    for start, end, day in sorted(found):
        if start >= position:
            stamp = _timed(text, start, end, day)
            position = stamp.end
            yield stamp


def _numeric(text: str, language: str | None) -> Iterator[tuple[int, int, str]]:
    for m in _NUMERIC.finditer(text):
        if m["y"]:
            yield m.start(), m.end(), _iso(int(m["y"]), int(m["m"]), int(m["d"]))
        else:
            order = "de" if "." in m[0] else language
            yield m.start(), m.end(), _by_order(int(m["a"]), int(m["b"]), int(m["y2"]), order)


def _by_order(a: int, b: int, year: int, language: str | None) -> str:
    """Day and month without names: told by their size, else by the language; English prints both orders (not with dots)."""
    if a > LAST_MONTH or (a == b) or (b <= LAST_MONTH and language not in {None, "en"}):
        return _iso(year, b, a)
    return _iso(year, a, b) if b > LAST_MONTH else ""


def _named(text: str, language: str | None) -> Iterator[tuple[int, int, str]]:
    for m in _NAMED.finditer(text):
        day, name, year = next((m[f"d{n}"], m[f"m{n}"], m[f"y{n}"]) for n in ("", 2, 3, 4, 5, 6) if m[f"y{n}"])
        month = int(name) if name.isdigit() else _month(name, language)
        if month:
            yield m.start(), m.end(), _iso(int(year) - (BUDDHIST if m["y6"] else 0), month, int(day))


def _month(name: str, language: str | None) -> int | None:
    found = _months().get(fold(name).rstrip("."), {})
    if language in found:
        return found[language]
    return next(iter(found.values())) if len(set(found.values())) == 1 else None


@cache
def _months() -> dict[str, dict[str, int]]:
    known: dict[str, dict[str, int]] = {}
    for language, names in table("flat_months").items():
        for number, forms in enumerate(names, start=1):
            for form in forms.split():
                known.setdefault(fold(form), {})[language] = number
    return known


def _iso(year: int, month: int, day: int) -> str:
    try:
        return datetime(year, month, day, tzinfo=UTC).date().isoformat()
    except ValueError:
        return ""


def _timed(text: str, start: int, end: int, day: str) -> Stamp:
    """The date with the clock time behind it, or before it."""
    between = _BETWEEN.match(text, end)
    after = _TIME.match(text, between.end() if between else end)
    if after and (clock := _clock(after)):
        shift, stop = _zone(text, after.end())
        return Stamp(start, start + len(text[start:stop].rstrip()), *_joined(day, clock, shift))
    before = re.search(r"(\d{1,2}:\d{2}(?::\d{2})?\s?(?:[ap]m)?)[\s,|·-]{1,3}$", text[max(0, start - 16) : start], re.IGNORECASE)
    clock = _clock(timed) if before and (timed := _TIME.match(before[1])) else None
    if before and clock:
        shift, stop = _zone(text, end)
        return Stamp(max(0, start - 16) + before.start(), stop, *_joined(day, clock, shift))
    return Stamp(start, end, day or None, "day")


def _clock(m: re.Match[str]) -> tuple[int, int, int | None] | None:
    if m["i"] is None and not (m["post"] or m["pre"]):
        return None
    hour, minute, second = int(m["h"]), int(m["i"] or 0), int(m["s"]) if m["s"] else None
    half = fold((m["post"] or m["pre"] or "").replace(".", ""))
    if half in {"pm", "오후", "午後", "下午"} and hour < LAST_MONTH:
        hour += LAST_MONTH
    if half in {"am", "오전", "午前", "上午"} and hour == LAST_MONTH:
        hour = 0
    return (hour, minute, second) if hour < 24 and minute < 60 and (second or 0) < 60 else None  # noqa: PLR2004 -- a clock's own limits


def _zone(text: str, at: int) -> tuple[int | None, int]:
    """Minutes east of UTC, where a zone is printed, and the end of its name."""
    m = _ZONE.match(text, at)
    known = table("flat_stamps")["zones"]
    if not m:
        return None, at
    if m["only"]:
        return (known[fold(m["only"])], m.end()) if fold(m["only"]) in known else (None, at)
    if m["name"] and fold(m["name"]) not in {"gmt", "utc"}:
        return None, at
    minutes = int(m["h"]) * 60 + int(m["m"] or 0)
    return (-minutes if m["sign"] == "-" else minutes, m.end()) if minutes <= 14 * 60 else (None, at)


def _joined(day: str, clock: tuple[int, int, int | None], shift: int | None) -> tuple[str | None, Precision]:
    hour, minute, second = clock
    precision: Precision = "minute" if second is None else "second"
    if not day:
        return None, precision
    moment = datetime.fromisoformat(day).replace(hour=hour, minute=minute, second=second or 0)
    shown = "%Y-%m-%dT%H:%M" if second is None else "%Y-%m-%dT%H:%M:%S"
    if shift is None:
        return moment.strftime(shown), precision
    try:
        utc = moment.replace(tzinfo=timezone(timedelta(minutes=shift))).astimezone(UTC)
    except OverflowError:
        return None, precision
    return utc.strftime(shown) + "Z", precision


@dataclass(frozen=True, slots=True)
class PageTimes:
    """What one line says of the page's own times; `alone` when nothing else of weight stands on it."""

    published: Stamp | None
    modified: Stamp | None
    labelled: bool
    alone: bool


@cache
def _labels() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = table("flat_stamps")
    made = [
        rf"(?<![^\W\d])(?:{any_of(words(data[k]))})\s{{0,2}}[:：]?\s{{0,2}}(?:[^\W\d_]{{2,12}},?\s)?"
        r"(?:\d{1,2}:\d\d(?::\d\d)?\s?(?:[ap]m)?[ ,])?[\s(]{0,2}$"
        for k in ("published", "updated")
    ]
    return (
        re.compile(made[0], re.IGNORECASE),
        re.compile(made[1], re.IGNORECASE),
        re.compile(rf"\s?(?:{any_of(words(data['after']))})"),
    )


def page_times(line: str, language: str | None = None) -> PageTimes | None:
    """The times of publication and change that a line states, or None where it states none.

    A line counts when the date is labelled, or when hardly anything else stands on it.
    """
    if len(line) > 300 or not _YEAR.search(line):  # noqa: PLR2004 -- stamps are short
        return None
    published, modified, labelled, rest = None, None, False, line
    for stamp in dates(line, language):
        kind = _label_of(line, stamp)
        labelled = labelled or kind != ""
        rest = rest.replace(line[stamp.start : stamp.end], " ", 1)
        if kind == "updated":
            modified = modified or stamp
        elif kind or not published:
            published = published or stamp
    if not (published or modified):
        return None
    timed = any(s and s.precision != "day" for s in (published, modified))
    return PageTimes(
        published, modified, labelled, _is_bare(rest) or (timed and len(rest.split()) <= _WEEK and len(rest) <= 6 * _WEEK)
    )


def _label_of(line: str, stamp: Stamp) -> str:
    before, after = line[max(0, stamp.start - 48) : stamp.start], line[stamp.end : stamp.end + 8]
    published, updated, behind = _labels()
    if updated.search(before):
        return "updated"
    return "published" if published.search(before) or behind.match(after) else ""


def _is_bare(rest: str) -> bool:
    """Whether what is left of a line without its dates is labels, a weekday and the like."""
    bare = _no_news().sub(" ", fold(rest))
    return sum(len(w) > 1 for w in bare.split()) <= 1 and len(bare.strip()) <= 2 * _WEEK


@cache
def _no_news() -> re.Pattern[str]:
    data = table("flat_stamps")
    known = any_of(fold(w) for key in ("published", "updated", "after") for w in words(data[key]))
    return re.compile(rf"(?<!\w)(?:{known})(?!\w)|[\W\d_]+")
