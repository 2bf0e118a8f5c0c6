"""The social platform that words name, in any language: "a Telegram channel", "엑스 계정", "в соцсети X"."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import cast

from provenance.records import Platform
from provenance.reference.gate import HEAD, gate
from provenance.reference.parties import lowered

LITERAL = re.compile(rf"(?:\(\?<!\\w\))?((?:[^\W_]|[ \u200c]){{1,{HEAD}}})")
"""The first signs of a name in the data file, behind the test for the edge of a word that it may have."""
WHOLE = re.compile(r"X(?![\w-])")
BEFORE = 60
"""Characters before a lone X in which the words stand that make it the platform."""


@lru_cache(maxsize=1024)
def platform_of(text: str) -> Platform | None:
    """The platform that a stretch of text names first; None when it names none."""
    if match := _named().search(lowered(text)):
        return cast("Platform", match.lastgroup)
    return "x" if next(_letters(text), None) else None


@dataclass(frozen=True, slots=True)
class Named:
    """A place in a text, `text[start:end]`, that names a platform."""

    start: int
    end: int
    platform: Platform


@lru_cache(maxsize=1024)
def platforms_in(text: str) -> tuple[Named, ...]:
    """Every platform that a text names, in order."""
    found = [Named(m.start(), m.end(), cast("Platform", m.lastgroup)) for m in _named().finditer(lowered(text))]
    letters = list(_letters(text))
    return tuple(sorted([*found, *letters], key=lambda n: n.start) if letters else found)


def only_platform(name: str) -> Platform | None:
    """The platform that a name is and no more: "Telegram", "the X"; None for "Telegram channel Night Watch"."""
    bare = name.strip(" .,;:()[]«»\"'“”").removeprefix("the ")
    if bare == "X":
        return "x"
    return next((n.platform for n in platforms_in(bare) if n.end - n.start == len(bare)), None)


def _letters(text: str) -> Iterator[Named]:
    """Each X that stands alone and for the platform by what is before or behind it."""
    at = text.find("X")
    while at >= 0:
        after, before = _alone()
        if after.match(text, at) or (WHOLE.match(text, at) and before.search(text, max(0, at - BEFORE), at)):
            yield Named(at, at + 1, "x")
        at = text.find("X", at + 1)


@cache
def _listed() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("provenance.attribute") / "data" / "platforms.toml").read_text("utf-8"))


@cache
def _named() -> re.Pattern[str]:
    """The platforms' names, for text in small letters."""
    listed = _listed()["platforms"]
    groups = [f"(?P<{name}>{'|'.join(words)})" for name, words in listed.items()]
    start = gate((LITERAL.findall(word)[0] for words in listed.values() for word in words), edge="(?<![a-z0-9])")
    return re.compile(f"{start}(?:{'|'.join(groups)})(?![a-z0-9])")


@cache
def _alone() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The one-letter name with what may stand behind it, and what may stand before it, for text as written."""
    after, before = ("|".join(_listed()["x_alone"][key]) for key in ("after", "before"))
    own = r"(?<![^\W\u3040-\u9fff\uac00-\ud7af])(?<!@)"
    return re.compile(rf"{own}X(?={after})"), re.compile(rf"(?:\b(?:{before})|/)\s*$")
