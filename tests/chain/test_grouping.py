"""Which appearances are one visual, and which never are."""

import sys
from dataclasses import replace

import pytest
from chain_pages import Page, account, agency, origin
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.chain import Grouping
from provenance.records import AppearanceKey, Assessment, Decision, Match, Post

LANTERN = "a giant lantern on the old bridge of Orsk"


def key(text: str) -> AppearanceKey:
    document, _, medium = text.partition("/")
    return AppearanceKey(document, medium)


def decision(kind: str, left: str, right: str, at: str = "2031-05-30T10:00:00Z") -> Decision:
    return Decision(id=f"{kind}{at}", kind=kind, left=key(left), right=key(right), who="Ines", why="looked", at=at)  # type: ignore[arg-type]


def with_bytes(name: str, sequence: int, sha: str | None) -> Page:
    return Page(name, f"{LANTERN}.", sequence, assets={"m1": sha} if sha else {}).medium(LANTERN, role="body")


def from_account(name: str, sequence: int, text: str, handle: str = "orskwatch", **given) -> Page:
    page = Page(name, f"{text}, posted by @{handle} on May 21.", sequence)
    values = {"account": origin(handle), "dates": [("2031-05-21", "posted", "May 21")], **given}
    return page.medium(text, **values).cites(account(handle), f"posted by @{handle}", "posted-by")


def together(grouping: Grouping, *names: str) -> bool:
    return len({grouping.resolve(n) for n in names}) == 1


# ---------------------------------------------------------------- what joins


def test_the_same_bytes_are_one_visual() -> None:
    """Two documents with one file, byte for byte, carry one visual."""
    grouping = Grouping()
    grouping.add(with_bytes("a", 1, "f" * 64).stored())
    grouping.add(with_bytes("b", 2, "f" * 64).stored())
    (visual,) = grouping.visuals()
    assert [m.how for m in visual.members] == ["bytes", "bytes"]
    assert visual.documents == 2


@pytest.mark.parametrize("verdict", ["same", "likely"])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_match_joins_whichever_comes_first(verdict: str, order: tuple[int, int]) -> None:
    """A match of two assets joins their appearances, in either order of arrival and in either direction of the match."""
    pages = [with_bytes("a", 1, "a" * 64), with_bytes("b", 2, "b" * 64)]
    match = Match(asset="b" * 64, other="a" * 64, verdict=verdict, algorithm="pdq", explanation="distance 8 of 256")  # type: ignore[arg-type]
    grouping = Grouping()
    for at in order:
        grouping.add(pages[at].stored(), [match])
    assert together(grouping, "a/m1", "b/m1")
    assert {m.confidence for v in grouping.visuals() for m in v.members} == {verdict}


def test_a_possible_match_is_a_suggestion() -> None:
    """What may be the same is shown to an analyst and joined by nobody else."""
    match = Match(asset="a" * 64, other="b" * 64, verdict="possible", algorithm="phash", explanation="distance 12 of 64")
    grouping = Grouping()
    grouping.add(with_bytes("a", 1, "a" * 64).stored())
    grouping.add(with_bytes("b", 2, "b" * 64).stored(), [match])
    assert not together(grouping, "a/m1", "b/m1")
    assert grouping.suggestions()[0].why == "distance 12 of 64"


def test_the_same_post_is_one_visual() -> None:
    """Two documents that embed one post with one picture carry one visual."""
    grouping = Grouping()
    for sequence, name in enumerate("ab", 1):
        page = Page(name, "A tweet.", sequence).medium("tweet", role="embedded-post", post="p1")
        page.posts.append(Post(id="p1", platform="x", post_id="42", handle="dock", embedding="embedded", media=("m1",)))
        grouping.add(page.stored())
    assert [m.how for m in grouping.visuals()[0].members] == ["same-link", "same-link"]


def test_one_named_origin_and_the_same_things_are_likely_one_visual() -> None:
    """Account, things, kind and days agree: joined as likely, with all of that in the reason."""
    grouping = Grouping()
    grouping.add(from_account("a", 1, "a flag on the bridge of Orsk").cites(agency("Reuters"), "posted by", "reports").stored())
    other = from_account("b", 2, "a bridge in Orsk with a flag", dates=[("--05-22", "captured", "May 21")])
    grouping.add(other.cites(agency("Reuters"), "posted by", "reports").stored())
    (visual,) = grouping.visuals()
    member = visual.members[1]
    assert (member.how, member.confidence) == ("same-origin", "likely")
    for part in ("telegram:@orskwatch", "bridge, flag", "through Reuters", "1 day apart"):
        assert part in member.why


def test_a_handle_without_platform_is_that_of_the_account() -> None:
    """The words "blogger @orskwatch" and "the Telegram account @orskwatch" are one origin."""
    grouping = Grouping()
    grouping.add(from_account("a", 1, "a flag on the bridge").stored())
    bare = from_account("b", 2, "a flag above a bridge", account=None)
    bare.citations[0] = replace(bare.citations[0], cited=account("OrskWatch", platform=None))
    grouping.add(bare.stored())
    assert together(grouping, "a/m1", "b/m1")


def test_pages_in_different_languages_meet() -> None:
    """The concepts of the lexicon join an English and a Russian page on one account's picture."""
    grouping = Grouping()
    grouping.add(from_account("a", 1, "a flag on the bridge").stored())
    russian = from_account("b", 2, "флаг на мосту")
    russian.language = "ru"
    grouping.add(russian.stored())
    assert together(grouping, "a/m1", "b/m1")


def test_a_grab_belongs_to_its_clip() -> None:
    """A still taken from a clip of the same article is one visual with it."""
    page = Page("a", "The clip shows a lantern.").medium("a lantern", kind="video-grab", derived_from="m2")
    page.medium("The clip", kind="video")
    grouping = Grouping()
    grouping.add(page.stored())
    (visual,) = grouping.visuals()
    assert {m.why for m in visual.members} == {"a grab of the clip in the same article"}


def test_a_copied_sentence_speaks_of_one_visual() -> None:
    """A long sentence that stands word for word in two articles speaks of the same picture; a short one may not."""
    long = "A photograph that surfaced on Sunday shows a giant paper lantern hanging from the old iron bridge of Orsk at dusk"
    for text, joined in ((long, True), ("A photograph shows a lantern", False)):
        grouping = Grouping()
        grouping.add(Page("a", f"First. {text}.", 1).medium(text).stored())
        grouping.add(Page("b", f"Other words. {text}. More.", 2).medium(text).stored())
        assert together(grouping, "a/m1", "b/m1") is joined


# ---------------------------------------------------------------- what keeps apart


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("a burning truck at a market", {}),
        ("a flag on the bridge", {"kind": "video"}),
        ("a flag on the bridge", {"dates": [("2031-05-29", "posted", "May 21")]}),
        ("a flag on the bridge", {"places": [("Lima", "bridge")]}),
        ("a flag on the bridge", {"credit": "Ana Ruiz", "credit_parties": ("Ana Ruiz",)}),
    ],
)
def test_one_account_posts_many_things(text: str, given: dict) -> None:
    """Other things, another kind, far days, places that exclude one another, other credits: not one visual."""
    first = {"places": [("Osaka", "bridge")], "credit": "Li Wei", "credit_parties": ("Li Wei",)}
    grouping = Grouping()
    grouping.add(from_account("a", 1, "a flag on the bridge", **first).stored())
    grouping.add(from_account("b", 2, text, **given).stored())
    assert not together(grouping, "a/m1", "b/m1")


def test_words_alone_never_join() -> None:
    """Two described pictures without a common origin stay apart, but are suggested."""
    grouping = Grouping()
    for sequence, name in enumerate("ab", 1):
        text = f"Page {name}: a flag and a lantern on a bridge of Peru."
        grouping.add(Page(name, text, sequence).medium("a flag and a lantern on a bridge of Peru").stored())
    assert len(grouping.visuals()) == 2
    (suggestion,) = grouping.suggestions()
    assert (str(suggestion.left), str(suggestion.right)) == ("a/m1", "b/m1")


def test_two_photographs_of_one_visit_stay_apart() -> None:
    """Same day, place and people, other credits and actions: not even a suggestion."""
    grouping = Grouping()
    for sequence, (action, credit) in enumerate([("wave at a ceremony", "Noor Haddad"), ("sign a treaty", "Jo Berg")], 1):
        text = f"President Alma Ortega and Premier Ulf Dahl {action} in Lima on May 3, 2031."
        page = Page(f"d{sequence}", text, sequence)
        page.medium(
            role="body", caption=text, credit=credit, credit_parties=(credit,), dates=[("2031-05-03", "shown-event", "May 3")]
        )
        grouping.add(page.stored())
    assert len(grouping.visuals()) == 2
    assert grouping.suggestions() == []


def test_look_alike_handles_are_two_accounts() -> None:
    """A handle with one Cyrillic letter is another account."""
    grouping = Grouping()
    grouping.add(from_account("a", 1, "a flag on the bridge", "orskwatch").stored())
    grouping.add(from_account("b", 2, "a flag on the bridge", "orskwаtch").stored())
    assert not together(grouping, "a/m1", "b/m1")


def test_two_pictures_of_one_document_are_not_joined_by_words() -> None:
    """An article that shows two pictures of one account keeps them two, and a third page joins one of them at most."""
    page = from_account("a", 1, "a flag on the bridge and a flag under the bridge")
    page.medium("a flag under the bridge", account=origin("orskwatch"), dates=[("2031-05-21", "posted", "May 21")])
    grouping = Grouping()
    grouping.add(page.stored())
    grouping.add(from_account("b", 2, "a flag on the bridge").stored())
    assert not together(grouping, "a/m1", "a/m2")
    assert len(grouping.visuals()) == 2


def test_metadata_alone_makes_no_visual() -> None:
    """A picture that only a page's metadata names is one when it has bytes or a second use."""
    grouping = Grouping()
    url = "https://pics.example/lantern.jpg"
    page = Page("a", "Text.").medium(role="metadata-only", url=url)
    assert grouping.add(page.stored()) == {}
    assert grouping.visuals() == []
    grouping.add(Page("b", "Text of b.", 2).medium(role="body", url=url).stored())
    assert together(grouping, "a/m1", "b/m1")


def test_a_story_without_pictures_makes_none() -> None:
    """Figures of a story are no visual."""
    grouping = Grouping()
    assert grouping.add(Page("a", "Twelve thousand lanterns were sold.").stored()) == {}
    assert grouping.visuals() == []


# ---------------------------------------------------------------- analysts


def test_an_analyst_links_what_nothing_else_does() -> None:
    """A link joins as same, with who, when and why."""
    grouping = Grouping([decision("link", "a/m1", "b/m1")])
    grouping.add(with_bytes("a", 1, None).stored())
    grouping.add(with_bytes("b", 2, None).stored())
    (visual,) = grouping.visuals()
    assert {(m.how, m.confidence) for m in visual.members} == {("analyst", "same")}
    assert "Ines" in visual.members[0].why


@pytest.mark.parametrize("order", ["abc", "cab", "bca"])
def test_an_analyst_unlinks_for_good(order: str) -> None:
    """The unlinked one leaves, the others stay together, in any order of arrival."""
    pages = {n: with_bytes(n, "abc".index(n) + 1, "f" * 64) for n in "abc"}
    grouping = Grouping([decision("unlink", "a/m1", "c/m1")])
    for name in order:
        grouping.add(pages[name].stored())
    assert together(grouping, "b/m1", "c/m1")
    assert not together(grouping, "a/m1", "c/m1")


def test_the_newest_word_on_a_pair_holds() -> None:
    """A link after an unlink of the same pair, written the other way round, undoes it."""
    word = [decision("unlink", "a/m1", "b/m1"), decision("link", "b/m1", "a/m1", "2031-06-01T00:00:00Z")]
    for decisions, joined in ((word, True), (word[:1], False)):
        grouping = Grouping(decisions)
        grouping.add(with_bytes("a", 1, "f" * 64).stored())
        grouping.add(with_bytes("b", 2, "f" * 64).stored())
        assert together(grouping, "a/m1", "b/m1") is joined


def test_the_newest_assessment_of_any_member_is_the_status() -> None:
    """Assessments outlive a regrouping, for they are tied to appearances."""
    common = {"visual": "v-old", "who": "Ines", "why": "found the first use"}
    first = Assessment(id="1", appearance=key("a/m1"), status="in-progress", at="2031-05-01T00:00:00Z", **common)
    last = Assessment(id="2", appearance=key("b/m1"), status="false-context", at="2031-05-02T00:00:00Z", **common)
    grouping = Grouping((), [last, first])
    grouping.add(with_bytes("a", 1, "f" * 64).stored())
    grouping.add(with_bytes("b", 2, "f" * 64).stored())
    (visual,) = grouping.visuals()
    assert visual.status == "false-context"
    assert visual.status_basis == "Ines, 2031-05-02T00:00:00Z: found the first use"


# ---------------------------------------------------------------- ids


def test_the_id_stays_when_others_join_and_every_own_id_leads_to_it() -> None:
    """The first ingested appearance names the visual; what a member would have been called alone resolves to it."""
    grouping = Grouping()
    first = grouping.add(with_bytes("a", 1, "f" * 64).stored())["m1"]
    alone = Grouping().add(with_bytes("b", 2, "f" * 64).stored())["m1"]
    assert grouping.add(with_bytes("b", 2, "f" * 64).stored()) == {"m1": first}
    assert alone != first
    assert {grouping.resolve(r) for r in (first, first[:8], alone, alone[:8], "a/m1", "b/m1")} == {first}
    assert grouping.resolve("v-nothing") is None
    assert grouping.resolve("") is None


def test_a_beginning_that_fits_several_visuals_leads_nowhere() -> None:
    """An ambiguous prefix is not guessed."""
    grouping = Grouping()
    for at in range(3):
        grouping.add(with_bytes(f"d{at}", at + 1, str(at) * 64).stored())
    assert grouping.resolve("v-") is None


def test_adding_a_document_again_changes_nothing() -> None:
    """The same document twice is the same document."""
    grouping = Grouping()
    page = with_bytes("a", 1, "f" * 64).stored()
    assert grouping.add(page) == grouping.add(page)
    assert len(grouping.visuals()[0].members) == 1


def test_the_most_reused_comes_first() -> None:
    """Visuals are ordered by the number of documents."""
    grouping = Grouping()
    for at, sha in enumerate("abb", 1):
        grouping.add(with_bytes(f"d{at}", at, sha * 64).stored())
    assert [v.documents for v in grouping.visuals()] == [2, 1]


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(6)), st.lists(st.sampled_from("ab"), min_size=6, max_size=6))
def test_the_order_of_arrival_does_not_change_who_is_together(order: list[int], shas: list[str]) -> None:
    """Bytes group the same, under the same ids, whatever comes first."""
    pages = [with_bytes(f"d{at}", at + 1, sha * 64).stored() for at, sha in enumerate(shas)]
    straight, shuffled = Grouping(), Grouping()
    for page in pages:
        straight.add(page)
    for at in order:
        shuffled.add(pages[at])
    assert {v.id for v in straight.visuals()} == {v.id for v in shuffled.visuals()}


def test_grouping_is_near_linear() -> None:
    """A record four times as large takes about four times as many calls, not sixteen; one account posts it all."""
    things = ["flag", "bridge", "truck", "ship", "drone", "statue", "tower", "horse", "river", "church"]

    def calls(size: int) -> int:
        pages = [
            from_account(f"d{at}", at + 1, f"a {things[at % 10]} beside a {things[at // 10 % 10]} number {at}").stored()
            for at in range(size)
        ]
        count = 0

        def note(_frame: object, event: str, _arg: object) -> None:
            nonlocal count
            count += event == "call"

        grouping = Grouping()
        sys.setprofile(note)
        try:
            for page in pages:
                grouping.add(page)
        finally:
            sys.setprofile(None)
        return count

    calls(20)
    assert calls(600) < 2 * 4 * calls(150)
