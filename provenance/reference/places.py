"""Places that texts name, in `data/places.toml`: enough to tell whether one can contain another."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from provenance.reference.gate import gate
from provenance.reference.parties import UNSPACED, WORD_START, lowered

ACRONYM = re.compile(r"[A-Z][A-Z.]{1,4}")
"""Short names in capitals match in capitals only: "US" is a country, "us" is not."""

ADJECTIVE = re.compile(r"(?:an|ian|ish|ese|ean|ch|sh|li|ni|qi)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEntry:
    """A place: kind (country, region, city, town, site, sea), ISO 3166 alpha-2 country, rough centre in degrees.

    `parent` names the smallest place of the file that contains it; None where none does or where it is disputed.
    """

    name: str
    kind: str
    country: str | None
    latitude: float
    longitude: float
    parent: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A slice of a text, `text[start:end]`, that names a place or, as an adjective, its country."""

    start: int
    end: int
    entry: PlaceEntry


def entries() -> tuple[PlaceEntry, ...]:
    """All places of the data file: countries first."""
    return tuple(_by_name().values())


def resolve(name: str) -> PlaceEntry | None:
    """The place that a name stands for, whole; None when it is none that is known."""
    return _by_key().get(_key(name))


def find(text: str) -> list[PlaceMention]:
    """Every place named in a text, leftmost and longest first."""
    return list(_find(text))


@lru_cache(maxsize=1024)
def _find(text: str) -> tuple[PlaceMention, ...]:
    low, position = lowered(text), 0
    found: list[PlaceMention] = []
    for start in _starts().finditer(low):
        if start.start() >= position and (hit := _at(text, low, start.start())):
            found.append(hit)
            position = hit.end
    return tuple(found)


def is_adjective(mention: PlaceMention, text: str) -> bool:
    """Whether a country is named by its adjective ("Korean"); its own name is none, whatever it ends in ("Iran", "Pakistan").

    Args:
        mention: one that `find` gave for the text.
        text: the same text.
    """
    word = text[mention.start : mention.end]
    return ADJECTIVE.search(word) is not None and word.casefold() != mention.entry.name.casefold()


def contains(a: str, b: str) -> bool | None:
    """Whether place `a` contains place `b` (or is it); None when either is unknown. Names may be whole phrases."""
    outer, inner = _entry_of(a), _entry_of(b)
    if outer is None or inner is None:
        return None
    return outer.name in _line(inner)


def compatible(a: str, b: str) -> bool | None:
    """Whether both can be true of one spot: one contains the other. False when neither can; None when either is unknown.

    A city and its region of the same name ("Donetsk") are compatible, for texts use one for the other.
    """
    left, right = _readings(a), _readings(b)
    if not left or not right:
        return None
    return any(x.name in _line(y) or y.name in _line(x) for x in left for y in right)


def _readings(name: str) -> tuple[PlaceEntry, ...]:
    entry = _entry_of(name)
    if entry is None:
        return ()
    parent = _by_name().get(entry.parent or "")
    named_alike = parent is not None and parent.name.startswith(entry.name.split()[0])
    return (entry, parent) if parent is not None and named_alike else (entry,)


def _entry_of(name: str) -> PlaceEntry | None:
    """The narrowest place that a phrase names: "a mill in Leeds, England" is in Leeds."""
    if exact := resolve(name):
        return exact
    return max((m.entry for m in find(name)), key=lambda e: len(_line(e)), default=None)


def _line(entry: PlaceEntry) -> list[str]:
    """The place and all that contain it, from the inside out."""
    line = [entry.name]
    while entry.parent and (parent := _by_name().get(entry.parent)) and parent.name not in line:
        line.append(parent.name)
        entry = parent
    return line


def _at(text: str, low: str, start: int) -> PlaceMention | None:
    for name, exact, entry in _by_first().get(low[start : start + 2], ()):
        end = start + len(name)
        if low.startswith(name, start) and _fits(text, start, end, exact):
            return PlaceMention(start, end, entry)
    return None


def _fits(text: str, start: int, end: int, exact: str) -> bool:
    word = text[start:end]
    if (ACRONYM.fullmatch(exact) and word != exact) or (exact[0].isupper() and not word[0].isupper()):
        return False
    return end == len(text) or not text[end].isalnum() or bool(UNSPACED.match(exact[-1])) or bool(UNSPACED.match(text[end]))


def _key(name: str) -> str:
    low = unicodedata.normalize("NFKC", name).casefold().replace("’", "'").strip(" .,;:")
    return " ".join(low.split()).removeprefix("the ")


@cache
def _by_name() -> dict[str, PlaceEntry]:
    raw = tomllib.loads((files("provenance.reference") / "data" / "places.toml").read_text("utf-8"))
    table = {
        name: PlaceEntry(name=name, kind="country", country=code, latitude=lat, longitude=lon, names=tuple(names))
        for code, name, lat, lon, names in raw["countries"]
    }
    parents = {name: parent for name, _, parent, *_ in raw["places"]}
    for name, kind, parent, lat, lon, names in raw["places"]:
        country = _country(parent, parents, table)
        table[name] = PlaceEntry(
            name=name, kind=kind, country=country, latitude=lat, longitude=lon, parent=parent or None, names=tuple(names)
        )
    return table


def _country(parent: str, parents: dict[str, str], table: dict[str, PlaceEntry]) -> str | None:
    for _ in range(len(parents)):
        if parent not in parents:
            break
        parent = parents[parent]
    return table[parent].country if parent in table else None


@cache
def _by_key() -> dict[str, PlaceEntry]:
    table: dict[str, PlaceEntry] = {}
    for entry in _by_name().values():
        for name in (entry.name, *entry.names):
            table.setdefault(_key(name), entry)
    return table


@cache
def _starts() -> re.Pattern[str]:
    """Where a name may begin: at a word's start or, in scripts without blanks, anywhere."""
    return re.compile(gate(_by_first(), edge=WORD_START))


@cache
def _by_first() -> dict[str, tuple[tuple[str, str, PlaceEntry], ...]]:
    table: dict[str, list[tuple[str, str, PlaceEntry]]] = {}
    for entry in _by_name().values():
        for name in (entry.name, *entry.names):
            low = lowered(name)
            table.setdefault(low[:2], []).append((low, name, entry))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in table.items()}
