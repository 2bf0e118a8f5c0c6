"""Bytes to an `Asset`: the order of the parts of this room."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

from provenance.errors import NotDecodable, TooLarge
from provenance.fingerprint import animation, clip, copies, video, views, vlad
from provenance.fingerprint.decode import Picture, frame_count, open_picture, pixels
from provenance.fingerprint.hashes import DECODER, Made, fingerprints
from provenance.fingerprint.kinds import UNREAD_FILMS, kind_of
from provenance.fingerprint.metadata import metadata
from provenance.fingerprint.reel import SIDE, Frames, Notes, Shown
from provenance.fingerprint.render import as_png
from provenance.fingerprint.structure import trailing
from provenance.records import Asset, Sketch

_STILL_SIDE = 1280
_ANIMATED = frozenset({"image/gif", "image/webp", "image/png", "image/avif"})
_ONE_FRAME = re.compile(r"first of \d+ frames read")
"""What an earlier version said of a picture that moves."""


class _Last:
    """The sketch of the last picture that was hashed: it was made on the way, and is often asked for next."""

    sketch: ClassVar[tuple[str, Sketch] | None] = None


def fingerprint(content: bytes) -> Asset:
    """Read a picture's size, metadata and perceptual hashes; of a clip those of its frames, with their seconds.

    Width and height are those of the picture as shown, turned by its EXIF orientation. What cannot be hashed (broken, too
    large, flat, tiny, or of a format that is not decoded here) is still an asset: `not_hashable` says why.

    Raises:
        EmptySource: there are no bytes.
        UnknownFormat: they are no picture, video or sound known here.
    """
    return joined(list(parts(content)))


def parts(content: bytes) -> Iterator[Asset]:
    """The same bit by bit: each part has the fingerprints that are new, the last one all other facts.

    Raises:
        EmptySource: there are no bytes.
        UnknownFormat: they are no picture, video or sound known here.
    """
    kind = kind_of(content)
    asset = Asset(sha256=hashlib.sha256(content).hexdigest(), size=len(content), media_type=kind.media_type)
    if kind.decoder is None:
        if kind.is_film and video.is_there():
            yield from _film(asset, content)
        else:
            yield replace(asset, not_hashable=kind.unread)
        return
    try:
        picture = open_picture(content, kind)
    except (TooLarge, NotDecodable) as exc:
        yield replace(asset, not_hashable=str(exc))
        return
    yield from _moving(asset, picture) if animation.moves(picture) else [_still(asset, picture)[0]]


def joined(found: list[Asset]) -> Asset:
    """One asset from its parts."""
    return replace(found[-1], fingerprints=tuple(print_ for part in found for print_ in part.fingerprints))


def described(content: bytes) -> tuple[Asset, Sketch | None]:
    """As `fingerprint`, and the sketch that was made on the way; None where there is none, or it is a clip.

    Raises:
        EmptySource: there are no bytes.
        UnknownFormat: they are no picture, video or sound known here.
    """
    if (kind := kind_of(content)).decoder is None:
        return fingerprint(content), None
    asset = Asset(sha256=hashlib.sha256(content).hexdigest(), size=len(content), media_type=kind.media_type)
    try:
        picture = open_picture(content, kind)
    except (TooLarge, NotDecodable):
        return fingerprint(content), None
    return (fingerprint(content), None) if animation.moves(picture) else _still(asset, picture)


def _still(asset: Asset, picture: Picture) -> tuple[Asset, Sketch | None]:
    made = _made(picture)
    facts = metadata(picture)
    width, height = picture.size
    if made.sketch:
        _Last.sketch = asset.sha256, made.sketch
    found = replace(
        asset,
        width=width,
        height=height,
        fingerprints=made.prints,
        not_hashable=made.reason,
        metadata=facts,
        findings=_findings(picture),
    )
    return found, made.sketch


def _film(asset: Asset, content: bytes) -> Iterator[Asset]:
    notes = Notes()
    yield from _clip(asset, video.frames(content, asset.media_type, notes), notes, video.decoder())


def _moving(asset: Asset, picture: Picture) -> Iterator[Asset]:
    notes = Notes()
    known = replace(asset, metadata=metadata(picture))
    for part in _clip(known, animation.frames(picture, notes), notes, DECODER):
        yield replace(part, findings=tuple(dict.fromkeys([*part.findings, *_findings(picture)])))


def _clip(asset: Asset, frames: Frames, notes: Notes, decoder: str) -> Iterator[Asset]:
    """The parts of a clip. A fault after the first frames costs what comes after it, which is said."""
    reading = clip.Reading(decoder)
    try:
        for prints in reading.of(frames):
            yield replace(asset, fingerprints=prints, **_sized(reading))
    except (TooLarge, NotDecodable) as exc:
        if not reading.frames:
            yield replace(asset, not_hashable=str(exc))
            return
        notes.findings.append(f"read in part only: {exc.message}")
    said = f"{reading.frames} frames read" + (f", {reading.refused} of them with too little detail" if reading.refused else "")
    yield replace(
        asset,
        seconds=notes.seconds,
        not_hashable=None if reading.kept else f"none of its frames has enough detail ({reading.frames} read)",
        findings=tuple(dict.fromkeys([said, *notes.findings])),
        **_sized(reading),
    )


def _sized(reading: clip.Reading) -> dict[str, Any]:
    return dict(zip(("width", "height"), reading.size, strict=True)) if reading.size else {}


def sketch(content: bytes) -> Sketch:
    """What the geometric comparison needs of a picture.

    Raises:
        SourceError: the bytes cannot be shown: `EmptySource`, `UnknownFormat`, `TooLarge` or `NotDecodable`.
    """
    sha256, made = _Last.sketch or ("", None)
    if made and hashlib.sha256(content).hexdigest() == sha256:
        return made
    picture = _opened(content)
    return views.framed(pixels(picture), picture.size)


def sketches(content: bytes, seconds: list[float]) -> Iterator[tuple[float, Sketch] | None]:
    """The sketches of a clip's frames at some seconds, in the order of time; None tells now and then that work goes on.

    Raises:
        SourceError: the bytes cannot be shown, as `sketch`.
    """
    for shown in _shown(content, seconds):
        yield (shown.at, views.framed(shown.rgb, shown.rgb.size)) if shown else None


def still(content: bytes, second: float) -> bytes:
    """A PNG of a clip's frame at a second.

    Raises:
        SourceError: the bytes cannot be shown, as `sketch`.
    """
    for shown in _shown(content, [second], _STILL_SIDE):
        if shown:
            return as_png(shown.rgb)
    raise NotDecodable(f"there is no frame at {second:g} s", "name a second within the clip")


def _shown(content: bytes, seconds: list[float], side: int = SIDE) -> Iterator[Shown | None]:
    kind = kind_of(content)
    if kind.is_film:
        if not video.is_there():
            raise NotDecodable(f"{kind.media_type}: {kind.unread}")
        return video.stills(content, kind.media_type, seconds, side)
    return animation.stills(_opened(content), seconds, side)


def _opened(content: bytes) -> Picture:
    kind = kind_of(content)
    if kind.decoder is None:
        raise NotDecodable(f"{kind.media_type}: {kind.unread}")
    return open_picture(content, kind)


def is_current(asset: Asset) -> bool:
    """Whether an asset's fingerprints are those that this version, with the model that is installed, would make."""
    if asset.media_type.startswith("video/"):
        return not video.is_there() or bool(asset.fingerprints) or asset.not_hashable not in UNREAD_FILMS
    if not asset.fingerprints:
        return True
    if any(print_.at is not None for print_ in asset.fingerprints):
        return all(print_.decoder == DECODER for print_ in asset.fingerprints)
    made = {print_.version for print_ in asset.fingerprints}
    if asset.media_type in _ANIMATED and any(_ONE_FRAME.fullmatch(finding) for finding in asset.findings):
        return False
    counted = {version.partition(";")[0] for version in made if version.startswith("vlad ")}
    with_parts = counted == {vlad.VERSION} if counted else any("; crop" in version for version in made)
    with_model = copies.model() is None or copies.version() in made
    return with_parts and with_model and all(print_.decoder == DECODER for print_ in asset.fingerprints)


def _made(picture: Picture) -> Made:
    try:
        return fingerprints(pixels(picture), picture.size)
    except (TooLarge, NotDecodable) as exc:
        return Made(reason=str(exc))


def _findings(picture: Picture) -> tuple[str, ...]:
    pages = frame_count(picture) if picture.kind.decoder == "TIFF" else 1
    said = [] if pages == 1 else [f"first of {pages} pages read" if pages else "first page read; what follows it is broken"]
    after = trailing(picture.content, picture.structure.end)
    return tuple(dict.fromkeys([*said, *([after] if after else []), *picture.findings]))
