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

from provenance.chain import joins, names
from provenance.chain.appearance import Appearance
from provenance.chain.joins import Edge
from provenance.reference import parties, places

ENOUGH = 6.0
ENOUGH_TO_SUGGEST = 4.5
CORE, CORE_OF_ONE = 3.0, 2.0
"""Points that join, points that only suggest, and those of them that must come from what is shown: fewer with one origin. Set on hand-made pairs:
two telling things of one place or one platform join; one thing and the same two nations do with one thing more."""
ONE_SIDE, NO_SIDE = 0.8, 0.5
"""What a shared thing counts when only one of the two descriptions holds it, or only the sentences around both."""
NATION, SOLDIER, COMPOSITION = 1.0, 0.5, 1.0
ORIGIN, CARRIER, PLATFORM, PLACE = 3.5, 1.5, 1.0, 1.5
SAME_DAY, NEAR_DAY, NEAR_PRINT = 2.0, 1.0, 0.5
OTHER_THINGS, OTHER_ORIGIN = -1.5, -2.5
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
    shown, around = list(_shown(left, right)), list(_around(left, right))
    core = sum(p.points for p in shown if p.core)
    from_one = any(p.points == ORIGIN for p in around)
    if core < (CORE_OF_ONE if from_one else CORE) or _by_agency(left) or _by_agency(right) or joins.obstacle(left, right):
        return None
    pieces = [*shown, *around]
    points = sum(p.points for p in pieces)
    why = "; ".join(p.why for p in sorted(pieces, key=lambda p: -p.points) if p.why)
    return points, Edge(left.name, right.name, "described", "likely", f"{why} ({points:.1f} points, {ENOUGH} join)", 5)


def describes(appearance: Appearance) -> bool:
    """Whether it is known what it shows: a thing in its own words or right around them."""
    return bool(appearance.near.things) and appearance.medium.role != "metadata-only"


def keys(appearance: Appearance) -> list[str]:
    """Pairs of what it shows, for finding what to compare it with."""
    near = appearance.near
    things = sorted(near.things, key=lambda t: (t not in appearance.words.things, -worth(t), t))[:5]
    others = [*sorted(near.nations)[:3], *sorted(_places(appearance))[:2], *sorted(_named(appearance))[:2]]
    pairs = [*combinations(sorted(things), 2), *((t, o) for t in things for o in others)]
    return [f"{a}&{b}" for a, b in pairs[:MOST_KEYS]]


@cache
def _weights() -> tuple[float, dict[str, float]]:
    table = tomllib.loads(files("provenance.chain").joinpath("data", "weights.toml").read_text(encoding="utf-8"))
    return table["plain"], {t: g["worth"] for g in table.values() if isinstance(g, dict) for t in g["things"]}


def worth(thing: str) -> float:
    """The points of one shared thing."""
    plain, listed = _weights()
    return listed.get(thing, plain)


def _side(name: str, left: frozenset[str], right: frozenset[str]) -> float:
    return 1.0 if name in left and name in right else ONE_SIDE if name in left or name in right else NO_SIDE


def _shown(left: Appearance, right: Appearance) -> Iterator[Piece]:
    """Evidence of what both are said to show."""
    a, b = left.words, right.words
    things = left.near.things & right.near.things
    own = things & (a.things | b.things)
    for thing in sorted(things):
        yield Piece(worth(thing) * _side(thing, a.things, b.things), f"both show {thing}", thing in own or bool(own))
    nations = left.near.nations & right.near.nations
    for nation in sorted(nations)[:3]:
        yield Piece(NATION * _side(nation, a.nations, b.nations), f"both of {nation}", bool(own))
    if own and len(nations & (a.nations | b.nations)) > 1:
        yield Piece(COMPOSITION, "the same thing of the same two nations")
    if "soldier" in left.near.common & right.near.common:
        yield Piece(SOLDIER, "")
    words = sorted(a.words & b.words, key=len)[-MOST_WORDS:]
    if words:
        yield Piece(WORD * len(words), f"the same words ({', '.join(words)})")
    if a.things and b.things and a.things.isdisjoint(right.near.things) and b.things.isdisjoint(left.near.things):
        yield Piece(OTHER_THINGS, "")


def _around(left: Appearance, right: Appearance) -> Iterator[Piece]:
    """Evidence of where it comes from, where and when."""
    yield from _of_origin(left, right)
    shared = left.carriers & right.carriers
    if shared:
        yield Piece(CARRIER, f"both through {', '.join(sorted(shared))}")
    spots = _places(left) & _places(right)
    if spots:
        yield Piece(PLACE, f"both at {', '.join(sorted(spots))}")
    gap = joins.days.nearest(left.medium.stated_dates, right.medium.stated_dates)
    if gap is not None:
        yield Piece(NEAR_DAY if gap else SAME_DAY, joins.gap_text(gap))
    elif joins.published_close(left, right):
        yield Piece(NEAR_PRINT, "published in the same days")


def _of_origin(left: Appearance, right: Appearance) -> Iterator[Piece]:
    a, b = _named(left), _named(right)
    shared = a & b
    if shared:
        yield Piece(ORIGIN, f"both from {', '.join(sorted(shared))}")
    elif platform(left) and platform(left) == platform(right):
        yield Piece(PLATFORM, f"both from {platform(left)}")
    if not shared and _firm(a) and _firm(b):
        yield Piece(OTHER_ORIGIN, "")


def _named(appearance: Appearance) -> frozenset[str]:
    """Origins whose names are not single words, which could be anything: handles, known parties, names of several words."""
    return frozenset(names.handle(n) or n for n in appearance.origins if "@" in n or " " in n.strip() or parties.resolve(n))


def _firm(origins: frozenset[str]) -> bool:
    return any("@" in n or parties.resolve(n) for n in origins)


def platform(appearance: Appearance) -> str | None:
    """The platform that a document says a visual is from, by its account or its credit line."""
    account, credits = appearance.medium.account, appearance.medium.credit_parties
    if account and account.platform:
        return account.platform
    words = (names.platform_of(w) for party in credits for w in (party, party.split(maxsplit=1)[0] if party.split() else ""))
    return next((p for p in words if p), None)


def _places(appearance: Appearance) -> frozenset[str]:
    """Known places that are less than a country, stated for it."""
    stated = (places.resolve(p.name) for p in appearance.medium.stated_places)
    around = (m.entry for m in places.find(" ".join(appearance.sentences)))
    return frozenset(e.name for e in (*stated, *around) if e and e.kind not in {"country", "sea"})


def _by_agency(appearance: Appearance) -> bool:
    """Whether an agency or photographer is credited with it: pictures of one event from one agency differ."""
    credits = appearance.medium.credit_parties
    return bool(credits) and platform(appearance) is None and not appearance.origins and appearance.medium.kind == "photo"
