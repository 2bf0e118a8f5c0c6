"""The lists of `data/html.toml`, compiled: is this what page makers call a caption, a gallery, an advertisement?"""

import tomllib
from collections.abc import Sequence
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
    if index.keys().isdisjoint(names):
        return NO_MARKS
    found = [(entry, mark) for word in index.keys() & names for entry, mark in index[word]]
    line = f" {' '.join(names)} "
    return frozenset([mark for entry, mark in found if entry in line])


NO_MARKS: frozenset[str] = frozenset()


@cache
def _index() -> dict[str, list[tuple[str, str]]]:
    """Every entry of every list, by its first word."""
    index: dict[str, list[tuple[str, str]]] = {}
    for section, table in data().items():
        for key, entries in table.items():
            for entry in entries if isinstance(entries, list) else ():
                index.setdefault(entry.split()[0], []).append((f" {entry} ", f"{section}.{key}"))
    return index
