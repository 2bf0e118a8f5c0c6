"""The `result.json` that Telegram Desktop writes: one page for each message that carries words or media.

Key names and placeholder sentences follow Telegram Desktop's own writer (export_output_json.cpp). The export knows the
channel's name and number, not its @handle, and `date` is the local time of the machine that exported, so `date_unixtime`
is read.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn, TypeAlias

from provenance.errors import EmptySource, NotDecodable, UnknownFormat
from provenance.records import Account, Block, DocumentFacts, Medium, MediumKind, Outlet, Page, Post, Snapshot, Span
from provenance.reference import platforms

Object: TypeAlias = dict[str, Any]

_ABSENT = re.compile(r"\(([^()/\\]{1,300})\)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?![0-9])")  # `host:8080` has none
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_KIND_OF: dict[str, MediumKind] = {
    "video_file": "video",
    "video_message": "video",
    "animation": "video",
    "voice_message": "audio",
    "audio_file": "audio",
    "sticker": "graphic",
}
_KIND_OF_MIME: dict[str, MediumKind] = {"image": "photo", "video": "video", "audio": "audio"}
_MAX_TEXT = 100_000


@dataclass(frozen=True, slots=True)
class _Chat:
    name: str | None
    handle: str | None
    prefix: str  # what stands before the message number in a page's source: the chat's number in a full export


def pages(snapshot: Snapshot) -> Iterator[Page]:
    """One page of kind "post" for each message with words or media, in the order of the export.

    `Page.text` is the message's text and nothing else; `facts.sha256` is that of the message's canonical JSON (keys sorted,
    no blanks, ASCII with escapes). A link to the message is
    given only where the snapshot's own address tells the channel's handle.

    Args:
        snapshot: the export of one chat, or of a whole account.

    Raises:
        NotDecodable: no JSON, or JSON that is too deep or holds numbers that are none.
        UnknownFormat: JSON that is no such export.
        EmptySource: an export without any message that carries words or media.
    """
    export = _loaded(snapshot)
    warnings: list[str] = []
    seen = False
    for chat, message in _messages(export, snapshot, warnings):
        page = _page(message, chat, snapshot, tuple(warnings))
        if page:
            seen = True
            warnings.clear()
            yield page
    if not seen:
        raise EmptySource(f"{snapshot.source} holds no message with words or media", "export the channel with its messages")


def _loaded(snapshot: Snapshot) -> Object:
    try:
        export = json.loads(snapshot.content, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise NotDecodable(f"{snapshot.source} is no sound JSON: {str(error)[:200]}", "export the channel again") from error
    if not isinstance(export, dict) or not (_has_list(export, "messages") or _has_list(export.get("chats"), "list")):
        raise UnknownFormat(
            f"{snapshot.source} is JSON, but no Telegram Desktop export",
            "in Telegram Desktop choose Export chat history, format JSON",
        )
    return export


def _no_constant(name: str) -> NoReturn:
    message = f"{name} is no JSON number"
    raise ValueError(message)


def _has_list(value: object, key: str) -> bool:
    return isinstance(value, dict) and isinstance(value.get(key), list)


def _messages(export: Object, snapshot: Snapshot, warnings: list[str]) -> Iterator[tuple[_Chat, Object]]:
    for raw, chat in _chats(export, snapshot):
        for position, message in enumerate(raw["messages"]):
            if not isinstance(message, dict) or _number(message.get("id")) is None:
                warnings.append(f"entry {position + 1} of {chat.name or 'a chat'} is no message and was left out")
            elif message.get("type") == "message":
                yield chat, message


def _chats(export: Object, snapshot: Snapshot) -> Iterator[tuple[Object, _Chat]]:
    if _has_list(export, "messages"):
        yield export, _Chat(_words(export.get("name")), _handle(snapshot.url), "")
        return
    for raw in export["chats"]["list"]:
        if _has_list(raw, "messages"):
            yield raw, _Chat(_words(raw.get("name")), None, f"{_number(raw.get('id')) or 0}/")


def _handle(url: str | None) -> str | None:
    address = platforms.identify(url) if url else None
    return address.handle if address and address.platform == "telegram" else None


def _page(message: Object, chat: _Chat, snapshot: Snapshot, notes: tuple[str, ...]) -> Page | None:
    text, links = _text_and_links(message.get("text"))
    number = str(_number(message.get("id")))
    account = Account(platform="telegram", handle=chat.handle, name=_words(message.get("from")) or chat.name)
    forwarded = _forwarded(message)
    medium, missing = _medium(message, forwarded or account)
    if not text and not medium:
        return None
    media = (medium,) if medium else ()
    facts = _facts(message, chat, snapshot, number)
    post = Post(
        id="p1",
        platform="telegram",
        post_id=number,
        url=facts.url,
        handle=chat.handle,
        author_name=account.name,
        date=facts.published,
        text=text or None,
        embedding="embedded",
        links=links,
        media=tuple(m.id for m in media),
        forwarded_from=forwarded,
        span=Span(0, len(text), text) if text else None,
    )
    posts = (post, *_answered(message, chat))
    warnings = (*notes, *_warnings(message, facts, forwarded), *missing)
    blocks = (Block(kind="post", start=0, end=len(text), post="p1"),) if text else ()
    source = f"{snapshot.source}#{chat.prefix}{number}"
    return Page(source=source, facts=facts, text=text, blocks=blocks, media=media, posts=posts, links=links, warnings=warnings)


def _answered(message: Object, chat: _Chat) -> Iterator[Post]:
    """The message that this one answers, in the same chat unless the export says that it is in another."""
    number = _number(message.get("reply_to_message_id"))
    if number is None or number <= 0 or message.get("reply_to_peer_id") is not None:
        return
    url = f"https://t.me/{chat.handle}/{number}" if chat.handle else None
    yield Post(id="p2", platform="telegram", post_id=str(number), url=url, handle=chat.handle, embedding="mentioned")


def _facts(message: Object, chat: _Chat, snapshot: Snapshot, number: str) -> DocumentFacts:
    moment, basis = _moment(message, "date")
    outlet = Outlet(name=snapshot.outlet, basis="given") if snapshot.outlet else Outlet(name=chat.name, basis="export")
    url = f"https://t.me/{chat.handle}/{number}" if chat.handle else None
    return DocumentFacts(
        kind="post",
        url=url,
        canonical_url=url,
        outlet=outlet,
        byline=_words(message.get("author") or message.get("from")),
        published=moment,
        published_precision="second" if moment else None,
        published_text=_words(message.get("date")),
        published_basis=basis,
        modified=_moment(message, "edited")[0],
        sha256=_digest(message),
    )


def _digest(message: Object) -> str:
    try:
        canonical = json.dumps(message, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    except RecursionError as error:
        raise NotDecodable("a message of the export is nested too deep", "export the channel again") from error
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _moment(message: Object, key: str) -> tuple[str | None, str | None]:
    """A time in UTC from the seconds since 1970; an export older than those seconds has local time without a zone."""
    seconds = _number(message.get(f"{key}_unixtime"))
    if seconds is not None:
        try:
            return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z"), f"{key}_unixtime"
        except (ValueError, OverflowError, OSError):
            return None, None
    try:
        return datetime.fromisoformat(str(message.get(key))).replace(tzinfo=None).isoformat(), key
    except ValueError:
        return None, None


def _warnings(message: Object, facts: DocumentFacts, forwarded: Account | None) -> Iterator[str]:
    if facts.published is None:
        yield "the message has no usable date"
    elif facts.published_basis == "date":
        yield "the date is local time of the machine that exported, of an unknown zone"
    if forwarded and not forwarded.name:
        yield "forwarded; the export does not say from whom"
    if message.get("edited") or message.get("edited_unixtime"):
        yield "edited after it was posted; the export holds the last version only"


def _forwarded(message: Object) -> Account | None:
    if "forwarded_from" not in message:
        return None
    name = _words(message["forwarded_from"])
    return Account(platform="telegram", name=name, as_written=name)


def _medium(message: Object, account: Account) -> tuple[Medium | None, tuple[str, ...]]:
    path = _words(message.get("photo")) or _words(message.get("file"))
    if not path:
        return None, ()
    kind = _kind(message)
    absent = _ABSENT.fullmatch(path)
    small = _words(message.get("thumbnail")) if absent else None
    beside = f"; only its small picture: {small}" if small and not _ABSENT.fullmatch(small) else ""
    missing = (f"m1: the export holds no bytes of this {kind}: {absent[1]}{beside}",) if absent else ()
    return Medium(
        id="m1",
        kind=kind,
        role="embedded-post",
        platform="telegram",
        account=account,
        post="p1",
        local_path=None if absent else path,
    ), missing


def _kind(message: Object) -> MediumKind:
    if _words(message.get("photo")):
        return "photo"
    mime = str(message.get("mime_type")).partition("/")[0]
    return _KIND_OF.get(str(message.get("media_type"))) or _KIND_OF_MIME.get(mime, "document")


def _text_and_links(raw: object) -> tuple[str, tuple[str, ...]]:
    pieces = raw if isinstance(raw, list) else [raw]
    words = [_piece(piece) for piece in pieces]
    links = dict.fromkeys(link for piece in pieces if (link := _link(piece)))
    return "".join(words)[:_MAX_TEXT], tuple(links)


def _piece(piece: object) -> str:
    return _clean(piece.get("text") if isinstance(piece, dict) else piece)


def _link(piece: object) -> str | None:
    if not isinstance(piece, dict) or piece.get("type") not in ("link", "text_link"):  # the value may be a list
        return None
    target = _clean(piece.get("href") or piece.get("text")).strip()
    target = target if _SCHEME.match(target) else f"https://{target}"
    return target if _WEB.fullmatch(target) else None


def _words(value: object) -> str | None:
    return _clean(value).strip()[:_MAX_TEXT] or None


def _clean(value: object) -> str:
    """The text without lone surrogates, which JSON can hold and UTF-8 cannot."""
    if not isinstance(value, str):
        return ""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _number(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = str(value)
    return int(text) if re.fullmatch(r"-?[0-9]{1,20}", text) else None
