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


def is_named(names: str, section: str, key: str) -> bool:
    """Whether any entry of a list stands in the names of an element, as whole words.

    Args:
        names: as `Element.names` has them: words in lower case, a blank around each.
        section: the table of the data file.
        key: its list.
    """
    return bool(names) and (section, key) in marks(names)


@lru_cache(maxsize=4096)
def marks(names: str) -> frozenset[tuple[str, str]]:
    """All lists of which an entry stands in `names`: a page repeats few names many times, and is asked about many lists."""
    index = _index()
    given = names.split()
    if index.keys().isdisjoint(given):
        return _NO_MARKS
    found = [(entry, mark) for word in set(given) & index.keys() for entry, mark in index[word]]
    return frozenset(mark for entry, mark in found if entry in names)


_NO_MARKS: frozenset[tuple[str, str]] = frozenset()


@cache
def _index() -> dict[str, list[tuple[str, tuple[str, str]]]]:
    """Every entry of every list, by its first word."""
    index: dict[str, list[tuple[str, tuple[str, str]]]] = {}
    for section, table in data().items():
        for key, entries in table.items():
            for entry in entries if isinstance(entries, list) else ():
                index.setdefault(entry.split()[0], []).append((f" {entry} ", (section, key)))
    return index
