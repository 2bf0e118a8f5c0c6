"""Visuals from appearances: grouping, chains to the earliest known origin, conflicts, losses."""

from provenance.chain.grouping import Grouping
from provenance.chain.joins import Suggestion

__all__ = ["Grouping", "Suggestion"]
