"""Chains as GraphML, DOT, Mermaid and PROV, and verdicts as ClaimReview: read back by readers that are not ours."""

import dataclasses
import io
import json
import re
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from defusedxml import ElementTree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.records import Dossier, Snapshot
from provenance.report.drawings import dot, graphml, mermaid
from provenance.report.graph import Graph, graph
from provenance.report.prov import prov
from provenance.report.reviews import CATEGORIES, claim_reviews
from provenance.report.text import terminal_safe, visible

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)


def named(dossier: Dossier, text: str) -> Dossier:
    """A dossier in which an outlet, a cited name, a headline and the words of a hop are one text."""
    visual = dossier.visuals[0]
    hop = visual.hops[0]
    words = dataclasses.replace(hop.span, text=text) if hop.span else None
    stored = dossier.documents["doc1"]
    facts = dataclasses.replace(stored.document.document, headline=text)
    document = dataclasses.replace(stored, document=dataclasses.replace(stored.document, document=facts))
    return dataclasses.replace(
        dossier,
        title=text,
        documents={**dossier.documents, "doc1": document},
        visuals=(
            dataclasses.replace(
                visual,
                chains=(("doc1", text), *visual.chains[1:]),
                hops=(dataclasses.replace(hop, cited=text, span=words), *visual.hops[1:]),
            ),
        ),
    )


def read_graphml(content: bytes) -> Any:
    return pytest.importorskip("networkx").read_graphml(io.BytesIO(content), force_multigraph=True)


def read_dot(content: bytes) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pydot's own, of the parser it is made with
        (found,) = pytest.importorskip("pydot").graph_from_dot_data(content.decode("utf-8"))
    return found


def undotted(label: str) -> str:
    """What Graphviz shows of a quoted label: quotation marks, escapes, then entities."""
    return re.sub(r"\\(.)", r"\1", label[1:-1]).replace("&amp;", "&")


def unmermaided(label: str) -> str:
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label)


def folded(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def shape(drawn: Graph) -> tuple[set[str], list[tuple[str, str]]]:
    return {node.id for node in drawn.nodes}, sorted((edge.citing, edge.cited) for edge in drawn.edges)


def test_every_hop_is_an_edge_with_its_words(dossier: Dossier) -> None:
    """GraphML read by networkx: the same nodes and edges, the outlets' names, the exact words and their places."""
    drawn, found = graph(dossier), read_graphml(graphml(dossier))
    assert (set(found.nodes), sorted(found.edges())) == shape(drawn)
    told = {data["words"] for *_, data in found.edges(data=True) if "words" in data}
    assert told == {hop.span.text for hop in dossier.visuals[0].hops if hop.span}
    assert "صحيفة المرسى" in {data["name"] for _, data in found.nodes(data=True)}
    assert [data["name"] for _, data in found.nodes(data=True) if data["origin"]] == ["telegram:@ferry_watch"]
    assert all(isinstance(data["start"], int) for *_, data in found.edges(data=True) if "words" in data)


def test_dot_and_mermaid_hold_the_same_graph(dossier: Dossier) -> None:
    """DOT read by pydot, and Mermaid line by line, give the nodes and edges of the graph."""
    drawn, found = graph(dossier), read_dot(dot(dossier))
    names = {node.get_name() for node in found.get_nodes()} - {"node"}
    assert (names, sorted((e.get_source(), e.get_destination()) for e in found.get_edges())) == shape(drawn)
    first, *lines = mermaid(dossier).decode().splitlines()
    assert first == "flowchart LR"
    nodes = {line.split("[")[0].split("(")[0].strip() for line in lines if "--" not in line and "-.-" not in line}
    edges = [re.fullmatch(r'  (n\d+) (?:-->\|"[^"]*"\||-\.->) (n\d+)', line) for line in lines[len(nodes) :]]
    assert (nodes, sorted((e[1], e[2]) for e in edges if e)) == shape(drawn)


@given(text=ANY_TEXT)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_is_read_back_as_text(dossier: Dossier, text: str) -> None:
    """Whatever a name, a headline or words hold, it stays text: the graph keeps its shape and shows the text whole."""
    made = named(dossier, text)
    nodes, edges = shape(graph(made))
    tree = ElementTree.fromstring(graphml(made))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    data = [element.text or "" for element in tree.iter(f"{space}data")]
    assert (len(list(tree.iter(f"{space}node"))), len(list(tree.iter(f"{space}edge")))) == (len(nodes), len(edges))
    shown = re.sub("[\ufffe\uffff]", lambda found: f"<U+{ord(found.group()):04X}>", visible(text))
    assert data.count(shown) >= 2 + (text != "")
    lines = mermaid(made).decode().splitlines()
    assert len(lines) == 1 + len(nodes) + len(edges)
    assert any(f'(["{terminal_safe(text)}' in unmermaided(line) for line in lines)
    assert json.loads(prov(made))["entity"]["desk:n1"].get("term:headline") == text
    assert prov(made).isascii()


HOSTILE_NAMES = [
    '"]; n1 -> n2 [URL="javascript:alert(1)',
    "\\N \\G \\",
    "<b>x</b>",
    "&lt;&#60;",
    "a\\",
    'a\\"',
    "//c",
    "/*",
    "%%{init: {}}%%",
    "#",
]


@pytest.mark.parametrize("text", HOSTILE_NAMES)
def test_dot_reads_hostile_names_as_names(dossier: Dossier, text: str) -> None:
    """No name ends its quotation marks, names another node, becomes markup or a comment."""
    made = named(dossier, text)
    nodes, edges = shape(graph(made))
    found = read_dot(dot(made))
    assert ({n.get_name() for n in found.get_nodes()} - {"node"}, len(found.get_edges())) == (nodes, len(edges))
    labels = [undotted(node.get_label()) for node in found.get_nodes() if node.get_label()]
    assert any(label == text or label.startswith(f"{text} · ") for label in labels)
    assert not {"URL", "href", "image"} & {name for e in found.get_edges() for name in e.get_attributes()}


def test_hostile_dossiers_stay_graphs(hostiles: list[Dossier]) -> None:
    """Every payload in every slot, in every form: as many nodes and edges as the graph has, and no active character."""
    for hostile in hostiles:
        nodes, edges = shape(graph(hostile))
        found = read_graphml(graphml(hostile))
        assert (set(found.nodes), found.number_of_edges()) == (nodes, len(edges))
        drawn = read_dot(dot(hostile))
        assert len(drawn.get_edges()) == len(edges)
        for make in (graphml, dot, mermaid, prov, claim_reviews):
            text = make(hostile).decode("utf-8")
            assert visible(text) == text
        assert b"<" not in prov(hostile) + claim_reviews(hostile)


def test_prov_is_what_the_prov_library_reads(dossier: Dossier, hostiles: list[Dossier]) -> None:
    """The PROV-JSON is read by an independent library and written again without loss; alternates have no direction."""
    model = pytest.importorskip("prov.model")
    for made in (dossier, *hostiles):
        content = prov(made)
        document = model.ProvDocument.deserialize(content=content.decode(), format="json")
        again = json.loads(document.serialize(format="json"))
        before = json.loads(content)
        assert {kind: len(again[kind]) for kind in before if kind != "prefix"} == {
            kind: len(before[kind]) for kind in before if kind != "prefix"
        }
    derived = json.loads(prov(dossier))["wasDerivedFrom"].values()
    assert {d["term:words"] for d in derived if "term:words" in d} == {h.span.text for h in dossier.visuals[0].hops if h.span}
    assert len(json.loads(prov(dossier))["alternateOf"]) == len(dossier.visuals[0].members) - 1


def verdict(dossier: Dossier, status: Any, *, named: bool = False) -> Dossier:
    last = dataclasses.replace(dossier.assessments[-1], id="as9", status=status, named=named)
    return dataclasses.replace(dossier, assessments=(*dossier.assessments, last))


def reviews_of(page: bytes) -> Any:
    from provenance import pipeline

    snapshot = Snapshot(
        source="page.html",
        url="https://desk.example/check",
        content=page,
        sha256="0" * 64,
        media_type="text/html",
        obtained_at="2031-06-01T00:00:00Z",
        how="file",
    )
    (document,) = pipeline.read_documents(snapshot)
    return document.reviews


def test_a_verdict_is_read_by_those_who_collect_fact_checks(dossier: Dossier) -> None:
    """Set in a page, the export is read as the reviews it was made from: verdict, reviewer, day, captions, addresses."""
    script = (
        b'<html><head><script type="application/ld+json">'
        + claim_reviews(verdict(dossier, "miscaptioned", named=True))
        + b"</script></head><body>x</body></html>"
    )
    media, claim = reviews_of(script)
    assert (media.type, media.rating, media.author) == ("MediaReview", "DecontextualizedContent", "Bram Adeyemi")
    assert (claim.type, claim.rating, claim.reviewed) == ("ClaimReview", "Miscaptioned", "The middle span in the water")
    assert claim.published.startswith("2031-05-09")
    assert claim.appearances == ("https://ledger.example/velmora?page=1&x=2",)


@pytest.mark.parametrize("status", ["unverified", "in-progress", "disputed", "inconclusive"])
def test_what_is_no_verdict_is_not_published_as_one(dossier: Dossier, status: str) -> None:
    """A newest assessment that decides nothing gives no review, whatever came before it."""
    assert json.loads(claim_reviews(verdict(dossier, status)))["@graph"] == []


def test_each_verdict_has_a_category_of_schema_org(dossier: Dossier) -> None:
    """The categories are those of MediaManipulationRatingEnumeration."""
    known = {"DecontextualizedContent", "EditedOrCroppedContent", "OriginalMediaContent"}
    known |= {"SatireOrParodyContent", "StagedContent", "TransformedContent"}
    for status, category in CATEGORIES.items():
        (media,) = json.loads(claim_reviews(verdict(dossier, status)))["@graph"]
        assert media["mediaAuthenticityCategory"] == category
        assert category in known


@pytest.mark.parametrize("status", CATEGORIES)
def test_no_outlet_s_words_are_called_wrong_unless_they_were_named(dossier: Dossier, status: str) -> None:
    """A verdict on a visual reviews the picture alone; a caption is reviewed where its appearance was named and called wrong."""
    for named in (False, True):
        found = json.loads(claim_reviews(verdict(dossier, status, named=named)))["@graph"]
        claims = [review["claimReviewed"] for review in found if review["@type"] == "ClaimReview"]
        on_words = named and status in {"miscaptioned", "false-context"}
        assert claims == (["The middle span in the water"] if on_words else [])
    undone = verdict(verdict(dossier, "miscaptioned", named=True), "inconclusive", named=True)
    assert json.loads(claim_reviews(undone))["@graph"] == []


@pytest.mark.parametrize("make", [graphml, dot, mermaid, prov, claim_reviews])
def test_nothing_is_a_document_too(make: Callable[[Dossier], bytes], dossier: Dossier) -> None:
    """A dossier without visuals gives a whole, empty file."""
    assert make(dataclasses.replace(dossier, visuals=(), documents={}, assessments=()))
