"""Caption and credit told apart, and the parties of a credit, in the order in which the picture passed through them.

The words are data: `data/credits.toml`. A credit is only taken where something says so: a label ("Photo:"), a sign
("©"), an agency's name, or the form "Name/Agency" in brackets. A name alone in brackets may be the person shown, so it
stays in the caption.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TypeAlias

from provenance.reference.parties import resolve
from provenance.reference.platforms import identify

Range: TypeAlias = tuple[int, int]

LONGEST_CREDIT = 160
"""Longer runs are prose; the longest credits seen name four parties and a collective."""
LONGEST_PARTY = 10
"""Most words in the name of one party: "Ukrainian Center for Strategic Communication and Information Security" has nine."""
LONGEST_TEXT = 5_000
"""Captions are shorter; only the end of a longer text is searched for a credit."""
PERSON_WORDS = 4
PLAIN_NAME_WORDS = 6
"""Most words of a person's name, and of any name that no list knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionCredit:
    """A caption and its credit; the ranges are offsets into the text that was given, end-exclusive.

    `credit` is as printed, without the brackets or dash around it; `credit_parties` are the names in it, in order.
    """

    caption: str | None = None
    credit: str | None = None
    credit_parties: tuple[str, ...] = ()
    caption_range: Range | None = None
    credit_range: Range | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """The data file, folded for look-up and compiled."""

    label: re.Pattern[str]
    inner_label: re.Pattern[str]
    inner_word: re.Pattern[str]
    signs: tuple[str, ...]
    plain: frozenset[str]
    closer: re.Pattern[str]
    openers: tuple[str, ...]
    note: re.Pattern[str]
    platform: re.Pattern[str]
    agencies: frozenset[str]
    never: frozenset[str]
    canonical: dict[str, str]


def split_credit(text: str) -> CaptionCredit:
    """Split a caption as printed into what it says and whom it credits.

    Args:
        text: one caption, of any language; brackets, dashes and labels still in it.

    Returns:
        Caption and credit with their ranges in `text`; either may be None.
    """
    return _split(text) if len(text) <= LONGEST_TEXT else _split.__wrapped__(text)


@lru_cache(maxsize=1024)
def _split(text: str) -> CaptionCredit:
    start, end = _trimmed(text, 0, len(text))
    if start == end:
        return CaptionCredit()
    floor = max(start, end - LONGEST_TEXT)
    found = _parted(text, floor, end) or _whole(text, start, end) or _leading(text, start, end)
    finders = iter((_bracketed, _labelled, _bare, _dashed))
    while not found and (finder := next(finders, None)):
        found = finder(text, floor, end)
    return _made(text, (start, end), found)


def parties(credit: str) -> tuple[str, ...]:
    """The names in a credit line, in order: `"AP Photo/Ana Ruiz"` gives `("AP", "Ana Ruiz")`.

    Args:
        credit: a credit line, with or without its label and brackets.
    """
    return _parties(credit[: LONGEST_CREDIT * 2])


@lru_cache(maxsize=1024)
def _parties(credit: str) -> tuple[str, ...]:
    names = (_name(piece) for piece in _pieces(credit))
    return tuple(dict.fromkeys(name for name in names if name))


@lru_cache(maxsize=8192)
def is_agency(name: str) -> bool:
    """Whether `name` is one that stands in credits by itself: an agency, a picture service, a pool."""
    if len(name) > LONGEST_CREDIT:
        return False
    words = _words()
    folded = _fold(name)
    return folded in words.agencies or folded in words.canonical


def is_party(name: str) -> bool:
    """Whether `name` is a newsroom or agency, by the lists here or by the reference data."""
    if is_agency(name):
        return True
    party = resolve(name) if len(name) <= LONGEST_CREDIT else None
    return party is not None and party.kind in {"agency", "newspaper", "broadcaster"}


def looks_like_credit(text: str, *, loose: bool = False) -> bool:
    """Whether a whole text reads as a credit.

    Args:
        text: the text, without brackets.
        loose: also take "Name/Name" and "Name via Name", which need a sign around them, such as brackets.
    """
    text = text.strip()
    return 0 < len(text) <= LONGEST_CREDIT and _is_credit(text, loose)


@lru_cache(maxsize=4096)
def _is_credit(text: str, loose: bool) -> bool:  # noqa: FBT001 -- remembered by its arguments
    if _fold(text) in _words().never:
        return False
    if _REPORTER.fullmatch(text) or _is_plainly_labelled(text):
        return True
    labelled = _label(text)
    rest = text[labelled.end() :] if labelled else text
    if labelled:
        return _is_short(rest) and (loose or bool(_SIGNED.search(labelled[0])) or _is_name((_pieces(rest) or ("",))[0]))
    if loose and _may_label(text) and any(True for _ in _inner_labels(text, 0, len(text))):
        return True
    most = LONGEST_PARTY if loose else PLAIN_NAME_WORDS
    if _is_prose(rest) or not _is_short(rest) or not all(_is_name(p, most) for p in _pieces(rest)):
        return False
    known = is_party if loose else is_agency
    return any(known(_name(p)) for p in _pieces(rest)) or (loose and bool(_CHAINED.search(rest)))


def _is_plainly_labelled(text: str) -> bool:
    """A label without a sign counts before agencies only: "Foto ANP"."""
    first, _, behind = text.partition(" ")
    return bool(behind) and _fold(first) in _words().plain and all(is_agency(_name(p)) for p in _pieces(behind))


def _may_label(text: str) -> bool:
    """Whether a label may stand inside a text: a cheap look for its signs and openers before the dear one for its words."""
    if _LABEL_SIGN.search(text):
        return True
    low = _low(text)
    return any(opener in low for opener in _words().openers)


_LABEL_SIGN = re.compile(r"[:：=＝|ㅣ／/©ⓒⒸ📷📸]|[-–—]\s|\([cCсС]\)|&copy;")
"""What stands behind every label, and the signs that are labels by themselves."""
_SIGNED = re.compile(r"[^\w\s]\s*$|[(（]c[)）]", re.IGNORECASE)
_CHAINED = re.compile(r"\w ?/ ?\w|\bvia\b|\bvía\b|\bfor The\b", re.UNICODE)
_SEPARATOR = re.compile(
    r"\s*(?:[/／|•;；、，+]|(?<![一-龥])·|·(?![一-龥])|,(?!\s*(?:Inc|Ltd|LLC|Jr|Co)\b)|\s[-–—]\s|\b(?:via|vía)\b)\s*",
    re.IGNORECASE,
)
_AND = re.compile(r"\s(?:and|&|et|und|y|e|и|та|і)\s")
_FOR = re.compile(r"\s(?:for|für|pour|para)\s(?=The\s)")
_ON = re.compile(r"\s(?:on|from|/)\s")
_HOUSE = re.compile(r"\s(?:Photo|Foto|Фото|Fotó)s?")
"""With a capital behind a name that no list has it is part of that name: "Karpat Foto"; "AP Photo" is AP."""
_REPORTER = re.compile(
    r"[가-힣]{2,4}\s?(?:선임|인턴|사진|수습)?기자|(?:[一-龥]{2,8}(?:記者|记者)\s?)?[一-龥]{2,4}\s?(?:記者|记者|摄|攝)"
)
"""A photographer of the paper itself, by the word for reporter behind the name."""
_REPORTER_OF = re.compile(r"(?<=[社报報网網])(?:记者|記者)\s?(?=[一-龥])")
"""Chinese: "agency's reporter name" names two parties."""
_YEAR = re.compile(r"^(?:19|20)\d\d\s+(?=\D)")
_PLACED = re.compile(r"^[^\W\d_]{1,12}=")
_REMARK = re.compile(r"[(（][^()（）@]{0,80}[)）]")
_BESIDE = re.compile(r"\s?[(（]\s?(@[\w.]{2,64})\s?[)）]\s?")
"""The handle in brackets beside a name: "X（@name）より"."""
_BRACKETS = {")": "(", "]": "[", "）": "（", "】": "【", "〉": "〈", ">": "<", "］": "［"}
_OPENERS = {v: k for k, v in _BRACKETS.items()}
_STOP = ".!?。…！？؟।"
_QUOTES = "”\u0022’»"
_AFTER_STOP = re.compile(rf"(?<=[{_STOP}{_QUOTES}])[^{_STOP}{_QUOTES})]")
_DASH = re.compile(r"\s[-–—|•]\s|[-–—|/／·]\s?(?=[^\s\-–—|/／·]+$)|\s[/／]\s?|(?<=[.!?。…”\"])\s?[/／|–—]\s?|[—|＝]\s?")
_EDGE = " \t\r\n\xa0\u200b\u200e\u200f\u3000"


def _low(text: str) -> str:
    """A text in small letters, every character in its place: a pattern that ignores case takes ten times as long."""
    return text.replace("İ", "i").lower()


def _label(text: str, start: int = 0) -> re.Match[str] | None:
    """The label that a text begins with; its offsets are the text's, its letters small."""
    return _words().label.match(_low(text), start)


def _inner_labels(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The labels inside a text, in order, as `_label` gives them."""
    low, words = _low(text), _words()
    pattern = words.inner_label if any(sign in low for sign in words.signs) else words.inner_word
    return pattern.finditer(low, start, end)


def _fold(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


@cache
def _words() -> _Words:
    data = tomllib.loads(resources.files(__package__).joinpath("data/credits.toml").read_text(encoding="utf-8"))
    labels, openers, signs = (_any(map(_low, data[key])) for key in ("labels", "openers", "signs"))
    opens = f"(?:{labels})\\s{{0,3}}(?:[:：=＝|ㅣ／/]|(?<=[写真影像画])・|(?<=[\\u0900-\\u097f])[-–]|[-–—]\\s)|(?:{openers})\\s"
    inside = rf"(?<=[\s.!?。…,;:|/(\[（【\-–—”\"»])(?:{opens})"
    return _Words(
        label=re.compile(rf"(?:{opens}|{signs}|{_any(map(_low, data['glued']))})\s{{0,3}}"),
        inner_label=re.compile(rf"(?:{inside}|\s?(?:{signs}))\s{{0,3}}"),
        inner_word=re.compile(rf"{inside}\s{{0,3}}"),
        signs=tuple(map(_low, data["signs"])),
        plain=frozenset(_fold(label) for label in data["labels"]),
        closer=re.compile(rf"(?<=\S)(?:\s|(?<=[^\x00-\u024f]))(?:{_any(data['closers'])})\.?$", re.IGNORECASE),
        openers=tuple(dict.fromkeys(_low(opener.split()[0]) for opener in data["openers"])),
        note=re.compile(rf"(?<!\w)(?:{_any(data['notes'])})(?!\w)\s?[:：]?", re.IGNORECASE),
        platform=re.compile(
            rf"(?<!\w)(?:{_any(data['platforms'])})(?:\s(?:{_any(data['accounts'])}))?\s?[:：/|]?\s?(?=@\w)", re.IGNORECASE
        ),
        agencies=frozenset(_fold(a) for a in data["agencies"]),
        never=frozenset(_fold(n) for n in data["never"]),
        canonical={_fold(k): v for k, v in data["canonical"].items()},
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def _trimmed(text: str, start: int, end: int, edge: str = _EDGE) -> Range:
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    return start, end


def _made(text: str, whole: Range, found: tuple[Range | None, Range] | None) -> CaptionCredit:
    caption, credit = found or (whole, None)
    if caption:
        caption = _trimmed(text, *caption, edge=_EDGE + "▲△▶◀▼■●◆—–|/／")
    if credit:
        credit = _trimmed(text, *credit, edge=_EDGE + "/／—–|")
    return CaptionCredit(
        caption=text[slice(*caption)] if caption and caption[0] < caption[1] else None,
        credit=text[slice(*credit)] if credit else None,
        credit_parties=parties(text[slice(*credit)]) if credit else (),
        caption_range=caption if caption and caption[0] < caption[1] else None,
        credit_range=credit,
    )


def _whole(text: str, start: int, end: int) -> tuple[None, Range] | None:
    """A text that is nothing but a credit, in brackets or not."""
    bracketed = end - start > len("()") and _OPENERS.get(text[start]) == text[end - 1]
    inner = (start + 1, end - 1) if bracketed else (start, end)
    return (None, inner) if looks_like_credit(text[slice(*inner)], loose=bracketed) else None


def _parted(text: str, start: int, end: int) -> tuple[Range, Range] | None:
    """A few words, then a credit that a label or sign opens: what stands before it is no name, however short."""
    if end - start > LONGEST_CREDIT:
        return None
    if "=" in text or "＝" in text:
        return _equalled(text, start, end)
    if not _may_label(text[start:end]):
        return None
    if _label(text, start):
        return _captioned_behind(text, start, end)
    for match in _inner_labels(text, start, end):
        before = text[start : match.start()].strip(_EDGE + "|/／–—-•")
        if before and not _may_be_party(before) and looks_like_credit(text[match.start() : end].strip(_EDGE)):
            return None if _is_open(before) else ((start, match.start()), (match.start(), end))
    return None


def _equalled(text: str, start: int, end: int) -> tuple[Range, Range] | None:
    """The same with the equals sign of Korean and Japanese captions."""
    placed = _TAKEN_AT.fullmatch(text, start, end)
    if placed and is_agency(placed["credit"]):
        return placed.span("caption"), placed.span("credit")
    if _label(text, start):
        return None
    found = _LABELLED_EQUALS.match(text, start, end) or _EQUALS.match(text, start, end)
    if not found or _is_open(found["caption"]) or not looks_like_credit(text[found.end("caption") : end].lstrip(_EDGE + "=＝/|")):
        return None
    return found.span("caption"), (found.end(), end)


def _is_open(text: str) -> bool:
    """Whether a bracket is still open at the end of a text."""
    return any(text.count(o) > text.count(c) for c, o in _BRACKETS.items())


def _captioned_behind(text: str, start: int, end: int) -> tuple[Range, Range] | None:
    """A labelled credit, a bar, then the caption: "Photo: Reuters/Ana Ruiz | Boats lie on the quay"."""
    at = text.find(" | ", start, end)
    if at < 0 or not looks_like_credit(text[start:at]) or looks_like_credit(text[at + 3 : end], loose=True):
        return None
    return ((at + 3, end), (start, at)) if any(w[0].islower() for w in text[at + 3 : end].split()) else None


def _may_be_party(text: str) -> bool:
    """Whether words before a label can be a name: a party or handle, or a person's name in a script with capitals."""
    words = text.split()
    capitals = all(w[0].isupper() for w in words) and (1 < len(words) <= PERSON_WORDS or text.isupper())
    return "@" in text or capitals or any(is_party(_name(piece)) for piece in _pieces(text))


_TAKEN_AT = re.compile(r"(?P<caption>[^＝]{2,100}＝[^＝]{2,40})、(?P<credit>[^、＝]{2,12})")
"""Japanese: what is shown, then when and where it was taken, then by whom."""
_LABELLED_EQUALS = re.compile(r"(?P<caption>[^=＝\n]*\s[^=＝\n]{0,80})[/|]\s?(?=[^\s=＝]{1,6}[=＝])")
_EQUALS = re.compile(r"(?P<caption>[^=＝.。!?\n]*[\sぁ-ん][^=＝.。!?\n]{0,80})[=＝](?=\S)")


def _leading(text: str, start: int, end: int) -> tuple[Range, Range] | None:
    """A bracketed credit before the caption: "[사진=…] …"."""
    closing = _OPENERS.get(text[start])
    stop = text.find(closing, start + 1, start + LONGEST_CREDIT) if closing else -1
    if stop < 0 or not looks_like_credit(text[start + 1 : stop]):
        return None
    return (stop + 1, end), (start + 1, stop)


def _bracketed(text: str, start: int, end: int) -> tuple[Range, Range] | None:
    """A bracket at the end: "… (AP Photo/Ana Ruiz)."."""
    stop = end
    while stop > start and text[stop - 1] in _EDGE + ".。":
        stop -= 1
    opening = _BRACKETS.get(text[stop - 1]) if stop > start else None
    at = text.rfind(opening, max(start, stop - LONGEST_CREDIT), stop) if opening else -1
    if at < 0 or not looks_like_credit(text[at + 1 : stop - 1], loose=True):
        return None
    return (start, at), (at + 1, stop - 1)


def _labelled(text: str, start: int, end: int) -> tuple[Range, Range] | None:
    """A label inside: "… in the harbour. Photo: Reuters"."""
    tail = max(start, end - LONGEST_CREDIT)
    if not _may_label(text[tail:end]):
        return None
    for match in _inner_labels(text, tail, end):
        if looks_like_credit(text[match.start() : end].strip(_EDGE)):
            return (start, match.start()), (match.start(), end)
    return None


def _dashed(text: str, start: int, end: int) -> tuple[Range, Range] | None:
    """A dash, slash or bar before an agency: "… on Monday — Reuters", "…했다. /연합뉴스"."""
    tail = max(start, end - LONGEST_CREDIT)
    for match in _DASH.finditer(text, tail, end):
        if match.start() > start and looks_like_credit(text[match.end() : end]):
            return (start, match.start()), (match.end(), end)
    return None


def _bare(text: str, start: int, end: int) -> tuple[Range, Range] | None:
    """An agency after the last full stop, with or without a blank: "… 있다. 뉴시스", "… 2024.AP-Yonhap"."""
    tail = max(start, end - LONGEST_CREDIT)
    for at in _after_stops(text, tail, end):
        if at > start and looks_like_credit(text[at:end].rstrip(".")):
            return (start, at), (at, end)
    return None


def _after_stops(text: str, start: int, end: int) -> Iterator[int]:
    yield from (match.start() for match in _AFTER_STOP.finditer(text, start + 1, end - 1))


def _is_prose(text: str) -> bool:
    """Whether small words outnumber names so far that no parties can be in it: a cheap look before the dear one at each piece."""
    words = text.split()
    if len(words) <= PLAIN_NAME_WORDS:
        return False
    return 2 * sum([w[0].islower() and w.isascii() for w in words]) > len(words) + PERSON_WORDS


def _is_short(text: str) -> bool:
    """No sentence: short, and no full stop followed by more than initials and names."""
    text = text.strip(_EDGE + ".")
    inner = re.sub(r"\b(?:[A-ZÀ-ÞА-Я][a-zà-ÿа-я]{0,2}|Inc|Corp|Prof)\.", "", text)
    return 0 < len(text) <= LONGEST_CREDIT and len(text.split()) <= 3 * LONGEST_PARTY and not re.search(r"[.!?。！？]\s", inner)


def _is_name(piece: str, most: int = PLAIN_NAME_WORDS) -> bool:
    """Whether a piece of a credit can be a name: few words, led by a capital, a sign or a script without capitals."""
    words = piece.split()
    if not 0 < len(words) <= LONGEST_PARTY or piece.isdigit():
        return False
    if len(words) == 1 and _is_address(piece):
        return True
    small = sum(w[0].islower() and w.isascii() for w in words)
    return is_agency(_name(piece)) or (not words[0][0].islower() and small <= len(words) // 2 and len(words) <= most)


@lru_cache(maxsize=4096)
def _pieces(credit: str) -> tuple[str, ...]:
    words = _words()
    credit = _REPORTER_OF.sub(" / ", words.note.sub(" / ", _REMARK.sub(" ", _unlabelled(credit))))
    if "@" in credit:
        credit = words.platform.sub("", _BESIDE.sub(r" \1 ", credit))
    pieces = (piece for part in _parts(credit) for piece in _unglued(part.strip(_EDGE + ".")))
    return tuple(p for p in pieces if p)


def _parts(credit: str) -> list[str]:
    """A credit cut at its separators; the slash in the address of an account is none."""
    if "." not in credit or "/" not in credit:
        return _SEPARATOR.split(credit)
    kept = _ADDRESS.sub(lambda found: found[0].replace("/", _HELD) if _is_address(found[0]) else found[0], credit)
    return [part.replace(_HELD, "/") for part in _SEPARATOR.split(kept)]


def _is_address(text: str) -> bool:
    """Whether a text is the address of an account or post on a known platform."""
    return "/" in text and "." in text and identify(text) is not None


_SCHEME = re.compile(r"^https?://(?:www\.)?")
_HELD = "\x1f"
_ADDRESS = re.compile(r"(?<![\w.@/-])(?:https?://)?(?:[\w-]{1,60}\.){1,3}[a-z]{2,8}/[@\w./-]{1,120}")


def _unlabelled(text: str) -> str:
    text = text.strip(_EDGE)
    if len(text) > 1 and _OPENERS.get(text[0]) == text[-1]:
        text = text[1:-1].strip(_EDGE)
    inner = next(_inner_labels(text, 0, len(text)), None) if ":" in text else None
    text = text[inner.start() :] if inner and ":" in text[: inner.start()] else text
    for _ in range(3):
        match = _label(text.strip())
        if not match:
            break
        text = text.strip()[match.end() :]
    return _YEAR.sub("", _PLACED.sub(_kept_agency, text.strip()))


def _kept_agency(placed: re.Match[str]) -> str:
    """The place before an equals sign is left out; an agency there is a party of its own."""
    name = placed[0][:-1]
    return f"{name} / " if is_agency(name) else ""


def _unglued(part: str) -> list[str]:
    """Agencies joined by a hyphen or by nothing, and two capitalised names joined by "and" or "for"."""
    if is_agency(part):
        return [part]
    hyphened = [p.strip() for p in part.split("-")]
    if len(hyphened) > 1 and all(is_agency(p) for p in hyphened):
        return hyphened
    for at in range(2, min(len(part) - 1, 20)):
        if not part[at].isascii() and is_agency(part[:at]) and is_agency(part[at:]):
            return [part[:at], part[at:].strip()]
    for joint in (_FOR, _ON, _AND):
        sides = [s.strip() for s in joint.split(part, maxsplit=1)]
        if len(sides) > 1 and _joins(joint, sides):
            return [piece for side in sides for piece in _unglued(side)]
    return [part]


def _joins(joint: re.Pattern[str], sides: list[str]) -> bool:
    """Whether a joining word stands between two names, not inside one: "Center for Studies" is one."""
    names = all(_is_capitalised(side) for side in sides)
    two_people = joint is _AND and all(len(side.split()) > 1 for side in sides)
    return joint is _FOR or (names and (two_people or is_agency(sides[1])))


def _is_capitalised(name: str) -> bool:
    words = name.split()
    return 0 < len(words) <= PERSON_WORDS and all(not w[0].islower() for w in words)


@lru_cache(maxsize=4096)
def _name(piece: str) -> str:
    """The party's name: label, closing word and remarks taken off, known spellings made one."""
    words = _words()
    first, _, behind = piece.partition(" ")
    piece = behind if _fold(first) in words.plain and _fold(behind) in words.agencies else piece
    name = _SCHEME.sub("", _unlabelled(piece)).strip(_EDGE + ".,:;\"“”‘'")
    for _ in range(2):
        if _fold(name) in words.canonical or _fold(name) in words.agencies:
            break
        shorter = words.closer.sub("", name).strip(_EDGE + ",.;'")
        if _HOUSE.fullmatch(name[len(shorter) :]) and not (is_party(shorter) or shorter.casefold().endswith("pool")):
            break
        name = shorter
    return words.canonical.get(_fold(name), name)
