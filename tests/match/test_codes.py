"""Hashes as numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from provenance.fingerprint import fingerprint
from provenance.match.codes import DIGITS, distance, turned

ALGORITHMS = st.sampled_from(sorted(DIGITS))
TURNS = st.sampled_from(["mirrored", "rotated"])


def _hex(algorithm):
    return st.integers(0, 16 ** DIGITS[algorithm] - 1).map(lambda n: f"{n:0{DIGITS[algorithm]}x}")


HASHES = ALGORITHMS.flatmap(lambda name: st.tuples(st.just(name), _hex(name), _hex(name), _hex(name)))


@given(HASHES)
def test_distance_is_a_metric(drawn):
    """Nothing to itself, symmetric, and never longer than by way of a third."""
    _, a, b, c = drawn
    assert distance(a, a) == 0
    assert distance(a, b) == distance(b, a)
    assert distance(a, c) <= distance(a, b) + distance(b, c)


@given(HASHES, TURNS)
def test_turning_twice_is_not_turning(drawn, turn):
    """Both turns undo themselves, keep the length and keep distances."""
    name, a, b, _ = drawn
    assert turned(name, turned(name, a, turn), turn) == a
    assert len(turned(name, a, turn)) == DIGITS[name]
    assert distance(turned(name, a, turn), turned(name, b, turn)) == distance(a, b)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("turn", "done"), [("mirrored", ImageOps.mirror), ("rotated", lambda im: im.transpose(Image.Transpose.ROTATE_180))]
)
def test_the_turned_hash_is_that_of_the_turned_picture(seed, turn, done, scene, jpeg):
    """What is told from the bits is, but for a few bits, what the turned pixels give."""
    upright = {
        p.algorithm: p.value for p in fingerprint(jpeg(scene(seed), 95)).fingerprints if p.bits <= 256 and ";" not in p.version
    }
    actual = {
        p.algorithm: p.value
        for p in fingerprint(jpeg(done(scene(seed)), 95)).fingerprints
        if p.bits <= 256 and ";" not in p.version
    }
    away = {name: distance(turned(name, upright[name], turn), actual[name]) for name in upright}
    assert away["pdq"] <= 24
    assert away["phash"] <= 8
    assert away["dhash"] <= 8
    assert distance(upright["pdq"], actual["pdq"]) > 80
