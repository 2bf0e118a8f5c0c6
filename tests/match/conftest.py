"""Assets for the tests: made of bits where the rule is about bits, rendered where it is about pictures."""

import hashlib
import io
import random
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw

from provenance.records import Asset, Fingerprint

BITS = {"pdq": 256, "phash": 64, "dhash": 64}


@cache
def _scene(seed: int = 1, size: tuple[int, int] = (360, 270)) -> Image.Image:
    rng, (width, height) = random.Random(seed), size  # noqa: S311 - a picture to look at, not a secret
    image = Image.new("RGB", size, tuple(rng.randrange(256) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    for _ in range(30):
        x, y = rng.randrange(-20, width), rng.randrange(-20, height)
        box = (x, y, x + rng.randrange(width // 10, width // 3), y + rng.randrange(height // 10, height // 3))
        rng.choice((draw.ellipse, draw.rectangle))(box, fill=tuple(rng.randrange(256) for _ in range(3)))
    grain = np.random.default_rng(seed).normal(0, 5, (height, width, 1))
    return Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8))


@pytest.fixture(scope="session")
def scene() -> Callable[..., Image.Image]:
    """A picture with shapes, another for each seed."""
    return _scene


@pytest.fixture(scope="session")
def jpeg() -> Callable[..., bytes]:
    """A picture as JPEG."""

    def save(image: Image.Image, quality: int = 80) -> bytes:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality)
        return out.getvalue()

    return save


@pytest.fixture(scope="session")
def asset() -> Callable[..., Asset]:
    """An asset with given hashes: each a number of bits set from the lowest on, so that distances are known."""

    def make(name: str, size: tuple[int, int] = (400, 300), version: str = "test 1", **bits: int) -> Asset:
        prints = tuple(
            Fingerprint(
                algorithm=algorithm,
                bits=BITS[algorithm],
                value=f"{(1 << count) - 1:0{BITS[algorithm] // 4}x}",
                quality=90 if algorithm == "pdq" else None,
                version=version,
                decoder="test",
            )
            for algorithm, count in bits.items()
        )
        sha256 = hashlib.sha256(name.encode()).hexdigest()
        return Asset(sha256=sha256, size=10, media_type="image/png", width=size[0], height=size[1], fingerprints=prints)

    return make
