"""The words of each language, read from `data/<language>.toml` and compiled once.

A phrase of the files is words, where "a|b" is either, "[a|b]" may be missing, "…" is a short gap inside one clause and
"{w}" is any one word. Every compiled pattern runs in linear time: gaps are bounded and never nested.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from provenance.records import Relation

GAP = r"(?:[ \t]+[^\s.,;:!?()\"“”]{1,30}){0,6}?"
"""Up to six words, none of them ending a clause: "released the same day by"."""
UNSPACED_LANGUAGES = frozenset({"ja", "zh", "ko"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One kind of pointing at a source; see the head of `data/en.toml` for what each field means."""

    relation: Relation
    side: str
    words: tuple[str, ...]
    frame: bool = False
    second: bool = False
    handed: bool = False
    origin: bool = False
    needs_visual: bool = False
    date: str | None = None
    quotes: bool = False
    media_only: bool = False


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """One language: its cues in one pattern, whose groups number them, and its word lists."""

    language: str
    cues: tuple[Cue, ...]
    cue: re.Pattern[str]
    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    patterns: Mapping[str, Mapping[str, re.Pattern[str]]]
    sets: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    inverts: bool = False

    @property
    def spaced(self) -> bool:
        """Whether words stand apart and capitals mark names."""
        return self.language not in UNSPACED_LANGUAGES

    def has(self, table: str, key: str, word: str) -> bool:
        """Whether a lower-case word stands in a list."""
        return word in self.sets.get(table, {}).get(key, ())

    def pattern(self, table: str, key: str) -> re.Pattern[str]:
        """A list of phrases as one pattern; one that matches nothing where the language has no such list."""
        return self.patterns.get(table, {}).get(key, NOTHING)


NOTHING = re.compile(r"(?!)")


@cache
def languages() -> tuple[str, ...]:
    """The languages there are words for."""
    names = (p.name for p in (files("provenance.attribute") / "data").iterdir())
    return tuple(sorted(n[:2] for n in names if re.fullmatch(r"[a-z]{2}\.toml", n)))


def lexicon(language: str | None) -> Lexicon:
    """The words of a language (an ISO 639 code, with or without a region); English where there are none."""
    short = (language or "en").split("-")[0].lower()
    return _load(short if short in languages() else "en")


def phrase(text: str, *, spaced: bool = True) -> str:
    """One phrase of the data files as a regular expression."""
    joined = _trim("".join(_piece(part) for part in re.findall(r"\[[^\]]*\]|\S+", text)))
    return joined if spaced else joined.replace(BLANK, BLANK.replace("+", "{0,3}"))


BLANK = r"[ \t\u00a0]+"


def _piece(part: str) -> str:
    if part == "…":
        return GAP
    if part == "{w}":
        return BLANK + r"[^\W\d_][\w'’-]{1,30}"
    if part.startswith("["):
        return f"(?:{BLANK}(?:{_either(part[1:-1])}))?"
    return f"{BLANK}(?:{_either(part)})"


def _either(words: str) -> str:
    ordered = sorted(words.split("|"), key=len, reverse=True)
    return "|".join(re.escape(w).replace("'", "['’]") for w in ordered)


def _trim(pattern: str) -> str:
    """Without the blank that each piece brings, at the phrase's start: "(?:[ ]+(?:a))?[ ]+(?:b)" to "(?:(?:a)[ ]+)?(?:b)"."""
    optional = f"(?:{BLANK}(?:"
    head = ""
    while pattern.startswith(optional):
        end = pattern.index("))?")
        head += f"(?:(?:{pattern[len(optional) : end]}){BLANK})?"
        pattern = pattern[end + 3 :]
    return head + pattern.removeprefix(BLANK)


def any_of(phrases: Iterable[str], *, spaced: bool = True) -> re.Pattern[str]:
    """Phrases as one pattern, longest first."""
    body = "|".join(phrase(p, spaced=spaced) for p in sorted(phrases, key=_weight, reverse=True))
    if not body:
        return NOTHING
    return re.compile(rf"(?<![\w@])(?:{body})(?!\w)" if spaced else f"(?:{body})", re.IGNORECASE)


@cache
def _load(language: str) -> Lexicon:
    raw = tomllib.loads((files("provenance.attribute") / "data" / f"{language}.toml").read_text("utf-8"))
    spaced = language not in UNSPACED_LANGUAGES
    cues = tuple(Cue(**{**row, "words": tuple(row["words"])}) for row in raw.pop("cue", []))
    tables = {name: _lists(table) for name, table in raw.items() if isinstance(table, dict)}
    return Lexicon(
        language=language,
        inverts=bool(raw.get("inverts")),
        cues=cues,
        cue=_numbered(cues, spaced=spaced),
        words=tables,
        patterns={n: {k: any_of(v, spaced=spaced) for k, v in t.items()} for n, t in tables.items() if n != "edges"}
        | _edges(tables, spaced=spaced),
        sets={n: {k: frozenset(w.lower() for w in v) for k, v in t.items()} for n, t in tables.items()},
    )


def _edges(tables: Mapping[str, Mapping[str, tuple[str, ...]]], *, spaced: bool) -> dict[str, dict[str, re.Pattern[str]]]:
    """Where names end and begin, as patterns, for the languages whose words run together."""
    return {} if spaced else {"unspaced": {k: any_of(v, spaced=False) for k, v in tables.get("edges", {}).items() if v}}


def _weight(text: str) -> tuple[int, int]:
    """Phrases with more words that must stand are tried first."""
    return len(re.sub(r"\[[^\]]*\]", "", text).split()), len(text)


def _lists(table: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(value) for key, value in table.items()}


def _numbered(cues: tuple[Cue, ...], *, spaced: bool) -> re.Pattern[str]:
    groups = ["|".join(phrase(w, spaced=spaced) for w in sorted(c.words, key=_weight, reverse=True)) for c in cues]
    body = "|".join(f"({g})" for g in groups)
    return re.compile(rf"(?<![\w@])(?:{body})(?![\w-])" if spaced else body, re.IGNORECASE)
