"""Who cites or carries what was not there yet, by the times that documents give; where these do not tell, that is said."""

from collections.abc import Iterator, Sequence

from provenance.chain import instants
from provenance.chain.appearance import Appearance
from provenance.chain.instants import Moments
from provenance.chain.losses import quoted
from provenance.chain.paths import Hop, Sources
from provenance.records import CitingTime, DateRole, DocumentFacts, DocumentSpan, Ordered, StoredDocument

DATED: frozenset[DateRole] = frozenset(["posted", "captured", "taken", "released", "shared"])
"""Days of what is past when a document speaks of it."""
Timed = tuple[str, Moments | None]


def citing_times(members: Sequence[Appearance], sources: Sources) -> tuple[CitingTime, ...]:
    """Each document with the pages at hand of those it names, the posts that it carries, and days that are later than itself."""
    found: list[CitingTime] = []
    by_id = {m.key.document: m.stored for m in reversed(members)}
    for member in {m.key.document: m for m in reversed(members)}.values():
        found[:0] = _pages(member, sources, by_id)
    for member in members:
        found += [*_posts(member), *_days(member)]
    return tuple(dict.fromkeys(found))


def published(facts: DocumentFacts) -> Moments | None:
    """When a document was published."""
    return instants.moments(facts.published, facts.published_precision)


# ------------------------------------------------------------------ pages


def _pages(member: Appearance, sources: Sources, by_id: dict[str, StoredDocument]) -> Iterator[CitingTime]:
    """One for each named outlet with pages at hand: a single page that was there before is enough."""
    document = member.key.document
    direct = {h.cited: h for h in sources.edges[document] if h.citing == document}
    for name, hop in direct.items():
        others = [by_id[d] for d in sources.outlets.get(name, ()) if d != document]
        if others:
            yield _page(member, name, hop, others)


def _page(member: Appearance, name: str, hop: Hop, others: Sequence[StoredDocument]) -> CitingTime:
    times = [(_compared(member, o.document.document.published, published(o.document.document)), o) for o in others]
    (result, why), other = min(times, key=lambda t: ("in-order", "not-checked", "impossible").index(t[0][0]))
    facts, own = other.document.document, member.document.document
    if result == "impossible":
        why = (
            f"It is dated {instants.spoken(own.published)} and names {name}; what is at hand of {name} is of "
            f"{instants.spoken(facts.published)} or later, and it cannot have it from that."
        )
    return CitingTime(
        document=member.key.document,
        at=own.published,
        cited=name,
        cited_at=facts.published,
        result=result,
        why=why,
        documents=tuple(o.id for _, o in times),
        spans=(quoted(member, hop.span.start, hop.span.end),) if hop.span else (),
    )


def _compared(member: Appearance, value: str | None, when: Moments | None) -> tuple[Ordered, str]:
    """Whether a time lies before the member's document, and why that is or is not known."""
    facts = member.document.document
    own, changed = published(facts), instants.moments(facts.modified)
    if own is None or when is None:
        return "not-checked", f"The time of {'the document' if own is None else 'what it cites'} is not known to the day."
    later = instants.is_after(when, own)
    between = f"{instants.spoken(facts.published)} and {instants.spoken(value)}"
    if later is None:
        return "not-checked", f"The times, {between}, are too rough to tell which was first."
    if not later:
        return "in-order", f"The times, {between}, agree with it."
    if changed is not None and not instants.is_after(when, changed):
        return "not-checked", f"The document was changed at {instants.spoken(facts.modified)}, and may have come to cite it then."
    return "impossible", ""


# ------------------------------------------------------------------ posts and days


def _posts(member: Appearance) -> Iterator[CitingTime]:
    """The embedded posts that carry it; a document that is a post carries itself."""
    if member.document.document.kind == "post":
        return
    for post in (p for p in member.document.posts if p.id in member.posts and p.embedding == "embedded" and p.date):
        who = f"{post.platform}:@{post.handle}" if post.handle else f"a post on {post.platform}"
        spans = (quoted(member, post.span.start, post.span.end),) if post.span else ()
        yield _carried(member, f"the post by {who}" if post.handle else who, post.date, instants.moments(post.date), spans)


def _days(member: Appearance) -> Iterator[CitingTime]:
    """Days of the visual that are later than the document which states them; others are in order and not worth a word."""
    for stated in (d for d in member.medium.stated_dates if d.role in DATED):
        when = instants.moments(stated.value, stated.precision)
        found = _carried(
            member,
            f"a day on which it was {stated.role}",
            stated.value,
            when,
            (quoted(member, stated.span.start, stated.span.end),),
        )
        if found.result == "impossible":
            yield found


def _carried(
    member: Appearance, what: str, value: str | None, when: Moments | None, spans: tuple[DocumentSpan, ...]
) -> CitingTime:
    result, why = _compared(member, value, when)
    own = member.document.document.published
    if result == "impossible":
        why = f"It is dated {instants.spoken(own)} and gives {what}, {instants.spoken(value)}, which is later."
    return CitingTime(document=member.key.document, at=own, cited=what, cited_at=value, result=result, why=why, spans=spans)
