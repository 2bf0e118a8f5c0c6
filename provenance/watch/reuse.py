"""Known visuals that turned up in an outlet which had not carried them."""

from collections.abc import Iterable, Iterator

from provenance.records import Member, Visual, WatchEvent


def reused(visuals: Iterable[Visual], arrived: Iterable[str], watch: str) -> Iterator[WatchEvent]:
    """One event for each visual and outlet that is new to it; an outlet that no document names is not counted as a new one.

    Args:
        visuals: those of the documents that arrived, as they are grouped now.
        arrived: the ids of these documents, in the order in which they were kept.
        watch: the id of the watch that brought them.
    """
    order = {document: number for number, document in enumerate(arrived)}
    for visual in visuals:
        new = sorted((m for m in visual.members if m.document in order), key=lambda m: order[m.document])
        carried = [m for m in visual.members if m.document not in order]
        for member in new:
            if carried and member.outlet and _name(member) not in map(_name, carried):
                yield _event(visual, member, carried, watch)
            carried.append(member)


def _name(member: Member) -> str:
    return " ".join((member.outlet or "").split()).casefold()


def _event(visual: Visual, member: Member, carried: list[Member], watch: str) -> WatchEvent:
    before = ", ".join(dict.fromkeys(m.outlet or "an unknown outlet" for m in carried if m.document != member.document))
    return WatchEvent(
        id="",
        watch=watch,
        at="",
        kind="reused",
        key=visual.id,
        url=member.url,
        headline=visual.label,
        document=member.document,
        visual=visual.id,
        medium=member.media,
        outlet=member.outlet,
        why=f"carried before by {before}; {member.confidence}, by {member.how}: {member.why}",
    )
