"""Sources of a visual that may be a party to the matter: handouts, pools, ministries, services; each label with its words."""

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from provenance.chain import names, sentences
from provenance.chain.appearance import Appearance
from provenance.chain.losses import quoted
from provenance.chain.paths import Sources
from provenance.records import Citation, DocumentSpan, Interest, Relation
from provenance.reference import interests as known
from provenance.reference import parties

GIVING: frozenset[Relation] = frozenset(["posted-by", "captured-from", "provided-by", "credits", "via"])
"""Relations by which a visual comes from somebody; who merely comments on it is not its source."""
BEFORE, AFTER = 60, 40
"""Code points beside a name in which its description stands: "the pro-government channel NAME", "NAME (the army's office)"."""
STOPS = ',;:()[]«»“”"\n。、，'
MOST_SPANS = 6
Basis: TypeAlias = Literal["words", "known-party"]
Said: TypeAlias = tuple[str, str, Basis, DocumentSpan]
"""Label, party, basis and words."""


def interests(members: Sequence[Appearance], sources: Sources) -> tuple[Interest, ...]:
    """The labels of the sources that members give it to come from, each party's with all documents that show it."""
    found: dict[tuple[str, str, Basis], dict[DocumentSpan, None]] = {}
    for member in members:
        for label, party, basis, words in (*_credited(member, sources), *_cited(member, sources)):
            found.setdefault((label, party, basis), {})[words] = None
    order = {label: at for at, label in enumerate(known.labels())}
    return tuple(
        Interest(
            label=label,
            party=party,
            basis=basis,
            documents=tuple(dict.fromkeys(w.document for w in words)),
            spans=tuple(words)[:MOST_SPANS],
        )
        for (label, party, basis), words in sorted(found.items(), key=lambda item: (order[item[0][0]], item[0][1]))
    )


def _credited(member: Appearance, sources: Sources) -> Iterator[Said]:
    """Words in the credit line, which are said of the line and of none of its parties, and what is known of these."""
    span = member.medium.credit_span
    if span is None:
        return
    line = member.medium.credit or span.text
    for found in known.find(member.document.text, span.start, span.end):
        yield found.label, line, "words", quoted(member, found.start, found.end)
    for party in member.medium.credit_parties:
        at = member.document.text.find(party, span.start, span.end)
        if at >= 0:
            yield from _known(member, sources.written(names.canonical(party)), at, at + len(party))


def _cited(member: Appearance, sources: Sources) -> Iterator[Said]:
    """Words beside the names of those whom the text gives as its source, and what is known of these names."""
    line = member.medium.credit_span
    for citation in (c for c in member.citations if c.relation in GIVING and c.span):
        name = member.named(citation.cited) or citation.cited.as_written or citation.cited.name
        where = _name_in_text(member, citation)
        if name is None or where is None or (line and line.start <= where[0] < line.end):
            continue
        party = sources.written(name)
        for found in known.find(member.document.text, *_beside(member, *where)):
            yield found.label, party, "words", quoted(member, found.start, found.end)
        yield from _known(member, party, *where)


def _known(member: Appearance, party: str, start: int, end: int) -> Iterator[Said]:
    """The labels of the parties that some words name."""
    written = member.document.text[start:end]
    entries = [e for e in (parties.resolve(written), *(m.entry for m in parties.find(written))) if e]
    for label in dict.fromkeys(label for entry in entries for label in known.of_party(entry.name)):
        yield label, party, "known-party", quoted(member, start, end)


def _name_in_text(member: Appearance, citation: Citation) -> tuple[int, int] | None:
    """Where the cited name stands in the words of the citation."""
    cited, span = citation.cited, citation.span
    if span is None:
        return None
    low = member.document.text.lower()
    for name in (n for n in (cited.as_written, cited.name, cited.handle) if n):
        at = low.find(name.lower(), span.start, span.end)
        if at >= 0:
            return at, at + len(name)
    return None


def _beside(member: Appearance, start: int, end: int) -> tuple[int, int]:
    """The name with the words right before it, and with what stands behind it in brackets."""
    text = member.document.text
    first, last = sentences.around(text, start, end)
    left = max([first, start - BEFORE, *(text.rfind(mark, first, start) + 1 for mark in STOPS)])
    told = text[end : end + 2].strip()[:1] in {"(", "（"}
    stops = [at for at in (text.find(mark, end + 2, last) for mark in STOPS) if at >= 0]
    return left, min([last, end + AFTER, *stops]) if told else end
