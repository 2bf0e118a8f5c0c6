"""The fast hash: an algorithm of its own, from scaled greys, with the same refusals as the careful one."""

from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from provenance import fingerprint, match
from provenance.errors import UnknownFormat, UsageError
from provenance.records import Asset

Scene = Callable[..., Image.Image]
Saved = Callable[..., bytes]


def bits(left: Asset, right: Asset) -> int:
    ours, theirs = (asset.fingerprints[0].value for asset in (left, right))
    return (int(ours, 16) ^ int(theirs, 16)).bit_count()


def large(scene: Scene, saved: Saved, seed: int = 1, **options: Any) -> bytes:
    return saved(scene(seed, (1280, 960)), "JPEG", quality=90, **options)


def test_it_is_an_algorithm_of_its_own(scene: Scene, saved: Saved) -> None:
    """Its name differs from PDQ's, so that no rule for PDQ is ever held against it."""
    content = large(scene, saved)
    made = fingerprint.fast(content)
    assert ["pdq-fast"] == [p.algorithm for p in made.fingerprints]
    assert (1280, 960) == (made.width, made.height)
    assert match.compare(made, fingerprint.fingerprint(large(scene, saved, 1, progressive=True))) is None
    with pytest.raises(UsageError):
        match.by_hash("pdq-fast", made.fingerprints[0].value, made)


def test_copies_are_near_and_others_are_far(scene: Scene, saved: Saved) -> None:
    """A recompressed and a smaller copy differ in few bits, another picture in about half of them."""
    whole = fingerprint.fast(large(scene, saved))
    small = fingerprint.fast(saved(scene(1, (1280, 960)).resize((640, 480)), "JPEG", quality=50))
    assert bits(whole, small) <= 20
    assert 80 < bits(whole, fingerprint.fast(large(scene, saved, 2)))


def test_it_is_near_the_reference(scene: Scene, saved: Saved) -> None:
    """It reads what PDQ reads, only coarser."""
    for seed in range(1, 5):
        content = large(scene, saved, seed)
        careful = next(p for p in fingerprint.fingerprint(content).fingerprints if p.algorithm == "pdq")
        assert (int(careful.value, 16) ^ int(fingerprint.fast(content).fingerprints[0].value, 16)).bit_count() <= 31


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_read_upright(scene: Scene, saved: Saved, orientation: int) -> None:
    """Both ways of decoding turn it by its EXIF orientation, and tell its size as shown."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = large(scene, saved, exif=exif)
    quick = fingerprint.fast(content)
    careful = fingerprint.fast(large(scene, saved, exif=exif, progressive=True))
    assert (careful.width, careful.height) == (quick.width, quick.height)
    assert bits(quick, careful) <= 24
    assert quick.fingerprints[0].decoder.startswith("opencv")
    assert careful.fingerprints[0].decoder.startswith("pillow")


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_other_formats_are_read_as_carefully_as_ever(scene: Scene, saved: Saved, kind: str) -> None:
    """What is no plain JPEG is decoded in the same way as for the other hashes."""
    assert bits(fingerprint.fast(saved(scene(1, (1280, 960)), kind)), fingerprint.fast(large(scene, saved))) <= 24


def test_cmyk_and_grey_jpegs_are_read(scene: Scene, saved: Saved) -> None:
    """One component or four: the hash is that of the picture."""
    whole = fingerprint.fast(large(scene, saved))
    for mode in ("L", "CMYK"):
        assert bits(whole, fingerprint.fast(saved(scene(1, (1280, 960)).convert(mode), "JPEG", quality=90))) <= 24


def test_what_means_nothing_is_refused_with_a_reason(saved: Saved) -> None:
    """Flat, tiny, cut off, too large: no hash, and why."""
    flat = fingerprint.fast(saved(Image.new("RGB", (1280, 960), "navy"), "JPEG"))
    assert (flat.fingerprints, "too little detail" in (flat.not_hashable or "")) == ((), True)
    tiny = fingerprint.fast(saved(Image.new("RGB", (20, 20), "navy"), "JPEG"))
    assert "too small" in (tiny.not_hashable or "")
    with pytest.raises(UnknownFormat):
        fingerprint.fast(b"no picture at all")


def test_a_jpeg_cut_off_is_refused(scene: Scene, saved: Saved) -> None:
    """Half a picture has no hash that would pass for that of the whole."""
    content = large(scene, saved)
    cut = fingerprint.fast(content[: len(content) // 2])
    assert (cut.fingerprints, bool(cut.not_hashable)) == ((), True)


def test_a_header_that_lies_is_refused(scene: Scene, saved: Saved) -> None:
    """A size over the limit is told before anything is decoded."""
    content = bytearray(large(scene, saved))
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = b"\xff\xff\xff\xff"
    assert "megapixels" in (fingerprint.fast(bytes(content)).not_hashable or "")
