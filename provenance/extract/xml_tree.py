"""XML of feeds, site maps and outlines: read without entities, tolerant of what feeds get wrong, never silent about it."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias
from xml.etree.ElementTree import Element, ParseError, TreeBuilder  # the tree alone; defusedxml parses

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from provenance.errors import NotDecodable, TooLarge
from provenance.extract.decode import decode
from provenance.records import Snapshot

Node: TypeAlias = Element

LARGEST = 50_000_000
"""Bytes: the most that the site map protocol allows, and far more than feeds have."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)(?:(\w{2,30});)?")
_DOCTYPE = re.compile(
    r"""<!DOCTYPE[^\[>"']*+(?:"[^"]*"[^\[>"']*|'[^']*'[^\[>"']*)*+(?:\[(?:[^\]"'<]|"[^"]*"|'[^']*'|<!--.*?-->|<(?!!--))*+\]\s*+)?>""",
    re.DOTALL,
)
_DECLARED = re.compile(r"<!ENTITY\s+(?:%\s+)?([^\s%&;]+)")
_REMEDY = "get it again from where it came"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree and what was wrong with its text."""

    root: Node
    warnings: tuple[str, ...]


def parse(snapshot: Snapshot) -> Parsed:
    """The tree of an XML document; one that breaks off is read up to there.

    Raises:
        NotDecodable: nothing of it can be read, or it uses entities that it declares: they may expand without end or fetch.
        TooLarge: over `LARGEST` bytes.
    """
    if len(snapshot.content) > LARGEST:
        raise TooLarge(f"{snapshot.source} is larger than {LARGEST // 1_000_000} MB", "split it")
    text, warnings = decode(snapshot.content, snapshot.charset)
    text, passed_over = _without_entities(_CONTROL.sub("", text).lstrip())
    warnings = (*warnings, *passed_over)
    root, fault = _tree(text, snapshot.source)
    if fault:
        mended, other = _tree(_mended(text), snapshot.source)
        if mended is not None and (other is None or root is None or len(list(mended.iter())) > len(list(root.iter()))):
            root, fault = mended, other
            warnings = (*warnings, "the XML is not well-formed and was mended")
    if root is None:
        raise NotDecodable(f"{snapshot.source} is no sound XML: {fault}", _REMEDY)
    return Parsed(root, (*warnings, f"the XML breaks off: {fault}; what came before was read") if fault else warnings)


def _without_entities(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without a document type that declares entities which it then never uses, and a word on that."""
    found = _DOCTYPE.search(text)
    declared = set(_DECLARED.findall(found[0])) if found else set()
    if found is None or not declared or any(f"&{name};" in text for name in declared):
        return text, ()
    return text[: found.start()] + text[found.end() :], ("it declares entities, which are not read; it uses none of them",)


def _tree(text: str, source: str) -> tuple[Node | None, str | None]:
    """The tree as far as it goes, and why no farther."""
    builder = TreeBuilder()
    parser = XMLParser(target=builder)
    try:
        parser.feed(text)
        return parser.close(), None
    except ParseError as error:
        return builder.close(), str(error)
    except DefusedXmlException as error:
        raise NotDecodable(
            f"{source} uses entities that it declares, which are not read", "get a feed without a DOCTYPE"
        ) from error
    except (ValueError, LookupError) as error:  # an encoding that expat does not know
        return None, str(error)[:200]


def _mended(text: str) -> str:
    """The text with lone ampersands escaped and HTML's names for characters replaced, outside of CDATA."""
    parts = _CDATA.split(text)
    return "".join(part if part.startswith("<![CDATA[") else _AMPERSAND.sub(_character, part) for part in parts)


def _character(match: re.Match[str]) -> str:
    known = html.unescape(match[0]) if match[1] else match[0]
    return html.escape(known, quote=False) if known != match[0] else "&amp;" + match[0][1:]


def local(node: Node) -> str:
    """An element's name without its namespace, in lower case; empty for comments."""
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def space(node: Node) -> str:
    """A word for the namespace: that of media, news, image, video, Dublin Core and the like; empty for the format's own."""
    name = node.tag.rpartition("}")[0].lower() if isinstance(node.tag, str) else ""
    return next((word for mark, word in _SPACES.items() if mark in name), "")


_SPACES = {
    "yahoo.com/mrss": "media",
    "/rss/1.0/modules/content": "content",
    "purl.org/dc/": "dc",
    "sitemap-news": "news",
    "sitemap-image": "image",
    "sitemap-video": "video",
    "itunes.com/dtds": "itunes",
}


def children(node: Node, name: str, prefix: str = "") -> Iterator[Node]:
    """The children with a local name and a namespace."""
    return (child for child in node if local(child) == name and space(child) == prefix)


def words(node: Node | None, *names: str) -> str | None:
    """The text of the first child that has some, by `name` or `prefix:name`, blanks folded."""
    for name in names:
        prefix, _, bare = name.rpartition(":")
        for child in children(node, bare, prefix) if node is not None else ():
            if text := " ".join("".join(child.itertext()).split()):
                return text
    return None
