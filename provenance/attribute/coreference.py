"""Organisations that a text has named and then calls by a common noun: "the group", "the government-affiliated organization"."""

import re
from dataclasses import replace

from provenance.attribute.citing import Edge
from provenance.attribute.speakers import key
from provenance.records import Party
from provenance.reference import places

KINDS = frozenset({"organisation", "official", "anonymous"})
NOUN = re.compile(r"(?:organi[sz]ation|cent(?:er|re)|group|agency|body|outfit|collective|unit|service)$")
"""What ends such a name; English alone, where an article tells that one is meant that was named before."""
ARTICLE = re.compile(r"(?:the|this|that)\s", re.IGNORECASE)
APPOSED = re.compile(r",\s+the\s+(?P<noun>[A-Z]\w+)\b")
"""After a common noun: "a government organization, the Center, …"."""
LONGEST = 80


def resolve(text: str, edges: list[Edge]) -> None:
    """Give the name of the one organisation that it can be to what is only called by a common noun; changes `edges` in place."""
    common = [e for e in edges if _is_common(e.cited)]
    named = [e for e in edges if e.cited.kind in KINDS and e.cited.name and not _is_common(e.cited)] if common else []
    for edge in common:
        fitting = {key(e.cited): e.cited for e in named if e.origin and _fits(text, edge, e)}
        if len(fitting) == 1:
            party = next(iter(fitting.values()))
            edge.cited = replace(party, as_written=edge.cited.as_written or edge.cited.name)


def _is_common(party: Party) -> bool:
    """Whether a name is a common noun with adjectives, of which those of nations alone have capitals."""
    name = ARTICLE.sub("", party.name or "")
    if party.kind not in KINDS or not NOUN.search(name) or len(name) > LONGEST or party.handle:
        return False
    return all(w.islower() or places.resolve(w.partition("-")[0]) is not None for w in name.split())


def _fits(text: str, edge: Edge, other: Edge) -> bool:
    if ARTICLE.match(edge.cited.name or ""):
        return other.span[0] < edge.span[0]
    noun = APPOSED.match(text, edge.span[1])
    return noun is not None and noun["noun"] in (other.cited.name or "")
