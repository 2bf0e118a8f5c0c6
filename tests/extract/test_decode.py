"""Bytes to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.extract.decode import REPLACEMENT, decode

KOREAN = "여객선이 항구를 떠나고 있다고 항만 당국이 밝혔다. "
RUSSIAN = "Паром покинул порт в понедельник утром, сообщили власти города. "


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (KOREAN, "euc-kr", "euc-kr"),
        (KOREAN, "cp949", "ks_c_5601-1987"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        ("Fähre für Ärzte – „heute“", "cp1252", "iso-8859-1"),
        ("港を出る船", "shift_jis", "Shift_JIS"),
        ("渡輪離港", "big5", "big5"),
        ("ferry – été", "utf-8", None),
    ],
)
def test_a_declared_encoding_is_used(text: str, encoding: str, declared: str | None) -> None:
    """What the server states decides, read by the label's meaning on the web."""
    assert (text, ()) == decode(text.encode(encoding), declared)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_goes_before_a_declaration(encoding: str) -> None:
    """The mark decides, and is no part of the text."""
    assert (RUSSIAN, ()) == decode(RUSSIAN.encode(encoding), "windows-1251")


def test_the_document_itself_may_declare() -> None:
    """A meta element is read when nobody else says, even behind the first kilobyte."""
    page = (
        "<html><head>" + "<!-- -->" * 200 + '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">' + RUSSIAN
    )
    assert (page, ()) == decode(page.encode("cp1251"))


@pytest.mark.parametrize(("text", "encoding"), [(KOREAN * 20, "euc-kr"), (RUSSIAN * 20, "cp1251"), ("ferry " * 20, "utf-16-le")])
def test_undeclared_bytes_are_detected(text: str, encoding: str) -> None:
    """Without any declaration, the bytes themselves tell."""
    assert text == decode(text.encode(encoding))[0]


def test_a_wrong_declaration_is_said() -> None:
    """Bytes that are not what was declared are read as what they are, with a warning."""
    text, warnings = decode(("<p>" + RUSSIAN * 10).encode("cp1251"), "utf-8")
    assert text == "<p>" + RUSSIAN * 10
    assert warnings == ("encoding: the bytes are not utf-8 as declared",)


def test_broken_bytes_are_shown_and_counted() -> None:
    """Nothing is dropped: what is no character becomes U+FFFD, and the warning counts it."""
    text, warnings = decode((RUSSIAN * 10).encode() + b"\xff\xfe" + RUSSIAN.encode())
    assert text.count(REPLACEMENT) == 2
    assert warnings == ("encoding: 2 places are no valid utf-8 and are shown as U+FFFD",)


@pytest.mark.parametrize("declared", ["", "no-such-thing", "idna", "hex", "rot13", "undefined", "utf-7\0"])
def test_a_senseless_declaration_is_passed_over(declared: str) -> None:
    """A label that is no text encoding changes nothing."""
    assert decode(RUSSIAN.encode(), declared)[0] == RUSSIAN


@given(
    st.binary(max_size=300),
    st.sampled_from([None, "utf-8", "utf-16", "euc-kr", "big5", "gb2312", "x", "iso-2022-jp", "punycode"]),
)
def test_any_bytes_give_text(content: bytes, declared: str | None) -> None:
    """No bytes and no declaration raise."""
    text, warnings = decode(content, declared)
    assert isinstance(text, str)
    assert bool(warnings) >= (REPLACEMENT in text)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200).filter(
        lambda t: "charset" not in t and not t.startswith("\ufeff")
    )
)
def test_utf8_round_trips(text: str) -> None:
    """Valid UTF-8 that says so comes back as it was."""
    assert decode(text.encode(), "utf-8")[0] == text
