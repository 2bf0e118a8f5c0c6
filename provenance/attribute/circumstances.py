"""When and where: the dates and places that a text states of each visual."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import cast

from provenance.attribute import dates, localities, posting_words, whereabouts
from provenance.attribute.citing import Edge
from provenance.attribute.lexicon import Lexicon
from provenance.attribute.mentioning import Mention
from provenance.attribute.speakers import MEDIA
from provenance.attribute.text import Sentence
from provenance.attribute.visuals import Visual
from provenance.records import DateRole, Page, Post, StatedDate, StatedPlace
from provenance.reference import places
from provenance.reference.parties import lowered

POSTING_REACH = 120
"""Characters between a date at the head of a sentence and its word of posting: the name of the one who posts stands between."""
MOST_NAMES = 40
LEAD = 3
"""Sentences of a headline and lead, which say where the event is that a visual without a place of its own shows."""
TOLD = ("paragraph", "headline")
CLAUSE = re.compile(r"[,;:(]\s|[、，。]")
BEHIND = 40
"""Characters between a date and the verb of making that closes its clause."""
MADE_REACH = 70
"""Characters between a verb of making and the date: who made it for whom may stand between."""
PAPER_REACH = 40
PAPER_DATE = re.compile(r"(?:[ ,(]+[^\W\d_]{1,14}\.?){0,4}[ (]*|[のに、]?")
"""What may stand between the noun for a paper and its date: a few words, no comma with more behind it."""
REACH = 45
"""Characters between a verb ("posted", "captured from …") and the date that stands with it."""


Pairs = list[tuple[Mention, Visual]]


def give(
    page: Page,
    sentences: list[Sentence],
    visuals: list[Visual],
    edges: list[Edge],
    lex: Lexicon,
    pairs: Callable[[Sentence], Pairs],
) -> None:
    """Add to each visual the dates and places that the text states of it; `pairs` are the visuals that a sentence speaks of.

    A date has the role of the verb beside it; a caption's date is the day that the picture was taken. Weekdays and days
    without a year are resolved against the day of the post or of publication, else they stay as printed.
    """
    text = _Circumstances(page, visuals, lex, pairs)
    for edge in edges:
        text.edges[edge.sentence.start].append(edge)
    text.accounts = _named_ranges(page.text, {e.cited.name for e in edges if e.cited.kind == "social-account" and e.cited.name})
    text.read_dates(sentences)
    for visual in visuals:
        text.report_date(visual, sentences)
        text.place(visual, edges, sentences)


@dataclass
class _Circumstances:
    page: Page
    visuals: list[Visual]
    lex: Lexicon
    pairs: Callable[[Sentence], Pairs]
    edges: dict[int, list[Edge]] = field(default_factory=lambda: defaultdict(list))
    mentions: dict[int, list[tuple[Mention, Visual]]] = field(default_factory=lambda: defaultdict(list))
    accounts: list[tuple[int, int]] = field(default_factory=list)

    anchors: dict[str, dates.Anchor] = field(default_factory=dict)
    captions: dict[str, set[int]] | None = None
    found: dict[tuple[int, int, bool], list[StatedPlace]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.posts = {p.id: p for p in self.page.posts}
        self.years = {day.year for p in self.page.posts if (day := _day(p.date))}
        for visual in self.visuals:
            for mention in visual.mentions:
                self.mentions[mention.sentence.number].append((mention, visual))

    # ---- dates

    def anchor(self, sentence: Sentence) -> dates.Anchor:
        """The day against which a sentence's dates are read: that of its post, else of publication, else only a year."""
        post = sentence.block.post or ""
        if post not in self.anchors:
            self.anchors[post] = self._anchor(self.posts.get(post))
        return self.anchors[post]

    def _anchor(self, post: Post | None) -> dates.Anchor:
        for value, basis in (
            (post.date if post else None, "the date of the post"),
            (self.page.facts.published, "the date of publication"),
        ):
            if day := _day(value):
                return dates.Anchor(day, day.year, basis)
        return dates.Anchor(None, next(iter(self.years)) if len(self.years) == 1 else None, "the date of an embedded post")

    def read_dates(self, sentences: list[Sentence]) -> None:
        """Give each date of the text to the visual whose date it is."""
        last: dates.Stated | None = None
        for sentence in sentences:
            found = dates.stated(self.page.text, sentence.start, sentence.end, self.lex, self.anchor(sentence), last)
            for stated in found:
                self._give_date(stated, sentence)
            last = found[-1] if found else last

    def _give_date(self, stated: dates.Stated, sentence: Sentence) -> None:
        owners: list[Visual]
        role: DateRole
        if sentence.block.kind == "caption":
            owners, role = [v for v in self.visuals if v.id == sentence.block.medium], "taken"
        else:
            owners, role = self._dated(stated, sentence)
        for visual in owners:
            if not any(d.value == stated.value and d.role == role for d in visual.dates):
                visual.dates.append(_record(stated, role))

    def _of_paper(self, stated: dates.Stated, sentence: Sentence) -> list[Visual]:
        """The paper that a date stands right behind: "the letter of 3 May", "ein Prüfblatt vom 17. Februar"."""
        for mention, visual in self.mentions.get(sentence.number, []):
            between = self.page.text[mention.noun.end : stated.span.start]
            if mention.kind == "document" and 0 < len(between) <= PAPER_REACH and PAPER_DATE.fullmatch(between):
                return [visual]
        return []

    def _dated(self, stated: dates.Stated, sentence: Sentence) -> tuple[list[Visual], DateRole]:
        """Whose date it is, and of what: that of the nearest verb that puts out or makes a visual, or that of a paper."""
        if paper := self._of_paper(stated, sentence):
            return paper, "taken"
        near = sorted(self.edges[sentence.start], key=lambda e: _distance(stated, e))[:1]
        inside = [e for e in self.edges[sentence.start] if e.cue[0] <= stated.span.start < e.cue[1]][:1]
        for edge in inside or near:
            if edge.date_role and not inside and self._made_between(edge, stated):
                continue
            if edge.date_role and (inside or _distance(stated, edge) <= REACH):
                made = edge.origin and self.lex.pattern("medium_roles", "taken").search(self.page.text, *edge.cue)
                return [v for v in self.visuals if v.id in edge.about], "taken" if made else edge.date_role
        return self._by_verb(stated, sentence)

    def _made_between(self, edge: Edge, stated: dates.Stated) -> bool:
        """Whether a verb of making stands nearer: "the film posted by X was made in May 2019"."""
        start, end = edge.span[1], stated.span.start
        return start < end and bool(self.lex.pattern("medium_roles", "taken").search(self.page.text, start, end))

    def _by_verb(self, stated: dates.Stated, sentence: Sentence) -> tuple[list[Visual], DateRole]:
        """The visual that a verb of making beside the date speaks of: "filmed on Oct. 3", "2019年5月に撮影された"."""
        pairs = self.pairs(sentence)
        start = max(sentence.start, stated.span.start - MADE_REACH)
        for role in self.lex.words.get("medium_roles", {}) if pairs else ():
            pattern = self.lex.pattern("medium_roles", role)
            match = pattern.search(self.page.text, start, stated.span.start)
            if match and not self._said_between(sentence, match.start(), stated.span.start):
                before = [v for m, v in pairs if m.start <= match.start()] or [pairs[0][1]]
                return before[-1:], cast("DateRole", role)
            match = None if match else self._behind(pattern, stated, sentence)
            if match:
                before = [v for m, v in pairs if m.start <= stated.span.start] or [pairs[0][1]]
                return before[-1:], cast("DateRole", role)
        return self._by_posting(stated, sentence)

    def _behind(self, pattern: re.Pattern[str], stated: dates.Stated, sentence: Sentence) -> re.Match[str] | None:
        """The verb right behind a date, where no word of posting and no other date stands between."""
        stop = min(sentence.end, stated.span.end + BEHIND)
        match = pattern.search(self.page.text, stated.span.end, stop)
        between = self.page.text[stated.span.end : match.start()] if match else ""
        if match is None or CLAUSE.search(between) or self._said_between(sentence, stated.span.end, match.start()):
            return None
        return None if posting_words.verbs(between, 0, len(between), self.page.facts.language) else match

    def _by_posting(self, stated: dates.Stated, sentence: Sentence) -> tuple[list[Visual], DateRole]:
        """The visual that a sentence speaks of together with a word of posting or making, when no word of saying is nearer."""
        pairs, language = self.mentions.get(sentence.number, []), self.page.facts.language
        at = (stated.span.start, stated.span.end)
        if not pairs:
            return [], "unknown"
        said = [_apart(e.cue, at) for e in self.edges[sentence.start] if not e.origin]
        zone = localities.where_taken(self.page.text, sentence.start, sentence.end, language)
        if zone and abs(zone[0] - at[0]) <= REACH:
            return [pairs[0][1]], "taken"
        verbs = posting_words.verbs(self.page.text, sentence.start, sentence.end, language)
        near = min((_apart(v, at) for v in verbs if not self._told_behind(v, at)), default=None)
        if near is None or near > POSTING_REACH or any(gap < near for gap in said):
            return [], "unknown"
        return [v for _, v in pairs], "posted"

    def _told_behind(self, verb: tuple[int, int], at: tuple[int, int]) -> bool:
        """Whether a date stands in the Hindi clause that "that" opens behind a verb: it is not of the posting."""
        return self.lex.language == "hi" and verb[1] <= at[0] and " कि " in self.page.text[verb[1] : at[0]]

    def _said_between(self, sentence: Sentence, start: int, end: int) -> bool:
        return any(start <= e.cue[0] < end and not e.origin for e in self.edges[sentence.start])

    def report_date(self, visual: Visual, sentences: list[Sentence]) -> None:
        """A visual without a date of its own has the day of the report that brought it up."""
        if not visual.dates and visual.kind != "document":
            self._event_date(visual)
        first = min((m.sentence.number for m in visual.mentions), default=None)
        if visual.embedded or visual.dates or first is None:
            return
        near = [
            e for s in sentences[max(0, first - 1) : first + 1] for e in self.edges[s.start] if e.frame and e.cited.kind in MEDIA
        ]
        for edge in near[:1]:
            end = min(edge.span[1] + REACH, edge.sentence.end)
            found = dates.stated(self.page.text, edge.cue[1], end, self.lex, self.anchor(edge.sentence))
            visual.dates += [_record(d, "published") for d in found[:1]]

    def _event_date(self, visual: Visual) -> None:
        """The only date in the words that speak of a visual, where nothing says of what it is the date."""
        for mention in visual.mentions if visual.shown else ():
            found = dates.stated(self.page.text, mention.start, mention.sentence.end, self.lex, self.anchor(mention.sentence))
            if len(found) == 1 and not self.edges[mention.sentence.start]:
                visual.dates.append(_record(found[0], "shown-event"))
                return

    # ---- places

    def place(self, visual: Visual, edges: list[Edge], sentences: list[Sentence]) -> None:
        """Add the places named where the text says what the visual shows, and where its own account speaks of it.

        Where none is named there, those of the sentences that speak of it count; for a visual known only from words, or the
        only one of the page, then those of the sentences beside, then those of headline and lead.
        """
        for start, end in sorted({*self._zones(visual), *_account_speaks(visual, edges)}):
            self._add_places(visual, whereabouts.stated(self.page.text, start, end, self.lex))
        for start, end in self._taken(visual):
            self._add_places(visual, self._all_places(start, end)[:1])
        for beside, (near, weak) in enumerate(self._nearby(visual, sentences) if visual.kind != "document" else ()):
            if any(_is_named(p) and not _is_country(p) for p in visual.places) or (beside and visual.places):
                return
            for sentence in near:
                found = self._all_places(sentence.start, sentence.end, weak=weak and sentence.block.kind != "headline")
                self._add_places(visual, [p for p in found if _is_named(p)])

    def _add_places(self, visual: Visual, found: list[StatedPlace]) -> None:
        for place in found:
            if not any(_meet(p, place) for p in visual.places) and not self._in_account(place):
                visual.places.append(place)

    def _in_account(self, place: StatedPlace) -> bool:
        """Whether its words are the name of an account: "Tarn Harbour Watch" is no place."""
        return bool(place.span) and any(a <= place.span.start < b for a, b in self.accounts if place.span)

    def _all_places(self, start: int, end: int, *, weak: bool = True) -> list[StatedPlace]:
        """The places in a part of the text, looked for once: each visual is asked about the same head of the page."""
        if (start, end, weak) not in self.found:
            self.found[start, end, weak] = self._look_for_places(start, end, weak=weak)
        return self.found[start, end, weak]

    def _look_for_places(self, start: int, end: int, *, weak: bool) -> list[StatedPlace]:
        text = self.page.text
        known = whereabouts.stated(text, start, end, self.lex)
        found = [*known, *whereabouts.unlisted(text, start, end, self.page.facts.language, weak=weak)]
        return sorted(found, key=lambda p: p.span.start if p.span else end)

    def _captions(self, sentences: list[Sentence]) -> dict[str, set[int]]:
        """The numbers of the sentences in each medium's caption, looked for once."""
        if self.captions is None:
            self.captions = defaultdict(set)
            for sentence in sentences:
                if sentence.block.kind == "caption" and sentence.block.medium:
                    self.captions[sentence.block.medium].add(sentence.number)
        return self.captions

    def _nearby(self, visual: Visual, sentences: list[Sentence]) -> Iterator[tuple[list[Sentence], bool]]:
        own = {m.sentence.number for m in visual.mentions}
        own |= self._captions(sentences).get(visual.id, set())
        yield [sentences[n] for n in sorted(own)], True
        if visual.embedded and len(self.visuals) > 1:
            return
        beside = sorted({n + d for n in own for d in (-1, 1)} - own)
        yield [sentences[n] for n in beside if 0 <= n < len(sentences) and sentences[n].block.kind in TOLD], True
        yield [s for s in sentences[:LEAD] if s.block.kind in TOLD], False

    def _taken(self, visual: Visual) -> Iterator[tuple[int, int]]:
        for mention in visual.mentions:
            zone = localities.where_taken(self.page.text, mention.noun.end, mention.sentence.end, self.page.facts.language)
            if zone and mention.sentence.block.kind != "caption":
                yield zone

    def _zones(self, visual: Visual) -> list[tuple[int, int]]:
        medium = visual.embedded
        if medium and medium.caption_span:
            return [(medium.caption_span.start, medium.caption_span.end)]
        zones = [(m.start, m.shown.end if m.shown else m.end) for m in visual.mentions]
        return [*zones, (medium.description.start, medium.description.end)] if medium and medium.description else zones


def _account_speaks(visual: Visual, edges: list[Edge]) -> list[tuple[int, int]]:
    spoken = [e for e in edges if e.followed and e.cited.kind == "social-account" and visual.id in e.about]
    return [(e.cue[1], e.sentence.end) for e in spoken]


def _apart(left: tuple[int, int], right: tuple[int, int]) -> int:
    return max(left[0] - right[1], right[0] - left[1], 0)


def _distance(stated: dates.Stated, edge: Edge) -> int:
    start, end = stated.span.start, stated.span.end
    return min(abs(start - edge.cue[1]), abs(edge.cue[0] - end), abs(start - edge.span[1]))


def _record(stated: dates.Stated, role: DateRole) -> StatedDate:
    return StatedDate(value=stated.value, precision=stated.precision, role=role, span=stated.span, basis=stated.basis)


def _meet(left: StatedPlace, right: StatedPlace) -> bool:
    a, b = left.span, right.span
    return bool(a and b and a.start < b.end and b.start < a.end)


def _is_country(place: StatedPlace) -> bool:
    """Whether a place is a country, which the sentence may tell more exactly."""
    known = places.resolve(place.name)
    return known is not None and known.kind == "country"


def _is_named(place: StatedPlace) -> bool:
    """Whether a place has a name, not only a noun: "the harbour" has none."""
    return place.country is not None or any(
        w[:1].isupper() or w[:1].lower() == w[:1].upper() for w in place.name.split()[1:] or [place.name]
    )


def _named_ranges(text: str, names: set[str]) -> list[tuple[int, int]]:
    low = lowered(text)
    return [(at, at + len(name)) for name in sorted(names)[:MOST_NAMES] for at in _places_of(lowered(name), low)]


def _places_of(part: str, text: str) -> Iterator[int]:
    """Where a part stands in a text, none over another."""
    at = text.find(part)
    while at >= 0 and part:
        yield at
        at = text.find(part, at + len(part))


@lru_cache(maxsize=64)
def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None
