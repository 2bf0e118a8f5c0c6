"""Documents that carry one and the same text: handed out by an agency, republished or taken over, and no second source.

Texts are compared by shingles: runs of five words, or of ten characters in scripts without blanks. Captions, credits and
embedded posts are left out, since many independent pages print the same ones.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from provenance.chain.appearance import Appearance
from provenance.records import Document, DocumentSpan, TextCopies

WORDS_TOGETHER = 5
CHARACTERS_TOGETHER = 10
LEAST = 25
"""Shingles of the shorter text: some 30 words, or 35 characters without blanks. Less is a phrase that many would write."""
SHARE = 0.5
"""Share of the shorter text's shingles that the other has as well. Measured: docs/quality.md."""
LONGEST = 20_000
"""Code points of a text that are compared."""
MOST_TEXTS = 40
"""A run of words in more texts than this is furniture of the site, and finds nothing."""


_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
FIRST_UNSPACED = "\u3040"
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Shingles:
    """A text as runs of tokens: `runs` maps the hash of each to the number of its first token, `tokens` has where each stands."""

    runs: dict[int, int]
    tokens: tuple[tuple[int, int], ...]
    together: int


def copies(members: Sequence[Appearance]) -> tuple[TextCopies, ...]:
    """The groups of documents with one text, each with the longest passage that stands in all of it pair by pair.

    Args:
        members: appearances of one visual in the order of ingestion; each document is compared with the first of each group.
    """
    documents = {m.key.document: m.document for m in members}
    if len(documents) < 2:  # noqa: PLR2004 - nothing to compare
        return ()
    firsts: dict[str, Shingles] = {}
    holding: defaultdict[int, list[str]] = defaultdict(list)
    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for name, document in documents.items():
        own = shingles(document)
        best = _best(own, firsts, holding)
        if best:
            found[best[0]].append((name, best[1]))
        elif len(own.runs) >= LEAST:
            firsts[name] = own
            for run in own.runs:
                holding[run].append(name)
    return tuple(_written(first, others, documents) for first, others in found.items())


def _best(own: Shingles, firsts: dict[str, Shingles], holding: dict[int, list[str]]) -> tuple[str, float] | None:
    """The text that shares most with this one, and which share of the shorter it is."""
    if len(own.runs) < LEAST:
        return None
    having = (holding[run] for run in own.runs if run in holding)
    hits = Counter(name for names in having if len(names) <= MOST_TEXTS for name in names)
    shares = [(count / min(len(own.runs), len(firsts[name].runs)), name) for name, count in hits.items()]
    share, name = max(shares, default=(0.0, ""))
    return (name, share) if share >= SHARE else None


def shingles(document: Document) -> Shingles:
    """The shingles of a document's own text."""
    return _shingles(document.text[:LONGEST], tuple(sorted(_foreign(document))))


def _foreign(document: Document) -> Iterator[tuple[int, int]]:
    """Parts of the text that others may print as well without having it from one another."""
    for medium in document.media:
        yield from ((s.start, s.end) for s in (medium.caption_span, medium.credit_span) if s)
    if document.document.kind != "post":
        yield from ((p.span.start, p.span.end) for p in document.posts if p.span)


@lru_cache(maxsize=64)
def _shingles(text: str, foreign: tuple[tuple[int, int], ...]) -> Shingles:
    parts = [[(m[0], *m.span()) for m in _TOKEN.finditer(text, start, end)] for start, end in _between(foreign, len(text))]
    together = _together(word for part in parts for word, *_ in part)
    runs: dict[int, int] = {}
    tokens: list[tuple[int, int]] = []
    for part in parts:
        words = [word.lower() for word, *_ in part]
        hashes = map(hash, zip(*(words[n:] for n in range(together)), strict=False))
        for number, run in enumerate(hashes, len(tokens)):
            runs.setdefault(run, number)
        tokens += [(start, end) for _, start, end in part]
    return Shingles(runs, tuple(tokens), together)


def _together(words: Iterable[str]) -> int:
    kinds = Counter(word >= FIRST_UNSPACED and bool(_UNSPACED.match(word)) for word in words)
    return CHARACTERS_TOGETHER if kinds[True] > kinds[False] else WORDS_TOGETHER


def _between(foreign: Iterable[tuple[int, int]], end: int) -> Iterator[tuple[int, int]]:
    """The parts of a text that lie outside some slices, which come in order."""
    at = 0
    for start, stop in foreign:
        if start > at:
            yield at, min(start, end)
        at = max(at, stop)
    if at < end:
        yield at, end


def _written(first: str, others: Sequence[tuple[str, float]], documents: dict[str, Document]) -> TextCopies:
    passages: dict[str, DocumentSpan] = {}
    for name, _ in others:
        (a, b), (c, d) = _longest(shingles(documents[first]), shingles(documents[name]))
        passages.setdefault(first, _span(first, documents[first], a, b))
        passages[name] = _span(name, documents[name], c, d)
    return TextCopies(
        documents=(first, *(name for name, _ in others)),
        shared=round(min(share for _, share in others), 2),
        spans=tuple(passages.values()),
    )


def _span(name: str, document: Document, start: int, end: int) -> DocumentSpan:
    return DocumentSpan(document=name, start=start, end=end, text=document.text[start:end])


def _longest(left: Shingles, right: Shingles) -> tuple[tuple[int, int], tuple[int, int]]:
    """The longest run of words that both have: where it stands in each."""
    best, longest = (0, 0), 0
    before, begun = (-2, -2), (0, 0)
    for run, number in right.runs.items():
        place = (left.runs.get(run, -2), number)
        if place[0] < 0:
            continue
        if place != (before[0] + 1, before[1] + 1):
            begun = place
        before = place
        if number - begun[1] >= longest:
            longest, best = number - begun[1] + 1, begun
    length = longest + right.together - 2
    return _slice(left, best[0], length), _slice(right, best[1], length)


def _slice(of: Shingles, first: int, further: int) -> tuple[int, int]:
    return of.tokens[first][0], of.tokens[first + further][1]
