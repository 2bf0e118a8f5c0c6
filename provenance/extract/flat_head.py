"""What a flattened page says of itself: headline, byline, dateline, times, language."""

import re
from dataclasses import dataclass
from functools import cache

from provenance.extract import credits as credit_lines
from provenance.extract.flat_dates import PageTimes, Stamp, page_times
from provenance.extract.flat_text import Line, Range, any_of, ends_sentence, fold, table, trim, words
from provenance.reference import parties, places

LONGEST_HEADLINE = 150
LONGEST_BYLINE = 120
HEAD = 12
"""Lines before this one may be part of the head: titles, section, byline, stamps, a lead picture."""
TAIL = 4
MOST_WORDS = 4
"""Words of a dateline that no dash ends: "KYIV, Ukraine (AP)"."""

_WRITER = re.compile(r"[^\W\d_][^\n]{0,100}")
_EMAIL = re.compile(r"[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{1,20}){1,3}")
_PLACE = r"[^\W\d_a-z][^\W\d_]{1,20}(?:[ \-'’.][^\W\d_]{1,20}){0,3}"
_DATE = (
    r"(?:[^\W\d_]{3,12}\.? \d{1,2}(?:, \d{4})?|\d{1,2}\.? [^\W\d_]{3,12}\.?(?: \d{4})?"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{1,2}월 \d{1,2}일)"
)
_TAGGED = re.compile(
    rf"{_PLACE}(?:,? ?\({_PLACE}\))?(?:, {_PLACE})?(?:[,.]? {_DATE})?\.? ?"
    r"[(（/](?P<tag>[^\W\d_][\w .\-/&]{0,40})[)）/] ?(?:[-–—:=.]|\.-)*"
)
_ONLY_TAG = re.compile(r"[(（](?P<tag>[^\W\d_][\w .\-/&]{1,30})[)）] ?(?:[-–—]|--)")
_DATED = re.compile(
    rf"{_PLACE}(?:, {_PLACE})?,? {_DATE}\.? ?(?:[-–—]|/(?P<tag>[\w .-]{{2,20}})/)(?: ?(?P<after>[^\W\d_][\w ]{{1,20}})\.)?"
)
_PLAIN = re.compile(rf"(?P<place>{_PLACE}) ?(?P<sign>:|[-–—](?=\s)|।|\.(?=\s))")
_DANDA = re.compile(r"(?P<place>[^\s\d.,:;()।]{2,20}) ?(?P<sign>।)")
_BRACKET = re.compile(
    r"[(\[【〔（](?P<inner>[^()\[\]【】〔〕（）\n]{2,40})[)\]】〕）](?: ?[^\s=]{2,12}(?: [^\s=]{2,12}){0,2} ?[=＝])?\s?"
)
_PARTICLE = re.compile(r"(?:에|의|은|는|이|가|을|를|과|와|도|로|에서|에게)(?=\s|따르)")
_HANGUL = re.compile(r"[가-힣]")
_KOREAN_DATED = re.compile(r"[가-힣]{2,10}, \d{1,2}월 \d{1,2}일(?= )")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline at the start of a line: its length in characters, its words, and the agency's tag in it."""

    length: int
    text: str
    tag: str | None


def headline(rows: tuple[Line, ...], free: list[int]) -> int | None:
    """Index of the headline among the lines of the head that nothing else claims; None without a title.

    A title is a line without a full stop, before the first paragraph, with text behind it. Where a short line stands
    before a longer title, the short one names the section.
    """
    titles: list[int] = []
    for at in free[:HEAD]:
        if not _is_title(rows[at].text):
            break
        titles.append(at)
    if not titles or titles[-1] >= len(rows) - 1:
        return None
    if len(titles) > 1 and _is_label(rows[titles[0]].text) and not _is_label(rows[titles[1]].text):
        return titles[1]
    return titles[0] if not _is_label(rows[titles[0]].text) or len(titles) == 1 else None


def _is_title(line: str) -> bool:
    stops = line.rstrip("\"”’»'）)」』").endswith((".", "。", "।", "۔", ";", ",", ":"))
    return (
        len(line) <= LONGEST_HEADLINE
        and (not stops or line.endswith("…"))
        and sum(c.isalpha() for c in line) > sum(c.isdigit() for c in line)
    )


def _is_label(line: str) -> bool:
    """So short that it names a section or an outlet rather than a story."""
    wide = any(ord(c) >= 0x1100 for c in line)  # noqa: PLR2004 -- from Hangul on, scripts that say more with fewer signs
    return len(line) <= (6 if wide else 16) or (len(line.split()) <= (1 if wide else 2) and len(line) <= (8 if wide else 28))


def byline(line: str, *, near_top: bool) -> Range | None:
    """Where a line names its writer ("By AJP", "Von …", "… 기자"), as offsets into it; None when it does not."""
    if len(line) > 2 * LONGEST_BYLINE:
        return None
    end = _without_stamp(line)
    text = line[:end].strip()
    if not 0 < len(text) <= LONGEST_BYLINE or ends_sentence(text.replace("b.", "").rstrip(".")):
        return None
    if _ends_as_writer(text):
        return 0, len(line[:end].rstrip())
    match = _before().match(text)
    rest = text[match.end() :].strip() if match else ""
    if match and rest and (near_top or ":" in match[0] or "：" in match[0] or "." in match[0]) and _names(rest):
        return trim(line, 0, end, edge="|·")
    if (
        near_top
        and "." not in text
        and (parties.resolve(text) or credit_lines.is_agency(text))
        and len(text.split()) <= MOST_WORDS
    ):
        return 0, len(text)
    return None


def _without_stamp(line: str) -> int:
    """Where the stamps begin that stand behind the writer's name."""
    stamp = re.search(_stamp_start(), line)
    digit = re.search(r"\b\d{1,4}[-/.]\d|\d{1,2}:\d\d|\|", line)
    ends = [m.start() for m in (stamp, digit) if m and m.start() > 0]
    return min(ends, default=len(line))


def _ends_as_writer(text: str) -> bool:
    bare = re.sub(r"[(（][^()（）]{0,60}[)）]$", "", _EMAIL.sub("", text)).strip(" =|·/")
    after = _after()
    short = len(bare) <= LONGEST_BYLINE // 4 and not re.search(r"[.!?。]\s", bare)
    return bare.endswith(after) and short and bare not in after


def _names(rest: str) -> bool:
    """Names: mostly capitalised words, or a short run in a script without capitals."""
    parts = [w for w in re.split(r"[\s,/|&]+", re.sub(r"[(（][^()（）]{0,60}[)）]", "", rest)) if w[:1].isalpha()]
    small = [
        w
        for w in parts
        if w[0].islower()
        and fold(w) not in {"and", "und", "et", "y", "e", "de", "von", "van", "da", "di", "in", "for", "и", "та", "i"}
    ]
    initials = len(parts) == 1 and len(rest) <= 5  # noqa: PLR2004 -- "kma", "jk": how desks sign
    return 0 < len(parts) <= 14 and (initials or (parts[0] not in small and len(small) <= max(1, len(parts) // 4)))  # noqa: PLR2004 -- three writers with their outlets


def organisation(text: str) -> str | None:
    """The agency or outlet that a byline or a tag names, as written; None for a person."""
    match = _before().match(text)
    name = text[match.end() if match else 0 :].strip(" .:-–—")
    acronym = name.isupper() and name.isalpha() and name.isascii() and 2 <= len(name) <= 6  # noqa: PLR2004 -- how long acronyms are
    return name if acronym or parties.resolve(name) or credit_lines.is_agency(name) else None


def times(rows: tuple[Line, ...], free: list[int], language: str | None) -> dict[int, PageTimes]:
    """The lines of head and tail that state when the page was published or changed."""
    found: dict[int, PageTimes] = {}
    begun = False
    for order, at in enumerate(free):
        near = order < HEAD or order >= len(free) - TAIL
        stated = page_times(rows[at].text, language) if near else None
        begun = begun or (ends_sentence(rows[at].text) and len(rows[at].text) > 80)  # noqa: PLR2004 -- a paragraph; a bare date behind it is a subtitle
        if stated and begun and not stated.labelled and order < len(free) - TAIL:
            continue
        if stated and (stated.alone or (stated.labelled and _is_short_line(rows[at].text))):
            found[at] = stated
    return found


def _is_short_line(line: str) -> bool:
    return len(line) <= 2 * LONGEST_BYLINE and not ends_sentence(line.rstrip("."))


def published(found: dict[int, PageTimes]) -> tuple[Stamp | None, int | None, Stamp | None]:
    """The stamp of publication, its line, and the stamp of the last change; a labelled stamp counts before a bare one."""
    order = sorted(found, key=lambda at: (not found[at].labelled, at))
    first = next((at for at in order if found[at].published), None)
    changed = next((found[at].modified for at in order if found[at].modified), None)
    return (found[first].published if first is not None else None), first, changed


def dateline(line: str) -> Dateline | None:
    """The dateline that a paragraph begins with: place, often a date, often an agency in brackets.

    A place before a bare colon or dash counts only in capitals or when it is a known place.
    """
    match = _BRACKET.match(line)
    if match and _wire(match["inner"]) and match.end() < len(line) and not _PARTICLE.match(line, match.end("inner") + 1):
        return _made(line, match.end(), _tag_of(match["inner"]))
    for pattern in (_TAGGED, _ONLY_TAG, _DATED):
        match = pattern.match(line[:120])
        if match and match.end() < len(line) and _is_wire(match):
            tag = match["tag"] or (match.groupdict().get("after"))
            return _made(line, match.end(), tag)
    return _plain_place(line)


def _wire(inner: str) -> bool:
    signs = table("flat_bylines")["bracket"]["words"]
    return any(s in inner for s in signs) and not re.search(r"https?:|[.!?]\s", inner)


def _tag_of(inner: str) -> str | None:
    return re.split(r"[=＝]", inner)[-1].strip() if re.search(r"[=＝]", inner) else None


def _is_wire(match: re.Match[str]) -> bool:
    """Whether the bracket holds an agency, or a dash follows it: a name alone in brackets is prose."""
    tag = match["tag"]
    ended = match[0].rstrip().endswith(("-", "–", "—", "=", ".-", ":")) or bool(match.groupdict().get("after"))
    known = bool(tag and (credit_lines.is_agency(tag) or parties.resolve(tag))) and not _HANGUL.search(match[0])
    upper = match.string[match.end() : match.end() + 2].strip()[:1].isupper() or not match.re.groups
    capitals = match[0].split(",")[0].split("(")[0].strip().isupper()
    if tag:
        return ended or (known and upper and len(match[0].split()) <= MOST_WORDS)
    return ended and (capitals or any(c.isdigit() for c in match[0]))


def _plain_place(line: str) -> Dateline | None:
    match = _PLAIN.match(line[:60]) or _DANDA.match(line[:60])
    if not match or match.end() >= len(line) or not ends_sentence(line) or fold(match["place"]) in _no_places():
        return None
    place, sign = match["place"], match["sign"]
    named = _is_place(place)
    if sign == "." and not place.isupper():
        return None
    if sign == "।":
        return _made(line, match.end(), None)
    return _made(line, match.end(), None) if named or (place.isupper() and sign in {":", "."} and len(place) > 3) else None  # noqa: PLR2004 -- shorter ones are acronyms


@cache
def _no_places() -> frozenset[str]:
    return frozenset(fold(w) for w in table("flat_bylines")["no_place"]["words"])


@cache
def _is_place(name: str) -> bool:
    return places.resolve(name) is not None


def _made(line: str, end: int, tag: str | None) -> Dateline:
    shown = line[:end].rstrip(" -–—=\t\xa0")
    return Dateline(end, shown.removesuffix(".-"), tag.strip(" .") if tag else None)


@cache
def _after() -> tuple[str, ...]:
    return tuple(words(table("flat_bylines")["after"]))


@cache
def _before() -> re.Pattern[str]:
    spaced = any_of(words({k: v for k, v in table("flat_bylines")["before"].items() if k not in {"ko", "ja", "zh"}}))
    glued = any_of(words([table("flat_bylines")["before"][k] for k in ("ko", "ja", "zh")]))
    return re.compile(rf"(?:(?:{spaced})(?:\s?[:：]\s?|\s)|(?:{glued})\s?[:：/／|=]\s?)", re.IGNORECASE)


@cache
def _stamp_start() -> re.Pattern[str]:
    data = table("flat_stamps")
    return re.compile(
        rf"(?<![\w])(?:{any_of(w for key in ('published', 'updated') for w in words(data[key]))})\s?[:：]", re.IGNORECASE
    )
