"""One text in several documents: found whatever stands around it, told apart from independent reuse, counted once."""

import string

import pytest
from chain_pages import Page, account, agency
from hypothesis import given
from hypothesis import strategies as st

from provenance.chain import Grouping
from provenance.chain.copies import LEAST, SHARE, copies, shingles
from provenance.records import Party, Visual

STORY = (
    "A footbridge at Velmora fell into the river on Tuesday evening after a barge struck its middle pier. The picture shows the "
    "span in the water. Nobody was hurt, the harbour master said, and the ferry will carry walkers free of charge until a "
    "temporary bridge can be built. The town council meets on Friday to ask the barge company for its log book and its pilot."
)
OTHER = (
    "Walkers in Velmora must take the ferry from now on: the old footbridge is gone. The picture shows the span in the water. "
    "A barge had hit it, said the harbour master, who has asked that nobody go near the banks while divers look at what is left "
    "of the pier. The company that owns the barge did not answer the telephone, and its office was dark on Wednesday morning."
)
KOREAN = (
    "벨모라의 보행자 다리가 화요일 저녁 바지선이 가운데 교각을 들이받은 뒤 강으로 무너졌다. 사진에는 물에 잠긴 상판이 보인다. "
    "항만 책임자는 다친 사람이 없으며 임시 다리가 놓일 때까지 나룻배가 보행자를 무료로 실어 나를 것이라고 말했다. "
    "시의회는 금요일에 모여 바지선 회사에 항해 일지를 요구할 예정이다."
)
JAPANESE = (
    "ベルモラの歩道橋は火曜の夜、はしけが中央の橋脚に衝突した後、川に落ちた。写真には水中の橋桁が写っている。"
    "港長によると負傷者はいない。仮の橋ができるまで渡し船は無料になる。"
)


def page(number: int, text: str, *, outlet: str | None = None, language: str = "en") -> Page:
    return Page(f"d{number}", text, sequence=number, outlet=outlet, language=language)


def shown(*pages: Page) -> Visual:
    """The visual of pages that carry the same bytes."""
    group = Grouping()
    for made in pages:
        made.medium(role="lead", description=None)
        made.assets["m1"] = "a" * 64
        group.add(made.stored())
    (visual,) = group.visuals()
    return visual


def test_the_same_text_under_two_names_is_one_source() -> None:
    """Two outlets that print one text and each credit themselves are one origin, with the list of copies."""
    pages = [page(n, f"{STORY}\nPhoto: {o}\n", outlet=o) for n, o in ((1, "Velmora Courier"), (2, "The River Post"))]
    for made, name in zip(pages, ("Velmora Courier", "The River Post"), strict=True):
        made.medium(role="lead", credit=f"Photo: {name}", credit_span=made.span(f"Photo: {name}"), credit_parties=(name,))
        made.assets["m1"] = "a" * 64
    group = Grouping()
    for made in pages:
        group.add(made.stored())
    (visual,) = group.visuals()
    (copied,) = visual.copies
    assert copied.documents == ("d1", "d2")
    assert copied.shared == 1.0
    assert visual.independent_origins == 1


def test_two_texts_of_two_outlets_are_two_sources() -> None:
    """Pages with words of their own, from two givers, count apart: copies take nothing away from independent work."""
    group = Grouping()
    for n, text, name, giver in (
        (1, STORY, "Velmora Courier", "Dahl Ferry Office"),
        (2, OTHER, "The River Post", "Norvik Dock Union"),
    ):
        made = page(n, f"{text}\nPhoto from {giver}\n", outlet=name)
        made.medium(role="lead")
        made.assets["m1"] = "a" * 64
        made.cites(Party(name=giver, kind="organisation"), f"from {giver}", "provided-by")
        group.add(made.stored())
    (visual,) = group.visuals()
    assert (visual.copies, visual.independent_origins) == ((), 2)


def test_two_sources_that_one_text_names_stay_two() -> None:
    """An article that names two releases names two in each of its copies."""
    pages = [page(n, f"{STORY} It was posted by @ferry_watch and by @north_bank, too.") for n in (1, 2)]
    group = Grouping()
    for made in pages:
        made.medium(role="lead")
        made.assets["m1"] = "a" * 64
        for handle in ("ferry_watch", "north_bank"):
            made.cites(account(handle), f"@{handle}", "posted-by")
        group.add(made.stored())
    (visual,) = group.visuals()
    assert len(visual.copies) == 1
    assert visual.independent_origins == 2


def test_a_copy_that_names_another_source_is_no_second_origin() -> None:
    """Where one copy of a text names an account and another, instead, an agency, the text still is one source."""
    group = Grouping()
    for number, cited in ((1, account("ferry_watch")), (2, agency("Norvik Wire"))):
        made = page(number, f"{STORY} It came from {cited.handle or cited.name}.")
        made.medium(role="lead")
        made.assets["m1"] = "a" * 64
        made.cites(cited, f"from {cited.handle or cited.name}", "provided-by")
        group.add(made.stored())
    (visual,) = group.visuals()
    assert visual.independent_origins == 1


@pytest.mark.parametrize(("text", "language"), [(STORY, "en"), (KOREAN, "ko"), (JAPANESE, "ja")])
def test_a_copy_is_found_in_any_script(text: str, language: str) -> None:
    """With blanks or without, under another headline and with another ending."""
    visual = shown(page(1, text, language=language), page(2, f"ENTIRELY OTHER HEAD\n\n{text}\n\n(c) 2031", language=language))
    (copied,) = visual.copies
    assert copied.shared == 1.0
    assert [span.text for span in copied.spans] == [copied.spans[0].text] * 2


def test_a_shared_caption_or_post_makes_no_copy() -> None:
    """An agency's caption and an embedded post stand in many independent pages."""
    caption = STORY[:250]
    pages = [page(n, f"{text}\n{caption}\n") for n, text in ((1, OTHER), (2, JAPANESE))]
    group = Grouping()
    for made in pages:
        made.medium(role="lead", caption=caption)
        made.assets["m1"] = "a" * 64
        group.add(made.stored())
    (visual,) = group.visuals()
    assert visual.copies == ()


def test_a_phrase_is_no_text() -> None:
    """What is shorter than some thirty words could have been written twice."""
    assert shown(page(1, "The footbridge at Velmora fell."), page(2, "The footbridge at Velmora fell.")).copies == ()


def test_the_passage_is_a_slice_of_each_document() -> None:
    """What is shown as common stands in each document as it is shown, blanks and marks included."""
    altered = STORY.replace("Nobody was hurt", "No one was  hurt").replace(" ", "\n", 3)
    made = [page(1, STORY), page(2, f"Head\n{altered}")]
    (copied,) = shown(*made).copies
    for span, source in zip(copied.spans, made, strict=True):
        assert source.text[span.start : span.end] == span.text
    assert copied.spans[0].text.startswith("was hurt, the harbour master said")


@given(st.lists(st.text(string.ascii_lowercase + " .,", max_size=400), min_size=2, max_size=6))
def test_any_texts(texts: list[str]) -> None:
    """Whatever the texts, groups are disjoint, shares lie between the threshold and one, and spans are exact."""
    stored = [page(n, text).medium(role="lead").stored() for n, text in enumerate(texts, 1)]
    from provenance.chain.appearance import appearances

    members = [a for s in stored for a in appearances(s)]
    found = copies(members)
    listed = [d for group in found for d in group.documents]
    assert len(listed) == len(set(listed))
    body = {s.id: s.document.text for s in stored}
    for group in found:
        assert SHARE <= group.shared <= 1
        assert all(body[s.document][s.start : s.end] == s.text and s.text for s in group.spans)
        assert all(len(shingles(s.document).runs) >= LEAST for s in stored if s.id in group.documents)
