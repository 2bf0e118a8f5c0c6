"""Handing evidence to others, and taking theirs."""

from pathlib import Path
from typing import Annotated

import typer

from provenance.commands.opening import record
from provenance.commands.options import AsJson, Blobs, Db, Who, note_of, who_is
from provenance.commands.screen import complain, emit, write
from provenance.errors import EvidenceError, ExitCode


def export(
    package: Annotated[Path, typer.Option("--package", help="The file to write, a WACZ.")],
    idents: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CASE]...",
            help="Visuals (with every document that carries them), documents, pictures by sha256, addresses; default: all.",
        ),
    ] = None,
    title: Annotated[str, typer.Option(help="What the package is called.")] = "Visuals and their sources",
    who: Who = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Write an evidence package that others can check.

    It holds bytes, entries, proofs and the checkpoint; docs/evidence.md has the commands that check it without this program.

    Example: provenance export v-1f2e3d4c5b6a --package mast.wacz
    """
    import hashlib

    from provenance import parcel
    from provenance.evidence import package as packages

    with record(db, blobs, read_only=True) as keeper:
        size, root = keeper.log.head()
        made = parcel.make(keeper, idents or [], note=note_of(size, root), size=size, who=who_is(who), title=title)
        content = packages.write(made)
    write(package, content)
    facts = {**made.about, "sha256": hashlib.sha256(content).hexdigest(), "checkpoint": made.note}
    counts = f"{len(made.pages)} documents, {len(made.visuals)} visuals, {len(made.entries)} entries with their proofs, "
    counts += f"{len(made.blobs)} blobs"
    if absent := made.about["documents_not_in_it"]:
        complain(f"{len(absent)} more documents carry these visuals and are not in it: name the visuals to have them all")
    emit(facts) if as_json else print(f"{package}: {counts}.\n{made.note}")
    return ExitCode.DONE if made.pages else ExitCode.NOTHING_FOUND


def receive(
    package: Annotated[Path, typer.Argument(help="A file that `provenance export --package` wrote.")],
    public_key: Annotated[
        str | None, typer.Option(help="The key of the desk that exported it, as its `journal key show` prints it.")
    ] = None,
    who: Who = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Take over an evidence package of another desk.

    All of it is checked first. Its documents are kept as ours, and one entry says whose they were, with the checkpoint. Its
    links and verdicts are recorded with that entry, and decide nothing here.

    Example: provenance import mast.wacz
    """
    from provenance.evidence import signing, unpack

    received = unpack.read(package)
    signed = signing.verifier(public_key).signed(received.checkpoint) if public_key else None
    if public_key and not signed:
        raise EvidenceError(
            f"{package}: the checkpoint is not signed by that key", "ask the desk for its key and for the package"
        )
    with record(db, blobs) as keeper:
        made = keeper.receive(received, who=who_is(who))
    if as_json:
        emit({"schema": "provenance/import/1", **made, "signature": "passed" if signed else "not-checked"})
        return ExitCode.DONE
    print(
        f"{len(made['documents'])} documents kept, exported by {made['exported_by']} on {made['exported_at']}; "
        f"{len(made['not_kept'])} without their bytes left out. Signature: {'passed' if signed else 'not checked'}."
    )
    return ExitCode.DONE
