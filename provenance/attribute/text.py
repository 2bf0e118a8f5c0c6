"""Sentences and words of a page, each with its place in the text; everything else reads these."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from operator import attrgetter
from typing import NamedTuple

from provenance.records import Block, Page, Span
from provenance.reference.parties import lowered

SENTENCE_END = re.compile(
    r"[.!?…।؟۔。！？\n \t](?:(?<=[.!?…।؟۔])[\"”’»)\]]{0,3}(?=\s|$)|(?<=[。！？])[」』”）]{0,2}|(?<=\n)\s*\n|(?<=[.!?:\"”]\n)|"
    r"(?<=[.!?:\"”][ \t])[ \t]*\n|(?<=\n)(?=[\"“«—]))"
)
"""All ends begin with one of a few signs, so that the search leaps from one of these to the next."""
ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:[A-Z]|[A-Z]\.[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Sgt|Capt|Maj|Sen|Rep|Gov|Prof|Jr|Sr|vs|No|Inc|Ltd|Co|Corp|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|bzw|ca|Nr|z\.B|им|г|ул|Sr|Sra|Ud|av|p\.m|a\.m)\.$"
)
SIGNS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0dff\u0e30-\u0e4e"
LETTERS = rf"(?:[^\W_]++|[{SIGNS}]++)++"
"""Letters and figures with the vowel signs and accents that some scripts set as characters of their own."""
WORD = re.compile(
    rf"@\w(?:[\w.{SIGNS}]*[\w{SIGNS}])?|(?:[^\W\d_]\.){{2,}}|{LETTERS}(?:[-'’·.&/\u200c](?=[^\W_]){LETTERS})*|[^\w\s]"
)
"""Handles, dotted initials ("U.S."), words with inner hyphens and apostrophes, numbers, and each mark alone."""
CJK = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
HANDLE = re.compile(
    rf"(?:(?<![\w@])|(?<=[{CJK}]))@([A-Za-z\u00c0-\u04ff_](?:[^\W{CJK}]|\.(?=[^\W{CJK}]))*|[^\W\d][^\s,;:!?.@()\"'“”‘’«»「」、，。]{{1,40}})"
)
"""Korean and Japanese particles that follow a handle are not part of it; scripts with combining signs are taken whole."""
LONGEST = 1200
"""A run without a full stop is cut here, so that no rule ever looks at a whole hostile file at once."""


class Word(NamedTuple):
    """A token, its place in the whole text, and `low`: lower-case, with a plain apostrophe.

    A tuple, for a page has a thousand of them, and with its small letters, for each is asked for them several times.
    """

    start: int
    end: int
    text: str
    low: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital, or is a script without capitals."""
        first = self.text[0]
        return first.isupper() or (first.isalpha() and first.lower() == first.upper())


def word(start: int, text: str) -> Word:
    """The word that begins at a place."""
    return _made((start, start + len(text), text, text.lower().replace("’", "'")))


_made: Callable[[tuple[int, int, str, str]], Word] = partial(tuple.__new__, Word)
"""As `Word` does, in a third of the time."""
_START, _END = attrgetter("start"), attrgetter("end")


@dataclass
class Sentence:
    """`page.text[start:end]`, and the block that it stands in; `judged` keeps what `verdicts.judged` found."""

    start: int
    end: int
    text: str
    block: Block
    number: int = 0
    judged: tuple[tuple[int, int] | None] | None = field(default=None, repr=False, compare=False)
    _words: list[Word] | None = field(default=None, repr=False)

    @property
    def words(self) -> list[Word]:
        """The tokens, made on first use."""
        if self._words is None:
            self._words = [word(m.start() + self.start, m.group()) for m in WORD.finditer(self.text)]
        return self._words

    def before(self, position: int) -> list[Word]:
        """The words that end at a place of the page or before it."""
        return self.words[: bisect_right(self.words, position, key=_END)]

    def after(self, position: int) -> list[Word]:
        """The words that begin at a place of the page or behind it."""
        return self.words[bisect_left(self.words, position, key=_START) :]

    @cached_property
    def low(self) -> str:
        """The text in lower case, every character at its place."""
        return lowered(self.text)

    @cached_property
    def quotes(self) -> list[tuple[int, int]]:
        """Ranges in quotation marks, in offsets of the page."""
        return [(m.start() + self.start, m.end() + self.start) for m in QUOTED.finditer(self.text)]

    def quoted(self, position: int) -> bool:
        """Whether a place lies inside quotation marks."""
        return any(start < position < end - 1 for start, end in self.quotes)


QUOTED = re.compile(
    r"„[^„“”\"\n]{0,600}(?:[“”\"]|$)|(?<!\w)»(?=\w)[^«»\n]{0,600}(?:«|$)|"
    r"“[^“”\n]{0,600}(?:”|$)|\"[^\"\n]{0,600}(?:\"|$)|«[^«»\n]{0,600}(?:»|$)"
)
"""German, Polish and Bulgarian close with the mark that opens in English; German books print theirs the other way round."""
DAY = re.compile(r"(?<!\w)(?:[12]\d|3[01]|0?[1-9])\.$")
LONGEST_MONTH = 14
CAPITAL_MONTH = re.compile(r"(?:Jan|Jän|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)")
"""German alone sets both a full stop after the day and a capital on the month."""
READ = {"headline", "paragraph", "caption", "post"}
MOST_READ = 100_000
"""Characters of one document whose words are read: 16,000 words, five times a long report. A page of a million marks would
hold up a run for half a minute; the text itself is kept whole."""


def sentences(page: Page) -> tuple[list[Sentence], int | None]:
    """The sentences of all that an article says itself, in order; interface words, bylines and bare credits are left out.

    Returns:
        The sentences, and where those begin that are over `MOST_READ` characters and left out, in offsets of the page; None
        where all are there.
    """
    blocks = page.blocks or (Block(kind="paragraph", start=0, end=len(page.text)),)
    found: list[Sentence] = []
    left = MOST_READ
    for sentence in (s for block in blocks if block.kind in READ for s in _split(page.text, block)):
        left -= len(sentence.text)
        if left < 0:
            return found, sentence.start
        sentence.number = len(found)
        found.append(sentence)
    return found, None


def span(text: str, start: int, end: int) -> Span:
    """The exact slice, without blanks at its ends."""
    start, end = _trimmed(text, start, end)
    return Span(start, end, text[start:end])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _split(text: str, block: Block) -> Iterator[Sentence]:
    start = block.start
    for end in _ends(text, block):
        for cut in range(start, end, LONGEST):
            first, last = _trimmed(text, cut, min(cut + LONGEST, end))
            if first < last:
                yield Sentence(first, last, text[first:last], block)
        start = end


def _is_day(text: str, match: re.Match[str]) -> bool:
    """Whether the full stop belongs to the day of a date, "am 13. März", "11. března"."""
    if not (text[match.start() - 1 : match.start()].isdigit() and DAY.search(text, max(0, match.start() - 3), match.end())):
        return False
    after = text[match.end() : match.end() + LONGEST_MONTH].lstrip()
    return after[:1].islower() or bool(CAPITAL_MONTH.match(after))


def _ends(text: str, block: Block) -> Iterator[int]:
    for match in SENTENCE_END.finditer(text, block.start, block.end):
        before = text[max(block.start, match.start() - 8) : match.start() + 1]
        if not (match.group()[0] == "." and (ABBREVIATION.search(before) or _is_day(text, match))):
            yield match.end()
    yield block.end
