"""Conflicts of numbers: how many died, how far away, how long, how many of a thing are seen, at what hour."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from provenance.chain import quantities, sentences
from provenance.chain.appearance import Appearance
from provenance.chain.statements import MOST_VALUES, Statement, conflict, cued, quote, said_in, spans_around
from provenance.records import Conflict
from provenance.reference import places

LABELS = {
    "dead": "people dead",
    "people": "people seen",
    "names": "names",
    "missing": "people missing",
    "fled": "people brought away",
    "held": "people arrested",
    "aboard": "people aboard",
}
"""How a reading calls a unit; the others are called by their own names."""
MOST_READ = 4_000
"""Code points of a page in which the numbers of an event are looked for."""
Range = tuple[float, float]
"""The least and the most that a number may mean: "dozens" are any from twenty on."""
Told = tuple[Range, Statement]
HOUR = re.compile(
    r"(?<![\d.,:])(?P<h>[01]?\d|2[0-4])(?:[:.h時시]\s?(?P<m>[0-5]\d)|\s?(?:a\.?\s?m\b|p\.?\s?m\b|uhr|h\b|hs\b|heures|час\w*|годин\w*|시|時|點|点|giờ|óra)"
    r"|(?=\sde\sla\s(?:madrugada|mañana|tarde|noche)|\sda\s(?:madrugada|manhã|tarde|noite)|\s(?:утра|ночи|вечера|ранку|ночі)))"
    r"(?:\s?(?P<h2>[0-5]\d)\s?(?:분|分)|(?<=uhr)\s(?P<h3>[0-5]\d)\b|(?<=heures)\s(?P<h4>[0-5]\d)\b)?(?P<pm>\s?(?:p\.?\s?m\b|de\sla\s(?:tarde|noche)|da\s(?:tarde|noite)|вечера|вечора))?",
    re.IGNORECASE,
)
"""An hour of the day as most languages write it; `pm` where it is said to be after noon."""
AFTERNOON = re.compile(r"(?:오후|午後|下午|晚上|밤)\s?$")
HOURS_OF = {"arrival": "the arrival", "happened": "the event"}
"""Of what an hour is, by the cue that stands beside it."""
ZONE_REACH = 24
"""Code points beside an hour in which its clock is named."""
NOON = 12
DAY = 24 * 60
HALF_HOUR = 30


def differing(members: Sequence[Appearance]) -> list[Conflict]:
    """One conflict for each thing that documents number differently; all soft, since counts change as news goes on."""
    found = [_of_unit(members, unit) for unit in quantities.units()]
    return [c for c in (*found, *_of_things(members), *(_hours(members, cue, what) for cue, what in HOURS_OF.items())) if c]


def _of_unit(members: Sequence[Appearance], unit: quantities.Unit) -> Conflict | None:
    said: dict[str, list[Told]] = {}
    for member in members:
        document = member.key.document
        if document not in said or unit.scope == "visual":
            said[document] = said.get(document) or _first(member, unit)
    told = [t for found in said.values() for t in found]
    some = _one_a_value(told)
    alike: Callable[[Told, Told], bool] = _same_target(members) if unit.name == "kilometres" else lambda _a, _b: True
    apart = [(a, b) for a, b in combinations(some, 2) if _differ(a, b, unit.slack) and alike(a, b)]
    if not apart:
        return None
    left, right = apart[0]
    label = LABELS.get(unit.name, unit.name)
    reading = f"The numbers of {label} differ: {said_in([left[1].text or '', right[1].text or ''])}."
    values = {value for pair in apart for value, _ in pair}
    kept = {s: None for value, s in told if value in values}
    return conflict("number", kept, "soft", reading)


def _one_a_value(told: Sequence[Told]) -> list[Told]:
    """The first statement of each value, a bounded number: many documents of one visual say the same."""
    first: dict[Range, Told] = {}
    for value, statement in told:
        first.setdefault(value, (value, statement))
    return list(first.values())[:MOST_VALUES]


def _first(member: Appearance, unit: quantities.Unit) -> list[Told]:
    """The first number of a unit that a document gives: the newest word stands above the older one."""
    text = member.document.text
    ranges = [(0, min(len(text), MOST_READ))] if unit.scope == "page" else [*spans_around(member), *_beside(member)]
    for start, end in ranges:
        for found in quantities.find(unit, text, start, end, member.language):
            said = f"{found.value:g} {unit.name}" if found.most is None else f"{found.value:g} to {found.most:g} {unit.name}"
            return [((found.value, found.most or found.value), quote(member, found.start, found.end, said))]
    return []


def _beside(member: Appearance) -> Iterator[tuple[int, int]]:
    """The sentence after each that speaks of a visual, where it tells who else is seen there: "Two men stand behind them."."""
    text = member.document.text
    for _, end in spans_around(member):
        at = next((i for i in range(end, min(end + 3, len(text))) if not text[i].isspace()), None)
        if at is not None:
            start, stop = sentences.around(text, at, at + 1)
            if cued("beside_them", member, start, stop):
                yield start, stop


def _differ(left: Told, right: Told, slack: float) -> bool:
    if left[1].document == right[1].document:
        return False
    low, high = sorted((left[0], right[0]))
    return high[0] > low[1] * (1 + slack)


def _same_target(members: Sequence[Appearance]) -> Callable[[Told, Told], bool]:
    """Whether two distances may be from one place: their sentences share a country, or one names none."""
    texts = {m.key.document: m.document.text for m in members}

    def countries(statement: Statement) -> set[str | None]:
        text, start = texts[statement.document], statement.start or 0
        return {m.entry.country for m in places.find(text[max(0, start - 80) : start + 80])} - {None}

    def alike(left: Told, right: Told) -> bool:
        a, b = countries(left[1]), countries(right[1])
        return not a or not b or not a.isdisjoint(b)

    return alike


def _of_things(members: Sequence[Appearance]) -> Iterator[Conflict]:
    """Two documents that count one kind of thing differently in what they say of the visual."""
    said: dict[str, dict[str, Told]] = {}
    for member in members:
        text, document = member.document.text, member.key.document
        for start, end in spans_around(member):
            for concept, found in quantities.of_things(text, start, end, member.language):
                statement = quote(member, found.start, found.end, f"{found.value:g} {concept}")
                said.setdefault(concept, {}).setdefault(document, ((found.value, found.value), statement))
    for told in said.values():
        apart = [(a, b) for a, b in combinations(_one_a_value(list(told.values())), 2) if _differ(a, b, 0.0)]
        if apart:
            reading = f"They count differently what it shows: {said_in([s.text or '' for _, s in apart[0]])}."
            yield conflict("number", [s for _, s in told.values()], "soft", reading)


def _hours(members: Sequence[Appearance], cue: str, what: str) -> Conflict | None:
    """Different hours of one arrival or event; those that are said to be of another clock are left out."""
    said: dict[str, tuple[int, Statement]] = {}
    for member in members:
        text, document = member.document.text, member.key.document
        for at, stop in cued(cue, member, 0, min(len(text), MOST_READ)) if document not in said else ():
            found = _hour_near(text, at, stop)
            if found and not _is_by_another_clock(member, found[1], found[2]):
                minutes, start, end = found
                value = f"{minutes // 60:02}:{minutes % 60:02}"
                said.setdefault(document, (minutes, quote(member, start, end, value)))
    some = list({minutes: (minutes, s) for minutes, s in reversed(said.values())}.values())[::-1][:MOST_VALUES]
    pairs = [(a, b) for a, b in combinations(some, 2) if HALF_HOUR <= abs(a[0] - b[0]) <= DAY - HALF_HOUR]
    if not pairs:
        return None
    left, right = pairs[0]
    words = said_in([left[1].text or "", right[1].text or ""])
    reading = f"The hours of {what} differ: {words}; clocks of two zones would explain whole hours."
    return conflict("date", [s for _, s in said.values()], "soft", reading)


def _is_by_another_clock(member: Appearance, start: int, end: int) -> bool:
    """Whether the name of a zone stands beside an hour, and no other hour between them: "20h50 (22h50 em Brasília)"."""
    zones = cued("zone", member, max(0, start - ZONE_REACH), end + ZONE_REACH)
    text = member.document.text
    return any(not any(c.isdigit() for c in text[min(end, stop) : max(at, start)]) for at, stop in zones)


def _hour_near(text: str, at: int, stop: int) -> tuple[int, int, int] | None:
    """The hour in the clause around a word, in minutes, with its place."""
    start = max(text.rfind("\n", 0, at), text.rfind(". ", 0, at), text.rfind("。", 0, at), at - 80, 0)
    ends = [i for i in (text.find("\n", stop), text.find("。", stop)) if i > 0]
    found = HOUR.search(text, start, min([*ends, stop + 80, len(text)]))
    if found is None:
        return None
    hours, minutes = int(found["h"]), int(found["m"] or found["h2"] or found["h3"] or found["h4"] or 0)
    later = bool(found["pm"] or AFTERNOON.search(text, 0, found.start()) or "p" in found.group().lower())
    return (hours % NOON + NOON if later and hours <= NOON else hours % (2 * NOON)) * 60 + minutes, found.start(), found.end()
