"""Whether a name that no list knows reads as that of an outlet."""

import re
import tomllib
from functools import cache
from importlib.resources import files

MOST_WORDS = 6


def is_masthead(name: str) -> bool:
    """Whether a name of a few words begins or ends with a word of newspapers, as "Tarnside Ledger"; one word does not tell."""
    words = re.findall(r"[\w’']+", name)
    return 1 < len(words) <= MOST_WORDS and (words[0] in _words() or words[-1] in _words())


def has_article(name: str) -> bool:
    """Whether a name begins with an article, as no person's does."""
    first = name.split(" ", maxsplit=1)[0]
    return first in _articles() and " " in name


@cache
def _words() -> frozenset[str]:
    return frozenset(_data()["words"])


@cache
def _articles() -> frozenset[str]:
    return frozenset(_data()["articles"])


def _data() -> dict[str, list[str]]:
    return tomllib.loads((files("provenance.attribute") / "data" / "mastheads.toml").read_text("utf-8"))
