"""Where the article stands in a page: what is chrome, which part holds the body, where it begins and ends.

Paragraphs are weighed (text outside links); the article is the smallest part of the page around the headline that
holds most of that weight. What page makers name as other matter is left out, unless it holds most of the text itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from provenance.extract.dom import SKIPPED, Element, Tree, text_of
from provenance.extract.html_names import words

PARAGRAPH = 40
"""Fewest characters outside links that make a `p` a paragraph of prose; shorter ones are labels and bylines."""
RUN = 80
"""The same for text that stands in a `div` by itself."""
MOST = 0.6
"""Share of the page's prose that the article's part must hold; the rest may be comments and teasers."""
SOME = 0.25
"""The same for an element that the page itself calls article or main."""
SIMPLE = 6
"""Elements in a heading that is words only; more is a box of its own, and reading each nested one would cost its square."""
WRAPPER = 0.4
"""An element with more of the prose than this is a wrapper, whatever its name says."""
INLINE = frozenset(
    {
        "b",
        "strong",
        "i",
        "em",
        "u",
        "span",
        "font",
        "mark",
        "q",
        "cite",
        "abbr",
        "time",
        "sup",
        "sub",
        "small",
        "bdi",
        "wbr",
        "br",
    }
)
PROSE = frozenset({"p", "div", "td", "article", "section", "main", "blockquote", "li", "span", "font", "center", "body", "pre"})


@dataclass(frozen=True, slots=True)
class Region:
    """The article's part of a page: orders of elements, first and one past the last, in document order.

    Attributes:
        root: the element around headline and body.
        body: the element around the paragraphs.
        start: where the article begins: the headline, or the root.
        first: the first paragraph of prose.
        last: one past the last paragraph of prose.
        chrome: by order, whether an element is no part of the article.
    """

    root: Element
    body: Element
    headline: Element | None
    start: int
    first: int
    last: int
    chrome: Sequence[bool]
    prose: float


def find(tree: Tree, title: str | None) -> Region:
    """Find the article.

    Args:
        tree: the page.
        title: the headline that the metadata states, to tell the right `h1` among several.
    """
    weights = _weights(tree)
    mass = _masses(tree, weights)
    chrome = _chrome(tree, mass)
    weights = [0 if hidden else w for w, hidden in zip(weights, chrome, strict=True)]
    mass = _masses(tree, weights)
    headline = _headline(tree, title, chrome)
    root = _root(tree, headline, mass)
    body = _body(root, mass)
    paragraphs = [i for i in range(body.order, body.end) if weights[i]]
    return Region(
        root=root,
        body=body,
        headline=headline,
        start=headline.order if headline and root.holds(headline) else root.order,
        first=paragraphs[0] if paragraphs else body.order,
        last=tree.elements[paragraphs[-1]].end if paragraphs else body.end,
        chrome=chrome,
        prose=mass[root.order],
    )


def _weights(tree: Tree) -> list[int]:
    """By order, the characters of prose that stand in an element itself."""
    weights = [0] * len(tree.elements)
    letters = tree.letters
    for element in tree.each(PROSE):
        enough = PARAGRAPH if element.tag == "p" else RUN
        if letters[element.order] >= enough and (own := _own_text(element)) >= enough:
            weights[element.order] = own
    return weights


def _own_text(element: Element, depth: int = 3) -> int:
    """Characters of an element's own lines: its strings and those of inline elements in it, links left out."""
    total, has_words = 0, element.letters > 0
    for child in element.children:
        if isinstance(child, str):
            if has_words:
                total += len(child.strip()) if len(child) < PARAGRAPH or _is_folded(child) else len(" ".join(child.split()))
        elif child.tag in INLINE and depth:
            total += _own_text(child, depth - 1)
        elif child.tag == "a" and element.tag == "p":
            total += _own_text(child, depth - 1) // 2 if depth else 0
    return total


def _is_folded(text: str) -> bool:
    """Whether no run of blanks stands in a text, so that its length is that of its words."""
    return "  " not in text and "\n" not in text and "\t" not in text


def _masses(tree: Tree, weights: Sequence[int]) -> list[int]:
    mass, parents = list(weights), tree.parents
    for order in range(len(mass) - 1, 0, -1):
        if mass[order]:
            mass[parents[order]] += mass[order]
    return mass


def _chrome(tree: Tree, mass: Sequence[int]) -> list[bool]:
    wrapping = WRAPPER * (mass[0] or 1)
    chrome = [False] * len(tree.elements)
    elements, at = tree.elements, 0
    while at < len(elements):
        element = elements[at]
        at += 1
        if (
            element.tag not in _PLAIN
            and (mass[element.order] < wrapping or _is_apart(tree, element))
            and _is_chrome(tree, element)
        ):
            _mark(chrome, element)
            at = element.end
    _close_lists(tree, chrome, mass)
    return chrome


def _mark(chrome: list[bool], element: Element) -> None:
    """Make an element chrome, and all in it."""
    chrome[element.order : element.end] = [True] * (element.end - element.order)


def _is_apart(tree: Tree, element: Element) -> bool:
    """Whether an element is no article however much text it holds: comments may outweigh a short one."""
    if element.tag in {"nav", "footer", "head"}:
        return True
    return element.named("chrome.comments") and not any(True for _ in tree.within(element, "h1", "h2", "figure"))


def _is_chrome(tree: Tree, element: Element) -> bool:
    tag = element.tag
    if tag in words("chrome", "tags"):
        return True
    telling = element.has_any(_TELLING)
    if telling and element.get("role") in words("chrome", "roles"):
        return True
    if tag in _NEVER_CHROME:
        return False
    if tag == "aside" and not any(True for _ in tree.within(element, "figure")):
        return True
    found = element.marks
    if "chrome.names" not in found:
        return telling and is_hidden(element)
    return "chrome.kept" not in found and not any(True for _ in tree.within(element, "h1"))


_TELLING = frozenset({"role", "hidden", "style"})
"""Attributes that can make an element chrome whatever its names are."""


_PLAIN = frozenset({"a", "img", "source", "script", "br", "figcaption", "html", "body", "style", "link", "meta"})
"""Elements that are looked at most often and that nothing makes chrome."""
_NEVER_CHROME = SKIPPED | {"html", "body", "main", "img", "a", "p", "h1", "source", "figcaption", "script"}


def is_hidden(element: Element) -> bool:
    """Whether an element says of itself that it is not shown."""
    if element.has("hidden") and element.tag != "img":
        return True
    style = element.get("style")
    return (
        "display" in style
        and re.search(r"display\s*:\s*none", style) is not None
        and element.tag not in {"img", "picture", "iframe"}
    )


def _close_lists(tree: Tree, chrome: list[bool], mass: Sequence[int]) -> None:
    """A heading such as "Read also" makes the short box that it opens chrome."""
    letters = tree.letters
    for element in tree.all(*_HEADS):
        if (
            0 < letters[element.order] <= LONGEST_HEADING
            and element.end - element.order <= SIMPLE
            and not chrome[element.order]
            and is_list_heading(text_of(element))
        ):
            _mark(chrome, _box_of(element, mass))


LONGEST_HEADING = 100
"""Characters as written, line breaks among them, of a heading that opens a list of other stories."""
_HEADS = frozenset({"h2", "h3", "h4", "h5", "h6", "strong", "header", "span", "b"})


def is_list_heading(text: str) -> bool:
    """Whether a line is one of the headings that open lists of other stories."""
    return len(text) <= len("das könnte sie auch interessieren") + 8 and text.casefold().strip(" :|»>….-–—▶▷■◆") in words(
        "chrome", "headings"
    )


def _box_of(heading: Element, mass: Sequence[int]) -> Element:
    """The largest box around a heading that has hardly any prose."""
    box = heading
    for outer in heading.ancestors():
        if outer.tag in {"body", "html", "main", "article"} or mass[outer.order] > RUN:
            break
        box = outer
    return box


def _headline(tree: Tree, title: str | None, chrome: Sequence[bool]) -> Element | None:
    """The `h1` that the title repeats, else the first that is not chrome."""
    heads = [h for h in tree.all("h1") if len(text_of(h)) > len("News")]
    wanted = _folded(title or "")
    for same in (heads, list(tree.all("h2", "h3", "h4"))):
        best = max(same, key=lambda h: _likeness(_folded(text_of(h)), wanted), default=None)
        if best is not None and _likeness(_folded(text_of(best)), wanted) > 0.5:  # noqa: PLR2004 -- half of the title or more
            return best
    return next((h for h in heads if not chrome[h.order]), None)


def _likeness(text: str, wanted: str) -> float:
    """How much of the longer of two folded titles the shorter is, when the longer holds it."""
    if not text or not wanted or not (text in wanted or wanted in text):
        return 0.0
    return min(len(text), len(wanted)) / max(len(text), len(wanted))


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _root(tree: Tree, headline: Element | None, mass: Sequence[int]) -> Element:
    """The smallest element around the headline with most of the prose; without a headline, the page's own `article`."""
    total = mass[0]
    body = next(tree.all("body"), tree.root)
    if headline is not None:
        for outer in headline.ancestors():
            named = outer.tag in {"article", "main"} or "NewsArticle" in outer.get("itemtype")
            if mass[outer.order] >= max(RUN, (SOME if named else MOST) * total):
                return outer
        return body
    articles = [e for e in tree.all("article", "main") if mass[e.order] >= max(RUN, SOME * total)]
    return min(articles, key=lambda e: (-mass[e.order], -e.order)) if articles else body


def _body(root: Element, mass: Sequence[int]) -> Element:
    """The deepest element that still holds four fifths of the root's prose, or the one around it that is named as the body."""
    whole = mass[root.order]
    best = root
    while True:
        inner = next(
            (c for c in best.children if isinstance(c, Element) and mass[c.order] >= 0.8 * whole and c.tag not in INLINE | {"p"}),
            None,
        )
        if inner is None or not whole:
            break
        best = inner
    around = takewhile(lambda e: e is not root, islice(best.ancestors(), BODY_LEVELS))
    return next((e for e in around if e.named("chrome.bodies")), best)


BODY_LEVELS = 4
"""Elements around the paragraphs among which the named body is looked for."""
