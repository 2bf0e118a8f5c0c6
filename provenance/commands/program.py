"""The program: its verbs in the order of the help, its exit codes. A verb is registered here."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, ParamSpec, TypeAlias

import typer

from provenance.commands import asking, deciding, following, keeping, proving, reading, reporting, sharing, watching
from provenance.commands.opening import Where
from provenance.commands.options import BLOBS_HELP, COPY_HELP, DB_HELP
from provenance.commands.screen import ended
from provenance.errors import ExitCode

P = ParamSpec("P")
Verb: TypeAlias = Callable[..., ExitCode]
"""A verb takes its options as arguments, prints, and says how it went."""

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
journal_app = typer.Typer(help="Show the journal, and prove what it says.", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(journal_app, name="journal")
key_app = typer.Typer(help="The key that signs checkpoints.", rich_markup_mode=None, no_args_is_help=True)
journal_app.add_typer(key_app, name="key")
watch_app = typer.Typer(help="Watch feeds, site maps, channels and pages.", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(watch_app, name="watch")


def version(value: bool) -> None:
    """Print the version and stop."""
    if value:
        from provenance import __version__

        print(f"provenance {__version__}")
        raise typer.Exit


def guarded(verb: Callable[P, ExitCode]) -> Callable[P, None]:
    """A verb as the library calls it: how it went becomes the exit code."""

    @functools.wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        raise typer.Exit(ended(lambda: verb(*args, **kwargs)))

    return run


@app.callback()
def common(
    db: Annotated[str | None, typer.Option("--db", envvar="PROVENANCE_DB", help=DB_HELP)] = None,
    blobs: Annotated[Path | None, typer.Option("--blobs", envvar="PROVENANCE_BLOBS", help=BLOBS_HELP)] = None,
    blobs_copy: Annotated[Path | None, typer.Option("--blobs-copy", envvar="PROVENANCE_BLOBS_COPY", help=COPY_HELP)] = None,
    version: Annotated[bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version.")] = False,  # noqa: ARG001 - the callback does it
) -> None:
    """Which outlets carry the same picture, through whom, and where do they disagree."""
    Where.db, Where.blobs, Where.copy = db, blobs, blobs_copy


VERBS: tuple[Verb, ...] = (
    *(reading.extract, reading.ingest, reading.fingerprint, reading.compare),
    *(asking.lookup, asking.visuals, asking.suggestions, asking.show, asking.chain),
    *(following.unresolved, following.corrections, deciding.assess, deciding.mark, deciding.link, deciding.unlink),
    *(reporting.report, sharing.export, keeping.verify, keeping.redact, reporting.schema, reporting.demo),
)
DB_VERBS: tuple[Verb, ...] = (keeping.info, keeping.backup, keeping.restore, keeping.upgrade, keeping.refingerprint)
for function in VERBS:
    app.command()(guarded(function))
for function in (watching.add, watching.run, watching.remove):
    watch_app.command()(guarded(function))
watch_app.command("list")(guarded(watching.list_))
for function in DB_VERBS:
    db_app.command()(guarded(function))
app.command("import")(guarded(sharing.receive))
for function in (proving.export, proving.checkpoint, proving.prove, proving.stamp):
    journal_app.command()(guarded(function))
key_app.command("new")(guarded(proving.key_new))
key_app.command("show")(guarded(proving.key_show))
