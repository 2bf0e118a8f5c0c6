"""Verification: finds every change that was made behind the store's back, and nothing where there was none."""

import contextlib
import hashlib
import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from provenance.errors import EvidenceError, StoreError, UsageError
from provenance.evidence.merkle import grown, leaf_hash
from provenance.records import AppearanceKey, VerifiedItem
from store import Store
from store.codec import canonical, digest
from store.journal import BEGINNING
from store.rows import EVIDENCE, INDEX, Table

COLUMNS = [(t.__tablename__, c.name) for t in (*EVIDENCE, *INDEX) for c in Table.metadata.tables[t.__tablename__].columns]
NUMBERED = {("fingerprint", "id"), ("mention", "id"), ("address", "id")}  # the engine's own numbers: they say nothing


@pytest.fixture(scope="module")
def master(tmp_path_factory, make) -> Path:
    """A closed store with entries of every kind."""
    folder = tmp_path_factory.mktemp("master")
    with make.opened(folder) as store:
        make.add(store, b"page 7", b"a child's picture")
        store.redact(make.sha256(b"a child's picture"), who="Ada", why="a court order")
        keys = [AppearanceKey(make.add(store, b"page %d" % n, b"picture %d" % n)[0].id, "m1") for n in range(4)]
        make.add(store, b"page 9", picture=None)
        make.add(store, b"page 9", picture=b"late picture")
        store.decide("link", keys[0], keys[1], who="Ada", why="the same crane")
        store.assess("v1", keys[0], "miscaptioned", who="Ada", why="from 2019")
        store.add_failure("gone.html", "2026-03-04T05:06:07Z", "no such file", who="Ada")
    return folder


@pytest.fixture
def copy(master: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(master, tmp_path / "copy"))


@contextlib.contextmanager
def tampering(folder: Path) -> Iterator[sqlite3.Connection]:
    """The database in the hands of someone who knows SQL, and leaves its triggers as they were."""
    with contextlib.closing(sqlite3.connect(folder / "desk.db")) as connection, connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, definition in triggers:
            connection.execute(definition)


def verified(folder: Path, make, **how: str) -> list[VerifiedItem]:
    with make.opened(folder, read_only=True) as store:
        return list(store.verify(**how))


def failed(folder: Path, make, **how: str) -> dict[str, str]:
    """What verification finds wrong: item to reason."""
    return {item.item: item.why for item in verified(folder, make, **how) if item.result == "failed"}


def entries(folder: Path) -> int:
    with tampering(folder) as connection:
        return connection.execute("SELECT count(*) FROM journal").fetchone()[0]


def test_an_untouched_record_passes(master: Path, make) -> None:
    """Every entry, document, asset, blob and table is named once, and passes; progress runs to the end."""
    steps = []
    with make.opened(master, read_only=True) as store:
        items = list(store.verify(lambda done, total: steps.append((done, total)), checkpoint=store.checkpoint()))
        counts = store.info()
    assert {item.result for item in items if "court" not in item.why} == {"passed"}
    assert [(i.kind, i.result) for i in items if "court" in i.why] == [("blob", "redacted")]
    found = {kind: len([i for i in items if i.kind == kind]) for kind in ("journal", "document", "asset", "blob", "reference")}
    assert found == {
        "journal": counts["journal_entries"] + 1,
        "document": counts["documents"] + 1,
        "asset": counts["assets"] + 1,
        "blob": counts["blobs"] + 1,
        "reference": counts["documents"] + 5,
    }
    assert steps[-1] == (counts["journal_entries"], counts["journal_entries"])


@pytest.mark.parametrize(("table", "column"), [pair for pair in COLUMNS if pair not in NUMBERED])
def test_a_changed_value_is_found(copy: Path, make, table: str, column: str) -> None:
    """Any column of any row, evidence or index: the item that it belongs to is named."""
    with tampering(copy) as connection:
        rows = connection.execute(f"SELECT rowid FROM {table} WHERE {column} IS NOT NULL").fetchall()  # noqa: S608 - our own names
        row = random.Random(table + column).choice(rows)[0]  # noqa: S311 - a reproducible choice
        old = connection.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (row,)).fetchone()[0]  # noqa: S608 - the same
        new = old + 1000 if isinstance(old, int) else bytes([old[0] ^ 1]) + old[1:] if isinstance(old, bytes) else f"{old[:-1]}~"
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (new, row))  # noqa: S608 - the same
    found = failed(copy, make)
    evidence = {t.__tablename__ for t in EVIDENCE}
    named = "entry " if table in evidence else "hash tree" if table == "tree" else "the look-up index differs"
    assert any(named in f"{item} {why}" for item, why in found.items()), found


@pytest.mark.parametrize("table", [t.__tablename__ for t in (*EVIDENCE, *INDEX)])
@pytest.mark.parametrize("change", ["DELETE FROM {0} WHERE rowid = (SELECT min(rowid) FROM {0})", "DELETE FROM {0}"])
def test_a_row_that_is_gone_is_found(copy: Path, make, table: str, change: str) -> None:
    """From any table, one row or all of them."""
    with tampering(copy) as connection:
        connection.execute(change.format(table))
    assert failed(copy, make)


@pytest.mark.parametrize("table", [t.__tablename__ for t in INDEX if t.__tablename__ != "document"])
def test_a_row_that_was_slipped_in_is_found(copy: Path, make, table: str) -> None:
    """A use, a mention or a fingerprint that no observation tells of."""
    with tampering(copy) as connection:
        names = [name for name in Table.metadata.tables[table].columns.keys() if name != "id"]  # noqa: SIM118 - a column collection
        values = [f"{name} || 'x'" if name in ("asset", "sha256", "document") else name for name in names]
        values = [f"{value} + 50" if value in ("level", "position") else value for value in values]
        values[-1] = "99"  # an entry that does not exist
        connection.execute(f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table} LIMIT 1")  # noqa: S608
    assert f"table {table}" in failed(copy, make)


def test_entries_that_changed_places_are_found(copy: Path, make) -> None:
    """The order of events is evidence."""
    with tampering(copy) as connection:
        for old, new in ((3, -1), (4, 3), (-1, 4)):
            connection.execute("UPDATE journal SET sequence = ? WHERE sequence = ?", (new, old))
            connection.execute("UPDATE observation SET sequence = ? WHERE sequence = ?", (new, old))
    assert {"entry 3", "entry 4"} <= set(failed(copy, make))


def rechain(connection: sqlite3.Connection) -> None:
    """Compute every hash anew, as someone would who knows how it is done: the chain and the tree."""
    previous = BEGINNING
    nodes: dict[tuple[int, int], bytes] = {}
    connection.execute("DELETE FROM tree")
    for row in connection.execute("SELECT sequence, at, who, what, subject, why FROM journal ORDER BY sequence").fetchall():
        text = connection.execute("SELECT payload FROM observation WHERE sequence = ?", row[:1]).fetchone()[0]
        parts = [*row, digest(text), previous]
        previous, before = digest(canonical(parts)), previous
        connection.execute(
            "UPDATE journal SET payload_sha256 = ?, previous = ?, sha256 = ? WHERE sequence = ?",
            (parts[6], before, previous, row[0]),
        )
        for level, position, value in list(grown(lambda *place: nodes[place], row[0] - 1, leaf_hash(canonical(parts).encode()))):
            nodes[level, position] = value
            connection.execute("INSERT INTO tree VALUES (?, ?, ?, ?)", (level, position, value, row[0]))


def forge(connection: sqlite3.Connection) -> None:
    """Another verdict, and the whole chain computed anew."""
    sequence, text = connection.execute(
        "SELECT sequence, payload FROM observation WHERE payload LIKE '%miscaptioned%'"
    ).fetchone()
    connection.execute(
        "UPDATE observation SET payload = ? WHERE sequence = ?", (text.replace("miscaptioned", "authentic"), sequence)
    )
    rechain(connection)


def cut(connection: sqlite3.Connection) -> None:
    """The newest entries gone, as if they had never been."""
    last = connection.execute("SELECT max(sequence) FROM journal").fetchone()[0]
    for table in ("observation", "journal"):
        connection.execute(f"DELETE FROM {table} WHERE sequence > ?", (last - 2,))  # noqa: S608 - our own names
    for table in ("redaction", "asset", "document", "appearance", "fingerprint", "mention", "address", "tree"):
        connection.execute(f"DELETE FROM {table} WHERE entry > ?", (last - 2,))  # noqa: S608 - the same


@pytest.mark.parametrize("rewrite", [forge, cut])
def test_a_rewritten_journal_is_found_with_a_checkpoint(copy: Path, make, rewrite: Callable[[sqlite3.Connection], None]) -> None:
    """A forger who knows our hashes fools the chain, but not the checkpoint that was kept elsewhere."""
    with make.opened(copy, read_only=True) as store:
        pinned = store.checkpoint()
    with tampering(copy) as connection:
        rewrite(connection)
    assert failed(copy, make) == {}
    assert list(failed(copy, make, checkpoint=pinned)) == [f"checkpoint {pinned.split(':')[0]}"]


def test_an_older_checkpoint_still_holds(master: Path, copy: Path, make) -> None:
    """What was pinned once is pinned for good, whatever was added since."""
    with make.opened(copy) as store:
        pinned = store.checkpoint()
        make.add(store, b"later")
    assert failed(copy, make, checkpoint=pinned) == {}
    assert failed(copy, make, checkpoint=f"0:{BEGINNING}") == {}
    assert entries(copy) > entries(master)


@pytest.mark.parametrize("wrong", ["", "12", "12:abc", "-1:" + "0" * 64, "x:" + "0" * 64])
def test_what_is_no_checkpoint_is_told(store: Store, wrong: str) -> None:
    """A mistyped checkpoint is a wrong call, not a failed verification."""
    with pytest.raises(UsageError, match="checkpoint"):
        list(store.verify(checkpoint=wrong))


def blob_files(folder: Path) -> list[Path]:
    return sorted(p for p in (folder / "blobs").glob("??/*") if p.is_file())


def overwrite(path: Path, content: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(content)


@pytest.mark.parametrize("damage", ["flip", "cut", "delete", "swap"])
def test_damaged_bytes_are_found(copy: Path, make, damage: str) -> None:
    """A flipped bit, a cut, a missing file, two files changed for one another: each is named, and no other."""
    one, two, *_ = blob_files(copy)
    content, named = one.read_bytes(), {one.name}
    if damage == "flip":
        overwrite(one, bytes([content[0] ^ 1]) + content[1:])
    elif damage == "cut":
        overwrite(one, content[:-1])
    elif damage == "delete":
        one.unlink()
    else:
        overwrite(one, two.read_bytes())
        overwrite(two, content)
        named.add(two.name)
    assert set(failed(copy, make)) == named


def test_bytes_that_nothing_refers_to_are_named_not_blamed(copy: Path, make) -> None:
    """An interrupted run may leave them; they are not checked, which is not the same as passed."""
    path = copy / "blobs" / "ab" / ("ab" * 32)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"left over")
    assert [(i.item, i.result) for i in verified(copy, make) if i.result == "not-checked"] == [(path.name, "not-checked")]


def test_an_index_that_was_damaged_is_rebuilt(copy: Path, make) -> None:
    """The look-up index is derived: made anew, it is the same again, and the evidence stays."""
    with make.opened(copy, read_only=True) as store:
        before = store.checkpoint()
    with tampering(copy) as connection:
        for table in INDEX:
            connection.execute(f"DELETE FROM {table.__tablename__}")  # noqa: S608 - our own names
    assert failed(copy, make)
    with make.opened(copy) as store:
        store.reindex()
        assert store.checkpoint() == before
        assert len(list(store.documents())) == 6
        assert len(store.posts("x", "1234567")) == 6
    assert failed(copy, make) == {}


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"id": 1}', "[" * 50_000, "\udc80"])
def test_an_unreadable_observation_is_one_finding(copy: Path, make, text: str) -> None:
    """Broken evidence is reported item by item, and whoever asks for it gets a plain error."""
    with tampering(copy) as connection:
        number = connection.execute("SELECT min(entry) FROM document").fetchone()[0]
        connection.execute(
            "UPDATE observation SET payload = CAST(? AS TEXT) WHERE sequence = ?",
            (text.encode("utf-8", "surrogateescape"), number),
        )
    assert failed(copy, make)
    with make.opened(copy, read_only=True) as store, pytest.raises(Exception, match=r"cannot be read|Could not decode") as caught:
        list(store.documents())
    assert type(caught.value).__module__ == "provenance.errors"


@pytest.mark.parametrize("page", [2, 5, 9])
def test_damaged_pages_of_the_database_are_found(copy: Path, make, page: int) -> None:
    """A disk that returns other bytes than were written is told, not crashed on."""
    path = copy / "desk.db"
    content = bytearray(path.read_bytes())
    content[page * 4096 : page * 4096 + 2048] = b"\xa5" * 2048
    path.write_bytes(content)
    try:
        assert failed(copy, make)
    except EvidenceError:
        raise
    except Exception as error:  # noqa: BLE001 - any error of ours will do, and no other
        assert type(error).__module__ == "provenance.errors"  # noqa: PT017 - the type is not known beforehand


REDEFINITIONS = {
    "DROP TRIGGER journal_no_update": "trigger journal_no_update is missing",
    "CREATE TRIGGER later AFTER INSERT ON journal BEGIN SELECT 1; END": "trigger later is not of this schema",
    "DROP INDEX ix_fingerprint_asset": "index ix_fingerprint_asset is missing",
    "CREATE TABLE extra (x)": "table extra is not of this schema",
    "ALTER TABLE address ADD COLUMN extra": "table address is defined otherwise",
}


@pytest.mark.parametrize(("statement", "told"), REDEFINITIONS.items())
def test_a_table_index_or_trigger_that_was_redefined_is_found(copy: Path, make, statement: str, told: str) -> None:
    """What guards the rows and says of what kind they are is checked as they are."""
    with contextlib.closing(sqlite3.connect(copy / "desk.db")) as connection, connection:
        connection.execute(statement)
    assert failed(copy, make)["definitions"] == told


def test_statistics_of_the_engine_are_no_change(copy: Path, make) -> None:
    """A desk may let SQLite count its rows for faster queries."""
    with contextlib.closing(sqlite3.connect(copy / "desk.db")) as connection, connection:
        connection.execute("ANALYZE")
    assert failed(copy, make) == {}


@pytest.mark.parametrize("bit", range(8))
def test_a_flipped_bit_in_a_definition_is_found(copy: Path, make, bit: int) -> None:
    """Wherever it hits the text that defines a table; also where that text is then none, it is told in our own words."""
    path = copy / "desk.db"
    content = path.read_bytes()
    start = content.index(b"CREATE TABLE mention")
    inside = range(start, content.index(b")", start))
    visible = [at for at in inside if content[at : at + 1].strip()]  # one blank is as good as another
    for at in random.Random(bit).sample(visible, 6):  # noqa: S311 - reproducible places
        path.write_bytes(content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :])
        with contextlib.suppress(StoreError):
            assert failed(copy, make), at - start


def test_an_entry_can_be_checked_by_hand(master: Path) -> None:
    """The hashes are what the documentation says: anyone can compute them with a standard library."""
    with contextlib.closing(sqlite3.connect(master / "desk.db")) as connection:
        query = "SELECT j.*, payload FROM journal j JOIN observation USING (sequence) ORDER BY sequence"
        previous = "0" * 64
        for *parts, payload_sha256, said, own, payload in connection.execute(query):
            assert (said, hashlib.sha256(payload.encode()).hexdigest()) == (previous, payload_sha256)
            text = json.dumps([*parts, payload_sha256, previous], sort_keys=True, separators=(",", ":"))
            previous = hashlib.sha256(text.encode()).hexdigest()
            assert own == previous
