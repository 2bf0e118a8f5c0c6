"""Assets in, `Match`es out: thresholds with their measured error rates."""

from provenance.match.bulk import between, matches, probes
from provenance.match.candidates import certain, searches, shortlist
from provenance.match.compare import by_hash, compare
from provenance.match.rules import bare_radii, radii

RADII = radii()
"""Algorithm -> the largest distance, in bits, at which to search for matches."""

HASH_RADII = bare_radii()
"""The same for a bare hash, of which nothing else is known."""

__all__ = ["HASH_RADII", "RADII", "between", "by_hash", "certain", "compare", "matches", "probes", "searches", "shortlist"]
