"""Who gives a firmer verdict on a visual than what it has it from."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from provenance.chain import names
from provenance.chain.appearance import Appearance
from provenance.chain.judgements import FIRM, SIDES, Judgement, Side, judgements
from provenance.chain.losses import doubts
from provenance.chain.paths import Sources
from provenance.chain.statements import said_in
from provenance.records import DocumentSpan, Loss

MOST_SOFTER = 4
"""Softer wordings that are quoted beside a hard one."""
Judged = Mapping[str, Sequence[Judgement]]
Softer = tuple[str, list[DocumentSpan]]
"""Who says it more softly, in a sentence's words, and the words themselves."""


def verdict_hardened(members: Sequence[Appearance], sources: Sources) -> tuple[Loss, ...]:
    """Documents that judge a visual outright, though what they have it from does not.

    That is a page at hand of a source that they name; or a party that they name, which others quote more softly than they do,
    and nobody else as firmly; or their own text, under a headline that judges.
    """
    judged: dict[str, list[Judgement]] = {}
    for member in members:
        judged.setdefault(member.key.document, []).extend(judgements(member))
    first = {m.key.document: m for m in reversed(members)}
    found = [_hardened(d, side, judged, first, sources) for d in first for side in SIDES if _firm(judged[d], side)]
    return tuple(loss for loss in reversed(found) if loss)


def _firm(said: Sequence[Judgement], side: Side) -> Judgement | None:
    return next((j for j in said if j.side == side and j.grade == FIRM), None)


def _hardened(document: str, side: Side, judged: Judged, members: Mapping[str, Appearance], sources: Sources) -> Loss | None:
    firm = _firm(judged[document], side)
    cited = _cited(members[document], sources)
    softer = next(_softer(document, side, cited, judged, members, sources), None)
    if firm is None or softer is None:
        return None
    who, words = softer
    reading = f"{said_in([firm.words.text])} is said outright; {who} {said_in([w.text for w in words])}."
    return Loss(kind="verdict-hardened", document=document, reading=reading, spans=(firm.words, *words))


def _cited(member: Appearance, sources: Sources) -> list[str]:
    """All that a document names as a source of whatever it says, as chains write them."""
    parties = (names.of_party(c.cited) for c in member.document.citations)
    return list(
        dict.fromkeys([*(h.cited for h in sources.edges[member.key.document]), *(sources.aliases.of(n) for n in parties if n)])
    )


def _softer(
    document: str, side: Side, cited: Sequence[str], judged: Judged, members: Mapping[str, Appearance], sources: Sources
) -> Iterator[Softer]:
    for name in cited:
        pages = [d for d in sources.outlets.get(name, ()) if d != document]
        if pages and not any(_firm(judged[d], side) for d in pages):
            words = [w for d in pages for w in _soft_words(d, side, judged, members)]
            if words:
                yield f"the page of {name}, which it names, says", words[:MOST_SOFTER]
    yield from _as_others_quote(document, side, cited, judged, members, sources)
    yield from _under_its_headline(document, side, judged)


def _soft_words(document: str, side: Side, judged: Judged, members: Mapping[str, Appearance]) -> list[DocumentSpan]:
    """The words by which a document judges less than outright, or doubts what it shows."""
    softer = [j.words for j in judged[document] if j.side in {side, None} and j.grade < FIRM]
    return softer or doubts(members[document])[:1]


def _as_others_quote(
    document: str, side: Side, cited: Sequence[str], judged: Judged, members: Mapping[str, Appearance], sources: Sources
) -> Iterator[Softer]:
    """A party without a page at hand, whom other documents that name it quote less firmly, and none of them as firmly."""
    others: defaultdict[str, list[str]] = defaultdict(list)
    for other, member in members.items():
        if other != document:
            for name in set(_cited(member, sources)) & set(cited):
                others[name].append(other)
    for name in (n for n in cited if others[n] and not sources.outlets.get(n)):
        if any(_firm(judged[d], side) for d in others[name]):
            continue
        words = [j.words for d in others[name] for j in judged[d] if j.side in {side, None} and j.grade < FIRM]
        if words:
            yield f"others that name {name} as well say only", words[:MOST_SOFTER]


def _under_its_headline(document: str, side: Side, judged: Judged) -> Iterator[Softer]:
    """A first line that judges outright over a text that never does."""
    said = judged[document]
    firm = [j for j in said if j.side == side and j.grade == FIRM]
    softer = [j.words for j in said if j.side in {side, None} and j.grade < FIRM and j.sentence[0] > 0]
    if firm and softer and all(j.sentence[0] == 0 for j in firm):
        yield "the text under that headline says only", softer[:MOST_SOFTER]
