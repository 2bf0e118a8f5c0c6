"""The hash tree over a journal, as in RFC 9162 (Certificate Transparency 2.0), section 2.1, with SHA-256.

A leaf is the canonical JSON of an entry. Nodes of full subtrees are numbered by (level, position), leaves being level 0;
node (l, p) covers the leaves from p * 2**l up to (p + 1) * 2**l. Whoever keeps these nodes can add a leaf, and make a head or
a proof, in O(log n) steps. Hashes are 32 bytes.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

EMPTY = hashlib.sha256(b"").digest()
"""The head of a tree without leaves."""
Nodes = Callable[[int, int], bytes]
"""The hash of the full subtree at a level and position."""


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node from those of its children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown(nodes: Nodes, index: int, leaf: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The nodes that are complete once a leaf is added: level, position, hash.

    Args:
        nodes: those of the leaves before it.
        index: the number of the leaf, from 0.
        leaf: the hash of the leaf.
    """
    level, held = 0, leaf
    yield level, index, held
    while index >> level & 1:
        held = node_hash(nodes(level, (index >> level) - 1), held)
        level += 1
        yield level, index >> level, held


def root(nodes: Nodes, size: int) -> bytes:
    """The head of the tree of the first `size` leaves."""
    return _covering(nodes, 0, size) if size else EMPTY


def inclusion(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """The proof that leaf `index` (from 0) is in the tree of the first `size` leaves (2.1.3.1)."""
    return _path(nodes, index, 0, size)


def consistency(nodes: Nodes, old: int, new: int) -> list[bytes]:
    """The proof that the tree of `new` leaves only added to that of `old` (2.1.4.1)."""
    return _subproof(nodes, (old, new), 0, whole=True) if 0 < old < new else []


def root_from_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes | None:
    """The head that a proof of inclusion leads to (2.1.3.2); None where the proof has not the right length."""
    place, last, held = index, size - 1, leaf
    if not 0 <= index < size:
        return None
    for part in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            held = node_hash(part, held)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            held = node_hash(held, part)
        place, last = place >> 1, last >> 1
    return held if last == 0 else None


def is_consistent(sizes: tuple[int, int], roots: tuple[bytes, bytes], path: Sequence[bytes]) -> bool:
    """Whether a proof shows that the newer of two heads only added to the older (2.1.4.2)."""
    old, new = sizes
    if old > new or (old == new and (path or roots[0] != roots[1])):
        return False
    if old in (0, new):
        return not path
    if not path:
        return False
    steps = list(path) if old & (old - 1) else [roots[0], *path]
    return _heads(old - 1, new - 1, steps) == roots


def _heads(place: int, last: int, steps: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The two heads that a proof of consistency leads to."""
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for part in steps[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = node_hash(part, old), node_hash(part, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, part)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None


def _split(size: int) -> int:
    """The largest power of two below a size."""
    return 1 << (size - 1).bit_length() - 1


def _covering(nodes: Nodes, start: int, end: int) -> bytes:
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return nodes(level, start >> level)
    middle = start + _split(size)
    return node_hash(_covering(nodes, start, middle), _covering(nodes, middle, end))


def _path(nodes: Nodes, index: int, start: int, end: int) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(nodes, index, start, middle), _covering(nodes, middle, end)]
    return [*_path(nodes, index, middle, end), _covering(nodes, start, middle)]


def _subproof(nodes: Nodes, ends: tuple[int, int], start: int, *, whole: bool) -> list[bytes]:
    """The proof for the leaves from `start` up to the two ends."""
    old, new = ends
    if old == new:
        return [] if whole else [_covering(nodes, start, new)]
    middle = start + _split(new - start)
    if old <= middle:
        return [*_subproof(nodes, (old, middle), start, whole=whole), _covering(nodes, middle, new)]
    return [*_subproof(nodes, (old, new), middle, whole=False), _covering(nodes, start, middle)]
