"""Addresses that two uses of one post or file share."""

import pytest
from chain_pages import Page

from provenance.chain import addresses
from provenance.records import Post


def keys(page: Page, at: int = 0) -> frozenset[str]:
    document = page.stored().document
    return addresses.of(document, document.media[at])


def test_rendering_does_not_make_another_file() -> None:
    """Size and quality parameters, scheme, www and fragment do not count; other parameters do."""
    assert addresses.file_key("https://www.pics.example/a.jpg?w=640&q=70#top") == addresses.file_key("http://pics.example/a.jpg")
    assert addresses.file_key("https://pics.example/show?id=1") != addresses.file_key("https://pics.example/show?id=2")


@pytest.mark.parametrize(
    "url", ["https://x.com/harbourwatch", "https://t.me/harbourwatch", "https://pics.example/", "", "http://[bad"]
)
def test_an_account_or_a_front_page_is_no_single_thing(url: str) -> None:
    """Two pictures that link one account are not one picture."""
    assert addresses.file_key(url) is None


def test_one_post_has_one_key_however_it_is_written() -> None:
    """The address with the old host, a mobile host or parameters leads to the same post."""
    forms = ["https://x.com/dock/status/1234567890123456789", "https://twitter.com/dock/status/1234567890123456789?s=20"]
    assert len({addresses.file_key(f) for f in forms}) == 1


def test_a_post_with_several_pictures_ties_none_of_them() -> None:
    """A post of two pictures says of neither which one another page shows."""
    page = Page("a", "two ships").medium("two", post="p1").medium("ships", post="p1")
    page.posts.append(Post(id="p1", platform="x", post_id="99", embedding="embedded", media=("m1", "m2")))
    assert keys(page) == frozenset()


def test_a_post_with_one_picture_is_its_key() -> None:
    """The post's number is enough where the platform numbers all posts, elsewhere the account belongs to it."""
    page = Page("a", "a ship").medium("ship", post="p1")
    page.posts.append(Post(id="p1", platform="telegram", handle="Dock", post_id="99", embedding="embedded", media=("m1",)))
    assert keys(page) == {"post telegram dock 99"}
    page.posts[0] = Post(id="p1", platform="telegram", post_id="99", embedding="embedded", media=("m1",))
    assert keys(page) == frozenset()


def test_two_media_with_the_address_of_one_post_are_two_pictures_of_it() -> None:
    """Where only the post's address is known for both, it proves nothing of either."""
    url = "https://x.com/dock/status/1234567890123456789"
    page = Page("a", "two ships").medium("two", url=url).medium("ships", url=url)
    assert keys(page) == frozenset()
