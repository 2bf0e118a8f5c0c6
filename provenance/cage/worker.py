"""The child: takes a task, does it with the steps as they are, answers in JSON."""

import io
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from provenance.cage.frames import Message, receive, send
from provenance.cage.limits import CageLimits, Guards, allow_seconds, confine
from provenance.cage.reading import metered
from provenance.errors import ProvenanceError, SourceError
from provenance.from_json import from_json
from provenance.records import Alignment, Sketch, Snapshot, to_json

if TYPE_CHECKING:
    from provenance import acquire

_STANDARD = 3
_MOST_FILES = 4096
_guards = Guards()


def serve(channel: int, limits: CageLimits) -> NoReturn:
    """Answer until the parent closes; never returns into the code that forked."""
    global _guards  # noqa: PLW0603 - of this process, set once
    with suppress(BaseException):
        _guards = _prepare(channel, limits)
        while message := receive(channel, limits.answer * 4, files=True):
            allow_seconds(limits.cpu_seconds)
            _answer(message, channel, limits)
    os._exit(0)


def _prepare(channel: int, limits: CageLimits) -> Guards:
    """Let go of everything of the parent's: files, signals, screen. C libraries complain to a standard error that is nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(_STANDARD):
        os.dup2(nowhere, standard)
    for number in range(_STANDARD, _MOST_FILES):
        if number != channel:
            with suppress(OSError):
                os.close(number)
    return confine(limits)


def _answer(message: Message, to: int, limits: CageLimits) -> None:
    def pulse() -> None:
        allow_seconds(limits.cpu_seconds)
        send(to, Message({"alive": True}))

    with _opened(message, pulse) as file:
        parts = _parts(message, file)
        while True:
            part = _next(parts)
            send(to, part)
            if part.said.keys() & {"done", "error"}:
                return
            allow_seconds(limits.cpu_seconds)


def _parts(message: Message, file: BinaryIO) -> Iterator[Message]:
    task = message.said.get("task", "")
    if task in FILE_TASKS:
        return FILE_TASKS[task](message, file)
    return TASKS[task](message) if task in TASKS else iter(())


@contextmanager
def _opened(message: Message, pulse: Callable[[], None]) -> Iterator[BinaryIO]:
    """The file that was handed over, or the bytes that came with the message."""
    with metered(message.file, pulse) if message.file is not None else io.BytesIO(b"".join(message.blobs)) as file:
        yield file


def _next(parts: Iterator[Message]) -> Message:
    """The next part of an answer, or how it ended; whatever the task raises costs one item, and the parent tells it."""
    try:
        return next(parts, Message({"done": True}))
    except ProvenanceError as error:
        return Message({"error": type(error).__name__, "message": error.message, "remedy": error.remedy})
    except MemoryError:
        return Message({"error": "MemoryError"})
    except Exception as error:  # noqa: BLE001 - see above
        return Message({"error": "fault", "message": f"{type(error).__name__}: {error}"[:500]})


def _asset(message: Message) -> Iterator[Message]:
    from provenance import fingerprint  # noqa: PLC0415 - loaded with the first picture

    for part in fingerprint.parts(message.blobs[0]):
        yield Message(to_json(part))


def _fast(message: Message) -> Iterator[Message]:
    from provenance import fingerprint  # noqa: PLC0415 - the same

    yield Message(to_json(fingerprint.fast(message.blobs[0])))


def _thumbnail(message: Message) -> Iterator[Message]:
    from provenance import fingerprint  # noqa: PLC0415 - the same

    yield Message({}, (fingerprint.thumbnail(message.blobs[0]),))


def _veil(message: Message) -> Iterator[Message]:
    from provenance import fingerprint  # noqa: PLC0415 - the same

    yield Message({}, (fingerprint.veil(message.blobs[0]),))


def _sketch(message: Message) -> Iterator[Message]:
    from provenance import fingerprint  # noqa: PLC0415 - the same

    yield _told(fingerprint.sketch(message.blobs[0]))


def _sketches(message: Message) -> Iterator[Message]:
    from provenance import fingerprint  # noqa: PLC0415 - the same

    for found in fingerprint.sketches(message.blobs[0], message.said["seconds"]):
        yield _told(found[1], at=found[0]) if found else Message({"at": None})


def _told(sketch: Sketch, **more: Any) -> Message:
    facts = {"width": sketch.width, "height": sketch.height, "frames": sketch.frames}
    return Message(facts | more, (sketch.grey, sketch.points, sketch.descriptors))


def _still(message: Message) -> Iterator[Message]:
    from provenance import fingerprint  # noqa: PLC0415 - the same

    yield Message({}, (fingerprint.still(message.blobs[0], message.said["second"]),))


def _drawn(message: Message) -> Iterator[Message]:
    from provenance import fingerprint  # noqa: PLC0415 - the same

    left, right = message.blobs
    if message.said["aligned"] is None:
        yield Message({}, (fingerprint.side_by_side(left, right),))
    else:
        yield Message({}, (fingerprint.evidence(left, right, from_json(Alignment, message.said["aligned"])),))


def _documents(message: Message) -> Iterator[Message]:
    from provenance import pipeline  # noqa: PLC0415 - loaded with the first page

    snapshot = replace(from_json(Snapshot, {**message.said["snapshot"], "content": b""}), content=message.blobs[0])
    for document in pipeline.read_documents(snapshot):
        yield Message(to_json(document))


def _tell_guards(_: Message) -> Iterator[Message]:
    yield Message(asdict(_guards))


def _archive(message: Message, file: BinaryIO) -> Iterator[Message]:
    from provenance.acquire import archives  # noqa: PLC0415 - loaded with the first archive

    for found in archives.snapshots(file, message.said["form"], message.said["source"], _limits(message)):
        if isinstance(found, SourceError):
            yield Message({"fault": type(found).__name__, "message": found.message, "remedy": found.remedy})
        else:
            yield Message({"snapshot": snapshot_facts(found)}, (found.content,))


def _archived(message: Message, file: BinaryIO) -> Iterator[Message]:
    from provenance.acquire import archives  # noqa: PLC0415 - the same

    page = from_json(Snapshot, {**message.said["snapshot"], "content": b""})
    yield Message({}, (archives.bytes_in(file, message.said["source"], page, tuple(message.said["urls"]), _limits(message)),))


def _limits(message: Message) -> "acquire.Limits":
    from provenance import acquire  # noqa: PLC0415 - the same

    return replace(acquire.DEFAULT, file_bytes=message.said["file_bytes"], page_bytes=message.said["page_bytes"])


TASKS: Mapping[str, Callable[[Message], Iterator[Message]]] = {
    "asset": _asset,
    "fast": _fast,
    "thumbnail": _thumbnail,
    "veil": _veil,
    "sketch": _sketch,
    "sketches": _sketches,
    "still": _still,
    "drawn": _drawn,
    "documents": _documents,
    "guards": _tell_guards,
}
FILE_TASKS: Mapping[str, Callable[[Message, BinaryIO], Iterator[Message]]] = {"archive": _archive, "archived": _archived}
"""What the child does, with bytes and with an open file; anything else is refused."""


def snapshot_facts(snapshot: Snapshot) -> dict[str, Any]:
    """A snapshot without its bytes, as it is sent to the child."""
    facts = to_json(replace(snapshot, content=b""))
    return {name: value for name, value in facts.items() if name != "content"}


def main() -> NoReturn:
    """The child as a program of its own: `CHANNEL LIMITS`, an open socket and the limits as JSON."""
    channel, limits = sys.argv[1:3]
    serve(int(channel), CageLimits(**json.loads(limits)))
