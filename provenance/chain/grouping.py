"""Appearances become visuals, as documents come in."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from provenance.chain import candidates, joins, pages, scenes
from provenance.chain.appearance import Appearance, appearances
from provenance.chain.decisions import Decided
from provenance.chain.joins import Edge, Suggestion
from provenance.chain.marks import Marks
from provenance.chain.union import Sets
from provenance.chain.visual import build
from provenance.records import Assessment, Decision, Marking, Match, StoredDocument, Visual


class Grouping:
    """All appearances, grouped into visuals; every edge is kept with its reason, so that the grouping can be undone.

    Args:
        decisions: analysts' links and unlinks; the newest on a pair holds, over all automatic evidence.
        assessments: analysts' verdicts, each tied to one appearance.
        markings: what a desk marked graphic or not, oldest first; the last on a picture holds.
    """

    def __init__(
        self,
        decisions: Iterable[Decision] = (),
        assessments: Iterable[Assessment] = (),
        markings: Iterable[Marking] = (),
    ) -> None:
        self._decided = Decided(decisions)
        self._marks = Marks(markings)
        self._assessments: defaultdict[str, list[Assessment]] = defaultdict(list)
        for assessment in assessments:
            self._assessments[str(assessment.appearance)].append(assessment)
        self._all: dict[str, Appearance] = {}
        self._edges: defaultdict[str, list[Edge]] = defaultdict(list)
        self._sets = Sets(self._decided.parted)
        self._by_asset: dict[str, str] = {}
        self._by_address: dict[str, str] = {}
        self._by_sentence: dict[str, str] = {}
        self._matches: defaultdict[str, dict[str, Match]] = defaultdict(dict)
        self._origin_blocks, self._word_blocks, self._scene_blocks = (candidates.Blocks() for _ in range(3))
        self._suggestions: dict[tuple[str, str], Suggestion] = {}
        self._settled = True
        self._solo: list[tuple[str, str]] | None = None

    def add(self, stored: StoredDocument, matches: Iterable[Match] = ()) -> dict[str, str]:
        """Add a document and what its pictures match; adding it again changes nothing.

        Args:
            stored: the document; its `sequence` orders appearances.
            matches: matches of its assets with any others, in either direction.

        Returns:
            The id of its visual at this moment, for each medium that has one.
        """
        new = [a for a in appearances(stored) if a.name not in self._all]
        self._all |= {appearance.name: appearance for appearance in new}
        for appearance in new:
            self._file(appearance)
        self._take_matches(matches)
        for appearance in new:
            self._link_firmly(appearance)
        for edge in pages.edges([a for a in new if a.medium.role != "metadata-only"]):
            self._link(edge)
        for appearance in new:
            self._link_by_words(appearance)
        self._settled, self._solo = not self._decided.parted, None
        names = {m.id: f"{stored.id}/{m.id}" for m in stored.document.media}
        return {m: self._first(name).solo_id for m, name in names.items() if self._makes_a_visual(self._sets.members(name))}

    def visuals(self) -> list[Visual]:
        """All visuals, the most reused first: by documents, then outlets, then order of ingestion."""
        self._settle()
        groups = [self._ordered(root) for root in list(self._sets.roots()) if self._makes_a_visual(self._sets.members(root))]
        made = [(group[0].order, self._built(group)) for group in groups]
        made.sort(key=lambda pair: (-pair[1].documents, -pair[1].outlets, -len(pair[1].members), pair[0]))
        return [visual for _, visual in made]

    def resolve(self, visual_id_or_prefix_or_appearance: str) -> str | None:
        """The id of the visual that an id, its beginning, or `document/medium` leads to.

        Any id that a member would have had alone leads to the visual it is in. None when nothing, or more than one
        visual, fits.
        """
        self._settle()
        wanted = visual_id_or_prefix_or_appearance.strip()
        fitting = [wanted] if wanted in self._all else self._with_prefix(wanted)
        found = {self._first(k).solo_id for k in fitting if self._makes_a_visual(self._sets.members(k))}
        return found.pop() if len(found) == 1 else None

    def suggestions(self) -> list[Suggestion]:
        """Pairs that may be one visual but were not joined, the likeliest first."""
        self._settle()
        apart = [s for s in self._suggestions.values() if not self._are_one(str(s.left), str(s.right))]
        kept = [s for s in apart if str(s.right) not in self._decided.parted.get(str(s.left), ())]
        return sorted(kept, key=lambda s: (-s.score, s.left, s.right))

    def _file(self, appearance: Appearance) -> None:
        """A set of its own; a mere mention does not make its document one of two pictures, unless it says that it has another."""
        document = None if scenes.is_vague(appearance) and not self._has_another(appearance) else appearance.key.document
        self._sets.add(appearance.name, document, appearance.order)

    def _has_another(self, appearance: Appearance) -> bool:
        """Whether its document speaks of another one of its kind."""
        media = (m for m in appearance.document.media if m.id != appearance.medium.id and m.kind == appearance.medium.kind)
        names = (f"{appearance.key.document}/{m.id}" for m in media)
        return any(self._all[n].is_other and not scenes.is_vague(self._all[n]) for n in names if n in self._all)

    # ---------------------------------------------------------------- evidence

    def _take_matches(self, matches: Iterable[Match]) -> None:
        for match in matches:
            for one, other in ((match.asset, match.other), (match.other, match.asset)):
                self._matches[one][other] = match
            if match.asset in self._by_asset and match.other in self._by_asset:
                self._take_match(self._by_asset[match.asset], self._by_asset[match.other], match)

    def _take_match(self, left: str, right: str, match: Match) -> None:
        if match.verdict == "possible" or match.in_part:
            self._suggest(Suggestion(self._all[left].key, self._all[right].key, 100.0, match.explanation))
        else:
            self._link(Edge(left, right, "bytes", match.verdict, match.explanation, 1))

    def _link_firmly(self, appearance: Appearance) -> None:
        """Bytes, addresses, the grab and its clip, analysts' links."""
        key = appearance.name
        self._link_bytes(appearance)
        for address in sorted(appearance.addresses):
            first = self._meet(self._by_address, address, key)
            if first:
                self._link(Edge(first, key, "same-link", "same", f"the same address: {address.removeprefix('url ')}", 2))
        clip = f"{appearance.key.document}/{appearance.medium.derived_from}"
        if clip in self._all and clip != key:
            self._link(Edge(clip, key, "same-origin", "likely", "a grab of the clip in the same article", 3))
        for edge in self._decided.links_of(key):
            if edge.left in self._all and edge.right in self._all:
                self._link(edge)

    def _meet(self, table: dict[str, str], key: str, name: str) -> str | None:
        """Who stands for all that share a key; one that an analyst moved away gives its place to the next."""
        first = table.setdefault(key, name)
        if first in self._decided.moved and name not in self._decided.moved:
            table[key] = name
        return first if first != name else None

    def _link_bytes(self, appearance: Appearance) -> None:
        asset, key = appearance.asset, appearance.name
        if asset is None:
            return
        first = self._meet(self._by_asset, asset, key)
        if first:
            self._link(Edge(first, key, "bytes", "same", f"the same file, byte for byte (sha256 {asset[:12]}…)", 1))
            return
        for other, match in self._matches.get(asset, {}).items():
            if other in self._by_asset:
                self._take_match(self._by_asset[other], key, match)

    def _link_by_words(self, appearance: Appearance) -> None:
        """A copied sentence, or a named origin with agreeing things; where another member objects, a suggestion."""
        if appearance.medium.role == "metadata-only":
            return
        for sentence in joins.copied_sentences(appearance):
            first = self._meet(self._by_sentence, sentence, appearance.name)
            if first and self._all[first].key.document != appearance.key.document:
                self._link_weakly(joins.copied(self._all[first], appearance))
        self._link_by_origin(appearance)
        self._link_by_scene(appearance)
        self._look_for_descriptions(appearance)

    def _link_by_origin(self, appearance: Appearance) -> None:
        keys = candidates.origin_keys(appearance)
        others = self._others(appearance, self._origin_blocks, keys, candidates.MOST_CANDIDATES)
        found = [(joins.likeness(other, appearance).weight, other) for other in others]
        found.sort(key=lambda pair: (-pair[0], pair[1].order))
        for _, other in found:
            edge = joins.same_origin(other, appearance)
            if edge and not (self._all_allow(other, appearance) and self._link_weakly(edge)):
                self._suggest(Suggestion(other.key, appearance.key, 50.0, edge.why))
        self._origin_blocks.add(appearance, keys, self._are_one)

    def _link_by_scene(self, appearance: Appearance) -> None:
        if not scenes.describes(appearance):
            return
        keys = scenes.keys(appearance)
        others = self._others(appearance, self._scene_blocks, keys, candidates.MOST_SCENES)
        found = [scored for other in others for scored in [scenes.same_scene(other, appearance)] if scored]
        refused: set[str] = set()
        for points, edge in sorted(found, key=lambda pair: (-pair[0], pair[1].left)):
            if points < scenes.ENOUGH_TO_SUGGEST or len(refused) == candidates.MOST_REFUSED:
                break
            root = self._sets.root(edge.left)
            if self._are_one(edge.left, edge.right) or root in refused:
                continue
            if points < scenes.ENOUGH or not self._joins_as_a_scene(edge, appearance):
                refused.add(root)
                self._suggest(Suggestion(self._all[edge.left].key, appearance.key, points, edge.why))
        self._scene_blocks.add(appearance, keys, self._are_one)

    def _all_allow(self, other: Appearance, appearance: Appearance) -> bool:
        """Whether no one of either visual speaks against the other; a few of each stand for all."""
        left, right = (self._sets.members(a.name)[: candidates.EACH_VISUAL] for a in (other, appearance))
        return not any(joins.obstacle(self._all[a], self._all[b]) for a in left for b in right if a != b)

    def _joins_as_a_scene(self, edge: Edge, appearance: Appearance) -> bool:
        other = self._all[edge.left]
        return self._most_allow(other, appearance) and self._fits_most(other, appearance) and self._link_weakly(edge)

    def _most_allow(self, other: Appearance, appearance: Appearance) -> bool:
        """Whether no more than a third of some pairs exclude one another: one page may be wrong on a day or place."""
        left, right = self._some_of(other), self._some_of(appearance)
        barred = [joins.bar(a, b) is not None for a in left for b in right]
        return sum(barred) * joins.MOST_WRONG <= len(barred)

    def _fits_most(self, other: Appearance, appearance: Appearance) -> bool:
        """Whether the members of two visuals that are known from words fit one another on the average: chains drift."""
        left, right = self._some_of(other), self._some_of(appearance)
        if len(left) * len(right) == 1:
            return True
        pairs = [(a, b) for a in left for b in right if a.key.document != b.key.document]
        scores = [scored[0] for a, b in pairs for scored in [scenes.same_scene(a, b)] if scored]
        told = len(scores) * scenes.MOST_SILENT >= len(pairs)
        return told and sum(scores) >= scenes.ENOUGH_ON_AVERAGE * len(scores)

    def _some_of(self, appearance: Appearance) -> list[Appearance]:
        """A few members of its visual of which it is known what they show."""
        members = (self._all[m] for m in self._sets.members(appearance.name)[: candidates.MOST_ASKED])
        return [m for m in members if scenes.describes(m)]

    def _look_for_descriptions(self, appearance: Appearance) -> None:
        keys = candidates.described_keys(appearance)
        for other in self._others(appearance, self._word_blocks, keys, candidates.MOST_SUGGESTED):
            if not self._are_one(other.name, appearance.name):
                self._suggest(joins.described(other, appearance))
        self._word_blocks.add(appearance, keys, self._are_one)

    def _others(self, appearance: Appearance, blocks: candidates.Blocks, keys: list[str], most: int) -> list[Appearance]:
        return [other for other in blocks.candidates(keys, most) if other.key.document != appearance.key.document]

    def _link_weakly(self, edge: Edge) -> bool:
        """Join on words only where it makes no two pictures of one document one; False when that forbids it."""
        if self._are_one(edge.left, edge.right):
            self._note(edge)
            return True
        return not self._sets.share_a_document(edge.left, edge.right) and self._link(edge)

    def _link(self, edge: Edge) -> bool:
        self._note(edge)
        return self._sets.join(edge.left, edge.right)

    def _note(self, edge: Edge) -> None:
        for key in (edge.left, edge.right):
            if edge not in self._edges[key][-4:]:
                self._edges[key].append(edge)

    def _suggest(self, suggestion: Suggestion | None) -> None:
        if suggestion:
            left, right = sorted((str(suggestion.left), str(suggestion.right)))
            best = self._suggestions.get((left, right))
            if best is None or best.score < suggestion.score:
                self._suggestions[left, right] = suggestion

    # ---------------------------------------------------------------- groups

    def _settle(self) -> None:
        """Join again in the order of firmness where analysts parted something, so that the order of arrival does not tell."""
        if self._settled:
            return
        edges = dict.fromkeys(edge for edges in self._edges.values() for edge in edges)
        self._sets = Sets(self._decided.parted)
        for appearance in self._all.values():
            self._file(appearance)
        for edge in sorted(edges, key=self._decided.order):
            if edge.rank <= 3 or not self._sets.share_a_document(edge.left, edge.right):  # noqa: PLR2004 - 4 and 5 are words
                self._sets.join(edge.left, edge.right)
        self._settled = True

    def _are_one(self, left: str, right: str) -> bool:
        return self._sets.root(left) == self._sets.root(right)

    def _ordered(self, key: str) -> list[Appearance]:
        return sorted((self._all[k] for k in self._sets.members(key)), key=lambda a: a.order)

    def _first(self, name: str) -> Appearance:
        return self._all[self._sets.first(name)]

    def _built(self, group: list[Appearance]) -> Visual:
        return self._marks.on(build(group, self._edges_of(group), self._assessments))

    def _edges_of(self, group: list[Appearance]) -> dict[str, Edge]:
        """The firmest edge of each member that leads inside its group."""
        found = {}
        for key in (a.name for a in group):
            inside = [e for e in self._edges.get(key, ()) if self._are_one(e.left, e.right)]
            if inside:
                found[key] = min(inside, key=lambda e: e.rank)
        return found

    def _makes_a_visual(self, keys: list[str]) -> bool:
        """A picture that is only named in a page's metadata is one when it has bytes or is used elsewhere."""
        return len(keys) > 1 or self._all[keys[0]].medium.role != "metadata-only" or self._all[keys[0]].asset is not None

    def _with_prefix(self, prefix: str) -> list[str]:
        if self._solo is None:
            self._solo = sorted((a.solo_id, a.name) for a in self._all.values())
        at, found = bisect_left(self._solo, prefix, key=lambda pair: pair[0]), []
        while prefix and at < len(self._solo) and self._solo[at][0].startswith(prefix):
            found.append(self._solo[at][1])
            at += 1
        return found
