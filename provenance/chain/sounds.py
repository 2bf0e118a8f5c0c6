"""Names in different scripts that sound alike: "Маркес", "マルケス" and "Márquez" are one name to a reader.

Source: anyascii romanises each script; what romanisations differ in (vowels, r and l, b and v, hard and soft letters) is
folded away, and only what is long enough afterwards is compared. Names in one script are compared letter by letter.
"""

import re
from functools import lru_cache

from provenance.chain.words import LAST_LATIN, fold

SHORTEST = 4
"""Consonants that a name must have left: fewer are shared by chance."""
SHORTEST_WORD = 4
SHORTEST_PREFIX = 5
MOST_WORDS = 400
"""Words of one text that are compared: those around a visual, not of a whole book."""
_DIGRAPHS = {"shch": "s", "sch": "s", "tch": "s", "kh": "k", "sh": "s", "ch": "s", "zh": "s", "ts": "s", "ph": "b", "th": "t"}
_ALIKE = str.maketrans("vfpwrzxcqdg", "bbbblsskktk", "aeiouyhj'`’-")
_WORD = re.compile(r"[\u30a1-\u30fa\u30fc]+|[\u3040-\u309f]+|[\u3400-\u9fff]+|(?:(?![\u3040-\u30ff\u3400-\u9fff])[^\W\d_])+")
"""Katakana, hiragana and Han apart, since no blank stands between them."""
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=16_384)
def skeleton(word: str) -> str:
    """The consonants of a word as most scripts would write them."""
    from anyascii import anyascii  # noqa: PLC0415 - only names in two scripts need its tables

    letters = anyascii(word).lower()
    for written, sound in _DIGRAPHS.items():
        letters = letters.replace(written, sound)
    return _DOUBLE.sub(r"\1", letters).translate(_ALIKE)


def words_of(text: str) -> frozenset[str]:
    """The folded words of a text that are long enough to be told apart."""
    return frozenset(w for w in _WORD.findall(fold(text))[:MOST_WORDS] if len(w) >= SHORTEST_WORD)


@lru_cache(maxsize=65_536)
def alike(word: str, other: str) -> bool:
    """Whether two folded words are one name: the same letters in one script, the same sounds in two."""
    if word == other:
        return True
    if _is_mixed(word) or _is_mixed(other):
        return False
    if _script(word) == _script(other):
        short, long = sorted((word, other), key=len)
        return len(short) > SHORTEST_PREFIX and long.startswith(short)
    return _sound_alike(skeleton(word), skeleton(other))


def _script(word: str) -> int:
    """Which script a folded word is of, roughly: Latin, or the block of its first letter."""
    return 0 if word < LAST_LATIN else ord(word[0]) >> 8


def _is_mixed(word: str) -> bool:
    """Whether it has letters of Latin and another script: one of the two stands in for what it looks like."""
    return len({c < LAST_LATIN for c in word}) > 1


def _sound_alike(one: str, other: str) -> bool:
    """The same consonants, where doubled ones are one; or a long name that the other begins with."""
    if one == other and len(one) >= SHORTEST:
        return True
    short, long = sorted((_DOUBLE.sub(r"\1", one), _DOUBLE.sub(r"\1", other)), key=len)
    return len(short) >= SHORTEST and (short == long or (len(short) >= SHORTEST_PREFIX and long.startswith(short)))


def shared(names: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Those of the first that are one name with any of the second."""
    return frozenset(n for n in names if any(alike(n, o) for o in others))
