"""What the geometric comparison needs of a picture: its greys brought down, and key points with RootSIFT descriptors.

RootSIFT: SIFT (Lowe, 2004; its patent has lapsed) with the square root of each share of the descriptor's sum (Arandjelović
and Zisserman, CVPR 2012), so that a product of two descriptors is their Hellinger kernel.
"""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from provenance.records import Sketch

SIDE = 512
"""The longer side in pixels. Larger sketches found no more copies; smaller ones lose insets and tiles."""
MOST = 500
"""Key points, the strongest first."""
_CONTRAST = 0.02  # half of OpenCV's: haze, night and washed-out screens have key points too


def sketch(rgb: Image.Image, size: tuple[int, int]) -> Sketch:
    """The sketch of a picture; smaller pictures are not enlarged.

    Args:
        rgb: the picture upright, maybe made smaller, each axis by its own factor.
        size: its full width and height, which give the shape.
    """
    factor = min(1.0, SIDE / max(size))
    width, height = (max(1, round(side * factor)) for side in size)
    grey = np.asarray(rgb.convert("L").resize((width, height), Image.Resampling.BOX if factor < 1 else Image.Resampling.BICUBIC))
    return of_grey(grey)


def of_grey(grey: NDArray[np.uint8]) -> Sketch:
    """The sketch of greys that have their final size."""
    cv2.setNumThreads(1)
    found, raw = cv2.SIFT.create(nfeatures=MOST, contrastThreshold=_CONTRAST).detectAndCompute(grey, None)
    places = np.array([point.pt for point in found], dtype=np.float32).reshape(-1, 2)[:MOST]
    return Sketch(
        width=grey.shape[1],
        height=grey.shape[0],
        grey=np.ascontiguousarray(grey).tobytes(),
        points=places.tobytes(),
        descriptors=_root(raw[:MOST] if raw is not None else np.zeros((0, 128), np.float32)).tobytes(),
    )


def _root(raw: NDArray[np.float32]) -> NDArray[np.uint8]:
    shares = raw / np.maximum(raw.sum(axis=1, keepdims=True), 1e-6)
    root: NDArray[np.uint8] = np.clip(np.round(np.sqrt(shares) * 255), 0, 255).astype(np.uint8)
    return root


def frames_of(drawn: Sketch, corners: Sequence[NDArray[np.float32]]) -> Sketch:
    """A sketch with the inner pictures found in it; corners as shares of width and height."""
    scale = np.array([drawn.width, drawn.height], np.float32)
    return replace(drawn, frames=tuple(tuple((each * scale).ravel().tolist()) for each in corners))


def mirrored(described: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What SIFT would have said of the mirrored picture: rows of places from below, angles the other way round.

    A descriptor has 4 × 4 places of 8 angles, in a frame turned to the key point's own angle, which mirroring negates.
    """
    cube = described.reshape(-1, 4, 4, 8)
    return np.ascontiguousarray(cube[:, ::-1, :, (0, 7, 6, 5, 4, 3, 2, 1)]).reshape(-1, 128)
