"""How often the rules of `provenance.match` find an edited picture again, and how often they join distinct ones.

    python benchmarks/matching.py FOLDER [--write] [--limit N]

FOLDER holds photographs that are all different pictures. Every one is edited in some twenty ways; every edit is compared
with its original (recall), and all pairs of distinct photographs with each other, as they are and after the same
edit (wrong matches). `--write` puts the counts into `provenance/match/calibration.toml`, from which the rules take their
error rates. Where no wrong match was seen the rate is an upper bound at 95 %: 3 / pairs (rule of three).
"""

import argparse
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from provenance.errors import ProvenanceError
from provenance.fingerprint import fingerprint
from provenance.match import between, matches
from provenance.match.compare import best, views
from provenance.match.rules import rules
from provenance.records import Asset, Match

Edit = Callable[[Image.Image], bytes]
Sets = dict[str, list[Asset | None]]
"""For each edit, and for `ORIGINAL`, the assets in the order of the photographs; None where there is no fingerprint."""
Wrong = dict[str, Counter[str]]
"""For each set of pairs, how many pairs of distinct photographs each rule joined."""

ORIGINAL = "as it is"
CALIBRATION = Path(__file__).resolve().parents[1] / "provenance" / "match" / "calibration.toml"


def saved(image: Image.Image, kind: str = "JPEG", quality: int = 85) -> bytes:
    """The picture as bytes."""
    out = io.BytesIO()
    image.convert("RGB").save(out, kind, quality=quality)
    return out.getvalue()


def _scaled(factor: float) -> Edit:
    return lambda im: saved(im.resize((round(im.width * factor), round(im.height * factor)), Image.Resampling.BICUBIC))


def _cropped(share: float) -> Edit:
    def edit(im: Image.Image) -> bytes:
        dx, dy = round(im.width * share / 2), round(im.height * share / 2)
        return saved(im.crop((dx, dy, im.width - dx, im.height - dy)))

    return edit


def _one_side(im: Image.Image) -> bytes:
    return saved(im.crop((0, 0, im.width, round(im.height * 0.9))))


def _logo(im: Image.Image) -> bytes:
    out, side = im.copy(), min(im.size) // 6
    draw = ImageDraw.Draw(out)
    draw.rectangle((8, 8, 8 + 2 * side, 8 + side), fill=(200, 20, 30))
    draw.text((16, 16), "NEWS 7", fill="white", font_size=max(8, side // 2))
    return saved(out)


def _caption_bar(im: Image.Image) -> bytes:
    out, top = im.copy(), round(im.height * 0.85)
    draw = ImageDraw.Draw(out)
    draw.rectangle((0, top, im.width, im.height), fill=(15, 30, 90))
    draw.text((10, top + 5), "BREAKING: what is known so far", fill="white", font_size=max(8, (im.height - top) // 2))
    return saved(out)


def _bordered(left: float, top: float, right: float, bottom: float, colour: str) -> Edit:
    def edit(im: Image.Image) -> bytes:
        border = (round(im.width * left), round(im.height * top), round(im.width * right), round(im.height * bottom))
        return saved(ImageOps.expand(im, border, colour))

    return edit


def _screenshot(im: Image.Image) -> bytes:
    """As a phone shows a post: a bar, a name and two lines above, buttons below."""
    width, height = im.width + im.width // 10, im.height * 2
    out = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(out)
    draw.rectangle((0, 0, width, height // 14), fill=(40, 90, 140))
    draw.ellipse((10, height // 12, 10 + height // 14, height // 12 + height // 14), fill=(120, 120, 120))
    draw.text((20 + height // 12, height // 11), "Harbour Watch\n@harbour_watch", fill="black", font_size=max(8, height // 40))
    draw.text((10, height // 6), "Smoke over the old port,\nsent by a reader", fill="black", font_size=max(8, height // 40))
    out.paste(im, (im.width // 20, height // 4))
    draw.rectangle((0, height - height // 14, width, height), fill=(230, 230, 230))
    return saved(out)


def _noisy(im: Image.Image) -> bytes:
    rng = np.random.default_rng(im.width * im.height)
    samples = np.asarray(im, dtype=np.float32) + rng.normal(0, 12, (im.height, im.width, 3))
    return saved(Image.fromarray(np.clip(samples, 0, 255).astype(np.uint8)))


EDITS: dict[str, Edit] = {
    "recompressed, quality 60": lambda im: saved(im, quality=60),
    "recompressed, quality 20": lambda im: saved(im, quality=20),
    "WebP, quality 50": lambda im: saved(im, "WEBP", 50),
    "half size": _scaled(0.5),
    "quarter size": _scaled(0.25),
    "1.6 times the size": _scaled(1.6),
    "squeezed to 90 % width": lambda im: saved(im.resize((round(im.width * 0.9), im.height))),
    "grey": lambda im: saved(ImageOps.grayscale(im)),
    "brighter by 30 %": lambda im: saved(ImageEnhance.Brightness(im).enhance(1.3)),
    "darker by 30 %": lambda im: saved(ImageEnhance.Brightness(im).enhance(0.7)),
    "more contrast": lambda im: saved(ImageEnhance.Contrast(im).enhance(1.4)),
    "blurred": lambda im: saved(im.filter(ImageFilter.GaussianBlur(max(1, min(im.size) / 150)))),
    "noisy": _noisy,
    "logo": _logo,
    "caption bar": _caption_bar,
    "cropped by 2 %": _cropped(0.02),
    "cropped by 5 %": _cropped(0.05),
    "cropped by 10 %": _cropped(0.10),
    "cropped by 20 %": _cropped(0.20),
    "bottom 10 % cut": _one_side,
    "letterbox": _bordered(0, 0.16, 0, 0.16, "black"),
    "pillars": _bordered(0.2, 0, 0.2, 0, "black"),
    "white frame": _bordered(0.05, 0.05, 0.05, 0.05, "white"),
    "polaroid": _bordered(0.04, 0.04, 0.04, 0.2, "white"),
    "screenshot of a post": _screenshot,
    "turned by 2°": lambda im: saved(im.rotate(2, Image.Resampling.BICUBIC)),
    "turned by 90°": lambda im: saved(im.transpose(Image.Transpose.ROTATE_90)),
    "mirrored": lambda im: saved(ImageOps.mirror(im)),
    "mirrored, recompressed, half size": lambda im: _scaled(0.5)(ImageOps.mirror(im)),
}


def _second_shot(im: Image.Image) -> bytes:
    """What a burst gives: the camera moved by 2 %, and so did what stands in the middle; another picture of the same scene."""
    dx, dy = round(im.width * 0.02), round(im.height * 0.01)
    out = im.copy()
    middle = im.crop((im.width * 2 // 5, im.height // 3, im.width * 3 // 5, im.height * 3 // 4))
    out.paste(middle, (im.width * 2 // 5 + im.width // 16, im.height // 3))
    return saved(out.crop((dx, dy, im.width, im.height)))


LOOK_ALIKES: dict[str, Edit] = {"second shot of a burst (made)": _second_shot}


def photographs(folder: Path, limit: int | None) -> Iterator[Image.Image]:
    """The photographs of a folder in the order of their names, brought down to what outlets publish."""
    names = sorted(p for p in folder.iterdir() if p.suffix.lower() in {".jpg", ".jpeg", ".png", ".webp"})
    for path in names[:limit]:
        with Image.open(path) as im:
            upright = ImageOps.exif_transpose(im).convert("RGB")
        upright.thumbnail((1280, 1280))
        yield upright


def read(content: bytes) -> Asset | None:
    """The asset, or None where the picture has no fingerprints."""
    try:
        asset = fingerprint(content)
    except ProvenanceError:
        return None
    return asset if asset.fingerprints else None


def every_edit(folder: Path, limit: int | None) -> Sets:
    """All photographs in all edits."""
    found: Sets = {ORIGINAL: [], **{name: [] for name in EDITS | LOOK_ALIKES}}
    for number, image in enumerate(photographs(folder, limit), 1):
        print(f"\r{number} photographs", end="", file=sys.stderr, flush=True)
        found[ORIGINAL].append(read(saved(image, quality=92)))
        for name, edit in (EDITS | LOOK_ALIKES).items():
            found[name].append(read(edit(image)))
    print(file=sys.stderr)
    return found


def recall(sets: Sets) -> Iterator[tuple[str, dict[str, float], float]]:
    """For each edit the share of photographs found again by verdict, and of those without a fingerprint."""
    for name in EDITS | LOOK_ALIKES:
        pairs = [(was, now) for was, now in zip(sets[ORIGINAL], sets[name], strict=True) if was]
        found = [best(was, now) for was, now in pairs if now]
        verdicts = Counter(f.verdict for f in found if f)
        share = {verdict: verdicts[verdict] / len(pairs) for verdict in ("same", "likely", "possible")}
        yield name, share, 1 - len(found) / len(pairs)


def wrong_matches(sets: Sets) -> Wrong:
    """Distinct photographs that a rule joins: within each edit, and each edit with the originals of the others."""
    counted: Wrong = {}
    for name, assets in sets.items():
        numbers = {a.sha256: i for i, a in enumerate(assets) if a}
        counted[name] = _by_rule(matches(filter(None, assets)), numbers, numbers, assets, assets)
        counted[name] += _bare(assets)
    originals = {a.sha256: i for i, a in enumerate(sets[ORIGINAL]) if a}
    for name in EDITS:
        numbers = {a.sha256: i for i, a in enumerate(sets[name]) if a}
        found = between(filter(None, sets[name]), filter(None, sets[ORIGINAL]))
        counted[f"{name}, with originals"] = _by_rule(found, numbers, originals, sets[name], sets[ORIGINAL])
    return counted


def _by_rule(
    found: list[Match], left: dict[str, int], right: dict[str, int], ours: list[Asset | None], theirs: list[Asset | None]
) -> Counter[str]:
    joined: Counter[str] = Counter()
    for match in found:
        i, j = left[match.asset], right[match.other]
        one, two = ours[i], theirs[j]
        if i != j and one and two and (why := best(one, two)):
            joined[why.rule.name] += 1
    return joined


def _bare(assets: list[Asset | None]) -> Counter[str]:
    """Pairs joined by each rule for bare hashes, which look at one algorithm only."""
    joined: Counter[str] = Counter()
    for rule in rules().bare:
        ((algorithm, most),) = rule.needs.items()
        codes = [bytes.fromhex(print_.value) for a in assets if a and (print_ := views(a).get("", {}).get(algorithm))]
        words = np.frombuffer(b"".join(codes), dtype=np.uint64).reshape(len(codes), -1)
        for row in range(len(words) - 1):
            joined[rule.name] += int((_bits(words[row], words[row + 1 :]) <= most).sum())
    return joined


def _bits(code: NDArray[np.uint64], codes: NDArray[np.uint64]) -> NDArray[np.int64]:
    bits: NDArray[np.int64] = np.bitwise_count(code ^ codes).sum(axis=1, dtype=np.int64)
    return bits


def rates(sets: Sets, wrong: Wrong) -> dict[str, tuple[str, int, int, float]]:
    """For each rule the set of pairs in which it is worst, the wrong ones there, all there, and the rate."""
    found = {}
    for rule in (*rules().pairs, *rules().bare):
        worst = max(wrong, key=lambda name: (wrong[name][rule.name], name == ORIGINAL))
        hashed = sum(a is not None for a in sets[worst.removesuffix(", with originals")])
        pairs = hashed * (hashed - 1) // (1 if worst.endswith("originals") else 2)
        count = wrong[worst][rule.name]
        found[rule.name] = (worst, count, pairs, (count or 3) / pairs)
    return found


def report(sets: Sets, wrong: Wrong) -> None:
    """Print both tables."""
    print(f"{'found again':36}{'same':>8}{'likely':>8}{'possible':>9}{'missed':>8}{'no hash':>9}")
    for name, share, unread in recall(sets):
        missed = 1 - sum(share.values()) - unread
        print(f"{name:36}{share['same']:8.3f}{share['likely']:8.3f}{share['possible']:9.3f}{missed:8.3f}{unread:9.3f}")
    print(f"\n{'wrong matches, worst set of pairs':36}")
    for name, (worst, count, pairs, rate) in rates(sets, wrong).items():
        everywhere = sum(counts[name] for counts in wrong.values())
        print(f"{name:36}{count:6} of {pairs} in “{worst}” ({everywhere} in all {len(wrong)} sets): {rate:.1e}")


def written(sets: Sets, wrong: Wrong) -> str:
    """The calibration file with new counts; rules and comments stay as they are."""
    found, out = rates(sets, wrong), list[str]()
    for line in CALIBRATION.read_text("utf-8").splitlines():
        if line.split(" = ")[0] in {"worst", "wrong", "pairs", "error_rate"}:
            continue
        out.append(line)
        if line.startswith("name = "):
            worst, count, pairs, rate = found[line.removeprefix("name = ").strip('"')]
        if line.startswith("needs = "):
            out += [f'worst = "{worst}"', f"wrong = {count}", f"pairs = {pairs}", f"error_rate = {rate:.2g}"]
    return "\n".join(out) + "\n"


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="put the counts into calibration.toml")
    parser.add_argument("--limit", type=int, help="only so many photographs")
    given = parser.parse_args()
    sets = every_edit(given.folder, given.limit)
    wrong = wrong_matches(sets)
    report(sets, wrong)
    if given.write:
        CALIBRATION.write_text(written(sets, wrong), "utf-8")


if __name__ == "__main__":
    main()
