"""Makes `provenance/fingerprint/codebook.npz`, by which key points are counted for the index.

    python benchmarks/codebook.py PICTURE...

The one that ships was learned from the pictures that come with scikit-image and scikit-learn and may be used by anyone
(public domain, CC0 or CC BY): astronaut, brick, camera, chelsea, coffee, coins, grass, gravel, hubble_deep_field,
motorcycle_left, rocket, china, flower. It holds means of descriptors and nothing of the pictures.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from provenance.fingerprint import vlad
from provenance.fingerprint.sketch import SIDE, of_grey

TARGET = Path(__file__).resolve().parents[1] / "provenance" / "fingerprint" / "codebook.npz"
LEAST_SIDE, LEAST_POINTS = 150, 20


def parts(path: Path) -> Iterator[NDArray[np.uint8]]:
    """The greys of a picture at three sizes, cut to what a sketch has."""
    with Image.open(path) as opened:
        full = opened.convert("L")
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
    sketches = [of_grey(grey) for path in sys.argv[1:] for grey in parts(Path(path))]
    described = [np.frombuffer(s.descriptors, np.uint8).reshape(-1, 128).astype(np.float32) / 255 for s in sketches]
    TARGET.write_bytes(vlad.learned([d for d in described if len(d) > LEAST_POINTS]))


if __name__ == "__main__":
    main()
