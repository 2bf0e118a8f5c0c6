"""What is still to be found of an origin: nothing open is passed over, nothing settled is asked, and the words are shown."""

from typing import Any

from chain_pages import Page, account, agency, origin

from provenance.chain import Grouping
from provenance.records import OpenOrigin, Party, Post, Visual


def visual_of(*pages: Page) -> Visual:
    group = Grouping()
    for number, made in enumerate(pages, 1):
        made.sequence = number
        if not made.media:
            made.medium(role="lead")
        made.assets["m1"] = "a" * 64
        group.add(made.stored())
    (visual,) = group.visuals()
    bodies = {p.id: p.text for p in pages}
    for item in visual.unresolved:
        assert item.documents
        assert item.what.endswith(".")
        assert all(bodies[s.document][s.start : s.end] == s.text for s in item.spans)
    return visual


def kinds(*pages: Page) -> dict[str, OpenOrigin]:
    return {item.kind: item for item in visual_of(*pages).unresolved}


def cited(text: str, words: str, party: Party, relation: Any = "posted-by", **given: Any) -> Page:
    return Page("d1", text, outlet="Velmora Courier").medium(role="lead").cites(party, words, relation, **given)


def test_a_channel_that_is_not_named_is_a_work_item() -> None:
    """A source that is only called a channel has its documents and words, and the platform is known."""
    page = cited(
        "The picture was posted by a Telegram channel.", "a Telegram channel", account(None, as_written="a Telegram channel")
    )
    item = kinds(page)["unnamed"]
    assert (item.platform, item.documents) == ("telegram", ("d1",))
    assert [s.text for s in item.spans] == ["a Telegram channel"]


def test_what_other_documents_name_is_a_hint_and_no_answer() -> None:
    """Another document's named channel on that platform is mentioned; that it is the same is not said."""
    first = cited(
        "The picture was posted by a Telegram channel.", "a Telegram channel", account(None, as_written="a Telegram channel")
    )
    second = (
        Page("d2", "It was posted by @ferry_watch.")
        .medium(role="lead")
        .cites(account("ferry_watch"), "@ferry_watch", "posted-by")
    )
    item = kinds(first, second)["unnamed"]
    assert "telegram:@ferry_watch" in item.what
    assert "none says that it is the same" in item.what


def test_an_account_known_by_name_only_lacks_its_handle() -> None:
    """A title could be anybody's; the handle has to be found."""
    party = Party(kind="social-account", platform="telegram", name="Ferry Watch")
    item = kinds(cited("The channel Ferry Watch posted it.", "The channel Ferry Watch posted", party))["name-only"]
    assert "Ferry Watch" in item.what


def test_a_handle_without_platform_lacks_it() -> None:
    """@name exists on many platforms."""
    found = kinds(cited("It was posted by @ferry_watch.", "posted by @ferry_watch", account("ferry_watch", platform=None)))
    assert found["no-platform"].written == "@ferry_watch"


def test_the_post_itself_is_asked_for_until_a_document_gives_its_address() -> None:
    """A known account is not yet its post; with the address of the post at hand nothing is open."""
    text = "The picture was posted by @ferry_watch."
    page = cited(text, "posted by @ferry_watch", account("ferry_watch"))
    assert set(kinds(page)) == {"no-post"}
    post = Page("d2", "The footbridge is gone.", kind="post", outlet="Ferry Watch")
    address = "https://t.me/ferry_watch/812"
    post.posts.append(
        Post(id="p1", platform="telegram", post_id="812", handle="ferry_watch", url=address, embedding="embedded", media=("m1",))
    )
    post.medium(role="embedded-post", post="p1", account=origin("ferry_watch"))
    assert set(kinds(page, post)) == set()


def test_an_agency_that_only_reports_is_where_the_trail_goes_cold() -> None:
    """It has the picture from somewhere, and is to be asked; of one that provided it nothing is asked."""
    text = "The picture shows the bridge, Norvik Wire reported."
    assert "cold" in kinds(cited(text, "Norvik Wire reported", agency("Norvik Wire"), "reports"))
    assert "cold" not in kinds(cited(text, "Norvik Wire reported", agency("Norvik Wire"), "provided-by"))


def test_a_circle_is_to_be_asked_at_both_ends() -> None:
    """Who cite one another stand together with the words of each."""
    left = cited("The River Post published the picture.", "The River Post published", agency("The River Post"), "credits")
    right = Page("d2", "The Velmora Courier has the picture.", outlet="The River Post").medium(role="lead")
    right.cites(agency("Velmora Courier"), "The Velmora Courier has", "credits")
    item = kinds(left, right)["circle"]
    assert set(item.documents) == {"d1", "d2"}
    assert len(item.spans) == 2


def test_who_names_nobody_is_asked_for_the_source() -> None:
    """The words by which such a page carries the visual stand with it; one that credits somebody is not asked."""
    page = Page("d1", "Here you see the fallen bridge.").medium("the fallen bridge", role="lead")
    item = kinds(page)["no-source"]
    assert [s.text for s in item.spans] == ["the fallen bridge"]
    credited = Page("d2", "Photo: Orla Quist").medium(role="lead", credit="Photo: Orla Quist", credit_parties=("Orla Quist",))
    assert "no-source" not in kinds(credited)


def test_a_flood_of_sources_is_cut() -> None:
    """A page that names thousands does not make thousands of rows of each kind."""
    handles = [f"account_{n}" for n in range(300)]
    page = Page("d1", "Posted by " + ", ".join(f"@{h}" for h in handles)).medium(role="lead")
    for handle in handles:
        page.cites(account(handle), f"@{handle}", "posted-by")
    assert len(visual_of(page).unresolved) <= 200
