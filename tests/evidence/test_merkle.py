"""The hash tree: what it proves, an implementation of the RFC's own words accepts; what it does not, none accepts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.evidence import merkle

LEAVES = [b"entry %d" % number for number in range(70)]


def nodes_of(leaves: list[bytes]) -> dict[tuple[int, int], bytes]:
    nodes: dict[tuple[int, int], bytes] = {}
    for index, leaf in enumerate(leaves):
        for level, position, value in list(merkle.grown(lambda *p: nodes[p], index, merkle.leaf_hash(leaf))):
            nodes[level, position] = value
    return nodes


NODES = nodes_of(LEAVES)


def node(level: int, position: int) -> bytes:
    return NODES[level, position]


def test_heads_and_proofs_are_those_of_the_rfc(rfc) -> None:
    """Every size up to 70: the head, each proof of inclusion, and each proof of consistency."""
    for size in range(len(LEAVES) + 1):
        root = merkle.root(node, size)
        assert root == rfc.mth(LEAVES[:size])
        for index in range(size):
            path, leaf = merkle.inclusion(node, index, size), merkle.leaf_hash(LEAVES[index])
            assert rfc.verify_inclusion(leaf, index, size, root, path)
            assert merkle.root_from_inclusion(index, size, leaf, path) == root
        for old in range(size + 1):
            path, older = merkle.consistency(node, old, size), merkle.root(node, old)
            assert merkle.is_consistent((old, size), (older, root), path)
            assert old in (0, size) or rfc.verify_consistency(old, size, older, root, path)


def test_the_nodes_that_are_kept_are_those_of_full_subtrees() -> None:
    """Twice as many nodes as entries at most, so an entry costs two rows on the average."""
    assert len(NODES) < 2 * len(LEAVES)


@given(size=st.integers(1, 70), index=st.integers(0, 69), change=st.data())
def test_a_changed_proof_of_inclusion_is_refused(rfc, size: int, index: int, change: st.DataObject) -> None:
    """Another leaf, place, hash, or a path that is longer or shorter leads elsewhere, for us as for the RFC."""
    index %= size
    root, leaf, path = merkle.root(node, size), merkle.leaf_hash(LEAVES[index]), merkle.inclusion(node, index, size)
    kind = change.draw(st.sampled_from(["leaf", "longer", *(["hash", "shorter", "place"] if path else [])]))
    if kind == "leaf":
        leaf = merkle.leaf_hash(b"forged")
    elif kind == "place":
        index = (index + 1) % size
    elif kind == "hash":
        at = change.draw(st.integers(0, len(path) - 1))
        path[at] = bytes([path[at][0] ^ 1]) + path[at][1:]
    else:
        path = [*path, bytes(32)] if kind == "longer" else path[:-1]
    assert merkle.root_from_inclusion(index, size, leaf, path) != root
    assert not rfc.verify_inclusion(leaf, index, size, root, path)


@given(sizes=st.tuples(st.integers(1, 70), st.integers(1, 70)).filter(lambda s: s[0] != s[1]), at=st.integers(0, 20))
def test_a_changed_proof_of_consistency_is_refused(rfc, sizes: tuple[int, int], at: int) -> None:
    """A journal that was rewritten cannot be shown to have grown out of what was pinned."""
    old, new = min(sizes), max(sizes)
    other = nodes_of([b"forged", *LEAVES[1:new]])
    path = merkle.consistency(lambda *p: other[p], old, new)
    roots = merkle.root(node, old), merkle.root(lambda *p: other[p], new)
    assert not merkle.is_consistent((old, new), roots, path)
    assert not rfc.verify_consistency(old, new, *roots, path)
    good = merkle.consistency(node, old, new)
    good[at % len(good)] = bytes(32)
    assert not merkle.is_consistent((old, new), (merkle.root(node, old), merkle.root(node, new)), good)


@pytest.mark.parametrize("path", [[], [bytes(32)], [bytes(32)] * 80])
def test_a_path_of_any_length_is_answered(path: list[bytes]) -> None:
    """No proof from outside makes the check fail with anything but a no."""
    for sizes in ((1, 2), (3, 7), (8, 8), (9, 8), (64, 70)):
        assert not merkle.is_consistent(sizes, (b"a" * 32, b"b" * 32), path)
    assert merkle.root_from_inclusion(-1, 4, bytes(32), path) is None
    assert merkle.root_from_inclusion(4, 4, bytes(32), path) is None
