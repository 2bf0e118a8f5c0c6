"""One web address fetched, the safe way: checked addresses only, every hop kept, time and bytes bounded.

The only module that imports httpx, so that a successor of it is one change.
"""

import hashlib
import re
import ssl
from collections.abc import Iterator
from contextlib import closing
from email.message import Message
from functools import cache

import httpcore
import httpx

from provenance.acquire.dialling import NETWORK_ERRORS, Budget, Dialler, GuardedBackend, Resolver, system_dialler, system_resolver
from provenance.acquire.files import now, recognised
from provenance.acquire.inflate import inflated
from provenance.acquire.limits import DEFAULT, Limits
from provenance.errors import FetchError
from provenance.records import Hop, Snapshot

_HEADERS = {"Accept": "text/html,image/*,video/*;q=0.9,*/*;q=0.5", "Accept-Encoding": "gzip, identity", "Connection": "close"}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_URL, _MAX_PORT = 8192, 65535
_HOST = re.compile(rb"[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}")
_FAILURES: tuple[type[Exception], ...] = (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, UnicodeError, *NETWORK_ERRORS)


@cache
def _trusted() -> ssl.SSLContext:
    """The certificate authorities that come with httpx, whatever the environment says; loading them takes time."""
    return httpx.create_ssl_context(trust_env=False)


class GuardedTransport(httpx.BaseTransport):
    """httpx's way to the network, with connections made by our own backend and no other."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=_trusted(), network_backend=backend, http2=False, retries=0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; the body is left to be read."""
        to = request.url
        url = httpcore.URL(scheme=to.raw_scheme, host=to.raw_host, port=to.port, target=to.raw_path)
        answer = self._pool.handle_request(httpcore.Request(request.method, url, headers=request.headers.raw))
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

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


def fetch(url: str, limits: Limits = DEFAULT, resolve: Resolver = system_resolver, dial: Dialler = system_dialler) -> Snapshot:
    """What a web address gives.

    Args:
        url: http or https, without user name and password.
        limits: bytes, seconds, redirects, ports.
        resolve: how names become addresses.
        dial: how a checked address is connected to.

    Raises:
        BlockedAddress: it, or a redirect of it, leads to an address or port that is never dialled.
        FetchError: the server or the network failed; TooLarge, EmptySource, UnknownFormat: what came cannot be taken.
    """
    backend = GuardedBackend(Budget(limits.fetch, url[:200]), resolve, dial)
    hops: list[Hop] = []
    if limits.fetch.offline:
        raise FetchError(f"{url[:200]} was not fetched: offline is set", "unset it, or save the page and give the file")
    try:
        with closing(GuardedTransport(backend)) as transport:
            return _followed(url, transport, backend, hops, limits)
    except _FAILURES as error:
        at = hops[-1].url if hops else url
        why = str(error) or type(error).__name__
        raise FetchError(f"{at[:200]} could not be fetched: {why}", "try again later, or save the page") from error


def _followed(url: str, transport: GuardedTransport, backend: GuardedBackend, hops: list[Hop], limits: Limits) -> Snapshot:
    target = _target(url, None)
    while True:
        request = httpx.Request("GET", target, headers={"User-Agent": limits.fetch.user_agent, **_HEADERS})
        with closing(transport.handle_request(request)) as response:
            hops.append(Hop(url=str(target), status=response.status_code, address=backend.dialled))
            if response.status_code not in _REDIRECTS:
                return _snapshot(url, response, tuple(hops), limits)
            if len(hops) > limits.fetch.redirects:
                raise FetchError(f"{url[:200]} redirects more than {limits.fetch.redirects} times", "give its last address")
            target = _target(response.headers.get("location", ""), target)


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


def _snapshot(url: str, response: httpx.Response, hops: tuple[Hop, ...], limits: Limits) -> Snapshot:
    if not response.is_success:
        raise FetchError(
            f"{hops[-1].url[:200]} answered {response.status_code} {response.reason_phrase}".rstrip(),
            "check it in a browser; save the page if it shows there",
        )
    encoding = response.headers.get("content-encoding", "")
    content = inflated(response.iter_raw(), encoding, limits.fetch.bytes, url[:200])
    kind = recognised(content, url[:200], limits)
    declared, charset = _content_type(response.headers.get("content-type"))
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
        final_url=hops[-1].url,
        hops=hops,
    )


def _content_type(header: str | None) -> tuple[str | None, str | None]:
    if not header:
        return None, None
    message = Message()
    message["content-type"] = header[:500].replace("\r", " ").replace("\n", " ")
    return message.get_content_type(), message.get_content_charset()
