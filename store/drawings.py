"""Sketches of kept pictures, so that a look-up need not decode the pictures that it compares again.

Derived data in a file of its own, about 0.25 MB a picture: each names the rules that it was made for, and may be deleted at
any time; one that cannot be read or written is as good as none. Bytes that had to go take their sketch with them.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from provenance.records import Sketch

_TABLES = """
CREATE TABLE IF NOT EXISTS sketch (
  asset TEXT PRIMARY KEY, rules TEXT NOT NULL, facts TEXT NOT NULL, grey BLOB NOT NULL, points BLOB NOT NULL,
  descriptors BLOB NOT NULL
);
"""
_SECONDS = 2.0  # to wait for another process that writes; making a sketch again costs less than waiting longer
_POINT, _DESCRIPTOR = 8, 128  # bytes of a key point's place, and of what describes it


class Drawings:
    """The sketches of one record.

    Args:
        folder: the folder of derived data beside the database; None where nothing is to be kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / "sketches.db" if folder else None

    def of(self, sha256: str, rules: str) -> Sketch | None:
        """The sketch of an asset as these rules want it; None where it is not kept, or not sound."""
        if self._path is None or not self._path.is_file():
            return None
        query = "SELECT facts, grey, points, descriptors FROM sketch WHERE asset = ? AND rules = ?"
        try:
            with _opened(self._path) as kept:
                row = kept.execute(query, (sha256, rules)).fetchone()
            return _sound(*row) if row else None
        except (sqlite3.Error, ValueError, KeyError, TypeError):
            return None

    def keep(self, sha256: str, rules: str, made: Sketch) -> None:
        """Keep the sketch of an asset."""
        if self._path is None:
            return
        facts = json.dumps({"width": made.width, "height": made.height, "frames": made.frames})
        with suppress(OSError, sqlite3.Error):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with _opened(self._path) as kept:
                kept.executescript(f"PRAGMA synchronous=OFF; PRAGMA secure_delete=ON; {_TABLES}")
                row = (sha256, rules, facts, made.grey, made.points, made.descriptors)
                kept.execute("INSERT OR REPLACE INTO sketch VALUES (?, ?, ?, ?, ?, ?)", row)

    def remove(self, sha256: str) -> None:
        """Forget a sketch for good, for its picture had to go; where that fails, forget all of them."""
        if self._path is None or not self._path.is_file():
            return
        try:
            with _opened(self._path) as kept:
                kept.executescript("PRAGMA secure_delete=ON")
                kept.execute("DELETE FROM sketch WHERE asset = ?", (sha256,))
        except sqlite3.Error:
            self._path.unlink(missing_ok=True)


def _sound(facts: str, grey: bytes, points: bytes, descriptors: bytes) -> Sketch:
    """A sketch whose parts fit together.

    Raises:
        ValueError: they do not.
    """
    said = json.loads(facts)
    frames = tuple(tuple(float(v) for v in frame) for frame in said["frames"])
    found = Sketch(
        width=int(said["width"]), height=int(said["height"]), grey=grey, points=points, descriptors=descriptors, frames=frames
    )
    many = len(points) // _POINT
    if len(grey) != found.width * found.height or (len(points), len(descriptors)) != (many * _POINT, many * _DESCRIPTOR):
        raise ValueError("not as long as it says")
    return found


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=_SECONDS, isolation_level=None)) as kept:
        yield kept
