"""Site maps with their news, picture and video extensions, indexes of them, and OPML lists of feeds.

After sitemaps.org 0.9, Google's three extensions (all pictures of `image:image`, the film of `video:video`), and OPML 2.0.
"""

from collections.abc import Iterator
from dataclasses import replace

from provenance.errors import EmptySource
from provenance.extract import posted, xml_tree
from provenance.extract.credits import split_credit
from provenance.extract.feed import date
from provenance.extract.xml_tree import Node, children, local, words
from provenance.records import DocumentFacts, Medium, Outlet, Page, Precision, Snapshot

MOST_LINKS = 50_000
"""Addresses in one site map, by its protocol."""


def pages(snapshot: Snapshot) -> Iterator[Page]:
    """One page for each address that says something of itself: news, pictures, films.

    The others, the site maps of an index and the feeds of an OPML list are the links of one page of kind "page".

    Raises:
        NotDecodable: no sound XML; EmptySource: no address in it.
    """
    parsed = xml_tree.parse(snapshot)
    bare: dict[str, str] = {}
    notes = parsed.warnings
    for node in parsed.root.iter():
        found = _listed(node)
        if found is None or len(bare) >= MOST_LINKS:
            continue
        if local(node) == "url" and (page := _page(node, found[0], snapshot)):
            yield replace(page, warnings=(*notes, *page.warnings))
            notes = ()
        else:
            bare.setdefault(*found)
    if bare:
        yield _list(bare, parsed.root, snapshot, notes)
    elif notes == parsed.warnings and not any(local(n) == "url" for n in parsed.root.iter()):
        raise EmptySource(f"{snapshot.source} lists no address", "ask for it again later")


def _listed(node: Node) -> tuple[str, str] | None:
    """The address that an element lists, and its name."""
    if local(node) in {"url", "sitemap"}:
        address = posted.web(words(node, "loc"))
    elif local(node) == "outline":
        address = posted.web(node.get("xmlUrl"), node.get("url"), node.get("htmlUrl"))
    else:
        return None
    return (address[0], posted.words(node.get("title"), node.get("text")) or "") if address else None


def _page(node: Node, url: str, snapshot: Snapshot) -> Page | None:
    news = next(children(node, "news", "news"), None)
    media = tuple(_numbered([*_pictures(node), *_films(node)]))
    if news is None and not media:
        return None
    publication = next(children(news, "publication", "news"), None) if news is not None else None
    film = next(children(node, "video", "video"), None)
    title = words(news, "news:title") or words(film, "video:title")
    printed = words(news, "news:publication_date") or words(film, "video:publication_date")
    when = date(printed)
    name = snapshot.outlet or words(publication, "news:name")
    facts = DocumentFacts(
        kind="article" if news is not None else "page",
        url=url,
        canonical_url=url,
        outlet=Outlet(name=name, basis=("given" if snapshot.outlet else "sitemap") if name else None),
        headline=title,
        language=(words(publication, "news:language") or "")[:2].lower() or None,
        published=when,
        published_precision=_precision(when),
        published_text=printed if when else None,
        published_basis="sitemap" if when else None,
        modified=date(words(node, "lastmod")),
        sha256=posted.digest("\n".join("".join(node.itertext()).split())),
    )
    return Page(source=f"{snapshot.source}#{url}", facts=facts, text=title or "", media=media, links=(url,))


def _precision(when: str | None) -> Precision | None:
    return ("second" if "T" in when else "day") if when else None


def _pictures(node: Node) -> Iterator[Medium]:
    for image in children(node, "image", "image"):
        if url := posted.web(words(image, "image:loc")):
            said = words(image, "image:caption") or words(image, "image:title") or ""
            parts = split_credit(said)
            yield Medium(
                id="",
                kind="photo",
                role="body",
                url=url[0],
                candidate_urls=url,
                caption=parts.caption,
                credit=parts.credit,
                credit_parties=parts.credit_parties,
            )


def _films(node: Node) -> Iterator[Medium]:
    for film in children(node, "video", "video"):
        files = posted.web(words(film, "video:content_loc"), words(film, "video:player_loc"))
        stills = posted.web(words(film, "video:thumbnail_loc"))
        if files or stills:
            caption = words(film, "video:description", "video:title")
            yield Medium(
                id="",
                kind="video",
                role="body",
                url=files[0] if files else None,
                candidate_urls=(*files, *stills),
                caption=caption,
            )


def _numbered(media: list[Medium]) -> Iterator[Medium]:
    return (replace(medium, id=f"m{n}") for n, medium in enumerate(media, 1))


def _list(found: dict[str, str], root: Node, snapshot: Snapshot, notes: tuple[str, ...]) -> Page:
    head = next((node for node in root if local(node) == "head"), root)
    more = (f"only the first {MOST_LINKS:,} addresses were taken",) if len(found) >= MOST_LINKS else ()
    return Page(
        source=snapshot.source,
        facts=DocumentFacts(
            kind="page",
            url=snapshot.url or snapshot.final_url,
            headline=words(head, "title"),
            outlet=Outlet(name=snapshot.outlet, basis="given") if snapshot.outlet else Outlet(),
            sha256=snapshot.sha256,
        ),
        text="\n".join(filter(None, found.values())),
        links=tuple(found),
        warnings=(*notes, *more),
    )
