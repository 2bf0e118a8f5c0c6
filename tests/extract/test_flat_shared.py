"""Floors on the material beside the project: captions, credits and posts of real flattened pages."""

import hashlib
import json
from pathlib import Path

import pytest

from provenance.extract.flat import page
from provenance.records import Page, Snapshot

pytestmark = pytest.mark.shared


def read(path: Path) -> Page:
    content = path.read_bytes()
    made = Snapshot(
        source=str(path), content=content, sha256=hashlib.sha256(content).hexdigest(), media_type="text/plain",
        obtained_at="2025-01-01T00:00:00Z", how="file",
    )  # fmt: skip
    return page(made, content.decode("utf-8"))


def test_embedded_captions_and_posts_of_the_seeds_are_exact(shared: Path) -> None:
    """Each caption, credit and embedded post of the gold is found with its exact span, and nothing else."""
    gold = json.loads((shared / "seeds-gold.json").read_text("utf-8"))
    for document in gold["documents"]:
        found = read(shared / "seeds" / document["file"])
        wanted = [m for m in document["media_items"] if m["embedding"] != "mentioned"]
        assert [m.kind for m in found.media] == [m["kind"] for m in wanted]
        captions = [(m["caption"]["span"]["start"], m["caption"]["span"]["end"]) for m in wanted if m.get("caption")]
        assert [(m.caption_span.start, m.caption_span.end) for m in found.media if m.caption_span] == captions
        assert [m.credit for m in found.media if m.credit] == [m["credit_line"]["text"] for m in wanted if m.get("credit_line")]
        embedded = [p for p in document["posts"] if p["embedding"] == "embedded"]
        assert [(p.handle, p.date, p.text) for p in found.posts] == [(p["handle"], p["date"], p["text"]) for p in embedded]


def test_credits_of_the_cases_are_found_without_invented_media(shared: Path) -> None:
    """At least 90 in 100 credit lines of the gold are met, and media on pages that embed none stay at zero."""
    met, missed, invented = 0, [], []
    for case in sorted((shared / "cases").glob("*/gold.json")):
        for entry in json.loads(case.read_text("utf-8"))["pages"]:
            found = read(case.parent / entry["file"])
            named = [m.credit for m in found.media if m.credit]
            wanted = [e["evidence"] for e in entry["evidence"] if e["role"].split(":")[0] == "credit"]
            for line in wanted:
                hit = any(c in line or line in c for c in named)
                met += hit
                missed += [] if hit else [(entry["id"], line)]
            if found.media and not any(v["use"] == "embed" for v in entry["visuals"]):
                invented.append(entry["id"])
    assert met / (met + len(missed)) >= 0.9, missed
    assert len(invented) <= 1, invented
