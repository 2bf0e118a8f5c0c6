"""A page of HTML read into a `Page`: one parse, one walk."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from provenance.extract import dom, html_body, html_captions, html_embeds, html_facts, html_flow, html_meta, html_reviews, jsonld
from provenance.extract.credits import CaptionCredit
from provenance.extract.decode import decode
from provenance.extract.html_boxes import boxes
from provenance.extract.html_images import (
    LONGEST_URL,
    MOST_CANDIDATES,
    Candidate,
    asset_key,
    chosen,
    file_stem,
    is_marked,
    is_noise,
    lists_too_many,
    same_asset,
)
from provenance.records import Account, Block, Medium, MediumKind, MediumRole, Page, Post, Snapshot, Span
from provenance.reference.platforms import PostAddress, identify


def page(snapshot: Snapshot) -> Page:
    """Read one HTML document.

    Args:
        snapshot: its bytes, and what the caller stated of it.

    Returns:
        The article's text with captions and posts in place, its media and posts, what it says of itself, and warnings.
    """
    html, warnings = decode(snapshot.content, snapshot.charset)
    with dom.uncollected():
        tree = dom.parse(html)
        found = _read(tree, snapshot)
        said = (*warnings, *tree.warnings)
        tree.dismantle()
        del tree  # before the collector is back: it would look through all of it once more
    return replace(found, warnings=(*said, *found.warnings)) if said else found


def _read(tree: dom.Tree, snapshot: Snapshot) -> Page:
    head = html_meta.head(tree, snapshot.url or snapshot.final_url)
    region = html_body.find(tree, jsonld.text(head.article.get("headline")) or head.first("og:title", "twitter:title"))
    shared = frozenset(asset_key(u) for u in head.pictures)
    found, unread = boxes(tree, region, head.base, shared, frozenset(html_facts.author_names(head)))
    writer = Writer(head, saved=snapshot.how == "file")
    writer.write(html_flow.read(tree, region, found, head.base))
    text = writer.text
    return Page(
        source=snapshot.source,
        facts=html_facts.facts(tree, head, region, snapshot, text),
        text=text,
        blocks=tuple(writer.blocks),
        media=writer.media(),
        posts=tuple(writer.posts.values()),
        links=_links(tree, region, head.base),
        reviews=html_reviews.reviews(head),
        warnings=(*head.warnings, *unread, *_overlong(tree)),
    )


def _overlong(tree: dom.Tree) -> tuple[str, ...]:
    """What to say of addresses too long or too many to be read; pictures spelt out in the page itself have none."""
    pictures = list(tree.each(("img", "source", "amp-img")))
    count = sum([len(src) > LONGEST_URL and not src.startswith("data:") for src in [e.get("src") for e in pictures]])
    many = sum([lists_too_many(e.get("srcset")) for e in pictures if e.has("srcset")])
    return tuple(
        said
        for number, said in (
            (count, f"page: {count} addresses of pictures over {LONGEST_URL:,} characters were not read"),
            (many, f"page: {many} pictures with more than {MOST_CANDIDATES} renditions: only the largest were read"),
        )
        if number
    )


def _links(tree: dom.Tree, region: html_body.Region, base: str | None) -> tuple[str, ...]:
    """Where the article's own words link to, in order, each once."""
    hrefs = (a.get("href") for a in tree.within(region.body, "a") if not region.chrome[a.order])
    joined = (html_meta.join(base, href) for href in hrefs if href and not href.startswith("#"))
    return tuple(dict.fromkeys(u for u in joined if u.startswith(("http://", "https://"))))


@dataclass(slots=True)
class Shown:
    """One medium while the article is being read: it may stand in several places."""

    id: str
    kind: MediumKind
    role: MediumRole
    found: list[Candidate] = field(default_factory=list)
    words: CaptionCredit = field(default_factory=CaptionCredit)
    caption: Span | None = None
    credit: Span | None = None
    alt: str = ""
    address: PostAddress | None = None
    post: str | None = None
    account: Account | None = None
    url: str | None = None
    film: bool = False


class Writer:
    """Turns the items of the flow into text, blocks, media and posts."""

    def __init__(self, head: html_meta.Head, *, saved: bool = False) -> None:
        self.head = head
        self.saved = saved
        self.share = asset_key(head.share) if head.share else None
        self.films = html_meta.films(head)
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.shown: dict[str, Shown] = {}
        self.posts: dict[str, Post] = {}

    @property
    def text(self) -> str:
        """The text written so far."""
        return "".join(self.parts)

    def write(self, items: Iterable[html_flow.Item]) -> None:
        """Write all items, in order."""
        for item in items:
            match item:
                case html_flow.Words():
                    self._put(item.text, item.kind)
                case html_flow.Picture():
                    self._picture(item)
                case html_flow.Embedded() if item.embed.address.kind == "video":
                    self._player(item)
                case html_flow.Embedded():
                    self._post(item)
                case html_flow.Clip():
                    self._clip(item)

    def _put(
        self, text: str, kind: Literal["headline", "paragraph", "caption", "credit", "post"], gap: str = "\n\n", **ids: str
    ) -> Span:
        if self.parts:
            self.parts.append(gap)
            self.length += len(gap)
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        self.blocks.append(Block(kind=kind, start=start, end=self.length, medium=ids.get("medium"), post=ids.get("post")))
        return Span(start, self.length, text)

    def _picture(self, item: html_flow.Picture) -> None:
        key = self._key(item.shot.found)
        film = next((a for a in (identify(c.url) for c in item.shot.found[:3]) if a and a.kind == "video"), None)
        if film:
            self._player(html_flow.Embedded(html_embeds.Embed(address=film), item.words, item.before_text))
            return
        if key in self.films and not (item.words.credit or self._is_share(key)):
            self._film(key, item)
            return
        shown = self.shown.get(key) or self._new(
            key,
            html_captions.kind(item.words),
            self._role(gallery=item.gallery, before_text=item.before_text or self._is_share(key)),
        )
        shown.found.extend(item.shot.found)
        shown.alt = shown.alt or item.shot.alt
        self._words(shown, item.words)

    def _key(self, found: list[Candidate]) -> str:
        """A picture's asset key; for a file beside a saved page, that of the metadata's picture of the same name."""
        local = found[0].local if self.saved else None
        twin = next((u for u in self.head.pictures if local and file_stem(u) == file_stem(local)), None)
        return asset_key(twin or found[0].url)

    def _is_share(self, key: str) -> bool:
        return self.share is not None and same_asset(key, self.share)

    def _words(self, shown: Shown, words: CaptionCredit) -> None:
        if shown.caption or shown.credit or not (words.caption or words.credit):
            return
        shown.words = words
        if words.caption:
            shown.caption = self._put(words.caption, "caption", medium=shown.id)
        if words.credit:
            shown.credit = self._put(words.credit, "credit", " " if words.caption else "\n\n", medium=shown.id)

    def _new(self, key: str, kind: MediumKind, role: MediumRole) -> Shown:
        shown = Shown(f"m{len(self.shown) + 1}", kind, role)
        self.shown[key] = shown
        return shown

    def _role(self, *, gallery: bool = False, before_text: bool = False) -> MediumRole:
        if before_text and not any(s.role in {"lead", "body", "gallery"} for s in self.shown.values()):
            return "lead"
        return "gallery" if gallery else "body"

    def _player(self, item: html_flow.Embedded) -> None:
        address = item.embed.address
        key = f"{address.service}:{address.post_id}"
        shown = self.shown.get(key) or self._new(key, "video", self._role(before_text=item.before_text))
        shown.address, shown.url = address, address.url
        self._words(shown, item.words)

    def _film(self, key: str, item: html_flow.Picture) -> None:
        """A picture that structured data calls a video's: what is seen of it before it starts."""
        if key in self.shown:
            return
        shown = self._new(key, "video", self._role(gallery=item.gallery, before_text=item.before_text))
        shown.found, shown.alt, shown.film = list(item.shot.found), item.shot.alt, True
        shown.url = self.films[key]
        shown.address = identify(shown.url) if shown.url else None
        self._words(shown, item.words)

    def _clip(self, item: html_flow.Clip) -> None:
        key = item.found[0].url if item.found else f"poster:{item.poster}"
        if key not in self.shown:
            shown = self._new(key, item.kind, self._role(before_text=item.before_text))
            shown.found = list(item.found)
            self._words(shown, item.words)

    def _post(self, item: html_flow.Embedded) -> None:
        embed, address = item.embed, item.embed.address
        key = f"{address.platform}:{address.handle if address.platform == 'telegram' else ''}:{address.post_id}"
        if key in self.posts:
            return
        ident = f"p{len(self.posts) + 1}"
        span = self._put(embed.text, "post", post=ident) if embed.text else None
        media = self._carried(ident, item)
        self.posts[key] = Post(
            id=ident,
            platform=address.platform,
            post_id=address.post_id,
            url=address.url,
            handle=embed.handle,
            author_name=embed.author,
            date=embed.date,
            text=embed.text,
            embedding="embedded",
            links=embed.links,
            media_links=embed.media_links,
            media=media,
            span=span,
        )

    def _carried(self, ident: str, item: html_flow.Embedded) -> tuple[str, ...]:
        """The visual that a post carries, where its link or its platform says that there is one."""
        embed, address = item.embed, item.embed.address
        if not embed.media_links and address.platform not in {"tiktok", "instagram"}:
            return ()
        kind: MediumKind = "video" if address.platform == "tiktok" else "photo"
        shown = self._new(f"post:{ident}", kind, "embedded-post")
        shown.post, shown.address = ident, address
        shown.url = f"https://{embed.media_links[0]}" if embed.media_links else address.url
        shown.account = Account(platform=address.platform, handle=embed.handle, name=embed.author)
        return (shown.id,)

    # ------------------------------------------------------------------ media

    def media(self) -> tuple[Medium, ...]:
        """All media, those of the metadata last."""
        made = [self._medium(key, shown) for key, shown in self.shown.items()]
        return (*made, *self._unshown())

    def _medium(self, key: str, shown: Shown) -> Medium:
        stated = (
            [Candidate(u) for u in self.head.pictures if asset_key(u) == key and not is_marked(u)]
            if shown.kind not in {"video", "audio"}
            else []
        )
        local = next((c.local for c in shown.found if c.local), None) if self.saved else None
        known = [c for c in (*shown.found, *stated) if c.url != c.local]
        picture = chosen(known)
        address = shown.address
        return Medium(
            id=shown.id,
            kind=shown.kind,
            role=shown.role,
            url=shown.url or (picture.url if picture and not shown.film else None),
            candidate_urls=picture.urls if picture else (),
            platform=(address.service if address.platform == "other" else address.platform) if address else None,
            platform_id=address.post_id if address else None,
            caption=shown.words.caption,
            caption_span=shown.caption,
            credit=shown.words.credit,
            credit_span=shown.credit,
            credit_parties=shown.words.credit_parties,
            alt=shown.alt or None,
            local_path=local,
            account=shown.account,
            post=shown.post,
            same_as_og_image=self._is_share(key),
        )

    def _unshown(self) -> list[Medium]:
        """Pictures that only the metadata names."""
        media: list[Medium] = []
        groups: dict[str, list[Candidate]] = {}
        for url in self.head.pictures:
            key = asset_key(url)
            if not any(same_asset(key, k) for k in self.shown) and not is_noise(dom.Element.made("img", {}), url):
                groups.setdefault(key, []).append(Candidate(url))
        for number, (key, found) in enumerate(groups.items(), start=len(self.shown) + 1):
            picture = chosen(found)
            if picture:
                media.append(
                    Medium(
                        id=f"m{number}",
                        kind="photo",
                        role="metadata-only",
                        url=picture.url,
                        candidate_urls=picture.urls,
                        same_as_og_image=self._is_share(key),
                    )
                )
        return media
