"""What tables of text are made of: a table, safe cells, and how an origin is written in one."""

from collections.abc import Iterable
from dataclasses import dataclass

from provenance.records import Origin
from provenance.report.text import terminal_safe

UNKNOWN = "unknown"
ID_SHOWN = 9
"""Characters shown of a document's id; commands take any start of an id that fits one document only."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to print; the cells hold no control characters and no line ends, and no markup."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()


def made(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    """A table whose cells are made safe to print on a terminal."""
    safe = tuple(tuple(terminal_safe(cell) for cell in row) for row in rows)
    return Table(terminal_safe(title), columns, safe)


def origin_name(origin: Origin) -> str | None:
    """An origin as chains write it: `telegram:@handle`, or its name; None when it is not known."""
    if origin.handle:
        return f"{origin.platform or 'account'}:@{origin.handle}"
    return origin.name or (f"an account on {origin.platform}" if origin.platform else None)
