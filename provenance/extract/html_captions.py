"""The words of a picture's box: caption and credit, in elements of their own or in one."""

import re
from collections.abc import Iterator, Sequence

from provenance.extract import flat_forms
from provenance.extract.credits import CaptionCredit, looks_like_credit, parties, split_credit
from provenance.extract.dom import Element, Tree, text_of
from provenance.extract.html_body import is_hidden
from provenance.extract.html_boxes import LONGEST_CAPTION, Box, Shot
from provenance.extract.html_names import words
from provenance.records import MediumKind


def read(tree: Tree, box: Box, shot: Shot, *, alone: bool) -> CaptionCredit:
    """The caption and credit printed with one picture.

    Args:
        tree: the page.
        box: the picture's box.
        shot: the picture in it.
        alone: whether the box holds this picture only; in a shared box only words nearer to this one are taken.
    """
    scopes = [box.element, *box.after] if alone else [_own_scope(box.element, shot.element, box)]
    credit_elements = [c for scope in scopes for c in _credits(tree, scope)]
    credit = " ".join(dict.fromkeys(_line(text_of(c)) for c in credit_elements)).strip()
    skip = frozenset(c.order for c in credit_elements) | frozenset(_interface(tree, scopes))
    caption = _caption(tree, scopes, skip, frozenset(e.order for e in box.after))
    if not credit:
        found = split_credit(caption) if caption else CaptionCredit()
        credit = "" if found.credit else _aside(tree, box.element, shot, alone=alone)
        if not credit:
            return found if found.caption or found.credit else _from_alt(shot.alt)
    printed = split_credit(credit)
    plain = printed.credit if printed.credit and not printed.caption else credit
    return CaptionCredit(caption=caption or None, credit=plain, credit_parties=parties(plain))


def kind(words_of: CaptionCredit) -> MediumKind:
    """What sort of picture the caption and the credit's label say it is; a photo when they say nothing."""
    caption, credit = words_of.caption or "", words_of.credit or ""
    label = re.split(r"[:：=]| by ", credit, maxsplit=1)[0].casefold().strip()
    if label in flat_forms.labels_of("video-grab") or any(map(flat_forms.shown("grab").search, (caption, credit))):
        return "video-grab"
    for other in _KINDS:
        if label in flat_forms.labels_of(other):
            return other
    is_shot = flat_forms.shown("shot").search(credit) or flat_forms.shown("shot").search(caption[:LABEL])
    return "screenshot" if is_shot else "photo"


def _aside(tree: Tree, box: Element, shot: Shot, *, alone: bool) -> str:
    """A credit outside the caption: in an attribute of the picture, or a line of its figure that is nothing else."""
    for name in ("data-credit", "data-copyright", "data-photo-credit", "data-photographer"):
        if value := _line(shot.element.get(name)):
            return value[: LONGEST_CAPTION // 4]
    figure = next((e for e in [box, *box.ancestors()][:4] if e.tag == "figure"), None)
    if figure is None or not alone:
        return ""
    captions = [e.order for e in tree.within(figure, "figcaption")]
    lines = text_of(figure, frozenset([*captions, *_interface(tree, [figure])])).split("\n") if captions else []
    return next((line for line in lines if looks_like_credit(line)), "")


LABEL = 60
"""Characters at the start of a caption in which "screenshot" is said of the picture, not of what it shows."""


_KINDS: tuple[MediumKind, ...] = ("screenshot", "graphic", "document")


def _from_alt(alt: str) -> CaptionCredit:
    """A caption in `alt` counts only when a credit ends it: such text was written for readers."""
    found = split_credit(alt)
    return found if found.credit and found.caption else CaptionCredit()


def _own_scope(box: Element, picture: Element, whole: Box) -> Element:
    """The part of a shared box that belongs to one picture."""
    others = [s.element for s in whole.shots.values() if s.element is not picture]
    scope = picture
    for outer in picture.ancestors():
        if not box.holds(outer) or any(outer.holds(o) for o in others):
            break
        scope = outer
    return scope


def _credits(tree: Tree, scope: Element) -> list[Element]:
    """The innermost elements that are named as credits, without those that are captions too."""
    found: list[Element] = []
    for element in [scope, *tree.within(scope)]:
        if found and found[-1].holds(element):
            continue
        if _is_credit(element) and not _is_mixed(tree, element):
            text = _line(text_of(element))
            if text and len(text) <= LONGEST_CAPTION // 4:
                found.append(element)
    return found


def _is_credit(element: Element) -> bool:
    if element.tag in {"cite", "small"}:
        return _is_word_of_caption(element)
    if element.tag in {"figure", "img", "picture"} or not element.names:
        return False
    if element.named("picture.credits"):
        return True
    if not element.named("picture.credit_names"):
        return False
    around = [element, *element.ancestors()][:4]
    return any(e.tag in {"figure", "figcaption"} or e.named("picture.captions") for e in around) or any(
        f" {w} " in element.names for w in ("image", "photo", "picture", "foto", "img", "bild")
    )


def _is_word_of_caption(element: Element) -> bool:
    """Whether a `cite`, or small print that reads as a credit, stands in a figcaption among other words."""
    caption = next((e for e in [*element.ancestors()][:3] if e.tag == "figcaption"), None)
    if caption is None or _line(text_of(caption)) == _line(text_of(element)):
        return False
    return element.tag == "cite" or looks_like_credit(_line(text_of(element)), loose=True)


def _is_mixed(tree: Tree, element: Element) -> bool:
    """Whether an element named as a credit holds the caption too."""
    if any(e.named("picture.captions") or e.tag in {"figcaption", "img"} for e in tree.within(element)):
        return True
    inside = any(e.tag == "figcaption" or e.named("picture.captions") for e in [*element.ancestors()][:3])
    named_caption = element.tag == "figcaption" or (element.named("picture.captions") and not inside)
    return named_caption and not looks_like_credit(_line(text_of(element)), loose=True)


def _caption(tree: Tree, scopes: Sequence[Element], skip: frozenset[int], whole: frozenset[int]) -> str:
    """The words of a box; of what was chosen as words already (`whole`), everything."""
    sources = [s for scope in scopes for s in _sources(tree, scope) or ([scope] if scope.order in whole else [])]
    lines: list[str] = []
    for source in sources:
        for line in text_of(source, skip).split("\n"):
            if line.casefold().strip(" .:|") not in words("picture", "interface") and line not in lines:
                lines.append(line)
    text = " ".join(lines).strip()
    return text if 0 < len(text) <= LONGEST_CAPTION else ""


def _sources(tree: Tree, scope: Element) -> list[Element]:
    """Figcaptions; else elements named as captions; else the whole box, when it is one by its name."""
    if scope.tag == "figcaption":
        return [scope]
    captions = list(tree.within(scope, "figcaption"))
    if not captions:
        captions = [
            e for e in [scope, *tree.within(scope)] if e.named("picture.captions") and e.tag not in {"img", "figure", "a"}
        ]
    outermost = [c for c in _outermost(captions) if text_of(c)]
    if outermost or scope.tag in _WORDED or scope.named("picture.captions"):
        return outermost or [scope]
    if split_credit(_line(text_of(scope))).credit:
        return [scope]
    return [scope] if scope.named("picture.boxes") and not _holds_byline(tree, scope) else []


def _outermost(elements: Sequence[Element]) -> list[Element]:
    """Of elements in document order, those that stand in no other."""
    found: list[Element] = []
    for element in elements:
        if not found or not found[-1].holds(element):
            found.append(element)
    return found


def _holds_byline(tree: Tree, scope: Element) -> bool:
    """Whether a box that is named for its picture holds the article's own byline, time or section too."""
    return any(e.tag in {"time", "ul", "h1", "h2", "h3"} or e.named("picture.not_captions") for e in [scope, *tree.within(scope)])


_WORDED = frozenset({"figure", "p", "em", "small", "i", "td", "center"})
"""Elements whose text beside a picture is its caption; a `div` may hold bylines and dates too."""


def _interface(tree: Tree, scopes: Sequence[Element]) -> Iterator[int]:
    for scope in scopes:
        for element in tree.within(scope):
            if (
                element.tag in {"button", "h1", "h2", "svg", "iframe", "select"}
                or element.get("role") == "button"
                or is_hidden(element)
                or element.named("picture.unseen")
                or element.tag == "time"
            ):
                yield element.order


def _line(text: str) -> str:
    return " ".join(text.split())
