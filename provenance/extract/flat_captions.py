"""Captions and credit lines among flattened lines, known by their form.

What a credit is, `credits` knows; what is here tells when a line is a caption and not a sentence of the story. A line
without any such form stays a paragraph: a missed caption can be added by the desk, an invented one misleads it.
"""

import re
from dataclasses import dataclass
from functools import cache

from provenance.extract import credits as credit_lines
from provenance.extract.flat_dates import dates
from provenance.extract.flat_text import Range, any_of, ends_sentence, fold, sentences, table, trim, words
from provenance.records import MediumKind

LONGEST_CAPTION = 450
"""Agency captions are one to three sentences; longer lines before a credit are prose with a caption as last sentence."""
MOST_SENTENCES = 3
LONGEST_LINE = 3_000
LONGEST_CREDIT = 160
_BRACKETS = {")": "(", "]": "[", "）": "（", "】": "【", "〉": "〈", ">": "<", "］": "［", "』": "『", "〕": "〔"}
_AFTER_CREDIT = re.compile(r"[\s.。*]*(?:(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}\.?)?[\s.。*]*$")
_STOPS = ".!?。…」”\"’』）)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A caption, a credit, or both on one line; ranges are offsets into the line.

    `where` is all that belongs to them with brackets and marks, `shows` the part that says what is seen. `firm` tells
    that the form alone makes it one; otherwise its place on the page must.
    """

    where: Range
    caption: Range | None
    credit: Range | None
    shows: Range | None
    kind: MediumKind
    firm: bool = True


@dataclass(frozen=True, slots=True)
class _Credit:
    """A credit at the end of a line: its words, and from where on nothing is caption."""

    start: int
    end: int
    outer: int
    firm: bool


def read(line: str) -> Caption | None:
    """The caption, credit or both that a line is or ends in; None for prose.

    Args:
        line: one line without blanks around it.
    """
    if len(line) > LONGEST_LINE:
        return None
    mark = _marks().match(line)
    kept = _kept().match(line)
    start = mark.end() if mark else 0
    end = _without_notes(line)
    if start >= end:
        return None
    handed = _handed_over(line, start, end)
    credit = None if handed else _credit(line, start, end, marked=bool(mark or kept))
    if credit:
        return _credited(line, start, credit, marked=bool(mark or kept))
    if handed:
        return handed
    if mark or kept or _is_shown(line):
        return _plain(line, start)
    return None


def is_source_line(line: str) -> bool:
    """Whether a line names the source of the article, not of a picture: "Source: …", "Kaynak: …"."""
    return bool(_sources().match(line))


def _plain(line: str, start: int) -> Caption:
    where = trim(line, start, len(line))
    return Caption(where=(0, len(line)), caption=where, credit=None, shows=where, kind=_kind(line[start:], ""))


def _credited(line: str, start: int, credit: _Credit, *, marked: bool) -> Caption | None:
    caption = trim(line, start, credit.outer, edge="-–—/|／｜")
    text = line[slice(*caption)]
    if not text:
        return Caption(where=(0, len(line)), caption=None, credit=(credit.start, credit.end), shows=None,
                       kind=_kind("", line[credit.start : credit.end]), firm=credit.firm)  # fmt: skip
    parts = sentences(text)
    if not marked and (len(text) > LONGEST_CAPTION or len(parts) > MOST_SENTENCES):
        if not credit.firm:
            return None
        caption = (caption[0] + parts[-1][0], caption[1])
    elif not marked and len(parts) == MOST_SENTENCES and _is_prose(text[slice(*parts[0])]):
        caption = (caption[0] + parts[-1][0], caption[1])
    begin = 0 if caption[0] == trim(line, start, credit.outer)[0] else caption[0]
    return Caption(where=(begin, len(line)), caption=caption, credit=(credit.start, credit.end), shows=caption,
                   kind=_kind(line[slice(*caption)], line[credit.start : credit.end]), firm=credit.firm or marked or _is_shown(text))  # fmt: skip


def _is_prose(sentence: str) -> bool:
    return len(sentence) > LONGEST_CREDIT // 2


# ------------------------------------------------------------------ credits at the end


def _credit(line: str, start: int, end: int, *, marked: bool) -> _Credit | None:
    """The credit that a line ends in, by the first form that fits."""
    for form in (_bracketed, _labelled, _captured, _chained, _signed, _known):
        found = form(line, start, end)
        if found:
            return found
    return _slashed(line, start, end) if marked else None


def _bracketed(line: str, start: int, end: int) -> _Credit | None:
    """In brackets at the end."""
    stop = end
    while stop > start and line[stop - 1] in " .。\xa0":
        stop -= 1
    opening = _BRACKETS.get(line[stop - 1]) if stop > start else None
    at = _opening(line, opening, line[stop - 1], start, stop) if opening else -1
    if at < 0:
        return None
    inner = trim(line, at + 1, stop - 1)
    strength = _strength(line[slice(*inner)], after_stop=not line[start:at].strip() or line[start:at].rstrip().endswith(tuple(_STOPS)), stopped=stop < end)
    chain = _agency_chain(line, start, at) if strength else None
    if chain is not None:
        return _Credit(chain, stop, chain, firm=True)
    return _Credit(*inner, at, firm=strength == "firm") if strength else None


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
    label = _label_at_start(inner)
    if label and inner[label:].strip():
        return "firm" if after_stop or not is_source_line(inner) else "weak"
    if _capture_words(inner):
        return "firm"
    if not inner or stopped:
        return ""
    if credit_lines.looks_like_credit(inner, loose=True) or fold(inner) in _platforms():
        chained = len(credit_lines.parties(inner)) > 1 or "=" in inner
        return "firm" if chained and (after_stop or "=" in inner or "/" in inner or " via " in inner) else "weak" if after_stop else ""
    return "weak" if after_stop and _is_name(inner) else ""


def _is_name(inner: str) -> bool:
    """An acronym, or two to eight words of which each is capitalised or joins two that are."""
    parts = inner.split()
    if len(parts) == 1:
        return inner.isupper() and inner.isalpha() and 3 <= len(inner) <= 10  # noqa: PLR2004
    small = [w for w in parts if not w[0].isupper()]
    return 2 <= len(parts) <= 12 and len(small) <= len(parts) // 3 and parts[0][0].isupper() and not any(c.isdigit() for c in inner) and not ends_sentence(inner)  # noqa: PLR2004


def _labelled(line: str, start: int, end: int) -> _Credit | None:
    """`Photo: X` at the start, or behind a full stop, a dash or a bar."""
    whole = _label_at_start(line[start:end])
    if whole and not (is_source_line(line[start:end])):
        at = trim(line, start, end)[0]
        return _Credit(at, trim(line, at, end)[1], at, firm=True) if _short_name(line[start + whole : end]) else None
    floor = max(start, end - LONGEST_CREDIT)
    for match in _inner_labels().finditer(line, floor, end):
        at = match.start("label")
        if _short_name(line[match.end() : end]) and not is_source_line(line[at:end]):
            return _Credit(at, trim(line, at, end)[1], match.start(), firm=True)
    return None


def _short_name(text: str) -> bool:
    """Whether what follows a label can be who made it: no sentence, and not mostly small words."""
    text = text.strip().rstrip(".")
    if not 0 < len(text) <= LONGEST_CREDIT or re.search(r"[.!?]\s+\w+\s+\w+\s+\w", re.sub(r"\"[^\"]*\"|«[^»]*»", "", text)) or _KOREAN_END.search(text):
        return False
    parts = [w for w in re.split(r"[\s/|,;·]+", text) if w[:1].isalpha()]
    small = [w for w in parts if w[0].islower() and "." not in w and fold(w) not in _joining()]
    return len(parts) <= 16 and (not parts or len(small) * 2 <= len(parts)) and not (len(parts) > 1 and text.endswith(("。", "다")))  # noqa: PLR2004


_KOREAN_END = re.compile(r"(?:다|요|까)[.?!]?$")


def _captured(line: str, start: int, end: int) -> _Credit | None:
    """`翻攝X`, `X 캡처`, `Images courtesy of X`: alone on the line or behind a full stop."""
    at = start
    for stop in (start, *_stops(line, start, end)):
        piece = trim(line, stop, end)
        if piece[0] < piece[1] and piece[1] - piece[0] <= LONGEST_CREDIT // 2 and _capture_words(line[slice(*piece)]):
            at = piece[0]
            return _Credit(at, piece[1], at, firm=True)
    return None


def _capture_words(text: str) -> bool:
    """Whether a short text is a name with a word that says it was taken from there."""
    low = fold(text).strip(" ./()（）*")
    before, after = _captures()
    head, tail = before.match(low), after.search(low)
    rest = low[head.end() :] if head else low[: tail.start()] if tail else ""
    return 0 < len(rest.strip()) <= 60 and not re.search(r"[.!?。]\s", rest) and not _KOREAN_END.search(rest) and (not tail or bool(head) or len(rest.split()) <= 6)  # noqa: PLR2004


def _chained(line: str, start: int, end: int) -> _Credit | None:
    """A whole line of names joined by slashes or commas, one of them an agency or a site: `Name / POOL / TASS`."""
    text = line[start:end].strip()
    if len(text) > LONGEST_CREDIT or ends_sentence(text) or _looks_dated(text):
        return None
    names = credit_lines.parties(text)
    joined = re.search(r"\s/\s|\w/\w", text)
    known = [n for n in names if credit_lines.is_agency(n) or _DOMAIN.fullmatch(n)]
    if len(names) == 1 and known and _DOMAIN.fullmatch(text):
        return _Credit(*trim(line, start, end), start, firm=False)
    if joined and known and _short_name(text) and not any(c.isdigit() for c in text):
        return _Credit(*trim(line, start, end), start, firm=True)
    return None


_DOMAIN = re.compile(r"(?:[\w-]{2,30}\.){1,3}[a-zа-я]{2,6}")


def _looks_dated(text: str) -> bool:
    return next(dates(text), None) is not None


def _agency_chain(line: str, start: int, end: int) -> int | None:
    """Where a chain that begins with an agency starts: `… EFE/EPA/NAME / POOL Name (…)`."""
    for match in re.finditer(r"(?<=[.)\s])(\w{2,12})/\w", line[max(start, end - LONGEST_CREDIT) : end]):
        if credit_lines.is_agency(match[1]):
            return max(start, end - LONGEST_CREDIT) + match.start()
    return None


def _signed(line: str, start: int, end: int) -> _Credit | None:
    """Behind a copyright sign, at the start or glued to the caption."""
    floor = max(start, end - LONGEST_CREDIT)
    match = _copyright().search(line, floor, end)
    if not match or not _short_name(line[match.end() : end]) or re.match(r"\s?(?:19|20)\d\d", line[match.end() : end]):
        return None
    return _Credit(match.start(), trim(line, match.start(), end)[1], match.start(), firm=bool(line[start : match.start()].strip()))


def _known(line: str, start: int, end: int) -> _Credit | None:
    """An agency behind the full stop, a slash, a dash or a bar, as `credits` finds it."""
    found = _after_slash(line, start, end)
    if found:
        return found
    for at in _stops(line, max(start, end - LONGEST_CREDIT), end):
        piece = trim(line, at, end)
        text = line[slice(*piece)]
        if text and _is_bare_credit(text):
            return _Credit(*piece, piece[0], firm=len(credit_lines.parties(text)) > 1)
    for match in re.finditer(r"\s[-–—|]\s", line[max(start, end - LONGEST_CREDIT) : end]):
        at = max(start, end - LONGEST_CREDIT) + match.end()
        if _is_bare_credit(line[at:end].strip()):
            return _Credit(*trim(line, at, end), at - len(match[0]), firm=False)
    return None


def _is_bare_credit(text: str) -> bool:
    return credit_lines.looks_like_credit(text) and not ends_sentence(text) and not is_source_line(text)


def _after_slash(line: str, start: int, end: int) -> _Credit | None:
    """`… 했다. /연합뉴스`: a slash behind the full stop; a reporter's name there is a byline."""
    match = re.search(r"[.。”\"!?…]\s{0,2}[/／]\s?([^/／.。\n]{2,60}(?:/[^/.。\n]{2,40})?)$", line[max(start, end - 110) : end])
    if not match or _is_writer(match[1]) or not _short_name(match[1]):
        return None
    at = max(start, end - 110) + match.start(1)
    return _Credit(at, trim(line, at, end)[1], at - 1, firm=True)


def _is_writer(text: str) -> bool:
    return text.strip().endswith(tuple(words(table("flat_bylines")["after"])))


def _slashed(line: str, start: int, end: int) -> _Credit | None:
    """In a marked caption any `NAME/Name` behind the full stop."""
    for at in _stops(line, max(start, end - LONGEST_CREDIT), end):
        piece = trim(line, at, end)
        text = line[slice(*piece)]
        if "/" in text and _short_name(text) and not ends_sentence(text):
            return _Credit(*piece, piece[0], firm=True)
    return None


def _stops(line: str, start: int, end: int) -> list[int]:
    return [at for at in range(start + 1, end) if line[at - 1] in ".!?。…」”\"" and line[at] not in ".!?。…」”\"),"]


def _without_notes(line: str) -> int:
    """The end of a line without the warnings and dates that stand behind a bracketed credit."""
    end = len(line)
    note = _notes().search(line, max(0, end - LONGEST_CREDIT))
    end = note.start() if note else end
    dated = _AFTER_CREDIT.search(line[:end])
    if dated and line[: dated.start()].rstrip().endswith((")", "]", "）")):
        end = dated.start() if any(c.isdigit() for c in dated[0]) else end
    return trim(line, 0, end)[1]


# ------------------------------------------------------------------ captions without a credit


def _handed_over(line: str, start: int, end: int) -> Caption | None:
    """"…, in this grab from a video provided by X.": the credit is in the sentence."""
    parts = sentences(line[start:end])
    if len(parts) > MOST_SENTENCES or end - start > LONGEST_CAPTION:
        return None
    match = _phrases().search(line, start, end)
    if not match:
        return None
    giver = _givers().search(line, match.start(), end)
    stop = trim(line, start, end, edge=".")[1]
    stop = min([stop, *(start + b - 1 for a, b in parts if giver and start + a <= giver.start() < start + b)])
    shows = trim(line, start, match.start(), edge=",;")
    caption = trim(line, start, end)
    return Caption(where=(0, len(line)), caption=caption, credit=trim(line, giver.start(), stop, edge=".") if giver else None,
                   shows=shows if shows[0] < shows[1] else caption, kind=_kind(match[0], ""))  # fmt: skip


def _is_shown(line: str) -> bool:
    """Whether a short line speaks as captions do: where people stand, what a phrase without verb shows, present and date."""
    if len(line) > LONGEST_CAPTION or len(sentences(line)) > MOST_SENTENCES - 1:
        return False
    return _has_positions(line) or _is_korean_phrase(line) or _is_present(line)


def _has_positions(line: str) -> bool:
    full, lone = _positions()
    return bool(full.search(line)) or len(lone.findall(line)) > 1


def _is_korean_phrase(line: str) -> bool:
    data = table("flat_credits")["ending"]
    bare = line.rstrip(" .")
    if len(line) <= LONGEST_CREDIT and bare.endswith(tuple(data["words"])):
        return True
    return len(line) <= LONGEST_CREDIT // 2 and bare.endswith(tuple(data["noun"])) and any(w in bare[-30:] or f"{w} " in bare for w in data["taken"]) and not ends_sentence(line)


def _is_present(line: str) -> bool:
    """A sentence in the present tense with a full date at its end, as English captions are written."""
    if len(sentences(line)) != 1 or not _present().search(line):
        return False
    last = [d for d in dates(line[-40:], "en") if d.precision == "day"]
    return bool(last) and not line[-40:][last[-1].end :].strip(" .")


def _kind(caption: str, credit: str) -> MediumKind:
    """The kind that the label names, else the words of the caption."""
    label = _label_at_start(credit)
    named = _kind_of(credit[:label]) if label else None
    moving = bool(_moving().search(caption))
    if named == "video-grab" or _grabs().search(caption) or (moving and _capture_words(credit)):
        return "video-grab"
    if named and named != "photo":
        return named
    if not named and credit and _shots().search(credit):
        return "screenshot"
    return "screenshot" if _shots().search(caption[:60]) else "photo"


def _kind_of(label: str) -> MediumKind | None:
    low = fold(label).strip(" :=：＝-–—©")
    for kind in ("video-grab", "screenshot", "graphic", "document", "video", "photo"):
        if low in _labels_of(kind) or any(low.endswith(w) and len(w) > 1 for w in _labels_of(kind)) or any(low.startswith(w + " ") for w in _labels_of(kind)):
            return kind
    return None


# ------------------------------------------------------------------ the word lists, compiled


@cache
def _labels_of(kind: str) -> frozenset[str]:
    return frozenset(fold(w) for w in words(table("flat_credits")["label"][kind]))


def _all_labels() -> str:
    return any_of(w for kind, part in table("flat_credits")["label"].items() if kind != "source" for w in words(part))


_SIGN = r"(?:\s?[:：=＝]\s?|\s(?=©)|\s(?:©|ⓒ)\s?)"


@cache
def _label_start() -> re.Pattern[str]:
    by = any_of(words(table("flat_credits")["by"]))
    korean = r"(?:[가-힣]{1,6}\s?)?"
    german = r"\w{0,14}(?:bild|foto|video|grafik|aufnahme)"
    return re.compile(rf"(?:{_all_labels()}|{german}|{korean}(?:{any_of(_korean_labels())}))(?:\s(?:{by})(?=\s[A-ZÀ-ÞА-Я@])|{_SIGN}|-(?=[가-힣\w]))|(?:📷|📸|🎥|📹)\s?[:：]?\s?", re.IGNORECASE)


def _korean_labels() -> list[str]:
    labels = table("flat_credits")["label"]
    return [w for kind in labels.values() for w in kind.get("ko", ())]


def _label_at_start(text: str) -> int:
    """The length of the label that a text begins with, its sign included; 0 without one."""
    match = _label_start().match(text.lstrip()) or _sources().match(text)
    return match.end() if match else 0


@cache
def _inner_labels() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=[.!?。…»”\")）\]])\s{{0,3}}|\s{{1,2}}[-–—|/·]\s?|\s[(（]|(?<=[.。])\s?[/／]\s?)(?P<label>{_label_start().pattern})", re.IGNORECASE)


@cache
def _sources() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words(table('flat_credits')['label']['source']))})\s?[:：=＝]\s?", re.IGNORECASE)


@cache
def _captures() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = table("flat_credits")["capture"]
    return re.compile(any_of(fold(w) for w in data["before"])), re.compile(rf"(?:{any_of(fold(w) for w in data['after'])})$")


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(table('flat_credits')['mark']['dropped'])})\s?", re.IGNORECASE)


@cache
def _kept() -> re.Pattern[str]:
    return re.compile(any_of(table("flat_credits")["mark"]["kept"]), re.IGNORECASE)


@cache
def _positions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = dict(table("flat_credits")["position"])
    lone = {fold(w) for w in data.pop("lone")}
    full = any_of(w for w in words(data) if fold(w) not in lone)
    inner = rf"(?:[^\W\d_]{{2,12}}[ ,]{{1,2}})?(?:{full})(?:[ ,]{{1,2}}[^\W\d_]{{2,12}})?"
    return re.compile(rf"[(（]\s?{inner}\s?[)）]", re.IGNORECASE), re.compile(rf"[(（](?:{any_of(lone)}|\dº?-?[LRD])[)）]", re.IGNORECASE)


@cache
def _phrases() -> re.Pattern[str]:
    data = table("flat_credits")["phrase"]
    givers = any_of(data["by"])
    return re.compile("|".join(p.replace("{by}", givers) for lang, part in data.items() if lang != "by" for p in part), re.IGNORECASE)


@cache
def _givers() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(w for w in table('flat_credits')['phrase']['by'] if w not in {'from', 'via'})})\b", re.IGNORECASE)


@cache
def _copyright() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(table('flat_credits')['copyright']['signs'])})\s?", re.IGNORECASE)


@cache
def _notes() -> re.Pattern[str]:
    return re.compile(any_of(table("flat_credits")["note"]["words"]), re.IGNORECASE)


@cache
def _platforms() -> frozenset[str]:
    return frozenset(fold(w) for w in table("flat_credits")["platform"]["words"])


@cache
def _present() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(words(table('flat_credits')['present']))})\b")


@cache
def _moving() -> re.Pattern[str]:
    return re.compile(r"\b(?:video|footage|clip|vídeo|vidéo|видео|відео)\b|영상|映像|動画|视频|視頻|影片", re.IGNORECASE)


@cache
def _grabs() -> re.Pattern[str]:
    return re.compile(r"\b(?:video grab|screen ?grab|frame grab|grab from|video still|still from|frame from|taken from (?:a )?video|image from video|captura de v[ií]deo|fotograma|стоп-кадр|кадр из видео|кадр з відео|standbild)\b|영상 ?캡처|동영상 ?캡처|视频截图|影片截圖", re.IGNORECASE)


@cache
def _shots() -> re.Pattern[str]:
    return re.compile(r"\b(?:screenshot|screen capture|bildschirmfoto|captura de pantalla|capture d.écran|скриншот|скріншот|ekran görüntüsü|zrzut ekranu)\b|스크린샷|캡처|갈무리|截图|截圖|スクリーンショット", re.IGNORECASE)


@cache
def _joining() -> frozenset[str]:
    return frozenset("of and the for by von van de del la le du des da do dos di der und et y e и і via vía an af av bin al el ibn zu zvg".split())


def giver_name(credit: str) -> str:
    """What names the giver in "provided by the agency NAME": the run of capitalised words at the end, else the whole."""
    match = _givers().match(credit)
    if not match:
        return credit
    kept: list[str] = []
    for word in reversed(credit[match.end() :].split()):
        if not (word[0].isupper() or not word[0].isalpha() or fold(word) in _joining()):
            break
        kept.insert(0, word)
    while kept and fold(kept[0]) in _joining():
        kept.pop(0)
    return " ".join(kept) or credit[match.end() :].strip()
