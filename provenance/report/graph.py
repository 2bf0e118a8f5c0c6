"""The chains of visuals as a graph: who is cited by whom, in which words; the ground of GraphML, DOT, Mermaid and PROV."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from provenance.records import ChainHop, Dossier, Visual
from provenance.report.cells import origin_name
from provenance.report.index import Index


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A document, or somebody whom one cites; `origin` tells that a visual leads to it as the earliest known."""

    id: str
    kind: Literal["document", "source"]
    name: str
    origin: bool
    document: str | None = None
    headline: str | None = None
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One hop, from who cites to who is cited, both by node id; without `relation` and `hop` where no words are on record."""

    id: str
    visual: str
    citing: str
    cited: str
    relation: str | None
    hop: ChainHop | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Nodes and edges, each in the order of the record."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph(dossier: Dossier) -> Graph:
    """The chains of a dossier's visuals; a document or source that several of them lead through is one node."""
    index = Index(dossier)
    names = list(dict.fromkeys(name for visual in dossier.visuals for name in _names(visual)))
    origins = {origin_name(visual.origin) for visual in dossier.visuals}
    ids = {name: f"n{number}" for number, name in enumerate(names, 1)}
    hops = [(visual.id, *hop) for visual in dossier.visuals for hop in _hops(visual)]
    edges = (
        Edge(id=f"e{n}", visual=visual, citing=ids[a], cited=ids[b], relation=hop.relation if hop else None, hop=hop)
        for n, (visual, a, b, hop) in enumerate(hops, 1)
    )
    nodes = (_node(name, ids[name], index, origin=name in origins) for name in names)
    return Graph(title=dossier.title, nodes=tuple(nodes), edges=tuple(edges))


def _node(name: str, ident: str, index: Index, *, origin: bool) -> Node:
    if name not in index.documents:
        return Node(id=ident, kind="source", name=name, origin=origin)
    ref = index.ref(name)
    facts = ref.stored.document.document if ref.stored else None
    return Node(
        id=ident,
        kind="document",
        name=ref.name,
        origin=origin,
        document=name,
        headline=facts.headline if facts else None,
        url=(facts.canonical_url or facts.url) if facts else None,
        published=facts.published if facts else None,
    )


def _names(visual: Visual) -> Iterator[str]:
    yield from (member.document for member in visual.members)
    for chain in (*visual.chains, *visual.loops):
        yield from chain
    for hop in visual.hops:
        yield from (hop.citing, hop.cited)


def _hops(visual: Visual) -> Iterator[tuple[str, str, ChainHop | None]]:
    """Each hop with its words, and each step of a chain for which there are none."""
    yield from ((hop.citing, hop.cited, hop) for hop in visual.hops)
    told = {(hop.citing, hop.cited) for hop in visual.hops}
    yield from ((*pair, None) for pair in dict.fromkeys(_steps(visual.chains)) if pair not in told)


def _steps(chains: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    for chain in chains:
        yield from pairwise(chain)
