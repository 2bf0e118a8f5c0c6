"""CSV, JSON Lines and JSON Schema."""

import csv as csv_module
import dataclasses
import io
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance import records
from provenance.errors import UsageError
from provenance.records import (
    Document,
    DocumentFacts,
    Dossier,
    Lookup,
    LookupAppearance,
    LookupMatch,
    Origin,
    VerifiedItem,
    Watch,
    WatchEvent,
    WatchRun,
    to_json,
)
from provenance.report import csv, json_lines, schema, schemas
from provenance.report.corrections import corrections
from provenance.report.schemas import NAMES, full_name
from provenance.report.spreadsheet import COLUMNS, FORMULA
from provenance.report.text import visible

WATCH = Watch(id="w1", url="https://a.example/feed", who="Ada", added_at="2026-03-04T05:06:07Z")
EVENT = WatchEvent(id="e3", watch="w1", at="2026-03-04T05:06:07Z", kind="vanished", key="7", why="Post not found")
RUN = WatchRun(id="r2", watch="w1", started_at="2026-03-04T05:06:07Z", ended_at="2026-03-04T05:06:08Z", result="read")
LOOKUP = Lookup(
    query="@ferry_watch",
    kind="account",
    matches=(
        LookupMatch(
            visual="v-0123456789ab",
            asset=None,
            verdict="likely",
            explanation="the same account",
            error_rate=1e-6,
            appearances=(LookupAppearance(document="doc1"),),
            origin=Origin(platform="telegram", handle="ferry_watch", why="named by all"),
        ),
    ),
)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv_module.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def caption(dossier: Dossier, text: str) -> Dossier:
    visual = dossier.visuals[0]
    member = dataclasses.replace(visual.members[0], caption=text)
    return dataclasses.replace(dossier, visuals=(dataclasses.replace(visual, members=(member,)),))


def test_the_csv_of_the_fixture(dossier: Dossier, golden: Callable[[str, str], None]) -> None:
    """One row an appearance, in order, with what is unknown left empty."""
    content = csv(dossier)
    assert content.startswith(b"\xef\xbb\xbf")
    golden("dossier.csv", content.decode("utf-8"))
    assert [row["document"] for row in rows(content)] == ["doc1", "doc2", "doc3", "doc4", "doc5", "doc6"]
    assert rows(content)[4]["outlet"] == ""


@given(text=st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=40))
def test_csv_is_read_back(dossier: Dossier, text: str) -> None:
    """Whatever a caption holds, the csv module reads it back; only apostrophes come in, where it could run as a formula."""
    (row,), (plain,) = rows(csv(caption(dossier, text))), rows(csv(caption(dossier, text), guard=False))
    assert plain["caption"] == visible(text)
    assert row["caption"].replace("'", "") == visible(text).replace("'", "")
    assert not row["caption"].startswith(FORMULA)
    assert row["caption"] == plain["caption"] or set("=+-@＝＋－＠\t\r\n") & set(text)
    assert tuple(row) == COLUMNS


@pytest.mark.parametrize("start", [*"=+-@\t\r\n＝＋－＠"])
def test_no_cell_is_a_formula(dossier: Dossier, start: str) -> None:
    """A cell that a spreadsheet would run begins with an apostrophe."""
    (row,) = rows(csv(caption(dossier, f"{start}cmd|' /C calc'!A0")))
    assert row["caption"].startswith(f"'{start}")


def test_hostile_csv_has_as_many_rows_as_appearances(hostiles: list[Dossier]) -> None:
    """No text breaks out of its cell."""
    for hostile in hostiles:
        found = rows(csv(hostile))
        assert len(found) == 2
        assert all(len(row) == len(COLUMNS) and None not in row for row in found)
        assert not [cell for row in found for cell in row.values() if cell.startswith(FORMULA)]


def test_json_lines_are_one_object_a_line(dossier: Dossier) -> None:
    """Each record is one line that reads back as the contract's object."""
    lines = json_lines(dossier.visuals).splitlines()
    assert [json.loads(line) for line in lines] == [json.loads(json.dumps(to_json(visual))) for visual in dossier.visuals]
    assert all(line.startswith(b'{"schema": "provenance/visual/1"') for line in lines)


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=()), max_size=5), st.text(st.characters(exclude_categories=())), max_size=4
    )
)
def test_json_lines_hold_any_text(value: dict[str, str]) -> None:
    """Any text, lone surrogates and every kind of line end included, is one line of UTF-8 and reads back the same."""
    content = json_lines([value])
    assert len(content.decode("utf-8").splitlines()) == 1
    assert json.loads(content) == value


def test_a_number_that_json_lacks_is_null() -> None:
    """NaN and infinities are no JSON; they are unknown."""
    assert json_lines([{"a": [float("nan"), float("inf"), 0.5], "b": "\ud800"}]) == b'{"a": [null, null, 0.5], "b": "\\ud800"}\n'


KINDS = {
    "string": str,
    "null": type(None),
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "array": list,
    "object": dict,
}


def fits(value: Any, rule: dict[str, Any], definitions: dict[str, Any]) -> bool:
    """The part of JSON Schema that our schemas use."""
    if "$ref" in rule:
        return fits(value, definitions[rule["$ref"].rsplit("/", 1)[1]], definitions)
    if "anyOf" in rule:
        return any(fits(value, choice, definitions) for choice in rule["anyOf"])
    if "enum" in rule or "const" in rule:
        return value in rule.get("enum", [rule.get("const")])
    inner = rule.get("items", {}) if rule["type"] == "array" else {}
    whole = isinstance(value, KINDS[rule["type"]]) and set(rule.get("required", ())) <= set(
        value if rule["type"] == "object" else ()
    )
    items = all(fits(item, inner, definitions) for item in value) if whole and inner else True
    return whole and items and all(fits(value[name], part, definitions) for name, part in rule.get("properties", {}).items())


ENTRY = ("at", "who", "what", "subject", "why", "payload_sha256", "previous", "sha256", "leaf", "payload")


@pytest.mark.parametrize("name", NAMES)
def test_records_fit_their_schema(name: str, dossier: Dossier, hostile: Dossier) -> None:
    """What we print fits the schema that we publish, and the schema refuses what lacks a field or has another kind."""
    made = {
        "document": [dossier.documents["doc1"].document, hostile.documents[next(iter(hostile.documents))].document],
        "visual": [*dossier.visuals, *hostile.visuals],
        "correction": corrections(dossier.visuals[0], dossier.documents) + corrections(hostile.visuals[0], hostile.documents),
        "lookup": [LOOKUP, Lookup(query="x", kind="hash")],
        "verify": [VerifiedItem(item="a", kind="blob", result="passed")],
        "entry": [records.JournalEntry(**dict.fromkeys(ENTRY, "x"), sequence=1)],
        "proof": [records.Proof(kind="inclusion", size=2, root="aa", path=("bb",), sequence=1, leaf_hash="cc")],
        "watch": [WATCH],
        "watch-event": [EVENT],
        "watch-run": [RUN],
    }[name]
    rule = schema(name)
    for record in made:
        value = json.loads(json_lines([record]))
        assert fits(value, rule, rule["$defs"])
        for field in value:
            assert not fits({key: inner for key, inner in value.items() if key != field}, rule, rule["$defs"])
            assert not fits({**value, field: object()}, rule, rule["$defs"])


def test_schemas_have_titles_and_descriptions() -> None:
    """A reader of a schema finds a title and a description for the object and for each part."""
    for name, rule in schema().items():
        assert rule["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        for part in [rule, *rule["$defs"].values()]:
            assert part["title"]
            assert part["description"]
        assert schema(name) == rule


def test_every_field_is_described() -> None:
    """Each field of each object has its line in the data file, and no line is left over from a field that is gone."""
    told = tomllib.loads((Path(schemas.__file__).parent / "data" / "fields.toml").read_text(encoding="utf-8"))
    parts = [part for rule in schema().values() for part in [rule, *rule["$defs"].values()]]
    fields = {name: field for part in parts for name, field in part.get("properties", {}).items()}
    assert all(field["description"] for part in parts for field in part.get("properties", {}).values())
    assert set(told["any"]) == set(fields)
    for record in set(told) - {"any"}:
        assert set(told[record]) <= {field.name for field in dataclasses.fields(getattr(records, record))}


def test_each_contract_object_names_itself() -> None:
    """An object of the contract carries its name, and the schema requires exactly that."""
    assert schema("visual")["properties"]["schema"]["const"] == "provenance/visual/1"
    assert "schema" in schema("provenance/document/1")["required"]
    assert [full_name(short) for short in NAMES] == list(schema())


def test_an_unknown_schema_is_a_usage_error() -> None:
    """The message names what was asked for and what there is."""
    with pytest.raises(UsageError, match=r"'claim'.*provenance/visual/1"):
        schema("claim")


def test_a_plain_document_is_complete() -> None:
    """Unknown fields are there and null, so a program need not guess."""
    value = json.loads(json_lines([Document(source="s", document=DocumentFacts(sha256="0"), text="")]))
    assert value["document"]["headline"] is None
    assert value["media"] == []
