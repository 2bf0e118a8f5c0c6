"""What the verbs share: their common options, what those give, and who acts."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.commands.opening import Where
from provenance.commands.screen import complain
from provenance.errors import UsageError

if TYPE_CHECKING:
    from provenance.acquire import Given
    from provenance.evidence.checkpoint import Checkpoint

SMALL = 1_000_000
COPY_HELP = "Where a second copy of the bytes is kept, best on another disk."
DB_HELP = "sqlite:///PATH; default: a file in your data folder."
BLOBS_HELP = "Where bytes are kept; default: beside the database."
Db = Annotated[str | None, typer.Option("--db", help=DB_HELP)]
Blobs = Annotated[Path | None, typer.Option("--blobs", help=BLOBS_HELP)]
AsJson = Annotated[bool, typer.Option("--json", help="JSON Lines on standard output, for programs.")]
Who = Annotated[str | None, typer.Option("--who", envvar="PROVENANCE_WHO", help="Who decides; default: your login name.")]
Why = Annotated[str, typer.Option("--why", help="The reason, kept with the decision.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="TIME", help="As the record was then: a day, or a time with its zone.")
]
Sources = Annotated[list[str], typer.Argument(help="Files, folders, addresses, or - for standard input.")]
Url = Annotated[str | None, typer.Option(help="The address the source was had from.")]
IgnoreRobots = Annotated[bool, typer.Option("--ignore-robots", help="Fetch what a site's robots.txt asks programs not to.")]
OutletName = Annotated[str | None, typer.Option("--outlet", help="Who published it.")]
Published = Annotated[str | None, typer.Option(help="When it was published, ISO 8601.")]


_BEHIND = 5  # of the 19 steps that a process may stand back


def give_way() -> None:
    """Let others on this machine go first: a long run must not hold up whoever looks something up meanwhile."""
    if Where.alone and hasattr(os, "setpriority") and os.getpriority(os.PRIO_PROCESS, 0) == 0:
        os.setpriority(os.PRIO_PROCESS, 0, _BEHIND)


def note_of(size: int, root: str) -> str:
    """A checkpoint of a journal as it is now, under the desk's name, signed where a key is set."""
    from datetime import UTC, datetime

    from provenance.evidence import signing
    from provenance.settings import load_settings

    settings = load_settings()
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return signing.note(settings.journal_name, size, root, now, key=settings.journal_key)


def pinned(given: str) -> "Checkpoint":
    """A checkpoint as an option gives it: a file, or the text itself."""
    from provenance.evidence.checkpoint import parse

    try:
        is_file = Path(given).is_file()
    except (OSError, ValueError):
        is_file = False
    return parse(small_file(Path(given)).decode("utf-8", "replace") if is_file else given)


def small_file(path: Path) -> bytes:
    """The bytes of a checkpoint, a time stamp or the like, as they are.

    Raises:
        NotReadable: it cannot be read, or is none of these by its size.
    """
    from provenance.errors import NotReadable

    try:
        with path.open("rb") as file:
            content = file.read(SMALL + 1)
    except OSError as error:
        raise NotReadable(f"{path}: cannot be read: {error.strerror}", "check the path and its permissions") from error
    if len(content) > SMALL:
        raise NotReadable(f"{path}: over {SMALL:,} bytes", "give a checkpoint, or the answer of a time-stamp authority")
    return content


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


def say_if_proxied(sources: list[str]) -> None:
    """Tell that a proxy decides where we go, when addresses are given and the proxies of the environment are used."""
    if any("://" in source for source in sources):
        from provenance.settings import load_settings

        if load_settings().environment_proxies:
            complain("the environment's proxies are used: which addresses may be reached is theirs to check, not ours")


def known_status(status: str) -> None:
    """Refuse a status that is none of the known ones."""
    from typing import get_args

    from provenance.records import Status

    if status not in get_args(Status):
        raise UsageError(f"{status}: no such status", f"one of {', '.join(get_args(Status))}")
