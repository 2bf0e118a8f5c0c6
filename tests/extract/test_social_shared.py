"""Each file of the shared social material, read to the end as the command reads it, gives the records that its gold says."""

import json
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from provenance import acquire, pipeline
from provenance.extract.posted import moment
from provenance.records import Document, Snapshot

pytestmark = pytest.mark.shared


def documents(path: Path) -> list[Document]:
    found = list(acquire.snapshots([str(path)]))
    assert all(isinstance(snapshot, Snapshot) for snapshot in found)
    return [document for snapshot in found if isinstance(snapshot, Snapshot) for document in pipeline.documents(snapshot)]


def instant(post: dict[str, Any]) -> str | None:
    """The gold's time in UTC: ISO 8601, or as X prints it."""
    if "date" in post:
        return moment(post["date"])
    _, month, day, clock, zone, year = post["created_at"].split()
    return moment(parsedate_to_datetime(f"{day} {month} {year} {clock} {zone}").isoformat())


def test_every_file_gives_the_posts_of_its_gold(shared: Path) -> None:
    """The same posts in the same order: ids, accounts, times, words, links, media, answers, forwards, edits, citations."""
    folder = shared / "social"
    for gold_file in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(gold_file.read_text("utf-8"))
        found = documents(folder / Path(gold["file"]).name)
        assert [p["post_id"] for p in gold["posts"]] == [d.posts[0].post_id for d in found], gold["file"]
        for want, document in zip(gold["posts"], found, strict=True):
            _agrees(want, document)


def _agrees(want: dict[str, Any], document: Document) -> None:
    post, where = document.posts[0], want["post_id"]
    for name in ("platform", "handle", "author_name", "url", "text", "forwarded_from"):
        if name in want and name != "forwarded_from":
            assert want[name] == (getattr(post, name) or ("" if name == "text" else None)), (where, name)
    assert instant(want) == post.date == document.document.published, where
    assert document.text.startswith(want.get("text_starts", "")), where
    assert want.get("links", list(post.links)) == list(post.links), where
    own = [m for m in document.media if m.post == post.id and m.role != "metadata-only"]
    assert [m["type"] for m in want["media"]] == [m.kind for m in own], where
    others = {p.post_id for p in document.posts[1:]}
    assert {want[k] for k in ("in_reply_to", "quotes", "retweet_of", "reply_to") if want.get(k)} <= others, where
    assert want.get("edited") == document.document.modified, where
    forwards = [c for c in document.citations if c.relation == "posted-by" and c.cue is None]
    assert bool(want.get("forwarded_from") or want.get("retweet_of")) == bool(forwards), where
    cues = {c.cue for c in document.citations}
    assert all(c["cue"] in cues for c in want.get("citations", ())), where
    said = {c.cited.as_written for c in document.citations}
    assert all(mention in said for mention in want.get("mentions", ())), where


@pytest.mark.parametrize("name", ["zeeschuimer-twitter.ndjson", "zeeschuimer-instagram.ndjson", "invid-keyframes.json"])
def test_files_without_gold_are_read_without_a_loss(shared: Path, name: str) -> None:
    """Each captured item has a number, an account and a time; the list of keyframes gives its film."""
    found = documents(shared / "social" / name)
    assert found
    for document in found:
        assert document.document.url
        assert all(p.post_id and (p.handle or p.embedding == "mentioned") for p in document.posts)
