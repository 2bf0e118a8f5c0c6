"""What a page says of itself: outlet, headline, byline, language, times; each value with what it was read from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

from provenance.extract import flat_head, jsonld
from provenance.extract.dom import Element, Tree, clean, detect_language, text_of
from provenance.extract.flat_dates import dates, page_times
from provenance.extract.html_body import Region
from provenance.extract.html_meta import ARTICLES, Head
from provenance.extract.html_names import data
from provenance.extract.html_times import Moment, in_address, moment
from provenance.records import DocumentFacts, DocumentKind, Outlet, Snapshot

ARCHIVES = frozenset(
    {
        "archive.org",
        "archive.ph",
        "archive.today",
        "archive.is",
        "googleusercontent.com",
        "ampproject.org",
        "perma.cc",
        "translate.goog",
    }
)
"""Registered domains that show other outlets' pages."""
PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "date.published",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article.published",
    "published-date",
    "published_at",
    "originalpublicationdate",
    "last-published",
    "og:article:published_time",
    "date",
    "displaydate",
    "vr:published_time",
    "article_date_original",
    "iso-8601-publish-date",
)
MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "article:updated",
    "revised",
    "article.updated",
)
"""Names of meta elements in the order of trust; from Open Graph, Dublin Core and the publishing systems' own."""
NEAR = 60
"""Elements around the headline in which a printed time is the article's."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time of the page, the words it was read from and where they stood."""

    moment: Moment
    text: str
    basis: str


def facts(tree: Tree, head: Head, region: Region, snapshot: Snapshot, text: str) -> DocumentFacts:
    """Everything but the article itself.

    Args:
        tree: the page.
        head: its metadata.
        region: where the article stands.
        snapshot: what was given with the page; it goes before what the page says.
        text: the article's text, to tell the language where the page does not.
    """
    language = _language(tree, head, text)
    published = _given(snapshot, language) or next(_published(tree, head, region, snapshot, language), None)
    modified = next(_modified(head, language), None)
    return DocumentFacts(
        kind=_kind(head, region),
        url=snapshot.url or snapshot.final_url,
        canonical_url=head.canonical,
        outlet=outlet(tree, head, snapshot),
        headline=_headline(tree, head, region),
        byline=_byline(tree, head, region),
        dateline=_dateline(text),
        language=language,
        published=published.moment.value if published else None,
        published_precision=published.moment.precision if published else None,
        published_text=_printed(tree, region, published, language) if published else None,
        published_basis=published.basis if published else None,
        modified=modified.moment.value if modified else None,
        sha256=snapshot.sha256,
    )


def _kind(head: Head, region: Region) -> DocumentKind:
    if head.article or (head.metas.get("og:type") or "").startswith("article") or region.prose:
        return "article"
    return "page"


# ------------------------------------------------------------------ outlet


def outlet(tree: Tree, head: Head, snapshot: Snapshot) -> Outlet:
    """The publisher: its name from the best source there is, its domain from the page's address."""
    domain = next(
        filter(None, (domain_of(u) for u in (snapshot.url, snapshot.final_url, head.canonical, head.metas.get("og:url")) if u)),
        None,
    )
    if snapshot.outlet:
        return Outlet(name=snapshot.outlet, domain=domain, basis="given")
    for name, basis in _outlet_names(tree, head):
        if name and not name.startswith(("http", "@")):
            return Outlet(name=name, domain=domain, basis=basis)
    return Outlet(domain=domain, basis="url" if domain else None)


def _outlet_names(tree: Tree, head: Head) -> Iterator[tuple[str | None, str]]:
    yield _publisher(head), "json-ld"
    yield head.first("og:site_name"), "og:site_name"
    yield (
        head.first(
            "application-name",
            "apple-mobile-web-app-title",
            "dc.publisher",
            "dcterms.publisher",
            "article:publisher",
            "publisher",
        ),
        "meta",
    )
    title = next((text_of(t) for t in tree.all("title")), "")
    parts = re.split(r"\s[|–—·-]\s", title)
    yield (parts[-1] if len(parts) > 1 and len(parts[-1]) <= 40 else None), "title"  # noqa: PLR2004 -- names of outlets are short


def _publisher(head: Head) -> str | None:
    publisher: Any = head.article.get("publisher")
    if isinstance(publisher, list):
        publisher = next((p for p in publisher if p), None)
    if isinstance(publisher, dict) and not publisher.get("name"):
        same = publisher.get("@id")
        publisher = next((n for n in head.nodes if n.get("@id") == same and n.get("name")), None)
    named = jsonld.text(publisher) if isinstance(publisher, str | dict) else None
    return named or next(
        (jsonld.text(n.get("name")) for n in head.nodes if "NewsMediaOrganization" in jsonld.types(n) and n.get("name")), None
    )


def domain_of(url: str) -> str | None:
    """The registered domain of an address; None for addresses without one and for archives of others' pages."""
    try:
        host = urlsplit(url if "//" in url else "//" + url).hostname
    except ValueError:
        return None
    found = _suffixes().privatesuffix(host.rstrip(".").casefold()) if host else None
    return str(found) if found and found not in ARCHIVES else None


@cache
def _suffixes() -> Any:
    return PublicSuffixList()


# ------------------------------------------------------------------ headline, byline, language


def _headline(tree: Tree, head: Head, region: Region) -> str | None:
    stated = jsonld.text(head.article.get("headline")) or head.first("og:title", "twitter:title", "dc.title")
    if region.headline is not None:
        printed = " ".join(text_of(region.headline).split())
        return stated if stated and region.headline.tag != "h1" and stated in printed else printed
    return stated or next((text_of(t) or None for t in tree.all("title")), None)


def author_names(head: Head) -> list[str]:
    """The authors that the metadata names."""
    names = [n for n in jsonld.texts(head.article.get("author")) if not _is_site(n)]
    if not names:
        stated = head.first("author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl")
        names = [stated] if stated and not _is_site(stated) else []
    return names


def _is_site(name: str) -> bool:
    """Whether an author is given as an address: that is the outlet, no writer."""
    return name.startswith("http") or "www." in name


def _byline(tree: Tree, head: Head, region: Region) -> str | None:
    names = author_names(head)
    return ", ".join(dict.fromkeys(names)) or next(filter(None, map(_name, _printed_bylines(tree, region))), None)


def _name(line: str) -> str | None:
    """The names of a printed byline: without "By" before them and the date behind."""
    stamp = next(iter(dates(line)), None)
    words = re.split(r"\d|\s[|•·]\s", line[: stamp.start] if stamp else line)[0].split()
    while words and words[0].casefold().rstrip(":") in data()["facts"]["before_names"]:
        words = words[1:]
    return " ".join(words).strip(" ,:|–—-") or None


def _dateline(text: str) -> str | None:
    """Place, date and agency before the first sentence of one of the first paragraphs of prose."""
    prose = (line for line in text[:FRONT].split("\n") if len(line) > SHORTEST_PROSE)
    found = (flat_head.dateline(line) for line in islice(prose, FIRST_PARAGRAPHS))
    return next((wire.text for wire in found if wire), None)


FRONT = 4_000
SHORTEST_PROSE = 60
FIRST_PARAGRAPHS = 5
"""Characters, and paragraphs, in which a dateline is looked for: captions and standfirsts may come before it."""


def _printed_bylines(tree: Tree, region: Region) -> Iterator[str]:
    for element in tree.elements[region.start : region.first + NEAR]:
        is_author = element.get("rel") == "author" or element.get("itemprop") == "author" or element.named("facts.bylines")
        text = " ".join(text_of(element).split()) if is_author else ""
        if 2 < len(text) <= 120:  # noqa: PLR2004 -- a line of names
            yield text


def _language(tree: Tree, head: Head, text: str) -> str | None:
    stated = (
        tree.root.get("lang")
        or tree.root.get("xml:lang")
        or head.first("og:locale", "content-language", "language", "dc.language")
        or ""
    )
    code = re.split(r"[-_,; ]", jsonld.text(stated) or jsonld.text(head.article.get("inLanguage")) or "")[0].casefold()
    return code if re.fullmatch(r"[a-z]{2,3}", code) else detect_language(text)


# ------------------------------------------------------------------ times


def _given(snapshot: Snapshot, language: str | None) -> Time | None:
    found = moment(snapshot.published, language) if snapshot.published else None
    return Time(found, snapshot.published or "", "given") if found else None


def _published(tree: Tree, head: Head, region: Region, snapshot: Snapshot, language: str | None) -> Iterator[Time]:
    for node in (head.article, *(n for n in head.nodes if (ARTICLES | {"WebPage"}) & set(jsonld.types(n)))):
        yield from _time(jsonld.text(node.get("datePublished") or node.get("dateCreated")), "json-ld", language)
    for name in PUBLISHED:
        yield from _time(head.metas.get(name), f"meta {name}", language)
    yield from _marked(tree, region, language)
    for url in (head.canonical, snapshot.url, snapshot.final_url):
        found = in_address(url) if url else None
        if found:
            yield Time(found, url or "", "url")
    yield from _visible(tree, region, language)
    yield from _below(tree, region, language)


def _modified(head: Head, language: str | None) -> Iterator[Time]:
    yield from _time(jsonld.text(head.article.get("dateModified")), "json-ld", language)
    for name in MODIFIED:
        yield from _time(head.metas.get(name), f"meta {name}", language)


def _time(text: str | None, basis: str, language: str | None) -> Iterator[Time]:
    found = moment(text, language) if text else None
    if found and text:
        yield Time(found, text, basis)


def _marked(tree: Tree, region: Region, language: str | None) -> Iterator[Time]:
    """Times that the page marks up as such, near the headline."""
    for element in _near(tree, region):
        if element.tag == "time" or element.get("itemprop") == "datePublished":
            yield from _time(element.get("datetime") or element.get("content") or text_of(element), "time element", language)


def _visible(tree: Tree, region: Region, language: str | None) -> Iterator[Time]:
    """Times printed near the headline, on a line of their own or after "Published"."""
    for element in _near(tree, region):
        line = clean("".join([c for c in element.children if isinstance(c, str)])) if element.letters else ""
        found = page_times(line, language) if 6 <= len(line) <= 120 else None  # noqa: PLR2004 -- a stamp, not prose
        if found and found.published and found.published.value and (found.labelled or found.alone):
            yield Time(Moment(found.published.value, found.published.precision), line, "text")


def _below(tree: Tree, region: Region, language: str | None) -> Iterator[Time]:
    """Times printed with their label right below the article, where some outlets list what is known of it."""
    for element in tree.elements[region.last : region.last + NEAR]:
        if element.tag not in {"li", "p", "div", "dl", "tr", "span"} or element.end - element.order > SMALL_LIST:
            continue
        line = " ".join(text_of(element).split())
        found = page_times(line, language) if 6 <= len(line) <= 60 else None  # noqa: PLR2004 -- a label and its date
        if found and found.labelled and found.published and found.published.value:
            yield Time(Moment(found.published.value, found.published.precision), line, "text")


SMALL_LIST = 6
"""Elements in a line of a list: its label, its date."""


def _near(tree: Tree, region: Region) -> Iterator[Element]:
    start = max(region.root.order, region.start - NEAR)
    for element in tree.elements[start : max(region.first, region.start + NEAR)]:
        if element.tag not in {"script", "style", "a"}:
            yield element


def _printed(tree: Tree, region: Region, published: Time, language: str | None) -> str:
    """The published time as a reader sees it, where the page prints that same day; else as the source writes it."""
    day = published.moment.value[:10]
    for time in _visible(tree, region, language):
        if time.moment.value[:10] == day:
            return time.text
    return published.text
