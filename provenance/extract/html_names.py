"""The lists of `data/html.toml`, compiled: is this what page makers call a caption, a gallery, an advertisement?"""

import re
import tomllib
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


@cache
def pattern(section: str, key: str) -> re.Pattern[str]:
    """One list of the data file as a pattern for `Element.names`: each entry as whole words."""
    entries = sorted((re.escape(w) for w in data()[section][key]), key=len, reverse=True)
    return re.compile(r"(?<= )(?:" + "|".join(entries) + r")(?= )")


def is_named(names: str, section: str, key: str) -> bool:
    """Whether any word list entry stands in the names of an element."""
    return bool(names) and pattern(section, key).search(names) is not None
