"""The forms of captions and credits as patterns, made from `data/flat_credits.toml` and cached."""

import re
from functools import cache
from typing import Any

from provenance.extract.flat_text import any_of, fold, table, words

_SIGN = r"(?:(?<=\w\w\.)\s?(?=[A-ZÀ-ÞĄ-ŽΑ-Ω])|\s?[:：=＝]\s?|\s(?=©)|\s(?:©|ⓒ)\s?)"

_JOINED = r"(?<=[가-힣])-(?=[가-힣\w])|(?<=[图圖片照])\s?[/／]\s?|(?<=[写真影像画])・|(?<=[\u0900-\u097f])\s?[-–]\s?"
"""Signs that only some scripts put behind a label: `사진-`, `圖／`, `撮影・`, `फोटो-`."""


_PAIR = r"\s(?-i:(?=[A-ZÀ-ÞА-ЯІЇЄ][\w.-]{2,30}(?:\s[A-ZÀ-ÞА-ЯІЇЄ][\w.-]{2,30})?\s?/\s?[A-ZÀ-ÞА-ЯІЇЄ@]))"
"""No sign at all, where two names stand behind it with a slash between: `Foto Severofoto/Ilona Bartáková`."""


def _data(*path: str) -> Any:
    part: Any = table("flat_credits")
    for name in path:
        part = part[name]
    return part


@cache
def labels_of(kind: str) -> frozenset[str]:
    """The labels that name one kind of medium, folded."""
    return frozenset(fold(w) for w in words(_data("label", kind)))


@cache
def label() -> re.Pattern[str]:
    """A label with its sign, at the start of a credit: `Photo: `, `사진=`, `圖／`, `撮影・`, `Foto von `, `Фото © `."""
    plain = any_of(w for kind, part in _data("label").items() if kind != "source" for w in words(part))
    korean = any_of(w for part in _data("label").values() for w in part.get("ko", ()))
    german = r"\w{0,14}(?:bild|foto|video|grafik|aufnahme)"
    by = any_of(_data("by", "words"))
    named = rf"(?:{plain}|{german}|(?:[가-힣]{{1,6}}\s?)?(?:{korean}))"
    ended = rf"(?:\s(?:{by})(?=\s[A-ZÀ-ÞА-Я@])|{_SIGN}|{_JOINED}|{_PAIR})"
    return re.compile(rf"{named}{ended}|(?:📷|📸|🎥|📹)\s?[:：]?\s?", re.IGNORECASE)


def label_length(text: str) -> int:
    """The length of the label that a text begins with, its sign included; 0 without one."""
    match = label().match(text.lstrip()) or source().match(text)
    return match.end() if match else 0


@cache
def inner_label() -> re.Pattern[str]:
    """A label inside a line: behind a full stop, a dash, a bar, a slash or an opening bracket."""
    before = r"(?<=[.!?。।؟…»”\")）\]])\s{0,3}|\s{1,2}[-–—|/·]\s?|\s[(（]|(?<=[.。])\s?[/／]\s?"
    return re.compile(rf"(?:{before})(?P<label>{label().pattern})", re.IGNORECASE)


@cache
def source() -> re.Pattern[str]:
    """A label that names a source: of a picture only where it stands in brackets behind a caption."""
    return re.compile(rf"(?:{any_of(words(_data('label', 'source')))})\s?[:：=＝]\s?", re.IGNORECASE)


@cache
def captures() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words before and behind a name that say that the picture was taken from there."""
    before, after = (any_of(fold(w) for w in _data("capture", key)) for key in ("before", "after"))
    return re.compile(before), re.compile(rf"(?:{after})$")


@cache
def given() -> tuple[str, ...]:
    """Words behind a name that also end other phrases, so only a short name counts before them."""
    return tuple(_data("capture", "given"))


@cache
def notice() -> re.Pattern[str]:
    """Words of a page's own copyright notice."""
    return re.compile(any_of(_data("copyright", "notice")), re.IGNORECASE)


@cache
def marks() -> re.Pattern[str]:
    """Marks before a caption that are no part of it: `▲`, `PIE DE FOTO:`."""
    return re.compile(rf"(?:{any_of(_data('mark', 'dropped'))})\s?", re.IGNORECASE)


@cache
def kept_marks() -> re.Pattern[str]:
    """Marks before a caption that belong to it: `FILE PHOTO:`, `Archivbild:`."""
    return re.compile(any_of(_data("mark", "kept")), re.IGNORECASE)


@cache
def positions() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Where someone stands in the picture: a word in brackets; a lone letter for left; one for elsewhere."""
    data = dict(_data("position"))
    lone, left = any_of(data.pop("lone")), any_of(data.pop("lone_left"))
    inner = rf"(?:[^\W\d_]{{2,12}}[ ,]{{1,2}})?(?:{any_of(words(data))})(?:[ ,]{{1,2}}[^\W\d_]{{2,12}})?"
    return (
        re.compile(rf"[(（]\s?{inner}\s?[)）]", re.IGNORECASE),
        re.compile(rf"[(（](?:{left})[)）]", re.IGNORECASE),
        re.compile(rf"[(（](?:{lone}|\dº?-?[LRD])[)）]", re.IGNORECASE),
    )


@cache
def phrases() -> re.Pattern[str]:
    """Phrases in a caption's sentence: "in this grab from a video provided by"."""
    by = any_of(_data("phrase", "by"))
    listed = (p for key, part in _data("phrase").items() if not key.endswith("by") for p in part)
    return re.compile("|".join(p.replace("{by}", by) for p in listed), re.IGNORECASE)


def hints(line: str) -> bool:
    """Whether a line can hold one of the phrases at all; cheap, because nearly every line is asked."""
    low = line.lower()
    return any(hint in low for hint in _data("hint", "words"))


@cache
def givers() -> re.Pattern[str]:
    """Words of such a phrase behind which the giver is named."""
    listed = (w for key, part in _data("phrase").items() if key.endswith("by") for w in part if w not in {"from", "via"})
    return re.compile(rf"\b(?:{any_of(listed)})\b", re.IGNORECASE)


@cache
def copyright_sign() -> re.Pattern[str]:
    """A copyright sign."""
    return re.compile(rf"(?:{any_of(_data('copyright', 'signs'))})\s?", re.IGNORECASE)


@cache
def notes() -> re.Pattern[str]:
    """Warnings behind a credit: "no resales"."""
    return re.compile(any_of(_data("note", "words")), re.IGNORECASE)


@cache
def platforms() -> frozenset[str]:
    """Names of platforms as credits print them, folded."""
    return frozenset(fold(w) for w in _data("platform", "words"))


@cache
def present() -> re.Pattern[str]:
    """Verbs in the present tense that captions use."""
    return re.compile(rf"\b(?:{any_of(words(_data('present')))})\b")


@cache
def shown(kind: str) -> re.Pattern[str]:
    """Words of a caption or credit that say that it is of a kind: `moving`, `grab`, `shot`."""
    return _words_of("shown", kind)


def _words_of(*path: str) -> re.Pattern[str]:
    """Any of the listed words; in scripts from Hangul on, where words join, also inside a run of letters."""
    spaced = any_of(w for w in _data(*path) if ord(w[0]) < 0x1100)  # noqa: PLR2004 -- the first code point of Hangul
    joined = any_of(w for w in _data(*path) if ord(w[0]) >= 0x1100)  # noqa: PLR2004 -- the same
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)" + (f"|{joined}" if joined else ""), re.IGNORECASE)


@cache
def wire() -> re.Pattern[str]:
    """A Chinese credit that stands behind the caption without any sign."""
    return re.compile("|".join(_data("capture", "wire")))


@cache
def telling() -> re.Pattern[str]:
    """Words of a story: "said", "according to"."""
    return _words_of("telling", "words")


@cache
def joining() -> frozenset[str]:
    """Small words inside names: "of", "de", "van"."""
    return frozenset(_data("joining", "words"))


@cache
def korean_endings() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Nouns that end a caption without a verb, participles of taking and showing, nouns for pictures."""
    return tuple(_data("ending", "words")), tuple(_data("ending", "taken")), tuple(_data("ending", "noun"))
