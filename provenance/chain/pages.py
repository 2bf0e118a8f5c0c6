"""Media of one document that are one visual: the picture that stands in a page, and the words in it that speak of a picture."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from provenance.chain import days, joins, names, naming
from provenance.chain.appearance import Appearance
from provenance.chain.joins import Edge

PAPERS = frozenset(["questionnaire", "document", "map"])
SHOWN = frozenset(["lead", "body", "gallery", "embedded-post"])


def edges(media: Sequence[Appearance]) -> Iterator[Edge]:
    """The edges inside one document.

    A picture without words of its own is the one that the text speaks of when both come from one source, or when only one
    pair is left; two mentions of one kind are one when one of them says nothing of its own, unless something tells them apart.
    """
    bare = [a for a in media if a.medium.role in SHOWN and not a.things_told and not a.is_of_several]
    spoken = [a for a in media if a.medium.role == "mentioned"]
    yield from _by_source(bare, spoken)
    paired = {e.left for e in _by_source(bare, spoken)}
    left = [a for a in bare if a.name not in paired]
    taken = {e.right for e in _by_source(bare, spoken)} | {e.left for e in _footage(spoken)}
    others = [b for b in spoken if b.name not in taken]
    fitting = [(a, b) for a in left for b in others if _can_be_one(a, b) and not _is_credited_apart(a, b)]
    alike = [(a, b) for a, b in fitting if a.medium.kind == b.medium.kind]
    fitting = alike if len(alike) == 1 else fitting
    if len(fitting) == 1 and len(left) == 1:
        yield _edge(
            *fitting[0], "the only picture of the page without words of its own, and the only one that its text speaks of"
        )
    yield from _mentions(spoken)
    yield from _footage(spoken)
    yield from _papers(media, spoken)
    yield from _frames(media, spoken)


def _frames(media: Sequence[Appearance], spoken: Sequence[Appearance]) -> Iterator[Edge]:
    """A picture captured from an account's post, and the only footage of that platform that the text speaks of."""
    for a in (a for a in media if a.medium.role in SHOWN and a.medium.kind == "photo" and a.is_captured and a.things_told):
        found = [b for b in spoken if b.medium.kind == "video" and _can_be_one(a, b, named=False) and _one_source(a, b)]
        if len(found) == 1 and not found[0].is_other:
            yield _edge(a, found[0], "the picture in the page was captured where the footage that its text speaks of was posted")


def _papers(media: Sequence[Appearance], spoken: Sequence[Appearance]) -> Iterator[Edge]:
    """A picture of a paper, and the only such paper that the text speaks of: "The form (above)", "a form handed to the paper"."""
    for a in (a for a in media if a.medium.role in SHOWN and a.things_told):
        papers = a.things_told & PAPERS
        found = [b for b in spoken if papers & b.things_told and b.medium.kind in joins.STILL and not joins.bar(a, b)]
        if len(found) == 1 and not found[0].is_other:
            yield _edge(a, found[0], f"the picture in the page shows the {min(papers)} that its text speaks of")


def _by_source(bare: Sequence[Appearance], spoken: Sequence[Appearance]) -> Iterator[Edge]:
    for a in bare:
        found = [b for b in spoken if _can_be_one(a, b) and _one_source(a, b)]
        if found:
            yield _edge(a, found[0], "the picture in the page and the one that its text speaks of come from one source")


def _mentions(spoken: Sequence[Appearance]) -> Iterator[Edge]:
    """Two mentions of one kind, neither called another one."""
    for a, b in combinations(spoken, 2):
        kinds = a.medium.kind == b.medium.kind and not (a.things_told and b.things_told)
        alone = not b.source_words and b.platform is None
        if kinds and (alone or _one_source(a, b)) and _can_be_one(a, b) and not (a.is_other or b.is_other):
            yield _edge(a, b, "the text speaks twice of such a picture, and of no other")


def _footage(spoken: Sequence[Appearance]) -> Iterator[Edge]:
    """The only film that the text speaks of, and a word for it that means pictures as well: "the video … these images"."""
    films = [b for b in spoken if b.medium.kind == "video"]
    for a in (a for a in spoken if len(films) == 1 and a.medium.kind == "photo" and a.is_either):
        told = a.things_told and films[0].things_told and a.things_told.isdisjoint(films[0].things_told)
        if not (told or a.is_other or films[0].is_other) and _can_be_one(a, films[0]):
            yield _edge(a, films[0], "the text speaks of one film, and once of it with a word that means pictures as well")


def _edge(left: Appearance, right: Appearance, why: str) -> Edge:
    return Edge(left.name, right.name, "same-origin", "likely", why, 3)


def _can_be_one(left: Appearance, right: Appearance, *, named: bool = True) -> bool:
    """Whether nothing tells them apart: kind, way of taking, source (unless that is not `named`), days, places."""
    if not joins.kinds_agree(left, right) or joins.bar(left, right):
        return False
    gap = days.nearest(left.medium.stated_dates, right.medium.stated_dates)
    modes = not (left.modes and right.modes and left.modes.isdisjoint(right.modes))
    platforms = not left.platform or not right.platform or left.platform == right.platform
    sourced = not named or not (_is_told_from(left) and _is_told_from(right)) or _one_source(left, right)
    spots = not (left.spots and right.spots and left.spots.isdisjoint(right.spots))
    return not gap and modes and platforms and sourced and spots


def _is_told_from(appearance: Appearance) -> bool:
    """Whether it has a source of its own: "Twitter users" are no other one than the source that the text names."""
    own = (n for n in appearance.source_names if not any(names.platform_of(w) for w in n.split()))
    return bool(appearance.source_words) and any(own)


def _is_credited_apart(picture: Appearance, spoken: Appearance) -> bool:
    """Whether a credited photograph stands beside words on a paper from another: it is of the event, not of the paper."""
    paper = spoken.medium.kind == "document" and picture.medium.kind != "document"
    return paper and bool(picture.credits) and not _one_source(picture, spoken)


def _one_source(left: Appearance, right: Appearance) -> bool:
    """Whether both name one source, or both the same platform."""
    if naming.shared(left.source_names, right.source_names) or left.firm_origins & right.firm_origins:
        return True
    return left.platform is not None and left.platform == right.platform
