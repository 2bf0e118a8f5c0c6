"""Plain JSON values back to the record that `records.to_json` made them from."""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")
Reader = Callable[[Any], Any]


def from_json(kind: type[T], data: Mapping[str, Any]) -> T:
    """A record from its JSON; fields that are not known are passed over, missing ones take their defaults.

    Raises:
        ValueError: a required field is missing, or a value has the wrong form.
    """
    reader: Reader = _reader(typing.cast("Any", kind))
    try:
        record: T = reader(data)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"no {kind.__name__}: {error}") from error
    return record


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
    plain = frozenset(name for name, reader in readers if reader is _itself)
    others = [(name, reader) for name, reader in readers if reader is not _itself]

    def read(data: Any) -> Any:
        values = {name: value for name, value in data.items() if name in plain}
        for name, reader in others:
            if name in data:
                values[name] = reader(data[name])
        return kind(**values)

    return read


def _optional_reader(arguments: tuple[Any, ...]) -> Reader:
    (inner,) = [_reader(a) for a in arguments if a is not types.NoneType]
    return _itself if inner is _itself else lambda value: None if value is None else inner(value)


def _tuple_reader(arguments: tuple[Any, ...]) -> Reader:
    item = _reader(arguments[0])
    return tuple if item is _itself else lambda values: tuple(item(v) for v in values)
