"""Foreign text made harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.report.text import direction, is_link, language, shorten, terminal_safe, visible, width

ANY = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain, ключ, 사진, صورة", "plain, ключ, 사진, صورة"),
        ("\x1b[2J\x07", r"\x1b[2J\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("a\u202egpj.exe", "a<U+202E>gpj.exe"),
        ("\u2066a\u2069", "<U+2066>a<U+2069>"),
        ("one\r\n\ttwo\u2028three", "one two three"),
        ("\x00\x7f\ud800", r"\x00\x7f<U+D800>"),
        ("👩\u200d🚀 نمی\u200cخواهم", "👩\u200d🚀 نمی\u200cخواهم"),
    ],
)
def test_what_acts_is_shown(text: str, expected: str) -> None:
    """Controls and bidirectional marks are shown by number, line ends folded; letters and their joiners stay."""
    assert terminal_safe(text) == expected


@given(ANY)
def test_nothing_active_is_left_for_a_terminal(text: str) -> None:
    """Whatever comes in, one printable line comes out, and making it safe again changes nothing."""
    safe = terminal_safe(text)
    assert all(c == " " or c.isprintable() or ord(c) >= 0xA0 for c in safe)
    assert len(safe.splitlines()) <= 1
    assert terminal_safe(safe) == safe
    safe.encode("utf-8")


@given(ANY)
def test_visible_keeps_lines(text: str) -> None:
    """Outside a terminal tabs and line ends stay, everything else that acts is shown."""
    assert visible(text).count("\n") == text.count("\n")
    assert not {"\x1b", "\u202e", "\u2028"} & set(visible(text))


@given(st.text(max_size=80), st.integers(2, 40))
def test_a_shortened_text_fits(text: str, columns: int) -> None:
    """A text that fits stays whole; another is cut to fit and says so."""
    cut = shorten(text, columns)
    assert cut == text if width(text) <= columns else cut.endswith("…")
    assert width(cut) <= columns + 1


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://ledger.example/a?b=1&c=2", True),
        ("http://ledger.example", True),
        ("HTTPS://LEDGER.EXAMPLE/", True),
        ("https://marsa.example/أخبار/17", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//ledger.example", False),
        ("https://", False),
        ("https://bank.example@evil.example/", False),
        ("https://evil.example/\u202egpj", False),
        ('https://evil.example/" onclick="x', False),
        ("http://[broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_plain_web_addresses_are_links(address: str | None, expected: bool) -> None:  # noqa: FBT001 -- a table of cases
    """Http and https with a host and nothing that hides."""
    assert is_link(address) is expected


@pytest.mark.parametrize(
    ("tag", "expected"), [("ar", "ar"), ("zh-Hant-TW", "zh-Hant-TW"), ('x" y', None), ("", None), (None, None)]
)
def test_language_tags_are_checked(tag: str | None, expected: str | None) -> None:
    """Only what looks like a language tag becomes a lang attribute."""
    assert language(tag) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("حساب الصورة @ferry", "rtl"), ("@ferry שלום עולם", "rtl"), ("photo صورة here", "ltr"), ("12:30", "ltr")],
)
def test_direction_is_that_of_most_letters(text: str, expected: str) -> None:
    """A handle or number at the start does not turn a right-to-left sentence round."""
    assert direction(text) == expected
