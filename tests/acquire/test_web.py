"""The way to the web, against real servers: robots.txt, turns, retries, conditional requests, several hosts."""

import gzip
import ssl
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpcore
import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from provenance.acquire import FetchLimits, Limits, refetch
from provenance.acquire import fetch as fetching
from provenance.acquire.fetch import _seconds
from provenance.acquire.politeness import Robots
from provenance.acquire.web import Web, _robots
from provenance.errors import BlockedAddress, Disallowed, FetchError, SourceError, Unavailable
from provenance.records import Snapshot, Unchanged, Validators

LIMITS = Limits(fetch=FetchLimits(loopback=True, seconds=8, idle_seconds=4, robots=False, pause_seconds=0))
PAGE = b"<!doctype html><p>The mill at Orrin burns.</p>"


def within(**changes: object) -> Limits:
    return replace(LIMITS, fetch=replace(LIMITS.fetch, **changes))  # type: ignore[arg-type]


class Slept:
    """Waits that are kept and not waited for."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def servers() -> Iterator[Callable[[], HTTPServer]]:
    """Servers of their own, each a host of its own name."""
    running: list[HTTPServer] = []

    def start() -> HTTPServer:
        server = HTTPServer(host="127.0.0.1", port=0, threaded=True)
        server.start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.stop()


# ------------------------------------------------------------------ robots.txt


@pytest.mark.parametrize(
    ("path", "allowed"), [("/news/1", True), ("/private/1", False), ("/news/1.pdf", False), ("/news/1.pdf?x", True)]
)
def test_robots_txt_is_honoured(httpserver: HTTPServer, path: str, allowed: bool) -> None:  # noqa: FBT001  # a column of the table
    """Rules for us, with wildcards and end marks, hold; nothing is asked of what they forbid."""
    rules = "User-agent: provenance-desk\nDisallow: /private\nDisallow: /*.pdf$\n\nUser-agent: *\nDisallow: /"
    httpserver.expect_request("/robots.txt").respond_with_data(rules)
    httpserver.expect_request(path.partition("?")[0]).respond_with_data(PAGE)
    web = Web(within(robots=True))
    if allowed:
        assert PAGE == web.get(httpserver.url_for(path)).content
    else:
        with pytest.raises(Disallowed, match="--ignore-robots"):
            web.get(httpserver.url_for(path))
    assert (["/robots.txt"] + ["/news/1.pdf" if "?" in path else path] * allowed) == [r.path for r, _ in httpserver.log]
    assert PAGE == Web(within(robots=False)).get(httpserver.url_for(path)).content


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (410, True), (429, False), (500, False), (503, False)])
def test_a_missing_robots_txt_allows_and_a_broken_one_forbids(httpserver: HTTPServer, status: int, allowed: bool) -> None:  # noqa: FBT001  # a column of the table
    """RFC 9309, 2.3.1: what is not there forbids nothing, what cannot be had forbids all for now."""
    httpserver.expect_request("/robots.txt").respond_with_data("x", status=status)
    httpserver.expect_request("/a").respond_with_data(PAGE)
    web = Web(within(robots=True), sleep=Slept())
    if allowed:
        assert PAGE == web.get(httpserver.url_for("/a")).content
    else:
        with pytest.raises(Disallowed, match=f"could not be read.*{status}"):
            web.get(httpserver.url_for("/a"))
        assert "/a" not in [r.path for r, _ in httpserver.log]


def test_an_address_given_as_a_number_has_a_robots_txt_too() -> None:
    """The brackets of an IPv6 address stay."""
    asked: list[tuple[str, int]] = []

    def dial(address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        asked.append((address, port))
        message = f"refused within {seconds:.0f} s"
        raise httpcore.ConnectError(message)

    with pytest.raises(FetchError, match=r"http://\[2620:fe::fe\]/robots\.txt|does not answer"):
        Web(Limits(), resolve=lambda host, _: [host], dial=dial, sleep=Slept()).get("http://[2620:fe::fe]/a")
    assert [("2620:fe::fe", 80)] * 3 == asked


def test_a_busy_robots_txt_is_asked_again(httpserver: HTTPServer) -> None:
    """It is retried like any address, and what it says in the end holds."""
    httpserver.expect_ordered_request("/robots.txt").respond_with_data("busy", status=503, headers={"Retry-After": "4"})
    httpserver.expect_ordered_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /a")
    slept = Slept()
    with pytest.raises(Disallowed, match="asks programs not to"):
        Web(within(robots=True), sleep=slept).get(httpserver.url_for("/a"))
    assert [4.0] == slept.seconds


@pytest.mark.parametrize(
    ("answers", "error", "why"),
    [
        (["10.0.0.8"], BlockedAddress, r"10\.0\.0\.8, which is not on the public internet"),
        (["9.9.9.9"], FetchError, "does not answer"),
        (["9.9.9.9", "::1"], BlockedAddress, "::1"),
    ],
)
def test_a_host_that_cannot_be_asked_is_not_blamed_on_its_robots_txt(
    answers: list[str], error: type[FetchError], why: str
) -> None:
    """An address that is blocked or dead is told as such, robots.txt or not; it is not asked again for the page."""
    dialled: list[str] = []

    def dial(address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        dialled.append(address)
        message = f"{port} refused within {seconds:.0f} s"
        raise httpcore.ConnectError(message)

    web = Web(Limits(), resolve=lambda *_: answers, dial=dial, sleep=Slept())
    for _ in range(2):
        with pytest.raises(FetchError, match=f"http://a.example/x was not fetched.*{why}") as caught:
            web.get("http://a.example/x")
        assert type(caught.value) is error
    assert (["9.9.9.9"] * 3 if error is FetchError else []) == dialled


def test_robots_txt_is_read_once_a_run_and_on_every_hop(httpserver: HTTPServer) -> None:
    """Two pages of a host cost one robots.txt; a redirect into what is forbidden stops there."""
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /hidden")
    httpserver.expect_request("/a").respond_with_data(PAGE)
    httpserver.expect_request("/b").respond_with_data(status=302, headers={"Location": "/hidden/b"})
    web = Web(within(robots=True))
    web.get(httpserver.url_for("/a"))
    web.get(httpserver.url_for("/a"))
    with pytest.raises(Disallowed):
        web.get(httpserver.url_for("/b"))
    assert ["/robots.txt", "/a", "/a", "/b"] == [r.path for r, _ in httpserver.log]


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_a_huge_robots_txt_is_read_as_far_as_500_kib(httpserver: HTTPServer, encoding: str) -> None:
    """Rules before the limit hold, a rule that the limit cuts in two does not (RFC 9309, 2.5)."""
    rules = b"User-agent: *\nDisallow: /private\n"
    filler = b"#" * (512_000 - len(rules) - len(b"\nDisallow: /"))
    text = rules + filler + b"\nDisallow: /news\n" + b"Disallow: /later\n" * 50_000
    body, headers = (gzip.compress(text), {"Content-Encoding": encoding}) if encoding else (text, {})
    httpserver.expect_request("/robots.txt").respond_with_data(body, headers=headers)
    for path in ("/later", "/other"):
        httpserver.expect_request(path).respond_with_data(PAGE)
    web = Web(within(robots=True))
    for path in ("/later", "/other"):
        assert PAGE == web.get(httpserver.url_for(path)).content
    with pytest.raises(Disallowed):
        web.get(httpserver.url_for("/private"))


@given(st.binary(max_size=400))
def test_any_robots_txt_is_read(content: bytes) -> None:
    """Whatever bytes a robots.txt holds, the answer is yes or no."""
    robots = _robots(content)
    assert robots.allows("https://a.example/x", "provenance-desk") in {True, False}
    assert robots.delay("provenance-desk") >= 0


def test_a_crawl_delay_is_kept_up_to_a_limit(httpserver: HTTPServer) -> None:
    """The pause between two requests is what the host asks for, within reason."""
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nCrawl-delay: 3600")
    httpserver.expect_request("/a").respond_with_data(PAGE)
    slept = Slept()
    web = Web(within(robots=True, crawl_delay_most=7.0), sleep=slept)
    web.get(httpserver.url_for("/a"))
    web.get(httpserver.url_for("/a"))
    assert [7] == [round(s) for s in slept.seconds]
    assert Robots().delay("x") == 0.0


# ------------------------------------------------------------------ turns and several hosts


def test_two_hosts_are_asked_at_once_and_one_host_one_by_one(servers: Callable[[], HTTPServer]) -> None:
    """Each server answers only when the other has been asked as well; within a host no two requests overlap."""
    both, busy, overlaps = threading.Barrier(2), {}, []

    def answer(request: Request) -> Response:
        key = request.host
        overlaps.append(busy.get(key, 0))
        busy[key] = busy.get(key, 0) + 1
        if request.path == "/1":
            both.wait(timeout=5)
        busy[key] -= 1
        return Response(PAGE + request.path.encode())

    hosts = [servers(), servers()]
    for server in hosts:
        server.expect_request("/1").respond_with_handler(answer)
        server.expect_request("/2").respond_with_handler(answer)
    urls = [server.url_for(path) for server in hosts for path in ("/1", "/2")]
    urls[2:] = [url.replace("127.0.0.1", "localhost") for url in urls[2:]]  # another name is another host
    found = dict(Web(LIMITS).get_many([*urls, *urls]))
    assert set(urls) == found.keys()
    assert all(isinstance(got, Snapshot) for got in found.values())
    assert [0, 0, 0, 0] == overlaps


def test_one_bad_address_costs_itself_only(httpserver: HTTPServer) -> None:
    """What fails is given as its error; the others come."""
    httpserver.expect_request("/a").respond_with_data(PAGE)
    httpserver.expect_request("/gone").respond_with_data("x", status=410)
    urls = [httpserver.url_for("/a"), httpserver.url_for("/gone"), "http://10.0.0.1/", "ftp://a.example/", "http://["]
    found = dict(Web(LIMITS).get_many(urls))
    assert [Snapshot, FetchError, BlockedAddress, FetchError, FetchError] == [type(found[u]) for u in urls]
    assert 410 == found[urls[1]].status  # type: ignore[union-attr]


def test_a_pause_lies_between_two_requests_to_a_host(httpserver: HTTPServer) -> None:
    """The second request waits for the rest of the pause."""
    httpserver.expect_request("/a").respond_with_data(PAGE)
    slept = Slept()
    web = Web(within(pause_seconds=5.0), sleep=slept)
    web.get(httpserver.url_for("/a"))
    web.get(httpserver.url_for("/a"))
    assert [5] == [round(s) for s in slept.seconds]


# ------------------------------------------------------------------ retries


def test_a_busy_server_is_asked_again_when_it_says(httpserver: HTTPServer) -> None:
    """Retry-After in seconds is waited for, and every attempt is on record."""
    httpserver.expect_ordered_request("/a").respond_with_data("busy", status=503, headers={"Retry-After": "7"})
    httpserver.expect_ordered_request("/a").respond_with_data("busy", status=429)
    httpserver.expect_ordered_request("/a").respond_with_data(PAGE)
    slept = Slept()
    got = Web(LIMITS, sleep=slept).get(httpserver.url_for("/a"))
    assert [503, 429, 200] == [hop.status for hop in got.hops]
    assert "asked again after 7.0 s" == got.hops[0].note
    assert 7.0 == slept.seconds[0]
    assert 0.5 <= slept.seconds[1] <= 4


def test_a_server_that_stays_busy_is_left(httpserver: HTTPServer) -> None:
    """After three attempts the answer is what the server said."""
    httpserver.expect_request("/a").respond_with_data("busy", status=502)
    with pytest.raises(Unavailable, match="502"):
        Web(LIMITS, sleep=Slept()).get(httpserver.url_for("/a"))
    assert 3 == len(httpserver.log)


@pytest.mark.parametrize(
    "header", ["86400", format_datetime(datetime.now(UTC) + timedelta(hours=5), usegmt=True)], ids=("seconds", "date")
)
def test_a_server_that_wants_long_peace_gets_it(httpserver: HTTPServer, header: str) -> None:
    """Who asks for hours is not asked again in this run."""
    httpserver.expect_request("/a").respond_with_data("busy", status=429, headers={"Retry-After": header})
    with pytest.raises(Unavailable):
        Web(LIMITS, sleep=Slept()).get(httpserver.url_for("/a"))
    assert 1 == len(httpserver.log)


def test_what_will_not_change_is_not_asked_again(httpserver: HTTPServer) -> None:
    """A page that is not there, or an address that is blocked, is asked once."""
    for status in (404, 403, 500):
        httpserver.expect_request(f"/{status}").respond_with_data("x", status=status)
        with pytest.raises(FetchError):
            Web(LIMITS, sleep=Slept()).get(httpserver.url_for(f"/{status}"))
    assert 3 == len(httpserver.log)


def test_a_connection_that_fails_is_tried_again(httpserver: HTTPServer) -> None:
    """A server that hangs up before it answers may do better the next time."""
    from provenance.acquire.dialling import system_dialler

    httpserver.expect_request("/a").respond_with_data(PAGE)
    tried: list[int] = []

    def dial(address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        tried.append(port)
        if len(tried) < 3:
            raise httpcore.ConnectError("refused")
        return system_dialler(address, port, seconds)

    got = Web(LIMITS, dial=dial, sleep=Slept()).get(httpserver.url_for("/a"))
    assert [0, 0, 200] == [hop.status for hop in got.hops]
    assert "does not answer" in str(got.hops[0].note)


@given(st.one_of(st.text(max_size=40), st.integers().map(str), st.datetimes().map(format_datetime)))
def test_any_retry_after_is_a_number_or_nothing(header: str) -> None:
    """Whatever the header holds, no error comes of it, and no negative wait."""
    seconds = _seconds(header)
    assert seconds is None or seconds >= 0


# ------------------------------------------------------------------ conditional requests


def test_a_page_that_has_not_changed_is_not_sent_again(httpserver: HTTPServer) -> None:
    """The server hears what we have; its 304 is kept with its hop."""
    asked: list[Request] = []

    def answer(request: Request) -> Response:
        asked.append(request)
        if request.headers.get("If-None-Match") == '"v1"':
            return Response(status=304)
        return Response(PAGE, headers={"ETag": '"v1"', "Last-Modified": "Sat, 03 May 2031 10:00:00 GMT"})

    httpserver.expect_request("/a").respond_with_handler(answer)
    url = httpserver.url_for("/a")
    first = Web(LIMITS).get(url)
    again = refetch(url, Validators(sha256=first.sha256, etag=first.etag, last_modified=first.last_modified), LIMITS)
    assert isinstance(again, Unchanged)
    assert ("304", 304) == (again.basis, again.hops[-1].status)
    assert "Sat, 03 May 2031 10:00:00 GMT" == asked[1].headers["If-Modified-Since"]
    assert "If-None-Match" not in asked[0].headers


def test_the_same_bytes_again_are_no_new_snapshot(httpserver: HTTPServer) -> None:
    """A server that knows no conditions sends the page again; only other bytes make a new snapshot."""
    httpserver.expect_ordered_request("/a").respond_with_data(PAGE)
    httpserver.expect_ordered_request("/a").respond_with_data(PAGE)
    httpserver.expect_ordered_request("/a").respond_with_data(PAGE + b"!")
    web, url = Web(LIMITS), httpserver.url_for("/a")
    known = Validators(sha256=web.get(url).sha256)
    same, other = web.refetch(url, known), web.refetch(url, known)
    assert isinstance(same, Unchanged)
    assert "same bytes" == same.basis
    assert isinstance(other, Snapshot)
    assert other.content.endswith(b"!")


def test_half_a_page_is_asked_for_again_as_a_whole(httpserver: HTTPServer) -> None:
    """A body that was cut short keeps no validators: the server's 304 would vouch for bytes that we do not have."""
    body = gzip.compress(PAGE)[:-8]
    headers = {"Content-Encoding": "gzip", "ETag": '"v1"', "Last-Modified": "Sat, 03 May 2031 10:00:00 GMT"}
    httpserver.expect_request("/a").respond_with_data(body, headers=headers)
    got = Web(LIMITS).get(httpserver.url_for("/a"))
    assert got.findings
    assert (None, None) == (got.etag, got.last_modified)


def test_a_header_that_cannot_be_sent_back_is_not_kept(httpserver: HTTPServer) -> None:
    """A validator as long as a page is no validator."""
    httpserver.expect_request("/a").respond_with_data(PAGE, headers={"ETag": '"' + "x" * 5000 + '"'})
    assert Web(LIMITS).get(httpserver.url_for("/a")).etag is None


# ------------------------------------------------------------------ proxies and memory


def test_a_proxy_of_the_environment_is_used_only_when_asked_for(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the setting the proxy hears nothing; with it the hop says that the proxy was used."""
    proxied: list[str] = []

    def answer(request: Request) -> Response:
        proxied.append(request.host)
        return Response(PAGE)

    httpserver.expect_request("/a").respond_with_handler(answer)
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, httpserver.url_for("/"))
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SourceError):
        Web(within(attempts=1, idle_seconds=1), resolve=lambda *_: []).get("http://orrin.example/a")
    assert [] == proxied
    got = Web(within(environment_proxies=True)).get("http://orrin.example/a")
    assert ["orrin.example"] == proxied
    assert "through the proxy" in str(got.hops[0].note)
    assert "the proxy's to check, not ours" in got.findings[0]


def test_a_proxy_hears_its_password_and_nobody_else_does(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret of the environment never gets on record."""
    heard: list[str | None] = []

    def answer(request: Request) -> Response:
        heard.append(request.headers.get("Proxy-Authorization"))
        return Response(PAGE)

    httpserver.expect_request("/a").respond_with_handler(answer)
    monkeypatch.setenv("http_proxy", f"http://weir:s3cret@127.0.0.1:{httpserver.port}")
    monkeypatch.setenv("no_proxy", "")
    got = Web(within(environment_proxies=True)).get("http://orrin.example/a")
    assert ["Basic d2VpcjpzM2NyZXQ="] == heard
    assert "s3cret" not in repr(got)


@pytest.mark.parametrize("value", ["socks5://127.0.0.1:9", "http://", "http://[", "ftp://a.example", "s3cret@:x"])
def test_a_proxy_that_is_none_is_told(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is named, its value (a secret may be in it) is not."""
    monkeypatch.setenv("http_proxy", value)
    monkeypatch.setenv("no_proxy", "")
    with pytest.raises(FetchError, match="proxy") as caught:
        Web(within(environment_proxies=True), sleep=Slept()).get("http://orrin.example/a")
    assert "HTTP_PROXY" in str(caught.value.remedy)
    assert "s3cret" not in str(caught.value)


# ------------------------------------------------------------------ TLS


@pytest.fixture
def authority() -> trustme.CA:
    """A certificate authority that nobody trusts."""
    return trustme.CA()


@pytest.fixture
def secure(authority: trustme.CA) -> Iterator[HTTPServer]:
    """A server under TLS that says it is weir.example."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("weir.example").configure_cert(context)
    server = HTTPServer(host="127.0.0.1", port=0, ssl_context=context)
    server.start()
    server.expect_request("/a").respond_with_data(PAGE)
    yield server
    server.stop()


def _at_home(host: str, port: int) -> list[str]:
    assert host.endswith(".example")
    assert port
    return ["127.0.0.1"]


def test_a_certificate_of_nobody_is_refused(secure: HTTPServer) -> None:
    """It is refused once, clearly, and no request is sent."""
    with pytest.raises(FetchError, match=r"could not show by TLS that it is weir\.example: .*certificate") as caught:
        Web(LIMITS, resolve=_at_home, sleep=Slept()).get(f"https://weir.example:{secure.port}/a")
    assert not isinstance(caught.value, Unavailable)
    assert [] == secure.log


def test_a_certificate_holds_for_its_name_only(
    secure: HTTPServer, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of the address counts, though a literal is dialled."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    monkeypatch.setattr(fetching, "_trusted", lambda: context)
    web = Web(LIMITS, resolve=_at_home, sleep=Slept())
    assert PAGE == web.get(f"https://weir.example:{secure.port}/a").content
    with pytest.raises(FetchError, match=r"mill\.example: Hostname mismatch"):
        web.get(f"https://mill.example:{secure.port}/a")
    assert 1 == len(secure.log)


def test_a_server_that_hangs_up_during_tls_may_do_better(httpserver: HTTPServer) -> None:
    """A plain server under an https address is refused with a reason that names TLS."""
    with pytest.raises(FetchError, match=r"weir\.example.*TLS|could not be fetched"):
        Web(LIMITS, resolve=_at_home, sleep=Slept()).get(f"https://weir.example:{httpserver.port}/a")


# ------------------------------------------------------------------ memory


BOMB = """
import sys
from dataclasses import replace
from provenance.acquire import FetchLimits, Limits
from provenance.acquire.web import Web
from provenance.errors import SourceError
web = Web(Limits(fetch=FetchLimits(loopback=True, robots=False, pause_seconds=0)))
for url in sys.argv[1:]:
    try:
        web.get(url)
    except SourceError as error:
        print(type(error).__name__)
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
# The kernel's own mark: ru_maxrss of a child starts with what its parent held when it was started.


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_bombs_are_cut_at_the_cap_in_little_memory(httpserver: HTTPServer) -> None:
    """A gibibyte of zeros in a megabyte, zipped once or twice, costs less than 200 MB of resident memory."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    mebibyte = squeeze.compress(bytes(1 << 20)) + squeeze.flush(zlib.Z_FULL_FLUSH)  # stands alone, so it can be repeated
    bomb = b"\x1f\x8b\x08" + bytes(7) + mebibyte * 1024
    nested = gzip.compress(bomb)
    httpserver.expect_request("/once").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})
    httpserver.expect_request("/twice").respond_with_data(nested, headers={"Content-Encoding": "gzip, gzip"})
    httpserver.expect_request("/other").respond_with_data(nested, headers={"Content-Encoding": "br"})
    urls = [httpserver.url_for(path) for path in ("/once", "/twice", "/other")]
    done = subprocess.run([sys.executable, "-c", BOMB, *urls], capture_output=True, text=True, check=True, timeout=60)
    *errors, resident = done.stdout.split()
    assert ["TooLarge", "FetchError", "FetchError"] == errors
    assert int(resident) < 200
    assert int(resident) > 10


def test_an_interrupted_batch_stops_its_threads(httpserver: HTTPServer) -> None:
    """Who stops listening does not leave requests running."""
    httpserver.expect_request("/a").respond_with_data(PAGE)
    urls = [httpserver.url_for(f"/a?{n}") for n in range(50)]
    stream = Web(within(pause_seconds=0.05)).get_many(urls)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    asked = len(httpserver.log)
    time.sleep(0.2)
    assert len(httpserver.log) == asked < 50
