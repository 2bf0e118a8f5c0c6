"""How many articles a minute one core reads, and whether any sentence makes it slower than its length.

    python benchmarks/attribution.py [--articles N]

The articles are the invented ones of `tests/attribute/heldout`, in 22 languages, put together to 3,000 characters each with plain
prose between them. Times are CPU seconds of this process. Each shape of a hostile text is read at one length and at twice that
length: a ratio near 2 is linear, near 4 quadratic.
"""

import argparse
import hashlib
import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from provenance.attribute import read  # noqa: E402 - the path comes first
from provenance.extract import flat  # noqa: E402
from provenance.records import Page, Snapshot  # noqa: E402

LENGTH = 3_000
WANTED = 10_000
"""Articles a minute on one core."""
MOST_RATIO = 3.0
SHAPES: dict[str, Callable[[int], str]] = {
    "one sentence of capitals": lambda n: "The Harbour Watch Group Of Lantern Bay " * (n // 39),
    "cues without a party": lambda n: "according to citing according to said quoted by " * (n // 48),
    "commas": lambda n: "the photo, the video, " * (n // 22),
    "quotation marks": lambda n: '"photo «said" ' * (n // 14),
    "handles": lambda n: "@lantern_watch posted the photo on X " * (n // 37),
    "platforms and verbs": lambda n: "posted on Telegram channel shared on Facebook page " * (n // 51),
    "one word": lambda n: "a" * n,
    "brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "handovers": lambda n: "shared with Reuters by the police the video of " * (n // 47),
    "verdicts": lambda n: "the photo is fake and is not fake " * (n // 34),
    "source lines": lambda n: "Source: A, B, C, D\n" * (n // 19),
    "places": lambda n: "near Kyiv in Kyiv at Kyiv outside Kyiv the photo " * (n // 49),
    "dates": lambda n: "on Monday Oct. 3 the photo was posted " * (n // 38),
    "photo of photo": lambda n: "photo of a " * (n // 11),
}


def articles(language: str) -> str:
    """The invented articles of one language, repeated to the length of a news article."""
    rows = tomllib.loads((ROOT / "tests" / "attribute" / "heldout" / f"{language}.toml").read_text("utf-8"))["article"]
    text = "\n".join(row["text"].strip() for row in rows)
    return (text + "\n") * (LENGTH // len(text) + 1)


def page(text: str) -> Page:
    """A text as the extract step gives it."""
    content = text.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    how = Snapshot(
        source="invented.txt",
        content=content,
        sha256=sha256,
        media_type="text/plain",
        obtained_at="2031-04-01T00:00:00Z",
        how="file",
    )
    return flat.page(how, text)


def seconds(pages: list[Page]) -> float:
    """CPU time of one reading; nothing is read twice, so that nothing kept from the last time helps."""
    start = time.process_time()
    for one in pages:
        read(one)
    return time.process_time() - start


def by_language(copies: int) -> Iterator[tuple[str, float]]:
    """Milliseconds an article, by language; its words are loaded before."""
    for path in sorted((ROOT / "tests" / "attribute" / "heldout").glob("*.toml")):
        read(page(articles(path.stem)))
        yield path.stem, seconds([page(_copy(articles(path.stem), n)) for n in range(copies)]) / copies * 1000


def _copy(text: str, number: int) -> str:
    """One of many articles, each sentence of which is new: nothing that was kept of another helps."""
    return text.replace(" ", f" {number} ", 1).replace("\n", f" {number}.\n")[:LENGTH]


def ratios() -> Iterator[tuple[str, float]]:
    """How much longer the double length of each hostile shape takes."""
    for name, shape in SHAPES.items():
        short, double = page(shape(20_000)), page(shape(40_000))
        yield name, seconds([double]) / max(seconds([short]), 1e-4)


def main() -> int:
    """Print what was measured; 1 where an article takes too long or a shape is not linear."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10, help="copies of each article that are read")
    copies = parser.parse_args().articles
    found = dict(by_language(copies))
    for language, spent in found.items():
        print(f"{language}  {spent:6.2f} ms")
    mean = statistics.mean(found.values())
    print(f"mean {mean:.2f} ms an article of {LENGTH} characters: {60_000 / mean:,.0f} a minute on one core (wanted {WANTED:,})")
    worst = dict(ratios())
    for name, ratio in worst.items():
        print(f"{name:26}  x{ratio:.2f} at twice the length")
    return 0 if 60_000 / mean >= WANTED and max(worst.values()) < MOST_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
