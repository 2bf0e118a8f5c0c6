"""Pictures drawn for the tests: leaves that fall on one another, which have as many key points as photographs have."""

import io
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter


@cache
def _leaves(seed: int = 1, size: tuple[int, int] = (480, 360), aside: float = 0.0) -> Image.Image:
    rng = np.random.default_rng(seed)
    image = Image.new("RGB", size, tuple(rng.integers(40, 200, 3).tolist()))
    draw = ImageDraw.Draw(image)
    for radius in np.sort(rng.uniform(6, 60, 160))[::-1]:
        x, y = rng.uniform(0, size[0]), rng.uniform(0, size[1])
        x += aside * ((int(x // 120) * 5 + int(y // 120) * 3) % 4) / 3
        shape = draw.ellipse if rng.random() < 0.6 else draw.rectangle
        shape((x - radius, y - radius * 0.6, x + radius, y + radius * 0.6), fill=tuple(rng.integers(0, 256, 3).tolist()))
    grain = rng.normal(0, 9, (size[1], size[0], 1))
    return Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8))


def _jpeg(image: Image.Image, quality: int = 80) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


@pytest.fixture(scope="session")
def leaves() -> Callable[..., Image.Image]:
    """A picture, another for each seed; boughs of other depths move by up to `aside` pixels when the camera steps."""
    return _leaves


@pytest.fixture(scope="session")
def jpeg() -> Callable[..., bytes]:
    """A picture as JPEG."""
    return _jpeg
