"""The child: takes a task, does it with the steps as they are, answers in JSON."""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, NoReturn

from provenance.cage.frames import Message, receive, send
from provenance.cage.limits import CageLimits, allow_seconds, confine
from provenance.errors import ProvenanceError
from provenance.from_json import from_json
from provenance.records import Snapshot, to_json

_STANDARD = 3
_MOST_FILES = 4096


def serve(source: int, to: int, limits: CageLimits) -> NoReturn:
    """Answer until the parent closes; never returns into the code that forked."""
    with suppress(BaseException):
        _prepare(source, to, limits)
        while message := receive(source, limits.answer * 4):
            allow_seconds(limits.cpu_seconds)
            _answer(message, to, limits)
    os._exit(0)


def _prepare(source: int, to: int, limits: CageLimits) -> None:
    """Let go of everything of the parent's: files, signals, screen. C libraries complain to a standard error that is nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(_STANDARD):
        os.dup2(nowhere, standard)
    for number in range(_STANDARD, _MOST_FILES):
        if number not in (source, to):
            with suppress(OSError):
                os.close(number)
    confine(limits)


def _answer(message: Message, to: int, limits: CageLimits) -> None:
    parts: Iterator[Message] = iter(())
    with suppress(KeyError):
        parts = TASKS[message.said["task"]](message)
    while True:
        part = _next(parts)
        send(to, part)
        if part.said.keys() & {"done", "error"}:
            return
        allow_seconds(limits.cpu_seconds)


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

    yield Message(to_json(fingerprint.fingerprint(message.blobs[0])))


def _thumbnail(message: Message) -> Iterator[Message]:
    from provenance import fingerprint  # noqa: PLC0415 - the same

    yield Message({}, (fingerprint.thumbnail(message.blobs[0]),))


def _sketch(message: Message) -> Iterator[Message]:
    from provenance import fingerprint  # noqa: PLC0415 - the same

    made = fingerprint.sketch(message.blobs[0])
    facts = {"width": made.width, "height": made.height, "frames": made.frames}
    yield Message(facts, (made.grey, made.points, made.descriptors))


def _documents(message: Message) -> Iterator[Message]:
    from provenance import pipeline  # noqa: PLC0415 - loaded with the first page

    snapshot = replace(from_json(Snapshot, {**message.said["snapshot"], "content": b""}), content=message.blobs[0])
    for document in pipeline.read_documents(snapshot):
        yield Message(to_json(document))


TASKS: Mapping[str, Callable[[Message], Iterator[Message]]] = {
    "asset": _asset,
    "thumbnail": _thumbnail,
    "sketch": _sketch,
    "documents": _documents,
}
"""What the child does; anything else is refused."""


def snapshot_facts(snapshot: Snapshot) -> dict[str, Any]:
    """A snapshot without its bytes, as it is sent to the child."""
    facts = to_json(replace(snapshot, content=b""))
    return {name: value for name, value in facts.items() if name != "content"}


def main() -> NoReturn:
    """The child as a program of its own: `SOURCE TO LIMITS`, two open files and the limits as JSON."""
    source, to, limits = sys.argv[1:4]
    serve(int(source), int(to), CageLimits(**json.loads(limits)))
