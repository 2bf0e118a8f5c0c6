"""Taking what another desk exported: its documents become ours, and the import itself is an entry that says whose they were."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from provenance.evidence.unpack import Received
from provenance.records import Asset, Document, Json, Marking, Snapshot
from store.codec import decode

if TYPE_CHECKING:
    from store.base import Store

_WORDS = ("decision", "assessment", "marking", "redaction")


def documents(store: "Store", received: Received, *, who: str) -> Json:
    """Keep the documents of a package, with their bytes; what the entry of the import records.

    Documents whose bytes had to go before are not kept; another desk's links and verdicts are recorded with the import and
    decide nothing here.
    """
    kept: list[str] = []
    missing: list[str] = []
    by_kind: dict[str, list[Json]] = {}
    for sequence, payload in sorted(received.payloads.items()):
        by_kind.setdefault(received.entries[sequence][3], []).append(payload)
    described = {payload["sha256"]: decode(Asset, payload) for payload in by_kind.get("asset", [])}
    for observed in by_kind.get("document", []):
        links = {**_later(by_kind, observed["id"]), **observed["assets"]}
        done = _keep(store, observed, links, described, received.blobs, who)
        (kept if done else missing).append(observed["id"])
    for payload in by_kind.get("marking", []):
        decode(Marking, payload)  # these are read again whenever visuals are made
    words = [
        {"entry": sequence, "what": entry[3], "recorded": received.payloads[sequence]}
        for sequence, entry in sorted(received.entries.items())
        if entry[3] in _WORDS
    ]
    return {
        "package": received.sha256,
        "checkpoint": received.note,
        "exported_by": received.about.get("exported_by"),
        "exported_at": received.about.get("exported_at"),
        "documents": kept,
        "not_kept": missing,
        "entries": {str(sequence): list(entry) for sequence, entry in sorted(received.entries.items())},
        "words": words,
    }


def _later(by_kind: Mapping[str, list[Json]], ident: str) -> dict[str, str]:
    """Bytes of media that came after their document; the first of each."""
    found: dict[str, str] = {}
    for payload in by_kind.get("media", []):
        if payload["id"] == ident:
            found = {**payload["assets"], **found}
    return found


def _keep(
    store: "Store", observed: Json, links: Mapping[str, str], described: Mapping[str, Asset], blobs: Mapping[str, bytes], who: str
) -> bool:
    taken: dict[str, Any] = observed["snapshot"]
    content = blobs.get(taken["sha256"])
    if content is None:
        return False
    assets = {m: (described[a], blobs[a]) for m, a in links.items() if a in described and a in blobs}
    gone = {m: "the package does not hold these bytes" for m in links if m not in assets}
    document, snapshot = decode(Document, observed["document"]), decode(Snapshot, {**taken, "content": b""})
    store.add(
        document,
        content,
        snapshot=replace(snapshot, content=content),
        assets=assets,
        no_bytes={**observed["no_bytes"], **gone},
        who=who,
    )
    return True
