"""The documents and the program say the same."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def test_the_command_line_reference_is_what_the_program_says(tmp_path: Path) -> None:
    """docs/cli.md is generated from the help: `make docs` writes it anew."""
    made = tmp_path / "cli.md"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "typer",
            "provenance/commands/program.py",
            "utils",
            "docs",
            "--name",
            "provenance",
            "--title",
            "Command line",
            "--output",
            str(made),
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    assert made.read_text() == (ROOT / "docs" / "cli.md").read_text()


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]), ids=lambda p: p.name)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    """A relative link in a document names a file that is there."""
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text())
    assert [] == [t for t in targets if not (page.parent / t).exists()]


def test_the_readme_is_short_and_starts_with_the_two_commands() -> None:
    """A newcomer sees both commands at the top, and the whole page stays under 200 lines."""
    lines = (ROOT / "README.md").read_text().splitlines()
    head = "\n".join(lines[:25])
    assert len(lines) < 200
    assert "make demo" in head
    assert "make test" in head


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    """What is committed holds no address of a package registry and no lock file."""
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = done.stdout.splitlines() or [str(p.relative_to(ROOT)) for p in ROOT.rglob("*.txt")]
    assert [] == [n for n in names if Path(n).name in {"uv.lock", "package-lock.json"} or Path(n).name.startswith("pylock")]
    assert not re.search(r"https?://|--index", (ROOT / "constraints.txt").read_text())
