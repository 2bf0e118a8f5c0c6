"""What analysts decided on pairs of appearances: the newest word on a pair holds."""

from collections.abc import Iterable

from provenance.chain.joins import Edge
from provenance.records import Decision


class Decided:
    """Links to make and pairs to keep apart.

    `moved` are the appearances that an analyst took out of a visual: their automatic edges come last, so that the
    others stay together.
    """

    def __init__(self, decisions: Iterable[Decision]) -> None:
        newest: dict[frozenset[str], Decision] = {}
        for decision in sorted(decisions, key=lambda d: d.at):
            newest[frozenset((str(decision.left), str(decision.right)))] = decision
        links = [d for d in newest.values() if d.kind == "link"]
        unlinks = [d for d in newest.values() if d.kind == "unlink" and d.left != d.right]
        self.moved = frozenset(str(d.left) for d in unlinks)
        self.parted = _both_ways((str(d.left), str(d.right)) for d in unlinks)
        self._links: dict[str, list[Edge]] = {}
        for edge in map(_edge, links):
            self._links.setdefault(edge.left, []).append(edge)
            self._links.setdefault(edge.right, []).append(edge)

    def links_of(self, key: str) -> list[Edge]:
        """The analysts' links that one appearance takes part in."""
        return self._links.get(key, [])

    def order(self, edge: Edge) -> tuple[int, bool]:
        """Sorting key of edges: analysts first, then the firmest; edges of moved appearances last."""
        automatic = edge.how != "analyst"
        return (edge.rank if automatic else 0) + 10 * (
            automatic and not self.moved.isdisjoint((edge.left, edge.right))
        ), automatic


def _edge(decision: Decision) -> Edge:
    return Edge(str(decision.left), str(decision.right), "analyst", "same", f"{decision.who}, {decision.at}: {decision.why}", 0)


def _both_ways(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for left, right in pairs:
        table.setdefault(left, set()).add(right)
        table.setdefault(right, set()).add(left)
    return {key: frozenset(others) for key, others in table.items()}
