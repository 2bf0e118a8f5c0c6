"""Facts stated in a table."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.acquire import Given, snapshots
from provenance.acquire.manifest import iso_date, read_manifest
from provenance.errors import NotDecodable, NotFound, SourceError, UsageError
from provenance.records import Snapshot


@pytest.fixture
def folder(tmp_path: Path, page: bytes) -> Path:
    """A folder with two pages."""
    (tmp_path / "a.html").write_bytes(page)
    (tmp_path / "b.html").write_bytes(page)
    return tmp_path


def table(folder: Path, *rows: str, head: str = "file,url,outlet,published", encoding: str = "utf-8") -> Path:
    path = folder / "manifest.csv"
    path.write_text("\r\n".join([head, *rows]) + "\r\n", encoding=encoding, newline="")
    return path


def faults(path: Path) -> list[str]:
    return [str(fault) for fault in read_manifest(path).faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_manifest_in_a_folder_is_used_by_itself(folder: Path, encoding: str) -> None:
    """Its rows state address, outlet and date of the files that they name, with or without a byte order mark."""
    table(folder, 'a.html,https://orrin.example/1,"Leaf, The Orrin",2031-05-02', encoding=encoding)
    a, b = snapshots([str(folder)], Given(outlet="Unknown Leaf"))
    assert isinstance(a, Snapshot)
    assert isinstance(b, Snapshot)
    assert ("https://orrin.example/1", "Leaf, The Orrin", "2031-05-02") == (a.url, a.outlet, a.published)
    assert (None, "Unknown Leaf", None) == (b.url, b.outlet, b.published)


def test_a_named_manifest_holds_for_single_files(folder: Path) -> None:
    """`--manifest` names the table, its paths are relative to it."""
    path = table(folder, "./a.html,,Orrin Leaf,")
    (only,) = snapshots([str(folder / "a.html")], Given(manifest=path))
    assert isinstance(only, Snapshot)
    assert only.outlet == "Orrin Leaf"


def test_columns_may_be_missing_and_stand_in_any_order(folder: Path) -> None:
    """Only `file` is needed."""
    facts = read_manifest(table(folder, "Orrin Leaf,a.html", head="Outlet , FILE")).facts
    assert [Given(outlet="Orrin Leaf")] == list(facts.values())


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("gone.html,,,", "line 3: no file 'gone.html'"),
        (",,Orrin Leaf,", "line 3: no file ''"),
        ("b.html,,,5 May 2031", "line 3: '5 May 2031' is no ISO 8601 date"),
        ("b.html,,,2031-13-01", "line 3: '2031-13-01' is no ISO 8601 date"),
        ("b.html,javascript:alert(1),,", "line 3: 'javascript:alert(1)' is no web address"),
        ("b.html,,,,x", "line 3: 5 cells under 4 columns"),
        ("a.html,,,", "line 3: 'a.html' is in the table twice"),
    ],
)
def test_a_faulty_row_is_told_with_its_line(folder: Path, row: str, said: str) -> None:
    """The other rows hold, and so does what is sound in the faulty one."""
    path = table(folder, "a.html,,Orrin Leaf,", row)
    (fault,) = faults(path)
    assert said in fault
    assert read_manifest(path).facts[str(folder / "a.html")].outlet == "Orrin Leaf"


def test_a_faulty_row_does_not_cost_the_page(folder: Path) -> None:
    """Faults are given first, then the pages."""
    table(folder, "gone.html,,,", "a.html,,Orrin Leaf,tomorrow")
    kinds = [type(item) for item in snapshots([str(folder)])]
    assert [NotFound, NotDecodable, Snapshot, Snapshot] == kinds


def test_an_unknown_column_is_told(folder: Path) -> None:
    """A column that nobody reads may be a misspelt one."""
    (fault,) = faults(table(folder, "a.html,x", head="file,ulr"))
    assert "line 1: unknown column 'ulr'" in fault


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"path,url\na.html,\n", "no column `file`"),
        (b"file;url;outlet\na.html;;\n", "no commas"),
        (b"", "no column `file`"),
        ("file,outlet\na.html,Лист\n".encode("cp1251"), "line 2 is not UTF-8"),
        ("file,outlet\n".encode("utf-16"), "not UTF-8"),
        (b"file,outlet\na.html,\0\n", "NUL"),
        (b'file,outlet\na.html,"open\n', "line 2"),
    ],
)
def test_a_table_that_cannot_be_used_is_told_and_nothing_is_guessed(folder: Path, content: bytes, said: str) -> None:
    """A folder whose table is broken is not read without it: its facts would be lost for good."""
    (folder / "manifest.csv").write_bytes(content)
    (only,) = snapshots([str(folder)])
    assert isinstance(only, NotDecodable)
    assert said in str(only)


def test_a_named_manifest_that_is_missing_ends_the_call(folder: Path) -> None:
    """Nothing is read without the facts that the caller wanted."""
    with pytest.raises(NotFound):
        list(snapshots([str(folder)], Given(manifest=folder / "gone.csv")))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2031", "2031"),
        ("2031-05", "2031-05"),
        ("2031-05-02", "2031-05-02"),
        ("2031-05-02T10:00", "2031-05-02T10:00:00"),
        ("2031-05-02 10:00:00+02:00", "2031-05-02T08:00:00Z"),
        ("2031-05-02T10:00:00Z", "2031-05-02T10:00:00Z"),
    ],
)
def test_iso_dates_keep_their_precision(text: str, value: str) -> None:
    """A time with a zone becomes UTC, one without stays as it is, a day stays a day."""
    assert value == iso_date(text)


@pytest.mark.parametrize(
    "text", ["", "02/05/2031", "May 2, 2031", "2031-00", "2031-02-30", "20310502T", "0001-01-01T00:00:00+14:00"]
)
def test_other_dates_are_refused(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(UsageError):
        iso_date(text)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), min_size=1, max_size=4), st.integers(0, 3))
def test_any_table_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, cells: list[str], at: int) -> None:
    """Cells of any text give facts, or faults, or one typed error."""
    folder = tmp_path_factory.mktemp("table")
    path = folder / "manifest.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([[*cells[:at], "file"], cells])
    try:
        manifest = read_manifest(path)
    except SourceError:
        return
    assert all(isinstance(fault, SourceError) for fault in manifest.faults)
