"""The words that say what a visual shows, folded for comparing one description with another."""

import re
import unicodedata

WORD = re.compile(r"[^\W\d_]{3,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
STEM = 5
"""Leading letters kept: "Russia" and "Russian", "flag" and "flags" meet, "mining" and "minister" do not."""
EMPTY = frozenset(
    "the and that with from this these those their its his her for has have had was were are been being which who whom what where when said "
    "says image images photo photos photograph photographs picture pictures video videos footage clip clips screenshot account telegram "
    "twitter facebook post posted shared showing shows show depicts displaying displayed captured claiming capture purporting one two "
    "side reported reports according channel into onto over near into also they them there than then just more some such only after before".split()
)
ALIKE = 0.5
LEAST = 3
"""Two descriptions are of one visual when they share three words and half of the shorter one's."""


def content(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    low = unicodedata.normalize("NFKC", text).casefold()
    return frozenset(w[:STEM] for w in WORD.findall(low) if w not in EMPTY)


def alike(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two sets of words can describe the same thing."""
    shared = len(left & right)
    return shared >= LEAST and shared >= ALIKE * min(len(left), len(right))
