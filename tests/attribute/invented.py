"""Invented articles of 22 languages with what a perfect reader finds in them, and how much of it the program found."""

import hashlib
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from provenance.attribute import read
from provenance.extract import flat
from provenance.records import Document, Party, Snapshot

FOLDER = Path(__file__).with_name("heldout")
ORIGINS = frozenset({"posted-by", "captured-from", "provided-by"})
MEASURES = ("origin", "nodes", "cite", "from", "credit", "day", "place", "verdict")


@dataclass
class Score:
    """Found and all, by measure, and what was missed."""

    found: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    all: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    missed: list[str] = field(default_factory=list)

    def add(self, measure: str, note: str, *, right: bool) -> None:
        """Count one item."""
        self.all[measure] += 1
        self.found[measure] += right
        if not right:
            self.missed.append(f"{measure}: {note}")

    def recall(self, measure: str) -> float:
        """The share found."""
        return self.found[measure] / max(1, self.all[measure])


def languages() -> list[str]:
    """The languages there are articles in."""
    return sorted(p.stem for p in FOLDER.glob("*.toml"))


def articles(language: str) -> Iterator[dict[str, Any]]:
    """The articles of one language."""
    yield from tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))["article"]


def document(article: dict[str, Any]) -> Document:
    """One article read as a flat text file."""
    text = article["text"].strip() + "\n"
    content = text.encode()
    snapshot = Snapshot(
        source="invented.txt",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="text/plain",
        obtained_at="2031-04-01T00:00:00Z",
        how="file",
        published=article["published"],
    )
    return read(flat.page(snapshot, text))


def score(article: dict[str, Any], total: Score) -> None:
    """Count what was found of one article."""
    read_as = document(article)
    _origin(article, read_as, total)
    names = [_names(p) for c in read_as.citations for p in (c.citing, c.cited)]
    for node in article["nodes"]:
        total.add("nodes", node, right=any(_same(a, n) for a in node.split("|") for one in names for n in one))
    _spans(article, read_as, total)
    _circumstances(article, read_as, total)
    if wanted := article.get("verdict"):
        told = [c.text for c in read_as.claims if c.type == "authenticity"]
        total.add("verdict", f"{wanted} given {told}", right=any(_fold(wanted) in _fold(t) for t in told))


def _origin(article: dict[str, Any], read_as: Document, total: Score) -> None:
    wanted = article["origin"]
    given = [(m.account.platform, [m.account.handle, m.account.name]) for m in read_as.media if m.account]
    given += [(c.cited.platform, _names(c.cited)) for c in read_as.citations if c.relation in ORIGINS]
    name = wanted.get("handle") or wanted["name"]
    right = any(p in (None, wanted["platform"]) and any(_same(name, n) for n in names) for p, names in given)
    total.add("origin", f"{wanted} given {given}", right=right)


def _spans(article: dict[str, Any], read_as: Document, total: Score) -> None:
    spans = [(s.start, s.end) for c in read_as.citations for s in (c.span, c.cue_span) if s]
    lines = [m.credit for m in read_as.media if m.credit]
    for measure in ("cite", "from", "credit"):
        for words in article.get(measure, ()):
            start = read_as.text.index(words)
            right = any(_half(start, start + len(words), *s) for s in spans)
            right = right or (measure == "credit" and any(_fold(words) in _fold(c) or _fold(c) in _fold(words) for c in lines))
            total.add(measure, words, right=right)


def _circumstances(article: dict[str, Any], read_as: Document, total: Score) -> None:
    days = [d.value for m in read_as.media for d in m.stated_dates] + [p.date or "" for p in read_as.posts]
    total.add("day", f"{article['day']} given {days}", right=any(d[:10] == article["day"] for d in days))
    places = [n for m in read_as.media for p in m.stated_places for n in (p.name, p.span.text if p.span else "") if n]
    total.add("place", f"{article['place']} given {places}", right=any(_fold(article["place"]) in _fold(p) for p in places))


def _names(party: Party) -> list[str | None]:
    return [party.name, party.handle, party.as_written]


def _same(wanted: str, given: str | None) -> bool:
    return bool(given) and (_fold(wanted) in _fold(given) or (len(given) > 2 and _fold(given) in _fold(wanted)))


def _half(a: int, b: int, c: int, d: int) -> bool:
    return 2 * (min(b, d) - max(a, c)) >= min(b - a, d - c)


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("’", "'").split()).lstrip("@")
