"""A quick test before a slow pattern: where none of its phrases can begin, it fails at once.

A pattern of a hundred phrases tries each of them at every word. With a gate before it, most places fail on their first sign, most
of the others on the next few, and the phrases themselves are tried only where one of them is likely to stand.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

HEAD = 4
"""Signs of a phrase that are looked at; longer ones let fewer through, and cost more where they do."""
STOP = re.compile(r"[*|\[\]{}…]")
_FOLDED = ("iıİ", "sſ", "k\u212a", "å\u212b", "ßẞ", "в\u1c80", "д\u1c81", "о\u1c82", "с\u1c83", "т\u1c84\u1c85", "ъ\u1c86")
"""Letters that `re` takes for one another without case, beside upper and lower case; of those in the data files."""


def head(word: str) -> str:
    """The first signs of a word of the data files, as far as they are fixed: up to a star or another sign with a meaning."""
    return STOP.split(word, maxsplit=1)[0][:HEAD]


def gate(heads: Iterable[str], *, edge: str = "", ignore_case: bool = False) -> str:
    """The test that one of some heads stands here, as the beginning of a pattern; it takes up no text.

    Args:
        heads: what the phrases can begin with, in small letters where the text has only those.
        edge: a look-behind that must hold there, too, as "not behind a letter".
        ignore_case: whether the pattern it stands in ignores case.

    Returns:
        A regular expression; only `edge` where a head is empty, for then any place may do.
    """
    known = set(heads)
    if not known or "" in known:
        return edge
    letters = {word[0] for word in known}
    first = "".join(sorted(re.escape(form) for letter in letters for form in (_forms(letter) if ignore_case else _plain(letter))))
    return f"(?-i:(?=[{first}]){edge}(?={_tree(known, ignore_case=ignore_case)}))"


@cache
def _forms(letter: str) -> frozenset[str]:
    """A letter in all the forms that it has without case."""
    if letter == "'":
        return frozenset("'’")
    plain = {letter, letter.lower(), letter.upper()}
    near = plain.union(*(group for group in _FOLDED if plain & set(group)))
    return frozenset(c for form in near for c in (form, form.lower(), form.upper()) if len(c) == 1)


def _plain(letter: str) -> str:
    return "'’" if letter == "'" else letter


def _tree(heads: Iterable[str], *, ignore_case: bool) -> str:
    """Some beginnings as one expression, those with one letter under it; where one begins another, it stands for both.

    It names all forms of a letter, for `re` compares without case only sign by sign, and cannot leap over what does not fit.
    """
    behind: dict[str, set[str]] = defaultdict(set)
    for word in heads:
        behind["".join(sorted(_forms(word[0]))) if ignore_case else _plain(word[0])].add(word[1:])
    rows = [
        (f"[{re.escape(signs)}]" if len(signs) > 1 else re.escape(signs))
        + ("" if "" in rest else _tree(rest, ignore_case=ignore_case))
        for signs, rest in sorted(behind.items())
    ]
    return rows[0] if len(rows) == 1 else f"(?:{'|'.join(rows)})"
