"""What desks marked graphic: our own word, and that of desks whose packages were taken over."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import get_args

from sqlmodel import Session

from provenance.errors import NotFound, UsageError
from provenance.records import AppearanceKey, GraphicLabel, Json, Marking
from store import queries
from store.codec import decode
from store.journal import Change
from store.writing import judge

Subjects = tuple[tuple[str, ...], tuple[AppearanceKey, ...]]
"""Pictures by sha256, and appearances without bytes."""


def add(session: Session, label: GraphicLabel, subjects: Subjects, visual: str | None, change: Change) -> Marking:
    """Write one marking; the subject of its entry is the visual, or the first picture; see `Store.add_marking`."""
    assets, appearances = subjects
    if label not in get_args(GraphicLabel):
        raise UsageError(f"{label!r} is no such mark", f"one of {', '.join(get_args(GraphicLabel))}")
    if not assets and not appearances:
        raise UsageError("nothing is named that could be marked", "name a visual, an appearance or the sha256 of a picture")
    if not change.why.strip():
        raise UsageError("a mark needs a reason", "give --why")
    for sha256 in assets:
        if queries.asset(session, sha256) is None:
            raise NotFound(f"{sha256}: no such picture is kept", "check the sha256")
    places = [{"document": key.document, "medium": key.medium} for key in appearances]
    fields: Json = {"label": label, "assets": list(assets), "appearances": places, "visual": visual}
    subject = visual or (*assets, *map(str, appearances))[0]
    return decode(Marking, judge(session, replace(change, subject=subject), fields, appearances))


def theirs(imports: Iterable[Json]) -> Iterator[Marking]:
    """What other desks held to be graphic when they exported it.

    Only that is taken over, so that what one desk found graphic is not shown at the next unasked; our own word comes after it.

    Args:
        imports: what the entries of imports recorded, oldest first.
    """
    for taken in imports:
        last: dict[str | AppearanceKey, Marking] = {}
        for word in taken.get("words", ()):
            if word["what"] == "marking":
                marking = decode(Marking, word["recorded"])
                last |= dict.fromkeys((*marking.assets, *marking.appearances), marking)
        for marking in dict.fromkeys(last.values()):
            if marking.label == "graphic":
                assets = tuple(sha256 for sha256 in marking.assets if last[sha256] is marking)
                places = tuple(key for key in marking.appearances if last[key] is marking)
                whose = f"{marking.who} (in the package of {taken.get('exported_by') or 'another desk'})"
                yield replace(marking, assets=assets, appearances=places, who=whose)
