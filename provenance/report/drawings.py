"""Chains as files for programs that draw and analyse graphs: GraphML, DOT, Mermaid.

Each form has its own way to make text act (elements, escapes, HTML labels, entities, directives); text from outside is
written so that none of them is left. Control and bidirectional characters are shown by number; the exact words are in the JSON.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from provenance.records import Dossier
from provenance.report.graph import Edge, Node, graph
from provenance.report.layers import published
from provenance.report.text import terminal_safe, visible
from provenance.report.wording import say

_NOT_XML = re.compile("[\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold and that are not shown by number already."""
_NOT_PLAIN = re.compile(r"[!-+\--/:-@\[-`{-~]")
"""Every ASCII sign but the comma: all that Mermaid could read as more than text."""
_TYPES = {"start": "int", "end": "int", "origin": "boolean"}
_NODE = ("name", "kind", "origin", "document", "headline", "url", "published")
_EDGE = ("visual", "relation", "words", "document", "start", "end")


def graphml(dossier: Dossier) -> bytes:
    """GraphML (graphml.graphdrawing.org), for Gephi, yEd or networkx: one directed graph, an edge a hop."""
    drawn = graph(dossier)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += [_key("node", name) for name in _NODE] + [_key("edge", name) for name in _EDGE]
    lines.append('<graph id="chains" edgedefault="directed">')
    for node in drawn.nodes:
        lines.append(f"<node id={quoteattr(node.id)}>{_data('node', _node_values(node))}</node>")
    for edge in drawn.edges:
        ends = f"source={quoteattr(edge.citing)} target={quoteattr(edge.cited)}"
        lines.append(f"<edge id={quoteattr(edge.id)} {ends}>{_data('edge', _edge_values(edge))}</edge>")
    return "\n".join([*lines, "</graph>", "</graphml>", ""]).encode("utf-8")


def dot(dossier: Dossier) -> bytes:
    """DOT, for Graphviz."""
    drawn = graph(dossier)
    lines = [f"digraph {_quoted(drawn.title)} {{", "rankdir=LR;", 'node [shape=box fontname="sans-serif"];']
    lines += [f"{n.id} [label={_quoted(_title(n))}{_DOT_SHAPES[n.kind, n.origin]}];" for n in drawn.nodes]
    for edge in drawn.edges:
        told = {"label": say("relation", edge.relation) if edge.relation else None, "tooltip": _words(edge)}
        given = [f"{name}={_quoted(value)}" for name, value in told.items() if value]
        lines.append(f"{edge.citing} -> {edge.cited} [{' '.join(given or ['style=dashed'])}];")
    return "\n".join([*lines, "}", ""]).encode("utf-8")


def mermaid(dossier: Dossier) -> bytes:
    """A Mermaid flowchart, for Markdown pages and wikis."""
    drawn = graph(dossier)
    lines = ["flowchart LR"]
    lines += [f"  {n.id}{_MERMAID_SHAPES[n.kind].format(_plain(_title(n)))}" for n in drawn.nodes]
    for edge in drawn.edges:
        arrow = f'-->|"{_plain(say("relation", edge.relation))}"|' if edge.relation else "-.->"
        lines.append(f"  {edge.citing} {arrow} {edge.cited}")
    return "\n".join([*lines, ""]).encode("utf-8")


FORMS: Mapping[str, Callable[[Dossier], bytes]] = {"graphml": graphml, "dot": dot, "mermaid": mermaid}
"""Each form by the name that commands take."""
_DOT_SHAPES = {
    ("document", False): "",
    ("document", True): " penwidth=2",
    ("source", False): " shape=ellipse",
    ("source", True): " shape=ellipse penwidth=2",
}
_MERMAID_SHAPES = {"document": '["{}"]', "source": '(["{}"])'}


def _title(node: Node) -> str:
    parts = [node.name, published(node.published) if node.published else None, "earliest known origin" if node.origin else None]
    return terminal_safe(" · ".join(filter(None, parts)))


def _words(edge: Edge) -> str | None:
    return terminal_safe(edge.hop.span.text) if edge.hop and edge.hop.span else None


def _node_values(node: Node) -> Iterator[tuple[str, str]]:
    for name in _NODE:
        value = getattr(node, name)
        if value is not None:
            yield name, str(value).lower() if isinstance(value, bool) else value


def _edge_values(edge: Edge) -> Iterator[tuple[str, str]]:
    span = edge.hop.span if edge.hop else None
    values: Mapping[str, object] = {
        "visual": edge.visual,
        "relation": edge.relation,
        "words": span.text if span else None,
        "document": edge.hop.document if edge.hop else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
    }
    yield from ((name, str(value)) for name, value in values.items() if value is not None)


def _key(of: str, name: str) -> str:
    return f'<key id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="{_TYPES.get(name, "string")}"/>'


def _data(of: str, values: Iterator[tuple[str, str]]) -> str:
    return "".join(f'<data key="{of}-{name}">{_xml(value)}</data>' for name, value in values)


def _xml(text: str) -> str:
    shown = _NOT_XML.sub(lambda found: f"<U+{ord(found.group()):04X}>", visible(text))
    return escape(shown, {"\r": "&#13;"})


def _quoted(text: str) -> str:
    r"""A DOT string: in it `\N` is the node's name, `&lt;` a sign and `"` the end; none of them is left."""
    plain = terminal_safe(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return f'"{plain}"'


def _plain(text: str) -> str:
    """A text within Mermaid's quotation marks: signs that could be a tag, a directive, markdown or an icon by number."""
    return _NOT_PLAIN.sub(lambda found: f"#{ord(found.group())};", terminal_safe(text))
