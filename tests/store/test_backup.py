"""Backups: whole, verified, made while others write; restored whole or not at all."""

import json
import shutil
import tarfile
import threading
from pathlib import Path

import pytest

from provenance.errors import EvidenceError, ProvenanceError, UsageError
from store import Store, restore, schema

OLD = Path(__file__).with_name("old")


@pytest.fixture
def backup(store: Store, make, tmp_path: Path) -> Path:
    for number in range(3):
        make.add(store, b"page %d" % number, b"picture %d" % number)
    store.backup(tmp_path / "backup")
    return tmp_path / "backup"


def all_of(store: Store) -> list:
    return [*store.documents(), *store.log.entries()]


def test_a_backup_comes_back_as_it_was(backup: Path, store: Store, make, tmp_path: Path) -> None:
    """Documents, journal, bytes and checkpoint are the same; what was added since is not in it; work goes on."""
    before, pinned = all_of(store), store.checkpoint()
    make.add(store, b"later")
    said = restore(backup, str(tmp_path / "new" / "desk.db"))
    assert said["checkpoint"] == pinned
    with make.opened(tmp_path / "new") as back:
        assert (all_of(back), back.checkpoint()) == (before, pinned)
        assert back.blob(make.sha256(b"picture 2")) == b"picture 2"
        assert {item.result for item in back.verify(checkpoint=pinned)} == {"passed"}
        assert make.add(back, b"goes on")[1]
    assert sorted(path.name for path in (tmp_path / "new").iterdir() if "index" not in path.name) == ["blobs", "desk.db"]


def test_a_backup_is_whole_while_others_write(store: Store, make, tmp_path: Path) -> None:
    """Each backup holds a state that there was: it verifies, and is a beginning of what came after."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        with make.opened(tmp_path) as other:
            while not stop.is_set():
                number += 1
                make.add(other, b"page %d" % number, b"picture %d" % number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        said = [store.backup(tmp_path / f"backup {number}") for number in range(5)]
    finally:
        stop.set()
        writer.join()
    sizes = [int(one["checkpoint"].partition(":")[0]) for one in said]
    assert sizes == sorted(sizes)
    for number, one in enumerate(said):
        restore(tmp_path / f"backup {number}", str(tmp_path / f"{number}.db"), tmp_path / "bytes")
        assert [i for i in store.verify(checkpoint=one["checkpoint"]) if i.result == "failed"] == []


def test_a_damaged_backup_is_refused_and_nothing_is_restored(backup: Path, tmp_path: Path) -> None:
    """A changed database, list or blob, or one that is missing: named, and no record appears."""

    def spoiled(name: str, content: bytes | None) -> None:
        copy = Path(shutil.copytree(backup, tmp_path / "spoiled"))
        path = next(copy.glob(name))
        path.chmod(0o600)
        path.unlink() if content is None else path.write_bytes(content)
        with pytest.raises(ProvenanceError, match="spoiled"):
            restore(copy, str(tmp_path / "new.db"))
        shutil.rmtree(copy)
        assert not list(tmp_path.glob("new*"))

    listed = json.loads((backup / "backup.json").read_text())
    for name in ("desk.db", "blobs/??/*", "backup.json"):
        content = next(backup.glob(name)).read_bytes()
        for change in (None, b"", content[:-1], content[:50] + b"~" + content[51:]):
            if name != "backup.json" or change is None or not change.endswith(b"}"):
                spoiled(name, change)
    spoiled("backup.json", json.dumps({**listed, "checkpoint": f"1:{'ab' * 32}"}).encode())
    spoiled("backup.json", b"[]")


def test_a_record_that_does_not_verify_makes_no_backup(store: Store, make, tmp_path: Path) -> None:
    """The folder is not said to be a backup; repaired, the same command goes on."""
    make.add(store)
    blob = next((tmp_path / "blobs").glob("??/*"))
    content = blob.read_bytes()
    blob.chmod(0o600)
    blob.write_bytes(b"rot")
    with pytest.raises(EvidenceError, match=blob.name):
        store.backup(tmp_path / "backup")
    with pytest.raises(UsageError, match="no finished backup"):
        restore(tmp_path / "backup", str(tmp_path / "new.db"))
    blob.write_bytes(content)
    assert store.backup(tmp_path / "backup")["checkpoint"] == store.checkpoint()


def test_nothing_is_written_over(backup: Path, store: Store, tmp_path: Path) -> None:
    """Neither a record nor a backup nor a folder with something else in it."""
    with pytest.raises(UsageError, match="there is a record already"):
        restore(backup, str(tmp_path / "desk.db"))
    with pytest.raises(UsageError, match="there is a backup already"):
        store.backup(backup)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").touch()
    with pytest.raises(UsageError, match="something else"):
        store.backup(tmp_path / "other")


def test_bytes_that_had_to_go_are_not_in_a_backup(store: Store, make, tmp_path: Path) -> None:
    """A backup made after a redaction holds the hash and the reason only."""
    make.add(store)
    store.redact(make.sha256(b"picture"), who="Ada", why="a court order")
    store.backup(tmp_path / "backup")
    restore(tmp_path / "backup", str(tmp_path / "new.db"), tmp_path / "bytes")
    assert list(tmp_path.rglob(make.sha256(b"picture"))) == []


@pytest.mark.parametrize("revision", schema.REVISIONS)
def test_a_backup_of_any_version_can_be_restored(revision: str, make, tmp_path: Path) -> None:
    """Made by an older program, it is brought to this version's schema on the way; the journal is the one that was backed up."""
    with tarfile.open(OLD / f"{revision}.tar.xz") as archive:
        archive.extractall(tmp_path / "backup", filter="data")
    database = tmp_path / "backup" / "desk.db"
    with make.opened(Path(shutil.copytree(tmp_path / "backup", tmp_path / "probe"))) as probe:
        checkpoint = probe.checkpoint()
    listed = {
        "schema": "provenance/backup/1",
        "made_at": "",
        "checkpoint": checkpoint,
        "sha256": make.sha256(database.read_bytes()),
    }
    (tmp_path / "backup" / "backup.json").write_text(json.dumps(listed))
    restore(tmp_path / "backup", str(tmp_path / "new" / "desk.db"))
    with make.opened(tmp_path / "new") as back:
        assert {item.result for item in back.verify(checkpoint=checkpoint)} == {"passed"}
        assert len(list(back.documents())) == 3
