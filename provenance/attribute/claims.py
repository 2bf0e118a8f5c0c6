"""What is asserted: of a visual (what it shows, what follows from it), and of the story where a figure is given."""

import re
from collections.abc import Iterator

from provenance.attribute import verdicts
from provenance.attribute.citing import Edge
from provenance.attribute.lexicon import Lexicon
from provenance.attribute.text import Sentence, span
from provenance.attribute.visuals import Visual
from provenance.records import Claim, ClaimType, Span

FIGURE = re.compile(
    r"\d[\d,.]*\d|\b\d\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|scores)\b", re.IGNORECASE
)
SENTENCE_END = re.compile(r"[.;!?\n”]")
NEAR = 8
"""Claims before, in order of the text, that can hold a claim within them."""
SHORT = 25
"""A reported clause shorter than this asserts nothing that a desk could check."""


def claims(
    text: str,
    sentences: list[Sentence],
    found: list[Visual],
    edges: list[Edge],
    lex: Lexicon,
    spoken: dict[int, tuple[str, ...]],
) -> list[Claim]:
    """All claims, in order of the text, each with its own number; `spoken` are the visuals that each sentence speaks of."""
    raw = [*_of_visuals(text, found), *_inferred(text, sentences, found, lex), *_told(text, found, edges)]
    kept: list[Raw] = []
    for one in sorted(raw, key=lambda r: (r[2].start, -r[2].end)):
        if not any(k[0] == one[0] and k[2].start <= one[2].start and one[2].end <= k[2].end for k in kept[-NEAR:]):
            kept.append(one)
    judged = verdicts.told(text, sentences, spoken, edges, lex)
    kept += [(about, "authenticity", where, by) for about, where, by in judged]
    return [
        Claim(id=f"claim{number}", about=about, type=kind, text=where.text, span=where, asserted_by=by)
        for number, (about, kind, where, by) in enumerate(sorted(kept, key=lambda k: k[2].start), 1)
    ]


Raw = tuple[str | None, ClaimType, Span, str | None]


def _of_visuals(text: str, found: list[Visual]) -> Iterator[Raw]:
    for visual in found:
        caption = visual.embedded.caption_span if visual.embedded else None
        if caption:
            yield visual.id, "depiction", caption, "the caption"
        for mention in visual.mentions:
            if mention.shown and not caption:
                yield (
                    visual.id,
                    "depiction",
                    span(text, _verb(text, mention.noun.end, mention.shown.start), mention.shown.end),
                    None,
                )


def _verb(text: str, after: int, start: int) -> int:
    """Where the words "showing" or "appears to show" before a description begin."""
    words = list(re.finditer(r"\S+", text[after:start]))
    return after + words[-1].start() if words else start


def _inferred(text: str, sentences: list[Sentence], found: list[Visual], lex: Lexicon) -> Iterator[Raw]:
    by_sentence = {m.sentence.number: v.id for v in reversed(found) for m in v.mentions}
    for sentence in sentences:
        if about := by_sentence.get(sentence.number):
            for match in lex.pattern("claims", "inference").finditer(text, sentence.start, sentence.end):
                stop = SENTENCE_END.search(text, match.end(), sentence.end)
                yield about, "inference", span(text, match.start(), stop.start() if stop else sentence.end), None


def _told(text: str, found: list[Visual], edges: list[Edge]) -> Iterator[Raw]:
    ids = {v.id for v in found}
    for edge in edges:
        clause = _clause(text, edge)
        if edge.origin or clause is None:
            continue
        about = next((a for a in edge.about if a in ids), None) if edge.cited.kind == "social-account" else None
        if about or FIGURE.search(clause.text):
            yield about, "inference", clause, edge.cited.name


def _clause(text: str, edge: Edge) -> Span | None:
    """The clause that a source reports: after "that", or before the comma of "…, the Post reported"."""
    if not (edge.finite or edge.frame):
        return None
    rest = THAT.match(text, edge.cue[1]) if edge.finite else COMMA_THAT.search(text, edge.span[1], edge.sentence.end)
    if rest:
        stop = SENTENCE_END.search(text, rest.end(), edge.sentence.end)
        found = span(text, rest.end(), stop.start() if stop else edge.sentence.end)
    else:
        found = _before(text, edge)
    return found if len(found.text) >= SHORT else None


def _before(text: str, edge: Edge) -> Span:
    comma = edge.finite and text[edge.sentence.start : edge.span[0]].rstrip().endswith(",")
    end = text.rfind(",", edge.sentence.start, edge.span[0]) if comma else edge.sentence.start
    return span(text, edge.sentence.start, end)


THAT = re.compile(r"\s+(?:on \w{3,9}\.?(?: \d{1,2})?\s+)?that\s+")
COMMA_THAT = re.compile(r",\s+that\s+")
