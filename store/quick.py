"""The few questions of a look-up by hash, put to the database file without the database library.

That library takes longer to load than such a look-up takes to answer. What cannot be answered here is left to `open_store`.
"""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from provenance.errors import StoreError
from provenance.records import Asset, Match, Sketch, Visual
from store.blobs import Blobs
from store.codec import decode, parsed
from store.drawings import Drawings
from store.location import database_path, default_blobs, index_folder
from store.near import NearIndex, Neighbour
from store.pairs import Pairs
from store.views import NEUTRAL, Views

_SECONDS = 30.0
_NEEDED = "SELECT f.id, f.asset, f.algorithm, f.bits, f.value, f.quality, a.entry, o.payload, j.sha256 \
FROM fingerprint f, asset a, observation o, journal j LIMIT 0"


def open_reader(url: str, blobs: Path | None = None, copy: Path | None = None) -> "Reader | None":
    """A record opened for look-ups only; None where it is not there or not of the form that this module knows.

    Args:
        url: where the database is, as for `open_store`.
        blobs: the folder of the bytes; None for the one beside the file.
        copy: where a second copy of each lies.

    Raises:
        UsageError: the address is none that this version can open.
    """
    path = database_path(url)
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_SECONDS, isolation_level=None)
    except sqlite3.Error:
        return None
    try:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute(_NEEDED)
    except (sqlite3.Error, UnicodeDecodeError):  # the latter: the engine quotes a damaged definition; `open_store` tells it
        connection.close()
        return None
    return Reader(connection, path, Blobs(blobs or default_blobs(path), copy))


class Reader:
    """One record, for look-ups by hash."""

    def __init__(self, connection: sqlite3.Connection, path: Path, blobs: Blobs) -> None:
        self._connection = connection
        self._blobs = blobs
        self._rows = _Rows(connection, path)
        self._near = NearIndex(index_folder(path), read_only=True)
        self._views = Views(index_folder(path))
        self._pairs = Pairs(index_folder(path))
        self._drawings = Drawings(index_folder(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()

    def near(self, algorithm: str, value_hex: str, radius: int, among: Collection[str] | None = None) -> list[Neighbour]:
        """As `Store.near`."""
        return self._near.near(self._rows, algorithm, value_hex, radius, among)

    def nearest(self, algorithm: str, values_hex: Sequence[str], radius: int, most: int) -> list[Neighbour]:
        """As `Store.nearest`."""
        return self._near.nearest(self._rows, algorithm, values_hex, radius, most)

    def asset(self, sha256: str) -> Asset | None:
        """As `Store.asset`."""
        found = self._rows.ask(
            "SELECT o.payload FROM asset a JOIN observation o ON o.sequence = a.entry WHERE a.sha256 = ? "
            "ORDER BY a.entry DESC LIMIT 1",
            sha256,
        )
        return decode(Asset, parsed(found[0][0])) if found else None

    def known_matches(self, sha256: str, rules: str) -> list[Match] | None:
        """As `Store.known_matches`."""
        return self._pairs.of(sha256, rules)

    def sketch(self, sha256: str, rules: str) -> Sketch | None:
        """As `Store.sketch`."""
        return self._drawings.of(sha256, rules)

    def keep_sketch(self, sha256: str, rules: str, made: Sketch) -> None:
        """As `Store.keep_sketch`."""
        gone = self._rows.ask("SELECT 1 FROM redaction WHERE sha256 = ?", sha256)
        if not gone and self._rows.ask("SELECT 1 FROM asset WHERE sha256 = ? LIMIT 1", sha256):
            self._drawings.keep(sha256, rules, made)

    def blob(self, sha256: str) -> bytes:
        """As `Store.blob`, but for the reason why there are none.

        Raises:
            EvidenceError: they are missing or are not those that were kept.
        """
        return self._blobs.get(sha256)

    def visuals_with_assets(self, sha256s: Collection[str]) -> list[Visual] | None:
        """As `Store.visuals_with_assets`."""
        marks = ", ".join("?" * len(NEUTRAL))
        newest = self._rows.ask(
            f"SELECT sequence, sha256 FROM journal WHERE what NOT IN ({marks}) ORDER BY sequence DESC LIMIT 1",  # noqa: S608 - `marks` is ours
            *NEUTRAL,
        )
        return self._views.with_assets(f"{newest[0][0]}:{newest[0][1]}", sha256s) if newest else None


class _Rows:
    """The rows of fingerprints, as the near index asks for them."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def ask(self, query: str, *values: str | int) -> list[Any]:
        """The rows that answer a query."""
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: cannot be read ({error})", "run `provenance verify`") from error

    def after(self, algorithm: str, bits: int, ident: int) -> list[tuple[int, bytes]]:
        query = "SELECT id, value FROM fingerprint WHERE algorithm = ? AND bits = ? AND id > ? ORDER BY id"
        return self.ask(query, algorithm, bits, ident)

    def code(self, ident: int) -> bytes | None:
        found = self.ask("SELECT value FROM fingerprint WHERE id = ?", ident)
        return bytes(found[0][0]) if found else None

    def of_assets(self, algorithm: str, bits: int, assets: Iterable[str]) -> list[tuple[int, bytes]]:
        query = "SELECT id, value, algorithm, bits FROM fingerprint WHERE asset = ?"  # else the index of algorithms would be used
        rows = (row for asset in assets for row in self.ask(query, asset))
        return [(ident, value) for ident, value, *kind in rows if kind == [algorithm, bits]]

    def described(self, idents: Iterable[int]) -> dict[int, tuple[str, int | None]]:
        rows = (self.ask("SELECT id, asset, quality FROM fingerprint WHERE id = ?", ident) for ident in idents)
        return {row[0][0]: (row[0][1], row[0][2]) for row in rows if row}
