"""Posts and players that a page embeds: embed codes, iframes, scripts, bare links that stand alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from provenance.extract import html_scripted
from provenance.extract.dom import Element, Tree, text_of
from provenance.extract.flat_dates import dates
from provenance.extract.html_names import data, words
from provenance.reference.platforms import PostAddress, identify

LONGEST_POST = 10_000
"""Characters kept of a post's text; the longest that a platform allows is far below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """A post or player found in a page, and what its embed code says of it."""

    address: PostAddress
    handle: str | None = None
    author: str | None = None
    date: str | None = None
    text: str | None = None
    links: tuple[str, ...] = ()
    media_links: tuple[str, ...] = ()


def read(tree: Tree, element: Element) -> Embed | None:
    """The post or player that `element` is; None where it is none.

    Args:
        tree: the page.
        element: any element; `iframe`, `script`, `blockquote`, `amp-*` and elements with an embed's attributes count.
    """
    if element.tag in {"img", "picture", "source", "meta", "link", "path"}:
        return None
    if not element.plain and is_code(element):
        return _from_code(tree, element)
    if element.tag == "blockquote":
        return _from_quote(tree, element)
    for url in () if element.plain else _addresses(element):
        address = identify(url)
        if address and address.kind != "account":
            return Embed(address=address, handle=address.handle)
    return _from_lone_link(element) if element.tag in {"p", "div", "figure"} else None


def is_code(element: Element) -> bool:
    """Whether an element carries the class of a platform's embed code."""
    classes = element.get("class")
    return (bool(classes) and not words("embed", "posts").isdisjoint(classes.split())) or element.tag in _AMP_CODES


_AMP_CODES = frozenset({"amp-twitter", "amp-instagram", "amp-facebook"})
"""Their placeholder is the embed code of the same post."""


def _addresses(element: Element) -> Iterator[str]:
    """The addresses in an element's attributes, the surest first."""
    if not (element.tag in _CARRIERS or element.tag.startswith("amp-") or element.has_any(_telling())):
        return
    attrs = element.attrs
    templates: dict[str, str] = data()["embed"]["attributes"]
    for name in () if templates.keys().isdisjoint(attrs) else templates.keys() & attrs.keys():
        if value := element.get(name):
            yield templates[name].format(value)
    yield from html_scripted.addresses(element)
    if element.tag in {"iframe", "amp-iframe", "embed", "script", "object"}:
        yield from filter(
            None,
            (
                element.get(n)
                for n in (
                    "src",
                    "data-src",
                    "data-lazy-src",
                    "data-litespeed-src",
                    "data-url",
                    "data-original",
                    "data-cookieblock-src",
                )
            ),
        )
    elif element.tag == "video" or element.tag.startswith("amp-") or _EMBED_NAME.search(element.naming):
        yield from _from_amp(element)
        yield from filter(None, (element.get(n) for n in _EMBED_ATTRIBUTES))


_CARRIERS = frozenset({"iframe", "embed", "script", "object", "video"})


@cache
def _telling() -> frozenset[str]:
    """Attributes of any other element that can name a post or a player."""
    marked = (attribute for attribute, _ in data()["embed"]["marked"].values())
    return frozenset({"id", *data()["embed"]["attributes"], *marked, *_EMBED_ATTRIBUTES, *_PLAYER_ATTRIBUTES})


def _from_amp(element: Element) -> Iterator[str]:
    template = _AMP.get(element.tag)
    if template and (value := element.get(template[0])):
        yield template[1].format(value)
    if "jw" in element.attrs.get("class", "") + element.attrs.get("data-source", ""):
        media = element.get("data-media-id") or element.get("video-id") or element.get("data-video-id")
        if media:
            yield f"https://cdn.jwplayer.com/previews/{media}"

    if (account := element.get("data-account")).isdigit() and element.get("data-video-id").isdigit():
        player = element.get("data-player") or "default"
        yield f"https://players.brightcove.net/{account}/{player}_default/index.html?videoId={element.get('data-video-id')}"


_EMBED_NAME = re.compile("embed|video|tweet|jwplayer|brightcove", re.IGNORECASE)
_PLAYER_ATTRIBUTES = ("data-media-id", "video-id", "data-video-id", "data-account")
_EMBED_ATTRIBUTES = (
    "data-href",
    "data-url",
    "data-src",
    "data-embed-url",
    "data-oembed-url",
    "data-permalink",
    "data-video-url",
    "data-uri",
    "cite",
    "url",
)
_AMP = {
    "amp-youtube": ("data-videoid", "https://www.youtube.com/watch?v={}"),
    "amp-dailymotion": ("data-videoid", "https://www.dailymotion.com/video/{}"),
    "amp-vimeo": ("data-videoid", "https://vimeo.com/{}"),
    "amp-tiktok": ("data-src", "https://www.tiktok.com/video/{}"),
    "amp-jwplayer": ("data-media-id", "https://cdn.jwplayer.com/previews/{}"),
}


def _from_code(tree: Tree, element: Element) -> Embed | None:
    """An embed code: the address from its attributes or its last link to a post, the words from its paragraphs."""
    address = _address_of(tree, element)
    if address is None:
        return None
    author, handle, stamp = _signature(tree, element)
    if address.handle and not address.handle.startswith("did:"):
        handle = address.handle
    paragraphs = _paragraphs(tree, element)
    found = _links(tree, paragraphs, address)
    text = (_said(paragraphs) or _unmarked(tree, element, address))[:LONGEST_POST]
    media = tuple(dict.fromkeys(_MEDIA_LINK.findall(text)))
    return Embed(
        address=address,
        handle=handle or address.handle,
        author=author,
        date=stamp,
        text=text or None,
        links=found,
        media_links=media,
    )


def _address_of(tree: Tree, element: Element) -> PostAddress | None:
    """The post that an embed code is of, in the form that names its account where one of its addresses does."""
    links = reversed([e.get("href") for e in tree.within(element, "a")])
    written = (*_addresses(element), *(element.get(name) for name in _EMBED_ATTRIBUTES), *links)
    found = [a for a in map(identify, filter(None, written)) if a and a.kind != "account"]
    same = (a for a in found if (a.platform, a.post_id) == (found[0].platform, found[0].post_id) and a.handle)
    return next(same, found[0]) if found else None


def _from_quote(tree: Tree, element: Element) -> Embed | None:
    """A quotation signed like a post: "— Name (@handle) date", the date linked to the post."""
    links = list(tree.within(element, "a"))[-1:]
    address = identify(links[0].get("href")) if links else None
    if address is None or address.kind != "post" or not _is_signed(text_of(element)):
        return None
    return _from_code(tree, element)


def _is_signed(text: str) -> bool:
    return "(@" in text and _SIGNED.search(text) is not None


def _from_lone_link(element: Element) -> Embed | None:
    """A paragraph that is nothing but the address of a post, as publishing systems leave it behind."""
    if len(element.children) > _LONE:
        return None
    text = "".join([c for c in element.children if isinstance(c, str)]).strip()
    if text and not text.startswith("http"):
        return None
    link = next((c for c in element.children if isinstance(c, Element) and c.tag == "a"), None)
    if link is not None and not text:
        text = text_of(link)
    if not text.startswith("http") or " " in text or len(text) > _LONGEST_LINK:
        return None
    address = identify(link.get("href") if link is not None else text)
    return Embed(address=address, handle=address.handle) if address and address.kind != "account" else None


_LONE = 3
_LONGEST_LINK = 300
_SIGNED = re.compile(r"[—–-]\s?[^\n()]{1,80}\(@\w{1,30}\)")
_SIGNATURE = re.compile(r"(?:[—–-]|&mdash;)\s*(?P<name>[^\n]{1,120}?)\s*\(@(?P<handle>[\w.:-]{1,253})\)")
_SHARED = re.compile(r"(?P<name>[^\n(]{1,120}?)\s*\(@(?P<handle>[\w.]{1,60})\)")
_MEDIA_LINK = re.compile(r"pic\.(?:twitter|x)\.com/\w{4,20}")


def _signature(tree: Tree, element: Element) -> tuple[str | None, str | None, str | None]:
    """Author, handle and day of a post, from the line that signs it."""
    text = text_of(element)
    last = list(_SIGNATURE.finditer(text))[-1:] if "(@" in text else []
    if last:
        rest = text[last[0].end() :]
        return last[0]["name"].strip() or None, last[0]["handle"], _day(rest)
    shared = list(_SHARED.finditer(text.rpartition("\n")[2]))[-1:] if "(@" in text else []
    if not shared:
        return _unsigned(tree, element)
    name = _linked_name(tree, element) or _unshared(shared[0]["name"].strip())
    return name, shared[0]["handle"], _day(text.rpartition("\n")[2][shared[0].end() :])


def _unsigned(tree: Tree, element: Element) -> tuple[str | None, str | None, str | None]:
    """The same of a code without such a line: the account that it links to, and the day in its last link, if to the post."""
    links = list(tree.within(element, "a"))
    accounts = ((identify(link.get("href")), text_of(link)) for link in links)
    handle, name = next(((a.handle, text) for a, text in accounts if a and a.kind == "account" and text), (None, None))
    last = identify(links[-1].get("href")) if len(links) > 1 else None
    day = _day(text_of(links[-1])) if last and last.kind != "account" else None
    return name if name and not name.startswith(("@", "u/")) else None, handle, day or _day(_time_of(tree, element))


def _unshared(name: str) -> str:
    """A name without "A post shared by" before it."""
    folded = name.casefold()
    before = next((p for p in data()["embed"]["shared_by"] if folded.startswith(p)), "")
    return name[len(before) :].strip()


def _linked_name(tree: Tree, element: Element) -> str | None:
    """The name in the link to the author's account."""
    for link in tree.within(element, "a"):
        address = identify(link.get("href"))
        if address and address.kind == "account" and text_of(link):
            return text_of(link)
    return None


def _time_of(tree: Tree, element: Element) -> str:
    return next((t.get("datetime")[:10] for t in tree.within(element, "time")), "")


def _day(text: str) -> str | None:
    stamp = next(iter(dates(text)), None)
    return stamp.value[:10] if stamp and stamp.value else None


def _paragraphs(tree: Tree, element: Element) -> list[Element]:
    """The paragraphs of a post's own words: without its signature, nested quotations and interface words."""
    found = []
    for paragraph in tree.within(element, "p"):
        text = text_of(paragraph)
        if text and not ("(@" in text and (_SIGNATURE.match(text) or _SHARED.search(text.split("\n")[-1]))):
            found.append(paragraph)
    return found


def _said(paragraphs: list[Element]) -> str:
    """The words of a post, without what stands for its pictures."""
    lines = (line for p in paragraphs for line in text_of(p).split("\n"))
    return "\n".join(line for line in lines if line and line.casefold() not in words("embed", "stand_ins"))


def _unmarked(tree: Tree, element: Element, address: PostAddress) -> str:
    """The words of a code that has no paragraphs: those of its section without account and music, or the title that it links."""
    section = next(tree.within(element, "section"), None)
    if section is not None:
        kept = (c for c in section.children if isinstance(c, str) or (c.tag == "a" and _is_tag(c.get("href"))))
        return " ".join(" ".join(c if isinstance(c, str) else text_of(c) for c in kept).split())
    titles = (text_of(a) for a in tree.within(element, "a") if (found := identify(a.get("href"))) and found.kind == "post")
    return next((t for t in titles if not t.startswith("http")), "") if address.platform == "reddit" else ""


def _is_tag(url: str) -> bool:
    return any(mark in url for mark in ("/hashtag/", "/tag/", "/tags/"))


def _links(tree: Tree, paragraphs: list[Element], post: PostAddress) -> tuple[str, ...]:
    """Addresses that the post's words link to; its links to itself, to hashtags and to accounts are no sources.

    Where a shortened link prints the address of another post, that is given.
    """
    found: dict[str, None] = {}
    for paragraph in paragraphs:
        for link in tree.within(paragraph, "a"):
            url, shown = link.get("href"), text_of(link)
            told = identify(shown) if shown.startswith("http") else None
            address = told or identify(url)
            own = address and (address.kind == "account" or (address.platform, address.post_id) == (post.platform, post.post_id))
            if url.startswith("http") and not own and not _is_tag(url) and not _wraps(link, paragraph):
                found[told.url if told else url] = None
    return tuple(found)


def _wraps(link: Element, paragraph: Element) -> bool:
    """Whether a link is the whole paragraph: then it leads to the post itself."""
    return text_of(link) == text_of(paragraph) and identify(link.get("href")) is not None
