"""One web address asked once, the safe way: checked addresses only, every hop kept, time and bytes bounded.

The only module that imports httpx, so that a successor of it is one change. Robots, turns and retries are `web.py`'s.
"""

import hashlib
import re
import ssl
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Literal, TypeAlias

import httpcore
import httpx

from provenance.acquire.dialling import (
    NETWORK_ERRORS,
    Budget,
    Dialler,
    GuardedBackend,
    ProxyBackend,
    Resolver,
    system_dialler,
    system_resolver,
)
from provenance.acquire.files import now, recognised
from provenance.acquire.inflate import CutShort, Overfull, inflated, unpacked_list
from provenance.acquire.limits import DEFAULT, Limits
from provenance.errors import FetchError, TooLarge, Unavailable
from provenance.records import Hop, Snapshot, Unchanged, Validators

Gate: TypeAlias = Callable[[httpx.URL], AbstractContextManager[None]]
"""Held during each request; may wait for the host's turn, and may refuse with a FetchError."""

_HEADERS = {"Accept": "text/html,image/*,video/*;q=0.9,*/*;q=0.5", "Accept-Encoding": "gzip, identity", "Connection": "close"}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 502, 503, 504})
_NOT_MODIFIED = 304
_THROUGH = "through the proxy"
_MAX_URL, _MAX_PORT = 8192, 65535
_MAX_VALIDATOR = 1000
_HOST = re.compile(rb"[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}")
_FAILURES: tuple[type[Exception], ...] = (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, UnicodeError, *NETWORK_ERRORS)
_ALL: tuple[type[Exception], ...] = (FetchError, *_FAILURES)


@dataclass(frozen=True, slots=True)
class Answer:
    """The last answer of a chain of redirects: its status and headers, its body inflated (empty unless it is a success)."""

    status: int
    reason: str
    headers: httpx.Headers
    content: bytes
    findings: tuple[str, ...] = ()


@dataclass
class Exchange:
    """How to ask, and what was asked so far; one instance serves one address with all its redirects and retries.

    Args:
        limits: bytes, seconds, redirects, ports.
        resolve: how names become addresses.
        dial: how a checked address is connected to.
        gate: held during each request.
        cut: whether of a body over the cap its beginning is taken, rather than nothing.
    """

    limits: Limits = DEFAULT
    resolve: Resolver = system_resolver
    dial: Dialler = system_dialler
    gate: Gate = lambda _: nullcontext()
    cut: bool = False
    hops: list[Hop] = field(default_factory=list)

    def ask(self, url: str, known: Validators | None = None) -> Answer:
        """Ask once, following redirects.

        Args:
            url: http or https, without user name and password.
            known: what is known already; a server that says it has not changed answers 304.

        Raises:
            BlockedAddress: it, or a redirect of it, leads to an address or port that is never dialled.
            Unavailable: the server or the network may do better later.
            FetchError: they will not.
        """
        fetching = self.limits.fetch
        if fetching.offline:
            raise FetchError(f"{url[:200]} was not fetched: offline is set", "unset it, or save the page and give the file")
        first = len(self.hops)
        try:
            return self._followed(_target(url, None), known, first)
        except _FAILURES as error:
            at = self.hops[-1].url if len(self.hops) > first else url
            why = str(error) or type(error).__name__
            kind: type[FetchError] = Unavailable if isinstance(error, NETWORK_ERRORS) else FetchError
            raise kind(f"{at[:200]} could not be fetched: {why}", "try again later, or save the page") from error

    def _followed(self, target: httpx.URL, known: Validators | None, first: int) -> Answer:
        start, budget = target, Budget(self.limits.fetch, str(target)[:200])
        while True:
            asked = time.monotonic()
            with self.gate(target):
                budget.waited(time.monotonic() - asked)
                answer = self._one(target, known, budget)
            if answer.status not in _REDIRECTS:
                return answer
            if len(self.hops) - first > self.limits.fetch.redirects:
                raise FetchError(
                    f"{str(start)[:200]} redirects more than {self.limits.fetch.redirects} times", "give its last address"
                )
            target = _target(answer.headers.get("location", ""), target)

    def _one(self, target: httpx.URL, known: Validators | None, budget: Budget) -> Answer:
        fetching = self.limits.fetch
        proxy = _proxy(target) if fetching.environment_proxies else None
        backend = GuardedBackend(budget, self.resolve, self.dial) if proxy is None else ProxyBackend(budget)
        headers = {"User-Agent": fetching.user_agent, **_HEADERS, **_conditions(known)}
        try:
            with (
                closing(GuardedTransport(backend, proxy)) as transport,
                closing(transport.handle_request(httpx.Request("GET", target, headers=headers))) as response,
            ):
                self._note(target, response.status_code, backend.dialled, f"{_THROUGH} {proxy.url}" if proxy else None)
                return _answer(response, str(target)[:200], self.limits, cut=self.cut)
        except _ALL as error:
            if not self.hops or self.hops[-1].url != str(target) or self.hops[-1].status == 0:
                self._note(target, 0, backend.dialled, str(error)[:300] or type(error).__name__)
            raise

    def _note(self, target: httpx.URL, status: int, address: str | None, note: str | None) -> None:
        self.hops.append(Hop(url=str(target), status=status, address=address, at=now(), note=note))

    def snapshot(self, url: str, answer: Answer) -> Snapshot:
        """An answer that is a page or a file, as evidence; of a list in a gzip file (`sitemap.xml.gz`), what is in it.

        Raises:
            Unavailable: the server is busy.
            FetchError: it answered with something else.
            EmptySource, UnknownFormat, NotReadable: what came cannot be taken.
        """
        self.require_success(answer)
        content = unpacked_list(answer.content, self.limits.file_bytes, url[:200])
        kind = recognised(content, url[:200], self.limits)
        declared, charset = _content_type(answer.headers.get("content-type"))
        return Snapshot(
            source=url,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            media_type=kind.media_type,
            declared_type=declared,
            charset=charset,
            obtained_at=now(),
            how="fetch",
            url=url,
            final_url=self.hops[-1].url,
            hops=tuple(self.hops),
            etag=None if answer.findings else _validator(answer.headers, "etag"),  # a 304 must not vouch for half a body
            last_modified=None if answer.findings else _validator(answer.headers, "last-modified"),
            findings=(*answer.findings, *self._unchecked()),
        )

    def require_success(self, answer: Answer) -> None:
        """Nothing, when an answer is a success.

        Raises:
            Unavailable: the server is busy.
            FetchError: it answered with something else.
        """
        said = f"{self.hops[-1].url[:200]} answered {answer.status} {answer.reason}".rstrip()
        if answer.status in _BUSY:
            wait = _seconds(answer.headers.get("retry-after"))
            raise Unavailable(said, "try again later", status=answer.status, retry_after=wait)
        if not httpx.codes.is_success(answer.status):
            raise FetchError(said, "check it in a browser; save the page if it shows there", status=answer.status)

    def note_wait(self, seconds: float) -> None:
        """Keep with the last request that the next one is made again because of it."""
        last = self.hops[-1]
        note = "; ".join(filter(None, (last.note, f"asked again after {seconds:.1f} s")))
        self.hops[-1] = replace(last, note=note)

    def _unchecked(self) -> list[str]:
        """What a proxy took out of our hands."""
        notes = dict.fromkeys(hop.note for hop in self.hops if hop.note and hop.note.startswith(_THROUGH))
        return [f"fetched {note}: which addresses it may reach was the proxy's to check, not ours" for note in notes]

    def unchanged(self, url: str, answer: Answer, known: Validators) -> Unchanged | None:
        """That the address has not changed, if that is what the answer shows."""
        if answer.status != _NOT_MODIFIED and not (httpx.codes.is_success(answer.status) and self._same(url, answer, known)):
            return None
        basis: Literal["304", "same bytes"] = "304" if answer.status == _NOT_MODIFIED else "same bytes"
        return Unchanged(url=url, checked_at=now(), basis=basis, hops=tuple(self.hops))

    def _same(self, url: str, answer: Answer, known: Validators) -> bool:
        content = unpacked_list(answer.content, self.limits.file_bytes, url[:200])
        return hashlib.sha256(content).hexdigest() == known.sha256


def fetch(url: str, limits: Limits = DEFAULT, resolve: Resolver = system_resolver, dial: Dialler = system_dialler) -> Snapshot:
    """What a web address gives, asked once.

    Args:
        url: http or https, without user name and password.
        limits: bytes, seconds, redirects, ports.
        resolve: how names become addresses.
        dial: how a checked address is connected to.

    Raises:
        BlockedAddress: it, or a redirect of it, leads to an address or port that is never dialled.
        FetchError: the server or the network failed; TooLarge, EmptySource, UnknownFormat: what came cannot be taken.
    """
    exchange = Exchange(limits, resolve, dial)
    return exchange.snapshot(url, exchange.ask(url))


# ------------------------------------------------------------------ the way to the network


@cache
def _trusted() -> ssl.SSLContext:
    """The certificate authorities that come with httpx, whatever the environment says; loading them takes time."""
    return httpx.create_ssl_context(trust_env=False)


class GuardedTransport(httpx.BaseTransport):
    """httpx's way to the network, with connections made by our own backend and no other.

    Args:
        backend: makes the connections.
        proxy: a proxy to go through; the backend then dials the proxy.
    """

    def __init__(self, backend: httpcore.NetworkBackend, proxy: httpx.Proxy | None = None) -> None:
        self._pool = (
            httpcore.ConnectionPool(ssl_context=_trusted(), network_backend=backend, http2=False, retries=0)
            if proxy is None
            else httpcore.HTTPProxy(
                str(proxy.url), proxy_auth=proxy.raw_auth, ssl_context=_trusted(), network_backend=backend, retries=0
            )
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; the body is left to be read."""
        to = request.url
        url = httpcore.URL(scheme=to.raw_scheme, host=to.raw_host, port=to.port, target=to.raw_path)
        answer = self._pool.handle_request(httpcore.Request(request.method, url, headers=request.headers.raw))
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _proxy(target: httpx.URL) -> httpx.Proxy | None:
    """The proxy that the environment names for an address, if any; its name and password stay out of its `url`."""
    named = urllib.request.getproxies()
    text = named.get(target.scheme) or named.get("all")
    if not text or urllib.request.proxy_bypass(target.host):
        return None
    try:
        proxy = httpx.Proxy(text if "://" in text else f"http://{text}")
    except (ValueError, httpx.InvalidURL):
        proxy = None
    if proxy is None or proxy.url.scheme not in {"http", "https"} or not _HOST.fullmatch(proxy.url.raw_host):
        raise FetchError(
            f"the proxy that the environment names for {target.scheme} is no http proxy",
            f"correct or unset {target.scheme.upper()}_PROXY",
        )
    return proxy


# ------------------------------------------------------------------ requests and answers


def _conditions(known: Validators | None) -> dict[str, str]:
    if known is None:
        return {}
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in asked.items() if value}


def _target(text: str, base: httpx.URL | None) -> httpx.URL:
    if not text or len(text) > _MAX_URL:
        raise FetchError(f"{base or text[:200]} leads to no usable address", "check it in a browser")
    target = (base.join(text) if base else httpx.URL(text)).copy_with(fragment=None)
    if target.scheme not in {"http", "https"} or not _HOST.fullmatch(target.raw_host) or (target.port or 80) > _MAX_PORT:
        raise FetchError(f"{text[:200]!r} is no sound http or https address", "only the web is fetched; give files by path")
    if target.userinfo:
        raise FetchError(
            f"the address at {target.raw_host.decode()} holds a user name or password", "leave them out, or save the page"
        )
    return target


def _answer(response: httpx.Response, name: str, limits: Limits, *, cut: bool) -> Answer:
    """Headers, and the body of a success; a body that was cut short is kept as far as it came, and told."""
    content, findings = b"", list[str]()
    if response.is_success:
        try:
            content = inflated(_raw(response), response.headers.get("content-encoding", ""), limits.fetch.bytes, name)
        except CutShort as short:
            content = short.content
            findings.append(short.message)
        except Overfull as over:
            if not cut:
                raise TooLarge(over.message, over.remedy) from over
            content = over.content
            findings.append(over.message)
    return Answer(response.status_code, response.reason_phrase, response.headers, content, tuple(findings))


def _raw(response: httpx.Response) -> Iterator[bytes]:
    """The chunks of a body; where the server hangs up too early, what came before is kept apart by `CutShort`."""
    try:
        yield from response.iter_raw()
    except httpcore.RemoteProtocolError as error:
        raise CutShort(str(error)) from error


def _validator(headers: httpx.Headers, name: str) -> str | None:
    """A validator as sent, where it is one that can be sent back."""
    value = headers.get(name)
    return value if value and len(value) <= _MAX_VALIDATOR and value.isprintable() else None


def _seconds(retry_after: str | None) -> float | None:
    """How long a server asks us to wait: a number of seconds, or a date (RFC 9110, 10.2.3)."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _content_type(header: str | None) -> tuple[str | None, str | None]:
    if not header:
        return None, None
    message = Message()
    message["content-type"] = header[:500].replace("\r", " ").replace("\n", " ")
    return message.get_content_type(), message.get_content_charset()
