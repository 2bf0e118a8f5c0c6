"""Full disks at random points, read-only disks, permissions that are lost midway.

    python tests/reliability/disks.py [--full 50] [--seed 1]      (as the superuser: it mounts small disks of its own)

Each time a child ingests 40 pages. Where the disk is full or may not be written, it must end with one line that names the path;
what it acknowledged must be there and whole, the record readable, and with space or permission back the next run completes.
"""

import argparse
import contextlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE), str(HERE.parent / "store")]

import desk  # noqa: E402 - the path is set above
import factory  # noqa: E402 - the same

from provenance.errors import ProvenanceError  # noqa: E402 - the same
from store import Store, open_store  # noqa: E402 - the same

PAGES = 40
NOBODY = 65534


@contextlib.contextmanager
def disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A small disk."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=777", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def ingest(folder: Path, paths: list[Path], *, user: int = 0, after: int = -1, then=lambda: None) -> tuple[set[str], str]:
    """Ingest in a child: what it acknowledged, and its error; after so many documents something happens."""
    read, write = os.pipe()
    said, say = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            if user:
                os.setgroups([])
                os.setgid(user)
                os.setuid(user)
            with desk.opened(folder) as store:
                keep = made if user else desk.keep
                keep(store, paths, lambda ident: os.write(write, f"{ident}\n".encode()))
        except ProvenanceError as error:
            os.write(say, f"{type(error).__name__}: {error}".encode())
        except BaseException as error:  # noqa: BLE001 - a child never returns into its parent's code
            os.write(say, f"TRACEBACK {error!r}".encode())
        os._exit(0)
    os.close(write)
    os.close(say)
    told = b""
    if after == 0:
        then()
    while more := os.read(read, 33):
        told += more
        if after > 0 and told.count(b"\n") >= after:
            after = -1
            then()
    error = os.read(said, 10_000).decode()
    os.waitpid(child, 0)
    os.close(read)
    os.close(said)
    return set(told.decode().split()), error


def made(store: Store, paths: list[Path], acknowledge) -> None:
    """Keep ready-made documents instead of reading pages: that user may not start the program that reads them."""
    for path in paths:
        acknowledge(factory.add(store, path.read_bytes(), path.name.encode())[0].id)


def expect(condition: object, what: str) -> None:
    """Stop where something is not as it must be."""
    if not condition:
        raise SystemExit(what)


def whole(folder: Path, acknowledged: set[str], *, count: int | None = None) -> None:
    """The record verifies, holds what was acknowledged, and so many documents."""
    with desk.opened(folder) as store:
        wrong = desk.faults(store, acknowledged)
        expect(not wrong, f"{wrong[:5]}")
        kept = sum(1 for _ in store.documents())
    expect(count in (None, kept), f"{kept} of {count} documents")


def full(folder: Path, paths: list[Path], room: int) -> bool:
    """A disk with so many bytes of room; whether it was filled before the work was done."""
    with disk(folder, 6000) as small:
        ballast = small / "ballast"
        ballast.write_bytes(bytes(max(0, 6_000_000 - room)))
        acknowledged, error = ingest(small, paths)
        filled = bool(error)
        expect(not filled or error.startswith("StoreNotWritable: "), f"{room}: {error}")
        expect(not filled or str(small) in error, f"{room}: the path is not named: {error}")
        ballast.unlink()
        whole(small, acknowledged)
        again, error = ingest(small, paths)
        expect(not error, f"{room}: does not resume: {error}")
        whole(small, acknowledged | again, count=len(paths))
    folder.rmdir()
    return filled


def read_only(folder: Path, paths: list[Path]) -> None:
    """A disk that may only be read: a clear refusal, and reading works."""
    with disk(folder, 6000) as small:
        acknowledged, _ = ingest(small, paths[:10])
        for _ in range(100):  # a decoder that is on its way out may still hold the disk
            if not subprocess.run(["mount", "-o", "remount,ro", str(small)], check=False, capture_output=True).returncode:
                break
            time.sleep(0.1)
        _, error = ingest(small, paths)
        expect("StoreNotWritable" in error and str(small) in error, f"read-only: {error}")
        with open_store(str(small / "desk.db"), read_only=True) as store:
            expect({stored.id for stored in store.documents()} == acknowledged, "read-only: documents")
            expect(not [i for i in store.verify() if i.result == "failed"], "read-only: it does not verify")
        subprocess.run(["mount", "-o", "remount,rw", str(small)], check=True)
        again, error = ingest(small, paths)
        expect(not error, f"read-only: does not resume: {error}")
        whole(small, acknowledged | again, count=len(paths))
    folder.rmdir()


def permission(folder: Path, paths: list[Path], after: int) -> bool:
    """The folders may not be written any more after so many documents; whether that was before the work was done."""
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    first, error = ingest(folder, paths[:1], user=NOBODY)
    expect(first and not error, f"permission: {error or 'nothing kept'}")

    def lose() -> None:
        for path in (folder, folder / "blobs", folder / "blobs" / "tmp", *folder.glob("blobs/??")):
            path.chmod(0o555)

    acknowledged, error = ingest(folder, paths, user=NOBODY, after=after, then=lose)
    expect(not error or (error.startswith("StoreNotWritable: ") and str(folder) in error), f"permission: {error}")
    for path in (folder, folder / "blobs", folder / "blobs" / "tmp", *folder.glob("blobs/??")):
        path.chmod(0o777)
    os.chown(folder, NOBODY, NOBODY)
    again, more = ingest(folder, paths, user=NOBODY)
    expect(not more, f"permission: does not resume: {more}")
    whole(folder, acknowledged | again, count=len(paths))
    shutil.rmtree(folder)
    return bool(error)


def run(points: int, seed: int) -> dict[str, int]:
    """The figures; raises SystemExit with what is wrong."""
    chance = random.Random(seed)  # noqa: S311 - reproducible points
    done = dict.fromkeys(("full_disks", "of_them_filled", "read_only", "permission_lost", "of_them_stopped"), 0)
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o755)
        paths = desk.pages(Path(scratch) / "pages", PAGES)
        for path in (Path(scratch) / "pages").iterdir():
            path.chmod(0o644)
        (Path(scratch) / "pages").chmod(0o755)
        with desk.opened(Path(scratch) / "warm") as warm:
            desk.keep(warm, paths[:2], lambda _: None)
            desk.faults(warm, set())
        for number in range(points):
            done["of_them_filled"] += full(Path(scratch) / f"full {number}", paths, chance.randrange(20_000, 1_600_000))
            done["full_disks"] += 1
        read_only(Path(scratch) / "read-only", paths)
        done["read_only"] += 1
        for number in range(max(2, points // 5)):
            done["of_them_stopped"] += permission(Path(scratch) / f"lost {number}", paths, chance.randrange(1, 30))
            done["permission_lost"] += 1
    return {**done, "lost": 0, "unclear": 0, "not_resumed": 0}


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--full", type=int, default=50)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    print(run(given.full, given.seed))
