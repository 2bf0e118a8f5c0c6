"""Sentences of a document, to know which words stand together."""

import re
from bisect import bisect_right
from functools import lru_cache

_END = re.compile(r"(?<=[\w\d”\"’)»]{2})[.!?][\"”’»)]?\s+(?=[^\W\d_a-z]|[“\"«(])|[。！？]|\n")
"""A full stop after a word of two letters or more, before a capital; "Oct. 22" and "U.S. officials" do not end here."""
_SHORT = re.compile(
    r"\b(?:[A-Z]|Oct|Nov|Dec|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Gov|Sen|No|St|vs|approx|dpa|ca|bzw)$"
)


@lru_cache(maxsize=256)
def starts(text: str) -> tuple[int, ...]:
    """Where the sentences of a text begin."""
    ends = (m for m in _END.finditer(text) if not _SHORT.search(text, max(0, m.start() - 8), m.start()))
    return (0, *(m.end() for m in ends))


def number(text: str, offset: int) -> int:
    """Which sentence of a text an offset is in, from 0."""
    return bisect_right(starts(text), offset) - 1


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """Start and end of the sentences that a slice lies in, without blanks at the end."""
    begins = starts(text)
    first, last = bisect_right(begins, start) - 1, bisect_right(begins, max(start, end - 1)) - 1
    stop = begins[last + 1] if last + 1 < len(begins) else len(text)
    return begins[first], begins[first] + len(text[begins[first] : stop].rstrip())
