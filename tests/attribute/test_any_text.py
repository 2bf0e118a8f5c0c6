"""What holds for any text whatever."""

import dataclasses
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.attribute import read
from provenance.attribute.lexicon import languages, lexicon
from provenance.records import Document, Span
from tests.attribute.pages import page
from tests.growth import MOST, TIMES, growth

PIECES = [
    "A photo",
    " posted by ",
    "@quaywatch",
    " on X",
    " shows ",
    "the video",
    ", according to ",
    "Reuters",
    "said that ",
    "“",
    "”",
    ".",
    "\n",
    " Oct. 21",
    "the same day",
    " it said",
    "에 따르면",
    "텔레그램 계정",
    "사진",
    "に投稿された",
    "写真",
    "据",
    "报道",
    " laut ",
    " as reported by ",
    "The blogger noted ",
    "(",
    ")",
    ", ",
    "İ",
    "é",
]


def spans(value: object) -> Iterator[Span]:
    """Every span in a record."""
    if isinstance(value, Span):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from spans(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)


def check(document: Document) -> None:
    for span in spans(document):
        assert document.text[span.start : span.end] == span.text
    ids = [
        *(m.id for m in document.media),
        *(p.id for p in document.posts),
        *(c.id for c in document.citations),
        *(c.id for c in document.claims),
    ]
    assert len(ids) == len(set(ids))
    for citation in document.citations:
        assert set(citation.about) <= set(ids)


@given(st.text(max_size=300), st.sampled_from(languages()))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_with_exact_spans(text: str, language: str) -> None:
    """No text raises, and every span is the slice that it says."""
    check(read(page(text, language=language)))


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["en", "ko", "ja", "zh", "de", "ru"]))
@settings(max_examples=120, deadline=None)
def test_any_order_of_telling_words_is_read_with_exact_spans(pieces: list[str], language: str) -> None:
    """Cues, names and visuals in any order give sound records: ids are unique and lead to what is there."""
    check(read(page("".join(pieces), language=language, published="2031-10-23")))


@pytest.mark.parametrize("piece", ["a", " ", '"', "@a ", "X said ", "a photo showing X of Y. "])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_long_hostile_texts_take_time_in_proportion(piece: str, language: str) -> None:
    """Four times the characters of one thing take about four times the work."""
    small, large = (page(piece * (length // len(piece)), language=language) for length in (20_000 // TIMES, 20_000))
    assert growth(read, small, large) < MOST


@pytest.mark.parametrize("language", languages())
def test_every_language_file_compiles_and_finds_its_own_words(language: str) -> None:
    """Each word list of each language makes a pattern that meets its own first plain phrase."""
    lex = lexicon(language)
    assert lex.language == language
    assert lex.cues
    for table in ("visuals", "hedges"):
        for key, words in lex.words[table].items():
            plain = next((w for w in words if not set(w) & set("[]|{}…")), None)
            if plain:
                assert lex.pattern(table, key).search(plain), (table, key)
