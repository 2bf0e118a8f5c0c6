"""Recorded verdicts as ClaimReview and MediaReview of schema.org, ready to stand in a page."""

from typing import Any

from provenance.records import Assessment, Dossier, Json, Status, Visual
from provenance.report.index import Index
from provenance.report.lines import embeddable
from provenance.report.text import is_link
from provenance.report.views import origin_name
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


def claim_reviews(dossier: Dossier) -> bytes:
    """JSON-LD with a MediaReview and a ClaimReview for each visual whose newest assessment is a verdict.

    The claim is what the documents say under it, word for word: their captions. UTF-8, in ASCII, safe within `<script>`.
    """
    index = Index(dossier)
    found: list[Json] = []
    for visual in dossier.visuals:
        history = index.assessments(visual)
        if history and history[-1].status in CATEGORIES:
            found += [_media_review(visual, history[-1], index), *_claim_review(visual, history[-1], index)]
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


def _claim_review(visual: Visual, said: Assessment, index: Index) -> list[Json]:
    captions = list(dict.fromkeys(member.caption for member in visual.members if member.caption))
    return [
        {
            "@type": "ClaimReview",
            **_said(visual, said),
            "claimReviewed": caption,
            "reviewRating": {"@type": "Rating", "alternateName": say("status", said.status)},
            "itemReviewed": _filled({"@type": "Claim", "author": _origin(visual), "appearance": _where(visual, caption, index)}),
        }
        for caption in captions
    ]


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


def _where(visual: Visual, caption: str, index: Index) -> list[Json]:
    """The addresses of the documents that have a caption."""
    urls = [m.url or _url(index, m.document) for m in visual.members if m.caption == caption]
    return [{"@type": "CreativeWork", "url": url} for url in dict.fromkeys(urls) if url and is_link(url)]


def _url(index: Index, document: str) -> str | None:
    stored = index.ref(document).stored
    return stored.document.document.url if stored else None


def _filled(value: dict[str, Any]) -> Json:
    return {key: inner for key, inner in value.items() if inner not in (None, [])}
