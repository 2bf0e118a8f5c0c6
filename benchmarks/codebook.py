"""Makes `provenance/fingerprint/codebook.npz`, by which key points are counted for the index.

    python benchmarks/codebook.py FOLDER [--drawn 30]

FOLDER holds the pictures of `PICTURES`, as the package scikit-image ships them in `skimage/data`. Each is stated there, by the
function that loads it, to be CC0 or in the public domain; `PICTURES` repeats what is stated. Pictures without such a word
(motorcycle_left, moon), with a weaker one (coins: "no known copyright restrictions") or with conditions (china and flower of
scikit-learn: CC BY 2.0, one with another's name) are not used. `--drawn` pictures made here are learned from, too.

The file holds means of descriptors and nothing of the pictures.
"""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from provenance.fingerprint import vlad
from provenance.fingerprint.sketch import SIDE, of_grey

TARGET = Path(vlad.__file__).with_name("codebook.npz")
LEAST_SIDE, LEAST_POINTS = 150, 20
PICTURES: Mapping[str, str] = {
    "astronaut.png": "NASA Great Images, released into the public domain",
    "brick.png": "CC0Textures, CC0",
    "camera.png": "Lav Varshney, CC0",
    "chelsea.png": "Stefan van der Walt, CC0",
    "coffee.png": "Rachel Michetti, CC0",
    "grass.png": "linolafett (DeviantArt), CC0",
    "gravel.png": "CC0Textures, CC0",
    "hubble_deep_field.jpg": "NASA, public domain",
    "retina.jpg": "Mikael Häggström, CC0 1.0",
    "rocket.jpg": "SpaceX, released into the public domain",
}


def drawn(seed: int) -> Image.Image:
    """A picture of leaves that fall on one another, with grain: as many key points as a photograph has."""
    random, size = np.random.default_rng(seed), (512, 384)
    image = Image.new("RGB", size, tuple(random.integers(30, 220, 3).tolist()))
    draw = ImageDraw.Draw(image)
    for radius in 70 / random.uniform(1, 14, 260):
        middle = random.uniform((0, 0), size)
        flat, turn = random.uniform(0.3, 1), random.uniform(0, np.pi)
        around = np.linspace(0, 2 * np.pi, 9 if random.random() < 0.6 else 5)[:-1]
        places = np.stack([np.cos(around), flat * np.sin(around)]) * radius
        spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        corners = (spin @ places).T + middle
        draw.polygon([tuple(c) for c in corners.tolist()], fill=tuple(random.integers(0, 256, 3).tolist()))
    slope = np.linspace(0.6, 1.3, size[0])[None, :, None]
    grain = random.normal(0, random.uniform(2, 12), (size[1], size[0], 1))
    samples = np.clip(np.asarray(image) * slope + grain, 0, 255).astype(np.uint8)
    return Image.fromarray(samples).filter(ImageFilter.GaussianBlur(random.uniform(0.4, 1.2)))


def parts(full: Image.Image) -> Iterator[NDArray[np.uint8]]:
    """The greys of a picture at three sizes, cut to what a sketch has."""
    full = full.convert("L")
    full.thumbnail((1024, 1024), Image.Resampling.BOX)
    for factor in (1.0, 0.6, 0.4):
        small = full.resize((round(full.width * factor), round(full.height * factor)), Image.Resampling.BOX)
        if max(small.size) < LEAST_SIDE:
            continue
        samples = np.asarray(small)
        for top in range(0, max(1, samples.shape[0] - SIDE // 2), SIDE):
            for left in range(0, max(1, samples.shape[1] - SIDE // 2), SIDE):
                yield np.ascontiguousarray(samples[top : top + SIDE, left : left + SIDE])


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--drawn", type=int, default=30)
    parser.add_argument("--to", type=Path, default=TARGET)
    given = parser.parse_args()
    pictures = [*(Image.open(given.folder / name) for name in PICTURES), *(drawn(seed) for seed in range(given.drawn))]
    sketches = [of_grey(grey) for picture in pictures for grey in parts(picture)]
    described = [np.frombuffer(s.descriptors, np.uint8).reshape(-1, 128).astype(np.float32) / 255 for s in sketches]
    given.to.write_bytes(vlad.learned([d for d in described if len(d) > LEAST_POINTS]))


if __name__ == "__main__":
    main()
