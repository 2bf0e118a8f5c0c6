"""The journal as others see it: heads, proofs, time stamps, the past."""

import re
import shutil
from pathlib import Path

import pytest

from provenance.errors import NotFound, StoreNotWritable, UsageError
from provenance.evidence import signing, timestamp
from provenance.records import AppearanceKey
from store import Store


@pytest.fixture
def filled(store: Store, make) -> Store:
    for number in range(9):
        make.add(store, b"page %d" % number, picture=None)
    return store


def test_each_entry_and_each_growth_can_be_proved(filled: Store, rfc) -> None:
    """From any entry, at any size: an implementation from the RFC's text accepts the proofs, given the leaves as exported."""
    leaves = [entry.leaf.encode() for entry in filled.log.entries()]
    for size in range(1, len(leaves) + 1):
        for sequence in range(1, size + 1):
            proof = filled.log.include(sequence, size)
            path = [bytes.fromhex(part) for part in proof.path]
            assert bytes.fromhex(proof.root) == rfc.mth(leaves[:size])
            leaf = rfc.sha(b"\x00" + leaves[sequence - 1])
            assert rfc.verify_inclusion(leaf, sequence - 1, size, bytes.fromhex(proof.root), path)
        for old in range(1, size):
            proof = filled.log.grew(old, size)
            roots = bytes.fromhex(proof.old_root), bytes.fromhex(proof.root)
            assert rfc.verify_consistency(old, size, *roots, [bytes.fromhex(part) for part in proof.path])


def test_an_entry_is_exported_with_the_bytes_that_are_hashed(filled: Store, make) -> None:
    """sha256 of the leaf is the entry's hash, sha256 of the payload its payload's, and each names the one before it."""
    previous = "0" * 64
    for number, entry in enumerate(filled.log.entries(), start=1):
        assert (entry.sequence, entry.previous) == (number, previous)
        assert make.sha256(entry.leaf.encode()) == entry.sha256
        assert make.sha256(entry.payload.encode()) == entry.payload_sha256
        previous = entry.sha256
    assert [entry.sequence for entry in filled.log.entries(after=7)] == [8, 9]


def test_what_cannot_be_proved_is_told(filled: Store) -> None:
    """An entry that is not there, or not among so many; a journal that is not so long."""
    with pytest.raises(NotFound, match="entry 10"):
        filled.log.include(10)
    with pytest.raises(UsageError, match="entry 9"):
        filled.log.include(9, 8)
    with pytest.raises(UsageError, match="12"):
        filled.log.grew(12)


def test_an_empty_journal_has_a_head(store: Store, rfc) -> None:
    """That of the tree without leaves."""
    assert store.log.head() == (0, rfc.mth([]).hex())


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_a_time_stamp_is_kept_and_verified(filled: Store, authority) -> None:
    """Passed with the authority's root, not checked without, failed where it is on no checkpoint of this journal."""
    for head, expected in ((filled.log.head(), "passed"), ((9, "ab" * 32), "failed")):
        note = signing.note("desk", *head, "2026-03-04T05:06:07Z", key=None)
        answer = authority.answer(timestamp.question(note.encode()))
        filled.log.stamp(note, timestamp.facts(answer, note.encode()), who="Ada")
        found = {i.item: i for i in filled.verify(trusted=(authority.root,)) if i.item.startswith("time stamp")}
        assert list(found.values())[-1].result == expected
    results = [item.result for item in filled.verify() if item.item.startswith("time stamp")]
    assert results == ["not-checked", "failed"]


def test_the_record_can_be_asked_as_it_was(store: Store, make, tmp_path: Path) -> None:
    """Documents, bytes, links, decisions, hashes and the checkpoint are those of then, and nothing can be written."""
    first, _ = make.add(store, b"first", picture=None)
    make.add(store, b"other", b"other picture")
    then, pinned = [*store.log.entries()][-1].at, store.checkpoint()
    make.add(store, b"first", picture=b"late picture")
    later, _ = make.add(store, b"later", b"later picture")
    store.decide("link", AppearanceKey(first.id, "m1"), AppearanceKey(later.id, "m1"), who="Ada", why="same roof")
    with make.opened(tmp_path, as_of=then) as past:
        assert [stored.document.document.sha256 for stored in past.documents()] == [make.sha256(b"first"), make.sha256(b"other")]
        assert past.document(first.id) == first
        assert (past.decisions(), past.checkpoint(), past.document(later.id)) == ([], pinned, None)
        assert [near[0] for near in past.near("phash", "00ff00ff00ff00ff", 0)] == [make.sha256(b"other picture")]
        assert past.asset(make.sha256(b"late picture")) is None
        assert {item.result for item in past.verify() if item.kind != "blob"} == {"passed"}
        with pytest.raises(StoreNotWritable):
            make.add(past, b"never")
    with make.opened(tmp_path, as_of="2001-01-01") as past:
        assert (list(past.documents()), past.log.head()[0]) == ([], 0)
    with make.opened(tmp_path, as_of="2999-01-01") as past:
        assert (len(list(past.documents())), past.checkpoint()) == (3, store.checkpoint())


@pytest.mark.parametrize("wrong", ["2026-13-01", "yesterday", "2026-03-04T12:00", "0001-01-01T00:00+14:00"])
def test_a_moment_without_a_zone_or_sense_is_told(make, tmp_path: Path, wrong: str) -> None:
    """A naive time could be any of two dozen moments."""
    with pytest.raises(UsageError, match=re.escape(wrong)):
        make.opened(tmp_path, as_of=wrong)
