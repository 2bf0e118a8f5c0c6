"""Changes behind the record's back, one at a time: each must be found by `verify`, or by opening the record.

    python tests/reliability/tamper.py [--places 1000] [--seed 1]

Each place is one of: a value of a row of any table, of which one byte is changed, taken out, put in, or two are swapped; a row
that is deleted, doubled under another key, or swapped with another; a kept blob with the same changes, deleted, or swapped with
another; a byte of the database file itself, where the change must be found or leave every table as it was (it hit a place that
holds nothing). The numbers that the engine gives rows of the look-up index (`id`) say nothing and are left out. Every fiftieth
time the untouched record is verified as well: a false alarm counts as a fault.
"""

import argparse
import contextlib
import random
import re
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE), str(HERE.parent / "store")]

import desk  # noqa: E402 - the path is set above
import factory  # noqa: E402 - the same

from provenance.errors import ProvenanceError  # noqa: E402 - the same
from provenance.records import AppearanceKey  # noqa: E402 - the same

Change = Callable[[Path, random.Random], str | None]


def fill(folder: Path) -> None:
    """A record with entries of every kind."""
    with desk.opened(folder) as store:
        keys = [AppearanceKey(factory.add(store, b"page %d" % n, b"picture %d" % n)[0].id, "m1") for n in range(8)]
        factory.add(store, b"page 9", picture=None)
        factory.add(store, b"page 9", picture=b"late picture")
        store.decide("link", keys[0], keys[1], who="Ada", why="the same crane")
        store.assess("v1", keys[0], "miscaptioned", who="Ada", why="from 2019")
        store.add_failure("gone.html", "2026-03-04T05:06:07Z", "no such file", who="Ada")
        store.redact(factory.sha256(b"picture 7"), who="Ada", why="a court order")


def bytewise(content: bytes, chance: random.Random) -> bytes:
    """One byte changed, taken out, put in, or two unequal neighbours swapped."""
    at = chance.randrange(len(content)) if content else 0
    swap = at + 1 < len(content) and content[at] != content[at + 1]
    kind = chance.choice(["change", "delete", "insert", *(["swap"] if swap else [])]) if content else "insert"
    if kind == "change":
        return content[:at] + bytes([content[at] ^ (1 << chance.randrange(7))]) + content[at + 1 :]
    if kind == "delete":
        return content[:at] + content[at + 1 :]
    if kind == "insert":
        return content[:at] + bytes([chance.randrange(32, 127)]) + content[at:]
    return content[:at] + content[at + 1 : at + 2] + content[at : at + 1] + content[at + 2 :]


def other(value: object, chance: random.Random) -> object:
    """A value of the same kind that differs in a byte."""
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(8))
    if isinstance(value, bytes):
        return bytewise(value, chance)
    return bytewise(str(value or "").encode(), chance).decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode()


@contextlib.contextmanager
def database(folder: Path):
    """The database in the hands of someone who knows SQL, and leaves its triggers as they were."""
    with contextlib.closing(sqlite3.connect(folder / "desk.db")) as connection, connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, definition in triggers:
            connection.execute(definition)


def tables(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Tables that have rows, and the columns that say something."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    found = {}
    for name in names:
        columns = connection.execute(f"PRAGMA table_info({name})").fetchall()
        if connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]:
            found[name] = [c[1] for c in columns if not (c[1] == "id" and c[2] == "INTEGER")]
    return found


def rows(connection: sqlite3.Connection, table: str, chance: random.Random, count: int) -> list[int] | None:
    """Some rows of a table by their numbers."""
    there = [row[0] for row in connection.execute(f"SELECT rowid FROM {table} ORDER BY rowid")]
    return chance.sample(there, count) if len(there) >= count else None


def value(folder: Path, chance: random.Random) -> str | None:
    """A byte of one value."""
    with database(folder) as connection:
        held = tables(connection)
        table = chance.choice(sorted(held))
        column = chance.choice(held[table])
        (row,) = rows(connection, table, chance, 1) or (0,)
        old = connection.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (row,)).fetchone()[0]
        new = other(old, chance)
        if new == old:
            return None
        with contextlib.suppress(sqlite3.IntegrityError):
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (new, row))
            return f"{table}.{column} of row {row}"
        return None


def row(folder: Path, chance: random.Random) -> str | None:
    """A row deleted, doubled or swapped with another."""
    with database(folder) as connection:
        held = tables(connection)
        table = chance.choice(sorted(held))
        columns, kind = held[table], chance.choice(["delete", "double", "swap"])
        named = ", ".join(columns)
        picked = rows(connection, table, chance, 2 if kind == "swap" else 1)
        if picked is None:
            return None
        read = f"SELECT {named} FROM {table} WHERE rowid = ?"
        held_rows = [connection.execute(read, (number,)).fetchone() for number in picked]
        with contextlib.suppress(sqlite3.IntegrityError):
            if kind == "delete":
                connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (picked[0],))
                return f"a row of {table} deleted"
            if kind == "double":
                at = chance.randrange(len(columns))
                new = list(held_rows[0])
                new[at] = other(new[at], chance)
                connection.execute(f"INSERT INTO {table} ({named}) VALUES ({', '.join('?' * len(new))})", new)
                return f"a row of {table} slipped in"
            at = chance.randrange(len(columns))
            left, right = (found[at] for found in held_rows)
            if left == right:
                return None
            spare = -1 if isinstance(left, int) else "spare"
            for new_value, number in ((spare, picked[0]), (left, picked[1]), (right, picked[0])):
                connection.execute(f"UPDATE {table} SET {columns[at]} = ? WHERE rowid = ?", (new_value, number))
            return f"{table}.{columns[at]} of two rows swapped"
        return None


def blob(folder: Path, chance: random.Random) -> str | None:
    """A kept blob: bytewise, gone, or swapped with another."""
    files = sorted(path for path in (folder / "blobs").glob("??/*") if path.is_file())
    one, two = chance.sample(files, 2)
    kind = chance.choice(["byte", "byte", "byte", "gone", "swap"])
    if kind == "gone":
        one.unlink()
    elif kind == "swap":
        left, right = one.read_bytes(), two.read_bytes()
        over(one, right)
        over(two, left)
    else:
        over(one, bytewise(one.read_bytes(), chance))
    return f"blob {one.name[:8]} {kind}"


def over(path: Path, content: bytes) -> None:
    """Write over a file that is not meant to be written."""
    path.chmod(0o600)
    path.write_bytes(content)


def file_byte(folder: Path, chance: random.Random) -> str | None:
    """A byte of the database file."""
    path = folder / "desk.db"
    content = bytearray(path.read_bytes())
    at = chance.randrange(len(content))
    content[at] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    return f"byte {at} of the file"


def dump(folder: Path) -> list[str] | None:
    """All that the tables hold and how they are defined, but for the width of blanks there; None where it cannot be read."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{folder / 'desk.db'}?mode=ro", uri=True)) as connection:
            return [re.sub(r"[ \t\r\n]+", " ", line) if line.startswith("CREATE") else line for line in connection.iterdump()]
    except (sqlite3.Error, UnicodeDecodeError, TypeError):  # the last: a definition is no text
        return None


def found(folder: Path) -> bool:
    """Whether verification, or opening, finds something wrong."""
    try:
        with factory.opened(folder, read_only=True) as store:
            return any(item.result == "failed" for item in store.verify())
    except ProvenanceError:
        return True


CHANGES: tuple[Change, ...] = (value, value, value, row, row, blob, blob, file_byte)


def run(places: int, seed: int) -> dict[str, object]:
    """Tamper so often; raises SystemExit with what was not found."""
    chance, counts, nothing = random.Random(seed), Counter(), 0  # noqa: S311 - reproducible places
    with tempfile.TemporaryDirectory() as scratch:
        master, copy = Path(scratch) / "master", Path(scratch) / "copy"
        fill(master)
        before, content = dump(master), (master / "desk.db").read_bytes()
        shutil.copytree(master, copy)
        blobs = {path: path.read_bytes() for path in (copy / "blobs").glob("??/*")}
        while sum(counts.values()) < places:
            reset(copy, content, blobs)
            if sum(counts.values()) % 50 == 0 and found(copy):
                raise SystemExit(f"a false alarm on the untouched record (seed {seed})")
            change = chance.choice(CHANGES)
            told = change(copy, chance)
            if told is None:
                continue
            if not found(copy):
                if change is not file_byte or dump(copy) != before:
                    raise SystemExit(f"not found: {told} (seed {seed}, place {sum(counts.values())})")
                nothing += 1
            counts[change.__name__] += 1
    return {"places": places, "missed": 0, "false_alarms": 0, **dict(counts), "file_bytes_that_held_nothing": nothing}


def reset(copy: Path, content: bytes, blobs: dict[Path, bytes]) -> None:
    """The record as it was."""
    for name in ("desk.db-wal", "desk.db-shm"):
        (copy / name).unlink(missing_ok=True)
    shutil.rmtree(copy / "desk.db.index", ignore_errors=True)
    (copy / "desk.db").write_bytes(content)
    for path, held in blobs.items():
        if not path.exists() or path.read_bytes() != held:
            if path.exists():
                path.chmod(0o600)
            path.write_bytes(held)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--places", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    print(run(given.places, given.seed))
