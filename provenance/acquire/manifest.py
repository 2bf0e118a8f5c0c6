"""Facts that a desk states of its files, from a CSV table with the columns file, url, outlet, published."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType

from provenance.acquire.files import exists, read_file
from provenance.acquire.limits import DEFAULT, Limits
from provenance.errors import NotDecodable, NotFound, SourceError, UsageError

COLUMNS = ("file", "url", "outlet", "published")
_QUOTES = 'write it as CSV, with " around cells that hold commas'
_COLUMNS_ARE = f"the columns are {','.join(COLUMNS)}, with commas between"
_ADDRESS = re.compile(r"https?://[^\s/]+", re.IGNORECASE)
_PARTIAL_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2]))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the caller states of the sources: the address, the outlet's name, the date of publication (ISO 8601).

    `manifest` is a CSV table that states the same file by file, and wins over the other three.

    Raises:
        UsageError: the address or the date is none.
    """

    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    manifest: Path | None = None

    def __post_init__(self) -> None:
        if self.url and not is_address(self.url):
            raise UsageError(f"{self.url!r} is no web address", "write it in full: https://…")
        object.__setattr__(self, "published", iso_date(self.published) if self.published else None)


@dataclass(frozen=True, slots=True)
class Manifest:
    """A table read: facts by real path (or by address), and what was wrong with its rows."""

    path: Path | None = None
    facts: Mapping[str, Given] = field(default_factory=lambda: MappingProxyType({}))
    faults: tuple[SourceError, ...] = ()

    def of(self, source: str, otherwise: Given) -> Given:
        """The facts of one source, filled up with those that hold for all."""
        row = self.facts.get(source) or self.facts.get(str(Path(source).resolve()))
        if row is None:
            return otherwise
        return replace(
            otherwise,
            url=row.url or otherwise.url,
            outlet=row.outlet or otherwise.outlet,
            published=row.published or otherwise.published,
        )


def is_address(text: str) -> bool:
    """Whether a text is the address of something on the web, written in full."""
    return _ADDRESS.match(text) is not None


def iso_date(text: str) -> str:
    """An ISO 8601 date or time, checked; one with a zone is given back in UTC, one without as it is.

    Raises:
        UsageError: it is none; nothing is guessed from other ways of writing dates.
    """
    text = text.strip()
    try:
        if _PARTIAL_DATE.fullmatch(text) or len(text) == len("2024-10-22"):
            return text if _PARTIAL_DATE.fullmatch(text) else date.fromisoformat(text).isoformat()
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment.tzinfo else moment.isoformat()
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{text[:60]!r} is no ISO 8601 date", "write 2024-10-22, or 2024-10-22T09:30:00+09:00") from error


def read_manifest(path: Path, limits: Limits = DEFAULT) -> Manifest:
    """A manifest table; faults of single rows are kept in it, with their line numbers.

    Args:
        path: a CSV file in UTF-8, with or without a byte order mark; its `file` column is relative to its folder.
        limits: the most bytes and rows to take.

    Raises:
        SourceError: the table as a whole cannot be used.
    """
    text = _decoded(read_file(path, limits.page_bytes), path)
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    table = _Table(path)
    try:
        table.take_header(next(lines, []))
        for cells in lines:
            if any(cell.strip() for cell in cells):
                table.take_row(cells, lines.line_num)
            if len(table.facts) > limits.manifest_rows:
                raise NotDecodable(f"{path} has more than {limits.manifest_rows} rows", "split it")
    except csv.Error as error:
        raise NotDecodable(f"{path}, line {lines.line_num}: {error}", _QUOTES) from error
    return Manifest(path, MappingProxyType(table.facts), tuple(table.faults))


def _decoded(content: bytes, path: Path) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise NotDecodable(f"{path}, line {line} is not UTF-8", "save the table as CSV in UTF-8") from error
    if "\0" in text:
        raise NotDecodable(f"{path} holds NUL characters", "save the table as CSV in UTF-8")
    return text


class _Table:
    """A manifest while it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.header: list[str] = []
        self.facts: dict[str, Given] = {}
        self.faults: list[SourceError] = []

    def take_header(self, cells: list[str]) -> None:
        self.header = [cell.strip().lower() for cell in cells]
        if "file" not in self.header:
            one = len(self.header) == 1 and re.search(r"[;\t|]", self.header[0])
            raise NotDecodable(f"{self.path}, line 1: no column `file`{'; no commas in it' if one else ''}", _COLUMNS_ARE)
        for name in dict.fromkeys(self.header):
            if name not in COLUMNS or self.header.count(name) > 1:
                what = "doubled" if name in COLUMNS else "unknown"
                self.fault(1, f"{what} column {name[:60]!r}", _COLUMNS_ARE)

    def take_row(self, cells: list[str], line: int) -> None:
        if len(cells) > len(self.header):
            self.fault(line, f"{len(cells)} cells under {len(self.header)} columns", _QUOTES)
        row = {name: cell.strip() for name, cell in zip(self.header, cells, strict=False) if name in COLUMNS}
        name = row.get("file", "")
        key = _key(self.path.parent, name)
        if key is None:
            self.faults.append(NotFound(f"{self.path}, line {line}: no file {name[:200]!r}", "its path is relative to the table"))
        elif key in self.facts:
            self.fault(line, f"{name!r} is in the table twice; the first row holds", "leave one row")
        else:
            self.facts[key] = self.given(row, line)

    def given(self, row: Mapping[str, str], line: int) -> Given:
        stated = Given(outlet=row.get("outlet") or None)
        for fill in (_with_url, _with_date):
            try:
                stated = fill(stated, row)
            except UsageError as error:
                self.fault(line, error.message, error.remedy)
        return stated

    def fault(self, line: int, what: str, remedy: str) -> None:
        self.faults.append(NotDecodable(f"{self.path}, line {line}: {what}", remedy))


def _key(folder: Path, name: str) -> str | None:
    if _ADDRESS.match(name):
        return name
    for spelling in dict.fromkeys((name, name.replace("\\", "/"))):
        path = Path(folder, spelling)
        if name and exists(path):
            return str(path.resolve())
    return None


def _with_url(stated: Given, row: Mapping[str, str]) -> Given:
    return replace(stated, url=row.get("url") or None)


def _with_date(stated: Given, row: Mapping[str, str]) -> Given:
    return replace(stated, published=row.get("published") or None)
