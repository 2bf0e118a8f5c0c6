"""Gathers what a report is made from: visuals, their documents, thumbnails and history."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from provenance import media, pipeline
from provenance.errors import EvidenceError, SourceError
from provenance.lookup import find_visual
from provenance.records import Dossier, GraphicLabel, Visual


class Archive(pipeline.Keeper, Protocol):
    """What a dossier asks of a store beyond what the pipeline asks."""

    def blob(self, sha256: str) -> bytes:
        """The bytes of an asset, re-hashed."""

    def checkpoint(self) -> str:
        """The journal's size and head."""


def make(keeper: Archive, idents: Iterable[str], *, title: str, who: str, min_outlets: int = 0, pictures: bool = True) -> Dossier:
    """A dossier on the named visuals, or on all; the most reused first; with small pictures where they are to be shown.

    Raises:
        NotFound: an id names no visual.
    """
    group = pipeline.grouping(keeper)
    wanted = [find_visual(group, ident) for ident in idents] or [v for v in group.visuals() if v.outlets >= min_outlets]
    used = {m.document for v in wanted for m in v.members}
    return Dossier(
        title=title,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        made_by=who,
        visuals=tuple(wanted),
        documents={stored.id: stored for stored in keeper.documents() if stored.id in used},
        thumbnails=dict(_small(keeper, wanted, media.thumbnail)) if pictures else {},
        veiled=dict(_small(keeper, wanted, media.veil, only="graphic")) if pictures else {},
        assessments=tuple(keeper.assessments()),
        decisions=tuple(keeper.decisions()),
        markings=tuple(keeper.markings()),
        checkpoint=keeper.checkpoint(),
    )


def without_graphic(made: Dossier) -> Dossier:
    """The dossier without the small pictures of what is marked graphic; the veiled ones stay."""
    graphic = {member.asset for visual in made.visuals for member in visual.members if member.graphic == "graphic"}
    return replace(made, thumbnails={asset: content for asset, content in made.thumbnails.items() if asset not in graphic})


def _small(
    keeper: Archive, visuals: Iterable[Visual], make: Callable[[bytes], bytes], *, only: GraphicLabel | None = None
) -> Iterator[tuple[str, bytes]]:
    """Small pictures of the assets of visuals, of one label only where one is given."""
    members = [m for v in visuals for m in v.members if only in (None, m.graphic)]
    for sha256 in dict.fromkeys(m.asset for m in members if m.asset):
        try:
            yield sha256, make(keeper.blob(sha256))
        except (SourceError, EvidenceError):
            continue
