"""RSS 0.9 to 2.0 and Atom feeds: each entry a page, with its pictures, films and credits.

After the RSS 2.0 specification, RFC 4287 (Atom), RSS 1.0 with its content and Dublin Core modules, and Media RSS 1.5.1. An
entry's own HTML is read as any article's; what the feed says beside it is put in its place there.
"""

import html as markup
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from provenance.errors import EmptySource
from provenance.extract import html, posted, xml_tree
from provenance.extract.xml_tree import Node, children, local, space, words
from provenance.records import DocumentFacts, Outlet, Page, Snapshot

MOST_ENTRIES = 20_000
_SIZE = re.compile(r"\d{1,6}")
_KINDS = {"image": "img", "video": "video", "audio": "audio"}


@dataclass(frozen=True, slots=True)
class _File:
    """One file that an entry carries."""

    tag: str
    url: str
    caption: str = ""
    credit: str = ""
    poster: str = ""
    pixels: int = 0


def pages(snapshot: Snapshot) -> Iterator[Page]:
    """One page of kind "article" for each entry, in the order of the feed.

    `facts.sha256` is that of the entry's own XML as text. The outlet is the entry's source where it names one, else the feed.

    Raises:
        NotDecodable: no sound XML; EmptySource: no entry in it.
    """
    parsed = xml_tree.parse(snapshot)
    notes = parsed.warnings
    channel = next((node for node in parsed.root if local(node) == "channel"), parsed.root)
    number = 0
    for node in parsed.root.iter():
        if local(node) in {"item", "entry"} and space(node) == "":
            number += 1
            if number > MOST_ENTRIES:
                raise EmptySource(f"{snapshot.source} has more than {MOST_ENTRIES:,} entries; the first were read", "split it")
            page = _page(node, channel, number, snapshot)
            yield replace(page, warnings=(*notes, *page.warnings))
            notes = ()
    if not number:
        raise EmptySource(f"{snapshot.source} is a feed without entries", "ask for it again later")


def _page(entry: Node, channel: Node, number: int, snapshot: Snapshot) -> Page:
    base = snapshot.final_url or snapshot.url
    url = _link(entry, base)
    raw = "".join(entry.itertext()) + "\n".join(v for node in entry.iter() for v in node.attrib.values())
    sha256 = posted.digest(raw)
    content = _article(entry, _files(entry, base)).encode("utf-8", "replace")
    inner = replace(
        snapshot, content=content, charset="utf-8", url=url, final_url=url, media_type="text/html", how="fetch", hops=()
    )
    page = html.page(inner)
    key = words(entry, "guid", "id") or url or str(number)
    return replace(page, source=f"{snapshot.source}#{key[:500]}", facts=_facts(page.facts, entry, channel, url, snapshot, sha256))


def _facts(
    facts: DocumentFacts, entry: Node, channel: Node, url: str | None, snapshot: Snapshot, sha256: str
) -> DocumentFacts:  # each a part of the entry
    first = words(entry, "pubdate", "published", "dc:date", "issued")
    printed = first or words(entry, "updated")
    when = date(printed)
    name = words(entry, "source") or words(channel, "title")
    outlet = Outlet(name=name, domain=facts.outlet.domain, basis="feed") if name else facts.outlet
    return replace(
        facts,
        kind="article",
        url=url,
        canonical_url=url,
        outlet=replace(outlet, name=snapshot.outlet, basis="given") if snapshot.outlet else outlet,
        headline=words(entry, "title") or facts.headline,
        byline=words(entry, "dc:creator", "creator") or _author(entry),
        language=facts.language or _language(channel),
        published=snapshot.published or when,
        published_precision=("second" if "T" in when else "day")
        if when and not snapshot.published
        else facts.published_precision,
        published_text=printed if when else None,
        published_basis="given" if snapshot.published else (("feed" if first else "feed: updated") if when else None),
        modified=date(words(entry, "updated", "modified")),
        sha256=sha256,
    )


def date(printed: str | None) -> str | None:
    """A time of RFC 822 or ISO 8601, in UTC where a zone is stated; None for anything else."""
    if not printed or len(printed) > 80:  # noqa: PLR2004  # longer is no date
        return None
    try:
        moment = parsedate_to_datetime(printed)
    except (ValueError, TypeError, IndexError, OverflowError):
        day = re.fullmatch(r"\d{4}-\d\d-\d\d", printed.strip())
        return posted.moment(printed) and (printed.strip() if day else posted.moment(printed))
    return posted.moment(moment.isoformat())


def _author(entry: Node) -> str | None:
    named = (words(author, "name") for author in children(entry, "author"))
    return next(filter(None, named), None) or words(entry, "author")


def _language(channel: Node) -> str | None:
    stated = words(channel, "language", "dc:language") or channel.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return stated[:2].lower() if re.match(r"[A-Za-z]{2}(?:[-_]|$)", stated) else None


def _link(entry: Node, base: str | None) -> str | None:
    """Where the entry leads: RSS's link, Atom's alternate link, or an RSS guid that is an address."""
    links = [link for link in children(entry, "link") if link.get("rel", "alternate") == "alternate"]
    stated = [link.get("href") or "".join(link.itertext()).strip() for link in links]
    guids = [
        g for guid in children(entry, "guid") if guid.get("isPermaLink", "true") == "true" and (g := (guid.text or "").strip())
    ]
    found = posted.web(*(_absolute(base, address) for address in (*stated, *guids) if address))
    return found[0] if found else None


def _absolute(base: str | None, address: str) -> str:
    try:
        return urljoin(base or "", address.strip())
    except ValueError:
        return ""


# ------------------------------------------------------------------ the entry as a page


def _article(entry: Node, files: list[_File]) -> str:
    title = markup.escape(words(entry, "title") or "")
    bodies = (_markup(entry, "content:encoded"), _markup(entry, "content"), _markup(entry, "description", "summary"))
    body = next(filter(None, bodies), "")
    figures = "".join(map(_figure, files))
    inside = f"<article><h1>{title}</h1>{figures}<div>{body}</div></article>"
    return f"<!doctype html><html><head><title>{title}</title></head><body>{inside}</body></html>"


def _markup(entry: Node, *names: str) -> str:
    """The HTML of an element: escaped inside it, or XHTML of its own."""
    for name in names:
        prefix, _, bare = name.rpartition(":")
        for child in children(entry, bare, prefix):
            text = "".join(child.itertext()).strip()
            if text and (child.get("type", "html") in {"html", "text/html"} or "<" in text):
                return text if "<" in text else f"<p>{text}</p>"
            if text:
                return _inner(child) if len(child) else f"<p>{markup.escape(text)}</p>"
    return ""


def _inner(node: Node) -> str:
    """Inline XHTML as HTML, with a stack of our own: depth is the feed's choice."""
    out: list[str] = []
    stack: list[Node | str] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            out.append(item)
            continue
        attributes = "".join(
            f' {name}="{markup.escape(value)}"' for name, value in item.attrib.items() if re.fullmatch(r"[\w-]+", name)
        )
        out.append(f"<{local(item)}{attributes}>" + markup.escape(item.text or ""))
        stack.append(f"</{local(item)}>")
        for child in reversed(item):
            stack.extend([markup.escape(child.tail or ""), child])
    return "".join(out)


def _figure(file: _File) -> str:
    url, poster = markup.escape(file.url), markup.escape(file.poster)
    shown = f'<img src="{url}">' if file.tag == "img" else f'<{file.tag} src="{url}" poster="{poster}" controls></{file.tag}>'
    credit = f'<span class="credit">{markup.escape(file.credit)}</span>' if file.credit else ""
    caption = f"<figcaption>{markup.escape(file.caption)} {credit}</figcaption>" if file.caption or credit else ""
    return f"<figure>{shown}{caption}</figure>"


def _files(entry: Node, base: str | None) -> list[_File]:
    """The pictures and films that the feed itself attaches; of one media group the largest, small previews only where alone."""
    groups = [*children(entry, "group", "media"), entry]
    found = [best for group in groups if (best := _best(group, base, alone=group is not entry))]
    attached = [_attached(node, base) for node in entry if local(node) in {"enclosure", "link"}]
    files = [file for many in found for file in many] + [file for file in attached if file]
    if not files:
        files = [f for t in entry.iter() if local(t) == "thumbnail" and (f := _made(t, entry, base, "img"))][:1]
    return list({file.url: file for file in reversed(files)}.values())[::-1]


def _best(group: Node, base: str | None, *, alone: bool) -> list[_File]:
    """The files of a group; inside `media:group` they are versions of one, so the largest of each kind is taken."""
    files = [file for node in children(group, "content", "media") if (file := _made(node, group, base, _tag(node)))]
    if not alone:
        return files
    return [max((f for f in files if f.tag == tag), key=lambda f: f.pixels) for tag in dict.fromkeys(f.tag for f in files)]


def _tag(node: Node) -> str:
    stated = node.get("medium") or (node.get("type") or "").partition("/")[0]
    return _KINDS.get(
        stated, "img" if re.search(r"\.(?:jpe?g|png|webp|gif|avif)\b", node.get("url") or "", re.IGNORECASE) else ""
    )


def _made(node: Node, around: Node, base: str | None, tag: str) -> _File | None:
    url = posted.web(_absolute(base, node.get("url") or node.get("href") or ""))
    if not url or not tag:
        return None
    still = next((t.get("url") or "" for holder in (node, around) for t in children(holder, "thumbnail", "media")), "")
    sides = [int(s) if _SIZE.fullmatch(s := node.get(side) or "") else 0 for side in ("width", "height")]
    caption = words(node, "media:description", "media:title") or (
        words(around, "media:description") if around is not node else None
    )
    credit = words(node, "media:credit", "media:copyright") or words(around, "media:credit", "media:copyright")
    return _File(tag, url[0], caption or "", credit or "", still if tag == "video" else "", sides[0] * max(sides[1], 1))


def _attached(node: Node, base: str | None) -> _File | None:
    if local(node) == "link" and node.get("rel") != "enclosure":
        return None
    return _made(node, node, base, _KINDS.get((node.get("type") or "").partition("/")[0], ""))
