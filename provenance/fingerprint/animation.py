"""Pictures that move (GIF, WebP, PNG, AVIF) to frames, by Pillow."""

import time
from collections.abc import Iterator

import numpy as np
from PIL import Image

from provenance.errors import NotDecodable
from provenance.fingerprint.decode import Picture, foreign, frame_count, refuse_large
from provenance.fingerprint.modes import to_rgb
from provenance.fingerprint.reel import SIDE, Frames, Notes, Picker, Shown, fitted

MOST_FRAMES = 3000
MOST_PIXELS = 2_000_000_000
MOST_SECONDS = 30.0
_MOVING = frozenset({"GIF", "WEBP", "PNG", "AVIF"})
_USUAL, _LEAST = 0.1, 0.02  # seconds a frame where it says none, and the shortest that browsers show as said
_PULSE = 2.0
_TINY = (32, 18)


def moves(picture: Picture) -> bool:
    """Whether it has several frames that are shown one after the other."""
    return picture.kind.decoder in _MOVING and frame_count(picture) > 1


def frames(picture: Picture, notes: Notes) -> Frames:
    """The frames that are taken, in order.

    Raises:
        TooLarge: more pixels than are decoded here.
        NotDecodable: not even the first frame can be decoded.
    """
    refuse_large(picture.image.size, picture.structure)
    count = frame_count(picture)
    picker, began, pulse, taken = Picker(0.0), time.process_time(), time.process_time(), 0
    for at, image in _all(picture, count, notes):
        if picker.takes(at, np.asarray(image.convert("L").resize(_TINY, Image.Resampling.BOX), np.uint8)):
            taken += 1
            yield Shown(round(at, 3), image.resize(fitted(*image.size), Image.Resampling.BOX), image.size)
        elif time.process_time() - pulse > _PULSE:
            pulse = time.process_time()
            yield None
        if why := _limit(picker, began):
            notes.findings.append(f"read up to {at:.1f} s only: {why}")
            return


def stills(picture: Picture, seconds: list[float], side: int = SIDE) -> Iterator[Shown | None]:
    """The frames shown at some seconds, in the order of time; the last one where it ends before."""
    wanted, last, began = sorted(seconds), None, time.process_time()
    for start, image in _all(picture, frame_count(picture), Notes()):
        while wanted and start > wanted[0] + 1e-3 and last is not None:
            yield Shown(wanted.pop(0), last.resize(fitted(*last.size, side), Image.Resampling.BOX), last.size)
        last = image
        if not wanted:
            return
        if time.process_time() - began > _PULSE:
            began = time.process_time()
            yield None
    if last is not None:
        shown = last.resize(fitted(*last.size, side), Image.Resampling.BOX)
        yield from (Shown(at, shown, last.size) for at in wanted)


def _limit(picker: Picker, began: float) -> str | None:
    if picker.is_full:
        return "it is too long"
    return f"{MOST_SECONDS:g} s of processor time are the limit" if time.process_time() - began > MOST_SECONDS else None


def _all(picture: Picture, count: int, notes: Notes) -> Iterator[tuple[float, Image.Image]]:
    """Every frame with the second at which it is shown; a fault ends it."""
    at, width, height = 0.0, *picture.image.size
    most = min(MOST_FRAMES, MOST_PIXELS // max(1, width * height))
    for number in range(min(count, most)):
        try:
            with foreign(f"broken {picture.kind.media_type}", notes.findings):
                picture.image.seek(number)
                picture.image.load()
                rgb = to_rgb(picture.image)
        except NotDecodable as fault:
            if number == 0:
                raise
            notes.findings.append(f"read up to {at:.1f} s only: {fault.message}")
            return
        yield at, rgb
        at += _shown_for(picture.image)
        notes.seconds = round(at, 3)
    if count > most:
        notes.findings.append(f"read up to {at:.1f} s only: {most} of {count} frames of this size are the limit")


def _shown_for(image: Image.Image) -> float:
    said = image.info.get("duration")
    seconds = said / 1000 if isinstance(said, (int, float)) else 0.0
    return seconds if seconds >= _LEAST else _USUAL
