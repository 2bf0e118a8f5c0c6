"""Perceptual hashes on disk, for exact range search: derived data, made from the rows and dropped whenever in doubt.

A `CodeFile` is a folder with two files that only grow, mapped into memory and never read whole:

    codes   one row a hash, its bits as bytes
    ids     one signed 64-bit number a hash: the id of its row in the database, ascending

and, for hashes of 256 bits, `postings`: for each of the 16 chunks of 16 bits the rows by the value of that chunk. A code
within 31 bits of another differs in at most one bit in at least one chunk (31 // 16 = 1), so 16 x 17 look-ups find every
one: multi-index hashing (Norouzi, Punjani, Fleet: Fast Search in Hamming Space with Multi-Index Hashing, CVPR 2012).
Rows beyond the postings, and wider radii, are scanned.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

try:
    import fcntl
except ImportError:  # not on Windows: there the codes are held in memory
    fcntl = None  # type: ignore[assignment]

RowsAfter = Callable[[int], Iterable[tuple[int, bytes]]]
"""From the id of a row to the ids and codes of the rows after it, ids ascending."""
Number = TypeVar("Number", bound=np.generic)
Codes = NDArray[np.uint64]
Rows = NDArray[np.int64]
Maybe = tuple[Rows, Codes]
"""Rows among which are all that are near a code, and that code."""

WORD_BITS = 64
_CHUNKS, _CHUNK_VALUES = 16, 1 << 16
_POSTED_BITS = 256
_WIDEST = 31  # 2 * 16 - 1: beyond it a chunk may differ in two bits, and scanning is cheaper
_BLOCK = 8192  # rows a step of a scan: 256 kB of codes stay in the second cache
_BLOCK_WORDS = 4  # of 64 bits, in a code of 256
_TAIL = 1 << 16  # rows scanned beside the postings before these are made anew
_TOO_MANY = 4  # where a chunk is so common that a quarter of all rows are candidates, a scan is cheaper
_FLIPS = np.array([0, *(1 << bit for bit in range(16))], dtype=np.uint16)
_FIRST_BYTE = np.uint32(24)
_SUM_OF_BYTES = np.uint32(0x01010101)
_FIRST_WORDS, _SMALL_RADIUS = 3, 64  # 192 bits of unlike pictures differ by 96 on the average, with a deviation of 7
_COUNTED_TOGETHER = 8  # bytes in a number
_EVEN_BYTES, _ONE_BYTE = np.uint64(0x00FF00FF00FF00FF), np.uint64(8)
_SUM_OF_PAIRS, _LAST_PAIR = np.uint64(0x0001000100010001), np.uint64(48)


@dataclass(frozen=True, slots=True)
class Hits:
    """Rows within the radius: the ids of their database rows, and their distances in bits; in no order."""

    ids: Rows
    distances: Rows


class CodeFile:
    """The codes of one algorithm and length.

    Args:
        folder: where its files are, or None to hold them in memory only.
        bits: the length of a code; a multiple of 64.
        read_only: use the files that are there and change nothing.
    """

    def __init__(self, folder: Path | None, bits: int, *, read_only: bool = False) -> None:
        self._folder = folder
        self._read_only = read_only
        self._bits = bits
        self._words = bits // WORD_BITS
        self._codes: Codes = np.empty((0, self._words), dtype=np.uint64)
        self._ids: Rows = np.empty(0, dtype=np.int64)
        self._postings: _Postings | None = None
        self.reload()

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def last(self) -> int:
        """The highest id of a database row that is here; 0 where there is none."""
        return int(self._ids[-1]) if len(self._ids) else 0

    def code(self, row: int) -> bytes:
        """The code of one row, by its place in the file."""
        return bytes(self._codes[row].tobytes())

    def reload(self) -> None:
        """Map the files as they are now."""
        if self._folder is None or not self._path("ids").exists():
            return
        held = min(self._path("ids").stat().st_size // 8, self._path("codes").stat().st_size * 8 // self._bits)
        if held == 0:
            return
        self._ids = _mapped(self._path("ids"), held, np.int64)
        self._codes = _mapped(self._path("codes"), held * self._words, np.uint64).reshape(held, -1)
        self._postings = _Postings.opened(self._path("postings"), held) if self._bits == _POSTED_BITS else None

    def extend(self, rows_after: RowsAfter) -> None:
        """Add the rows that are not here yet.

        Where the folder cannot be written, or another process is extending it, they are held in memory.
        """
        with _alone(None if self._read_only else self._folder) as mine:
            if mine:
                self.reload()
            new = list(rows_after(self.last))
            if not new:
                return
            ids, codes = np.array([ident for ident, _ in new], dtype=np.int64), b"".join(code for _, code in new)
            if mine and self._written(ids, codes):
                self.reload()
                return
        self._ids = np.concatenate([self._ids, ids])
        self._codes = np.concatenate([self._codes, np.frombuffer(codes, dtype=np.uint64).reshape(-1, self._words)])

    def search(self, code: bytes, radius: int) -> Hits:
        """Every row within a radius in bits, exactly."""
        wanted = np.frombuffer(code, dtype=np.uint64)
        if self._postings is None or radius > _WIDEST:
            return self._hits(_scanned(self._codes, wanted[None], radius))
        candidates = self._postings.candidates(wanted)
        if candidates is None:
            return self._hits(_scanned(self._codes, wanted[None], radius))
        rows, distances = _within(self._codes, candidates, wanted, radius)
        tail, beyond = _scanned(self._codes[self._postings.rows :], wanted[None], radius)
        return self._hits((np.concatenate([rows, tail + self._postings.rows]), np.concatenate([distances, beyond])))

    def search_any(self, codes: Iterable[bytes], radius: int) -> Hits:
        """Every row within a radius in bits of at least one code, exactly, with the least of its distances; in one pass."""
        wanted = np.frombuffer(b"".join(codes), dtype=np.uint64).reshape(-1, self._words)
        rows, distances = _scanned(self._codes, wanted, radius)
        order = np.lexsort((distances, rows))
        found, first = np.unique(rows[order], return_index=True)
        return self._hits((found, distances[order][first]))

    def settle(self) -> None:
        """Make the postings anew where many rows have come since; does nothing where the folder cannot be written."""
        posted = self._postings.rows if self._postings else 0
        if self._folder is None or self._read_only or self._bits != _POSTED_BITS or len(self) - posted < max(_TAIL, posted // 8):
            return
        with _alone(self._folder) as mine:
            if mine:
                _Postings.write(self._path("postings"), self._codes)
        self.reload()

    def drop(self) -> None:
        """Remove the files."""
        self._ids, self._codes, self._postings = self._ids[:0], self._codes[:0], None
        if self._folder is not None and not self._read_only:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self, name: str) -> Path:
        assert self._folder is not None  # noqa: S101 - only asked for where there is one
        return self._folder / name

    def _hits(self, found: tuple[Rows, Rows]) -> Hits:
        rows, distances = found
        return Hits(self._ids[rows], distances)

    def _written(self, ids: Rows, codes: bytes) -> bool:
        """Append to both files, the codes first: a row is there when its id is."""
        try:
            _append(self._path("codes"), len(self) * self._bits // 8, codes)
            _append(self._path("ids"), len(self) * 8, ids.tobytes())
        except OSError:
            return False
        return True


class _Postings:
    """For each chunk, the rows by its value: `starts[chunk, value]` is the place of the first in `rows_of[chunk]`."""

    def __init__(self, starts: NDArray[np.uint32], rows_of: NDArray[np.uint32]) -> None:
        self._starts = starts
        self._rows_of = rows_of
        self.rows = rows_of.shape[1]

    @classmethod
    def opened(cls, path: Path, held: int) -> "_Postings | None":
        """The postings of a file, or None where there is none that fits what is held."""
        table = _CHUNKS * (_CHUNK_VALUES + 1)
        if not path.exists():
            return None
        size = path.stat().st_size // 4
        rows = (size - table) // _CHUNKS
        if rows <= 0 or rows > held or size != table + rows * _CHUNKS:
            return None
        held_in = _mapped(path, size, np.uint32)
        return cls(held_in[:table].reshape(_CHUNKS, -1), held_in[table:].reshape(_CHUNKS, rows))

    @staticmethod
    def write(path: Path, codes: Codes) -> None:
        """Make the file for codes of 256 bits, replaced as a whole."""
        chunks = codes.view(np.uint16).reshape(len(codes), _CHUNKS)
        starts = np.zeros((_CHUNKS, _CHUNK_VALUES + 1), dtype=np.uint32)
        temporary = path.with_suffix(".new")
        try:
            with temporary.open("wb") as file:
                file.write(starts.tobytes())
                for number in range(_CHUNKS):
                    values = np.ascontiguousarray(chunks[:, number])
                    file.write(np.argsort(values, kind="stable").astype(np.uint32).tobytes())
                    starts[number, 1:] = np.cumsum(np.bincount(values, minlength=_CHUNK_VALUES))
                file.seek(0)
                file.write(starts.tobytes())
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)

    def candidates(self, wanted: Codes) -> NDArray[np.uint32] | None:
        """The rows that share a chunk with a code but for one bit; None where they are too many to be of use."""
        values = wanted.view(np.uint16)[:, None] ^ _FLIPS[None, :]
        chunk = np.repeat(np.arange(_CHUNKS), _FLIPS.size)
        places = chunk * (_CHUNK_VALUES + 1) + values.ravel()
        starts = self._starts.ravel()
        first, length = starts[places].astype(np.int64), (starts[places + 1] - starts[places]).astype(np.int64)
        ends = np.cumsum(length)
        if int(ends[-1]) > max(self.rows // _TOO_MANY, _BLOCK):
            return None
        offsets = np.repeat(first + chunk * self.rows - (ends - length), length)
        found: NDArray[np.uint32] = self._rows_of.ravel()[np.arange(int(ends[-1])) + offsets]
        return found


def _mapped(path: Path, count: int, kind: type[Number]) -> NDArray[Number]:
    """The first numbers of a file, mapped; a plain array, for numpy's own `memmap` class is slow to slice."""
    return np.asarray(np.memmap(path, dtype=kind, mode="r", shape=(count,)))


def _within(codes: Codes, rows: NDArray[np.uint32], wanted: Codes, radius: int) -> tuple[Rows, Rows]:
    """The rows among some that are within the radius, each once, and their distances."""
    counts = np.bitwise_count(codes.take(rows, axis=0) ^ wanted)
    return _exact(codes, np.unique(rows[_sums(counts) <= radius]), wanted, radius)


def _exact(codes: Codes, rows: NDArray[np.integer], wanted: Codes, radius: int) -> tuple[Rows, Rows]:
    distances = np.bitwise_count(codes[rows] ^ wanted).sum(axis=1, dtype=np.int64)
    near = distances <= radius
    return rows[near].astype(np.int64), distances[near]


def _scanned(codes: Codes, wanted: Codes, radius: int) -> tuple[Rows, Rows]:
    """Every row within a radius of one of some codes (one a row), by looking at all of them; as often as it is near to one.

    Block by block, so that what is worked on stays in the second cache.
    """
    if codes.shape[1] > _BLOCK_WORDS:
        pairs = _near_long(codes, wanted, radius) if codes.shape[1] % _COUNTED_TOGETHER == 0 else _near_any(codes, wanted, radius)
    else:
        pairs = _near_short(codes, wanted, radius)
    rows, distances = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for maybe, code in pairs:
        near, exact = _exact(codes, maybe, code, radius)
        rows.append(near)
        distances.append(exact)
    return np.concatenate(rows), np.concatenate(distances)


def _near_short(codes: Codes, wanted: Codes, radius: int) -> Iterator[Maybe]:
    """Of codes of up to four words: word by word, so that the inner loops are long.

    What differs in more bits than the radius in some words already is out; the last word of four is left to the exact count
    where the radius is so small that hardly any row gets there.
    """
    words = _FIRST_WORDS if codes.shape[1] == _BLOCK_WORDS and radius <= _SMALL_RADIUS else codes.shape[1]
    differing, counts = np.empty((words, _BLOCK), dtype=np.uint64), np.empty((words, _BLOCK), dtype=np.uint8)
    for start in range(0, len(codes), _BLOCK):
        block = np.ascontiguousarray(codes[start : start + _BLOCK, :words].T)
        apart, bits = differing[:, : block.shape[1]], counts[:, : block.shape[1]]
        for code in wanted:
            np.bitwise_xor(block, code[:words, None], out=apart)
            np.bitwise_count(apart, out=bits)
            sums = bits[0]
            for row in bits[1:]:  # of four words in bytes, 256 wraps to 0: the exact count takes it out
                sums += row
            near = sums <= radius
            if near.any():
                yield np.flatnonzero(near) + start, code


def _near_long(codes: Codes, wanted: Codes, radius: int) -> Iterator[Maybe]:
    """Of codes of many words: row by row as they lie, eight counts added up at a time, as the bytes of one number."""
    words = codes.shape[1]
    rows = max(1, _BLOCK * _BLOCK_WORDS // words)
    repeated = [np.tile(code, (rows, 1)) for code in wanted]
    differing, counts = np.empty((rows, words), dtype=np.uint64), np.empty((rows, words), dtype=np.uint8)
    for start in range(0, len(codes), rows):
        block = codes[start : start + rows]
        for code, many in zip(wanted, repeated, strict=True):
            apart, bits = differing[: len(block)], counts[: len(block)]
            np.bitwise_xor(block, many[: len(block)], out=apart)
            np.bitwise_count(apart, out=bits)
            near = _row_sums(bits) <= radius
            if near.any():
                yield np.flatnonzero(near) + start, code


def _row_sums(counts: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """The sum of each row's bytes, eight or a multiple of them: pairs in 16 bits each, then the four of these at once."""
    packed = counts.view(np.uint64)
    pairs = (packed & _EVEN_BYTES) + ((packed >> _ONE_BYTE) & _EVEN_BYTES)
    sums = pairs[:, 0].copy()
    for column in range(1, pairs.shape[1]):
        sums += pairs[:, column]
    return np.asarray((sums * _SUM_OF_PAIRS) >> _LAST_PAIR, dtype=np.uint64)


def _near_any(codes: Codes, wanted: Codes, radius: int) -> Iterator[Maybe]:
    """Of codes of any other length."""
    rows = max(1, _BLOCK * _BLOCK_WORDS // codes.shape[1])
    for start in range(0, len(codes), rows):
        for code in wanted:
            counts = np.bitwise_count(codes[start : start + rows] ^ code)
            yield np.flatnonzero(counts.sum(axis=1, dtype=np.int64) <= radius) + start, code


def _sums(counts: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """The sum of each row's bytes; for four of them by one multiplication, which wraps at 256."""
    if counts.shape[1] * 8 == WORD_BITS // 2:
        packed = counts.view(np.uint32).ravel()
        return (packed * _SUM_OF_BYTES) >> _FIRST_BYTE
    return np.asarray(counts.sum(axis=1), dtype=np.uint32)


def _append(path: Path, at: int, content: bytes) -> None:
    """Write at a place of a file; what a stopped process left behind it is written over."""
    with path.open("r+b" if path.exists() else "wb") as file:
        file.seek(at)
        file.write(content)
        file.truncate()


@contextmanager
def _alone(folder: Path | None) -> Iterator[bool]:
    """Whether this process alone may change the folder; False where it cannot be written or another does."""
    with ExitStack() as held:
        yield folder is not None and _locked(folder, held)


def _locked(folder: Path, held: ExitStack) -> bool:
    if fcntl is None:
        return False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fcntl.flock(held.enter_context((folder / "lock").open("wb")), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
