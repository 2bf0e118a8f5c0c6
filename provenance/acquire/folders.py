"""What in a folder is a source of its own, and what belongs to one: pictures beside a page, media of an export."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote_to_bytes

from provenance.acquire import records
from provenance.acquire.files import read_file, walk
from provenance.acquire.limits import Limits
from provenance.acquire.sniff import HTML, JSON, TEXT, Kind, looks_like_telegram_export, sniff
from provenance.errors import EmptySource, SourceError

EXPORT = "result.json"
"""The file that Telegram Desktop writes an export to."""

MANIFEST = "manifest.csv"

_SHOWN = 10
_FILE_NAME = re.compile(rb"""[^\s"'<>()=,;/\\?#]{1,255}""")


class Folder:
    """One folder given as a source.

    Args:
        path: the folder.
        limits: the most bytes to take of each file.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path = path
        self.manifest = path / MANIFEST
        self._limits = limits
        self.passed_over: dict[str, list[str]] = {}
        """Files that were not taken, by why; filled while `found` runs. The parts of pages and exports are not among them."""
        self._named: set[bytes] = set()

    def found(self) -> Iterator[Path | SourceError]:
        """The sources in it: pages, texts and exports first, then the pictures and films that belong to none of them.

        Raises:
            EmptySource: there is none.
        """
        empty = True
        later: list[Path] = []
        for item in self._walked():
            ready = item if isinstance(item, SourceError) else self._sorted_in(item, later)
            if ready is not None:
                empty = False
                yield ready
        for path in later:
            if path.name.encode("utf-8", "surrogateescape") not in self._named:
                empty = False
                yield path
        if empty:
            raise EmptySource(f"{self.path} holds no page, text, picture, video or export", "name another folder, or a file")

    def notice(self) -> str | None:
        """What was passed over and why, in one sentence; None where nothing was."""
        parts = [f"{_listed(names)} ({why})" for why, names in self.passed_over.items()]
        count = sum(map(len, self.passed_over.values()))
        return f"{self.path}: {count} {'file' if count == 1 else 'files'} passed over: {'; '.join(parts)}." if parts else None

    def _walked(self) -> Iterator[Path | SourceError]:
        found = list(walk(self.path))
        paths = [item for item in found if isinstance(item, Path)]
        exports = {path.parent for path in paths if path.name == EXPORT and self._is_export(path)}
        saved = (path for path in paths if path.suffix.lower() in {".html", ".htm"})
        parts = {path.with_name(path.stem + ending) for path in saved for ending in _naming()["endings"]}
        yield from (item for item in found if isinstance(item, SourceError) or not self._belongs(item, exports, parts))

    def _belongs(self, path: Path, exports: set[Path], parts: set[Path]) -> bool:
        above = set(path.parents)
        if path.parent in exports and path.name == EXPORT:
            return bool(above - {path.parent} & exports)
        return path == self.manifest or bool(above & (exports | parts))

    def _is_export(self, path: Path) -> bool:
        return looks_like_telegram_export(self._content(path))

    def _sorted_in(self, path: Path, later: list[Path]) -> Path | None:
        content = self._content(path)
        kind = sniff(content)
        if kind.is_visual:
            later.append(path)
            return None
        if kind.media_type == HTML:
            self._named.update(unquote_to_bytes(name) for name in _FILE_NAME.findall(content))
        if why := _no_page(path, kind, content):
            self.passed_over.setdefault(why, []).append(str(path.relative_to(self.path)))
            return None
        self._named.update(records.files_named(content) if kind.media_type == JSON else ())
        return path

    def _content(self, path: Path) -> bytes:
        """The bytes, or none: what is wrong with a file is told when it is read as a source."""
        try:
            return read_file(path, self._limits.file_bytes)
        except SourceError:
            return b""


def _no_page(path: Path, kind: Kind, content: bytes) -> str | None:
    """Why a file is no page, text, record or table that is read here; None where it is one."""
    if kind.media_type == JSON:
        known = path.name == EXPORT or looks_like_telegram_export(content) or records.is_record(content)
        return None if known else "JSON of no form that is read here"
    if kind.media_type != TEXT or path.suffix.lower() in _naming()["article_endings"] or records.is_table(content):
        return None
    return "no article by its name, nor a table of a form that is read here; to read it, name it by itself"


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return f"{shown} and {len(names) - _SHOWN} more" if len(names) > _SHOWN else shown


@cache
def _naming() -> dict[str, tuple[str, ...]]:
    data = tomllib.loads(Path(__file__).with_name("saved_pages.toml").read_text("utf-8"))
    return {key: tuple(values) for key, values in data.items()}
