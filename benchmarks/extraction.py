"""Pages a second: extraction of saved news pages against four other tools, on the same work in the same run.

    python benchmarks/extraction.py FOLDER [--rounds N] [--limit N]

FOLDER holds pages of HTML. In every round every tool reads all pages; the tools take turns after every few pages, and
in each round another one is first, so that a busy machine slows all of them alike. CPU seconds of this process are
counted, and of each page and tool the least over the rounds; our own caches are emptied before each round. Ours is the
whole step, from bytes to `Page`: encoding, article text, media, captions, credits, posts, facts. Each of the others is
asked for all that it has of text, metadata and pictures; none fetches anything. Those that are not installed are named
and left out; they are no dependency of this project:

    pip install trafilatura newspaper4k readability-lxml extruct
"""

import argparse
import gc
import hashlib
import logging
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeAlias

from provenance.extract import pages
from provenance.records import Snapshot

Tool: TypeAlias = Callable[[Snapshot], object]
OURS = "provenance"
TURN = 7
ADDRESS = "https://example.org/news/story"
"""Some tools want to know a page's address; none of them fetches it here."""


def snapshot(path: Path) -> Snapshot:
    """A page as the step before hands it over."""
    content = path.read_bytes()
    return Snapshot(
        source=path.name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="text/html",
        obtained_at="2026-01-01T00:00:00Z",
        how="file",
    )


def ours() -> Tool:
    """The extraction step as the pipeline calls it."""
    return lambda page: list(pages(page))


def trafilatura() -> Tool:
    """Text with pictures and links, and metadata."""
    from trafilatura import bare_extraction  # noqa: PLC0415 -- no dependency: imported where it is asked for

    return lambda page: bare_extraction(page.content, url=ADDRESS, with_metadata=True, include_images=True, include_links=True)


def newspaper4k() -> Tool:
    """Text, metadata, pictures and videos; no picture is fetched."""
    from newspaper import Article  # noqa: PLC0415 -- no dependency: imported where it is asked for

    def run(page: Snapshot) -> object:
        article = Article(ADDRESS, fetch_images=False)
        article.download(input_html=page.content.decode("utf-8", "replace"))
        article.parse()
        return article

    return run


def readability() -> Tool:
    """The article as HTML, and its title."""
    from readability import Document  # noqa: PLC0415 -- no dependency: imported where it is asked for

    def run(page: Snapshot) -> object:
        document = Document(page.content.decode("utf-8", "replace"))
        return document.title(), document.summary()

    return run


def extruct() -> Tool:
    """Structured data: JSON-LD, OpenGraph, microdata."""
    from extruct import extract  # noqa: PLC0415 -- no dependency: imported where it is asked for

    return lambda page: extract(
        page.content.decode("utf-8", "replace"), base_url=ADDRESS, syntaxes=["json-ld", "opengraph", "microdata"], errors="ignore"
    )


PEERS: dict[str, Callable[[], Tool]] = {
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
    "readability-lxml": readability,
    "extruct": extruct,
}


def installed() -> dict[str, Tool]:
    """Ours, and the peers that can be imported; the others are named on standard error."""
    tools = {OURS: ours()}
    for name, make in PEERS.items():
        try:
            tools[name] = make()
        except ImportError as error:
            print(f"{name}: not installed, left out ({error})", file=sys.stderr)
    return tools


def cold() -> None:
    """Forget what was remembered of earlier pages; the compiled data stays, as in any run over many pages."""
    for name, module in list(sys.modules.items()):
        for value in list(vars(module).values()) if name.startswith("provenance.") else ():
            if hasattr(value, "cache_info") and value.cache_info().maxsize is not None:
                value.cache_clear()


def timed(tool: Tool, page: Snapshot) -> tuple[float, bool]:
    """CPU seconds that one tool takes for one page, and whether it came through."""
    start = time.process_time()
    try:
        tool(page)
    except Exception:  # noqa: BLE001 -- whatever a foreign tool raises, the others go on; failures are counted
        return time.process_time() - start, False
    return time.process_time() - start, True


def turns(order: list[str], pages_in_all: int) -> Iterator[tuple[str, int]]:
    """Tool and page in the order of measuring: each tool reads some pages on end, as in real work.

    Between two turns memory is tidied, so that nobody pays for another's garbage.
    """
    for start in range(0, pages_in_all, TURN):
        for name in order:
            gc.collect()
            yield from ((name, at) for at in range(start, min(start + TURN, pages_in_all)))


def measure(tools: dict[str, Tool], snapshots: list[Snapshot], rounds: int) -> tuple[dict[str, list[float]], dict[str, int]]:
    """The least CPU seconds of each tool for each page, and how many pages each tool failed on."""
    least = {name: [float("inf")] * len(snapshots) for name in tools}
    failed = dict.fromkeys(tools, 0)
    order = list(tools)
    for number in range(rounds):
        order = order[1:] + order[:1]
        cold()
        for name, at in turns(order, len(snapshots)):
            seconds, whole = timed(tools[name], snapshots[at])
            least[name][at] = min(least[name][at], seconds)
            failed[name] += number == 0 and not whole
    return least, failed


def table(least: dict[str, list[float]], failed: dict[str, int]) -> str:
    """Pages a second, and how many times longer than ours each tool takes."""
    own = sum(least[OURS])
    rows = [f"{'tool':<28} {'pages/s':>8} {'ms/page':>8} {'times ours':>10} {'failed':>6}"]
    for name, seconds in least.items():
        total = sum(seconds)
        label = name if name == OURS else f"{name} {_version(name)}"
        rows.append(
            f"{label:<28} {len(seconds) / total:>8.1f} {1000 * total / len(seconds):>8.1f} {total / own:>10.2f} {failed[name]:>6}"
        )
    return "\n".join(rows)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def main() -> int:
    """Read the arguments, measure, print the table."""
    parser = argparse.ArgumentParser(description="Pages a second of HTML extraction, against other tools.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=None)
    given = parser.parse_args()
    files = sorted(p for p in given.folder.rglob("*") if p.suffix in {".html", ".htm"})[: given.limit]
    if not files:
        print(f"{given.folder}: no page (*.html, *.htm) in it; name a folder of saved pages", file=sys.stderr)
        return 2
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    snapshots = [snapshot(p) for p in files]
    tools = installed()
    for tool in tools.values():
        timed(tool, snapshots[0])
    gc.collect()
    gc.freeze()
    least, failed = measure(tools, snapshots, given.rounds)
    size = sum(len(s.content) for s in snapshots) / 1e6
    print(f"{len(snapshots)} pages, {size:.1f} MB, {given.rounds} rounds, CPU time, least of the rounds")
    print(table(least, failed))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
