"""Renders every picture of the demo case: `python -m provenance.demo.build [FOLDER]`.

Nothing here is photographed: sky, sea, silos, smoke and ship are drawn from numbers, always the same ones, so that the
case can be rebuilt and compared. Words (pages, export, manifest) are written by hand and lie beside the pictures.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

Pixels: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Picture: TypeAlias = Image.Image

WIDTH, HEIGHT = 1080, 720
SILO_HALF, RING = 0.48, 0.8  # half a silo, gap left out, in silo widths; how thin its rings are
MASTER = "telegram/photos/photo_1@09-03-2025_07-42-10.jpg"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One look at the harbour: where the camera stands, and at which moment. Lengths are shares of the picture's size."""

    seed: int
    horizon: float = 0.62
    silos: float = 0.42
    size: float = 1.0
    wind: float = 0.36
    burning: int = 2
    smoke: float = 1.0
    zenith: tuple[int, int, int] = (38, 52, 92)
    dusk: tuple[int, int, int] = (236, 158, 98)
    ship: float | None = 0.1


PHOTO = View(seed=118)
OTHER_PHOTO = View(
    seed=731,
    horizon=0.55,
    silos=0.12,
    size=0.72,
    wind=-0.2,
    burning=1,
    smoke=0.7,
    zenith=(92, 120, 158),
    dusk=(214, 206, 190),
    ship=0.72,
)
CLIP = View(
    seed=119,
    horizon=0.7,
    silos=0.56,
    size=1.25,
    wind=-0.45,
    burning=0,
    smoke=0.85,
    zenith=(16, 22, 44),
    dusk=(150, 74, 52),
    ship=None,
)


def grid() -> tuple[Pixels, Pixels]:
    """The coordinates of each pixel, as shares of width and height."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    return x / WIDTH, y / HEIGHT


def cloud(rng: np.random.Generator, cells: tuple[int, int], octaves: int = 5) -> Pixels:
    """Soft noise from 0 to 1: random grids, each finer and fainter than the last, one upon the other."""
    total = np.zeros((HEIGHT, WIDTH))
    for octave in range(octaves):
        across, down = (min(side << octave, 512) for side in cells)
        layer = Image.fromarray((rng.random((down, across)) * 255).astype(np.uint8))
        total += np.asarray(layer.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), np.float64) / 255 / 2**octave
    low, high = total.min(), total.max()
    return np.asarray((total - low) / (high - low))


def flat(colour: tuple[int, int, int]) -> Pixels:
    """A picture of one colour."""
    return np.asarray(np.zeros((HEIGHT, WIDTH, 3)) + np.array(colour))


def blend(base: Pixels, colour: Iterable[float], share: Pixels) -> Pixels:
    """The base with a colour laid over it, by a share from 0 to 1 for each pixel."""
    share = np.clip(share, 0, 1)[..., None]
    return np.asarray(base * (1 - share) + np.array(list(colour), np.float64) * share)


def sky(view: View, rng: np.random.Generator) -> Pixels:
    """Dawn, from the zenith's colour down to that of the horizon, with thin clouds."""
    _, y = grid()
    ramp = np.clip(y / view.horizon, 0, 1)[..., None] ** 1.4
    air = np.array(view.zenith) * (1 - ramp) + np.array(view.dusk) * ramp
    return blend(air, (250, 214, 190), 0.55 * np.clip(cloud(rng, (3, 9)) - 0.5, 0, 1))


def sea(view: View, rng: np.random.Generator, base: Pixels) -> Pixels:
    """Water below the horizon, in streaks, with the glow of the fire on it."""
    x, y = grid()
    below = (y > view.horizon).astype(np.float64)
    depth = np.clip((y - view.horizon) / (1 - view.horizon), 0, 1)
    streaks = cloud(rng, (4, 60), 4)
    water = blend(base, (34, 52, 70), below * (0.75 + 0.2 * depth))
    water = blend(water, (214, 170, 132), below * np.clip(streaks - 0.55, 0, 1) * 1.6 * (1 - 0.6 * depth))
    glow = np.exp(-(((x - fire_at(view)[0]) / (0.05 + 0.1 * depth)) ** 2))
    return blend(water, (255, 150, 60), below * glow * np.clip(streaks - 0.3, 0, 1) * 0.9)


def fire_at(view: View) -> tuple[float, float]:
    """The middle of the burning silo's roof."""
    wide = 0.085 * view.size
    return view.silos + wide * (view.burning + 0.5), view.horizon - 0.33 * view.size


def hills(view: View, rng: np.random.Generator, base: Pixels) -> Pixels:
    """A ridge and the roofs of a town far behind."""
    _, y = grid()
    ridge = cloud(rng, (5, 1), 5)[0]
    town = np.repeat(rng.random(WIDTH // 24), 24)[:WIDTH] * 0.035
    tops = view.horizon - 0.06 - 0.12 * ridge, view.horizon - 0.025 - town
    far, near = (np.asarray((y > top) & (y <= view.horizon), np.float64) for top in tops)
    return blend(blend(base, (74, 78, 104), far * 0.85), (46, 48, 66), near * 0.92)


def silo(base: Pixels, view: View, number: int) -> Pixels:
    """One concrete cylinder with a dome, lit from the left."""
    x, y = grid()
    wide, tall = 0.085 * view.size, 0.3 * view.size
    across = (x - view.silos - wide * number) / wide
    top = view.horizon - tall - 0.035 * view.size * np.sqrt(np.clip(1 - (2 * across - 1) ** 2, 0, 1))
    inside = (abs(across - 0.5) < SILO_HALF) & (y > top) & (y < view.horizon + 0.02)
    light = 0.35 + 0.65 * np.clip(np.cos((across - 0.3) * 2.6), 0, 1)
    rings = 1 - 0.12 * (np.sin((y - view.horizon) * 160 / view.size) > RING)
    body = np.array((196, 184, 168))[None, None, :] * (light * rings)[..., None]
    return np.asarray(np.where(inside[..., None], body, base))


def smoke(view: View, rng: np.random.Generator, base: Pixels) -> Pixels:
    """A plume that rises from the fire, leans with the wind and grows as it goes."""
    x, y = grid()
    fire_x, fire_y = fire_at(view)
    rise = np.clip((fire_y - y) / max(fire_y, 0.01), 0, 1.2)
    middle = fire_x + view.wind * rise**1.3
    broad = (0.04 + 0.24 * rise**0.8) * view.size
    puffs = cloud(rng, (7, 6), 6)
    body = np.exp(-(((x - middle + 0.12 * (puffs - 0.5)) / broad) ** 2)) * (y < fire_y + 0.02)
    dense = np.clip(body * (0.5 + 1.5 * puffs) * view.smoke * 1.9 - 0.22, 0, 0.97)
    shade = cloud(rng, (9, 8), 5)[..., None]
    colour = np.array((26, 24, 26)) * (1 - shade) + np.array((128, 112, 104)) * shade
    return np.asarray(base * (1 - dense[..., None]) + colour * dense[..., None])


def flames(view: View, rng: np.random.Generator, base: Pixels) -> Pixels:
    """Fire on the roof and the light that it throws around."""
    x, y = grid()
    fire_x, fire_y = fire_at(view)
    away = ((x - fire_x) / 0.2) ** 2 + ((y - fire_y) / 0.24) ** 2
    lit = blend(base, (255, 138, 52), 0.5 * np.exp(-away))
    tongue = np.exp(-(((x - fire_x) / (0.038 * view.size)) ** 2) - ((y - fire_y + 0.03) / (0.065 * view.size)) ** 2)
    hot = np.clip(tongue * (0.5 + cloud(rng, (40, 18), 4)) * 1.5 - 0.25, 0, 1)
    return blend(blend(lit, (255, 120, 30), hot), (255, 240, 170), np.clip(hot * 1.8 - 0.9, 0, 1))


def draw_harbour(picture: Picture, view: View) -> None:
    """Quay, elevator tower, gallery, crane and ship, as shapes."""
    draw, ground = ImageDraw.Draw(picture), int(view.horizon * HEIGHT)
    left, unit = int(view.silos * WIDTH), int(40 * view.size)
    draw.rectangle((left - 5 * unit, ground - 6, WIDTH, ground + unit), fill=(52, 48, 50))
    draw.line((left - 5 * unit, ground - 6, WIDTH, ground - 6), fill=(120, 104, 92), width=3)
    roof = ground - int(0.42 * view.size * HEIGHT)
    draw.rectangle((left - 2 * unit, roof, left - unit, ground), fill=(92, 84, 84), outline=(40, 36, 38))
    for row in range(roof + 20, ground - 20, 34):
        draw.rectangle((left - 2 * unit + 8, row, left - 2 * unit + 18, row + 12), fill=(246, 214, 130))
    draw.line((left - unit, roof + 30, left + 4 * unit, ground - int(0.33 * view.size * HEIGHT)), fill=(70, 62, 62), width=9)
    draw_crane(draw, left - 4 * unit, ground, view.size)
    if view.ship is not None:
        draw_ship(draw, int(view.ship * WIDTH), ground + 2 * unit)


def draw_crane(draw: ImageDraw.ImageDraw, x: int, ground: int, size: float) -> None:
    """A portal crane."""
    top = ground - int(230 * size)
    for foot in (-26, 26):
        draw.line((x + foot, ground, x + foot // 2, top), fill=(48, 44, 58), width=6)
    for step in range(1, 8):
        y = ground + (top - ground) * step // 8
        draw.line((x - 24, y, x + 24, y - 16), fill=(60, 54, 66), width=3)
    draw.line((x + 70, top + 26, x - int(170 * size), top - 40), fill=(48, 44, 58), width=7)
    draw.line((x - int(150 * size), top - 34, x - int(150 * size), top + 90), fill=(30, 30, 34), width=2)


def draw_ship(draw: ImageDraw.ImageDraw, x: int, water: int) -> None:
    """A bulk carrier with her bridge aft."""
    draw.polygon([(x, water), (x + 300, water), (x + 322, water - 46), (x - 26, water - 40)], fill=(94, 38, 36))
    draw.rectangle((x - 6, water - 54, x + 306, water - 42), fill=(38, 38, 44))
    draw.rectangle((x + 8, water - 118, x + 66, water - 52), fill=(214, 206, 198), outline=(70, 66, 66))
    for port in range(3):
        draw.rectangle((x + 16 + 16 * port, water - 108, x + 26 + 16 * port, water - 98), fill=(52, 60, 76))
    for hatch in range(4):
        draw.rectangle((x + 84 + 54 * hatch, water - 64, x + 126 + 54 * hatch, water - 52), fill=(138, 118, 84))


def render(view: View) -> Picture:
    """The harbour as seen in one view."""
    rng = np.random.Generator(np.random.PCG64(view.seed))
    scene = sea(view, rng, hills(view, rng, sky(view, rng)))
    picture = to_picture(scene)
    draw_harbour(picture, view)
    scene = np.asarray(picture, np.float64)
    for number in range(4):
        scene = silo(scene, view, number)
    scene = flames(view, rng, smoke(view, rng, scene))
    return grain(to_picture(scene).filter(ImageFilter.GaussianBlur(0.7)), rng)


def to_picture(scene: Pixels) -> Picture:
    """Numbers as a picture."""
    return Image.fromarray(np.clip(scene, 0, 255).astype(np.uint8), "RGB")


def grain(picture: Picture, rng: np.random.Generator) -> Picture:
    """The faint noise of a telephone's sensor."""
    noise = (rng.random((HEIGHT, WIDTH, 1)) - 0.5) * 9
    return to_picture(np.asarray(picture, np.float64) + noise)


def field() -> Picture:
    """The stock picture: a field of wheat at noon, and nothing of the harbour."""
    rng = np.random.Generator(np.random.PCG64(5))
    x, y = grid()
    scene = blend(flat((112, 164, 220)), (226, 236, 244), np.clip(cloud(rng, (4, 4)) * 1.6 - 0.6, 0, 1))
    land = y > 0.48 + 0.03 * np.sin(x * 7)
    rows = np.sin((x - 0.5) / np.clip(y - 0.4, 0.02, 1) * 46)
    wheat = blend(flat((214, 176, 82)), (140, 100, 40), (0.25 + 0.25 * rows) * (0.5 + cloud(rng, (60, 40), 3)))
    picture = to_picture(np.where(land[..., None], wheat, scene))
    draw = ImageDraw.Draw(picture)
    draw.polygon([(640, 330), (820, 320), (836, 420), (630, 430)], fill=(168, 36, 30))
    draw.rectangle((740, 272, 812, 326), fill=(64, 92, 104))
    for wheel in ((650, 380, 720, 452), (780, 392, 832, 446)):
        draw.ellipse(wheel, fill=(30, 30, 30), outline=(196, 180, 60), width=9)
    return grain(picture, rng)


def clip_frame(second: int) -> Picture:
    """One frame of the short film, in which the smoke grows and turns while the camera drifts."""
    return render(replace(CLIP, smoke=0.7 + 0.1 * second, wind=-0.38 - 0.04 * second, silos=0.56 - 0.006 * second))


def cropped(picture: Picture, left: float, top: float, right: float, bottom: float) -> Picture:
    """The picture with a share of each edge cut off."""
    wide, tall = picture.size
    return picture.crop((int(wide * left), int(tall * top), int(wide * (1 - right)), int(tall * (1 - bottom))))


def resized(picture: Picture, width: int) -> Picture:
    """The picture at another width, in the same shape."""
    return picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)


def darkened(picture: Picture, light: float) -> Picture:
    """The picture with its light multiplied."""
    return ImageEnhance.Brightness(picture).enhance(light)


def with_logo(picture: Picture, text: str) -> Picture:
    """The picture with an outlet's name in its lower right corner."""
    marked, font = picture.copy(), ImageFont.load_default(26)
    draw = ImageDraw.Draw(marked)
    wide = int(draw.textlength(text, font)) + 32
    x, y = marked.width - wide - 18, marked.height - 64
    draw.rectangle((x, y, x + wide, y + 46), fill=(18, 60, 110))
    draw.text((x + 16, y + 8), text, font=font, fill=(255, 255, 255))
    return marked


def with_bar(picture: Picture, text: str) -> Picture:
    """The picture with a caption bar laid over its lowest part."""
    marked, font = picture.copy(), ImageFont.load_default(24)
    draw = ImageDraw.Draw(marked)
    draw.rectangle((0, marked.height - 54, marked.width, marked.height), fill=(12, 12, 14))
    draw.text((20, marked.height - 42), text, font=font, fill=(244, 220, 90))
    return marked


def variants() -> dict[str, Callable[[Picture], tuple[Picture, int]]]:
    """How each outlet's file is made from the posted photograph: its picture, and the JPEG or WebP quality."""
    return {
        MASTER: lambda p: (p, 84),
        "pictures/meridian-wire.jpg": lambda p: (resized(p, 960), 74),
        "pictures/kelver-post.jpg": lambda p: (resized(p, 720), 80),
        "pictures/tarnside-ledger.jpg": lambda p: (resized(cropped(p, 0.01, 0.02, 0.02, 0.01), 900), 72),
        "pictures/faro-de-lira.jpg": lambda p: (darkened(resized(p, 840), 0.68), 76),
        "pictures/diario-del-estuario.jpg": lambda p: (with_bar(resized(p, 860), "INCENDIO EN EL PUERTO"), 74),
        "pictures/pryberezhni-visti.jpg": lambda p: (resized(p, 480), 70),
        "pictures/morskyi-ohliadach.webp": lambda p: (resized(p, 800), 66),
        "pictures/coastline-dispatch.jpg": lambda p: (with_logo(resized(p, 880), "Coastline Dispatch"), 74),
        "pictures/quayside-gazette.jpg": lambda p: (resized(with_logo(resized(p, 880), "Coastline Dispatch"), 640), 62),
        "pictures/evening-beacon.jpg": lambda p: (cropped(resized(p, 820), 0.015, 0.015, 0.015, 0.015), 70),
        "pictures/sandrigg-times.jpg": lambda p: (darkened(resized(p, 760), 1.15), 72),
    }


def build(folder: Path) -> list[Path]:
    """Render every picture of the case into a folder.

    Args:
        folder: where `pictures/` and `telegram/photos/` are made.

    Returns:
        The files written.
    """
    photo = render(PHOTO)
    made = {name: make(photo) for name, make in variants().items()}
    made["pictures/estuary-chronicle.jpg"] = resized(render(OTHER_PHOTO), 900), 76
    made["pictures/weekend-tide.jpg"] = resized(clip_frame(1), 854), 72
    made["pictures/elevator-weekly.jpg"] = resized(field(), 760), 72
    for name, (picture, quality) in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.save(path, quality=quality)
    return [folder / name for name in made]


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("case"))
