"""Conflicts of credits, origins and kinds."""

from collections import defaultdict
from collections.abc import Sequence

from provenance.chain import names
from provenance.chain.appearance import Appearance
from provenance.chain.joins import MOVING, STILL
from provenance.chain.statements import conflict, said_in, state
from provenance.records import Conflict, Span
from provenance.reference import parties


def credit(members: Sequence[Appearance]) -> Conflict | None:
    """Credit lines without a common party; carriers may each have handed on one picture, two makers cannot have made it."""
    credited = [m for m in members if m.credits]
    lines = list({m.credits: m for m in credited}.values())
    apart = [(a, b) for i, a in enumerate(lines[:20]) for b in lines[i + 1 : 20] if a.credits.isdisjoint(b.credits)]
    if not apart:
        return None
    makers = [(a, b) for a, b in apart if _names_a_maker(a) and _names_a_maker(b)]
    left, right = (makers or apart)[0]
    lines_said = said_in([left.medium.credit or "", right.medium.credit or ""])
    reading = (
        f"{lines_said} name different makers of one picture."
        if makers
        else f"{lines_said} name no common party; agencies hand on one another’s pictures."
    )
    said = [state(m, m.medium.credit or "", m.medium.credit_span) for m in credited]
    return conflict("credit", said, "hard" if makers else "soft", reading)


def _names_a_maker(member: Appearance) -> bool:
    """Whether a credit names someone who is not known as an agency or outlet."""
    return any(not _carries(p) for p in member.medium.credit_parties)


def _carries(party: str) -> bool:
    entry = parties.resolve(party)
    return entry is not None and entry.kind in names.CARRIERS


def origin(members: Sequence[Appearance]) -> Conflict | None:
    """Different named origins. Both may hold: two accounts can release one thing, and one may have taken it from the other."""
    full = names.unified(n for m in members for n in m.origins)
    said = [(full.get(n, n), state(m, full.get(n, n), _origin_span(m, n))) for m in members for n in sorted(m.origins)]
    keys = {names.key(name): name for name, _ in said}
    if len(keys) < 2:  # noqa: PLR2004 - one origin is no conflict
        return None
    alike = _look_alike(sorted(keys.values()))
    reading = (
        alike
        or f"{said_in(sorted(keys.values()))} are named as its source; both may have released it, or one has it from the other."
    )
    return conflict("origin", [s for _, s in said], "hard" if alike else "soft", reading)


def _origin_span(member: Appearance, name: str) -> Span | None:
    return next((c.span for c in member.citations if member.named(c.cited) == name), None)


LOOK_ALIKE = str.maketrans("аеорсухіјѕԁһԛԝ", "aeopcyxijsdhqw")
"""Cyrillic letters that look like Latin ones (Unicode's confusables, those of everyday alphabets)."""


def _look_alike(written: list[str]) -> str | None:
    """A sentence on two accounts whose names only look the same."""
    seen: defaultdict[str, list[str]] = defaultdict(list)
    for name in written:
        seen[names.key(name).translate(LOOK_ALIKE)].append(name)
    pair = next((group for group in seen.values() if len({names.key(n) for n in group}) > 1), None)
    return (
        f"{said_in(pair)} look alike but are written with letters of different alphabets: one imitates the other."
        if pair
        else None
    )


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
