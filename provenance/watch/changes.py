"""What is different between two versions of a document, in the terms of a desk."""

import difflib
from collections.abc import Iterator

from provenance.records import Document, DocumentChange, Medium

_LONGEST = 2000
"""Characters kept of a side; the documents themselves are kept whole."""


def changes(before: Document, after: Document) -> tuple[DocumentChange, ...]:
    """The differences that a reader would see: headline, text, media, captions, credits. Empty where only the markup differs."""
    return tuple(_found(before, after))


def _found(before: Document, after: Document) -> Iterator[DocumentChange]:
    old, new = before.document.headline, after.document.headline
    if _words(old) != _words(new):
        yield DocumentChange(what="headline", before=old, after=new)
    yield from _text(before.text, after.text)
    yield from _media(before.media, after.media)


def _text(before: str, after: str) -> Iterator[DocumentChange]:
    """Lines that were replaced, taken out or put in, each run of them one change."""
    left, right = _lines(before), _lines(after)
    for kind, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind != "equal":
            yield DocumentChange(what="text", before=_cut(left[a:b]), after=_cut(right[c:d]))


def _media(before: tuple[Medium, ...], after: tuple[Medium, ...]) -> Iterator[DocumentChange]:
    old, new = _by_name(before), _by_name(after)
    yield from (DocumentChange(what="media-removed", before=name, medium=name) for name in old if name not in new)
    for name, medium in new.items():
        if name not in old:
            yield DocumentChange(what="media-added", after=name, medium=name)
        elif _words(old[name].caption) != _words(medium.caption):
            yield DocumentChange(what="caption", before=old[name].caption, after=medium.caption, medium=name)
        if name in old and _words(old[name].credit) != _words(medium.credit):
            yield DocumentChange(what="credit", before=old[name].credit, after=medium.credit, medium=name)


def _by_name(media: tuple[Medium, ...]) -> dict[str, Medium]:
    """Media by what stays the same while the page around them changes: its address, without a query."""
    named = ((_name(medium), medium) for medium in media if medium.role != "mentioned")
    return {name: medium for name, medium in named if name}


def _name(medium: Medium) -> str:
    return (medium.url or next(iter(medium.candidate_urls), "")).partition("?")[0] or medium.platform_id or medium.alt or ""


def _lines(text: str) -> list[str]:
    return [line for line in map(_words, text.splitlines()) if line]


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


def _cut(lines: list[str]) -> str | None:
    return "\n".join(lines)[:_LONGEST] or None
