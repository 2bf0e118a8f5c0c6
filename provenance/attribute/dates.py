"""Dates that a text states, resolved against the day it was published or posted; never with a guessed year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from provenance.attribute.lexicon import Lexicon
from provenance.records import Precision, Span
from provenance.reference.parties import lowered

CJK_DATE = re.compile(
    r"(?:(?P<y>20\d\d|19\d\d)\s?[年년][\s]?)?(?:(?P<m>1[0-2]|0?[1-9])\s?[月월][\s]?)?(?P<d>[12]\d|3[01]|0?[1-9])\s?[日일](?!\s?[間간])"
)
NUMERIC = re.compile(r"(?<![\d.])(?P<y>20\d\d|19\d\d)[./-](?P<m>1[0-2]|0?[1-9])[./-](?P<d>[12]\d|3[01]|0?[1-9])(?!\d)")
NUMERIC_DAY_FIRST = re.compile(r"(?<![\d.])(?P<d>[12]\d|3[01]|0?[1-9])[./-](?P<m>1[0-2]|0?[1-9])[./-](?P<y>20\d\d|19\d\d)(?!\d)")
DIGIT = re.compile(r"\d")
CJK_MONTH = re.compile(r"(?P<y>20\d\d|19\d\d)\s?[年년]\s?(?P<m>1[0-2]|0?[1-9])\s?[月월](?!\s?\d)")
WEEK = 7


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day against which "Saturday" and "Oct. 22" are resolved; `basis` names it. `year` may be known without the day."""

    day: date | None
    year: int | None
    basis: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A date as stated at a place: an ISO value, or `--MM-DD` without a year."""

    value: str
    precision: Precision
    span: Span
    basis: str


def stated(text: str, start: int, end: int, lex: Lexicon, anchor: Anchor, last: Stated | None = None) -> list[Stated]:
    """Every date in `text[start:end]`, in order; "the same day" is the date before it, `last` that of earlier sentences."""
    found: list[Stated] = []
    for match, kind in _matches(text, start, end, lex):
        if found and match.start() < found[-1].span.end:
            continue
        value = _value(match, kind, anchor, found[-1] if found else last)
        if value:
            span = Span(match.start(), match.end(), text[match.start() : match.end()])
            found.append(Stated(value[0], "month" if kind == "month of a year" else "day", span, value[1]))
    return found


def _matches(text: str, start: int, end: int, lex: Lexicon) -> Iterator[tuple[re.Match[str], str]]:
    patterns = [
        (CJK_DATE, "numbers"),
        (NUMERIC, "numbers"),
        (NUMERIC_DAY_FIRST, "numbers"),
        (CJK_MONTH, "month of a year"),
        *_named(lex.language),
    ]
    low = lowered(text)
    figures = DIGIT.search(low, start, end) is not None
    wanted = [(p, kind) for p, kind in patterns if figures or kind not in ("numbers", "month", "month of a year")]
    found = [(m, kind) for pattern, kind in wanted for m in pattern.finditer(low, start, end)]
    yield from sorted(found, key=lambda f: (f[0].start(), -f[0].end()))


@lru_cache(maxsize=32)
def _named(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    from provenance.attribute.lexicon import lexicon  # noqa: PLC0415 - the lexicon is looked up by name so that the cache has a plain key

    table = lexicon(language).words.get("dates", {})
    patterns: list[tuple[re.Pattern[str], str]] = []
    if months := table.get("months"):
        month = "|".join(f"(?P<m{i}>{m})" for i, m in enumerate(months, 1))
        year = r"(?:,?\s+(?:de\s+)?(?P<y>20\d\d|19\d\d)(?!\d))?"
        patterns.append((_compile(rf"(?:{month})\.?\s+(?P<d>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d){year}"), "month"))
        patterns.append(
            (_compile(rf"(?P<d>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|º|er|\.)?\s+(?:of\s+|de\s+)?(?:{month})(?!\w){year}"), "month")
        )
        stems = "|".join(f"(?P<m{i}>{m})" for i, m in enumerate(table.get("month_stems", ()), 1)) or month
        patterns.append((_compile(rf"(?:{stems})\.?\s+(?:of\s+|de\s+|del\s+)?(?P<y>20\d\d|19\d\d)(?!\d)"), "month of a year"))
    edge = "(?!\\w)" if lexicon(language).spaced else None
    if weekdays := table.get("weekdays"):
        patterns.append((_compile("|".join(f"(?P<w{i}>{w})" for i, w in enumerate(weekdays)), edge), "weekday"))
    patterns += [(_compile("|".join(table[k]), edge), k) for k in ("same_day", "yesterday", "today") if table.get(k)]
    return tuple(patterns)


def _compile(body: str, tail: str | None = "") -> re.Pattern[str]:
    """A pattern for text in small letters, from a word's start to `tail`; None for languages without blanks."""
    return re.compile(body if tail is None else rf"(?<![\w-])(?:{body}){tail}")


def _value(match: re.Match[str], kind: str, anchor: Anchor, before: Stated | None) -> tuple[str, str] | None:
    if kind == "same_day":
        return (before.value, f"the same day as “{before.span.text}”") if before else None
    if kind in ("yesterday", "today"):
        return _shifted(anchor, -1 if kind == "yesterday" else 0)
    groups = {k: v for k, v in match.groupdict().items() if v}
    if kind == "month of a year":
        number = int(groups["m"]) if "m" in groups else next(int(k[1:]) for k in groups if k[0] == "m")
        return f"{groups['y']}-{number:02}", "stated"
    if kind == "weekday":
        return _weekday(next(int(k[1:]) for k in groups if k[0] == "w"), anchor)
    month = int(groups["m"]) if "m" in groups else next((int(k[1:]) for k in groups if k[0] == "m" and k[1:]), None)
    return _calendar(int(groups["y"]) if "y" in groups else None, month, int(groups["d"]), anchor)


def _shifted(anchor: Anchor, days: int) -> tuple[str, str] | None:
    return ((anchor.day + timedelta(days=days)).isoformat(), anchor.basis) if anchor.day else None


def _weekday(weekday: int, anchor: Anchor) -> tuple[str, str] | None:
    """The latest such weekday on or before the anchor."""
    return _shifted(anchor, -((anchor.day.weekday() - weekday) % WEEK)) if anchor.day else None


def _calendar(year: int | None, month: int | None, day: int, anchor: Anchor) -> tuple[str, str] | None:
    if month is None:
        return _day_alone(day, anchor)
    if year is None and anchor.year is None:
        return (f"--{month:02}-{day:02}", "stated") if _valid(2000, month, day) else None
    known = year or _year_of(month, day, anchor)
    return (f"{known}-{month:02}-{day:02}", "stated" if year else anchor.basis) if _valid(known, month, day) else None


def _year_of(month: int, day: int, anchor: Anchor) -> int:
    """The year in which that day was last before the anchor: "Dec. 30" in January is last year's."""
    year = anchor.year or 1
    if anchor.day and _valid(year, month, day) and date(year, month, day) > anchor.day + timedelta(days=WEEK):
        return year - 1
    return year


def _day_alone(day: int, anchor: Anchor) -> tuple[str, str] | None:
    """A day alone ("21일") is the latest such day on or before the anchor."""
    if anchor.day is None:
        return None
    first = anchor.day.replace(day=1)
    month = first if day <= anchor.day.day else (first - timedelta(days=1)).replace(day=1)
    return (month.replace(day=day).isoformat(), anchor.basis) if _valid(month.year, month.month, day) else None


def _valid(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
