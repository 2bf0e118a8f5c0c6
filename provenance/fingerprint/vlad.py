"""The key points of a picture, or of a part of it, as 2,048 bits that can be searched for.

VLAD (Jégou and others, CVPR 2010): each descriptor goes to its nearest word, and what it differs by from the word is added
up, word by word. The 4,096 numbers are turned by a fixed random rotation and the signs of the first 2,048 kept: two pictures
whose VLADs stand at an angle of a part p of a half turn differ in about p × 2,048 bits.
"""

import io
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

BITS = 2048
VERSION = "vlad 2"
LEAST = 12
"""Key points below which counting them tells nothing."""
DIRECTIONS, WORDS = 32, 128
_SEED = 20_261_128


@dataclass(frozen=True, slots=True)
class Codebook:
    """What was learned: mean and directions of descriptors, the words in these directions, the mean VLAD."""

    mean: Array
    axes: Array
    words: Array
    centre: Array


def vlad(descriptors: NDArray[np.uint8]) -> str | None:
    """2,048 bits as 512 hex digits; None where there are too few key points.

    Args:
        descriptors: rows of 128 bytes, RootSIFT times 255.
    """
    if len(descriptors) < LEAST:
        return None
    book = codebook()
    turned = _rotated(counts(descriptors.astype(np.float32) / np.float32(255), book) - book.centre)
    return np.packbits(turned[:BITS] > 0).tobytes().hex()


def counts(descriptors: Array, book: Codebook) -> Array:
    """The VLAD itself: 128 × 32 numbers, each word's and all together of length 1."""
    low = _lowered(descriptors, book.mean, book.axes)
    word = (low @ book.words.T - (book.words**2).sum(axis=1) / 2).argmax(axis=1)
    sums = np.zeros((WORDS, DIRECTIONS), np.float32)
    np.add.at(sums, word, low - book.words[word])
    sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
    flat: Array = sums.ravel()
    return flat / max(float(np.linalg.norm(flat)), 1e-6)


def learned(described: list[Array]) -> bytes:
    """A codebook file from the descriptors of pictures, one array of rows a picture."""
    every = np.concatenate(described)
    mean = every.mean(axis=0)
    axes = np.linalg.eigh(np.cov((every - mean).T))[1][:, ::-1][:, :DIRECTIONS].astype(np.float32)
    words = _words(_lowered(every, mean, axes))
    book = Codebook(mean, axes, words, np.zeros(WORDS * DIRECTIONS, np.float32))
    centre: Array = np.stack([counts(some, book) for some in described]).mean(axis=0, dtype=np.float32)
    parts = {"mean": mean, "axes": axes, "words": words, "centre": centre}
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **{name: part.astype(np.float16) for name, part in parts.items()})
    return out.getvalue()


@cache
def codebook() -> Codebook:
    """The one that ships with the program."""
    raw = resources.files(__package__).joinpath("codebook.npz").read_bytes()
    with np.load(io.BytesIO(raw), allow_pickle=False) as found:
        return Codebook(*(found[name].astype(np.float32) for name in ("mean", "axes", "words", "centre")))


def _lowered(descriptors: Array, mean: Array, axes: Array) -> Array:
    low = (descriptors - mean) @ axes
    shares: Array = (low / np.maximum(np.linalg.norm(low, axis=1, keepdims=True), 1e-6)).astype(np.float32)
    return shares


def _words(low: Array) -> Array:
    """k-means, 25 rounds from descriptors picked at random."""
    words = low[np.random.RandomState(1).permutation(len(low))[:WORDS]].copy()
    for _ in range(25):
        nearest = (low @ words.T - (words**2).sum(axis=1) / 2).argmax(axis=1)
        for number in np.unique(nearest):
            words[number] = low[nearest == number].mean(axis=0)
    return words


@cache
def _signs() -> NDArray[np.float32]:
    """`RandomState`, for its numbers are the same in every version of numpy."""
    signs: Array = np.random.RandomState(_SEED).choice([-1, 1], (3, WORDS * DIRECTIONS)).astype(np.float32)
    return signs


def _rotated(numbers: Array) -> Array:
    """Three times signs turned and a Walsh–Hadamard transform: as good as a random rotation, in 12 steps of additions each."""
    for signs in _signs():
        numbers = _hadamard(numbers * signs)
    return numbers


def _hadamard(numbers: Array) -> Array:
    step = 1
    while step < len(numbers):
        pairs = numbers.reshape(-1, 2, step)
        numbers = np.stack((pairs[:, 0] + pairs[:, 1], pairs[:, 0] - pairs[:, 1]), axis=1).ravel()
        step *= 2
    return numbers / np.float32(len(numbers)) ** 0.5
