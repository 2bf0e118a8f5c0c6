"""What a person or a program is shown: tables, JSON Lines, errors in one line, progress, files; and the exit codes."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.errors import ExitCode, ProvenanceError

if TYPE_CHECKING:
    from provenance.report.cells import Table

_ACTIVE = {
    code: f"\\u{code:04x}"
    for first, last in (
        *((0x7F, 0x9F), (0x61C, 0x61C), (0x200E, 0x200F), (0x2028, 0x202E)),
        *((0x2066, 0x2069), (0xD800, 0xDFFF), (0xFFF9, 0xFFFB)),
    )
    for code in range(first, last + 1)
}
"""What acts on a terminal or turns text round, as JSON writes it in a string: what `report/text.py` knows, without loading it."""
SHORT = 14
"""Cells up to this width, an id of a visual among them, are never broken over lines."""


def ended(work: Callable[[], ExitCode]) -> ExitCode:
    """How a verb's work went; its errors become one line and an exit code, never a traceback."""
    try:
        code = work()
        sys.stdout.flush()
    except ProvenanceError as error:
        told(error)
        return error.exit_code
    except KeyboardInterrupt:
        complain("interrupted; what was reported as done is kept")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except Exception as error:  # the last door: a fault of ours is told in a line, and PROVENANCE_DEBUG shows where
        if os.environ.get("PROVENANCE_DEBUG"):
            raise
        complain(f"a fault of this program: {type(error).__name__}: {error}. Run again with PROVENANCE_DEBUG=1 and report it.")
        return ExitCode.FAILED_PARTLY
    return code


def complain(message: str) -> None:
    """One line on standard error, its control characters made visible."""
    from provenance.report.text import terminal_safe

    print(f"provenance: {terminal_safe(message)}", file=sys.stderr)


def told(error: ProvenanceError) -> None:
    """Tell an error and what can be done about it."""
    complain(f"{error.message}. {error.remedy[:1].upper()}{error.remedy[1:]}." if error.remedy else f"{error.message}.")


def emit(record: Any, **more: Any) -> None:
    """One record as a line of JSON, out at once: who reads it may count on what it says being kept."""
    from provenance.records import to_json

    value = record if isinstance(record, dict) else to_json(record)
    print(json.dumps({**value, **more}, ensure_ascii=False).translate(_ACTIVE), flush=True)


def show_tables(*tables: "Table") -> None:
    """Tables for people; ids stay whole, so that they can be copied."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as RichTable

    console = Console(markup=False, highlight=False, emoji=False)
    for table in tables:
        if not table.rows:
            console.print(table.title, style="bold")
            continue
        named = any(table.columns)
        drawn = RichTable(title=table.title, title_justify="left", title_style="bold", show_header=named, pad_edge=False)
        drawn.box = SIMPLE_HEAD if named else None
        for number, name in enumerate(table.columns):
            short = all(len(row[number]) <= SHORT for row in table.rows)
            drawn.add_column(name, no_wrap=short or name == "id", overflow="fold", ratio=None if short else 1)
        for row in table.rows:
            drawn.add_row(*row)
        console.print(drawn)


def write(path: Path | None, content: bytes) -> None:
    """Bytes to a file, replaced as a whole, or to standard output."""
    from provenance.intake import replace_file

    if path is None or str(path) == "-":
        sys.stdout.buffer.write(content)
    else:
        replace_file(path, content)


class Tally:
    """A count of what goes on beside the items that are tracked.

    Args:
        what: what is counted.
    """

    def __init__(self, what: str) -> None:
        self.what = what
        self.count = 0

    def add(self) -> None:
        """One more."""
        self.count += 1

    def __str__(self) -> str:
        return f"{self.what} {self.count}" if self.count else ""


def tracked(items: Iterable[Any], what: str, beside: Tally | None = None) -> Iterator[Any]:
    """Count items on standard error while they pass, and what goes on beside them, when a person is watching."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    counts = "{task.description} {task.completed}  {task.fields[beside]}"
    columns = (SpinnerColumn(), TextColumn(counts, markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, beside=beside or "")
        for item in items:
            progress.advance(task)
            yield item


@contextmanager
def counted(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A way to tell how many of how many are done, shown on standard error when a person is watching; else None."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    with Progress(TextColumn(what), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def outcome(done: int, failed: int) -> ExitCode:
    """The exit code of a run over several sources."""
    if failed:
        return ExitCode.FAILED_PARTLY
    return ExitCode.DONE if done else ExitCode.NOTHING_FOUND
