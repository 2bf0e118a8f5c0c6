"""Records that older versions of this program wrote: each opens, is upgraded with its data, and verifies."""

import contextlib
import sqlite3
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from provenance.errors import StoreNotWritable
from store import schema

OLD = Path(__file__).with_name("old")


@pytest.fixture(params=schema.REVISIONS)
def old(request, tmp_path: Path) -> Path:
    """A store of each revision there ever was; `tests/store/old/make.py` makes that of a new one."""
    with tarfile.open(OLD / f"{request.param}.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path


def revision(folder: Path) -> str:
    with contextlib.closing(sqlite3.connect(folder / "desk.db")) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def journal(folder: Path) -> list[tuple]:
    with contextlib.closing(sqlite3.connect(folder / "desk.db")) as connection:
        return connection.execute("SELECT * FROM journal JOIN observation USING (sequence)").fetchall()


def test_a_record_of_any_version_is_upgraded_with_its_data(old: Path, make) -> None:
    """Every entry stays as it was written; documents, pictures, decisions are there; all verifies; work goes on."""
    before = journal(old)
    with make.opened(old) as store:
        assert {item.result for item in store.verify()} == {"passed"}
        assert [store.snapshot(stored.id).content for stored in store.documents()] == [b"page 0", b"page 1", b"page 2"]
        assert (len(store.decisions()), len(store.assessments()), len(store.failures())) == (1, 1, 1)
        assert store.blob(make.sha256(b"picture 1")) == b"picture 1"
        assert make.add(store, b"page 3")[1]
        assert {item.result for item in store.verify()} == {"passed"}
    assert revision(old) == schema.HEAD
    assert journal(old)[: len(before)] == before


def test_an_upgrade_that_is_stopped_leaves_the_record_as_it_was(old: Path, make, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is one transaction: stopped at its last step, nothing of it is there, and the next one completes."""
    was, before = revision(old), journal(old)
    if was == schema.HEAD:
        pytest.skip("nothing to upgrade")
    real = schema._upgrade

    def stopped(connection) -> None:
        real(connection)
        raise KeyboardInterrupt

    monkeypatch.setattr(schema, "_upgrade", stopped)
    with pytest.raises(KeyboardInterrupt):
        make.opened(old)
    assert (revision(old), journal(old)) == (was, before)
    monkeypatch.undo()
    with make.opened(old) as store:
        assert {item.result for item in store.verify()} == {"passed"}


def test_two_that_upgrade_at_once_upgrade_once(old: Path, make) -> None:
    """The second waits and finds it done."""
    with ThreadPoolExecutor(2) as pool:
        for store in pool.map(lambda _: make.opened(old), range(2)):
            assert {item.result for item in store.verify()} == {"passed"}
            store.close()
    assert revision(old) == schema.HEAD


def test_an_old_record_is_not_changed_by_reading(old: Path, make) -> None:
    """Opened for reading, an old schema is refused with what to do, and the file stays as it is."""
    if revision(old) == schema.HEAD:
        pytest.skip("nothing to upgrade")
    content = (old / "desk.db").read_bytes()
    with pytest.raises(StoreNotWritable, match="open it once with write permission"):
        make.opened(old, read_only=True)
    assert (old / "desk.db").read_bytes() == content
