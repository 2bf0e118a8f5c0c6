"""How often a look-up finds an edited photograph again, and how often it joins photographs that are distinct.

    python benchmarks/matching.py FOLDER [--photographs 27] [--half held-out] [--work DIR] [--write]

FOLDER holds photographs that are all different pictures. They are split in two halves by the sha256 of their names: rules and
thresholds are chosen on `development`, and what is written into `provenance/match/calibration.toml` (`--write`) comes from
`held-out`. What is asked are look-ups as the program makes them: an index over all photographs of the folder says which ones
are compared, and only these are laid on one another.

- **edits**: so many photographs of the half, each in every edit of `edits.py`, asked among all photographs as they are;
- **originals**: every photograph asked among the others, so with all bursts and series of one event that the folder holds;
- **screenshots**: 150 photographs of the half, each in a screenshot of one messenger, asked among the others' screenshots;
- **most alike**: of all pairs the 160 that the copy model (without it: the counts of key points) finds most alike;
- **hashes**: the rules for bare hashes and pairs of hashes, on all pairs as they are and after a few edits.

What is done is kept in the work folder, a line a photograph, by the versions of all that decides: a run that is stopped goes
on where it was, and several can share the work (`--share 1/3`, `--share 2/3` …, with OPENBLAS_NUM_THREADS=1, else their threads
wait for one another; a last run without it puts all together). Run it once with the extra `copies` installed and once without;
each writes its own part of the calibration.
Where no wrong match was seen a rate is an upper bound at 95 %: 3 / pairs (rule of three).
"""

import argparse
import hashlib
import json
import platform
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, TypeAlias

import cv2
import numpy as np
from edits import EDITS, SHOWS_ANOTHER, Edit, saved
from numpy.typing import NDArray
from PIL import Image, ImageOps
from PIL import __version__ as pillow
from rich.progress import track

from provenance import fingerprint, likeness
from provenance.errors import ProvenanceError
from provenance.fingerprint import copies, vlad
from provenance.match import between, matches, verdict
from provenance.match import rules as ruling
from provenance.match.compare import bare_verdict, best, shown, views
from provenance.match.rules import rules
from provenance.records import Asset, Match, Sketch
from store.near import NearIndex, Neighbour

Line: TypeAlias = dict[str, Any]
Count: TypeAlias = tuple[str, int, int]
"""What was measured, how many were wrong, of how many pairs."""

CALIBRATION = Path(ruling.__file__).with_name("calibration.toml")
SIDE = 1280
"""The longer side, in pixels, that photographs are brought down to: what outlets publish."""
SCREENSHOT = "Telegram screenshot, light"
SCREENSHOTS = 150
AS_IT_IS = "as it is"
LOOKS = (AS_IT_IS, SCREENSHOT, "letterbox", "polaroid", "article on a phone")
"""What hashes are held against one another in."""
MOST_ALIKE = 160
CROWD = 100_000
VERDICTS = ("same", "likely", "possible")


# ---------------------------------------------------------------- what is measured on


@dataclass(frozen=True, slots=True)
class Photographs:
    """The photographs of a folder, by name."""

    paths: Mapping[str, Path]

    @classmethod
    def of(cls, folder: Path) -> "Photographs":
        """All of them, in the order of their names."""
        kinds = {".jpg", ".jpeg", ".png", ".webp"}
        return cls({p.name: p for p in sorted(folder.iterdir()) if p.suffix.lower() in kinds})

    def half(self, name: str) -> list[str]:
        """The names of one half, in an order that says nothing of what they show."""
        digests = {n: hashlib.sha256(n.encode()).digest() for n in self.paths}
        wanted = {"development": 0, "held-out": 1}[name]
        return sorted((n for n, d in digests.items() if d[0] % 2 == wanted), key=digests.__getitem__)

    def image(self, name: str) -> Image.Image:
        """Upright, in RGB, as large as outlets publish."""
        with Image.open(self.paths[name]) as opened:
            upright = ImageOps.exif_transpose(opened).convert("RGB")
        upright.thumbnail((SIDE, SIDE))
        return upright

    def edited(self, name: str, edit: str) -> tuple[bytes, str]:
        """A photograph after an edit, and the name of the other one that was at hand for it; the same in every run."""
        seed = int.from_bytes(hashlib.sha256(f"{name} {edit}".encode()).digest()[:8])
        random, names = np.random.default_rng(seed), list(self.paths)
        other = names[(names.index(name) + 1 + int(random.integers(len(names) - 1))) % len(names)]
        made: Edit = EDITS[edit]
        return saved(made(self.image(name), self.image(other), random)), other


class Kept:
    """An index over pictures, as `likeness` asks it: what a store answers, without the store."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.drawn: dict[str, Sketch | None] = {}
        self._assets: dict[str, Asset] = {}
        self._rows: list[tuple[str, str, int, bytes, int | None]] = []
        self._near = NearIndex()

    def add(self, name: str, content: bytes) -> None:
        """Keep a picture; the names of the same bytes are one."""
        asset, sketch = fingerprint.described(content)
        self.names[asset.sha256], self._assets[asset.sha256], self.drawn[asset.sha256] = name, asset, sketch
        for p in asset.fingerprints:
            self._rows.append((asset.sha256, p.algorithm, p.bits, bytes.fromhex(p.value), p.quality))

    def all(self) -> dict[str, Asset]:
        """Every asset by its name."""
        return {self.names[sha256]: asset for sha256, asset in self._assets.items()}

    def asset(self, sha256: str) -> Asset | None:
        """As `Store.asset`."""
        return self._assets.get(sha256)

    def near(self, algorithm: str, value_hex: str, radius: int, among: Collection[str] | None = None) -> list[Neighbour]:
        """As `Store.near`."""
        return self._near.near(self, algorithm, value_hex, radius, among)

    def nearest(self, algorithm: str, values_hex: Sequence[str], radius: int, most: int) -> list[Neighbour]:
        """As `Store.nearest`."""
        return self._near.nearest(self, algorithm, values_hex, radius, most)

    def blob(self, sha256: str) -> bytes:
        """Sketches are at hand, so bytes are never asked for."""
        raise NotImplementedError(sha256)

    def after(self, algorithm: str, bits: int, ident: int) -> list[tuple[int, bytes]]:
        """As `CodeRows.after`; a row's id is its place, from 1."""
        rows = enumerate(self._rows[ident:], ident + 1)
        return [(n, code) for n, (_, named, length, code, _) in rows if (named, length) == (algorithm, bits)]

    def code(self, ident: int) -> bytes:
        """As `CodeRows.code`."""
        return self._rows[ident - 1][3]

    def of_assets(self, algorithm: str, bits: int, assets: Collection[str]) -> list[tuple[int, bytes]]:
        """As `CodeRows.of_assets`."""
        rows = enumerate(self._rows, 1)
        return [
            (n, code) for n, (asset, named, length, code, _) in rows if asset in assets and (named, length) == (algorithm, bits)
        ]

    def described(self, idents: Iterable[int]) -> dict[int, tuple[str, int | None]]:
        """As `CodeRows.described`."""
        return {n: (self._rows[n - 1][0], self._rows[n - 1][4]) for n in idents}


@dataclass(slots=True)
class AtHand(likeness.Sketches):
    """The sketches of what is kept and of what is asked."""

    asked: dict[str, Sketch | None] = field(default_factory=dict)

    def of(self, sha256: str, content: bytes | None = None) -> Sketch | None:  # noqa: ARG002 - nothing is made here
        """One of them."""
        return self.asked[sha256] if sha256 in self.asked else self.keeper.drawn[sha256]  # type: ignore[attr-defined]


# ---------------------------------------------------------------- asking


def ask(kept: Kept, asset: Asset, sketch: Sketch | None) -> dict[str, Match]:
    """The matches of a picture among what is kept, by the name of the other."""
    found = likeness.compared(kept, asset, AtHand(kept, asked={asset.sha256: sketch}))
    return {kept.names[other.sha256]: outcome.match for other, outcome in found if outcome.match}


def line(name: str, edit: str, found: Mapping[str, Match], counted: int, passed: Iterable[str] = ()) -> Line:
    """What a look-up gave: its verdict on the photograph itself, and on others; `passed` are neither right nor wrong."""
    right, beside = found.get(name), {name, *passed}
    return {
        "photograph": name,
        "edit": edit,
        "found": right and [right.verdict, right.algorithm],
        "wrong": sorted([n, m.verdict, m.algorithm, m.explanation] for n, m in found.items() if n not in beside),
        "others": counted - len(beside),
    }


def of_edits(photographs: Photographs, kept: Kept, name: str) -> list[Line]:
    """A photograph in every edit."""
    lines = []
    for edit in EDITS:
        content, other = photographs.edited(name, edit)
        asset, sketch = described(content)
        found = ask(kept, asset, sketch) if asset else {}
        lines.append(line(name, edit, found, len(kept.names), [other] if edit in SHOWS_ANOTHER else []))
    return lines


def of_kept(kept: Kept, name: str) -> list[Line]:
    """A photograph that is kept, among the others."""
    asset = kept.all()[name]
    return [line(name, "", ask(kept, asset, kept.drawn[asset.sha256]), len(kept.names))]


def described(content: bytes) -> tuple[Asset | None, Sketch | None]:
    """The asset and the sketch; none where the picture cannot be read."""
    try:
        return fingerprint.described(content)
    except ProvenanceError:
        return None, None


class Done:
    """What was measured already, a file a part, a line a photograph."""

    def __init__(self, folder: Path, versions: Mapping[str, Any], share: tuple[int, int] = (0, 1)) -> None:
        self._share = share
        digest = hashlib.sha256(json.dumps(versions, sort_keys=True).encode()).hexdigest()[:12]
        self._folder = folder / digest
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "versions.json").write_text(json.dumps(versions, indent=1))

    def run(self, part: str, names: Iterable[str], work: Callable[[str], list[Any]]) -> list[Any]:
        """Do what is not done yet, and give all of it."""
        path, wanted = self._folder / f"{part}.jsonl", list(names)
        known, (number, among) = self._read(path), self._share
        ours = [n for place, n in enumerate(wanted) if n not in known and place % among == number]
        with path.open("a") as file:
            for name in track(ours, description=f"{part:12}", disable=not ours):
                known[name] = work(name)
                file.write(json.dumps({"name": name, "lines": known[name]}) + "\n")
                file.flush()
        return [each for name in wanted for each in known.get(name, [])]

    @staticmethod
    def _read(path: Path) -> dict[str, list[Any]]:
        """What is in a file; the last line may be cut off."""
        found: dict[str, list[Any]] = {}
        for text in path.read_text().splitlines() if path.exists() else ():
            try:
                row = json.loads(text)
            except ValueError:
                continue
            found[row["name"]] = row["lines"]
        return found


def versions(folder: Path, photographs: Photographs) -> dict[str, Any]:
    """All that the figures depend on."""
    code = hashlib.sha256()
    for room in ("fingerprint", "match"):
        for path in sorted((Path(fingerprint.__file__).parents[1] / room).glob("*.[pn][yp]*")):
            code.update(path.read_bytes())
    code.update(Path(likeness.__file__).read_bytes() + Path(__file__).with_name("edits.py").read_bytes())
    return {
        "folder": folder.name,
        "photographs": len(photographs.paths),
        "rules": ruling.VERSION,
        "program": code.hexdigest()[:12],
        "python": platform.python_version(),
        "opencv": cv2.__version__,
        "numpy": np.__version__,
        "pillow": pillow,
        "counts": vlad.VERSION,
        "model": copies.version() or "none",
    }


# ---------------------------------------------------------------- figures


@dataclass(frozen=True, slots=True)
class Figures:
    """All that was counted."""

    half: str
    photographs: int
    edits: list[Line]
    originals: list[Line]
    screenshots: list[Line]
    alike: list[Line]

    @property
    def recall(self) -> dict[str, Counter[str]]:
        """For each edit how many were found, by verdict."""
        return {e: Counter(row["found"][0] if row["found"] else "" for row in self.edits if row["edit"] == e) for e in EDITS}

    @property
    def pairs(self) -> int:
        """Pairs of pictures that show distinct photographs."""
        both_ways = sum(row["others"] for row in (*self.originals, *self.screenshots))
        return int(sum(row["others"] for row in self.edits) + both_ways // 2)

    @property
    def wrong(self) -> dict[tuple[str, ...], list[str]]:
        """Each pair that was joined, once, with what was said of it."""
        found = {}
        for part, rows in (("edits", self.edits), ("originals", self.originals), ("screenshots", self.screenshots)):
            for row in rows:
                for other, *said in row["wrong"]:
                    names = sorted((row["photograph"], other)) if part != "edits" else (row["photograph"], other)
                    key, was = (part, row["edit"], *names), found.get((part, row["edit"], *names))
                    if was is None or VERDICTS.index(said[0]) < VERDICTS.index(was[0]):
                        found[key] = said
        return found

    def joined(self, wanted: str, by: str = "") -> int:
        """How many of them got a verdict, by an algorithm."""
        return sum(v == wanted and by in ("", a) for v, a, _ in self.wrong.values())

    @property
    def possible_a_look_up(self) -> float:
        """How many of the others a look-up calls possible."""
        rows = (*self.edits, *self.originals, *self.screenshots)
        return sum(said[1] == "possible" for row in rows for said in row["wrong"]) / len(rows)


def mean(recall: Mapping[str, Counter[str]], wanted: Iterable[str]) -> float:
    """The share found with these verdicts, as a mean over the edits."""
    counted = tuple(wanted)
    return float(np.mean([sum(c[v] for v in counted) / c.total() for c in recall.values()]))


def most_alike(kept: Kept) -> list[Line]:
    """Of all pairs of distinct photographs those nearest by the model, or by their key points, and what each is called."""
    algorithm = "sscd" if copies.version() else "vlad"
    assets = kept.all()
    codes = {n: first(a, algorithm) for n, a in assets.items()}
    names = [n for n, code in codes.items() if code is not None]
    words = np.stack([np.frombuffer(codes[n] or b"", np.uint64) for n in names])
    apart = np.concatenate([bits(words[row], words[row + 1 :]) for row in range(len(words) - 1)])
    pairs = list(combinations(names, 2))
    rows = []
    for place in track(np.argsort(apart, kind="stable")[:MOST_ALIKE], description="most alike  "):
        left, right = (assets[n] for n in pairs[place])
        found = verdict.join(left, right, kept.drawn[left.sha256], kept.drawn[right.sha256]).match
        rows.append({"pair": pairs[place], "bits": int(apart[place]), "found": found and [found.verdict, found.explanation]})
    return rows


def first(asset: Asset, algorithm: str) -> bytes | None:
    """Its code of the whole picture."""
    return next((bytes.fromhex(p.value) for p in asset.fingerprints if p.algorithm == algorithm and ";" not in p.version), None)


def bits(code: NDArray[np.uint64], codes: NDArray[np.uint64]) -> NDArray[np.int64]:
    """How many bits of a code differ from each of many."""
    found: NDArray[np.int64] = np.bitwise_count(code ^ codes).sum(axis=1, dtype=np.int64)
    return found


# ---------------------------------------------------------------- rules of hashes


def of_hashes(looks: Mapping[str, Mapping[str, Asset]]) -> dict[str, Count]:
    """For each rule the look in which it joins the most distinct photographs: its name, how many, of how many pairs."""
    counted: dict[str, tuple[Counter[str], int]] = {}
    for look, assets in looks.items():
        hashed = {n: a for n, a in assets.items() if views(a)}
        names = {a.sha256: n for n, a in hashed.items()}
        joined = by_rule(matches(hashed.values()), names, hashed, hashed) + bare(hashed.values())
        counted[look] = joined, len(hashed) * (len(hashed) - 1) // 2
        if look != AS_IT_IS:
            kept = {n: a for n, a in looks[AS_IT_IS].items() if views(a)}
            both = names | {a.sha256: n for n, a in kept.items()}
            joined = by_rule(between(hashed.values(), kept.values()), both, hashed, kept)
            counted[f"{look}, with originals"] = joined, len(hashed) * (len(kept) - 1)
    worst = {}
    for rule in (*rules().pairs, *rules().bare):
        look = max(counted, key=lambda name, rule=rule: (counted[name][0][rule.name], name == AS_IT_IS))  # type: ignore[misc]
        worst[rule.name] = look, counted[look][0][rule.name], counted[look][1]
    return worst


def by_rule(
    found: Iterable[Match], names: Mapping[str, str], left: Mapping[str, Asset], right: Mapping[str, Asset]
) -> Counter[str]:
    """How many pairs of distinct photographs each rule joined."""
    pairs = ((names[m.asset], names[m.other]) for m in found)
    return Counter(why.rule.name for a, b in pairs if a != b and (why := best(left[a], right[b])))


def bare(assets: Iterable[Asset]) -> Counter[str]:
    """Pairs joined by each rule for bare hashes, which look at one algorithm only: the hash of one, asked of the other."""
    joined: Counter[str] = Counter()
    for rule in rules().bare:
        ((algorithm, most),) = rule.needs.items()
        known = [(p, a) for a in assets if (p := views(a).get("", {}).get(algorithm))]
        words = np.frombuffer(b"".join(bytes.fromhex(p.value) for p, _ in known), dtype=np.uint64).reshape(len(known), -1)
        says = np.array([bare_verdict(rule, p, framed=bool(shown(a, "pdq"))) == rule.verdict for p, a in known])
        for row in range(len(words) - 1):
            near = bits(words[row], words[row + 1 :]) <= most
            joined[rule.name] += int((near & (says[row] | says[row + 1 :])).sum())
    return joined


# ---------------------------------------------------------------- telling


def told(figures: Figures) -> Iterator[str]:
    """The figures, for a person."""
    yield f"{'found again, of ' + str(figures.photographs):44}{'same':>7}{'likely':>8}{'possible':>10}{'missed':>8}"
    for edit, c in figures.recall.items():
        yield f"{edit:44}{c['same']:7}{c['likely']:8}{c['possible']:10}{c['']:8}"
    sure, all_ = mean(figures.recall, VERDICTS[:2]), mean(figures.recall, VERDICTS)
    yield f"mean over the edits: same or likely {sure:.3f}, with possible {all_:.3f}"
    yield f"distinct pairs {figures.pairs:,}: " + ", ".join(f"{figures.joined(v)} {v}" for v in VERDICTS)
    for key, said in sorted(figures.wrong.items(), key=lambda item: VERDICTS.index(item[1][0])):
        yield f"  {' | '.join(key)}: {' | '.join(said)}"
    rate = figures.possible_a_look_up
    others = figures.originals[0]["others"]
    yield f"possible a look-up: {rate:.4f} of {others} others; as many of {CROWD:,} would be {rate * CROWD / others:.2f}"
    calls = Counter(row["found"][0] if row["found"] else "none" for row in figures.alike)
    yield f"of the {len(figures.alike)} pairs most alike: {dict(calls)}"
    for row in figures.alike:
        if row["found"]:
            yield f"  {' | '.join(row['pair'])} ({row['bits']} bits): {' | '.join(row['found'])}"


def written(text: str, counts: Mapping[str, Count], measured: Mapping[str, Any], part: str) -> str:
    """The calibration file with new counts; rules, comments and what the other run measured stay as they are."""
    out, values = list[str](), list[str]()
    for row in text.split("\n[measured.", maxsplit=1)[0].rstrip().splitlines():
        if values and row.split(" = ")[0] in {"worst", "wrong", "pairs", "error_rate"}:
            continue
        if values and not row.strip():
            out += values
            values = []
        out.append(row)
        name = "model" if row == "[model]" else row.removeprefix("name = ").strip('"') if row.startswith("name = ") else ""
        if name in counts:
            worst, wrong, pairs = counts[name]
            values = [f'worst = "{worst}"', f"wrong = {wrong}", f"pairs = {pairs}", f"error_rate = {(wrong or 3) / pairs:.2g}"]
    parts = {p.split("]", 1)[0]: "[measured." + p.rstrip() for p in text.split("\n[measured.")[1:]}
    parts[part] = "\n".join([f"[measured.{part}]", *(f"{name} = {json.dumps(value)}" for name, value in measured.items())])
    return "\n".join([*out, *values]) + "\n\n" + "\n\n".join(parts[name] for name in sorted(parts)) + "\n"


def counts_of(figures: Figures) -> dict[str, Count]:
    """For the rules of aligned pixels, and the model alone, how many distinct pairs each joined."""
    worst = f"{len(EDITS)} edits of {figures.photographs} held-out photographs, all pairs as they are, {SCREENSHOTS} screenshots"
    found = {r.name: (worst, figures.joined(r.verdict, "geometry"), figures.pairs) for r in rules().aligned}
    return {**found, "model": (worst, figures.joined("possible", "sscd"), figures.pairs)} if copies.version() else {}


def measured(figures: Figures, known: Mapping[str, Any]) -> dict[str, Any]:
    """What is pinned of a run."""
    found = sum(figures.recall.values(), Counter())
    sure = {e: c["same"] + c["likely"] for e, c in figures.recall.items()}
    return {
        "versions": ", ".join(f"{n} {known[n]}" for n in ("python", "opencv", "numpy", "pillow", "counts", "model")),
        "rules": ruling.VERSION,
        "photographs": known["photographs"],
        "edited": figures.photographs,
        "edits": len(EDITS),
        **{v: found[v] for v in VERDICTS},
        "missed": found[""],
        "weak": [e for e, n in sure.items() if n < 0.8 * figures.photographs],
        "pairs": figures.pairs,
        **{f"wrong_{v}": figures.joined(v) for v in VERDICTS},
        "possible_a_look_up": round(figures.possible_a_look_up, 4),
        "most_alike": len(figures.alike),
        "most_alike_joined": sum(bool(row["found"]) and row["found"][0] != "possible" for row in figures.alike),
    }


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("development", "held-out"), default="held-out")
    parser.add_argument("--photographs", type=int, default=27, help="how many of the half are edited")
    parser.add_argument("--work", type=Path, default=Path("matching-work"), help="what is done already; may be deleted")
    parser.add_argument("--share", default="1/1", help="do only this part of the work, as 2/3, and tell nothing")
    parser.add_argument("--write", action="store_true", help="put the counts into calibration.toml")
    given = parser.parse_args()
    photographs = Photographs.of(given.folder)
    known = versions(given.folder, photographs)
    number, among = (int(n) for n in given.share.split("/"))
    done = Done(given.work, known, (number - 1, among))
    figures, counts = measured_figures(photographs, done, given.half, given.photographs)
    if among > 1:
        return
    print("\n".join(told(figures)))
    counts = {**counts_of(figures), **counts}
    for name, (look, wrong, pairs) in counts.items():
        print(f"{name:36}{wrong:6} of {pairs} ({look})")
    if given.write:
        part = "with_copies" if copies.version() else "without_model"
        text = written(CALIBRATION.read_text("utf-8"), counts, measured(figures, known), part)
        CALIBRATION.write_text(text, "utf-8")


def measured_figures(photographs: Photographs, done: Done, half: str, many: int) -> tuple[Figures, dict[str, Count]]:
    """All that is counted, done now or before; what is kept is read only where something is still to be done."""
    names, chosen = list(photographs.paths), photographs.half(half)

    @cache
    def kept() -> Kept:
        found = Kept()
        for name in track(names, description="reading     "):
            found.add(name, saved(photographs.image(name), quality=92))
        return found

    @cache
    def shots() -> Kept:
        found = Kept()
        for name in track(chosen[:SCREENSHOTS], description="reading     "):
            found.add(name, photographs.edited(name, SCREENSHOT)[0])
        return found

    figures = Figures(
        half=half,
        photographs=len(chosen[:many]),
        edits=done.run("edits", chosen[:many], lambda name: of_edits(photographs, kept(), name)),
        originals=done.run("originals", names, lambda name: of_kept(kept(), name)),
        screenshots=done.run("screenshots", chosen[:SCREENSHOTS], lambda name: of_kept(shots(), name)),
        alike=done.run("alike", ["all"], lambda _: most_alike(kept())),
    )
    counted = done.run("hashes", ["all"], lambda _: list(of_hashes({x: looked(photographs, x) for x in LOOKS}).items()))
    return figures, {name: (look, wrong, pairs) for name, (look, wrong, pairs) in counted}


def looked(photographs: Photographs, look: str) -> dict[str, Asset]:
    """All photographs after one edit, by the name; what has no hash is left out."""
    found = {}
    for name in track(photographs.paths, description=f"{look[:12]:12}"):
        content = saved(photographs.image(name)) if look == AS_IT_IS else photographs.edited(name, look)[0]
        asset, _ = described(content)
        if asset and views(asset):
            found[name] = asset
    return found


if __name__ == "__main__":
    main()
