"""Interface words, theme junk and repeated lead-ins: what a page's template left in the text."""

import re
from functools import cache

from provenance.extract.flat_text import Line, Range, any_of, ends_sentence, fold, sentences, table, words

LONGEST = 120
"""Longer lines are text, however they begin."""
LONGEST_CODE = 400
LONGEST_LINK = 110
LONGEST_EXCERPT = 2_000
_CUT = re.compile(
    r"(?:\[\s?(?:…|\.\.\.)\s?\]|\(\s?(?:…|\.\.\.)\s?\)|…|\.\.\.|&hellip;)\s*"
    r"(?:read more|continue reading|leer más|lire la suite|weiterlesen|mehr|читать далее|more)?\s*[»>→]?\s*$",
    re.IGNORECASE,
)
_MEANT = 25
"""Sentences shorter than this may recur by chance."""
_REPEATED = 30


def is_junk(line: str) -> bool:
    """Whether a line is nothing but the words of an interface or of a theme."""
    if len(line) > (LONGEST_CODE if line.startswith("[") else LONGEST):
        return False
    if any(p.match(line) for p in _patterns()):
        return True
    bare = fold(_trimmed(line))
    return bool(_counters().fullmatch(bare)) or (bool(_starts().match(fold(line).lstrip("→»>•|+*- "))) and not _is_prose(line))


def _trimmed(line: str) -> str:
    return re.sub(r"^[\W_]+|[\W\d_]+$", "", line)


def _is_prose(line: str) -> bool:
    """Several words and a full stop: more than a button says."""
    return ends_sentence(line) and len(line.split()) > 8  # noqa: PLR2004 -- more words than a button has


def junk(rows: tuple[Line, ...]) -> set[int]:
    """Indices of the lines that are chrome, the links under a "related stories" heading included."""
    found: set[int] = set()
    linking = False
    for at, row in enumerate(rows):
        if is_junk(row.text):
            found.add(at)
            linking = (
                linking
                or fold(_trimmed(row.text)) in _related()
                or (row.text.isupper() and fold(_trimmed(row.text)) in _related())
            )
        elif linking and at > 2 and len(row.text) <= LONGEST_LINK and not ends_sentence(row.text):  # noqa: PLR2004 -- a page does not begin with its links
            found.add(at)
        else:
            linking = False
    return found


def excerpt(rows: tuple[Line, ...]) -> dict[int, list[Range]]:
    """Of each lead-in that is cut short, the sentences that stand in full further down: offsets into its line."""
    found: dict[int, list[Range]] = {}
    for at, row in enumerate(rows[:40]):
        cut = _CUT.search(row.text[-60:])
        if cut and len(row.text) <= LONGEST_EXCERPT:
            end = len(row.text) - len(row.text[-60:]) + cut.start()
            later = "\n".join(fold(r.text[:LONGEST_EXCERPT]) for r in rows[at + 1 : at + 30])
            recurring = _recurring(row.text, end, later)
            if recurring:
                found[at] = recurring
    return found


def _recurring(line: str, end: int, later: str) -> list[Range]:
    parts = [(a, b) for a, b in sentences(line[:end]) if a < b]
    told = [p for p in parts if len(line[slice(*p)]) >= _MEANT and fold(line[slice(*p)]) in later]
    if told and fold(line[slice(*parts[-1])]) in later:
        told = [*(p for p in told if p != parts[-1]), (parts[-1][0], len(line))]
    return told


def repeated(rows: tuple[Line, ...]) -> set[int]:
    """Indices of the lines that stood word for word before."""
    seen: set[str] = set()
    found: set[int] = set()
    for at, row in enumerate(rows):
        key = fold(row.text)
        if len(key) >= _REPEATED and key in seen:
            found.add(at)
        seen.add(key)
    return found


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE) for p in table("flat_chrome")["junk"]["patterns"])


@cache
def _counters() -> re.Pattern[str]:
    """One interface word, or several with their counts: "Share 0 Tweet 0"."""
    one = rf"(?:{any_of(fold(w) for w in words(table('flat_chrome')['whole']))})[\s\d|:·•()/+,.>»→-]{{0,12}}"
    return re.compile(rf"{one}(?:{one})?(?:{one})?(?:{one})?")


@cache
def _starts() -> re.Pattern[str]:
    return re.compile(any_of(fold(w) for w in words(table("flat_chrome")["start"])))


@cache
def _related() -> frozenset[str]:
    return frozenset(fold(w) for w in words(table("flat_chrome")["related"]))
