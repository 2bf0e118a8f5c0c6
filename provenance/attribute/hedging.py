"""Words that weaken, distance or deny, by type."""

from bisect import bisect_right
from typing import cast

from provenance.attribute.lexicon import Lexicon
from provenance.attribute.text import Sentence
from provenance.records import Hedge, HedgeType, Span
from provenance.reference.parties import lowered


def hedges(text: str, sentences: list[Sentence], lex: Lexicon, about: dict[int, tuple[str, ...]]) -> list[Hedge]:
    """The hedges of a text; `about` gives the visuals that each sentence (by number) speaks of."""
    starts = [s.start for s in sentences]
    found: list[Hedge] = []
    kinds = tuple(lex.words.get("hedges", {}))
    for match in lex.finder("hedges", *kinds).finditer(lowered(text)):
        at = bisect_right(starts, match.start) - 1
        if at >= 0 and match.end <= sentences[at].end:
            span = Span(match.start, match.end, text[match.start : match.end])
            kind = cast("HedgeType", kinds[match.number])
            found.append(Hedge(text=span.text, type=kind, span=span, about=about.get(sentences[at].number, ())))
    return found
