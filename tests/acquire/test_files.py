"""Files, folders and standard input."""

import hashlib
import io
import multiprocessing
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from provenance.acquire import Given, Limits, fetch_bytes, read_bytes, snapshots
from provenance.acquire.folders import _naming
from provenance.errors import EmptySource, FetchError, NotFound, NotReadable, SourceError, TooLarge, UnknownFormat, UsageError
from provenance.records import Snapshot


def one(source: str | Path, **more: object) -> Snapshot | SourceError:
    """What a source gives when it gives one thing."""
    (only,) = snapshots([str(source)], **more)  # type: ignore[arg-type]
    return only


def good(items: Iterable[Snapshot | SourceError]) -> list[Snapshot]:
    return [item for item in items if isinstance(item, Snapshot)]


def names(items: Iterable[Snapshot | SourceError]) -> list[str]:
    return [Path(item.source).name for item in good(items)]


def test_a_file_is_kept_byte_for_byte(tmp_path: Path, page: bytes) -> None:
    """A snapshot holds the bytes as they are, their hash, and what name and bytes say of their kind."""
    path = tmp_path / "a.txt"
    path.write_bytes(page)
    got = one(path)
    assert isinstance(got, Snapshot)
    assert (page, hashlib.sha256(page).hexdigest()) == (got.content, got.sha256)
    assert ("text/html", "text/plain", "file", str(path)) == (got.media_type, got.declared_type, got.how, got.source)
    assert got.obtained_at.endswith("Z")


def test_a_fragment_named_html_is_a_page(tmp_path: Path) -> None:
    """Text without a tag that tells is a page when its name says so."""
    path = tmp_path / "a.html"
    path.write_bytes(b"Just words and <em>one tag</em>.")
    got = one(path)
    assert isinstance(got, Snapshot)
    assert got.media_type == "text/html"


def test_a_failing_source_does_not_stop_the_others(tmp_path: Path, page: bytes) -> None:
    """Each source is given as itself or as its error, in order."""
    path = tmp_path / "a.html"
    path.write_bytes(page)
    kinds = [type(item) for item in snapshots([str(tmp_path / "gone"), str(path), "ftp://example.org/x", str(path)])]
    assert [NotFound, Snapshot, FetchError, Snapshot] == kinds


@pytest.mark.parametrize(
    ("content", "error", "word"),
    [
        (b"", EmptySource, "empty"),
        (b"\xef\xbb\xbf \r\n\n", EmptySource, "blanks"),
        (b"\0" * 50, EmptySource, "blanks"),
        (b"%PDF-1.4 ...", UnknownFormat, "PDF"),
        (bytes(range(256)), UnknownFormat, "binary"),
    ],
)
def test_bytes_that_are_no_source_are_named(tmp_path: Path, content: bytes, error: type[SourceError], word: str) -> None:
    """An empty file and a binary named .txt are refused with the file's name and what it looks like."""
    path = tmp_path / "odd.txt"
    path.write_bytes(content)
    got = one(path)
    assert type(got) is error
    assert "odd.txt" in str(got)
    assert word in str(got)


@pytest.mark.parametrize("name", ["nothing.html", "no/such/folder", "x" * 5000, "nul\0byte", ""])
def test_a_path_that_leads_nowhere_is_not_found(tmp_path: Path, name: str) -> None:
    """Missing, too long, impossible: each is said, none is a traceback."""
    got = one(f"{tmp_path}/{name}") if name else one(tmp_path / "gone" / name)
    assert isinstance(got, NotFound)


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    """One byte over the cap is too much, the cap itself is not; pages have a cap of their own."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 101)
    assert isinstance(one(path, limits=Limits(file_bytes=100)), TooLarge)
    assert isinstance(one(path, limits=Limits(page_bytes=100)), TooLarge)
    assert isinstance(one(path, limits=Limits(file_bytes=101, page_bytes=101)), Snapshot)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_or_device_is_not_waited_for(tmp_path: Path) -> None:
    """What is no regular file is refused at once."""
    os.mkfifo(tmp_path / "pipe")
    assert isinstance(one(tmp_path / "pipe"), NotReadable)
    assert isinstance(one("/dev/zero"), NotReadable)


def _as_nobody(paths: list[str], answers: "multiprocessing.Queue[list[str]]") -> None:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
    try:
        answers.put([f"{type(item).__name__} {item}" for item in snapshots(paths)])
    except Exception as error:  # noqa: BLE001  # the parent must hear of it, whatever it is
        answers.put([repr(error)])


@pytest.mark.skipif(not hasattr(os, "setuid") or os.getuid() != 0, reason="only root can become a user without permission")
def test_without_permission_the_file_or_folder_is_named(tmp_path: Path, page: bytes) -> None:
    """A file, a folder and a sub-folder that may not be read are each told; the readable page beside them is read."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.is_relative_to(tempfile.gettempdir()) and folder != Path(tempfile.gettempdir()):
            folder.chmod(0o755)
    (tmp_path / "locked.html").write_bytes(page)
    (tmp_path / "open.html").write_bytes(page)
    (tmp_path / "shut").mkdir()
    (tmp_path / "locked.html").chmod(0)
    (tmp_path / "shut").chmod(0)
    answers: multiprocessing.Queue[list[str]] = multiprocessing.get_context("fork").Queue()
    child = multiprocessing.get_context("fork").Process(
        target=_as_nobody, args=([str(tmp_path), str(tmp_path / "shut")], answers)
    )
    child.start()
    said = answers.get(timeout=20)
    child.join()
    assert sorted(line.split()[0] for line in said) == ["NotReadable", "NotReadable", "NotReadable", "Snapshot"]
    assert all("permission" in line for line in said if line.startswith("NotReadable"))


def test_a_folder_is_walked_in_the_order_of_names(tmp_path: Path, page: bytes, pixel: bytes) -> None:
    """Pages and texts first, then loose pictures; hidden files, notes and page parts are left out."""
    for name, content in {
        "b.html": page,
        "a.txt": b"Words.",
        "sub/c.html": page,
        "z.gif": pixel,
        ".hidden.html": page,
        ".git/x.txt": b"x",
        "notes.md": b"# Mine",
        "style.css": b"p { color: red }",
        "table.csv": b"a,b",
        "data.json": b'{"a": 1}',
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    assert ["a.txt", "b.html", "c.html", "z.gif"] == names(snapshots([str(tmp_path)]))


def test_a_picture_that_a_page_names_belongs_to_the_page(tmp_path: Path, page: bytes, pixel: bytes) -> None:
    """A picture named in a page, or in the folder a browser made for it, is no source of its own."""
    (tmp_path / "story.html").write_bytes(page)
    (tmp_path / "mill fire.gif").write_bytes(pixel)
    (tmp_path / "other.gif").write_bytes(pixel)
    (tmp_path / "story_files").mkdir()
    (tmp_path / "story_files" / "frame.html").write_bytes(page)
    assert ["story.html", "other.gif"] == names(snapshots([str(tmp_path)]))


def test_the_media_of_an_export_belong_to_the_export(tmp_path: Path, export: bytes, pixel: bytes) -> None:
    """A folder with a Telegram export gives the export and none of the files that it names; another result.json is left out."""
    for name, content in {
        "chat/result.json": export,
        "chat/photos/1.gif": pixel,
        "chat/chats/2.html": b"<p>x",
        "result.json": b'{"a":1}',
        "loose.gif": pixel,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    got = [item for item in good(snapshots([str(tmp_path)])) if item.source.endswith("chat/result.json") or "gif" in item.source]
    assert ["result.json", "loose.gif"] == names(got)
    assert got[0].media_type == "application/json"


def test_links_in_a_folder_do_not_lead_out_or_around(tmp_path: Path, page: bytes) -> None:
    """A loop of links ends, a link to a file outside is left out, a link within the folder is followed."""
    (tmp_path / "secret.txt").write_bytes(b"secret")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.html").write_bytes(page)
    (folder / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "in.html").symlink_to(folder / "a.html")
    assert ["a.html", "in.html"] == names(snapshots([str(folder)]))


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    """A folder without anything to read is an empty source, and its broken files are still named."""
    assert isinstance(one(tmp_path), EmptySource)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    assert isinstance(one(tmp_path), UnknownFormat)


@pytest.mark.parametrize(("content", "media_type"), [(b"<html><p>x", "text/html"), (b"Words", "text/plain")])
def test_standard_input_is_told_by_its_bytes(content: bytes, media_type: str) -> None:
    """A dash reads standard input; nothing but the bytes tells its kind."""
    got = one("-", stdin=io.BytesIO(content))
    assert isinstance(got, Snapshot)
    assert (media_type, "stdin", "-", None) == (got.media_type, got.how, got.source, got.declared_type)


def test_standard_input_has_a_cap() -> None:
    """An endless pipe is cut."""
    assert isinstance(one("-", stdin=io.BytesIO(b"x" * 11), limits=Limits(file_bytes=10)), TooLarge)


def test_one_address_cannot_be_that_of_many(tmp_path: Path, page: bytes) -> None:
    """One address given for several sources, or for a folder, would put a false address on record."""
    (tmp_path / "a.html").write_bytes(page)
    for sources in ([str(tmp_path)], [str(tmp_path / "a.html"), "-"]):
        with pytest.raises(UsageError, match="one address"):
            list(snapshots(sources, Given(url="https://a.example/x")))


def test_what_is_given_is_kept(tmp_path: Path, page: bytes) -> None:
    """Address, outlet and date of the caller go with the bytes; the date in UTC."""
    (tmp_path / "a.html").write_bytes(page)
    given = Given(url="https://a.example/x", outlet="The Orrin Leaf", published="2031-05-02T01:30:00+09:00")
    got = one(tmp_path / "a.html", given=given)
    assert isinstance(got, Snapshot)
    assert ("https://a.example/x", "The Orrin Leaf", "2031-05-01T16:30:00Z") == (got.url, got.outlet, got.published)


def test_progress_is_told_each_name(tmp_path: Path, page: bytes) -> None:
    """The names come in the order of reading."""
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_bytes(page)
    told: list[str] = []
    list(snapshots([str(tmp_path)], progress=told.append))
    assert [str(tmp_path / "a.html"), str(tmp_path / "b.html")] == told


def test_read_bytes_takes_one_thing(tmp_path: Path, pixel: bytes) -> None:
    """A file or a pipe gives its bytes, a folder or nothing gives an error."""
    (tmp_path / "a.gif").write_bytes(pixel)
    assert pixel == read_bytes(str(tmp_path / "a.gif")) == read_bytes("-", stdin=io.BytesIO(pixel))
    with pytest.raises(NotReadable):
        read_bytes(str(tmp_path))
    with pytest.raises(NotFound):
        read_bytes(str(tmp_path / "b.gif"))
    with pytest.raises(FetchError):
        fetch_bytes(str(tmp_path / "a.gif"))


def test_the_table_of_saved_pages_is_sound() -> None:
    """Endings are told apart, and none is empty, so that a folder is never part of a page by having its name."""
    endings = _naming()["endings"]
    assert len(set(endings)) == len(endings)
    assert all(len(ending) >= 3 and ending[0] in "_.-" for ending in endings)
    assert ".txt" in _naming()["article_endings"]


@pytest.mark.parametrize("name", ["press.zip", "press.WACZ", "press.warc"])
def test_an_archive_by_name_alone_is_told(tmp_path: Path, name: str) -> None:
    """What is there is read, and that the archive is not there is said: it may have been cut or swapped on the way."""
    path = tmp_path / name
    path.write_text("The mill burnt down.")
    (found,) = snapshots([str(path)])
    assert found.findings == (f"its name ends in {path.suffix.lower()}, its bytes are no archive: they were read as plain text",)
