"""What documents dropped that the source they cite had said: hedges and credits."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from provenance.chain.appearance import Appearance
from provenance.chain.paths import Sources

DOUBT = frozenset(["modal", "inference", "hearsay", "allegation", "appearance", "probability", "conditional", "non-confirmation"])
"""Hedges that doubt; an attribution names a source, and a denial is a claim of its own."""


def hedge_lost_by(members: Sequence[Appearance], sources: Sources) -> tuple[str, ...]:
    """Documents without any doubt about the visual, though the page or post that they have it from doubts."""
    doubting = {m.key.document for m in members if _doubts(m)}
    found = {d: None for d, cited in _cited_members(members, sources) if cited in doubting and d not in doubting}
    found |= {m.key.document: None for m in members if _post_doubts_more(m)}
    return tuple(found)


def credit_lost_by(members: Sequence[Appearance], sources: Sources) -> tuple[str, ...]:
    """Documents that name none of those whom the page that they have it from credits."""
    credited: defaultdict[str, set[str]] = defaultdict(set)
    for member in members:
        credited[member.key.document] |= member.credits
    pairs = _cited_members(members, sources)
    return tuple({d: None for d, cited in pairs if credited[cited] and credited[cited].isdisjoint(credited[d])})


def _cited_members(members: Sequence[Appearance], sources: Sources) -> Iterator[tuple[str, str]]:
    """Each document with each other member document whose outlet or account it names as a source."""
    for document in dict.fromkeys(m.key.document for m in members):
        for name in dict.fromkeys(h.cited for h in sources.edges[document]):
            yield from ((document, other) for other in sources.outlets.get(name, ()) if other != document)


def _doubts(member: Appearance) -> bool:
    subjects = {member.medium.id, *(c.id for c in member.document.claims if c.about == member.medium.id)}
    return any(h.type in DOUBT and not subjects.isdisjoint(h.about) for h in member.document.hedges)


def _post_doubts_more(member: Appearance) -> bool:
    """The embedded post that carries it doubts, and the article around it nowhere does."""
    spans = [p.span for p in member.document.posts if p.id in member.posts and p.embedding == "embedded" and p.span]
    subjects = {member.medium.id, *member.posts}
    about = [h for h in member.document.hedges if h.type in DOUBT and not subjects.isdisjoint(h.about)]
    inside = [h for h in about if any(s.start <= h.span.start < s.end for s in spans)]
    return bool(inside) and len(inside) == len(about) and member.document.document.kind != "post"
