"""Invented cases of several pages, and how the program does on them: who shows what, how many origins, who disagrees."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from provenance.attribute import read
from provenance.chain import Grouping
from provenance.extract import pages
from provenance.records import Conflict, Snapshot, StoredDocument, Visual

FOLDER = Path(__file__).with_name("heldout")
HALF = 0.5


@dataclass
class Figures:
    """What was found of what a case's gold says; `missed` and `wrong` name the rest."""

    pairs: list[int] = field(default_factory=lambda: [0, 0])
    visuals: list[int] = field(default_factory=lambda: [0, 0])
    origins: list[int] = field(default_factory=lambda: [0, 0])
    conflicts: list[int] = field(default_factory=lambda: [0, 0])
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """Pages joined that show nothing in common, and apparent conflicts called hard."""

    def count(self, measure: str, *, right: bool, of: str) -> None:
        """Count one thing that should be found."""
        counts = getattr(self, measure)
        counts[0] += right
        counts[1] += 1
        if not right:
            self.missed.append(f"{measure}: {of}")


def stored(row: Mapping[str, str], sequence: int) -> StoredDocument:
    """A page of a case, read the whole way as a text file with its address and day would be."""
    content = row["text"].strip().encode()
    snapshot = Snapshot(
        source=f"{row['id']}.txt",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="text/plain",
        obtained_at="2041-01-01T00:00:00Z",
        how="file",
        url=row.get("url"),
        published=row.get("published"),
    )
    (page,) = pages(snapshot)
    return StoredDocument(id=row["id"], sequence=sequence, ingested_at="2041-01-01T00:00:00Z", document=read(page))


def grouped(case: Mapping[str, Any]) -> list[Visual]:
    """The visuals of a case's pages, in the order in which they stand."""
    grouping = Grouping()
    for sequence, row in enumerate(case["page"], 1):
        grouping.add(stored(row, sequence))
    return grouping.visuals()


def figures(case: Mapping[str, Any], found: list[Visual] | None = None) -> Figures:
    """How a case comes out."""
    made = Figures()
    visuals = grouped(case) if found is None else found
    groups = [{m.document for m in v.members} for v in visuals]
    shown = {v["id"]: set(v["pages"]) for v in case["visual"]}
    for a, b in combinations([row["id"] for row in case["page"]], 2):
        said = any({a, b} <= g for g in groups)
        if any({a, b} <= p for p in shown.values()):
            made.count("pairs", right=said, of=f"{a} - {b}")
        elif said:
            made.wrong.append(f"joined: {a} - {b}")
    for gold in case["visual"]:
        best = max(visuals, key=lambda v: overlap({m.document for m in v.members}, shown[gold["id"]]))
        fits = overlap({m.document for m in best.members}, shown[gold["id"]]) >= HALF
        made.count("visuals", right=fits, of=gold["id"])
        if "origins" in gold:
            given = best.independent_origins if fits else None
            made.count("origins", right=given == gold["origins"], of=f"{gold['id']}: {given}, not {gold['origins']}")
    for gold in case["conflict"]:
        fitting = [c for v in visuals for c in v.conflicts if c.field in gold["fields"] and splits(gold["groups"], c)]
        if gold["real"]:
            made.count("conflicts", right=bool(fitting), of=gold["about"])
        elif any(c.severity == "hard" for c in (*_meant(case, gold, fitting), *_alone(case, gold))):
            made.wrong.append(f"hard: {gold['about']}")
    return made


def _alone(case: Mapping[str, Any], gold: Mapping[str, Any]) -> Iterator[Conflict]:
    """What is found when only the pages of one gold conflict are there: no other disagreement stands in for it."""
    inside = {p for group in gold["groups"] for p in group}
    few = grouped({"page": [row for row in case["page"] if row["id"] in inside]})
    return (c for v in few for c in v.conflicts if c.field in gold["fields"] and splits(gold["groups"], c))


def _meant(case: Mapping[str, Any], gold: Mapping[str, Any], fitting: list[Conflict]) -> Iterator[Conflict]:
    """Of the conflicts that fit, those that fit no other of the case better."""
    for conflict in fitting:
        inside = {d for v in conflict.values for d in v.documents}
        fits = [g for g in case["conflict"] if conflict.field in g["fields"] and splits(g["groups"], conflict)]
        if max(fits, key=lambda g: overlap(inside, {p for group in g["groups"] for p in group})) is gold:
            yield conflict


def overlap(a: set[str], b: set[str]) -> float:
    """Common members as a share of all."""
    return len(a & b) / len(a | b) if a | b else 0.0


def splits(groups: list[list[str]], conflict: Conflict) -> bool:
    """Whether two of its values stand on pages of different groups."""
    labels = set()
    for value in conflict.values:
        shares = [len(set(value.documents) & set(g)) for g in groups]
        best = max(shares)
        if best and 2 * best >= sum(shares):
            labels |= {i for i, share in enumerate(shares) if share == best}
    return len(labels) > 1


def cases() -> dict[str, dict[str, Any]]:
    """All cases by name."""
    return {p.stem: tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted(FOLDER.glob("*.toml"))}
