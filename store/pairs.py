"""Matches as they were found when an asset came, kept beside the database so that no picture is compared twice.

Derived data in a file of its own: it names the rules that each was found by, and may be deleted at any time; one that cannot
be read or written is as good as none.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from provenance.errors import EvidenceError
from provenance.records import Match, to_json
from store.codec import decode, parsed

_TABLES = """
CREATE TABLE IF NOT EXISTS compared (asset TEXT PRIMARY KEY, rules TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pair (
  asset TEXT, other TEXT, rules TEXT NOT NULL, made TEXT NOT NULL, PRIMARY KEY (asset, other)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_other ON pair (other);
"""
_BOTH_WAYS = (
    "SELECT made FROM pair WHERE asset = ?1 AND rules = ?2 UNION ALL SELECT made FROM pair WHERE other = ?1 AND rules = ?2"
)
_SECONDS = 2.0  # to wait for another process that writes; finding the matches again costs less than waiting longer


class Pairs:
    """The remembered matches of one record.

    Args:
        folder: the folder of derived data beside the database; None where nothing is to be kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / "pairs.db" if folder else None

    def of(self, sha256: str, rules: str) -> list[Match] | None:
        """The matches of an asset as found by these rules, also those found when others came; None where it was not compared.

        What was found when another came is given the other way round, and without its alignment.
        """
        if self._path is None or not self._path.is_file():
            return None
        try:
            with _opened(self._path) as kept:
                if not kept.execute("SELECT 1 FROM compared WHERE asset = ? AND rules = ?", (sha256, rules)).fetchone():
                    return None
                rows = kept.execute(_BOTH_WAYS, (sha256, rules))
                found = [_seen_from(sha256, decode(Match, parsed(made))) for (made,) in rows]
        except (sqlite3.Error, EvidenceError):
            return None
        return list({match.other: match for match in reversed(found)}.values())[::-1]

    def keep(self, sha256: str, rules: str, found: Iterable[Match]) -> None:
        """Remember the matches of an asset."""
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with _opened(self._path) as kept:
                kept.executescript(f"PRAGMA synchronous=OFF; {_TABLES}")
                kept.execute("BEGIN IMMEDIATE")
                kept.execute("INSERT OR REPLACE INTO compared VALUES (?, ?)", (sha256, rules))
                rows = [(match.asset, match.other, rules, json.dumps(to_json(match))) for match in found]
                kept.executemany("INSERT OR REPLACE INTO pair VALUES (?, ?, ?, ?)", rows)
                kept.execute("COMMIT")
        except (OSError, sqlite3.Error):
            return

    def forget(self) -> None:
        """Find all of them anew: fingerprints were made again."""
        if self._path:
            self._path.unlink(missing_ok=True)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=_SECONDS, isolation_level=None)) as kept:
        yield kept


def _seen_from(sha256: str, match: Match) -> Match:
    if match.asset == sha256:
        return match
    turned = {"asset": match.other, "other": match.asset, "asset_at": match.other_at, "other_at": match.asset_at}
    return replace(match, alignment=None, **turned)  # type: ignore[arg-type]  # each is of its own kind
