"""Bytes exactly as received: files, folders, exports, standard input and web addresses, each a `Snapshot`.

`provenance.acquire.fetch.fetch(url)` fetches a single address; it is not named here because httpx takes time to load.
"""

from provenance.acquire.archive_form import archive_bytes
from provenance.acquire.limits import DEFAULT, FetchLimits, Limits
from provenance.acquire.manifest import Given, is_address
from provenance.acquire.sidecar import sidecar
from provenance.acquire.sources import Progress, fetch_bytes, read_bytes, snapshots

__all__ = [
    "DEFAULT",
    "FetchLimits",
    "Given",
    "Limits",
    "Progress",
    "archive_bytes",
    "fetch_bytes",
    "is_address",
    "read_bytes",
    "sidecar",
    "snapshots",
]
