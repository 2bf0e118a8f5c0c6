"""From each document to the earliest known source."""

from dataclasses import replace
from itertools import pairwise

import pytest
from chain_pages import THIS, Page, account, agency, origin
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.chain import Grouping, sentences
from provenance.records import Party, Post, Visual

SHA = "f" * 64


def visual_of(*pages: Page) -> Visual:
    """The one visual of pages whose first medium has the same bytes."""
    grouping = Grouping()
    for page in pages:
        page.assets = {"m1": SHA}
        grouping.add(page.stored())
    (visual,) = grouping.visuals()
    return visual


def page(name: str, text: str, sequence: int = 1, **given) -> Page:
    return Page(name, text, sequence, **given).medium(role="body")


def test_a_named_intermediary_stands_between() -> None:
    """The words "According to Reuters, @dock posted": the document has it from Reuters, and Reuters from the account."""
    it = page("a", "According to Reuters, the account @dock posted a photo.")
    it.cites(agency("Reuters"), "According to Reuters", "reports")
    it.cites(account("dock"), "the account @dock posted", "posted-by", citing=agency("Reuters"))
    assert visual_of(it).chains == (("a", "Reuters", "telegram:@dock"),)


def test_a_second_hand_edge_goes_through_the_intermediary_of_its_sentence() -> None:
    """What is "posted by @dock, as reported by Reuters" is no direct edge to the account; each hop keeps its words."""
    it = page("a", "The photo, posted by @dock, shows a ship, as reported by Reuters. It is old.")
    it.cites(agency("Reuters"), "as reported by Reuters", "reports")
    it.cites(account("dock"), "posted by @dock", "posted-by")
    visual = visual_of(it)
    assert visual.chains == (("a", "Reuters", "telegram:@dock"),)
    assert [(h.citing, h.cited, h.span.text) for h in visual.hops] == [
        ("a", "Reuters", "as reported by Reuters"),
        ("Reuters", "telegram:@dock", "posted by @dock"),
    ]


def test_another_sentence_does_not_stand_between() -> None:
    """An agency cited for something else in another sentence is no hop to the account."""
    it = page("a", "The photo was posted by @dock. Reuters reported a storm.")
    it.cites(account("dock"), "posted by @dock", "posted-by")
    it.cites(agency("Reuters"), "Reuters reported", "reports")
    assert set(visual_of(it).chains) == {("a", "telegram:@dock"), ("a", "Reuters")}


def test_a_post_that_a_document_shows_is_first_hand() -> None:
    """An embedded post of the origin itself stays a direct edge beside the path through an agency."""
    it = page("a", "As reported by Reuters, @dock posted it. — Dock (@dock)")
    it.cites(agency("Reuters"), "As reported by Reuters", "reports")
    it.cites(account("dock"), "@dock posted", "posted-by")
    it.cites(account("dock"), "— Dock (@dock)", "embeds")
    it.citations[-1] = replace(it.citations[-1], id="c9")
    assert ("a", "Reuters", "telegram:@dock") in visual_of(it).chains


def test_the_path_through_an_embedded_post() -> None:
    """A tweet that credits an agency gives a path of its own, with the post's author in it."""
    it = page("a", "Reuters reported. Captured by @Reuters from the account of @dock — Ann (@annlee)")
    it.posts.append(Post(id="p1", platform="x", handle="annlee", embedding="embedded", media=("m1",)))
    it.cites(agency("Reuters"), "Reuters reported", "reports")
    it.cites(account("annlee", "x"), "— Ann (@annlee)", "embeds", about=("p1",))
    it.cites(agency("Reuters"), "@Reuters", "reports", stated_by="p1")
    it.cites(account("dock"), "from the account of @dock", "captured-from", citing=agency("Reuters"), stated_by="p1")
    visual = visual_of(it)
    assert visual.chains == (("a", "Reuters", "telegram:@dock"), ("a", "x:@annlee", "Reuters", "telegram:@dock"))
    assert visual.independent_origins == 1


def test_an_unnamed_account_is_the_named_one_of_its_document() -> None:
    """The words "A Telegram account" in a document that elsewhere names one account is that account, and no root of its own."""
    it = page("a", "A Telegram account shared a photo. The photo was posted by @dock.")
    it.cites(account(None, as_written="A Telegram account"), "A Telegram account shared", "posted-by")
    it.cites(account("dock"), "posted by @dock", "posted-by")
    visual = visual_of(it)
    assert visual.chains == (("a", "telegram:@dock"),)
    assert visual.independent_origins == 1


def test_a_hop_is_not_lent_to_another_document() -> None:
    """What one carrier of an agency says of the agency's source is not put into the mouth of another carrier."""
    first = page("a", "According to Reuters, @dock posted it.")
    first.cites(agency("Reuters"), "According to Reuters", "reports")
    first.cites(account("dock"), "@dock posted", "posted-by", citing=agency("Reuters"))
    second = page("b", "Reuters reported.", 2).cites(agency("Reuters"), "Reuters reported", "reports")
    visual = visual_of(first, second)
    assert visual.chains == (("a", "Reuters", "telegram:@dock"), ("b", "Reuters"))
    assert visual.independent_origins == 1
    assert visual.origin.handle == "dock"


def test_the_page_of_a_cited_outlet_leads_on() -> None:
    """Where the outlet that is cited has a page in the record, its own citations continue the chain."""
    first = page("a", "Posted by @dock.", outlet="Orsk Herald").cites(account("dock"), "Posted by @dock", "posted-by")
    second = page("b", "The Orsk Herald reported.", 2).cites(
        Party(name="Orsk Herald", kind="newspaper"), "The Orsk Herald reported", "reports"
    )
    visual = visual_of(first, second)
    assert ("b", "Orsk Herald", "telegram:@dock") in visual.chains
    assert {h.document for h in visual.hops} == {"a", "b"}


def test_two_outlets_that_cite_each_other_are_a_loop() -> None:
    """A circle of citations has no origin, and is shown as a loop."""
    pages = [
        page(name, f"{other} reported.", at, outlet=own).cites(
            Party(name=other, kind="newspaper"), f"{other} reported", "reports"
        )
        for at, (name, own, other) in enumerate([("a", "Orsk Herald", "Dahl Post"), ("b", "Dahl Post", "Orsk Herald")], 1)
    ]
    visual = visual_of(*pages)
    assert visual.loops == (("Dahl Post", "Orsk Herald", "Dahl Post"),)
    assert visual.independent_origins is None
    assert not visual.origin.resolved


@pytest.mark.parametrize(
    ("second", "platform", "count"), [("dock", "telegram", 1), ("quay", "telegram", 1), ("quay", "x", 2), ("quay", None, 2)]
)
def test_reuse_is_no_corroboration(second: str, platform: str | None, count: int) -> None:
    """Documents that lead to one account count as one origin, as do two accounts where forwarding is easy; others are two."""
    pages = [
        page(n, f"Posted by @{h}.", at).cites(account(h, p), f"Posted by @{h}", "posted-by")
        for at, (n, h, p) in enumerate([("a", "dock", "telegram"), ("b", second, platform)], 1)
    ]
    assert visual_of(*pages).independent_origins == count


def test_a_trail_gone_cold_is_no_second_origin() -> None:
    """An agency that reports without naming its source stands beside a named account as a carrier, not as an origin."""
    first = page("a", "Posted by @dock.").cites(account("dock"), "Posted by @dock", "posted-by")
    second = page("b", "Reuters reported.", 2).cites(agency("Reuters"), "Reuters reported", "reports")
    assert visual_of(first, second).independent_origins == 1


def test_nothing_known_is_said_plainly() -> None:
    """Without any source the number of origins is unknown, not zero or one, and the origin says why."""
    visual = visual_of(page("a", "A photo."))
    assert visual.independent_origins is None
    assert visual.origin.why == "no document says where it comes from"
    assert (visual.chains, visual.first_seen) == ((), None)


def test_an_account_that_nobody_names_is_not_resolved() -> None:
    """The words for it are kept; platform is known; nothing is counted."""
    it = page("a", "A Telegram channel shared it.").cites(
        account(None, as_written="A Telegram channel"), "A Telegram channel shared", "posted-by"
    )
    visual = visual_of(it)
    assert visual.chains == (("a", "A Telegram channel"),)
    assert (visual.origin.platform, visual.origin.resolved, visual.independent_origins) == ("telegram", False, None)


def test_who_comments_is_no_source() -> None:
    """An official who speaks about a picture did not hand it on."""
    it = page("a", "Minister Ulf Dahl said that the photo is fake.")
    it.cites(Party(name="Ulf Dahl", kind="official"), "Minister Ulf Dahl said", "reports")
    assert visual_of(it).chains == ()


def test_the_earliest_known_origin_has_the_earliest_day() -> None:
    """Of two accounts the one with the earlier posting is named, and the other mentioned in the reason."""
    pages = []
    for at, (name, handle, day) in enumerate([("a", "late", "2031-05-22"), ("b", "early", "2031-05-21")], 1):
        it = Page(name, f"Posted by @{handle} on {day}.", at)
        it.medium(role="body", account=origin(handle), dates=[(day, "posted", day)])
        pages.append(it.cites(account(handle), f"Posted by @{handle}", "posted-by"))
    visual = visual_of(*pages)
    assert visual.origin.handle == "early"
    assert "telegram:@late" in visual.origin.why
    assert (visual.first_seen.document, visual.first_seen.at) == ("b", "2031-05-21")


def test_a_maker_is_one_source_however_the_name_is_spelled() -> None:
    """Documents that name a maker in capitals, in two scripts and in a sentence lead to one source, and outnumber an account."""
    by_account = page("a", "Posted by @dock.").cites(account("dock"), "Posted by @dock", "posted-by")
    told = page("b", "Снимок сделала Катя Ренгель.", 2).cites(
        Party(name="Катя Ренгель", kind="person"), "Катя Ренгель", "posted-by"
    )
    pages = [by_account, told]
    for at, written in enumerate(("KATJA RENGEL", "Katja Rengel"), 3):
        it = page(f"c{at}", f"Photo: {written}", at)
        pages.append(it.cites(Party(name=written, kind="person"), written, "credits"))
    visual = visual_of(*pages)
    assert (visual.origin.name, visual.origin.documents) == ("Катя Ренгель", ("b", "c3", "c4"))
    assert "3 documents lead to Катя Ренгель" in visual.origin.why
    assert "also written KATJA RENGEL" in visual.origin.why


def test_the_day_a_page_was_published_counts_as_seen_and_that_of_the_event_does_not() -> None:
    """A picture of 2014 was first seen, as far as known, when a page with it was published."""
    it = Page("a", "Opened in 2014-11-22.", published="2031-04-10").medium(
        role="body", dates=[("2014-11-22", "taken", "2014-11-22")]
    )
    assert visual_of(it).first_seen.at == "2031-04-10"


def test_a_post_comes_from_its_author_or_from_whom_it_was_forwarded() -> None:
    """A message of an export leads to its own channel; a forwarded one to the channel before."""
    own = Post(
        id="p1", platform="telegram", handle="dock", embedding="embedded", media=("m1",), url="https://t.me/dock/7", post_id="7"
    )
    it = Page("a", "Look.", kind="post").medium(role="body", post="p1")
    it.posts.append(own)
    visual = visual_of(it)
    assert visual.chains == (("a", "telegram:@dock"),)
    assert visual.origin.post_url == "https://t.me/dock/7"
    forwarded = Page("b", "Look.", kind="post").medium(role="body", post="p1")
    forwarded.posts.append(replace(own, forwarded_from=origin("quay")))
    assert visual_of(forwarded).chains == (("b", "telegram:@quay"),)


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    """The words "Oct. 22", "U.S. officials" and "Gen. Dahl" stay in one sentence."""
    text = "Gen. Dahl told U.S. Reporters on Oct. 22 that it is old. It is not."
    assert [text[a:b] for a in [0] for a, b in [sentences.around(text, 4, 5)]] == [
        "Gen. Dahl told U.S. Reporters on Oct. 22 that it is old."
    ]
    assert sentences.number(text, text.index("It is not")) == 1


names = st.sampled_from(["Orsk Herald", "Dahl Post", "Quay Times", "Reuters", "Mole News"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(names, names, st.sampled_from(["reports", "posted-by", "credits", "embeds", "via"])), max_size=14))
def test_any_tangle_of_citations_ends(edges: list[tuple[str, str, str]]) -> None:
    """Circles, self-citations and dense graphs give finite chains that start at documents and visit nobody twice."""
    pages = [
        page(f"d{at}", " ".join(f"{b} says." for _, b, _ in edges) + ".", at + 1, outlet=o)
        for at, o in enumerate(["Orsk Herald", "Dahl Post"])
    ]
    for at, (citing, cited, relation) in enumerate(edges):
        own = pages[at % 2]
        party = THIS if citing == own.outlet else Party(name=citing, kind="newspaper")
        own.cites(Party(name=cited, kind="newspaper"), f"{cited} says", relation, citing=party)
    visual = visual_of(*pages)
    assert all(chain[0] in {"d0", "d1"} and len(set(chain)) == len(chain) for chain in visual.chains)
    assert all(loop[0] == loop[-1] for loop in visual.loops)
    shown = {(h.citing, h.cited) for h in visual.hops}
    assert all(pair in shown for chain in visual.chains for pair in pairwise(chain))


def test_a_name_that_may_be_a_translation_is_no_second_origin() -> None:
    """Names of organisations in several scripts may be one, put into each language; two in one script are two."""

    def count(*names: str) -> int | None:
        pages = [
            page(f"p{at}", f"A list obtained by {n}.", at).cites(
                Party(name=n, kind="organisation"), f"obtained by {n}", "provided-by"
            )
            for at, n in enumerate(names, 1)
        ]
        return visual_of(*pages).independent_origins

    assert count("Pass News", "山口新闻") == 1
    assert count("Pass News", "Ridge Post") == 2


def test_who_got_a_paper_from_somebody_unnamed_is_its_origin() -> None:
    """An outlet that others have it from is the named source, though its own page names nobody."""
    own = page("a", "An employee handed the list to us.", outlet="The Buoy")
    other = page("b", "The Buoy published the list.", 2, outlet="Ridge Post")
    other.cites(Party(name="The Buoy", kind="newspaper"), "The Buoy published", "posted-by")
    visual = visual_of(own, other)
    assert (visual.origin.name, visual.independent_origins) == ("The Buoy", 1)
