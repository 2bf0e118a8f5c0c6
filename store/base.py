"""The store: what was seen, kept for good, and who said what of it."""

import base64
import dataclasses
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Literal, Self, TypeAlias, get_args

from sqlmodel import Session

from provenance.errors import EvidenceError, NotFound, Redacted, UsageError
from provenance.evidence.checkpoint import Checkpoint, parse
from provenance.evidence.unpack import Received
from provenance.records import (
    AppearanceKey,
    Assessment,
    Asset,
    Decision,
    Document,
    GraphicLabel,
    Json,
    Marking,
    Match,
    Redaction,
    Repair,
    Sketch,
    Snapshot,
    Status,
    StoredDocument,
    Unchanged,
    VerifiedItem,
    Visual,
    to_json,
)
from store import backup, checks, journal, marks, past, queries, receiving, schema
from store.aside import Aside
from store.blobs import Blobs, Damage
from store.codec import decode, parsed
from store.database import Database
from store.drawings import Drawings
from store.journal import Change
from store.location import database_path, default_blobs, index_folder
from store.log import Log
from store.near import NearIndex, Neighbour
from store.pairs import Pairs
from store.queries import PostUse
from store.rows import AssetRow, DocumentRow, FingerprintRow, UseRow
from store.views import Views
from store.watching import Watching
from store.writing import Arrival, append, check_bytes, check_codes, describe, document_id, judge, new_links, record

_REMEMBERED = 10_000  # assets of about 1 kB each
DecisionKind: TypeAlias = Literal["link", "unlink"]


def open_store(
    url: str | None = None,
    blobs: Path | None = None,
    *,
    copy: Path | None = None,
    read_only: bool = False,
    as_of: str | None = None,
) -> "Store":
    """Open the record, make it where there is none, and bring its schema up to date.

    Args:
        url: `sqlite:///path` or a path; None for the settings' one.
        blobs: the folder of the bytes; None for the one beside the file.
        copy: the folder of a second copy of the bytes; None for the settings' one where these name the record, else none.
        read_only: write nothing at all; works on a read-only disk.
        as_of: a moment, UTC in ISO 8601: the record as it was then, for reading only.

    Raises:
        StoreError: it cannot be opened; the subclass tells why.
        UsageError: the address is none that this version can open.
    """
    if url is None:
        from provenance.settings import load_settings  # noqa: PLC0415 - slow to import, and not needed with an address

        settings = load_settings()
        url, blobs, copy = settings.db, blobs or settings.blobs, copy or settings.blobs_copy
    path = database_path(url)
    back_to = past.moment(as_of) if as_of else None
    database = Database(path, read_only=read_only or as_of is not None, as_of=back_to)
    return Store(database, Blobs(blobs or default_blobs(path), copy))


def restore(
    source: Path,
    url: str | None = None,
    blobs: Path | None = None,
    *,
    copy: Path | None = None,
    progress: Callable[[int, int], Any] | None = None,
) -> Json:
    """Put a backup where a record is to be and is not yet; verified first, and brought to this version's schema.

    Args:
        source: the folder that `Store.backup` made.
        url: as for `open_store`.
        blobs: as for `open_store`.
        copy: as for `open_store`.
        progress: called with the blobs copied and their number.

    Raises:
        UsageError: there is a record already, or no finished backup.
        EvidenceError: the backup does not verify; nothing was put back.
    """
    if url is None:
        from provenance.settings import load_settings  # noqa: PLC0415 - as above

        settings = load_settings()
        url, blobs, copy = settings.db, blobs or settings.blobs, copy or settings.blobs_copy
    path = database_path(url)
    return backup.restore(source, path, Blobs(blobs or default_blobs(path), copy), progress or (lambda _done, _total: None))


class Store:
    """One record. Nothing in it is ever changed or removed; each method that adds writes one entry of the journal a change.

    Args:
        database: the open database.
        blobs: the folder of the bytes.

    Attributes:
        aside: what was fetched for documents that are not kept yet.
        watching: the watches, and what they saw.
    """

    def __init__(self, database: Database, blobs: Blobs) -> None:
        self._database = database
        self._blobs = blobs
        self.log = Log(database)
        self.aside = Aside(blobs.temporary)
        derived = index_folder(database.path) if database.as_of is None else None
        self._near = NearIndex(derived, read_only=database.read_only)
        self._views = Views(derived)
        self.watching = Watching(database, blobs, self._writing, index_folder(database.path))
        self._pairs = Pairs(derived)
        self._drawings = Drawings(derived)
        self._assets: dict[str, Asset] = {}
        self._written = 0
        if not database.read_only:
            blobs.sweep()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        if not self._database.read_only:
            self._near.settle()
        self._database.close()

    # -------------------------------------------------------------- adding

    def add(  # noqa: PLR0913 - each is a fact of its own
        self,
        document: Document,
        content: bytes,
        *,
        snapshot: Snapshot,
        assets: Mapping[str, tuple[Asset, bytes]],
        no_bytes: Mapping[str, str],
        had: Mapping[str, Snapshot] = MappingProxyType({}),
        who: str,
    ) -> tuple[StoredDocument, bool]:
        """Keep a document, the bytes that it was read from, and the bytes of its media, in one transaction.

        The same document again changes nothing, except that bytes of a medium which were not there are added.

        Args:
            document: what was read.
            content: the bytes of the snapshot.
            snapshot: how the bytes were had.
            assets: medium ids to the asset and its bytes.
            no_bytes: medium ids to the reason that there are none.
            had: medium ids to how their bytes were fetched; of these snapshots the content is not used.
            who: the name that the journal keeps.

        Returns:
            The document as kept, and whether it is new.

        Raises:
            StoreNotWritable: read-only, or no space left; nothing half-written remains.
            EvidenceError: bytes and their sha256 do not fit together.
        """
        check_bytes(snapshot.source, snapshot.sha256, content)
        for medium, (asset, held) in assets.items():
            check_bytes(f"{snapshot.source} {medium}", asset.sha256, held)
            check_codes(asset)
        described = {medium: asset for medium, (asset, _) in assets.items()}
        arrival = Arrival(document=document, snapshot=snapshot, assets=described, no_bytes=no_bytes, had=had, who=who)
        with self._database.reading() as session:
            kept = queries.document(session, arrival.id)
            if kept and not new_links(session, kept, arrival):
                return kept, False
            gone = queries.redacted(session, {snapshot.sha256, *(asset.sha256 for asset in described.values())})
        for sha256, held in ((snapshot.sha256, content), *((asset.sha256, held) for asset, held in assets.values())):
            if sha256 not in gone:
                self._blobs.put(held)
        with self._writing() as session:
            stored = record(session, arrival)
            gone = queries.redacted(session, {snapshot.sha256, *(a.sha256 for a in described.values())}) - gone
        for sha256 in gone:  # they had to go while this was being written
            self._blobs.remove(sha256)
            self._drawings.remove(sha256)
        for asset in described.values():
            self._assets.pop(asset.sha256, None)
        return stored

    def media_held(self, document: Document, snapshot: Snapshot) -> dict[str, Snapshot | None]:
        """The ids of the media of a document, as read from a snapshot, whose bytes are kept, and how these were fetched.

        The snapshots are without content; None stands for bytes that were not fetched.
        """
        ident = document_id(document, snapshot)
        with self._database.reading() as session:
            kept = queries.document(session, ident)
            had = queries.fetched_media(session, ident) if kept else {}
        return {medium: had.get(medium) for medium in kept.assets} if kept else {}

    def held(self, url: str) -> Snapshot | None:
        """The newest snapshot that was fetched from an address, with its bytes; None where there is none, or they had to go."""
        with self._database.reading() as session:
            idents = [ident for ident, medium in queries.uses_of_url(session, url) if medium is None]
            found = [(ident, queries.document_payload(session, ident) or {}) for ident in idents]
        fetched = [ident for ident, observed in found if _was_fetched(observed.get("snapshot", {}), url)]
        try:
            return self.snapshot(fetched[-1]) if fetched else None
        except Redacted:
            return None

    def add_check(self, check: Unchanged, *, who: str) -> None:
        """Keep that an address was asked again, and that its bytes are those that are kept already."""
        with self._writing() as session:
            append(session, Change(what="check", subject=check.url, who=who), to_json(check))

    def add_failure(self, source: str, when: str, what: str, *, who: str) -> None:
        """Keep that a source could not be had or read: a failure is a record as well."""
        with self._writing() as session:
            failed = {"source": source, "when": when, "what": what}
            append(session, Change(what="failure", subject=source, who=who), failed)

    def decide(self, kind: DecisionKind, left: AppearanceKey, right: AppearanceKey, *, who: str, why: str) -> Decision:
        """Keep an analyst's word on whether two appearances are the same visual.

        Raises:
            NotFound: one of them is not kept.
            UsageError: they are one and the same, or the kind is unknown.
        """
        if kind not in ("link", "unlink") or left == right:
            raise UsageError(f"{kind} {left} {right}: not a decision", "name link or unlink, and two different appearances")
        fields = {"kind": kind, "left": _plain(left), "right": _plain(right)}
        change = Change(what="decision", subject=f"{left} {right}", who=who, why=why)
        with self._writing() as session:
            return decode(Decision, judge(session, change, fields, (left, right)))

    def redact(self, sha256: str, *, who: str, why: str) -> tuple[Redaction, list[str]]:
        """Remove bytes that must go; their hash, the reason and all that was recorded of them stay.

        Returns:
            The record of it, and the kept bytes (sha256) that hold the same bytes within them, such as the page they are set in.

        Raises:
            NotFound: no such bytes are kept.
            UsageError: no reason is given.
        """
        if not why.strip():
            raise UsageError("bytes are removed for a reason only", "give --reason")
        with self._writing() as session:
            if not queries.is_kept(session, sha256):
                raise NotFound(f"{sha256}: no such bytes are kept", "give the sha256 of an asset or of a document's bytes")
            done = queries.redaction(session, sha256)
            within = self._holding(queries.sharers(session, sha256), sha256)
            if done is None:
                fields = {"sha256": sha256, "size": self._blobs.size(sha256), "who": who, "why": why, "at": journal.utc_now()}
                append(session, Change(what="redaction", subject=sha256, who=who, why=why), fields)
                done = decode(Redaction, fields)
        self._blobs.remove(sha256)
        self._drawings.remove(sha256)
        self.aside.remove(sha256)
        return done, within

    def repair(self, sha256: str, *, who: str) -> list[Repair]:
        """Put whole bytes in the place of those that are damaged or missing, in either copy; each repair is an entry.

        What was damaged is kept beside, in the folder `damaged`.

        Returns:
            What was repaired; empty where nothing was wrong, or no copy is whole.
        """
        with self._database.reading() as session:
            if not queries.is_kept(session, sha256) or queries.redaction(session, sha256):
                return []
        return [self._put_back(wrong, content, who) for wrong, content in self._blobs.damages(sha256)]

    def _put_back(self, wrong: Damage, content: bytes, who: str) -> Repair:
        folder, source = str(wrong.blobs.folder), str(wrong.source.folder)
        fields = {"sha256": wrong.sha256, "folder": folder, "source": source, "damage": wrong.why, "at": journal.utc_now()}
        with self._writing() as session:
            wrong.blobs.replace(content)
            append(session, Change(what="repair", subject=wrong.sha256, who=who, why=wrong.why), fields)
        return decode(Repair, fields)

    def _holding(self, others: Iterable[str], sha256: str) -> list[str]:
        """Those of some kept bytes that hold others within them, as they are or in base64."""
        try:
            content = self._blobs.get(sha256)
        except EvidenceError:
            return []
        forms = (content, base64.b64encode(content).rstrip(b"="))
        found = []
        for other in others:
            with suppress(EvidenceError):
                held = self._blobs.get(other)
                found += [other] if any(form in held for form in forms) else []
        return found

    def assess(
        self, visual: str, appearance: AppearanceKey, status: Status, *, who: str, why: str, named: bool = False
    ) -> Assessment:
        """Keep an analyst's verdict on a visual, tied to one of its appearances; `named` where that one was named itself.

        Raises:
            NotFound: the appearance is not kept.
            UsageError: the status is none of the known ones.
        """
        if status not in get_args(Status):
            raise UsageError(f"{status!r} is no status", f"one of {', '.join(get_args(Status))}")
        fields = {"visual": visual, "appearance": _plain(appearance), "status": status, **({"named": True} if named else {})}
        change = Change(what="assessment", subject=visual, who=who, why=why)
        with self._writing() as session:
            return decode(Assessment, judge(session, change, fields, (appearance,)))

    def add_marking(
        self,
        label: GraphicLabel,
        *,
        assets: Iterable[str] = (),
        appearances: Iterable[AppearanceKey] = (),
        visual: str | None = None,
        who: str,
        why: str,
    ) -> Marking:
        """Keep a desk's word on whether pictures are graphic; `not-looked-at` takes an earlier one back.

        Args:
            label: the word.
            assets: the pictures, by sha256.
            appearances: those without bytes.
            visual: the visual that was named, where one was.
            who: whose word it is.
            why: the reason.

        Raises:
            NotFound: one of them is not kept.
            UsageError: there is no such label, nothing is named, or no reason is given.
        """
        change = Change(what="marking", subject=visual or "", who=who, why=why)
        with self._writing() as session:
            return marks.add(session, label, (tuple(assets), tuple(appearances)), visual, change)

    # -------------------------------------------------------------- asking

    def documents(self) -> Iterator[StoredDocument]:
        """Every document, in the order of ingestion; the store may be written to meanwhile."""
        sequence = 0
        while True:
            with self._database.reading() as session:
                found = queries.documents_after(session, sequence)
            if not found:
                return
            yield from found
            sequence = found[-1].sequence

    def document(self, id_or_prefix: str) -> StoredDocument | None:
        """The document with this id, or the one whose id starts so.

        Raises:
            UsageError: several start so.
        """
        with self._database.reading() as session:
            ident = queries.full_id(session, id_or_prefix)
            return queries.document(session, ident) if ident else None

    def snapshot(self, document: str) -> Snapshot:
        """The bytes that a document was read from, and how they were had.

        Raises:
            NotFound: no document has this id, or its bytes had to go (`Redacted`).
            EvidenceError: the bytes do not verify.
        """
        with self._database.reading() as session:
            observed = queries.document_payload(session, document)
        if observed is None:
            raise NotFound(f"{document}: no such document is kept", "`provenance visuals` lists what is kept")
        taken = decode(Snapshot, {**observed.get("snapshot", {}), "content": b""})
        return dataclasses.replace(taken, content=self.blob(taken.sha256))

    def asset(self, sha256: str) -> Asset | None:
        """What is known of an asset; the newest description, where it was read more than once.

        A description once read is remembered until this store writes of the asset: grouping asks for the same ones over and over.
        """
        if found := self._assets.get(sha256):
            return found
        with self._database.reading() as session:
            found = queries.asset(session, sha256)
        if found and len(self._assets) < _REMEMBERED:
            self._assets[sha256] = found
        return found

    def assets(self) -> Iterator[Asset]:
        """Every asset, by sha256."""
        after = ""
        while True:
            with self._database.reading() as session:
                names = queries.assets_after(session, after)
                found = [queries.asset(session, name) for name in names]
            if not names:
                return
            yield from (asset for asset in found if asset)
            after = names[-1]

    def blob(self, sha256: str) -> bytes:
        """Bytes that were kept, hashed again on the way out.

        Raises:
            NotFound: none of this sha256 were ever kept, or they had to go (`Redacted`).
            EvidenceError: they are missing or are not those that were kept.
            UsageError: no sha256.
        """
        try:
            return self._blobs.get(sha256)
        except EvidenceError:
            with self._database.reading() as session:
                kept, gone = queries.is_kept(session, sha256), queries.redaction(session, sha256)
            if gone:
                raise Redacted(
                    f"{sha256}: removed on {gone.at[:10]} by {gone.who}: {gone.why}", "its hash is still on record"
                ) from None
            if kept:
                raise
            raise NotFound(f"{sha256}: no such bytes are kept", "check the sha256") from None

    def near(self, algorithm: str, value_hex: str, radius: int, among: Collection[str] | None = None) -> list[Neighbour]:
        """The assets whose hash lies within `radius` bits: (sha256, distance, quality), nearest first, none left out.

        With `among`, those of these assets only.

        Raises:
            UsageError: the value is no such hash.
        """
        with self._database.reading() as session:
            return self._near.near(queries.FingerprintRows(session), algorithm, value_hex, radius, among)

    def nearest(self, algorithm: str, values_hex: Sequence[str], radius: int, most: int) -> list[Neighbour]:
        """The assets with a hash within `radius` bits of one of several, nearest first, `most` of them; as `near` for each.

        Raises:
            UsageError: a value is no such hash.
        """
        with self._database.reading() as session:
            return self._near.nearest(queries.FingerprintRows(session), algorithm, values_hex, radius, most)

    def known_matches(self, sha256: str, rules: str) -> list[Match] | None:
        """The matches found for an asset by these rules when it was first compared; None where they are not remembered."""
        return self._pairs.of(sha256, rules)

    def keep_matches(self, sha256: str, rules: str, found: Iterable[Match]) -> None:
        """Remember the matches of an asset: derived data, written where that is possible."""
        self._pairs.keep(sha256, rules, found)

    def sketch(self, sha256: str, rules: str) -> Sketch | None:
        """The sketch of an asset as it was made for these rules; None where none is kept."""
        return self._drawings.of(sha256, rules)

    def keep_sketch(self, sha256: str, rules: str, made: Sketch) -> None:
        """Keep the sketch of a kept asset: derived data, written where that is possible."""
        with self._database.reading() as session:
            if not queries.is_kept(session, sha256) or queries.redaction(session, sha256):
                return
        self._drawings.keep(sha256, rules, made)

    def describe(self, asset: Asset, *, who: str) -> None:
        """Keep a new description of an asset that is kept, unless it says what the last one said.

        Raises:
            NotFound: no such asset is kept.
            SourceError: a fingerprint cannot be compared.
        """
        check_codes(asset)
        if self.asset(asset.sha256) is None:
            raise NotFound(f"{asset.sha256}: no such asset is kept", "check the sha256")
        with self._writing() as session:
            describe(session, {asset.sha256: asset}, who)
        self._assets.pop(asset.sha256, None)
        self._pairs.forget()

    def uses_of_asset(self, sha256: str) -> list[AppearanceKey]:
        """The appearances that have had these bytes."""
        with self._database.reading() as session:
            return queries.uses(session, sha256)

    def uses_of_url(self, url: str) -> list[tuple[str, str | None]]:
        """Documents at an address, and media that have it: document id, and medium id or None. The address as written."""
        with self._database.reading() as session:
            return queries.uses_of_url(session, url)

    def posts(self, platform: str | None, post_id: str | None = None, handle: str | None = None) -> list[PostUse]:
        """Where documents name a post or an account; what is None is not asked for.

        Raises:
            UsageError: neither a post nor an account is named.
        """
        if not post_id and not handle:
            raise UsageError("neither a post nor an account is named", "give the id of a post or a handle")
        with self._database.reading() as session:
            return queries.mentions(session, platform, post_id, handle)

    def decisions(self) -> list[Decision]:
        """Every decision, oldest first."""
        return [decode(Decision, observed) for observed in self._observed("decision")]

    def assessments(self) -> list[Assessment]:
        """Every assessment, oldest first."""
        return [decode(Assessment, observed) for observed in self._observed("assessment")]

    def markings(self) -> list[Marking]:
        """What was marked graphic or not: by desks whose packages were taken over, then by our own, each oldest first."""
        return [*marks.theirs(self._observed("import")), *(decode(Marking, kept) for kept in self._observed("marking"))]

    def failures(self) -> list[Json]:
        """Every source that failed: `source`, `when`, `what`; oldest first."""
        return self._observed("failure")

    def _observed(self, what: str) -> list[Json]:
        with self._database.reading() as session:
            return [parsed(text) for text in journal.payloads(session, what)]

    def visuals_with_assets(self, sha256s: Collection[str]) -> list[Visual] | None:
        """The visuals that hold one of these assets, where they were worked out since the last change; else None."""
        return self._views.with_assets(self._mark(), sha256s)

    def visuals_of(self, keys: Collection[AppearanceKey]) -> list[Visual] | None:
        """The visuals of these appearances, where they were worked out since the last change; else None."""
        return self._views.with_appearances(self._mark(), keys)

    def mark(self) -> int:
        """A number that stays the same while nobody but this store writes; for `keep_visuals`."""
        with self._database.reading() as session:
            return journal.head(session)[0] - self._written

    def keep_visuals(self, visuals: Iterable[Visual], since: int) -> None:
        """Keep all visuals as they are worked out now, for look-ups; derived data, so a store open for reading may keep them.

        Args:
            visuals: all of them.
            since: the `mark` from before what they are made of was read; when others have written since, nothing is kept.
        """
        if self.mark() == since:
            self._views.keep(self._mark(), visuals)

    def _mark(self) -> str:
        with self._database.reading() as session:
            size, head = journal.moved(session)
        return f"{size}:{head}"

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        """A session that writes, its entries counted as our own once they are kept."""
        with self._database.writing() as session:
            before = journal.head(session)[0]
            yield session
            written = journal.head(session)[0] - before
        self._written += written

    # -------------------------------------------------------------- caring

    def verify(
        self,
        progress: Callable[[int, int], Any] | None = None,
        *,
        checkpoint: str | Checkpoint | None = None,
        trusted: tuple[Path, ...] = (),
    ) -> Iterator[VerifiedItem]:
        """Check everything that is kept: each entry, each index row, each reference, and every blob hashed again.

        Args:
            progress: called with the entries checked and their number.
            checkpoint: what `checkpoint` once gave, or a checkpoint file's text; shows whether the journal was cut or rebuilt
                since.
            trusted: root certificates (PEM) of time-stamp authorities.

        Raises:
            UsageError: the checkpoint is none.
        """
        pinned = parse(checkpoint) if isinstance(checkpoint, str) else checkpoint
        return checks.verify(self._database, self._blobs, progress or (lambda _done, _total: None), pinned, trusted)

    def checkpoint(self) -> str:
        """The number of entries and the head of their hash tree, as `12:6c1f…`; kept elsewhere, it pins all that came before."""
        size, root = self.log.head()
        return f"{size}:{root}"

    def receive(self, received: Received, *, who: str) -> Json:
        """Keep what another desk exported; see `store/receiving.py`. The entry of the import names package and checkpoint.

        Returns:
            What that entry records.

        Raises:
            EvidenceError: something in it cannot be read as what it should be.
        """
        try:
            recorded = receiving.documents(self, received, who=who)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise EvidenceError(f"the package cannot be read: {error!r}", "ask the desk that made it for another") from error
        with self._writing() as session:
            append(session, Change(what="import", subject=received.sha256, who=who), recorded)
        return recorded

    def backup(self, to: Path, progress: Callable[[int, int], Any] | None = None) -> Json:
        """Copy the whole record into a folder, also while others write to it, and verify the copy; see `store/backup.py`."""
        return backup.make(self._database.path, self._blobs, to, progress or (lambda _done, _total: None))

    def reindex(self) -> None:
        """Drop the look-up index and make it anew from the observations."""
        with self._writing() as session:
            checks.rebuild(session)
        self._near.forget()

    def info(self) -> Mapping[str, int | str]:
        """What is kept and where: schema revision, paths, counts, sizes in bytes, checkpoint."""
        with self._database.reading() as session:
            changes = queries.changes(session)
            counts = {
                "documents": queries.count(session, DocumentRow),
                "assets": queries.count(session, AssetRow),
                "fingerprints": queries.count(session, FingerprintRow),
                "appearances_with_bytes": queries.count(session, UseRow),
                **{f"{what}s": changes.get(what, 0) for what in ("decision", "assessment", "marking", "failure")},
                "watches": changes.get("watch", 0) - changes.get("unwatch", 0),
                "journal_entries": sum(changes.values()),
            }
        blobs, size = self._blobs.sizes()
        path = self._database.path
        return {
            "schema": schema.HEAD,
            "database": str(path),
            "database_bytes": path.stat().st_size,
            "blobs_folder": str(self._blobs.folder),
            "blobs": blobs,
            "blob_bytes": size,
            **counts,
            "checkpoint": self.checkpoint(),
        }


def _was_fetched(snapshot: Json, url: str) -> bool:
    return snapshot.get("how") == "fetch" and snapshot.get("source") == url


def _plain(key: AppearanceKey) -> Json:
    return {"document": key.document, "medium": key.medium}
