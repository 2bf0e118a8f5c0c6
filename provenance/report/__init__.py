"""Records to bytes and rows: HTML, JSON Lines, CSV, graphs, JSON Schema, tables for a terminal. Pure: no files, no clock."""

from provenance.report.lines import json_lines
from provenance.report.page import html
from provenance.report.schemas import schema
from provenance.report.spreadsheet import csv
from provenance.report.tables import Table
from provenance.report.text import terminal_safe

__all__ = ["Table", "csv", "html", "json_lines", "schema", "terminal_safe"]
