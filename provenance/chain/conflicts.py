"""Where the documents of one visual disagree, or one document with itself: each with its words and a plain sentence."""

from collections.abc import Callable, Sequence

from provenance.chain import conflict_facts, conflict_sources, conflict_words
from provenance.chain.appearance import Appearance
from provenance.chain.paths import Sources
from provenance.records import Conflict

OF_FACTS: tuple[Callable[[Sequence[Appearance]], Conflict | None], ...] = (
    conflict_facts.dates,
    conflict_facts.places_stated,
)
OF_SOURCES: tuple[Callable[[Sequence[Appearance], Sources], Conflict | None], ...] = (
    conflict_sources.credit,
    conflict_sources.origin,
)
OF_WORDS: tuple[Callable[[Sequence[Appearance]], Conflict | None], ...] = (
    conflict_words.certainty,
    conflict_words.inference,
    conflict_words.position,
    conflict_sources.kind,
    conflict_words.number,
    conflict_words.verdict,
)


def find(members: Sequence[Appearance], sources: Sources) -> list[Conflict]:
    """All conflicts of one visual, in the order of the fields."""
    facts = [check(members) for check in OF_FACTS]
    credited = [check(members, sources) for check in OF_SOURCES]
    return [found for found in (*facts, *credited, *(check(members) for check in OF_WORDS)) if found]
