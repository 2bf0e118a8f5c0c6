"""Hostile and odd pictures: every one is read, or says why not; none is anything else."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from provenance.errors import SourceError
from provenance.fingerprint import fingerprint, thumbnail

SIDEWAYS = {5, 6, 7, 8}
UNDO = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _png_of_zeros(width: int, height: int) -> bytes:
    """A grey PNG that is small on disk, whatever it says of its size."""
    squeeze = zlib.compressobj(1)
    data = b"".join(squeeze.compress(bytes(width + 1)) for _ in range(height)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _exif(**tags) -> bytes:
    exif = Image.Exif()
    exif.update({{"orientation": 0x0112}[name]: value for name, value in tags.items()})
    return exif.tobytes()


def test_truncated_jpeg(scene, saved):
    """Half a picture is never hashed as a whole one; what its header says is kept."""
    content = saved(scene(1), "JPEG")
    asset = fingerprint(content[: len(content) // 2])
    assert asset.fingerprints == ()
    assert "truncated" in (asset.not_hashable or "")
    assert (asset.media_type, asset.width, asset.height) == ("image/jpeg", 360, 270)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF"])
def test_truncated_others(kind, scene, saved):
    """A picture cut off in the middle has no fingerprints and says why, in every format."""
    content = saved(scene(1), kind)
    asset = fingerprint(content[: len(content) // 2])
    assert asset.fingerprints == ()
    assert asset.not_hashable


def test_header_only():
    """A known type of which nothing more can be read is still an asset."""
    asset = fingerprint(b"\xff\xd8\xff\xe0 not a picture at all")
    assert asset.media_type == "image/jpeg"
    assert (asset.not_hashable or "").startswith("broken image/jpeg: ")


def test_two_hundred_megapixels():
    """Too many pixels are refused by the header alone; the size is named and kept."""
    asset = fingerprint(_png_of_zeros(20_000, 10_000))
    assert "20000 × 10000 = 200.0 megapixels" in (asset.not_hashable or "")
    assert (asset.width, asset.height) == (20_000, 10_000)


@pytest.mark.parametrize(("width", "height"), [(30_001, 40), (40, 30_001)])
def test_long_sides(width, height):
    """So are sides that are too long, few pixels or not."""
    assert "over the limit" in (fingerprint(_png_of_zeros(width, height)).not_hashable or "")


def test_webp_canvas_is_read_before_its_decoder_is_opened():
    """A WebP that announces a huge canvas is refused before any memory is taken for it."""
    side = (16_383).to_bytes(3, "little")
    body = b"WEBPVP8X" + (10).to_bytes(4, "little") + b"\x02\0\0\0" + side + side
    asset = fingerprint(b"RIFF" + len(body).to_bytes(4, "little") + body)
    assert "16384 × 16384" in (asset.not_hashable or "")


def test_jpeg_of_many_scans(scene, saved):
    """A progressive JPEG with hundreds of scans is refused for the work that it is."""
    content = saved(scene(1).resize((1600, 1200), Image.Resampling.NEAREST), "JPEG", progressive=True)
    last = content.rindex(b"\xff\xda")
    assert fingerprint(content).fingerprints
    bomb = content[:last] + content[last:-2] * 900 + content[-2:]
    assert "scans" in (fingerprint(bomb).not_hashable or "")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation(orientation, scene, saved, apart):
    """The picture is hashed as it is shown, whichever way its samples lie; so are width and height."""
    upright = scene(4)
    lying = upright.transpose(UNDO[orientation]) if orientation in UNDO else upright
    asset = fingerprint(saved(lying, "JPEG", quality=95, exif=_exif(orientation=orientation)))
    assert (asset.width, asset.height) == upright.size
    assert max(apart(fingerprint(saved(upright)), asset).values()) <= 4
    assert Image.open(io.BytesIO(thumbnail(saved(lying, exif=_exif(orientation=orientation)), 100))).size == (100, 75)


def test_broken_exif_costs_nothing_but_itself(scene, saved):
    """EXIF that cannot be read is a finding; the picture is read as it lies."""
    asset = fingerprint(saved(scene(1), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff garbage"))
    assert {"pdq", "phash", "dhash"} <= {p.algorithm for p in asset.fingerprints}
    assert asset.not_hashable is None


def _sixteen_bits(picture):
    grey = picture.convert("L")
    return Image.frombytes("I;16", grey.size, b"".join(bytes((0, level)) for level in grey.tobytes()))


TWINS = {
    "palette": (lambda im: im.quantize(256), "PNG"),
    "palette with transparency": (lambda im: im.quantize(256), "GIF"),
    "grey": (lambda im: im.convert("L"), "PNG"),
    "grey and alpha": (lambda im: im.convert("LA"), "PNG"),
    "RGBA": (lambda im: im.convert("RGBA"), "PNG"),
    "RGBA in WebP": (lambda im: im.convert("RGBA"), "WEBP"),
    "CMYK": (lambda im: im.convert("CMYK"), "JPEG"),
    "CMYK in TIFF": (lambda im: im.convert("CMYK"), "TIFF"),
    "YCbCr": (lambda im: im.convert("YCbCr"), "TIFF"),
    "16 bits": (_sixteen_bits, "PNG"),
    "16 bits in TIFF": (_sixteen_bits, "TIFF"),
    "32 bits": (lambda im: _sixteen_bits(im).convert("I"), "TIFF"),
}


@pytest.mark.parametrize("mode", TWINS)
def test_modes_hash_like_their_twin(mode, scene, saved, apart):
    """However its samples are kept, a picture hashes like its 8-bit RGB twin."""
    turn, kind = TWINS[mode]
    asset = fingerprint(saved(turn(scene(6)), kind))
    bits = apart(fingerprint(saved(scene(6))), asset)
    assert bits["pdq"] <= 16
    assert max(bits["phash"], bits["dhash"]) <= 6


def test_lab_hashes_like_its_twin(scene, saved, apart):
    """LAB goes through colour management."""
    from PIL import ImageCms

    lab = ImageCms.profileToProfile(scene(6), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB")
    bits = apart(fingerprint(saved(scene(6))), fingerprint(saved(lab, "TIFF")))
    assert max(bits.values()) <= 8


def test_floating_point_says_why_not(scene, saved):
    """Samples without a fixed white have no look to hash."""
    asset = fingerprint(saved(scene(6).convert("F"), "TIFF"))
    assert "floating-point" in (asset.not_hashable or "")


def test_wide_integers_say_why_not(saved):
    """So have 32-bit integers that do not fit in 16 bits."""
    wide = Image.linear_gradient("L").convert("I").point(lambda level: level * 1000.0)
    assert "32-bit samples" in (fingerprint(saved(wide, "TIFF")).not_hashable or "")


def test_transparency_is_shown_on_white(scene, saved, apart):
    """What is transparent hashes as white, whatever colour lies hidden in it."""
    hidden = scene(8).convert("RGBA")
    hidden.paste((255, 0, 0, 0), (0, 0, 180, 270))
    shown = scene(8)
    shown.paste("white", (0, 0, 180, 270))
    assert max(apart(fingerprint(saved(shown)), fingerprint(saved(hidden))).values()) == 0


def test_pages(scene, saved, apart):
    """Of a TIFF of several pages the first is hashed, and it is said how many there are."""
    asset = fingerprint(saved(scene(1), "TIFF", save_all=True, append_images=[scene(2), scene(3)]))
    assert "first of 3 pages read" in asset.findings
    assert apart(fingerprint(saved(scene(1))), asset)["pdq"] <= 20


def test_a_broken_second_page_costs_no_first(scene, saved):
    """A TIFF whose second page has no width gives its first, and it is said that the rest is broken."""
    content = bytearray(saved(scene(1), "TIFF", save_all=True, append_images=[scene(2)]))
    first = int.from_bytes(content[4:8], "little")
    behind = first + 2 + 12 * int.from_bytes(content[first : first + 2], "little")
    second = int.from_bytes(content[behind : behind + 4], "little")
    assert int.from_bytes(content[second + 2 : second + 4], "little") == 256
    content[second + 2 : second + 4] = (250).to_bytes(2, "little")
    asset = fingerprint(bytes(content))
    assert "first page read; what follows it is broken" in asset.findings
    assert asset.fingerprints


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "AVIF"])
def test_what_follows_the_picture(kind, scene, saved):
    """Bytes behind the picture are a finding with their number and kind; a picture without them has none."""
    content = saved(scene(1), kind)
    assert fingerprint(content).findings == ()
    hidden = fingerprint(content + b"PK\x03\x04 and so on")
    assert hidden.findings == ("14 bytes follow the end of the picture (a ZIP archive)",)
    assert {"pdq", "phash", "dhash"} <= {p.algorithm for p in hidden.fingerprints}


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (b"%PDF-1.7", "a PDF document"),
        (b"  <SCRIPT>alert(1)</SCRIPT>", "a web page or script"),
        (b"\xff\xd8\xff\xe0 again", "another JPEG"),
        (b"x" * 90_000 + b"PK\x05\x06" + bytes(18), "a ZIP archive"),
        (b"MZ\x90\0", "a Windows program"),
        (b"just some words", "15 bytes follow the end of the picture"),
    ],
)
def test_polyglots(rest, words, scene, saved):
    """What hides behind a picture is named where its sign is known."""
    (finding,) = fingerprint(saved(scene(1), "JPEG") + rest).findings
    assert words in finding


def test_padding_is_no_finding(scene, saved):
    """Zeros and line ends behind a picture are nobody's message."""
    assert fingerprint(saved(scene(1), "JPEG") + b"\0\0\r\n").findings == ()


def test_text_bomb_does_not_hide_the_pixels(scene, saved, apart):
    """A PNG whose texts unpack to far too much is read without them, and says so."""
    clean = saved(scene(1))
    bomb = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80_000_000)))
    asset = fingerprint(clean[:33] + bomb + clean[33:])
    assert apart(fingerprint(clean), asset)["pdq"] == 0
    assert any("refused" in finding for finding in asset.findings)


def test_small_texts_stay(scene, saved):
    """Ordinary texts in a PNG are no finding."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Title", "The old port")
    assert fingerprint(saved(scene(1), pnginfo=texts)).findings == ()


def test_large_pictures_hash_like_small_ones(scene, saved, apart):
    """Bringing a large picture down before hashing moves few bits."""
    large = scene(9).resize((2880, 2160), Image.Resampling.BILINEAR)
    small = large.resize((960, 720), Image.Resampling.BOX)
    bits = apart(fingerprint(saved(large, "JPEG", quality=95)), fingerprint(saved(small)))
    assert bits["pdq"] <= 16
    assert max(bits["phash"], bits["dhash"]) <= 3


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_damaged_bytes_never_escape(data, saved):
    """Flipped and cut bytes give an asset or an error of ours, in every format."""
    kind = data.draw(st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "BMP", "AVIF"]))
    content = bytearray(saved(Image.radial_gradient("L").resize((64, 48)).convert("RGB"), kind))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    try:
        asset = fingerprint(bytes(content[:cut] if data.draw(st.booleans()) else content))
    except SourceError:
        return
    assert bool(asset.fingerprints) != bool(asset.not_hashable)
