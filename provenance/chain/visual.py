"""A group of appearances, written out as a visual."""

from collections import Counter
from collections.abc import Mapping, Sequence

from provenance.chain import conflicts, copies, hardening, interests, losses, origin, times
from provenance.chain.appearance import Appearance
from provenance.chain.joins import Edge
from provenance.chain.paths import Sources, outlet_of
from provenance.chain.unresolved import unresolved
from provenance.records import Assessment, ChainHop, LinkHow, Member, Origin, Visual

LABEL = 80


def build(group: Sequence[Appearance], edges: Mapping[str, Edge], assessments: Mapping[str, Sequence[Assessment]]) -> Visual:
    """The visual of a group.

    Args:
        group: its appearances in the order of ingestion, at least one.
        edges: the firmest edge that ties each of them to the group; a single one has none.
        assessments: analysts' verdicts by appearance.
    """
    sources = Sources(group)
    chains = sources.chains()
    start = origin.origin(group, sources)
    one_text = copies.copies(group)
    hedges, credits_ = losses.hedges_lost(group, sources), losses.credits_lost(group, sources)
    verdicts = hardening.verdict_hardened(group, sources)
    newest = max((a for m in group for a in assessments.get(m.name, ())), key=lambda a: a.at, default=None)
    return Visual(
        id=group[0].solo_id,
        label=label(group, start),
        status=newest.status if newest else "unverified",
        status_basis=f"{newest.who}, {newest.at}: {newest.why}" if newest else None,
        members=tuple(_member(a, edges.get(a.name)) for a in group),
        outlets=len({name for a in group if a.document.document.kind != "post" for name in [outlet_of(a)] if name}),
        documents=len({a.key.document for a in group}),
        independent_origins=origin.independent(sources, one_text),
        origin=start,
        first_seen=origin.first_seen(group),
        chains=tuple(chains),
        hops=tuple(
            ChainHop(citing=h.citing, cited=h.cited, relation=h.relation, document=h.document, span=h.span, named=h.named)
            for h in sources.used.values()
        ),
        conflicts=tuple(conflicts.find(group, sources)),
        hedge_lost_by=tuple(loss.document for loss in hedges),
        credit_lost_by=tuple(loss.document for loss in credits_),
        verdict_hardened_by=tuple(loss.document for loss in verdicts),
        losses=(*hedges, *credits_, *verdicts),
        citing_times=times.citing_times(group, sources),
        loops=tuple(sources.loops),
        interests=interests.interests(group, sources),
        unresolved=unresolved(group, sources),
        copies=one_text,
    )


def label(group: Sequence[Appearance], start: Origin) -> str:
    """What a visual shows, in at most 80 characters, and where it comes from as far as known."""
    spoken = Counter((a.document.document.language or "")[:2] for a in group)
    texts = [(rank, -spoken[language], " ".join(t.split())) for a in group for rank, language, t in _texts(a)]
    texts.sort(key=_as_label)
    text = next((t for *_, t in texts), f"{group[0].medium.kind} without description")
    account = f"@{start.handle}" if start.handle else None
    who = f"{start.platform}:{account}" if start.platform and account else account or start.name
    return f"{_shortened(text)} — {who}" if who else _shortened(text)


def _as_label(choice: tuple[int, int, str]) -> tuple[bool, bool, int, int, bool]:
    """Sorting key: no addresses, no fragment, captions first, the language of most documents, what need not be cut."""
    rank, language, text = choice
    fragment = rank > 0 and (len(text) < LABEL // 4 or text[0].islower())
    return "@" in text or "://" in text, fragment, rank, language, len(text) > LABEL


def _texts(appearance: Appearance) -> list[tuple[int, str, str]]:
    """What a document says that it shows, with how good a label it makes: captions, descriptions, mentions, alt texts."""
    medium, language = appearance.medium, (appearance.document.document.language or "")[:2]
    texts = [(0, medium.caption), (1, medium.description and medium.description.text), (3, medium.alt)]
    return [(rank, language, t) for rank, t in (*texts, *((2, m.text) for m in medium.mentions)) if t and t.strip()]


def _shortened(text: str) -> str:
    if len(text) <= LABEL:
        return text
    cut = text[: LABEL - 1]
    whole = cut if text[LABEL - 1].isspace() else cut.rpartition(" ")[0]
    return (whole or cut).rstrip(" ,;:") + "…"


def _member(appearance: Appearance, edge: Edge | None) -> Member:
    document, medium = appearance.document, appearance.medium
    return Member(
        document=appearance.key.document,
        source=document.source,
        media=medium.id,
        how=edge.how if edge else _alone(appearance),
        confidence=edge.confidence if edge else "same",
        why=edge.why if edge else "the only appearance known",
        outlet=document.document.outlet.name or document.document.outlet.domain,
        url=document.document.canonical_url or document.document.url,
        published=document.document.published,
        caption=medium.caption,
        credit=medium.credit,
        asset=appearance.asset,
    )


def _alone(appearance: Appearance) -> LinkHow:
    """What a single appearance is known by."""
    if appearance.asset:
        return "bytes"
    return "same-link" if appearance.addresses else "same-origin" if appearance.origins else "described"
