"""The dossier as a report looks things up in it: short numbers for documents, media, assessments by visual."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from provenance.records import Assessment, Decision, DocumentSpan, Dossier, Marking, Medium, Member, StoredDocument, Visual
from provenance.report.text import language


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRef:
    """A document as a report names it: `number` is `D1`, `D2` … in the order of ingestion.

    `stored` is None for a document that a visual names and the dossier does not hold.
    """

    id: str
    number: str
    outlet: str | None = None
    language: str | None = None
    stored: StoredDocument | None = field(default=None, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The outlet, or the account of a post, or that it is unknown."""
        return self.outlet or self._account or "outlet unknown"

    @property
    def _account(self) -> str | None:
        document = self.stored.document if self.stored else None
        if document is None or document.document.kind != "post":
            return None
        return next((f"{post.platform}:@{post.handle}" for post in document.posts if post.handle), None)

    @property
    def text(self) -> str | None:
        """The document's text, where the dossier holds it."""
        return self.stored.document.text if self.stored else None


class Index:
    """Look-ups over one dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.documents = _references(dossier)

    def ref(self, document: str) -> DocumentRef:
        """The reference of a document id; an id that nothing else names gets one without a number."""
        return self.documents.get(document) or DocumentRef(id=document, number="D–")

    def medium(self, member: Member) -> Medium | None:
        """What the member's document says of it, where the dossier holds the document."""
        stored = self.dossier.documents.get(member.document)
        media = stored.document.media if stored else ()
        return next((medium for medium in media if medium.id == member.media), None)

    def assessments(self, visual: Visual) -> list[Assessment]:
        """The analysts' verdicts on a visual, oldest first, found by its appearances."""
        keys = _keys(visual)
        return [
            a for a in self.dossier.assessments if a.visual == visual.id or (a.appearance.document, a.appearance.medium) in keys
        ]

    def decisions(self, visual: Visual) -> list[Decision]:
        """The decisions that join or part appearances of a visual."""
        keys = _keys(visual)
        return [
            d for d in self.dossier.decisions if {(d.left.document, d.left.medium), (d.right.document, d.right.medium)} & keys
        ]

    def markings(self, visual: Visual) -> list[Marking]:
        """What was marked graphic or not of a visual's pictures, oldest first."""
        pictures, keys = {member.asset for member in visual.members}, _keys(visual)
        return [
            m
            for m in self.dossier.markings
            if pictures & set(m.assets) or keys & {(key.document, key.medium) for key in m.appearances}
        ]


def _keys(visual: Visual) -> set[tuple[str, str]]:
    return {(member.document, member.media) for member in visual.members}


def _references(dossier: Dossier) -> dict[str, DocumentRef]:
    stored = sorted(dossier.documents.values(), key=lambda document: document.sequence)
    outlets = {m.document: m.outlet for v in dossier.visuals for m in v.members if m.outlet}
    found = {d.id: _reference(d, n, outlets.get(d.id)) for n, d in enumerate(stored, 1)}
    missing = [d for visual in dossier.visuals for d in _named(visual) if d not in found]
    for document in dict.fromkeys(missing):
        found[document] = DocumentRef(id=document, number=f"D{len(found) + 1}", outlet=outlets.get(document))
    return found


def _named(visual: Visual) -> Iterator[str]:
    """Every document id that a visual names."""
    yield from (member.document for member in visual.members)
    yield from (chain[0] for chain in visual.chains if chain)
    yield from (hop.document for hop in visual.hops)
    yield from visual.origin.documents
    yield from (seen.document for seen in [visual.first_seen] if seen)
    for value in (value for conflict in visual.conflicts for value in conflict.values):
        yield from (*value.documents, *(span.document for span in value.spans))
    yield from (*visual.hedge_lost_by, *visual.credit_lost_by, *visual.verdict_hardened_by)
    for documents, spans in _grouped(visual):
        yield from (*documents, *(span.document for span in spans))


def _grouped(visual: Visual) -> Iterator[tuple[tuple[str, ...], tuple[DocumentSpan, ...]]]:
    """What a visual says of several documents at once, with the words."""
    yield from ((item.documents, item.spans) for item in visual.unresolved)
    yield from ((group.documents, group.spans) for group in visual.copies)
    yield from ((interest.documents, interest.spans) for interest in visual.interests)
    yield from (((loss.document,), loss.spans) for loss in visual.losses)
    yield from (((time.document, *time.documents), time.spans) for time in visual.citing_times)


def _reference(stored: StoredDocument, number: int, member_outlet: str | None) -> DocumentRef:
    facts = stored.document.document
    outlet = facts.outlet.name or member_outlet or facts.outlet.domain
    return DocumentRef(id=stored.id, number=f"D{number}", outlet=outlet, language=language(facts.language), stored=stored)
