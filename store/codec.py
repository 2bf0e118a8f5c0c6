"""Records to canonical JSON and back.

Canonical JSON is `json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)`:
one byte sequence for one value, in plain ASCII, so that anyone can compute our hashes with a standard library, and
so that neither NUL nor a lone surrogate from a hostile page reaches a database that refuses it.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeVar

from provenance.errors import EvidenceError, SourceError
from provenance.from_json import from_json
from provenance.records import Json

T = TypeVar("T")


def canonical(value: Any) -> str:
    """The canonical JSON of plain values.

    Raises:
        SourceError: the value holds what JSON cannot say, such as a number that is not one.
    """
    try:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise SourceError(f"cannot be kept as JSON: {error}", "this is a fault of the step that made the record") from error


def digest(text: str) -> str:
    """The sha256 of a canonical text, in hex."""
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def decode(kind: type[T], data: Mapping[str, Any]) -> T:
    """A record from its JSON; fields that are not known are passed over, missing ones take their defaults.

    Raises:
        EvidenceError: a required field is missing, or a value has the wrong form.
    """
    try:
        return from_json(kind, data)
    except ValueError as error:
        raise EvidenceError(f"a stored {kind.__name__} cannot be read: {error}", "run `provenance verify`") from error


def parsed(text: str) -> Json:
    """A stored text as JSON values.

    Raises:
        EvidenceError: it is no JSON object any more.
    """
    try:
        value = json.loads(text)
    except (TypeError, ValueError, RecursionError) as error:
        raise EvidenceError(f"a stored observation cannot be read: {error}", "run `provenance verify`") from error
    if not isinstance(value, dict):
        raise EvidenceError("a stored observation cannot be read: no JSON object", "run `provenance verify`")
    return value
