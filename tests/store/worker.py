"""Processes of their own that work on a store: `worker.py ACTION FOLDER NUMBER NUMBER`; prints the id of each document kept.

A document's id is printed only when the store has returned, so what is printed must never be lost.
"""

import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import factory

from provenance.errors import ProvenanceError

MOST = 200


def tell(line: str) -> None:
    """A line that has left this process when this returns."""
    os.write(1, f"{line}\n".encode())


def ingest(folder: Path, name: str, count: int) -> None:
    """Keep `count` documents; every second one is the same for every process."""
    with factory.opened(folder) as store:
        for number in range(count):
            content = f"<p>{'all' if number % 2 else name} {number}</p>".encode()
            stored, _ = factory.add(store, content, picture=b"picture of " + content)
            tell(stored.id)


def forked(work: Callable[..., None], *arguments: object) -> int:
    """Do something in a child process; returns its number."""
    child = os.fork()
    if child == 0:
        try:
            work(*arguments)
        except BaseException as error:  # noqa: BLE001 - a child never returns into its parent's code
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
            os._exit(1)
        os._exit(0)
    return child


def kill(folder: Path, rounds: int, seed: int) -> None:
    """Kill a child that is ingesting, at random moments; verify after each."""
    moments = random.Random(seed)  # noqa: S311 - reproducible moments
    for number in range(rounds):
        child = forked(ingest, folder, f"round {number}", MOST)
        time.sleep(moments.uniform(0.02, 0.5))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with factory.opened(folder) as store:
            for item in store.verify():
                if item.result == "failed":
                    raise SystemExit(f"round {number}: {item}")
            for stored in store.documents():
                tell(stored.id)


def crowd(folder: Path, processes: int, count: int) -> None:
    """Several children open the same store and fill it."""
    children = [forked(ingest, folder, f"process {number}", count) for number in range(processes)]
    if any(os.waitpid(child, 0)[1] for child in children):
        raise SystemExit(1)


def fill(folder: Path, limit: int, _: int) -> None:
    """Keep ever more bytes under a limit on the size of a file, until it is refused."""
    with factory.opened(folder) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        for number in range(10_000):
            content = (b"%d " % number) * (60 if number % 2 else 6_000)
            stored, _ = factory.add(store, content, picture=None)
            tell(stored.id)


if __name__ == "__main__":
    action = {"kill": kill, "crowd": crowd, "fill": fill}[sys.argv[1]]
    try:
        action(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    except ProvenanceError as problem:
        sys.stderr.write(f"{type(problem).__name__}: {problem}\n")
        sys.exit(int(problem.exit_code))
