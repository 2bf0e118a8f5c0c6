"""Captions and credit lines among flattened lines, known by their form.

What a credit is, `credits` knows; what is here tells when a line is a caption and not a sentence of the story. A line
without any such form stays a paragraph: a missed caption can be added by the desk, an invented one misleads it.
"""

import re
from dataclasses import dataclass

from provenance.extract import flat_forms as forms
from provenance.extract.flat_credits import LONGEST_CREDIT, Credit, find, is_capture, without_notes
from provenance.extract.flat_dates import dates
from provenance.extract.flat_text import Range, ends_sentence, fold, sentences, trim
from provenance.records import MediumKind

LONGEST_CAPTION = 450
"""Agency captions are one to three sentences; longer lines before a credit are prose with a caption as last sentence."""
MOST_SENTENCES = 3
LONGEST_LINE = 3_000
LONGEST_WEAK = 250
"""A name alone in brackets makes a caption only of a short line."""
_KINDS: tuple[MediumKind, ...] = ("video-grab", "screenshot", "graphic", "document", "video", "photo")
_SPOKEN = '“”"«»„「」'
_GIVEN = re.compile(r",|\s(?:on|in|at)\s(?=[A-Z])|\s(?:shows?|depicts?)\s|\s(?:el|le|em|am|il)\s(?=\d)")
"""Where the giver's name ends inside a sentence: at a comma, a date, a place, or the verb."""
_SHOWS = re.compile(r"\b(?:shows?|depicts?)\s")
_INSIDE = tuple(f"{bracket}{stop}" for bracket in ")]）】" for stop in ".。")


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


def read(line: str) -> Caption | None:
    """The caption, credit or both that a line is or ends in; None for prose.

    Args:
        line: one line without blanks around it.
    """
    if len(line) > LONGEST_LINE:
        return None
    mark = forms.marks().match(line)
    marked = bool(mark or forms.kept_marks().match(line))
    start, end = mark.end() if mark else 0, without_notes(line)
    if start >= end:
        return None
    credit = find(line, start, end, marked=marked)
    if credit and (found := _credited(line, start, credit, marked=marked)):
        return found
    return _handed_over(line, start, end) or (_plain(line, start) if marked or _is_shown(line) else None)


def _plain(line: str, start: int) -> Caption:
    where = trim(line, start, len(line))
    return Caption(where=(0, len(line)), caption=where, credit=None, shows=where, kind=_kind(line[start:], ""))


def _credited(line: str, start: int, credit: Credit, *, marked: bool) -> Caption | None:
    """The caption before a credit; None where a doubtful credit ends prose."""
    whole = trim(line, start, credit.outer, edge="-–—/|／｜")
    named = (credit.start, credit.end)
    if whole[0] == whole[1]:
        kind = _kind("", line[slice(*named)])
        return Caption(where=(0, len(line)), caption=None, credit=named, shows=None, kind=kind, firm=credit.firm)
    text = line[slice(*whole)]
    parts = sentences(text)
    if not marked and not credit.firm and _is_long(text, parts):
        return None
    last = not marked and len(parts) > 1 and (_is_long(text, parts) or _stands_inside(line) or _is_prose(text, parts))
    caption = (whole[0] + parts[-1][0], whole[1]) if last else whole
    firm = credit.firm or marked or _is_shown(text)
    kind = _kind(line[slice(*caption)], line[slice(*named)])
    begin = caption[0] if last else 0
    return Caption(where=(begin, len(line)), caption=caption, credit=named, shows=caption, kind=kind, firm=firm)


def _is_long(text: str, parts: list[Range]) -> bool:
    return len(text) > LONGEST_CAPTION or len(parts) > MOST_SENTENCES


def _stands_inside(line: str) -> bool:
    """Whether the credit's bracket stands before the last full stop, so that it belongs to that sentence."""
    return line.rstrip().endswith(_INSIDE)


def _is_prose(text: str, parts: list[Range]) -> bool:
    """Whether so much stands before the last sentence that only the last is the caption."""
    return len(parts) == MOST_SENTENCES and len(text[slice(*parts[0])]) > LONGEST_CREDIT // 2


def _handed_over(line: str, start: int, end: int) -> Caption | None:
    """The credit inside the sentence: "…, in this grab from a video provided by X."."""
    match = forms.phrases().search(line, start, end) if forms.hints(line) and end - start <= LONGEST_CAPTION else None
    parts = sentences(line[start:end]) if match else []
    if not match or len(parts) > MOST_SENTENCES:
        return None
    giver = forms.givers().search(line, match.start(), end)
    caption = trim(line, start, end)
    whole = next((start + b for a, b in parts if giver and start + a <= giver.start() < start + b), end)
    ended = _GIVEN.search(line, giver.end(), whole) if giver else None
    stop = ended.start() if ended else trim(line, start, whole, edge=".")[1]
    before = trim(line, start, match.start(), edge=",;")
    verb = _SHOWS.search(line, giver.end(), caption[1]) if giver else None
    after = verb or ended
    shows = before if len(line[slice(*before)].split()) > 1 or not after else trim(line, after.end(), caption[1], edge=",")
    credit = trim(line, giver.start(), stop, edge=".,") if giver else None
    shows = shows if shows[0] < shows[1] else caption
    return Caption(where=(0, len(line)), caption=caption, credit=credit, shows=shows, kind=_kind(match[0], ""))


def _is_shown(line: str) -> bool:
    """Whether a short line speaks as captions do: where people stand, what a phrase without verb shows, present and date."""
    if len(line) > LONGEST_CAPTION or not (_has_positions(line) or _is_korean_phrase(line) or _is_present(line)):
        return False
    return len(sentences(line)) < MOST_SENTENCES and not tells(line)


def tells(line: str) -> bool:
    """Whether a line quotes or reports, as stories do and captions seldom."""
    return any(c in line for c in _SPOKEN) or bool(forms.telling().search(line))


def _has_positions(line: str) -> bool:
    if "(" not in line and "（" not in line:
        return False
    full, left, other = forms.positions()
    return bool(full.search(line)) or bool(left.search(line) and other.search(line))


def _is_korean_phrase(line: str) -> bool:
    """A phrase that ends in a noun for what is seen, or in "photo" with how it was had before it."""
    nouns, taken, pictures = forms.korean_endings()
    bare = line.rstrip(" .")
    if len(line) <= LONGEST_CREDIT and bare.endswith(nouns):
        return True
    return (
        len(line) <= LONGEST_CREDIT // 2
        and bare.endswith(pictures)
        and not ends_sentence(line)
        and any(f"{w} " in bare for w in taken)
    )


def _is_present(line: str) -> bool:
    """A sentence in the present tense with a full date at its end, as English captions are written."""
    if not any(c.isdigit() for c in line[-7:]) or len(sentences(line)) != 1 or not forms.present().search(line):
        return False
    last = [d for d in dates(line[-40:], "en") if d.precision == "day"]
    return bool(last) and not line[-40:][last[-1].end :].strip(" .")


def _kind(caption: str, credit: str) -> MediumKind:
    """The kind that the label names, else the words of the caption."""
    label = forms.label_length(credit)
    named = _kind_of(credit[:label]) if label else None
    moving = bool(forms.shown("moving").search(caption))
    if named == "video-grab" or forms.shown("grab").search(caption) or (moving and is_capture(credit)):
        return "video-grab"
    if named and named != "photo":
        return named
    if not named and forms.shown("moving").search(credit):
        return "video"
    if not named and credit and forms.shown("shot").search(credit):
        return "screenshot"
    return "screenshot" if forms.shown("shot").search(caption[:60]) else "photo"


def _kind_of(label: str) -> MediumKind | None:
    low = fold(label).strip(" :=：＝-–—©")
    exact = next((kind for kind in _KINDS if low in forms.labels_of(kind)), None)
    return exact or next((kind for kind in _KINDS if any(_is_part(w, low) for w in forms.labels_of(kind))), None)


def _is_part(word: str, label: str) -> bool:
    """Whether a label ends in a listed word, or begins with it: "radarbild", "video credit"."""
    return label.startswith(word + " ") or (len(word) > 1 and label.endswith(word))
