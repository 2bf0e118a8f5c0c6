"""A feed or site map in a gzip file is read as what is in it; anything else in one is named, and a broken one is an error."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from provenance.acquire.limits import DEFAULT
from provenance.acquire.sniff import RSS, SITEMAP
from provenance.acquire.sources import snapshots
from provenance.errors import NotReadable, TooLarge, UnknownFormat
from provenance.records import Snapshot

_MAP = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/1</loc></url></urlset>'
_FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Quay</title></channel></rss>'


@pytest.mark.parametrize(("content", "kind"), [(_MAP, SITEMAP), (_FEED, RSS)])
def test_a_packed_list_is_read_as_the_list_in_it(content: bytes, kind: str, tmp_path: Path) -> None:
    """What a gzip file holds decides, not its name; a folder that holds it gives it, too."""
    path = tmp_path / "list.xml.gz"
    path.write_bytes(gzip.compress(content))
    for source in (path, tmp_path):
        (found,) = snapshots([str(source)])
        assert isinstance(found, Snapshot)
        assert (found.content, found.media_type) == (content, kind)


def test_other_packed_files_are_named_as_not_read(tmp_path: Path) -> None:
    """Only lists are taken out of gzip files."""
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"some words"))
    (found,) = snapshots([str(path)])
    assert isinstance(found, UnknownFormat)


def test_a_packed_list_that_breaks_off_is_an_error(tmp_path: Path) -> None:
    """Half a list never passes for a whole one."""
    path = tmp_path / "a.xml.gz"
    path.write_bytes(gzip.compress(_MAP)[:-12])
    (found,) = snapshots([str(path)])
    assert isinstance(found, NotReadable)
    assert str(path) in found.message


def test_a_packed_list_that_balloons_is_stopped_at_the_cap(tmp_path: Path) -> None:
    """The cap holds for what comes out of the gzip file."""
    path = tmp_path / "a.xml.gz"
    path.write_bytes(gzip.compress(_MAP + b" " * 1_000_000))
    (found,) = snapshots([str(path)], limits=replace(DEFAULT, file_bytes=100_000))
    assert isinstance(found, TooLarge)
