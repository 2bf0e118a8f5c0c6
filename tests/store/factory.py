"""Documents, snapshots and assets of invented outlets, for the tests and for the processes that they start."""

import hashlib
from pathlib import Path

from provenance.records import (
    Account,
    Asset,
    Citation,
    Document,
    DocumentFacts,
    Fingerprint,
    Medium,
    Outlet,
    Party,
    Post,
    Snapshot,
    Span,
    StoredDocument,
)
from store import Store, open_store

WHO = "Ada of the night desk"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def snapshot(content: bytes, **stated: str | None) -> Snapshot:
    fields = {"source": "silo.html", "media_type": "text/html", "obtained_at": "2026-03-04T05:06:07Z", "how": "file"}
    return Snapshot(content=content, sha256=sha256(content), **{**fields, **stated})


def document(content: bytes, source: str = "silo.html", text: str = "A silo burns, says @grain_watch.") -> Document:
    """An article with a picture, a clip known from words, a post on X, and a citation of a channel."""
    channel = Party(kind="social-account", platform="telegram", handle="Harbour_News")
    return Document(
        source=source,
        document=DocumentFacts(sha256=sha256(content), url="https://lamp.example/silo", outlet=Outlet(name="The Lamp")),
        text=text,
        media=(
            Medium(
                id="m1",
                kind="photo",
                role="lead",
                url="https://lamp.example/silo.jpg",
                candidate_urls=("https://lamp.example/s.jpg",),
            ),
            Medium(id="m2", kind="video", role="mentioned", account=Account(platform="telegram", handle="Harbour_News")),
        ),
        posts=(Post(id="p1", platform="x", post_id="1234567", handle="Grain_Watch", embedding="embedded", media=("m1",)),),
        citations=(
            Citation(
                id="c1",
                citing=Party(kind="this-article"),
                cited=channel,
                relation="reports",
                about=("m2",),
                span=Span(0, 1, text[:1]),
            ),
        ),
    )


def asset(content: bytes, phash: str = "00ff00ff00ff00ff", pdq: str | None = None) -> Asset:
    prints = [Fingerprint(algorithm="phash", bits=64, value=phash, version="1", decoder="test 1")]
    if pdq:
        prints.append(Fingerprint(algorithm="pdq", bits=256, value=pdq, quality=88, version="1", decoder="test 1"))
    return Asset(sha256=sha256(content), size=len(content), media_type="image/png", width=4, height=3, fingerprints=tuple(prints))


def add(
    store: Store, content: bytes = b"<p>silo</p>", picture: bytes | None = b"picture", **stated: str
) -> tuple[StoredDocument, bool]:
    """Put one article into a store."""
    assets = {"m1": (asset(picture, pdq=sha256(picture)), picture)} if picture is not None else {}
    missing = {"m2": "known only from words"} if picture is not None else {"m1": "not fetched", "m2": "known only from words"}
    taken = snapshot(content, **stated)
    read = document(content, taken.source)
    return store.add(read, content, snapshot=taken, assets=assets, no_bytes=missing, who=WHO)


def opened(folder: Path, **how: bool) -> Store:
    return open_store(str(folder / "desk.db"), **how)
