"""What a visual is said to show, as concepts and words that pages in different languages can share.

`things` come from the lexicon `data/concepts.toml`, so that "flag", "флаг" and "国旗" are one; `words` are the
remaining content words, folded and lightly stemmed, which only pages in one language can share.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

LONGEST_TEXT = 4_000
"""Code points of one text that are read; a caption is rarely over 1,000, hostile ones are unbounded."""
LONGEST_FORM = 32
LATIN = frozenset(["en", "de", "fr", "es", "pt", "it", "pl", "ro", "tr", "vi", "et", "hu", "nl", "cs", "id"])
LAST_LATIN = "\u0250"
"""Folded words of the Latin script sort before this; no other script that is read here does."""
KEEP_MARKS = {"\u3099", "\u309a", *map(chr, range(0x0941, 0x0949))}
"""The voicing marks of kana and the vowels of Devanagari are letters of their own, not accents: "पर" (on) is not "पेरू" (Peru)."""

_TOKEN = re.compile(r"(?:[^\W\d_]|[\u0903\u093b\u093e-\u094f])+|\d+(?:[.,]\d+)*")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ed", "ies", "es", "s", "ly", "’s")
_SHORTEST_STEM = 4
ARABIC_FEMININE = "ية"
"""Ends an adjective of a nation that belongs to a feminine noun: "الهندية" is "هندي"."""


@dataclass(frozen=True, slots=True)
class Words:
    """The content of some texts: concepts that tell things apart, concepts that do not, other words, numbers, nations."""

    things: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    nations: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    @property
    def telling(self) -> frozenset[str]:
        """What can tell this visual from another: things and the words that no concept covers."""
        return self.things | self.words


@dataclass(frozen=True, slots=True)
class Forms:
    """The folded forms of one language: whole words and groups of words, and stems that such a form begins with.

    `threes` are the first two words of forms of three.
    """

    whole: dict[str, str]
    stems: dict[str, str]
    stop: frozenset[str]
    threes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Forms by language of the Latin script, and those of all other scripts together, which cannot be mistaken for them."""

    latin: dict[str, Forms]
    other: Forms
    common: frozenset[str]
    nations: frozenset[str]
    general: dict[str, str]
    """What each kind of a thing is a kind of: ferry is boat."""


def fold(text: str) -> str:
    """Text for comparison: NFKC, case folded, accents off (marks of kana stay)."""
    if text.isascii():
        return text.lower()
    wide = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", "".join(c for c in wide if c in KEEP_MARKS or unicodedata.category(c) != "Mn"))


def squeeze(text: str) -> str:
    """Folded text with nothing but letters and digits, one space between words."""
    return " ".join(_TOKEN.findall(fold(text[:LONGEST_TEXT])))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A folded word without a common English ending; other scripts lose a last vowel of a long word."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM - (len(ending) == 1):
            return word[: -len(ending)]
    return word[:-1] if len(word) > _SHORTEST_STEM + 1 and word[-1] in "aeiouyаеиоуыьюя" else word


@cache
def lexicon() -> Lexicon:
    """The concepts and stop words of the data files."""
    concepts = tomllib.loads(_data("concepts.toml"))
    for code, forms in tomllib.loads(_data("nations.toml")).items():
        listed = concepts["nation"].setdefault(code, {})
        concepts["nation"][code] = {name: [*listed.get(name, []), *forms.get(name, [])] for name in {**listed, **forms}}
    listed_kinds = tomllib.loads(_data("kinds.toml"))["kind"]
    general = {name: table["is"] for name, table in listed_kinds.items() if "is" in table}
    kinds = {name: {k: v for k, v in table.items() if k != "is"} for name, table in listed_kinds.items()}
    concepts = {"kind": kinds, **concepts}
    stops = tomllib.loads(_data("stopwords.toml"))
    languages = {language for group in concepts.values() for forms in group.values() for language in forms} | stops.keys()
    made = {language: _forms(concepts, language, stops.get(language, [])) for language in sorted(languages)}
    others = [made.pop(language) for language in sorted(languages) if language not in LATIN]
    other = Forms(
        {k: v for forms in others for k, v in forms.whole.items()},
        {k: v for forms in others for k, v in forms.stems.items()},
        frozenset().union(*(forms.stop for forms in others)),
        frozenset().union(*(forms.threes for forms in others)),
    )
    return Lexicon(made, other, frozenset(concepts["common"]), frozenset(concepts["nation"]), general)


def _forms(concepts: dict[str, dict[str, dict[str, list[str]]]], language: str, stop: list[str]) -> Forms:
    whole: dict[str, str] = {}
    stems: dict[str, str] = {}
    for group in concepts.values():
        for name, languages in group.items():
            for form in languages.get(language, []):
                target, key = (stems, form[:-1]) if form.endswith("*") else (whole, form)
                target.setdefault(fold(key), name)
    threes = frozenset(key.rpartition(" ")[0] for key in (*whole, *stems) if key.count(" ") == 2)  # noqa: PLR2004 - three words
    return Forms(whole, stems, frozenset(fold(w) for w in stop), threes)


def _data(name: str) -> str:
    return files("provenance.chain").joinpath("data", name).read_text(encoding="utf-8")


def read(texts: Iterable[str], language: str | None = None) -> Words:
    """The concepts, words and numbers of some texts about one visual.

    Args:
        texts: captions, descriptions, mentions; only the first `LONGEST_TEXT` code points of each are read.
        language: that of the document (BCP 47), for texts too short to show their own.
    """
    found: dict[str, set[str]] = {"concept": set(), "word": set(), "number": set()}
    for text in texts:
        for kind, value in _read_one(text[:LONGEST_TEXT], (language or "en")[:2].lower()):
            found[kind].add(value)
    lex = lexicon()
    found["concept"] |= {lex.general[c] for c in found["concept"] if c in lex.general}
    return Words(
        frozenset(found["concept"] - lex.common - lex.nations),
        frozenset(found["concept"] & lex.common),
        frozenset(found["concept"] & lex.nations),
        frozenset(found["word"]),
        frozenset(found["number"]),
    )


def language_of(tokens: Iterable[str], default: str) -> str:
    """The Latin-script language whose function words a text has most of; one more than another to overrule the document's own."""
    latin, tokens = lexicon().latin, set(tokens)
    return max(latin, key=lambda name: (len(tokens & latin[name].stop) + (name == default), name == default, name == "en"))


def _read_one(text: str, default: str) -> Iterator[tuple[str, str]]:
    tokens = _TOKEN.findall(fold(text))
    language, skip = language_of(tokens, default), 0
    for token, following, third in zip(tokens, [*tokens[1:], ""], [*tokens[2:], "", ""], strict=False):
        if skip:
            skip -= 1
        elif token[0].isdigit():
            yield "number", token.replace(",", "")
        elif _CJK.search(token):
            yield from (("concept", c) for found in _inside(token) for c in found.split("+"))
        else:
            pair = f"{token} {following}" if following else ""
            three = concept_of(f"{pair} {third}", language) if third and pair in forms_of(token, language).threes else None
            group = three or (concept_of(pair, language) if pair else None)
            skip = 2 if three else int(group is not None)
            yield from _one_word(token, group or concept_of(token, language), language)


def _one_word(token: str, concept: str | None, language: str) -> Iterator[tuple[str, str]]:
    if concept:
        yield from (("concept", c) for c in concept.split("+"))
    elif len(token) > 2 and token not in forms_of(token, language).stop:  # noqa: PLR2004 - particles and initials
        yield "word", stem(token)


def forms_of(word: str, language: str) -> Forms:
    """The forms to look a folded word up in: its language's, or those of the other scripts."""
    lex = lexicon()
    return lex.latin.get(language, lex.latin["en"]) if word < LAST_LATIN else lex.other


@lru_cache(maxsize=65_536)
def concept_of(word: str, language: str = "en") -> str | None:
    """The concept of a folded word or pair of words, by whole form, else by the longest stem that it begins with."""
    forms = forms_of(word, language)
    bare = word.removeprefix("ال")
    if found := forms.whole.get(word) or forms.whole.get(bare):
        return found
    if bare.endswith(ARABIC_FEMININE) and (found := forms.whole.get(bare[:-1])):
        return found
    lengths = range(min(len(bare), LONGEST_FORM), 1, -1)
    return next((forms.stems[bare[:n]] for n in lengths if _fits(bare, n, forms)), None)


def _fits(word: str, length: int, forms: Forms) -> bool:
    """A group of words counts only when the stem reaches into the last one; else the group hides several words."""
    space = word.rfind(" ")
    return word[:length] in forms.stems and (space < 0 or length > space)


@lru_cache(maxsize=16_384)
def _inside(run: str) -> tuple[str, ...]:
    """Concepts anywhere inside a run of Chinese or Japanese, which has no spaces; the longest form wins."""
    whole, found, at = lexicon().other.whole, [], 0
    while at < len(run):
        length = next((n for n in range(min(8, len(run) - at), 0, -1) if run[at : at + n] in whole), 0)
        if length:
            found.append(whole[run[at : at + length]])
        at += length or 1
    return tuple(found)
