"""Reports, schemas, and the demo."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.commands.opening import record
from provenance.commands.options import AsOf, Blobs, Db, Who, note_of, who_is
from provenance.commands.screen import complain, outcome, show_tables, told, tracked, write
from provenance.errors import ExitCode, SourceError, UsageError

if TYPE_CHECKING:
    from provenance.records import Dossier


def report(
    idents: Annotated[list[str] | None, typer.Argument(metavar="[VISUAL]...", help="Which visuals; default: all.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where to write; default: standard output.")] = None,
    format_: Annotated[
        str, typer.Option("--format", help="html, json, csv, graphml, dot, mermaid, prov or claimreview.")
    ] = "html",
    title: Annotated[str, typer.Option(help="The title of the report.")] = "Visuals and their sources",
    min_outlets: Annotated[int, typer.Option(min=0, help="Only visuals that at least so many outlets carry.")] = 0,
    leave_out_graphic: Annotated[
        bool,
        typer.Option("--leave-out-graphic", help="In HTML, keep the clear pixels of what is marked graphic out of the file."),
    ] = False,
    formula_guard: Annotated[
        bool, typer.Option(help="In CSV, keep a spreadsheet from running a cell as a formula.", envvar="PROVENANCE_FORMULA_GUARD")
    ] = True,
    as_of: AsOf = None,
    who: Who = None,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Write a report: HTML, JSON, CSV, graphs, PROV, reviews.

    The HTML is one self-contained file that asks for nothing from anywhere; a browser prints it to PDF. GraphML, DOT and Mermaid
    hold the chains as a graph, prov holds them as W3C PROV-JSON, claimreview holds the verdicts as schema.org JSON-LD.

    Example: provenance report -o report.html --min-outlets 2
    """
    from dataclasses import replace

    from provenance import dossier

    make = _maker(format_, formula_guard=formula_guard)
    with record(db, blobs, read_only=True, as_of=as_of) as keeper:
        shown = format_ == "html"
        made = dossier.make(keeper, idents or [], title=title, who=who_is(who), min_outlets=min_outlets, pictures=shown)
        made = dossier.without_graphic(made) if leave_out_graphic else made
        made = replace(made, checkpoint_note=note_of(*keeper.log.head()), as_of=as_of)
    if format_ not in ("html", "json"):
        complain(f"the state of the record (checkpoint): {made.checkpoint}")
    if format_ == "claimreview":
        complain(_without_verdict(made))
    write(output, make(made))
    return ExitCode.DONE if made.visuals else ExitCode.NOTHING_FOUND


def _without_verdict(made: "Dossier") -> str:
    from provenance.report.reviews import is_verdict

    silent = sum(not is_verdict(visual.status) for visual in made.visuals)
    return f"{len(made.visuals) - silent} visuals have a verdict; of {silent} nothing is published"


def _maker(name: str, *, formula_guard: bool) -> "Callable[[Dossier], bytes]":
    from provenance import report as reports
    from provenance.report import drawings, journal, prov, reviews

    makers: dict[str, Callable[[Dossier], bytes]] = {
        "html": reports.html,
        "json": lambda d: reports.json_lines([*d.visuals, journal.checkpoint(str(d.checkpoint_note))]),
        "csv": lambda d: reports.csv(d, guard=formula_guard),
        **drawings.FORMS,
        "prov": prov.prov,
        "claimreview": reviews.claim_reviews,
    }
    if name not in makers:
        raise UsageError(f"{name}: no such format", f"one of {', '.join(makers)}")
    return makers[name]


def schema(
    name: Annotated[str | None, typer.Argument(help="document, visual, lookup, verify, watch …; default: all.")] = None,
) -> ExitCode:
    """Print the JSON Schema of what commands print.

    Example: provenance schema visual
    """
    from provenance.report import schema as of

    print(json.dumps(of(name), ensure_ascii=False, indent=2))
    return ExitCode.DONE


def demo(to: Annotated[Path, typer.Option("--to", help="The folder to work in.")] = Path("provenance-demo")) -> ExitCode:
    """Run the whole job on an invented case.

    Example: provenance demo
    """
    from provenance import acquire, dossier, pipeline
    from provenance import report as reports
    from provenance.demo import case_folder
    from provenance.report import tables

    to.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{to / 'provenance.db'}"
    with record(url, to / "blobs") as keeper:
        snapshots = acquire.snapshots([str(case_folder())], acquire.Given())
        items = list(tracked(pipeline.ingest(snapshots, keeper, who="demo"), "documents read:"))
        for error in (i for i in items if isinstance(i, SourceError)):
            told(error)
        made = dossier.make(keeper, [], title="Demo: an invented case", who="demo")
        write(to / "report.html", reports.html(made))
    picture = next(case_folder().glob("pictures/*.jpg"))
    show_tables(tables.visuals([v for v in made.visuals if v.outlets > 1]))
    show_tables(tables.chain(made.visuals[0], made.documents)[0])
    print(NEXT.format(to=to, url=url, visual=made.visuals[0].id, picture=picture, run=called()))
    return outcome(len(items), sum(isinstance(i, SourceError) for i in items))


NEXT = """
The report is {to}/report.html: open it in a browser. Then try:

  export PROVENANCE_DB={url}
  {run} visuals --min-outlets 2
  {run} show {visual}
  {run} chain {visual}
  {run} lookup {picture}
  {run} assess {visual} --status in-progress --why "asked the channel for the original"
  {run} ingest YOUR-PAGES/ && {run} report -o mine.html
"""


def called() -> str:
    """How the command is called here: by its name when that is on the PATH, else by where it lies."""
    import shutil

    return "provenance" if shutil.which("provenance") else os.path.relpath(sys.argv[0])
