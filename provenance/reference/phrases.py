"""Lists of words and phrases in data files, found in texts with their exact places.

A list is a table of languages; a star at the end of a word stands for any ending. Words of scripts without blanks, and of Korean
with its endings, are found inside runs of letters; all others only as whole words, and never as the end of a word with a hyphen.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
LONGEST_ENDING = 6


def pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """The pattern of some phrases, the longest first, without case; a pattern that finds nothing for none."""
    return _pattern(tuple(sorted({f for f in forms if f}, key=lambda f: (-len(f), f))))


@lru_cache(maxsize=512)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    spaced = "|".join(_spaced(f) for f in forms if not UNSPACED.search(f))
    inside = "|".join(re.escape(f.replace("*", "")) for f in forms if UNSPACED.search(f))
    parts = [rf"(?<![\w-])(?:{spaced})(?!\w)" if spaced else "", inside]
    return re.compile("|".join(filter(None, parts)) or r"(?!)", re.IGNORECASE)


def _spaced(form: str) -> str:
    """A phrase whose words may take endings, with any blanks between them."""
    words = (re.escape(w.removesuffix("*")) + (rf"\w{{0,{LONGEST_ENDING}}}" if w.endswith("*") else "") for w in form.split())
    return r"\s+".join(words)
