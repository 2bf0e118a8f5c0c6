"""The words of posting of each language, from the section `posting` of its file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from provenance.attribute.lexicon import CASELESS_LANGUAGES, UNSPACED_LANGUAGES, WORD_END, any_of, section
from provenance.reference.gate import gate, head

UPPER = "".join(c for c in map(chr, range(0x41, 0x2000)) if c.isupper())
CAPITALS = rf"(?<!\w)[{UPPER}][\w'’-]*"
JOINERS = r"of\s(?:the\s)?|de\s(?:la\s)?|del\s|di\s|du\s|des\s|do\s|da\s|dos\s|von\s|der\s|для\s"
RUN = re.compile(rf"{CAPITALS}(?:\s(?:{JOINERS})?{CAPITALS}){{0,6}}")
SYLLABLES = re.compile(rf"{CAPITALS}(?:\s(?:[a-zà-ỹđ]{{1,6}}\s)?{CAPITALS}){{0,6}}")
"""Vietnamese writes only the first syllable of a word with a capital."""
NO_NAME = r"(?:در|به|از|را|که|روی|با|في|على|عبر|من|عن|ने|को|की|का|के|पर|में|से)(?!\w)"
TWO_WORDS = re.compile(rf"(?<!\S)(?!{NO_NAME})[^\W\d_][^\s.,،।]*(?:\s(?!{NO_NAME})[^\W\d_][^\s.,،।]*|(?=\s{NO_NAME}))")
"""A person's name in a script without capitals: two words, or one before a preposition."""
NAME = rf"[{UPPER}][\w'’-]+"
CAPITALISED = re.compile(rf"(?<!\w)(?P<n>{NAME}(?:\s(?:de\s(?:la\s)?|da\s|van\s|von\s|bin\s|al-)?{NAME}){{1,3}})")
AGENTS = {
    "hi": re.compile(r"(?P<n>\S{2,20}\s\S{2,20})\sने(?=\s)"),
    "ja": re.compile(
        r"(?P<n>[ァ-ヶー]{2,15}(?:・[ァ-ヶー]{2,15}){1,3}|[一-龥ぁ-んァ-ヶー]{2,12}(?=さん|氏))(?:さん|氏)?(?=[がは])"
    ),
    "ko": re.compile(r"(?P<n>[가-힣]{2,6}(?:\s[가-힣]{2,6})?)(?:\s?씨)(?=[가는이])"),
    "zh": re.compile(r"(?P<n>[一-龥]{1,6}·[一-龥·]{1,12}?)(?=在|于|於|通过|透過|上传|上傳|发布|發布|分享|公布)"),
}
"""Who acts, where a person is named without a noun for an account: in most languages two capitals, in others by a mark."""


@dataclass(frozen=True, slots=True)
class PostingWords:
    """Patterns of one language: verbs, nouns for accounts, possessives, pronouns, and a name as a run of capitals.

    `shows` are the verbs of showing, behind which what is seen is named; `agents` how a person who acts is named; `first` says
    that nobody put it out before.
    """

    verbs: re.Pattern[str]
    accounts: re.Pattern[str]
    own: re.Pattern[str]
    it: re.Pattern[str]
    relative: frozenset[str]
    called: re.Pattern[str]
    called_after: re.Pattern[str]
    run: re.Pattern[str]
    spaced: bool
    shows: re.Pattern[str]
    agents: re.Pattern[str]
    first: re.Pattern[str]


@lru_cache(maxsize=64)
def posting_words(language: str | None) -> PostingWords | None:
    """The words of a language (ISO 639, with or without a region); None where there are none."""
    return _words((language or "en").split("-")[0])


def verbs(text: str, start: int, end: int, language: str | None) -> list[tuple[int, int]]:
    """The words of posting in `text[start:end]`, in offsets of the text."""
    words = posting_words(language)
    return [m.span() for m in words.verbs.finditer(text, start, end)] if words else []


@cache
def _words(language: str) -> PostingWords | None:
    table = section(language, "posting")
    if table is None:
        return None
    spaced = language not in UNSPACED_LANGUAGES
    lists = ("verbs", "accounts", "own", "it", "called", "called_after")
    verbs, accounts, own, it, called, called_after = (_pattern(table.get(key, ()), spaced=spaced) for key in lists)
    relative = frozenset(table.get("relative", ()))
    run = SYLLABLES if language == "vi" else TWO_WORDS if language in CASELESS_LANGUAGES else RUN
    shows = any_of((section(language, "visuals") or {}).get("shows", ()), spaced=spaced)
    agents = AGENTS.get(language, CAPITALISED)
    first = _pattern(table.get("first", ()), spaced=spaced)
    return PostingWords(verbs, accounts, own, it, relative, called, called_after, run, spaced, shows, agents, first)


def _pattern(words: Iterable[str], *, spaced: bool) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    body = "|".join(re.escape(w).replace(r"\*", r"\w{0,12}") for w in ordered)
    if not body:
        return re.compile(r"(?!)")
    start = gate(map(head, ordered), edge=r"(?<!\w)" if spaced else "", ignore_case=True)
    return re.compile(rf"{start}(?:{body}){WORD_END if spaced else ''}", re.IGNORECASE)
