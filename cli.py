"""The door: arguments, wiring, exit codes; one short function a verb.

Everything but typer is imported where it is used: `--help` and a look-up must not load what they do not need.
"""

import functools
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, ParamSpec

import typer

from provenance.errors import ExitCode, ProvenanceError, SourceError, UsageError

if TYPE_CHECKING:
    from provenance.acquire import Given
    from provenance.records import Dossier
    from provenance.report.tables import Table
    from store import Store

P = ParamSpec("P")

SHORT = 14
"""Cells up to this width, an id of a visual among them, are never broken over lines."""

app = typer.Typer(
    name="provenance",
    help="Which outlets carry the same picture, through whom, and where do they disagree.",
    epilog="Start with `provenance demo`. Exit codes: 0 done or found, 1 nothing found, 2 wrong usage, 3 a source failed and the "
    "rest was done, 4 stored evidence does not verify, 130 interrupted.",
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
db_app = typer.Typer(help="Look after the database.", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(db_app, name="db")

DB_HELP = "sqlite:///PATH; default: a file in your data folder."
BLOBS_HELP = "Where bytes are kept; default: beside the database."
Db = Annotated[str | None, typer.Option("--db", help=DB_HELP)]
Blobs = Annotated[Path | None, typer.Option("--blobs", help=BLOBS_HELP)]
AsJson = Annotated[bool, typer.Option("--json", help="JSON Lines on standard output, for programs.")]
Who = Annotated[str | None, typer.Option("--who", envvar="PROVENANCE_WHO", help="Who decides; default: your login name.")]
Why = Annotated[str, typer.Option("--why", help="The reason, kept with the decision.")]
Sources = Annotated[list[str], typer.Argument(help="Files, folders, addresses, or - for standard input.")]
Url = Annotated[str | None, typer.Option(help="The address the source was had from.")]
OutletName = Annotated[str | None, typer.Option("--outlet", help="Who published it.")]
Published = Annotated[str | None, typer.Option(help="When it was published, ISO 8601.")]


# ------------------------------------------------------------------ what every verb shares


class Where:
    """Where the record is: an option of the verb wins over one before it, and that over the settings."""

    db: str | None = None
    blobs: Path | None = None


def version(value: bool) -> None:
    """Print the version and stop."""
    if value:
        from provenance import __version__

        print(f"provenance {__version__}")
        raise typer.Exit


@app.callback()
def common(
    db: Annotated[str | None, typer.Option("--db", envvar="PROVENANCE_DB", help=DB_HELP)] = None,
    blobs: Annotated[Path | None, typer.Option("--blobs", envvar="PROVENANCE_BLOBS", help=BLOBS_HELP)] = None,
    version: Annotated[bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version.")] = False,  # noqa: ARG001 - the callback does it
) -> None:
    """Which outlets carry the same picture, through whom, and where do they disagree."""
    Where.db, Where.blobs = db, blobs


def verb(at: typer.Typer = app) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """Register a verb whose errors become one line and an exit code, never a traceback."""

    def register(function: Callable[P, Any]) -> Callable[P, Any]:
        @functools.wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                code = function(*args, **kwargs)
                sys.stdout.flush()
            except ProvenanceError as error:
                stop(error)
            except KeyboardInterrupt:
                complain("interrupted; what was reported as done is kept")
                raise typer.Exit(ExitCode.INTERRUPTED) from None
            except BrokenPipeError:
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                raise typer.Exit(ExitCode.DONE) from None
            except (typer.Exit, typer.TyperException):
                raise
            except Exception as error:  # the last door: a fault of ours is told in a line, and PROVENANCE_DEBUG shows where
                if os.environ.get("PROVENANCE_DEBUG"):
                    raise
                complain(
                    f"a fault of this program: {type(error).__name__}: {error}. Run again with PROVENANCE_DEBUG=1 and report it."
                )
                raise typer.Exit(ExitCode.FAILED_PARTLY) from None
            raise typer.Exit(code or ExitCode.DONE)

        at.command()(guarded)
        return guarded

    return register


def complain(message: str) -> None:
    """One line on standard error, its control characters made visible."""
    from provenance.report.text import terminal_safe

    print(f"provenance: {terminal_safe(message)}", file=sys.stderr)


def stop(error: ProvenanceError) -> NoReturn:
    """Tell an error and leave with its exit code."""
    told(error)
    raise typer.Exit(error.exit_code)


def told(error: ProvenanceError) -> None:
    """Tell an error and what can be done about it."""
    complain(f"{error.message}. {error.remedy[:1].upper()}{error.remedy[1:]}." if error.remedy else f"{error.message}.")


def emit(record: Any, **more: Any) -> None:
    """One record as a line of JSON, out at once: who reads it may count on what it says being kept."""
    from provenance.records import to_json

    value = record if isinstance(record, dict) else to_json(record)
    print(json.dumps({**value, **more}, ensure_ascii=False), flush=True)


def show_tables(*tables: "Table") -> None:
    """Tables for people; ids stay whole, so that they can be copied."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as RichTable

    console = Console(markup=False, highlight=False, emoji=False)
    for table in tables:
        if not table.rows:
            console.print(table.title, style="bold")
            continue
        named = any(table.columns)
        drawn = RichTable(title=table.title, title_justify="left", title_style="bold", show_header=named, pad_edge=False)
        drawn.box = SIMPLE_HEAD if named else None
        for number, name in enumerate(table.columns):
            short = all(len(row[number]) <= SHORT for row in table.rows)
            drawn.add_column(name, no_wrap=short or name == "id", overflow="fold", ratio=None if short else 1)
        for row in table.rows:
            drawn.add_row(*row)
        console.print(drawn)


@contextmanager
def record(db: str | None, blobs: Path | None, *, read_only: bool = False) -> "Iterator[Store]":
    """The store that the options name."""
    from store import open_store

    with open_store(db or Where.db, blobs or Where.blobs, read_only=read_only) as opened:
        yield opened


def who_is(who: str | None) -> str:
    """Who acts: as given, else as set, else the login name."""
    from provenance.settings import load_settings

    return who or load_settings().who


def stated(url: str | None, outlet: str | None, published: str | None, manifest: Path | None) -> "Given":
    """What the caller states of the sources; an address that is none is told and left out."""
    from provenance.acquire import Given, is_address

    if url and not is_address(url):
        complain(f"--url {url} is no web address: the address is left unknown")
        url = None
    return Given(url=url, outlet=outlet, published=published, manifest=manifest)


def tracked(items: Iterable[Any], what: str) -> Iterator[Any]:
    """Count items on standard error while they pass, when a person is watching."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what)
        for item in items:
            progress.advance(task)
            yield item


def outcome(done: int, failed: int) -> ExitCode:
    """The exit code of a run over several sources."""
    if failed:
        return ExitCode.FAILED_PARTLY
    return ExitCode.DONE if done else ExitCode.NOTHING_FOUND


# ------------------------------------------------------------------ reading and keeping


@verb()
def extract(
    sources: Sources,
    url: Url = None,
    outlet: OutletName = None,
    published: Published = None,
    manifest: Annotated[Path | None, typer.Option(help="CSV with the columns file,url,outlet,published.")] = None,
    as_json: AsJson = False,
) -> ExitCode:
    """Print what articles embed and cite; keep nothing.

    Example: provenance extract page.html --url https://example.org/story --json
    """
    from provenance import intake
    from provenance.report import details

    done = failed = 0
    for document in intake.documents(intake.snapshots(sources, stated(url, outlet, published, manifest))):
        if isinstance(document, SourceError):
            failed += 1
            told(document)
            continue
        done += 1
        emit(document) if as_json else show_tables(*details.document(document))
    return outcome(done, failed)


@verb()
def ingest(
    sources: Sources,
    url: Url = None,
    outlet: OutletName = None,
    published: Published = None,
    manifest: Annotated[Path | None, typer.Option(help="CSV with the columns file,url,outlet,published.")] = None,
    media: Annotated[bool, typer.Option("--media", help="Fetch the embedded pictures too.")] = False,
    who: Who = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Read articles, pictures, exports; keep them.

    Example: provenance ingest saved-pages/ --manifest pages.csv
    """
    from provenance import intake, pipeline
    from provenance.report import objects

    done = failed = new = 0
    snapshots = intake.snapshots(sources, stated(url, outlet, published, manifest))
    with record(db, blobs) as keeper:
        kept = pipeline.ingest(snapshots, keeper, who=who_is(who), fetch=intake.fetch_bytes if media else None)
        for item in tracked(kept, "documents read:"):
            if isinstance(item, SourceError):
                failed += 1
                told(item)
                keeper.add_failure(*pipeline.failure(item), who=who_is(who))
                continue
            done, new = done + 1, new + item.new
            if as_json:
                emit(objects.ingested(item.stored, item.assets, item.visuals, new=item.new))
    if not as_json:
        print(f"{done} documents read, {new} of them new, {failed} sources failed. `provenance visuals` shows what is reused.")
    return outcome(done, failed)


@verb()
def fingerprint(
    images: Annotated[list[str], typer.Argument(help="Picture files, addresses, or -.")], as_json: AsJson = False
) -> ExitCode:
    """Print the hashes and metadata of pictures.

    Example: provenance fingerprint photo.jpg
    """
    from provenance import intake, pipeline
    from provenance.report import details

    done = failed = 0
    for image in images:
        try:
            asset = pipeline.read_asset(intake.read_bytes(image))
        except SourceError as error:
            failed += 1
            told(error)
            continue
        done += 1
        emit(asset, source=image) if as_json else show_tables(details.asset(image, asset))
    return outcome(done, failed)


@verb()
def compare(
    left: Annotated[str, typer.Argument(help="A picture file or address.")],
    right: Annotated[str, typer.Argument(help="Another.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write both pictures side by side as PNG.")] = None,
    as_json: AsJson = False,
) -> ExitCode:
    """Tell whether two pictures are the same.

    Example: provenance compare a.jpg b.jpg -o both.png
    """
    from provenance import intake, match, pipeline
    from provenance.fingerprint import side_by_side
    from provenance.report import objects, tables

    contents = [intake.read_bytes(source) for source in (left, right)]
    assets = [pipeline.read_asset(content) for content in contents]
    found = match.compare(assets[0], assets[1])
    if output:
        write(output, side_by_side(contents[0], contents[1]))
    if as_json:
        emit(objects.compared((left, right), (assets[0], assets[1]), found))
    else:
        show_tables(tables.compare(assets[0], assets[1], found))
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


# ------------------------------------------------------------------ asking


@verb()
def lookup(
    queries: Annotated[list[str], typer.Argument(help="Picture, address, hash in hex, @handle, sha256, or -.")],
    algorithm: Annotated[str | None, typer.Option(help="What a bare hash is: phash, dhash or pdq.")] = None,
    max_: Annotated[int, typer.Option("--max", min=1, help="The most matches a query.")] = 10,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Ask what is known of a picture, hash or post.

    Example: provenance lookup photo.jpg @some_channel https://t.me/some_channel/12
    """
    from provenance import intake
    from provenance.lookup import lookup as look_up
    from provenance.report import tables

    done = failed = 0
    with record(db, blobs, read_only=True) as keeper:
        for query in queries:
            try:
                answer = look_up(query, keeper, intake.read_bytes, algorithm=algorithm, limit=max_)
            except SourceError as error:
                failed += 1
                told(error)
                continue
            done += bool(answer.matches)
            emit(answer) if as_json else show_tables(*tables.lookup(answer))
    return outcome(done, failed)


@verb()
def visuals(
    status: Annotated[str | None, typer.Option(help="Only those of this status.")] = None,
    min_outlets: Annotated[int, typer.Option(min=0, help="Only those that at least so many outlets carry.")] = 0,
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
        _known_status(status)
    with record(db, blobs, read_only=True) as keeper:
        found = [v for v in pipeline.visuals(keeper) if status in (None, v.status) and v.outlets >= min_outlets]
    if as_json:
        for visual in found:
            emit(visual)
    else:
        show_tables(tables.visuals(found))
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


def _known_status(status: str) -> None:
    from typing import get_args

    from provenance.records import Status

    if status not in get_args(Status):
        raise UsageError(f"{status}: no such status", f"one of {', '.join(get_args(Status))}")


@verb()
def show(
    ident: Annotated[str, typer.Argument(metavar="ID", help="A visual, a document, an asset, or the start of its id.")],
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

    with record(db, blobs, read_only=True) as keeper:
        if stored := keeper.document(ident):
            emit(stored.document, id=stored.id) if as_json else show_tables(*details.document(stored.document))
        elif asset := keeper.asset(ident):
            emit(asset) if as_json else show_tables(details.asset(ident, asset))
        else:
            visual = find_visual(pipeline.grouping(keeper), ident)
            documents = {s.id: s for s in keeper.documents()}
            emit(visual) if as_json else show_tables(*tables.show(visual, documents))
    return ExitCode.DONE


@verb()
def chain(
    ident: Annotated[str, typer.Argument(metavar="ID", help="A visual, or the start of its id.")],
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Show how a visual came to each document.

    Example: provenance chain v-1f2e3d4c5b6a
    """
    from provenance import pipeline
    from provenance.lookup import find_visual
    from provenance.report import objects, tables

    with record(db, blobs, read_only=True) as keeper:
        visual = find_visual(pipeline.grouping(keeper), ident)
        documents = {s.id: s for s in keeper.documents()}
    emit(objects.chain(visual)) if as_json else show_tables(*tables.chain(visual, documents))
    return ExitCode.DONE


# ------------------------------------------------------------------ deciding


@verb()
def assess(
    ident: Annotated[str, typer.Argument(metavar="VISUAL")],
    status: Annotated[str, typer.Option(help="The verdict, e.g. miscaptioned; `provenance schema` lists them.")],
    why: Why,
    who: Who = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Record a verdict on a visual.

    Earlier verdicts stay in its history.

    Example: provenance assess v-1f2e3d4c5b6a --status miscaptioned --why "the mast stands in another town"
    """
    from provenance import pipeline
    from provenance.lookup import find_appearance, find_visual

    _known_status(status)
    with record(db, blobs) as keeper:
        group = pipeline.grouping(keeper)
        visual = find_visual(group, ident)
        kept = keeper.assess(visual.id, find_appearance(group, ident), status, who=who_is(who), why=why)  # type: ignore[arg-type]  # checked above
    emit(kept) if as_json else print(f"{visual.id} is now {kept.status}, says {kept.who}: {kept.why}")
    return ExitCode.DONE


@verb()
def link(
    left: Annotated[str, typer.Argument(help="A visual, or document/medium.")],
    right: Annotated[str, typer.Argument(help="Another.")],
    why: Why,
    who: Who = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Record that two appearances are one visual.

    `unlink` takes it back.

    Example: provenance link v-1f2e3d4c5b6a d-9a8b7c/m2 --why "same burn mark on the wall"
    """
    return _decide("link", left, right, why=why, who=who, as_json=as_json, db=db, blobs=blobs)


@verb()
def unlink(
    left: Annotated[str, typer.Argument(help="A visual, or document/medium.")],
    right: Annotated[str, typer.Argument(help="Another.")],
    why: Why,
    who: Who = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Record that two appearances are not one visual.

    `link` takes it back.

    Example: provenance unlink d-9a8b7c/m2 d-1b2c3d/m1 --why "another frame of the same scene"
    """
    return _decide("unlink", left, right, why=why, who=who, as_json=as_json, db=db, blobs=blobs)


def _decide(
    kind: Any, left: str, right: str, *, why: str, who: str | None, as_json: bool, db: str | None, blobs: Path | None
) -> ExitCode:
    from provenance import pipeline
    from provenance.lookup import find_appearance

    with record(db, blobs) as keeper:
        group = pipeline.grouping(keeper)
        sides = [find_appearance(group, side) for side in (left, right)]
        if sides[0] == sides[1]:
            raise UsageError(f"{left} and {right} are one appearance", "name two, as document/medium")
        kept = keeper.decide(kind, sides[0], sides[1], who=who_is(who), why=why)
    emit(kept) if as_json else print(f"{kind}: {kept.left} and {kept.right}, says {kept.who}: {kept.why}")
    return ExitCode.DONE


# ------------------------------------------------------------------ reporting and looking after


@verb()
def report(
    idents: Annotated[list[str] | None, typer.Argument(metavar="[VISUAL]...", help="Which visuals; default: all.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where to write; default: standard output.")] = None,
    format_: Annotated[str, typer.Option("--format", help="html, json or csv.")] = "html",
    title: Annotated[str, typer.Option(help="The title of the report.")] = "Visuals and their sources",
    min_outlets: Annotated[int, typer.Option(min=0, help="Only visuals that at least so many outlets carry.")] = 0,
    who: Who = None,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Write an audit report: HTML, JSON or CSV.

    The HTML is one self-contained file that asks for nothing from anywhere.

    Example: provenance report -o report.html --min-outlets 2
    """
    from provenance import dossier
    from provenance import report as reports

    makers: dict[str, Callable[[Dossier], bytes]] = {
        "html": reports.html,
        "csv": reports.csv,
        "json": lambda d: reports.json_lines(d.visuals),
    }
    if format_ not in makers:
        raise UsageError(f"{format_}: no such format", f"one of {', '.join(makers)}")
    with record(db, blobs, read_only=True) as keeper:
        made = dossier.make(keeper, idents or [], title=title, who=who_is(who), min_outlets=min_outlets)
    write(output, makers[format_](made))
    return ExitCode.DONE if made.visuals else ExitCode.NOTHING_FOUND


def write(path: Path | None, content: bytes) -> None:
    """Bytes to a file, replaced as a whole, or to standard output."""
    from provenance.intake import replace_file

    if path is None or str(path) == "-":
        sys.stdout.buffer.write(content)
    else:
        replace_file(path, content)


@verb()
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


@verb()
def schema(
    name: Annotated[str | None, typer.Argument(help="document, visual, lookup or verify; default: all.")] = None,
) -> ExitCode:
    """Print the JSON Schema of what commands print.

    Example: provenance schema visual
    """
    from provenance.report import schema as of

    print(json.dumps(of(name), ensure_ascii=False, indent=2))
    return ExitCode.DONE


@verb(db_app)
def info(as_json: AsJson = False, db: Db = None, blobs: Blobs = None) -> ExitCode:
    """Tell where the record is and what is in it.

    Example: provenance db info
    """
    from provenance.report import details

    with record(db, blobs, read_only=True) as keeper:
        facts = {"revision" if key == "schema" else key: value for key, value in keeper.info().items()}
    emit({"schema": "provenance/db-info/1", **facts}) if as_json else show_tables(details.facts("The record", facts))
    return ExitCode.DONE


@verb(db_app)
def upgrade(db: Db = None, blobs: Blobs = None) -> ExitCode:
    """Bring the database to this program's schema.

    Every command that writes does so by itself.

    Example: provenance db upgrade
    """
    with record(db, blobs) as keeper:
        print(f"The schema is at {keeper.info()['schema']}.")
    return ExitCode.DONE


@verb()
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


def main() -> None:
    """The console command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app(prog_name="provenance")


if __name__ == "__main__":
    main()
