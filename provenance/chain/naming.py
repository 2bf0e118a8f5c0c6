"""Whether two names of sources are one party's, which is yes, no, or not known.

One shared word makes two names one only where it tells them from others: a place, a common noun, or a word that many outlets
and offices have in their names does not. Source of the words: `data/name_words.toml`, the lexicon, and the gazetteer.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files

from provenance.chain import services, sounds
from provenance.chain.words import concept_of, fold, lexicon
from provenance.reference import places

FEWEST = 2
"""Letters that a word of a name has; fewer are initials."""
SHORTEST = 4
"""Letters of a word that can be the only one that two names share."""
LONG = 7
"""Letters of a word that another language may have nearly the same."""
ROUGHLY = 0.8
"""Of the consonants of two words in two scripts: as much as this in common may be one name, written by two ears."""
FEWEST_SOUNDS = 3
"""Consonants that what two names do not have in common must have on each side, to be told apart in two scripts."""
LONGEST_STEM = 12
FORM = 5
"""Letters that two forms of one word begin with."""
_WORD = re.compile(
    r"[\u30a1-\u30fa\u30fc]+|[\u3040-\u309f]+|[\u3400-\u9fff]+|(?:(?![\u3040-\u30ff\u3400-\u9fff])(?:[^\W_]|[\u0900-\u0dff]))+"
)
_SPACED = re.compile(r"[^\s.()\"“”]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_COMPOUND = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{3,}$")
"""Scripts in which the word for an office ends a compound: 전략소통센터, 国防部."""
_DOUBLE = re.compile(r"(.)\1+")


@cache
def _listed() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Particles, words of offices and outlets, what such words begin with, and words of landscapes."""
    table = tomllib.loads(files("provenance.chain").joinpath("data", "name_words.toml").read_text(encoding="utf-8"))
    particles = frozenset(fold(w) for forms in table.pop("particles").values() for w in forms)
    table.pop("pointing")
    table.pop("everyone")
    table.pop("describing")
    land = frozenset(fold(w) for forms in table.pop("land").values() for w in forms)
    forms = [w for group in table.values() for listed in group.values() for w in listed]
    whole = frozenset(fold(w) for w in forms if not w.endswith("*"))
    return particles, whole, frozenset(fold(w[:-1]) for w in forms if w.endswith("*")), land


@cache
def _pointing() -> re.Pattern[str]:
    table = tomllib.loads(files("provenance.chain").joinpath("data", "name_words.toml").read_text(encoding="utf-8"))
    forms = sorted({fold(form) for listed in table["pointing"].values() for form in listed}, key=len, reverse=True)
    spaced = "|".join(re.escape(f).replace(r"\*", r"\w*") for f in forms if not _UNSPACED.match(f))
    return re.compile(rf"(?:{spaced})(?!\w)|(?:{'|'.join(re.escape(f) for f in forms if _UNSPACED.match(f))})")


@cache
def _everyone() -> frozenset[str]:
    table = tomllib.loads(files("provenance.chain").joinpath("data", "name_words.toml").read_text(encoding="utf-8"))
    return frozenset(_plain(form) for listed in table["everyone"].values() for form in listed)


def is_nobody(name: str) -> bool:
    """Whether a credit names no one: where everybody posts ("social networks"), or how it was taken ("screen capture")."""
    parts = [_plain(part) for part in re.split(r"[/|,;:·–—]", name)]
    return all(part in _everyone() or not part for part in parts)


def _plain(form: str) -> str:
    """The folded words with letters of a form, a blank between them."""
    return " ".join(w for w in _SPACED.findall(fold(form)) if any(c.isalpha() for c in w))


@cache
def _describing() -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole names that only describe, and what others end in."""
    table = tomllib.loads(files("provenance.chain").joinpath("data", "name_words.toml").read_text(encoding="utf-8"))
    forms = [fold(form) for listed in table["describing"].values() for form in listed]
    return frozenset(f for f in forms if not f.startswith("*")), tuple(f[1:] for f in forms if f.startswith("*"))


def describes(name: str) -> bool:
    """Whether words of a script without capitals only say what somebody is: 運営会社, "一名机场员工"."""
    whole, ends = _describing()
    low = fold(name.strip())
    return low in whole or low.endswith(ends)


def points_back(name: str) -> bool:
    """Whether words only point back to who was named before: "the same group", 同団体."""
    return _pointing().match(fold(name.strip())) is not None


@lru_cache(maxsize=16_384)
def is_common(word: str) -> bool:
    """Whether a folded word is one that many names have: of an outlet or office, of a place, or of everyday things."""
    if _is_office(word) or word in _listed()[3]:
        return True
    forms = [*lexicon().latin.values(), lexicon().other]
    return any(word in f.whole for f in forms) or places.resolve(word) is not None


@lru_cache(maxsize=16_384)
def words_of(name: str) -> tuple[str, ...]:
    """The folded words of a name, without initials and particles."""
    found = (fold(w) for w in _WORD.findall(name))
    return tuple(w for w in found if len(w) >= FEWEST and w not in _listed()[0])


@lru_cache(maxsize=65_536)
def one(name: str, other: str) -> bool | None:
    """Whether two names are of one party: None where their letters and sounds do not tell.

    Args:
        name: as a document writes it: of an outlet, an office, a person, or a handle.
        other: the same of another document.
    """
    left, right = words_of(name), words_of(other)
    if not left or not right:
        return None
    state, other_state = services.of(name), services.of(other)
    if state and other_state:
        return state == other_state
    if left == right or "".join(left) == "".join(right):
        return True if len(left) > 1 or not is_common(left[0]) else None
    if _script(left) == _script(right):
        return _in_one_script(left, right)
    return _in_two_scripts(left, right)


def shared(names: Iterable[str], others: Iterable[str]) -> frozenset[str]:
    """The longer folded words of those of the first names that are one with any of the second; of a state's service, all."""
    right = tuple(others)
    same = [n for n in names if any(one(n, o) for o in right)]
    return frozenset(w for n in same for w in words_of(n) if len(w) >= SHORTEST or services.of(n))


def apart(names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether each of the first names is surely of another party than each of the second."""
    right = tuple(others)
    return all(one(n, o) is False for n in names for o in right)


def named_in(names: Iterable[str], words: frozenset[str]) -> frozenset[str]:
    """The words of names that stand among others: all words of a name, or one that tells it from others."""
    found: set[str] = set()
    for name in names:
        own = frozenset(words_of(name))
        said = sounds.shared(own, words)
        if any(len(w) >= SHORTEST and not is_common(w) for w in said) or len(said) > 1:
            found |= said
    return frozenset(found)


def in_two_scripts(names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether none of the first names is of a script of the second."""
    left, right = ({_script(words_of(n)) for n in ns if words_of(n)} for ns in (names, others))
    return left.isdisjoint(right)


def script_of(name: str) -> int:
    """Which script a name is of, roughly."""
    words = words_of(name)
    return _script(words) if words else 0


def _script(words: Iterable[str]) -> int:
    """The script of most letters of a name; "TV" may stand in any."""
    letters = Counter(sounds.script(w) for w in words for _ in w)
    return letters.most_common(1)[0][0]


def _in_one_script(left: tuple[str, ...], right: tuple[str, ...]) -> bool | None:
    """One where the words of the shorter are all in the longer; two where each has a word of its own."""
    pairs = [(a, b) for a in left for b in right if sounds.alike(a, b) or _are_forms(a, b)]
    mine = [w for w in left if all(w != a for a, _ in pairs)]
    theirs = [w for w in right if all(w != b for _, b in pairs)]
    if _is_translated(left, right):
        return True
    if not pairs:
        return None if all(map(is_common, (*left, *right))) else False
    if not (mine and theirs):
        return True if len({a for a, _ in pairs}) > 1 or _tells(*pairs[0]) else None
    return None if all(map(is_common, (*mine, *theirs))) and any(_tells(*p) for p in pairs) else False


def _is_translated(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether both are offices whose telling words are cognates: "Centre for Strategic Studies", "Centrul de Studii Strategice".

    What else there is in one of them may be a place or a further word; where both have such, they are two.
    """
    if not any(map(_is_office, left)) or not any(map(_is_office, right)):
        return False
    telling = [[w for w in words if not _is_office(w)] for words in (left, right)]
    pairs = [(a, b) for a in telling[0] for b in telling[1] if _are_cognates(a, b)]
    rest = [[w for w in words if all(w not in p for p in pairs)] for words in telling]
    written = any(_tells(a, b) and a != b and min(len(a), len(b)) >= LONG for a, b in pairs)
    return written and not (rest[0] and rest[1] and _places(rest[0]) == _places(rest[1]))


def _is_office(word: str) -> bool:
    _, whole, stems, _ = _listed()
    begins = any(word[:n] in stems for n in range(FEWEST, min(len(word), LONGEST_STEM) + 1))
    return (
        word in whole or begins or (_COMPOUND.match(word) is not None and any(word[n:] in whole for n in range(1, len(word) - 1)))
    )


def _are_forms(word: str, other: str) -> bool:
    """Whether two words of outlets or offices differ in their endings only: "Gazeta" and, of it, "Gazetei"."""
    return word[:FORM] == other[:FORM] and abs(len(word) - len(other)) < FEWEST and (_is_office(word) or _is_office(other))


def _places(words: Iterable[str]) -> bool:
    """Whether one of them is a place or a nation."""
    nations = lexicon().nations
    return any(places.resolve(w) or any(concept_of(w, language) in nations for language in lexicon().latin) for w in words)


def _are_cognates(word: str, other: str) -> bool:
    """Long words of two languages that begin with the same sounds."""
    heard = [sounds.skeleton(w) for w in (word, other)]
    return sounds.alike(word, other) or (
        min(len(word), len(other)) >= LONG
        and heard[0][: sounds.SHORTEST] == heard[1][: sounds.SHORTEST]
        and len(min(heard, key=len)) >= sounds.SHORTEST
    )


def _tells(word: str, other: str) -> bool:
    return min(len(word), len(other)) >= SHORTEST and not (is_common(word) or is_common(other))


def _in_two_scripts(left: tuple[str, ...], right: tuple[str, ...]) -> bool | None:
    """By sound. What is put into the other language cannot be compared, nor what is written without its vowels."""
    if any(len(a) >= sounds.SHORTEST and a == b for a, b in zip(_sounds(left), _sounds(right), strict=True)):
        return True
    pairs = [(a, b) for a in left for b in right if sounds.alike(a, b)]
    rest = [w for w in left if all(w != a for a, _ in pairs)], [w for w in right if all(w != b for _, b in pairs)]
    mine = [w for w in rest[0] if not any(_roughly(w, b) for b in rest[1])]
    theirs = [w for w in rest[1] if not any(_roughly(w, a) for a in rest[0])]
    if any(_tells(*p) for p in pairs) and not (mine and theirs):
        return True
    if any(map(is_common, (*left, *right))) or not all(map(sounds.has_sounds, (*left, *right))):
        return None
    heard = ["".join(map(sounds.skeleton, words)) for words in (mine, theirs)]
    return False if all(len(sound) >= FEWEST_SOUNDS for sound in heard) else None


def _sounds(words: tuple[str, ...]) -> tuple[str, str]:
    """The consonants of a name in its order, and by words in that of the alphabet: families stand first or last."""
    heard = [sounds.skeleton(w) for w in words]
    return _DOUBLE.sub(r"\1", "".join(heard)), _DOUBLE.sub(r"\1", "".join(sorted(heard)))


def _roughly(word: str, other: str) -> bool:
    """Whether two words may be one name as two languages hear it."""
    one_sound, other_sound = sounds.skeleton(word), sounds.skeleton(other)
    return word == other or SequenceMatcher(None, one_sound, other_sound, autojunk=False).ratio() >= ROUGHLY
