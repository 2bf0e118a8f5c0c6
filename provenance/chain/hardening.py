"""Who gives a firmer verdict on a visual than what it has it from."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from provenance.chain import names
from provenance.chain.appearance import Appearance
from provenance.chain.judgements import FIRM, SIDES, Judgement, Side, judgements
from provenance.chain.losses import doubts
from provenance.chain.paths import Sources
from provenance.chain.statements import said_in
from provenance.records import DocumentSpan, Loss

MOST_SOFTER = 4
"""Softer wordings that are quoted beside a hard one."""
Softer = tuple[str, list[DocumentSpan]]
"""Who says it more softly, in a sentence's words, and the words themselves."""


@dataclass(frozen=True, slots=True)
class Said:
    """What all documents of a visual say: their judgements, whom each names, and by whom each party is named."""

    judged: Mapping[str, Sequence[Judgement]]
    members: Mapping[str, Appearance]
    cited: Mapping[str, Sequence[str]]
    naming: Mapping[str, Sequence[str]]
    sources: Sources

    def firm(self, document: str, side: Side) -> Judgement | None:
        """The first outright judgement of a document on one side."""
        return next((j for j in self.judged[document] if j.side == side and j.grade == FIRM), None)

    def softer(self, document: str, side: Side) -> list[DocumentSpan]:
        """The words by which a document judges less than outright."""
        return [j.words for j in self.judged[document] if j.side in {side, None} and j.grade < FIRM]

    def pages(self, name: str, document: str) -> list[str]:
        """The pages at hand of a party, but for one document."""
        return [d for d in self.sources.outlets.get(name, ()) if d != document]


def verdict_hardened(members: Sequence[Appearance], sources: Sources) -> tuple[Loss, ...]:
    """Documents that judge a visual outright, though what they have it from does not.

    That is a page at hand of a source that they name; or a party that they name, which others quote more softly than they do,
    and nobody else as firmly; or their own text, under a headline that judges. Who names one of them may repeat it.
    """
    said = _said(members, sources)
    outright = [(d, side) for d in said.members for side in SIDES if said.firm(d, side)]
    found = {(d, side): loss for d, side in outright for loss in [_hardened(d, side, said)] if loss}
    repeated = [_repeated(d, side, said, found) for d, side in outright if (d, side) not in found]
    return (*found.values(), *(loss for loss in repeated if loss))


def _said(members: Sequence[Appearance], sources: Sources) -> Said:
    judged: dict[str, list[Judgement]] = {}
    first: dict[str, Appearance] = {}
    for member in members:
        judged.setdefault(member.key.document, []).extend(judgements(member))
        first.setdefault(member.key.document, member)
    cited = {d: _cited(m, sources) if len(first) > 1 else () for d, m in first.items()}  # alone, nobody is to be compared with
    naming: defaultdict[str, list[str]] = defaultdict(list)
    for document, named in cited.items():
        for name in named:
            naming[name].append(document)
    return Said(judged, first, cited, naming, sources)


def _cited(member: Appearance, sources: Sources) -> Sequence[str]:
    """All that a document names as a source of whatever it says, as chains write them."""
    parties = (names.of_party(c.cited) for c in member.document.citations)
    hops = (h.cited for h in sources.edges[member.key.document])
    return list(dict.fromkeys([*hops, *(sources.aliases.of(n) for n in parties if n)]))


def _hardened(document: str, side: Side, said: Said) -> Loss | None:
    firm = said.firm(document, side)
    kinds = (_than_its_page, _than_others_quote, _than_its_own_text)
    softer = next((found for kind in kinds for found in kind(document, side, said)), None)
    if firm is None or softer is None:
        return None
    who, words = softer
    reading = f"{said_in([firm.words.text])} is said outright; {who} {said_in([w.text for w in words])}."
    return Loss(kind="verdict-hardened", document=document, reading=reading, spans=(firm.words, *words))


def _than_its_page(document: str, side: Side, said: Said) -> Iterator[Softer]:
    """A page at hand of a source that it names."""
    for name in said.cited[document]:
        pages = said.pages(name, document)
        if not any(said.firm(d, side) for d in pages):
            words = [w for d in pages for w in said.softer(d, side) or doubts(said.members[d])[:1]]
            if words:
                yield f"the page of {name}, which it names, says", words[:MOST_SOFTER]


def _than_others_quote(document: str, side: Side, said: Said) -> Iterator[Softer]:
    """A party without a page at hand, whom other documents that name it quote less firmly, and none of them as firmly."""
    for name in said.cited[document]:
        others = [d for d in said.naming[name] if d != document]
        if not said.sources.outlets.get(name) and not any(said.firm(d, side) for d in others):
            words = [w for d in others for w in said.softer(d, side)]
            if words:
                yield f"others that name {name} as well say only", words[:MOST_SOFTER]


def _than_its_own_text(document: str, side: Side, said: Said) -> Iterator[Softer]:
    """A first line that judges outright over a text that never does."""
    judged = said.judged[document]
    softer = [j.words for j in judged if j.side in {side, None} and j.grade < FIRM and j.sentence[0] > 0]
    if softer and all(j.sentence[0] == 0 for j in judged if j.side == side and j.grade == FIRM):
        yield "the text under that headline says only", softer[:MOST_SOFTER]


def _repeated(document: str, side: Side, said: Said, found: Mapping[tuple[str, Side], Loss]) -> Loss | None:
    """A document that says the same as one it names, which had hardened it."""
    firm = said.firm(document, side)
    pages = [(name, d) for name in said.cited[document] for d in said.pages(name, document) if (d, side) in found]
    if firm is None or not pages:
        return None
    name, page = pages[0]
    reading = f"{said_in([firm.words.text])} repeats {name}, which it names, and which is firmer than what it has it from."
    return Loss(kind="verdict-hardened", document=document, reading=reading, spans=(firm.words, *found[page, side].spans))
