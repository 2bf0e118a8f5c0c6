"""The nouns for a visual, found in lower-case text: whole words, words with any ending, and the last part of a compound."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from provenance.attribute.lexicon import Lexicon
from provenance.records import MediumKind
from provenance.reference.gate import gate, head
from provenance.reference.parties import lowered

FAMILIES: dict[MediumKind, frozenset[MediumKind]] = {
    "photo": frozenset({"photo", "screenshot"}),
    "screenshot": frozenset({"photo", "screenshot", "video"}),
    "video": frozenset({"video"}),
    "video-grab": frozenset({"video-grab"}),
    "audio": frozenset({"audio"}),
    "graphic": frozenset({"graphic"}),
    "document": frozenset({"document"}),
}
LONGEST_FIRST_PART = 40
"""Characters of a compound before its noun: "Überwachungskamera-Video"."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun for a visual, in offsets of the text it was looked for in; a compound is taken whole."""

    kind: MediumKind
    start: int
    end: int


class Nouns:
    """The nouns of one language. "word*" takes any ending, "*word" is also found at the end of a compound."""

    def __init__(self, lex: Lexicon) -> None:
        table = lex.words.get("visuals", {})
        listed = sorted(((lowered(w), kind) for kind in FAMILIES for w in table.get(kind, ())), key=_length, reverse=True)
        self._whole: dict[str, MediumKind] = dict(reversed(listed))
        self._begun = [(word.rstrip("*"), kind) for word, kind in listed if word.endswith("*")]
        self._spaced = lex.spaced
        forms = [word.lstrip("*") for word, _ in listed]
        self._ends: dict[str, MediumKind] = {word[1:]: kind for word, kind in reversed(listed) if word.startswith("*")}
        self._open = frozenset(self._ends)
        body = _by_first_letter(dict.fromkeys(forms))
        start = gate(map(head, forms))
        self._pattern = re.compile(rf"{start}(?:{body})(?![\w-])" if lex.spaced else rf"{start}(?:{body})")

    def search(self, low: str) -> Noun | None:
        """The first noun of a text in small letters."""
        return next(self.finditer(low), None)

    def finditer(self, low: str) -> Iterator[Noun]:
        """The nouns of a text in small letters, none over another."""
        for match in self._pattern.finditer(low):
            start, end = match.span()
            if self._spaced and start and low[start - 1].isalnum() and match.group() not in self._open:
                continue
            yield Noun(self._kind(match.group()), _first_part(low, start) if self._spaced else start, end)

    def _kind(self, word: str) -> MediumKind:
        known = self._whole if word in self._whole else self._ends
        return known[word] if word in known else next(kind for begun, kind in self._begun if word.startswith(begun))


@lru_cache(maxsize=64)
def _nouns(language: str) -> Nouns:
    from provenance.attribute.lexicon import lexicon  # noqa: PLC0415 - looked up by name so that the cache has a plain key

    return Nouns(lexicon(language))


def nouns(lex: Lexicon) -> Nouns:
    """The nouns of a language, compiled once."""
    return _nouns(lex.language)


def _first_part(low: str, start: int) -> int:
    """Where the compound begins that ends in a noun: "dashcam-video", "handyvideo"."""
    at = start
    while at and start - at < LONGEST_FIRST_PART and (low[at - 1].isalnum() or low[at - 1] == "-"):
        at -= 1
    return start - len(low[at:start].lstrip("-"))


def _by_first_letter(words: Iterable[str]) -> str:
    """Words as one alternation that tries at each place only those with its letter, the longest first."""
    rows: dict[str, list[str]] = defaultdict(list)
    for word in words:
        rows[word[0]].append(re.escape(word[1:]).replace(r"\*", r"\w{0,12}"))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rows.items()) or "(?!)"


def _length(row: tuple[str, MediumKind]) -> int:
    return len(row[0])
