"""How much this program is willing to take in, and from where on the network."""

from dataclasses import dataclass

from provenance import __version__

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """What a fetch may cost, and where it may go.

    `seconds` is the time for everything from the first look-up to the last byte, `idle_seconds` the longest silence
    between bytes. `offline` refuses every fetch. `loopback` lets the tests' own server be reached, on any port; nothing else
    may set it.

    Towards a host: `pause_seconds` between two requests (its robots.txt may ask for up to `crawl_delay_most`), never two at
    once, and `hosts_at_once` different ones. A server that is busy is asked `attempts` times, after as many seconds as it
    says, up to `retry_after_most`. `robots` tells whether robots.txt is honoured, `environment_proxies` whether HTTP_PROXY
    and its like are used: then the proxy dials, and addresses are not checked here.
    """

    bytes: int = 20 * MEGABYTE
    seconds: float = 30.0
    idle_seconds: float = 10.0
    redirects: int = 5
    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})
    user_agent: str = f"provenance-desk/{__version__} (newsroom verification; reads single pages on request)"
    pause_seconds: float = 0.5
    crawl_delay_most: float = 10.0
    hosts_at_once: int = 8
    attempts: int = 3
    retry_after_most: float = 60.0
    robots: bool = True
    environment_proxies: bool = False
    offline: bool = False
    loopback: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that is read of one source, in bytes; `page_bytes` holds for HTML and text, `file_bytes` for all else."""

    file_bytes: int = 100 * MEGABYTE
    page_bytes: int = 20 * MEGABYTE
    manifest_rows: int = 100_000
    fetch: FetchLimits = FetchLimits()


DEFAULT = Limits()
