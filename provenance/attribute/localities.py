"""Places that no list knows, found by the words around their names, as the section `localities` of each language tells."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from provenance.attribute.lexicon import NOTHING, lexicon, section
from provenance.attribute.platforms import platforms_in
from provenance.records import Span
from provenance.reference import parties, places
from provenance.reference.gate import gate, head

CAPITAL = r"[^\W\d_a-zà-öø-ÿа-яіїєґёășțâîąćęłńóśźżăđ][\w'’-]{1,30}"
NAME = rf"(?P<n>{CAPITAL}(?:\s(?:de\s|del\s|la\s|di\s|do\s|da\s)?{CAPITAL}){{0,2}})"
LOWER = r"(?:[a-zà-öø-ÿа-яіїєґёășțâîąćęłńóśźżăđ][\w’'-]{1,20}\s){0,2}"
"""Up to two words in lower case between "near" and the name: "near newly taken Tarn"."""
WORD_EDGE = r"(?<!\w)"

ADJECTIVE = re.compile(r"(?:isch|ische|ischen|ischer|ese|ian|ish|ano|ana|ais|aise|ский|ская|ские|ських|ський|ська)$")
"""Endings of nationalities, which say of whom and not where."""


@dataclass(frozen=True, slots=True)
class _Rules:
    sure: tuple[re.Pattern[str], ...]
    weak: tuple[re.Pattern[str], ...]
    never: frozenset[str]
    taken: re.Pattern[str]
    common: re.Pattern[str]


def named(text: str, start: int, end: int, language: str | None, *, weak: bool = True) -> list[Span]:
    """The places in `text[start:end]` that their surroundings show to be places, in order.

    Args:
        text: the whole text; offsets are its.
        start: where to begin.
        end: where to stop.
        language: ISO 639; languages without rules give nothing.
        weak: also after words that more than places follow ("in").
    """
    rules = _rules((language or "en").split("-")[0])
    if rules is None:
        return []
    patterns = (*rules.sure, *(rules.weak if weak else ()))
    found = sorted({m.span("n") for p in patterns for m in p.finditer(text, start, end)}, key=lambda s: (s[0], -s[1]))
    spans = (_without_genitive(text, a, b) for a, b in _apart(found))
    return [s for s in spans if _is_place(s.text, rules, language)]


def _without_genitive(text: str, start: int, end: int) -> Span:
    end -= 2 if text[end - 2 : end] in ("'s", "’s") else 0
    return Span(start, end, text[start:end])


def _apart(found: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    done = -1
    for start, end in found:
        if start >= done:
            yield start, end
            done = end


def _is_place(name: str, rules: _Rules, language: str | None) -> bool:
    """Whether a name is not that of a platform, a newsroom, a day or a month, nor a nationality."""
    low = name.casefold()
    if low in rules.never or platforms_in(name) or name == "X" or low.split()[0] in rules.never:
        return False
    listed = parties.resolve(name)
    known = places.resolve(name)
    if listed and not known:
        return False
    if known is None and rules.common.search(low):
        return False
    adjective = known is not None and known.kind == "country" and bool(ADJECTIVE.search(low))
    return low not in lexicon(language).calendar and not adjective and not (len(name) <= 5 and name.isupper())  # noqa: PLR2004 - short capitals are acronyms


@cache
def _rules(language: str) -> _Rules | None:
    table = section(language, "localities")
    if table is None:
        return None
    never = frozenset(w.casefold() for w in table.get("not", ()))
    if "unspaced" in table:
        return _Rules(tuple(re.compile(p) for p in table["unspaced"]), (), never, NOTHING, NOTHING)
    taken = re.compile(rf"{_gate(table['taken'])}(?i:{_either(table['taken'])})(?!\w)") if "taken" in table else NOTHING
    return _Rules(tuple(_sure(table)), tuple(_weak(table)), never, taken, re.compile(table.get("common", "(?!)")))


def where_taken(text: str, start: int, end: int, language: str | None) -> tuple[int, int] | None:
    """The part of `text[start:end]` after a word for how a visual was made: "filmed at …"."""
    rules = _rules((language or "en").split("-")[0])
    match = rules.taken.search(text, start, end) if rules else None
    return (match.end(), end) if match else None


def _sure(table: Mapping[str, list[str]]) -> Iterator[re.Pattern[str]]:
    if near := table.get("near"):
        yield re.compile(rf"{_gate(near)}(?i:{_either(near)})\s{LOWER}{NAME}")
    if site := table.get("site"):
        yield re.compile(
            rf"{_gate(site)}(?P<n>(?i:{_either(site)})\s(?:(?:de|del|di|do|da|von)\s(?:la\s)?)?{NAME.replace('?P<n>', '')})"
        )
    if after := table.get("after"):
        yield re.compile(rf"(?<!\w){NAME[:-1]}[\s-](?i:{_either(after)}))(?!\w)")
    if suffix := table.get("suffix"):
        yield re.compile(rf"(?<!\w)(?P<n>{CAPITAL.replace(chr(39), '').replace('’', '')})(?:{_either(suffix)})(?!\w)")


def _weak(table: Mapping[str, list[str]]) -> Iterator[re.Pattern[str]]:
    if words := table.get("in"):
        yield re.compile(rf"{_gate(words)}(?i:{_either(words)})\s{NAME}")


def _gate(words: Iterable[str]) -> str:
    return f"(?i:{gate(map(head, words), edge=WORD_EDGE, ignore_case=True)})"


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\*", r"\w{0,12}") for w in sorted(words, key=len, reverse=True))
