"""Handles that look alike and are not the same: one may imitate the other, so they are flagged and never taken for one.

What looks alike: letters of other alphabets (Unicode's confusables, those of everyday alphabets), I and l and 1, O and 0,
rn and m, vv and w. Upper and lower case are one handle on every platform read here.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

_LETTERS = str.maketrans("аеорсухіјѕԁһԛԝкмтнвгοανιρτυχκ", "aeopcyxijsdhqwkmthbroavlptuxk")
_STROKES = str.maketrans("il1|0", "llllo")
_PAIRS = (("rn", "m"), ("vv", "w"))
MOST_FLAGS = 20
"""Pairs told of one document; a page with more than these is a list of impostors."""


def shape(handle: str) -> str:
    """What a handle looks like: two handles of one shape can be taken for one another."""
    seen = unicodedata.normalize("NFKC", handle).casefold().translate(_LETTERS).translate(_STROKES)
    for written, read in _PAIRS:
        seen = seen.replace(written, read)
    return seen


def imitates(one: str, other: str) -> bool:
    """Whether two handles look alike and differ in more than upper and lower case."""
    return one.casefold() != other.casefold() and shape(one) == shape(other)


def pairs(handles: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every two of the handles that look alike, in the order of their names."""
    alike: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for handle in handles:
        alike[shape(handle)].setdefault(handle.casefold(), handle)
    for group in alike.values():
        first, *others = sorted(group.values())
        yield from ((first, other) for other in others)


def alphabets(handle: str) -> tuple[str, ...]:
    """The alphabets of a handle's letters, by the first word of their Unicode names; in one alphabet nothing is disguised."""
    names = (unicodedata.name(char, "").partition(" ")[0] for char in handle if char.isalpha())
    return tuple(dict.fromkeys(name.title() for name in names if name))


def flags(handles: Iterable[str]) -> tuple[str, ...]:
    """What is to be said of the handles of one document: pairs that look alike, and letters of several alphabets in one."""
    known = list(dict.fromkeys(handles))
    said = [f"@{a} and @{b} look alike and are not the same account: one may imitate the other" for a, b in pairs(known)]
    mixed = ((handle, alphabets(handle)) for handle in known if not handle.isascii())
    disguised = [f"@{h} is written with letters of several alphabets ({', '.join(a)})" for h, a in mixed if {"Latin"} < set(a)]
    return tuple((*said, *disguised)[:MOST_FLAGS])
