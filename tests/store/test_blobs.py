"""Bytes as files: whole or not at all, never overwritten, checked on every read."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.errors import EvidenceError, StoreNotWritable, UsageError
from store.blobs import Blobs


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "a" / "blobs")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary())
def test_any_bytes_come_back(blobs: Blobs, content: bytes) -> None:
    """get(put(content)) == content."""
    assert blobs.get(blobs.put(content)) == content


def test_the_same_bytes_are_one_file(blobs: Blobs) -> None:
    """A second writing leaves the first file untouched, and no temporary file stays behind."""
    sha256 = blobs.put(b"seen")
    before = blobs.path(sha256).stat()
    assert blobs.put(b"seen") == sha256
    after = blobs.path(sha256).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (list(blobs), blobs.sizes(), list((blobs.folder / "tmp").iterdir())) == ([sha256], (1, 4), [])


@pytest.mark.parametrize("damage", [b"", b"sEen", b"seen and more"])
def test_other_bytes_under_a_name_are_told(blobs: Blobs, damage: bytes) -> None:
    """A flipped bit, a cut or an addition is found on reading, and on writing the same again; it is not covered up."""
    path = blobs.path(blobs.put(b"seen"))
    path.chmod(0o600)
    path.write_bytes(damage)
    with pytest.raises(EvidenceError, match=path.name):
        blobs.get(path.name)
    with pytest.raises(EvidenceError, match=path.name):
        blobs.put(b"seen")
    assert path.read_bytes() == damage


def test_missing_bytes_are_told(blobs: Blobs) -> None:
    """A file that was taken away, or made a link to elsewhere, is no evidence."""
    path = blobs.path(blobs.put(b"seen"))
    elsewhere = blobs.folder / "elsewhere"
    path.rename(elsewhere)
    with pytest.raises(EvidenceError, match="missing"):
        blobs.get(path.name)
    path.symlink_to(elsewhere)
    with pytest.raises(EvidenceError, match="cannot be read"):
        blobs.get(path.name)


@pytest.mark.parametrize("name", ["", "ab", "../" * 20 + "etc/passwd", "A" * 64, "g" * 64, "0" * 63 + "/", "0" * 64 + "\n"])
def test_no_name_from_outside_becomes_a_path(blobs: Blobs, name: str) -> None:
    """Only 64 lower-case hex digits name a blob."""
    with pytest.raises(UsageError, match="sha256"):
        blobs.get(name)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """Where a file stands in the way, the error names the path."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreNotWritable, match=str(tmp_path / "file")):
        Blobs(tmp_path / "file").put(b"seen")


def test_names_are_synced_after_the_bytes(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order that survives a power cut: sync the bytes, rename, sync the folders."""
    order = []
    real_sync, real_rename = os.fsync, Path.replace
    blobs.put(b"first")

    def sync(descriptor: int) -> None:
        order.append("sync folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "sync bytes")  # noqa: PTH112 - a path in /proc
        real_sync(descriptor)

    def rename(path: Path, target: Path) -> Path:
        order.append("rename")
        return real_rename(path, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", rename)
    (blobs.folder / blobs.path(blobs.put(b"first")).parent.name).is_dir()
    order.clear()
    blobs.put(b"second")
    assert [step for step in order if step != "sync folder"] == ["sync bytes", "rename"]
    assert order[-2:] == ["sync folder", "sync folder"]


def test_what_a_dead_process_left_is_swept(blobs: Blobs) -> None:
    """Old temporary files go; those that may be at work stay."""
    blobs.put(b"seen")
    old, new = (blobs.folder / "tmp" / name for name in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 2 * 86_400,) * 2)
    blobs.sweep()
    assert (old.exists(), new.exists()) == (False, True)
