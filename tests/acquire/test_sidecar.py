"""Pictures beside a page."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.acquire import Limits, sidecar, snapshots
from provenance.acquire.sidecar import _FORBIDDEN
from provenance.errors import NotFound, SourceError, TooLarge
from provenance.records import Snapshot


@pytest.fixture
def saved(tmp_path: Path, page: bytes, pixel: bytes) -> Snapshot:
    """A page with pictures below its folder, and a secret above it."""
    folder = tmp_path / "page"
    (folder / "story_files").mkdir(parents=True)
    (tmp_path / "secret.gif").write_bytes(b"secret")
    (folder / "story.html").write_bytes(page)
    (folder / "mill fire.gif").write_bytes(pixel)
    (folder / "story_files" / "50%25.gif").write_bytes(pixel)
    (folder / "story_files" / "a.gif").write_bytes(pixel)
    (folder / "out.gif").symlink_to(tmp_path / "secret.gif")
    (folder / "up").symlink_to(tmp_path)
    (folder / "in.gif").symlink_to(folder / "story_files" / "a.gif")
    (folder / "loop.gif").symlink_to(folder / "loop.gif")
    (only,) = snapshots([str(folder / "story.html")])
    assert isinstance(only, Snapshot)
    return only


@pytest.mark.parametrize(
    "path",
    ["mill fire.gif", "mill%20fire.gif", "./story_files/a.gif", "story_files/a.gif?v=2#x", "story_files/50%25.gif", "in.gif"],
)
def test_a_picture_beside_the_page_is_found(saved: Snapshot, pixel: bytes, path: str) -> None:
    """As written, percent-decoded, or without its query."""
    assert pixel == sidecar(saved, path)


@pytest.mark.parametrize(
    "path",
    [
        "../secret.gif",
        "story_files/../../secret.gif",
        "%2e%2e/secret.gif",
        "..%2fsecret.gif",
        "..\\secret.gif",
        "%2e%2e%5csecret.gif",
        "/etc/hostname",
        "//host/share/a.gif",
        "\\\\host\\share\\a.gif",
        "file:///etc/hostname",
        "C:\\a.gif",
        "C:/a.gif",
        "~/a.gif",
        "out.gif",
        "up/secret.gif",
        "loop.gif",
        "story_files",
        ".",
        "",
        "gone.gif",
        "a\0.gif",
        "%00",
        "x" * 5000,
        "a/" * 600,
        "http://127.0.0.1/a.gif",
        "data:image/gif;base64,AAAA",
    ],
)
def test_nothing_outside_the_folder_of_the_page_is_read(saved: Snapshot, path: str) -> None:
    """Climbing, absolute, remote and linked paths are not found, however they are written."""
    with pytest.raises(NotFound):
        sidecar(saved, path)


def test_a_picture_has_a_cap(saved: Snapshot) -> None:
    """A picture over the limit is refused, not read."""
    with pytest.raises(TooLarge):
        sidecar(saved, "in.gif", Limits(file_bytes=10))


def test_nothing_lies_beside_what_was_no_file() -> None:
    """A page that was fetched or piped in has no folder."""
    fetched = Snapshot(
        source="-", content=b"x", sha256="0", media_type="text/html", obtained_at="2031-05-02T00:00:00Z", how="stdin"
    )
    with pytest.raises(NotFound):
        sidecar(fetched, "in.gif")


@given(st.text(max_size=40))
def test_no_path_gets_out(tmp_path_factory: pytest.TempPathFactory, path: str) -> None:
    """Any text gives bytes of the folder or a typed error."""
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    page = Snapshot(source=str(folder / "a.html"), content=b"", sha256="0", media_type="text/html", obtained_at="", how="file")
    with pytest.raises(SourceError):
        sidecar(page, path)


@pytest.mark.shared
def test_no_line_of_the_traversal_lists_gets_out(saved: Snapshot, shared: Path) -> None:
    """Thousands of known ways to climb out lead nowhere."""
    for file in sorted((shared / "badinputs" / "path_lists").iterdir()):
        for line in file.read_text("utf-8", "replace").splitlines()[:3000]:
            with pytest.raises(SourceError):
                sidecar(saved, line)


def test_the_guard_is_linear() -> None:
    """A long hostile path takes no time."""
    assert not _FORBIDDEN.search("." * 100_000 + "a" * 100_000)
