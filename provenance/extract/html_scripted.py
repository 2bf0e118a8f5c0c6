"""Posts and players that a script puts in: known by the script's own words, the element that it fills, or its attributes."""

import re
from collections.abc import Iterator
from functools import cache

from provenance.extract.dom import Element
from provenance.extract.html_names import data

LONGEST_SCRIPT = 20_000
"""Characters of a script that are looked at; a platform's call is far shorter, a site's own programs are longer."""


def addresses(element: Element) -> Iterator[str]:
    """The addresses of posts and players that a script would put at this element."""
    if name := element.get("id"):
        yield from _found(name, "ids")
    if element.tag == "script" and not element.get("src"):
        yield from _found("".join(c for c in element.children if isinstance(c, str))[:LONGEST_SCRIPT], "scripts")
    for mark, (attribute, template) in data()["embed"]["marked"].items():
        if (value := element.get(attribute)) and (mark in element.get("class").split() or mark in element.get("src")):
            yield template.format(value)


def _found(text: str, table: str) -> Iterator[str]:
    for pattern, template in _patterns(table):
        yield from (template.format(*match.groups()) for match in pattern.finditer(text))


@cache
def _patterns(table: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), template) for pattern, template in data()["embed"][table].items())
