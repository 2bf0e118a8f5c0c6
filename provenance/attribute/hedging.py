"""Words that weaken, distance or deny, by type."""

from bisect import bisect_right
from typing import cast

from provenance.attribute.lexicon import Lexicon
from provenance.attribute.text import Sentence
from provenance.records import Hedge, HedgeType, Span


def hedges(text: str, sentences: list[Sentence], lex: Lexicon, about: dict[int, tuple[str, ...]]) -> list[Hedge]:
    """The hedges of a text; `about` gives the visuals that each sentence (by number) speaks of."""
    starts = [s.start for s in sentences]
    found: list[Hedge] = []
    for kind in lex.words.get("hedges", {}):
        for match in lex.pattern("hedges", kind).finditer(text):
            at = bisect_right(starts, match.start()) - 1
            if at >= 0 and match.end() <= sentences[at].end:
                span = Span(match.start(), match.end(), match.group())
                found.append(
                    Hedge(text=span.text, type=cast("HedgeType", kind), span=span, about=about.get(sentences[at].number, ()))
                )
    return _longest(found)


def _longest(found: list[Hedge]) -> list[Hedge]:
    kept: list[Hedge] = []
    for hedge in sorted(found, key=lambda h: (h.span.start, -h.span.end)):
        if not kept or hedge.span.start >= kept[-1].span.end:
            kept.append(hedge)
    return kept
