"""JSON-LD as pages really carry it: comments, CDATA, several roots, trailing commas, broken blocks beside good ones."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

Node: TypeAlias = Mapping[str, Any]

LONGEST_BLOCK = 3_000_000
"""Characters; the largest blocks seen on news pages are a tenth of this."""
MOST_NODES = 5_000
DEEPEST = 40
MOST_WARNINGS = 20

_BEFORE = re.compile(r"(?:\s|<!--|//\s?<!\[CDATA\[|/\*\s?<!\[CDATA\[\s?\*/|<!\[CDATA\[|\ufeff|;)+")
_BEHIND = ("// ]]>", "//]]>", "/* ]]> */", "/* ]]>*/", "/*]]> */", "/*]]>*/", "]]>", "// -->", "//-->", "-->")
"""Marks of comments and CDATA behind a script, each before those that it ends with."""
_BLANK = " \t\r\n\f\v\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000;"
_TRAILING_COMMA = re.compile(r",(?=\s{0,200}[}\]])")


def load(blocks: Iterable[str]) -> tuple[list[Node], list[str]]:
    """All objects of a page's JSON-LD, `@graph` and lists opened, in order.

    Args:
        blocks: the text of each `script` of type `application/ld+json`.

    Returns:
        The objects, nested ones too, each before what it holds; and a warning for each block that could not be read to its end.
    """
    nodes: list[Node] = []
    warnings: list[str] = []
    for number, block in enumerate(blocks, start=1):
        roots, whole = _roots(block)
        for root in roots:
            nodes.extend(_opened(root))
        if not whole:
            kept = "its readable part was kept" if roots else "it was left out"
            fault = f"longer than {LONGEST_BLOCK:,} characters" if len(block) > LONGEST_BLOCK else "not valid JSON"
            warnings.append(f"structured data: block {number} is {fault}; {kept}")
    if len(warnings) > MOST_WARNINGS:
        warnings[MOST_WARNINGS:] = [f"structured data: {len(warnings) - MOST_WARNINGS} more blocks could not be read whole"]
    if len(nodes) > MOST_NODES:
        warnings.append(f"structured data: what stands behind the first {MOST_NODES:,} objects was not read")
    return nodes[:MOST_NODES], warnings


def _roots(block: str) -> tuple[list[Any], bool]:
    """The values of one block, and whether all of it could be read."""
    text = _unwrapped(block[:LONGEST_BLOCK])
    roots, whole = _decoded(text)
    if not whole:
        repaired, better = _decoded(_TRAILING_COMMA.sub("", text))
        if better or len(repaired) > len(roots):
            return repaired, better
    return roots, whole


def _unwrapped(block: str) -> str:
    """The block without the comment or CDATA marks that old pages put around a script."""
    before = _BEFORE.match(block)
    text = (block[before.end() :] if before else block).rstrip(_BLANK)
    while mark := next((m for m in _BEHIND if text.endswith(m)), ""):
        text = text.removesuffix(mark).rstrip(_BLANK)
    return text


def _decoded(text: str) -> tuple[list[Any], bool]:
    decoder = json.JSONDecoder(strict=False)
    roots: list[Any] = []
    at = 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return roots, False
        roots.append(value)
        while at < len(text) and text[at] in " \t\r\n;,\ufeff":
            at += 1
    return roots, True


def _opened(root: Any) -> Iterator[Node]:
    """Objects in a value, outermost first, without recursion: depth is the page's choice."""
    stack: list[tuple[Any, int]] = [(root, 0)]
    count = 0
    while stack and count <= MOST_NODES:
        value, depth = stack.pop()
        if isinstance(value, dict):
            count += 1
            yield value
        if isinstance(value, dict | list) and depth < DEEPEST:
            inner = value.values() if isinstance(value, dict) else value
            stack.extend((v, depth + 1) for v in reversed(list(inner)) if isinstance(v, dict | list))


def types(node: Node) -> tuple[str, ...]:
    """The types of an object, without a vocabulary's address before them."""
    value = node.get("@type")
    found = value if isinstance(value, list) else [value]
    return tuple([v if v.isalnum() else _TYPED.split(v)[-1] for v in found if isinstance(v, str)])


_TYPED = re.compile(r"[/:#]")


def text(value: Any) -> str | None:
    """A value as text: a string, the `name` or `@value` of an object, the first of a list."""
    if isinstance(value, list):
        return next((t for t in map(text, value) if t), None)
    if isinstance(value, dict):
        return text(value.get("name") or value.get("@value") or value.get("url"))
    return " ".join(value.split()) or None if isinstance(value, str) else None


def texts(value: Any) -> list[str]:
    """Every text in a value or list of values, in order."""
    found = value if isinstance(value, list) else [value]
    return [t for t in map(text, found) if t]


def urls(value: Any) -> list[str]:
    """Addresses in an `image` or `url` value: strings, objects with `url` or `contentUrl`, lists of these."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, list):
        return [u for v in value[:50] for u in urls(v)]
    if isinstance(value, dict):
        return urls(value.get("contentUrl") or value.get("url") or value.get("@id"))
    return []
