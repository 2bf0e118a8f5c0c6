"""Where the documents of one visual disagree, or one document with itself: each with its words and a plain sentence."""

from collections.abc import Callable, Sequence

from provenance.chain import conflict_facts, conflict_sources, conflict_words
from provenance.chain.appearance import Appearance
from provenance.records import Conflict

CHECKS: tuple[Callable[[Sequence[Appearance]], Conflict | None], ...] = (
    conflict_facts.dates,
    conflict_facts.places_stated,
    conflict_sources.credit,
    conflict_sources.origin,
    conflict_words.certainty,
    conflict_words.inference,
    conflict_words.position,
    conflict_sources.kind,
    conflict_words.number,
    conflict_words.verdict,
)


def find(members: Sequence[Appearance]) -> list[Conflict]:
    """All conflicts of one visual, in the order of the fields."""
    return [found for check in CHECKS for found in [check(members)] if found]
