"""The record's vocabulary in plain words, from `data/wording.toml`, which a desk may edit."""

import tomllib
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("data") / "wording.toml"


@cache
def wording() -> dict[str, dict[str, str]]:
    """Every section of the file: section -> value of the record -> words."""
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


def say(section: str, value: str) -> str:
    """The words for a value; a value that the file does not know is shown as it is."""
    return wording().get(section, {}).get(value, value)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: `1 document`, `2 documents`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(names: list[str]) -> str:
    """Names as English prose lists them: `A`, `A and B`, `A, B and C`."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
