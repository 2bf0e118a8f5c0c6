"""Numbers in words and figures, with what they count, in the languages of `data/quantities.toml`."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from provenance.chain import kinds
from provenance.chain.words import concept_of, fold, lexicon

UNSPACED = frozenset(["ko", "ja", "zh"])
COUNTERS = r"\s?(?:여\s?|余|多)?(?:명|인|人|名|个|個|位|대|台|辆|輛|両|척|隻|艘|架|량)?(?:의|が|的)?\s?"
GAP = r"(?:[ -][^\s\d.,;:!?()]{1,20}){0,2}?[ -]"
BACK_GAP = r"(?:\s[^\s\d.,;:!?()]{1,20}){0,4}?\s"
EVENTS = frozenset(["dead", "injured", "missing", "fled", "held", "aboard"])
"""Units of what happened to people: their word may stand before the number, too."""
NONE_GAP_UNSPACED = r"[^\n。．.,、，!?！？\d]{0,4}?"
"""Signs between "nobody" and what happened to nobody."""
VAGUE: dict[str, tuple[int, int]] = {"dozens": (20, 150), "hundreds": (150, 1500)}
"""What rough words may mean, from the least to the most."""
REACH = 12
"""Signs between a number and its noun where words are not apart."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
SMALLEST = 2
"""A number of things that is worth to compare; "one" is an article in most languages."""
DENIED_WITHIN, DENIED_BEHIND, DENIED_WORDS = 60, 14, 4
"""Code points before and behind a number, and words before it, in which what denies it stands."""
_CLAUSE = re.compile(r"[\n,;:!?。，、；：！？،؛…]|\.\s|\s[–—-]\s")
MONTHS = re.compile(
    r"\s?(?:(?:jan(?:uary|uar|vier|eiro|ner)?|feb(?:ruary|ruar|braio|rero|ruari)?|février|fevereiro|mar(?:ch|s|zo|ço|zec)|märz|apr(?:il|ile)?|abril|avril|"
    r"ma[iy]|maj[ua]?|maggio|mayo|maio|jun[ei]?|juin|junio|junho|giugno|jul[iy]?|juillet|julio|julho|luglio|aug(?:ust|ustus)?|août|agosto|"
    r"sep(?:t|tember|tembre|tiembre)?|setembro|settembre|o[ck]t(?:ober|obre|ubre)?|outubro|ottobre|nov(?:ember|embre|iembre|embro)?|"
    r"dec(?:ember|embrie)?|dez(?:ember|embro)?|dicembre|diciembre|décembre|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|"
    r"ekim|kasım|aralık|январ\w*|феврал\w*|марта?|апрел\w*|ма[йя]|июн\w*|июл\w*|август\w*|сентябр\w*|октябр\w*|ноябр\w*|декабр\w*|"
    r"січн\w*|лют\w*|берез\w*|квіт\w*|трав(?:ень|ня|ні|нем)|черв\w*|лип\w*|серп\w*|верес\w*|жовт\w*|листопад\w*|груд\w*)\b|%|:|h\d)",
    re.IGNORECASE,
)
"""After a number these make it a day, an hour or a share."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: `scope` is "page" or "visual", `slack` how far two numbers of one thing may lie apart."""

    name: str
    scope: str
    slack: float


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something, in `text[start:end]`; `most` where it may be any from `value` up to that: "dozens"."""

    value: float
    start: int
    end: int
    most: float | None = None


@cache
def units() -> tuple[Unit, ...]:
    """All units of the data file."""
    return tuple(Unit(name, table["scope"], table["slack"]) for name, table in _table()["unit"].items())


def find(unit: Unit, text: str, start: int, end: int, language: str) -> Iterator[Quantity]:
    """The quantities of a unit in `text[start:end]`, in its order; `language` is ISO 639-1.

    "No one was injured" is a number, too: none of them; so is "all are unhurt", where no others are counted.
    """
    counted = list(_counted(unit, text, start, end, language))
    yield from counted
    if unit.name == "injured" and not counted and (pattern := _unhurt(language)):
        yield from (Quantity(0.0, *m.span()) for m in pattern.finditer(text, start, end))


def _counted(unit: Unit, text: str, start: int, end: int, language: str) -> Iterator[Quantity]:
    for pattern in _none_of(unit.name, language):
        yield from (Quantity(0.0, *m.span()) for m in pattern.finditer(text, start, end))
    for pattern in _patterns(unit.name, language):
        for match in pattern.finditer(text, start, end):
            value = None if _is_denied(text, match, language) else _value(match["number"], language)
            if value is None or (unit.scope == "page" and FIRST_YEAR <= value <= LAST_YEAR and value == int(value)):
                continue
            if not MONTHS.match(text, match.end("number")):
                yield Quantity(value * _factor(match["times"]), *match.span(), most=_most(match["number"], language))


def of_things(text: str, start: int, end: int, language: str) -> Iterator[tuple[str, Quantity]]:
    """How many of which depicted things `text[start:end]` tells of: ("truck", 40); concepts of `data/concepts.toml`."""
    pattern = _number(language)
    for match in pattern.finditer(text, start, end):
        value = _value(match["number"], language)
        if (
            value is None
            or _is_denied(text, match, language)
            or value < SMALLEST
            or _most(match["number"], language)
            or FIRST_YEAR <= value <= LAST_YEAR
            or MONTHS.match(text, match.end("number"))
        ):
            continue
        found = _thing_beside(text, match.start(), match.end(), end, language)
        if found:
            yield kinds.general(found[0]), Quantity(value * _factor(match["times"]), match.start(), found[1])


def _is_denied(text: str, match: re.Match[str], language: str) -> bool:
    """Whether a number is denied: "no one was injured", "none of the 12 died", "denied that 12 died", "12명이 다치지 않았다".

    A word that denies stands up to four words before the number in one clause, in some languages behind it; "no fewer than 12"
    denies nothing.
    """
    before, behind, bounds = _denials(language)
    number, end = match.start("number"), match.end()
    head = _CLAUSE.split(text[max(0, number - DENIED_WITHIN) : number])[-1]
    if language not in UNSPACED:
        head = " ".join(head.split()[-DENIED_WORDS:])
    if bounds and bounds.search(f"{head} {text[number : number + 1]}"):
        return False
    if before and (before.search(head) or before.search(_between(text, match))):
        return True
    tail = _CLAUSE.split(text[end : end + DENIED_BEHIND])[0]
    return bool(behind and behind.search(tail))


def _between(text: str, match: re.Match[str]) -> str:
    """What stands between a number and what is counted."""
    number, unit = match.span("number"), match.span("unit") if "unit" in match.groupdict() else match.span("number")
    return text[min(number[1], unit[1]) : max(number[0], unit[0])]


@cache
def _denials(language: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None]:
    """Words that deny before a number, behind it, and those that only seem to."""
    groups = (_table()[name].get(language, []) for name in ("denied", "denied_behind", "bounds"))
    before, behind, bounds = (_any_of(forms, language) for forms in groups)
    return before, behind, bounds


@cache
def _unhurt(language: str) -> re.Pattern[str] | None:
    """Words that say that nobody was injured."""
    return _any_of(_table()["unhurt"].get(language, []), language)


def _any_of(forms: list[str], language: str) -> re.Pattern[str] | None:
    body = "|".join(re.escape(f).replace(r"\*", r"\w{0,12}") for f in sorted(forms, key=len, reverse=True))
    edges = ("", "") if language in UNSPACED else (r"(?<!\w)", r"(?!\w)")
    return re.compile(f"{edges[0]}(?:{body}){edges[1]}", re.IGNORECASE) if forms else None


def _thing_beside(text: str, start: int, stop: int, end: int, language: str) -> tuple[str, int] | None:
    things = lexicon()
    if language in ("ja", "zh"):
        around = ((text[stop : min(end, stop + REACH)], stop), (text[max(0, start - REACH) : start], start))
        whole = things.other.whole
        for run, _ in around:
            concept = next((whole[run[a:b]] for a in range(len(run)) for b in range(len(run), a, -1) if run[a:b] in whole), None)
            if concept and _tells(concept):
                return concept, stop
        return None
    words = list(re.finditer(r"[^\W\d_]+", text[stop : min(end, stop + 40)]))[:2]
    before = list(re.finditer(r"[^\W\d_]+", text[max(0, start - 20) : start]))[-1:] if language == "ko" else []
    for word in (*words, *before):
        concept = concept_of(fold(word.group()), language)
        if concept and _tells(concept):
            return concept, stop + word.end() if word in words else stop
    return None


def _tells(concept: str) -> bool:
    return concept not in lexicon().common and concept not in lexicon().nations and "+" not in concept


def _value(written: str, language: str) -> float | None:
    if written[0].isdigit():
        groups = re.fullmatch(r"\d{1,3}(?:[., \u00a0\u202f]\d{3})+", written)
        plain = re.sub(r"\D", "", written) if groups else written.replace(",", ".")
        return float(plain)
    return float(_words(language).get(fold(written), 0)) or None


def _most(written: str, language: str) -> float | None:
    """The largest number that a rough word may mean."""
    return next((float(VAGUE[size][1]) for size in VAGUE if fold(written) in _rough(size, language)), None)


@cache
def _rough(size: str, language: str) -> frozenset[str]:
    return frozenset(fold(form) for form in _table()[size].get(language, []))


def _factor(written: str | None) -> int:
    return next((int(n) for n, forms in _table()["thousands"].items() if written and fold(written) in map(fold, forms)), 1)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("provenance.chain").joinpath("data", "quantities.toml").read_text(encoding="utf-8"))


@cache
def _words(language: str) -> dict[str, int]:
    listed, tens = _table()["numbers"].get(language, []), _table()["tens"].get(language, [])
    found = {fold(form): n for n, forms in enumerate(listed, 1) for form in forms.split("|")}
    found |= {fold(form): n * 10 for n, forms in enumerate(tens, 3) for form in forms.split("|")}
    return found | {form: least for size, (least, _) in VAGUE.items() for form in _rough(size, language)}


@cache
def _figures(language: str) -> str:
    """A number: figures, with or without points between thousands, or a word; then a word that multiplies it."""
    known = [*_table()["numbers"].get(language, []), *_table()["tens"].get(language, [])]
    known += [form for size in VAGUE for form in _table()[size].get(language, [])]
    listed = [f for forms in known for f in forms.split("|") if not f.isdigit()]
    words = "|".join(sorted(map(re.escape, listed), key=len, reverse=True)) or "(?!)"
    times = "|".join(sorted((re.escape(f) for fs in _table()["thousands"].values() for f in fs), key=len, reverse=True))
    digits = r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?!\d)|\d{1,7}(?:[.,]\d{1,2})?(?![\d.,]\d)"
    edge, after = (r"(?<![\w.,:/+-])", r"(?!\w)") if language not in UNSPACED else (r"(?<![\d.,:/+-])", "")
    return rf"{edge}(?P<number>{digits}|(?:{words}){after})(?:\s?(?P<times>{times}){after})?"


@cache
def _number(language: str) -> re.Pattern[str]:
    return re.compile(_figures(language) + (COUNTERS if language in UNSPACED else ""), re.IGNORECASE)


@cache
def _none_of(unit: str, language: str) -> tuple[re.Pattern[str], ...]:
    """What says "nobody" before a word for the dead or injured, or behind it, with none but auxiliary words between."""
    forms = _table()["unit"][unit].get(language)
    if unit not in ("dead", "injured") or not forms:
        return ()
    body = "|".join(re.escape(f).replace(r"\*", r"\w{0,12}") for f in sorted(forms, key=len, reverse=True))
    edges = ("", "") if language in UNSPACED else (r"(?<!\w)", r"(?!\w)")
    found = []
    for table, order in (("nobody", "{nobody}{gap}{body}"), ("nobody_behind", "{body}{gap}{nobody}")):
        words = "|".join(re.escape(f).replace(r"\*", r"\w{0,12}") for f in _table()[table].get(language, []))
        helping = "|".join(map(re.escape, _table()["auxiliary"].get(language, []))) or "(?!)"
        gap = NONE_GAP_UNSPACED if language in UNSPACED else rf"(?:\s(?:{helping})){{0,3}}\s"
        if words:
            body_, nobody = f"{edges[0]}(?:{body}){edges[1]}", f"{edges[0]}(?:{words}){edges[1]}"
            found.append(re.compile(order.format(nobody=nobody, gap=gap, body=body_), re.IGNORECASE))
    return tuple(found)


@cache
def _patterns(unit: str, language: str) -> tuple[re.Pattern[str], ...]:
    table = _table()["unit"][unit]
    forms = table.get(language)
    if not forms:
        return ()
    body = "|".join(re.escape(f).replace(r"\*", r"\w{0,12}") for f in sorted(forms, key=len, reverse=True))
    number, event = _figures(language), unit in EVENTS
    helping = "|".join(map(re.escape, _table()["auxiliary"].get(language, []))) or "(?!)"
    if language in UNSPACED:
        gap = rf"{COUNTERS}[^\n。．.,、，!?！？\d]{{0,{REACH}}}?" if event else COUNTERS
        return (re.compile(rf"{number}{gap}(?P<unit>{body})", re.IGNORECASE),)
    forward = re.compile(rf"{number}(?:{GAP}(?:(?:{helping})[ -]){{0,3}}|[ -]?)(?P<unit>{body})(?!\w)", re.IGNORECASE)
    if not event:
        return (forward,)
    backward = re.compile(rf"(?<!\w)(?P<unit>{body}){BACK_GAP}{number}", re.IGNORECASE)
    return forward, backward
