"""The parties that news texts name: agencies, outlets and institutions, in `data/parties.toml`.

One name a party, however a text spells it: a credit line, a citation and an account must come to the same one.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from provenance.records import PartyKind
from provenance.reference.gate import gate

ACRONYM = re.compile(r"[A-Z][A-Z0-9./&-]{0,4}")
"""Short names in capitals match in capitals only: "AP" is an agency, "ap" is not."""
WORD_START = r"(?:(?<!\w)(?=[\w@])|(?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]))"
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts whose words take endings or stand without blanks, so a name may end inside a run of letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyEntry:
    """One party: its one name, its kind, country (ISO 3166), domain, spellings and accounts ("platform:handle")."""

    name: str
    kind: PartyKind
    country: str | None = None
    domain: str | None = None
    names: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    plain: bool = False


@dataclass(frozen=True, slots=True)
class PartyMention:
    """A place in a text, `text[start:end]`, that names a party."""

    start: int
    end: int
    entry: PartyEntry


def entries() -> tuple[PartyEntry, ...]:
    """All parties of the data file, in its order."""
    return _load()


def resolve(name_or_handle: str) -> PartyEntry | None:
    """The party that a name, a domain, an `@handle` or `platform:handle` stands for; None when it is none that is known."""
    return _by_key().get(_key(name_or_handle))


def find(text: str, *, plain: bool = False) -> list[PartyMention]:
    """Every party named in a text, leftmost and longest first; `plain` allows names that are also everyday words."""
    low, found, position = lowered(text), [], 0
    for start in _starts().finditer(low):
        if start.start() >= position and (hit := _at(text, low, start.start(), plain=plain)):
            found.append(hit)
            position = hit.end
    return found


@lru_cache(maxsize=64)
def lowered(text: str) -> str:
    """Lower-case text of the same length, with one kind of apostrophe; the last few texts are remembered."""
    low = text.lower().replace("’", "'")
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("’", "'")


def _at(text: str, low: str, start: int, *, plain: bool) -> PartyMention | None:
    for name, exact, entry in _by_first().get(low[start : start + 2], ()):
        end = start + len(name)
        if low.startswith(name, start) and (plain or not entry.plain) and _fits(text, start, end, exact):
            return PartyMention(start, end, entry)
    return None


def _fits(text: str, start: int, end: int, exact: str) -> bool:
    word = text[start:end]
    if ACRONYM.fullmatch(exact) and word != exact:
        return False
    if exact[0].isupper() and not word[0].isupper():
        return False
    return end == len(text) or not text[end].isalnum() or bool(UNSPACED.match(exact[-1])) or bool(UNSPACED.match(text[end]))


@cache
def _load() -> tuple[PartyEntry, ...]:
    raw = tomllib.loads((files("provenance.reference") / "data" / "parties.toml").read_text("utf-8"))
    return tuple(_entry(row) for row in raw["party"])


def _entry(row: dict[str, Any]) -> PartyEntry:
    lists = {key: tuple(row.get(key, ())) for key in ("names", "handles")}
    return PartyEntry(**{**row, **lists})


@cache
def _by_key() -> dict[str, PartyEntry]:
    table: dict[str, PartyEntry] = {}
    for entry in _load():
        handles = [h for full in entry.handles for h in (full, "@" + full.partition(":")[2])]
        for name in (entry.name, *entry.names, *handles, *([entry.domain] if entry.domain else [])):
            table.setdefault(_key(name), entry)
    return table


def _key(name: str) -> str:
    low = unicodedata.normalize("NFKC", name).casefold().replace("’", "'").strip().strip('[](){}«»"“”「」.,;:')
    return " ".join(low.split()).removeprefix("the ").removeprefix("www.")


@cache
def _starts() -> re.Pattern[str]:
    """Where a name may begin: at a word's start or, in scripts without blanks, anywhere."""
    return re.compile(gate(_by_first(), edge=WORD_START))


@cache
def _by_first() -> dict[str, tuple[tuple[str, str, PartyEntry], ...]]:
    table: dict[str, list[tuple[str, str, PartyEntry]]] = {}
    for entry in _load():
        for name in (entry.name, *entry.names):
            low = lowered(name)
            table.setdefault(low[:2], []).append((low, name, entry))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in table.items()}
