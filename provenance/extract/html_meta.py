"""What a page's head says: meta elements, links and structured data, gathered once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from provenance.extract import jsonld
from provenance.extract.dom import Tree
from provenance.extract.html_images import asset_key

ARTICLES = frozenset(
    {
        "NewsArticle",
        "Article",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "BackgroundNewsArticle",
        "ReviewNewsArticle",
        "AskPublicNewsArticle",
        "Report",
        "SocialMediaPosting",
        "TechArticle",
        "ClaimReview",
        "AdvertiserContentArticle",
        "SatiricalArticle",
    }
)
"""Types of schema.org that are a document of a newsroom."""


@dataclass(frozen=True, slots=True)
class Head:
    """The metadata of a page.

    Attributes:
        metas: content by lower-case name or property, the first of each.
        pictures: addresses of share pictures, then those of structured data, absolute where the page's address is known.
        share: the og:image, or what stands for it.
        article: the structured data of the document itself, or an empty object.
        nodes: all objects of structured data.
        base: the address against which relative ones are read.
    """

    metas: dict[str, str]
    pictures: tuple[str, ...]
    share: str | None
    article: jsonld.Node
    nodes: tuple[jsonld.Node, ...]
    canonical: str | None
    base: str | None
    warnings: tuple[str, ...]

    def first(self, *names: str) -> str | None:
        """The first of some metas that the page has."""
        return next((self.metas[n] for n in names if self.metas.get(n)), None)


def head(tree: Tree, url: str | None) -> Head:
    """Gather a page's metadata.

    Args:
        tree: the page.
        url: its address as given or dialled; without it, the page's own canonical address is the base.
    """
    metas = _metas(tree)
    nodes, warnings = jsonld.load(
        "".join(c for c in s.children if isinstance(c, str)) for s in tree.all("script") if "ld+json" in s.get("type")
    )
    canonical = _canonical(tree, metas, url)
    base = _base(tree, url or canonical)
    article = _article(nodes, canonical)
    share = next(
        (
            join(base, metas[n])
            for n in ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
            if metas.get(n)
        ),
        None,
    )
    by_id = {n["@id"]: n for n in nodes if isinstance(n.get("@id"), str) and (n.get("url") or n.get("contentUrl"))}
    values = (article.get("image"), article.get("thumbnailUrl"), *_page_images(nodes))
    stated = [join(base, u) for value in values for u in _resolved(value, by_id)]
    pictures = dict.fromkeys(u for u in [share or "", *stated] if u and "#" not in u)
    return Head(metas, tuple(pictures)[:40], share, article, tuple(nodes), canonical, base, tuple(warnings))


def films(head: Head) -> dict[str, str | None]:
    """The videos that structured data names: asset key of the picture before each -> address of the video, if given."""
    found: dict[str, str | None] = {}
    for node in head.nodes:
        if "VideoObject" in jsonld.types(node):
            url = next(filter(None, map(jsonld.text, (node.get("embedUrl"), node.get("contentUrl")))), None)
            for picture in jsonld.urls(node.get("thumbnailUrl")) or jsonld.urls(node.get("thumbnail")):
                found.setdefault(asset_key(join(head.base, picture)), join(head.base, url) if url else None)
    main = {asset_key(u) for u in head.pictures} if found else set()
    return {key: url for key, url in found.items() if key not in main}


def _metas(tree: Tree) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in tree.all("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop")).casefold()
        if name and element.get("content"):
            metas.setdefault(name, element.get("content"))
    return metas


def _page_images(nodes: list[jsonld.Node]) -> list[Any]:
    return [n.get("primaryImageOfPage") for n in nodes if {"WebPage", "ItemPage"} & set(jsonld.types(n))]


def _resolved(value: Any, by_id: dict[str, jsonld.Node]) -> list[str]:
    """Addresses of a picture; one that is named by its `@id` only is looked up."""
    if isinstance(value, dict) and not (value.get("url") or value.get("contentUrl")) and value.get("@id") in by_id:
        return jsonld.urls(by_id[value["@id"]])
    return jsonld.urls(value)


def _canonical(tree: Tree, metas: dict[str, str], url: str | None) -> str | None:
    links = [e.get("href") for e in tree.all("link") if "canonical" in e.get("rel").split()]
    for found in (*links, metas.get("og:url"), _amp(tree)):
        if found and (joined := join(url, found)) and urlsplit(joined).scheme in {"http", "https"}:
            return joined
    return None


def _amp(tree: Tree) -> str | None:
    return next((e.get("href") for e in tree.all("link") if e.get("rel") in {"amphtml", "shortlink"}), None)


def _base(tree: Tree, url: str | None) -> str | None:
    stated = next((e.get("href") for e in tree.all("base")), None)
    return join(url, stated) if stated and (url or stated.startswith("http")) else url


_WHOLE = re.compile(r"https?://[a-z0-9.-]+/[!$-~]*(?<![?;])\Z")


def join(base: str | None, url: str) -> str:
    """An address read against the page's; empty where it is none. A whole one need not be taken apart for that."""
    url = url.strip()
    if _WHOLE.match(url):
        return url
    try:
        return urljoin(base or "https:", url)
    except ValueError:
        return ""


def _article(nodes: list[jsonld.Node], canonical: str | None) -> jsonld.Node:
    """The object that is this document: by its type and, among several, by its address."""
    articles = [
        n for n in nodes if ARTICLES & set(jsonld.types(n)) and (n.get("headline") or n.get("datePublished") or n.get("name"))
    ]
    if canonical:
        for node in articles:
            if any(same_page(u, canonical) for u in _own_addresses(node)):
                return node
    return articles[0] if articles else {}


def _own_addresses(node: jsonld.Node) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        yield from jsonld.urls(node.get(key))


def same_page(one: str, other: str) -> bool:
    """Whether two addresses are of one page: the same but for scheme, www., query and a final slash."""
    return _bare(one) == _bare(other) != ""


def _bare(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return (parts.hostname or "").removeprefix("www.") + parts.path.rstrip("/") if parts.hostname else ""
