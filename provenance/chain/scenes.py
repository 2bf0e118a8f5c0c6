"""Whether two visuals without bytes are one by what is said of them: each piece of evidence has points, and enough of it joins.

A topic is no visual: things that only name the event weigh little, a named thing must be in the very words on what one
of the two shows, and photographs that agencies credit are left alone, since one visit gives hundreds of them.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import NamedTuple

from provenance.chain import days, joins
from provenance.chain.appearance import Appearance
from provenance.chain.joins import Edge
from provenance.reference import parties

ENOUGH = 6.0
ENOUGH_TO_SUGGEST = 4.5
ENOUGH_ON_AVERAGE = 3.0
CORE, CORE_OF_ONE = 3.0, 1.5
"""Points that join, points that only suggest, and those of them that must come from what is shown: fewer with one origin.
Set on hand-made pairs: two telling things of one place or one platform join; one thing and the same two nations do with one
thing more."""
ONE_SIDE, NO_SIDE = 0.8, 0.5
"""What a shared thing counts when only one of the two descriptions holds it, or only the sentences around both."""
NATION, COMPOSITION, KIND = 1.0, 1.0, 1.0
UNUSUAL_KINDS = frozenset(["document", "graphic", "audio"])
ORIGIN, CARRIER, PLATFORM, PLACE = 3.5, 1.5, 1.0, 1.5
SAME_DAY, NEAR_DAY, NEAR_PRINT = 2.0, 1.0, 0.5
OTHER_THING, OTHER_NATION, OTHER_ORIGIN = -2.0, -1.0, -2.5
MOST_WORDS = 2
WORD = 0.5
MOST_KEYS = 16


class Piece(NamedTuple):
    """One piece of evidence: points, and words for a person; `core` when it is of what is shown."""

    points: float
    why: str
    core: bool = False


def same_scene(left: Appearance, right: Appearance) -> tuple[float, Edge] | None:
    """The points of two appearances and the edge that they would make; None where something speaks against it."""
    if not (describes(left) and describes(right)):
        return None
    from_one = not left.firm_origins.isdisjoint(right.firm_origins)
    if not _named_things(left, right, from_one=from_one):
        return None
    shown = list(_shown(left, right, from_one=from_one))
    core = sum(p.points for p in shown if p.core)
    if core < (CORE_OF_ONE if from_one else CORE) or _by_agency(left) or _by_agency(right) or joins.obstacle(left, right):
        return None
    pieces = [*shown, *_around(left, right)]
    points = sum(p.points for p in pieces)
    why = "; ".join(p.why for p in sorted(pieces, key=lambda p: -p.points) if p.why)
    return points, Edge(left.name, right.name, "described", "likely", f"{why} ({points:.1f} points, {ENOUGH} join)", 5)


def is_vague(appearance: Appearance) -> bool:
    """Whether it is a mere mention ("the picture") without anything that tells it from others of its document."""
    known = appearance.words.things or appearance.firm_origins or appearance.asset or appearance.addresses
    return appearance.medium.role == "mentioned" and not known


def describes(appearance: Appearance) -> bool:
    """Whether it is known what it shows: a thing in its own words or right around them, or some nation's soldiers."""
    return bool(appearance.things_near) and appearance.medium.role != "metadata-only"


def keys(appearance: Appearance) -> list[str]:
    """Pairs of what it shows, for finding what to compare it with."""
    near = appearance.near
    things = sorted(near.things, key=lambda t: (t not in appearance.words.things, -worth(t), t))[:5]
    things += ["soldier"] if "soldier" in near.common else []
    others = [*sorted(appearance.firm_origins)[:2], *sorted(appearance.spots)[:2], *sorted(near.nations)[:3]]
    pairs = [*combinations(sorted(things), 2), *((t, o) for t in things for o in others)]
    return [f"{a}&{b}" for a, b in pairs[:MOST_KEYS]]


@cache
def _weights() -> tuple[float, dict[str, float]]:
    table = tomllib.loads(files("provenance.chain").joinpath("data", "weights.toml").read_text(encoding="utf-8"))
    return table["plain"], {t: g["worth"] for g in table.values() if isinstance(g, dict) for t in g["things"]}


@cache
def worth(thing: str) -> float:
    """The points of one shared thing."""
    plain, listed = _weights()
    return listed.get(thing, plain)


def _side(name: str, left: frozenset[str], right: frozenset[str]) -> float:
    return 1.0 if name in left and name in right else ONE_SIDE if name in left or name in right else NO_SIDE


def _named_things(left: Appearance, right: Appearance, *, from_one: bool) -> frozenset[str]:
    """Shared things that at least one of the descriptions holds itself; with one origin, also those around both."""
    shared = left.things_near & right.things_near
    return shared if from_one else shared & (left.things_told | right.things_told)


def _shown(left: Appearance, right: Appearance, *, from_one: bool) -> Iterator[Piece]:
    """Evidence of what both are said to show."""
    a, b = left.words, right.words
    things = left.things_near & right.things_near
    own = _named_things(left, right, from_one=from_one)
    for thing in sorted(things):
        yield Piece(worth(thing) * _side(thing, left.things_told, right.things_told), f"both show {thing}", bool(own))
    nations = left.near.nations & right.near.nations
    for nation in sorted(nations)[:3]:
        yield Piece(NATION * _side(nation, a.nations, b.nations), f"both of {nation}", bool(own))
    if own - {"soldier"} and len(nations & (a.nations | b.nations)) > 1:
        yield Piece(COMPOSITION, "the same thing of the same two nations")
    if left.medium.kind == right.medium.kind and left.medium.kind in UNUSUAL_KINDS:
        yield Piece(KIND, f"both a {left.medium.kind}")
    words = sorted(a.words & b.words, key=len)[-MOST_WORDS:]
    if words:
        yield Piece(WORD * len(words), f"the same words ({', '.join(words)})")
    yield from _of_others(left, right)


def _of_others(left: Appearance, right: Appearance) -> Iterator[Piece]:
    """What each shows that is nowhere around the other: where both sides have such, they are likely two."""
    a, b = left.words.things - right.near.things, right.words.things - left.near.things
    if a and b:
        yield Piece(OTHER_THING * min(len(a), len(b)), "")
    a, b = left.words.nations - right.near.nations, right.words.nations - left.near.nations
    if a and b:
        yield Piece(OTHER_NATION * min(len(a), len(b)), "")


def _around(left: Appearance, right: Appearance) -> Iterator[Piece]:
    """Evidence of where it comes from, where and when."""
    yield from _of_origin(left, right)
    shared = left.carriers & right.carriers
    if shared:
        yield Piece(CARRIER, f"both through {', '.join(sorted(shared))}")
    spots = left.spots & right.spots
    if spots:
        yield Piece(PLACE, f"both at {', '.join(sorted(spots))}")
    gap = days.nearest(left.medium.stated_dates, right.medium.stated_dates)
    if gap is not None:
        yield Piece(NEAR_DAY if gap else SAME_DAY, joins.gap_text(gap))
    elif joins.published_close(left, right):
        yield Piece(NEAR_PRINT, "published in the same days")


def _of_origin(left: Appearance, right: Appearance) -> Iterator[Piece]:
    a, b = left.firm_origins, right.firm_origins
    shared = a & b
    if shared:
        yield Piece(ORIGIN, f"both from {', '.join(sorted(shared))}")
    elif left.platform and left.platform == right.platform:
        yield Piece(PLATFORM, f"both from {left.platform}")
    if not shared and _firm(a) and _firm(b):
        yield Piece(OTHER_ORIGIN, "")


def _firm(origins: frozenset[str]) -> bool:
    return any("@" in n or parties.resolve(n) for n in origins)


def _by_agency(appearance: Appearance) -> bool:
    """Whether an agency or photographer is credited with it: pictures of one event from one agency differ."""
    credited = bool(appearance.medium.credit_parties)
    return credited and appearance.platform is None and not appearance.origins and appearance.medium.kind == "photo"
