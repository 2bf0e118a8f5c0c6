"""What the commands open, they open in the child: the process that holds the record never loads what decodes or parses."""

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from provenance.cage import the_cage

OPENERS = (
    *(
        "PIL",
        "pillow_heif",
        "turbohtml",
        "defusedxml",
        "email.parser",
        "provenance.extract.html",
        "provenance.extract.json_files",
    ),
    *("provenance.acquire.archives", "provenance.acquire.warc", "provenance.acquire.wacz"),
)
PROGRAM = """
import contextlib, json, sys
import cli
for arguments in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(sys.stderr), contextlib.suppress(SystemExit):
        cli.app(arguments, prog_name="provenance")
print(json.dumps(sorted(set(json.loads(sys.argv[2])) & set(sys.modules))))
"""
PAGE = b"<!doctype html><html><body><article><h1>The mill</h1><p>%s</p><img src=p.png></article></body></html>" % (
    b"It burns. " * 40
)


def record(body: bytes, kind: str, url: str) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n" % kind.encode() + body
    head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Length: {len(answer)}\r\n\r\n"
    return head.encode() + answer + b"\r\n\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A file of each kind that is read."""
    drawn = Image.radial_gradient("L").resize((200, 160))
    drawn.save(tmp_path / "p.png")
    drawn.rotate(3).save(tmp_path / "q.jpg")
    warc = record(PAGE, "text/html", "https://tarn.example/m") + record(
        (tmp_path / "q.jpg").read_bytes(), "image/jpeg", "https://tarn.example/p.png"
    )
    (tmp_path / "a.warc").write_bytes(warc)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("archive/a.warc", warc)
        listed = [{"path": "archive/a.warc", "hash": f"sha256:{hashlib.sha256(warc).hexdigest()}"}]
        made.writestr("datapackage.json", json.dumps({"resources": listed}))
    (tmp_path / "a.wacz").write_bytes(packed.getvalue())
    (tmp_path / "a.html").write_bytes(PAGE)
    (tmp_path / "a.json").write_text(
        json.dumps({"name": "T", "messages": [{"id": 7, "type": "message", "text": "x", "date_unixtime": "1935471600"}]})
    )
    (tmp_path / "feed.xml").write_text(
        "<?xml version='1.0'?><rss><channel><item><title>x</title><link>https://t.example/1</link></item></channel></rss>"
    )
    (tmp_path / "a.mhtml").write_bytes(
        b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n"
        + PAGE
        + b"\n--b--\n"
    )
    return tmp_path


@pytest.mark.timeout(1000)
@pytest.mark.skipif(the_cage() is None, reason="there is no cage here")
def test_what_is_read_is_opened_in_the_child(folder: Path) -> None:
    """Pages, exports, feeds, archives, pictures (one that a page brought counts with it), look-ups, the drawing of a match."""
    db = f"sqlite:///{folder / 'd.db'}"
    sources = [str(folder / name) for name in ("a.html", "a.json", "feed.xml", "a.warc", "a.wacz", "a.mhtml", "q.jpg")]
    commands = [
        ["--db", db, "ingest", *sources],
        ["--db", db, "lookup", str(folder / "p.png")],
        ["fingerprint", str(folder / "p.png"), str(folder / "a.warc")],
        ["compare", str(folder / "p.png"), str(folder / "q.jpg"), "-o", str(folder / "seen.png")],
    ]
    asked = [sys.executable, "-c", PROGRAM, json.dumps(commands), json.dumps(OPENERS)]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=900)
    assert re.search(r"6 documents read, . of them new, 0 sources failed", done.stderr), done.stderr
    assert (folder / "seen.png").is_file(), done.stderr
    assert [] == json.loads(done.stdout)
