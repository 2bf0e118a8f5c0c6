"""Phrases of several lists found in one pass over a text: by their first letter, so that each place tries only a few.

One alternation of all phrases tries every one of them at every word; sorted by first letter, a language's 200 cues cost a
tenth of that. `benchmarks/attribution.py` measures it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from provenance.reference.gate import gate, head

PART = re.compile(r"\[[^\]]*\]|\S+")


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text, and the number of the list whose phrase stands there."""

    start: int
    end: int
    number: int


class Finder:
    """Lists of phrases, ready to be found in lower-case text.

    Args:
        lists: the phrases of each list, as the data files write them; where several fit at one place, the first list wins,
            and in it the phrase that stands first.
        compiled: makes a regular expression of one phrase.
        spaced: whether a phrase begins and ends at the edge of a word.
        tail: what must not follow a phrase.
    """

    def __init__(self, lists: Sequence[Sequence[str]], compiled: Callable[[str], str], *, spaced: bool, tail: str) -> None:
        bodies: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for number, phrases in enumerate(lists):
            for text in phrases:
                for first in firsts(text):
                    bodies[first].append((number, compiled(text)))
        end = f"(?!{tail})" if spaced else ""
        self._by_first = {
            first: (re.compile(f"(?:{'|'.join(f'({body})' for _, body in rows)}){end}"), tuple(number for number, _ in rows))
            for first, rows in bodies.items()
        }
        heads = {start for phrases in lists for text in phrases for start in heads_of(text)}
        self._starts = re.compile(gate(heads, edge=r"(?<![\w@])" if spaced else "")) if bodies else re.compile("(?!)")

    def finditer(self, low: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
        """The phrases in `low[start:end]`, leftmost first, none over another."""
        end = len(low) if end is None else end
        done = start
        for first in self._starts.finditer(low, start, end):
            at = first.start()
            if at >= done and (found := self.match(low, at, end)):
                yield found
                done = max(found.end, at + 1)

    def match(self, low: str, at: int, end: int | None = None) -> Found | None:
        """The phrase that begins at a place."""
        row = self._by_first.get(low[at : at + 1])
        found = row[0].match(low, at, len(low) if end is None else end) if row else None
        return Found(at, found.end(), row[1][(found.lastindex or 1) - 1]) if row and found else None


def heads_of(text: str) -> set[str]:
    """The first signs, up to four, that a phrase of the data files can begin with."""
    found: set[str] = set()
    for part in PART.findall(text):
        missing = part.startswith("[") and part.endswith("]")
        found |= {head(word) for word in (part[1:-1] if missing else part).split("|")}
        if not missing:
            break
    return found


def firsts(text: str) -> set[str]:
    """The letters that a phrase of the data files can begin with.

    Raises:
        ValueError: the phrase begins with a gap or any word, which this search cannot do.
    """
    found: set[str] = set()
    for part in PART.findall(text):
        missing = part.startswith("[") and part.endswith("]")
        words = (part[1:-1] if missing else part).split("|")
        if any(word[:1] in "…{*" for word in words):
            raise ValueError(f"a phrase begins with a gap: {text!r}; begin it with a word")
        found |= {word[0] for word in words}
        if not missing:
            break
    return found
