"""What is left to do about a visual: whom to tell when it falls."""

from typing import Annotated

import typer

from provenance.commands.options import AsJson, AsOf, Blobs, Db, record
from provenance.commands.screen import emit, show_tables
from provenance.errors import ExitCode


def corrections(
    idents: Annotated[list[str], typer.Argument(metavar="VISUAL...", help="Visuals, or the start of their ids.")],
    as_of: AsOf = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """List whom to tell when a visual falls, with their words.

    Every outlet and account that carries it, those first whom most others have it from; then those who are only named as
    handing it on, or as its source.

    Example: provenance corrections v-1f2e3d4c5b6a
    """
    from provenance import pipeline
    from provenance.lookup import find_visual
    from provenance.report import tables
    from provenance.report.corrections import corrections as of

    with record(db, blobs, read_only=True, as_of=as_of) as keeper:
        group = pipeline.grouping(keeper)
        found = [find_visual(group, ident) for ident in idents]
        documents = {s.id: s for s in keeper.documents()}
    for visual in found:
        told = of(visual, documents)
        if as_json:
            for correction in told:
                emit(correction)
        else:
            show_tables(tables.corrections(visual, told, documents))
    return ExitCode.DONE
