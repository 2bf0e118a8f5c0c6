"""What is left to do about a visual: whom to tell when it falls, and what remains to be found about its origin."""

from typing import Annotated

import typer

from provenance.commands.opening import record
from provenance.commands.options import AsJson, AsOf, Blobs, Db
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


def unresolved(
    idents: Annotated[list[str] | None, typer.Argument(metavar="[VISUAL]...", help="Which visuals; default: all.")] = None,
    min_outlets: Annotated[int, typer.Option(min=0, help="Only visuals that at least so many outlets carry.")] = 0,
    as_of: AsOf = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """List what is still to be found about where visuals come from.

    Sources that are described and not named, accounts without handle, platform or post, agencies and circles where the trail
    ends, and pages that name nobody; each with the words that leave it open. Exit code 1: nothing is open.

    Example: provenance unresolved --min-outlets 2
    """
    from provenance import pipeline
    from provenance.lookup import find_visual
    from provenance.records import to_json
    from provenance.report import tables

    with record(db, blobs, read_only=True, as_of=as_of) as keeper:
        group = pipeline.grouping(keeper)
        wanted = [find_visual(group, ident) for ident in idents or []] or group.visuals()
        documents = {s.id: s for s in keeper.documents()}
    found = [v for v in wanted if v.unresolved and v.outlets >= min_outlets]
    if as_json:
        for visual, item in ((v, item) for v in found for item in v.unresolved):
            emit({"schema": "provenance/open-origin/1", "visual": visual.id, "label": visual.label, **to_json(item)})
    else:
        show_tables(tables.unresolved(found, documents))
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND
