"""Whether two visuals without bytes are one by what is said of them: each piece of evidence has points, and enough of it joins.

A topic is no visual: things that only name the event weigh little, a named thing must be in the very words on what one
of the two shows (but for two pictures without words from one account, or the only one of its kind that each of two pages of
one event has from one source), and photographs that agencies credit are left
alone, since one visit gives hundreds of them.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import NamedTuple

from provenance.chain import days, joins, kinds, naming, services, sounds
from provenance.chain.appearance import MODES, ORIGIN_RELATIONS, Appearance
from provenance.chain.joins import Edge
from provenance.reference import parties

ENOUGH = 3.3
ENOUGH_TO_SUGGEST = 1.5
JUST_SUGGESTED = 3.0
"""The most that two photographs of one agency have, which are likely one and may be two of a series: a person looks."""
ENOUGH_ON_AVERAGE = 2.5
MOST_SILENT = 3
"""One pair in so many must tell anything before two visuals of several pages are joined."""
CORE, CORE_OF_ONE = 1.0, 0.2
"""Points that join, points that only suggest, and those of them that must come from what is shown: fewer with one origin.
Set on hand-made pairs: two telling things of one place or one platform join; one thing and the same two nations do with one
thing more."""
OF_EVENT = 2.0
"""What a shared thing counts at most that one page tells of another visual, too, and the other has in its headline or does the
same: it is of the event."""
NO_SIDE = 0.5
"""What a shared thing counts when only one of the two descriptions holds it, or only the sentences around both."""
TIERS = (0.5, 0.85, 1.0)
NATION, COMPOSITION = 1.0, 1.0
MODE, OTHER_MODE = 2.0, -5.0
SOURCE, NAMED = 3.0, 1.5
OTHER_PLACE, OTHER_CREDIT = -1.5, -7.0
LAUNDERED = -1.0
"""What another credit counts where the way of taking agrees: then it was likely changed."""
EVENT, RARE = 0.6, 2.3
CORRECTION = 1.0
ORIGIN, CARRIER, PLATFORM, PLACE = 3.5, 1.5, 1.0, 1.5
SAME_DAY, NEAR_DAY, NEAR_PRINT = 2.0, 1.0, 0.5
OTHER_THING, OTHER_NATION, OTHER_ORIGIN = -2.5, -1.0, -2.5
OF_PERSONS = frozenset(["tiktok", "instagram", "facebook"])
"""Where persons post what they filmed themselves; channels post the films of many."""
PAPERS = frozenset(["questionnaire", "document", "map", "envelope", "ballot", "money"])
MOST_WORDS = 2
WORD = 0.5
MOST_KEYS, MOST_THINGS, MOST_SOUNDS, MOST_NAMES = 28, 6, 3, 4


class Piece(NamedTuple):
    """One piece of evidence: points, and words for a person; `core` when it is of what is shown."""

    points: float
    why: str
    core: bool = False


def same_scene(left: Appearance, right: Appearance) -> tuple[float, Edge] | None:
    """The points of two appearances and the edge that they would make; None where something speaks against it."""
    if not (describes(left) and describes(right) and joins.kinds_agree(left, right)) or joins.bar(left, right):
        return None
    if _is_no_paper(left, right) or _is_no_paper(right, left):
        return None
    source = list(_of_origin(left, right))
    from_one = any(p.core for p in source)
    shown = list(_shown(left, right, from_one=from_one))
    around = list(_around(left, right))
    bare = bool(left.firm_origins & right.firm_origins) and not (left.things_told or right.things_told)
    lone = from_one and any(p.core and p.points for p in around) and left.is_alone and right.is_alone
    core = sum(p.points for p in shown if p.core or bare or lone)
    rare = any(p.points >= RARE for p in shown if p.core)
    one_event = from_one or rare or any(p.core for p in around)
    witness = lone and _is_of_one_witness(left, right)
    if not (witness or (core >= (CORE_OF_ONE if from_one else CORE) and one_event)):
        return None
    agency = (_by_agency(left) or _by_agency(right)) and left.modes.isdisjoint(right.modes)
    taken_over = _is_credited_to(left, right) or _is_credited_to(right, left)
    sure = from_one and (left.is_archived or right.is_archived or taken_over or _is_one_moment(left, right))
    if agency and not (sure or (from_one and _may_be_one_photograph(left, right))):
        return None
    pieces = [*shown, *source, *around, *_of_credits(left, right)]
    points = sum(p.points for p in pieces)
    points = points if sure or not agency else min(points, JUST_SUGGESTED)
    why = "; ".join(p.why for p in sorted(pieces, key=lambda p: -p.points) if p.why)
    return points, Edge(left.name, right.name, "described", "likely", f"{why} ({points:.1f} points, {ENOUGH:g} join)", 5)


def _is_no_paper(paper: Appearance, picture: Appearance) -> bool:
    """Whether one is a paper, and the other a picture of which the words tell other things and no paper."""
    if paper.medium.kind != "document" or picture.medium.kind == "document":
        return False
    return bool(picture.things_told) and picture.things_told.isdisjoint(PAPERS)


def is_vague(appearance: Appearance) -> bool:
    """Whether it is a mere mention ("the picture") without anything that tells it from others of its document."""
    known = appearance.words.things or appearance.firm_origins or appearance.asset or appearance.addresses or appearance.is_told
    return appearance.medium.role == "mentioned" and not known


def describes(appearance: Appearance) -> bool:
    """Whether it is known what it shows (a thing in its own words or around them, a nation's soldiers), or whence and where."""
    known = appearance.things_near or appearance.modes or appearance.things_wide
    placed = appearance.source_words and (appearance.medium.stated_places or appearance.platform in OF_PERSONS)
    return bool(known or placed) and appearance.medium.role != "metadata-only"


def keys(appearance: Appearance) -> list[str]:
    """What it shows with what else it shows, whence and where, for finding what to compare it with."""
    near = appearance.near
    shown = sorted(
        (near.things - appearance.of_others) | appearance.things_wide, key=lambda t: (-_tier(t, appearance), -worth(t), t)
    )[:MOST_THINGS]
    shown += ["soldier"] if "soldier" in near.common else []
    others = [*sorted(appearance.firm_origins)[:2], *sorted(appearance.spots)[:2], *sorted(near.nations)[:3]]
    heard = [
        f"~{sound}" for sound in sorted({sounds.skeleton(w) for w in appearance.source_words}) if len(sound) >= sounds.SHORTEST
    ]
    longest = sorted(appearance.source_words, key=lambda w: (-len(w), w))[:MOST_SOUNDS]
    named = sorted(appearance.event_names, key=lambda w: (-len(w), w))[:MOST_NAMES]
    pairs = [*combinations(sorted(shown), 2), *((t, o) for t in shown for o in others)]
    told = [f"{t}@{n}" for t in shown[:MOST_SOUNDS] for n in named]
    return [*heard[:MOST_SOUNDS], *(f"={w}" for w in longest), *(f"{a}&{b}" for a, b in pairs[:MOST_KEYS]), *told]


@cache
def _weights() -> tuple[float, frozenset[str], dict[str, float]]:
    table = tomllib.loads(files("provenance.chain").joinpath("data", "weights.toml").read_text(encoding="utf-8"))
    return (
        table["plain"],
        frozenset(table["posed"]),
        {t: g["worth"] for g in table.values() if isinstance(g, dict) for t in g["things"]},
    )


@cache
def worth(thing: str) -> float:
    """The points of one shared thing."""
    plain, _, listed = _weights()
    return listed[thing] if thing in listed else listed.get(kinds.general(thing), plain)


def _closeness(thing: str, left: Appearance, right: Appearance) -> tuple[float, bool]:
    """How much a shared thing counts by where it stands, and whether either says it of the visual itself or right beside it."""
    sides = sorted(_tier(thing, side) for side in (left, right))
    return TIERS[sides[0]] * TIERS[sides[1]], sides[1] == len(TIERS) - 1 or sides[0] == 1


def _tier(thing: str, side: Appearance) -> int:
    """2 in what it is said to show, 1 in the sentences around that, 0 anywhere in a short page."""
    return 2 if thing in side.things_told else 1 if thing in side.things_near else 0


def _shown(left: Appearance, right: Appearance, *, from_one: bool) -> Iterator[Piece]:
    """Evidence of what both are said to show, where they are `from_one` source or not."""
    things = (left.things_near | left.things_wide) & (right.things_near | right.things_wide)
    for thing in sorted(kinds.exact(things)):
        share, core = _closeness(thing, left, right)
        value = min(worth(thing), OF_EVENT) if _is_of_event(thing, left, right) else worth(thing)
        yield Piece(value * share, f"both show {thing}", core)
    yield from _of_modes(left, right)
    nations = left.near.nations & right.near.nations
    own = left.words.nations | right.words.nations
    for nation in sorted(nations)[:3]:
        yield Piece(NATION if nation in own else NATION * NO_SIDE, f"both of {nation}")
    told = (left.things_told | right.things_told) & left.things_near & right.things_near
    if told - {"soldier"} and len(nations & own) > 1:
        yield Piece(COMPOSITION, "the same thing of the same two nations")
    words = sorted(left.words.words & right.words.words, key=len)[-MOST_WORDS:]
    if words:
        yield Piece(WORD * len(words), f"the same words ({', '.join(words)})")
    yield from _of_others(left, right, from_one=from_one)


def _is_of_event(thing: str, left: Appearance, right: Appearance) -> bool:
    """Whether one page tells a thing of two visuals, and the other does, too, or has it in its headline."""
    twice = [thing in side.things_of_event for side in (left, right)]
    return any(twice) and all(t or thing in side.things_of_headline for t, side in zip(twice, (left, right), strict=True))


def _of_modes(left: Appearance, right: Appearance) -> Iterator[Piece]:
    """A security camera, a drone and a satellite give three pictures of one event."""
    shared = left.modes & right.modes
    if shared:
        yield Piece(MODE, f"both taken as {', '.join(sorted(shared))}", core=True)
    elif left.modes and right.modes:
        yield Piece(OTHER_MODE, "")


def _of_others(left: Appearance, right: Appearance, *, from_one: bool) -> Iterator[Piece]:
    """What each shows that is nowhere around the other: where both sides have such, they are likely two.

    Of one source, that only one page tells how it was taken does not tell them apart.
    """
    modes = MODES if from_one else frozenset[str]()
    a = kinds.foreign(left.words.things - modes, right.things_near | right.things_wide)
    b = kinds.foreign(right.words.things - modes, left.things_near | left.things_wide)
    if a and b:
        yield Piece(OTHER_THING * min(len(a), len(b)), "", core=not from_one)
    a, b = left.words.nations - right.near.nations, right.words.nations - left.near.nations
    if a and b:
        yield Piece(OTHER_NATION * min(len(a), len(b)), "")


def _of_credits(left: Appearance, right: Appearance) -> Iterator[Piece]:
    """Two makers did not take one picture; but who captures a post, or takes over a picture, writes another credit."""
    if left.credits and right.credits and left.credits.isdisjoint(right.credits):
        lines = [a.medium.credit_parties for a in (left, right)]
        if naming.shared(*lines):
            return
        taken = left.is_captured or right.is_captured or not left.modes.isdisjoint(right.modes)
        taken = taken or left.is_judged_false or right.is_judged_false
        yield Piece(LAUNDERED if taken else OTHER_CREDIT, "")


def _around(left: Appearance, right: Appearance) -> Iterator[Piece]:
    """Evidence of where and when, and through whom; `core` is what shows that both are of one event."""
    shared = left.carriers & right.carriers
    if shared:
        yield Piece(CARRIER, f"both through {', '.join(sorted(shared))}", core=True)
    spots = left.spots & right.spots
    if spots:
        yield Piece(PLACE, f"both at {', '.join(sorted(spots))}", core=True)
    elif left.spots and right.spots and (left.near.nations.isdisjoint(right.near.nations) or _far_apart(left, right)):
        yield Piece(OTHER_PLACE, "")
    yield from _of_event(left, right, spots)
    gap = days.nearest(left.medium.stated_dates, right.medium.stated_dates)
    if gap is not None and gap <= joins.CLOSE_DAYS:
        yield Piece(NEAR_DAY if gap else SAME_DAY, joins.gap_text(gap), core=True)
    elif joins.published_close(left, right):
        yield Piece(NEAR_PRINT, "published in the same days", core=True)


def _far_apart(left: Appearance, right: Appearance) -> bool:
    """Whether each names one town, and neither lies near or in the other's."""
    if len(left.spots) > 1 or len(right.spots) > 1:
        return False
    return joins.compatible(min(left.spots), min(right.spots)) is False


def _of_event(left: Appearance, right: Appearance, spots: frozenset[str]) -> Iterator[Piece]:
    """Names that both texts give, in whatever script; two nations of one thing are as telling."""
    known = {w for spot in spots for w in sounds.words_of(spot)} | left.source_words | right.source_words
    named = sounds.shared(left.event_names - known, right.event_names - known)
    named |= sounds.shared(left.openings - known, right.event_names - known)
    named |= sounds.shared(right.openings - known, left.event_names - known)
    if named:
        some = sorted(named, key=lambda n: (-len(n), n))[:2]
        yield Piece(EVENT * len(some), f"both name {', '.join(some)}", core=True)
    if len(left.near.nations & right.near.nations) > 1:
        yield Piece(0.0, "", core=True)
    of_one = named or not left.near.nations.isdisjoint(right.near.nations)
    if left.is_correction != right.is_correction and of_one and not _of_two_outlets(left, right):
        yield Piece(CORRECTION, "one page puts right what another has told", core=True)


def _of_two_outlets(left: Appearance, right: Appearance) -> bool:
    outlets = [a.document.document.outlet.domain or a.document.document.outlet.name for a in (left, right)]
    return all(outlets) and outlets[0] != outlets[1]


def _of_origin(left: Appearance, right: Appearance) -> Iterator[Piece]:
    """Evidence of whom it comes from; `core` where both name one source."""
    a, b = left.firm_origins, right.firm_origins
    shared, heard = a & b, naming.shared(left.source_names, right.source_names)
    if shared or heard:
        yield Piece(ORIGIN if shared else SOURCE, f"both from {', '.join(sorted(shared or heard))}", core=True)
        return
    if _is_credited_to(left, right) or _is_credited_to(right, left):
        yield Piece(SOURCE, "one page has it from the other", core=True)
        return
    named = _named_by(left, right) | _named_by(right, left)
    if named:
        yield Piece(NAMED, f"one is from {', '.join(sorted(named))}, whom the other names beside it")
    elif left.platform and left.platform == right.platform:
        yield Piece(PLATFORM, f"both from {left.platform}")
    handed_out = (_by_a_state(left) and _firm(b)) or (_by_a_state(right) and _firm(a))
    if not named and ((_firm(a) and _firm(b)) or handed_out or _elsewhere(left.origins, right.origins)):
        yield Piece(OTHER_ORIGIN, "")


def _is_credited_to(left: Appearance, right: Appearance) -> bool:
    """Whether a page says that it has the picture from the outlet of the other page, which is no agency of many pictures."""
    outlet = right.document.document.outlet
    name = outlet.name or (outlet.domain or "").rpartition(".")[0]
    if not name or parties.resolve(name):
        return False
    return any(naming.one(n, name) for n in left.source_names)


def _named_by(left: Appearance, right: Appearance) -> frozenset[str]:
    """Whom one is from that the other names beside it; what has an account of its own is not from another that is named there."""
    own = right.firm_origins and left.firm_origins
    stated = {w for side in (left, right) for p in side.medium.stated_places for w in sounds.words_of(p.name)}
    return frozenset() if own else naming.named_in(left.source_names, right.near_words) - stated


def _firm(origins: frozenset[str]) -> bool:
    return any("@" in n or parties.resolve(n) for n in origins)


def _elsewhere(origins: frozenset[str], others: frozenset[str]) -> bool:
    """Whether both are from named accounts, on different platforms."""
    platforms = {p for n in origins for p, colon, _ in [n.partition(":")] if colon}
    there = {p for n in others for p, colon, _ in [n.partition(":")] if colon}
    return bool(platforms and there) and platforms.isdisjoint(there)


def _is_one_moment(left: Appearance, right: Appearance) -> bool:
    """Whether both, alone on their pages, tell of two things, or a rare one, of which an agency takes no series."""
    told = kinds.exact(left.things_told & right.things_told) - _weights()[1]
    telling = len(told) > 1 or any(worth(t) >= RARE for t in told)
    return telling and left.is_alone and right.is_alone


def _is_of_one_witness(left: Appearance, right: Appearance) -> bool:
    """Whether two films are each the only one that its page has from one person's account, of one event that both name."""
    films = left.medium.kind in joins.MOVING and right.medium.kind in joins.MOVING
    there = films and left.platform in OF_PERSONS and left.platform == right.platform
    known = left.source_words | right.source_words | OF_PERSONS
    named = sounds.shared(left.event_names - known, right.event_names - known) if there else None
    told = kinds.foreign(left.words.things, right.things_wide) and kinds.foreign(right.words.things, left.things_wide)
    return bool(named) and not told and joins.published_close(left, right)


def _may_be_one_photograph(left: Appearance, right: Appearance) -> bool:
    """Whether two photographs of one agency are each the only one of their page, of one event, and not told to differ."""
    alone = all(sum(a.medium.kind == "photo" for a in (side, *side.siblings)) == 1 for side in (left, right))
    named = sounds.shared(left.event_names, right.event_names) - left.source_words - right.source_words
    differ = kinds.foreign(left.words.things, right.things_wide) and kinds.foreign(right.words.things, left.things_wide)
    return alone and bool(named or left.spots & right.spots) and joins.published_close(left, right) and not differ


def _by_a_state(appearance: Appearance) -> bool:
    """Whether its credit line names a state's service, which handed it out."""
    return any(services.of(p) for p in appearance.medium.credit_parties)


def _by_agency(appearance: Appearance) -> bool:
    """Whether an agency or photographer is credited with it: pictures of one event from one agency differ.

    A page that judges a picture to be false shows another's, whatever stands in its credit line; what a state's service hands
    out is no agency's.
    """
    if appearance.is_judged_false or _by_a_state(appearance):
        return False
    stated = any(c.relation in ORIGIN_RELATIONS and c.span != appearance.medium.credit_span for c in appearance.citations)
    credited = bool(appearance.medium.credit_parties) and not stated
    return credited and appearance.platform is None and not appearance.origins and appearance.medium.kind == "photo"
