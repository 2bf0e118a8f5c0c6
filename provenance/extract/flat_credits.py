"""The credit that a line of a flattened page ends in, or is: where it begins, and how surely it is one.

What names a party, `credits` knows; here is where a credit may stand in a line that may as well be prose.
"""

import re
from dataclasses import dataclass
from functools import cache

from provenance.extract import credits as credit_lines
from provenance.extract import flat_forms as forms
from provenance.extract.flat_dates import dates
from provenance.extract.flat_text import ends_sentence, fold, table, trim, words

LONGEST_CREDIT = 160
LONGEST_MAKER = 4
"""Words of a maker that no list knows."""
LONGEST_ACRONYM = 10
MOST_WORDS = 16
"""Words of the longest credits: four parties, one of them an institution with its full name."""
_BRACKETS = {")": "(", "]": "[", "）": "（", "】": "【", "〉": "〈", ">": "<", "］": "［", "』": "『", "〕": "〔"}
_AFTER_CREDIT = re.compile(r"[\s.。*]*(?:(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}\.?)?[\s.。*]*$")
_INITIAL = re.compile(r"(?<![^\W\d_])[A-ZА-Я]\.$")
_STOPS = '.!?。।؟…」”"’』）)'


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit at the end of a line: its words, and from where on nothing is caption."""

    start: int
    end: int
    outer: int
    firm: bool


def find(line: str, start: int, end: int, *, marked: bool) -> Credit | None:
    """The credit that a line ends in, by the first form that fits."""
    for form in (_bracketed, _labelled, _captured, _signed, _chained, _known):
        found = form(line, start, end)
        if found:
            return found
    return _slashed(line, start, end) if marked else None


def _bracketed(line: str, start: int, end: int) -> Credit | None:
    """In brackets at the end."""
    stop = end
    while stop > start and line[stop - 1] in " .。\xa0":
        stop -= 1
    opening = _BRACKETS.get(line[stop - 1]) if stop > start else None
    at = _opening(line, opening, line[stop - 1], start, stop) if opening else -1
    if at < 0:
        return None
    inner = trim(line, at + 1, stop - 1)
    before = line[start:at].rstrip()
    after_stop = (
        not before or before.endswith(tuple(_STOPS)) or (not any(s in before for s in _STOPS) and _is_hand(line[slice(*inner)]))
    )
    strength = _strength(line[slice(*inner)], after_stop=after_stop, stopped=stop < end)
    chain = _agency_chain(line, start, at) if strength else None
    if chain is not None:
        return Credit(chain, stop, chain, firm=True)
    return Credit(*inner, at, firm=strength == "firm") if strength else None


def _is_hand(name: str) -> bool:
    """An agency: behind a phrase that is no sentence its name in brackets is a credit."""
    return credit_lines.is_agency(name)


def _opening(line: str, opening: str, closing: str, start: int, stop: int) -> int:
    """The bracket that the last one closes, brackets within it counted."""
    depth = 0
    for at in range(stop - 1, max(start, stop - LONGEST_CREDIT) - 1, -1):
        depth += (line[at] == closing) - (line[at] == opening)
        if depth == 0:
            return at
    return -1


def _strength(inner: str, *, after_stop: bool, stopped: bool) -> str:
    """How surely the words in a closing bracket are a credit: "firm", "weak" or ""."""
    label = forms.label_length(inner)
    if label and inner[label:].strip():
        return "firm" if after_stop or not is_source_line(inner) else "weak"
    if is_capture(inner):
        return "firm"
    if not inner or stopped:
        return ""
    if credit_lines.looks_like_credit(inner, loose=True) or fold(inner) in forms.platforms():
        return _chain_strength(inner, after_stop=after_stop)
    return "weak" if after_stop and _is_name(inner) else ""


def _chain_strength(inner: str, *, after_stop: bool) -> str:
    """Several hands are sure; one agency, without a full stop before it, may be a source in a sentence."""
    several = len(credit_lines.parties(inner)) > 1 or "=" in inner
    if several and (after_stop or any(sign in inner for sign in ("=", "/", " via "))):
        return "firm"
    return "weak" if after_stop else ""


def _is_name(inner: str) -> bool:
    """An acronym, or two to eight words of which each is capitalised or joins two that are."""
    parts = inner.split()
    if len(parts) == 1:
        return inner.isupper() and inner.isalpha() and len("AFP") <= len(inner) <= LONGEST_ACRONYM
    small = [w for w in parts if not w[0].isupper()]
    named = len(parts) <= MOST_WORDS and len(small) <= len(parts) // 3 and parts[0][0].isupper()
    return named and not any(c.isdigit() for c in inner) and not ends_sentence(inner)


def _labelled(line: str, start: int, end: int) -> Credit | None:
    """`Photo: X` at the start, or behind a full stop, a dash or a bar."""
    whole = forms.label_length(line[start:end])
    if whole and not (is_source_line(line[start:end])):
        at = trim(line, start, end)[0]
        if _is_maker(line[start + whole : end]):
            return Credit(at, trim(line, at, end)[1], at, firm=True)
    floor = max(start, end - LONGEST_CREDIT)
    for match in forms.inner_label().finditer(line, floor, end):
        at = match.start("label")
        if _short_name(line[match.end() : end]) and not is_source_line(line[at:end]):
            return Credit(at, trim(line, at, end)[1], match.start(), firm=True)
    return None


def _is_maker(text: str) -> bool:
    """Who made a picture, behind a label that begins a line: longer runs of capitals may be a title, so they need a sign."""
    known = re.search(r"[/,@|]|\([^()]{2,40}\)$|\w\.\w|[^\x00-\u04ff]", text) or any(
        map(credit_lines.is_agency, credit_lines.parties(text))
    )
    dated = re.search(r"\b(?:19|20)\d\d\b", text) and "/" not in text
    return _short_name(text) and not dated and (bool(known) or len(text.split()) <= LONGEST_MAKER)


def _short_name(text: str) -> bool:
    """Whether what follows a label can be who made it: no sentence, and not mostly small words."""
    text = text.strip().rstrip(".")
    if not 0 < len(text) <= LONGEST_CREDIT or _KOREAN_END.search(text) or _TWO_SENTENCES.search(_QUOTED.sub("", text)):
        return False
    parts = [w for w in re.split(r"[\s/|,;·«»„“”\"]+", text) if w[:1].isalpha()]
    small = [
        w
        for w in parts
        if w[0].islower() and not {".", "_"} & set(w) and fold(w) not in forms.joining() and not credit_lines.is_agency(w)
    ]
    return len(parts) <= MOST_WORDS and len(small) * 2 <= len(parts) and not (len(parts) > 1 and text.endswith("。"))


_TWO_SENTENCES = re.compile(r"[.!?]\s+\w+\s+\w+\s+\w|(?:\d{4}|[^\W\d_]{5})[.!?]\s+\S")
_QUOTED = re.compile(r"\"[^\"]*\"|«[^»]*»")
_KOREAN_END = re.compile(r"(?:다|요|까)[.?!]?$")


def _captured(line: str, start: int, end: int) -> Credit | None:
    """`翻攝X`, `X 캡처`, `Images courtesy of X`: alone on the line or behind a full stop."""
    for stop in (start, *_stops(line, max(start, end - LONGEST_CREDIT), end)):
        piece = trim(line, stop, end)
        if (
            piece[0] < piece[1]
            and piece[1] - piece[0] <= LONGEST_CREDIT // 2
            and (is_capture(line[slice(*piece)]) or forms.wire().fullmatch(line[slice(*piece)]))
        ):
            return Credit(*piece, piece[0], firm=True)
    return None


def is_capture(text: str) -> bool:
    """Whether a short text is a name with a word that says it was taken from there."""
    low = fold(text).strip(" ./()（）*")
    before, after = forms.captures()
    head, tail = before.match(low), after.search(low)
    rest = low[head.end() :] if head else low[: tail.start()] if tail else ""
    most = 2 if low.endswith(forms.given()) else LONGEST_MAKER + 2
    short = 0 < len(rest.strip()) <= LONGEST_CREDIT // 2 and (bool(head) or len(rest.split()) <= most)
    return short and not re.search(r"[.!?]\s|[。！？।]", rest) and not _KOREAN_END.search(rest)


def _chained(line: str, start: int, end: int) -> Credit | None:
    """A whole line of names joined by slashes or commas, one of them an agency or a site: `Name / POOL / TASS`."""
    text = line[start:end].strip()
    if len(text) > LONGEST_CREDIT or ends_sentence(text) or _looks_dated(text):
        return None
    names = credit_lines.parties(text)
    joined = re.search(r"\s/\s|\w/\w", text)
    known = [n for n in names if credit_lines.is_agency(n) or _DOMAIN.fullmatch(n)]
    if len(names) == 1 and known and _DOMAIN.fullmatch(text):
        return Credit(*trim(line, start, end), start, firm=False)
    if any(len(n.split()) > LONGEST_MAKER + 2 for n in names):
        return None
    if joined and known and _short_name(text) and not any(c.isdigit() for c in text):
        return Credit(*trim(line, start, end), start, firm=True)
    return None


_DOMAIN = re.compile(r"(?:[\w-]{2,30}\.){1,3}[a-zа-я]{2,10}")


def _looks_dated(text: str) -> bool:
    return next(dates(text), None) is not None


def _agency_chain(line: str, start: int, end: int) -> int | None:
    """Where a chain that begins with an agency starts: `… EFE/EPA/NAME / POOL Name (…)`."""
    for match in re.finditer(r"(?<=[.)\s])(\w{2,12})/\w", line[max(start, end - LONGEST_CREDIT) : end]):
        if credit_lines.is_agency(match[1]):
            return max(start, end - LONGEST_CREDIT) + match.start()
    return None


def _signed(line: str, start: int, end: int) -> Credit | None:
    """Behind a copyright sign, at the start or glued to the caption; the page's own notice is none."""
    floor = max(start, end - LONGEST_CREDIT)
    match = forms.copyright_sign().search(line, floor, end)
    if not match or not _short_name(line[match.end() : end]) or _is_notice(line[:end], match):
        return None
    named = line[match.end() : end]
    firm = bool(line[start : match.start()].strip() or forms.label_length(named) or re.search(r"[@/]", named))
    return Credit(match.start(), trim(line, match.start(), end)[1], match.start(), firm=firm)


def _is_notice(line: str, sign: re.Match[str]) -> bool:
    """A page's copyright notice: with a year beside the sign, the word itself, or a row of links."""
    beside = line[max(0, sign.start() - 12) : sign.end() + 6]
    return bool(re.search(r"(?:19|20)\d\d", line[sign.end() : sign.end() + 6]) or forms.notice().search(line)) or (
        "–" in beside or line.count("|") > 1
    )


def _known(line: str, start: int, end: int) -> Credit | None:
    """An agency behind the full stop, a slash, a dash or a bar, as `credits` finds it."""
    found = _after_slash(line, start, end)
    if found or ends_sentence(line[:end][-8:]):
        return found
    for at in _stops(line, max(start, end - LONGEST_CREDIT), end):
        piece = trim(line, at, end, edge="-–—|/ ")
        text = line[slice(*piece)]
        if text and _is_bare_credit(text):
            return Credit(*piece, piece[0], firm=len(credit_lines.parties(text)) > 1)
    for match in re.finditer(r"\s[-–—|]\s", line[max(start, end - LONGEST_CREDIT) : end]):
        at = max(start, end - LONGEST_CREDIT) + match.end()
        if _is_bare_credit(line[at:end].strip()):
            return Credit(*trim(line, at, end), at - len(match[0]), firm=False)
    return None


def _is_bare_credit(text: str) -> bool:
    return credit_lines.looks_like_credit(text) and not ends_sentence(text) and not is_source_line(text)


def _after_slash(line: str, start: int, end: int) -> Credit | None:
    """`… 했다. /연합뉴스`: a slash behind the full stop; a reporter's name there is a byline."""
    match = re.search(r"[.。”\"!?…]\s{0,2}[/／]\s?([^/／.。\n]{2,60}(?:/[^/.。\n]{2,40})?)$", line[max(start, end - 110) : end])
    if not match or _is_writer(match[1]) or not _short_name(match[1]):
        return None
    at = max(start, end - 110) + match.start(1)
    return Credit(at, trim(line, at, end)[1], at - 1, firm=True)


def _is_writer(text: str) -> bool:
    return text.strip().endswith(_writers())


@cache
def _writers() -> tuple[str, ...]:
    return tuple(words(table("flat_bylines")["after"]))


def _slashed(line: str, start: int, end: int) -> Credit | None:
    """In a marked caption any `NAME/Name` behind the full stop."""
    for at in _stops(line, max(start, end - LONGEST_CREDIT), end):
        piece = trim(line, at, end)
        text = line[slice(*piece)]
        if "/" in text and _short_name(text) and not ends_sentence(text):
            return Credit(*piece, piece[0], firm=True)
    return None


def _stops(line: str, start: int, end: int) -> list[int]:
    """Where a sentence may have ended, with or without a blank behind it; "D.C." does not end inside."""
    ends = (at for at in range(start + 1, end) if line[at - 1] in '.!?。।؟…」”"' and line[at] not in '.!?。।؟…」”"),')
    return [at for at in ends if line[at].isspace() or not _INITIAL.search(line, max(start, at - 3), at)]


def without_notes(line: str) -> int:
    """The end of a line without the warnings and dates that stand behind a bracketed credit."""
    end = len(line)
    note = forms.notes().search(line, max(0, end - LONGEST_CREDIT))
    end = note.start() if note else end
    dated = _AFTER_CREDIT.search(line[:end])
    if dated and line[: dated.start()].rstrip().endswith((")", "]", "）")):
        end = dated.start() if any(c.isdigit() for c in dated[0]) else end
    return trim(line, 0, end)[1]


def is_source_line(line: str) -> bool:
    """Whether a line names the source of the article, not of a picture: "Source: …", "Kaynak: …"."""
    return bool(forms.source().match(line))


def is_copyright(line: str) -> bool:
    """Whether a line is nothing but a copyright sign and a name: the page's own, where no picture claims it."""
    match = forms.copyright_sign().match(line)
    return bool(match) and len(line) <= LONGEST_CREDIT // 2 and not ends_sentence(line)


def giver_name(credit: str) -> str:
    """What names the giver: of "provided by the agency NAME" the capitalised words at the end, of "翻攝X" only X."""
    match = forms.givers().match(credit)
    if not match:
        return _taken_from(credit)
    kept: list[str] = []
    for word in reversed(credit[match.end() :].split()):
        if not (word[0].isupper() or not word[0].isalpha() or fold(word) in forms.joining()):
            break
        kept.insert(0, word)
    whole = credit[match.end() :].strip()
    articles = {"the", "la", "le", "el", "an"}
    while kept and fold(kept[0]) in articles:
        kept.pop(0)
    name = " ".join(kept)
    bare = len(kept) == 1 and name != whole and not name.isupper() and not credit_lines.is_agency(name)
    return name if kept and not bare and fold(kept[0]) not in forms.joining() else whole


def _taken_from(credit: str) -> str:
    """A credit without its label and without the words that say that the picture was taken from there."""
    label = forms.label().match(credit)
    bare = credit[label.end() :] if label else credit
    before, after = forms.captures()
    head = before.match(bare.lower()) if len(bare.lower()) == len(bare) else None
    tail = after.search(bare.lower()) if len(bare.lower()) == len(bare) else None
    return bare[head.end() if head else 0 : tail.start() if tail else len(bare)].strip() or credit
