"""What a desk marked graphic: the last word on a picture holds, and one that nobody looked at goes with its other versions."""

from collections.abc import Iterable
from dataclasses import replace

from provenance.records import GraphicLabel, Marking, Member, Visual


class Marks:
    """The last word on each picture.

    Args:
        markings: oldest first.
    """

    def __init__(self, markings: Iterable[Marking] = ()) -> None:
        self._of: dict[str, Marking] = {}
        for marking in markings:
            self._of |= dict.fromkeys((*marking.assets, *map(str, marking.appearances)), marking)

    def on(self, visual: Visual) -> Visual:
        """A visual with its labels: its own, and one on each member."""
        words = {member: word for member in visual.members if (word := self._word(member))}
        if not words:
            return visual
        graphic = [word for word in words.values() if word.label == "graphic"]
        label: GraphicLabel = "graphic" if graphic else _when_none_is(visual, words)
        telling = graphic or [word for word in words.values() if word.label == label]
        last = max(telling, key=lambda word: word.at, default=None)
        members = tuple(replace(m, graphic=_label(words.get(m), graphic=bool(graphic))) for m in visual.members)
        basis = f"{last.who}, {last.at}: {last.why}" if last else None
        return replace(visual, members=members, graphic=label, graphic_basis=basis)

    def _word(self, member: Member) -> Marking | None:
        return self._of.get(member.asset or f"{member.document}/{member.media}") or (
            self._of.get(f"{member.document}/{member.media}")
        )


def _label(word: Marking | None, *, graphic: bool) -> GraphicLabel:
    """The label of one member, where any of its visual is graphic or none is."""
    own = word.label if word else "not-looked-at"
    return "graphic" if graphic and own == "not-looked-at" else own


def _when_none_is(visual: Visual, words: dict[Member, Marking]) -> GraphicLabel:
    """Not graphic only where every picture was looked at; where none is at hand, every appearance."""
    pictures = [member for member in visual.members if member.asset] or list(visual.members)
    looked_at = all(member in words and words[member].label == "not-graphic" for member in pictures)
    return "not-graphic" if looked_at else "not-looked-at"
