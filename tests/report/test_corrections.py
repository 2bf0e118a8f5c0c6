"""Whom to tell when a visual falls: nobody left out, every passage an exact slice, nobody told that cannot be."""

import dataclasses

from provenance.records import ChainHop, Dossier, Outlet, Span
from provenance.report.corrections import called, corrections


def test_every_document_stands_with_just_one_party(dossier: Dossier) -> None:
    """No document that carries a visual is forgotten, and none is listed twice."""
    for visual in dossier.visuals:
        listed = [d.document for c in corrections(visual, dossier.documents) for d in c.documents]
        assert sorted({m.document for m in visual.members}) == sorted(listed)


def test_every_passage_is_a_slice_of_its_document(dossier: Dossier) -> None:
    """What is sent to an outlet are its own words, to the letter."""
    found = [(d, p) for v in dossier.visuals for c in corrections(v, dossier.documents) for d in c.documents for p in d.passages]
    assert len(found) > 6
    for document, passage in found:
        body = dossier.documents[document.document].document.text
        if passage.span:
            assert passage.text == passage.span.text == body[passage.span.start : passage.span.end]


def test_no_passage_lies_within_another(dossier: Dossier) -> None:
    """A sentence is not quoted a second time in part."""
    for correction in corrections(dossier.visuals[0], dossier.documents):
        for document in correction.documents:
            spans = [p.span for p in document.passages if p.span]
            assert not [(a, b) for a in spans for b in spans if a is not b and a.start <= b.start and b.end <= a.end]


def test_words_outside_the_text_are_told_without_a_place(dossier: Dossier) -> None:
    """A caption that stands in the page's metadata only is a passage, and no offsets are made up for it."""
    (ledger,) = [c for c in corrections(dossier.visuals[0], dossier.documents) if c.outlet == "The Harbour Ledger"]
    (caption,) = [p for p in ledger.documents[0].passages if p.kind == "caption"]
    assert (caption.text, caption.span) == ("The middle span in the water", None)


def test_the_post_that_others_lead_to_comes_first(dossier: Dossier) -> None:
    """Who most others have it from is told first: their corrections depend on that one."""
    first = corrections(dossier.visuals[0], dossier.documents)[0]
    assert (first.account, first.part) == ("telegram:@ferry_watch", "carries")
    assert set(first.cited_by) == {"doc1", "doc3"}


def test_an_agency_without_a_page_at_hand_is_told_too(dossier: Dossier) -> None:
    """Three documents have it from the agency: it is listed with their words, as one that hands it on."""
    (agency,) = [c for c in corrections(dossier.visuals[0], dossier.documents) if not c.documents]
    assert (agency.outlet, agency.part, agency.has_it_from) == ("Norvik Wire", "passes-on", ("telegram:@ferry_watch",))
    assert {s.document for s in agency.named_in} == {"doc1", "doc2", "doc3"}
    assert all(s.text == dossier.documents[s.document].document.text[s.start : s.end] for s in agency.named_in)


def test_the_end_of_a_chain_is_a_source_only_where_words_say_that_it_comes_from_there(dossier: Dossier) -> None:
    """Of one that merely reports, it is not said that the visual comes from it."""
    visual = dossier.visuals[0]
    for relation, part in (("posted-by", "source"), ("reports", "passes-on")):
        hop = ChainHop(citing="doc5", cited="Orla Quist", relation=relation, document="doc5", span=Span(0, 1, "I"))  # type: ignore[arg-type]
        lonely = dataclasses.replace(visual, chains=(("doc5", "Orla Quist"),), hops=(hop,))
        (found,) = [c for c in corrections(lonely, dossier.documents) if c.outlet == "Orla Quist"]
        assert found.part == part


def test_nobody_is_told_who_is_not_named(dossier: Dossier) -> None:
    """A channel that documents only describe cannot be told; it is a question, not an address."""
    hop = ChainHop(citing="doc5", cited="a channel", relation="posted-by", document="doc5", span=Span(0, 1, "I"), named=False)
    visual = dataclasses.replace(dossier.visuals[0], chains=(("doc5", "a channel"),), hops=(hop,))
    assert not [c for c in corrections(visual, dossier.documents) if not c.documents]


def test_two_documents_of_one_outlet_are_one_party(dossier: Dossier) -> None:
    """An outlet is told once, of all its pages; one of which only the domain is known is named by it."""
    documents = dict(dossier.documents)
    for name in ("doc2", "doc5"):
        stored = documents[name]
        facts = dataclasses.replace(stored.document.document, outlet=Outlet(domain="marsa.example"))
        documents[name] = dataclasses.replace(stored, document=dataclasses.replace(stored.document, document=facts))
    members = tuple(dataclasses.replace(m, outlet=None) for m in dossier.visuals[0].members)
    visual = dataclasses.replace(dossier.visuals[0], members=members)
    (marsa,) = [c for c in corrections(visual, documents) if c.domain == "marsa.example"]
    assert [d.document for d in marsa.documents] == ["doc2", "doc5"]
    assert called(marsa) == "marsa.example"


def test_a_document_that_is_not_at_hand_is_told_by_what_the_visual_holds(dossier: Dossier) -> None:
    """Its caption and credit are passed on without offsets, and whether it shows the visual is not known."""
    rest = {name: stored for name, stored in dossier.documents.items() if name != "doc2"}
    (marsa,) = [d for c in corrections(dossier.visuals[0], rest) for d in c.documents if d.document == "doc2"]
    assert marsa.shows is None
    assert [(p.kind, p.span) for p in marsa.passages] == [("credit", None)]


def test_how_sure_and_whether_shown_are_told(dossier: Dossier) -> None:
    """A desk sees before it writes that an appearance is a possible one only, or that a page never showed the picture."""
    found = {d.document: d for c in corrections(dossier.visuals[0], dossier.documents) for d in c.documents}
    assert found["doc5"].confidence == "possible"
    assert (found["doc3"].shows, found["doc1"].shows) == (False, True)
