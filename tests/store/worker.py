"""A process of its own that works on a store: `worker.py ACTION FOLDER NAME COUNT [LIMIT]`; prints one line per document kept."""

import resource
import sys
from pathlib import Path

import factory

from provenance.errors import ProvenanceError


def ingest(folder: Path, name: str, count: int) -> None:
    """Keep `count` documents; every second one is the same for every process."""
    with factory.opened(folder) as store:
        print("ready", flush=True)
        for number in range(count):
            content = f"<p>{'all' if number % 2 else name} {number}</p>".encode()
            stored, _ = factory.add(store, content, picture=b"picture of " + content)
            print(stored.id, flush=True)


def fill(folder: Path, limit: int) -> None:
    """Keep ever more bytes under a limit on the size of a file, until it is refused."""
    with factory.opened(folder) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        for number in range(10_000):
            content = (b"%d " % number) * (60 if number % 2 else 6_000)
            stored, _ = factory.add(store, content, picture=None)
            print(stored.id, flush=True)


if __name__ == "__main__":
    action, where, what, amount = sys.argv[1:5]
    try:
        if action == "ingest":
            ingest(Path(where), what, int(amount))
        else:
            fill(Path(where), int(amount))
    except ProvenanceError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(int(error.exit_code))
