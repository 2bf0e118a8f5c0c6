"""What is laid aside until its document is kept."""

import hashlib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from provenance.records import Hop, Snapshot
from store.aside import Aside


def taken(url: str, content: bytes) -> Snapshot:
    return Snapshot(
        source=url,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="image/png",
        obtained_at="2031-05-03T10:00:00+00:00",
        how="fetch",
        url=url,
        hops=(Hop(url=url, status=200, address="9.9.9.9", note="a\nb"),),
        findings=("cut short",),
    )


@given(st.text(max_size=60), st.binary(max_size=60))
def test_what_is_laid_aside_comes_back(tmp_path_factory: object, url: str, content: bytes) -> None:
    """Any address, any bytes, with all that is known of them; dropped, it is gone."""
    aside = Aside(tmp_path_factory.mktemp("aside"))  # type: ignore[attr-defined]
    aside.put(taken(url, content))
    assert taken(url, content) == aside.get(url)
    aside.drop([url])
    assert aside.get(url) is None
    aside.drop([url])


@given(st.integers(min_value=0), st.binary(min_size=1, max_size=3))
def test_a_file_that_was_damaged_is_nothing(tmp_path_factory: object, place: int, put: bytes) -> None:
    """Bytes that are not those that were fetched are never taken for them, whatever happened to the file."""
    folder: Path = tmp_path_factory.mktemp("aside")  # type: ignore[attr-defined]
    url, whole = "https://orrin.example/a.png", taken("https://orrin.example/a.png", b"\x89PNG and more")
    Aside(folder).put(whole)
    (file,) = folder.iterdir()
    content = file.read_bytes()
    at = place % (len(content) + 1)
    file.write_bytes(content[:at])
    assert Aside(folder).get(url) in (None, whole)
    file.write_bytes(content[:at] + put + content[at:])
    found = Aside(folder).get(url)
    assert found is None or found.content == whole.content


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    """It is only fetched again."""
    (tmp_path / "file").write_bytes(b"")
    aside = Aside(tmp_path / "file" / "below")
    aside.put(taken("https://orrin.example/a.png", b"x"))
    assert aside.get("https://orrin.example/a.png") is None
