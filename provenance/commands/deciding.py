"""An analyst's word: verdicts, links, unlinks; append-only."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.commands.opening import record
from provenance.commands.options import AsJson, Blobs, Db, Who, Why, known_status, who_is
from provenance.commands.screen import emit
from provenance.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from provenance.records import AppearanceKey
    from store import Store


def assess(
    ident: Annotated[str, typer.Argument(metavar="ID", help="A visual; or document/medium, for a verdict on its words.")],
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

    known_status(status)
    with record(db, blobs) as keeper:
        group = pipeline.grouping(keeper)
        visual = find_visual(group, ident)
        place, named = find_appearance(group, ident), "/" in ident
        kept = keeper.assess(visual.id, place, status, who=who_is(who), why=why, named=named)  # type: ignore[arg-type]  # checked above
    emit(kept) if as_json else print(f"{visual.id} is now {kept.status}, says {kept.who}: {kept.why}")
    return ExitCode.DONE


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


def mark(
    ident: Annotated[
        str, typer.Argument(metavar="ID", help="A visual (all its pictures), document/medium, or the sha256 of one picture.")
    ],
    label: Annotated[
        str,
        typer.Option("--as", metavar="LABEL", help="graphic, not-graphic, or not-looked-at, which takes an earlier mark back."),
    ],
    why: Why,
    who: Who = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Mark pictures as graphic, or as looked at and not graphic.

    Reports show a graphic one blurred and grey until a person chooses to look. Versions of it that nobody looked at count as
    graphic, too. Earlier marks stay in the history.

    Example: provenance mark v-1f2e3d4c5b6a --as graphic --why "shows the dead"
    """
    from provenance.report.wording import count, say

    with record(db, blobs) as keeper:
        visual, assets, places = _to_mark(keeper, ident)
        kept = keeper.add_marking(label, assets=assets, appearances=places, visual=visual, who=who_is(who), why=why)  # type: ignore[arg-type]  # checked there
    what = (
        count(len(assets), "picture") if assets else count(len(places), "appearance without bytes", "appearances without bytes")
    )
    emit(kept) if as_json else print(f"{ident}, {what}: {say('graphic', kept.label).lower()}, says {kept.who}: {kept.why}")
    return ExitCode.DONE


def _to_mark(keeper: "Store", ident: str) -> "tuple[str | None, list[str], list[AppearanceKey]]":
    """What an id names: the visual, the pictures of it, and its appearances without bytes; of a picture, only itself."""
    from provenance import pipeline
    from provenance.lookup import find_appearance, find_visual
    from provenance.records import AppearanceKey

    if asset := keeper.asset(ident):
        return None, [asset.sha256], []
    group = pipeline.grouping(keeper)
    visual = find_visual(group, ident)
    keys = {AppearanceKey(m.document, m.media): m.asset for m in visual.members}
    named = {key: keys[key] for key in [find_appearance(group, ident)]} if "/" in ident else keys
    return visual.id, list(dict.fromkeys(filter(None, named.values()))), [key for key, asset in named.items() if not asset]


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
