"""Each parser on samples, on changed copies of them, and on what once broke it; `run.py` goes on for as long as one likes."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from mutate import mutants  # noqa: E402 - the path is set above
from targets import TARGETS  # noqa: E402 - the same

COUNTS = {"html": 100, "citations": 150, "text": 80, "feed": 150, "anything": 80, "picture": 100}
"""Changed copies, where one takes longer than most: a few seconds a parser in all."""
FOUND = sorted(path for path in (HERE / "found").iterdir() if path.name != "README.md")


@pytest.mark.parametrize("name", TARGETS)
def test_changed_samples_are_read_or_refused(name: str) -> None:
    """Whatever the bytes, the parser gives sound records or an error of ours; the seed is fixed."""
    target = TARGETS[name]()
    for content in mutants(target, COUNTS.get(name, 300), seed=1):
        target.run(content)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_once_broke_a_parser_does_not_again(path: Path) -> None:
    """Inputs that the fuzzers found are read or refused."""
    name = max((name for name in TARGETS if path.name.startswith(f"{name}-")), key=len)
    TARGETS[name]().run(path.read_bytes())
