"""Makes a small store of this version's schema, to be kept for ever: `python tests/store/old/make.py`, run once a revision.

The archive is named by the revision; `tests/store/test_old.py` opens every one with the program as it is.
"""

import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[2]), str(HERE.parent)]

import factory  # noqa: E402 - the path is set above

from provenance.records import AppearanceKey  # noqa: E402 - the same
from store import schema  # noqa: E402 - the same


def fill(folder: Path) -> None:
    """Three documents that share pictures, a link, a verdict, a failure."""
    with factory.opened(folder) as store:
        keys = [AppearanceKey(factory.add(store, b"page %d" % n, b"picture %d" % (n % 2))[0].id, "m1") for n in range(3)]
        store.decide("link", keys[0], keys[1], who="Ada", why="the same crane")
        store.assess("v1", keys[0], "miscaptioned", who="Ada", why="from 2019")
        store.add_failure("gone.html", "2026-03-04T05:06:07Z", "no such file", who="Ada")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        fill(Path(scratch))
        with tarfile.open(HERE / f"{schema.HEAD}.tar.xz", "w:xz") as archive:
            archive.add(scratch, ".", filter=lambda member: None if "desk.db.index" in member.name else member)
