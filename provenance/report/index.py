"""The dossier as a report looks things up in it: short numbers for documents, media, assessments by visual."""

from dataclasses import dataclass, field

from provenance.records import Assessment, Decision, Dossier, Medium, Member, StoredDocument, Visual
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
        """The outlet, or that it is unknown."""
        return self.outlet or "outlet unknown"

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


def _keys(visual: Visual) -> set[tuple[str, str]]:
    return {(member.document, member.media) for member in visual.members}


def _references(dossier: Dossier) -> dict[str, DocumentRef]:
    stored = sorted(dossier.documents.values(), key=lambda document: document.sequence)
    outlets = {m.document: m.outlet for v in dossier.visuals for m in v.members if m.outlet}
    found = {d.id: _reference(d, n, outlets.get(d.id)) for n, d in enumerate(stored, 1)}
    missing = [m.document for v in dossier.visuals for m in v.members if m.document not in found]
    for document in dict.fromkeys(missing):
        found[document] = DocumentRef(id=document, number=f"D{len(found) + 1}", outlet=outlets.get(document))
    return found


def _reference(stored: StoredDocument, number: int, member_outlet: str | None) -> DocumentRef:
    facts = stored.document.document
    outlet = facts.outlet.name or member_outlet or facts.outlet.domain
    return DocumentRef(id=stored.id, number=f"D{number}", outlet=outlet, language=language(facts.language), stored=stored)
