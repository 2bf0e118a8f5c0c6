"""The parent's side: one child that is started when it is first needed, used again, and replaced when it dies."""

import atexit
import hashlib
import io
import json
import os
import signal
import socket
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

from provenance import acquire, errors
from provenance.acquire import Form
from provenance.cage import worker
from provenance.cage.frames import Message, TooMuch, receive, send
from provenance.cage.limits import CageLimits, Guards
from provenance.cage.reading import pulses
from provenance.errors import NotDecodable, ProvenanceError, SourceError
from provenance.from_json import from_json
from provenance.records import Alignment, Asset, Document, Sketch, Snapshot, to_json

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
        """The hashes and metadata of a picture or of a clip's frames; of a clip also what was read before a fault.

        Raises:
            SourceError: as `fingerprint.fingerprint`; NotDecodable where its decoder had to be stopped before it gave anything.
        """
        parts: list[Asset] = []
        try:
            for answer in self._ask("the file", Message({"task": "asset"}, (content,))):
                parts.append(_record(Asset, answer))  # noqa: PERF401 - what came before a fault is kept
        except NotDecodable as error:
            if not any(part.fingerprints for part in parts):
                raise
            parts.append(replace(parts[-1], fingerprints=(), findings=(f"read in part only: {error.message}",)))
        if not parts:
            raise NotDecodable("its decoder gave no answer", _REMEDY)
        return replace(parts[-1], fingerprints=tuple(print_ for part in parts for print_ in part.fingerprints))

    def fast(self, content: bytes) -> Asset:
        """A picture's size and `pdq-fast`.

        Raises:
            SourceError: as `fingerprint.fast`; NotDecodable where its decoder had to be stopped.
        """
        (answer,) = list(self._ask("a picture", Message({"task": "fast"}, (content,))))
        return _record(Asset, answer)

    def thumbnail(self, content: bytes) -> bytes:
        """A small PNG of a picture.

        Raises:
            SourceError: as `fingerprint.thumbnail`; NotDecodable where its decoder had to be stopped.
        """
        (answer,) = list(self._ask("a picture", Message({"task": "thumbnail"}, (content,))))
        return answer.blobs[0]

    def veil(self, content: bytes) -> bytes:
        """A PNG as large as the thumbnail, in which nothing can be made out.

        Raises:
            SourceError: as `thumbnail`.
        """
        (answer,) = list(self._ask("a picture", Message({"task": "veil"}, (content,))))
        return answer.blobs[0]

    def sketch(self, content: bytes) -> Sketch:
        """What the geometric comparison needs of a picture.

        Raises:
            SourceError: as `fingerprint.sketch`; NotDecodable where its decoder had to be stopped.
        """
        (answer,) = list(self._ask("a picture", Message({"task": "sketch"}, (content,))))
        return _sketch(answer)

    def sketches(self, content: bytes, seconds: list[float]) -> Iterator[tuple[float, Sketch]]:
        """The sketches of a clip's frames at some seconds, in the order of time.

        Raises:
            SourceError: as `fingerprint.sketches`; NotDecodable where its decoder had to be stopped.
        """
        for answer in self._ask("the clip", Message({"task": "sketches", "seconds": seconds}, (content,))):
            if (at := answer.said.get("at")) is not None:
                yield float(at), _sketch(answer)

    def still(self, content: bytes, second: float) -> bytes:
        """A PNG of a clip's frame at a second.

        Raises:
            SourceError: as `fingerprint.still`; NotDecodable where its decoder had to be stopped.
        """
        (answer,) = list(self._ask("the clip", Message({"task": "still", "second": second}, (content,))))
        return answer.blobs[0]

    def drawn(self, aligned: Alignment | None, left: bytes, right: bytes) -> bytes:
        """A PNG of two pictures for eyes to judge: what both share where they are aligned, else side by side.

        Raises:
            SourceError: as `fingerprint.evidence`; NotDecodable where a decoder had to be stopped.
        """
        said = {"task": "drawn", "aligned": to_json(aligned) if aligned else None}
        (answer,) = list(self._ask("one of the pictures", Message(said, (left, right))))
        return answer.blobs[0]

    def documents(self, snapshot: Snapshot) -> Iterator[Document]:
        """The documents of a snapshot, as they are read.

        Raises:
            SourceError: as `pipeline.read_documents`; NotDecodable where its parser had to be stopped.
        """
        asked = Message({"task": "documents", "snapshot": worker.snapshot_facts(snapshot)}, (snapshot.content,))
        for answer in self._ask(snapshot.source, asked):
            yield _record(Document, answer)

    def archive(self, stream: BinaryIO, form: Form, source: str, limits: acquire.Limits) -> Iterator[Snapshot | SourceError]:
        """The pages of an archive, as they are read; arguments as of `acquire.Unpack`.

        Where its reader had to be stopped, the pages before that are given, then NotDecodable.

        Raises:
            SourceError: as `acquire.snapshots` for an archive.
        """
        said = {"task": "archive", "form": form, "source": source, **_sizes(limits)}
        read = 0
        try:
            for answer in self._ask_of_file(source, said, stream):
                if "fault" in answer.said:
                    yield cast("SourceError", _error(source, answer, "fault"))
                else:
                    yield _page(source, answer)
                    read += 1
        except NotDecodable as error:
            so_far = f"; pages read before that: {read}" if read else ""
            raise NotDecodable(error.message + so_far, error.remedy) from error

    def archive_bytes(self, snapshot: Snapshot, *urls: str) -> bytes:
        """What `acquire.archive_bytes` gives.

        Raises:
            SourceError: as `acquire.archive_bytes`; NotDecodable where its reader had to be stopped.
        """
        with acquire.archive_of(snapshot) as (stream, source):
            said = {"task": "archived", "source": source, "snapshot": worker.snapshot_facts(snapshot), "urls": urls}
            (answer,) = list(self._ask_of_file(source, said | _sizes(acquire.DEFAULT), stream))
        return answer.blobs[0]

    def guards(self) -> Guards:
        """What the system holds the child to, as the child found it.

        Raises:
            NotDecodable: no child can be started.
        """
        (answer,) = list(self._ask("the guarded child", Message({"task": "guards"})))
        return Guards(**{name: str(value) for name, value in answer.said.items()})

    def close(self) -> None:
        """End every child that is not at work."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()

    def _ask_of_file(self, what: str, said: dict[str, Any], stream: BinaryIO) -> Iterator[Message]:
        """Ask of an open file, which is handed over; of a stream in memory, its bytes are sent."""
        if isinstance(stream, io.BytesIO):
            yield from self._ask(what, Message(said, (stream.getvalue(),)))
        else:
            file = stream.fileno()
            yield from self._ask(what, Message(said, file=file), pulses(os.fstat(file).st_size))

    def _ask(self, what: str, message: Message, patience: int = 0) -> Iterator[Message]:
        child = self._borrowed()
        try:
            yield from child.answers(what, message, patience)
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
        ours, theirs = (end.detach() for end in socket.socketpair())
        self._channel = ours
        self._pid = _forked(theirs, limits) if fork or _is_single_threaded() else _started(theirs, limits)
        os.close(theirs)

    def answers(self, what: str, message: Message, patience: int = 0) -> Iterator[Message]:
        """Each part of its answer to a task.

        Args:
            what: how messages call what is read.
            message: the task.
            patience: how often it may say that it lives, and no more, before an answer is complete.

        Raises:
            SourceError: what the child says of the bytes, or that it had to be stopped.
        """
        self.items += 1
        self.is_sound = False
        try:
            send(self._channel, message)
            while True:
                answer = receive(self._channel, self._limits.answer, self._limits.wall_seconds)
                if answer is None:
                    raise NotDecodable(f"{what} is not decodable: {self._why_it_died()}", _REMEDY)
                if "alive" in answer.said:
                    patience = _less(patience)
                    continue
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
        with suppress(OSError):
            os.close(self._channel)
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


def _less(patience: int) -> int:
    """What is left of it; none left is as bad as silence."""
    if patience <= 0:
        raise TimeoutError
    return patience - 1


def _is_single_threaded() -> bool:
    """Whether no other thread runs here, those of C libraries included: a fork would leave their locks held for ever."""
    threads = Path("/proc/self/task")
    return len(list(threads.iterdir())) == 1 if threads.is_dir() else threading.active_count() == 1


def _forked(channel: int, limits: CageLimits) -> int:
    """A child that is this process once more: it starts at once, with all that is loaded already."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads, where the caller wants it so
        pid = os.fork()
    if pid == 0:
        worker.serve(channel, limits)
    return pid


def _started(channel: int, limits: CageLimits) -> int:
    """A child that is a program of its own; forked where this user may not start one."""
    code = f"import sys; sys.path[:] = {sys.path!r}; from provenance.cage.worker import main; main()"
    asked = [sys.executable, "-c", code, str(channel), json.dumps(asdict(limits))]
    os.set_inheritable(channel, True)  # noqa: FBT003 - the only argument there is
    try:
        return os.posix_spawn(sys.executable, asked, {"OPENBLAS_NUM_THREADS": "1", **os.environ})  # sums here are small
    except OSError:
        return _forked(channel, limits)


def _error(what: str, answer: Message, key: str = "error") -> ProvenanceError:
    name, message = str(answer.said[key]), str(answer.said.get("message", ""))
    if name == "MemoryError":
        return NotDecodable(f"{what} is not decodable: it takes more memory than it may", _REMEDY)
    kind = getattr(errors, name, None)
    if isinstance(kind, type) and issubclass(kind, ProvenanceError):
        return kind(message, str(answer.said.get("remedy", "")))
    return NotDecodable(f"{what} could not be read: {message}", "this is a fault of the program: report it with the file")


def _sizes(limits: acquire.Limits) -> dict[str, int]:
    return {"file_bytes": limits.file_bytes, "page_bytes": limits.page_bytes}


def _page(archive: str, answer: Message) -> Snapshot:
    """A page out of an archive; its hash is made here, and its source is in the archive."""
    facts = answer.said.get("snapshot")
    if not isinstance(facts, dict) or len(answer.blobs) != 1 or not str(facts.get("source")).startswith(archive):
        raise NotDecodable(f"{archive} is not decodable: its reader gave no sound answer", _REMEDY)
    content = answer.blobs[0]
    made = _record(Snapshot, Message({**facts, "content": b""}))
    return replace(made, content=content, sha256=hashlib.sha256(content).hexdigest())


def _sketch(answer: Message) -> Sketch:
    try:
        grey, points, descriptors = answer.blobs
        facts = {"width": int(answer.said["width"]), "height": int(answer.said["height"])}
        frames = tuple(tuple(float(v) for v in frame) for frame in answer.said["frames"])
    except (KeyError, TypeError, ValueError) as error:
        raise NotDecodable("its decoder gave no sound answer", _REMEDY) from error
    return Sketch(**facts, grey=grey, points=points, descriptors=descriptors, frames=frames)


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
