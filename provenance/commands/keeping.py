"""Looking after the record: does it verify, where is it, its schema, its copies, and what must go."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.commands.opening import Where, record
from provenance.commands.options import AsJson, Blobs, Db, Who, pinned, who_is
from provenance.commands.screen import counted, emit, show_tables, told, tracked
from provenance.errors import ExitCode, SourceError

if TYPE_CHECKING:
    from provenance.evidence.checkpoint import Checkpoint
    from provenance.records import VerifiedItem
    from store import Store


def verify(
    checkpoint: Annotated[
        str | None, typer.Option(help="A checkpoint kept elsewhere, or a file with one, to hold the journal against.")
    ] = None,
    public_key: Annotated[
        str | None, typer.Option(help="The key that signed the checkpoint, as `journal key show` prints it; default: our own.")
    ] = None,
    repair: Annotated[bool, typer.Option("--repair", help="Put damaged bytes back from the second copy.")] = False,
    who: Who = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Check every stored byte and journal entry.

    A journal cut short or rebuilt whole shows only against a checkpoint kept elsewhere: `journal checkpoint` writes one.

    Example: provenance verify
    """
    from provenance.report import tables

    older = pinned(checkpoint) if checkpoint is not None else None
    with record(db, blobs, read_only=not repair) as keeper:
        items = list(tracked(keeper.verify(checkpoint=older, trusted=_trusted()), "items checked:"))
        if repair:
            items = [_repaired(keeper, item, who_is(who)) for item in items]
    items += _signatures(older, public_key) if older else []
    if as_json:
        for item in items:
            emit(item)
    else:
        show_tables(tables.verify(items))
    return ExitCode.NOT_VERIFIED if any(item.result == "failed" for item in items) else ExitCode.DONE


def _trusted() -> tuple[Path, ...]:
    """The root certificates of time-stamp authorities that are set."""
    from provenance.settings import load_settings

    return tuple(Path(part) for part in load_settings().timestamp_roots.split(os.pathsep) if part)


def _repaired(keeper: "Store", item: "VerifiedItem", who: str) -> "VerifiedItem":
    """An item after what could be put back was; as it was where nothing could."""
    from dataclasses import replace

    if item.kind != "blob" or item.result != "failed":
        return item
    done = keeper.repair(item.item.split(" ")[0], who=who)
    return replace(item, result="repaired", why=f"{item.why}; put back from {done[0].source}") if done else item


def _signatures(older: "Checkpoint", public_key: str | None) -> "list[VerifiedItem]":
    """Whether a checkpoint kept elsewhere was signed by the key that is given, or by our own."""
    from provenance.evidence import signing
    from provenance.records import VerifiedItem
    from provenance.settings import load_settings

    settings = load_settings()
    if not older.signatures and public_key is None:
        return []
    name = f"signature of checkpoint {older.size}"
    if public_key is None and settings.journal_key is None:
        signers = ", ".join(s.name for s in older.signatures)
        return [VerifiedItem(item=name, kind="journal", result="not-checked", why=f"signed by {signers}: give --public-key")]
    verifier = signing.verifier(public_key) if public_key else signing.verifier_of(settings.journal_key, settings.journal_name)  # type: ignore[arg-type]  # one of them is there
    held = verifier.signed(older)
    why = {
        True: "",
        False: "it does not fit the checkpoint",
        None: f"there is none by the key {verifier.key} of {verifier.name}",
    }[held]
    return [VerifiedItem(item=name, kind="journal", result="passed" if held else "failed", why=why)]


def info(as_json: AsJson = False, db: Db = None, blobs: Blobs = None) -> ExitCode:
    """Tell where the record is, what is in it, and what guards the reading of hostile files.

    Example: provenance db info
    """
    from provenance.report import details

    with record(db, blobs, read_only=True) as keeper:
        facts = {"revision" if key == "schema" else key: value for key, value in keeper.info().items()}
    facts |= _guards()
    emit({"schema": "provenance/db-info/1", **facts}) if as_json else show_tables(details.facts("The record", facts))
    return ExitCode.DONE


def _guards() -> dict[str, str]:
    """What holds the process that opens hostile bytes, as it found it itself."""
    from dataclasses import asdict

    from provenance.cage import the_cage

    caged = the_cage()
    if caged is None:
        return {"guarded_child": "not in use: this system has no fork, or PROVENANCE_CAGE switches it off"}
    try:
        return {f"guarded_child_{name}": told for name, told in asdict(caged.guards()).items()}
    except SourceError as error:
        return {"guarded_child": f"not in use: {error}"}


def upgrade(db: Db = None, blobs: Blobs = None) -> ExitCode:
    """Bring the database to this program's schema.

    Every command that writes does so by itself.

    Example: provenance db upgrade
    """
    with record(db, blobs) as keeper:
        print(f"The schema is at {keeper.info()['schema']}.")
    return ExitCode.DONE


def backup(
    to: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that is not there yet.")],
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Copy the whole record, also while others write to it; the copy is verified.

    Example: provenance db backup backup-monday
    """
    with record(db, blobs, read_only=True) as keeper, counted("bytes copied:") as progress:
        made = keeper.backup(to, progress)
    emit(made) if as_json else print(
        f"{to} holds the record as of {made['made_at']}, verified. Its checkpoint: {made['checkpoint']}"
    )
    return ExitCode.DONE


def restore(
    source: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that `db backup` made.")],
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Put a backup where the record is to be; it is verified first, and nothing is written over.

    Bytes that had to go after the backup was made come back with it: redact them again.

    Example: provenance db restore backup-monday --db sqlite:///restored.db
    """
    import store

    with counted("bytes copied:") as progress:
        made = store.restore(source, db or Where.db, blobs or Where.blobs, copy=Where.copy, progress=progress)
    emit(made) if as_json else print(f"The record of {made['made_at']} is back, verified. Its checkpoint: {made['checkpoint']}")
    return ExitCode.DONE


def redact(
    sha256: Annotated[str, typer.Argument(metavar="ASSET", help="The sha256 of a picture, or of a document's bytes.")],
    reason: Annotated[str, typer.Option(help="Why they must go, kept for good.")],
    who: Who = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Remove bytes that must go; leave their hash and the reason.

    All else on record stays and verifies. Backups and packages made before still hold the bytes.

    Example: provenance redact 9f86d0… --reason "court order 12/26"
    """
    with record(db, blobs) as keeper:
        done, within = keeper.redact(sha256, who=who_is(who), why=reason)
    if as_json:
        emit(done, held_within=within)
        return ExitCode.DONE
    print(f"The bytes {sha256} are gone, says {done.who} on {done.at[:10]}: {done.why}")
    for other in within:
        print(f"They also lie within {other}, which is kept: redact that too, if they must go there.")
    return ExitCode.DONE


def refingerprint(who: Who = None, db: Db = None, blobs: Blobs = None) -> ExitCode:
    """Make every picture's fingerprints anew, from the bytes kept.

    For a record made by an older version, or after installing the copy detection model. It may be stopped and started again.

    Example: provenance db refingerprint
    """
    from provenance import pipeline

    fresh = done = failed = 0
    with record(db, blobs) as keeper:
        for _, outcome in tracked(pipeline.refingerprint(keeper, who=who_is(who)), "pictures looked at:"):
            done += 1
            if isinstance(outcome, SourceError):
                failed += 1
                told(outcome)
            else:
                fresh += outcome
    print(f"{done} pictures looked at, {fresh} with new fingerprints, {failed} that could not be read.")
    return ExitCode.FAILED_PARTLY if failed else ExitCode.DONE
