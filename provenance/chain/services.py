"""The force, ministry or service of one state that a name is, so that its names in many languages are one source."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from provenance.chain.words import concept_of, fold, lexicon, read
from provenance.reference import phrases, places

LONGEST = 80
"""Code points of a name that is looked at."""


SLAVIC_CASE = re.compile(r"^[А-ЯІЇЄҐ][а-яіїєґ]{2,}[аяуюеиыії]$")


@lru_cache(maxsize=16_384)
def of(name: str) -> str | None:
    """The state and its service, as "IN navy"; None for a name that is none, or names no state or more than one.

    Args:
        name: as a document writes it, in any language.
    """
    if len(name) > LONGEST:
        return None
    found = _named(name) or frozenset().union(*map(_named, _without_one_word(name)))
    state = _state(name) if len(found) == 1 else None
    return f"{state} {min(found)}" if state else None


def _named(name: str) -> frozenset[str]:
    """The services whose forms a name holds."""
    forms, listed = _forms()
    return frozenset(next(s for s, own in listed if own.fullmatch(m.group())) for m in forms.finditer(name))


def _without_one_word(name: str) -> list[str]:
    """A name without each of its inner words: the state may stand inside, as in "ministère russe de la Défense"."""
    words = name.split()
    return [" ".join([*words[:at], *words[at + 1 :]]) for at in range(1, len(words) - 1)]


def _state(name: str) -> str | None:
    """The one state that a name holds, by the gazetteer, else by the adjectives of any language."""
    known = {m.entry.country for m in places.find(name) if m.entry.country} or _in_a_case(name)
    if not known:
        known = {nation for language in lexicon().latin for nation in read([name], language).nations}
    return next(iter(known)) if len(known) == 1 else None


def _in_a_case(name: str) -> set[str]:
    """States whose names stand in a case of a Slavic language: "Минобороны Чада", "ВМС Китая"."""
    forms = {w[:-1] + end for w in name.split() if SLAVIC_CASE.search(w) for end in ("", "й", "ь", "а", "я")}
    entries = (places.resolve(form) for form in forms)
    found = {entry.country for entry in entries if entry and entry.kind == "country" and entry.country}
    return found or {c for form in forms if (c := concept_of(fold(form))) in lexicon().nations and c}


@cache
def _forms() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """The pattern of all forms, and that of each service."""
    table = tomllib.loads(files("provenance.chain").joinpath("data", "services.toml").read_text(encoding="utf-8"))
    own = {name: [f for forms in languages.values() for f in forms] for name, languages in table.items()}
    every = phrases.pattern(f for forms in own.values() for f in forms)
    return every, tuple((name, phrases.pattern(forms)) for name, forms in own.items())
