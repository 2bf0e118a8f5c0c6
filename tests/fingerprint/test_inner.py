"""Pictures within a picture."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from provenance.fingerprint.inner import inner, straightened


def _within(picture, box):
    """Whether one of the finds is, but for a twentieth, the box that was drawn."""
    wanted = np.array(box, float) / (*picture.size, *picture.size)
    found = [(*corners.min(axis=0), *corners.max(axis=0)) for corners in inner(picture, picture.size)]
    return any(np.abs(np.array(each) - wanted).max() < 0.05 for each in found)


@pytest.fixture
def photo():
    """Noise in blotches: nothing in it is straight."""
    rng = np.random.default_rng(5)
    blotches = Image.fromarray(rng.integers(0, 256, (60, 80, 3), dtype=np.uint8)).resize((400, 300), Image.Resampling.BICUBIC)
    return blotches.filter(ImageFilter.GaussianBlur(1))


def test_a_plain_picture_has_none(photo):
    """Nothing is found where there is nothing."""
    assert inner(photo, photo.size) == []


def test_a_picture_in_a_bubble_on_a_wallpaper(photo):
    """As a messenger shows it."""
    out = Image.new("RGB", (500, 900), (200, 221, 180))
    ImageDraw.Draw(out).rounded_rectangle((20, 100, 450, 560), 12, fill="white")
    out.paste(photo, (35, 120))
    assert _within(out, (35, 120, 435, 420))


@pytest.mark.parametrize("corner", [(12, 12), (408, 12), (12, 318), (408, 318)])
@pytest.mark.parametrize("line", [1, 3])
def test_an_inset_near_a_corner(photo, corner, line):
    """A picture laid on another with a margin, in a thin or a thick white line."""
    turned = photo.resize((1200, 900)).rotate(21, Image.Resampling.BICUBIC)
    host, other = turned.crop((240, 180, 960, 720)), turned.crop((420, 330, 720, 540))
    host.paste(ImageOps.expand(other.resize((300 - 2 * line, 210 - 2 * line)), line, "white"), corner)
    assert _within(host, (*corner, corner[0] + 300, corner[1] + 210))


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (200, 3), (10, 10), (32, 400)])
def test_small_and_thin_pictures_are_read(size):
    """Where nothing has room, what is found lies in the picture all the same."""
    samples = np.random.default_rng(2).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    assert all((0 <= corners).all() and (corners <= 1).all() for corners in inner(Image.fromarray(samples), size))


def test_both_tiles_of_a_collage(photo):
    """With a gap between them."""
    out = Image.new("RGB", (820, 300), "white")
    out.paste(photo, (0, 0))
    out.paste(ImageOps.mirror(photo), (420, 0))
    assert _within(out, (0, 0, 400, 300))
    assert _within(out, (420, 0, 820, 300))


def test_a_sharp_picture_on_a_blurred_fill(photo):
    """The blurred copy around it is no part of it."""
    out = ImageOps.fit(photo, (400, 700)).filter(ImageFilter.GaussianBlur(25))
    out.paste(photo, (0, 200))
    assert _within(out, (0, 200, 400, 500))


def test_a_screen_at_an_angle_is_straightened(photo):
    """Four corners that are no box: what is in them is seen from the front again."""
    screen = ImageOps.expand(photo, 16, (18, 18, 20))
    corners, places = [(60, 40), (510, 70), (490, 400), (80, 420)], ((0, 0), (432, 0), (432, 332), (0, 332))
    rows = [[*c, 1, 0, 0, 0, -s[0] * c[0], -s[0] * c[1]] for c, s in zip(corners, places, strict=True)]
    rows += [[0, 0, 0, *c, 1, -s[1] * c[0], -s[1] * c[1]] for c, s in zip(corners, places, strict=True)]
    factors = np.linalg.solve(np.array(rows, float), np.array([0, 432, 432, 0, 0, 0, 332, 332], float))
    shot = screen.transform((560, 460), Image.Transform.PERSPECTIVE, factors.tolist(), fillcolor=(150, 140, 130))
    fronts = [straightened(shot, found).resize(photo.size) for found in inner(shot, shot.size)]
    samples = [np.asarray(each, float)[20:-20, 20:-20] for each in (photo, *fronts)]
    assert min(np.abs(front - samples[0]).mean() for front in samples[1:]) < 30  # a box around it, not straightened, is 58 away
