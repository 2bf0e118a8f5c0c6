"""Changed copies of samples: bytes, runs of bytes and words put in, taken out, doubled, swapped, and parts of two samples joined."""

import random
from collections.abc import Iterator

from targets import Target

_LONGEST = 20_000
_NUMBERS = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\1", b"\x80\0\0\0")


def mutants(target: Target, count: int, seed: int) -> Iterator[bytes]:
    """So many inputs; the same for the same seed. The samples themselves come first."""
    yield from target.samples
    chance = random.Random(seed)  # noqa: S311 - reproducible
    for _ in range(count):
        content = bytearray(chance.choice(target.samples))
        for _ in range(1 + int(chance.expovariate(0.4))):
            _change(content, target, chance)
        yield bytes(content[:_LONGEST])


def _change(content: bytearray, target: Target, chance: random.Random) -> None:
    at = chance.randrange(len(content) + 1)
    size = min(int(chance.expovariate(0.08)) + 1, len(content) - at)
    kind = chance.randrange(8)
    if kind == 0 and at < len(content):
        content[at] ^= 1 << chance.randrange(8)
    elif kind == 1:
        del content[at : at + size]
    elif kind == 2 and target.words:
        content[at:at] = chance.choice(target.words)
    elif kind == 3 and target.words:
        content[at : at + size] = chance.choice(target.words)
    elif kind == 4:
        content[at:at] = content[at : at + size] * chance.choice((1, 2, 30))
    elif kind == 5:
        content[at : at + 4] = chance.choice(_NUMBERS)
    elif kind == 6:
        other = chance.choice(target.samples)
        content[at:] = other[chance.randrange(len(other) + 1) :]
    else:
        del content[at:]
