"""Killed processes, crowds of them, and full disks: what was acknowledged is kept, and nothing is half there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.errors import StoreNotWritable
from store import Store

WORKER = Path(__file__).with_name("worker.py")
SEED = 20260304
KILLS = int(os.environ.get("PROVENANCE_TEST_KILLS", "5"))  # a thousand of them take a quarter of an hour


def run(*arguments: object) -> tuple[list[str], str, int]:
    """What a worker's documents are that were acknowledged, what it complained of, and its exit status."""
    command = [sys.executable, "-W", "error", str(WORKER), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    return done.stdout.split(), done.stderr, done.returncode


def check(folder: Path, make, acknowledged: set[str]) -> int:
    """Everything acknowledged is there and whole; returns how many documents there are."""
    with make.opened(folder) as store:
        assert [i for i in store.verify() if i.result == "failed"] == []
        kept = [stored.id for stored in store.documents()]
    assert acknowledged <= set(kept)
    assert len(kept) == len(set(kept))
    return len(kept)


def test_a_killed_process_loses_nothing_that_it_acknowledged(tmp_path: Path, make) -> None:
    """SIGKILL at random moments: each time the store opens and verifies, and in the end the work is done once."""
    acknowledged, complaints, status = run("kill", tmp_path, KILLS, SEED)
    assert (complaints, status) == ("", 0)
    assert check(tmp_path, make, set(acknowledged)) == len(set(acknowledged)) > 0


def test_processes_that_open_and_write_at_once_lose_nothing(tmp_path: Path, make) -> None:
    """Four processes make the same store and fill it: one schema, each document once, no complaint about a lock."""
    acknowledged, complaints, status = run("crowd", tmp_path, 4, 20)
    assert (len(acknowledged), complaints, status) == (4 * 20, "", 0)
    assert check(tmp_path, make, set(acknowledged)) == len(set(acknowledged)) == 4 * 10 + 10


def test_a_file_size_limit_gives_a_clear_error(tmp_path: Path, make) -> None:
    """Where no bytes can be added, the command fails with the path, and what was acknowledged stays."""
    acknowledged, complaints, status = run("fill", tmp_path, 300_000, 0)
    assert status == 3
    assert complaints.startswith("StoreNotWritable: ")
    assert str(tmp_path) in complaints
    assert complaints.count("\n") == 1
    assert check(tmp_path, make, set(acknowledged)) == len(acknowledged) > 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte and a half."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=1536k", "tmpfs", str(folder)]
    if mount is None or os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only the superuser can mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("size", [200, 90_000])
def test_a_full_disk_gives_a_clear_error(small_disk: Path, make, size: int) -> None:
    """Small rows fill the database, large bytes the blobs: either way nothing acknowledged is lost, and work resumes."""
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(400_000))
    done: list[str] = []

    def fill(store: Store) -> None:
        for number in range(5_000):
            done.append(make.add(store, b"%d" % number * size, picture=None)[0].id)  # noqa: PERF401 - what was done before the error counts

    with make.opened(small_disk) as store:
        with pytest.raises(StoreNotWritable, match=rf"{small_disk}.*no space left"):
            fill(store)
        assert [stored.id for stored in store.documents()] == done
        ballast.unlink()
        done.append(make.add(store, b"after", picture=None)[0].id)
    assert check(small_disk, make, set(done)) == len(done)
    assert not list((small_disk / "blobs" / "tmp").iterdir())
