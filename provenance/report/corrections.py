"""Whom to tell when a visual falls: each outlet and account that carries it or hands it on, with its own words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from provenance.records import (
    SURENESS,
    CarrierPart,
    CarryingDocument,
    ChainHop,
    Correction,
    Document,
    DocumentSpan,
    Medium,
    Member,
    Passage,
    PassageKind,
    Relation,
    Span,
    StoredDocument,
    Visual,
)
from provenance.reference import parties

MADE_BY: frozenset[Relation] = frozenset(["posted-by", "captured-from", "provided-by", "credits"])
"""Relations that lead to where a visual comes from; by the others it is only handed on."""
SILENT = frozenset(["mentioned", "metadata-only"])


@dataclass(slots=True)
class _Carrier:
    """One party on the way of a visual: the names that it goes by, and its documents."""

    outlet: str | None = None
    account: str | None = None
    domain: str | None = None
    documents: dict[str, list[Member]] = field(default_factory=dict)


def corrections(visual: Visual, documents: Mapping[str, StoredDocument]) -> list[Correction]:
    """Everyone who must be told: those with a document at hand, most relied on first; then who is only named.

    Args:
        visual: the visual that fell.
        documents: the documents at hand, by id; of others only what the visual itself says of them is known.
    """
    carriers = _carriers(visual, documents)
    named = {name: number for number, carrier in enumerate(carriers) for name in _names(carrier)}
    leaving, coming = _by_carrier(visual, named)
    own = [_own(visual, c, leaving[n], coming[n], documents) for n, c in enumerate(carriers)]
    own.sort(key=lambda found: -len(found.cited_by))
    absent = [_absent(visual, name, hops) for name, hops in _hops_to_others(visual, named).items()]
    absent.sort(key=lambda found: (found.part == "source", -len(found.cited_by)))
    return [*own, *absent]


def called(correction: Correction) -> str:
    """Outlet, account and domain in one, as far as known."""
    known = [n for n in (correction.outlet, correction.account, correction.domain) if n]
    return f"{known[0]} ({', '.join(known[1:])})" if len(known) > 1 else known[0] if known else "outlet unknown"


# ------------------------------------------------------------------ those with a document at hand


def _carriers(visual: Visual, documents: Mapping[str, StoredDocument]) -> list[_Carrier]:
    """One for each outlet or account among the members; a document of which neither is known stands alone."""
    found: dict[str, _Carrier] = {}
    for member in visual.members:
        stored = documents.get(member.document)
        outlet, account, domain = _who(member, stored.document if stored else None)
        key = _key(outlet or account or domain or "") or member.document
        carrier = found.setdefault(key, _Carrier(outlet, account, domain))
        carrier.account = carrier.account or account
        carrier.domain = carrier.domain or domain
        carrier.documents.setdefault(member.document, []).append(member)
    return list(found.values())


def _who(member: Member, document: Document | None) -> tuple[str | None, str | None, str | None]:
    """Outlet, account and domain of a document."""
    if document is None:
        return member.outlet, None, None
    facts = document.document
    handle = next((p for p in document.posts if p.handle), None) if facts.kind == "post" else None
    account = f"{handle.platform}:@{(handle.handle or '').lower()}" if handle else None
    name = facts.outlet.name or (member.outlet if member.outlet != facts.outlet.domain else None)
    return name, account, None if facts.kind == "post" else facts.outlet.domain


def _names(carrier: _Carrier) -> Iterator[str]:
    """Keys of all names by which documents may cite a carrier, its documents' ids among them."""
    yield from (_key(name) for name in (carrier.outlet, carrier.account, carrier.domain) if name)
    yield from carrier.documents


def _key(name: str) -> str:
    entry = parties.resolve(name)
    return entry.name if entry else " ".join(name.casefold().split())


def _by_carrier(
    visual: Visual, named: Mapping[str, int]
) -> tuple[defaultdict[int, list[ChainHop]], defaultdict[int, list[ChainHop]]]:
    """The hops that leave each carrier, and those by which others have it from there."""
    leaving: defaultdict[int, list[ChainHop]] = defaultdict(list)
    coming: defaultdict[int, list[ChainHop]] = defaultdict(list)
    for hop in visual.hops:
        citing, cited = (named.get(name, named.get(_key(name), -1)) for name in (hop.citing, hop.cited))
        leaving[citing].append(hop)
        if cited != named.get(hop.document):
            coming[cited].append(hop)
    return leaving, coming


def _own(
    visual: Visual,
    carrier: _Carrier,
    leaving: Sequence[ChainHop],
    coming: Sequence[ChainHop],
    documents: Mapping[str, StoredDocument],
) -> Correction:
    return Correction(
        visual=visual.id,
        part="carries",
        outlet=carrier.outlet,
        account=carrier.account,
        domain=carrier.domain,
        documents=tuple(_carrying(d, members, documents.get(d)) for d, members in carrier.documents.items()),
        has_it_from=tuple(dict.fromkeys(h.cited for h in leaving)),
        cited_by=tuple(dict.fromkeys(h.document for h in coming)),
        named_in=_words(coming),
    )


def _carrying(document: str, members: Sequence[Member], stored: StoredDocument | None) -> CarryingDocument:
    first, wanted = members[0], {m.media for m in members}
    read = stored.document if stored else None
    media = [m for m in read.media if m.id in wanted] if read else []
    return CarryingDocument(
        document=document,
        source=first.source,
        headline=read.document.headline if read else None,
        url=first.url or (read.document.canonical_url or read.document.url if read else None),
        published=first.published or (read.document.published if read else None),
        media=tuple(m.media for m in members),
        confidence=min((m.confidence for m in members), key=SURENESS.index),
        shows=any(m.role not in SILENT for m in media) if media else None,
        passages=_passages(read, media) if read else _of_members(members),
    )


def _of_members(members: Iterable[Member]) -> tuple[Passage, ...]:
    """What the visual itself holds of a document that is not at hand."""
    captions = [Passage(kind="caption", text=m.caption) for m in members if m.caption]
    return tuple(dict.fromkeys([*captions, *(Passage(kind="credit", text=m.credit) for m in members if m.credit)]))


def _passages(document: Document, media: Sequence[Medium]) -> tuple[Passage, ...]:
    """The words of a document about some of its media, in the order of its text, none that lies within another of its kind."""
    spoken = [found for medium in media for found in _spans(document, medium)]
    spoken.sort(key=lambda found: (found[1].start, -found[1].end))  # stable: of equal spans the first named stays
    kept: list[tuple[PassageKind, Span]] = []
    for kind, span in spoken:
        if not any(span.start >= other.start and span.end <= other.end for _, other in kept):
            kept.append((kind, span))
    inside = [Passage(kind=kind, text=span.text, span=span) for kind, span in kept]
    return tuple(dict.fromkeys([*inside, *(found for medium in media for found in _outside(medium))]))


def _spans(document: Document, medium: Medium) -> Iterator[tuple[PassageKind, Span]]:
    named: list[tuple[PassageKind, Span | None]] = [("caption", medium.caption_span), ("credit", medium.credit_span)]
    named += [("post", post.span) for post in document.posts if medium.id in post.media or post.id == medium.post]
    named += [("description", medium.description), *(("mention", span) for span in medium.mentions)]
    named += [("claim", claim.span) for claim in document.claims if claim.about == medium.id]
    named += [("source", c.span or c.cue_span) for c in document.citations if medium.id in c.about]
    yield from ((kind, span) for kind, span in named if span)


def _outside(medium: Medium) -> Iterator[Passage]:
    """Words that the page holds outside its text: a caption in its metadata, an alternative text."""
    if medium.caption and not medium.caption_span:
        yield Passage(kind="caption", text=medium.caption)
    if medium.credit and not medium.credit_span:
        yield Passage(kind="credit", text=medium.credit)
    if medium.alt and medium.alt != medium.caption:
        yield Passage(kind="alternative-text", text=medium.alt)


# ------------------------------------------------------------------ those that others name


def _hops_to_others(visual: Visual, named: Mapping[str, int]) -> dict[str, list[ChainHop]]:
    """The hops to parties of which no document is a member; those that nobody names cannot be told anything."""
    found: defaultdict[str, list[ChainHop]] = defaultdict(list)
    for hop in visual.hops:
        if hop.named and _key(hop.cited) not in named and hop.cited not in named:
            found[hop.cited].append(hop)
    return found


def _absent(visual: Visual, name: str, hops: Sequence[ChainHop]) -> Correction:
    onward = [h for h in visual.hops if h.citing == name]
    part: CarrierPart = "source" if not onward and any(h.relation in MADE_BY for h in hops) else "passes-on"
    entry = parties.resolve(name)
    is_account = "@" in name
    return Correction(
        visual=visual.id,
        part=part,
        outlet=None if is_account else name,
        account=name if is_account else None,
        domain=entry.domain if entry else None,
        has_it_from=tuple(dict.fromkeys(h.cited for h in onward)),
        cited_by=tuple(dict.fromkeys(h.document for h in hops)),
        named_in=_words(hops),
    )


def _words(hops: Iterable[ChainHop]) -> tuple[DocumentSpan, ...]:
    spans = ((h.document, h.span) for h in hops if h.span)
    return tuple(dict.fromkeys(DocumentSpan(document=d, start=s.start, end=s.end, text=s.text) for d, s in spans))
