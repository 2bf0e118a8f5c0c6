"""Ways that are quicker give what the plain way gives, to the last bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from provenance.fingerprint import borders, inner, modes


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 130), st.integers(1, 200), st.integers(0, 2**32), st.booleans())
def test_the_spread_of_a_line_is_what_numpy_says(rows: int, columns: int, seed: int, across: bool) -> None:  # noqa: FBT001
    """Summed over columns of a copy, each line has the same standard deviation."""
    lines = np.random.default_rng(seed).integers(0, 256, (rows, columns, 3)).astype(np.float32)
    lines = lines.transpose(1, 0, 2) if across else lines
    assert np.array_equal(inner._spreads(lines), lines.std(axis=1))


@settings(max_examples=40, deadline=None)
@given(
    st.integers(2, 300),
    st.integers(2, 200),
    st.integers(0, 300),
    st.integers(0, 2**32),
    st.sampled_from([0.0, 2.0, 2.9, 3.1, 40.0]),
)
def test_plain_rows_are_counted_step_by_step(rows: int, columns: int, plain: int, seed: int, grain: float) -> None:
    """As many rows are plain as there are when all rows are looked at together, whichever way they lie."""
    random = np.random.default_rng(seed)
    luma = random.integers(0, 256, (rows, columns)).astype(np.float32)
    luma[:plain] = 40 + random.normal(0, grain, luma[:plain].shape)
    for turned in (luma, luma[::-1], luma.T, luma.T[::-1]):
        even = (turned.std(axis=1) < borders.EVEN) & (np.abs(turned.mean(axis=1) - turned[0].mean()) < borders.ALIKE)
        assert borders._plain_rows(turned) == (len(turned) if even.all() else int(np.argmin(even)))


@pytest.mark.parametrize("size", [(1, 1), (40, 129), (300, 257)])
def test_a_picture_that_stays_as_large_is_the_same_in_one_piece(size) -> None:
    """A picture in RGB is given as it is; as strip by strip."""
    samples = np.random.default_rng(3).integers(0, 256, (*size, 3), dtype=np.uint8)
    picture = Image.fromarray(samples)
    given_back = modes.to_rgb(picture)
    assert given_back is not picture
    assert given_back.mode == "RGB"
    assert np.array_equal(np.asarray(given_back), samples)
    seen_through = Image.fromarray(samples)
    seen_through.info["transparency"] = tuple(int(v) for v in samples[0, 0])
    assert tuple(np.asarray(modes.to_rgb(seen_through))[0, 0]) == (255, 255, 255)
