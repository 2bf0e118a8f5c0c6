"""Bytes from the disk and from standard input: read once, up to a cap, every failure a named error."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from provenance.acquire.limits import Limits
from provenance.acquire.sniff import HTML, TEXT, Kind, sniff
from provenance.errors import EmptySource, NotFound, NotReadable, SourceError, TooLarge, UnknownFormat


def read_file(path: Path, cap: int, name: str | None = None) -> bytes:
    """The bytes of a regular file.

    Args:
        path: where it is.
        cap: the most bytes to take.
        name: how messages call it; the path by default.

    Raises:
        NotFound, NotReadable, TooLarge: as their names say; an empty file gives empty bytes.
    """
    name = name or str(path)
    with _named_errors(name):
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise NotReadable(f"{name} is not a regular file", "name a file or a folder; a stream can be piped in as -")
            return read_stream(stream, cap, name)


def exists(path: Path) -> bool:
    """Whether something can be seen there; a path that is none, or may not be looked at, is not there."""
    try:
        return path.exists()
    except (OSError, RuntimeError, ValueError):
        return False


def now() -> str:
    """This moment in UTC, to the second, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def read_stream(stream: BinaryIO, cap: int, name: str) -> bytes:
    """All bytes of a stream, at most `cap`; one more raises TooLarge."""
    content = stream.read(cap + 1)
    if len(content) > cap:
        raise too_large(name, cap)
    return content


def too_large(name: str, cap: int) -> TooLarge:
    """The error for a source over a cap of so many bytes."""
    return TooLarge(f"{name} is larger than {cap / 1_000_000:g} MB", "split it, or raise the limit if you trust it")


def unknown(kind: Kind, name: str) -> UnknownFormat:
    """The error for bytes of a kind that is not read here."""
    remedy = "give HTML, plain text, a picture, a video or a Telegram export"
    return UnknownFormat(f"{name} looks like {kind.name}, which is not read here", remedy)


def recognised(content: bytes, name: str, limits: Limits) -> Kind:
    """What the bytes are.

    Raises:
        EmptySource, UnknownFormat, TooLarge: nothing in it; nothing that is read here; a page over `limits.page_bytes`.
    """
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise EmptySource(f"{name} {'holds nothing but blanks' if content else 'is empty'}", "get it again from where it came")
    kind = sniff(content)
    if not kind.readable:
        raise unknown(kind, name)
    if kind.media_type in {HTML, TEXT} and len(content) > limits.page_bytes:
        raise too_large(name, limits.page_bytes)
    return kind


def walk(folder: Path) -> Iterator[Path | SourceError]:
    """The regular files under a folder, sorted by name, hidden ones left out.

    A sub-folder that cannot be listed is given as its error. Links to folders are not followed, so a loop ends;
    links to files are taken only when they lead to a file under the same folder.
    """
    root = folder.resolve()
    failed: list[SourceError] = []

    def note(error: OSError) -> None:
        failed.append(_as_ours(error, str(error.filename)))

    for here, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from failed
        failed.clear()
        yield from (path for name in sorted(names) if (path := Path(here, name)) and _is_source(path, root))
    yield from failed


def _is_source(path: Path, root: Path) -> bool:
    if path.name.startswith("."):
        return False
    try:
        if not path.is_symlink():
            return path.is_file()
        return not path.exists() or (path.is_file() and path.resolve().is_relative_to(root))
    except (OSError, RuntimeError):  # no permission, a loop
        return True  # reading it will tell why


@contextmanager
def _named_errors(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _as_ours(error, name) from error
    except ValueError as error:  # a NUL in the path
        raise NotFound(f"{name!r} is no possible path", "check the spelling") from error


def _as_ours(error: OSError, name: str) -> SourceError:
    if isinstance(error, PermissionError):
        return NotReadable(f"{name} may not be read: permission denied", "ask its owner, or run as a user who may")
    if isinstance(error, (FileNotFoundError, NotADirectoryError)) or error.errno in {errno.ENAMETOOLONG, errno.ELOOP}:
        return NotFound(f"{name} does not exist", "check the spelling and the folder that you are in")
    if isinstance(error, IsADirectoryError):
        return NotReadable(f"{name} is a folder", "name a file in it")
    return NotReadable(f"{name} cannot be read: {error.strerror or error}", "check the disk or the share that it is on")
