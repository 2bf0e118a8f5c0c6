"""The whole way from five real texts to their visuals, against what a person found in them."""

import hashlib
import json
from pathlib import Path

import pytest

from provenance.attribute import read
from provenance.chain import Grouping
from provenance.extract import pages
from provenance.records import Snapshot, StoredDocument, Visual

pytestmark = pytest.mark.shared


def stored(path: Path, sequence: int) -> StoredDocument:
    content = path.read_bytes()
    snapshot = Snapshot(
        source=path.name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="text/plain",
        obtained_at="2031-05-01T00:00:00Z",
        how="file",
    )
    (page,) = pages(snapshot)
    return StoredDocument(id=path.name[:3], sequence=sequence, ingested_at="2031-05-01T00:00:00Z", document=read(page))


@pytest.fixture(scope="module")
def grouping(shared: Path) -> Grouping:
    made = Grouping()
    for sequence, path in enumerate(sorted((shared / "seeds").glob("*.txt")), 1):
        made.add(stored(path, sequence))
    return made


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict:
    return json.loads((shared / "seeds-gold.json").read_text(encoding="utf-8"))["cross_document"]


def of_documents(grouping: Grouping, cluster: dict) -> Visual:
    """The visual that holds an appearance of every document of a gold cluster."""
    documents = {m.partition("-")[0] for m in cluster["members"]}
    found = [
        v
        for v in grouping.visuals()
        if {m.document for m in v.members} == documents and len(v.members) == len(cluster["members"])
    ]
    assert len(found) == 1
    return found[0]


def test_every_cluster_is_joined(grouping: Grouping, gold: dict) -> None:
    """The picture of two texts is one visual, and so are a grab and its clip."""
    for cluster in gold["visual_clusters"]:
        assert of_documents(grouping, cluster)


def test_chains_origin_and_count_are_those_of_the_gold(grouping: Grouping, gold: dict) -> None:
    """The chains, the one origin, and the number of independent origins are as a person found them."""
    cluster = gold["visual_clusters"][0]
    visual = of_documents(grouping, cluster)
    assert sorted(visual.chains) == sorted(tuple(c) for c in cluster["chains"])
    assert (visual.origin.platform, visual.origin.handle) == (cluster["origin"]["platform"], cluster["origin"]["handle"])
    assert visual.independent_origins == cluster["independent_origins"]


def test_every_conflict_is_reported_with_its_words(grouping: Grouping, gold: dict) -> None:
    """Each conflict of the gold comes out, with spans in the documents that it names; none is called hard."""
    ours = {"position": "depiction", "claim": "depiction", "certainty-of-depiction": "depiction"}
    for cluster in gold["visual_clusters"]:
        visual = of_documents(grouping, cluster)
        fields = sorted(c.field for c in visual.conflicts)
        assert fields == sorted(ours.get(c["field"], c["field"]) for c in cluster["conflicts"])
        assert {c.severity for c in visual.conflicts} == {"soft"}
        for wanted in cluster["conflicts"]:
            documents = {v["doc"] for v in wanted["values"]}
            same = [c for c in visual.conflicts if c.field == ours.get(wanted["field"], wanted["field"])]
            assert any({d for v in c.values if v.spans for d in v.documents} >= documents for c in same), wanted["field"]


def test_the_spans_of_each_conflict_meet_those_of_the_gold(grouping: Grouping, gold: dict) -> None:
    """For every value with a span in the gold, one of the visual's conflicts quotes overlapping words of that document."""
    for cluster in gold["visual_clusters"]:
        spans = [s for c in of_documents(grouping, cluster).conflicts for v in c.values for s in v.spans]
        for value in (v for c in cluster["conflicts"] for v in c["values"] if v.get("span")):
            start, end = value["span"]["start"], value["span"]["end"]
            assert any(s.document == value["doc"] and s.start < end and start < s.end for s in spans), value


def test_what_must_stay_apart_stays_apart(grouping: Grouping, gold: dict) -> None:
    """No visual holds two documents that the gold does not put together, and a text without pictures has none."""
    allowed = {frozenset(m.partition("-")[0] for m in c["members"]) for c in gold["visual_clusters"]}
    for visual in grouping.visuals():
        documents = frozenset(m.document for m in visual.members)
        assert len(documents) == 1 or documents in allowed
    assert "003" not in {m.document for v in grouping.visuals() for m in v.members}
