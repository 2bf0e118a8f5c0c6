"""The chain as a layered drawing: documents on the left, who stands between, the earliest known source on the right.

After Sugiyama, Tagawa and Toda (1981): ranks by longest path, a stand-in in each rank that an edge passes, then a few
barycentre sweeps to lower the crossings. Sizes are SVG user units; the page scales the whole.
"""

import re
from calendar import month_name
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from provenance.records import Visual
from provenance.report.index import Index
from provenance.report.text import shorten, visible, width

BOX_WIDTH, BOX_HEIGHT = 232, 46
GAP_X, GAP_Y = 72, 16
MARGIN = 10
SIDE = 44
"""Room on the left for edges that close a circle within a column."""
COLUMNS = 28
"""Width of text that fits a box at the size of the style sheet, in common small letters; held by a test in a browser."""
LABEL_AT = (0.42, 0.35)
"""Where on the first bend the number stands, as shares: edges of one box have parted there, those to one box not yet met."""
SWEEPS = 6
MOST_DOCUMENTS = 16
"""Over this, documents that lead the same way share one box, so that a page holds the drawing."""

Edges = dict[tuple[str, str], str]
_BREAKS = re.compile(r"[\s_/:.-]")
_YEARLESS = re.compile(r"--(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A node as drawn; `full` is the uncut name for the tooltip."""

    x: float
    y: float
    kind: str
    lines: tuple[str, ...]
    full: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An edge as drawn: `kind` is shown, silent (no words recorded) or loop; `label` are the numbers of the words."""

    path: str
    kind: str
    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The whole drawing; nothing in it when no document names a source."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    box_width: float = BOX_WIDTH
    box_height: float = BOX_HEIGHT


def draw(visual: Visual, index: Index) -> Drawing | None:
    """The drawing of a visual's chains, or None when there is no hop to draw."""
    groups = _groups(visual)
    edges = _edges(visual, groups)
    if not any(kind != "loop" for kind in edges.values()):
        return None
    heads = {groups.get(chain[0], chain[0]) for chain in visual.chains}
    ranks = _ranks(edges, heads)
    routes = {edge: _route(edge, ranks) for edge, kind in edges.items() if kind != "loop"}
    columns = _ordered(_columns(ranks, routes.values()), list(routes.values()))
    places = _places(columns, SIDE if "loop" in edges.values() else MARGIN)
    members = _inverse(groups)
    boxes = tuple(_box(name, places[name], _kind(name, edges, heads), members, index) for name in ranks)
    lines = tuple(
        _line(edge, kind, routes.get(edge, [*edge]), places, _numbers(visual, edge, members)) for edge, kind in edges.items()
    )
    right = max(x for x, _ in places.values()) + BOX_WIDTH + MARGIN
    bottom = max(y for _, y in places.values()) + BOX_HEIGHT + GAP_Y
    return Drawing(width=right, height=bottom, boxes=boxes, lines=lines)


# ------------------------------------------------------------------ the graph


def _groups(visual: Visual) -> dict[str, str]:
    """Document -> the first document that leads the same way, when there are too many for one box each."""
    ways: dict[str, set[tuple[str, ...]]] = {}
    for chain in visual.chains:
        ways.setdefault(chain[0], set()).add(chain[1:])
    if len(ways) <= MOST_DOCUMENTS:
        return {}
    between = {name for chain in visual.chains for name in chain[1:]} | {name for loop in visual.loops for name in loop}
    first: dict[frozenset[tuple[str, ...]], str] = {}
    return {d: first.setdefault(frozenset(way), d) for d, way in ways.items() if d not in between}


def _inverse(groups: dict[str, str]) -> dict[str, list[str]]:
    members: dict[str, list[str]] = {}
    for document, head in groups.items():
        members.setdefault(head, []).append(document)
    return members


def _edges(visual: Visual, groups: dict[str, str]) -> Edges:
    shown = {(groups.get(hop.citing, hop.citing), hop.cited) for hop in visual.hops if hop.span}
    edges: Edges = {}
    for chain in visual.chains:
        for left, right in pairwise(groups.get(name, name) for name in chain):
            _put(edges, (left, right), "shown" if (left, right) in shown else "silent")
    drawn = {name for edge in edges for name in edge} | {chain[0] for chain in visual.chains if len(chain) == 1}
    for edge in (edge for loop in visual.loops for edge in pairwise(loop) if drawn.issuperset(edge) and edge[0] != edge[1]):
        edges.setdefault(edge, "loop")
    return edges


def _put(edges: Edges, edge: tuple[str, str], kind: str) -> None:
    if edge not in edges and edge[0] != edge[1]:
        edges[edge] = "loop" if _leads(edges, edge[1], edge[0]) else kind


def _leads(edges: Edges, start: str, goal: str) -> bool:
    seen, todo = {start}, [start]
    while todo:
        here = todo.pop()
        if here == goal:
            return True
        following = {right for (left, right), kind in edges.items() if left == here and kind != "loop"} - seen
        seen |= following
        todo += following
    return False


def _ranks(edges: Edges, heads: set[str]) -> dict[str, int]:
    """Name -> column from the left: sources stand furthest right, documents that nobody cites furthest left."""
    forward = [edge for edge, kind in edges.items() if kind != "loop"]
    depth = dict.fromkeys([name for edge in edges for name in edge] + sorted(heads), 0)
    for _ in depth:
        moved = [(left, depth[right] + 1) for left, right in forward if depth[left] <= depth[right]]
        if not moved:
            break
        for left, new in moved:
            depth[left] = max(depth[left], new)
    cited = {right for _, right in forward}
    deepest = max(depth.values())
    return {name: 0 if name in heads and name not in cited else deepest - steps for name, steps in depth.items()}


def _route(edge: tuple[str, str], ranks: dict[str, int]) -> list[str]:
    left, right = edge
    return [left, *(f"{left}\0{right}\0{rank}" for rank in range(ranks[left] + 1, ranks[right])), right]


# ------------------------------------------------------------------ the order in each column


def _columns(ranks: dict[str, int], routes: Iterable[list[str]]) -> list[list[str]]:
    columns: list[list[str]] = [[] for _ in range(max(ranks.values()) + 1)]
    for name, rank in ranks.items():
        columns[rank].append(name)
    for route in routes:
        for step, name in enumerate(route[1:-1], ranks[route[0]] + 1):
            columns[step].append(name)
    return [column for column in columns if column]


def _ordered(columns: list[list[str]], routes: list[list[str]]) -> list[list[str]]:
    left: dict[str, list[str]] = {}
    right: dict[str, list[str]] = {}
    for route in routes:
        for here, there in pairwise(route):
            right.setdefault(here, []).append(there)
            left.setdefault(there, []).append(here)
    for _ in range(SWEEPS):
        _sweep(columns, left)
        _sweep(columns[::-1], right)
    return columns


def _sweep(columns: list[list[str]], neighbours: dict[str, list[str]]) -> None:
    for before, column in pairwise(columns):
        at = {name: (position + 0.5) / len(before) for position, name in enumerate(before)}
        now = {name: (position + 0.5) / len(column) for position, name in enumerate(column)}
        column.sort(key=lambda name: _mean([at[n] for n in neighbours.get(name, ()) if n in at], now[name]))


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


# ------------------------------------------------------------------ places and shapes


def _places(columns: list[list[str]], left: float) -> dict[str, tuple[float, float]]:
    step = BOX_HEIGHT + GAP_Y
    tallest = max(len(column) for column in columns)
    places: dict[str, tuple[float, float]] = {}
    for rank, column in enumerate(columns):
        top = MARGIN + (tallest - len(column)) * step / 2
        for position, name in enumerate(column):
            places[name] = (left + rank * (BOX_WIDTH + GAP_X), top + position * step)
    return places


def _kind(name: str, edges: Edges, heads: set[str]) -> str:
    if name in heads:
        return "document"
    return "middle" if any(left == name and kind != "loop" for (left, _), kind in edges.items()) else "origin"


def _box(name: str, place: tuple[float, float], kind: str, members: dict[str, list[str]], index: Index) -> Box:
    names = _title(name, members, index)
    full = " · ".join(names) if name in index.documents or members.get(name) else visible(name)
    kind = "document" if name in index.documents else kind
    return Box(x=place[0], y=place[1], kind=kind, lines=tuple(shorten(line, COLUMNS) for line in names), full=full)


def _two_lines(name: str) -> tuple[str, ...]:
    """A name in one line, or broken in two where words or parts of a handle meet."""
    if width(name) <= COLUMNS:
        return (name,)
    room = len(shorten(name, COLUMNS)) - 1
    breaks = [found.end() for found in _BREAKS.finditer(name, 0, room)]
    at = breaks[-1] if breaks and breaks[-1] > room // 3 else room
    return name[:at], name[at:]


def _title(name: str, members: dict[str, list[str]], index: Index) -> tuple[str, ...]:
    group = members.get(name, [])
    if len(group) > 1:
        return f"{len(group)} documents", visible(", ".join(index.ref(document).number for document in group))
    if name not in index.documents:
        return _two_lines(visible(name))
    ref = index.ref(name)
    return visible(
        ref.name
    ), f"{ref.number} · {published(ref.stored.document.document.published) if ref.stored else 'not at hand'}"


def published(value: str | None) -> str:
    """A time as a report prints it: day and minute, the zone only where it is known, and that a year is not known."""
    if not value:
        return "no date"
    yearless = _YEARLESS.fullmatch(value)
    if yearless and int(yearless[1]) in range(1, 13):
        return f"{int(yearless[2])} {month_name[int(yearless[1])]}, year not known"
    day, _, clock = value.partition("T")
    zone = clock[clock.find("+") :] if "+" in clock else clock[clock.find("-") :] if "-" in clock else ""
    zone = "UTC" if clock.endswith("Z") or zone == "+00:00" else zone
    return visible(" ".join(filter(None, [day, clock[:5], zone])))


def _numbers(visual: Visual, edge: tuple[str, str], members: dict[str, list[str]]) -> str:
    citing = set(members.get(edge[0], [edge[0]]))
    found = [n for n, hop in enumerate(visual.hops, 1) if hop.span and hop.citing in citing and hop.cited == edge[1]]
    return ", ".join(map(str, found[:3])) + (" …" if len(found) > 3 else "")  # noqa: PLR2004 -- three fit the gap


def _line(edge: tuple[str, str], kind: str, route: list[str], places: dict[str, tuple[float, float]], label: str) -> Line:
    if kind == "loop":
        return _back(edge, places, label)
    middle = BOX_HEIGHT / 2
    points = [(places[name][0], places[name][1] + middle) for name in route]
    path, (x, y) = [], (points[0][0] + BOX_WIDTH, points[0][1])
    first = (x, y)
    for step, (next_x, next_y) in enumerate(points[1:], 1):
        bend = (next_x - x) / 2
        path.append(f"C{x + bend:.0f} {y:.0f} {next_x - bend:.0f} {next_y:.0f} {next_x:.0f} {next_y:.0f}")
        x, y = next_x, next_y
        if step < len(points) - 1:
            path.append(f"H{x + BOX_WIDTH:.0f}")
            x += BOX_WIDTH
    label_x, label_y = first[0] + GAP_X * LABEL_AT[0], first[1] + (points[1][1] - first[1]) * LABEL_AT[1]
    return Line(path=f"M{first[0]:.0f} {first[1]:.0f}" + "".join(path), kind=kind, label=label, x=label_x, y=label_y)


def _back(edge: tuple[str, str], places: dict[str, tuple[float, float]], label: str) -> Line:
    """An edge that closes a circle: round the left side within a column, else below the boxes."""
    (x1, y1), (x2, y2) = places[edge[0]], places[edge[1]]
    if x1 == x2:
        middle, out = BOX_HEIGHT / 2 + (6 if y1 < y2 else -6), x1 - SIDE
        path = f"M{x1:.0f} {y1 + middle:.0f}C{out:.0f} {y1 + middle:.0f} {out:.0f} {y2 + middle:.0f} {x2:.0f} {y2 + middle:.0f}"
        return Line(path=path, kind="loop", label=label, x=x1 - SIDE / 2, y=(y1 + y2) / 2 + middle)
    start, end = (x1 + BOX_WIDTH / 2, y1 + BOX_HEIGHT), (x2 + BOX_WIDTH / 2, y2 + BOX_HEIGHT)
    low = max(start[1], end[1]) + GAP_Y
    path = f"M{start[0]:.0f} {start[1]:.0f}C{start[0]:.0f} {low:.0f} {end[0]:.0f} {low:.0f} {end[0]:.0f} {end[1]:.0f}"
    return Line(path=path, kind="loop", label=label, x=(start[0] + end[0]) / 2, y=low - GAP_Y / 4)
