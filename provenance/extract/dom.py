"""The HTML parser's one home: a lean tree of our own, made in one pass.

Everything else in this step works on `Tree` and `Element`, so the parser can be changed here alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

import turbohtml
from turbohtml.detect import detect as _detect
from turbohtml.detect import detect_language as _detect_language

from provenance.extract.html_names import data

NAMING = ("class", "id", "data-testid", "data-component", "itemprop")
"""Attributes in which page makers name a part of the page."""
SKIPPED = frozenset({"style", "template", "svg", "math", "object", "datalist"})
"""Elements whose content is never read; a script is kept with its text, for structured data and embeds."""
BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "amp-img",
        "amp-iframe",
        "iframe",
        "video",
    }
)
"""Elements that begin and end a line, from the rendering section of the HTML standard."""


@dataclass(slots=True, eq=False, repr=False)
class Element:
    """An element: its subtree is `tree.elements[order:end]`, in document order."""

    tag: str
    attrs: dict[str, str]
    parent: "Element | None"
    order: int
    children: "list[Child]" = field(default_factory=list)
    end: int = 0
    _names: str | None = None

    def get(self, name: str) -> str:
        """An attribute's value without blanks around it; empty where it is missing."""
        return self.attrs.get(name, "").strip()

    @property
    def names(self) -> str:
        """Class, id and the like in lower case, words apart: what the page's makers call this element."""
        if self._names is None:
            self._names = _words(" ".join(filter(None, map(self.attrs.get, NAMING))))
        return self._names

    def ancestors(self) -> Iterator["Element"]:
        """Parents, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def holds(self, other: "Element") -> bool:
        """Whether `other` is this element or stands inside it."""
        return self.order <= other.order < self.end


Child: TypeAlias = Element | str


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed page: all elements in document order, the root first."""

    elements: tuple[Element, ...]

    @property
    def root(self) -> Element:
        """The `html` element."""
        return self.elements[0]

    def within(self, element: Element, *tags: str) -> Iterator[Element]:
        """The elements inside `element`, in order; of all tags or of some."""
        for inner in self.elements[element.order + 1 : element.end]:
            if not tags or inner.tag in tags:
                yield inner

    def all(self, *tags: str) -> Iterator[Element]:
        """The page's elements of some tags, in order."""
        return (e for e in self.elements if e.tag in tags)


def parse(html: str) -> Tree:
    """Parse a page as a browser without scripts does: `noscript` content is there.

    Args:
        html: decoded text; any text is a page.
    """
    root = turbohtml.parse(html, positions=False, scripting=False).root
    elements: list[Element] = []
    if root is None:
        return Tree((Element("html", {}, None, 0, end=1),))
    _build(root, elements)
    for element in reversed(elements):
        element.end = max((c.end for c in reversed(element.children) if isinstance(c, Element)), default=element.order + 1)
    return Tree(tuple(elements))


def fragment(html: str) -> Tree:
    """Parse a piece of HTML, such as an escaped caption in an attribute."""
    return parse(html)


def _build(root: turbohtml.Element, elements: list[Element]) -> None:
    """Copy the parser's tree, with a stack of our own: depth is the page's choice."""
    stack: list[tuple[turbohtml.Node, Element | None]] = [(root, None)]
    while stack:
        node, parent = stack.pop()
        if isinstance(node, turbohtml.Element):
            element = Element(node.tag, _attributes(node), parent, len(elements))
            elements.append(element)
            if parent is not None:
                parent.children.append(element)
            if element.tag not in SKIPPED:
                _push(node, element, stack)
        elif parent is not None and isinstance(node, _TEXTS):
            parent.children.append(node.data)


def _push(node: turbohtml.Element, element: Element, stack: list[tuple[turbohtml.Node, Element | None]]) -> None:
    """Put the children of a node on the stack; text alone, the commonest case, goes straight in."""
    children = node.children
    if len(children) == 1 and isinstance(children[0], _TEXTS):
        element.children.append(children[0].data)
    else:
        stack.extend([(child, element) for child in children][::-1])


_TEXTS = (turbohtml.Text, turbohtml.CData)


def _attributes(node: turbohtml.Element) -> dict[str, str]:
    given = node.attrs.copy()
    return {k: v if type(v) is str else " ".join(v) if v else "" for k, v in given.items()} if given else {}


def _words(names: str) -> str:
    """`relatedStories__card` as ` related stories card `: camel case and signs become blanks."""
    return f" {' '.join(_WORD.findall(names[:600])).lower()} " if names else ""


_UNSEEN = re.compile("[\u200b\ufeff\xad\ue000-\uf8ff]")
"""Marks of width zero, and the private characters of icon fonts."""
_WORD = re.compile(r"[A-ZÀ-Þ]{2,}(?![a-zß-ÿ])|[A-ZÀ-Þ]?[^\W_A-ZÀ-Þ]+|[A-ZÀ-Þ]")


def strings(element: Element, skip: frozenset[int] = frozenset()) -> Iterator[str]:
    """The text pieces of an element, with a line break for every `br` and at the edges of blocks.

    Args:
        element: where to read; scripts and skipped elements inside are left out.
        skip: orders of elements to leave out with all they hold.
    """
    stack: list[Child] = [element]
    while stack:
        child = stack.pop()
        if isinstance(child, str):
            yield child
        elif child.order in skip or child.tag in {"script", "noscript"} or child.tag in SKIPPED:
            continue
        elif child.tag == "br":
            yield "\n"
        elif child.tag in BLOCKS:
            stack.extend(["\n", *reversed(child.children), "\n"])
        else:
            stack.extend(reversed(child.children))


def text_of(element: Element, skip: frozenset[int] = frozenset()) -> str:
    """The text of an element as one reads it: blanks folded, one line break between lines."""
    return clean("".join(strings(element, skip)))


def clean(text: str) -> str:
    """Blanks folded to one, lines stripped, empty lines gone; invisible marks of width zero taken out."""
    if not text.isascii():
        text = _UNSEEN.sub("", text)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def detect_language(text: str) -> str | None:
    """The language of a text as an ISO 639 code of two letters where there is one; None when unsure.

    Args:
        text: some sentences; less than a hundred characters gives None.
    """
    if len(text) < _ENOUGH:
        return None
    match = _detect_language(text[:4000])
    return _two_letters().get(match.language, match.language) if match.language and match.confidence > 0 else None


_ENOUGH = 100


@cache
def _two_letters() -> dict[str, str]:
    return dict(pair.split(":") for pair in data()["language"]["short"].split())


def detect_encoding(content: bytes) -> str | None:
    """The encoding that bytes look like, by the frequency of their characters; None when unsure."""
    return _detect(content[:_SAMPLE]).encoding


_SAMPLE = 200_000
