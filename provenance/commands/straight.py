"""A look-up's command line in its plain form, read without the library that reads command lines.

That library takes longer to load than a look-up by hash takes. Whatever is not plain here (another verb, a question for help,
an option twice, a value that could be an option, an error) is left to it, so that what is said of it is said in one place.
"""

import os
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from provenance.commands.opening import Where
from provenance.commands.screen import ended
from provenance.errors import ExitCode

_BEFORE = ("--db", "--blobs", "--blobs-copy")
_VALUED = ("--algorithm", "--max", "--db", "--blobs")
_FLAGS = ("--json",)
_COMPLETION = "_PROVENANCE_COMPLETE"
_COUNT = re.compile(r"[1-9][0-9]{0,5}")
_MOST = "10"
_Parts = tuple[dict[str, str], list[str]]
"""Options with their values, and the other words."""


class Place(NamedTuple):
    """Where the record is, as options before the verb or the environment say."""

    db: str | None
    blobs: Path | None
    copy: Path | None


class Asked(NamedTuple):
    """A look-up, as the command line asks for it."""

    queries: list[str]
    algorithm: str | None
    most: int
    as_json: bool
    db: str | None
    blobs: Path | None
    common: Place


def answered(words: Sequence[str]) -> ExitCode | None:
    """Do what a plain look-up asks for; None where the command line is none, and nothing was done."""
    asked = read(words, os.environ)
    if asked is None:
        return None
    from provenance.commands import looking

    Where.db, Where.blobs, Where.copy = asked.common
    return ended(
        lambda: looking.look(
            asked.queries,
            (asked.db, asked.blobs),
            algorithm=asked.algorithm,
            most=asked.most,
            why_not=False,
            as_json=asked.as_json,
        )
    )


def read(words: Sequence[str], environment: Mapping[str, str]) -> Asked | None:
    """What a command line asks for, exactly as the library would read it; None where it is not a look-up in plain form."""
    if environment.get(_COMPLETION) or os.name == "nt":  # there the library completes words, and finds files by patterns
        return None
    before = _parted(words, _BEFORE)
    if before is None or before[1][:1] != ["lookup"]:
        return None
    after = _parted(before[1][1:], _VALUED, _FLAGS)
    if after is None or not after[1] or "" in after[1]:
        return None
    common, (options, queries) = _with_environment(before[0], environment), after
    if not _sound([*words, *common.values()], [common.get("--blobs"), common.get("--blobs-copy"), options.get("--blobs")]):
        return None
    if not _COUNT.fullmatch(options.get("--max", _MOST)):
        return None
    return Asked(
        queries=queries,
        algorithm=options.get("--algorithm"),
        most=int(options.get("--max", _MOST)),
        as_json="--json" in options,
        db=options.get("--db"),
        blobs=_path(options.get("--blobs")),
        common=Place(common.get("--db"), _path(common.get("--blobs")), _path(common.get("--blobs-copy"))),
    )


def _parted(words: Sequence[str], valued: Collection[str], flags: Collection[str] = ()) -> _Parts | None:
    """Options and the other words; without flags, only as far as the first of these. None where an option is not plain."""
    options: dict[str, str] = {}
    others: list[str] = []
    left = list(words)
    while left:
        word = left.pop(0)
        if word == "-" or not word.startswith("-"):
            if not flags:
                return options, [word, *left]
            others.append(word)
            continue
        name, has_value, value = word.partition("=")
        if name in valued and not has_value:
            value = left.pop(0) if left else ""
        elif name in flags:
            value = "" if has_value else "given"
        if name not in (*valued, *flags) or name in options or not value or value.startswith("-"):
            return None
        options[name] = value
    return options, others


def _with_environment(options: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    """The options before the verb, where they are not given as the environment has them."""
    named = {name: environment.get("PROVENANCE_" + name[2:].replace("-", "_").upper(), "") for name in _BEFORE}
    return {name: value for name, value in {**named, **options}.items() if value}


def _sound(values: Sequence[str], paths: Sequence[str | None]) -> bool:
    """Whether all are text, and no path is one that the library would refuse."""
    try:
        "".join(values).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return all(not os.path.lexists(path) or os.access(path, os.R_OK) for path in paths if path)


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None
