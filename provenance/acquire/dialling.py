"""Connections that are made only to addresses that were checked, and end at a deadline.

httpx has no public hook for this; httpcore has: a `NetworkBackend`. Names are resolved once, every address of the answer
is checked, and the checked literal is dialled, so that no second answer can lead elsewhere. Host and SNI stay the name's.
"""

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import httpcore

from provenance.acquire.addresses import is_loopback, is_public
from provenance.acquire.limits import FetchLimits
from provenance.errors import BlockedAddress, FetchError, TooLarge, Unavailable

Resolver: TypeAlias = Callable[[str, int], list[str]]
"""Gives the addresses of a host, as text; raises OSError when there are none."""

Dialler: TypeAlias = Callable[[str, int, float], httpcore.NetworkStream]
"""Connects to a literal address and port within so many seconds."""

_HEADER_ALLOWANCE = 1_000_000  # headers, chunk frames and redirects on top of the body, in bytes


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses that the system's resolver gives, in its order."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def system_dialler(address: str, port: int, seconds: float) -> httpcore.NetworkStream:
    """A TCP connection to a literal address."""
    return httpcore.SyncBackend().connect_tcp(address, port, timeout=seconds)


@dataclass
class Budget:
    """What is left of the time and bytes of one fetch, all its redirects together."""

    limits: FetchLimits
    name: str
    ends: float = field(init=False)
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.ends = time.monotonic() + self.limits.seconds
        self.left = self.limits.bytes + _HEADER_ALLOWANCE

    def seconds(self) -> float:
        """How long the next wait may last."""
        rest = self.ends - time.monotonic()
        if rest <= 0:
            raise FetchError(f"{self.name} took longer than {self.limits.seconds:g} s", "try again later, or save the page")
        return min(rest, self.limits.idle_seconds)

    def waited(self, seconds: float) -> None:
        """Leave out time that was spent waiting for a host's turn."""
        self.ends += seconds

    def spend(self, count: int) -> None:
        """Take bytes that came over the wire off the budget."""
        self.left -= count
        if self.left < 0:
            raise TooLarge(f"{self.name} sends more than {self.limits.bytes / 1_000_000:g} MB", "save what you need of it")


class GuardedStream(httpcore.NetworkStream):
    """A stream that reads and writes within a budget."""

    def __init__(self, inner: httpcore.NetworkStream, budget: Budget) -> None:
        self._inner = inner
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002  # the budget knows better
        """At most so many bytes."""
        data = self._inner.read(max_bytes, self._budget.seconds())
        self._budget.spend(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002  # the same
        """Send it all."""
        self._inner.write(buffer, self._budget.seconds())

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002  # the same
    ) -> httpcore.NetworkStream:
        """The same stream under TLS, the certificate checked against the name."""
        try:
            secured = self._inner.start_tls(ssl_context, server_hostname, self._budget.seconds())
        except httpcore.ConnectError as error:
            raise _untrusted(error, server_hostname) from error
        return GuardedStream(secured, self._budget)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._inner.get_extra_info(info)


def _untrusted(error: httpcore.ConnectError, name: str | None) -> Exception:
    """A server that cannot show who it is will not do better later; one that only hangs up may."""
    cause = error.__cause__
    if not isinstance(cause, ssl.SSLError) or isinstance(cause, ssl.SSLEOFError):
        return error
    why = cause.verify_message if isinstance(cause, ssl.SSLCertVerificationError) else cause.reason
    return FetchError(f"{name} could not show by TLS that it is {name}: {why}", "check it in a browser")


class GuardedBackend(httpcore.NetworkBackend):
    """Resolves, checks, dials the literal."""

    def __init__(self, budget: Budget, resolve: Resolver = system_resolver, dial: Dialler = system_dialler) -> None:
        self._budget = budget
        self._resolve = resolve
        self._dial = dial
        self.dialled: str | None = None

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002  # the budget knows better
        local_address: str | None = None,  # noqa: ARG002  # not offered
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002  # the same
    ) -> httpcore.NetworkStream:
        """A connection to the host, if every one of its addresses may be dialled."""
        addresses = checked(host, port, resolved(host, port, self._resolve, self._budget), self._budget.limits)
        last: Exception | None = None
        for address in addresses:
            try:
                stream = self._dial(address, port, self._budget.seconds())
            except httpcore.ConnectError as error:
                last = error
            else:
                self.dialled = address
                return GuardedStream(stream, self._budget)
        raise Unavailable(f"{host} does not answer at {', '.join(addresses)}: {last}", "try again later") from last


class ProxyBackend(httpcore.NetworkBackend):
    """Dials a proxy that the user asked for, wherever it is; which addresses may be reached is then the proxy's to say."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.dialled: str | None = None

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002  # the budget knows better
        local_address: str | None = None,  # noqa: ARG002  # not offered
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002  # the same
    ) -> httpcore.NetworkStream:
        """A connection to the proxy."""
        return GuardedStream(httpcore.SyncBackend().connect_tcp(host, port, timeout=self._budget.seconds()), self._budget)


def resolved(host: str, port: int, resolve: Resolver, budget: Budget) -> list[str]:
    """The addresses of a host; the look-up runs aside, because the system's resolver knows no time limit."""
    answers: queue.Queue[list[str] | Exception] = queue.Queue()

    def look_up() -> None:
        try:
            answers.put(resolve(host, port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        answer = answers.get(timeout=budget.seconds())
    except queue.Empty:
        raise FetchError(f"{host} was not found in time", "try again later, or check the network") from None
    if isinstance(answer, Exception):
        raise FetchError(f"{host} has no address: {answer}", "check the spelling, or the network") from answer
    return answer


def checked(host: str, port: int, addresses: list[str], limits: FetchLimits) -> list[str]:
    """The addresses, when each of them and the port may be dialled.

    Raises:
        BlockedAddress: one of them may not.
    """
    own = limits.loopback and bool(addresses) and all(map(is_loopback, addresses))
    blocked = [] if own else [address for address in addresses if not is_public(address)]
    if blocked or not addresses:
        raise BlockedAddress(
            f"{host} leads to {', '.join(blocked) or 'no address'}, which is not on the public internet",
            "save the page and give the file",
        )
    if not own and port not in limits.ports:
        raise BlockedAddress(f"{host}: port {port} is not dialled", f"only {', '.join(map(str, sorted(limits.ports)))}")
    return addresses


NETWORK_ERRORS: tuple[type[Exception], ...] = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpcore.ProxyError,
    OSError,
)
"""All that a connection can raise on its own."""
