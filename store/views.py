"""The visuals as they were last worked out, kept beside the database so that a look-up need not group everything again.

Derived data in a file of its own: it names the journal's newest entry that can have changed a visual when it was made, and is
passed over when there is a newer one. It may be deleted at any time; one that cannot be read or written is as good as none.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from provenance import __version__
from provenance.errors import EvidenceError
from provenance.records import AppearanceKey, Visual, to_json
from store.codec import decode, parsed

_FORM = f"2 {__version__}"
"""A view made by another version of the program may have been grouped by other rules."""
_TABLES = """
CREATE TABLE about (form TEXT, checkpoint TEXT);
CREATE TABLE visual (id TEXT PRIMARY KEY, made TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE member (document TEXT, medium TEXT, asset TEXT, visual TEXT NOT NULL, PRIMARY KEY (document, medium)) WITHOUT ROWID;
CREATE INDEX by_asset ON member (asset);
"""
NEUTRAL = ("check", "failure", "repair", "timestamp", "watch", "unwatch", "watch-run", "watch-event")
"""Kinds of journal entries that change no visual: a view outlives them."""
_SECONDS = 2.0  # to wait for another process that writes; a look-up does not need the view so badly as to wait longer


class Views:
    """The view of one record.

    Args:
        folder: the folder of derived data beside the database; None where nothing is to be kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / "visuals.db" if folder else None

    def keep(self, checkpoint: str, visuals: Iterable[Visual]) -> None:
        """Write the view anew, as a whole; where that is not possible, there is none."""
        if self._path is None:
            return
        temporary = self._path.with_suffix(".new")
        try:
            temporary.parent.mkdir(parents=True, exist_ok=True)
            temporary.unlink(missing_ok=True)
            with closing(sqlite3.connect(temporary, isolation_level=None)) as made:
                made.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_TABLES}")
                made.execute("BEGIN")
                _fill(made, checkpoint, visuals)
                made.execute("COMMIT")
            temporary.replace(self._path)
        except (OSError, sqlite3.Error):
            return

    def with_assets(self, checkpoint: str, sha256s: Collection[str]) -> list[Visual] | None:
        """The visuals that hold one of these assets, as they stood at a checkpoint; None where that is not kept."""
        return self._found(checkpoint, "m.asset = ?", [(sha256,) for sha256 in sha256s])

    def with_appearances(self, checkpoint: str, keys: Collection[AppearanceKey]) -> list[Visual] | None:
        """The visuals of these appearances, as they stood at a checkpoint; None where that is not kept."""
        return self._found(checkpoint, "m.document = ? AND m.medium = ?", [(key.document, key.medium) for key in keys])

    def _found(self, checkpoint: str, where: str, values: list[tuple[str, ...]]) -> list[Visual] | None:
        if self._path is None:
            return None
        query = f"SELECT v.id, v.made FROM member m JOIN visual v ON v.id = m.visual WHERE {where}"  # noqa: S608 - `where` is ours
        try:
            with _opened(self._path) as kept:
                if kept.execute("SELECT form, checkpoint FROM about").fetchall() != [(_FORM, checkpoint)]:
                    return None
                made = dict(row for value in values for row in kept.execute(query, value))
            return [decode(Visual, parsed(text)) for text in made.values()]
        except (sqlite3.Error, EvidenceError):
            return None


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True, timeout=_SECONDS)) as kept:
        yield kept


def _fill(made: sqlite3.Connection, checkpoint: str, visuals: Iterable[Visual]) -> None:
    made.execute("INSERT INTO about VALUES (?, ?)", (_FORM, checkpoint))
    for visual in visuals:
        made.execute("INSERT INTO visual VALUES (?, ?)", (visual.id, json.dumps(to_json(visual))))
        members = [(m.document, m.media, m.asset, visual.id) for m in visual.members]
        made.executemany("INSERT OR REPLACE INTO member VALUES (?, ?, ?, ?)", members)
