"""Which of the kept pictures one matches: what the index finds, compared one by one from their bytes."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from provenance import media
from provenance.errors import ProvenanceError
from provenance.records import Asset, Match, Sketch

if TYPE_CHECKING:
    from provenance.match.candidates import Search
    from provenance.match.footage import Side
    from provenance.match.verdict import Compared

_REMEMBERED = 128  # sketches of about 250 kB each
_PDQ_BITS = 256


class Index(Protocol):
    """What a search asks of a store."""

    def asset(self, sha256: str) -> Asset | None:
        """One asset by its sha256."""

    def near(
        self, algorithm: str, value_hex: str, radius: int, among: Collection[str] | None = None
    ) -> list[tuple[str, int, int | None]]:
        """(sha256, distance, quality) of the assets within a radius in bits, exactly; with `among`, of these assets only."""

    def nearest(self, algorithm: str, values_hex: Sequence[str], radius: int, most: int) -> list[tuple[str, int, int | None]]:
        """The `most` nearest assets within a radius of one of several hashes."""

    def blob(self, sha256: str) -> bytes:
        """The bytes of an asset, hashed again."""

    def sketch(self, sha256: str, rules: str) -> Sketch | None:
        """The sketch of an asset as it was made for these rules; None where none is kept."""

    def keep_sketch(self, sha256: str, rules: str, made: Sketch) -> None:
        """Keep the sketch of a kept asset; it is derived and may be forgotten."""


class Matching(Index, Protocol):
    """An index that remembers what was found for an asset."""

    def known_matches(self, sha256: str, rules: str) -> list[Match] | None:
        """The matches found for an asset by these rules when it came; None where they are not remembered."""

    def keep_matches(self, sha256: str, rules: str, found: Iterable[Match]) -> None:
        """Remember the matches of an asset; they are derived and may be forgotten."""


@dataclass(slots=True)
class Sketches:
    """Sketches of kept assets, as the store keeps them, else made from their bytes; the last ones are remembered."""

    keeper: Index
    _made: OrderedDict[str, Sketch | None] = field(default_factory=OrderedDict)
    _frames: OrderedDict[tuple[str, float], Sketch | None] = field(default_factory=OrderedDict)

    def of(self, sha256: str, content: bytes | None = None) -> Sketch | None:
        """The sketch of an asset; None where its bytes are missing or no picture.

        Args:
            sha256: which.
            content: its bytes, where they need not be kept.
        """
        if sha256 not in self._made:
            self._remember(sha256, self._kept(sha256) if content is None else _sketch(content))
        self._made.move_to_end(sha256)
        return self._made[sha256]

    def side(self, asset: Asset, content: bytes | None = None) -> "Side":
        """A kept asset with its pixels, to be had when they are asked for; `content` as in `of`."""
        from provenance.match.footage import Side

        name = asset.sha256
        return Side(asset, lambda: self.of(name, content), lambda seconds: self.of_frames(name, seconds, content))

    def of_frames(self, sha256: str, seconds: list[float], content: bytes | None = None) -> dict[float, Sketch]:
        """The sketches of a clip's frames at some seconds; fewer where its bytes are missing or broken there."""
        missing = [at for at in seconds if (sha256, at) not in self._frames]
        if missing:
            try:
                made = media.sketches(self.keeper.blob(sha256) if content is None else content, missing)
            except ProvenanceError:
                made = {}
            self._frames.update({(sha256, at): made.get(at) for at in missing})
        found = {at: sketch for at in seconds if (sketch := self._frames[sha256, at])}
        while len(self._frames) > _REMEMBERED:
            self._frames.popitem(last=False)
        return found

    def keep(self, sha256: str, made: Sketch) -> None:
        """Keep the sketch of an asset that is kept, as it was made when its picture was read."""
        from provenance.match import rules

        self._remember(sha256, made)
        self.keeper.keep_sketch(sha256, rules.VERSION, made)

    def _remember(self, sha256: str, made: Sketch | None) -> None:
        self._made[sha256] = made
        if len(self._made) > _REMEMBERED:
            self._made.popitem(last=False)

    def _kept(self, sha256: str) -> Sketch | None:
        from provenance.match import rules

        if found := self.keeper.sketch(sha256, rules.VERSION):
            return found
        try:
            made = _sketch(self.keeper.blob(sha256))
        except ProvenanceError:
            return None
        if made:
            self.keeper.keep_sketch(sha256, rules.VERSION, made)
        return made


def near(keeper: Index, asset: Asset, sketches: Sketches, content: bytes | None = None) -> list[Match]:
    """Every kept asset that matches one that need not be kept itself; its own bytes left out.

    Args:
        keeper: the store.
        asset: the one asked for.
        sketches: where sketches come from.
        content: its bytes, where they are not kept.
    """
    found = (outcome.match for _, outcome in compared(keeper, asset, sketches, content))
    return [match for match in found if match]


def compared(keeper: Index, asset: Asset, sketches: Sketches, content: bytes | None = None) -> "Iterator[tuple[Asset, Compared]]":
    """Every kept asset that is worth a closer look, and what it gave."""
    for name in candidates(keeper, asset):
        if other := keeper.asset(name):
            yield other, _held(sketches.side(asset, content), sketches.side(other))


def _held(left: "Side", right: "Side") -> "Compared":
    """Pictures laid on one another; where one is a clip, its frames."""
    from provenance.match import clips, footage, verdict

    if clips.is_clip(left.asset) or clips.is_clip(right.asset):
        return footage.compare(left, right)
    return verdict.join(left.asset, right.asset, left.still(), right.still())


def candidates(keeper: Index, asset: Asset) -> list[str]:
    """The kept assets that are worth a closer look."""
    from provenance import match
    from provenance.match import clips

    hits = []
    for asked in clips.searches(asset) if clips.is_clip(asset) else match.searches(asset):
        found = keeper.nearest(asked.algorithm, asked.values, asked.reach, (asked.most or 0) + 1)
        hits.append((asked.algorithm, [(sha256, bits) for sha256, bits, _ in found if sha256 != asset.sha256]))
    by_rules = {sha256 for together in match.certain(asset) for sha256 in _in_all(keeper, together)} - {asset.sha256}
    short = match.shortlist(hits)
    return [*short, *(name for name in sorted(by_rules - set(short)) if not _has_frames(keeper, name))]


def _has_frames(keeper: Index, sha256: str) -> bool:
    """Whether it is a clip; of its many frames some are as far off as rules for pictures look, by chance."""
    from provenance.match import clips

    found = keeper.asset(sha256)
    return found is not None and clips.is_clip(found)


def _in_all(keeper: Index, together: "Iterable[Search]") -> set[str]:
    """The assets that every one of some searches finds; what the first ones rule out is not searched for further."""
    found: set[str] | None = None
    for asked in together:
        found = {sha256 for value in asked.values for sha256, _, _ in keeper.near(asked.algorithm, value, asked.reach, found)}
        if not found:
            return set()
    return found or set()


def between(left: tuple[Asset, bytes], right: tuple[Asset, bytes]) -> Match | None:
    """How two pictures match, by all that can be compared of them."""
    return _held(_side(*left), _side(*right)).match


def _side(asset: Asset, content: bytes) -> "Side":
    from provenance.match.footage import Side

    return Side(asset, lambda: _sketch(content), lambda seconds: media.sketches(content, seconds))


def drawn(found: Match | None, left: bytes, right: bytes) -> bytes:
    """A PNG for eyes to judge: what both share outlined and what differs, or both side by side where they were not aligned.

    Raises:
        SourceError: one of them cannot be shown.
    """
    if found and found.asset_at:
        left = media.still(left, found.asset_at.start)
    if found and found.other_at:
        right = media.still(right, found.other_at.start)
    return media.drawn(found.alignment if found else None, left, right)


def _sketch(content: bytes) -> Sketch | None:
    try:
        return media.sketch(content)
    except ProvenanceError:
        return None


def of_kept(keeper: Matching, sha256s: Iterable[str], sketches: Sketches) -> list[Match]:
    """Every match between the given kept assets and the others kept, as it was found when each was first asked for."""
    found: dict[tuple[str, str], Match] = {}
    for sha256 in dict.fromkeys(sha256s):
        for result in _remembered(keeper, sha256, sketches):
            found.setdefault((min(result.asset, result.other), max(result.asset, result.other)), result)
    return list(found.values())


def _remembered(keeper: Matching, sha256: str, sketches: Sketches) -> list[Match]:
    asset = keeper.asset(sha256)
    if asset is None or not asset.fingerprints:
        return []
    from provenance.match import rules

    known = keeper.known_matches(sha256, rules.VERSION)
    if known is None:
        known = near(keeper, asset, sketches)
        keeper.keep_matches(sha256, rules.VERSION, known)
    return known


def nearest_miss(keeper: Index, asset: Asset, sketches: Sketches, content: bytes | None = None) -> str:
    """What came nearest without being a match, and which test it failed; for a person to read."""
    from provenance.match import misses

    if not asset.fingerprints:
        return f"There is nothing to compare by: {asset.not_hashable or 'it has no fingerprints'}."
    tried = [(other, outcome) for other, outcome in compared(keeper, asset, sketches, content) if not outcome.match]
    if tried:
        return misses.nearest(tried)
    values = [print_.value for print_ in asset.fingerprints if print_.algorithm == "pdq"]
    far = [hit for value in values for hit in keeper.near("pdq", value, _PDQ_BITS // 2) if hit[0] != asset.sha256]
    return misses.out_of_reach(min(far, key=lambda hit: hit[1], default=None))
