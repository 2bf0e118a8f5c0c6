"""Which earlier appearances a new one is compared with: those in the same block, a few of each visual."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from provenance.chain import names
from provenance.chain.appearance import Appearance

MOST_TOKENS = 6
"""Telling words of one appearance that make blocks; the longest are the rarest."""
EACH_VISUAL = 3
"""Members of one visual that stand in a block for all of it."""
LARGEST_BLOCK = 40
MOST_CANDIDATES = 60
MOST_SCENES = 20
MOST_ASKED = 5
MOST_SUGGESTED = 20
MOST_REFUSED = 5
"""Comparisons of one block, of one appearance to join it by origin, by scene, and to suggest, newest first, and visuals that
may refuse it: a channel with thousands of posts stays linear."""


class Blocks:
    """Appearances by blocking key. Two that share no key are never compared."""

    def __init__(self) -> None:
        self._blocks: defaultdict[str, list[Appearance]] = defaultdict(list)

    def candidates(self, keys: Iterable[str], most: int = MOST_CANDIDATES) -> Iterator[Appearance]:
        """Earlier appearances that share a key, each once."""
        blocks = sorted((self._blocks[key] for key in keys if key in self._blocks), key=len)
        nearest = (other for block in blocks for other in reversed(block[-LARGEST_BLOCK:]))
        seen: dict[str, Appearance] = {}
        for other in nearest:
            seen.setdefault(other.name, other)
            if len(seen) >= most:
                break
        yield from seen.values()

    def add(self, appearance: Appearance, keys: Iterable[str], same: Callable[[str, str], bool]) -> None:
        """File an appearance, unless its visual is already well represented in a block."""
        for key in keys:
            block = self._blocks[key]
            known = sum(same(other.name, appearance.name) for other in block[-2 * EACH_VISUAL :])
            if known < EACH_VISUAL:
                block.append(appearance)


def origin_keys(appearance: Appearance) -> list[str]:
    """Origin and one thing shown, or one word where no thing is known."""
    words = appearance.words
    shown = sorted(words.things) or sorted(words.words, key=lambda w: (-len(w), w))[:MOST_TOKENS]
    return [f"{names.handle(origin) or origin}|{thing}" for origin in sorted(appearance.origins) for thing in shown]


def described_keys(appearance: Appearance) -> list[str]:
    """Pairs of telling words, for suggestions."""
    words = appearance.words
    longest = sorted(words.words, key=lambda w: (-len(w), w))
    telling = [*sorted(words.things), *longest][:MOST_TOKENS]
    nations = sorted(words.nations)[:3]
    return [f"{a}+{b}" for a, b in combinations(sorted([*telling, *nations]), 2)]
