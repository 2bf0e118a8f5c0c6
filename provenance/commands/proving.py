"""The journal shown to others: entries, checkpoints, proofs, time stamps, the key."""

from pathlib import Path
from typing import Annotated

import typer

from provenance.commands.opening import record
from provenance.commands.options import AsJson, Blobs, Db, Who, note_of, pinned, small_file, who_is
from provenance.commands.screen import emit, show_tables, write
from provenance.errors import ExitCode, UsageError

Output = Annotated[Path | None, typer.Option("-o", "--output", help="Where to write; default: standard output.")]


def export(
    after: Annotated[int, typer.Option(min=0, help="Only entries after this number.")] = 0,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """List every change: who did what, when and why.

    With --json, each entry comes with the bytes that its hash and its leaf in the hash tree are made of.

    Example: provenance journal export --json > journal.jsonl
    """
    from provenance.report import journal

    count = 0
    with record(db, blobs, read_only=True) as keeper:
        entries = keeper.log.entries(after)
        if not as_json:
            listed = list(entries)
            show_tables(journal.entries(listed))
            return ExitCode.DONE if listed else ExitCode.NOTHING_FOUND
        for entry in entries:
            count += 1
            emit(entry)
    return ExitCode.DONE if count else ExitCode.NOTHING_FOUND


def checkpoint(output: Output = None, as_json: AsJson = False, db: Db = None, blobs: Blobs = None) -> ExitCode:
    """Write a checkpoint: what pins the journal down as it is now.

    Keep it where nobody who can change the record can reach it. It is signed where PROVENANCE_JOURNAL_KEY names a key.

    Example: provenance journal checkpoint -o checkpoint.txt
    """
    from provenance.report import journal

    with record(db, blobs, read_only=True) as keeper:
        note = note_of(*keeper.log.head())
    emit(journal.checkpoint(note)) if as_json else write(output, note.encode())
    return ExitCode.DONE


def prove(
    sequence: Annotated[int | None, typer.Argument(metavar="[ENTRY]", help="The number of an entry.")] = None,
    since: Annotated[
        str | None, typer.Option("--from", help="A checkpoint, or a file with one: prove that the journal only grew since.")
    ] = None,
    size: Annotated[int | None, typer.Option(min=1, help="Of the first so many entries; default: all.")] = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Prove that an entry is in the journal, or that the journal only grew.

    The proofs are those of RFC 9162; whoever has a checkpoint can check them without the record.

    Example: provenance journal prove 12 --json
    """
    from provenance.report import journal

    if (sequence is None) == (since is None):
        raise UsageError("name one thing to prove", "give the number of an entry, or --from with a checkpoint")
    with record(db, blobs, read_only=True) as keeper:
        if sequence is not None:
            proof = keeper.log.include(sequence, size)
        else:
            older = pinned(str(since))
            proof = keeper.log.grew(older.size, size)
            if proof.old_root != older.root:
                raise UsageError(f"{older}: no checkpoint of this journal", "`provenance verify --checkpoint` tells more")
    emit(proof) if as_json else show_tables(*journal.proof(proof))
    return ExitCode.DONE


def stamp(
    path: Annotated[Path, typer.Argument(metavar="CHECKPOINT", help="A file that `journal checkpoint` wrote.")],
    question: Annotated[Path | None, typer.Option(help="Write the question to a time-stamp authority here.")] = None,
    answer: Annotated[Path | None, typer.Option(help="Keep the authority's answer from this file.")] = None,
    who: Who = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Have a checkpoint time-stamped by an authority (RFC 3161).

    The question is a file; carry it there and the answer back, for example with curl. The answer becomes an entry of the journal.

    Example: provenance journal stamp checkpoint.txt --question head.tsq
    """
    from provenance.evidence import timestamp
    from provenance.evidence.checkpoint import parse

    content = small_file(path)
    pinned_down = parse(content.decode("utf-8", "replace"))
    if question is not None and answer is None:
        write(question, timestamp.question(content))
        return ExitCode.DONE
    if answer is None or question is not None:
        raise UsageError("either a question or an answer", "give --question FILE first, and --answer FILE when it is there")
    facts = timestamp.facts(small_file(answer), content)
    with record(db, blobs) as keeper:
        if keeper.log.grew(pinned_down.size).old_root != pinned_down.root:
            raise UsageError(f"{path}: no checkpoint of this journal", "give the one that the question was about")
        keeper.log.stamp(content.decode(), facts, who=who_is(who))
    emit(facts) if as_json else print(
        f"{pinned_down.size} entries existed at {facts['time']}, says the authority; its answer is kept."
    )
    return ExitCode.DONE


def key_new(path: Annotated[Path, typer.Argument(help="Where to write the key.")]) -> ExitCode:
    """Make an Ed25519 key that signs checkpoints.

    `openssl genpkey -algorithm ed25519` makes such a file, too.

    Example: provenance journal key new ~/journal.pem
    """
    from provenance.evidence import signing

    signing.new_key(path)
    print(f"The key is in {path}: set PROVENANCE_JOURNAL_KEY to it, keep a copy apart, and show it to nobody.")
    return ExitCode.DONE


def key_show(pem: Annotated[bool, typer.Option("--pem", help="In the form that openssl reads.")] = False) -> ExitCode:
    """Print the public key that others check checkpoints with.

    Example: provenance journal key show
    """
    from provenance.evidence import signing
    from provenance.settings import load_settings

    settings = load_settings()
    if settings.journal_key is None:
        raise UsageError("no key is set", "set PROVENANCE_JOURNAL_KEY, or make one with `provenance journal key new`")
    print(
        signing.public_pem(settings.journal_key).strip()
        if pem
        else signing.verifier_of(settings.journal_key, settings.journal_name)
    )
    return ExitCode.DONE
