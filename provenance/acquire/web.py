"""One run's way to the web: robots.txt, one request a host at a time, retries, several hosts at once."""

import random
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from queue import SimpleQueue
from urllib.parse import urlsplit

import httpx
from protego import Protego
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from provenance.acquire.dialling import Dialler, Resolver, system_dialler, system_resolver
from provenance.acquire.fetch import Exchange
from provenance.acquire.limits import DEFAULT, Limits
from provenance.acquire.politeness import Robots, RobotsBook, Sleep, Turns
from provenance.errors import BlockedAddress, Disallowed, FetchError, SourceError, TooLarge, Unavailable
from provenance.records import Snapshot, Unchanged, Validators

AGENT = "provenance-desk"
"""The name that a robots.txt may address us by."""

_ROBOTS_BYTES = 512_000  # RFC 9309, 2.5 asks for at least 500 KiB
_MISSING = frozenset(range(400, 500)) - {429}  # a server that is busy has not said that there is none
_FIRST_WAIT = 1.0


class Web:
    """Fetches politely; one instance serves one run, from any number of threads.

    Args:
        limits: what a fetch may cost, and how hosts are treated.
        resolve: how names become addresses.
        dial: how a checked address is connected to.
        sleep: how to wait; by default so that an interrupted batch need not be waited for.
    """

    def __init__(
        self,
        limits: Limits = DEFAULT,
        resolve: Resolver = system_resolver,
        dial: Dialler = system_dialler,
        sleep: Sleep | None = None,
    ) -> None:
        self._limits = limits
        self._stopped = threading.Event()
        self._resolve, self._dial, self._sleep = resolve, dial, sleep or self._wait_out
        self._turns = Turns(limits.fetch.pause_seconds, self._sleep)
        self._robots = RobotsBook(self._read_robots)

    def get(self, url: str) -> Snapshot:
        """What an address gives.

        Raises:
            Disallowed: the site's robots.txt forbids it.
            SourceError: as `fetch`.
        """
        found = self._got(url, None)
        assert isinstance(found, Snapshot)  # noqa: S101 - nothing was known that could be unchanged
        return found

    def refetch(self, url: str, known: Validators) -> Snapshot | Unchanged:
        """What an address gives now, or that this has not changed.

        Raises:
            Disallowed: the site's robots.txt forbids it.
            SourceError: as `fetch`.
        """
        return self._got(url, known)

    def get_many(self, urls: Iterable[str]) -> Iterator[tuple[str, Snapshot | SourceError]]:
        """What each of several addresses gives, as it comes: several hosts at once, each host one after the other."""
        by_host: defaultdict[str, list[str]] = defaultdict(list)
        for url in dict.fromkeys(urls):
            by_host[_host(url)].append(url)
        done: SimpleQueue[tuple[str, Snapshot | SourceError]] = SimpleQueue()
        with ThreadPoolExecutor(max_workers=self._limits.fetch.hosts_at_once) as pool:
            for waiting in by_host.values():
                pool.submit(self._in_turn, waiting, done)
            try:
                for _ in range(sum(map(len, by_host.values()))):
                    yield done.get()
            finally:
                self._stopped.set()
                pool.shutdown(cancel_futures=True)
                self._stopped.clear()

    def _wait_out(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise FetchError("the run was interrupted", "run it again")

    def _in_turn(self, urls: list[str], done: "SimpleQueue[tuple[str, Snapshot | SourceError]]") -> None:
        for url in urls:
            if self._stopped.is_set():
                return
            try:
                done.put((url, self.get(url)))
            except SourceError as error:
                done.put((url, error))

    def _got(self, url: str, known: Validators | None) -> Snapshot | Unchanged:
        exchange = Exchange(self._limits, self._resolve, self._dial, self._gate)
        return self._retrying(exchange)(self._asked, exchange, url, known)

    def _retrying(self, exchange: Exchange) -> Retrying:
        """How often and when to ask again; each wait is kept with the request that led to it."""
        return Retrying(
            stop=stop_after_attempt(self._limits.fetch.attempts),
            retry=retry_if_exception(self._is_worth_it),
            wait=self._wait,
            before_sleep=lambda state: exchange.note_wait(state.upcoming_sleep),
            sleep=self._sleep,
            reraise=True,
        )

    def _asked(self, exchange: Exchange, url: str, known: Validators | None) -> Snapshot | Unchanged:
        answer = exchange.ask(url, known)
        unchanged = exchange.unchanged(url, answer, known) if known else None
        return unchanged or exchange.snapshot(url, answer)

    def _is_worth_it(self, error: BaseException) -> bool:
        """Whether to ask again; a server that wants to be left alone for long is left alone."""
        return isinstance(error, Unavailable) and (error.retry_after or 0) <= self._limits.fetch.retry_after_most

    def _wait(self, state: RetryCallState) -> float:
        """As long as the server asks, within reason; else longer each time, with some jitter."""
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, Unavailable) else None
        backing_off = _FIRST_WAIT * 2 ** (state.attempt_number - 1) * random.uniform(0.5, 1.5)  # noqa: S311 - jitter is no secret
        return backing_off if asked is None else asked

    @contextmanager
    def _gate(self, target: httpx.URL) -> Iterator[None]:
        delay = 0.0
        if self._limits.fetch.robots:
            robots = self._robots.of(target.scheme, target.host, target.port)
            if not robots.allows(str(target), AGENT):
                raise _refused(str(target)[:200], robots.trouble)
            delay = min(robots.delay(AGENT), self._limits.fetch.crawl_delay_most)
        with self._turns.turn(target.host, delay):
            yield

    def _read_robots(self, url: str) -> Robots:
        """What a robots.txt says; one that answers 4xx is none, one that cannot be had forbids all (RFC 9309, 2.3.1)."""
        capped = replace(self._limits, fetch=replace(self._limits.fetch, bytes=_ROBOTS_BYTES))
        exchange = Exchange(capped, self._resolve, self._dial, lambda target: self._turns.turn(target.host), cut=True)
        try:
            return self._retrying(exchange)(_asked_robots, exchange, url)
        except TooLarge as error:
            return Robots(trouble=FetchError(error.message, error.remedy, status=200))
        except FetchError as error:
            return Robots(trouble=error)


def _asked_robots(exchange: Exchange, url: str) -> Robots:
    answer = exchange.ask(url)
    if answer.status in _MISSING:
        return Robots()
    exchange.require_success(answer)
    whole = answer.content.rpartition(b"\n")[0] if answer.findings else answer.content  # half a line would be another rule
    return _robots(whole)


def _robots(content: bytes) -> Robots:
    return Robots(rules=Protego.parse(content.decode("utf-8", "replace")))


def _refused(url: str, trouble: FetchError | None) -> FetchError:
    """Why an address is not asked: robots.txt says so or could not be read, or the host could not be asked at all."""
    if trouble and trouble.status is None:
        kind = BlockedAddress if isinstance(trouble, BlockedAddress) else FetchError
        return kind(f"{url} was not fetched: {trouble.message}", trouble.remedy)
    why = f"could not be read ({trouble.message})" if trouble else "asks programs not to"
    return Disallowed(
        f"{url} was not fetched: the site's robots.txt {why}",
        "save the page in a browser, or give --ignore-robots if your desk may",
    )


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""
