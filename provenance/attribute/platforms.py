"""The social platform that words name, in any language: "a Telegram channel", "엑스 계정", "в соцсети X"."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import cast

from provenance.records import Platform
from provenance.reference.gate import HEAD, gate
from provenance.reference.parties import lowered

LITERAL = re.compile(rf"(?:\(\?<!\\w\))?((?:[^\W_]|[ \u200c]){{1,{HEAD}}})")
"""The first signs of a name in the data file, behind the test for the edge of a word that it may have."""


@lru_cache(maxsize=1024)
def platform_of(text: str) -> Platform | None:
    """The platform that a stretch of text names first; None when it names none."""
    named, x_alone = _patterns()
    if match := named.search(lowered(text)):
        return cast("Platform", match.lastgroup)
    return "x" if "X" in text and x_alone.search(text) else None


@dataclass(frozen=True, slots=True)
class Named:
    """A place in a text, `text[start:end]`, that names a platform."""

    start: int
    end: int
    platform: Platform


@lru_cache(maxsize=1024)
def platforms_in(text: str) -> tuple[Named, ...]:
    """Every platform that a text names, in order."""
    named, x_alone = _patterns()
    found = [Named(m.start(), m.end(), cast("Platform", m.lastgroup)) for m in named.finditer(lowered(text))]
    if "X" not in text:
        return tuple(found)
    found += [Named(m.end() - 1, m.end(), "x") for m in x_alone.finditer(text)]
    return tuple(sorted(found, key=lambda n: n.start))


def only_platform(name: str) -> Platform | None:
    """The platform that a name is and no more: "Telegram", "the X"; None for "Telegram channel Night Watch"."""
    bare = name.strip(" .,;:()[]«»\"'“”").removeprefix("the ")
    if bare == "X":
        return "x"
    return next((n.platform for n in platforms_in(bare) if n.end - n.start == len(bare)), None)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The platforms' names, for text in small letters, and the one-letter name, for text as written."""
    raw = tomllib.loads((files("provenance.attribute") / "data" / "platforms.toml").read_text("utf-8"))
    groups = [f"(?P<{name}>{'|'.join(words)})" for name, words in raw["platforms"].items()]
    start = gate((LITERAL.findall(word)[0] for words in raw["platforms"].values() for word in words), edge="(?<![a-z0-9])")
    after, before = ("|".join(raw["x_alone"][key]) for key in ("after", "before"))
    return (
        re.compile(f"{start}(?:{'|'.join(groups)})(?![a-z0-9])"),
        re.compile(rf"(?<![^\W\u3040-\u9fff\uac00-\ud7af])(?<!@)X(?={after})|(?:\b(?:{before})|/)\s*X(?![\w-])"),
    )
