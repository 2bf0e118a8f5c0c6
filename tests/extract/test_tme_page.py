"""Telegram's own web pages, message by message."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import extract
from provenance.errors import EmptySource, SourceError
from provenance.extract import tme_page
from provenance.records import Account, Page, Snapshot

CDN = "https://cdn9.telesco.example/file"


def snapshot(content: str, **given_: Any) -> Snapshot:
    body = content.encode()
    facts = {"source": "page.html", "media_type": "text/html", "obtained_at": "2031-01-01T00:00:00Z", "how": "file"} | given_
    return Snapshot(content=body, sha256=hashlib.sha256(body).hexdigest(), **facts)


def message(
    body: str = "",
    name: str = "orrin_mill/41",
    when: str = "2031-05-02T09:00:00+02:00",
    text: str = "The mill burns.",
    meta: str = "",
) -> str:
    words = f'<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>' if text else ""
    return (
        f'<div class="tgme_widget_message_wrap"><div class="tgme_widget_message js-widget_message" data-post="{name}">'
        '<i class="tgme_widget_message_user_photo"><img src="https://cdn9.telesco.example/file/portrait.jpg"></i>'
        '<div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name" href="https://t.me/orrin_mill">'
        f"<span>Orrin Mill Watch</span></a></div>{body}{words}"
        "<i class='emoji' style=\"background-image:url('//telegram.org/img/emoji/40/F0.png')\"><b>🔥</b></i>"
        f'<span class="tgme_widget_message_views">3.1K</span><span class="tgme_widget_message_meta">{meta}'
        f'<a class="tgme_widget_message_date" href="https://t.me/{name}"><time datetime="{when}">09:00</time></a>'
        "</span></div></div>"
    )


def channel(*messages: str) -> str:
    head = '<meta property="og:image" content="https://cdn9.telesco.example/file/portrait.jpg">'
    return f'<html><head>{head}</head><body class="widget_frame_base tgme_webpreview">{"".join(messages)}</body></html>'


def photo(name: str, href: str = "https://t.me/orrin_mill/41") -> str:
    style = f"width:800px;background-image:url('{CDN}/{name}.jpg')"
    return f'<a class="tgme_widget_message_photo_wrap 57 13_4" href="{href}" style="{style}"></a>'


def video(name: str, still: str, href: str = "https://t.me/orrin_mill/41?single", *, file: bool = True, label: str = "") -> str:
    player = f'<video src="{CDN}/{name}.mp4?token=abc" class="tgme_widget_message_video"></video>' if file else ""
    note = f'<div class="message_media_not_supported_label">{label}</div>' if label else ""
    return (
        f'<a class="tgme_widget_message_video_player" href="{href}"><i class="tgme_widget_message_video_thumb" '
        f"style=\"background-image:url('{CDN}/{still}')\"></i>{player}<time class=message_video_duration>0:06</time>{note}</a>"
    )


def only(*parts: Any, **more: Any) -> Page:
    (page,) = tme_page.pages(snapshot(channel(message(*parts, **more))))
    return page


def test_a_message_is_a_post() -> None:
    """Handle, name, number, address, text and time in UTC; the photograph without portrait, emoji and views."""
    page = only(photo("mill-fire"))
    post, medium = page.posts[0], page.media[0]
    assert ("page.html#41", "post", "The mill burns.") == (page.source, page.facts.kind, page.text)
    assert ("2031-05-02T07:00:00Z", "second", "Orrin Mill Watch") == (
        page.facts.published,
        page.facts.published_precision,
        page.facts.outlet.name,
    )
    assert ("telegram", "41", "orrin_mill", "Orrin Mill Watch", "https://t.me/orrin_mill/41", ("m1",)) == (
        post.platform,
        post.post_id,
        post.handle,
        post.author_name,
        post.url,
        post.media,
    )
    assert [("photo", f"{CDN}/mill-fire.jpg", "41")] == [(m.kind, m.url, m.platform_id) for m in page.media]
    assert Account(platform="telegram", handle="orrin_mill", name="Orrin Mill Watch") == medium.account
    assert () == page.warnings


def test_the_door_leads_here_for_telegrams_own_pages_only() -> None:
    """A page with Telegram's frame is read message by message, an article that names the widget is not."""
    assert ["post", "post"] == [p.facts.kind for p in extract.pages(snapshot(channel(message(), message(name="orrin_mill/42"))))]
    article = "<html><body><article><p>See class tgme_widget_message in the manual of the widget.</p></article></body></html>"
    assert ["article"] == [p.facts.kind for p in extract.pages(snapshot(article))]


def test_an_album_is_one_message_and_its_text_is_said_once() -> None:
    """Every medium keeps its own number; the words, nested in themselves, do not double."""
    inner = '<div class="tgme_widget_message_text js-message_text">Two films.</div>'
    page = only(video("one", "still-1") + video("two", "still-2", "https://t.me/orrin_mill/42?single"), text=inner)
    assert "Two films." == page.text
    assert [("41", f"{CDN}/one.mp4?token=abc"), ("42", f"{CDN}/two.mp4?token=abc")] == [
        (m.platform_id, m.url) for m in page.media
    ]
    assert f"{CDN}/still-2" in page.media[1].candidate_urls


def test_a_video_without_file_keeps_its_still_and_says_why() -> None:
    """A still is no video: it stands among the candidates, and the reason in the warnings."""
    page = only(video("big", "still", file=False, label="Media is too big"))
    assert (None, (f"{CDN}/still",)) == (page.media[0].url, page.media[0].candidate_urls)
    assert ("m1: the page gives no file of this video: Media is too big",) == page.warnings


def test_a_forward_names_its_origin() -> None:
    """The account forwarded from, and the post there, which carries the same media."""
    box = (
        '<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from <a '
        'class="tgme_widget_message_forwarded_from_name" href="https://t.me/lindholm_eye/7"><span>Lindholm Eye</span></a></div>'
    )
    page = only(box + photo("mill-fire"))
    account = Account(platform="telegram", handle="lindholm_eye", name="Lindholm Eye", as_written="Lindholm Eye")
    assert (account, account) == (page.posts[0].forwarded_from, page.media[0].account)
    origin = page.posts[1]
    assert ("p2", "mentioned", "https://t.me/lindholm_eye/7", ("m1",)) == (origin.id, origin.embedding, origin.url, origin.media)


def test_a_forward_from_nobody_known_is_said() -> None:
    """A hidden account is a name without a handle."""
    name = '<span class="tgme_widget_message_forwarded_from_name">M. K.</span>'
    box = f'<div class="tgme_widget_message_forwarded_from">Forwarded from {name}</div>'
    page = only(box)
    assert Account(platform="telegram", name="M. K.", as_written="M. K.") == page.posts[0].forwarded_from
    assert ("forwarded; the page does not lead to the account it is from",) == page.warnings


def test_a_reply_does_not_lend_its_words() -> None:
    """The message answered is a post spoken of; its words and picture stay out."""
    box = (
        '<a class="tgme_widget_message_reply" href="https://t.me/orrin_mill/12"><i class="tgme_widget_message_reply_thumb" '
        f"style=\"background-image:url('{CDN}/old.jpg')\"></i>"
        '<div class="tgme_widget_message_text js-message_reply_text">Old words</div></a>'
    )
    page = only(box)
    assert ("The mill burns.", (), "https://t.me/orrin_mill/12") == (page.text, page.media, page.posts[1].url)


@pytest.mark.parametrize(
    "href", ["http://[bad", "tg://resolve?domain=lindholm_eye&post=7", "https://t.me/lindholm_eye/7?single", ""]
)
def test_odd_addresses_of_origins(href: str) -> None:
    """A broken address leads nowhere; parameters do not hide a post."""
    name = f'<a class="tgme_widget_message_forwarded_from_name" href="{href}">Lindholm Eye</a>'
    page = only(f'<div class="tgme_widget_message_forwarded_from">{name}</div>')
    assert (["https://t.me/lindholm_eye/7"] if "lindholm_eye" in href else []) == [p.url for p in page.posts[1:]]


def test_links_are_those_of_the_words_and_the_preview() -> None:
    """Web addresses only; the preview's picture belongs to the page it leads to, so it is metadata."""
    preview = (
        '<a class="tgme_widget_message_link_preview" href="https://tarnpost.example/mill"><i class="link_preview_image" '
        f"style=\"background-image:url('{CDN}/preview.jpg')\"></i><div class=link_preview_title>Mill burns</div></a>"
    )
    page = only(
        preview, text='See <a href="https://tarnpost.example/mill">it</a> <a href="tg://x">x</a> <a href="?q=%23mill">#mill</a>'
    )
    assert ("https://tarnpost.example/mill",) == page.links
    assert [("metadata-only", f"{CDN}/preview.jpg", "Mill burns")] == [(m.role, m.url, m.caption) for m in page.media]


@pytest.mark.parametrize(
    ("player", "kind"),
    [
        (f'<div class="tgme_widget_message_voice_player"><audio src="{CDN}/a.ogg"></audio></div>', "audio"),
        (f'<div class="tgme_widget_message_roundvideo_player"><video src="{CDN}/r.mp4"></video></div>', "video"),
        (f'<div class="tgme_widget_message_sticker_wrap"><i data-webp="{CDN}/s.webp"></i></div>', "graphic"),
        (
            '<a class="tgme_widget_message_document_wrap"><div class=tgme_widget_message_document_title>a.pdf</div></a>',
            "document",
        ),
    ],
)
def test_other_media_have_their_kind(player: str, kind: str) -> None:
    """Voice, round video, sticker and file are what they are."""
    assert [kind] == [m.kind for m in only(player).media]


def test_edits_and_missing_dates_are_said() -> None:
    """The page holds the last version; a time that is none is unknown."""
    page = only(meta="edited ", when="soon")
    assert (None, None) == (page.facts.published, page.facts.published_precision)
    assert {"edited after it was posted; the page holds the last version only", "the post has no usable date"} == set(
        page.warnings
    )


def test_a_private_post_has_no_handle() -> None:
    """The number of a private channel is no handle."""
    page = only(name="c/1234567/41")
    assert (None, "https://t.me/c/1234567/41") == (page.posts[0].handle, page.posts[0].url)


def test_counts_and_tokens_do_not_change_the_digest() -> None:
    """The same message seen twice, with other counts and file tokens, is the same message."""
    page = channel(message(video("one", "still")))
    other = page.replace("3.1K", "9.9K").replace("token=abc", "token=xyz")
    first, second = (next(tme_page.pages(snapshot(text))).facts.sha256 for text in (page, other))
    assert first == second
    assert first != next(tme_page.pages(snapshot(page.replace("burns", "burnt")))).facts.sha256


def test_what_telegram_says_of_a_missing_post_is_repeated() -> None:
    """A deleted post is no empty success."""
    page = '<body class="widget_frame_base"><div class="tgme_widget_message_error">Post not found</div></body>'
    with pytest.raises(EmptySource, match="Post not found"):
        list(tme_page.pages(snapshot(page)))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60), st.text(max_size=60))
def test_no_message_breaks_the_reader(text: str, name: str, style: str) -> None:
    """Whatever stands in a message, the page is read or a named error raised, and spans are exact."""
    player = f'<a class="tgme_widget_message_photo_wrap" style="background-image:url(\'{style}\')"></a>'
    try:
        for page in tme_page.pages(snapshot(channel(message(player, name=name, text=text)), source="p")):
            assert all(p.span is None or page.text[p.span.start : p.span.end] == p.span.text for p in page.posts)
    except SourceError:
        pass
    except UnicodeEncodeError:
        assert any("\ud800" <= c <= "\udfff" for c in text + name + style)


@pytest.mark.shared
def test_the_channel_page_with_gold(shared: Path) -> None:
    """Every post and medium of the gold, and no other."""
    gold = json.loads((shared / "social/gold/open.telegram-s-ClashReport-excerpt.gold.json").read_text("utf-8"))
    page = (shared / "social/telegram-s-ClashReport-excerpt.html").read_text("utf-8")
    found = list(tme_page.pages(snapshot(page)))
    assert len(gold["posts"]) == len(found)
    for want, got in zip(gold["posts"], found, strict=True):
        post = got.posts[0]
        assert all(want[key] == getattr(post, key) for key in ("platform", "handle", "author_name", "post_id", "url"))
        assert want["date"].replace("+00:00", "Z") == post.date
        assert got.text.startswith(want["text_starts"])
        assert [m["type"] for m in want["media"]] == [m.kind for m in got.media]
        for medium, shown in zip(want["media"], got.media, strict=True):
            assert not medium["match_key"] or medium["match_key"] in (shown.url or "")
            assert "poster_key" not in medium or any(medium["poster_key"] in u for u in shown.candidate_urls)
