"""The box around each picture: the element that holds a picture, its caption and its credit, and nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import islice

from provenance.extract.credits import LONGEST_CREDIT, split_credit
from provenance.extract.dom import Element, Tree, text_of
from provenance.extract.html_body import Region
from provenance.extract.html_images import FULL, Candidate, asset_key, candidates, hint, is_noise, is_picture_url
from provenance.reference.platforms import identify

LONGEST_CAPTION = 900
"""Characters; longer text beside a picture is the article itself."""
MOST_PICTURES = 1_000
"""Pictures read of one page, ten times the longest galleries; a warning tells of more."""
MOST_IN_CARD = 3
"""Pictures in one card: the story's, its author's, a sign for "video"."""
_WRAPPERS = frozenset({"a", "picture", "span", "noscript", "td", "tr", "center", "div"})
MOST_LEVELS = 60
"""Elements around a picture that are looked at for its words."""
PICTURES = ("img", "amp-img", "picture", "amp-anim", "image")


@dataclass(slots=True)
class Box:
    """One or more pictures with the element around them; `after` are siblings that hold the caption."""

    element: Element
    shots: dict[str, "Shot"] = field(default_factory=dict)
    after: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class Shot:
    """One picture of a box: the elements that name it and the addresses in them."""

    element: Element
    found: list[Candidate]
    alt: str


def boxes(
    tree: Tree, region: Region, base: str | None, shared: frozenset[str], authors: frozenset[str] = frozenset()
) -> tuple[dict[int, Box], tuple[str, ...]]:
    """The pictures of the article's part of a page, by the order of the element that holds each; and what was not read.

    Args:
        tree: the page.
        region: where the article stands.
        base: the page's address, for relative ones.
        shared: asset keys that the page's metadata names; such a picture is content even where it looks like a teaser.
        authors: names of the article's authors; a picture that shows one is a portrait.
    """
    letters = tree.letters
    found: dict[int, Box] = {}
    pictures = _pictures(tree, region, base)
    for element, seen in islice(pictures, MOST_PICTURES):
        key = asset_key(seen[0].url)
        if not region.root.holds(element) and (key not in shared or any(a.tag == "a" for a in _near(element, 4))):
            continue
        around = _around(element, region, letters, tree)
        if key not in shared and (element.get("alt") in authors or is_teaser(tree, element, around, region)):
            continue
        if _is_poster(tree, element):
            continue
        box = found.setdefault(around.order, Box(around))
        shot = box.shots.setdefault(key, Shot(element, [], ""))
        shot.found.extend(seen)
        shot.alt = shot.alt or " ".join(unescape(element.get("alt")).split())
    for box in found.values():
        box.after = list(_captions_after(tree, box.element, region, letters))
    more = next(pictures, None) is not None
    return found, (f"page: the pictures behind the first {MOST_PICTURES:,} were not read",) if more else ()


def _pictures(tree: Tree, region: Region, base: str | None) -> Iterator[tuple[Element, list[Candidate]]]:
    """Every picture element of the region that is no noise, with its addresses."""
    stand_ins = _stand_ins(tree, base)
    for element, is_chrome in zip(tree.elements[: region.root.end], region.chrome, strict=False):
        if is_chrome or element.plain or not _may_hold(element):
            continue
        seen = [c for c in candidates(element, base) if c.url not in stand_ins]
        if element.tag in {"img", "amp-img"} and element.parent is not None and element.parent.tag == "picture":
            sources = [c for source in tree.within(element.parent, "source") for c in candidates(source, base)]
            same = not seen or asset_key(seen[0].url) in map(asset_key, (c.url for c in sources))
            seen = [*sources, *seen] if same else [*seen, *sources]
        full = _linked(element, base, seen) if seen else []
        if full or (seen and not is_noise(element, seen[0].url)):
            yield element, seen + full


def _stand_ins(tree: Tree, base: str | None) -> frozenset[str]:
    """Addresses that stand in several pictures with different descriptions: a placeholder shows none of what they describe."""
    told: dict[str, set[str]] = {}
    for image in tree.all("img"):
        if (src := image.get("src")) and (alt := image.get("alt")) and not src.startswith("data:"):
            told.setdefault(src, set()).add(alt)
    repeated = [src for src, alts in told.items() if len(alts) >= MOST_IN_CARD]
    return frozenset(c.url for src in repeated for c in candidates(Element.made("img", {"src": src}), base))


def _may_hold(element: Element) -> bool:
    if element.tag in {"img", "amp-img", "amp-anim"}:
        return True
    if element.tag in _NO_PICTURE:
        return False
    return element.has_any(_BACKGROUNDS) and ("background-image" in element.get("style") or element.has_any(_DATA_BACKGROUNDS))


_DATA_BACKGROUNDS = frozenset({"data-bg", "data-background-image"})
_BACKGROUNDS = _DATA_BACKGROUNDS | {"style"}
_NO_PICTURE = frozenset({"picture", "source", "video", "iframe", "script", "a", "meta", "link"})


def _linked(element: Element, base: str | None, seen: list[Candidate]) -> list[Candidate]:
    """The full picture that a thumbnail links to, when it is the same asset."""
    link = next((a for a in _near(element, 3) if a.tag == "a"), None)
    if link is None or not is_picture_url(link.get("href")):
        return []
    full = candidates(Element.made("img", {"src": link.get("href")}), base)
    keys = {asset_key(c.url) for c in seen}
    return [c if hint(c.url) else replace(c, width=FULL) for c in full if asset_key(c.url) in keys]


def _near(element: Element, levels: int) -> Iterator[Element]:
    for _, outer in zip(range(levels), element.ancestors(), strict=False):
        yield outer


def _around(element: Element, region: Region, letters: Sequence[int], tree: Tree) -> Element:
    """Climb from a picture to the element that holds it and its words."""
    box = element
    inside = letters[element.order]
    for outer in _near(element, MOST_LEVELS):
        if (
            outer.holds(region.body)
            or (region.headline and outer.holds(region.headline))
            or outer.tag in {"article", "section", "td", "body"}
        ):
            break
        if outer.tag == "figure":
            return next((o for o in _near(outer, 3) if o.tag == "figure"), outer)
        text = letters[outer.order]
        if text > LONGEST_CAPTION or _has_prose(tree, outer):
            break
        if text == inside or outer.tag == "center" or _is_box(tree, outer):
            box, inside = outer, text
        elif not any(o.tag == "figure" for o in _near(outer, 6)):
            break
    return box


def _is_box(tree: Tree, element: Element) -> bool:
    return element.named("picture.boxes") or any(
        e.tag == "figcaption" or e.named("picture.captions") or e.named("picture.credits") for e in tree.within(element)
    )


def _has_prose(tree: Tree, element: Element) -> bool:
    """Whether an element holds a paragraph or a headline that no caption is; one paragraph in a picture's own box is one."""
    prose = [
        e
        for e in tree.within(element, "p", "h1", "h2", "h3")
        if len(text_of(e)) > len("paragraphs of a line") * 4 and not _is_caption(e)
    ]
    only = prose[0] if len(prose) == 1 and prose[0].tag == "p" and prose[0].parent is element else None
    words_alone = only is not None and len(text_of(only)) <= LONGEST_CAPTION // 3 and element.named("picture.own_boxes")
    return bool(prose) and not words_alone


def _is_caption(element: Element) -> bool:
    return any(
        e.tag == "figcaption" or e.named("picture.captions") or e.named("picture.credits") for e in (element, *_near(element, 3))
    )


def is_teaser(tree: Tree, element: Element, box: Element, region: Region) -> bool:
    """Whether a picture leads to another story: it stands in a link, with no caption of its own outside the link.

    A link to a post of a platform leads to where the picture is from, not to a story.
    """
    link = next((a for a in _near(element, 5) if a.tag == "a" and a.get("href")), None)
    if link is None:
        return _in_card(tree, element, region)
    href = link.get("href")
    if href.startswith("#") or is_picture_url(href) or "javascript:" in href:
        return False
    if (address := identify(href)) and address.kind == "post":
        return _in_card(tree, element, region)
    captions = [e for e in tree.within(box) if _is_caption(e) and not link.holds(e) and text_of(e) and not _leads(tree, e, href)]
    bare = (
        any(e.tag == "figure" for e in _near(element, 4))
        and not text_of(link)
        and not any(e.tag == "li" for e in _near(element, 6))
    )
    return not (captions or bare) or _in_card(tree, element, region)


def _is_poster(tree: Tree, element: Element) -> bool:
    """Whether a picture stands in a player's box beside the player: it is what is seen before the video starts."""
    return any(
        v.end - v.order < _PLAYER
        for box in _near(element, 4)
        if box.named("picture.players") and not _holds_many(tree, box)
        for v in tree.within(box, "video")
    )


_PLAYER = 12
"""Elements in a `video`: its sources and tracks; what a broken page leaves open holds more."""


def _leads(tree: Tree, caption: Element, href: str) -> bool:
    """Whether words beside a picture are a link to where the picture leads: the headline of that story, no caption."""
    links = [*tree.within(caption, "a"), *(a for a in (caption, *_near(caption, 2)) if a.tag == "a")]
    return any(a.get("href") == href and len(text_of(a)) * 2 > len(text_of(caption)) for a in links)


def _in_card(tree: Tree, element: Element, region: Region) -> bool:
    """Whether the picture's list item or card holds a linked headline."""
    for outer in _near(element, 6):
        if outer.holds(region.body) or outer.tag == "figure" or _holds_many(tree, outer):
            return False
        if outer.tag in {"li", "article", "section", "div", "a"} and any(
            _links(tree, h) for h in tree.within(outer, "h2", "h3", "h4", "h5")
        ):
            return not any(True for _ in tree.within(outer, "figcaption"))
    return False


def _holds_many(tree: Tree, element: Element) -> bool:
    return next(islice(tree.within(element, "img"), MOST_IN_CARD, None), None) is not None


def _links(tree: Tree, heading: Element) -> bool:
    return any(True for _ in tree.within(heading, "a")) or any(a.tag == "a" for a in _near(heading, 3))


def _captions_after(tree: Tree, box: Element, region: Region, letters: Sequence[int]) -> Iterator[Element]:
    """The elements right behind a box that are its caption or credit."""
    node = box
    whole = letters[box.order]
    while (
        (node.tag in _WRAPPERS or (node.tag == "img" and node.parent is not None and node.parent.tag == "td"))
        and node.parent is not None
        and not node.parent.holds(region.body)
        and letters[node.parent.order] == whole
    ):
        node = node.parent
    for sibling in map(_cell, islice((e for e in islice(_next_elements(tree, node), 3) if e.tag != "br"), 2)):
        text = text_of(sibling) if sibling.tag not in {"script", "iframe", "figure", "noscript"} else ""
        if (
            not text
            or len(text) > LONGEST_CAPTION // 2
            or region.chrome[sibling.order]
            or any(True for _ in tree.within(sibling, "img"))
        ):
            return
        named = sibling.tag == "figcaption" or sibling.named("picture.captions") or sibling.named("picture.credits")
        alone = (
            sibling.tag in {"small", "em", "i"}
            and sibling.parent is not None
            and letters[sibling.parent.order] == letters[sibling.order]
        )
        if (
            not (named or alone)
            and not _is_unnamed_caption(tree, sibling, text)
            and (sibling.tag not in {"p", "div", "span", "em", "small", "i", "td"} or not split_credit(text).credit)
        ):
            return
        yield sibling


def _is_unnamed_caption(tree: Tree, element: Element, text: str) -> bool:
    """Whether a line is a caption by what follows it: a line that is a credit and nothing else."""
    behind = next(_next_elements(tree, element), None) if element.tag in {"div", "span"} else None
    if behind is None or behind.tag not in {"div", "span"} or len(text) > LONGEST_CAPTION // 3:
        return False
    line = " ".join(text_of(behind).split())
    found = split_credit(line) if line and len(line) <= LONGEST_CREDIT else None
    return found is not None and bool(found.credit) and not found.caption


def _cell(element: Element) -> Element:
    """A row's only cell, where old pages put the words below a picture; any other element is itself."""
    inside = [c for c in element.children if isinstance(c, Element)] if element.tag == "tr" else []
    return inside[0] if len(inside) == 1 and inside[0].tag == "td" else element


def _next_elements(tree: Tree, node: Element) -> Iterator[Element]:
    """The elements behind one in the same parent."""
    at = node.end
    while at < len(tree.elements) and tree.elements[at].parent is node.parent:
        yield tree.elements[at]
        at = tree.elements[at].end
