# ruff: noqa: E501 -- a line of a page is one line here, too
"""Headline, byline and dateline of flattened pages, and the lines that are only interface."""

import pytest

from provenance.extract.flat_chrome import excerpt, is_junk, junk, repeated
from provenance.extract.flat_head import byline, dateline, headline, organisation
from provenance.extract.flat_text import ends_sentence, lines, sentences


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Ana Ruiz", "By Ana Ruiz"),
        ("BY ANA RUIZ, TOM BAY AND JO LEE, NWP", "BY ANA RUIZ, TOM BAY AND JO LEE, NWP"),
        ("By NWP Posted : March 4, 2025, 12:29", "By NWP"),
        ("By Staff | 2 min read", "By Staff"),
        ("Von Jana Kern und Uwe Amsel", "Von Jana Kern und Uwe Amsel"),
        ("Por Redacción", "Por Redacción"),
        ("Автор: Пётр Лугин", "Автор: Пётр Лугин"),
        ("홍길순 기자", "홍길순 기자"),
        ("홍길순 기자 (hong@saebyeok.example)", "홍길순 기자 (hong@saebyeok.example)"),
        ("作者：李明", "作者：李明"),
        ("Author:Reuters 2025-03-05 02:50", "Author:Reuters"),
        ("Oprac. jkl", "Oprac. jkl"),
        ("Reuters", "Reuters"),
    ],
)
def test_bylines_are_known_in_many_languages(line: str, name: str) -> None:
    """A byline is the writer's line without the stamps behind it."""
    found = byline(line, near_top=True)
    assert found is not None
    assert line[slice(*found)] == name


@pytest.mark.parametrize(
    "line",
    [
        "By noon the river had risen by two metres.",
        "The bridge fell",
        "시장은 조사하겠다고 말했다. /가람=홍길순 기자",
        "Por la tarde llovió mucho en el valle",
        "harbour.example",
        "",
    ],
)
def test_sentences_are_no_bylines(line: str) -> None:
    """A line that begins like a byline but goes on like a sentence is none."""
    assert byline(line, near_top=True) is None


@pytest.mark.parametrize(
    ("line", "text", "tag"),
    [
        ("VELL, March 4 (NWP) - The port reopened.", "VELL, March 4 (NWP)", "NWP"),
        ("OSLO, Norway (AP) Norwegian officials met.", "OSLO, Norway (AP)", "AP"),
        ("(CNN) — Divers were filmed.", "(CNN)", "CNN"),
        ("MOSKAU (dpa) – Die Brücke fiel.", "MOSKAU (dpa)", "dpa"),
        ("Oslo: The town has a new port.", "Oslo:", None),
        ("(서울=연합뉴스) 홍길순 기자 = 다리가 무너졌다.", "(서울=연합뉴스) 홍길순 기자", "연합뉴스"),
        ("[서울=뉴시스] 다리가 무너졌다.", "[서울=뉴시스]", "뉴시스"),
        ("【ミナト＝潮風通信】橋が崩れた。", "【ミナト＝潮風通信】", "潮風通信"),
        ("（港湾5日电）大桥倒塌。", "（港湾5日电）", None),
        ("Villahonda (Bolivia), 10 abr (Altiplano).- Cayó la torre.", "Villahonda (Bolivia), 10 abr (Altiplano).", "Altiplano"),
        ("VILLAHONDA. Muchos vecinos miraban.", "VILLAHONDA.", None),
        ("МОСКВА, 5 мар — РИА Новости. Мост обрушился.", "МОСКВА, 5 мар — РИА Новости.", "РИА Новости"),
    ],
)
def test_datelines_give_place_and_agency(line: str, text: str, tag: str | None) -> None:
    """Place, date and agency before the first words are the dateline, in the forms of many agencies."""
    found = dateline(line)
    assert found is not None
    assert (found.text, found.tag) == (text, tag)


@pytest.mark.parametrize(
    "line",
    [
        "PHOTOS: The couple arrived in style.",
        "BREAKING: The bridge fell.",
        "Mayor: The bridge will be rebuilt.",
        "[새벽통신]에 따르면 다리가 무너졌다.",
        "가람시 산하 센터(SAEBYEOK)가 공개했다.",
        "Государственное агентство новостей (ГАН) сообщило об этом.",
        "The Bridge Office (TBO) said so.",
    ],
)
def test_labels_and_acronyms_are_no_datelines(line: str) -> None:
    """A word before a colon that names no place, and an acronym behind a name, begin a sentence."""
    assert dateline(line) is None


def test_only_organisations_are_named_from_bylines() -> None:
    """An acronym or a known agency is an organisation; two names are a person."""
    assert organisation("By NWP") == "NWP"
    assert organisation("By Reuters") == "Reuters"
    assert organisation("By Ana Ruiz") is None


def test_the_headline_is_the_first_title_and_not_the_section() -> None:
    """A short first line names the section when a title follows; a first line with a full stop is no title."""
    rows = lines("World\nBridge falls in the old harbour of Vell\nThe bridge fell at noon.\n")
    assert headline(rows, [0, 1, 2]) == 1
    rows = lines("The bridge fell at noon.\nNobody was hurt.\n")
    assert headline(rows, [0, 1]) is None
    assert headline(lines("Only one line"), [0]) is None


@pytest.mark.parametrize(
    "line",
    ["spot_imgspot_img", "Leave a Reply", "Latest Posts", "CLICK HERE TO READ MORE FROM THE VELL POST", "기사 이미지 확대 보기", "닫기", "Поделиться", "シェア",
     "分享到", "Kommentar schreiben", "Deja un comentario", "Udostępnij0 Tweetnij0", "12.3K views", "3 comments", "* * *", "[/caption]",
     '[caption id="attachment_1" width="640"]', "→ Читайте также: погода", "Copyright © 2025 Vell Post"],
)  # fmt: skip
def test_interface_words_are_chrome(line: str) -> None:
    """Buttons, counters, placeholders and shortcodes are the template's words."""
    assert is_junk(line)


@pytest.mark.parametrize(
    "line",
    ["He asked readers to share the picture with friends.", "44.326859, 131.668647", "2025-03-05 14:20", "Search teams found the car on Monday.",
     "Published in 2019, the report warned of the pier and of the deck.", "Close to the bridge"],
)  # fmt: skip
def test_text_is_not_chrome(line: str) -> None:
    """A sentence that begins with an interface word, coordinates and dates are text."""
    assert not is_junk(line)


def test_links_under_a_related_heading_are_chrome_until_the_text_goes_on() -> None:
    """The list of other stories ends where a sentence stands."""
    rows = lines(
        "A title of a story\nThe first line.\nThe second line.\nYou May Also Like\nSeven Places\nTen Bridges\nThe story goes on.\n"
    )
    assert junk(rows) == {3, 4, 5}


def test_what_stood_before_word_for_word_is_told() -> None:
    """A line repeated further down is counted once; short lines may recur."""
    rows = lines("The quay of the old harbour at dusk.\nYes.\nThe quay of the old harbour at dusk.\nYes.\n")
    assert repeated(rows) == {2}
    assert excerpt(lines("Nothing of this recurs below, I am sure. And this is cut […]\nOther words.\n")) == {}


def test_sentences_survive_abbreviations() -> None:
    """Initials, months and dotted words do not end a sentence; stops of other scripts do."""
    text = "Ted S. Warren came on Oct. 4 to the U.S. embassy. He left!"
    assert [text[a:b] for a, b in sentences(text)] == ["Ted S. Warren came on Oct. 4 to the U.S. embassy.", "He left!"]
    assert len(sentences("橋が崩れた。市が発表した。")) == 2
    assert ends_sentence("पुल गिर गया।")
    assert not ends_sentence("Bridge falls")
