"""Watching: an address asked again and again, and what is new, changed or gone there since the last time.

`once` is one run of one watch; `rounds` the loop. It stands above the pipeline as look-ups do: the store, the way to the web and
the way to pictures are handed in, and nothing here knows SQL or HTTP.
"""

from provenance.watch.listing import target
from provenance.watch.means import Ask, Means, WatchKeeper
from provenance.watch.rounds import due_at, rounds
from provenance.watch.run import once

__all__ = ["Ask", "Means", "WatchKeeper", "due_at", "once", "rounds", "target"]
