"""Recorded verdicts as ClaimReview and MediaReview of schema.org, ready to stand in a page."""

from typing import Any

from provenance.records import AppearanceKey, Assessment, Dossier, Json, Member, Status, Visual
from provenance.report.cells import origin_name
from provenance.report.index import Index
from provenance.report.lines import embeddable
from provenance.report.text import is_link
from provenance.report.wording import say

CATEGORIES: dict[Status, str] = {
    "authentic": "OriginalMediaContent",
    "miscaptioned": "DecontextualizedContent",
    "false-context": "DecontextualizedContent",
    "altered": "TransformedContent",
    "synthetic": "TransformedContent",
    "staged": "StagedContent",
    "satire": "SatireOrParodyContent",
}
"""Status -> MediaManipulationRatingEnumeration of schema.org; a status that is no verdict has none and is not exported."""


ON_CLAIMS = frozenset({"miscaptioned", "false-context"})
"""The statuses that say something of the words under a picture, and not of the picture alone."""


def is_verdict(status: Status) -> bool:
    """Whether a status decides something, so that it may be published as a review."""
    return status in CATEGORIES


def claim_reviews(dossier: Dossier) -> bytes:
    """JSON-LD: a MediaReview for each visual whose newest assessment is a verdict, a ClaimReview where it is on a caption.

    What an outlet says is called miscaptioned only where the analyst named that very appearance: a verdict on a visual does not
    tell whose words are wrong. The claim is the caption, word for word. UTF-8, in ASCII, safe within `<script>`.
    """
    index = Index(dossier)
    found: list[Json] = []
    for visual in dossier.visuals:
        history = index.assessments(visual)
        if history and is_verdict(history[-1].status):
            found.append(_media_review(visual, history[-1], index))
        found += _claim_reviews(visual, history, index)
    return embeddable({"@context": "https://schema.org", "@graph": found})


def _media_review(visual: Visual, said: Assessment, index: Index) -> Json:
    shown = [_filled(_snapshot(url, asset, kind)) for url, asset, kind in _media(visual, index)]
    return {
        "@type": "MediaReview",
        **_said(visual, said),
        "mediaAuthenticityCategory": CATEGORIES[said.status],
        "itemReviewed": _filled(
            {
                "@type": "MediaReviewItem",
                "name": visual.label,
                "creator": _origin(visual),
                "mediaItemAppearance": shown,
            }
        ),
    }


def _claim_reviews(visual: Visual, history: list[Assessment], index: Index) -> list[Json]:
    """A review of each caption on which the newest word of those who named it is that it is wrong."""
    newest = {said.appearance: said for said in history if said.named}
    members = {AppearanceKey(member.document, member.media): member for member in visual.members}
    return [
        _claim_review(visual, said, member, index)
        for place, said in newest.items()
        if said.status in ON_CLAIMS and (member := members.get(place)) and member.caption
    ]


def _claim_review(visual: Visual, said: Assessment, member: Member, index: Index) -> Json:
    url = member.url or _url(index, member.document)
    shown = [{"@type": "CreativeWork", "url": url}] if url and is_link(url) else []
    author = {"@type": "Organization", "name": member.outlet} if member.outlet else None
    return {
        "@type": "ClaimReview",
        **_said(visual, said),
        "claimReviewed": member.caption,
        "reviewRating": {"@type": "Rating", "alternateName": say("status", said.status)},
        "itemReviewed": _filled({"@type": "Claim", "author": author, "appearance": shown}),
    }


def _said(visual: Visual, said: Assessment) -> Json:
    return {
        "identifier": visual.id,
        "author": {"@type": "Person", "name": said.who},
        "datePublished": said.at,
        "reviewBody": said.why,
    }


def _origin(visual: Visual) -> Json | None:
    name = origin_name(visual.origin)
    return {"@type": "Thing", "name": name} if name else None


def _media(visual: Visual, index: Index) -> list[tuple[str | None, str | None, str]]:
    """Address, sha256 and kind of each different picture."""
    found = []
    for member in visual.members:
        medium = index.medium(member)
        kind = "VideoObjectSnapshot" if medium and medium.kind == "video" else "ImageObjectSnapshot"
        url = medium.url if medium and is_link(medium.url) else None
        if url or member.asset:
            found.append((url, member.asset, kind))
    return list(dict.fromkeys(found))


def _snapshot(url: str | None, asset: str | None, kind: str) -> Json:
    return {"@type": kind, "contentUrl": url, "sha256sum": asset}


def _url(index: Index, document: str) -> str | None:
    stored = index.ref(document).stored
    return stored.document.document.url if stored else None


def _filled(value: dict[str, Any]) -> Json:
    return {key: inner for key, inner in value.items() if inner not in (None, [])}
