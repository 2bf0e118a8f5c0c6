"""Pictures rendered for the tests; nothing comes from outside."""

import io
import random
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

Scene = Callable[..., Image.Image]
Saved = Callable[..., bytes]


@cache
def _scene(seed: int = 1, size: tuple[int, int] = (360, 270)) -> Image.Image:
    rng = random.Random(seed)  # noqa: S311 - a picture to look at, not a secret
    colour = lambda: tuple(rng.randrange(256) for _ in range(3))  # noqa: E731 - two words long
    ramp = Image.linear_gradient("L").resize(size)
    image = Image.composite(Image.new("RGB", size, colour()), Image.new("RGB", size, colour()), ramp)
    draw, (width, height) = ImageDraw.Draw(image), size
    for _ in range(24):
        x, y = rng.randrange(width), rng.randrange(height)
        box = (x, y, x + rng.randrange(width // 10, width // 3), y + rng.randrange(height // 10, height // 3))
        rng.choice((draw.ellipse, draw.rectangle))(box, fill=colour())
    draw.text((width // 8, height // 2), f"PORT {seed}", fill=colour(), font_size=height // 8)
    grain = np.random.default_rng(seed).normal(0, 5, (height, width, 1))  # as every camera gives
    return Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8))


def _saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    if "append_images" in options:
        options["append_images"] = [other.copy() for other in options["append_images"]]
    image.copy().save(out, kind, **options)  # what saving leaves on a picture must not reach the next test that saves it
    return out.getvalue()


@pytest.fixture(scope="session")
def scene() -> Scene:
    """A picture with shapes and words, another for each seed."""
    return _scene


@pytest.fixture(scope="session")
def saved() -> Saved:
    """A picture as bytes of a format."""
    return _saved


@pytest.fixture(scope="session")
def apart() -> Callable[[Any, Any], dict[str, int]]:
    """How many bits differ between the whole-picture hashes of two assets, by algorithm."""

    def bits(left: Any, right: Any) -> dict[str, int]:
        ours, theirs = (
            {p.algorithm: p.value for p in a.fingerprints if ";" not in p.version and p.bits <= 256} for a in (left, right)
        )
        return {name: (int(ours[name], 16) ^ int(theirs[name], 16)).bit_count() for name in ours}

    return bits
