"""What an address lists: items of a feed, addresses of a site map, posts of a Telegram channel, or the page itself.

What an address is, is read off what it gives, never off its name.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from provenance import acquire, extract
from provenance.errors import UnknownFormat, UsageError
from provenance.records import Page, Snapshot, WatchKind

_FEEDS = frozenset({"application/rss+xml", "application/atom+xml"})
_SITEMAP, _OPML = "application/sitemap+xml", "text/x-opml"
_INDEX = re.compile(rb"<(?:[\w-]+:)?sitemapindex\b")
_HEAD = 4096
_CHANNEL = re.compile(r"https?://(?:www\.)?(?:t|telegram)\.me/(?:s/)?([A-Za-z]\w{3,31})/?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that is listed. `digest` changes when what the listing says of it changes; `key` never does."""

    key: str
    url: str | None = None
    headline: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What an address lists, in its order."""

    kind: WatchKind
    entries: tuple[Entry, ...]
    warnings: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the entries, in their order."""
        return tuple(entry.key for entry in self.entries)


def target(url: str) -> str:
    """The address to ask for what a person named: of a Telegram channel its public preview `t.me/s/…`.

    Raises:
        UsageError: no web address.
    """
    if not acquire.is_address(url):
        raise UsageError(f"{url}: no web address", "give an address that begins with http:// or https://")
    channel = _CHANNEL.fullmatch(url.partition("?")[0].partition("#")[0])
    return f"https://t.me/s/{channel[1]}" if channel else url.partition("#")[0]


def read(snapshot: Snapshot) -> Listing:
    """What an address lists.

    Raises:
        SourceError: it cannot be read, or lists other lists.
    """
    kind = snapshot.media_type
    if kind == _OPML or (kind == _SITEMAP and _INDEX.search(snapshot.content[:_HEAD])):
        what = "list of feeds" if kind == _OPML else "index of site maps"
        raise UnknownFormat(f"{snapshot.source} is a {what}", "watch those that it lists, each by itself")
    pages = list(extract.pages(snapshot))
    if kind in _FEEDS or kind == _SITEMAP:
        return _linked("feed" if kind in _FEEDS else "sitemap", pages, snapshot)
    if pages and all(_is_message(page, snapshot) for page in pages):
        return Listing(kind="channel", entries=_once(map(_message, pages)), warnings=_warnings(pages[:1]))
    return Listing(kind="page", entries=(Entry(key=snapshot.source, url=snapshot.source),))


def _linked(kind: WatchKind, pages: list[Page], snapshot: Snapshot) -> Listing:
    entries: list[Entry] = []
    without = 0
    for page in pages:
        facts = page.facts
        if facts.kind == "page" and page.source == snapshot.source:
            entries += [Entry(key=link, url=link) for link in page.links]
        elif facts.url:
            entries.append(Entry(key=facts.url, url=facts.url, headline=facts.headline, digest=facts.sha256))
        else:
            without += 1
    told = (f"{without} entries lead to no address and are passed over",) if without else ()
    return Listing(kind=kind, entries=_once(entries), warnings=(*_warnings(pages), *told))


def _warnings(pages: list[Page]) -> tuple[str, ...]:
    """What could not be read of the list itself; a page's own warnings are its document's."""
    return tuple(dict.fromkeys(w for page in pages[:1] for w in page.warnings))


def _is_message(page: Page, snapshot: Snapshot) -> bool:
    own = page.posts[0] if page.posts else None
    return bool(
        own
        and page.facts.kind == "post"
        and own.platform == "telegram"
        and own.post_id
        and page.source.startswith(f"{snapshot.source}#")
        and snapshot.media_type != "application/json"
    )


def _message(page: Page) -> Entry:
    own = page.posts[0]
    return Entry(key=own.post_id or "", url=own.url, headline=(own.text or "")[:100] or None, digest=page.facts.sha256)


def _once(entries: "map[Entry] | list[Entry]") -> tuple[Entry, ...]:
    return tuple({entry.key: entry for entry in reversed(list(entries))}.values())[::-1]


# ------------------------------------------------------------------ what is missing


def missing(listing: Listing, before: Listing | None, known: frozenset[str]) -> tuple[str, ...]:
    """The known keys that a listing should still show, and does not; what merely scrolled off is not among them.

    A channel shows its newest posts without a gap: what is newer than the oldest that it shows must be there. Of a feed, what
    stood before an item that is still there must be there as well; a site map does not scroll at all.
    """
    shown = set(listing.keys)
    if listing.kind == "page" or not shown:
        return ()
    if listing.kind == "channel":
        oldest = min(map(int, shown))
        return tuple(sorted((key for key in known - shown if int(key) > oldest), key=int))
    keys = before.keys if before else ()
    last = len(keys) if listing.kind == "sitemap" else max((n for n, key in enumerate(keys) if key in shown), default=0)
    return tuple(key for key in keys[:last] if key in known and key not in shown)


def gap(listing: Listing, known: Collection[str]) -> tuple[str, ...]:
    """A warning where a channel's page begins after the newest post that is known: others may have come and scrolled off."""
    if listing.kind != "channel" or not known:
        return ()
    newest, oldest = max(map(int, known)), min(map(int, listing.keys))
    return (f"posts between {newest} and {oldest} may have come and gone unseen: ask more often",) if oldest > newest + 1 else ()


def embed_address(listing: str, key: str) -> str:
    """The address of the widget of one post of a channel, beside the channel's preview."""
    parts = urlsplit(listing)
    channel = parts.path.removeprefix("/s/").strip("/").partition("/")[0]
    return f"{parts.scheme}://{parts.netloc}/{channel}/{key}?embed=1&mode=tme"
