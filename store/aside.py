"""What was fetched for documents that are not kept yet, so that a run that is killed need not fetch it again.

No evidence and no part of the record: files among the temporary ones, gone with their document or after a day.
"""

import contextlib
import dataclasses
import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from provenance.errors import EvidenceError
from provenance.records import Snapshot
from store.codec import canonical, decode, parsed
from store.writing import facts


class Aside:
    """A folder of snapshots, each a line of JSON and its bytes, under the sha256 of its address.

    Args:
        folder: where they lie; made when the first is laid aside.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, snapshot: Snapshot) -> None:
        """Lay a snapshot aside; where that cannot be done, it is merely fetched again one day."""
        head = canonical(facts(snapshot)).encode("ascii")
        path = self._path(snapshot.source)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            temporary.write_bytes(head + b"\n" + snapshot.content)
            temporary.replace(path)

    def get(self, url: str) -> Snapshot | None:
        """What was laid aside of an address, if it is whole."""
        try:
            head, _, content = self._path(url).read_bytes().partition(b"\n")
            snapshot = decode(Snapshot, {**parsed(head.decode("ascii")), "content": b""})
        except (OSError, EvidenceError, UnicodeError):
            return None
        whole = snapshot.source == url and snapshot.sha256 == hashlib.sha256(content).hexdigest()
        return dataclasses.replace(snapshot, content=content) if whole else None

    def drop(self, urls: Iterable[str]) -> None:
        """Remove what is kept with its documents now."""
        for url in urls:
            with contextlib.suppress(OSError):
                self._path(url).unlink()

    def remove(self, sha256: str) -> None:
        """Remove bytes that must go."""
        with contextlib.suppress(OSError):
            for path in self._folder.glob("fetched-*"):
                if hashlib.sha256(path.read_bytes().partition(b"\n")[2]).hexdigest() == sha256:
                    path.unlink(missing_ok=True)

    def _path(self, url: str) -> Path:
        return self._folder / f"fetched-{hashlib.sha256(url.encode('utf-8', 'surrogatepass')).hexdigest()}"
