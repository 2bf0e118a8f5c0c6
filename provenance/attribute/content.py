"""The words that say what a visual shows, folded for comparing one description with another."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

from provenance.attribute.text import SIGNS

LETTER = rf"(?:[^\W\d_]|[{SIGNS}])"
WORD = re.compile(rf"(?={LETTER}{{3}})(?:[^\W\d_]++|[{SIGNS}]++)++|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{{2,}}")
STEM = 5
"""Leading letters kept: "Russia" and "Russian", "flag" and "flags" meet, "mining" and "minister" do not."""
ALIKE = 0.5
LEAST = 3
"""Two descriptions are of one visual when they share three words and half of the shorter one's."""


def content(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    low = unicodedata.normalize("NFKC", text).casefold()
    empty = _empty()
    return frozenset({w[:STEM] for w in WORD.findall(low) if w not in empty})


def alike(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two sets of words can describe the same thing."""
    shared = len(left & right)
    return shared >= LEAST and shared >= ALIKE * min(len(left), len(right))


@cache
def _empty() -> frozenset[str]:
    raw = tomllib.loads((files("provenance.attribute") / "data" / "stopwords.toml").read_text("utf-8"))
    return frozenset(raw["words"])
