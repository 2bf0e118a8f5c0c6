"""Plain borders around a picture."""

import numpy as np
import pytest
from PIL import ImageOps

from provenance.fingerprint import fingerprint
from provenance.fingerprint.borders import inside
from provenance.fingerprint.hashes import WITHOUT_BORDER

FRAMES = {
    "letterbox": ((0, 50, 0, 50), "black"),
    "pillars": ((80, 0, 80, 0), "black"),
    "white frame": ((20, 20, 20, 20), "white"),
    "polaroid": ((15, 15, 15, 80), "white"),
    "one bar": ((0, 0, 0, 60), (20, 40, 120)),
}


def _inner(asset):
    return {p.algorithm: p.value for p in asset.fingerprints if p.version.endswith(WITHOUT_BORDER)}


@pytest.mark.parametrize("frame", FRAMES)
def test_a_border_is_told_from_the_picture(frame, scene, saved):
    """A framed picture has a second set of fingerprints: those of the picture without its frame."""
    border, colour = FRAMES[frame]
    framed = fingerprint(saved(ImageOps.expand(scene(1), border, colour), "JPEG", quality=70))
    bare = {p.algorithm: p.value for p in fingerprint(saved(scene(1))).fingerprints if ";" not in p.version and p.bits <= 256}
    inner = _inner(framed)
    assert inner.keys() == bare.keys()
    assert (int(inner["pdq"], 16) ^ int(bare["pdq"], 16)).bit_count() <= 31
    assert (int(inner["phash"], 16) ^ int(bare["phash"], 16)).bit_count() <= 4


def test_width_and_height_are_the_file_s(scene, saved):
    """The border stays part of the picture's size."""
    asset = fingerprint(saved(ImageOps.expand(scene(1), (80, 0, 80, 0), "black")))
    assert (asset.width, asset.height) == (520, 270)


def test_a_picture_to_the_edge_has_no_border(scene, saved):
    """Without a border there is one set."""
    assert _inner(fingerprint(saved(scene(1)))) == {}


@pytest.mark.parametrize("thickness", [1, 2])
def test_a_hairline_is_no_border(thickness, scene, saved):
    """A line around a picture changes too little to count."""
    assert _inner(fingerprint(saved(ImageOps.expand(scene(1), thickness, "black")))) == {}


def test_a_stamp_on_a_sheet_is_no_framed_picture():
    """Where nearly all is border, it is the sheet that was published, not the stamp."""
    sheet = np.full((400, 400), 255, dtype=np.float32)
    sheet[150:200, 150:200] = np.random.default_rng(1).integers(0, 255, (50, 50))
    assert inside(sheet) is None


def test_all_plain_has_no_inside():
    """A plain sheet has nothing inside."""
    assert inside(np.zeros((100, 100), dtype=np.float32)) is None


@pytest.mark.parametrize(("top", "left"), [(0, 60), (60, 0), (40, 30)])
def test_the_slices_are_exact(top, left):
    """The part inside begins and ends where the border does."""
    luma = np.zeros((300, 300), dtype=np.float32)
    luma[top : 300 - top, left : 300 - left] = np.random.default_rng(2).integers(0, 255, (300 - 2 * top, 300 - 2 * left))
    assert inside(luma) == (slice(top, 300 - top), slice(left, 300 - left))
