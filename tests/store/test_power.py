"""A power cut at the worst moment: the entry is on the disk, and of the files only what was synced."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine


class Disk:
    """What of a folder would survive a power cut: names that their folder was synced with, and bytes that were synced.

    SQLite's own files are not looked at: it syncs them itself, in full, and is trusted with that.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._names: dict[Path, dict[str, int]] = {}
        self._bytes: dict[int, bytes] = {}
        self._real = os.fsync

    def sync(self, descriptor: int) -> None:
        """In place of `os.fsync`."""
        path = Path(f"/proc/self/fd/{descriptor}").resolve()
        if path.is_dir():
            self._names[path] = {entry.name: entry.stat(follow_symlinks=False).st_ino for entry in os.scandir(path)}
        else:
            self._bytes[os.fstat(descriptor).st_ino] = path.read_bytes()
        self._real(descriptor)

    def survivors(self) -> dict[Path, bytes]:
        """The files under the root, by their path from it; one whose bytes were never synced is empty."""
        return dict(self._below(self.root))

    def _below(self, folder: Path) -> Iterator[tuple[Path, bytes]]:
        for name, number in self._names.get(folder, {}).items():
            path = folder / name
            if path in self._names:
                yield from self._below(path)
            elif not path.is_dir():
                yield path.relative_to(self.root), self._bytes.get(number, b"")


@contextmanager
def at_each_commit(act) -> Iterator[None]:
    """Call something whenever a transaction is about to be committed."""

    def about_to(_: object) -> None:
        act()

    event.listen(Engine, "commit", about_to)
    try:
        yield
    finally:
        event.remove(Engine, "commit", about_to)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="asks /proc which file is synced")
def test_when_an_entry_is_written_its_bytes_have_survived(
    tmp_path: Path, make: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut at the very moment of each commit, the record holds every byte that its entries speak of, and verifies."""
    desk, after = tmp_path / "desk", tmp_path / "after"
    desk.mkdir()
    disk, survived = Disk(desk.resolve()), []
    monkeypatch.setattr(os, "fsync", disk.sync)
    with make.opened(desk) as store, at_each_commit(lambda: survived.append(disk.survivors())):
        for number in range(6):
            survived.clear()
            make.add(store, b"<p>%d</p>" % number, b"picture %d" % (number // 2))
            assert survived, "nothing was committed"
            _on_a_new_disk(after / str(number), desk, survived[-1])
    monkeypatch.undo()
    for number in range(6):
        with make.opened(after / str(number)) as store:
            assert [] == [item for item in store.verify() if item.result == "failed"]
            assert number + 1 == sum(1 for _ in store.documents())


def _on_a_new_disk(folder: Path, desk: Path, files: dict[Path, bytes]) -> None:
    """The database as it is once the commit is done, and the files that had survived when it began."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(desk / "desk.db")) as there, closing(sqlite3.connect(folder / "desk.db")) as here:
        there.backup(here)


def test_the_model_of_a_disk_loses_what_was_not_synced(tmp_path: Path) -> None:
    """A name without a sync of its folder is gone, bytes without one are empty: else the test above could not fail."""
    disk = Disk(tmp_path.resolve())
    for name, sync_bytes, sync_name in (("a", True, True), ("b", False, True), ("c", True, False)):
        descriptor = os.open(tmp_path / name, os.O_WRONLY | os.O_CREAT)
        os.write(descriptor, name.encode())
        if sync_bytes:
            disk.sync(descriptor)
        os.close(descriptor)
        if sync_name:
            folder = os.open(tmp_path, os.O_RDONLY)
            disk.sync(folder)
            os.close(folder)
    assert {Path("a"): b"a", Path("b"): b""} == disk.survivors()
