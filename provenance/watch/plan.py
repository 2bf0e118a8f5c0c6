"""What a run has to do, from what is listed now, what was listed before, and what is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from provenance.watch.known import MOST_TRIES, Known
from provenance.watch.listing import Entry, Listing, missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One entry to look at: `new` and `edited` ones are listed, one to `check` is listed no more."""

    what: Literal["new", "edited", "check"]
    key: str
    url: str
    headline: str | None = None
    digest: str | None = None


def jobs(listing: Listing, known: dict[str, Known], passed: frozenset[str]) -> list[Job]:
    """All that there is to do: changed entries first, then new ones, in the order of the list."""
    listed = [job for entry in listing.entries if entry.key not in passed and (job := _listed(entry, known.get(entry.key)))]
    return sorted(listed, key=lambda job: job.what == "new")


def checks(listing: Listing, before: Listing | None, known: dict[str, Known]) -> list[Job]:
    """The entries that should be listed and are not, and those of which this could not be found out the last time."""
    had = frozenset(key for key, entry in known.items() if entry.document and not entry.gone)
    open_ones = (key for key in had.difference(listing.keys) if known[key].last == "not-checked")
    keys = dict.fromkeys((*missing(listing, before, had), *sorted(open_ones)))
    return list(_checks(keys, known))


def _checks(keys: dict[str, None], known: dict[str, Known]) -> Iterator[Job]:
    for key in keys:
        entry = known[key]
        yield Job(what="check", key=key, url=entry.url or key, headline=entry.headline, digest=entry.digest)


def _listed(entry: Entry, known: Known | None) -> Job | None:
    if entry.url is None:
        return None
    changed = known is not None and entry.digest is not None and entry.digest != known.digest
    if known is None or known.document is None:
        wanted: Literal["new", "edited"] | None = "new" if known is None or known.tries < MOST_TRIES or changed else None
    else:
        wanted = "edited" if changed or known.gone or 0 < known.tries < MOST_TRIES else None
    if wanted is None:
        return None
    return Job(what=wanted, key=entry.key, url=entry.url, headline=entry.headline, digest=entry.digest)
