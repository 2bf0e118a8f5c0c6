"""A feed or site map in a gzip file is read as what is in it; anything else in one is named, and a broken one is an error."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from provenance.acquire.limits import DEFAULT, FetchLimits, Limits
from provenance.acquire.sniff import RSS, SITEMAP
from provenance.acquire.sources import snapshots
from provenance.acquire.web import Web
from provenance.errors import NotReadable, TooLarge, UnknownFormat
from provenance.records import Snapshot, Unchanged, Validators

_MAP = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/1</loc></url></urlset>'
_WEB = Limits(fetch=FetchLimits(loopback=True, seconds=8, robots=False, pause_seconds=0))
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


@pytest.mark.parametrize("declared", ["application/gzip", "application/x-gzip", "text/xml"])
@pytest.mark.parametrize("sent_as", [None, "gzip"])
def test_a_packed_list_at_an_address_is_read(httpserver: HTTPServer, declared: str, sent_as: str | None) -> None:
    """Whatever the server calls it, and where it packs it once more for the way."""
    packed = gzip.compress(_MAP)
    body, headers = (gzip.compress(packed), {"Content-Encoding": sent_as}) if sent_as else (packed, {})
    httpserver.expect_request("/sitemap.xml.gz").respond_with_data(body, content_type=declared, headers=headers)
    (found,) = snapshots([httpserver.url_for("/sitemap.xml.gz")], limits=_WEB)
    assert isinstance(found, Snapshot)
    assert (found.content, found.media_type, found.declared_type) == (_MAP, SITEMAP, declared)


def test_a_packed_list_that_has_not_changed_is_known_again(httpserver: HTTPServer) -> None:
    """What is kept is compared with what comes out of the gzip file, however it was packed this time."""
    httpserver.expect_ordered_request("/m.gz").respond_with_data(gzip.compress(_MAP, 1), content_type="application/gzip")
    httpserver.expect_ordered_request("/m.gz").respond_with_data(gzip.compress(_MAP, 9), content_type="application/gzip")
    url, web = httpserver.url_for("/m.gz"), Web(_WEB)
    first = web.get(url)
    assert isinstance(web.refetch(url, Validators(sha256=first.sha256)), Unchanged)


def test_a_packed_list_at_an_address_is_stopped_at_the_cap_or_named_when_it_breaks_off(httpserver: HTTPServer) -> None:
    """As from the disk: the cap holds for what comes out, and half a list never passes for a whole one."""
    httpserver.expect_request("/big.gz").respond_with_data(gzip.compress(_MAP + b" " * 1_000_000))
    httpserver.expect_request("/half.gz").respond_with_data(gzip.compress(_MAP)[:-12])
    urls = [httpserver.url_for("/big.gz"), httpserver.url_for("/half.gz")]
    big, half = snapshots(urls, limits=replace(_WEB, file_bytes=100_000))
    assert isinstance(big, TooLarge)
    assert isinstance(half, NotReadable)
