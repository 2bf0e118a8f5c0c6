"""Good manners towards a host: one request at a time, a pause between two, and what its robots.txt asks for."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from protego import Protego

from provenance.errors import FetchError

Sleep: TypeAlias = Callable[[float], None]
ReadRobots: TypeAlias = Callable[[str], "Robots"]
"""From the address of a robots.txt to what it says; never raises."""

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Robots:
    """What a robots.txt says, by RFC 9309: without one (4xx) all is allowed, and one that cannot be had forbids all.

    `trouble` tells why it could not be had.
    """

    rules: Protego | None = None
    trouble: FetchError | None = None

    def allows(self, url: str, agent: str) -> bool:
        """Whether a program of this name may ask for an address."""
        return self.trouble is None and (self.rules is None or bool(self.rules.can_fetch(url, agent)))

    def delay(self, agent: str) -> float:
        """The seconds between two requests that it asks for; 0 where it asks for none."""
        asked = self.rules.crawl_delay(agent) if self.rules else None
        return float(asked) if asked else 0.0


@dataclass
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0


class Turns:
    """Who may speak to a host when; shared by all threads of a run.

    Args:
        pause: the seconds between two requests to one host.
        sleep: how to wait.
    """

    def __init__(self, pause: float, sleep: Sleep = time.sleep) -> None:
        self._pause = pause
        self._sleep = sleep
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        self._new = threading.Lock()

    @contextmanager
    def turn(self, host: str, delay: float = 0.0) -> Iterator[None]:
        """Hold a host for one request; the next may come after the pause, or after `delay` seconds if that is longer."""
        with self._new:
            its = self._hosts[host]
        with its.lock:
            if (wait := its.free_at - time.monotonic()) > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                its.free_at = time.monotonic() + max(self._pause, delay)


class RobotsBook:
    """The robots.txt of each origin that was asked, read once a run.

    Args:
        read: how to get one.
    """

    def __init__(self, read: ReadRobots) -> None:
        self._read = read
        self._known: dict[str, Robots] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._new = threading.Lock()

    def of(self, scheme: str, host: str, port: int | None) -> Robots:
        """What the robots.txt of an origin says."""
        named = f"[{host}]" if ":" in host else host
        origin = f"{scheme}://{named}" + (f":{port}" if port and port != _PORTS.get(scheme) else "")
        with self._new:
            lock = self._locks[origin]
        with lock:
            if origin not in self._known:
                self._known[origin] = self._read(f"{origin}/robots.txt")
            return self._known[origin]
