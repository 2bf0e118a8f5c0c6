"""How often a still is found in the clip that it is from, at its second, and a part of a clip in the whole.

    python benchmarks/video.py FOLDER [--clips 20] [--stills 10] [--others 100] [--seconds 12] [--keep FOLDER]

FOLDER holds photographs that are all different pictures. Clips are made of them: each shows four, by pans, zooms and cuts, in
H.264 and VP9, at 1280 x 720 and 640 x 360, every second one with a caption bar burnt in. Stills are taken from the frames as
they were before any bar or coding, and edited as outlets do. Every still is looked up among all clips; so are photographs that
are in none. Beside that, a part of each clip is coded again, smaller, and looked up. PyAV is needed: the extra `video`.
"""

import argparse
import io
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from edits import again
from PIL import Image, ImageDraw, ImageOps

from provenance import likeness, media, pipeline
from provenance.acquire import snapshots
from provenance.records import Match
from store import open_store

RATE = 15
WHOLE = (1280, 720)
SHOTS = 4
FORMS = (
    ("libx264", "mp4", WHOLE),
    ("libvpx-vp9", "webm", (640, 360)),
    ("libx264", "mp4", (640, 360)),
    ("libvpx-vp9", "webm", WHOLE),
)
FAST = {
    "libx264": {"preset": "veryfast", "crf": "26"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8", "crf": "36", "b": "0"},
}
Random = np.random.Generator


@dataclass(frozen=True)
class Shot:
    """One photograph, and the windows of it that are shown first and last: left, top, width as shares."""

    path: Path
    first: tuple[float, float, float]
    last: tuple[float, float, float]

    def frame(self, picture: Image.Image, share: float) -> Image.Image:
        """What is seen after a share of its time."""
        left, top, width = (a + (b - a) * share for a, b in zip(self.first, self.last, strict=True))
        across = width * picture.width
        down = min(across * WHOLE[1] / WHOLE[0], picture.height)
        x, y = left * (picture.width - across), top * (picture.height - down)
        return picture.resize(WHOLE, Image.Resampling.BILINEAR, (x, y, x + across, y + down))


def shot(path: Path, random: Random) -> Shot:
    """A pan, a zoom, or nearly nothing."""
    wide = random.uniform(0.6, 1.0, 2)
    return Shot(path, (*random.uniform(0, 1, 2), wide[0]), (*random.uniform(0, 1, 2), wide[1]))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Clip:
    """Shots of the same length one after the other."""

    shots: tuple[Shot, ...]
    seconds: float

    def at(self, second: float) -> Image.Image:
        """The frame at a second."""
        number, share = divmod(second / self.seconds * len(self.shots), 1)
        one = self.shots[min(int(number), len(self.shots) - 1)]
        return one.frame(_opened(one.path), share)


_LAST: dict[Path, Image.Image] = {}


def _opened(path: Path) -> Image.Image:
    if path not in _LAST:
        _LAST.clear()
        with Image.open(path) as found:
            found.draft("RGB", (1600, 1600))
            _LAST[path] = ImageOps.exif_transpose(found).convert("RGB")
            _LAST[path].thumbnail((1600, 1600))
    return _LAST[path]


def coded(clip: Clip, form: tuple[str, str, tuple[int, int]], *, barred: bool, part: tuple[float, float]) -> bytes:
    """A part of a clip as the bytes of a file."""
    codec, container, size = form
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        stream = file.add_stream(codec, rate=RATE, options=FAST[codec])
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for number in range(round((part[1] - part[0]) * RATE)):
            image = clip.at(part[0] + number / RATE)
            frame = av.VideoFrame.from_image((with_bar(image) if barred else image).resize(size))
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return out.getvalue()


def with_bar(image: Image.Image) -> Image.Image:
    """A caption bar over the lower sixth, and a logo."""
    out = image.copy()
    draw, top = ImageDraw.Draw(out), round(image.height * 0.83)
    draw.rectangle((0, top, out.width, out.height), fill=(150, 20, 30))
    draw.text((20, top + 8), "LIVE  What is known so far from the harbour", fill="white", font_size=max(10, out.height // 14))
    draw.rectangle((out.width - out.width // 9, 12, out.width - 12, out.height // 10), fill=(240, 240, 240))
    return out


STILLS = {
    "as it was": lambda im: again(im, quality=90),
    "half size, quality 60": lambda im: again(im.resize((640, 360)), quality=60),
    "caption bar and logo": lambda im: again(with_bar(im)),
    "a tenth cut off": lambda im: again(im.crop((64, 36, 1216, 684)), quality=80),
    "letterbox": lambda im: again(ImageOps.expand(im, (0, 90), "black")),
}


def still(image: Image.Image, edit: str) -> bytes:
    """An edited frame as JPEG."""
    out = io.BytesIO()
    STILLS[edit](image).save(out, "JPEG", quality=85)
    return out.getvalue()


def asked(keeper: object, content: bytes) -> tuple[list[Match], float]:
    """The matches of some bytes among what is kept, and the seconds that it took."""
    start = time.perf_counter()
    asset = media.read_asset(content)
    found = likeness.near(keeper, asset, likeness.Sketches(keeper), content)  # type: ignore[arg-type]
    return found, time.perf_counter() - start


def tally(keeper: object, queries: Iterator[tuple[str, bytes, str | None, float]]) -> None:
    """Look up each and print what was found, by kind of query: the right clip within a second, and wrong ones."""
    counts: Counter[tuple[str, str]] = Counter()
    spent: list[float] = []
    for name, content, right, second in queries:
        found, seconds = asked(keeper, content)
        spent.append(seconds)
        counts[name, "asked"] += 1
        ours = [m for m in found if m.other == right and m.other_at]
        counts[name, "found"] += any(_near(m, second) for m in ours)
        counts[name, "firmly"] += any(_near(m, second) and m.verdict != "possible" for m in ours)
        counts[name, "other second"] += bool(ours) and not any(_near(m, second) for m in ours)
        counts[name, "wrong"] += sum(m.other != right and m.verdict != "possible" for m in found)
        counts[name, "wrong, possible"] += sum(m.other != right and m.verdict == "possible" for m in found)
    columns = ("asked", "found", "firmly", "other second", "wrong", "wrong, possible")
    print(f"{'':28}" + "".join(f"{column:>17}" for column in columns))
    for name in dict.fromkeys(name for name, _ in counts):
        print(f"{name:28}" + "".join(f"{counts[name, column]:17}" for column in columns))
    total = Counter({column: sum(n for (_, c), n in counts.items() if c == column) for column in columns})
    print(f"{'all':28}" + "".join(f"{total[column]:17}" for column in columns))
    print(f"median {statistics.median(spent):.2f} s a look-up\n")


def _near(found: Match, second: float) -> bool:
    if found.other_at is None:
        return False
    if found.asset_at:
        return abs(found.other_at.start - found.asset_at.start - second) <= 1.0
    return found.other_at.start - 1.0 <= second <= found.other_at.end + 1.0


def main() -> int:
    """Render, keep, look up, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", type=Path)
    for name, default in (("clips", 20), ("stills", 10), ("others", 100), ("seconds", 12)):
        parser.add_argument(f"--{name}", type=int, default=default)
    args = parser.parse_args()
    random = np.random.default_rng(20_26)
    paths = sorted(p for p in args.folder.iterdir() if p.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp"))
    order = [paths[n] for n in random.permutation(len(paths))]
    clips = [
        Clip(tuple(shot(p, random) for p in order[n * SHOTS : (n + 1) * SHOTS]), float(args.seconds)) for n in range(args.clips)
    ]
    others = order[args.clips * SHOTS :][: args.others]
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or Path(scratch)
        folder.mkdir(exist_ok=True)
        files = [rendered(folder, number, clip) for number, clip in enumerate(clips)]
        with open_store(f"sqlite:///{scratch}/desk.db", None) as keeper:
            start = time.perf_counter()
            kept = list(pipeline.ingest(snapshots(map(str, files)), keeper, who="benchmark"))
            print(f"{len(kept)} clips kept in {time.perf_counter() - start:.0f} s")
            names = [next(iter(item.assets.values())).sha256 for item in kept]  # type: ignore[union-attr]
            tally(keeper, stills_of(clips, names, args.stills, random))
            tally(keeper, (("photographs in no clip", p.read_bytes(), None, 0.0) for p in others))
            tally(keeper, parts_of(clips, names, random))
    return 0


def rendered(folder: Path, number: int, clip: Clip) -> Path:
    """The file of a clip; made once where the folder is kept."""
    form = FORMS[number % len(FORMS)]
    path = folder / f"clip-{number}-{form[2][1]}.{form[1]}"
    if not path.exists():
        path.write_bytes(coded(clip, form, barred=number // 2 % 2 == 1, part=(0.0, clip.seconds)))
    return path


def stills_of(clips: list[Clip], names: list[str], count: int, random: Random) -> Iterator[tuple[str, bytes, str | None, float]]:
    """Edited frames, from random seconds of each clip."""
    kinds = list(STILLS)
    for clip, name in zip(clips, names, strict=True):
        for number, second in enumerate(random.uniform(0.2, clip.seconds - 0.2, count)):
            kind = kinds[number % len(kinds)]
            yield kind, still(clip.at(float(second)), kind), name, float(second)


def parts_of(clips: list[Clip], names: list[str], random: Random) -> Iterator[tuple[str, bytes, str | None, float]]:
    """Five seconds of each clip, coded again without the bar."""
    for clip, name in zip(clips, names, strict=True):
        start = float(random.uniform(0, clip.seconds - 5))
        yield "five seconds, coded again", coded(clip, FORMS[2], barred=False, part=(start, start + 5)), name, start


if __name__ == "__main__":
    sys.exit(main())
