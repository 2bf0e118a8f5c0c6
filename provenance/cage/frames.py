"""Messages between the two processes: JSON and some bytes, each with its length before it; nothing is ever unpickled."""

import json
import os
import select
import socket
import struct
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

_LENGTHS = struct.Struct(">QI")
_PIECE = 1 << 16


class TooMuch(Exception):
    """A message is longer than is taken."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is said, the bytes that go with it, and an open file that is handed over (its number in this process)."""

    said: dict[str, Any]
    blobs: Sequence[bytes] = field(default_factory=tuple)
    file: int | None = None


def send(to: int, message: Message) -> None:
    """Write a message.

    Args:
        to: the socket to write to.
        message: its file is handed over as a copy; this process keeps its own.

    Raises:
        OSError: the other side is gone.
    """
    text = json.dumps({**message.said, "blobs": [len(blob) for blob in message.blobs]}).encode()
    lengths = _LENGTHS.pack(len(text), len(message.blobs))
    if message.file is not None:
        lengths = lengths[_handed_over(to, lengths, message.file) :]
    for part in (lengths, text, *message.blobs):
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(to, rest) :]


def _handed_over(to: int, content: bytes, file: int) -> int:
    with _as_socket(to) as channel:
        return socket.send_fds(channel, [content], [file])


@contextmanager
def _as_socket(number: int) -> Iterator[socket.socket]:
    channel = socket.socket(fileno=number)
    try:
        yield channel
    finally:
        channel.detach()


def receive(source: int, most: int, seconds: float | None = None, *, files: bool = False) -> Message | None:
    """Read a message; None where the other side has closed.

    Args:
        source: the socket to read.
        most: the most bytes of it all.
        seconds: the longest silence.
        files: whether a file may be handed over; who does not ask for one is never given any.

    Raises:
        TimeoutError: nothing came for so long.
        TooMuch: it is longer.
        ValueError: it is no message.
    """
    head, file = _head(source) if files else (_read(source, _LENGTHS.size, seconds), None)
    if head is None:
        return None
    length, count = _LENGTHS.unpack(head)
    if length > most:
        raise TooMuch(length)
    text = _read(source, length, seconds)
    said = json.loads(text) if text is not None else None
    if not isinstance(said, dict) or not isinstance(sizes := said.pop("blobs", None), list) or len(sizes) != count:
        raise ValueError("no message")
    if not all(isinstance(size, int) and size >= 0 for size in sizes) or sum(sizes) > most:
        raise TooMuch(length)
    blobs = [_read(source, size, seconds) for size in sizes]
    return Message(said, [blob for blob in blobs if blob is not None], file)


def _head(source: int) -> tuple[bytes | None, int | None]:
    """The lengths, and the file that came with them."""
    with _as_socket(source) as channel:
        head, files, _, _ = socket.recv_fds(channel, _LENGTHS.size, 1)
    rest = _read(source, _LENGTHS.size - len(head), None) if head else None
    return (head + rest if rest is not None else None), (files[0] if files else None)


def _read(source: int, count: int, seconds: float | None) -> bytes | None:
    """Exactly so many bytes; None where the other side closed before."""
    parts = bytearray()
    while len(parts) < count:
        if seconds is not None and not _is_ready(source, time.monotonic() + seconds):
            raise TimeoutError
        piece = os.read(source, min(count - len(parts), _PIECE))
        if not piece:
            return None
        parts += piece
    return bytes(parts)


def _is_ready(source: int, deadline: float) -> bool:
    poll = select.poll()
    poll.register(source, select.POLLIN | select.POLLHUP)
    return bool(poll.poll(max(0.0, deadline - time.monotonic()) * 1000))
