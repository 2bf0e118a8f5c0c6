"""Films to frames, by PyAV (FFmpeg): the one place that opens them.

The container is named by the bytes' own signature, never guessed by FFmpeg, so that no playlist is taken for a film; only
codecs that newsrooms meet are opened; one thread; and what may be spent is limited in pixels, frames and processor time.
"""

import io
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

import numpy as np

from provenance.errors import NotDecodable, ProvenanceError, TooLarge
from provenance.fingerprint.reel import SIDE, Frames, Notes, Picker, Shown, Tiny, fitted

MAX_PIXELS = 36_000_000
"""8K and a little more; a frame is then 54 MB, and a decoder holds about twenty."""
MAX_SIDE = 16_384
ALL_PIXELS = 4_000_000_000
"""Up to this much (a minute of 1080p, five of 480p) every frame is decoded; above, those that no other needs are passed over."""
FEWER_PIXELS = 10_000_000_000
"""Above this only key frames are decoded."""
MOST_PIXELS = 16_000_000_000
MOST_SECONDS = 45.0
"""Processor time for one film."""
_MOST_PACKETS = 4_000_000
_MOST_FAULTS = 200
_PULSE = 2.0  # seconds of processor time after which it is said that work goes on
_SEEK = 3.0  # seconds ahead from which on it is worth looking for a key frame
_CLOSE = 0.5  # seconds before a frame that is asked for in which every frame is decoded
_TINY = (18, 32)
_USUAL_RATE = 25.0

_CONTAINERS = {
    "video/mp4": "mov",
    "video/quicktime": "mov",
    "video/x-matroska": "matroska",
    "video/webm": "matroska",
    "video/mpeg": "mpeg",
    "video/mp2t": "mpegts",
    "video/x-msvideo": "avi",
    "video/x-flv": "flv",
    "video/x-ms-wmv": "asf",
    "video/ogg": "ogg",
}
CODECS = frozenset(
    {
        *("h264", "hevc", "av1", "vp8", "vp9", "theora", "mjpeg", "prores", "dnxhd"),
        *("mpeg1video", "mpeg2video", "mpeg4", "msmpeg4v2", "msmpeg4v3", "h263", "flv1", "wmv1", "wmv2", "wmv3", "vc1"),
    }
)
"""What is opened, by FFmpeg's names."""
_PLAIN = frozenset({"yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p", "nv12", "gray"})
"""Pixel formats whose first plane is luminance in bytes."""
_REMEDY = "save it again, or give the part in question as a clip of its own"


def is_there() -> bool:
    """Whether films can be read: PyAV comes with the extra `video`."""
    return find_spec("av") is not None


def decoder() -> str:
    """The library that gives the pixels, with its version."""
    return f"pyav {version('av')}"


def frames(content: bytes, media_type: str, notes: Notes) -> Frames:
    """The frames of a film that are taken, in the order in which they are shown.

    Raises:
        TooLarge: its frames have more pixels than are decoded here.
        NotDecodable: no film, no picture in it, a codec that is not read here, or not one frame that can be decoded.
    """
    with _opened(content, media_type) as film:
        work = _Work(film, notes)
        yield from work.frames()
        work.conclude()


def stills(content: bytes, media_type: str, seconds: list[float], side: int = SIDE) -> Iterator[Shown | None]:
    """The frames shown at some seconds, in the order of time; fewer where the film ends before.

    Raises:
        TooLarge, NotDecodable: as `frames`.
    """
    with _opened(content, media_type) as film, _foreign("broken or cut off"):
        seeking = _Seeking(film, side)
        for at in sorted(seconds):
            yield from seeking.to(at)


@dataclass(frozen=True, slots=True)
class _Film:
    """An open film."""

    container: Any
    stream: Any

    @property
    def begins(self) -> float:
        """The second at which it begins by its own clock."""
        start, base = self.stream.start_time, self.stream.time_base
        return float(start * base) if start is not None and base else 0.0

    @property
    def seconds(self) -> float:
        """How long it says it is; 0 where it does not say."""
        said = [self.container.duration / 1e6] if self.container.duration else []
        if self.stream.duration and self.stream.time_base:
            said.append(float(self.stream.duration * self.stream.time_base))
        found = max(said, default=0.0)
        return found if math.isfinite(found) and found > 0 else 0.0

    @property
    def rate(self) -> float:
        """Frames a second, as it says."""
        rate = float(self.stream.average_rate or _USUAL_RATE)
        return rate if 0 < rate <= 1000 else _USUAL_RATE  # noqa: PLR2004 - a header that lies

    @property
    def pixels(self) -> int:
        """Pixels a frame, as it says."""
        return int(self.stream.codec_context.width * self.stream.codec_context.height)


@contextmanager
def _opened(content: bytes, media_type: str) -> Iterator[_Film]:
    """A film with its first stream of pictures, ready to be decoded."""
    import av  # noqa: PLC0415 - there only with the extra, and slow to import

    av.logging.set_level(None)
    name = _CONTAINERS.get(media_type)
    if name is None:
        raise NotDecodable(f"{media_type}: no film that is read here")
    with _foreign(f"broken {media_type}"), av.open(io.BytesIO(content), format=name, options={"protocol_whitelist": ""}) as found:
        stream = next((s for s in found.streams.video if not s.disposition & av.stream.Disposition.attached_pic), None)
        if stream is None:
            raise NotDecodable("there is no film in it, maybe sound only")
        _prepare(stream)
        yield _Film(found, stream)


def _prepare(stream: Any) -> None:
    context = stream.codec_context
    name = context.codec.canonical_name if context else ""
    if context is None or name not in CODECS:
        raise NotDecodable(f"the codec {name} is not read here", "save it as H.264 in MP4")
    _refuse_large(context.width, context.height)
    stream.thread_type = "NONE"
    context.thread_count = 1
    context.options = {"max_pixels": str(MAX_PIXELS)}


def _refuse_large(width: int, height: int) -> None:
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        limit = f"{MAX_PIXELS // 1_000_000} megapixels and sides of {MAX_SIDE}"
        said = f"frames of {width} × {height} = {width * height / 1e6:.1f} megapixels"
        raise TooLarge(f"{said}: over the limit of {limit}", _REMEDY)


@contextmanager
def _foreign(what: str) -> Iterator[None]:
    """Whatever PyAV raises inside becomes NotDecodable."""
    try:
        yield
    except (ProvenanceError, MemoryError):
        raise
    except Exception as exc:
        words = str(exc).replace("\n", " ")[:200] or type(exc).__name__
        raise NotDecodable(f"{what}: {words}", "get the file again, or from another source") from exc


class _Stopped(Exception):
    """A limit was reached; says which."""


class _Work:
    """One film being read from its beginning.

    Args:
        film: the film.
        notes: what is noted.
    """

    def __init__(self, film: _Film, notes: Notes) -> None:
        self._film, self._notes = film, notes
        self._picker = Picker(film.seconds)
        self._pixels = self._decoded = self._faults = self._taken = 0
        self._last = -1.0
        self._began = self._pulse = time.process_time()
        self._why: str | None = None

    def frames(self) -> Frames:
        """The frames that are taken."""
        self._choose()
        try:
            for frame in self._all():
                if shown := self._shown(frame):
                    self._taken += 1
                    yield shown
                elif self._is_time():
                    yield None
        except _Stopped as limit:
            self._why = str(limit)
        except NotDecodable as fault:
            self._why = fault.message

    def conclude(self) -> None:
        """Note what was read.

        Raises:
            NotDecodable: not one frame.
        """
        if not self._taken:
            raise NotDecodable(f"no frame could be decoded: {self._why or 'there is none in it'}", "get the file again")
        self._notes.seconds = round(self._last + 1 / self._film.rate, 3)
        if self._why:
            self._notes.findings.append(f"read up to {self._last:.1f} s only: {self._why}")
        if self._faults:
            self._notes.findings.append(f"{self._faults} packets could not be decoded")

    def _choose(self) -> None:
        expected = self._film.seconds * self._film.rate * self._film.pixels
        if expected > FEWER_PIXELS:
            self._key_frames_only("it is long")
        elif expected > ALL_PIXELS:
            self._film.stream.codec_context.skip_frame = "NONREF"

    def _key_frames_only(self, why: str) -> None:
        if self._film.stream.codec_context.skip_frame != "NONKEY":
            self._film.stream.codec_context.skip_frame = "NONKEY"
            self._notes.findings.append(f"key frames only from {max(self._last, 0.0):.1f} s on: {why}")

    def _all(self) -> Iterator[Any]:
        """Every frame that is decoded; faults cost a packet each, up to a number."""
        with _foreign("broken or cut off"):
            for number, packet in enumerate(self._film.container.demux(self._film.stream)):
                if number > _MOST_PACKETS:
                    raise _Stopped(f"{_MOST_PACKETS:,} packets are the limit")
                yield from self._decodes(packet)
                self._hold()

    def _decodes(self, packet: Any) -> Iterator[Any]:
        import av  # noqa: PLC0415 - as above

        try:
            yield from packet.decode()
        except av.FFmpegError as error:
            self._faults += 1
            if self._faults > _MOST_FAULTS:
                raise _Stopped(f"more than {_MOST_FAULTS} faults, the last: {str(error)[:100]}") from error

    def _hold(self) -> None:
        """Keep to the limits."""
        if self._pixels > MOST_PIXELS:
            raise _Stopped(f"{MOST_PIXELS // 1_000_000_000} billion pixels are the limit")
        if self._pixels > ALL_PIXELS and self._film.stream.codec_context.skip_frame == "DEFAULT":
            self._key_frames_only("it has more pixels than it says")
        if time.process_time() - self._began > MOST_SECONDS:
            raise _Stopped(f"{MOST_SECONDS:g} s of processor time are the limit")
        if self._picker.is_full:
            raise _Stopped("it is longer than it says")

    def _shown(self, frame: Any) -> Shown | None:
        """The frame, where it is taken; times that do not go on are those of a damaged film, and passed over."""
        _refuse_large(frame.width, frame.height)
        self._pixels += frame.width * frame.height
        self._decoded += 1
        at = _time(frame, self._film, self._decoded)
        if not self._last < at < math.inf:
            return None
        self._last = at
        return _converted(frame, at) if self._picker.takes(at, _tiny(frame)) else None

    def _is_time(self) -> bool:
        now = time.process_time()
        if now - self._pulse < _PULSE:
            return False
        self._pulse = now
        return True


class _Seeking:
    """Goes forward in a film, by its key frames where that is shorter; frames on the way that no other needs are passed over.

    Args:
        film: the film.
        side: what the longer side of frames is brought down to.
    """

    def __init__(self, film: _Film, side: int) -> None:
        self._film, self._side = film, side
        self._reached = -math.inf
        self._last: Any = None
        self._going: Iterator[Any] = iter(())

    def to(self, at: float) -> Iterator[Shown | None]:
        """The first frame from a second on, or the last one where the film ends before; None while work goes on."""
        if at - self._reached > _SEEK:
            with suppress(Exception):  # no index to go by: then it is read on from where it is
                self._film.container.seek(int((at + self._film.begins) / self._film.stream.time_base), stream=self._film.stream)
            self._going = iter(self._film.container.demux(self._film.stream))
        pulse, wanted = time.process_time(), at - 0.5 / self._film.rate
        while self._reached < wanted and (packet := next(self._going, None)) is not None:
            self._decode(packet, wanted)
            if time.process_time() - pulse > _PULSE:
                pulse = time.process_time()
                yield None
        if self._last is not None:
            yield _converted(self._last, at, self._side)

    def _decode(self, packet: Any, wanted: float) -> None:
        early = packet.pts is not None and float(packet.pts * self._film.stream.time_base) - self._film.begins < wanted - _CLOSE
        self._film.stream.codec_context.skip_frame = "NONREF" if early else "DEFAULT"
        for frame in packet.decode():
            _refuse_large(frame.width, frame.height)
            if self._reached < wanted:
                self._last, self._reached = frame, _time(frame, self._film, 1)


def _time(frame: Any, film: _Film, number: int) -> float:
    """Seconds from the beginning; by the number of the frame where it has no time."""
    return (number - 1) / film.rate if frame.time is None else float(frame.time) - film.begins


def _tiny(frame: Any) -> Tiny:
    """About 18 × 32 samples of luminance."""
    if frame.format.name in _PLAIN:
        plane = frame.planes[0]
        samples = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: frame.height, : frame.width]
        return samples[:: max(1, frame.height // _TINY[0]), :: max(1, frame.width // _TINY[1])].copy()
    small = frame.reformat(width=_TINY[1], height=_TINY[0], format="gray")
    return np.asarray(small.to_ndarray(), np.uint8)


def _converted(frame: Any, at: float, side: int = SIDE) -> Shown:
    """The frame in RGB, brought down and turned as it is to be shown."""
    width, height = fitted(frame.width, frame.height, side)
    image = frame.reformat(width=width, height=height, format="rgb24", interpolation="AREA").to_image()
    turned = round((frame.rotation or 0) / 90) * 90 % 360
    size = (frame.height, frame.width) if turned in (90, 270) else (frame.width, frame.height)
    return Shown(round(max(at, 0.0), 3), image.rotate(turned, expand=True) if turned else image, size)
