"""JSON Schema (draft 2020-12) of what the command line prints, made from the records."""

import inspect
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from provenance.errors import UsageError
from provenance.records import (
    SCHEMAS,
    Correction,
    Document,
    JournalEntry,
    Json,
    Lookup,
    Proof,
    VerifiedItem,
    Visual,
    Watch,
    WatchEvent,
    WatchRun,
)

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DATA = Path(__file__).with_name("data") / "fields.toml"
NAMES: dict[str, type] = {
    "document": Document,
    "visual": Visual,
    "correction": Correction,
    "lookup": Lookup,
    "verify": VerifiedItem,
    "entry": JournalEntry,
    "proof": Proof,
    "watch": Watch,
    "watch-event": WatchEvent,
    "watch-run": WatchRun,
}


def schema(name: str | None = None) -> Json:
    """The JSON Schema of one object, or of all: name -> schema.

    Args:
        name: the short name of an object, such as `visual`, or the full one, such as `provenance/visual/1`.

    Raises:
        UsageError: there is no schema of that name.
    """
    if name is None:
        return {full_name(short): _schema(record) for short, record in NAMES.items()}
    for short, record in NAMES.items():
        if name in {short, full_name(short)}:
            return _schema(record)
    raise UsageError(f"there is no schema named {name!r}", f"known are: {', '.join(map(full_name, NAMES))}")


def full_name(short: str) -> str:
    """The contract's name of an object; one that carries no name goes by its short one."""
    return SCHEMAS.get(NAMES[short], short)


def _schema(record: type) -> Json:
    from pydantic import TypeAdapter  # noqa: PLC0415 -- costs a tenth of a second that only this command needs

    made = TypeAdapter(record).json_schema(mode="serialization")
    definitions = made.pop("$defs", {})
    for definition in [made, *definitions.values()]:
        _complete(definition)
    tag = SCHEMAS.get(record)
    if tag:
        made["properties"] = {
            "schema": {"const": tag, "title": "Schema", "description": describe("any", "schema")},
            **made["properties"],
        }
        made["required"] = ["schema", *made["required"]]
    head = {"$schema": DRAFT, "title": tag or record.__name__, "description": inspect.getdoc(record) or ""}
    return {**head, **{key: value for key, value in made.items() if key not in head}, "$defs": definitions}


def _complete(definition: dict[str, Any]) -> None:
    """Every field is always written, unknown as null; fields may be added, so others are not forbidden."""
    properties: dict[str, Any] = definition.get("properties", {})
    definition["required"] = list(properties)
    for name, field in properties.items():
        field.pop("default", None)
        field["description"] = describe(definition["title"], name)


def describe(record: str, field: str) -> str:
    """What a field of a record means, from `data/fields.toml`; empty when the file does not tell."""
    own = _fields().get(record, {})
    return own.get(field) or _fields()["any"].get(field, "")


@cache
def _fields() -> dict[str, dict[str, str]]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))
