"""Names in different scripts that sound alike: "Маркес", "マルケス" and "Márquez" are one name to a reader.

Source: anyascii romanises each script; what romanisations differ in (vowels, r and l, b and v, hard and soft letters) is
folded away, and only what is long enough afterwards is compared. Names in one script are compared letter by letter.
Hangul has one letter for j and z; Arabic and Hebrew write vowels with the letters of w and y, or not at all. Han has no
sounds of its own: each language reads it in its own way.
"""

import re
from functools import lru_cache
from itertools import islice

from provenance.chain.words import LAST_LATIN, fold

SHORTEST = 4
"""Consonants that a name must have left: fewer are shared by chance."""
SHORTEST_WORD = 4
SHORTEST_VOICED = 6
SHORTEST_PREFIX = 5
MOST_WORDS = 400
"""Words of one text that are compared: those around a visual, not of a whole book."""
_DIGRAPHS = {
    "chr": "kr",
    "chl": "kl",
    "shch": "s",
    "sch": "s",
    "tch": "s",
    "kh": "k",
    "sh": "s",
    "ch": "s",
    "zh": "s",
    "ts": "s",
    "ph": "b",
    "th": "t",
}
_ALIKE = str.maketrans("vfpwrzxcqdg", "bbbblsskktk", "aeiouyhj'`’-")
_VOICED = str.maketrans("yjfcqzvrw", "ihhkksblu", "'`’-")
_WORD = re.compile(
    r"[\u30a1-\u30fa\u30fc]+|[\u3040-\u309f]+|[\u3400-\u9fff]+|(?:(?![\u3040-\u30ff\u3400-\u9fff])(?:[^\W\d_]|[\u0900-\u0963\u0980-\u0dff]))+"
)
"""Katakana, hiragana and Han apart, since no blank stands between them."""
_DOUBLE = re.compile(r"(.)\1+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_VOWELS_LEFT_OUT = re.compile(r"[\u0590-\u06ff]")
"""Hebrew and Arabic letters."""
_SOUNDED = re.compile(r"[\u0041-\u052f\u0531-\u058f\u0900-\u0dff\u10a0-\u10ff\u1e00-\u1fff\u3040-\u30ff\uac00-\ud7a3]")
"""Letters of which the sound is known, vowels and all: Latin, Greek, Cyrillic, Armenian, of India, Georgian, kana, Hangul."""


@lru_cache(maxsize=16_384)
def skeleton(word: str) -> str:
    """The consonants of a word as most scripts would write them."""
    letters = _romanised(word)
    for written, sound in _DIGRAPHS.items():
        letters = letters.replace(written, sound)
    return _DOUBLE.sub(r"\1", letters).translate(_ALIKE)


def _romanised(word: str) -> str:
    from anyascii import anyascii  # noqa: PLC0415 - only names in two scripts need its tables

    letters = anyascii(word).lower()
    if _HANGUL.search(word):
        return letters.replace("j", "z")
    return letters.replace("w", "") if _VOWELS_LEFT_OUT.search(word) else letters


def has_sounds(word: str) -> bool:
    """Whether a word is of scripts that write all its sounds, so that it can be told from a word of another such script."""
    return all(_SOUNDED.match(c) for c in word if c.isalpha())


@lru_cache(maxsize=16_384)
def voiced(word: str) -> str:
    """A word romanised with its vowels, letters that romanisations take for one another folded: for names of few consonants."""
    return _DOUBLE.sub(r"\1", _romanised(word).replace("kh", "h").replace("ch", "s").replace("sh", "s").translate(_VOICED))


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
    if script(word) == script(other):
        short, long = sorted((word, other), key=len)
        return len(short) > SHORTEST_PREFIX and long.startswith(short)
    if _sound_alike(skeleton(word), skeleton(other)):
        return True
    one = voiced(word)
    return len(one) >= SHORTEST_VOICED and one == voiced(other)


def script(word: str) -> int:
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


def proper(text: str) -> frozenset[str]:
    """The folded words of a text that may be names: with a capital inside a sentence, or of a script that has none."""
    found = list(islice(_WORD.finditer(text), MOST_WORDS))
    kept = (m for m in found if len(m[0]) > SHORTEST_WORD - (m[0] > LAST_LATIN) and _may_be_name(m, text))
    return frozenset(fold(m[0]) for m in kept)


def opening(text: str) -> frozenset[str]:
    """The folded words with a capital that begin a sentence, which only another text can show to be names."""
    found = islice(_WORD.finditer(text), MOST_WORDS)
    kept = (m for m in found if len(m[0]) > SHORTEST_WORD and m[0][0].isupper() and not _may_be_name(m, text))
    return frozenset(fold(m[0]) for m in kept)


def _may_be_name(word: re.Match[str], text: str) -> bool:
    if word[0].lower() == word[0].upper():
        return True
    before = text[max(0, word.start() - 2) : word.start()]
    return word[0][0].isupper() and len(before) > 1 and before[1].isspace() and (before[0].isalnum() or before[0] in ",;)")


@lru_cache(maxsize=65_536)
def _keys(word: str) -> tuple[str, ...]:
    """What two words that are alike have in common: itself, its beginning, its sounds and their beginning."""
    found = [word, word[: SHORTEST_PREFIX + 1]]
    if not _is_mixed(word):
        sound = _DOUBLE.sub(r"\1", skeleton(word))
        heard = voiced(word)
        found += [f"~{skeleton(word)}", f"~{sound}", f"~{sound[:SHORTEST_PREFIX]}"] if len(skeleton(word)) >= SHORTEST else []
        found += [f"^{heard}"] if len(heard) >= SHORTEST_VOICED else []
    return tuple(found)


@lru_cache(maxsize=4_096)
def _indexed(names: frozenset[str]) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for name in sorted(names):
        for key in _keys(name):
            table[key] = (*table.get(key, ()), name)
    return table


def shared(names: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Those of the first that are one name with any of the second."""
    if not names or not others:
        return frozenset()
    left, right = _indexed(names), _indexed(others)
    pairs = ((n, o) for key in left.keys() & right.keys() for n in left[key] for o in right[key])
    return frozenset(n for n, o in pairs if alike(n, o))
