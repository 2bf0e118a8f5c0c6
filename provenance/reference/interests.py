"""Labels for sources that may be a party to the matter, in `data/interests.toml`: handouts, pools, ministries, services.

A label is read off words beside a source's name, or known of a party by name; either way the words are given.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from provenance.reference import parties, phrases

Basis = Literal["words", "known-party"]


@dataclass(frozen=True, slots=True)
class Found:
    """A label and the words `text[start:end]` that it was read off."""

    label: str
    start: int
    end: int
    basis: Basis


def labels() -> tuple[str, ...]:
    """All labels, in the order of the data file."""
    return tuple(_tables())


def say(label: str) -> str:
    """The words in which a label is printed; one that the file does not know is printed as it is."""
    return str(_tables().get(label, {}).get("say", label))


def of_party(name: str) -> tuple[str, ...]:
    """The labels that are known of a party, by any of its names."""
    entry = parties.resolve(name)
    return _by_party().get(entry.name, ()) if entry else ()


def find(text: str, start: int = 0, end: int | None = None) -> list[Found]:
    """The labels that words of `text[start:end]` give, in order; of words that give two labels, each."""
    stop = len(text) if end is None else end
    found = [
        Found(label, m.start(), m.end(), "words") for label, pattern in _patterns() for m in pattern.finditer(text, start, stop)
    ]
    return sorted(found, key=lambda f: (f.start, -f.end, f.label))


@cache
def _tables() -> dict[str, dict[str, str | list[str]]]:
    return tomllib.loads((files("provenance.reference") / "data" / "interests.toml").read_text("utf-8"))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (label, phrases.pattern(f for key, forms in table.items() if key not in {"say", "parties"} for f in forms))
        for label, table in _tables().items()
    )


@cache
def _by_party() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for label, table in _tables().items():
        for name in table["parties"]:
            found[name] = (*found.get(name, ()), label)
    return found
