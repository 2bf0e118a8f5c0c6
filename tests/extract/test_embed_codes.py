"""The embed code of every platform, in each of its shapes, gives one post or player with what the code says of it."""

import hashlib
import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import extract
from provenance.records import Page, Snapshot
from provenance.reference.platforms import identify

CODES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("embed_codes.toml").read_text("utf-8"))["code"]
BEFORE = "<p>The old mill at Orrin burned through the night and the quay was closed, the harbour master said on Friday.</p>"
AFTER = "<p>By noon the smoke had gone and the ferry ran again, with fewer passengers than on any other day of the year.</p>"


def page(code: str) -> Page:
    html = f"<html><body><article><h1>Mill burns</h1>{BEFORE}{code}{AFTER}</article></body></html>".encode("utf-8", "replace")
    facts = {"source": "p", "media_type": "text/html", "obtained_at": "2031-05-03T00:00:00Z", "how": "file"}
    return next(extract.pages(Snapshot(content=html, sha256=hashlib.sha256(html).hexdigest(), **facts)))  # type: ignore[arg-type]


@pytest.mark.parametrize("code", CODES, ids=lambda code: code["name"])
def test_an_embed_code_is_read(code: dict[str, Any]) -> None:
    """Platform, the platform's own id, canonical address, handle, author, day, words and links; the article stays beside it."""
    found = page(code["html"])
    assert "harbour master" in found.text
    assert "ferry ran again" in found.text
    if code["kind"] == "video":
        (medium,) = found.media
        assert ("video", code["platform"], code["id"], code["url"]) == (
            medium.kind,
            medium.platform,
            medium.platform_id,
            medium.url,
        )
        return
    (post,) = found.posts
    stated = {key: code.get(key) for key in ("platform", "id", "url", "handle", "author", "date", "text")}
    read = (post.platform, post.post_id, post.url, post.handle, post.author_name, post.date, post.text)
    assert tuple(stated.values()) == read
    assert (code.get("links", []), code.get("media_links", [])) == (list(post.links), list(post.media_links))
    assert post.embedding == "embedded"


def test_one_post_has_one_identity_whatever_the_shape() -> None:
    """All codes of one post agree in platform and id, and their addresses lead to it again."""
    for code in CODES:
        address = identify(code["url"])
        assert address is not None, code["name"]
        assert (code["id"], code["url"]) == (address.post_id, address.url), code["name"]
    families = {frozenset({"x-blockquote", "x-shell", "x-amp", "x-script", "x-bare", "x-nitter", "x-fx", "x-vx"})}
    families |= {frozenset({"tg-script", "tg-iframe", "tg-link", "tg-s", "tg-single"}), frozenset({"ig", "ig-new", "ig-iframe"})}
    families |= {
        frozenset({"yt", "yt-nc", "yt-short", "yt-be"}),
        frozenset({"tt", "tt-iframe", "tt-id"}),
        frozenset({"wb-m", "wb-m2"}),
    }
    by_name = {code["name"]: (code["platform"], code["id"]) for code in CODES}
    assert all(by_name[a] == by_name[b] for family in families for a, b in combinations(family, 2))


def test_every_platform_has_a_code() -> None:
    """None of the platforms that are named in the documentation is without a fixture."""
    named = (
        "x telegram facebook instagram tiktok youtube threads bluesky mastodon reddit vk rumble odysee dailymotion vimeo weibo"
    )
    assert set(named.split()) <= {code["platform"] for code in CODES}


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_damaged_code_never_breaks_the_page(data: st.DataObject) -> None:
    """Cut, doubled or spoiled anywhere: the article is read, and spans are exact."""
    html = data.draw(st.sampled_from(CODES))["html"]
    at = data.draw(st.integers(0, len(html)))
    cut = data.draw(st.integers(0, 40))
    spoiled = (
        html[:at] + data.draw(st.text(max_size=6) | st.sampled_from(["<", '"', ">", "</p>", "&#x0;", "%ff"])) + html[at + cut :]
    )
    found = page(spoiled)
    assert all(p.span is None or found.text[p.span.start : p.span.end] == p.span.text for p in found.posts)
