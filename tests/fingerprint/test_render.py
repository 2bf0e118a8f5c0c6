"""Pictures that we render ourselves from received ones."""

import io

import pytest
from PIL import Image, ImageChops

from provenance.errors import EmptySource, NotDecodable, TooLarge, UnknownFormat
from provenance.fingerprint import fingerprint, side_by_side, thumbnail, veil


def _opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png), formats=["PNG"])
    image.load()
    return image


def test_thumbnail_fits_and_keeps_its_shape(scene, saved):
    """No side is longer than asked, and the shape stays."""
    assert _opened(thumbnail(saved(scene(1)), 120)).size == (120, 90)
    assert _opened(thumbnail(saved(scene(1, (100, 1600))), 320)).size == (20, 320)


def test_thumbnail_never_enlarges(scene, saved):
    """A small picture stays as small as it is."""
    assert _opened(thumbnail(saved(scene(1, (64, 48))))).size == (64, 48)


def test_thumbnail_carries_nothing_of_the_file(scene, saved):
    """Metadata, profiles and bytes behind the picture are gone."""
    exif = Image.Exif()
    exif[0x013B] = "A. Photographer"
    png = thumbnail(saved(scene(1), "JPEG", exif=exif, comment=b"secret", icc_profile=b"x" * 200) + b"<script>")
    assert _opened(png).info == {}
    assert b"Photographer" not in png
    assert b"secret" not in png
    assert b"script" not in png


def test_thumbnail_looks_like_the_picture(scene, saved, apart):
    """It hashes like the picture that it is of."""
    content = saved(scene(3))
    assert max(apart(fingerprint(content), fingerprint(thumbnail(content))).values()) <= 31


def test_side_by_side_has_one_height(scene, saved):
    """Both pictures stand beside each other at the same height, with a gap."""
    sheet = _opened(side_by_side(saved(scene(1, (400, 200))), saved(scene(2, (300, 600))), height=100))
    assert sheet.size == (200 + 8 + 50, 100)
    assert sheet.getpixel((203, 50)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptySource),
        (b"plain words", UnknownFormat),
        (b"\xff\xd8\xff\xe0 no picture", NotDecodable),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", NotDecodable),
    ],
)
def test_what_cannot_be_shown(content, error):
    """Bytes that cannot be shown are an error of ours that says why."""
    with pytest.raises(error):
        thumbnail(content)


def test_too_large_to_show():
    """So is a picture over the limit on pixels."""
    side = (16_383).to_bytes(3, "little")
    with pytest.raises(TooLarge):
        thumbnail(b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0" + side + side)


def test_a_veil_shows_nothing_of_the_picture(scene, saved):
    """It has the thumbnail's size, and no more than 8 by 8 greys make it: what is drawn finely leaves no trace."""
    plain = scene(1)
    marked = plain.copy()
    for at in range(0, marked.width, 2):
        marked.paste((255, 255, 255), (at, 0, at + 1, marked.height))
    veils = [_opened(veil(saved(picture))) for picture in (scene(1), marked)]
    assert veils[0].size == _opened(thumbnail(saved(plain))).size
    assert all(red == green == blue for _, (red, green, blue) in veils[0].getcolors(1 << 20))
    small = veils[1].convert("L").resize((8, 6), Image.Resampling.BOX)
    again = small.resize(veils[1].size, Image.Resampling.BICUBIC)
    assert ImageChops.difference(again, veils[1].convert("L")).getextrema()[1] < 40
