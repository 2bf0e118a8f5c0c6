"""How long a look-up takes, by hash and by picture, on a record of a million codes; in one run.

    OMP_NUM_THREADS=1 python benchmarks/lookup.py [--pictures 100000] [--codes 10] [--rounds 7] [--work DIR]

A record is made of one drawn picture in a dozen edits, ingested as any picture is, and of so many made-up pictures: rows of
the index with random codes, `--codes` PDQ and two counts of key points each, and two of the copy model's where it is
installed. The made-up codes of key points and of the model spread as those of photographs do (`SPREAD`), so that as many are
within reach. The picture that is asked for is another edit, 1280 pixels wide.

Told are, each as a median, in seconds of processor time and of the clock:

- a look-up of the picture in this process, in parts: decode and fingerprints, search, alignment with every candidate
  (sketches from the disk); beside `imagehash.phash` of the same bytes;
- the command `provenance lookup PICTURE`, and `provenance lookup HASH` of a kept picture and of none, each in a new process;
  beside `python -c "import numpy, sqlite3"`.

Python's byte code is written first, as an installation has it.
"""

import argparse
import compileall
import io
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import imagehash
import numpy as np
from codebook import drawn
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from provenance import fingerprint, likeness, pipeline
from provenance.acquire import snapshots
from provenance.fingerprint import copies
from provenance.match import verdict
from store import open_reader, open_store

ROOT = Path(fingerprint.__file__).parents[2]
PLAIN = [sys.executable, "-c", "import numpy, sqlite3"]
SPREAD = {"vlad": 130, "sscd": 90}
"""Dimensions of the space that made-up codes are read from: cosines spread by 1 / √dimensions, as measured among photographs."""
Spent = tuple[float, float]
"""Seconds of processor time, and of the clock."""


def edits(picture: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    """A dozen of one picture, as outlets would have them."""
    width, height = picture.size
    yield "whole", picture
    yield "small", picture.resize((width // 2, height // 2))
    yield "grey", ImageOps.grayscale(picture).convert("RGB")
    yield "bright", ImageEnhance.Brightness(picture).enhance(1.3)
    yield "mirrored", ImageOps.mirror(picture)
    for number, lost in enumerate((0.04, 0.08, 0.12, 0.16)):
        yield f"crop{number}", picture.crop((round(lost * width), round(lost * height / 2), width, height))
    yield "letterbox", ImageOps.expand(picture, (0, height // 6, 0, height // 6), "black")
    captioned = picture.copy()
    ImageDraw.Draw(captioned).rectangle((0, round(height * 0.85), width, height), fill=(15, 30, 90))
    yield "caption", captioned
    yield "turned", picture.rotate(2, Image.Resampling.BICUBIC)


def saved(picture: Image.Image) -> bytes:
    """As JPEG."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def made(folder: Path, pictures: int, codes: int) -> tuple[str, Path]:
    """The record, by its address, and the picture to ask for; what is there already is used again."""
    url, asked, whole = f"sqlite:///{folder / 'desk.db'}", folder / "asked.jpg", drawn(1).resize((1280, 960))
    asked.write_bytes(saved(whole.crop((40, 20, 1240, 930)).resize((1280, 960))))
    if (folder / "desk.db").exists():
        return url, asked
    (folder / "pictures").mkdir()
    for name, picture in edits(whole):
        (folder / "pictures" / f"{name}.jpg").write_bytes(saved(picture))
    with open_store(url, None) as store:
        kept = list(pipeline.ingest(snapshots([str(folder / "pictures")]), store, who="benchmark"))
        print(f"{len(kept)} pictures ingested")
        pipeline.visuals(store)
    fill(folder / "desk.db", pictures, codes)
    with open_store(url, None) as store:
        for algorithm, digits in (("pdq", 64), ("vlad", 512), ("sscd", 256)):
            store.near(algorithm, "0" * digits, 0)
    return url, asked


def fill(database: Path, pictures: int, codes: int) -> None:
    """Rows of the index for pictures that there are not."""
    random = np.random.default_rng(2026)
    names = [random.bytes(32).hex() for _ in range(pictures)]
    kinds = [("pdq", 256, codes, None), ("vlad", 2048, 2, SPREAD["vlad"])]
    if copies.version():
        kinds.append(("sscd", 1024, 2, SPREAD["sscd"]))
    with sqlite3.connect(database) as kept:
        for algorithm, bits, each, dimensions in kinds:
            planes = random.standard_normal((dimensions or 1, bits)).astype(np.float32)
            for start in range(0, pictures * each, 20_000):
                many = min(20_000, pictures * each - start)
                if dimensions is None:
                    values = random.integers(0, 256, (many, bits // 8), dtype=np.uint8)
                else:
                    values = np.packbits(random.standard_normal((many, dimensions)).astype(np.float32) @ planes > 0, axis=1)
                rows = ((names[(start + n) // each], algorithm, bits, values[n].tobytes(), 90, 1) for n in range(many))
                kept.executemany(
                    "INSERT INTO fingerprint (asset, algorithm, bits, value, quality, entry) VALUES (?,?,?,?,?,?)", rows
                )


def spent(work: Callable[[], object]) -> Spent:
    """What a piece of work in this process takes."""
    cpu, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - clock


def run(command: list[str], url: str) -> Spent:
    """What a command takes, to its end, with its children."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PROVENANCE_DB": url}
    before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=subprocess.DEVNULL)
    clock, after = time.perf_counter() - clock, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock


def median(spending: list[Spent]) -> Spent:
    """Of each column."""
    cpu, clock = zip(*spending, strict=True)
    return statistics.median(cpu), statistics.median(clock)


def told(name: str, took: Spent, beside: Spent, unit: str) -> None:
    """One line."""
    print(f"{name:44}{took[0] * 1e3:9.1f} ms CPU{took[1] * 1e3:9.1f} ms{took[0] / beside[0]:8.1f} × {unit}")


def of_picture(url: str, asked: Path, rounds: int) -> None:
    """A look-up in this process, in parts."""
    content = asked.read_bytes()
    parts: dict[str, list[Spent]] = {"imagehash": [], "fingerprints": [], "search": [], "geometry": []}
    outcome: dict[str, list[object]] = {}
    with open_reader(url) or sys.exit("no such record") as keeper:
        for _ in range(rounds + 1):
            asset, sketch = fingerprint.described(content)
            parts["imagehash"].append(spent(lambda: imagehash.phash(Image.open(io.BytesIO(content)))))
            parts["fingerprints"].append(spent(lambda: fingerprint.described(content)))
            parts["search"].append(spent(lambda asset=asset: outcome.update(names=likeness.candidates(keeper, asset))))
            names = outcome["names"]

            def compared(asset: object = asset, sketch: object = sketch, names: list[object] = names) -> None:
                sketches = likeness.Sketches(keeper)
                others = [(keeper.asset(str(n)), sketches.of(str(n))) for n in names]
                found = [verdict.join(asset, other, sketch, drawing).match for other, drawing in others if other]  # type: ignore[arg-type]
                outcome["matches"] = [match for match in found if match]

            parts["geometry"].append(spent(compared))
    took = {name: median(each[1:]) for name, each in parts.items()}
    whole = took["fingerprints"], took["search"], took["geometry"]
    print(f"\n{len(outcome['names'])} candidates, {len(outcome['matches'])} matches")
    for name in ("imagehash", "fingerprints", "search", "geometry"):
        told(name, took[name], took["imagehash"], "imagehash")
    told("look-up of a picture", (sum(p[0] for p in whole), sum(p[1] for p in whole)), took["imagehash"], "imagehash")


def _pdq(picture: Path) -> str:
    asset, _ = fingerprint.described(picture.read_bytes())
    return next(p.value for p in asset.fingerprints if p.algorithm == "pdq")


def of_commands(url: str, asked: Path, rounds: int) -> None:
    """New processes, by turns."""
    kept = asked.parent / "pictures" / "whole.jpg"
    unknown, known = f"pdq:{'5a' * 32}", f"pdq:{_pdq(kept)}"
    program = [sys.executable, "-m", "cli", "lookup"]
    commands = {"numpy, sqlite3": PLAIN}
    for name, value in (("a HASH that is kept", known), ("a HASH that is not", unknown)):
        commands |= {name: [*program, value], f"{name}, --json": [*program, value, "--json"]}
    commands["PICTURE"] = [*program, str(asked)]
    taken: dict[str, list[Spent]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            taken[name].append(run(command, url))
    took = {name: median(each[1:]) for name, each in taken.items()}
    print()
    for name, spending in took.items():
        told(f"new process: {name}", spending, took["numpy, sqlite3"], "numpy, sqlite3")


def main() -> None:
    """Make, measure, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=100_000)
    parser.add_argument("--codes", type=int, default=10, help="PDQ codes a picture")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--work", type=Path, help="where the record is kept for another run; else it is removed")
    given = parser.parse_args()
    for part in ("provenance", "store"):
        compileall.compile_dir(ROOT / part, quiet=2)
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.work or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        url, asked = made(folder, given.pictures, given.codes)
        of_picture(url, asked, given.rounds)
        of_commands(url, asked, given.rounds)


if __name__ == "__main__":
    main()
