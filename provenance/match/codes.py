"""Hashes as numbers: distances, and the hash that a mirrored or turned picture would have, told from the bits alone.

A mirrored picture has the same frequencies with the odd ones reversed in sign, so its PDQ and pHash have those bits
turned over (but for values between the median and its negative); a dHash reads each row backwards.
"""

from typing import Literal, TypeAlias

Turn: TypeAlias = Literal["mirrored", "rotated"]
"""Mirrored left to right, or turned upside down (by 180°)."""

DIGITS = {"pdq": 64, "phash": 16, "dhash": 16}
"""Hex digits of each algorithm's hashes."""

# Bit k of a PDQ (2**k) is row k // 16, column k % 16; its frequencies begin at 1, so the even places are the odd ones.
# A pHash has a byte a row, the first column in the highest bit; its frequencies begin at 0.
_ODD_ACROSS = {"pdq": int("5555" * 16, 16), "phash": int("55" * 8, 16)}
_ODD_DOWN = {"pdq": int("0000ffff" * 8, 16), "phash": int("00ff" * 4, 16)}


def distance(left: str, right: str) -> int:
    """How many bits differ between two hashes in hex of the same length."""
    return (int(left, 16) ^ int(right, 16)).bit_count()


def turned(algorithm: str, value: str, turn: Turn) -> str:
    """The hash that the picture would have after a turn, exact but for a few bits.

    Args:
        algorithm: one of `DIGITS`.
        value: its hash in hex.
        turn: what was done to the picture.
    """
    if algorithm == "dhash":
        return _dhash_turned(value, turn)
    mask = _ODD_ACROSS[algorithm] ^ (_ODD_DOWN[algorithm] if turn == "rotated" else 0)
    return f"{int(value, 16) ^ mask:0{DIGITS[algorithm]}x}"


def _dhash_turned(value: str, turn: Turn) -> str:
    """Each bit says "brighter than its left neighbour": backwards it is the contrary."""
    rows = [f"{~byte & 0xFF:08b}"[::-1] for byte in bytes.fromhex(value)]
    return f"{int(''.join(rows if turn == 'mirrored' else rows[::-1]), 2):016x}"


PdqTurn = tuple[bool, bool, bool]
"""Whether a picture's rows and columns are exchanged, then mirrored left to right, then top to bottom."""
PDQ_TURNS: tuple[PdqTurn, ...] = tuple((t, x, y) for t in (False, True) for x in (False, True) for y in (False, True))
"""All eight ways to lay a picture, as it is first."""
_SIDE = 16


def pdq_turned(value: str, turn: PdqTurn) -> str:
    """The PDQ that the picture would have when laid another way, exact but for a few bits."""
    exchanged, across, down = turn
    bits = int(value, 16)
    if exchanged:
        text = f"{bits:0256b}"
        bits = int("".join(text[row::_SIDE] for row in range(_SIDE)), 2)
    bits ^= (_ODD_ACROSS["pdq"] if across else 0) ^ (_ODD_DOWN["pdq"] if down else 0)
    return f"{bits:064x}"
