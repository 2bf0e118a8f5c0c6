"""Perceptual hashes within a distance, exactly: code files beside the database, topped up from its rows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from provenance.errors import UsageError

if TYPE_CHECKING:
    from store.codes import CodeFile, Hits

Neighbour = tuple[str, int, int | None]
"""An asset's sha256, the distance in bits, the quality of its hash."""
_MAX_BITS = 2048
_WORD_BITS = 64
_PAGE = 64
_FEW = 500
"""Assets whose codes are looked up in less time than all codes are gone through."""


class CodeRows(Protocol):
    """The rows that the codes are made from."""

    def after(self, algorithm: str, bits: int, ident: int) -> Iterable[tuple[int, bytes]]:
        """The id and code of each row of an algorithm and length after a row, ids ascending."""

    def code(self, ident: int) -> bytes | None:
        """The code of one row."""

    def of_assets(self, algorithm: str, bits: int, assets: Collection[str]) -> Iterable[tuple[int, bytes]]:
        """The id and code of each row of an algorithm and length that these assets have."""

    def described(self, idents: Iterable[int]) -> Mapping[int, tuple[str, int | None]]:
        """The asset and the quality of rows, by their ids."""


class NearIndex:
    """Finds near hashes; one instance serves one store.

    Args:
        folder: where the code files lie, or None to hold the codes in memory only.
        read_only: write nothing.
    """

    def __init__(self, folder: Path | None = None, *, read_only: bool = False) -> None:
        self._folder = folder
        self._read_only = read_only
        self._files: dict[tuple[str, int], CodeFile] = {}
        self._lock = Lock()

    def near(
        self, rows: CodeRows, algorithm: str, value_hex: str, radius: int, among: Collection[str] | None = None
    ) -> list[Neighbour]:
        """Every asset with a hash within `radius` bits, nearest first; its nearest hash where it has several.

        Args:
            rows: the rows of all hashes.
            algorithm: what the hash is a hash of.
            value_hex: the hash.
            radius: in bits.
            among: the assets that are asked about; None for all. Few of them are looked up one by one.

        Raises:
            UsageError: the value is no hex of a length that hashes have, or the radius is below zero.
        """
        code = code_of(value_hex, radius)
        if among is None:
            return self._all_near(rows, algorithm, code, radius)
        if len(among) > _FEW:
            return [hit for hit in self._all_near(rows, algorithm, code, radius) if hit[0] in among]
        wanted = int.from_bytes(code, "big")
        hits = (
            (n, (wanted ^ int.from_bytes(each, "big")).bit_count()) for n, each in rows.of_assets(algorithm, len(code) * 8, among)
        )
        return _by_asset(rows, ((n, distance) for n, distance in hits if distance <= radius))

    def _all_near(self, rows: CodeRows, algorithm: str, code: bytes, radius: int) -> list[Neighbour]:
        with self._lock:
            hits = self._fresh(rows, algorithm, len(code) * 8).search(code, radius)
        return _by_asset(rows, zip(hits.ids.tolist(), hits.distances.tolist(), strict=True))

    def nearest(self, rows: CodeRows, algorithm: str, values_hex: Sequence[str], radius: int, most: int) -> list[Neighbour]:
        """The assets with a hash within `radius` bits of one of several, nearest first, `most` of them; in one pass.

        Raises:
            UsageError: as `near`, or the values are of unlike lengths.
        """
        codes = [code_of(value, radius) for value in values_hex]
        if len({len(code) for code in codes}) > 1:
            raise UsageError(f"{algorithm}: hashes of unlike lengths", "search for each length apart")
        if not codes:
            return []
        with self._lock:
            hits = self._fresh(rows, algorithm, len(codes[0]) * 8).search_any(codes, radius)
        return _first(rows, hits, most)

    def forget(self) -> None:
        """Make everything anew next time: the rows were rebuilt."""
        with self._lock:
            for file in self._files.values():
                file.drop()
            self._files.clear()

    def settle(self) -> None:
        """Put in order what was added; for the end of a run that wrote."""
        with self._lock:
            for file in self._files.values():
                file.settle()

    def _fresh(self, rows: CodeRows, algorithm: str, bits: int) -> "CodeFile":
        """The code file with all rows that there are."""
        file = self._file(rows, algorithm, bits)
        file.extend(lambda last: rows.after(algorithm, bits, last))
        return file

    def _file(self, rows: CodeRows, algorithm: str, bits: int) -> "CodeFile":
        from store.codes import CodeFile  # noqa: PLC0415 - numpy is slow to import, and most commands compare no hashes

        if (algorithm, bits) not in self._files:
            folder = self._folder / f"{algorithm}-{bits}" if self._folder else None
            file = CodeFile(folder, bits, read_only=self._read_only)
            if len(file) and rows.code(file.last) != file.code(len(file) - 1):
                file.drop()
            self._files[algorithm, bits] = file
        return self._files[algorithm, bits]


def _first(rows: CodeRows, hits: "Hits", most: int) -> list[Neighbour]:
    """The nearest assets; only the rows that are needed for them are looked up."""
    order = hits.distances.argsort(kind="stable")
    ids, distances = hits.ids[order].tolist(), hits.distances[order].tolist()
    found: list[Neighbour] = []
    for start in range(0, len(ids), _PAGE):
        page = zip(ids[start : start + _PAGE], distances[start : start + _PAGE], strict=True)
        named = {asset for asset, _, _ in found}
        found += [hit for hit in _by_asset(rows, page) if hit[0] not in named]
        if len(found) >= most:
            break
    return found[:most]


def _by_asset(rows: CodeRows, hits: Iterable[tuple[int, int]]) -> list[Neighbour]:
    """Ids and distances of rows to assets, nearest first, each once."""
    distances = dict(hits)
    found = [(asset, quality, distances[ident]) for ident, (asset, quality) in rows.described(distances).items()]
    best: dict[str, Neighbour] = {}
    for asset, quality, distance in sorted(found, key=lambda hit: (hit[2], hit[0], -(hit[1] or 0))):
        best.setdefault(asset, (asset, distance, quality))
    return list(best.values())


def code_of(value_hex: str, radius: int) -> bytes:
    """The bytes of a hash in hex.

    Raises:
        UsageError: it is none that can be searched for within this radius.
    """
    try:
        code = bytes.fromhex(value_hex)
    except ValueError as error:
        raise UsageError(f"{value_hex[:80]!r} is no hash in hex", "give hexadecimal digits only") from error
    if not code or len(code) * 8 % _WORD_BITS or len(code) * 8 > _MAX_BITS or radius < 0:
        raise UsageError(f"{value_hex[:80]!r} within {radius}: no such hash or radius", "give 16 or 64 hexadecimal digits")
    return code
