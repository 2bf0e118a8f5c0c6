"""Telegram Desktop's export, message by message."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import EmptySource, NotDecodable, SourceError, UnknownFormat
from provenance.extract.telegram_export import pages
from provenance.records import Account, Page, Snapshot

PHOTO = "photos/photo_1@02-05-2031_09-00-00.jpg"


def snapshot(content: bytes, url: str | None = None, outlet: str | None = None) -> Snapshot:
    return Snapshot(
        source="export/result.json",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="application/json",
        obtained_at="2031-05-03T00:00:00Z",
        how="file",
        url=url,
        outlet=outlet,
    )


def message(number: int = 5, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "type": "message",
        "date": "2031-05-02T09:00:00",
        "date_unixtime": "1935471600",
        "from": "Orrin Mill Watch",
        "text": "The mill burns.",
        **more,
    }


def chat(*messages: Any, **more: Any) -> bytes:
    return json.dumps(
        {"name": "Orrin Mill Watch", "type": "public_channel", "id": 77, "messages": list(messages), **more}
    ).encode()


def only(*messages: Any, url: str | None = None) -> Page:
    (page,) = pages(snapshot(chat(*messages), url))
    return page


def test_a_message_is_a_post() -> None:
    """One page of kind post, its text whole, its time in UTC, its source the export and the message's number."""
    page = only(message(photo=PHOTO))
    post, medium = page.posts[0], page.media[0]
    assert ("export/result.json#5", "post", "The mill burns.") == (page.source, page.facts.kind, page.text)
    assert ("2031-05-02T07:00:00Z", "second", "date_unixtime") == (
        page.facts.published,
        page.facts.published_precision,
        page.facts.published_basis,
    )
    assert ("p1", "telegram", "5", None, "Orrin Mill Watch", "2031-05-02T07:00:00Z", ("m1",)) == (
        post.id,
        post.platform,
        post.post_id,
        post.handle,
        post.author_name,
        post.date,
        post.media,
    )
    assert ("photo", "embedded-post", "p1", PHOTO) == (medium.kind, medium.role, medium.post, medium.local_path)
    assert () == page.warnings


def test_spans_and_blocks_are_those_of_the_text() -> None:
    """The post covers the whole text."""
    page = only(message(text="Дым 🏭 над мельницей"))
    assert [("post", 0, len(page.text), "p1")] == [(b.kind, b.start, b.end, b.post) for b in page.blocks]
    assert page.posts[0].span is not None
    assert page.text[page.posts[0].span.start : page.posts[0].span.end] == page.posts[0].span.text == page.text


def test_mixed_text_is_joined_and_its_links_kept() -> None:
    """Plain strings and entities make one text; links are those that lead somewhere, without doubles."""
    page = only(
        message(
            text=[
                "Mill on fire, ",
                {"type": "bold", "text": "see "},
                {"type": "text_link", "text": "map", "href": "https://orrin.example/map"},
                {"type": "link", "text": "orrin.example/map"},
                {"type": "text_link", "text": "x", "href": "javascript:alert(1)"},
                {"type": "mention", "text": "@mill_watch"},
            ]
        )
    )
    assert page.text == "Mill on fire, see maporrin.example/mapx@mill_watch"
    assert ("https://orrin.example/map",) == page.links == page.posts[0].links


@pytest.mark.parametrize("url", ["https://t.me/orrin_mill", "https://t.me/s/orrin_mill", "https://t.me/orrin_mill/3"])
def test_a_known_handle_gives_the_address(url: str) -> None:
    """The export has no handle; where the caller gave the channel's address, each message gets its own."""
    page = only(message(), url=url)
    assert ("orrin_mill", "https://t.me/orrin_mill/5") == (page.posts[0].handle, page.facts.url)


@pytest.mark.parametrize("url", [None, "https://orrin.example/export", "https://t.me/+AbCdEf", "https://x.com/orrin_mill"])
def test_an_unknown_handle_stays_unknown(url: str | None) -> None:
    """No address is made up from a name or a number."""
    page = only(message(), url=url)
    assert (None, None, None) == (page.posts[0].handle, page.posts[0].url, page.facts.url)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"photo": PHOTO}, "photo"),
        ({"file": "video_files/a.mp4", "media_type": "video_file", "mime_type": "video/mp4"}, "video"),
        ({"file": "a.mp4", "media_type": "animation"}, "video"),
        ({"file": "round_video_messages/a.mp4", "media_type": "video_message"}, "video"),
        ({"file": "voice_messages/a.ogg", "media_type": "voice_message"}, "audio"),
        ({"file": "stickers/a.webp", "media_type": "sticker"}, "graphic"),
        ({"file": "files/a.png", "mime_type": "image/png"}, "photo"),
        ({"file": "files/a.pdf", "mime_type": "application/pdf"}, "document"),
        ({"file": "files/a"}, "document"),
    ],
)
def test_the_kind_of_a_medium(fields: dict[str, str], kind: str) -> None:
    """Telegram's own media type, then the file's, then a document."""
    page = only(message(text="", **fields))
    assert (kind, next(iter(fields.values()))) == (page.media[0].kind, page.media[0].local_path)


@pytest.mark.parametrize("why", ["File not included", "File exceeds maximum size", "File unavailable, please try again later"])
def test_a_file_that_was_not_exported_is_a_warning(why: str) -> None:
    """The reason in brackets is no path: the medium has no bytes, and the page says why."""
    page = only(message(file=f"({why}. Change data exporting settings to download.)", media_type="video_file"))
    assert page.media[0].local_path is None
    assert [warning for warning in page.warnings if "video" in warning and why in warning]


def test_the_small_picture_of_a_film_that_was_not_exported_is_named() -> None:
    """It is no film, but all that is left of it."""
    gone = "(File exceeds maximum size. Change data exporting settings to download.)"
    page = only(message(file=gone, media_type="video_file", thumbnail="video_files/mill.mp4_thumb.jpg"))
    assert page.warnings[-1].endswith("only its small picture: video_files/mill.mp4_thumb.jpg")
    assert "small picture" not in only(message(file=gone, thumbnail=gone)).warnings[-1]


@pytest.mark.parametrize(("url", "address"), [(None, None), ("https://t.me/orrin_mill", "https://t.me/orrin_mill/3")])
def test_the_message_that_is_answered_is_spoken_of(url: str | None, address: str | None) -> None:
    """With its number, and its address where the handle is known; one in another chat is not guessed."""
    page = only(message(reply_to_message_id=3), url=url)
    assert [("telegram", "3", address, "mentioned", ())] == [
        (p.platform, p.post_id, p.url, p.embedding, p.media) for p in page.posts[1:]
    ]
    assert 1 == len(only(message(reply_to_message_id=3, reply_to_peer_id="channel9")).posts)


def test_a_forwarded_message_names_whom_it_is_from() -> None:
    """The visual was first seen with the one who is forwarded, and the post is still the channel's."""
    page = only(message(forwarded_from="Orrin Fire Brigade", photo=PHOTO))
    brigade = Account(platform="telegram", name="Orrin Fire Brigade", as_written="Orrin Fire Brigade")
    assert (brigade, brigade, "Orrin Mill Watch") == (
        page.posts[0].forwarded_from,
        page.media[0].account,
        page.posts[0].author_name,
    )


def test_forwarded_from_nobody_known_is_said() -> None:
    """Null is an unknown sender, not none."""
    page = only(message(forwarded_from=None, photo=PHOTO))
    assert page.posts[0].forwarded_from == Account(platform="telegram")
    assert any("from whom" in warning for warning in page.warnings)


def test_an_edit_is_kept() -> None:
    """An edited message tells when, and warns that its first words are gone."""
    page = only(message(edited="2031-05-02T09:05:00", edited_unixtime="1935471900"))
    assert page.facts.modified == "2031-05-02T07:05:00Z"
    assert any("edited" in warning for warning in page.warnings)


def test_service_messages_and_empty_ones_are_no_posts() -> None:
    """Only words or media make a post."""
    got = list(
        pages(snapshot(chat(message(1, type="service"), message(2, text=""), message(3, text="", photo=PHOTO), message(4))))
    )
    assert ["3", "4"] == [page.posts[0].post_id for page in got]


def test_a_full_export_gives_every_chat() -> None:
    """Message numbers are those of a chat, so the chat's number stands before them; no handle is known."""
    chats = [{"name": name, "id": number, "messages": [message()]} for name, number in (("One", 1), ("Two", 2))]
    content = json.dumps({"about": "…", "chats": {"about": "…", "list": chats}}).encode()
    got = list(pages(snapshot(content, "https://t.me/orrin_mill")))
    assert ["export/result.json#1/5", "export/result.json#2/5"] == [page.source for page in got]
    assert ["One", "Two"] == [page.facts.outlet.name for page in got]
    assert [None, None] == [page.posts[0].handle for page in got]


def test_an_old_export_has_local_time_of_no_known_zone() -> None:
    """Without seconds since 1970 the printed time is kept without a zone, and the page says so."""
    old = message()
    del old["date_unixtime"]
    page = only(old)
    assert ("2031-05-02T09:00:00", "date") == (page.facts.published, page.facts.published_basis)
    assert any("zone" in warning for warning in page.warnings)


@pytest.mark.parametrize("seconds", ["99999999999999999999", "-1e9", "", None, True, 10**30, "soon"])
def test_an_impossible_time_is_no_time(seconds: object) -> None:
    """A date that cannot be is unknown."""
    page = only(message(date="never", date_unixtime=seconds))
    assert page.facts.published is None
    assert any("no usable date" in warning for warning in page.warnings)


def test_entries_that_are_no_messages_are_told() -> None:
    """What is left out is said on the next page."""
    page = only("x", None, {"type": "message"}, message(id=[1]), message())
    assert [1, 2, 3, 4] == [n for n in range(1, 6) if any(f"entry {n} " in warning for warning in page.warnings)]


def test_the_hash_is_that_of_the_message_not_of_its_spelling() -> None:
    """The same message in another export, keys in another order, has the same hash; another message has another."""
    a, b = message(photo=PHOTO), dict(reversed(message(photo=PHOTO).items()))
    first, second = only(a), only(b)
    assert first.facts.sha256 == second.facts.sha256 != only(message()).facts.sha256


def test_lone_surrogates_do_not_get_into_the_record() -> None:
    """JSON can hold half a character; a record cannot."""
    page = only(message(text="half \ud83d of it", **{"from": "\udc00"}))
    page.text.encode("utf-8")
    assert page.text == "half \ufffd of it"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"{", NotDecodable),
        (b"", NotDecodable),
        (b'{"messages": [NaN]}', NotDecodable),
        (b'{"messages": ' + b"[" * 100_000, NotDecodable),
        (b'{"messages": [{"id": ' + b"9" * 5000 + b"}]}", NotDecodable),
        (b'{"messages": ["\xff"]}', NotDecodable),
        (b"[]", UnknownFormat),
        (b'"messages"', UnknownFormat),
        (b'{"messages": {}}', UnknownFormat),
        (b'{"chats": {"list": 5}}', UnknownFormat),
        (b'{"messages": []}', EmptySource),
        (b'{"chats": {"list": [1, {"messages": 2}]}}', EmptySource),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_no_export_is_a_named_error(content: bytes, error: type[SourceError]) -> None:
    """Broken, hostile and foreign JSON are told apart."""
    with pytest.raises(error, match=r"export/result\.json"):
        list(pages(snapshot(content)))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(message())) | st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(max_examples=150)
@given(
    st.dictionaries(st.sampled_from(["text", "photo", "file", "forwarded_from", "from", "date_unixtime", "edited", "id"]), JSON)
)
def test_any_message_gives_a_page_or_a_named_error(fields: dict[str, Any]) -> None:
    """Values of every type in every field: spans hold, text can be written, nothing else is raised."""
    try:
        got = list(pages(snapshot(chat({**message(), **fields}))))
    except SourceError:
        return
    for page in got:
        page.text.encode("utf-8")
        assert all(0 <= block.start < block.end <= len(page.text) for block in page.blocks)
        assert set(page.posts[0].media) == {medium.id for medium in page.media}


@pytest.mark.shared
def test_a_made_up_export_agrees_with_its_gold(shared: Path) -> None:
    """Posts, dates, texts, forwards and files are those that a person wrote down."""
    gold = json.loads((shared / "social/gold/open.telegram-desktop-result.SYNTHETIC.gold.json").read_text("utf-8"))
    got = list(pages(snapshot((shared / "social" / "telegram-desktop-result.SYNTHETIC.json").read_bytes())))
    assert len(gold["posts"]) == len(got)
    for post, page in zip(gold["posts"], got, strict=True):
        found = page.posts[0]
        assert (post["post_id"], post["date"], post["text"], post["author_name"]) == (
            found.post_id,
            found.date,
            page.text,
            found.author_name,
        )
        assert [(medium["type"], medium["file"]) for medium in post["media"]] == [(m.kind, m.local_path) for m in page.media]
        assert post.get("links", []) == list(found.links)
        assert ("forwarded_from" in post) == (found.forwarded_from is not None)
        assert post.get("edited") == page.facts.modified
        assert ([post["reply_to"]] if "reply_to" in post else []) == [p.post_id for p in page.posts[1:]]
