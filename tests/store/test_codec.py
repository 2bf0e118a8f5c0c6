"""Records to JSON and back."""

import hashlib
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.errors import EvidenceError, SourceError
from provenance.records import Assessment, Asset, Decision, Document, StatedPlace, StoredDocument, to_json
from store.codec import canonical, decode, digest, parsed

st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))  # what is no number cannot be kept, see below
DEGREES = st.none() | st.floats(-180, 180)
st.register_type_strategy(StatedPlace, st.builds(StatedPlace, latitude=DEGREES, longitude=DEGREES))
LEAF = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
PLAIN = st.recursive(LEAF, lambda inner: st.lists(inner, max_size=3), max_leaves=5)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@FEW
@given(st.from_type(Document))
def test_a_document_survives_the_round_trip(document: Document) -> None:
    """decode(encode(document)) == document, whatever it holds."""
    assert decode(Document, json.loads(canonical(to_json(document)))) == document


@FEW
@given(st.one_of(st.from_type(kind) for kind in (StoredDocument, Asset, Decision, Assessment)))
def test_other_records_survive_the_round_trip(record: object) -> None:
    """The same for all that the store hands out."""
    assert decode(type(record), json.loads(canonical(to_json(record)))) == record


@FEW
@given(st.dictionaries(st.text(max_size=8), PLAIN, max_size=5))
def test_canonical_json_is_ascii_and_does_not_depend_on_order(value: dict[str, object]) -> None:
    """One value has one text, whose hash anyone can compute with a standard library."""
    turned = dict(reversed(value.items()))
    assert canonical(value) == canonical(turned)
    assert json.loads(canonical(value)) == value
    assert digest(canonical(value)) == hashlib.sha256(canonical(value).encode("ascii")).hexdigest()


def test_a_newer_field_is_passed_over_and_a_missing_one_takes_its_default() -> None:
    """Records of other versions of this program can be read."""
    data = {"source": "s", "document": {"sha256": "0" * 64, "invented": 1}, "text": "t", "later": {"a": 1}}
    document = decode(Document, data)
    assert (document.document.kind, document.media, document.document.outlet.name) == ("article", (), None)


@pytest.mark.parametrize(
    "data", [{}, {"source": "s", "document": None, "text": "t"}, {"source": "s", "document": {}, "text": "t"}, []]
)
def test_what_cannot_be_a_record_is_damaged_evidence(data: object) -> None:
    """A required field that is missing, or a value of another form, is told, not guessed."""
    with pytest.raises(EvidenceError, match="Document"):
        decode(Document, data)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, None])
def test_a_stored_text_that_is_no_json_is_damaged_evidence(text: str) -> None:
    """Broken and bottomless texts give a plain error."""
    with pytest.raises(EvidenceError, match="observation"):
        parsed(text)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), b"bytes", {1, 2}])
def test_what_json_cannot_say_is_refused(value: object) -> None:
    """Nothing is bent to fit."""
    with pytest.raises(SourceError, match="JSON"):
        canonical({"a": value})
