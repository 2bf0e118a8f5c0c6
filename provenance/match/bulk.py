"""All pairs of many assets at once: numpy finds those near enough in PDQ, the rules judge them."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from provenance.match.codes import turned
from provenance.match.compare import TURNS, compare, views
from provenance.match.rules import radii
from provenance.records import Asset, Fingerprint, Match

Codes = NDArray[np.uint64]
_ROWS_AT_ONCE = 256  # rows against 5,000 codes take 40 MB


def matches(assets: Iterable[Asset]) -> list[Match]:
    """Every match among the assets, each pair once, in the order given; the same sha256 counts as one asset."""
    known = list({asset.sha256: asset for asset in assets}.values())
    pairs = sorted(_near(known, known))
    found = (compare(known[i], known[j]) for i, j in pairs if i < j)
    return [match for match in found if match]


def between(left: Iterable[Asset], right: Iterable[Asset]) -> list[Match]:
    """Every match of an asset of the one side with an asset of the other."""
    ours, theirs = list(left), list(right)
    found = (compare(ours[i], theirs[j]) for i, j in sorted(_near(ours, theirs)))
    return [match for match in found if match]


def _near(left: list[Asset], right: list[Asset]) -> set[tuple[int, int]]:
    """Indices of pairs within PDQ's radius in any view and turn."""
    codes, owners = _codes(right, turns=False)
    probes, askers = _codes(left, turns=True)
    return {
        (int(askers[row]), int(owners[column]))
        for rows, block in _blocks(probes)
        for row, column in zip(*_within(block, codes, rows), strict=True)
    }


def probes(asset: Asset) -> Iterator[tuple[str, str]]:
    """The algorithm and value of each hash to search an index for, within `RADII`, so that no match is missed.

    That is PDQ, which every rule for pairs needs, of the picture and of what is inside its border, as it is and turned.
    """
    for print_ in _whole(asset):
        if print_.algorithm == "pdq":
            for turn in TURNS:
                yield "pdq", turned("pdq", print_.value, turn) if turn else print_.value


def _codes(assets: list[Asset], *, turns: bool) -> tuple[Codes, NDArray[np.int64]]:
    found = [(bytes.fromhex(value), number) for number, asset in enumerate(assets) for value in _values(asset, turns=turns)]
    codes = np.frombuffer(b"".join(code for code, _ in found), dtype=np.uint64).reshape(-1, 4)
    return codes, np.array([number for _, number in found], dtype=np.int64)


def _values(asset: Asset, *, turns: bool) -> list[str]:
    if turns:
        return [value for _, value in probes(asset)]
    return [print_.value for print_ in _whole(asset) if print_.algorithm == "pdq"]


def _whole(asset: Asset) -> Iterator[Fingerprint]:
    return (print_ for view in views(asset).values() for print_ in view.values())


def _blocks(probes: Codes) -> Iterator[tuple[int, Codes]]:
    for start in range(0, len(probes), _ROWS_AT_ONCE):
        yield start, probes[start : start + _ROWS_AT_ONCE]


def _within(block: Codes, codes: Codes, start: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    bits = np.bitwise_count(block[:, None, :] ^ codes[None, :, :]).sum(axis=2, dtype=np.int64)
    rows, columns = np.nonzero(bits <= radii()["pdq"])
    return rows + start, columns
