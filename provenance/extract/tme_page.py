"""Telegram's own web pages: a channel's `t.me/s/` preview and a post's `?embed=1` widget, one page a message.

Class names are those of Telegram's widget markup (telegram.org/js/telegram-widget.js draws the same), which both pages share.
A channel's portrait, reactions and view counts are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from provenance.errors import EmptySource
from provenance.extract import posted
from provenance.extract.decode import decode
from provenance.extract.dom import Element, Tree, clean, parse, text_of
from provenance.extract.posted import Posting, Shown
from provenance.records import Account, MediumKind, Page, Post, Snapshot
from provenance.reference import platforms

_MARKS = (b"widget_frame_base", b"tgme_widget_message")
_NAME = re.compile(r"(?:c/)?[\w-]{1,64}/[0-9]{1,12}")
_BACKGROUND = re.compile(r"background-image:\s*url\(\s*(['\"]?)([^'\")]{1,4000})\1\s*\)", re.IGNORECASE)
_PLAYERS: dict[str, MediumKind] = {
    "tgme_widget_message_photo_wrap": "photo",
    "tgme_widget_message_video_player": "video",
    "tgme_widget_message_roundvideo_player": "video",
    "tgme_widget_message_voice_player": "audio",
    "tgme_widget_message_audio_player": "audio",
    "tgme_widget_message_sticker_wrap": "graphic",
    "tgme_widget_message_document_wrap": "document",
}
_TEXT = "tgme_widget_message_text"
_REPLY = "tgme_widget_message_reply"
_PREVIEW = "tgme_widget_message_link_preview"


def recognises(content: bytes) -> bool:
    """Whether the bytes of an HTML page are one of Telegram's own widgets, not a page that embeds one."""
    return all(mark in content for mark in _MARKS)


def pages(snapshot: Snapshot) -> Iterator[Page]:
    """One page of kind "post" for each message, in the order of the page; an album is one message.

    Raises:
        EmptySource: there is no message on it; what Telegram says instead is repeated.
    """
    text, warnings = decode(snapshot.content, snapshot.charset)
    tree = parse(text)
    seen = False
    for element in tree.all("div"):
        if _is(element, "tgme_widget_message") and _NAME.fullmatch(element.get("data-post")):
            posting = _Message(tree, element).read((*(() if seen else warnings),))
            if posting:
                seen = True
                yield posted.page(posting, snapshot)
    if not seen:
        said = next((text_of(e) for e in tree.all("div") if _is(e, "tgme_widget_message_error")), "no message on it")
        raise EmptySource(f"{snapshot.source} is a Telegram page, but: {said[:200]}", "the post may be deleted or private")


def _is(element: Element, name: str) -> bool:
    return name in element.get("class").split()


@dataclass(frozen=True, slots=True)
class _Message:
    tree: Tree
    root: Element

    def read(self, warnings: tuple[str, ...]) -> Posting | None:
        """The message, or None for a notice without words and media."""
        channel, _, number = self.root.get("data-post").rpartition("/")
        address = platforms.identify(f"https://t.me/{channel}/{number}")
        when = self._time()
        shown, notes = self._media()
        text, origin = self._text(), self._origin()
        if not text and not shown:
            return None
        author = self._first("tgme_widget_message_owner_name") or self._first("tgme_widget_message_author_name")
        return Posting(
            platform="telegram",
            key=number,
            raw=self._digested(text, shown, when),
            post_id=number,
            url=address.url if address else None,
            handle=None if channel.startswith("c/") else channel,
            author_name=text_of(author) or None if author else None,
            date=posted.moment(when),
            date_basis="time",
            printed_date=when or None,
            text=text,
            links=self._links(),
            shown=shown,
            forwarded_from=origin[0] if origin else None,
            spoken=(*((origin[1],) if origin and origin[1] else ()), *self._answered()),
            warnings=(*warnings, *notes, *self._notes(origin)),
        )

    def _digested(self, text: str, shown: tuple[Shown, ...], when: str) -> str:
        """What identifies the message's content: not its counts of views and reactions, nor the tokens in file addresses."""
        media = [f"{s.kind} {s.platform_id} {[u.partition('?')[0] for u in (*s.urls, *s.stills)]}" for s in shown]
        return "\n".join([self.root.get("data-post"), when, text, *media])

    def _all(self, name: str) -> Iterator[Element]:
        return (e for e in self.tree.within(self.root) if _is(e, name))

    def _first(self, name: str) -> Element | None:
        return next(self._all(name), None)

    def _inside(self, element: Element, name: str) -> bool:
        return any(_is(a, name) for a in element.ancestors())

    def _time(self) -> str:
        dated = (t for a in self._all("tgme_widget_message_date") for t in self.tree.within(a, "time") if t.get("datetime"))
        found = next(dated, None)
        return found.get("datetime") if found else ""

    def _bodies(self) -> Iterator[Element]:
        """The elements that hold the message's words; an album's is nested in itself, a reply quotes another's."""
        for element in self._all(_TEXT):
            if (
                not self._inside(element, _TEXT)
                and not self._inside(element, _REPLY)
                and not _is(element, "js-message_reply_text")
            ):
                yield element

    def _text(self) -> str:
        return "\n".join(filter(None, (text_of(body) for body in self._bodies())))[: posted.LONGEST_TEXT]

    def _links(self) -> tuple[str, ...]:
        anchors = [a for body in self._bodies() for a in self.tree.within(body, "a")]
        previews = [a for a in self._all(_PREVIEW) if a.tag == "a"]
        places = [a for a in self._all("tgme_widget_message_location_wrap") if a.tag == "a"]
        return posted.web(*(a.get("href") for a in (*anchors, *previews, *places)))

    def _media(self) -> tuple[tuple[Shown, ...], tuple[str, ...]]:
        shown: list[Shown] = []
        notes: list[str] = []
        for element in self.tree.within(self.root):
            kind = next((k for name, k in _PLAYERS.items() if _is(element, name)), None)
            if kind and not self._inside(element, _REPLY):
                shown.append(self._shown(element, kind))
                if not shown[-1].urls:
                    notes.append(f"m{len(shown)}: the page gives no file of this {kind}{self._reason(element)}")
            elif _is(element, _PREVIEW) and (picture := self._pictures(element)):
                shown.append(Shown(kind="photo", urls=picture, role="metadata-only", caption=self._title(element)))
        return tuple(shown), tuple(notes)

    def _shown(self, element: Element, kind: MediumKind) -> Shown:
        address = platforms.identify(element.get("href")) if element.get("href") else None
        files, pictures = self._files(element), self._pictures(element)
        return Shown(
            kind=kind,
            urls=pictures if kind in {"photo", "graphic"} else files,
            stills=() if kind in {"photo", "graphic"} else pictures,
            platform_id=address.post_id if address else None,
            alt=self._document(element) if kind == "document" else None,
        )

    def _files(self, element: Element) -> tuple[str, ...]:
        return posted.web(*(f.get("src") for f in self.tree.within(element, "video", "audio", "source")))

    def _pictures(self, element: Element) -> tuple[str, ...]:
        """Pictures in style attributes, and in those attributes that stickers use; an emoji is none."""
        inside = (e for e in (element, *self.tree.within(element)) if not _is(e, "emoji"))
        return posted.web(*(url for e in inside for url in (*_backgrounds(e), e.get("data-webp"))))

    def _document(self, element: Element) -> str | None:
        titles = (e for e in self.tree.within(element) if _is(e, "tgme_widget_message_document_title"))
        return next((text_of(e) for e in titles), None)

    def _title(self, element: Element) -> str | None:
        return next((text_of(e) for e in self.tree.within(element) if _is(e, "link_preview_title")), None)

    def _reason(self, element: Element) -> str:
        labels = (text_of(e) for e in self.tree.within(element) if _is(e, "message_media_not_supported_label"))
        said = next(labels, "")
        return f": {said[:200]}" if said else ""

    def _origin(self) -> tuple[Account, Post | None] | None:
        """Whom the message is forwarded from, and the post there where it is linked."""
        name = self._first("tgme_widget_message_forwarded_from_name")
        box = self._first("tgme_widget_message_forwarded_from")
        found = name or box
        if found is None:
            return None
        written = text_of(found)
        address = platforms.identify(found.get("href")) if found.get("href") else None
        account = Account(
            platform="telegram", handle=address.handle if address else None, name=written or None, as_written=written or None
        )
        return account, _mentioned(found.get("href"), written, carries=True)

    def _answered(self) -> tuple[Post, ...]:
        replies = (_mentioned(e.get("href"), None, carries=False) for e in self._all(_REPLY))
        return tuple(post for post in replies if post)

    def _notes(self, origin: tuple[Account, Post | None] | None) -> Iterator[str]:
        meta = self._first("tgme_widget_message_meta")
        if meta is not None and "edited" in clean(text_of(meta)).split():
            yield "edited after it was posted; the page holds the last version only"
        if origin and not origin[0].handle:
            yield "forwarded; the page does not lead to the account it is from"


def _mentioned(href: str, name: str | None, *, carries: bool) -> Post | None:
    """The post that a link leads to, as one only spoken of; `carries` tells that it holds this post's media."""
    bare = href if href.startswith("tg:") else href.partition("?")[0]
    address = platforms.identify(bare) if bare else None
    if address is None or address.kind != "post":
        return None
    return Post(
        id="",
        platform=address.platform,
        post_id=address.post_id,
        url=address.url,
        handle=address.handle,
        author_name=name,
        embedding="mentioned",
        media=("own",) if carries else (),
    )


def _backgrounds(element: Element) -> Iterator[str]:
    return (match[2].strip() for match in _BACKGROUND.finditer(element.get("style")))
