"""One post, however its address is written."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.records import Platform
from provenance.reference.platforms import PostAddress, identify

SAME = {
    "https://x.com/tarn_post/status/1234567890": [
        "https://twitter.com/tarn_post/status/1234567890?ref_src=twsrc%5Etfw",
        "https://mobile.twitter.com/tarn_post/status/1234567890/photo/1",
        "twitter.com/tarn_post/statuses/1234567890",
        "https://nitter.net/tarn_post/status/1234567890#m",
        "https://fxtwitter.com/tarn_post/status/1234567890",
        "https://vxtwitter.com/tarn_post/status/1234567890",
        "http://www.twitter.com/#!/tarn_post/status/1234567890",
    ],
    "https://x.com/i/web/status/1234567890": [
        "https://platform.twitter.com/embed/Tweet.html?dnt=false&id=1234567890",
        "https://twitter.com/X/status/1234567890",
        "https://x.com/i/status/1234567890",
        "https://twitframe.com/show?url=https%3A%2F%2Ftwitter.com%2Fi%2Fweb%2Fstatus%2F1234567890",
    ],
    "https://t.me/tarn_watch/55": [
        "https://t.me/s/tarn_watch/55",
        "t.me/tarn_watch/55?embed=1",
        "https://telegram.me/tarn_watch/55?single",
        "tg://resolve?domain=tarn_watch&post=55",
    ],
    "https://t.me/c/1234567890/55": ["https://t.me/c/1234567890/55?thread=3"],
    "https://www.facebook.com/tarnpost/posts/1234567890": [
        "https://m.facebook.com/tarnpost/posts/1234567890?refid=17",
        "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Ftarnpost%2Fposts%2F1234567890&width=500",
    ],
    "https://fb.watch/aB3dE_9x/": ["fb.watch/aB3dE_9x", "https://fb.watch/v/aB3dE_9x/?mibextid=x"],
    "https://www.facebook.com/watch/?v=1234567": ["https://fb.com/watch?v=1234567"],
    "https://www.instagram.com/p/Cabc-DEF_1/": [
        "https://www.instagram.com/p/Cabc-DEF_1/?utm_source=ig_embed",
        "https://instagr.am/p/Cabc-DEF_1",
        "https://www.instagram.com/reel/Cabc-DEF_1/embed/captioned",
    ],
    "https://www.tiktok.com/@tarn.post/video/7123456789012345678": [
        "https://m.tiktok.com/@tarn.post/video/7123456789012345678?lang=en"
    ],
    "https://www.youtube.com/watch?v=a1B2c3D4e5F": [
        "https://youtu.be/a1B2c3D4e5F?t=4",
        "https://www.youtube-nocookie.com/embed/a1B2c3D4e5F?rel=0",
        "https://m.youtube.com/watch?list=x&v=a1B2c3D4e5F",
        "https://www.youtube.com/shorts/a1B2c3D4e5F",
        "https://i.ytimg.com/vi/a1B2c3D4e5F/hqdefault.jpg",
    ],
    "https://www.threads.net/@tarn.post/post/Cabc-DEF_1": ["https://www.threads.com/@tarn.post/post/Cabc-DEF_1/embed"],
    "https://bsky.app/profile/did:plc:abc123/post/3kabcdef": [
        "https://embed.bsky.app/embed/did:plc:abc123/app.bsky.feed.post/3kabcdef?id=1",
        "at://did:plc:abc123/app.bsky.feed.post/3kabcdef",
    ],
    "https://tarn.social/@post/112345678901234567": [
        "https://tarn.social/@post/112345678901234567/embed",
        "https://tarn.social/users/post/statuses/112345678901234567",
    ],
    "https://www.reddit.com/comments/abc123": [
        "https://old.reddit.com/r/tarn/comments/abc123/a_title/",
        "https://redd.it/abc123",
        "https://www.redditmedia.com/r/tarn/comments/abc123/?embed=true",
    ],
    "https://vk.com/wall-123_456": ["https://m.vk.com/wall-123_456?reply=1", "https://vk.com/tarnpost?w=wall-123_456"],
    "https://vk.com/video-123_456": ["https://vk.com/video_ext.php?oid=-123&id=456&hash=a", "https://vkvideo.ru/video-123_456"],
    "https://rumble.com/embed/v1abcd/": [
        "https://rumble.com/v1abcd-the-title-of-it.html",
        "https://rumble.com/embed/u4.v1abcd/?pub=4",
    ],
    "https://odysee.com/@tarn:1/ferry:2": ["https://odysee.com/$/embed/@tarn:1/ferry:2"],
    "https://www.dailymotion.com/video/x8abcde": [
        "https://dai.ly/x8abcde",
        "https://geo.dailymotion.com/player/xabc.html?video=x8abcde",
        "https://www.dailymotion.com/embed/video/x8abcde?autoplay=1",
    ],
    "https://vimeo.com/123456789": [
        "https://player.vimeo.com/video/123456789?h=1",
        "https://vimeo.com/channels/staffpicks/123456789",
    ],
    "https://weibo.com/detail/N5banBlCi": [
        "https://weibo.com/detail/4912345678901234",
        "https://m.weibo.cn/status/N5banBlCi",
        "https://m.weibo.cn/status/4912345678901234",
        "https://m.weibo.cn/detail/4912345678901234",
    ],
}


@pytest.mark.parametrize(("canonical", "written"), [(c, w) for c, forms in SAME.items() for w in forms])
def test_every_form_of_an_address_is_one_post(canonical: str, written: str) -> None:
    """Mirrors, mobile hosts, embeds, plug-ins and trackers lead to one canonical address."""
    found = identify(written)
    assert found is not None
    assert (canonical, "account") != (found.url, found.kind)
    assert canonical == found.url


@pytest.mark.parametrize("canonical", SAME)
def test_a_canonical_address_is_its_own(canonical: str) -> None:
    """Identifying a canonical address changes nothing."""
    found = identify(canonical)
    assert found is not None
    assert (canonical, found) == (found.url, identify(found.url))


def test_a_handle_is_told_without_its_sign() -> None:
    """Post, platform and handle are told apart; a stand-in is no handle."""
    assert PostAddress(
        platform="x", kind="post", post_id="12", handle="Tarn", url="https://x.com/Tarn/status/12", service="x"
    ) == identify("https://twitter.com/Tarn/status/12")
    assert [
        getattr(identify(u), "handle", "?")
        for u in ("https://x.com/i/web/status/12", "https://t.me/c/12345678/1", "https://t.me/tarn_watch")
    ] == [None, None, "tarn_watch"]


@pytest.mark.parametrize(
    ("url", "kind", "handle"),
    [
        ("https://t.me/tarn_watch", "account", "tarn_watch"),
        ("https://x.com/tarn", "account", "tarn"),
        ("https://www.youtube.com/@tarn", "account", "tarn"),
        ("https://www.tiktok.com/@tarn", "account", "tarn"),
        ("https://bsky.app/profile/tarn.example", "account", "tarn.example"),
        ("https://vk.com/tarnpost", "account", "tarnpost"),
    ],
)
def test_an_account_is_no_post(url: str, kind: str, handle: str) -> None:
    """The address of an account is told apart from that of a post."""
    found = identify(url)
    assert found is not None
    assert (found.kind, found.handle, found.post_id) == (kind, handle, None)


@pytest.mark.parametrize(
    "url",
    [
        "https://tarnpost.example/news/1",
        "https://twitter.com/intent/tweet?text=a",
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Ftarnpost.example%2F",
        "https://t.me/share/url?url=x",
        "https://www.youtube.com/embed/videoseries?list=PL1",
        "https://nottwitter.com/a/status/1",
        "https://x.com.evil.example/a/status/1",
        "mailto:a@b.example",
        "not an address",
        "",
        "http://[",
        "https://x.com/" + "a" * 5000,
        "https://medium.com/@tarn",
    ],
)
def test_what_is_no_post_is_none(url: str) -> None:
    """Share buttons, look-alike hosts and nonsense lead to nothing."""
    assert identify(url) is None


@given(
    st.one_of(
        st.text(max_size=80),
        st.builds(
            "https://{}/{}".format,
            st.sampled_from(["x.com", "t.me", "vk.com", "odysee.com", "facebook.com"]),
            st.text(max_size=60),
        ),
    )
)
def test_any_text_is_answered(text: str) -> None:
    """No text raises, and an answer names a platform of the contract and leads back to itself."""
    found = identify(text)
    if found:
        assert found.platform in get_args(Platform)
        assert found.post_id or found.handle
