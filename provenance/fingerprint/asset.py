"""Bytes to an `Asset`: the order of the parts of this room."""

import hashlib
from dataclasses import replace

from provenance.errors import NotDecodable, TooLarge
from provenance.fingerprint.decode import Picture, open_picture, pixels
from provenance.fingerprint.hashes import fingerprints
from provenance.fingerprint.kinds import kind_of
from provenance.fingerprint.metadata import metadata
from provenance.fingerprint.structure import trailing
from provenance.records import Asset, Fingerprint


def fingerprint(content: bytes) -> Asset:
    """Read a picture's size, metadata and perceptual hashes.

    Width and height are those of the picture as shown, turned by its EXIF orientation. A picture that cannot be hashed
    (broken, too large, flat, tiny, or of a format that is not decoded here) is still an asset: `not_hashable` says why.

    Raises:
        EmptySource: there are no bytes.
        UnknownFormat: they are no picture, video or sound known here.
    """
    kind = kind_of(content)
    asset = Asset(sha256=hashlib.sha256(content).hexdigest(), size=len(content), media_type=kind.media_type)
    if kind.decoder is None:
        return replace(asset, not_hashable=kind.unread)
    try:
        picture = open_picture(content, kind)
    except (TooLarge, NotDecodable) as exc:
        return replace(asset, not_hashable=str(exc))
    prints, reason = _prints(picture)
    facts = metadata(picture)
    width, height = picture.size
    return replace(
        asset,
        width=width,
        height=height,
        fingerprints=prints,
        not_hashable=reason,
        metadata=facts,
        findings=_findings(picture),
    )


def _prints(picture: Picture) -> tuple[tuple[Fingerprint, ...], str | None]:
    try:
        return fingerprints(pixels(picture), picture.size)
    except (TooLarge, NotDecodable) as exc:
        return (), str(exc)


def _findings(picture: Picture) -> tuple[str, ...]:
    frames = picture.structure.frames
    said = [f"first of {frames} frames read"] if frames > 1 else []
    after = trailing(picture.content, picture.structure.end)
    return tuple(dict.fromkeys([*said, *([after] if after else []), *picture.findings]))
