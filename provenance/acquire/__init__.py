"""Bytes exactly as received: files, folders, exports, standard input and web addresses, each a `Snapshot`.

`the_web(limits)` is the polite way to addresses; httpx is loaded when it is first called, for that takes time.
"""

from provenance.acquire.archive_form import Form, archive_bytes, archive_of
from provenance.acquire.limits import DEFAULT, FetchLimits, Limits
from provenance.acquire.manifest import Given, is_address
from provenance.acquire.sidecar import sidecar
from provenance.acquire.sources import Held, Progress, Unpack, fetch_bytes, read_bytes, refetch, snapshots, the_web

__all__ = [
    "DEFAULT",
    "FetchLimits",
    "Form",
    "Given",
    "Held",
    "Limits",
    "Progress",
    "Unpack",
    "archive_bytes",
    "archive_of",
    "fetch_bytes",
    "is_address",
    "read_bytes",
    "refetch",
    "sidecar",
    "snapshots",
    "the_web",
]
