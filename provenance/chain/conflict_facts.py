"""Conflicts of stated days and places."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from provenance.chain import days
from provenance.chain.appearance import Appearance
from provenance.chain.statements import MOST_VALUES, Statement, conflict, said_in, state
from provenance.chain.words import squeeze
from provenance.records import Conflict, DateRole, Severity, StatedPlace
from provenance.reference import places

DatedStatement = tuple[DateRole, days.Day, Statement]
ORDER: dict[DateRole, int] = {
    "shown-event": 0,
    "taken": 0,
    "posted": 1,
    "released": 1,
    "shared": 2,
    "captured": 2,
    "published": 2,
    "reported": 2,
}
"""What must come first: a picture is taken, then posted, then captured and reported."""
VERBS: dict[DateRole, str] = {"shown-event": "showing an event"}


def dates(members: Sequence[Appearance]) -> Conflict | None:
    """Days that differ. Two days of the same role exclude one another; of different roles they are put in order."""
    said = [
        (role, day, state(m, f"{day} ({role})", d.span))
        for m in members
        for role, day, d in days.days_of(m.medium.stated_dates)
        if role != "unknown"
    ]
    distinct = list({(role, str(day)): (role, day, s) for role, day, s in said}.values())[:MOST_VALUES]
    findings = [f for a, b in combinations(distinct, 2) for f in [_two_days(a, b)] if f]
    if not findings:
        return None
    worst = min(findings, key=lambda f: ("hard", "soft", "apparent").index(f[0]))
    return conflict("date", [s for _, _, s in said], worst[0], worst[1])


def _two_days(left: DatedStatement, right: DatedStatement) -> tuple[Severity, str] | None:
    (role, day, _), (other_role, other_day, _) = sorted((left, right), key=lambda s: (ORDER.get(s[0], 1), s[0]))
    gap = days.apart(day, other_day)
    if gap == 0:
        return None
    first, second = f"{_verb(role)} on {day.spoken}", f"{_verb(other_role)} on {other_day.spoken}"
    if ORDER.get(role, 1) == ORDER.get(other_role, 1):
        return _same_time(role == other_role, gap, first, second)
    if gap > 0:
        far = ORDER.get(role, 1) == 0
        return ("apparent" if far else "soft"), f"Different days of different things: compatible if {first} and {second}."
    if gap == -1:
        return (
            "soft",
            f"One says {first}, another {second}, which is the day before; a difference of time zones would explain it.",
        )
    return "hard", f"One says {first}, another {second}: the second cannot come before the first."


def _same_time(same_role: bool, gap: int, first: str, second: str) -> tuple[Severity, str]:  # noqa: FBT001 - one fact about the pair
    if abs(gap) == 1:
        return "soft", f"One says {first}, another {second}; a difference of time zones would explain one day."
    if same_role:
        return "hard", f"One says {first}, another {second}: {abs(gap)} days apart, and not both can be right."
    return "soft", f"One says {first}, another {second}; the two are different acts and may both hold."


def _verb(role: DateRole) -> str:
    return VERBS.get(role, role)


@dataclass(frozen=True, slots=True)
class Placed:
    """A place that one document states."""

    document: str
    name: str
    statement: Statement

    @property
    def narrow(self) -> bool:
        """Whether it is known and less than a country."""
        return any(m.entry.kind != "country" for m in places.find(self.name))


def places_stated(members: Sequence[Appearance]) -> Conflict | None:
    """Places of which neither can contain the other, or of which that is not known; one that contains the other is said to."""
    said = [_placed(m, p) for m in members for p in m.medium.stated_places]
    distinct = list({(p.document, squeeze(p.name)): p for p in said}.values())[:MOST_VALUES]
    pairs = list(combinations(distinct, 2))
    agreeing = {
        (frozenset((a.document, b.document)), a.narrow and b.narrow) for a, b in pairs if places.compatible(a.name, b.name)
    }
    findings = [f for a, b in pairs for f in [_two_places(a, b, agreeing)] if f]
    if not findings:
        return None
    severity, reading = min(findings, key=lambda f: f[2])[:2]
    return conflict("place", [p.statement for p in said], severity, reading)


def _placed(member: Appearance, place: StatedPlace) -> Placed:
    return Placed(member.key.document, place.name, state(member, place.span.text if place.span else place.name, place.span))


def _two_places(left: Placed, right: Placed, agreeing: set[tuple[frozenset[str], bool]]) -> tuple[Severity, str, int] | None:
    """Severity, reading, and how much it tells: lower numbers first.

    Documents that agree on a place do not exclude one another by a country that they name besides; nor does one document.
    """
    pair = frozenset((left.document, right.document))
    fits = places.compatible(left.name, right.name)
    narrow = left.narrow and right.narrow
    agreed = (pair, True) in agreeing or (not narrow and ((pair, False) in agreeing or len(pair) == 1))
    if fits is False and not agreed:
        return "hard", f"{said_in([left.name, right.name])} exclude one another: neither contains the other.", 0
    if len(pair) == 1 or squeeze(left.name) == squeeze(right.name) or fits is False:
        return None
    if fits is None:
        return "soft", f"Whether {said_in([left.name, right.name])} are one place is not known.", 3
    return _nested(left.name, right.name)


def _nested(name: str, other: str) -> tuple[Severity, str, int] | None:
    wide, narrow = (name, other) if places.contains(name, other) else (other, name)
    if places.contains(wide, narrow) and places.contains(narrow, wide):
        return None
    vague = any(m.entry.kind == "country" for m in places.find(wide))
    return "soft", f"“{narrow}” can lie in “{wide}”, so both can hold; they are not equally exact.", 2 if vague else 1
