"""What bytes are, told from the bytes alone; names and server headers are only ever kept beside it."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from provenance.acquire.archive_form import is_mhtml

HTML = "text/html"
TEXT = "text/plain"
JSON = "application/json"
UNKNOWN = "application/octet-stream"

RSS = "application/rss+xml"
ATOM = "application/atom+xml"
SITEMAP = "application/sitemap+xml"  # of our own making: none is registered
OPML = "text/x-opml"

DOCUMENTS = frozenset({HTML, TEXT, JSON, RSS, ATOM, SITEMAP, OPML})
"""Beside these, any picture and any video is taken in: what cannot be decoded is still evidence, known by its sha256."""

_HEAD = 4096
_BOMS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe\x00\x00": "utf-32-le",
    b"\x00\x00\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
# "Binary data bytes" of the WHATWG MIME Sniffing Standard, section 3; ESC is left out because ISO-2022 text needs it.
_CONTROLS = bytes({*range(9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)})
_MAX_CONTROLS = 0.01  # a stray control character in a long text is a flaw of the text, one in ten is no text
_MAX_CONTROLS_IN_HTML = 0.1  # its first tag has told already that it is a page
_PARITY = 0.25  # UTF-16 without a mark: this share of one half of the bytes is NUL …
_OTHER = 0.01  # … and next to none of the other
_LEAST_UTF_32 = 4  # characters
_ISO_2022_KR, _SHIFTS = b"\x1b$)C", b"\x0e\x0f"  # its mark stands at the beginning (RFC 1557); then it shifts in and out
_HTML_START = re.compile(
    r"<(?:!doctype\s+html|html|head|body|script|iframe|h1|div|font|table|a|style|title|b|br|p|meta|link|article|main|section|"
    r"figure|amp-img|span|img|blockquote)(?=[\s/>])",
    re.IGNORECASE,
)
_HTML_ANYWHERE = re.compile(r"<(?:html|head|body|!doctype\s+html)(?=[\s>])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """What bytes look like: the media type, and words for a person."""

    media_type: str
    name: str

    @property
    def readable(self) -> bool:
        """Whether this program takes such bytes in."""
        return self.media_type in DOCUMENTS or self.is_visual

    @property
    def is_visual(self) -> bool:
        """Whether it is a picture or a video."""
        return self.media_type.startswith(("image/", "video/"))


# The root of an XML document of a known kind. Roots named by common words count only with the namespace of their format.
_ROOTS = (
    (re.compile(r"<rss[\s>]", re.IGNORECASE), "", Kind(RSS, "RSS feed")),
    (re.compile(r"<(?:\w{1,20}:)?RDF[\s>]"), "//purl.org/rss/1.0/", Kind(RSS, "RSS 1.0 feed")),
    (re.compile(r"<(?:\w{1,20}:)?RDF[\s>]"), "//my.netscape.com/rdf/", Kind(RSS, "RSS 0.9 feed")),
    (re.compile(r"<(?:\w{1,20}:)?feed[\s>]"), "//www.w3.org/2005/Atom", Kind(ATOM, "Atom feed")),
    (re.compile(r"<(?:\w{1,20}:)?feed[\s>]"), "//purl.org/atom/ns#", Kind(ATOM, "Atom 0.3 feed")),
    (re.compile(r"<(?:urlset|sitemapindex)[\s>]"), "", Kind(SITEMAP, "site map")),
    (re.compile(r"<opml[\s>]", re.IGNORECASE), "", Kind(OPML, "OPML list of feeds")),
)
_BEFORE_ROOT = re.compile(
    r"\s*(?:<\?[^>]{0,500}>|<!--[^>]{0,1000}-->|<!DOCTYPE\s+(?!html\b)[^>\[]{0,300}(?:\[[^\]]{0,2000}\]\s*)?>)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Mark:
    kind: Kind
    places: tuple[tuple[int, bytes], ...]

    def fits(self, head: bytes) -> bool:
        return all(head.startswith(mark, at) for at, mark in self.places)


def sniff(content: bytes) -> Kind:
    """What these bytes are; `application/octet-stream` when nothing is known of them."""
    head = content[:_HEAD]
    return _signature(head) or _base_media(head) or _textual(content, head) or Kind(UNKNOWN, "binary data of no known format")


def _signature(head: bytes) -> Kind | None:
    return next((mark.kind for mark in _marks() if mark.fits(head)), None)


def _base_media(head: bytes) -> Kind | None:
    if head[4:8] != b"ftyp":
        return None
    size = min(int.from_bytes(head[:4], "big"), 256)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, size, 4))]
    known = (_brands().get(brand.decode("latin-1")) for brand in brands)
    media_type = next(filter(None, known), "video/mp4")
    return Kind(media_type, f"{media_type.split('/')[0]} file ({media_type})")


def _textual(content: bytes, head: bytes) -> Kind | None:
    encoding = wide_encoding(head)
    decoded = head.decode(encoding or "latin-1", "replace")
    if _is_noise(decoded) if encoding else _is_binary(content):
        return None
    start = decoded.lstrip("\ufeff\u00ef\u00bb\u00bf \t\r\n\f")
    if known := _feed(start) or _saved(head):
        return known
    if _is_html(start):
        return Kind(HTML, "HTML page")
    if "http://www.w3.org/2000/svg" in start and start.startswith("<"):
        return Kind("image/svg+xml", "SVG drawing")
    if start.startswith("<?xml"):
        return Kind("application/xml", "XML document")
    return Kind(JSON, "JSON data") if _is_json(content, start) else Kind(TEXT, "plain text")


def wide_encoding(head: bytes) -> str | None:
    """The encoding that a byte order mark or the pattern of NULs in `head` shows, or None."""
    marked = next((name for mark, name in _BOMS.items() if head.startswith(mark)), None)
    if marked or len(head) < 4:  # noqa: PLR2004  # one UTF-16 character and one more
        return marked
    if wider := next((name for name in ("utf-32-be", "utf-32-le") if _is_utf_32(head, name)), None):
        return wider
    half = len(head) // 2
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if even > _PARITY and odd < _OTHER:
        return "utf-16-be"
    return "utf-16-le" if odd > _PARITY and even < _OTHER else None


def _is_utf_32(head: bytes, name: str) -> bool:
    """Whether bytes without a mark are this form of UTF-32: every four a character, some blanks, hardly any controls."""
    try:
        text = head[: len(head) // 4 * 4].decode(name)
    except UnicodeDecodeError:
        return False
    return len(text) >= _LEAST_UTF_32 and (" " in text or "\n" in text) and not _is_noise(text)


def _is_binary(content: bytes) -> bool:
    sample = content[: 16 * _HEAD]
    shifts = _SHIFTS if sample.startswith(_ISO_2022_KR) else b""
    controls = len(sample) - len(sample.translate(None, _CONTROLS.translate(None, shifts)))
    if _is_html(sample[:_HEAD].decode("latin-1").lstrip()):
        return controls > _MAX_CONTROLS_IN_HTML * len(sample)
    return b"\0" in sample or controls > _MAX_CONTROLS * len(sample)


def _is_noise(decoded: str) -> bool:
    odd = sum(char == "\ufffd" or (char < " " and ord(char) in _CONTROLS) for char in decoded)
    return odd > max(1, _MAX_CONTROLS * len(decoded))


def _saved(head: bytes) -> Kind | None:
    return Kind("multipart/related", "page saved as MHTML") if is_mhtml(head) else None


def _feed(start: str) -> Kind | None:
    """A feed, a site map or an outline, by the first element."""
    at = 0
    while match := _BEFORE_ROOT.match(start, at):
        at = match.end()
    root = start[at:].lstrip()
    return next((kind for name, space, kind in _ROOTS if name.match(root) and space in root), None)


def _is_html(start: str) -> bool:
    body = _without_comments(start)
    return bool(_HTML_START.match(body) or (body.startswith(("<?xml", "<!")) and _HTML_ANYWHERE.search(body)))


def _without_comments(text: str) -> str:
    while text.startswith("<!--"):
        end = text.find("-->")
        if end < 0:
            return text
        text = text[end + 3 :].lstrip()
    return text


def _is_json(content: bytes, start: str) -> bool:
    opens = start.startswith("{") or (start.startswith("[") and start[1:].lstrip()[:1] in {"{", ""})
    return opens and content.rstrip(b"\0 \t\r\n")[-1:] in (b"}", b"]") and '"' in start


def looks_like_telegram_export(content: bytes) -> bool:
    """Whether JSON bytes carry the keys of a Telegram Desktop export (a chat's `messages`, or `chats`)."""
    return b'"messages"' in content or (b'"chats"' in content and b'"list"' in content)


@cache
def _marks() -> tuple[_Mark, ...]:
    return tuple(_mark(entry) for entry in _data()["signature"])


def _mark(entry: dict[str, Any]) -> _Mark:
    places = [(entry.get("at", 0), entry["hex"]), *([entry["then"]] if "then" in entry else [])]
    return _Mark(Kind(entry["type"], entry["name"]), tuple((at, bytes.fromhex(mark)) for at, mark in places))


@cache
def _brands() -> dict[str, str]:
    return dict(_data()["brands"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("signatures.toml").read_text("utf-8"))
