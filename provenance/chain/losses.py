"""What documents dropped that the source they cite had said: hedges and credits."""

from collections.abc import Iterator, Sequence

from provenance.chain import names
from provenance.chain.appearance import Appearance
from provenance.chain.paths import Sources
from provenance.chain.statements import cued, said_in, spans_of, windows
from provenance.records import DocumentSpan, Hedge, Loss

DOUBT = frozenset(["modal", "inference", "hearsay", "allegation", "appearance", "probability", "conditional", "non-confirmation"])
"""Hedges that doubt; an attribution names a source, and a denial is a claim of its own."""
MOST_WORDS = 2
"""Wordings of others that are quoted beside a loss."""


def hedges_lost(members: Sequence[Appearance], sources: Sources) -> tuple[Loss, ...]:
    """Documents without any doubt about the visual, though the page or post that they have it from doubts; with both's words."""
    doubting = {m.key.document: m for m in reversed(members) if doubts(m)}
    open_ones = doubting.keys() | {m.key.document for m in members if _leaves_open(m)}
    own = {m.key.document: m for m in reversed(members)}
    found: dict[str, Loss] = {}
    for document, cited in _cited_members(members, sources):
        if cited in doubting and document not in open_ones:
            found.setdefault(
                document, _hedge_lost(own[document], f"{sources.publisher(cited)}, which it names, has", doubts(doubting[cited]))
            )
    for member in members:
        inside = _doubts_of_its_post(member)
        if inside:
            words = [quoted(member, h.span.start, h.span.end) for h in inside]
            found.setdefault(member.key.document, _hedge_lost(member, "the post that carries it has", words))
    return tuple(found.values())


def _hedge_lost(member: Appearance, who: str, doubted: Sequence[DocumentSpan]) -> Loss:
    own = own_words(member)
    said = f"{said_in([own.text])} is said" if own else "It is shown"
    reading = f"{said} without a reservation; {who} {said_in(w.text for w in doubted[:MOST_WORDS])}."
    return Loss(
        kind="hedge-lost", document=member.key.document, reading=reading, spans=(*filter(None, [own]), *doubted[:MOST_WORDS])
    )


def credits_lost(members: Sequence[Appearance], sources: Sources) -> tuple[Loss, ...]:
    """Documents that name nobody for the visual, while their source or most of the others do; with words of both.

    A document that others name as their source is none of them; nor is a post, which is its author's own word.
    """
    documents = {m.key.document: m for m in reversed(members)}
    naming = {m.key.document: m for m in reversed(members) if sources.edges[m.key.document] or m.medium.credit}
    cited = {hop.cited for hops in sources.edges.values() for hop in hops}
    silent = [d for d in reversed(documents) if d not in naming and d not in sources.posts]
    most = len(naming) > 1 and len(naming) * 2 > len(documents)
    named = [w for m in reversed(naming.values()) for w in [_naming_words(m, sources)] if w][:MOST_WORDS]
    blamed = [d for d in silent if most and not any(d in sources.outlets.get(name, ()) for name in cited)]
    return tuple(_credit_lost(documents[d], named, f"{len(naming)} of {len(documents)}") for d in blamed)


def _credit_lost(member: Appearance, named: Sequence[DocumentSpan], how_many: str) -> Loss:
    own = own_words(member)
    such = f", such as {said_in(w.text for w in named)}" if named else ""
    reading = f"No source is named for it; {how_many} documents name one{such}."
    return Loss(kind="credit-lost", document=member.key.document, reading=reading, spans=(*filter(None, [own]), *named))


def _naming_words(member: Appearance, sources: Sources) -> DocumentSpan | None:
    """The words by which a document names a source of the visual."""
    spans = [member.medium.credit_span, *(h.span for h in sources.edges[member.key.document])]
    return next((quoted(member, s.start, s.end) for s in spans if s), None)


def own_words(member: Appearance) -> DocumentSpan | None:
    """The first words that speak of the visual."""
    return next((quoted(member, s.start, s.end) for s in spans_of(member)), None)


def quoted(member: Appearance, start: int, end: int) -> DocumentSpan:
    """A slice of a document's text."""
    return DocumentSpan(document=member.key.document, start=start, end=end, text=member.document.text[start:end])


def _cited_members(members: Sequence[Appearance], sources: Sources) -> Iterator[tuple[str, str]]:
    """Each document with each other member document whose outlet or account it names as a source, of whatever."""
    documents = {m.key.document: m for m in members}
    for document, member in documents.items() if len(documents) > 1 else ():
        parties = (names.of_party(c.cited) for c in member.document.citations)
        named = dict.fromkeys([*(h.cited for h in sources.edges[document]), *(sources.aliases.of(n) for n in parties if n)])
        yield from ((document, o) for name in named for o in sources.outlets.get(name, ()) if o != document)


def doubts(member: Appearance) -> list[DocumentSpan]:
    """Words by which a document doubts the visual: hedges tied to it or standing in the words on what it shows."""
    subjects = {member.medium.id, *(c.id for c in member.document.claims if c.about == member.medium.id)}
    shown = windows(member)
    hedged = [
        (h.span.start, h.span.end)
        for h in member.document.hedges
        if h.type in DOUBT and (not subjects.isdisjoint(h.about) or any(a <= h.span.start < b for a, b in shown))
    ]
    distanced = [span for a, b in shown for span in cued("distances", member, a, b)]
    return [quoted(member, a, b) for a, b in sorted({*hedged, *distanced})]


def _leaves_open(member: Appearance) -> bool:
    """Whether it says anywhere that something was not verified: enough not to be blamed for a lost hedge."""
    about = {m.id for m in member.document.media}
    tied = any(h.type in DOUBT and not about.isdisjoint(h.about) for h in member.document.hedges)
    return tied or bool(cued("open", member, 0, len(member.document.text)))


def _doubts_of_its_post(member: Appearance) -> list[Hedge]:
    """The doubts of the embedded post that carries it, where the article around it nowhere doubts."""
    spans = [p.span for p in member.document.posts if p.id in member.posts and p.embedding == "embedded" and p.span]
    subjects = {member.medium.id, *member.posts}
    about = [h for h in member.document.hedges if h.type in DOUBT and not subjects.isdisjoint(h.about)]
    inside = [h for h in about if any(s.start <= h.span.start < s.end for s in spans)]
    return inside if len(inside) == len(about) and member.document.document.kind != "post" else []
