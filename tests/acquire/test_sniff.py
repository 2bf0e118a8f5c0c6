"""What bytes are."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.acquire.sniff import DOCUMENTS, JSON, TEXT, UNKNOWN, _brands, _marks, sniff

KNOWN = {
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "image/png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "image/gif": b"GIF87a\x01\x00",
    "image/webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "image/tiff": b"MM\x00*\x00\x00\x00\x08",
    "image/bmp": b"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36",
    "image/avif": b"\x00\x00\x00\x20ftypavif\x00\x00\x00\x00avifmif1",
    "image/heif": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    "video/mp4": b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41",
    "video/quicktime": b"\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00qt  ",
    "video/webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7",
    "text/html": b"\n <!-- saved --> <!DOCTYPE html><title>x</title>",
    "application/json": b'{"messages": []}',
    "image/svg+xml": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "image/jxl": b"\xff\x0a\xfa\x1f\x41",
    "video/x-msvideo": b"RIFF\x24\x00\x00\x00AVI LIST",
    "text/plain": b"Smoke over the mill, the ferryman said.",
}


@pytest.mark.parametrize(("media_type", "content"), KNOWN.items(), ids=KNOWN)
def test_each_kind_is_known_by_its_first_bytes(media_type: str, content: bytes) -> None:
    """The bytes alone tell the media type, and all of these are read."""
    kind = sniff(content)
    assert (media_type, True) == (kind.media_type, kind.readable)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x7fELF\x02\x01\x01", "program"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"WARC/1.1\r\n", "WARC"),
        (b"<?xml version='1.0'?><feed/>", "XML"),
        (bytes(range(256)) * 4, "binary"),
    ],
)
def test_what_is_not_read_is_named(content: bytes, word: str) -> None:
    """Bytes that are not taken in are told apart by a name that a person knows."""
    kind = sniff(content)
    assert not kind.readable
    assert word in kind.name


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1251", "iso8859-5"],
)
def test_a_text_is_a_text_in_every_encoding(encoding: str) -> None:
    """Neither legacy encodings nor UTF-16 without a mark make a text binary."""
    assert sniff(("On the pier, she said: 'Дым над мельницей'. " * 5).encode(encoding)).media_type == TEXT


@pytest.mark.parametrize("encoding", ["euc-kr", "shift_jis", "iso2022_jp", "iso2022_kr", "gb18030", "big5"])
def test_a_text_of_east_asia_is_a_text(encoding: str) -> None:
    """Two-byte encodings are texts too, with their escapes."""
    words = "방앗간에 불이 났다" if encoding == "euc-kr" else "火事"
    assert sniff((words * 20).encode(encoding)).media_type == TEXT


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_page_is_a_page_in_every_encoding(encoding: str) -> None:
    """The first tag is found behind a byte order mark and between NULs."""
    assert sniff("<!DOCTYPE html><html><head><title>Feu</title></head></html>".encode(encoding)).media_type == "text/html"


def test_a_stray_control_character_does_not_spoil_a_page() -> None:
    """A page with a few broken bytes is still a page."""
    assert (
        sniff(b"<html><body>" + b"text \x00 and so much more, \x01 and more " * 20 + b"</body></html>").media_type == "text/html"
    )


def test_text_that_speaks_of_tags_later_is_text() -> None:
    """Only what stands at the start makes a page."""
    assert sniff(b"He wrote <html> on the wall.").media_type == TEXT


def test_a_list_in_brackets_is_no_json() -> None:
    """An article may begin with a bracket."""
    assert sniff(b"[Photo: Orrin Mill Watch]\nA mill burns.").media_type == TEXT
    assert sniff(b'[{"id": 1}]').media_type == JSON


@given(st.binary(max_size=300))
def test_any_bytes_have_a_kind(content: bytes) -> None:
    """No bytes break the look at them, and what is readable is on the list."""
    kind = sniff(content)
    assert kind.readable == (kind.media_type in DOCUMENTS or kind.media_type.split("/")[0] in {"image", "video"})
    assert kind.name


@given(st.lists(st.integers(1, 255).map(lambda n: bytes([n, 0, 0, 0])), min_size=16, max_size=80).map(b"".join))
def test_a_table_of_numbers_is_no_text(content: bytes) -> None:
    """NULs make a wide text only where they take turns with characters."""
    assert sniff(b"\x01" + content).media_type == UNKNOWN


@pytest.mark.shared
def test_legacy_encodings_of_the_wild_are_texts(shared: Path) -> None:
    """Nine in ten files of a set of odd encodings are taken for text, page or XML, not for noise."""
    files = sorted((shared / "badinputs" / "enc_chardet").iterdir())
    textual = [path for path in files if sniff(path.read_bytes()).media_type != UNKNOWN]
    assert len(textual) >= 0.9 * len(files)


def test_the_signature_table_is_sound() -> None:
    """Every entry has a name and a mark, none hides behind an earlier one, and brands have four characters."""
    marks = _marks()
    assert all(mark.kind.name and "/" in mark.kind.media_type for mark in marks)
    assert all(len(mark) >= 2 for entry in marks for _, mark in entry.places)
    for number, mark in enumerate(marks):
        sample = bytearray(600)
        for at, bytes_ in mark.places:
            sample[at : at + len(bytes_)] = bytes_
        assert number == next(n for n, other in enumerate(marks) if other.fits(bytes(sample)))
    assert all(len(brand) == 4 for brand in _brands())
