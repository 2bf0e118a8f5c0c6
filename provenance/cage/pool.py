"""The parent's side: one child that is started when it is first needed, used again, and replaced when it dies."""

import atexit
import json
import os
import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TypeVar

from provenance import errors
from provenance.cage import worker
from provenance.cage.frames import Message, TooMuch, receive, send
from provenance.cage.limits import CageLimits
from provenance.errors import NotDecodable, ProvenanceError
from provenance.from_json import from_json
from provenance.records import Asset, Document, Sketch, Snapshot

T = TypeVar("T")
_REMEDY = "the bytes are as they were; open them with care in a program of their own"
_ITEMS = 2000
"""Items after which a child is replaced: what a C library leaks stays small."""
_SPARE = 2
"""Children kept for the next item."""


class Cage:
    """Reads hostile bytes in a child process; may be used from several threads.

    Args:
        limits: what one item may cost.
        fork: always fork the child off this process, even where other threads run in it.
    """

    def __init__(self, limits: CageLimits = CageLimits(), *, fork: bool = False) -> None:  # noqa: B008 - frozen, shared safely
        self._limits = limits
        self._fork = fork
        self._lock = threading.Lock()
        self._idle: list[_Child] = []

    def asset(self, content: bytes) -> Asset:
        """A picture's hashes and metadata.

        Raises:
            SourceError: as `fingerprint.fingerprint`; NotDecodable where its decoder had to be stopped.
        """
        (answer,) = list(self._ask("a picture", Message({"task": "asset"}, (content,))))
        return _record(Asset, answer)

    def thumbnail(self, content: bytes) -> bytes:
        """A small PNG of a picture.

        Raises:
            SourceError: as `fingerprint.thumbnail`; NotDecodable where its decoder had to be stopped.
        """
        (answer,) = list(self._ask("a picture", Message({"task": "thumbnail"}, (content,))))
        return answer.blobs[0]

    def sketch(self, content: bytes) -> Sketch:
        """What the geometric comparison needs of a picture.

        Raises:
            SourceError: as `fingerprint.sketch`; NotDecodable where its decoder had to be stopped.
        """
        (answer,) = list(self._ask("a picture", Message({"task": "sketch"}, (content,))))
        try:
            grey, points, descriptors = answer.blobs
            facts = {"width": int(answer.said["width"]), "height": int(answer.said["height"])}
            frames = tuple(tuple(float(v) for v in frame) for frame in answer.said["frames"])
        except (KeyError, TypeError, ValueError) as error:
            raise NotDecodable("its decoder gave no sound answer", _REMEDY) from error
        return Sketch(**facts, grey=grey, points=points, descriptors=descriptors, frames=frames)

    def documents(self, snapshot: Snapshot) -> Iterator[Document]:
        """The documents of a snapshot, as they are read.

        Raises:
            SourceError: as `pipeline.read_documents`; NotDecodable where its parser had to be stopped.
        """
        asked = Message({"task": "documents", "snapshot": worker.snapshot_facts(snapshot)}, (snapshot.content,))
        for answer in self._ask(snapshot.source, asked):
            yield _record(Document, answer)

    def close(self) -> None:
        """End every child that is not at work."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()

    def _ask(self, what: str, message: Message) -> Iterator[Message]:
        child = self._borrowed()
        try:
            yield from child.answers(what, message)
        finally:
            self._given_back(child)

    def _borrowed(self) -> "_Child":
        """A child that is at nobody else's work: pictures are decoded while a page's documents are still being read."""
        with self._lock:
            ours = [child for child in self._idle if child.owner == os.getpid()]
            found = ours.pop() if ours else None
            self._idle = ours
        return found or _Child(self._limits, fork=self._fork)

    def _given_back(self, child: "_Child") -> None:
        """Keep a child that has said all it had to; one that died, or is in the middle of an answer, is ended."""
        with self._lock:
            keep = child.is_sound and child.items < _ITEMS and len(self._idle) < _SPARE
            if keep:
                self._idle.append(child)
        if not keep:
            child.end()


class _Child:
    """One child process."""

    def __init__(self, limits: CageLimits, *, fork: bool) -> None:
        self._limits = limits
        self.owner = os.getpid()
        self.items = 0
        self.is_sound = True
        theirs, self._to = os.pipe()
        self._source, to_us = os.pipe()
        self._pid = _forked(theirs, to_us, limits) if fork or _is_single_threaded() else _started(theirs, to_us, limits)
        os.close(theirs)
        os.close(to_us)

    def answers(self, what: str, message: Message) -> Iterator[Message]:
        """Each part of its answer to a task.

        Raises:
            SourceError: what the child says of the bytes, or that it had to be stopped.
        """
        self.items += 1
        self.is_sound = False
        try:
            send(self._to, message)
            while True:
                answer = receive(self._source, self._limits.answer, self._limits.wall_seconds)
                if answer is None:
                    raise NotDecodable(f"{what} is not decodable: {self._why_it_died()}", _REMEDY)
                if answer.said.get("done") or "error" in answer.said:
                    self.is_sound = True
                    break
                yield answer
        except TimeoutError:
            seconds = self._limits.wall_seconds
            raise NotDecodable(f"{what} is not decodable: its decoder hung for {seconds:g} s", _REMEDY) from None
        except (OSError, ValueError, TooMuch) as error:
            raise NotDecodable(f"{what} is not decodable: {self._why_it_died()}", _REMEDY) from error
        if "error" in answer.said:
            raise _error(what, answer)

    def end(self) -> None:
        """Stop it, whatever it is doing."""
        for file in (self._to, self._source):
            with suppress(OSError):
                os.close(file)
        if self.owner == os.getpid():
            with suppress(OSError):
                os.kill(self._pid, signal.SIGKILL)
            with suppress(OSError):
                os.waitpid(self._pid, 0)

    def _why_it_died(self) -> str:
        with suppress(OSError):
            _, status = os.waitpid(self._pid, 0)
            if os.WIFSIGNALED(status):
                number = os.WTERMSIG(status)
                if number == signal.SIGXCPU:
                    return f"it took more than {self._limits.cpu_seconds} s of processor time"
                return f"its decoder was ended by {signal.Signals(number).name}"
        return "its decoder ended without an answer"


def _is_single_threaded() -> bool:
    """Whether no other thread runs here, those of C libraries included: a fork would leave their locks held for ever."""
    threads = Path("/proc/self/task")
    return len(list(threads.iterdir())) == 1 if threads.is_dir() else threading.active_count() == 1


def _forked(source: int, to: int, limits: CageLimits) -> int:
    """A child that is this process once more: it starts at once, with all that is loaded already."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads, where the caller wants it so
        pid = os.fork()
    if pid == 0:
        worker.serve(source, to, limits)
    return pid


def _started(source: int, to: int, limits: CageLimits) -> int:
    """A child that is a program of its own; forked where this user may not start one."""
    code = f"import sys; sys.path[:] = {sys.path!r}; from provenance.cage.worker import main; main()"
    asked = [sys.executable, "-c", code, str(source), str(to), json.dumps(asdict(limits))]
    for file in (source, to):
        os.set_inheritable(file, True)  # noqa: FBT003 - the only argument there is
    try:
        return os.posix_spawn(sys.executable, asked, os.environ)
    except OSError:
        return _forked(source, to, limits)


def _error(what: str, answer: Message) -> ProvenanceError:
    name, message = str(answer.said["error"]), str(answer.said.get("message", ""))
    if name == "MemoryError":
        return NotDecodable(f"{what} is not decodable: it takes more memory than it may", _REMEDY)
    kind = getattr(errors, name, None)
    if isinstance(kind, type) and issubclass(kind, ProvenanceError):
        return kind(message, str(answer.said.get("remedy", "")))
    return NotDecodable(f"{what} could not be read: {message}", "this is a fault of the program: report it with the file")


def _record(kind: type[T], answer: Message) -> T:
    try:
        return from_json(kind, answer.said)
    except ValueError as error:
        raise NotDecodable("its decoder gave no sound answer", _REMEDY) from error


@cache
def the_cage() -> Cage | None:
    """The one cage of this process; None where there are no child processes, or the settings switch it off."""
    if not hasattr(os, "fork") or os.environ.get("PROVENANCE_CAGE", "1") in ("0", "false", "off", "no"):
        return None
    found = Cage()
    atexit.register(found.close)
    return found
