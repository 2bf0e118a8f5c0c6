"""What a picture's file says of itself: EXIF, IPTC and XMP. Claims of whoever wrote the file, not facts.

Order of belief where they differ, after the Metadata Working Group's guidelines (2010): for words XMP, then IPTC, then
EXIF; for the moment of taking EXIF, then XMP, then IPTC. That they differ is said as a finding.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree as SafeTree
from defusedxml.common import DefusedXmlException
from PIL import Image

from provenance.errors import NotDecodable
from provenance.fingerprint.decode import Picture, foreign
from provenance.records import EmbeddedMetadata

Facts = dict[str, str]

BLOCK_LIMIT = 1_000_000
"""Bytes of one metadata block; a larger one is refused and the pixels are still used."""
_VALUE_LIMIT = 10_000

_EXIF_WORDS = {"creator": 0x013B, "copyright": 0x8298, "caption": 0x010E}
_EXIF_TAKEN, _EXIF_OFFSET, _EXIF_IFD = 0x9003, 0x9011, 0x8769
_IPTC_WORDS = {"creator": 80, "credit": 110, "source": 115, "copyright": 116, "caption": 120}
_IPTC_DATE, _IPTC_TIME, _IPTC_CHARSET, _IPTC_RESOURCE, _IPTC_TIFF_TAG = (2, 55), (2, 60), (1, 90), 0x0404, 33723
_UTF8_DECLARED = b"\x1b%G"
_DC, _PHOTOSHOP = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/photoshop/1.0/}"
_EXIF_NS, _RDF = "{http://ns.adobe.com/exif/1.0/}", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XMP_NAMES = {
    "creator": (f"{_DC}creator",),
    "credit": (f"{_PHOTOSHOP}Credit",),
    "source": (f"{_PHOTOSHOP}Source",),
    "caption": (f"{_DC}description",),
    "copyright": (f"{_DC}rights",),
    "taken": (f"{_EXIF_NS}DateTimeOriginal", f"{_PHOTOSHOP}DateCreated"),
}
_MOMENT = re.compile(
    r"(\d{4})[:-]?(\d\d)[:-]?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d{1,9})?\s?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)


def metadata(picture: Picture) -> EmbeddedMetadata:
    """What EXIF, IPTC and XMP say; what is broken, too large or contradictory goes to the picture's findings."""
    blocks = {"XMP": _xmp(picture), "IPTC": _iptc(picture), "EXIF": _exif(picture)}
    words = ("creator", "credit", "source", "caption", "copyright")
    facts = {name: _first(name, blocks, ("XMP", "IPTC", "EXIF"), picture.findings) for name in words}
    return EmbeddedMetadata(**facts, taken=_first("taken", blocks, ("EXIF", "XMP", "IPTC"), picture.findings))


def _first(name: str, blocks: Mapping[str, Facts], order: Iterable[str], findings: list[str]) -> str | None:
    said = [(block, blocks[block][name]) for block in order if blocks[block].get(name)]
    if not said:
        return None
    block, value = said[0]
    for other, differs in said[1:]:
        if not _agree(value, differs):
            findings.append(f"{block} says {name} “{value[:80]}”, {other} says “{differs[:80]}”")
    return value


def _agree(left: str, right: str) -> bool:
    """IPTC cuts its fields short, dates come with and without the time: a beginning is no contradiction."""
    return left.startswith(right) or right.startswith(left)


def _small(block: object, name: str, findings: list[str]) -> bytes | None:
    if isinstance(block, str):
        block = block.encode("utf-8", "replace")
    if not isinstance(block, bytes) or not block:
        return None
    if len(block) > BLOCK_LIMIT:
        findings.append(f"{name} of {len(block)} bytes refused: over the limit of {BLOCK_LIMIT}")
        return None
    return block


# ------------------------------------------------------------------ EXIF


def _exif(picture: Picture) -> Facts:
    try:
        with foreign("broken EXIF"):
            exif = _exif_block(picture)
            tags, details = dict(exif), dict(exif.get_ifd(_EXIF_IFD))
    except NotDecodable as exc:
        picture.findings.append(exc.message)
        return {}
    facts = {name: _words(tags.get(tag)) for name, tag in _EXIF_WORDS.items()}
    stamp, offset = _words(details.get(_EXIF_TAKEN)), _words(details.get(_EXIF_OFFSET))
    return facts | {"taken": moment(f"{stamp}{offset}") or moment(stamp) or ""}


def _exif_block(picture: Picture) -> Image.Exif:
    """Only from bytes at hand: asking a PNG for its EXIF would decode it, and it may have been refused as too large."""
    if picture.kind.decoder == "TIFF":
        return picture.image.getexif()
    exif = Image.Exif()
    if raw := _small(picture.image.info.get("exif"), "EXIF", picture.findings):
        exif.load(raw)
    return exif


def _words(value: Any) -> str:
    """A text as EXIF holds it: Pillow reads its bytes as Latin-1, cameras and desks write UTF-8."""
    if isinstance(value, str):
        value = value.encode("latin-1", "replace")
    return _decoded(value)[0] if isinstance(value, bytes) else ""


def _decoded(raw: bytes) -> tuple[str, bool]:
    """The text, and whether its character set had to be guessed."""
    raw = raw[:_VALUE_LIMIT]
    try:
        text, guessed = raw.decode("utf-8"), False
    except UnicodeDecodeError:
        text, guessed = raw.decode("cp1252", "replace"), True
    return text.split("\0")[0].strip(), guessed


# ------------------------------------------------------------------ IPTC


def _iptc(picture: Picture) -> Facts:
    raw = _small(_iptc_block(picture), "IPTC", picture.findings)
    fields = _datasets(raw) if raw else {}
    declared = (fields.get(_IPTC_CHARSET) or [b""])[0]
    facts, guessed = Facts(), False
    for name, number in _IPTC_WORDS.items():
        read = [_decoded(value) for value in fields.get((2, number), [])]
        facts[name] = ", ".join(text for text, _ in read if text)
        guessed = guessed or any(was for _, was in read)
    if guessed:
        said = "declares UTF-8 but is not" if declared == _UTF8_DECLARED else "does not declare a character set that is read here"
        picture.findings.append(f"IPTC {said}; its words are read as Windows-1252")
    date, time = (b"".join(fields.get(key, [])[:1]).decode("ascii", "replace") for key in (_IPTC_DATE, _IPTC_TIME))
    return facts | {"taken": moment(f"{date}T{time}" if time else date) or moment(date) or ""}


def _iptc_block(picture: Picture) -> object:
    resources = picture.image.info.get("photoshop")
    if isinstance(resources, dict):
        return resources.get(_IPTC_RESOURCE)
    return getattr(picture.image, "tag_v2", {}).get(_IPTC_TIFF_TAG)


def _datasets(raw: bytes) -> dict[tuple[int, int], list[bytes]]:
    """IIM 4: 0x1C, record, dataset, two bytes of length, the value. Stops at the first thing that is none."""
    fields: dict[tuple[int, int], list[bytes]] = {}
    at = 0
    while at + 5 <= len(raw) and raw[at] == 0x1C:  # noqa: PLR2004 - the tag marker of the format
        size = int.from_bytes(raw[at + 3 : at + 5])
        fields.setdefault((raw[at + 1], raw[at + 2]), []).append(raw[at + 5 : at + 5 + size])
        at += 5 + size
    return fields


# ------------------------------------------------------------------ XMP


def _xmp(picture: Picture) -> Facts:
    info = picture.image.info
    raw = _small(info.get("xmp") or info.get("XML:com.adobe.xmp"), "XMP", picture.findings)
    if raw is None:
        return {}
    try:
        root = SafeTree.fromstring(_trimmed(raw))
    except (ParseError, DefusedXmlException, ValueError, LookupError) as exc:
        picture.findings.append(f"broken XMP: {str(exc)[:200] or type(exc).__name__}")
        return {}
    facts = {name: next(filter(None, (_xmp_value(root, tag) for tag in tags)), "") for name, tags in _XMP_NAMES.items()}
    return facts | {"taken": moment(facts["taken"]) or ""}


def _trimmed(raw: bytes) -> bytes:
    """Without padding around it, where a byte is a character: in UTF-16 a zero byte is half of one."""
    return raw if b"\0" in raw[:4] else raw.strip(b"\0 \r\n\t")


def _xmp_value(root: Element, name: str) -> str:
    """A property as attribute, text, list (joined) or language alternatives (the first, which is the default)."""
    for node in root.iter(f"{_RDF}Description"):
        if name in node.attrib:
            return node.attrib[name].strip()[:_VALUE_LIMIT]
    found = next(root.iter(name), None)
    if found is None:
        return ""
    items = [(item.text or "").strip() for item in found.iter(f"{_RDF}li")]
    if found.find(f"{_RDF}Alt") is not None:
        items = items[:1]
    return (", ".join(filter(None, items)) or (found.text or "").strip())[:_VALUE_LIMIT]


# ------------------------------------------------------------------ moments


def moment(printed: str) -> str | None:
    """A date or moment as ISO 8601: in UTC where a zone is printed, else as printed; None where there is none.

    Reads EXIF (`2024:03:01 10:20:30`), IPTC (`20240301`, `20240301T102030+0100`) and XMP (ISO 8601).
    """
    found = _MOMENT.fullmatch(printed.strip())
    if not found:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        if hour is None:
            return datetime(int(year), int(month), int(day), tzinfo=UTC).date().isoformat()
        when = datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{_zone(zone)}")
        return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if zone else when.isoformat()
    except (ValueError, OverflowError):
        return None


def _zone(zone: str | None) -> str:
    return "" if zone is None else zone if zone == "Z" or ":" in zone else f"{zone[:3]}:{zone[3:]}"
