"""The lists of `data/html.toml`, compiled: is this what page makers call a caption, a gallery, an advertisement?"""

import tomllib
from functools import cache, lru_cache
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


@lru_cache(maxsize=4096)
def marks(names: str) -> frozenset[str]:
    """All lists of which an entry stands in some names as whole words: "picture.captions" for the list `captions` of `[picture]`.

    A page repeats few names many times, and is asked about many lists.

    Args:
        names: words in lower case, one blank around each, as `Element.names` has them.
    """
    index = _index()
    given = names.split()
    if index.keys().isdisjoint(given):
        return NO_MARKS
    found = [(entry, mark) for word in set(given) & index.keys() for entry, mark in index[word]]
    return frozenset(mark for entry, mark in found if entry in names)


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
