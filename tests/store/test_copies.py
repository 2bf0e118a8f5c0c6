"""Second copies of the bytes, repairs, and bytes that must go."""

import base64
import dataclasses
from pathlib import Path

import pytest

from provenance.errors import EvidenceError, NotFound, Redacted, StoreNotWritable, UsageError
from store import Store, open_store

PICTURE = b"picture"


@pytest.fixture
def twice(tmp_path: Path, make):
    """A record that keeps its bytes twice."""
    with open_store(str(tmp_path / "desk.db"), copy=tmp_path / "copy") as store:
        make.add(store)
        yield store


def damage(path: Path, content: bytes | None) -> None:
    path.chmod(0o600)
    path.unlink() if content is None else path.write_bytes(content)


def failed(store: Store) -> list[str]:
    return [item.item for item in store.verify() if item.result == "failed"]


@pytest.mark.parametrize("content", [b"pictvre", b"", b"picture ", None])
@pytest.mark.parametrize("folder", ["blobs", "copy"])
def test_rot_in_either_copy_is_found_read_around_and_repaired(twice: Store, make, tmp_path, content, folder) -> None:
    """Reading gives whole bytes all the while; the repair is an entry, and what was damaged is kept beside."""
    sha256 = make.sha256(PICTURE)
    damage(tmp_path / folder / sha256[:2] / sha256, content)
    assert failed(twice) == [sha256 if folder == "blobs" else f"{sha256} in the second copy"]
    assert twice.blob(sha256) == PICTURE
    (repair,) = twice.repair(sha256, who="Ada")
    other = "copy" if folder == "blobs" else "blobs"
    assert (repair.folder, repair.source) == (str(tmp_path / folder), str(tmp_path / other))
    assert failed(twice) == []
    last = [*twice.log.entries()][-1]
    assert (last.what, last.subject, last.who) == ("repair", sha256, "Ada")
    kept = [path.read_bytes() for path in (tmp_path / folder).glob("damaged/*")]
    assert kept == ([] if content is None else [content])
    assert twice.repair(sha256, who="Ada") == []


def test_rot_in_both_copies_cannot_be_repaired(twice: Store, make, tmp_path: Path) -> None:
    """Nothing is made up: both stay named, and reading fails."""
    sha256 = make.sha256(PICTURE)
    for folder in ("blobs", "copy"):
        damage(tmp_path / folder / sha256[:2] / sha256, b"rot")
    assert twice.repair(sha256, who="Ada") == []
    assert len(failed(twice)) == 2
    with pytest.raises(EvidenceError):
        twice.blob(sha256)


def test_a_copy_that_cannot_be_written_is_told(tmp_path: Path, make) -> None:
    """Two copies are promised, so one alone is no success."""
    (tmp_path / "copy").write_text("a file in the way")
    with open_store(str(tmp_path / "desk.db"), copy=tmp_path / "copy") as store:
        with pytest.raises(StoreNotWritable, match="copy"):
            make.add(store)
        assert list(store.documents()) == []


def test_a_copy_that_is_set_later_is_filled_by_repair(store: Store, make, tmp_path: Path) -> None:
    """What was kept before is missing there, is named, and is put there."""
    make.add(store)
    with open_store(str(tmp_path / "desk.db"), copy=tmp_path / "copy") as twice:
        names = [item.split(" ")[0] for item in failed(twice)]
        assert len(names) == 2
        for name in names:
            assert len(twice.repair(name, who="Ada")) == 1
        assert failed(twice) == []


def test_bytes_that_must_go_leave_their_hash_and_the_reason(twice: Store, make, tmp_path: Path) -> None:
    """Gone from both copies; everything else verifies; the same bytes are not kept again, though their uses are."""
    sha256 = make.sha256(PICTURE)
    twice.aside.put(make.snapshot(PICTURE, source="https://lamp.example/silo.jpg"))
    done, within = twice.redact(sha256, who="Ada", why="a child's picture")
    assert (done.sha256, done.size, done.who, done.why, within) == (sha256, len(PICTURE), "Ada", "a child's picture", [])
    assert list(tmp_path.rglob(f"{sha256}*")) == []
    assert twice.aside.get("https://lamp.example/silo.jpg") is None
    with pytest.raises(Redacted, match="a child's picture"):
        twice.blob(sha256)
    results = {item.item: item.result for item in twice.verify() if item.result != "passed"}
    assert results == {sha256: "redacted", f"{sha256} in the second copy": "redacted"}
    again, _ = make.add(twice, b"another page with it")
    assert again.assets == {"m1": sha256}
    assert not (tmp_path / "blobs" / sha256[:2] / sha256).exists()
    assert twice.redact(sha256, who="Ben", why="again")[0] == done
    assert [near[0] for near in twice.near("phash", "00ff00ff00ff00ff", 0)] == [sha256]


def test_bytes_that_came_back_are_found(twice: Store, make, tmp_path: Path) -> None:
    """A backup laid over the folder brings them back: verification says so, and redacting again removes them."""
    sha256 = make.sha256(PICTURE)
    twice.redact(sha256, who="Ada", why="a court order")
    (tmp_path / "blobs" / sha256[:2] / sha256).write_bytes(PICTURE)
    assert failed(twice) == [sha256]
    twice.redact(sha256, who="Ada", why="a court order")
    assert failed(twice) == []


def test_a_page_that_holds_the_same_bytes_is_named(store: Store, make) -> None:
    """A picture set into its page in base64, or lying in an archive, is there a second time."""
    picture = bytes(range(250))
    for page in (b"<img src='data:," + base64.b64encode(picture) + b"'>", b"WARC " + picture, b"a page without it"):
        read = dataclasses.replace(make.document(page))
        assets = {"m1": (make.asset(picture), picture)}
        store.add(read, page, snapshot=make.snapshot(page), assets=assets, no_bytes={}, who="Ada")
    _, within = store.redact(make.sha256(picture), who="Ada", why="a court order")
    assert len(within) == 2
    page, _ = store.redact(within[0], who="Ada", why="a court order")
    assert page.sha256 == within[0]


def test_only_what_is_kept_goes_and_only_for_a_reason(store: Store, make) -> None:
    """No entry is written for bytes nobody has, or without a reason."""
    make.add(store)
    before = store.checkpoint()
    with pytest.raises(NotFound, match="no such bytes"):
        store.redact(make.sha256(b"unknown"), who="Ada", why="x")
    with pytest.raises(UsageError, match="reason"):
        store.redact(make.sha256(PICTURE), who="Ada", why=" ")
    assert store.checkpoint() == before
