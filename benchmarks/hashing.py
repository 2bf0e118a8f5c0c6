"""How fast pictures are hashed: ours beside a scaled decode by libjpeg-turbo and beside imagehash on plain Pillow.

    python benchmarks/hashing.py FOLDER [--limit 40] [--side 1280] [--rounds 5]

FOLDER holds photographs; each is brought to `--side` pixels on its longer side and saved as JPEG of quality 85. All tools
take turns, ten pictures each, in one thread, so that a busy machine slows all alike; CPU time is counted (of the child, too,
where a child decodes), and means and ratios are printed. The scaled decode is to grey at an eighth of the size: Pillow's draft
mode, and simplejpeg where it is installed (no dependency: pip install simplejpeg).
"""

import argparse
import io
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import imagehash
from PIL import Image

from provenance import fingerprint
from provenance.cage import Cage
from provenance.fingerprint.fast import fast_hash
from provenance.fingerprint.kinds import kind_of

Tool = Callable[[bytes], object]
_LEAST = 100
_TURN = 10


def jpegs(folder: Path, limit: int, side: int) -> list[bytes]:
    """Photographs as JPEGs of one size, evenly picked from the folder."""
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp"))
    return [jpeg(path, side) for path in paths[:: max(1, len(paths) // limit)][:limit]]


def jpeg(path: Path, side: int) -> bytes:
    """One photograph, brought to a size."""
    with Image.open(path) as opened:
        rgb = opened.convert("RGB")
    scale = side / max(rgb.size)
    out = io.BytesIO()
    rgb.resize((round(rgb.width * scale), round(rgb.height * scale)), Image.Resampling.LANCZOS).save(out, "JPEG", quality=85)
    return out.getvalue()


def drafted(content: bytes) -> object:
    """Pillow: header, draft mode to grey at an eighth, decode."""
    image = Image.open(io.BytesIO(content))
    image.draft("L", (_LEAST, _LEAST))
    return image.load()


def plain(content: bytes) -> object:
    """Imagehash's pHash of the picture as Pillow opens it."""
    return imagehash.phash(Image.open(io.BytesIO(content)))


def tools() -> dict[str, Tool]:
    """What takes turns."""
    found: dict[str, Tool] = {
        "scaled decode, Pillow's draft": drafted,
        "decode + pdq-fast": lambda content: fast_hash(content, kind_of(content)),
        "imagehash.phash": plain,
    }
    try:
        import simplejpeg  # noqa: PLC0415 - no dependency: used where it is there
    except ImportError:
        return found
    small = {"colorspace": "GRAY", "min_height": _LEAST, "min_width": _LEAST}
    return {"scaled decode, simplejpeg": lambda content: simplejpeg.decode_jpeg(content, **small), **found}


def measured(found: dict[str, Tool], pictures: list[bytes], rounds: int) -> dict[str, float]:
    """Mean CPU milliseconds a picture of each tool, by turns."""
    for tool in found.values():
        tool(pictures[0])
    spent = dict.fromkeys(found, 0)
    for _ in range(rounds):
        for first in range(0, len(pictures), _TURN):
            for name, tool in found.items():
                start = time.process_time_ns()
                for content in pictures[first : first + _TURN]:
                    tool(content)
                spent[name] += time.process_time_ns() - start
    return {name: ns / 1e6 / rounds / len(pictures) for name, ns in spent.items()}


def caged(pictures: list[bytes], rounds: int) -> float:
    """Mean CPU milliseconds a picture of `pdq-fast` in the guarded child, parent and child together."""
    cage = Cage(fork=True)
    cage.fast(pictures[0])
    start, before = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(rounds):
        for content in pictures:
            cage.fast(content)
    ours = time.process_time() - start
    cage.close()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    theirs = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return (ours + theirs) * 1e3 / rounds / len(pictures)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    for name, default in (("limit", 40), ("side", 1280), ("rounds", 5)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    pictures = jpegs(asked.folder, asked.limit, asked.side)
    if not pictures:
        print(f"{asked.folder}: no photographs")
        return 2
    in_child = caged(pictures, asked.rounds)
    spent = measured(tools(), pictures, asked.rounds)
    everything = measured({"the same and SHA-256": fingerprint.fast}, pictures, asked.rounds)
    everything |= measured({"all fingerprints": fingerprint.fingerprint}, pictures, 1)  # alone: it leaves no cache warm
    size = sum(map(len, pictures)) / len(pictures) / 1e3
    print(f"{len(pictures)} pictures of {asked.side} px, {size:.0f} kB on the average; CPU milliseconds each")
    for name, each in {**spent, **everything}.items():
        print(f"  {name:32}{each:8.2f}")
    print(f"  {'the same and SHA-256, in a child':32}{in_child:8.2f}")
    ours = spent["decode + pdq-fast"]
    for name, each in spent.items():
        if name.startswith("scaled decode"):
            print(f"rate of decode + pdq-fast to that of {name}: {each / ours:.2f}")
    print(f"times as fast as imagehash.phash: {spent['imagehash.phash'] / ours:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
