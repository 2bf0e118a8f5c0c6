"""Bytes to an `Asset`: the order of the parts of this room."""

import hashlib
from dataclasses import replace

from provenance.errors import NotDecodable, TooLarge
from provenance.fingerprint import copies, views, vlad
from provenance.fingerprint.decode import Picture, open_picture, pixels
from provenance.fingerprint.hashes import DECODER, fingerprints
from provenance.fingerprint.kinds import kind_of
from provenance.fingerprint.metadata import metadata
from provenance.fingerprint.structure import trailing
from provenance.records import Asset, Fingerprint, Sketch


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


def sketch(content: bytes) -> Sketch:
    """What the geometric comparison needs of a picture.

    Raises:
        SourceError: the bytes cannot be shown: `EmptySource`, `UnknownFormat`, `TooLarge` or `NotDecodable`.
    """
    kind = kind_of(content)
    if kind.decoder is None:
        raise NotDecodable(f"{kind.media_type}: {kind.unread}")
    picture = open_picture(content, kind)
    return views.framed(pixels(picture), picture.size)


def is_current(asset: Asset) -> bool:
    """Whether an asset's fingerprints are those that this version, with the model that is installed, would make."""
    if not asset.fingerprints:
        return True
    made = {print_.version for print_ in asset.fingerprints}
    with_parts = any("; crop" in version or version == vlad.VERSION for version in made)
    with_model = copies.model() is None or copies.version() in made
    return with_parts and with_model and all(print_.decoder == DECODER for print_ in asset.fingerprints)


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
