"""What documents dropped that the source they cite had said: hedges and credits."""

from collections.abc import Iterator, Sequence

from provenance.chain import names
from provenance.chain.appearance import Appearance
from provenance.chain.paths import Sources
from provenance.chain.statements import cued, windows

DOUBT = frozenset(["modal", "inference", "hearsay", "allegation", "appearance", "probability", "conditional", "non-confirmation"])
"""Hedges that doubt; an attribution names a source, and a denial is a claim of its own."""


def hedge_lost_by(members: Sequence[Appearance], sources: Sources) -> tuple[str, ...]:
    """Documents without any doubt about the visual, though the page or post that they have it from doubts."""
    doubting = {m.key.document for m in members if _doubts(m)}
    open_ones = doubting | {m.key.document for m in members if _leaves_open(m)}
    found = {d: None for d, cited in _cited_members(members, sources) if cited in doubting and d not in open_ones}
    found |= {m.key.document: None for m in members if _post_doubts_more(m)}
    return tuple(found)


def credit_lost_by(members: Sequence[Appearance], sources: Sources) -> tuple[str, ...]:
    """Documents that name nobody for the visual, while their source or most of the others do.

    A document that others name as their source is none of them; nor is a post, which is its author's own word.
    """
    documents = list(dict.fromkeys(m.key.document for m in members))
    naming = {m.key.document for m in members if sources.edges[m.key.document] or m.medium.credit}
    cited = {hop.cited for hops in sources.edges.values() for hop in hops}
    silent = [d for d in documents if d not in naming and d not in sources.posts]
    most = len(naming) > 1 and len(naming) * 2 > len(documents)
    return tuple(d for d in silent if most and not any(d in sources.outlets.get(name, ()) for name in cited))


def _cited_members(members: Sequence[Appearance], sources: Sources) -> Iterator[tuple[str, str]]:
    """Each document with each other member document whose outlet or account it names as a source, of whatever."""
    for member in {m.key.document: m for m in members}.values():
        document = member.key.document
        parties = (names.of_party(c.cited) for c in member.document.citations)
        named = dict.fromkeys([*(h.cited for h in sources.edges[document]), *(sources.aliases.of(n) for n in parties if n)])
        yield from ((document, o) for name in named for o in sources.outlets.get(name, ()) if o != document)


def _doubts(member: Appearance) -> bool:
    """Whether a document hedges about the visual: by a hedge tied to it or standing in the words on what it shows."""
    subjects = {member.medium.id, *(c.id for c in member.document.claims if c.about == member.medium.id)}
    shown = windows(member)
    return any(
        not subjects.isdisjoint(h.about) or any(a <= h.span.start < b for a, b in shown)
        for h in member.document.hedges
        if h.type in DOUBT
    ) or any(cued("distances", member, a, b) for a, b in shown)


def _leaves_open(member: Appearance) -> bool:
    """Whether it says anywhere that something was not verified: enough not to be blamed for a lost hedge."""
    about = {m.id for m in member.document.media}
    tied = any(h.type in DOUBT and not about.isdisjoint(h.about) for h in member.document.hedges)
    return tied or bool(cued("open", member, 0, len(member.document.text)))


def _post_doubts_more(member: Appearance) -> bool:
    """The embedded post that carries it doubts, and the article around it nowhere does."""
    spans = [p.span for p in member.document.posts if p.id in member.posts and p.embedding == "embedded" and p.span]
    subjects = {member.medium.id, *member.posts}
    about = [h for h in member.document.hedges if h.type in DOUBT and not subjects.isdisjoint(h.about)]
    inside = [h for h in about if any(s.start <= h.span.start < s.end for s in spans)]
    return bool(inside) and len(inside) == len(about) and member.document.document.kind != "post"
