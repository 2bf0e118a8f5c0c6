"""The article read from top to bottom: paragraphs, pictures, posts and players in the order in which a reader meets them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from provenance.extract import html_captions, html_embeds
from provenance.extract.credits import CaptionCredit
from provenance.extract.dom import BLOCKS, SKIPPED, Child, Element, Tree, clean, text_of
from provenance.extract.flat_text import fold, table
from provenance.extract.flat_text import words as every
from provenance.extract.html_body import Region
from provenance.extract.html_boxes import Box, Shot
from provenance.extract.html_images import Candidate, candidates
from provenance.extract.html_names import words

BEFORE_LEAD = 1
"""Paragraphs (a standfirst) that may stand before a lead picture."""


@dataclass(frozen=True, slots=True)
class Words:
    """A headline or a paragraph."""

    kind: Literal["headline", "paragraph"]
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture where it stands, with its words."""

    shot: Shot
    words: CaptionCredit
    gallery: bool
    before_text: bool


@dataclass(frozen=True, slots=True)
class Embedded:
    """A post or a player of a platform where it stands."""

    embed: html_embeds.Embed
    words: CaptionCredit
    before_text: bool


@dataclass(frozen=True, slots=True)
class Clip:
    """A video element of the page itself."""

    found: tuple[Candidate, ...]
    poster: str | None
    kind: Literal["video", "audio"]
    words: CaptionCredit
    before_text: bool


Item: TypeAlias = Words | Picture | Embedded | Clip


def read(tree: Tree, region: Region, boxes: dict[int, Box], base: str | None) -> Iterator[Item]:
    """The items of an article, in order.

    Args:
        tree: the page.
        region: where the article stands.
        boxes: its pictures, by the order of the element that holds each.
        base: the page's address.
    """
    return _Reader(tree, region, boxes, base).items()


class _Reader:
    """One walk over the region, with a stack of its own: depth is the page's choice."""

    def __init__(self, tree: Tree, region: Region, boxes: dict[int, Box], base: str | None) -> None:
        self.tree, self.region, self.boxes, self.base = tree, region, boxes, base
        self.line: list[str] = []
        self.paragraphs = 0
        self.skip = {e.order for box in boxes.values() for e in box.after}

    def items(self) -> Iterator[Item]:
        for order, box in self.boxes.items():
            if not self.region.root.holds(box.element) and order < self.region.last:
                yield from self._pictures(box)
        stack: list[Child | None] = [self.region.root]
        while stack:
            child = stack.pop()
            if child is None:
                yield from self._flush()
            elif isinstance(child, str):
                self.line.append(child)
            elif self._is_left_out(child):
                continue
            else:
                yield from self._element(child, stack)
        yield from self._flush()

    def _element(self, element: Element, stack: list[Child | None]) -> Iterator[Item]:
        found = self._item(element)
        if found:
            yield from self._flush()
            yield from found
        elif element.tag == "br":
            self.line.append("\n")
        elif element.tag in BLOCKS:
            stack.extend([None, *reversed(element.children), None])
        elif element.tag not in {"script", "noscript"}:
            stack.extend(reversed(element.children))

    def _item(self, element: Element) -> list[Item]:
        """What an element is as a whole: a headline, pictures, a post, a player; empty when it is read on."""
        if element is self.region.headline:
            return [Words("headline", " ".join(text_of(element).split()))]
        box = self.boxes.get(element.order)
        embed = html_embeds.read(self.tree, element) if self._may_embed(element) else None
        if embed:
            return [Embedded(embed, self._caption(element), self._is_before())]
        if box:
            return [*self._embeds_in(element), *self._pictures(box)]
        if element.tag in {"video", "audio", "amp-video"}:
            return self._clip(element)
        return []

    def _may_embed(self, element: Element) -> bool:
        return self.region.start <= element.order and element.tag not in {
            "body",
            "article",
            "main",
            "section",
            "span",
            "b",
            "a",
            "h2",
            "ul",
            "li",
        }

    def _embeds_in(self, element: Element) -> Iterator[Item]:
        for inner in self.tree.within(element, "iframe", "blockquote", "amp-youtube"):
            if embed := html_embeds.read(self.tree, inner):
                yield Embedded(embed, CaptionCredit(), self._is_before())

    def _pictures(self, box: Box) -> Iterator[Picture]:
        alone = len(box.shots) == 1
        gallery = is_gallery(box.element, self.region)
        for shot in box.shots.values():
            yield Picture(shot, html_captions.read(self.tree, box, shot, alone=alone), gallery, self._is_before())

    def _clip(self, element: Element) -> list[Item]:
        sources = [element, *self.tree.within(element, "source")]
        found = tuple(
            c for s in sources for c in candidates(Element.made("video", {"src": s.get("src") or s.get("data-src")}), self.base)
        )
        kind: Literal["video", "audio"] = "audio" if element.tag == "audio" else "video"
        poster = element.get("poster") or None
        return [Clip(found, poster, kind, self._caption(element), self._is_before())] if found or poster else []

    def _caption(self, element: Element) -> CaptionCredit:
        """The caption of the figure around a player, or of what its names say is one."""
        around = [element, *element.ancestors()][:4]
        figures = [e for e in around if e.tag == "figure" or e.named("picture.players")]
        figure = next((e for e in figures if any(True for _ in self.tree.within(e, "figcaption"))), None)
        if figure is None:
            return CaptionCredit()
        self.skip |= {e.order for e in self.tree.within(figure, "figcaption")}
        return html_captions.read(self.tree, Box(figure), Shot(element, [], ""), alone=True)

    def _is_before(self) -> bool:
        return self.paragraphs <= BEFORE_LEAD

    def _is_left_out(self, element: Element) -> bool:
        order = element.order
        if self.region.chrome[order] or order in self.skip or element.tag in SKIPPED:
            return True
        if order >= self.region.last and not self.region.body.holds(element):
            return True
        early = element.end <= self.region.start
        return early and order not in self.boxes and not self._holds_lead(element)

    def _holds_lead(self, element: Element) -> bool:
        """Whether a picture stands right before the headline, in an element that is read for it only."""
        return any(element.order <= order < element.end for order in self.boxes)

    def _flush(self) -> Iterator[Words]:
        if not self.line:
            return
        text, self.line = without_interface(clean("".join(self.line))), []
        if text:
            self.paragraphs += len(text) >= len("a paragraph that is more than a label or a byline, if a short one")
            yield Words("paragraph", text)


def without_interface(text: str) -> str:
    """A paragraph without the lines that are buttons: interface words, counters, single letters that set the size of the text."""
    if len(text) > MOST_BUTTONS:
        return text
    return "\n".join(line for line in text.split("\n") if not is_interface(line))


MOST_BUTTONS = 400
"""Characters; a run of buttons is shorter than a paragraph of prose."""
_SIGNS = "".join(c for c in map(chr, range(0x20, 0x7F)) if not c.isalnum()) + "«»›‹→←▶▷•·…–—|©¶"
_COUNTED = _SIGNS + "0123456789"


def is_interface(line: str) -> bool:
    """Whether a line is nothing but the words of a button, a counter, or one letter; a date or a year is none."""
    if len(line) > LONGEST_BUTTON:
        return False
    word = fold(line).strip(_SIGNS)
    counter = word.isdigit() and len(word) < len("2024")
    return counter or len(word) <= 1 or word.strip(_COUNTED) in interface_words()


LONGEST_BUTTON = 70


@cache
def interface_words() -> frozenset[str]:
    """Interface words of all languages: those of flattened pages, and those that only HTML leaves behind."""
    listed = (*every(table("flat_chrome")["whole"]), *words("chrome", "interface"))
    return frozenset(fold(word).strip(_COUNTED) for word in listed)


def is_gallery(element: Element, region: Region) -> bool:
    """Whether an element stands in what page makers call a gallery or slide show."""
    for outer in [element, *element.ancestors()]:
        if outer.holds(region.body):
            return False
        if outer.named("picture.galleries"):
            return True
    return False
