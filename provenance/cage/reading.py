"""An open file as the child reads it: each step forward earns it time, and tells the parent that it lives."""

import io
import os
from collections.abc import Callable
from typing import BinaryIO, cast

STEP = 8 << 20
"""Bytes of an archive for which the child may use the time of one item; a bomb is small and unpacks to much."""
_PASSES = 4  # a package is read twice: against its list of hashes, and record by record
_BUFFER = 1 << 18


def pulses(size: int) -> int:
    """How often a child may say that it lives while it reads a file of so many bytes."""
    return _PASSES * size // STEP + 1


def metered(file: int, pulse: Callable[[], None]) -> BinaryIO:
    """A file by its number, from its beginning; `pulse` is called after each step of bytes read."""
    os.lseek(file, 0, os.SEEK_SET)
    return cast("BinaryIO", io.BufferedReader(_Metered(file, pulse), _BUFFER))


class _Metered(io.FileIO):
    def __init__(self, file: int, pulse: Callable[[], None]) -> None:
        super().__init__(file, "rb")
        self._pulse = pulse
        self._left = pulses(os.fstat(file).st_size) - 1
        self._since = 0

    def readinto(self, buffer: "bytearray | memoryview", /) -> int | None:  # type: ignore[override]  # any buffer will do
        count = super().readinto(buffer)
        self._since += count or 0
        if self._since >= STEP and self._left > 0:
            self._since, self._left = 0, self._left - 1
            self._pulse()
        return count
