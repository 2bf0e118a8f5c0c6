"""Stored documents about invented events, made by hand from their text."""

from dataclasses import dataclass, field
from typing import Any

from provenance.records import (
    Account,
    Citation,
    Claim,
    Document,
    DocumentFacts,
    Hedge,
    Medium,
    Outlet,
    Party,
    Post,
    Span,
    StatedDate,
    StatedPlace,
    StoredDocument,
)


@dataclass
class Page:
    """A document under construction; every span is found in its text, so none can be wrong."""

    id: str
    text: str
    sequence: int = 1
    outlet: str | None = None
    published: str | None = None
    language: str = "en"
    kind: Any = "article"
    url: str | None = None
    media: list[Medium] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    hedges: list[Hedge] = field(default_factory=list)
    assets: dict[str, str] = field(default_factory=dict)

    def span(self, text: str) -> Span:
        start = self.text.index(text)
        return Span(start, start + len(text), text)

    def medium(self, description: str | None = None, **given: Any) -> "Page":
        """A medium; `mentions`, `dates` as (value, role, words) and `places` as (name, words) are found in the text."""
        mentions = tuple(self.span(m) for m in given.pop("mentions", ()))
        dates = tuple(StatedDate(value=v, precision="day", role=r, span=self.span(w)) for v, r, w in given.pop("dates", ()))
        places = tuple(StatedPlace(name=n, span=self.span(w)) for n, w in given.pop("places", ()))
        caption = given.get("caption")
        values = {
            "id": f"m{len(self.media) + 1}",
            "kind": "photo",
            "role": "mentioned",
            "description": self.span(description) if description else None,
            "caption_span": self.span(caption) if caption and caption in self.text else None,
            "mentions": mentions,
            "stated_dates": dates,
            "stated_places": places,
        }
        self.media.append(Medium(**{**values, **given}))
        return self

    def cites(self, cited: Party, words: str, relation: Any, *, citing: Party | None = None, **given: Any) -> "Page":
        values = {"id": f"c{len(self.citations) + 1}", "citing": citing or THIS, "about": ("m1",), "span": self.span(words)}
        self.citations.append(Citation(**{**values, "cited": cited, "relation": relation, **given}))
        return self

    def hedge(self, words: str, kind: Any, about: tuple[str, ...] = ("m1",)) -> "Page":
        self.hedges.append(Hedge(text=words, type=kind, span=self.span(words), about=about))
        return self

    def claim(self, words: str, kind: Any, about: str | None = "m1") -> "Page":
        self.claims.append(Claim(id=f"k{len(self.claims) + 1}", about=about, type=kind, text=words, span=self.span(words)))
        return self

    def stored(self) -> StoredDocument:
        facts = DocumentFacts(
            kind=self.kind,
            url=self.url,
            outlet=Outlet(name=self.outlet),
            published=self.published,
            published_precision="day" if self.published else None,
            language=self.language,
            sha256=self.id,
        )
        document = Document(
            source=f"{self.id}.txt",
            document=facts,
            text=self.text,
            media=tuple(self.media),
            posts=tuple(self.posts),
            citations=tuple(self.citations),
            claims=tuple(self.claims),
            hedges=tuple(self.hedges),
        )
        return StoredDocument(
            id=self.id, sequence=self.sequence, ingested_at="2031-05-01T00:00:00Z", document=document, assets=self.assets
        )


THIS = Party(kind="this-article")


def agency(name: str) -> Party:
    return Party(name=name, kind="agency")


def account(handle: str | None, platform: Any = "telegram", as_written: str | None = None) -> Party:
    return Party(kind="social-account", platform=platform, handle=handle, as_written=as_written)


def origin(handle: str, platform: Any = "telegram") -> Account:
    return Account(platform=platform, handle=handle)
