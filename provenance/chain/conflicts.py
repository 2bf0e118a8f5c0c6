"""Where the documents of one visual disagree, or one document with itself: each with its words and a plain sentence."""

from collections.abc import Callable, Sequence

from provenance.chain import conflict_details, conflict_facts, conflict_numbers, conflict_sources, conflict_words, names
from provenance.chain.appearance import FROM, Appearance
from provenance.chain.paths import Sources
from provenance.records import Conflict

Check = Callable[[Sequence[Appearance]], Conflict | None]
OF_FACTS: tuple[Check, ...] = (
    conflict_facts.dates,
    conflict_details.age,
    conflict_facts.places_stated,
    conflict_details.place_unknown,
)
OF_SOURCES: tuple[Callable[[Sequence[Appearance], Sources], Conflict | None], ...] = (
    conflict_sources.credit,
    conflict_sources.origin,
)
OF_WORDS: tuple[Check, ...] = (
    conflict_details.got,
    conflict_words.certainty,
    conflict_words.inference,
    conflict_words.position,
    conflict_details.instead,
    conflict_details.who,
    conflict_details.heard,
    conflict_sources.kind,
    conflict_words.number,
    conflict_words.verdict,
)


def find(members: Sequence[Appearance], sources: Sources) -> list[Conflict]:
    """All conflicts of one visual, in the order of the fields; numbers last, since there may be many."""
    facts = [check(members) for check in OF_FACTS]
    credited = [check(members, sources) for check in OF_SOURCES]
    named = frozenset(names.key(m.named(c.cited) or "") for m in members for c in m.citations if c.relation in FROM)
    ties = conflict_details.whose(members, named)
    found = [c for c in (*facts, *credited, ties, *(check(members) for check in OF_WORDS)) if c]
    several = len({m.key.document for m in members}) > 1
    return [*found, *(conflict_numbers.differing(members) if several else [])]
