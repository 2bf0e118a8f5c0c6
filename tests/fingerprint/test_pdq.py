"""PDQ against the reference implementation and its own definition."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from provenance.fingerprint.pdq import pdq

WEIGHTS = np.array([0.299, 0.587, 0.114], dtype=np.float32)


def _luma(image):
    return np.asarray(image, dtype=np.float32) @ WEIGHTS


def _reference(image):
    oracle = pytest.importorskip("pdqhash")
    bits, quality = oracle.compute(np.asarray(image))
    return np.packbits(np.asarray(bits, dtype=np.uint8)).tobytes().hex(), quality


@pytest.mark.parametrize("seed", range(24))
def test_equals_the_reference(seed, scene):
    """On pictures of many sizes and shapes no bit and no quality differs from the reference's."""
    picture = scene(seed, (150 + 37 * seed, 400 - 11 * seed))
    assert pdq(_luma(picture)) == _reference(picture)


@settings(max_examples=40, deadline=None)
@given(st.integers(65, 300), st.integers(65, 300), st.integers(0, 2**32 - 1))
def test_equals_the_reference_on_noise(width, height, seed):
    """On noise of any size over 64 at most the bits next to the median differ, by rounding.

    A smaller picture is enlarged; where a side divides 64, half of its coefficients, and their median, are zero but for rounding,
    and their signs are no more the reference's than ours.
    """
    samples = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    image = Image.fromarray(samples)
    value, quality = pdq(_luma(image))
    expected, expected_quality = _reference(image)
    assert (int(value, 16) ^ int(expected, 16)).bit_count() <= 2
    assert abs(quality - expected_quality) <= 1


@given(st.integers(1, 200), st.integers(1, 200), st.integers(0, 255))
@settings(max_examples=30, deadline=None)
def test_flat_has_no_quality(width, height, level):
    """One colour has quality 0, and still 64 digits."""
    value, quality = pdq(np.full((height, width), level, dtype=np.float32))
    assert quality == 0
    assert len(value) == 64


def test_half_of_the_bits_are_set(scene):
    """The threshold is the median, so 128 of 256 bits are set."""
    value, _ = pdq(_luma(scene(5)))
    assert int(value, 16).bit_count() == 128


def test_brightness_and_contrast_cancel_out(scene):
    """Adding a level or scaling all levels changes no bit: constant frequencies are left out, the median scales."""
    luma = _luma(scene(7))
    assert pdq(luma)[0] == pdq(luma * 0.5 + 40)[0]
