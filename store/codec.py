"""Records to canonical JSON and back.

Canonical JSON is `json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)`:
one byte sequence for one value, in plain ASCII, so that anyone can compute our hashes with a standard library, and
so that neither NUL nor a lone surrogate from a hostile page reaches a database that refuses it.
"""

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from provenance.errors import EvidenceError, SourceError
from provenance.records import Json

T = TypeVar("T")
Reader = Callable[[Any], Any]


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
    reader: Reader = _reader(typing.cast("Any", kind))
    try:
        record: T = reader(data)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise EvidenceError(f"a stored {kind.__name__} cannot be read: {error}", "run `provenance verify`") from error
    return record


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


def _itself(value: Any) -> Any:
    return value


@cache
def _reader(kind: Any) -> Reader:
    """The function that makes a value of one type from its JSON; made once a type."""
    if dataclasses.is_dataclass(kind):
        return _record_reader(kind)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _optional_reader(arguments)
    if origin is tuple:
        return _tuple_reader(arguments)
    return dict if origin is Mapping else _itself


def _record_reader(kind: Any) -> Reader:
    hints = typing.get_type_hints(kind)
    readers = [(field.name, _reader(hints[field.name])) for field in dataclasses.fields(kind)]

    def read(data: Any) -> Any:
        return kind(**{name: reader(data[name]) for name, reader in readers if name in data})

    return read


def _optional_reader(arguments: tuple[Any, ...]) -> Reader:
    (inner,) = [_reader(a) for a in arguments if a is not types.NoneType]
    return _itself if inner is _itself else lambda value: None if value is None else inner(value)


def _tuple_reader(arguments: tuple[Any, ...]) -> Reader:
    item = _reader(arguments[0])
    return tuple if item is _itself else lambda values: tuple(item(v) for v in values)
