"""Whether two appearances without common bytes or addresses are one visual: what joins them, and what keeps them apart.

Precision first: a wrong "same" is a libel risk. Words alone never join; a common named origin joins only when the
depicted things agree too and nothing speaks against it.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from provenance.chain import days, kinds, names, sentences
from provenance.chain.appearance import Appearance
from provenance.chain.words import LONGEST_TEXT, Words, squeeze
from provenance.records import AppearanceKey, LinkHow, Verdict
from provenance.reference import places

STILL = frozenset(["photo", "graphic", "document"])
MOVING = frozenset(["video", "video-grab"])
EARTH_KM = 6371.0
NEAR_KM = 60.0
"""A village is often called by the next town that readers know, which is rarely farther than an hour's drive."""
CLOSE_DAYS = 3
"""Posting, capture and first reports of one visual lie within a news cycle."""
NEWS_DAYS = 4
"""Documents published this close together on one origin and the same things speak of one visual."""
ENOUGH_DATED = 4.0
ENOUGH = 7.0
"""Weight of shared things needed with and without agreeing dates. Set on hand-made pairs: with dates, two things, or one thing
and two nations; without, as much again, because a busy channel posts many tanks."""
ENOUGH_TO_SUGGEST = 4.0
HALF = 0.5
MOST_WRONG = 3
"""One pair in so many may be barred by a day or a place before two visuals are kept apart."""
SENTENCE_TOKENS = 12
SENTENCE_CHARACTERS = 30
"""A sentence this long that stands word for word in two documents was copied."""
SHORTEST_PAGE = 150


@dataclass(frozen=True, slots=True)
class Edge:
    """Two appearances (`document/medium`) that are one visual, and why. `rank` orders kinds of evidence, the firmest first."""

    left: str
    right: str
    how: LinkHow
    confidence: Verdict
    why: str
    rank: int


class Suggestion(NamedTuple):
    """Two appearances that an analyst may want to compare; never joined by the program."""

    left: AppearanceKey
    right: AppearanceKey
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two appearances share in what they are said to show; `weight` adds it up."""

    things: frozenset[str]
    nations: frozenset[str]
    words: frozenset[str]
    cover: float

    @property
    def weight(self) -> float:
        """Two a thing, one a nation or word; nothing where the things differ for the most part."""
        return (2.0 * len(self.things) + len(self.nations) + len(self.words)) if self.cover >= HALF else 0.0

    def __str__(self) -> str:
        return ", ".join([*sorted(self.things), *sorted(self.words), *sorted(self.nations)])


def likeness(left: Appearance, right: Appearance) -> Likeness:
    """What two appearances share in what they are said to show."""
    return alike(left.words, right.words)


def alike(a: Words, b: Words) -> Likeness:
    """What two contents share."""
    things, words = kinds.exact(a.things & b.things), a.words & b.words
    fewest = min(len(kinds.exact(a.things)), len(kinds.exact(b.things)))
    fewest = fewest or min(len(a.telling), len(b.telling))
    shared = things if a.things and b.things else words
    return Likeness(things, a.nations & b.nations, words, len(shared) / fewest if fewest else 0.0)


def obstacle(left: Appearance, right: Appearance) -> str | None:
    """What speaks against one visual: kinds, days, places or credits that cannot both hold; None when nothing does."""
    if not kinds_agree(left, right):
        return f"one is a {left.medium.kind}, the other a {right.medium.kind}"
    if said := bar(left, right):
        return said
    return "the credits differ" if left.credits and right.credits and left.credits.isdisjoint(right.credits) else None


def bar(left: Appearance, right: Appearance) -> str | None:
    """What excludes one visual, however alike the words: days or places that cannot both hold; None when nothing does.

    A page that judges a picture not to be what it is said to be gives it an older day than the page that was taken in.
    """
    corrected = left.is_correction or right.is_correction
    gap = days.nearest(left.medium.stated_dates, right.medium.stated_dates)
    agree = places_agree(left, right)
    debunked = left.is_judged_false != right.is_judged_false and agree is not False
    if gap is not None and gap > CLOSE_DAYS and not (corrected or debunked or _is_day_mistaken(left, right)):
        return f"the stated days lie {gap} days apart"
    if agree is False and not corrected:
        return "the stated places exclude one another"
    if any(names.imitates(a, b) for a in left.origins for b in right.origins):
        return "the account of one imitates that of the other"
    return None


def _is_day_mistaken(left: Appearance, right: Appearance) -> bool:
    """Whether two papers have days that differ in the year or in the month alone: a slip more often than two papers."""
    if not (left.medium.kind == right.medium.kind == "document"):
        return False
    a, b = ([d for _, d, _ in days.days_of(m.medium.stated_dates)] for m in (left, right))
    return any(x.day == y.day and (x.month == y.month or x.year == y.year) for x in a for y in b)


def kinds_agree(left: Appearance, right: Appearance) -> bool:
    """A still is no footage, and a paper never is; a screenshot or a grab may be of anything."""
    kinds = {left.medium.kind, right.medium.kind}
    if "document" in kinds and kinds & MOVING:
        return False
    still = any(a.medium.kind in STILL and a.is_surely_still for a in (left, right))
    moving = bool(kinds & MOVING) or left.is_of_film or right.is_of_film
    return not (still and moving) and (len(kinds) == 1 or "audio" not in kinds)


def places_agree(left: Appearance, right: Appearance) -> bool | None:
    """True when one stated place can contain another, False when all pairs exclude one another, None when none is known.

    Countries do not count against one another: texts name them for who is shown or who speaks as often as for where.
    """
    pairs = [(a.name, b.name) for a in left.medium.stated_places for b in right.medium.stated_places]
    said = [compatible(a, b) for a, b in pairs[:36] if narrow(a) and narrow(b)]
    return True if True in said else (False if said and None not in said else None)


@lru_cache(maxsize=16_384)
def narrow(place: str) -> bool:
    """Whether it names more than a country."""
    found = places.find(place)
    return not found or any(m.entry.kind != "country" for m in found)


@lru_cache(maxsize=16_384)
def compatible(place: str, other: str) -> bool | None:
    """Whether two stated places can be one spot, as the reference knows; None for towns so near that texts take one for both."""
    fits = places.compatible(place, other)
    far = kilometres(place, other) if fits is False else None
    return None if far is not None and far <= NEAR_KM else fits


@lru_cache(maxsize=16_384)
def kilometres(place: str, other: str) -> float | None:
    """How far apart two known places less than a region are, from centre to centre; None where either is not known."""
    ends = [places.resolve(p) or next((m.entry for m in places.find(p)), None) for p in (place, other)]
    known = [(radians(e.latitude), radians(e.longitude)) for e in ends if e and e.kind in {"city", "town", "site"}]
    if len(known) < len(ends):
        return None
    (a, b), (c, d) = known
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def same_origin(left: Appearance, right: Appearance) -> Edge | None:
    """The edge between two appearances with one named origin, when what they show agrees as well."""
    shared = alike(left.context, right.context)
    if shared.weight < ENOUGH_DATED:
        return None
    origins = shared_origins(left, right)
    if not origins or obstacle(left, right):
        return None
    through = left.carriers & right.carriers
    gap = days.nearest(left.medium.stated_dates, right.medium.stated_dates)
    enough = ENOUGH_DATED if gap is not None or published_close(left, right) else ENOUGH - bool(through)
    if shared.weight < enough or not (shared.things or len(shared.words) >= ENOUGH_DATED):
        return None
    why = [f"both from {', '.join(sorted(origins))}", f"both show {shared}"]
    why += [f"both through {', '.join(sorted(through))}"] if through else []
    why += [gap_text(gap)] if gap is not None else []
    return Edge(left.name, right.name, "same-origin", "likely", "; ".join(why), 4)


def shared_origins(left: Appearance, right: Appearance) -> set[str]:
    """Named origins that both have; a handle without platform is the same as one with."""
    pairs = ((a, b) for a in left.origins for b in right.origins)
    return {max(a, b, key=len) for a, b in pairs if a == b or (names.handle(a) in {a, b} and names.handle(a) == names.handle(b))}


def gap_text(gap: int) -> str:
    """How far apart stated days are, in words."""
    return "stated days agree" if gap == 0 else f"stated days {gap} day{'s' if gap > 1 else ''} apart"


def published_close(left: Appearance, right: Appearance) -> bool:
    """Whether both documents are of the same few days."""
    stamps = [days.day_of(a.document.document.published) for a in (left, right)]
    known = [date(d.year, d.month, d.day) for d in stamps if d and d.year]
    return len(known) == len(stamps) and abs((known[0] - known[1]).days) <= NEWS_DAYS


def described(left: Appearance, right: Appearance) -> Suggestion | None:
    """A suggestion for two appearances whose words agree, when nothing speaks against it; words alone never join."""
    shared = likeness(left, right)
    if shared.weight < ENOUGH_TO_SUGGEST or _origins_differ(left, right) or obstacle(left, right):
        return None
    return Suggestion(left.key, right.key, shared.weight, f"described alike ({shared}); no common bytes, address or named origin")


def _origins_differ(left: Appearance, right: Appearance) -> bool:
    return bool(left.origins and right.origins and left.origins.isdisjoint(right.origins))


def copied_sentences(appearance: Appearance) -> list[str]:
    """Keys that only a copy shares.

    They are the place in a text that is republished whole and, for a visual known from words alone, the whole sentence
    that speaks of it.
    """
    medium, text = appearance.medium, appearance.document.text
    if appearance.asset:
        return []
    whole = _whole(text) if SHORTEST_PAGE <= len(text) <= LONGEST_TEXT else ""
    copies = [f"{appearance.order[1]} {medium.kind} {whole}"] if len(whole) >= SHORTEST_PAGE else []
    return copies + _own_sentence(appearance)


@lru_cache(maxsize=8)
def _whole(text: str) -> str:
    """A text that is republished whole, whatever its blanks and marks; a page asks once for each of its media."""
    return squeeze(text)


def _own_sentence(appearance: Appearance) -> list[str]:
    medium, text = appearance.medium, appearance.document.text
    if medium.role != "mentioned" or not medium.description:
        return []
    sentence = squeeze(text[slice(*sentences.around(text, medium.description.start, medium.description.end))])
    long = len(sentence.split()) >= SENTENCE_TOKENS or (
        len(sentence) >= SENTENCE_CHARACTERS and not sentence.isascii() and _dense(sentence)
    )
    return [f"{medium.kind} {sentence}"] if long else []


def copied(left: Appearance, right: Appearance) -> Edge:
    """The edge between two visuals of which the same sentence speaks, word for word."""
    return Edge(left.name, right.name, "described", "likely", "the same words, copied whole, speak of it in both documents", 5)


def _dense(text: str) -> bool:
    """Chinese, Japanese and Korean say in 30 characters what takes others 12 words."""
    return sum("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in text) * 2 > len(text)
