"""Bytes to text: byte-order mark, then what was declared, then what the document says, then detection.

Nothing is lost silently: bytes that are none of the encoding's become U+FFFD and are counted in a warning.
"""

import codecs
import re

from provenance.extract.dom import detect_encoding

REPLACEMENT = "\ufffd"
PRESCAN = 4_096
"""Bytes searched for a declaration; the HTML standard says 1024, real pages put it later."""
TOO_BAD = 0.02
"""Share of replaced characters above which a declaration is taken to be wrong and detection is asked."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"<meta[^>]{0,300}?charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s{0,3}=\s{0,3}[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_ALIASES = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "windows-1252": "cp1252",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "windows-949": "cp949",
    "ks_c_5601": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "iso-8859-11": "cp874",
    "x-user-defined": "cp1252",
    "utf8": "utf-8",
    "unicode": "utf-16",
    "x-mac-cyrillic": "mac_cyrillic",
}
"""Labels that mean another encoding in practice, from the WHATWG Encoding Standard."""


def decode(content: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Decode a document.

    Args:
        content: the bytes as received.
        declared: the encoding that the server or the caller stated.

    Returns:
        The text, without a byte-order mark, and warnings: what could not be decoded, and when a declaration was wrong.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _replaced(content[len(mark) :] if name != "utf-32" else content, name, ())
    stated = [_known(label) for label in (declared, _meta(content))]
    wrong: tuple[str, ...] = ()
    for name in filter(None, stated):
        if name.startswith("utf-16") and content[:200].count(0) == 0:
            continue
        text, lost = _try(content, name)
        if lost <= TOO_BAD * len(text):
            return _counted(text, lost, name, wrong)
        wrong = (f"encoding: the bytes are not {name} as declared",)
    name = _detected(content)
    guessed = () if wrong or name.startswith("utf") else (f"encoding: none is declared that fits; read as {name}, by its look",)
    return _replaced(content, name, (*wrong, *guessed))


def _detected(content: bytes) -> str:
    if content.startswith(b"\x1b$)C"):
        return "iso2022_kr"
    zeros = content[:200].count(0)
    if wider := next((name for name in ("utf-32-be", "utf-32-le") if zeros and _fits(content[:200], name)), None):
        return wider
    if zeros > len(content[:200]) // 4:
        return "utf-16-le" if content[1:200:2].count(0) >= content[0:200:2].count(0) else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(content) - 3 or _mostly_utf8(content):
            return "utf-8"
        return _known(detect_encoding(content)) or "cp1252"
    return "utf-8"


def _fits(head: bytes, name: str) -> bool:
    try:
        return bool(head[: len(head) // 4 * 4].decode(name))
    except UnicodeDecodeError:
        return False


def _mostly_utf8(content: bytes) -> bool:
    """Whether a few broken bytes stand in what is UTF-8 otherwise: whole sequences outnumber them."""
    text = content.decode("utf-8", "replace")
    broken = text.count(REPLACEMENT)
    return sum(c > "\x7f" for c in text) - broken > 4 * broken


def _meta(content: bytes) -> str | None:
    match = _META.search(content[:PRESCAN])
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def _known(label: str | None) -> str | None:
    if not label:
        return None
    name = label.strip().casefold()
    try:
        return codecs.lookup(_ALIASES.get(name, name)).name if "\0" not in name else None
    except LookupError:
        return None


def _try(content: bytes, name: str) -> tuple[str, int]:
    """The text, and how many of its places are U+FFFD; bytes that are whole need not be looked through for that."""
    try:
        return content.decode(name), 0
    except (LookupError, UnicodeError, TypeError):
        pass
    try:
        text = content.decode(name, "replace")
    except (LookupError, UnicodeError, TypeError):
        return REPLACEMENT * len(content), len(content)
    return text, text.count(REPLACEMENT)


def _replaced(content: bytes, name: str, warnings: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    return _counted(*_try(content, name), name, warnings)


def _counted(text: str, lost: int, name: str, warnings: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    if lost:
        warnings = (*warnings, f"encoding: {lost} places are no valid {name} and are shown as U+FFFD")
    return text.removeprefix("\ufeff"), warnings
