"""SIGKILL at random points of an ingest of 200 pages, again and again; each time the record must be whole, and the work resume.

    python tests/reliability/kills.py [--kills 1000] [--seed 1] [--pages 200]

A child ingests the pages and writes the id of each document to a pipe when it is kept. At a random moment it is killed: so many
documents after the start and up to 0.05 seconds more, about the time that a page takes. The record is opened as anyone would,
verified whole, held against what was acknowledged, and the ingest goes on from there, with a few pages that are kept already.
When all 200 are kept, all of them come once more and nothing may change; then a fresh record is begun.
"""

import argparse
import os
import random
import select
import signal
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

import desk  # noqa: E402 - the path is set above

PAGES = 200
SPREAD = 4  # documents that are kept before a kill, at most, beside those that come again


def child(folder: Path, paths: list[Path], pipe: int) -> None:
    """Ingest, telling each document that is kept."""
    with desk.opened(folder) as store:
        failed = desk.keep(store, paths, lambda ident: os.write(pipe, f"{ident}\n".encode()))
    os._exit(1 if failed else 0)


def one_run(folder: Path, paths: list[Path], moment: tuple[int, float] | None) -> tuple[set[str], bool]:
    """Ingest until killed, so many documents and seconds after the start; what was acknowledged, and whether it ended."""
    read, write = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(read)
        try:
            child(folder, paths, write)
        finally:
            os._exit(2)
    os.close(write)
    told, killed = b"", False
    while True:
        if moment and not killed and told.count(b"\n") >= moment[0]:
            time.sleep(moment[1])
            os.kill(process, signal.SIGKILL)
            killed = True
        if select.select([read], [], [], 60)[0]:
            if not (more := os.read(read, 65_536)):
                break
            told += more
    os.close(read)
    _, status = os.waitpid(process, 0)
    ended = os.WIFEXITED(status)
    if ended and os.WEXITSTATUS(status):
        raise SystemExit(f"the ingest failed with {os.WEXITSTATUS(status)}")
    return set(told.decode().split()), ended


def run(kills: int, seed: int, *, count: int = PAGES, loud: bool = False) -> dict[str, int | float]:
    """Kill so many times; the figures. Raises SystemExit with what is wrong."""
    moments = random.Random(seed)  # noqa: S311 - reproducible moments
    done = dict.fromkeys(("kills", "runs_that_ended", "records", "acknowledged"), 0)
    slowest = 0.0
    with tempfile.TemporaryDirectory() as scratch:
        paths = desk.pages(Path(scratch) / "pages", count)
        with desk.opened(Path(scratch) / "warm") as warm:  # what an ingest loads is loaded once, and not by each child
            desk.keep(warm, paths[:2], lambda _: None)
            desk.faults(warm, set())
        while done["kills"] < kills:
            folder = Path(scratch) / f"record {done['records']}"
            done["records"] += 1
            acknowledged: set[str] = set()
            ended = False
            while not ended:
                again = moments.randrange(4)  # pages that are kept already and come again
                rest = paths[max(0, len(acknowledged) - again) :]
                moment = (again + moments.randrange(SPREAD), moments.uniform(0, 0.05)) if done["kills"] < kills else None
                told, ended = one_run(folder, rest, moment)
                acknowledged |= told
                done["kills"] += not ended
                began = time.monotonic()
                with desk.opened(folder) as store:
                    slowest = max(slowest, time.monotonic() - began)
                    if wrong := desk.faults(store, acknowledged):
                        raise SystemExit(f"after kill {done['kills']} (seed {seed}): {wrong[:5]}")
                    kept = sum(1 for _ in store.documents())
                if loud and done["kills"] % 20 == 0:
                    print(f"{done['kills']} kills, {kept} of {count} pages kept", file=sys.stderr, flush=True)
            if one_run(folder, paths, None) != (acknowledged, True) or kept != count:
                raise SystemExit(f"resumed to {kept} of {count} pages")
            done["acknowledged"] += len(acknowledged)
    return {**done, "lost": 0, "twice": 0, "without_bytes": 0, "slowest_opening_seconds": round(slowest, 2)}


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--pages", type=int, default=PAGES)
    given = options.parse_args()
    print(run(given.kills, given.seed, count=given.pages, loud=True))
