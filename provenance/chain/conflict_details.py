"""What documents disagree on around a visual: an unknown place, its age, what is heard, how it was got, whose its source is."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from provenance.chain import kinds, names, sentences
from provenance.chain.appearance import Appearance
from provenance.chain.statements import REACH, Statement, conflict, cued, quote, said_in, spans_around
from provenance.chain.words import concept_of, fold, read
from provenance.records import Conflict, ConflictField, Span
from provenance.reference import places

WIDER = 1
"""Sentences after those that speak of a visual in which it is still what is spoken of."""
MOST_READ = 4_000
MOST_COMPARED = 60
"""Appearances of one visual that are held against one another by what they show."""
LONGEST_NAME = 60
NEAR_NAME = 90
"""Code points around the name of a source in which it is said whose it is."""
TIES = {
    "of_army": "the army",
    "of_ministry": "a ministry",
    "of_government": "the government",
    "of_opposition": "the opposition",
    "of_nobody": "independent",
}
WAYS = {"found": "found", "given": "handed over", "issued": "put out"}
TONGUE = re.compile(r"\s+(?:in\s+|en\s+|auf\s+|em\s+|po\s+)?(?P<name>[A-Z]\w{3,})")
"""The name of a language behind "speaking"."""
_NUMBER = re.compile(r"\d{1,3}")
Tagged = tuple[str, Statement]


def place_unknown(members: Sequence[Appearance]) -> Conflict | None:
    """Some name a place, others say that it is not known."""
    silent = [s for m in members for s in _first(_cued_near(m, "nowhere", "not known"))]
    open_ones = {s.document for s in silent}
    named = [
        quote(m, p.span.start, p.span.end)
        for m in members
        if m.key.document not in open_ones
        for p in m.medium.stated_places
        if p.span and any(f.entry.kind != "country" for f in places.find(p.name))
    ]
    if not silent or not named:
        return None
    reading = f"{said_in([named[0].value])} is named as its place; {said_in([silent[0].text or ''])}, says another."
    return conflict("place", [*named, *silent], "soft", reading)


def age(members: Sequence[Appearance]) -> Conflict | None:
    """So many hours: since it was made, or since somebody had it."""
    said = [t for m in members for t in _ages(m)]
    return _torn("date", said, "It is not the same that is counted in hours or days")


def _ages(member: Appearance) -> Iterator[Tagged]:
    """The first count of hours near the visual, with what it is said to be the time of."""
    for start, end in _ranges(member):
        for at, stop in cued("hours", member, start, end):
            first, last = _clause(member.document.text, at, stop)
            if not _NUMBER.search(member.document.text, max(first, at - 8), at):
                continue
            if cued("fresh", member, first, last):
                value = "since it was had" if cued("had", member, first, last) else "its age"
                yield value, quote(member, first, last, value)
                return


def _clause(text: str, at: int, stop: int) -> tuple[int, int]:
    """The part of a sentence between semicolons and dashes that a word stands in."""
    first, last = sentences.around(text, at, stop)
    before = max(text.rfind(mark, first, at) for mark in (";", "—", " – ", ":"))
    after = [i for i in (text.find(mark, stop, last) for mark in (";", "—", " – ")) if i >= 0]
    return max(first, before + 1), min([*after, last])


def who(members: Sequence[Appearance]) -> Conflict | None:
    """A man here where the others have a woman."""
    said = [t for m in members for t in _who(m)]
    return _torn("depiction", said, "Who is seen in it is told differently")


def _who(member: Appearance) -> Iterator[Tagged]:
    """The first man or woman in the words that say what is shown; none where both are."""
    found = {g: cued(g, member, s.start, s.end) for g in ("man", "woman") for s in _depicted(member)}
    seen = [(group, at, stop) for group, spans in found.items() for at, stop in spans[:1]]
    if len(seen) == 1:
        group, at, stop = seen[0]
        yield f"a {group}", quote(member, at, stop, f"a {group}")


def _depicted(member: Appearance) -> list[Span]:
    """The slices that say what it shows."""
    claims = [c.span for c in member.document.claims if c.about == member.medium.id and c.type == "depiction"]
    return claims[:1]


def heard(members: Sequence[Appearance]) -> Conflict | None:
    """The language that is heard in it, and whether that is an accent."""
    said = [t for m in members for t in _heard(m)]
    return _torn("depiction", said, "What is heard in it is told differently")


def _heard(member: Appearance) -> Iterator[Tagged]:
    for start, end in _ranges(member):
        for at, stop in cued("heard", member, start, end):
            first, last = sentences.around(member.document.text, at, stop)
            low, high = max(first, at - NEAR_NAME), min(last, stop + NEAR_NAME)
            tongues = sorted(read([member.document.text[low:high]], member.language).nations)
            named = None if tongues else TONGUE.match(member.document.text, stop)
            tongues = [named["name"]] if named else tongues
            if tongues:
                accent = " accent" if cued("accent", member, low, high) else ""
                value = f"{' and '.join(tongues)}{accent}"
                yield value, quote(member, max(low, at - REACH), min(high, stop + REACH), value)
                return


def got(members: Sequence[Appearance]) -> Conflict | None:
    """Found, handed over or put out: more than one may hold, and each makes another first source."""
    said = [t for m in members if m.medium.kind == "document" for t in _ways(m)]
    return _torn("origin", said, "How it came to light is told differently")


def _ways(member: Appearance) -> Iterator[Tagged]:
    for group, value in WAYS.items():
        for start, end in spans_around(member):
            for at, stop in cued(group, member, start, end)[:1]:
                yield value, quote(member, at, stop, value)
                return


def whose(members: Sequence[Appearance], sources: frozenset[str]) -> Conflict | None:
    """Who the source is: of the army here, of a ministry there."""
    said = [t for m in members for t in _ties(m, sources)]
    return _torn("origin", said, "Its source is not called the same")


def _ties(member: Appearance, sources: frozenset[str]) -> Iterator[Tagged]:
    """What is said of the source where it is named: the words around its name, and in no other sentence."""
    text = member.document.text
    for citation in member.citations:
        span, name = citation.span, member.named(citation.cited)
        if span is None or name is None or (sources and names.key(name) not in sources):
            continue
        first, last = sentences.around(text, span.start, span.end)
        low, high = max(first, span.start - NEAR_NAME), min(last, span.end + NEAR_NAME)
        found = [(at, stop, value) for group, value in TIES.items() for at, stop in cued(group, member, low, high)]
        for at, stop, value in sorted(found, key=lambda f: max(span.start - f[1], f[0] - span.end, 0))[:1]:
            yield value, quote(member, at, stop, value)
        if found:
            return


def instead(members: Sequence[Appearance]) -> Conflict | None:
    """One thing here where the others have another of its kind: a bus for a lorry."""
    for kind in kinds.families():
        told = [(m, kinds.exact(_things_of(m) & kind)) for m in members]
        for (a, x), (b, y) in combinations([(m, t) for m, t in told if len(t) == 1][:MOST_COMPARED], 2):
            one, other = min(x), min(y)
            if kinds.can_be_one(one, other) or a.key.document == b.key.document:
                continue
            if one in b.things_near | b.things_wide or other in a.things_near | a.things_wide:
                continue
            said = [s for m, t in told if len(t) == 1 for s in _words_for(m, min(t))]
            reading = f"Where one shows {_article(one)}, another shows {_article(other)}."
            return conflict("depiction", said, "soft", reading)
    return None


def _things_of(member: Appearance) -> frozenset[str]:
    """What it is told to show; a car is none of it where its camera is one: "dashcam", "автомобильный регистратор"."""
    found = member.words.things or member.things_near
    return found - {"car"} if "security-camera" in found | member.modes else found


def _article(thing: str) -> str:
    word = thing.replace("-", " ")
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _words_for(member: Appearance, concept: str) -> Iterator[Statement]:
    """The first word for a thing in the sentences that speak of the visual."""
    text = member.document.text
    for start, end in spans_around(member):
        tokens = list(re.finditer(r"[^\W\d_]+", text[start:end]))
        for token, after in zip(tokens, [*tokens[1:], None], strict=False):
            pair = f"{fold(token.group())} {fold(after.group())}" if after else ""
            if concept_of(fold(token.group()), member.language) == concept:
                yield quote(member, start + token.start(), start + token.end(), concept)
                return
            if after and concept_of(pair, member.language) == concept:
                yield quote(member, start + token.start(), start + after.end(), concept)
                return
    yield Statement(concept, member.key.document)


def _ranges(member: Appearance) -> list[tuple[int, int]]:
    """The sentences that speak of it, with the one behind; on a page about one visual of its kind, all of them."""
    text = member.document.text
    alone = sum(m.kind == member.medium.kind for m in member.document.media) == 1
    if alone and len(text) <= MOST_READ:
        return [(0, len(text))]
    found = []
    for start, end in spans_around(member):
        stop = sentences.around(text, min(end + 2, len(text) - 1), min(end + 3, len(text)))[1] if WIDER else end
        found.append((start, stop))
    return found


def _cued_near(member: Appearance, group: str, value: str) -> Iterator[Statement]:
    for start, end in _ranges(member):
        for at, stop in cued(group, member, start, end):
            yield quote(member, at, stop, value)


def _first(found: Iterator[Statement]) -> list[Statement]:
    one = next(found, None)
    return [one] if one else []


def _torn(field: ConflictField, said: Sequence[Tagged], reading: str) -> Conflict | None:
    """A soft conflict where two documents stand on different sides; a document that says both is on neither."""
    sides: dict[str, set[str]] = {}
    for value, statement in said:
        sides.setdefault(statement.document, set()).add(value)
    kept = [(v, s) for v, s in said if len(sides[s.document]) == 1]
    by_value = dict(reversed(kept))
    if len(by_value) < 2:  # noqa: PLR2004 - one value is no conflict
        return None
    words = said_in(s.text if s.text and len(s.text) <= 2 * LONGEST_NAME else v for v, s in list(by_value.items())[::-1])
    return conflict(field, [s for _, s in kept], "soft", f"{reading}: {words}.")
