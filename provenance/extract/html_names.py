"""The lists of `data/html.toml`, compiled: is this what page makers call a caption, a gallery, an advertisement?"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any


@cache
def data() -> dict[str, Any]:
    """The data file as it stands."""
    loaded: dict[str, Any] = tomllib.loads(resources.files(__package__).joinpath("data/html.toml").read_text(encoding="utf-8"))
    return loaded


@cache
def words(section: str, key: str) -> frozenset[str]:
    """One list of the data file, for whole-value look-ups."""
    return frozenset(data()[section][key])


def marks(names: Sequence[str]) -> frozenset[str]:
    """All lists of which an entry stands in some names: "picture.captions" for the list `captions` of `[picture]`.

    Args:
        names: words in lower case, in the order in which they are written.
    """
    index = _index()
    found: set[str] = set()
    line = ""
    for word in names:
        if known := index.get(word):
            found |= known.alone
            if known.longer:
                line = line or f" {' '.join(names)} "
                found.update([mark for entry, mark in known.longer if entry in line])
    return frozenset(found) if found else NO_MARKS


NO_MARKS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Known:
    """The lists in which a word is an entry by itself, and the longer entries that it begins, with their lists."""

    alone: set[str] = field(default_factory=set)
    longer: list[tuple[str, str]] = field(default_factory=list)


@cache
def _index() -> dict[str, _Known]:
    """Every entry of every list, by its first word."""
    index: dict[str, _Known] = {}
    for section, table in data().items():
        for key, entries in table.items():
            for entry in entries if isinstance(entries, list) else ():
                first, _, rest = entry.partition(" ")
                known = index.setdefault(first, _Known())
                if rest:
                    known.longer.append((f" {entry} ", f"{section}.{key}"))
                else:
                    known.alone.add(f"{section}.{key}")
    return index
