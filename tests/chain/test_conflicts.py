"""Where documents disagree on one visual."""

from dataclasses import replace

import pytest
from cases import grouped
from chain_pages import Page, account, agency, origin
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.chain import Grouping
from provenance.chain.appearance import appearances
from provenance.chain.judgements import judgements
from provenance.records import Conflict, Party, StatedDate, Visual

SHA = "f" * 64


def visual_of(*pages: Page) -> Visual:
    grouping = Grouping()
    for sequence, page in enumerate(pages, 1):
        page.sequence, page.assets = sequence, {m.id: SHA for m in page.media}
        grouping.add(page.stored())
    (visual,) = grouping.visuals()
    return visual


def conflicts(field: str, *pages: Page) -> list[Conflict]:
    found = [c for c in visual_of(*pages).conflicts if c.field == field]
    texts = {p.id: p.text for p in pages}
    for span in (s for c in found for v in c.values for s in v.spans):
        assert texts[span.document][span.start : span.end] == span.text
    return found


def dated(name: str, value: str, role: str) -> Page:
    return Page(name, f"On {value} it was {role}.").medium(role="body", dates=[(value, role, value)])


def placed(name: str, *places: str) -> Page:
    return Page(name, f"Somewhere in {', '.join(places)}.").medium(role="body", places=[(p, p) for p in places])


def described(name: str, text: str, **given) -> Page:
    return Page(name, f"{text}. Nothing else.").medium(text, **given)


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("left", "right", "severity"),
    [
        (("2031-05-21", "posted"), ("2031-05-25", "posted"), "hard"),
        (("2031-05-21", "posted"), ("2031-05-22", "posted"), "soft"),
        (("--05-21", "posted"), ("2031-05-22", "captured"), "soft"),
        (("2031-05-25", "posted"), ("2031-05-21", "captured"), "hard"),
        (("2031-05-22", "posted"), ("2031-05-21", "captured"), "soft"),
        (("2014-11-22", "taken"), ("2031-05-21", "posted"), "apparent"),
        (("2014-11-22", "taken"), ("2031-05-21", "taken"), "hard"),
        (("2031-05-21", "posted"), ("2031-05-21", "captured"), None),
        (("--05-21", "posted"), ("2031-05-21", "posted"), None),
    ],
)
def test_days_exclude_one_another_only_in_one_role(left, right, severity) -> None:
    """Same role and days apart: hard; another role: put in order; one day: time zones; the same day: nothing."""
    found = conflicts("date", dated("a", *left), dated("b", *right))
    assert [c.severity for c in found] == ([severity] if severity else [])


def test_the_reading_of_days_is_a_plain_sentence() -> None:
    """Posted on the 21st and captured on the 22nd may both hold, and the sentence says so."""
    (found,) = conflicts("date", dated("a", "2031-05-22", "captured"), dated("b", "--05-21", "posted"))
    assert found.reading == "Different days of different things: compatible if posted on 21 May and captured on 22 May 2031."
    assert {(v.value, v.documents) for v in found.values} == {("2031-05-22 (captured)", ("a",)), ("--05-21 (posted)", ("b",))}


# ---------------------------------------------------------------- places


@pytest.mark.parametrize(
    ("left", "right", "severity"),
    [
        (["Lima"], ["Osaka"], "hard"),
        (["Peru"], ["Lima"], "soft"),
        (["Lima"], ["Lima"], None),
        (["the old quay of Orskvik"], ["Lima"], "soft"),
        (["Lima", "Chile"], ["Lima"], None),
    ],
)
def test_places_exclude_one_another_unless_one_contains_the_other(left, right, severity) -> None:
    """Containment is soft and said, disjoint is hard, the unknown is said to be unknown; a stray country weighs nothing."""
    found = conflicts("place", placed("a", *left), placed("b", *right))
    kinds = [c.severity for c in found]
    assert kinds == [severity] if severity else "hard" not in kinds


def test_an_unknown_place_is_said_to_be_unknown() -> None:
    """No guess on whether two places are one."""
    (found,) = conflicts("place", placed("a", "the old quay of Orskvik"), placed("b", "Lima"))
    assert found.reading == "Whether “the old quay of Orskvik” and “Lima” are one place is not known."


# ---------------------------------------------------------------- sources and kinds


@pytest.mark.parametrize(
    ("left", "right", "severity"),
    [
        (("Ana Ruiz", "AFP"), ("Jo Berg",), "hard"),
        (("Reuters",), ("AFP",), "soft"),
        (("Ana Ruiz", "AFP"), ("AFP",), None),
    ],
)
def test_credits_conflict_only_without_a_common_party(left, right, severity) -> None:
    """Two makers exclude one another, two agencies may have handed it on, and a shorter credit is no conflict."""
    pages = [
        Page(name, f"A ship. {'/'.join(parties)}").medium("A ship", credit="/".join(parties), credit_parties=parties)
        for name, parties in (("a", left), ("b", right))
    ]
    assert [c.severity for c in conflicts("credit", *pages)] == ([severity] if severity else [])


def from_account(name: str, handle: str) -> Page:
    page = Page(name, f"Posted by @{handle}.").medium(role="body", account=origin(handle))
    return page.cites(account(handle), f"Posted by @{handle}", "posted-by")


def test_two_origins_may_both_hold() -> None:
    """Two accounts are a soft conflict: both may have released it."""
    assert [c.severity for c in conflicts("origin", from_account("a", "dock"), from_account("b", "quay"))] == ["soft"]
    assert conflicts("origin", from_account("a", "dock"), from_account("b", "Dock")) == []


def test_a_look_alike_handle_is_named_as_such() -> None:
    """A Cyrillic letter in a Latin handle, or an l for an I, is an imitation, and the sentence says so."""
    for one, other in (("orskwatch", "orskwаtch"), ("ORSKMILL", "ORSKMlLL"), ("0rskwatch", "Orskwatch")):
        (found,) = conflicts("origin", from_account("a", one), from_account("b", other))
        assert found.severity == "hard"
        assert "look alike" in found.reading
        assert 2 == len(found.values)


def test_a_look_alike_that_is_only_cited_is_named_too() -> None:
    """The account need not be its origin: that both are cited for one picture is enough to say so."""
    page = from_account("b", "orskmill").cites(account("orskmlll"), "by @orskmill", "credits")
    (found,) = conflicts("origin", from_account("a", "orskmill"), page)
    assert ("hard", {"telegram:@orskmill", "telegram:@orskmlll"}) == (found.severity, {v.value for v in found.values})


def test_a_still_and_footage_are_two_kinds() -> None:
    """A photo here and a video there is said; a grab and its clip are not in conflict."""
    photo, video = described("a", "a ship", kind="photo"), described("b", "the ship", kind="video")
    assert [c.severity for c in conflicts("kind", photo, video)] == ["soft"]
    grab = described("a", "a ship", kind="video-grab")
    assert conflicts("kind", grab, described("b", "the ship", kind="video")) == []


# ---------------------------------------------------------------- words


def test_what_one_asserts_another_only_reports() -> None:
    """Shows against claims to show, each with its own words."""
    left = described("a", "The photo depicts two flags raised over a quay")
    right = described("b", "a picture claiming to capture the flags near a quay")
    (found,) = conflicts("depiction", left, right)
    assert {v.value for v in found.values} == {"depicts two flags raised", "claiming to capture the flags"}
    assert found.severity == "soft"


def test_one_document_may_disagree_with_itself() -> None:
    """The caption says "are", the body "what appear to be"."""
    page = Page("a", "Sailors are being handed lanterns at a quay.\nThe clip shows what appear to be sailors at night.")
    page.medium(role="body", kind="video-grab", caption="Sailors are being handed lanterns at a quay.", derived_from="m2")
    page.medium("what appear to be sailors", kind="video").hedge("what appear to be", "appearance", ("m2",))
    (found,) = conflicts("depiction", page)
    assert [v.value for v in found.values] == ["Sailors are being handed lanterns", "what appear to be sailors"]


def test_inferences_of_different_strength() -> None:
    """The words "is believed to be" and "might serve as" on the same idea are set side by side."""
    left = described("a", "A quay with a lantern").medium()
    left.text = "A quay with a lantern. It is believed to be a base of Peruvian sailors."
    left.hedge("is believed to be", "hearsay")
    right = described("b", "A lantern on a quay")
    right.text = "A lantern on a quay. It might serve as a base for Peruvian sailors."
    right.hedge("might", "modal")
    left.media.pop()
    (found,) = conflicts("depiction", left, right)
    assert {d for v in found.values for d in v.documents} == {"a", "b"}
    assert found.reading.startswith("What it means is put with different strength")


def test_over_is_not_near() -> None:
    """The position in the scene, of the same thing, with the words for it."""
    left = described("a", "two flags raised over a coal mine")
    right = described("b", "flags near a mining site")
    (found,) = conflicts("depiction", left, right)
    assert {v.value for v in found.values} == {"over a coal mine", "near a mining site"}
    assert conflicts("depiction", left, described("b", "flags near a market")) == []


def test_one_picture_or_several() -> None:
    """The words "an image" and "images", also inside one document, where the sentence says so."""
    left = described("a", "an image of a quay")
    (found,) = conflicts("number", left, described("b", "images of a quay"))
    assert {v.value: v.documents for v in found.values} == {"one": ("a",), "more than one": ("b",)}
    (found,) = conflicts("number", described("a", "a photo among images of a quay"))
    assert found.reading.endswith("one document says both.")
    assert conflicts("number", left, described("b", "a photo of the quay")) == []


def test_the_plural_of_one_language_is_not_that_of_another() -> None:
    """Polish "fotografie" is plural, Romanian "fotografie" is not."""
    page = described("a", "o fotografie cu un steag")
    page.language = "ro"
    assert conflicts("number", page) == []


@pytest.mark.parametrize(
    ("left", "right", "severity"), [("fake", "verified", "hard"), ("fake", "unverified", "soft"), ("fake", "fake", None)]
)
def test_verdicts_differ(left: str, right: str, severity: str | None) -> None:
    """False against genuine is hard, false against open is soft."""
    pages = [
        Page(n, f"The photo of a quay is {w}.").medium("The photo of a quay").claim(f"is {w}", "authenticity")
        for n, w in (("a", left), ("b", right))
    ]
    assert [c.severity for c in conflicts("verdict", *pages)] == ([severity] if severity else [])


def test_documents_that_agree_have_no_conflicts() -> None:
    """The same words, day, place, credit and account twice: nothing to report."""
    pages = [
        Page(n, "A photo shows a ship in Lima on 2031-05-21, posted by @dock.")
        .medium(
            "a ship in Lima", account=origin("dock"), dates=[("2031-05-21", "posted", "2031-05-21")], places=[("Lima", "Lima")]
        )
        .cites(account("dock"), "posted by @dock", "posted-by")
        for n in "ab"
    ]
    assert visual_of(*pages).conflicts == ()


words = st.sampled_from(
    [
        "a photo",
        "images",
        "shows",
        "claiming to",
        "over",
        "near",
        "a mine",
        "fake",
        "verified",
        "on 21 May",
        "\n",
        "…",
        "пря",
        "旗",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(words, min_size=1, max_size=30), st.lists(words, min_size=1, max_size=30))
def test_any_wording_gives_exact_spans(left: list[str], right: list[str]) -> None:
    """Whatever the words are, every span of every conflict is a slice of its document."""
    for field in ("depiction", "number", "verdict", "kind"):
        conflicts(field, described("a", " ".join(left)), described("b", " ".join(right)))


# ---------------------------------------------------------------- losses


def cited_pair(*, doubt: bool, credit: bool) -> tuple[Page, Page]:
    source = Page("a", "It allegedly shows a ship. Ana Ruiz", outlet="Orsk Herald").medium(
        "a ship", credit="Ana Ruiz", credit_parties=("Ana Ruiz",)
    )
    source.hedge("allegedly", "allegation")
    reuse = Page("b", "The Orsk Herald has a photo that perhaps shows a ship.", outlet="Dahl Post")
    reuse.medium("a ship", credit_parties=("Ana Ruiz",) if credit else ())
    if doubt:
        reuse.hedge("perhaps", "modal")
    return source, reuse.cites(agency("Orsk Herald"), "The Orsk Herald has", "reports")


@pytest.mark.parametrize(("doubt", "lost"), [(False, ("b",)), (True, ())])
def test_a_dropped_hedge_is_named(doubt: bool, lost: tuple[str, ...]) -> None:  # noqa: FBT001 - a parameter of the test
    """Who cites a page that doubts, and does not, has lost the hedge; who doubts has lost nothing."""
    assert visual_of(*cited_pair(doubt=doubt, credit=False)).hedge_lost_by == lost


def test_who_names_nobody_has_lost_the_credit() -> None:
    """Of three pages the one without credit and citation has lost them; citing the source in the text is enough."""
    silent = Page("c", "A ship burns.", 3, outlet="Evening Mail").medium("A ship")
    visual = visual_of(*cited_pair(doubt=True, credit=False), silent)
    assert visual.credit_lost_by == ("c",)


def test_the_label_says_what_and_from_whom() -> None:
    """At most 80 characters of the best description, then the origin."""
    long = "a remarkably long description of a ship that lies at a quay in the evening light while a crowd waits for it"
    page = (
        Page("a", f"{long}, posted by @dock.")
        .medium(long, account=origin("dock"))
        .cites(account("dock"), "posted by @dock", "posted-by")
    )
    label = visual_of(page).label
    assert label.endswith("… — telegram:@dock")
    assert len(label.partition(" — ")[0]) <= 80


def test_an_intermediary_and_its_source_are_credited_without_contradiction() -> None:
    """One page credits the outlet, another whom that outlet has it from: both lines hold, so it is only apparent."""
    first = credited("a", "Ana Ruiz")
    first.outlet = "Orsk Herald"
    first.cites(Party(name="Ana Ruiz", kind="expert"), first.text, "credits")
    second = credited("b", "Orsk Herald")
    second.cites(Party(name="Orsk Herald", kind="newspaper"), second.text, "credits")
    (found,) = conflicts("credit", first, second)
    assert (found.severity, "both hold" in found.reading) == ("apparent", True)


def credited(name: str, party: str) -> Page:
    line = f"Photo: {party}"
    return Page(name, line).medium(role="body", credit=line, credit_parties=(party,))


def test_towns_next_to_each_other_do_not_exclude_one_another() -> None:
    """A village is called by the next known town: near towns are a soft conflict with the distance, far ones a hard one."""
    (near,) = conflicts("place", placed("a", "Jerusalem"), placed("b", "Tel Aviv"))
    (far,) = conflicts("place", placed("a", "Jerusalem"), placed("b", "Paris"))
    assert (near.severity, far.severity) == ("soft", "hard")
    assert "km apart" in near.reading


def test_places_that_no_gazetteer_knows_are_compared_by_their_names() -> None:
    """Two unknown towns are a soft conflict that says so; one name in two phrases, or in two scripts, is none."""
    (found,) = conflicts("place", placed("a", "Orskholm"), placed("b", "Dahlby"))
    assert (found.severity, "not known" in found.reading) == ("soft", True)
    assert conflicts("place", placed("a", "Orskholm"), placed("b", "the port of Orskholm")) == []
    assert conflicts("place", placed("a", "Orskholm"), placed("b", "Орскгольм")) == []


def test_a_caption_names_its_place() -> None:
    """A capital after a preposition of place in a caption is a stated place; a day, a month or a platform is none."""
    first = Page("a", "A ship burns at the quay in Orskholm on Monday.").medium(
        caption="A ship burns at the quay in Orskholm on Monday."
    )
    second = Page("b", "A ship burns in Dahlby in March.").medium(caption="A ship burns in Dahlby in March.")
    (found,) = conflicts("place", first, second)
    assert [v.value for v in found.values] == ["Orskholm", "Dahlby"]


def test_a_month_beside_a_day_of_another() -> None:
    """Taken in November 2014 here, on 10 April there: not both; a day of that month fits."""
    month = dated("a", "2014-11", "taken")
    month.media[0] = replace(month.media[0], stated_dates=(replace(month.media[0].stated_dates[0], precision="month"),))
    (found,) = conflicts("date", month, dated("b", "2025-04-10", "taken"))
    assert found.severity == "hard"
    assert conflicts("date", month, dated("b", "--04-10", "taken")) != []
    assert conflicts("date", month, dated("b", "2014-11-22", "taken")) == []


def test_a_country_that_is_named_beside_it_is_no_hard_conflict() -> None:
    """A text names a country for who is shown or who speaks as often as for where: such a conflict is soft."""
    (found,) = conflicts("place", placed("a", "Ukraine"), placed("b", "Russian Far East"))
    assert found.severity == "soft"


def named_beside(name: str, text: str, language: str = "en") -> Page:
    """A page whose sentence names places and states none of the visual."""
    return Page(name, text, language=language).medium(text[:12])


def test_a_place_that_is_only_named_beside_it_is_no_hard_conflict() -> None:
    """Towns named in the sentence that speaks of a visual need not be where it was taken, so they exclude nothing for sure."""
    (found,) = conflicts("place", named_beside("a", "A ship burns, says Lima."), named_beside("b", "A ship burns, says Osaka."))
    assert (found.severity, found.reading.endswith("one may only be named beside it.")) == ("soft", True)


def test_where_an_agency_filed_from_and_of_what_nation_one_is_are_no_places() -> None:
    """The head "[서울=한강통신]" and the words "Korean sailors" say nothing of where a picture was taken."""
    filed = named_beside("a", "[서울=한강통신] 북한 병사들이 배를 옮기는 모습.", "ko")
    nation = named_beside("b", "A ship with Korean sailors burns in Lima.")
    (found,) = conflicts("place", filed, nation, named_beside("c", "A ship burns, says Osaka."))
    assert {v.value for v in found.values} == {"Lima", "Osaka"}


@pytest.mark.parametrize("country", ["Iran", "Pakistan", "Japan"])
def test_a_country_that_ends_like_an_adjective_is_a_place(country) -> None:
    """The own name of a country is told beside a visual, whatever letters it ends in."""
    (found,) = conflicts(
        "place", named_beside("a", f"A ship burns in {country} this week."), named_beside("b", "A ship burns, says Peru.")
    )
    assert {v.value for v in found.values} == {country, "Peru"}


@pytest.mark.parametrize("line", ["Redes sociales / Captura 10-04-2031", "Соцсети", "SNS", "the internet"])
def test_a_credit_that_names_nobody_is_no_second_maker(line) -> None:
    """Social networks and screen captures are no makers: beside one the conflict is soft."""
    pages = [
        Page(name, f"A ship. {said}").medium("A ship", credit=said, credit_parties=tuple(said.split(" / ")))
        for name, said in (("a", "Ana Ruiz"), ("b", line))
    ]
    assert [c.severity for c in conflicts("credit", *pages)] == ["soft"]


def test_an_office_at_the_end_of_a_compound_is_one() -> None:
    """한강전략센터 is an office whose name may be put into another language: it is no other maker for sure."""
    pages = [
        Page(name, f"A ship. {said}").medium("A ship", credit=said, credit_parties=(said,))
        for name, said in (("a", "ORSKVAKT"), ("b", "한강전략센터"))
    ]
    assert [c.severity for c in conflicts("credit", *pages)] == ["soft"]


def test_one_name_in_two_scripts_is_no_hard_conflict_of_credits() -> None:
    """A maker credited in Latin and in Cyrillic letters is one maker; another one still is a conflict."""
    pages = [
        Page(name, f"Credit {line}.").medium(role="body", credit=line, credit_parties=(line,))
        for name, line in (("a", "Orbivanta"), ("b", "Орбиванта"), ("c", "Katja Rengel"))
    ]
    (found,) = conflicts("credit", *pages[:2])
    assert found.severity == "apparent"
    (other,) = conflicts("credit", pages[0], pages[2])
    assert other.severity == "hard"


def test_a_picture_said_to_be_much_older_than_its_posting() -> None:
    """Made years before it was posted is told, softly, for an old picture may be posted; posted before it was made cannot be."""
    a = dated("a", "2031-05-20", "posted")
    (old,) = conflicts("date", a, monthly("b", "2027-02", "taken"))
    assert old.severity == "soft"
    assert "51 months old" in old.reading
    (late,) = conflicts("date", a, monthly("b", "2031-09", "taken"))
    assert late.severity == "hard"
    assert conflicts("date", a, monthly("b", "2031-04", "taken")) == []


def monthly(name: str, month: str, role: str) -> Page:
    page = Page(name, f"A ship, {month}.").medium("A ship")
    stated = StatedDate(value=month, precision="month", role=role, span=page.span(month))
    page.media[0] = replace(page.media[0], stated_dates=(stated,))
    return page


PAPER = (
    "Sensors listed as broken\n"
    "An inspection sheet of 17 January 2031, obtained by the weekly The Buoy, lists eleven dust sensors of the silo in Larmont "
    "as broken. The sheet is genuine, a former manager said.\n"
    "Document: The Buoy"
)


@pytest.mark.parametrize(
    "other",
    [
        (
            "Fühler seit Wochen defekt\n"
            "Elf Fühler des Silos in Larmont sind defekt: Das steht in einem Prüfblatt vom 17. Februar 2031, das die Zeitung "
            "«The Buoy» veröffentlicht hat. Es sei gefälscht, sagt der Betreiber.\n"
            "Foto: Ana Montes/Nordfoto"
        ),
        (
            "Czujniki nie działały\n"
            "Tygodnik „The Buoy” ujawnił arkusz kontroli z 17 lutego 2031 r., według którego w silosie w Larmont nie działało "
            "jedenaście czujników. Spółka twierdzi, że arkusz podrobiono, i nie chce mówić więcej.\n"
            "Fot. Ana Montes/Nordfoto"
        ),
    ],
)
def test_a_paper_with_another_month_is_that_paper_dated_otherwise(other: str) -> None:
    """Days that differ in the month alone part no papers of one source: they are a conflict, as is who calls it forged."""
    rows = [("buoy", PAPER), ("other", other)]
    found = grouped({"page": [{"id": i, "text": t, "published": "2031-03-05", "url": f"https://{i}.example"} for i, t in rows]})
    (paper,) = [v for v in found if len({m.document for m in v.members}) > 1]
    by_field = {c.field: c.severity for c in paper.conflicts}
    assert (by_field["date"], by_field["verdict"]) == ("hard", "hard")


def test_a_negation_in_another_clause_turns_no_verdict_round() -> None:
    """The page calls it forged, whatever else it says was never so; "not forged" judges nothing."""
    said = "The letter is forged, and the company never had such a form."
    denied = "The letter is not forged."
    paper = "A letter obtained by The Buoy warns of dust in the silo. "
    judged = {}
    for name, words in (("said", said), ("denied", denied)):
        page = Page(name, paper + words, 1).medium("A letter obtained by The Buoy warns of dust in the silo", kind="document")
        (appearance,) = appearances(page.stored())
        judged[name] = [j.side for j in judgements(appearance)]
    assert judged == {"said": ["false"], "denied": []}
