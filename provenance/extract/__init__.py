"""What a document embeds, found by form: articles in HTML, flattened text, pictures, exports of a messenger.

One door: `pages`. The HTML parser lives in `dom` alone.
"""

from collections.abc import Iterator
from dataclasses import replace

from provenance.errors import UnknownFormat
from provenance.records import DocumentFacts, Medium, Outlet, Page, Snapshot

__all__ = ["pages"]

HTML = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
FEEDS = frozenset({"application/rss+xml", "application/atom+xml"})
LISTS = frozenset({"application/sitemap+xml", "text/x-opml"})


def pages(snapshot: Snapshot) -> Iterator[Page]:
    """The documents in one snapshot: one for a page, a text or a picture, one a message for an export.

    Args:
        snapshot: bytes and what they are.

    Raises:
        UnknownFormat: bytes of a kind that holds no document read here.
        NotDecodable: an export that is broken.
    """
    kind = snapshot.media_type.partition(";")[0].strip().casefold()
    if kind in HTML:
        yield from _hypertext(snapshot)
    elif kind == "application/json":
        from provenance.extract import json_files  # noqa: PLC0415 -- the same

        yield from json_files.pages(snapshot)
    elif kind in FEEDS:
        from provenance.extract import feed  # noqa: PLC0415 -- the same

        yield from feed.pages(snapshot)
    elif kind in LISTS:
        from provenance.extract import sitemap  # noqa: PLC0415 -- the same

        yield from sitemap.pages(snapshot)
    elif kind.startswith("text/"):
        yield from _words(snapshot)
    elif kind.startswith(("image/", "video/")):
        yield _picture(snapshot, video=kind.startswith("video/"))
    else:
        raise UnknownFormat(
            f"{snapshot.source}: {kind or 'unknown bytes'} holds no article, post or picture",
            "give HTML, text, a picture or a Telegram export",
        )


def _hypertext(snapshot: Snapshot) -> Iterator[Page]:
    """An article, or the messages on one of Telegram's own pages."""
    from provenance.extract import html, tme_page  # noqa: PLC0415 -- each reader is loaded when its form is met

    if tme_page.recognises(snapshot.content):
        yield from tme_page.pages(snapshot)
    else:
        yield html.page(snapshot)


def _words(snapshot: Snapshot) -> Iterator[Page]:
    """A flattened article, or the rows of a table that another tool wrote."""
    from provenance.extract import csv_files, flat  # noqa: PLC0415 -- the same
    from provenance.extract.decode import decode  # noqa: PLC0415 -- it brings the detector of encodings

    text, warnings = decode(snapshot.content, snapshot.charset)
    if csv_files.recognises(text):
        yield from csv_files.pages(snapshot)
    else:
        yield _warned(flat.page(snapshot, text), warnings)


def _warned(page: Page, warnings: tuple[str, ...]) -> Page:
    return replace(page, warnings=(*warnings, *page.warnings)) if warnings else page


def _picture(snapshot: Snapshot, *, video: bool) -> Page:
    """A loose picture: a page without text that shows one medium."""
    medium = Medium(id="m1", kind="video" if video else "photo", role="body", url=snapshot.url)
    outlet = Outlet(name=snapshot.outlet, basis="given") if snapshot.outlet else Outlet()
    return Page(
        source=snapshot.source,
        facts=DocumentFacts(
            kind="page",
            url=snapshot.url or snapshot.final_url,
            outlet=outlet,
            published=snapshot.published,
            published_basis="given" if snapshot.published else None,
            sha256=snapshot.sha256,
        ),
        text="",
        media=(medium,),
    )
