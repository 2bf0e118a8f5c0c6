# ruff: noqa: E501 -- a line of a page is one line here, too
"""Whole flattened pages: what is found, and that everything found is an exact part of the text."""

import hashlib
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from provenance.extract.flat import page
from provenance.records import Medium, Page, Snapshot, Span
from tests.growth import MOST, TIMES, growth


def read(text: str, **given_facts: str) -> Page:
    content = text.encode("utf-8", "surrogatepass")
    return page(
        Snapshot(
            source="page.txt",
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            media_type="text/plain",
            obtained_at="2025-03-06T00:00:00Z",
            how="file",
            **given_facts,
        ),
        text,
    )


def kinds(found: Page) -> list[tuple[str, str]]:
    return [(b.kind, found.text[b.start : b.end]) for b in found.blocks]


def shown(found: Page) -> list[tuple[str | None, str | None]]:
    return [(m.caption, m.credit) for m in found.media]


ENGLISH = """Harbour crane topples in Port Vell

By NWP Posted : March 4, 2025, 11:07 Updated : March 4, 2025, 13:54
Divers search the quay under the crane, in this grab from footage provided by local rescue group SEALINE.
PORT VELL, March 4 (NWP) - The crane fell at noon, port officials said.

“We were lucky,” said Jan Wels (left), who runs the cafe.

Workers in the port of Vell (left) and the mayor (right) inspect the quay on March 5, 2025. AP-Jiji
Meanwhile, the ministry opened an inquiry (MoT).

Look at this thing go!https://t.co/abcdEFGH12 pic.twitter.com/Zz11YyXx22
— Ferry Fan (@ferry_fan_9) March 4, 2025
The port said the crane was inspected in 2023. (It was not clear by whom.)

이미지 확대
닫기"""


def test_an_article_is_read_from_its_title_to_its_buttons() -> None:
    """Every line of a page is known for what it is, in order."""
    found = read(ENGLISH)
    assert [kind for kind, _ in kinds(found)] == [
        "headline", "byline", "caption", "dateline", "paragraph", "paragraph", "caption", "credit", "paragraph", "post", "paragraph",
        "chrome", "chrome",
    ]  # fmt: skip
    facts = found.facts
    assert (facts.headline, facts.byline, facts.dateline) == (
        "Harbour crane topples in Port Vell",
        "By NWP",
        "PORT VELL, March 4 (NWP)",
    )
    assert (facts.published, facts.published_precision, facts.published_basis) == ("2025-03-04T11:07", "minute", "stated")
    assert (facts.published_text, facts.modified) == ("March 4, 2025, 11:07", "2025-03-04T13:54")
    assert (facts.outlet.name, facts.outlet.basis, facts.language) == ("NWP", "byline", "en")


def test_captions_without_a_blank_line_around_them_are_media() -> None:
    """A caption is told from the paragraph under it by its form alone."""
    grab, photo, carried = read(ENGLISH).media
    assert (grab.kind, grab.role, grab.credit, grab.credit_parties) == (
        "video-grab", "lead", "provided by local rescue group SEALINE", ("SEALINE",),
    )  # fmt: skip
    assert grab.description is not None
    assert grab.description.text == "Divers search the quay under the crane"
    assert (photo.kind, photo.role, photo.credit, photo.credit_parties) == ("photo", "body", "AP-Jiji", ("AP", "Jiji"))
    assert (carried.role, carried.post, carried.url) == ("embedded-post", "p1", "https://pic.twitter.com/Zz11YyXx22")


def test_a_quoted_tweet_is_a_post_with_its_medium() -> None:
    """A tweet keeps author, day, words and links, and says which medium it carries."""
    (post,) = read(ENGLISH).posts
    assert (post.platform, post.handle, post.author_name, post.date) == ("x", "ferry_fan_9", "Ferry Fan", "2025-03-04")
    assert (post.text, post.links) == ("Look at this thing go!", ("https://t.co/abcdEFGH12",))
    assert (post.media_links, post.media, post.embedding) == (("https://pic.twitter.com/Zz11YyXx22",), ("m3",), "embedded")
    assert post.span is not None
    assert post.span.text.startswith("Look at")
    assert post.span.text.endswith("March 4, 2025")


PAGES = tomllib.loads(Path(__file__).with_name("test_flat_pages.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", PAGES)
def test_captions_credits_and_times_are_found_in_many_languages(language: str) -> None:
    """The forms of captions, stamps and datelines are known in each language, and nothing else becomes a medium."""
    wanted = PAGES[language]
    found = read(wanted["text"])
    assert [[m.caption or "", m.credit or ""] for m in found.media] == wanted["media"]
    facts = found.facts
    assert (facts.published, facts.dateline or "", facts.language) == (wanted["published"], wanted["dateline"], language)
    assert facts.headline == wanted["text"].splitlines()[0]


STORY = """Storm hits Eastport

The storm hit at dawn. Roofs were lost in three towns (see below).

"We heard a bang," said Ann Lee (left), a nurse. Senator Bob Ray (R) and Senator Di Fox (D) asked for help.

Video: Storm surge floods market hall in Eastport as residents flee
Photos: The Worst Storm Damage In Eastport History
The agency (ESA) and its partners (NASA, NOAA) warned of more rain on March 9, 2025.

The law was passed on June 19, 2019.
Source: Eastport Gazette
He left for Lisbon, she stayed. (Nobody asked why.)

The mayor declined to comment, it was said in the town on Monday evening. (Reuters)
"""


def test_prose_is_never_turned_into_media() -> None:
    """Brackets, dates, parties and an agency's name at the end of a story are prose; a link list has no pictures."""
    found = read(STORY)
    assert found.media == ()
    assert found.posts == ()
    assert {kind for kind, _ in kinds(found)} == {"headline", "paragraph"}


def test_theme_junk_is_chrome_in_any_language() -> None:
    """Placeholders, buttons, share counters and the links of a related list are chrome."""
    text = "spot_imgspot_img\n\nThe town has a new bridge, the mayor said today.\n\nLeave a Reply\nUdostępnij0 Tweetnij0\n닫기\nЧитайте также: Погода\nシェア\nYou May Also Like\n7 Places To Retire\n"
    found = read(text)
    assert [kind for kind, _ in kinds(found)] == ["chrome", "paragraph", *["chrome"] * 7]


def test_an_excerpt_that_recurs_below_is_counted_once() -> None:
    """Of a lead-in cut short, only the sentence that does not come again is read."""
    one = "The harbour has denied reports that its crane was old."
    two = "Six inspectors visited the quay near Port Vell on Oct. 4, the Vell Post reported, citing unnamed sources."
    text = f"{one} {two} This was followed by a […]\n\n{two} This was followed by a second report.\n"
    assert kinds(read(text)) == [
        ("paragraph", one),
        ("chrome", two),
        ("chrome", "This was followed by a […]"),
        ("paragraph", f"{two} This was followed by a second report."),
    ]


def test_credits_under_the_lines_of_a_gallery_belong_to_those_lines() -> None:
    """A short line with a bare credit right under it is a caption; a story's sentence above a credit is not."""
    text = (
        "In pictures: the new bridge\n\nThe deck is lifted.\nAda Moor / TASS\nDusk over the river.\nport.example\n\n"
        "The minister said that the bridge will open in May.\nPhoto: Ada Moor\n"
    )
    assert shown(read(text)) == [
        ("The deck is lifted.", "Ada Moor / TASS"),
        ("Dusk over the river.", "port.example"),
        (None, "Photo: Ada Moor"),
    ]


def test_a_credit_under_a_post_belongs_to_what_the_post_carries() -> None:
    """`Reprodução/X` behind a tweet is the credit of the tweet's picture."""
    text = "A ponte caiu hoje, segundo a prefeitura.\n\nCaiu! pic.twitter.com/abcABC1234\n\n— Zé (@ze_9) March 5, 2025\n\nReprodução/X\n"
    found = read(text)
    assert [(m.role, m.credit, m.credit_parties) for m in found.media] == [("embedded-post", "Reprodução/X", ("X",))]
    assert found.posts[0].text == "Caiu!"


def test_what_the_caller_states_counts_before_the_text() -> None:
    """Address, outlet and date given by the caller win, and say so."""
    found = read(ENGLISH, url="https://news.example.co.uk/a", outlet="The Vell Post", published="2025-03-05").facts
    assert (found.outlet.name, found.outlet.basis, found.outlet.domain) == ("The Vell Post", "given", "example.co.uk")
    assert (found.published, found.published_precision, found.published_basis) == ("2025-03-05", "day", "given")
    assert found.url == "https://news.example.co.uk/a"


def test_an_agency_over_a_story_does_not_tell_whose_page_it_is() -> None:
    """A wire agency's byline or dateline names no outlet: others print its texts."""
    text = "Bridge falls in Vell\nBy Reuters\n\nVELL, Oct 4 - The bridge fell at noon, officials said on Tuesday.\n"
    assert read(text).facts.outlet.name is None
    assert read(text).facts.byline == "By Reuters"


def test_a_post_does_not_date_the_page() -> None:
    """A page without a stamp has no date, however many posts on it have one."""
    text = "The bridge fell, a reader wrote.\nIt fell! https://t.co/abcABC1234\n— Zed (@zed_9) March 5, 2025\n"
    facts = read(text).facts
    assert (facts.published, facts.published_basis, facts.published_precision) == (None, None, None)


def test_an_empty_text_is_a_page_with_a_warning() -> None:
    """No words, no blocks, and the reader is told."""
    found = read(" \n\t\n")
    assert found.blocks == ()
    assert found.warnings == ("the text holds no words",)


PIECES = st.sampled_from(
    [
        "Photo: AFP", "(left)", "©", "— Ann Lee (@ann_l) March 5, 2025", "https://t.co/abcABC1234", "pic.twitter.com/abcABC1234", "\n", "\n\n",
        "\r\n", " ", "\xa0", "A post shared by Ann (@ann.l)", "https://t.me/chan/12", "[…]", "(사진=가람)", "/연합뉴스", "▲", "2025-03-05 14:20",
        "Updated", "By Ann Lee", "VELL (AP) -", ".", "The bridge fell on Tuesday", "in this photo provided by the town", "[embed]", "닫기",
        "Leave a Reply", "（共同）", "。", "Фото:", "“", "\u2028", "\u202e", "🎥", "(", ")", "٢٢ أكتوبر ٢٠٢٤", "31 February 2025 25:61",
    ]
)  # fmt: skip


def spans(found: Page) -> list[Span]:
    media = [s for m in found.media for s in (m.caption_span, m.credit_span, m.description, *m.mentions)]
    return [s for s in (*media, *(p.span for p in found.posts)) if s is not None]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map("".join), st.lists(PIECES, max_size=20).map(" ".join)))
@example("0\n0‒0(@0)MARCH 1 2000‒0(@0)MARCH 1 2000")
def test_every_span_is_exact_and_blocks_cover_the_text_in_order(text: str) -> None:
    """For any text: nothing raises, spans are slices, blocks are ordered, apart, and leave no word outside."""
    found = read(text)
    assert found.text == text
    assert all(s.text == text[s.start : s.end] and s.text for s in spans(found))
    position = 0
    for block in found.blocks:
        assert not text[position : block.start].strip()
        assert position <= block.start < block.end
        position = block.end
    assert not text[position:].strip()
    ids = {m.id for m in found.media} | {p.id for p in found.posts}
    assert {i for b in found.blocks for i in (b.medium, b.post) if i} == ids
    assert all(_is_consistent(m, text) for m in found.media)


def _is_consistent(medium: Medium, text: str) -> bool:
    pairs = ((medium.caption, medium.caption_span), (medium.credit, medium.credit_span))
    return all(
        (said is None) == (where is None) and (where is None or said == text[where.start : where.end]) for said, where in pairs
    )


@pytest.mark.parametrize(
    "unit",
    ["a", ".", "A.", "(", "()", "[a", "— ", "— Ab (@c) ", "https://", "@a ", "2024-10-22 12:00 ", "/", "\xa0", "사진=", "。", "©", "a […] ", '"', "A (left) b. ",
     "Posted by ", "AB, ", "📷"],
)  # fmt: skip
def test_a_long_line_is_read_in_linear_time(unit: str) -> None:
    """Four times the characters without a line break take about four times the work, whatever they are."""
    read("warm")
    small, large = (unit * (length // len(unit)) for length in (100_000 // TIMES, 100_000))
    assert growth(read, small, large) < MOST
