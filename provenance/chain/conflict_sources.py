"""Conflicts of credits, origins and kinds."""

from collections.abc import Sequence
from itertools import combinations

from provenance.chain import names, naming
from provenance.chain.appearance import Appearance
from provenance.chain.joins import MOVING, STILL
from provenance.chain.paths import Sources
from provenance.chain.statements import Statement, conflict, said_in, state
from provenance.records import Conflict, Severity, Span
from provenance.reference import lookalikes, parties

MOST_LINES = 20
"""Different credit lines that are compared in pairs."""
READINGS: dict[Severity, str] = {
    "hard": "name different makers of one picture.",
    "soft": "name no common party; outlets hand on one another’s pictures.",
    "apparent": "can both hold: their chains meet in one source, or both give one name.",
}
UNREAD = "are written in two scripts, and are not compared by their sounds: whether they name one maker is not checked."
UNTOLD = "share no name that tells: whether they name one maker is not known."
Credited = tuple[Appearance, frozenset[str]]
"""An appearance with the parties of its credit line, as chains write them."""


def credit(members: Sequence[Appearance], sources: Sources) -> Conflict | None:
    """Credit lines without a common party.

    Where one party has it from the other, or both lead to one source, both lines can hold; outlets may each have handed
    on one picture; two makers cannot both have made it.
    """
    credited = [(m, parties_of(m, sources)) for m in members if m.credits]
    lines = list({named: (m, named) for m, named in reversed(credited)}.values())[::-1]
    apart = [(a, b) for a, b in combinations(lines[:MOST_LINES], 2) if a[1].isdisjoint(b[1])]
    if not apart:
        return None
    graded = [(_grade(a, b, sources), a, b) for a, b in apart]
    severity, left, right = min(graded, key=lambda g: ("hard", "soft", "apparent").index(g[0]))
    lines_said = said_in([left[0].medium.credit or "", right[0].medium.credit or ""])
    said = [state(m, m.medium.credit or "", m.medium.credit_span) for m, _ in credited]
    return conflict("credit", said, severity, f"{lines_said} {_reading(severity, left[0], right[0])}")


def parties_of(member: Appearance, sources: Sources) -> frozenset[str]:
    """The parties of a credit line, accounts by their handles, bare platforms left out."""
    named = (names.canonical(p) for p in member.medium.credit_parties if not names.platform_of(p))
    return frozenset(sources.written(n) for n in named)


def _grade(left: Credited, right: Credited, sources: Sources) -> Severity:
    reached = [sources.reachable(line) for _, line in (left, right)]
    written = [_written(a) for a in (left[0], right[0])]
    if not reached[0].isdisjoint(reached[1]) or naming.shared(*written):
        return "apparent"
    makers = all(_names_a_maker(line, sources) for _, line in (left, right))
    return "hard" if makers and naming.apart(*written) else "soft"


def _written(member: Appearance) -> list[str]:
    """The parties of a credit line as they stand there; no platforms."""
    return [p for p in member.medium.credit_parties if not names.platform_of(p)]


def _reading(severity: Severity, left: Appearance, right: Appearance) -> str:
    """What a person reads of two lines; names that could not be compared are not said to differ."""
    written = [_written(a) for a in (left, right)]
    if severity != "soft" or naming.apart(*written):
        return READINGS[severity]
    return UNREAD if naming.in_two_scripts(*written) else UNTOLD


def _names_a_maker(line: frozenset[str], sources: Sources) -> bool:
    """Whether a credit names someone who is not known as an agency or outlet; social networks are nobody."""
    return any(not (_carries(p) or sources.is_outlet(p) or naming.is_nobody(p)) for p in line)


def _carries(party: str) -> bool:
    entry = parties.resolve(party)
    return entry is not None and entry.kind in names.CARRIERS


def origin(members: Sequence[Appearance], sources: Sources) -> Conflict | None:
    """Different named origins. Both may hold: two accounts can release one thing, and one may have taken it from the other."""
    said = [(sources.written(n), state(m, sources.written(n), _origin_span(m, n))) for m in members for n in sorted(m.origins)]
    pair = next(lookalikes.pairs(sorted({name for name, _ in (*said, *_accounts(members, sources))})), None)
    if pair:
        named = [s for name, s in (*said, *_accounts(members, sources)) if name in pair]
        reading = f"{said_in(pair)} look alike and are not the same account: one may imitate the other."
        return conflict("origin", named, "hard", reading)
    keys = {names.key(name): name for name, _ in said}
    if len(keys) < 2:  # noqa: PLR2004 - one origin is no conflict
        return None
    written = sorted(keys.values())
    one = set.intersection(*(sources.reachable([name]) for name in written)) if len(written) < MOST_LINES else set()
    if one:
        reading = f"{said_in(written)} are named as its source; the chains of all of them meet in {min(one)}."
        return conflict("origin", [s for _, s in said], "apparent", reading)
    reading = f"{said_in(written)} are named as its source; both may have released it, or one has it from the other."
    return conflict("origin", [s for _, s in said], "soft", reading)


def _origin_span(member: Appearance, name: str) -> Span | None:
    return next((c.span for c in member.citations if member.named(c.cited) == name), None)


def _accounts(members: Sequence[Appearance], sources: Sources) -> list[tuple[str, Statement]]:
    """The accounts that the documents cite for it, whatever they say of them."""
    cited = [(m, c, m.named(c.cited)) for m in members for c in m.citations if c.cited.handle]
    return [(sources.written(name), state(m, sources.written(name), c.span)) for m, c, name in cited if name]


def kind(members: Sequence[Appearance]) -> Conflict | None:
    """A still in one document, footage in another; a grab explains it."""
    kinds = {m.medium.kind for m in members}
    if not (kinds & STILL and "video" in kinds & MOVING):
        return None
    said = [
        state(m, m.medium.kind, m.medium.description or m.medium.caption_span) for m in members if m.medium.kind in STILL | MOVING
    ]
    return conflict(
        "kind", said, "soft", f"It is called {said_in(sorted(kinds & (STILL | MOVING)))}; a still may be a frame of the footage."
    )
