"""Foreign text made harmless for people: what would act or hide is shown instead.

Control characters move a terminal's cursor, bidirectional controls reorder what the eye reads (Unicode TR 36,
section 2.5; CVE-2021-42574): both are printed by their number. Letters of every script stay as they are.
"""

import re
import unicodedata
from collections import Counter
from typing import Literal
from urllib.parse import urlsplit

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NEWLINES = re.compile("[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+")
ACTIVE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_BIDI}\u2028\u2029\ufff9-\ufffb\ud800-\udfff]")
"""One character that acts on what shows it, or that no encoding can hold; tab and line ends are not among them."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_FIRST_PRINTED = 0xA0
"""The first code point after the C1 controls."""
_NOT_IN_LINK = re.compile(r"[\s\\<>\"`{}|^]")
_NARROW = frozenset("iljtfrI.,:;|'!()[]/ ")
_WIDE = frozenset("WMmw@%—…")


def shown(character: str) -> str:
    r"""An active character by its number: `\x1b` for a control, `<U+202E>` for one that hides or reorders."""
    code = ord(character)
    return f"\\x{code:02x}" if code < _FIRST_PRINTED else f"<U+{code:04X}>"


def visible(text: str) -> str:
    """The text with its active characters shown by number; tabs and line ends stay."""
    return ACTIVE.sub(lambda found: shown(found.group()), text)


def terminal_safe(text: str) -> str:
    """Foreign text for one line of a terminal.

    Line ends and tabs are folded to one space; every other control, escape or bidirectional character is shown by its number.
    """
    return visible(_NEWLINES.sub(" ", text))


def width(text: str) -> float:
    """A cautious estimate of the text's width in the page's font, where a common small letter is 1."""
    return sum(map(_columns, text))


def shorten(text: str, columns: float) -> str:
    """The text cut to an estimated width, with an ellipsis where something was cut."""
    if len(text) <= columns * 3 and width(text) <= columns:
        return text
    kept, used = [], 1.0
    for character in text:
        used += _columns(character)
        if used > columns:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def direction(text: str) -> Literal["ltr", "rtl"]:
    """The direction in which most letters of the text are written."""
    kinds = Counter(unicodedata.bidirectional(character) for character in text)
    return "rtl" if kinds["R"] + kinds["AL"] > kinds["L"] else "ltr"


def language(tag: str | None) -> str | None:
    """A language tag fit for a `lang` attribute (RFC 5646, main forms), or None."""
    return tag if tag and _LANGUAGE.fullmatch(tag) else None


def is_link(address: str | None) -> bool:
    """Whether an address may be made a link: http or https, a host, no login in it, nothing that hides."""
    if not address or _NOT_IN_LINK.search(address) or ACTIVE.search(address):
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def _columns(character: str) -> float:
    if unicodedata.combining(character):
        return 0
    if character in _NARROW:
        return 0.65
    if character in _WIDE or unicodedata.east_asian_width(character) in "WF":
        return 2
    return 1.35 if character.isupper() else 1
