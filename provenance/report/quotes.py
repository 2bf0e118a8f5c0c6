"""Exact words from a document's text, with a little of what stands around them.

A quote is a slice of the text and is checked against it: words that are not there are shown as not matching.
"""

from dataclasses import dataclass
from typing import Literal

from provenance.records import ChainHop, Citation, DocumentSpan, Span
from provenance.report.index import DocumentRef, Index
from provenance.report.text import direction

CONTEXT = 70
"""Code points of context on each side of a short quote: about one line of print."""
SHORT = 140
"""A quote longer than this stands alone: it is a sentence already."""
LONGEST = 700
"""A quote is cut here, and says so; the offsets still name the whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a quote; `cue` marks the words that show who is cited."""

    text: str
    cue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A quote ready to print: context, pieces, context.

    `offsets` are those of the whole span. `matches` is True when the words are that slice of the document's text, False when
    they are not, None when the text is not at hand.
    """

    ref: DocumentRef
    offsets: tuple[int, int]
    pieces: tuple[Piece, ...]
    before: str = ""
    after: str = ""
    cut: bool = False
    matches: bool | None = None
    direction: Literal["ltr", "rtl"] = "ltr"


def quote(ref: DocumentRef, span: Span | DocumentSpan, cue: Span | None = None) -> Quote:
    """The quote of a span of a document's text."""
    text = ref.text
    matches = None if text is None else 0 <= span.start <= span.end and text[span.start : span.end] == span.text
    shown = span.text[:LONGEST]
    before, after = _context(text or "", span) if matches and len(span.text) <= SHORT else ("", "")
    return Quote(
        ref=ref,
        offsets=(span.start, span.end),
        pieces=_pieces(shown, span.start, cue if matches else None),
        before=before,
        after=after,
        cut=len(shown) < len(span.text),
        matches=matches,
        direction=direction(shown),
    )


def hop_quote(index: Index, hop: ChainHop) -> Quote | None:
    """The words that show one hop of a chain, with the cue marked; None when no words are recorded."""
    ref = index.ref(hop.document)
    return quote(ref, hop.span, _cue(ref, hop.span, hop)) if hop.span else None


def _cue(ref: DocumentRef, span: Span, hop: ChainHop) -> Span | None:
    citations = ref.stored.document.citations if ref.stored else ()
    inside = [c for c in citations if c.cue_span and span.start <= c.cue_span.start and c.cue_span.end <= span.end]
    best = max(inside, key=lambda citation: _fits(citation, span, hop), default=None)
    return best.cue_span if best and _fits(best, span, hop) > 0 else None


def _fits(citation: Citation, span: Span, hop: ChainHop) -> int:
    names = {citation.cited.name, citation.cited.as_written, f"{citation.cited.platform}:@{citation.cited.handle}"}
    return 2 * (hop.cited in names) + (citation.span == span) + (citation.relation == hop.relation)


def _pieces(text: str, start: int, cue: Span | None) -> tuple[Piece, ...]:
    if cue is None or cue.start - start >= len(text):
        return (Piece(text=text),)
    left, right = max(cue.start - start, 0), cue.end - start
    parts = (Piece(text=text[:left]), Piece(text=text[left:right], cue=True), Piece(text=text[right:]))
    return tuple(part for part in parts if part.text)


def _context(text: str, span: Span | DocumentSpan) -> tuple[str, str]:
    before = text[max(span.start - CONTEXT, 0) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + CONTEXT].partition("\n")[0]
    if before and span.start - len(before) > 0 and text[span.start - len(before) - 1] != "\n":
        before = _from_word(before)
    if after and span.end + len(after) < len(text) and text[span.end + len(after)] != "\n":
        after = _to_word(after)
    return before, after


def _from_word(text: str) -> str:
    head, space, tail = text.partition(" ")
    return f"…{tail}" if space else f"…{head}"


def _to_word(text: str) -> str:
    head, space, tail = text.rpartition(" ")
    return f"{head}…" if space else f"{tail}…"
