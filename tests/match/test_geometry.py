"""Ways that are quicker give what the long way gives, to the last bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from provenance.fingerprint.sketch import sketch
from provenance.match import geometry, judge, overlap


def _drawn(picture: Image.Image):
    return sketch(picture, picture.size)


@pytest.fixture(scope="module")
def pairs(scene):
    """Sketches of a picture and of others made from it, and of another picture."""
    one = scene(1, (640, 480))
    other = scene(2, (640, 480))
    edits = (
        one.crop((40, 30, 600, 470)),
        ImageOps.mirror(one),
        one.rotate(4),
        ImageOps.mirror(one.crop((90, 60, 640, 480))),
        other,
    )
    half = Image.new("RGB", (1280, 480))
    half.paste(one)
    half.paste(ImageOps.mirror(one), (640, 0))
    return [(_drawn(one), _drawn(edit)) for edit in (*edits, half)]


def test_the_mirrored_pass_is_left_out_only_where_it_cannot_win(pairs):
    """What is placed is the better of both passes as if each had been made in full."""
    for left, right in [*pairs, *(pair[::-1] for pair in pairs)]:
        ours, theirs = geometry.descriptors(left), geometry.descriptors(right)
        both = [
            geometry._placed(left, right, (ours, theirs)),
            geometry._placed(left, right, (ours, geometry.mirror(theirs)), mirrored=True),
        ]
        best = max((p for p in both if p), key=lambda p: p.inliers, default=None)
        found = geometry.place(left, right)
        assert (found is None) == (best is None)
        if found and best:
            assert (found.inliers, found.mirrored) == (best.inliers, best.mirrored)
            assert np.array_equal(found.homography, best.homography)
            assert np.array_equal(found.left, best.left)
            assert np.array_equal(found.right, best.right)
    assert any(p and p.mirrored for p in (geometry.place(*pair) for pair in pairs))


def test_what_is_laid_again_is_what_would_be_laid_anew(pairs):
    """The left side is kept when the right one moves: both are as they would be if they were drawn again."""
    laid = 0
    for left, right in pairs:
        found = judge.weigh(left, right)
        if found is None:
            continue
        laid += 1
        moved = overlap.refined(right, found.laid, found.placed)
        size = moved.left.shape[1], moved.left.shape[0]
        assert np.array_equal(moved.left, overlap._side(left, moved.to_canvas, size))
        assert np.array_equal(moved.shown, overlap._covered(moved.frames[0], moved.to_canvas, size))
        assert np.array_equal(moved.right, overlap._side(right, moved.to_canvas @ moved.homography, size))
    assert laid > 3


def test_nothing_is_aligned_again_where_nothing_can_be_gained(pairs, monkeypatch):
    """Where every cell looks alike and all is covered, aligning again changes nothing that is said."""
    told = [judge.weigh(*pair) for pair in pairs]
    monkeypatch.setattr(judge, "_BEST", (2.0, 2.0))
    again = [judge.weigh(*pair) for pair in pairs]
    assert any(one and judge._rank(one) == (1.0, 1.0) for one in told)
    for one, two in zip(told, again, strict=True):
        assert (one is None) == (two is None)
        if one and two:
            assert one.facts == two.facts
            assert np.array_equal(one.laid.homography, two.laid.homography)
            assert np.array_equal(one.measured.correlation, two.measured.correlation)


NUMBERS = st.floats(-1e6, 1e6) | st.floats(-1e-6, 1e-6)


@given(st.lists(NUMBERS, min_size=9, max_size=9))
def test_a_blur_is_never_wider_than_what_leaves_nothing(numbers):
    """However small an alignment makes a picture, the blur before it stays within what takes moments."""
    assert 0.0 <= overlap._blur(np.array(numbers).reshape(3, 3)) <= 64.0


@pytest.mark.parametrize(
    "away",
    [
        [(1e-4, -1e-4, 0.05), (-1e-4, 1e-4, 0.05), (0, 0, 1)],
        [(1, 0, 40), (0, 1, 0), (0, 0, 1)],
        [(np.nan, 0, 0), (0, 1, 0), (0, 0, 1)],
        [(0, 0, 0), (0, 0, 0), (0, 0, 0)],
    ],
    ids=["folded into a line", "shifted", "not a number", "nothing"],
)
def test_a_refinement_that_runs_away_is_none(pairs, monkeypatch, away):
    """Where the refinement moves the picture from where key points agree, it stays where they laid it."""
    left, right = pairs[0]
    found = judge.weigh(left, right)
    monkeypatch.setattr(overlap.cv2, "findTransformECC", lambda *_: (0.1, np.array(away, np.float32)))
    assert overlap.refined(right, found.laid, found.placed) is found.laid
