"""Every error that Provenance raises on purpose, as one tree.

    ProvenanceError                 what a person is told; never a traceback
    ├── UsageError                  the call is wrong: an option, a value (exit code 2)
    ├── SourceError                 one source could not be had or read (exit code 3); the others go on
    │   ├── NotFound                no such file, folder or record
    │   │   └── Redacted            bytes that were kept and had to go
    │   ├── NotReadable             there, but permission or the medium forbids reading it
    │   ├── EmptySource             nothing in it
    │   ├── UnknownFormat           bytes that are none of the formats read here
    │   ├── TooLarge                over a limit on bytes, pixels, frames or time
    │   ├── NotDecodable            the format is known, the bytes are broken
    │   └── FetchError              the network or the server failed
    │       ├── BlockedAddress      an address that must never be dialled
    │       ├── Disallowed          the site's robots.txt asks programs to stay away
    │       └── Unavailable         the server cannot answer now; later it may
    ├── StoreError                  the record could not be opened or written (exit code 3)
    │   ├── StoreNotWritable        read-only, no permission, no space left
    │   ├── StoreTooNew             written by a newer version of this program
    │   ├── StoreBusy               another process kept it locked for too long
    │   └── StoreDamaged            not a database of ours, or damaged
    └── EvidenceError               stored evidence does not verify (exit code 4)

Foreign errors become one of these at the one place that calls the foreign library, with `from`.
A message names the input; `remedy` tells what the reader can do about it.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command's exit status means; the numbers are a contract with other programs."""

    DONE = 0
    NOTHING_FOUND = 1
    USAGE = 2
    FAILED_PARTLY = 3
    NOT_VERIFIED = 4
    INTERRUPTED = 130


class ProvenanceError(Exception):
    """Base of the tree.

    Args:
        message: what went wrong, naming the input.
        remedy: what the reader can do about it; may be empty.
    """

    exit_code = ExitCode.FAILED_PARTLY

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} ({self.remedy})" if self.remedy else self.message


class UsageError(ProvenanceError):
    """The call is wrong: an option or a value."""

    exit_code = ExitCode.USAGE


class SourceError(ProvenanceError):
    """One source could not be had or read."""


class NotFound(SourceError):
    """No such file, folder or record."""


class Redacted(NotFound):
    """Bytes that were kept and had to go; the message says why."""


class NotReadable(SourceError):
    """It is there, but permission or the medium forbids reading it."""


class EmptySource(SourceError):
    """There is nothing in it."""


class UnknownFormat(SourceError):
    """Bytes that are none of the formats read here."""


class TooLarge(SourceError):
    """Over a limit on bytes, pixels, frames or time."""


class NotDecodable(SourceError):
    """The format is known, the bytes are broken."""


class FetchError(SourceError):
    """The network or the server failed.

    Args:
        message: what went wrong, naming the address.
        remedy: what the reader can do about it.
        status: the HTTP status, where the server answered.
    """

    def __init__(self, message: str, remedy: str = "", *, status: int | None = None) -> None:
        super().__init__(message, remedy)
        self.status = status


class BlockedAddress(FetchError):
    """An address that must never be dialled."""


class Disallowed(FetchError):
    """The site's robots.txt asks programs to stay away from it."""


class Unavailable(FetchError):
    """The server cannot answer now.

    Args:
        message: what went wrong, naming the address.
        remedy: what the reader can do about it.
        status: the HTTP status, where the server answered.
        retry_after: how many seconds the server asks us to wait, where it does.
    """

    def __init__(self, message: str, remedy: str = "", *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message, remedy, status=status)
        self.retry_after = retry_after


class StoreError(ProvenanceError):
    """The record could not be opened or written."""


class StoreNotWritable(StoreError):
    """Read-only, no permission, or no space left."""


class StoreTooNew(StoreError):
    """Written by a newer version of this program."""


class StoreBusy(StoreError):
    """Another process kept it locked for too long."""


class StoreDamaged(StoreError):
    """Not a database of ours, or damaged."""


class EvidenceError(ProvenanceError):
    """Stored evidence does not verify."""

    exit_code = ExitCode.NOT_VERIFIED
