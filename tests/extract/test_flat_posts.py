# ruff: noqa: E501 -- a line of a page is one line here, too
"""Posts of many platforms, flattened in many ways."""

import pytest

from provenance.extract.flat_posts import FoundPost, find
from provenance.extract.flat_text import lines, table, words

SIGNED = "pic.twitter.com/Zz11YyXx22 — Ana Ruiz (@ana_ruiz)"


def posts(text: str) -> list[FoundPost]:
    return find(text, lines(text), "en")


@pytest.mark.parametrize(
    ("signature", "date"),
    [
        (f"{SIGNED} October 5, 2023", "2023-10-05"),
        (f"{SIGNED} 5 октября 2023 г.", "2023-10-05"),
        (f"{SIGNED} 2023年10月5日", "2023-10-05"),
        (f"{SIGNED} 5 de octubre de 2023", "2023-10-05"),
        (f"{SIGNED.replace('—', '&mdash;')} October 5, 2023", "2023-10-05"),
        (f"{SIGNED.replace(' — ', '— ')} October 5, 2023", "2023-10-05"),
        (f"{SIGNED.replace(' — ', chr(10) + '— ')} October 5, 2023", "2023-10-05"),
        (f"{SIGNED.replace(' — ', chr(10) * 2 + '— ')} October 5, 2023", "2023-10-05"),
    ],
)
def test_tweets_are_known_by_their_signature(signature: str, date: str) -> None:
    """One line or several, any dash, any language of the date: the same tweet."""
    text = f"The town woke to a fallen bridge, its mayor said.\nBridge down at the harbour.https://t.co/abcdEFGH12 {signature}\nMore follows."
    (post,) = posts(text)
    assert (post.platform, post.handle, post.name, post.date) == ("x", "ana_ruiz", "Ana Ruiz", date)
    assert post.said is not None
    assert text[slice(*post.said)] == "Bridge down at the harbour."
    assert (post.links, post.media_links) == (("https://t.co/abcdEFGH12",), ("https://pic.twitter.com/Zz11YyXx22",))
    assert text[slice(*post.where)].startswith("Bridge down")
    assert "More follows" not in text[slice(*post.where)]


@pytest.mark.parametrize(
    ("line", "platform", "handle"),
    [
        ("https://x.com/ana_ruiz/status/1850000000000000001", "x", "ana_ruiz"),
        ("https://t.me/vell_live/1234", "telegram", "vell_live"),
        ("t.me/vell_live/1234", "telegram", "vell_live"),
        ("👉 https://t.me/vell_live/1234", "telegram", "vell_live"),
        ("A post shared by Ana Ruiz (@ana.ruiz)", "instagram", "ana.ruiz"),
        ("Ein Beitrag geteilt von Ana Ruiz (@ana.ruiz)", "instagram", "ana.ruiz"),
        ("Ana Ruiz(@ana.ruiz)님의 공유 게시물", "instagram", "ana.ruiz"),
        ("Ana Ruiz(@ana.ruiz)がシェアした投稿", "instagram", "ana.ruiz"),
        ("Posted by Vell Harbour on Wednesday, March 5, 2025", "facebook", None),
        ("@vell.live the wave comes in ♬ original sound - Vell", "tiktok", "vell.live"),
        ("Shared via https://t.me/vell_live/77", "telegram", "vell_live"),
        ("[embed]https://www.youtube.com/watch?v=dQw4w9WgXcQ[/embed]", "youtube", None),
        ("Roof gone. — Coast (@coast.bsky.social) March 5, 2025 at 7:12 AM", "bluesky", "coast.bsky.social"),
        ("Roof gone. — Coast (@coast@sea.example) March 5, 2025", "mastodon", "coast@sea.example"),
        ("Look 👀 pic.twitter.com/Kk11Mm22Nn", "x", None),
    ],
)
def test_posts_of_every_platform_are_found_on_their_line(line: str, platform: str, handle: str | None) -> None:
    """A share line, a signature or a bare link to a post is an embedded post."""
    (post,) = posts(f"The town woke to a fallen bridge.\n\n{line}\n")
    assert (post.platform, post.handle) == (platform, handle)


@pytest.mark.parametrize(
    "line",
    [
        "Posted by Ana Ruiz on March 5, 2025",
        "She wrote to the editor — Ana Ruiz (@ana_ruiz) has many readers in the town.",
        "Follow us on https://t.me/vell_live",
        "Read the story of the bridge at https://x.com/ana_ruiz/status/1850000000000000001 and tell us more.",
        "The account (@ana_ruiz) posted it on X.",
        "https://news.example/article",
    ],
)
def test_bylines_accounts_and_links_in_prose_are_no_posts(line: str) -> None:
    """A weblog's byline, a handle in a sentence, a link inside a sentence or to an account embeds nothing."""
    assert posts(f"The town woke to a fallen bridge.\n\n{line}\n") == []


def test_two_tweets_on_one_line_are_two_posts() -> None:
    """A post ends with its own signature; the next begins behind it."""
    text = "One https://t.co/a1 — Ann Lee (@ann_l) March 5, 2025 Two https://t.co/b2 — Bob Ray (@bob_r) March 6, 2025"
    first, second = posts(text)
    assert (first.handle, first.date, second.handle, second.date) == ("ann_l", "2025-03-05", "bob_r", "2025-03-06")
    assert first.where[1] <= second.where[0]


def test_a_caption_above_a_tweet_is_not_the_tweets() -> None:
    """The words of the page right above a tweet are not put into the poster's mouth."""
    text = "The bridge fell.\n\nThe quay at dusk. Photo: Ana Ruiz / AFP\nLook at this https://t.co/a1\n— Bob Ray (@bob_r) March 6, 2025\n"
    (post,) = posts(text)
    assert post.said is not None
    assert text[slice(*post.said)] == "Look at this"


def test_a_permalink_behind_the_signature_gives_address_and_id() -> None:
    """An address of the post in place of its date identifies it."""
    text = "6PR2+QX Vell https://t.co/a1\n\n— Geo Vell (@geo_vell) https://twitter.com/geo_vell/status/1850000000000000001?ref_src=twsrc\n"
    (post,) = posts(text)
    assert (post.post_id, post.url) == ("1850000000000000001", "https://x.com/geo_vell/status/1850000000000000001")


def test_a_tweet_that_speaks_of_footage_carries_a_video() -> None:
    """The words of a post tell whether its medium moves."""
    assert [p.visual for p in posts("Watch the footage pic.twitter.com/Zz11YyXx22\n")] == ["video"]
    assert [p.visual for p in posts("The bridge today pic.twitter.com/Zz11YyXx22\n")] == ["photo"]
    assert [p.visual for p in posts("다리 영상입니다 pic.twitter.com/Zz11YyXx22\n")] == ["video"]


@pytest.mark.parametrize("name", ["flat_months", "flat_stamps", "flat_bylines", "flat_posts", "flat_credits", "flat_chrome"])
def test_the_word_lists_hold_words_without_blanks_around_them(name: str) -> None:
    """Each list is made of non-empty strings; a stray blank would never match."""
    data = table(name)
    strings = list(words({key: part for key, part in data.items() if key != "zones"}))
    assert strings
    assert all(isinstance(w, str) and w and w == w.strip() for w in strings)


def test_every_language_has_twelve_months() -> None:
    """A month list that is short would shift every date behind the gap."""
    assert {language: len(names) for language, names in table("flat_months").items() if len(names) != 12} == {}
