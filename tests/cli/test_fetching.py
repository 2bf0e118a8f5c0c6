"""Addresses through the command: pictures fetched, nothing fetched twice, what has not changed said."""

import gzip
import os
import signal
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from provenance import __version__, acquire
from provenance.errors import ExitCode

from .conftest import Run, call

Desk = Callable[..., Run]


def picture(shade: int) -> bytes:
    """A small picture with some structure, as PNG."""
    rows = b"".join(b"\0" + bytes((x * shade + y * 7 + (x * y) % 31 * shade) % 256 for x in range(64)) for y in range(64))
    parts = [(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    chunks = b"".join(struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts)
    return b"\x89PNG\r\n\x1a\n" + chunks


def page(*pictures: str) -> bytes:
    figures = "".join(
        f"<figure><img src='{p}' width=640><figcaption>The weir, {n}.</figcaption></figure>" for n, p in enumerate(pictures)
    )
    words = "<p>The weir above Orrin broke in the night, the harbour office said, and the lower town was cut off.</p>" * 4
    body = f"<article><h1>The weir broke</h1>{words}{figures}</article>"
    return f"<!doctype html><html lang=en><head><title>Weir</title></head><body>{body}</body></html>".encode()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The command on a fresh record, with the tests' own server allowed and no pauses."""
    allowed = replace(acquire.DEFAULT.fetch, loopback=True, pause_seconds=0.0)
    monkeypatch.setattr(acquire, "DEFAULT", replace(acquire.DEFAULT, fetch=allowed))
    acquire.the_web.cache_clear()
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    return lambda *args: call("--db", url, *args)


def paths(server: HTTPServer) -> list[str]:
    return [request.path for request, _ in server.log if request.path != "/robots.txt"]


def test_embedded_pictures_are_fetched_once(desk: Desk, httpserver: HTTPServer) -> None:
    """One request a picture however many pages carry it, in this run or one that goes on; again, only what failed is fetched."""
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/a").respond_with_data(page("/one.png", "/two.png", "/gone.png"))
    httpserver.expect_request("/b").respond_with_data(page("/one.png"))
    httpserver.expect_request("/one.png").respond_with_data(picture(3), content_type="text/html")
    httpserver.expect_request("/two.png").respond_with_data(picture(5))
    httpserver.expect_request("/gone.png").respond_with_data("not here", status=404)
    run = desk("ingest", httpserver.url_for("/a"), httpserver.url_for("/b"), "--media", "--json")
    assert 0 == run.code, run.err
    first, second = run.objects
    assert [True, True, False] == [bool(m["asset"]) for m in first["media"]]
    assert "404" in first["media"][2]["no_bytes_reason"]
    assert first["media"][0]["asset"]["sha256"] == second["media"][0]["asset"]["sha256"]
    assert first["media"][0]["visual"] == second["media"][0]["visual"]
    assert 1 == paths(httpserver).count("/one.png")
    httpserver.clear_log()
    again = desk("ingest", httpserver.url_for("/a"), "--media", "--json")
    assert [False] == [item["new"] for item in again.objects]
    assert [True, True, False] == [bool(m["asset"]) for m in again.objects[0]["media"]]
    assert ["/a", "/gone.png"] == paths(httpserver)
    httpserver.clear_log()
    httpserver.expect_request("/c").respond_with_data(page("/two.png", "/one.png"))
    third = desk("ingest", httpserver.url_for("/a"), httpserver.url_for("/c"), "--media", "--json").objects[1]
    assert {m["asset"]["sha256"] for m in first["media"][:2]} == {m["asset"]["sha256"] for m in third["media"]}
    assert ["/a", "/c", "/gone.png"] == paths(httpserver)
    assert 0 == desk("verify").code


def test_pictures_that_are_no_pictures_are_told(desk: Desk, httpserver: HTTPServer) -> None:
    """An error page under the address of a picture is no asset; a picture that was cut short says so."""
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/a").respond_with_data(page("/sorry.jpg"))
    httpserver.expect_request("/sorry.jpg").respond_with_data(b"<html><p>Sorry, not today.</p>", content_type="image/jpeg")
    medium = desk("ingest", httpserver.url_for("/a"), "--media", "--json").objects[0]["media"][0]
    assert medium["asset"] is None
    assert "is no picture" in medium["no_bytes_reason"]


def test_an_address_that_has_not_changed_is_said_to_be_so(desk: Desk, httpserver: HTTPServer) -> None:
    """The second time the server is only asked whether the page changed; a changed one is a new document."""
    versions = [page("/one.png"), page("/one.png").replace(b"broke in the night", b"held in the night")]

    def answer(request: Request) -> Response:
        if request.headers.get("If-None-Match") == f'"{len(versions)}"':
            return Response(status=304)
        return Response(versions[0], headers={"ETag": f'"{len(versions)}"'})

    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/a").respond_with_handler(answer)
    url = httpserver.url_for("/a")
    first = desk("ingest", url, "--json").objects[0]
    second = desk("ingest", url, "--json").objects[0]
    assert (True, False, first["id"]) == (first["new"], second["new"], second["id"])
    assert [200, 304] == [response.status_code for request, response in httpserver.log if request.path == "/a"]
    assert "0 of them new, 1 unchanged" in desk("ingest", url).out
    versions.pop(0)
    third = desk("ingest", url, "--json").objects[0]
    assert third["new"]
    assert third["id"] != first["id"]
    assert 0 == desk("verify").code


def test_robots_txt_is_honoured_unless_the_desk_says_otherwise(desk: Desk, httpserver: HTTPServer) -> None:
    """The refusal names the switch, and the switch works."""
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /")
    httpserver.expect_request("/a").respond_with_data(page("/one.png"))
    refused = desk("ingest", httpserver.url_for("/a"))
    assert 3 == refused.code
    assert "--ignore-robots" in refused.err
    assert 0 == desk("ingest", httpserver.url_for("/a"), "--ignore-robots").code
    assert ["/a"] == paths(httpserver)


def test_a_page_that_was_cut_short_says_so(desk: Desk, httpserver: HTTPServer) -> None:
    """Half a page is kept, and its document warns of it."""
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/a").respond_with_data(gzip.compress(page("/one.png"))[:-8], headers={"Content-Encoding": "gzip"})
    document = desk("extract", httpserver.url_for("/a"), "--json").objects[0]
    assert any("was cut short" in warning for warning in document["warnings"])


def test_an_interrupted_run_keeps_the_pictures_that_came(desk: Desk, httpserver: HTTPServer) -> None:
    """Ctrl-C in the middle of the pictures: the page is kept with those that came, and the next run fetches the others only."""
    interrupts = [signal.SIGINT]

    def two(_: Request) -> Response:
        if interrupts:
            time.sleep(0.4)  # the first picture is out of the queue by then
            os.kill(os.getpid(), interrupts.pop())
            time.sleep(2)  # on a busy machine an interrupt is heard late; this picture must not be done before
        return Response(picture(5))

    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/a").respond_with_data(page("/one.png", "/two.png", "/zz.png"))
    httpserver.expect_request("/one.png").respond_with_data(picture(3))
    httpserver.expect_request("/two.png").respond_with_handler(two)
    httpserver.expect_request("/zz.png").respond_with_data(picture(7))
    assert ExitCode.INTERRUPTED == desk("ingest", httpserver.url_for("/a"), "--media").code
    assert "/zz.png" not in paths(httpserver)
    httpserver.clear_log()
    again = desk("ingest", httpserver.url_for("/a"), "--media", "--json").objects[0]
    assert [True, True, True] == [bool(m["asset"]) for m in again["media"]]
    assert "/one.png" not in paths(httpserver)
    assert "/zz.png" in paths(httpserver)
    assert 0 == desk("verify").code


def test_a_server_is_told_how_the_desk_can_be_reached(
    desk: Desk, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The contact follows our name; one that would break the header is refused."""
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/a").respond_with_data(page())
    monkeypatch.setenv("PROVENANCE_CONTACT", "mailto:desk@orrin.example")
    assert 0 == desk("extract", httpserver.url_for("/a")).code
    assert {f"provenance-desk/{__version__} (+mailto:desk@orrin.example)"} == {r.headers["User-Agent"] for r, _ in httpserver.log}
    monkeypatch.setenv("PROVENANCE_CONTACT", "a\nCookie: x")
    refused = desk("extract", httpserver.url_for("/a"))
    assert ExitCode.USAGE == refused.code
    assert "PROVENANCE_CONTACT" in refused.err


KILLED = """
import sys
from dataclasses import replace
from provenance import acquire
allowed = replace(acquire.DEFAULT.fetch, loopback=True, pause_seconds=0.0)
acquire.DEFAULT = replace(acquire.DEFAULT, fetch=allowed)
import cli
cli.main()
"""


def test_a_killed_run_does_not_fetch_its_pictures_again(desk: Desk, httpserver: HTTPServer, tmp_path: Path) -> None:
    """SIGKILL in the middle of the pictures of a page: what had come is at hand for the next run, then put away."""
    running: list[subprocess.Popen[bytes]] = []
    came = threading.Event()

    def two(_: Request) -> Response:
        if running:
            came.wait(20)
            running.pop().kill()
        return Response(picture(5))

    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/a").respond_with_data(page("/one.png", "/two.png"))
    httpserver.expect_request("/one.png").respond_with_data(picture(3))
    httpserver.expect_request("/two.png").respond_with_handler(two)
    arguments = ["--db", f"sqlite:///{tmp_path / 'desk.db'}", "ingest", httpserver.url_for("/a"), "--media"]
    running.append(process := subprocess.Popen([sys.executable, "-c", KILLED, *arguments]))
    while process.poll() is None and not list(tmp_path.glob("**/fetched-*")):
        time.sleep(0.02)
    came.set()
    assert -signal.SIGKILL == process.wait(20)
    httpserver.clear_log()
    again = desk("ingest", httpserver.url_for("/a"), "--media", "--json").objects[0]
    assert [True, True] == [bool(m["asset"]) for m in again["media"]]
    assert ["/a", "/two.png"] == paths(httpserver)
    assert [] == list(tmp_path.glob("**/fetched-*"))
    assert 0 == desk("verify").code


def test_proxies_are_said_to_be_used(desk: Desk, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """On standard error, and in the document's warnings."""
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/a").respond_with_data(page())
    monkeypatch.setenv("http_proxy", httpserver.url_for("/"))
    monkeypatch.setenv("no_proxy", "")
    assert "proxies" not in desk("extract", httpserver.url_for("/a")).err
    monkeypatch.setenv("PROVENANCE_ENVIRONMENT_PROXIES", "1")
    run = desk("extract", "http://orrin.example/a", "--json")
    assert "proxies are used" in run.err
    assert any("the proxy's to check, not ours" in warning for warning in run.objects[0]["warnings"])
