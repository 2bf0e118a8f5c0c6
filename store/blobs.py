"""Bytes as content-addressed files: written once, synced, never overwritten, hashed again on every read."""

import contextlib
import errno
import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from provenance.errors import EvidenceError, StoreError, StoreNotWritable, UsageError

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_STALE_SECONDS = 24 * 3600  # no write takes a day: a temporary file this old was left by a process that died
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes that are not whole in one folder, and the folder that has them whole."""

    sha256: str
    blobs: "Blobs"
    source: "Blobs"
    why: str


class Blobs:
    """A folder of blobs, each named by its sha256 in a folder named by the first two digits.

    Args:
        folder: where they lie; made when the first blob is written.
        copy: where a second copy of each lies, best on another disk; None for none.

    Attributes:
        temporary: a folder in it for files that may be removed when they are a day old.
    """

    def __init__(self, folder: Path, copy: Path | None = None) -> None:
        self.folder = folder
        self.temporary = folder / "tmp"
        self.copy = Blobs(copy) if copy else None

    def path(self, sha256: str) -> Path:
        """Where the blob lies or would lie.

        Raises:
            UsageError: no sha256 in lower-case hex; so no name from outside ever becomes a path.
        """
        if not _SHA256.fullmatch(sha256):
            raise UsageError(f"{sha256!r} is no sha256", "give 64 digits in lower-case hex")
        return self.folder / sha256[:2] / sha256

    def put(self, content: bytes) -> str:
        """Keep bytes and return their sha256; when this returns, they survive a power cut.

        Raises:
            StoreNotWritable: the folder is read-only or full.
            EvidenceError: a file of this name is there with other bytes.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path(sha256)
        try:
            if path.is_file():
                self._expect(path, sha256, path.read_bytes())
            else:
                self._write(path, content)
            self._sync(path)
        except OSError as error:
            raise _not_written(path, len(content), error) from error
        if self.copy:
            self.copy.put(content)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes of a blob; out of the second copy where the first is not whole.

        Raises:
            EvidenceError: they are missing, cannot be read, or do not have this sha256.
        """
        try:
            return self.here(sha256)
        except EvidenceError:
            if self.copy is None:
                raise
            with contextlib.suppress(EvidenceError):
                return self.copy.here(sha256)
            raise

    def here(self, sha256: str) -> bytes:
        """The bytes of a blob out of this folder only.

        Raises:
            EvidenceError: they are missing, cannot be read, or do not have this sha256.
        """
        path = self.path(sha256)
        try:
            with os.fdopen(os.open(path, os.O_RDONLY | _NO_FOLLOW), "rb") as file:
                content = file.read()
        except FileNotFoundError as error:
            raise EvidenceError(f"{path}: the bytes are missing", "restore the file from a backup") from error
        except OSError as error:
            raise EvidenceError(
                f"{path}: the bytes cannot be read: {error.strerror}", "check the disk and the permissions"
            ) from error
        self._expect(path, sha256, content)
        return content

    def replace(self, content: bytes) -> None:
        """Put whole bytes in the place of damaged or missing ones; what was there is kept in the folder `damaged`.

        Raises:
            StoreNotWritable: the folder is read-only or full.
        """
        path = self.path(hashlib.sha256(content).hexdigest())
        try:
            if path.exists():
                aside = self.folder / "damaged"
                _make_folder(aside)
                path.replace(aside / f"{path.name}.{secrets.token_hex(4)}")
            self._write(path, content)
            self._sync(path)
        except OSError as error:
            raise _not_written(path, len(content), error) from error

    def damages(self, sha256: str) -> Iterator[tuple[Damage, bytes]]:
        """Where a blob is not whole here and is in the second copy, or the other way round; with the whole bytes."""
        for one, other in ((self, self.copy), (self.copy, self)):
            if one is None or other is None:
                continue
            try:
                one.here(sha256)
            except EvidenceError as error:
                with contextlib.suppress(EvidenceError):
                    yield Damage(sha256, one, other, error.message), other.here(sha256)

    def remove(self, sha256: str) -> None:
        """Take bytes away for good, here and in the second copy; those that are not there are gone already.

        Raises:
            StoreNotWritable: they cannot be removed.
        """
        path = self.path(sha256)
        try:
            for there in (path, *self.folder.glob(f"damaged/{sha256}.*"), *self.folder.glob(f"tmp/{sha256}.*")):
                there.unlink(missing_ok=True)
            if path.parent.is_dir():
                _sync_folder(path.parent)
        except OSError as error:
            raise StoreNotWritable(
                f"{path}: cannot be removed: {error.strerror}", "check the permissions, then run it again"
            ) from error
        if self.copy:
            self.copy.remove(sha256)

    def holds(self, sha256: str) -> bool:
        """Whether a file of this name is here or in the second copy."""
        return self.path(sha256).exists() or bool(self.copy and self.copy.holds(sha256))

    def __iter__(self) -> Iterator[str]:
        """The sha256 of every blob in the folder, by name only."""
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            if _SHA256.fullmatch(path.name):
                yield path.name

    def size(self, sha256: str) -> int | None:
        """How many bytes a blob has; None where it is not there."""
        try:
            return self.path(sha256).stat().st_size
        except OSError:
            return None

    def sizes(self) -> tuple[int, int]:
        """How many blobs there are, and how many bytes they have together."""
        sizes = [self.path(sha256).stat().st_size for sha256 in self]
        return len(sizes), sum(sizes)

    def sweep(self) -> None:
        """Remove temporary files that a process which died has left."""
        with contextlib.suppress(OSError):
            for path in self.temporary.iterdir():
                if time.time() - path.stat().st_mtime > _STALE_SECONDS:
                    path.unlink(missing_ok=True)

    def _expect(self, path: Path, sha256: str, content: bytes) -> None:
        if hashlib.sha256(content).hexdigest() != sha256:
            raise EvidenceError(f"{path}: the bytes are not those that were kept", "restore the file from a backup")

    def _write(self, path: Path, content: bytes) -> None:
        """Temporary name, sync, rename, sync the folder: the name never stands for half of the bytes."""
        for folder in (self.temporary, path.parent):
            _make_folder(folder)
        temporary = self.temporary / f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}"
        try:
            with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW, 0o444), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)

    def _sync(self, path: Path) -> None:
        """Sync the names; also of a blob that was there, for the process that renamed it may not have come so far."""
        for folder in (path.parent, self.folder):
            _sync_folder(folder)


def write_file(path: Path, content: bytes) -> None:
    """Write a small file as a whole or not at all; it survives a power cut when this returns."""
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_bytes(content)
    put_in_place(temporary, path)


def put_in_place(temporary: Path, path: Path) -> None:
    """Sync a finished file, give it its name, sync its folder."""
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(path)
    _sync_folder(path.parent)


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each synced into its parent."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder to sync it
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _not_written(path: Path, size: int, error: OSError) -> StoreError:
    if error.errno in _NO_SPACE:
        return StoreNotWritable(f"{path}: no space left for {size} bytes", "free space there, then run the same command again")
    return StoreNotWritable(
        f"{path}: cannot be written: {error.strerror}", "check the folder's permissions, or choose another with --blobs"
    )
