"""Values that a tool wrote as Python source, read without running anything."""

import ast
import re
import warnings
from typing import Any

LONGEST = 500_000
"""Characters of one cell; a record of a hundred files has about 100,000."""
_DEEPEST = 200  # Python's own parser takes such depth without trouble

_TIME = re.compile(
    r"datetime\.datetime\((\d{1,4}), (\d{1,2}), (\d{1,2}), (\d{1,2}), (\d{1,2})"
    r"(?:, (\d{1,2}))?(?:, \d{1,6})?(, tzinfo=[\w.()]{1,40})?\)"
)
_UTC = re.compile(r", tzinfo=(?:datetime\.timezone\.utc|tzutc\(\))")


def literal(source: str) -> Any:
    """The value of a Python literal in which times may stand; None for anything else.

    A time becomes ISO 8601 text: in UTC where it says so, else without a zone.
    """
    if len(source) > LONGEST or max(map(source.count, "[{("), default=0) > LONGEST // 10 or _depth(source) > _DEEPEST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd escapes in strings that are not ours
            return ast.literal_eval(_TIME.sub(_iso, source.strip()))
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def _depth(source: str) -> int:
    depth = deepest = 0
    for char in source:
        if char in "[{(":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]})":
            depth -= 1
    return deepest


def _iso(match: re.Match[str]) -> str:
    year, month, day, hour, minute = (int(match[n]) for n in range(1, 6))
    zone = "Z" if match[7] and _UTC.fullmatch(match[7]) else ""
    return f"'{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{int(match[6] or 0):02}{zone}'"
