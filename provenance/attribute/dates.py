"""Dates that a text states, resolved against the day it was published or posted; never with a guessed year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
class _Form:
    """One way to write a date; `figures` where it has digits, `holds` words of which one is in it, looked for first."""

    pattern: re.Pattern[str]
    kind: str
    figures: bool = True
    holds: tuple[str, ...] = ()


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
    low = lowered(text)
    forms = _forms_in(low, lex.language)
    if not forms:
        return
    part = low[start:end]
    figures = DIGIT.search(part) is not None
    found: list[tuple[re.Match[str], str]] = []
    for form in forms:
        if (figures or not form.figures) and _holds_one(part, form.holds):
            found += [(m, form.kind) for m in form.pattern.finditer(low, start, end)]
    yield from sorted(found, key=lambda f: (f[0].start(), -f[0].end()))


def _holds_one(part: str, words: tuple[str, ...]) -> bool:
    """Whether one of some words stands in a part of a text; none asks for nothing."""
    for word in words:  # a plain loop: this is asked of each form in each sentence
        if word in part:
            return True
    return not words


@lru_cache(maxsize=8)
def _forms_in(low: str, language: str) -> tuple[_Form, ...]:
    """The forms that a whole text can hold, each with those of its words that stand in it: of fifty, a page has three or four.

    Its sentences are then looked through for these alone.
    """
    figures = DIGIT.search(low) is not None
    forms = (form for form in (*_NUMBERS, *_named(language)) if figures or not form.figures)
    held = ((form, tuple(word for word in form.holds if word in low)) for form in forms)
    return tuple(replace(form, holds=words) for form, words in held if words or not form.holds)


_NUMBERS = (
    _Form(CJK_DATE, "numbers", holds=("日", "일")),
    _Form(NUMERIC, "numbers", holds=("19", "20")),
    _Form(NUMERIC_DAY_FIRST, "numbers", holds=("19", "20")),
    _Form(CJK_MONTH, "month of a year", holds=("月", "월")),
)


@lru_cache(maxsize=32)
def _named(language: str) -> tuple[_Form, ...]:
    from provenance.attribute.lexicon import lexicon  # noqa: PLC0415 - the lexicon is looked up by name so that the cache has a plain key

    table = lexicon(language).words.get("dates", {})
    forms: list[_Form] = []
    if months := table.get("months"):
        month = "|".join(f"(?P<m{i}>{m})" for i, m in enumerate(months, 1))
        year = r"(?:,?\s+(?:de\s+)?(?P<y>20\d\d|19\d\d)(?!\d))?"
        named = _literals(months)
        behind = _compile(rf"(?:{month})\.?\s+(?P<d>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d){year}")
        before = _compile(rf"(?P<d>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|º|er|\.)?\s+(?:of\s+|de\s+)?(?:{month})(?!\w){year}")
        forms += [_Form(behind, "month", holds=named), _Form(before, "month", holds=named)]
        stems = "|".join(f"(?P<m{i}>{m})" for i, m in enumerate(table.get("month_stems", ()), 1)) or month
        of_year = _compile(rf"(?:{stems})\.?\s+(?:of\s+|de\s+|del\s+)?(?P<y>20\d\d|19\d\d)(?!\d)")
        forms.append(_Form(of_year, "month of a year", holds=("19", "20")))
    edge = "(?!\\w)" if lexicon(language).spaced else None
    if weekdays := table.get("weekdays"):
        named_days = _compile("|".join(f"(?P<w{i}>{w})" for i, w in enumerate(weekdays)), edge)
        forms.append(_Form(named_days, "weekday", figures=False, holds=_literals(weekdays)))
    forms += [
        _Form(_compile("|".join(table[k]), edge), k, figures=False, holds=_literals(table[k]))
        for k in ("same_day", "yesterday", "today")
        if table.get(k)
    ]
    return tuple(forms)


def _literals(forms: Sequence[str]) -> tuple[str, ...]:
    """The words that some forms begin with, up to the first sign with a meaning in patterns; none where one has no such word."""
    words = [re.split(r"[^\w\s'’-]", word)[0] for form in forms for word in form.split("|")]
    return tuple(dict.fromkeys(words)) if all(words) else ()


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
