"""Exact range search among 256-bit codes: ours against FAISS's binary flat index, on the same codes in the same run.

    python benchmarks/index.py [--codes 1000000] [--queries 200] [--check 1000] [--radius 31]

Codes are random, each query is a code that is kept with about 6 % of its bits turned over. The two take turns query by
query, so that a busy machine slows both alike; medians and their ratio are printed. `--check` queries are answered by
counting every bit as well, and must agree. One thread. FAISS is no dependency of this project: pip install faiss-cpu

The time to add one code to a file of that many, and to map the file into a fresh process, are printed beside a plain
`python -c "import numpy, sqlite3"`.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from store import codes
from store.codes import CodeFile

BITS = 256
FEW_FLIPPED = 0.06
BATCH = 200_000
FRESH = """
import sys
from pathlib import Path
from store.codes import CodeFile
file = CodeFile(Path(sys.argv[1]), 256, read_only=True)
file.search(bytes.fromhex(sys.argv[2]), int(sys.argv[3]))
"""


def filled(folder: Path, kept: NDArray[np.uint64]) -> CodeFile:
    """A code file with all the codes, ids from 1, its postings made."""
    file = CodeFile(folder, BITS)
    for start in range(0, len(kept), BATCH):
        rows = [(start + n + 1, row.tobytes()) for n, row in enumerate(kept[start : start + BATCH])]
        file.extend(lambda _last, rows=rows: rows)  # type: ignore[misc]
    file.settle()
    return file


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def query(random: np.random.Generator, kept: NDArray[np.uint64]) -> bytes:
    """A code that is kept, a few of its bits turned over."""
    turned = np.packbits(random.random(BITS) < FEW_FLIPPED).view(np.uint64)
    return bytes((kept[random.integers(len(kept))] ^ turned).tobytes())


def main() -> int:
    """Measure, print, and fail where an answer is not exact."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in (("codes", 1_000_000), ("queries", 200), ("check", 1000), ("radius", 31)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    random = np.random.default_rng(20_26)
    kept = random.integers(0, 2**64, (asked.codes, BITS // 64), dtype=np.uint64)
    with tempfile.TemporaryDirectory() as folder:
        file = filled(Path(folder) / "pdq-256", kept)
        ours, theirs = race(file, kept, random, asked)
        wrong = disagreements(file, kept, random, asked)
        report(asked, ours, theirs)
        fresh(Path(folder) / "pdq-256", query(random, kept).hex(), asked.radius)
        add = [seconds(lambda: file.extend(lambda last: [(last + 1, random.bytes(32))])) for _ in range(50)]
        print(f"adding one code: median {statistics.median(add) * 1e3:.2f} ms, worst {max(add) * 1e3:.2f} ms")
    print(f"answers that counting every bit contradicts: {wrong} of {asked.check}")
    return int(wrong > 0)


def race(
    file: CodeFile, kept: NDArray[np.uint64], random: np.random.Generator, asked: argparse.Namespace
) -> tuple[list[float], list[float]]:
    """Seconds a query of ours and of FAISS, by turns; FAISS's are empty where it is not installed."""
    try:
        import faiss  # noqa: PLC0415 -- no dependency: imported where it is asked for
    except ImportError:
        print("faiss is not installed: pip install faiss-cpu")
        return [seconds(lambda: file.search(query(random, kept), asked.radius)) for _ in range(asked.queries)], []
    faiss.omp_set_num_threads(1)
    flat = faiss.IndexBinaryFlat(BITS)
    flat.add(kept.view(np.uint8).reshape(len(kept), -1))
    ours, theirs = [], []
    for _ in range(asked.queries):
        code = query(random, kept)
        row = np.frombuffer(code, dtype=np.uint8).reshape(1, -1)
        theirs.append(seconds(lambda row=row: flat.range_search(row, asked.radius + 1)))  # type: ignore[misc]
        ours.append(seconds(lambda code=code: file.search(code, asked.radius)))  # type: ignore[misc]
        knn = flat.range_search(row, asked.radius + 1)[2]
        if sorted(i + 1 for i in knn.tolist()) != sorted(file.search(code, asked.radius).ids.tolist()):
            print("an answer differs from FAISS's")
    return ours, theirs


def disagreements(file: CodeFile, kept: NDArray[np.uint64], random: np.random.Generator, asked: argparse.Namespace) -> int:
    """How many answers differ from those of counting every bit."""
    wrong = 0
    for _ in range(asked.check):
        code = query(random, kept)
        distances = np.bitwise_count(kept ^ np.frombuffer(code, dtype=np.uint64)).sum(axis=1, dtype=np.int64)
        near = np.flatnonzero(distances <= asked.radius)
        hits = file.search(code, asked.radius)
        expected = dict(zip((near + 1).tolist(), distances[near].tolist(), strict=True))
        wrong += expected != dict(zip(hits.ids.tolist(), hits.distances.tolist(), strict=True))
    return wrong


def report(asked: argparse.Namespace, ours: list[float], theirs: list[float]) -> None:
    """Medians and their ratio."""
    mine = statistics.median(ours)
    print(f"{asked.codes:,} codes, radius {asked.radius}: ours {mine * 1e3:.3f} ms, worst {max(ours) * 1e3:.3f} ms")
    if theirs:
        other = statistics.median(theirs)
        print(f"FAISS flat {other * 1e3:.3f} ms: ours takes {mine / other:.3f} of its time")


def fresh(folder: Path, code: str, radius: int) -> None:
    """A first search in a new process, against a process that only imports numpy and sqlite3."""
    found = [sys.executable, "-c", FRESH, str(folder), code, str(radius)]
    plain = [sys.executable, "-c", "import numpy, sqlite3"]
    turns = [(seconds(lambda: run(plain)), seconds(lambda: run(found))) for _ in range(9)]
    bare, cold = (statistics.median(column) for column in zip(*turns, strict=True))
    print(f"first search in a new process: {cold / bare:.2f} times `import numpy, sqlite3` ({bare * 1e3:.0f} ms)")


def run(command: list[str]) -> None:
    """A command to its end."""
    subprocess.run(command, check=True, cwd=Path(codes.__file__).parents[1])


if __name__ == "__main__":
    sys.exit(main())
