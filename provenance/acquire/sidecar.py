"""A picture beside a saved page, and never anything outside the page's own folder."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from provenance.acquire.files import read_file
from provenance.acquire.limits import DEFAULT, Limits
from provenance.errors import NotFound
from provenance.records import Snapshot

_MAX_PATH = 1024
_FORBIDDEN = re.compile(r"^[/~]|\\|^[A-Za-z][A-Za-z0-9+.-]*:|[\x00-\x1f]|(?:^|/)\.\.(?:/|$)")


def sidecar(snapshot: Snapshot, local_path: str, limits: Limits = DEFAULT) -> bytes:
    """The bytes of a file that a saved page or an export names by a relative path.

    The path is tried as written, then percent-decoded, then without its query. It must lead, links followed, to a
    regular file in the folder of the page or below it.

    Args:
        snapshot: the page, read from a file.
        local_path: the path as the page writes it.
        limits: the most bytes to take.

    Raises:
        NotFound: no such file there, or the path leads (or tries to lead) elsewhere, or the page was not a file.
        NotReadable, TooLarge: it is there, but cannot be taken.
    """
    if snapshot.how != "file":
        raise NotFound(f"{local_path}: {snapshot.source} is no file, so nothing lies beside it", "save it with its pictures")
    folder = Path(snapshot.source).resolve().parent
    for path in _candidates(local_path):
        found = _inside(folder, path)
        if found:
            return read_file(found, limits.file_bytes, f"{path} (beside {snapshot.source})")
    raise NotFound(f"{local_path[:200]!r} is not beside {snapshot.source}", "save the page with its pictures, in one folder")


def _candidates(local_path: str) -> Iterator[str]:
    written = local_path.strip()
    bare = re.split(r"[?#]", written, maxsplit=1)[0]
    yield from dict.fromkeys((written, unquote(written), bare, unquote(bare)))


def _inside(folder: Path, path: str) -> Path | None:
    if not path or len(path) > _MAX_PATH or _FORBIDDEN.search(path):
        return None
    try:
        real = (folder / path).resolve()
        return real if real.is_relative_to(folder) and real.is_file() else None
    except (OSError, RuntimeError, ValueError):  # too long a name, a loop of links, a lone surrogate
        return None
