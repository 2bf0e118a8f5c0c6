"""Looking after the record: does it verify, where is it, its schema."""

from typing import Annotated

import typer

from provenance.commands.options import AsJson, Blobs, Db, record
from provenance.commands.screen import emit, show_tables, tracked
from provenance.errors import ExitCode


def verify(
    checkpoint: Annotated[str | None, typer.Option(help="A checkpoint kept elsewhere, to hold the journal against.")] = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Check every stored byte and journal entry.

    A journal cut short or rebuilt whole shows only against a checkpoint kept elsewhere: `provenance db info` prints it.

    Example: provenance verify
    """
    from provenance.report import tables

    with record(db, blobs, read_only=True) as keeper:
        items = list(tracked(keeper.verify(checkpoint=checkpoint), "items checked:"))
    if as_json:
        for item in items:
            emit(item)
    else:
        show_tables(tables.verify(items))
    return ExitCode.NOT_VERIFIED if any(item.result == "failed" for item in items) else ExitCode.DONE


def info(as_json: AsJson = False, db: Db = None, blobs: Blobs = None) -> ExitCode:
    """Tell where the record is and what is in it.

    Example: provenance db info
    """
    from provenance.report import details

    with record(db, blobs, read_only=True) as keeper:
        facts = {"revision" if key == "schema" else key: value for key, value in keeper.info().items()}
    emit({"schema": "provenance/db-info/1", **facts}) if as_json else show_tables(details.facts("The record", facts))
    return ExitCode.DONE


def upgrade(db: Db = None, blobs: Blobs = None) -> ExitCode:
    """Bring the database to this program's schema.

    Every command that writes does so by itself.

    Example: provenance db upgrade
    """
    with record(db, blobs) as keeper:
        print(f"The schema is at {keeper.info()['schema']}.")
    return ExitCode.DONE
