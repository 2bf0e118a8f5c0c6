"""What in a folder is a source of its own, and what belongs to one: pictures beside a page, media of an export."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote_to_bytes

from provenance.acquire.files import read_file, walk
from provenance.acquire.limits import Limits
from provenance.acquire.sniff import HTML, JSON, TEXT, Kind, looks_like_telegram_export, sniff
from provenance.errors import EmptySource, SourceError

EXPORT = "result.json"
"""The file that Telegram Desktop writes an export to."""

MANIFEST = "manifest.csv"

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
        return path if _is_page(path, kind, content) else None

    def _content(self, path: Path) -> bytes:
        """The bytes, or none: what is wrong with a file is told when it is read as a source."""
        try:
            return read_file(path, self._limits.file_bytes)
        except SourceError:
            return b""


def _is_page(path: Path, kind: Kind, content: bytes) -> bool:
    if kind.media_type == JSON:
        return path.name == EXPORT or looks_like_telegram_export(content)
    return kind.media_type != TEXT or path.suffix.lower() in _naming()["article_endings"]


@cache
def _naming() -> dict[str, tuple[str, ...]]:
    data = tomllib.loads(Path(__file__).with_name("saved_pages.toml").read_text("utf-8"))
    return {key: tuple(values) for key, values in data.items()}
