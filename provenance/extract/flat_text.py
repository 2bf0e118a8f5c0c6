"""Lines, sentences and words of a flattened page, always as offsets into the text as given; and the word lists."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from provenance.records import Span

Range: TypeAlias = tuple[int, int]

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"”’»')\]]*+(?=\s|$)|(?<![。！？।؟])[。！？।؟]++[」』”’）)]*+")
_LAST_WORD = re.compile(r"[^\s(\[“\"]+$")
_SHORT = 4
"""Words up to this length with a capital and a full stop may be shortened forms: "Oct.", "Mr.", "St."."""


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text on one line, without the blanks around it; `gap` tells that a blank line stands before it."""

    start: int
    end: int
    text: str
    gap: bool


def lines(text: str) -> tuple[Line, ...]:
    """The lines of a text that hold more than blanks, in order."""
    found: list[Line] = []
    previous = 0
    for match in _LINE.finditer(text):
        start, end = trim(text, match.start(), match.end())
        if start < end:
            found.append(Line(start, end, text[start:end], not found or _breaks(text[previous:start]) > 1))
            previous = end
    return tuple(found)


def _breaks(between: str) -> int:
    return between.replace("\r\n", "\n").replace("\r", "\n").count("\n")


def trim(text: str, start: int, end: int, edge: str = "") -> Range:
    """The range without white space, and without the signs of `edge`, at both ends."""
    while start < end and (text[start].isspace() or text[start] in edge):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in edge):
        end -= 1
    return start, end


def span(text: str, where: Range) -> Span:
    """The exact slice as a record."""
    return Span(where[0], where[1], text[where[0] : where[1]])


def sentences(text: str) -> list[Range]:
    """The sentences of one line; a shortened word or an initial does not end one."""
    found, start = [], 0
    for match in _STOP.finditer(text):
        if _ends(text, start, match):
            found.append(trim(text, start, match.end()))
            start = match.end()
    if text[start:].strip():
        found.append(trim(text, start, len(text)))
    return [(a, b) for a, b in found if a < b]


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    if stop[0] != "." or stop.end() == len(text):
        return not text[stop.end() :].lstrip()[:1].islower()
    word = _LAST_WORD.search(text, max(start, stop.start() - 40), stop.start())
    last = word[0] if word else ""
    shortened = len(last) <= _SHORT and last[:1].isupper() and last.isalpha() and not (last.isupper() and len(last) > 1)
    following = text[stop.end() :].lstrip()[:1]
    return not shortened and "." not in last and not following.islower()


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, in any script; quotation marks and brackets behind the stop count."""
    bare = text.rstrip().rstrip("\"”’»'）)」』]")
    return bare.endswith((".", "!", "?", "…", "。", "！", "？", "।", "؟", "۔", "．"))


@cache
def table(name: str) -> dict[str, Any]:
    """A data file of this package, read once."""
    return tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text("utf-8"))


def words(part: Any) -> Iterator[str]:
    """Every string in a part of a data file, whatever its nesting."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from words(value)
    else:
        for value in part:
            yield from words(value)


def any_of(strings: Iterable[str]) -> str:
    """A pattern that matches any of the strings, the longest first; a blank stands for any run of blanks."""
    ordered = sorted(set(strings), key=lambda s: (-len(s), s))
    return "|".join(re.escape(s).replace(r"\ ", r"\s{1,3}") for s in ordered)


def fold(text: str) -> str:
    """Text for look-up: case folded, one kind of apostrophe, single blanks."""
    return " ".join(text.casefold().replace("’", "'").split())
