"""Records to bytes and rows: HTML, JSON Lines, CSV, graphs, JSON Schema, tables for a terminal. Pure: no files, no clock.

The names are loaded when they are first used: a look-up draws tables, and needs neither pages nor schemas.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from provenance.report.cells import Table
    from provenance.report.lines import json_lines
    from provenance.report.page import html
    from provenance.report.schemas import schema
    from provenance.report.spreadsheet import csv
    from provenance.report.text import terminal_safe

_HOMES = {
    "Table": "cells",
    "csv": "spreadsheet",
    "html": "page",
    "json_lines": "lines",
    "schema": "schemas",
    "terminal_safe": "text",
}
__all__ = ["Table", "csv", "html", "json_lines", "schema", "terminal_safe"]


def __getattr__(name: str) -> Any:
    """One of the names above, from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"provenance.report.{_HOMES[name]}"), name)
