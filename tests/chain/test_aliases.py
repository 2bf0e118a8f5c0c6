"""Names that stand for accounts and outlets among the documents of one visual."""

import pytest
from chain_pages import Page, account, agency

from provenance.chain import Grouping, names
from provenance.chain.aliases import Aliases
from provenance.chain.appearance import appearances
from provenance.chain.paths import unnamed_account
from provenance.records import Account, Party, Post, Visual

SHA = "e" * 64


def aliases(*pages: Page) -> Aliases:
    return Aliases([a for p in pages for a in appearances(p.stored())])


def visual_of(*pages: Page) -> Visual:
    grouping = Grouping()
    for at, page in enumerate(pages, 1):
        page.assets, page.sequence = {"m1": SHA}, at
        grouping.add(page.stored())
    (visual,) = grouping.visuals()
    return visual


def channel(name: str, handle: str, title: str, platform: str = "telegram") -> Page:
    """A page with a medium from an account that has a handle and a title."""
    given = Account(platform=platform, handle=handle, name=title)  # type: ignore[arg-type]
    return Page(name, f"Posted by {title} (@{handle}).").medium(role="body", account=given)


def credit(name: str, line: str, *parties: str, **given) -> Page:
    page = Page(name, f"A ship. {line}", **given).medium("A ship", role="body", credit=line, credit_parties=parties)
    for party in parties:
        page.cites(Party(name=party, kind="expert"), line, "credits")
    return page


@pytest.mark.parametrize("written", ["Dock Watch", "telegram:Dock Watch", "DOCK WATCH"])
def test_a_title_is_an_alias_of_its_account(written: str) -> None:
    """Where one record gives handle and title together, the title is the account; the reason names the document."""
    table = aliases(channel("a", "dockwatch", "Dock Watch"))
    assert table.of(written) == "telegram:@dockwatch"
    assert table.name_of("telegram:@dockwatch") == "Dock Watch"
    assert "document a" in (table.why(written) or "")


def test_a_title_of_two_accounts_is_no_alias() -> None:
    """An imitator with the same title, or with a handle that looks alike, is never folded into the other."""
    table = aliases(channel("a", "dockwatch", "Dock Watch"), channel("b", "dосkwatch", "Dock Watch"))
    assert table.of("Dock Watch") == "Dock Watch"
    assert table.of("telegram:@dосkwatch") == "telegram:@dосkwatch"


def test_an_agency_is_not_an_alias_of_who_is_said_to_speak_for_it() -> None:
    """The name of a known agency next to somebody's handle stays the agency's."""
    assert aliases(channel("a", "somebody_bot", "Reuters")).of("Reuters") == "Reuters"


def test_a_post_and_a_party_give_pairs_too() -> None:
    """Author and handle of a post, name and handle of a cited party, each make an alias."""
    page = Page("a", "x").medium(role="body")
    page.posts.append(Post(id="p1", platform="x", handle="quay", author_name="Quay Notes", embedding="embedded"))
    page.cites(Party(name="Mole Cam", kind="social-account", platform="x", handle="molecam"), "x", "posted-by")
    assert aliases(page).of("Quay Notes") == "x:@quay"
    assert aliases(page).of("Mole Cam") == "x:@molecam"


def test_an_outlet_is_known_by_its_last_words() -> None:
    """The words "the Dispatch" are the one outlet that ends so; with two such outlets they stay as they are."""
    one = Page("a", "x", outlet="The Orsk Dispatch").medium(role="body")
    two = Page("b", "x", outlet="Dahl Dispatch").medium(role="body")
    assert aliases(one).of("The Dispatch") == "The Orsk Dispatch"
    assert aliases(one, two).of("The Dispatch") == "The Dispatch"


@pytest.mark.parametrize(
    ("word", "platform"), [("Telegram", "telegram"), ("Twitter", "x"), ("텔레그램", "telegram"), ("Фейсбук", "facebook")]
)
def test_bare_platforms_are_known_in_many_scripts(word: str, platform: str) -> None:
    """A platform's name is a place, not somebody on it."""
    assert names.platform_of(word) == platform
    assert names.platform_of(f"{word} of Ana Ruiz") is None


@pytest.mark.parametrize(("platform", "said"), [("x", "an X account, not named"), ("tiktok", "a TikTok account, not named")])
def test_an_unnamed_account_reads_as_words(platform: str, said: str) -> None:
    """Chains say that the account is not named."""
    assert unnamed_account(platform) == said


def test_a_credit_to_the_title_leads_to_the_account() -> None:
    """The credit "Dock Watch/Telegram" of one page is the account that another page gives with its handle, and one origin."""
    visual = visual_of(
        channel("a", "dockwatch", "Dock Watch"), credit("b", "Photo: Dock Watch/Telegram", "Dock Watch", "Telegram")
    )
    assert visual.chains == (("a", "telegram:@dockwatch"), ("b", "telegram:@dockwatch"))
    assert visual.independent_origins == 1
    assert visual.origin.name == "Dock Watch"


def test_a_bare_platform_alone_is_an_unnamed_account() -> None:
    """Where only "Telegram" is credited, the origin is an account that nobody names, on that platform, unresolved."""
    visual = visual_of(credit("a", "Photo: Telegram", "Telegram"))
    assert visual.chains == (("a", "a Telegram account, not named"),)
    assert (visual.origin.platform, visual.origin.resolved, visual.independent_origins) == ("telegram", False, None)


def test_who_credits_itself_is_no_loop() -> None:
    """An outlet's own credit makes it the origin, without a circle from it to itself."""
    visual = visual_of(credit("a", "Photo: Orsk Herald", "Orsk Herald", outlet="Orsk Herald"))
    assert (visual.loops, visual.chains) == ((), ())
    assert (visual.origin.name, visual.independent_origins) == ("Orsk Herald", 1)


def test_accounts_known_by_name_only_are_not_counted_beside_a_handle() -> None:
    """A channel's title in another language may be the account whose handle is known: one origin, and the reason says so."""
    by_name = Page("b", "Posted by Кран.").medium(role="body", account=Account(platform="telegram", name="Кран"))
    visual = visual_of(channel("a", "kran", "Crane"), by_name)
    assert visual.independent_origins == 1
    assert "not counted apart" in visual.origin.why


def test_a_sharer_whose_post_names_the_source_is_no_second_origin() -> None:
    """An embedded post that names the channel shows that its author has it from there."""
    page = Page("a", "Posted by @dock, shared by @ann. Photo via @dock — Ann").medium(role="body")
    span = page.span("Photo via @dock — Ann")
    page.posts.append(Post(id="p1", platform="x", handle="ann", embedding="embedded", text=span.text, span=span))
    page.cites(account("dock"), "Posted by @dock", "posted-by").cites(account("ann", "x"), "shared by @ann", "posted-by")
    visual = visual_of(page)
    assert visual.independent_origins == 1
    assert ("a", "x:@ann", "telegram:@dock") in visual.chains


def test_a_report_that_names_the_origin_in_its_sentence_is_a_hop() -> None:
    """The words "posted by the channel, according to the Herald" go through the Herald when its page carries the visual."""
    source = channel("a", "dockwatch", "Dock Watch")
    source.outlet = "Orsk Herald"
    reuse = Page("b", "A ship. It was posted by Dock Watch, according to the Orsk Herald.", outlet="Dahl Post")
    reuse.medium("A ship", role="body", credit_parties=("Dock Watch",))
    reuse.cites(agency("Orsk Herald"), "according to the Orsk Herald", "reports", about=())
    assert ("b", "Orsk Herald", "telegram:@dockwatch") in visual_of(source, reuse).chains


def test_a_handle_ends_where_another_script_begins() -> None:
    """Chinese words glued to a handle are no part of it; a look-alike letter is."""
    assert names.account_name("telegram", "dockwatch的博主", None) == "telegram:@dockwatch"
    assert names.account_name("telegram", "dосkwatch", None) == "telegram:@dосkwatch"


@pytest.mark.parametrize("written", ["Velmora's River Post", "Velmora’s The River Post", "Lower Velmora's River Post"])
def test_whose_an_outlet_is_does_not_make_it_another(written: str) -> None:
    """Velmora's River Post is The River Post where a page of it is at hand; else nothing is known of it."""
    paper = Page("a", "A ship.", outlet="The River Post").medium("A ship", role="body")
    assert aliases(paper).of(written) == "The River Post"
    other = Page("a", "A ship.", outlet="The Harbour Ledger").medium("A ship", role="body")
    assert aliases(other).of(written) == written
