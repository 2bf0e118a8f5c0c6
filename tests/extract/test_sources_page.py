"""The page on sources promises what the readers do."""

import gzip
import io
import json
import re
import shlex
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import acquire, extract
from provenance.attribute import read
from provenance.errors import SourceError
from provenance.records import Document, Page, Snapshot

DOC = (Path(__file__).resolve().parents[2] / "docs" / "sources.md").read_text("utf-8")
COMMANDS = re.findall(r"`provenance extract ([^`]+)`", DOC)
URL = "https://tarnpost.example/ferry"
WORDS = "<article><h1>Ferry</h1><p>The night ferry was late, the harbour office said.</p></article>"
HTML = f"<!doctype html><html><body>{WORDS}</body></html>"
TWEET = {"rest_id": "2031000000000000001", "legacy": {"full_text": "Late.", "created_at": "Fri May 02 07:00:00 +0000 2031"}}
INSTAGRAM = {
    "code": "DQferry1",
    "taken_at": 1935471600,
    "image_versions2": {"candidates": [{"url": "https://img.example/1.jpg"}]},
}
MESSAGE = (
    '<div class="tgme_widget_message" data-post="tarn_quay/7"><div class="tgme_widget_message_text">Late.</div>'
    '<a class="tgme_widget_message_date"><time datetime="2031-05-02T07:00:00+00:00"></time></a></div>'
)
TELEGRAM = f'<html><body class="widget_frame_base">{MESSAGE}</body></html>'
HTTP = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{HTML}"
WARC = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {URL}\r\nContent-Length: {len(HTTP)}\r\n\r\n{HTTP}\r\n\r\n".encode()
MHTML = (
    f"From: x\nSnapshot-Content-Location: {URL}\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
    f"--b\nContent-Type: text/html\nContent-Location: {URL}\n\n{HTML}\n--b--\n"
)
OEMBED = {"type": "rich", "version": "1.0", "author_name": "Orrin", "url": "https://x.com/orrin/status/2031000000000000001"}
INFO = {
    "id": "abcdefghijk",
    "extractor": "youtube",
    "webpage_url": "https://www.youtube.com/watch?v=abcdefghijk",
    "title": "Ferry",
}
EXPORT = {"name": "Tarn Quay", "messages": [{"id": 7, "type": "message", "text": "Late.", "date_unixtime": "1935471600"}]}
ENTRY = f"<item><title>Ferry</title><link>{URL}</link></item>"

SAMPLES: dict[str, str | bytes] = {
    "page.html": HTML,
    "article.txt": "Ferry late again\n\nThe night ferry to Lindholm was late again on Monday, the harbour office said.",
    "page.mhtml": MHTML,
    "feed.xml": f"<?xml version='1.0'?><rss><channel><title>Tarn Post</title>{ENTRY}</channel></rss>",
    "sitemap.xml": f"<?xml version='1.0'?><urlset><url><loc>{URL}</loc></url></urlset>",
    "sitemap.xml.gz": gzip.compress(f"<?xml version='1.0'?><urlset><url><loc>{URL}</loc></url></urlset>".encode()),
    "feeds.opml": "<opml version='2.0'><body><outline text='Tarn' xmlUrl='https://tarnpost.example/feed'/></body></opml>",
    "crawl.warc.gz": gzip.compress(WARC),
    "result.json": json.dumps(EXPORT),
    "channel.html": TELEGRAM,
    "embed.html": TELEGRAM,
    "timeline.json": json.dumps({"data": {"entries": [{"result": TWEET}]}}),
    "oembed.json": json.dumps(OEMBED),
    "instagram.json": json.dumps({"items": [INSTAGRAM]}),
    "captured.ndjson": "\n".join(json.dumps({"source_platform": "x.com", "item_id": n, "data": TWEET}) for n in "12"),
    "video.info.json": json.dumps(INFO),
    "keyframes.json": json.dumps({"url": URL, "shots": [], "keyframes": [{"keyframe_url": "https://img.example/1.jpg"}]}),
    "4cat.csv": "id,thread_id,timestamp,link,body,author\n2031,2031,2031-05-02 07:00:00,https://x.com/orrin/status/2031,Late,orrin\n",
    "archiver.csv": f"Link,Archive status,Archive location\n{URL},success,https://archive.example/1.html\n",
}


@pytest.fixture
def sample(tmp_path: Path) -> Callable[[str], Path]:
    def write(name: str) -> Path:
        path = tmp_path / name
        if name == "crawl.wacz":
            with zipfile.ZipFile(path, "w") as package:
                package.writestr("archive/data.warc", WARC)
                package.writestr("datapackage.json", "{}")
        elif name == "saved-pages":
            path.mkdir()
            (path / "page.html").write_text(HTML)
        else:
            content = SAMPLES[name]
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def pages(path: Path) -> list[Page]:
    found = [f for f in acquire.snapshots([str(path)]) if isinstance(f, Snapshot)]
    return [page for snapshot in found for page in extract.pages(snapshot)]


def test_every_sample_is_on_the_page() -> None:
    """No format is read without a command that shows it."""
    assert {*SAMPLES, "crawl.wacz", "saved-pages"} == {shlex.split(command)[0] for command in COMMANDS}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_on_the_page_reads_its_sample(command: str, sample: Callable[[str], Path]) -> None:
    """What the page says can be read is read."""
    name = shlex.split(command)[0]
    (page,) = pages(sample(name))
    social = "| one post" in DOC.split(command)[1].split("\n")[0] or "that post" in DOC.split(command)[1].split("\n")[0]
    kinds = {"post", "page"} if name.endswith(".csv") else {"post"} if social else {"article", "page"}
    assert page.facts.kind in kinds
    assert page.text or page.media or page.links or page.facts.url


@pytest.mark.parametrize("name", [*SAMPLES, "crawl.wacz"])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_damaged_sample_is_read_or_named(name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Bytes changed, cut out, put in or doubled anywhere, in every format: documents with exact spans, or errors that name it."""
    path = tmp_path_factory.mktemp("damaged") / name
    whole = bytearray(_packed() if name == "crawl.wacz" else _bytes(SAMPLES[name]))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole)))
        put = st.binary(max_size=6) | st.sampled_from(
            [b"\0", b"{", b"[", b'"', b"<", b"]]>", b"9" * 30, b"\xff\xfe", b"null", b"\n"]
        )
        whole[at : at + data.draw(st.integers(0, 12))] = data.draw(put)
    path.write_bytes(bytes(whole))
    for found in acquire.snapshots([str(path)]):
        documents = found if isinstance(found, SourceError) else _documents(found)
        if isinstance(documents, SourceError):
            assert name in documents.message
            continue
        for document in documents:
            spans = [*(p.span for p in document.posts), *(c.cue_span for c in document.citations)]
            assert all(s is None or document.text[s.start : s.end] == s.text for s in spans)


def _documents(snapshot: Snapshot) -> list[Document] | SourceError:
    try:
        return [read(page) for page in extract.pages(snapshot)]
    except SourceError as error:
        return error


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


def _packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("archive/data.warc", WARC)
        package.writestr("datapackage.json", "{}")
    return out.getvalue()
