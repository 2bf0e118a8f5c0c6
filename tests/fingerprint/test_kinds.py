"""What bytes are is told from the bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import EmptySource, UnknownFormat
from provenance.fingerprint import fingerprint
from provenance.fingerprint.kinds import kind_of

HEADS = [
    (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "video/mp4"),
    (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "video/mp4"),
    (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "video/quicktime"),
    (b"\0\0\0\x20ftypmif1\0\0\0\0mif1heicmiaf", "image/heic"),
    (b"\0\0\0\x20ftypmif1\0\0\0\0mif1avifmiaf", "image/avif"),
    (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1", "image/avif"),
    (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", "video/webm"),
    (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska", "video/x-matroska"),
    (b"RIFF\x10\0\0\0AVI LIST", "video/x-msvideo"),
    (b"RIFF\x10\0\0\0WAVEfmt ", "audio/wav"),
    (b"OggS\0\x02" + b"\0" * 22 + b"\x80theora", "video/ogg"),
    (b"OggS\0\x02" + b"\0" * 22 + b"OpusHead", "audio/ogg"),
    ((b"G" + b"\xff" * 187) * 5, "video/mp2t"),
    (b"\0\0\1\xba!", "video/mpeg"),
    (b"FLV\1\5", "video/x-flv"),
    (b"8BPS\0\1", "image/vnd.adobe.photoshop"),
    (b"\0\0\1\0\1\0", "image/vnd.microsoft.icon"),
    (b"%!PS-Adobe-3.0 EPSF", "application/postscript"),
    (b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
    (b"\xff\x0a\x00", "image/jxl"),
]


@pytest.mark.parametrize(("head", "media_type"), HEADS, ids=[m for _, m in HEADS])
def test_known_but_not_decoded(head, media_type):
    """A format that is known and not decoded is an asset that says why it has no fingerprints."""
    asset = fingerprint(head)
    assert asset.media_type == media_type
    assert asset.fingerprints == ()
    assert asset.not_hashable
    assert asset.size == len(head)


def test_without_the_extra_a_video_says_that_its_frames_are_not_read(monkeypatch):
    """A video is no failure, and what is missing is named."""
    monkeypatch.setattr("provenance.fingerprint.video.find_spec", lambda _: None)
    assert "pip install 'provenance-desk[video]'" in (fingerprint(HEADS[0][0]).not_hashable or "")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF"])
def test_decoded_formats(kind, scene, saved):
    """The formats that newsrooms meet are decoded, whatever a name or a server calls them."""
    asset = fingerprint(saved(scene(1), kind))
    assert asset.media_type == f"image/{kind.lower()}"
    assert (asset.width, asset.height) == (360, 270)
    assert [p.algorithm for p in asset.fingerprints][:3] == ["pdq", "phash", "dhash"]


def test_no_bytes():
    """Nothing is an error of its own."""
    with pytest.raises(EmptySource):
        fingerprint(b"")


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><title>x</title>",
        b"BM is how this sentence begins, and it is no bitmap",
        b"%PDF-1.7",
        b"PK\3\4",
        b"plain words",
    ],
)
def test_what_is_no_picture(content):
    """Pages, documents, archives and words are refused with their first bytes and a remedy."""
    with pytest.raises(UnknownFormat, match="begin with") as caught:
        fingerprint(content)
    assert caught.value.remedy


@given(st.binary(min_size=1, max_size=64))
def test_any_bytes_have_a_kind_or_none(content):
    """Telling the kind never fails in another way."""
    try:
        kind = kind_of(content)
    except UnknownFormat:
        return
    assert bool(kind.decoder) != bool(kind.unread)
