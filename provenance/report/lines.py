"""Records as JSON Lines: the contract's objects, one a line."""

import json
import math
from collections.abc import Iterable
from typing import Any

from provenance.records import to_json
from provenance.report.text import ACTIVE

_ACTIVE = str.maketrans({code: f"\\u{code:04x}" for code in range(0x7F, 0x10000) if ACTIVE.match(chr(code))})
"""Line ends to some readers, and what acts on a terminal; in JSON they can only stand inside a string, where the escape means the
same."""


_MARKUP = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&"})
"""Signs that could end the element that JSON stands in; in JSON they can only stand inside a string."""


def json_lines(records: Iterable[Any]) -> bytes:
    """Each record (or mapping of plain values) as one line of UTF-8 JSON.

    Lone surrogates, which UTF-8 cannot hold, are written as JSON escapes; a number that JSON cannot hold becomes null.
    """
    return b"".join(_line(record) for record in records)


def embeddable(value: Any) -> bytes:
    """One JSON value that may stand in a page: ASCII, with the signs that end an element written as escapes."""
    try:
        text = json.dumps(value, indent=1, allow_nan=False)
    except ValueError:
        text = json.dumps(_finite(value), indent=1)
    return text.translate(_MARKUP).encode("ascii") + b"\n"


def _line(record: Any) -> bytes:
    value = to_json(record)
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        text = json.dumps(_finite(value), ensure_ascii=False)
    try:
        return text.translate(_ACTIVE).encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        return json.dumps(_finite(value)).encode("ascii") + b"\n"


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
