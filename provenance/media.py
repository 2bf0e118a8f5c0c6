"""The bytes of a document's media: beside the page, in its archive, or fetched; and why there are none."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from provenance import acquire
from provenance.errors import NotFound, SourceError
from provenance.records import Alignment, Asset, Document, Medium, Sketch, Snapshot

UNKNOWN_TYPE = "application/octet-stream"
"""The media type of bytes that are none of the kinds read here."""

Fetched: TypeAlias = Mapping[str, Snapshot | SourceError]
FetchMany: TypeAlias = Callable[[Collection[str]], Iterable[tuple[str, Snapshot | SourceError]]]
"""From the addresses of pictures to what each gave, as it comes; never raises for one of them."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What is at hand of a document's media, by medium id: bytes, or the reason that there are none, or what to fetch."""

    snapshot: Snapshot
    document: Document
    contents: dict[str, bytes] = field(default_factory=dict)
    no_bytes: dict[str, str] = field(default_factory=dict)
    wanted: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The assets of a document's media with their bytes, why others have none, and how the fetched ones were had.

    `sketches` are by sha256.
    """

    assets: dict[str, tuple[Asset, bytes]] = field(default_factory=dict)
    no_bytes: dict[str, str] = field(default_factory=dict)
    had: dict[str, Snapshot] = field(default_factory=dict)
    sketches: dict[str, Sketch] = field(default_factory=dict)


def look(snapshot: Snapshot, document: Document, *, held: Collection[str] = (), fetching: bool = False) -> Looked:
    """What can be had without the network.

    Args:
        snapshot: what the document was read from.
        document: whose media are looked for.
        held: ids of media whose bytes are kept already; these are passed over where they would have to be fetched.
        fetching: whether what is not at hand may be fetched.
    """
    looked = Looked(snapshot, document)
    for medium in document.media:
        try:
            content = _at_hand(snapshot, medium, fetching=fetching)
        except SourceError as error:
            looked.no_bytes[medium.id] = str(error)
            continue
        if content is not None:
            looked.contents[medium.id] = content
        elif fetching and medium.url and medium.kind not in ("video", "audio"):
            if medium.id not in held:
                looked.wanted[medium.id] = medium.url
        else:
            looked.no_bytes[medium.id] = _why_none(medium)
    return looked


def gather(looked: Looked, fetched: Fetched) -> Gathered:
    """Assets of all that is at hand or was fetched."""
    gathered = Gathered(no_bytes=dict(looked.no_bytes))
    media = {medium.id: medium for medium in looked.document.media}
    for ident, content in looked.contents.items():
        where = media[ident].local_path
        _take(gathered, ident, content, read_asset(content), f"what lies at {where} is no picture" if where else None)
    for ident, url in looked.wanted.items():
        found = fetched.get(url)
        if isinstance(found, Snapshot):
            asset = read_asset(found.content)
            told = replace(asset, findings=(*asset.findings, *found.findings)) if found.findings else asset
            gathered.had[ident] = replace(found, content=b"")
            _take(gathered, ident, found.content, told, f"what came from {url[:200]} is no picture")
        else:
            gathered.no_bytes[ident] = str(found or "not fetched: the run was interrupted")
    return gathered


def _take(gathered: Gathered, ident: str, content: bytes, asset: Asset, unless_picture: str | None) -> None:
    if unless_picture and asset.media_type == UNKNOWN_TYPE:
        gathered.no_bytes[ident] = f"{unless_picture}: {asset.not_hashable}"
    else:
        gathered.assets[ident] = (asset, content)
        if asset.media_type.startswith("image/") and asset.fingerprints and asset.sha256 not in gathered.sketches:
            with suppress(SourceError):
                gathered.sketches[asset.sha256] = sketch(content)


def _at_hand(snapshot: Snapshot, medium: Medium, *, fetching: bool) -> bytes | None:
    if snapshot.media_type.startswith(("image/", "video/")):
        return snapshot.content
    if medium.local_path and (beside := _beside(snapshot, medium.local_path, fetching=fetching)):
        return beside
    if medium.url and medium.kind not in ("video", "audio"):
        return _archived(snapshot, medium, medium.url)
    return None


def _archived(snapshot: Snapshot, medium: Medium, url: str) -> bytes | None:
    """The bytes that the archive of a page holds for a picture of it."""
    if snapshot.how != "archive":
        return None
    from provenance.cage import the_cage

    caged = the_cage()
    read = caged.archive_bytes if caged else acquire.archive_bytes
    try:
        return read(snapshot, url, *medium.candidate_urls)
    except NotFound:
        return None


def _beside(snapshot: Snapshot, local_path: str, *, fetching: bool) -> bytes | None:
    """The bytes beside a saved page; a page without its pictures may have them fetched instead."""
    if snapshot.how != "file":
        return None
    try:
        return acquire.sidecar(snapshot, local_path)
    except NotFound:
        if not fetching:
            raise
        return None


def _why_none(medium: Medium) -> str:
    if medium.role == "mentioned":
        return "known only from words"
    if medium.url:
        return "not fetched: --media fetches embedded pictures"
    return "the document gives neither bytes nor an address"


def read_asset(content: bytes, *, fast: bool = False) -> Asset:
    """An asset from bytes of any kind: what cannot be read as a picture is kept all the same, with the reason.

    The bytes are decoded in a process of its own that can do little else.

    Args:
        content: the bytes.
        fast: make only `pdq-fast`, for going through many pictures.
    """
    from provenance.cage import the_cage

    caged = the_cage()
    try:
        if caged:
            return caged.fast(content) if fast else caged.asset(content)
        return _decoded(content, fast=fast)
    except SourceError as error:
        return Asset(
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            media_type=UNKNOWN_TYPE,
            not_hashable=str(error),
        )


def _decoded(content: bytes, *, fast: bool) -> Asset:
    from provenance import fingerprint

    return fingerprint.fast(content) if fast else fingerprint.fingerprint(content)


def thumbnail(content: bytes) -> bytes:
    """A small PNG of a picture, made in a process of its own that can do little else.

    Raises:
        SourceError: it cannot be made.
    """
    from provenance.cage import the_cage

    if caged := the_cage():
        return caged.thumbnail(content)
    from provenance import fingerprint

    return fingerprint.thumbnail(content)


def veil(content: bytes) -> bytes:
    """A grey PNG in which nothing of a picture can be made out, made in a process of its own that can do little else.

    Raises:
        SourceError: it cannot be made.
    """
    from provenance.cage import the_cage

    if caged := the_cage():
        return caged.veil(content)
    from provenance import fingerprint

    return fingerprint.veil(content)


def sketch(content: bytes) -> Sketch:
    """What the geometric comparison needs of a picture, made in a process of its own that can do little else.

    Raises:
        SourceError: it cannot be made.
    """
    from provenance.cage import the_cage

    if caged := the_cage():
        return caged.sketch(content)
    from provenance import fingerprint

    return fingerprint.sketch(content)


def drawn(aligned: Alignment | None, left: bytes, right: bytes) -> bytes:
    """A PNG of two pictures for eyes to judge, made in a process of its own that can do little else.

    Args:
        aligned: how one lies in the other; None shows them side by side.
        left: the bytes of one picture.
        right: those of the other.

    Raises:
        SourceError: one of them cannot be shown.
    """
    from provenance.cage import the_cage

    if caged := the_cage():
        return caged.drawn(aligned, left, right)
    from provenance import fingerprint

    return fingerprint.evidence(left, right, aligned) if aligned else fingerprint.side_by_side(left, right)


def sketches(content: bytes, seconds: list[float]) -> dict[float, Sketch]:
    """The sketches of a clip's frames at some seconds, made in a process of its own; fewer where not all can be decoded."""
    from provenance.cage import the_cage

    caged, made = the_cage(), dict[float, Sketch]()
    with suppress(SourceError):
        if caged:
            made.update(caged.sketches(content, seconds))
        else:
            from provenance import fingerprint

            made.update(found for found in fingerprint.sketches(content, seconds) if found)
    return made


def still(content: bytes, second: float) -> bytes:
    """A PNG of a clip's frame at a second, made in a process of its own that can do little else.

    Raises:
        SourceError: it cannot be made.
    """
    from provenance.cage import the_cage

    if caged := the_cage():
        return caged.still(content, second)
    from provenance import fingerprint

    return fingerprint.still(content, second)
