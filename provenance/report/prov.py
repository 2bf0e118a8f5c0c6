"""Chains and verdicts in the words of W3C PROV (PROV-DM, PROV-JSON).

What a document or source shows of a visual is an entity; the one who cites derives it from the one who is cited. Two appearances
of one visual are alternates, which has no direction. An analyst's verdict is an entity that an activity made. All names that PROV
reads are made by us; text from outside stands in attributes only.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from provenance.records import Assessment, Dossier, Json, Member, Visual
from provenance.report.graph import Edge, Node, graph
from provenance.report.index import Index
from provenance.report.lines import embeddable

_PREFIXES = {"desk": "urn:provenance:record:", "term": "urn:provenance:term:"}
Bundle = dict[str, dict[str, Json]]
"""PROV-JSON: kind of statement -> its name -> its attributes."""


def prov(dossier: Dossier) -> bytes:
    """PROV-JSON (W3C Member Submission of 2013): UTF-8, in ASCII, safe to stand in a page."""
    index, drawn = Index(dossier), graph(dossier)
    made: Bundle = {}
    for node in drawn.nodes:
        _put(made, "entity", _entity(node), _node(node))
        if node.kind == "source":
            _put(made, "agent", f"desk:agent-{node.id}", {"prov:label": node.name})
            _put(
                made, "wasAttributedTo", f"_:by-{node.id}", {"prov:entity": _entity(node), "prov:agent": f"desk:agent-{node.id}"}
            )
    entities = {node.id: _entity(node) for node in drawn.nodes}
    for edge in drawn.edges:
        _put(made, "wasDerivedFrom", f"_:{edge.id}", _derived(edge, entities))
    for number, visual in enumerate(dossier.visuals, 1):
        _members(made, visual, f"v{number}")
        for assessment in index.assessments(visual):
            _verdict(made, visual, assessment, f"v{number}")
    return embeddable({"prefix": _PREFIXES, **made})


def _put(made: Bundle, kind: str, name: str, attributes: Mapping[str, Any]) -> None:
    made.setdefault(kind, {})[name] = {key: value for key, value in attributes.items() if value is not None}


def _entity(node: Node) -> str:
    return f"desk:{node.id}"


def _node(node: Node) -> Json:
    return {
        "prov:label": node.name,
        "prov:type": _name("prov:Collection") if node.kind == "document" else None,
        "term:kind": node.kind,
        "term:document": node.document,
        "term:headline": node.headline,
        "term:address": node.url,
        "term:published": node.published,
        "term:earliestKnownOrigin": True if node.origin else None,
    }


def _name(qualified: str) -> Json:
    return {"$": qualified, "type": "prov:QUALIFIED_NAME"}


def _derived(edge: Edge, entities: Mapping[str, str]) -> Json:
    span = edge.hop.span if edge.hop else None
    return {
        "prov:generatedEntity": entities[edge.citing],
        "prov:usedEntity": entities[edge.cited],
        "prov:type": _name("prov:Quotation") if edge.relation == "quotes" else None,
        "term:visual": edge.visual,
        "term:relation": edge.relation,
        "term:words": span.text if span else None,
        "term:document": edge.hop.document if edge.hop else None,
        "term:start": span.start if span else None,
        "term:end": span.end if span else None,
    }


def _members(made: Bundle, visual: Visual, ident: str) -> None:
    """The appearances of a visual: each an entity, each but the first an alternate of the first."""
    names = [f"desk:{ident}-{number}" for number, _ in enumerate(visual.members, 1)]
    for name, member in zip(names, visual.members, strict=True):
        _put(made, "entity", name, _appearance(visual, member))
    for number, name in enumerate(names[1:], 2):
        alternates = {"prov:alternate1": name, "prov:alternate2": names[0]}
        _put(made, "alternateOf", f"_:same-{ident}-{number}", alternates)


def _appearance(visual: Visual, member: Member) -> Json:
    return {
        "prov:label": member.caption or visual.label,
        "term:visual": visual.id,
        "term:document": member.document,
        "term:medium": member.media,
        "term:sha256": member.asset,
        "term:joinedBy": member.how,
        "term:confidence": member.confidence,
        "term:why": member.why,
        "term:graphic": member.graphic,
    }


def _verdict(made: Bundle, visual: Visual, said: Assessment, ident: str) -> None:
    keys = [(member.document, member.media) for member in visual.members]
    place = (said.appearance.document, said.appearance.medium)
    number = keys.index(place) + 1 if place in keys else 1
    here = f"{ident}-{len(made.get('activity', {})) + 1}"
    verdict, activity, agent = f"desk:verdict-{here}", f"desk:assessing-{here}", f"desk:analyst-{here}"
    _put(made, "entity", verdict, {"prov:label": said.why, "term:status": said.status, "term:visual": visual.id})
    at = _moment(said.at)
    _put(made, "activity", activity, {"prov:endTime": at})
    _put(made, "agent", agent, {"prov:label": said.who, "prov:type": _name("prov:Person")})
    _put(made, "wasGeneratedBy", f"_:made-{here}", {"prov:entity": verdict, "prov:activity": activity, "prov:time": at})
    _put(made, "used", f"_:used-{here}", {"prov:activity": activity, "prov:entity": f"desk:{ident}-{number}"})
    _put(made, "wasAssociatedWith", f"_:with-{here}", {"prov:activity": activity, "prov:agent": agent})


def _moment(text: str) -> str | None:
    """A moment as xsd:dateTime; None for what is none."""
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        return None
