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
from typing import Any, NamedTuple

from provenance.attribute.finder import Finder, heads_of
from provenance.records import Relation
from provenance.reference.gate import gate
from provenance.reference.parties import lowered

GAP = r"(?:[ \t]+[^\s.,;:!?()\"“”]{1,30}){0,6}?"
"""Up to six words, none of them ending a clause: "released the same day by"."""
ENDING = r"\w{0,12}"
"""What "*" stands for at the end of a word."""
CASELESS_LANGUAGES = frozenset({"ar", "fa", "hi", "he"})
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
    cites: bool = False


class Listed(NamedTuple):
    """The words of one list in small letters, and the beginnings and ends of those that are open there."""

    words: frozenset[str]
    stems: tuple[str, ...]
    tails: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """One language: its cues, how they are found in lower-case text, numbered as they stand, and its word lists.

    `spaced` tells whether words stand apart and capitals mark names, `calendar` are its weekdays and months, `opening` its
    articles and the words that point back as they do.
    """

    language: str
    spaced: bool
    cues: tuple[Cue, ...]
    cue: Finder
    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    patterns: dict[tuple[str, str], re.Pattern[str]] = field(default_factory=dict)
    finders: dict[tuple[str, tuple[str, ...]], Finder] = field(default_factory=dict)
    sets: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    lists: Mapping[tuple[str, str], Listed] = field(default_factory=dict)
    calendar: frozenset[str] = frozenset()
    opening: frozenset[str] = frozenset()
    inverts: bool = False
    sov: bool = False

    @property
    def caseless(self) -> bool:
        """Whether the script has no capitals, so that only the noun before it tells a name."""
        return self.language in CASELESS_LANGUAGES

    def has(self, table: str, key: str, word: str) -> bool:
        """Whether a lower-case word stands in a list, or begins as one of its words that end in "*"."""
        listed = self.lists.get((table, key))
        if listed is None:
            return False
        words, stems, tails = listed
        return word in words or (stems != () and word.startswith(stems)) or (tails != () and word.endswith(tails))

    def has_any(self, table: str, key: str, words: Iterable[str]) -> bool:
        """Whether one of some lower-case words stands in a list."""
        listed = self.lists.get((table, key))
        if listed is None:
            return False
        fixed, stems, tails = listed
        if not (stems or tails):
            return not fixed.isdisjoint(words)
        for word in words:  # noqa: SIM110 - asked thousands of times a page, and a generator takes twice as long
            if word in fixed or (stems and word.startswith(stems)) or (tails and word.endswith(tails)):
                return True
        return False

    @property
    def role_words(self) -> tuple[str, ...]:
        """The words for a person by role, in small letters, as far as they are fixed."""
        listed = self.lists.get(("nouns", "person"))
        return (*listed.words, *listed.stems, *listed.tails) if listed else ()

    def pattern(self, table: str, key: str) -> re.Pattern[str]:
        """A list of phrases as one pattern, compiled on first use; one that matches nothing where there is no such list."""
        found = self.patterns.get((table, key))
        if found is None:
            words = self.words.get("edges" if table == "unspaced" else table, {}).get(key, ())
            found = self.patterns[table, key] = any_of(words, spaced=self.spaced)
        return found

    def finder(self, table: str, *keys: str) -> Finder:
        """Lists of phrases to be found in one pass over lower-case text; each is numbered as it stands among `keys`."""
        at = (table, keys)
        if at not in self.finders:
            lists = [self.words.get(table, {}).get(key, ()) for key in keys]
            self.finders[at] = _finder(lists, spaced=self.spaced, tail=r"\w")
        return self.finders[at]


NOTHING = re.compile(r"(?!)")
WORD_END = r"(?!\w)"
OWN_FORM = frozenset({"posting", "localities", "handover_forms"})
"""Sections whose words have a form of their own; `posting_words` and `localities` read them."""


@cache
def languages() -> tuple[str, ...]:
    """The languages there are words for."""
    names = (p.name for p in (files("provenance.attribute") / "data").iterdir())
    return tuple(sorted(n[:2] for n in names if re.fullmatch(r"[a-z]{2}\.toml", n)))


def lexicon(language: str | None) -> Lexicon:
    """The words of a language (an ISO 639 code, with or without a region); English where there are none."""
    short = (language or "en").split("-")[0].lower()
    return _load(short if short in languages() else "en")


def section(language: str | None, name: str) -> Mapping[str, Any] | None:
    """One section of a language's file as it stands there; None where the language has no such section."""
    short = (language or "en").split("-")[0].lower()
    return _raw(short).get(name) if short in languages() else None


@cache
def _raw(language: str) -> dict[str, Any]:
    return tomllib.loads((files("provenance.attribute") / "data" / f"{language}.toml").read_text("utf-8"))


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
    return "|".join(re.escape(w).replace("'", "['’]").replace(r"\*", ENDING) for w in ordered)


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
    ordered = sorted(phrases, key=_weight, reverse=True)
    body = "|".join(phrase(p, spaced=spaced) for p in ordered)
    if not body:
        return NOTHING
    start = gate((h for p in ordered for h in heads_of(p)), edge=r"(?<![\w@])" if spaced else "", ignore_case=True)
    return re.compile(rf"{start}(?:{body}){WORD_END if spaced else ''}", re.IGNORECASE)


@cache
def _load(language: str) -> Lexicon:
    raw = _raw(language)
    spaced = language not in UNSPACED_LANGUAGES
    cues = tuple(Cue(**{**row, "words": tuple(row["words"])}) for row in raw.get("cue", []))
    tables = {name: _lists(table) for name, table in raw.items() if isinstance(table, dict) and name not in OWN_FORM}
    tables.setdefault("edges", {})
    return Lexicon(
        language=language,
        spaced=spaced,
        inverts=bool(raw.get("inverts")),
        sov=bool(raw.get("sov")),
        cues=cues,
        cue=_finder([c.words for c in cues], spaced=spaced, tail=r"[\w-]"),
        words=tables,
        lists={(n, k): _listed(words) for n, t in tables.items() for k, words in t.items()},
        sets={n: {k: frozenset(w.lower() for w in v) for k, v in t.items()} for n, t in tables.items()},
        calendar=_alternatives(tables.get("dates", {}), "weekdays", "months"),
        opening=frozenset(w.lower() for key in ("articles", "follow") for w in tables["edges"].get(key, ())),
    )


def _listed(words: tuple[str, ...]) -> Listed:
    stems = tuple(word[:-1].lower() for word in words if word.endswith("*") and word != "*")
    tails = tuple(word[1:].lower() for word in words if word.startswith("*") and word != "*")
    return Listed(frozenset(word.lower() for word in words), stems, tails)


def _alternatives(table: Mapping[str, tuple[str, ...]], *keys: str) -> frozenset[str]:
    return frozenset(word for key in keys for forms in table.get(key, ()) for word in forms.split("|"))


def _weight(text: str) -> tuple[int, int]:
    """Phrases with more words that must stand are tried first."""
    return len(re.sub(r"\[[^\]]*\]", "", text).split()), len(text)


def _lists(table: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(value) for key, value in table.items()}


def _finder(lists: Iterable[Iterable[str]], *, spaced: bool, tail: str) -> Finder:
    ordered = [sorted((lowered(p) for p in phrases), key=_weight, reverse=True) for phrases in lists]
    return Finder(ordered, lambda text: phrase(text, spaced=spaced), spaced=spaced, tail=tail)
