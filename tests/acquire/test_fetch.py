"""Fetching, against a real server on loopback."""

import contextlib
import gzip
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpcore
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from provenance.acquire import FetchLimits, Limits, fetch_bytes, snapshots
from provenance.acquire.dialling import Budget, GuardedBackend, system_dialler
from provenance.acquire.fetch import GuardedTransport, fetch
from provenance.acquire.web import Web
from provenance.errors import BlockedAddress, EmptySource, FetchError, SourceError, TooLarge, UnknownFormat
from provenance.records import Hop, Snapshot

LIMITS = Limits(fetch=FetchLimits(loopback=True, seconds=8, idle_seconds=4, robots=False, pause_seconds=0))
PAGE = b"<!doctype html><p>The mill at Orrin burns.</p>"


def within(**changes: object) -> Limits:
    return replace(LIMITS, fetch=replace(LIMITS.fetch, **changes))  # type: ignore[arg-type]


class Recorder:
    """A dialler that opens nothing, or only loopback, and keeps what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def __call__(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        self.asked.append((address, port))
        assert seconds > 0
        message = "nothing is dialled in this test"
        raise httpcore.ConnectError(message)


@pytest.fixture
def raw() -> Iterator[Callable[[Callable[[socket.socket], None]], str]]:
    """Starts a server that answers one connection with whatever it likes, and gives its address."""
    stops: list[socket.socket] = []

    def start(answer: Callable[[socket.socket], None]) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        stops.append(listener)

        def serve() -> None:
            try:
                connection, _ = listener.accept()
                with connection:
                    connection.recv(65536)
                    answer(connection)
            except OSError:
                return

        threading.Thread(target=serve, daemon=True).start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}/"

    yield start
    for listener in stops:
        listener.close()


def says(data: bytes) -> Callable[[socket.socket], None]:
    return lambda connection: connection.sendall(data)


def drips(head: bytes, piece: bytes, pause: float) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(400):
            connection.sendall(piece)
            time.sleep(pause)

    return answer


def test_a_page_is_fetched_with_its_story(httpserver: HTTPServer) -> None:
    """A snapshot of an address tells what was asked, what was dialled, and what the server said of it."""
    httpserver.expect_request("/a").respond_with_data(PAGE, content_type="text/plain; charset=KOI8-R")
    url = httpserver.url_for("/a")
    got = fetch(url, LIMITS)
    assert (PAGE, "text/html", "text/plain", "koi8-r", "fetch") == (
        got.content,
        got.media_type,
        got.declared_type,
        got.charset,
        got.how,
    )
    assert (url, url, url) == (got.source, got.url, got.final_url)
    assert (Hop(url=url, status=200, address="127.0.0.1", at=got.hops[0].at),) == got.hops
    assert got.hops[0].at <= got.obtained_at  # type: ignore[operator]


def test_we_name_ourselves_and_tell_nothing_else(httpserver: HTTPServer) -> None:
    """An honest User-Agent, no cookie, no referrer, no other trace of the desk, on every hop."""
    seen: list[Request] = []

    def answer(request: Request) -> Response:
        seen.append(request)
        if request.path == "/a":
            return Response(status=302, headers={"Location": "/b", "Set-Cookie": "id=1"})
        return Response(PAGE)

    httpserver.expect_request("/a").respond_with_handler(answer)
    httpserver.expect_request("/b").respond_with_handler(answer)
    fetch(httpserver.url_for("/a#part"), LIMITS)
    assert ["/a", "/b"] == [request.path for request in seen]
    for request in seen:
        assert request.headers["User-Agent"].startswith("provenance-desk/")
        assert {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"} == set(request.headers.keys())


def test_redirects_are_kept_as_hops(httpserver: HTTPServer) -> None:
    """Each address on the way is on record, relative ones made absolute."""
    httpserver.expect_request("/a").respond_with_data(status=301, headers={"Location": "b?x=1"})
    httpserver.expect_request("/b").respond_with_data(PAGE)
    got = fetch(httpserver.url_for("/a"), LIMITS)
    assert [(httpserver.url_for("/a"), 301), (httpserver.url_for("/b?x=1"), 200)] == [(h.url, h.status) for h in got.hops]
    assert (httpserver.url_for("/a"), httpserver.url_for("/b?x=1")) == (got.source, got.final_url)


def test_a_ring_of_redirects_ends(httpserver: HTTPServer) -> None:
    """Five redirects are followed, not six."""
    httpserver.expect_request("/a").respond_with_data(status=302, headers={"Location": "/a"})
    with pytest.raises(FetchError, match="more than 5 times"):
        fetch(httpserver.url_for("/a"), LIMITS)
    assert len(httpserver.log) == 6


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:10.0.0.1]/",
        "http://0x0a000001/",
        "//192.168.0.1/x",
        "http://[64:ff9b::a00:1]/",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(httpserver: HTTPServer, location: str) -> None:
    """Every hop is checked as the first one; nothing is sent to it."""
    httpserver.expect_request("/a").respond_with_data(status=302, headers={"Location": location})
    dialled: list[str] = []

    def dial(address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        dialled.append(address)
        return system_dialler(address, port, seconds)

    with pytest.raises(BlockedAddress):
        fetch(httpserver.url_for("/a"), LIMITS, dial=dial)
    assert ["127.0.0.1"] == dialled


@pytest.mark.parametrize(
    "location", ["file:///etc/hostname", "ftp://a.example/", "javascript:alert(1)", "http://", "", "http://u:p@a.example/"]
)
def test_a_redirect_to_no_web_address_is_refused(httpserver: HTTPServer, location: str) -> None:
    """Only http and https, without a name and password in them."""
    httpserver.expect_request("/a").respond_with_data(status=302, headers={"Location": location})
    with pytest.raises(FetchError):
        fetch(httpserver.url_for("/a"), LIMITS)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "127.1",
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "017700000001",
        "0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "127。0。0。1",
        "①②⑦.⓪.⓪.①",
        "169.254.169.254",
        "[fe80::1]",
        "[fd00:ec2::254]",
    ],
)
def test_no_spelling_of_a_private_address_is_dialled(host: str) -> None:
    """Decimal, hexadecimal, octal, short, mapped, tunnelled: the resolved address is checked, and no packet leaves."""
    recorder = Recorder()
    with pytest.raises(FetchError):
        fetch(f"http://{host}/", dial=recorder)
    assert [] == recorder.asked


def test_one_private_answer_among_public_ones_blocks_the_name() -> None:
    """Every address of the answer is checked."""
    recorder = Recorder()
    with pytest.raises(BlockedAddress, match=r"10\.0\.0\.8"):
        fetch("http://a.example/", resolve=lambda *_: ["9.9.9.9", "10.0.0.8"], dial=recorder)
    assert [] == recorder.asked


def test_the_checked_address_is_the_dialled_one() -> None:
    """The name is looked up once, so a second answer cannot lead elsewhere; each address is tried in turn."""
    answers = iter([["9.9.9.9", "2620:fe::fe"], ["127.0.0.1"]])
    recorder = Recorder()
    with pytest.raises(FetchError, match=r"a\.example does not answer"):
        fetch("http://a.example/", resolve=lambda *_: next(answers), dial=recorder)
    assert [("9.9.9.9", 80), ("2620:fe::fe", 80)] == recorder.asked
    assert [["127.0.0.1"]] == list(answers)


@pytest.mark.parametrize(
    ("port", "allowed"), [(80, True), (443, True), (8080, True), (8443, True), (22, False), (6379, False), (81, False)]
)
def test_only_web_ports_are_dialled(port: int, allowed: bool) -> None:  # noqa: FBT001  # a column of the table
    """A web address cannot be used to knock on other services."""
    recorder = Recorder()
    with pytest.raises(FetchError):
        fetch(f"http://a.example:{port}/", resolve=lambda *_: ["9.9.9.9"], dial=recorder)
    assert ([("9.9.9.9", port)] if allowed else []) == recorder.asked


def test_host_and_name_stay_those_of_the_address(httpserver: HTTPServer) -> None:
    """The literal is dialled, but the server hears the name."""
    httpserver.expect_request("/a").respond_with_handler(lambda request: Response(b"<p>" + request.headers["Host"].encode()))
    got = fetch(f"http://orrin.example:{httpserver.port}/a", LIMITS, resolve=lambda *_: ["127.0.0.1"])
    assert f"<p>orrin.example:{httpserver.port}".encode() == got.content


def test_a_name_that_turns_private_on_the_way_is_refused(httpserver: HTTPServer) -> None:
    """A redirect is looked up and checked anew: a name server that answers otherwise then leads nowhere."""
    httpserver.expect_request("/a").respond_with_data(status=302, headers={"Location": "/b"})
    answers = iter([["127.0.0.1"], ["127.0.0.1", "10.0.0.8"]])
    with pytest.raises(BlockedAddress, match=r"10\.0\.0\.8"):
        fetch(f"http://orrin.example:{httpserver.port}/a", LIMITS, resolve=lambda *_: next(answers))
    assert ["/a"] == [request.path for request, _ in httpserver.log]


class _Silent(httpcore.NetworkStream):
    def __init__(self) -> None:
        self.names: list[str | None] = []

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        assert timeout is None or timeout > 0
        assert ssl_context.check_hostname
        assert ssl_context.verify_mode == ssl.CERT_REQUIRED
        self.names.append(server_hostname)
        message = "end of the test"
        raise httpcore.ConnectError(message)

    def close(self) -> None:
        return


def test_tls_is_checked_against_the_name() -> None:
    """The certificate must be that of the name, not of the literal."""
    stream = _Silent()
    with pytest.raises(FetchError):
        fetch("https://orrin.example/", resolve=lambda *_: ["9.9.9.9"], dial=lambda *_: stream)
    assert ["orrin.example"] == stream.names


def test_the_transport_has_no_other_way_to_the_network() -> None:
    """The pool connects through our backend: this pins the one place where that is said."""
    recorder = Recorder()
    backend = GuardedBackend(Budget(FetchLimits(), "x"), lambda *_: ["9.9.9.9"], recorder)
    with pytest.raises(FetchError), httpcore.ConnectionPool(network_backend=backend) as pool:
        pool.request("GET", "http://a.example/")
    assert GuardedTransport(backend)._pool._network_backend is backend
    assert [("9.9.9.9", 80)] == recorder.asked


def test_settings_of_the_environment_are_not_used(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy or certificate file in the environment does not change where we go."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")
    httpserver.expect_request("/a").respond_with_data(PAGE)
    assert PAGE == fetch_bytes(httpserver.url_for("/a"), LIMITS)


def test_a_zipped_page_is_inflated(httpserver: HTTPServer) -> None:
    """A body under gzip, as asked for, is read."""
    httpserver.expect_request("/a").respond_with_data(gzip.compress(PAGE), headers={"Content-Encoding": "gzip"})
    assert PAGE == fetch(httpserver.url_for("/a"), LIMITS).content


def test_a_bomb_is_cut_at_the_cap(httpserver: HTTPServer) -> None:
    """A small body that inflates to much is refused."""
    httpserver.expect_request("/a").respond_with_data(gzip.compress(bytes(30_000_000)), headers={"Content-Encoding": "gzip"})
    with pytest.raises(TooLarge):
        fetch(httpserver.url_for("/a"), LIMITS)


@pytest.mark.shared
@pytest.mark.parametrize(("name", "encoding"), [("gz", "gzip"), ("br", "br"), ("gz.gz", "gzip, gzip")])
def test_known_bombs_are_cut(httpserver: HTTPServer, shared: Path, name: str, encoding: str) -> None:
    """A gibibyte of zeros in a kilobyte, in each encoding, is refused."""
    body = (shared / "badinputs" / "bombs_http" / f"zeros_1GiB.{name}").read_bytes()
    httpserver.expect_request("/a").respond_with_data(body, headers={"Content-Encoding": encoding})
    with pytest.raises((TooLarge, FetchError)):
        fetch(httpserver.url_for("/a"), LIMITS)


@pytest.mark.parametrize("status", [204, 304, 400, 403, 404, 410, 429, 500, 503])
def test_an_answer_without_a_page_is_no_page(httpserver: HTTPServer, status: int) -> None:
    """An error page of a server is never put on record as the article."""
    httpserver.expect_request("/a").respond_with_data(b"" if status in {204, 304} else PAGE, status=status)
    with pytest.raises(SourceError, match=str(status) if status != 204 else "empty"):
        fetch(httpserver.url_for("/a"), LIMITS)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (says(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n<html>"), FetchError),
        (says(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n<html>"), FetchError),
        (says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<html>"), FetchError),
        (says(b"HTTP/1.1 200 OK\r\n\r\n"), EmptySource),
        (says(b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.7"), UnknownFormat),
        (says(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000 + b"\r\n\r\n<html>"), FetchError),
        (says(b"SSH-2.0-OpenSSH_9.2\r\n"), FetchError),
        (says(b""), FetchError),
        (says(b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n"), FetchError),
        (says(b"HTTP/1.1 302 Found\r\nLocation: http://a\x07b/\r\n\r\n"), FetchError),
    ],
)
def test_a_bad_server_gives_one_named_error(raw: Callable[..., str], answer: object, error: type[SourceError]) -> None:
    """Whatever a server sends, the call ends with one error of ours that names the address."""
    url = raw(answer)
    with pytest.raises(error, match=r"127\.0\.0\.1|http"):
        fetch(url, LIMITS)


def test_bad_servers_together_cost_each_other_nothing() -> None:
    """Twenty kinds of bad server and a good one, several at once: each address gets its one outcome."""
    head = b"HTTP/1.1 200 OK\r\n"
    bad: list[Callable[[socket.socket], None]] = [
        says(b""),
        says(b"\x00" * 400),
        says(b"SSH-2.0-OpenSSH_9.2\r\n"),
        says(b"HTTP/9.9 200 OK\r\n\r\n"),
        says(b"HTTP/1.1 999999 OK\r\n\r\n"),
        says(b"HTTP/1.1 -1 OK\r\n\r\n"),
        says(head + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n<html>"),
        says(head + b"Content-Length: -5\r\n\r\n<html>"),
        says(head + b"Content-Length: 99999999999999999999\r\n\r\n"),
        says(head + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nffffffffffffffffffff\r\n"),
        says(head + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n<html>"),
        says(head + b"Content-Encoding: gzip\r\n\r\nnot zipped"),
        says(head + b"Content-Encoding: br, gzip\r\n\r\n<html>"),
        says(head + b"X" * 200_000),
        says(head + b"X: y\r\n" * 50_000),
        says(head + b"No colon\r\n\r\n<html>"),
        says(head + b"\r\n"),
        says(b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n\r\n"),
        says(b"HTTP/1.1 100 Continue\r\n\r\n" * 3000),
        drips(head, b"X: y\r\n", 0.02),
        drips(head + b"\r\n<html>", b"x", 0.02),
        lambda connection: connection.shutdown(socket.SHUT_RDWR),
    ]
    good = says(head + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE)
    with contextlib.ExitStack() as stack:
        listeners = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in (*bad, good)]
        for listener, answer in zip(listeners, (*bad, good), strict=True):
            threading.Thread(target=_answering, args=(listener, answer), daemon=True).start()
        urls = [f"http://h{n}.example:{listener.getsockname()[1]}/" for n, listener in enumerate(listeners)]
        web = Web(within(seconds=1.0, attempts=1), resolve=lambda *_: ["127.0.0.1"])
        found = list(web.get_many(urls))
    assert sorted(urls) == sorted(url for url, _ in found)
    assert [urls[-1]] == [url for url, got in found if isinstance(got, Snapshot)]
    failed = {urlsplit(url).hostname: str(got) for url, got in found if isinstance(got, SourceError)}
    assert [] == [host for host, told in failed.items() if str(host) not in told and "169.254.169.254" not in told]


def _answering(listener: socket.socket, answer: Callable[[socket.socket], None]) -> None:
    with contextlib.suppress(OSError):
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            answer(connection)


def test_a_length_that_is_too_short_gives_what_it_says(raw: Callable[..., str]) -> None:
    """A server that announces less than it sends is believed."""
    assert b"<html>" == fetch(raw(says(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>and more")), LIMITS).content


@pytest.mark.parametrize(
    "sent",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<html>half",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n<html>half\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"<html>half", mtime=0)[:-4],
    ],
)
def test_a_body_that_was_cut_short_is_kept_and_told(raw: Callable[..., str], sent: bytes) -> None:
    """What came is evidence as well; that more was announced is said."""
    got = fetch(raw(says(sent)), LIMITS)
    assert b"<html>half" == got.content
    assert "was cut short after 10 bytes" in got.findings[0]


def test_an_endless_body_is_cut(raw: Callable[..., str]) -> None:
    """The cap holds for what comes over the wire, announced or not."""
    url = raw(drips(b"HTTP/1.1 200 OK\r\n\r\n<html>", b"x" * 100_000, 0))
    with pytest.raises(TooLarge):
        fetch(url, within(bytes=300_000))


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n\r\n<html>", b"HTTP/1.1 200 OK\r\nX: "])
def test_a_slow_body_or_header_is_cut(raw: Callable[..., str], head: bytes) -> None:
    """A drop every now and then does not hold us longer than the whole may take."""
    started = time.monotonic()
    with pytest.raises(FetchError, match=r"longer than 0\.6 s|could not be fetched"):
        fetch(raw(drips(head, b"x", 0.05)), within(seconds=0.6))
    assert time.monotonic() - started < 3


def test_redirects_share_one_time(httpserver: HTTPServer) -> None:
    """The whole way may take so long, not each step of it; waiting for a host's turn does not count."""

    def slowly(_: Request) -> Response:
        time.sleep(0.25)
        return Response(status=302, headers={"Location": "/a"})

    httpserver.expect_request("/a").respond_with_handler(slowly)
    with pytest.raises(FetchError, match=r"longer than 0\.6 s|could not be fetched"):
        fetch(httpserver.url_for("/a"), within(seconds=0.6, redirects=50))
    budget = Budget(replace(LIMITS.fetch, seconds=0.0), "x")
    with pytest.raises(FetchError, match="longer than 0 s"):
        budget.seconds()
    budget.waited(60)
    assert LIMITS.fetch.idle_seconds == budget.seconds()


def test_what_a_server_calls_its_bytes_is_kept_beside_what_they_are(raw: Callable[..., str]) -> None:
    """A wrong type costs nothing: the bytes decide."""
    got = fetch(raw(says(b"HTTP/1.1 200 OK\r\nContent-Type: image/png; charset=koi8-r\r\n\r\n" + PAGE)), LIMITS)
    assert ("text/html", "image/png", "koi8-r") == (got.media_type, got.declared_type, got.charset)


def test_a_silent_server_is_left(raw: Callable[..., str]) -> None:
    """Nothing at all for longer than the idle time ends the call."""
    started = time.monotonic()
    with pytest.raises(FetchError):
        fetch(raw(lambda connection: time.sleep(2)), within(idle_seconds=0.3))  # noqa: ARG005  # nothing is said to it
    assert time.monotonic() - started < 1.5


def test_a_slow_name_server_is_left() -> None:
    """The look-up has its share of the time, too."""
    with pytest.raises(FetchError, match="not found in time"):
        fetch("http://a.example/", within(idle_seconds=0.2), resolve=lambda *_: time.sleep(1) or ["9.9.9.9"])


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http:///x",
        "https://[",
        "http://a b/",
        "http://u:p@a.example/",
        "http://a.example:99999/",
        "http://" + "x" * 9000,
        "http://xn--/",
        "http://\ud800.example/",
    ],
)
def test_a_broken_address_is_told(url: str) -> None:
    """What cannot be parsed is an error that names it, before anything is looked up."""

    def never(*_: object) -> list[str]:
        pytest.fail("an address that is none was looked up")

    with pytest.raises(FetchError):
        fetch(url, resolve=never)


def test_offline_nothing_is_looked_up() -> None:
    """With `offline` no name is even resolved."""
    with pytest.raises(FetchError, match="offline"):
        fetch("http://a.example/", within(offline=True), resolve=lambda *_: pytest.fail("looked up"))


def test_an_address_is_a_source(httpserver: HTTPServer, tmp_path: Path) -> None:
    """An address goes through the same door as a file, and a manifest can state its facts."""
    httpserver.expect_request("/a").respond_with_data(PAGE)
    url = httpserver.url_for("/a")
    (tmp_path / "m.csv").write_text(f"file,url,outlet,published\n{url},https://orrin.example/1,Orrin Leaf,2031-05-02\n")
    from provenance.acquire import Given

    got, failed = snapshots([url, httpserver.url_for("/gone")], Given(manifest=tmp_path / "m.csv"), LIMITS)
    assert isinstance(got, Snapshot)
    assert ("https://orrin.example/1", "Orrin Leaf", "2031-05-02") == (got.url, got.outlet, got.published)
    assert isinstance(failed, FetchError)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["must_block_127.0.0.1.txt", "must_block_10.0.0.1.txt"])
def test_no_listed_address_sends_a_packet(shared: Path, name: str) -> None:
    """Hundreds of disguised addresses: none that leads to a private one is dialled."""
    recorder = Recorder()

    def literals_only(host: str, port: int) -> list[str]:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        return [str(answer[4][0]) for answer in answers]

    lines = (shared / "badinputs" / "ssrf_lists" / name).read_text("utf-8").splitlines()
    for line in lines:
        with pytest.raises(FetchError):
            fetch(line.strip(), resolve=literals_only, dial=recorder)
    assert [] == [ask for ask in recorder.asked if ask[0] in {"127.0.0.1", "10.0.0.1", "::1"}]


@pytest.mark.shared
def test_no_private_address_of_the_list_is_dialled_as_an_answer(shared: Path) -> None:
    """Each address that must be blocked, alone and behind a public one, direct and after robots.txt: no packet leaves."""
    recorder = Recorder()
    for line in (shared / "badinputs" / "ssrf_lists" / "must_block_addresses.txt").read_text("utf-8").split():
        for answers in ([line], ["9.9.9.9", line]):
            for ask in (lambda limits, **how: fetch("http://a.example/", limits, **how), _politely):
                with pytest.raises(BlockedAddress):
                    ask(Limits(), resolve=lambda *_, found=answers: found, dial=recorder)
    assert [] == recorder.asked


def _politely(limits: Limits, **how: Any) -> Snapshot:
    return Web(limits, **how).get("http://a.example/")


@pytest.mark.shared
@pytest.mark.parametrize("name", ["README", "SSRF-Cloud-Instances"])
def test_no_listed_payload_sends_a_packet(shared: Path, name: str) -> None:
    """Every address in the lists of payloads is refused before anything is dialled; names lead to loopback here."""
    recorder = Recorder()
    text = (shared / "badinputs" / "ssrf_lists" / f"Server_Side_Request_Forgery__{name}.txt").read_text("utf-8")
    payloads = re.findall(r"[a-z]{2,10}:/+[^\s\"'`]+", text)
    assert len(payloads) > 20

    def look_up(host: str, port: int) -> list[str]:
        try:
            return [str(socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)[0][4][0])]
        except OSError:
            return ["127.0.0.1"]

    for payload in payloads:
        with pytest.raises(SourceError):
            Web(Limits(), resolve=look_up, dial=recorder).get(payload)
    assert [] == recorder.asked
