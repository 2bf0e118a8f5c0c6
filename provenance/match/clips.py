"""Clips: what their frames' hashes say of where a still is in a clip, and where two clips run alike.

Frames are compared as pictures are. Two clips have more than that: the same frames in the same order, at the same distance in
time. One frame in common, or one that stands still, is not that: a title or a poster may be in both.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from provenance.match.candidates import MOST, REACH, Search
from provenance.match.codes import PDQ_TURNS, pdq_turned, turned
from provenance.match.compare import view_of
from provenance.records import Asset, Fingerprint, Stretch

Codes = NDArray[np.uint64]
T = TypeVar("T")
Seconds = NDArray[np.float64]

MOST_SEARCHED = 24
"""Views of a clip that the index is searched for."""
MOST_LOOKED_AT = 3
"""Frames of a clip that are compared with a still, or pairs of frames of two clips."""
MOST_BY_POINTS = 2
NEAR, SURE = 60, 31
"""Bits of PDQ: within which a frame is worth a closer look, and is told to be the same by its hash alone."""
_APART = 1.0  # seconds between two moments that are looked at
_STEP = 0.25  # seconds: how finely the shift between two clips is told
_SLACK = 0.55  # seconds that two frames may be off the shift: frames are taken every half a second
_GAP = 3.0  # seconds without agreement after which a run has ended
_LEAST_FRAMES, _LEAST_SECONDS = 3, 1.0
_NEARLY_ALL = 0.8
_UNLIKE = 90
"""Bits of PDQ from which on a frame shows something else."""
_SAME_FRAME = 8
"""Bits of PDQ that coding alone moves between two frames of one unchanging picture."""
_STILL = 31
"""Bits of PDQ within which a picture stands still."""


def is_clip(asset: Asset) -> bool:
    """Whether it has frames."""
    return any(print_.at is not None for print_ in asset.fingerprints)


def searches(clip: Asset) -> list[Search]:
    """What to search the index for: the views of a clip, as they are and mirrored; one search an algorithm."""
    seconds = sorted({print_.at for print_ in clip.fingerprints if print_.algorithm == "vlad" and print_.at is not None})
    picked = set(_spread(seconds or sorted({p.at for p in clip.fingerprints if p.at is not None}), MOST_SEARCHED))
    values: dict[str, list[str]] = {}
    for print_ in clip.fingerprints:
        if print_.at not in picked or print_.algorithm not in ("pdq", "vlad"):
            continue
        found = values.setdefault(print_.algorithm, [])
        found.append(print_.value)
        if print_.algorithm == "pdq":
            found.append(turned("pdq", print_.value, "mirrored"))
    return [Search(name, tuple(dict.fromkeys(found)), REACH[name], MOST[name]) for name, found in values.items()]


def as_frame(clip: Asset, at: float) -> Asset:
    """One frame of a clip as an asset of its own, to be compared as pictures are."""
    prints = tuple(replace(p, at=None, version=_whole(p.version)) for p in clip.fingerprints if p.at == at)
    return replace(clip, fingerprints=prints, findings=())


def _whole(version: str) -> str:
    """The version that the fingerprint would have if its frame were a picture."""
    return version.replace("; frame without", "; without").replace("; frame", "")


def moments(still: Asset, clip: Asset) -> list[float]:
    """The seconds of a clip at which a still may be by PDQ, the nearest first."""
    codes, seconds = frames_of(clip)
    found: list[tuple[float, float]] = []
    if len(codes):
        probes = _codes([code for print_ in _of(still, "pdq") for code in _turns(print_)])
        if len(probes):
            nearest = _distances(probes, codes).min(axis=0)
            found += [(bits / NEAR, at) for bits, at in zip(nearest.tolist(), seconds.tolist(), strict=True) if bits <= NEAR]
    return _apart([at for _, at in sorted(found)])[:MOST_LOOKED_AT]


def moments_by_points(still: Asset, clip: Asset) -> list[float]:
    """The same by key points, which are read of some frames only."""
    return _apart([at for _, at in sorted(_by_points(still, clip))])[:MOST_BY_POINTS]


def nearest_moment(still: Asset, clip: Asset, around: float) -> float:
    """The frame within a few seconds of a moment that is nearest by PDQ: what key points found may be somewhat off."""
    _, seconds = frames_of(clip)
    near = [at for at in dict.fromkeys(seconds.tolist()) if abs(at - around) <= _GAP]
    return min(near, key=lambda at: (by_hash(still, clip, at) or 0, abs(at - around)), default=around)


def shown_around(clip: Asset, at: float) -> Stretch:
    """How long the frame at a second stays as it is: a still of it may be of any second of that."""
    codes, seconds = frames_of(clip)
    held = np.flatnonzero(seconds == at)
    if not len(held):
        return Stretch(start=at, end=at)
    same = np.asarray((_distances(codes[held], codes) <= _SAME_FRAME).any(axis=0))
    start = end = at
    for way in (seconds[: held[0]][::-1].tolist(), seconds[held[-1] + 1 :].tolist()):
        for other in way:
            if not same[seconds == other].any():
                break
            start, end = min(start, other), max(end, other)
    return Stretch(start=start, end=end)


def frames_of(clip: Asset) -> tuple[Codes, Seconds]:
    """The PDQ of a clip's frames, and their seconds, in order; a frame with a border has two."""
    return _frames(clip.fingerprints)


@lru_cache(maxsize=64)
def _frames(prints: tuple[Fingerprint, ...]) -> tuple[Codes, Seconds]:
    found = sorted(((p.at, p.value) for p in prints if p.algorithm == "pdq" and p.at is not None), key=lambda pair: pair[0])
    return _codes([value for _, value in found]), np.array([at for at, _ in found], dtype=np.float64)


def by_hash(still: Asset, clip: Asset, at: float) -> int | None:
    """Bits between a still and the frame at a second, by the nearest of their views."""
    codes, seconds = frames_of(clip)
    probes = _codes([code for print_ in _of(still, "pdq") for code in _turns(print_)])
    held = codes[seconds == at]
    return int(_distances(probes, held).min()) if len(probes) and len(held) else None


def shows_else(clip: Asset, moments_found: Iterable[float]) -> bool:
    """Whether a clip shows other things than the frames at some seconds."""
    codes, seconds = frames_of(clip)
    held = np.isin(seconds, list(moments_found))
    if not held.any():
        return True
    return bool((_distances(codes[held], codes).min(axis=0) > _UNLIKE).any())


@dataclass(frozen=True, slots=True)
class Run:
    """A part of two clips in which frames agree in order.

    `pairs` are seconds in the one and in the other; `changing` counts the different pictures among them; `nearly_all` that the
    run is nearly all of the shorter clip, `both` of both; `sure` how many frames are near enough to be told by hash alone.
    """

    pairs: tuple[tuple[float, float], ...]
    mirrored: bool
    changing: int
    nearly_all: bool
    both: bool
    sure: int

    @property
    def ours(self) -> Stretch:
        """Where it is in the first."""
        return Stretch(start=self.pairs[0][0], end=self.pairs[-1][0])

    @property
    def theirs(self) -> Stretch:
        """Where it is in the second."""
        return Stretch(start=self.pairs[0][1], end=self.pairs[-1][1])

    @property
    def is_long_enough(self) -> bool:
        """Whether it is more than a frame that both happen to show."""
        long = len(self.pairs) >= _LEAST_FRAMES and self.ours.end - self.ours.start >= _LEAST_SECONDS
        return (long or self.nearly_all) and (self.changing > 1 or self.nearly_all)

    @property
    def looked_at(self) -> list[tuple[float, float]]:
        """Some pairs of frames, spread over the run."""
        return _spread(self.pairs, MOST_LOOKED_AT)


def run(left: Asset, right: Asset) -> Run | None:
    """The longest part in which two clips run alike, as they are or mirrored; None where no frame is near another."""
    found = [run for mirrored in (False, True) if (run := _run(left, right, mirrored=mirrored))]
    return max(found, key=lambda run: (len(run.pairs), not run.mirrored), default=None)


def _run(left: Asset, right: Asset, *, mirrored: bool) -> Run | None:
    (codes, ours), (others, theirs) = frames_of(left), frames_of(right)
    if not len(codes) or not len(others):
        return None
    if mirrored:
        codes = _codes([turned("pdq", row.tobytes().hex(), "mirrored") for row in codes])
    bits = _distances(codes, others)
    rows, columns = np.nonzero(bits <= NEAR)
    if not len(rows):
        return None
    shift = _shift(theirs[columns] - ours[rows], 1 - bits[rows, columns] / (2 * NEAR))
    kept = np.abs(theirs[columns] - ours[rows] - shift) <= _slack(ours, theirs)
    best: dict[float, tuple[int, float, float, int]] = {}
    for row, column in zip(rows[kept].tolist(), columns[kept].tolist(), strict=True):
        near = (int(bits[row, column]), abs(theirs[column] - ours[row] - shift), float(theirs[column]), row)
        best[float(ours[row])] = min(near, best.get(float(ours[row]), near))
    stretch = _longest(sorted(best))
    pairs = tuple((at, best[at][2]) for at in stretch)
    changing = _changing([codes[best[at][3]] for at in stretch])
    shares = sorted(len(stretch) / len(np.unique(times)) for times in (ours, theirs))
    sure = sum(best[at][0] <= SURE for at in stretch)
    return Run(pairs, mirrored, changing, shares[1] >= _NEARLY_ALL, shares[0] >= _NEARLY_ALL, sure)


def _slack(ours: Seconds, theirs: Seconds) -> float:
    """Seconds that frames may be off the shift: more where a long clip has them farther apart."""
    steps = [float(np.median(np.diff(np.unique(times)))) for times in (ours, theirs) if len(np.unique(times)) > 1]
    return max([_SLACK, *(1.1 * step for step in steps)])


def _shift(differences: Seconds, weights: Seconds) -> float:
    """The shift between two clips that most near pairs of frames have, each frame near it counting."""
    places = np.round(differences / _STEP).astype(np.int64)
    lowest = int(places.min()) - 2  # two to either side, for the sum of five
    counts = np.convolve(np.bincount(places - lowest, weights, int(places.max()) - lowest + 3), np.ones(5), mode="same")
    highest = np.flatnonzero(counts >= counts.max() - 1e-9) + lowest
    return float(highest[np.argmin(np.abs(highest))] * _STEP)


def _longest(seconds: Sequence[float]) -> list[float]:
    """The longest part without a gap."""
    parts: list[list[float]] = []
    for at in seconds:
        if parts and at - parts[-1][-1] <= _GAP:
            parts[-1].append(at)
        else:
            parts.append([at])
    return max(parts, key=len)


def _changing(codes: Sequence[NDArray[np.uint64]]) -> int:
    """How many different pictures there are, one after the other."""
    count, last = 0, None
    for code in codes:
        if last is None or int(np.bitwise_count(code ^ last).sum()) > _STILL:
            count, last = count + 1, code
    return count


def _by_points(still: Asset, clip: Asset) -> Iterator[tuple[float, float]]:
    ours = [int(p.value, 16) for p in still.fingerprints if p.algorithm == "vlad" and view_of(p) != "mirrored"]
    mirrored = [int(p.value, 16) for p in still.fingerprints if p.algorithm == "vlad" and view_of(p) == "mirrored"]
    for print_ in clip.fingerprints:
        if print_.algorithm == "vlad" and print_.at is not None and (ours or mirrored):
            bits = min((code ^ int(print_.value, 16)).bit_count() for code in (*ours, *mirrored))
            if bits <= REACH["vlad"]:
                yield bits / REACH["vlad"], print_.at


def _of(asset: Asset, algorithm: str) -> Iterator[Fingerprint]:
    return (print_ for print_ in asset.fingerprints if print_.algorithm == algorithm and print_.at is None)


def _turns(print_: Fingerprint) -> Iterator[str]:
    turns = PDQ_TURNS if not view_of(print_).startswith("crop") else PDQ_TURNS[:1]
    return (pdq_turned(print_.value, turn) for turn in turns)


def _codes(values: Sequence[str]) -> Codes:
    return np.frombuffer(b"".join(bytes.fromhex(value) for value in values), dtype=np.uint64).reshape(-1, 4)


def _distances(left: Codes, right: Codes) -> NDArray[np.int64]:
    bits: NDArray[np.int64] = np.bitwise_count(left[:, None, :] ^ right[None, :, :]).sum(axis=2, dtype=np.int64)
    return bits


def _apart(seconds: Iterable[float]) -> list[float]:
    """Without those within a second of one before them."""
    kept: list[float] = []
    for at in seconds:
        if all(abs(at - other) > _APART for other in kept):
            kept.append(at)
    return kept


def _spread(items: Sequence[T], most: int) -> list[T]:
    """Up to so many of some items, evenly."""
    if len(items) <= most:
        return list(items)
    return [items[round(n * (len(items) - 1) / (most - 1))] for n in range(most)]
