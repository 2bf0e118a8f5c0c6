"""Every pixel format as 8-bit RGB on white, so that the same picture hashes alike however it was saved."""

import numpy as np
from PIL import Image, ImageCms

from provenance.errors import NotDecodable

Factors = tuple[int, int]
_SIXTEEN_BITS = 65_535
_STRIP = 128  # rows of the result at a time


def to_rgb(image: Image.Image, factors: Factors = (1, 1)) -> Image.Image:
    """The picture in RGB, brought down by whole factors (across, down).

    Works strip by strip, so that a large picture is in memory only once.

    Raises:
        NotDecodable: samples without a fixed white, so that no look can be told.
    """
    if factors == (1, 1) and image.mode == "RGB" and not image.has_transparency_data:
        return image.copy()
    across, down = factors
    out, step = Image.new("RGB", (-(-image.width // across), -(-image.height // down))), _STRIP * down
    for top in range(0, image.height, step):
        strip = image.crop((0, top, image.width, min(image.height, top + step)))
        out.paste(_reduced(strip, factors), (0, top // down))
    return out


def _reduced(image: Image.Image, factors: Factors) -> Image.Image:
    plain = _plain(image)
    if plain.mode == "RGBA":
        return _on_white(plain.convert("RGBa").reduce(factors).convert("RGBA"))
    return plain.reduce(factors)


def _plain(image: Image.Image) -> Image.Image:
    """In RGB or RGBA, still at full size."""
    if image.mode.startswith("I"):
        return _from_integers(image).convert("RGB")
    if image.mode == "F":
        raise NotDecodable("floating-point samples have no fixed white, so no look to compare", "save it as 8-bit PNG or JPEG")
    if image.mode == "LAB":
        return _from_lab(image)
    if image.mode in ("La", "RGBa"):
        return image.convert("LA" if image.mode == "La" else "RGBA").convert("RGBA")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _from_integers(image: Image.Image) -> Image.Image:
    """16-bit grey to 8 bits by its upper byte; 32-bit samples only where they fit in 16."""
    samples = np.asarray(image)
    if samples.size and (samples.min() < 0 or samples.max() > _SIXTEEN_BITS):
        raise NotDecodable("32-bit samples have no fixed white, so no look to compare", "save it as 8-bit PNG or JPEG")
    return Image.fromarray((samples.astype(np.uint16) >> 8).astype(np.uint8))


def _from_lab(image: Image.Image) -> Image.Image:
    turned = ImageCms.profileToProfile(image, ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), outputMode="RGB")
    if turned is None:
        raise NotDecodable("LAB colours could not be turned into RGB", "save it as 8-bit PNG or JPEG")
    return turned


def _on_white(image: Image.Image) -> Image.Image:
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image)
    return white.convert("RGB")
