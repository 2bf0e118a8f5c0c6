"""Eight writers of 500 items each into one record, and 10,000 look-ups meanwhile.

    python tests/reliability/crowd.py [--writers 8] [--items 500] [--lookups 10000]

Every second item is the same for all writers. Look-ups go through the store as the commands' do: by hash within 10 bits, by
address, by account, by sha256. Their times are told with the median of the same look-ups alone, in the same process, before
and after; once as they were, and once without the time that they waited for a core (`on_a_core_…`), which others on the machine
decide: what is left are this program's own locks, disks and work.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE), str(HERE.parent / "store")]

import desk  # noqa: E402 - the path is set above
import factory  # noqa: E402 - the same

from store import Store  # noqa: E402 - the same


def write(folder: Path, name: int, items: int, pipe: int) -> None:
    """Keep items, telling each; as `ingest` does, behind whoever looks something up."""
    os.nice(5)
    with desk.opened(folder) as store:
        for number in range(items):
            content = f"<p>{'all' if number % 2 else name} {number}</p>".encode()
            picture = b"picture of " + content
            assets = {"m1": (factory.asset(picture, phash=factory.sha256(picture)[:16]), picture)}
            taken = factory.snapshot(content, url=f"https://lamp.example/{number}")
            stored, _ = store.add(
                factory.document(content),
                content,
                snapshot=taken,
                assets=assets,
                no_bytes={"m2": "words only"},
                who=f"writer {name}",
            )
            os.write(pipe, f"{stored.id}\n".encode())


def forked(work, *arguments: object) -> int:
    """Do something in a child; its number."""
    child = os.fork()
    if child == 0:
        try:
            work(*arguments)
        except BaseException as error:  # noqa: BLE001 - a child never returns into its parent's code
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
            os._exit(1)
        os._exit(0)
    return child


def look_up(store: Store, chance: random.Random) -> tuple[float, float]:
    """One look-up of one of the four kinds: its seconds, and how many of them it waited for a core."""
    kind, wanted = chance.randrange(4), f"{chance.getrandbits(64):016x}"
    waited, began = _waited(), time.perf_counter()
    if kind == 0:
        store.near("phash", wanted, 10)
    elif kind == 1:
        store.uses_of_url(f"https://lamp.example/{chance.randrange(500)}")
    elif kind == 2:
        store.posts("telegram", handle="harbour_news") if chance.random() < 0.01 else store.posts("x", wanted)
    else:
        store.uses_of_asset(wanted * 4)
    took = time.perf_counter() - began
    return took, _waited() - waited


def _waited() -> float:
    """Seconds that this thread was ready to run and had no core, as Linux counts them; 0 where it does not."""
    told = Path("/proc/thread-self/schedstat")
    return int(told.read_text().split()[1]) / 1e9 if told.exists() else 0.0


def timed(store: Store, count: int, chance: random.Random) -> list[tuple[float, float]]:
    """So many look-ups, one after the other."""
    return [look_up(store, chance) for _ in range(count)]


def p99(seconds: list[float]) -> float:
    """The time that 99 of 100 stay under."""
    return statistics.quantiles(seconds, n=100)[98]


def run(writers: int, items: int, lookups: int, seed: int = 1) -> dict[str, float]:
    """The figures; raises SystemExit with what is wrong."""
    chance = random.Random(seed)  # noqa: S311 - reproducible look-ups
    with tempfile.TemporaryDirectory() as scratch, desk.opened(Path(scratch)) as store:
        reader, pipe = os.pipe()
        forked_first = forked(write, Path(scratch), 99, 4, pipe)
        os.waitpid(forked_first, 0)
        alone = timed(store, 2000, chance)
        began = time.monotonic()
        children = [forked(write, Path(scratch), number, items, pipe) for number in range(writers)]
        os.close(pipe)
        meanwhile, told, running, taken = [], b"", list(children), 0.0
        os.set_blocking(reader, False)
        while len(meanwhile) < lookups or running:
            meanwhile += timed(store, 10, chance) if len(meanwhile) < lookups else []
            told += _read(reader)
            for child in list(running):
                number, status = os.waitpid(child, os.WNOHANG)
                if number:
                    running.remove(child)
                    taken = time.monotonic() - began
                    if status:
                        raise SystemExit("a writer failed")
            during = len(meanwhile) if running else locals().get("during", len(meanwhile))
            if not running and len(meanwhile) < lookups:
                break
        told += _read(reader)
        after = timed(store, 2000, chance)
        acknowledged = told.decode().split()
        wrong = desk.faults(store, set(acknowledged))
        kept = sum(1 for _ in store.documents())
        if wrong or len(acknowledged) != writers * items + 4:
            raise SystemExit(f"{len(acknowledged)} acknowledged, {kept} kept: {wrong[:5]}")
    return {
        "acknowledged": len(acknowledged) - 4,
        "kept": kept,
        "items_per_second": round(writers * items / taken),
        "lookups": len(meanwhile),
        "lookups_while_writing": during,
        **_compared("", *([took for took, _ in found] for found in (alone, after, meanwhile))),
        **_compared("on_a_core_", *([took - waited for took, waited in found] for found in (alone, after, meanwhile))),
    }


def _compared(named: str, alone: list[float], after: list[float], meanwhile: list[float]) -> dict[str, float]:
    return {
        f"{named}median_alone_ms": round(statistics.median(alone) * 1000, 3),
        f"{named}median_alone_after_ms": round(statistics.median(after) * 1000, 3),
        f"{named}median_meanwhile_ms": round(statistics.median(meanwhile) * 1000, 3),
        f"{named}p99_meanwhile_ms": round(p99(meanwhile) * 1000, 3),
        f"{named}p99_to_median_alone": round(p99(meanwhile) / statistics.median(alone), 1),
        f"{named}p99_to_median_alone_after": round(p99(meanwhile) / statistics.median(after), 1),
    }


def _read(pipe: int) -> bytes:
    try:
        return os.read(pipe, 1 << 20)
    except BlockingIOError:
        return b""


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in (("--writers", 8), ("--items", 500), ("--lookups", 10_000)):
        options.add_argument(name, type=int, default=value)
    given = options.parse_args()
    print(run(given.writers, given.items, given.lookups))
