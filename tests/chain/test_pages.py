"""Which media of one document are one visual."""

from chain_pages import Page, account, origin

from provenance.chain import pages
from provenance.chain.appearance import appearances


def joined(page: Page) -> set[tuple[str, str]]:
    return {(e.left.split("/")[1], e.right.split("/")[1]) for e in pages.edges(appearances(page.stored()))}


def test_the_picture_of_a_page_is_the_one_its_text_speaks_of() -> None:
    """A picture without words of its own and the only visual that the text names are one."""
    page = Page("a", "A video shows a ferry at the pier.").medium(role="body", kind="video")
    assert joined(page.medium("a ferry at the pier", kind="video")) == {("m1", "m2")}


def test_another_one_is_another_one() -> None:
    """What the text calls another video is not joined with the first."""
    page = Page("a", "A video shows a ferry. Another video was posted too.").medium("A video shows a ferry", kind="video")
    assert joined(page.medium("Another video", kind="video")) == set()


def test_a_mention_with_a_source_of_its_own_stays_apart() -> None:
    """The second video comes from an account that the first does not."""
    page = Page("a", "A video shows a ferry. The video was posted by @pierwatch.").medium("A video shows a ferry", kind="video")
    page.medium("The video was posted", kind="video", account=origin("pierwatch"))
    assert joined(page.cites(account("pierwatch"), "posted by @pierwatch", "posted-by", about=("m2",))) == set()


def test_two_descriptions_are_two_pictures() -> None:
    """Each says what it shows: words do not make them one."""
    page = Page("a", "A photo of a ferry and a photo of a lighthouse.").medium("a ferry").medium("a lighthouse")
    assert joined(page) == set()


def test_a_second_mention_without_content_is_the_first() -> None:
    """A video of a ferry, and then "the footage": that is the video."""
    page = Page("a", "A video of a ferry was posted. The footage is grainy.").medium("A video of a ferry", kind="video")
    assert joined(page.medium("The footage", kind="video")) == {("m1", "m2")}


def test_a_picture_of_a_form_is_the_form_that_the_text_speaks_of() -> None:
    """A photograph whose caption names the form, and "a questionnaire" in the text, are one; a second form is another."""
    text = "This questionnaire has a field for hats. A questionnaire was handed to the paper."
    page = Page("a", text).medium(
        "This questionnaire has a field for hats", role="lead", caption="This questionnaire has a field for hats"
    )
    page.medium("A questionnaire was handed to the paper", kind="document")
    assert joined(page) == {("m1", "m2")}


def test_a_credit_of_several_stands_under_more_than_one_picture() -> None:
    """A line as "Images courtesy of A; B" does not make the picture the one paper that the text speaks of."""
    page = Page("a", "The memo was published by Rio Post.").medium(
        role="body", credit="Images courtesy of Orbita; Rio Post", credit_parties=("Orbita", "Rio Post")
    )
    page.medium("The memo was published by Rio Post", kind="document")
    assert joined(page) == set()
