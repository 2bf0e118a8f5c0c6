"""Asking what is known."""

from typing import TYPE_CHECKING, Annotated

import typer

from provenance.commands import looking
from provenance.commands.opening import record
from provenance.commands.options import AsJson, AsOf, Blobs, Db, known_status
from provenance.commands.screen import emit, show_tables, write
from provenance.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from pathlib import Path


def lookup(
    queries: Annotated[list[str], typer.Argument(help="Picture, address, hash in hex, @handle, sha256, or -.")],
    algorithm: Annotated[str | None, typer.Option(help="What a bare hash is: phash, dhash or pdq.")] = None,
    max_: Annotated[int, typer.Option("--max", min=1, help="The most matches a query.")] = 10,
    why_not: Annotated[bool, typer.Option("--why-not", help="Tell what came nearest without matching, and why.")] = False,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Ask what is known of a picture, hash or post.

    Example: provenance lookup photo.jpg @some_channel https://t.me/some_channel/12
    """
    return looking.look(queries, (db, blobs), algorithm=algorithm, most=max_, why_not=why_not, as_json=as_json)


def visuals(
    status: Annotated[str | None, typer.Option(help="Only those of this status.")] = None,
    min_outlets: Annotated[int, typer.Option(min=0, help="Only those that at least so many outlets carry.")] = 0,
    as_of: AsOf = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """List the visuals, the most reused first.

    Example: provenance visuals --min-outlets 2
    """
    from provenance import pipeline
    from provenance.report import tables

    if status:
        known_status(status)
    with record(db, blobs, read_only=True, as_of=as_of) as keeper:
        found = [v for v in pipeline.visuals(keeper) if status in (None, v.status) and v.outlets >= min_outlets]
    if as_json:
        for visual in found:
            emit(visual)
    else:
        show_tables(tables.visuals(found))
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


def suggestions(
    as_of: AsOf = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """List pairs that may be one visual and were not joined.

    `link` confirms one, `unlink` rejects it; either can be taken back.

    Example: provenance suggestions --json
    """
    from provenance import pipeline
    from provenance.report import details

    with record(db, blobs, read_only=True, as_of=as_of) as keeper:
        group = pipeline.grouping(keeper)
        found = [
            {
                "left": str(s.left),
                "right": str(s.right),
                "visuals": [group.resolve(str(s.left)), group.resolve(str(s.right))],
                "points": round(s.score, 1),
                "why": s.why,
            }
            for s in group.suggestions()
        ]
    for pair in found:
        if as_json:
            emit({"schema": "provenance/suggestion/1", **pair})
        else:
            show_tables(details.facts(f"{pair['left']} and {pair['right']}", {"points": pair["points"], "why": pair["why"]}))
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


def show(
    ident: Annotated[str, typer.Argument(metavar="ID", help="A visual, a document, an asset, or the start of its id.")],
    as_of: AsOf = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Show one visual, document or asset.

    Example: provenance show v-1f2e3d4c5b6a
    """
    from provenance import pipeline
    from provenance.lookup import find_visual
    from provenance.report import details, tables

    with record(db, blobs, read_only=True, as_of=as_of) as keeper:
        if stored := keeper.document(ident):
            emit(stored.document, id=stored.id) if as_json else show_tables(*details.document(stored.document))
        elif asset := keeper.asset(ident):
            emit(asset) if as_json else show_tables(details.asset(ident, asset))
        else:
            visual = find_visual(pipeline.grouping(keeper), ident)
            documents = {s.id: s for s in keeper.documents()}
            emit(visual) if as_json else show_tables(*tables.show(visual, documents))
    return ExitCode.DONE


def chain(
    ident: Annotated[str, typer.Argument(metavar="ID", help="A visual, or the start of its id.")],
    format_: Annotated[
        str | None, typer.Option("--format", help="As a graph: graphml, dot, mermaid or prov; `report` writes those of several.")
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Show how a visual came to each document.

    Example: provenance chain v-1f2e3d4c5b6a --format dot
    """
    from provenance import pipeline
    from provenance.lookup import find_visual
    from provenance.report import objects, tables

    if format_:
        return _graph(ident, format_, as_of, db, blobs)
    with record(db, blobs, read_only=True, as_of=as_of) as keeper:
        visual = find_visual(pipeline.grouping(keeper), ident)
        documents = {s.id: s for s in keeper.documents()}
    emit(objects.chain(visual)) if as_json else show_tables(*tables.chain(visual, documents))
    return ExitCode.DONE


def _graph(ident: str, name: str, as_of: str | None, db: str | None, blobs: "Path | None") -> ExitCode:
    """Write the chains of one visual in a form for other programs."""
    from provenance import dossier
    from provenance.report import drawings, prov

    makers = {**drawings.FORMS, "prov": prov.prov}
    if name not in makers:
        raise UsageError(f"{name}: no such format", f"one of {', '.join(makers)}")
    with record(db, blobs, read_only=True, as_of=as_of) as keeper:
        made = dossier.make(keeper, [ident], title=f"Chains of {ident}", who="", pictures=False)
    write(None, makers[name](made))
    return ExitCode.DONE
