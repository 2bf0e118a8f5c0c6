"""Opening a record: fresh, older, newer, foreign, damaged, read-only."""

import contextlib
import gc
import hashlib
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from provenance.errors import StoreBusy, StoreDamaged, StoreError, StoreNotWritable, StoreTooNew, UsageError
from store import Store, dialect, open_store, schema
from store.rows import EVIDENCE, INDEX, Table

STORE = Path(schema.__file__).parent


@contextlib.contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The database as someone with the file in hand sees it."""
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        yield connection


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.usefixtures("store")
def test_the_migrations_make_the_tables_of_the_models(tmp_path: Path) -> None:
    """Nobody can change a model and forget the migration."""
    engine = create_engine(f"sqlite:///{tmp_path / 'desk.db'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []
    engine.dispose()


def test_every_revision_is_known() -> None:
    """The list that spares us loading Alembic is the list of the files."""
    files = sorted((STORE / "migrations" / "versions").glob("r*.py"))
    assert tuple(re.search(r'^revision = "(.+)"', f.read_text(), re.MULTILINE)[1] for f in files) == schema.REVISIONS


@pytest.mark.usefixtures("store")
def test_a_look_up_does_not_load_alembic(tmp_path: Path) -> None:
    """A store that is up to date opens without the migration library."""
    code = f"import sys, store; store.open_store({str(tmp_path / 'desk.db')!r}).close(); assert 'alembic' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_no_code_changes_evidence() -> None:
    """Nothing but the rebuilding of the look-up index removes a row, and nothing updates one."""
    found = {
        (path.name, line.strip())
        for path in STORE.rglob("*.py")
        for line in path.read_text().splitlines()
        if re.search(r"\b(update|delete)\(", line) and not re.search(r"(seen|media|rows)\.\w*\.?update\(", line)
    }
    assert found == {("checks.py", "session.exec(delete(table))")}
    assert not set(EVIDENCE) & set(INDEX)


@pytest.mark.parametrize("table", ["journal", "observation"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET sequence = sequence + 1"])
def test_the_database_itself_refuses_to_change_evidence(store: Store, make, tmp_path: Path, table: str, change: str) -> None:
    """Triggers stop an accident with another tool, too."""
    make.add(store)
    with raw(tmp_path / "desk.db") as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(change.format(table))


def test_the_settings_that_evidence_needs_are_on(store: Store) -> None:
    """Write-ahead logging, full sync, foreign keys, no trust in the schema of a file."""
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "busy_timeout": 30_000}
    with store._database.reading() as session:
        connection = session.connection()
        assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted


@pytest.mark.parametrize("address", ["sqlite:///{}/deep/er/desk.db", "{}/deep/er/desk.db"])
def test_an_address_or_a_path_opens_a_file(tmp_path: Path, make, address: str) -> None:
    """Folders are made, the bytes lie beside the file unless told otherwise."""
    with open_store(address.format(tmp_path)) as store:
        make.add(store)
    assert sorted(p.name for p in (tmp_path / "deep" / "er").iterdir()) == ["blobs", "desk.db"]
    with open_store(address.format(tmp_path), tmp_path / "other") as store:
        make.add(store, b"more", picture=None)
        assert store.info()["blobs_folder"] == str(tmp_path / "other")


def test_the_settings_name_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make) -> None:
    """Without an address, the environment's is opened."""
    monkeypatch.setenv("PROVENANCE_DB", f"sqlite:///{tmp_path}/env.db")
    monkeypatch.setenv("PROVENANCE_BLOBS", str(tmp_path / "bytes"))
    with open_store() as store:
        make.add(store)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bytes", "env.db"]


@pytest.mark.parametrize("address", ["postgresql://ada:secret@host/db", "sqlite://", "sqlite:///", "sqlite:///:memory:", ""])
def test_what_is_no_file_is_refused(address: str) -> None:
    """Another engine or no file is a wrong call; a password is not repeated."""
    with pytest.raises(UsageError) as caught:
        open_store(address)
    assert "secret" not in str(caught.value)


def test_a_newer_schema_is_refused_and_left_alone(store: Store, tmp_path: Path) -> None:
    """Both revisions are named, and the file stays as it is."""
    store.close()
    path = tmp_path / "desk.db"
    with raw(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9876'")
    before = digest(path)
    for read_only in (False, True):
        with pytest.raises(StoreTooNew, match=rf"{re.escape(str(path))}.*9876.*{schema.HEAD}"):
            open_store(str(path), read_only=read_only)
    assert digest(path) == before


def test_a_lost_schema_number_is_damage(store: Store, tmp_path: Path) -> None:
    """A file of ours without its revision is not taken for a fresh one."""
    store.close()
    with raw(tmp_path / "desk.db") as connection:
        connection.execute("DELETE FROM alembic_version")
    with pytest.raises(StoreDamaged, match="schema"):
        open_store(str(tmp_path / "desk.db"))


def test_a_file_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    """An SQLite file that is not ours is never given our tables, not even when Alembic keeps it too."""
    path = tmp_path / "other.db"
    with raw(path) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    before = digest(path)
    with pytest.raises(StoreDamaged, match="another program"):
        open_store(str(path))
    assert digest(path) == before


@pytest.mark.parametrize("content", [b"not a database at all", b"S", b"SQLite format 3\x00" + b"\xff" * 4096, b"<html>" * 1000])
def test_bytes_that_are_no_database_are_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    """A text, a page or a broken header under the name gives a clear error that names it."""
    path = tmp_path / "desk.db"
    path.write_bytes(content)
    for read_only in (True, False):
        with pytest.raises(StoreDamaged, match=re.escape(str(path))):
            open_store(str(path), read_only=read_only)
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_record(tmp_path: Path, make) -> None:
    """What a full disk may have left behind is filled."""
    (tmp_path / "desk.db").touch()
    with make.opened(tmp_path) as store:
        assert make.add(store)[1]


def test_any_name_that_a_file_can_have_will_do(tmp_path: Path, make) -> None:
    """Blanks, question marks, percent signs, other scripts, and bytes that are no text at all."""
    for name in ("a b?mode=memory&c#d%20", "запис-기록", os.fsdecode(b"\xff\xfe")):
        with open_store(str(tmp_path / name / "desk.db")) as store:
            make.add(store)
        assert sorted(p.name for p in (tmp_path / name).iterdir()) == ["blobs", "desk.db"]


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """The error names the folder."""
    with pytest.raises(StoreNotWritable, match=re.escape(str(tmp_path))):
        open_store(str(tmp_path))


def test_reading_makes_no_file(tmp_path: Path, make) -> None:
    """Where there is no record yet, reading says so and leaves nothing behind."""
    with pytest.raises(StoreError, match="no record here yet"):
        make.opened(tmp_path / "new", read_only=True)
    assert not (tmp_path / "new").exists()


def test_a_record_opened_for_reading_is_not_written(store: Store, make, tmp_path: Path) -> None:
    """Everything can be asked, nothing can be added, and what is known is still recognised."""
    stored, _ = make.add(store)
    with make.opened(tmp_path, read_only=True) as reader:
        assert list(reader.documents()) == [stored]
        assert {item.result for item in reader.verify()} == {"passed"}
        assert make.add(reader) == (stored, False)
        with pytest.raises(StoreNotWritable, match=r"desk\.db"):
            reader.add_failure("a", "2026-03-04T05:06:07Z", "b", who="Ada")


@contextlib.contextmanager
def unprivileged() -> Iterator[None]:
    """As a user for whom permissions count; the superuser may write anywhere."""
    if os.geteuid() == 0:
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        yield


@pytest.fixture
def sealed(make) -> Iterator[Path]:
    """A folder with a record in it, in which nobody may write any more."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with make.opened(folder) as store:
            make.add(store)
        for path in folder.rglob("*"):
            path.chmod(0o555 if path.is_dir() else 0o444)
        folder.chmod(0o555)
        yield folder
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)


def test_a_read_only_disk_can_be_read(sealed: Path, make) -> None:
    """An archive copy answers, without a file being made beside it."""
    before = sorted(sealed.rglob("*"))
    with unprivileged(), make.opened(sealed, read_only=True) as store:
        assert len(list(store.documents())) == 1
        assert {item.result for item in store.verify()} == {"passed"}
        assert store.blob(make.sha256(b"picture")) == b"picture"
    assert sorted(sealed.rglob("*")) == before


def test_changes_that_wait_on_a_read_only_disk_are_told(sealed: Path, make) -> None:
    """A copy with a log that was never merged is not read as if it were complete."""
    (sealed / "desk.db-wal").write_bytes(b"what a killed process left")
    with unprivileged(), pytest.raises(StoreNotWritable, match=r"desk\.db-wal"):
        make.opened(sealed, read_only=True)


def test_two_records_can_share_a_folder(tmp_path: Path, make) -> None:
    """The bytes of one are no concern of the other: not checked, and not blamed."""
    with open_store(str(tmp_path / "one.db")) as one, open_store(str(tmp_path / "two.db")) as two:
        make.add(one)
        make.add(two, b"another page")
        assert [(i.kind, i.result) for i in one.verify() if i.result != "passed"] == [("blob", "not-checked")]


def test_a_read_only_disk_cannot_be_written(sealed: Path, make) -> None:
    """The error names the file, at once and not after the work."""
    with unprivileged(), pytest.raises(StoreNotWritable, match=re.escape(str(sealed / "desk.db"))):
        make.opened(sealed)


def test_a_lock_that_stays_is_told(store: Store, make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When another process keeps the lock for too long, nothing is written and the error says so."""
    store.close()
    monkeypatch.setattr(dialect, "BUSY_SECONDS", 0.2)
    with make.opened(tmp_path) as waiting, raw(tmp_path / "desk.db") as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="locked"):
            make.add(waiting)
        other.rollback()
        assert make.add(waiting)[1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_child_never_closes_its_parent_s_connections(tmp_path: Path, make: ModuleType) -> None:
    """A child that comes late, when its parent was killed and others have written, must not remove their log by its name."""
    with make.opened(tmp_path) as store:
        make.add(store)
        child = os.fork()
        if child == 0:
            gc.collect()
            left = [made for made in gc.get_objects() if isinstance(made, sqlite3.Connection)]
            os._exit(0 if any(_is_open(made) for made in left) else 1)
        assert os.waitpid(child, 0)[1] == 0


def _is_open(connection: sqlite3.Connection) -> bool:
    try:
        return bool(connection.total_changes >= 0)
    except sqlite3.ProgrammingError:
        return False
