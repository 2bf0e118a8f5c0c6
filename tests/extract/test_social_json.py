"""Posts saved as JSON: X in its several forms, Instagram, oEmbed answers, and captures of a browser extension."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import extract
from provenance.errors import EmptySource, NotDecodable, SourceError, UnknownFormat
from provenance.extract import x_json
from provenance.records import Account, Page, Snapshot

FIRST, SECOND = "2031000000000000001", "2031000000000000002"


def snapshot(content: bytes | str, **given_: Any) -> Snapshot:
    body = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    facts = {"source": "saved.json", "media_type": "application/json", "obtained_at": "2031-01-01T00:00:00Z", "how": "file"}
    return Snapshot(content=body, sha256=hashlib.sha256(body).hexdigest(), **(facts | given_))


def read(value: Any) -> list[Page]:
    return list(extract.pages(snapshot(value if isinstance(value, str | bytes) else json.dumps(value))))


def user(handle: str = "orrin_mill", name: str = "Orrin Mill Watch", *, new: bool = False) -> dict[str, Any]:
    words = {"screen_name": handle, "name": name}
    return {"user_results": {"result": {"__typename": "User", "core": words} if new else {"legacy": words}}}


def tweet(number: str = FIRST, text: str = "The mill burns.", new: bool = False, handle: str = "orrin_mill", **more: Any) -> Any:  # noqa: FBT001, FBT002
    outer = {key: more.pop(key) for key in ("note_tweet", "quoted_status_result", "card") if key in more}
    legacy = {"id_str": number, "full_text": text, "created_at": "Fri May 02 07:00:00 +0000 2031", "lang": "en", **more}
    return {"__typename": "Tweet", "rest_id": number, "core": user(handle, new=new), "legacy": legacy, **outer}


def timeline(*tweets: Any) -> Any:
    entries = [{"content": {"itemContent": {"tweet_results": {"result": t}}}} for t in tweets]
    return {"data": {"threaded": {"instructions": [{"type": "TimelineAddEntries", "entries": entries}]}}}


def photo(name: str = "GqMill1", **more: Any) -> dict[str, Any]:
    short = {"display_url": "pic.twitter.com/AbC1", "expanded_url": f"https://x.com/orrin_mill/status/{FIRST}/photo/1"}
    return {"id_str": "77", "type": "photo", "media_url_https": f"https://pbs.twimg.com/media/{name}.jpg", **short, **more}


def video(*bitrates: int, **more: Any) -> dict[str, Any]:
    films = [{"bitrate": b, "content_type": "video/mp4", "url": f"https://video.twimg.com/v/{b}.mp4"} for b in bitrates]
    playlist = {"content_type": "application/x-mpegURL", "url": "https://video.twimg.com/v/all.m3u8"}
    return photo(type="video", video_info={"variants": [playlist, *films]}, **more)


# ------------------------------------------------------------------ X


@pytest.mark.parametrize("new", [False, True])
def test_a_tweet_is_found_wherever_it_stands(new: bool) -> None:  # noqa: FBT001
    """Number, handle, name, text, time and address, in both forms of the user object."""
    (page,) = read(timeline(tweet(new=new)))
    post = page.posts[0]
    assert (f"saved.json#{FIRST}", "post", "The mill burns.", "en") == (
        page.source,
        page.facts.kind,
        page.text,
        page.facts.language,
    )
    assert ("x", FIRST, "orrin_mill", "Orrin Mill Watch", "2031-05-02T07:00:00Z") == (
        post.platform,
        post.post_id,
        post.handle,
        post.author_name,
        post.date,
    )
    assert f"https://x.com/orrin_mill/status/{FIRST}" == post.url == page.facts.url


def test_media_give_the_largest_file_first() -> None:
    """A photograph with the address of its upload, a video with its best film, its still beside it."""
    media = {"media": [photo(ext_alt_text="Smoke"), video(256, 2176, 832) | {"id_str": "78"}]}
    (page,) = read(timeline(tweet(extended_entities=media)))
    picture, film = page.media
    assert ("photo", "Smoke", "https://pbs.twimg.com/media/GqMill1.jpg") == (picture.kind, picture.alt, picture.url)
    assert "https://pbs.twimg.com/media/GqMill1?format=jpg&name=orig" in picture.candidate_urls
    assert ("video", "https://video.twimg.com/v/2176.mp4") == (film.kind, film.url)
    assert ("https://video.twimg.com/v/all.m3u8", "https://pbs.twimg.com/media/GqMill1.jpg") == film.candidate_urls[-2:]
    assert ("pic.twitter.com/AbC1",) == page.posts[0].media_links


def test_media_of_another_post_name_their_origin() -> None:
    """Where X says that a film was first posted elsewhere, that account is where it was seen first."""
    taken = video(832, source_status_id_str="1999000000000000000")
    taken["expanded_url"] = "https://twitter.com/lindholm_eye/status/1999000000000000000/video/1"
    (page,) = read(timeline(tweet(extended_entities={"media": [taken]})))
    assert Account(platform="x", handle="lindholm_eye") == page.media[0].account
    assert [("mentioned", "lindholm_eye", ("m1",))] == [(p.embedding, p.handle, p.media) for p in page.posts[1:]]


def test_a_quoted_tweet_is_shown_inside_and_is_a_page_of_its_own() -> None:
    """The quoting page holds both texts, each with its exact span; the quoted post has its own page."""
    quoted = tweet(SECOND, "Old & new", handle="lindholm_eye", extended_entities={"media": [photo()]})
    first, second = read(timeline(tweet(quoted_status_result={"result": quoted})))
    assert [FIRST, SECOND] == [p.post_id for p in first.posts]
    assert all(p.span and first.text[p.span.start : p.span.end] == p.span.text for p in first.posts)
    assert (("m1",), "p2") == (first.posts[1].media, first.media[0].post)
    assert (SECOND, "Old & new") == (second.posts[0].post_id, second.text)


def test_a_shared_tweet_names_whom_it_is_from() -> None:
    """A retweet is forwarded from its author."""
    shared = tweet(SECOND, "Fire!", handle="lindholm_eye")
    page = read(timeline(tweet(text="RT @lindholm_eye: Fire!", retweeted_status_result={"result": shared})))[0]
    assert page.posts[0].forwarded_from is not None
    assert "lindholm_eye" == page.posts[0].forwarded_from.handle


def test_long_text_links_and_answers() -> None:
    """The long form wins, entities are unescaped, links are expanded, the post answered is spoken of."""
    note = {"note_tweet_results": {"result": {"text": "Long &amp; whole"}}}
    urls = {"urls": [{"url": "https://t.co/x", "expanded_url": "https://tarnpost.example/mill"}]}
    (page,) = read(
        timeline(tweet(note_tweet=note, entities=urls, in_reply_to_status_id_str=SECOND, in_reply_to_screen_name="lindholm_eye"))
    )
    assert ("Long & whole", ("https://tarnpost.example/mill",)) == (page.text, page.links)
    assert f"https://x.com/lindholm_eye/status/{SECOND}" == page.posts[1].url


def test_a_card_lends_its_picture_as_metadata() -> None:
    """The preview of a linked page is not what the account posted."""
    image = {"image_value": {"url": "https://pbs.twimg.com/card_img/1/a.jpg"}}
    values = [
        {"key": "photo_image_full_size_original", "value": image},
        {"key": "title", "value": {"string_value": "Mill burns"}},
    ]
    (page,) = read(timeline(tweet(card={"legacy": {"binding_values": values}})))
    assert [("metadata-only", "Mill burns")] == [(m.role, m.caption) for m in page.media]


def test_the_older_forms_are_read() -> None:
    """The API's object and the syndication endpoint's, whose time is ISO 8601, and whose media are details."""
    base = {"id_str": FIRST, "text": "Fire", "user": {"screen_name": "orrin_mill", "name": "Orrin"}}
    (page,) = read({**base, "created_at": "2031-05-02T07:00:00.000Z", "mediaDetails": [photo()], "__typename": "Tweet"})
    assert ("2031-05-02T07:00:00Z", ["photo"]) == (page.facts.published, [m.kind for m in page.media])
    (page,) = read([{**base, "created_at": "Fri May 02 09:00:00 +0200 2031"}])
    assert "2031-05-02T07:00:00Z" == page.facts.published


def test_a_missing_date_is_read_off_the_number() -> None:
    """A post's number holds its time; a number from before that scheme holds none."""
    (page,) = read(timeline(tweet("1541815603606036480", created_at=None)))
    assert ("2022-06-28T16:07:40Z", "post id") == (page.facts.published, page.facts.published_basis)
    assert (None, None) == (x_json.time_in("20"), x_json.time_in("x" * 19))


def test_what_is_gone_is_said() -> None:
    """A tombstone is a warning beside posts, and a clear error where there is nothing else."""
    grave = {"__typename": "TweetTombstone", "tombstone": {"text": {"text": "This Post was deleted."}}}
    (page,) = read(timeline(tweet(), grave))
    assert ("a post is not in the file: This Post was deleted.",) == page.warnings
    with pytest.raises(EmptySource, match="was deleted"):
        read(timeline(grave))


def test_counts_do_not_change_the_digest() -> None:
    """A post saved twice, with other counts, is the same record."""
    first, second = (read(timeline(tweet(favorite_count=n)))[0].facts.sha256 for n in (1, 2))
    assert first == second
    assert first != read(timeline(tweet(text="Other")))[0].facts.sha256


# ------------------------------------------------------------------ oEmbed, Instagram, captures


def oembed(**more: Any) -> dict[str, Any]:
    inner = '<p lang="en">The mill <a href="https://t.co/a">burns</a> <a href="https://t.co/b">pic.twitter.com/AbC1</a></p>'
    sign = f'&mdash; Orrin (@orrin_mill) <a href="https://twitter.com/orrin_mill/status/{FIRST}">May 2, 2031</a>'
    base = {"type": "rich", "version": "1.0", "author_name": "Orrin", "author_url": "https://twitter.com/orrin_mill"}
    return base | {"html": f'<blockquote class="twitter-tweet">{inner}{sign}</blockquote>\n<script></script>'} | more


def test_an_oembed_answer_is_a_post() -> None:
    """Text, handle, number, and the time of the number beside the printed day."""
    (page,) = read(oembed(url=f"https://twitter.com/orrin_mill/status/{FIRST}"))
    post = page.posts[0]
    assert ("x", FIRST, "orrin_mill", "Orrin", "The mill burns pic.twitter.com/AbC1") == (
        post.platform,
        post.post_id,
        post.handle,
        post.author_name,
        post.text,
    )
    assert ("post id", "May 2, 2031", ("pic.twitter.com/AbC1",)) == (
        page.facts.published_basis,
        page.facts.published_text,
        post.media_links,
    )


def test_an_oembed_answer_of_a_video_site() -> None:
    """The address stands in the player; the still is no file of the video."""
    player = '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'
    still = "https://i.ytimg.com/vi/abcdefghijk/hq.jpg"
    (page,) = read(oembed(type="video", html=player, title="Mill fire", author_url="", thumbnail_url=still))
    assert ("youtube", "abcdefghijk", "Mill fire") == (page.posts[0].platform, page.posts[0].post_id, page.text)
    assert [("video", "abcdefghijk", True)] == [(m.kind, m.platform_id, still in m.candidate_urls) for m in page.media]


def test_an_oembed_answer_without_a_post_is_empty() -> None:
    """No post is made up."""
    with pytest.raises(EmptySource):
        read(oembed(html="<b>nothing</b>"))


def instagram(code: str = "DQmill_-1", **more: Any) -> dict[str, Any]:
    sizes = [{"url": f"https://scontent.cdninstagram.example/{w}.jpg?t=1", "width": w, "height": w} for w in (320, 1080, 640)]
    person = {"username": "orrin.mill", "full_name": "Orrin Mill"}
    base = {"code": code, "pk": "5", "taken_at": 1935471600, "user": person, "caption": {"text": "Fire"}, "media_type": 1}
    return base | {"image_versions2": {"candidates": sizes}} | more


def capture(data: Any, platform: str = "instagram.com", **more: Any) -> str:
    return json.dumps({"source_platform": platform, "item_id": "1", "timestamp_collected": 1, "data": data, **more})


def test_an_instagram_post_gives_its_largest_picture() -> None:
    """Code, handle, time, text; the variant with the most pixels first."""
    (page,) = read({"data": {"items": [instagram()]}})
    post = page.posts[0]
    assert ("instagram", "DQmill_-1", "orrin.mill", "2031-05-02T07:00:00Z", "Fire") == (
        post.platform,
        post.post_id,
        post.handle,
        post.date,
        post.text,
    )
    assert "https://scontent.cdninstagram.example/1080.jpg?t=1" == page.media[0].url


def test_an_instagram_album_gives_every_part() -> None:
    """Pictures and films in their order."""
    film = instagram(pk="6", media_type=2, video_versions=[{"url": "https://scontent.cdninstagram.example/v.mp4", "width": 9}])
    parts = [{k: v for k, v in part.items() if k not in {"code", "caption"}} for part in (instagram(), film)]
    (page,) = read([instagram(carousel_media=parts, media_type=8)])
    assert [("photo", "5"), ("video", "6")] == [(m.kind, m.platform_id) for m in page.media]


def test_captured_lines_give_their_posts_once() -> None:
    """Doubles are one; a broken line and another platform are said, and the others are read."""
    lines = [
        capture(instagram()),
        capture(tweet(), "twitter.com"),
        "{broken",
        capture(instagram()),
        capture({"id": 1}, "tiktok.com"),
    ]
    first, second = read("\n".join(lines))
    assert ["instagram", "x"] == [p.posts[0].platform for p in (first, second)]
    said = " ".join((*first.warnings, *second.warnings))
    assert "line 3" in said
    assert "1 captured items of tiktok.com" in said


def test_lines_of_bare_records_are_read() -> None:
    """One record a line, without the wrapping of a capturing tool."""
    found = read("\n".join([json.dumps(tweet()), json.dumps(instagram()), json.dumps({"a": 1}), ""]))
    assert ["x", "instagram"] == [p.posts[0].platform for p in found]
    assert ("1 captured items of an unknown platform are not read here",) == found[-1].warnings


def test_too_many_broken_lines_are_an_error() -> None:
    """A file that is mostly broken is not half read in silence."""
    with pytest.raises(NotDecodable, match="more than 20 lines"):
        read("\n".join([capture(instagram()), *["{"] * 40]))


# ------------------------------------------------------------------ hostile


@pytest.mark.parametrize("value", ["{}", '{"a": [1]}', '{"version": 1, "type": "rich"}'])
def test_other_json_is_named_as_such(value: str) -> None:
    """JSON of no known form is refused with what would be read."""
    with pytest.raises(UnknownFormat, match=r"saved\.json"):
        read(value)


@pytest.mark.parametrize("value", ["[" * 100_000, '{"a": ' * 50_000, '{"full_text": 1' + "0" * 6000 + "}", '{"a": }', '"\\ud800'])
def test_hostile_json_is_a_clear_error(value: str) -> None:
    """Depth, endless numbers and broken syntax end in one named error."""
    with pytest.raises(NotDecodable, match=r"saved\.json"):
        read(value)


def test_nan_is_unknown() -> None:
    """Numbers that are none are read as unknown."""
    page = read(json.dumps(instagram()).replace("1935471600", "NaN"))[0]
    assert page.facts.published is None
    assert "the post has no usable date" in page.warnings


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("https://x.com/a/status/12345"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_type_in_any_field_is_survived(data: st.DataObject) -> None:
    """A field that holds something else than its platform writes is unknown, never a crash."""
    media = photo() | {"video_info": {"variants": [{}]}}
    base = data.draw(
        st.sampled_from([tweet(extended_entities={"media": [media]}, card={}), instagram(), oembed(), capture(tweet())])
    )
    value: Any = json.loads(base) if isinstance(base, str) else json.loads(json.dumps(base))
    spots = [item for item in x_json.posted.objects(value) if item]
    for _ in range(data.draw(st.integers(1, 3))):
        spot = data.draw(st.sampled_from(spots))
        spot[data.draw(st.sampled_from(sorted(spot)))] = data.draw(json_values)
    try:
        for page in read(value):
            assert all(p.span is None or page.text[p.span.start : p.span.end] == p.span.text for p in page.posts)
            assert all(u.startswith(("http://", "https://")) for m in page.media for u in m.candidate_urls)
    except SourceError:
        pass


# ------------------------------------------------------------------ the shared material


@pytest.mark.shared
@pytest.mark.parametrize("name", ["card_summary", "_issue_28_1", "manual_tweet_with_video_1"])
def test_responses_with_gold(shared: Path, name: str) -> None:
    """Every post of the gold, in order, with its words, links and media."""
    gold = json.loads((shared / f"social/gold/open.x-graphql-{name}.gold.json").read_text("utf-8"))
    found = read((shared / f"social/x-graphql-{name}.json").read_bytes())
    assert [g["post_id"] for g in gold["posts"]] == [p.posts[0].post_id for p in found]
    for want, page in zip(gold["posts"], found, strict=True):
        post = page.posts[0]
        assert all(want[key] == getattr(post, key) for key in ("post_id", "handle", "author_name", "text"))
        assert (want["created_at"], want["links"]) == (page.facts.published_text, list(post.links))
        others = {p.post_id for p in page.posts[1:]}
        assert {want[key] for key in ("in_reply_to", "quotes", "retweet_of") if want[key]} <= others
        own = [m for m in page.media if m.post == "p1"]
        assert [(m["type"], m["best_video"] or m["url"]) for m in want["media"]] == [(m.kind, m.url) for m in own]
        assert all(m["url"] in o.candidate_urls for m, o in zip(want["media"], own, strict=True))


@pytest.mark.shared
@pytest.mark.parametrize(("name", "platform"), [("twitter", "x"), ("instagram", "instagram")])
def test_every_captured_item_is_read(shared: Path, name: str, platform: str) -> None:
    """One page at least for every line, all of its platform, all dated, with a handle."""
    content = (shared / f"social/zeeschuimer-{name}.ndjson").read_bytes()
    found = read(content)
    lines = {json.loads(line)["data"].get("code") or json.loads(line)["data"].get("rest_id") for line in content.splitlines()}
    assert lines <= {p.posts[0].post_id for p in found}
    assert {(platform, True, True)} == {(p.posts[0].platform, bool(p.posts[0].handle), bool(p.facts.published)) for p in found}
