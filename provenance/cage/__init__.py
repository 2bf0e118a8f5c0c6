"""Hostile bytes are opened in a child process that can do little: decode pictures, read archives, parse pages, answer in JSON.

The child may use so much processor time and memory and no more, writes no file, starts no process, and reaches no network. One
that dies or hangs costs one item, which is told as not decodable, with the reason. One child serves many items, for
starting it takes longer than most of them.
"""

from provenance.cage.limits import CageLimits, Guards
from provenance.cage.pool import Cage, the_cage

__all__ = ["Cage", "CageLimits", "Guards", "the_cage"]
