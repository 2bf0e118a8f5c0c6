"""Fact-checks that a page states in structured data: ClaimReview and MediaReview of schema.org."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal

from provenance.extract import jsonld
from provenance.extract.html_meta import Head, join
from provenance.extract.html_times import moment
from provenance.records import Review

MOST_REVIEWS = 100
"""More than any collection of fact-checks shows on one page."""
_TYPES: tuple[Literal["ClaimReview", "MediaReview"], ...] = ("ClaimReview", "MediaReview")


def reviews(head: Head) -> tuple[Review, ...]:
    """The reviews of a page, in order, each once.

    Args:
        head: the page's metadata, its structured data among it.
    """
    found = dict.fromkeys(_review(node, kind, head.base) for node in head.nodes for kind in _TYPES if kind in jsonld.types(node))
    numbered = enumerate(list(found)[:MOST_REVIEWS], start=1)
    return tuple(_numbered(review, number) for number, review in numbered)


def _numbered(review: Review, number: int) -> Review:
    return replace(review, id=f"r{number}")


def _review(node: jsonld.Node, kind: Literal["ClaimReview", "MediaReview"], base: str | None) -> Review:
    item = _object(node.get("itemReviewed"))
    rating = _object(node.get("reviewRating"))
    stated = jsonld.text(node.get("datePublished"))
    when = moment(stated) if stated else None
    return Review(
        id="",
        type=kind,
        url=next((join(base, u) for u in jsonld.urls(node.get("url"))), None),
        reviewed=jsonld.text(node.get("claimReviewed") or item.get("name") or item.get("description")),
        rating=jsonld.text(node.get("mediaAuthenticityCategory") or rating.get("alternateName") or rating.get("name")),
        rating_value=_number(rating.get("ratingValue")),
        author=jsonld.text(node.get("author") or node.get("publisher")),
        claimant=jsonld.text(item.get("author") or item.get("creator")),
        appearances=tuple(dict.fromkeys(join(base, u) for u in _appearances(node, item))),
        published=when.value if when else None,
    )


def _appearances(node: jsonld.Node, item: jsonld.Node) -> Iterator[str]:
    """Where the reviewed claim or medium was seen, as far as the page gives addresses."""
    for holder, key in (
        (item, "firstAppearance"),
        (item, "appearance"),
        (item, "mediaItemAppearance"),
        (item, "contentUrl"),
        (item, "sameAs"),
        (node, "originalMediaLink"),
        (item, "url"),
    ):
        yield from jsonld.urls(holder.get(key))


def _object(value: Any) -> jsonld.Node:
    first = next((v for v in value if isinstance(v, dict)), {}) if isinstance(value, list) else value
    return first if isinstance(first, dict) else {}


def _number(value: Any) -> str | None:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else jsonld.text(value)
