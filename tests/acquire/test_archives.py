"""Web archives: WARC, ARC, WACZ and MHTML, whole, odd, broken and hostile."""

import base64
import csv
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import acquire
from provenance.acquire.http_record import fits
from provenance.acquire.limits import Limits
from provenance.acquire.warc import Record, records
from provenance.errors import EmptySource, NotDecodable, NotFound, SourceError, TooLarge
from provenance.records import Snapshot

PAGE = b"<!doctype html><html><body><article><p>A mill burns.</p><img src='/mill.gif'></article></body></html>"
URL = "https://tarnpost.example/mill"
PICTURE = "https://tarnpost.example/mill.gif"


def record(block: bytes, kind: str = "response", url: str = URL, date: str = "2031-05-02T07:00:00Z", **more: str) -> bytes:
    lengths = {"Content-Length": str(len(block))}
    fields = {"WARC-Type": kind, "WARC-Target-URI": url, "WARC-Date": date, "WARC-Record-ID": "<urn:uuid:0>"} | lengths
    fields |= {name.replace("_", "-"): value for name, value in more.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def http(body: bytes = PAGE, kind: str = "text/html; charset=utf-8", status: str = "200 OK", **headers: str) -> bytes:
    fields = {"Content-Type": kind} | {name.replace("_", "-"): value for name, value in headers.items()}
    return f"HTTP/1.1 {status}\r\n".encode() + "".join(f"{n}: {v}\r\n" for n, v in fields.items()).encode() + b"\r\n" + body


def picture(pixel: bytes, **more: str) -> bytes:
    return record(http(pixel, "image/gif"), url=PICTURE, **more)


def read(path: Path, **limits: int) -> tuple[list[Snapshot], list[SourceError]]:
    found = list(acquire.snapshots([str(path)], limits=Limits(**limits)))
    return [f for f in found if isinstance(f, Snapshot)], [f for f in found if isinstance(f, SourceError)]


@pytest.fixture
def crawl(tmp_path: Path) -> Any:
    def write(*parts: bytes, name: str = "crawl.warc", zipped: bool = False) -> Path:
        path = tmp_path / name
        path.write_bytes(b"".join(gzip.compress(p) if zipped else p for p in parts))
        return path

    return write


# ------------------------------------------------------------------ WARC


@pytest.mark.parametrize("zipped", [False, True])
def test_each_page_is_a_snapshot(crawl: Any, pixel: bytes, zipped: bool) -> None:  # noqa: FBT001
    """Address, time of capture, charset and bytes; the picture is its sidecar and no source of its own."""
    path = crawl(record(b"software: x\r\n", "warcinfo"), record(http()), picture(pixel), zipped=zipped)
    (page,), faults = read(path)
    assert (PAGE, URL, URL, "archive", f"{path}#{URL}") == (page.content, page.url, page.final_url, page.how, page.source)
    assert ("2031-05-02T07:00:00Z", "text/html", "utf-8") == (page.obtained_at, page.media_type, page.charset)
    assert [] == faults
    assert pixel == acquire.archive_bytes(page, PICTURE)


def test_an_archive_can_be_piped_in(pixel: bytes) -> None:
    """Standard input may be an archive; its pictures cannot be found again, and that is said."""
    stream = io.BytesIO(record(http()) + picture(pixel))
    (page,) = acquire.snapshots(["-"], stdin=stream)
    assert isinstance(page, Snapshot)
    with pytest.raises(NotFound, match="not read from an archive file"):
        acquire.archive_bytes(page, PICTURE)


def test_what_is_stated_of_an_archive_holds_for_its_pages(crawl: Any) -> None:
    """The outlet is that of all pages, each keeps its own address."""
    (page,) = acquire.snapshots([str(crawl(record(http())))], acquire.Given(outlet="Tarn Post"))
    assert isinstance(page, Snapshot)
    assert ("Tarn Post", URL) == (page.outlet, page.url)


def test_of_several_captures_the_nearest_is_taken(crawl: Any, pixel: bytes) -> None:
    """A picture that changed between two crawls is that of the page's own time."""
    path = crawl(picture(b"GIF89a-old", date="2030-01-01T00:00:00Z"), record(http()), picture(pixel, date="2031-05-02T07:00:03Z"))
    (page,), _ = read(path)
    assert pixel == acquire.archive_bytes(page, "https://elsewhere.example/x.gif", PICTURE.replace("https", "http"))


def test_a_picture_that_came_back_is_that_of_its_time(crawl: Any, pixel: bytes) -> None:
    """A repeated capture counts at its own time, whether it is stored again or as a revisit."""
    first, changed, again = ("2031-01-01T00:00:00Z", "2031-03-01T00:00:00Z", "2031-05-02T07:00:01Z")
    old = {"WARC_Payload_Digest": "sha1:" + "A" * 32}
    other = picture(b"GIF89a-other", date=changed, WARC_Payload_Digest="sha1:" + "B" * 32)
    for last in (picture(pixel, date=again, **old), record(http(b"", "image/gif"), "revisit", PICTURE, again, **old)):
        (page,), _ = read(crawl(picture(pixel, date=first, **old), other, last, record(http())))
        assert pixel == acquire.archive_bytes(page, PICTURE)


def test_a_picture_that_is_not_there_is_named(crawl: Any) -> None:
    """The message names the address and the archive."""
    (page,), _ = read(crawl(record(http())))
    with pytest.raises(NotFound, match=r"other\.gif is not in .*crawl\.warc"):
        acquire.archive_bytes(page, "https://tarnpost.example/other.gif")


@pytest.mark.parametrize(
    "block",
    [
        http(gzip.compress(PAGE), Content_Encoding="gzip"),
        http(PAGE, Content_Encoding="gzip"),
        http(b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), Transfer_Encoding="chunked"),
        http(PAGE, Transfer_Encoding="chunked"),
        http(b"5;x=y\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (PAGE[:5], len(PAGE) - 5, PAGE[5:]), Transfer_Encoding="chunked"),
        http(PAGE, Content_Encoding="br"),
    ],
    ids=["gzip", "unpacked", "chunks", "no chunks", "two chunks", "unpacked brotli"],
)
def test_bodies_are_unpacked(crawl: Any, block: bytes) -> None:
    """Chunks and compression are taken off; a crawler that did it already and kept the header does no harm."""
    (page,), faults = read(crawl(record(block)))
    assert (PAGE, []) == (page.content, faults)


@pytest.mark.parametrize(
    ("block", "word"),
    [
        (http(gzip.compress(PAGE)[:-12], Content_Encoding="gzip"), "gzip"),
        (http(b"\x0b\x02brotli", Content_Encoding="br"), "packed as 'br'"),
        (http(b"5\r\n<html\r\nfff\r\nshort", Transfer_Encoding="chunked"), "chunks break off"),
        (http(gzip.compress(b"<html>" + bytes(3_000_000)), Content_Encoding="gzip"), "larger than 1 MB"),
        (b"no http at all", "no HTTP answer"),
    ],
)
def test_a_bad_answer_is_named_and_the_next_page_read(crawl: Any, block: bytes, word: str) -> None:
    """Record number, offset and address stand in the message; the other records are not lost."""
    kind = {"Content_Type": "application/http; msgtype=response"}
    (page,), (fault,) = read(crawl(record(block, **kind), record(http(), url=f"{URL}-2")), page_bytes=1_000_000)
    assert f"{URL}-2" == page.url
    assert word in fault.message
    assert "record 1 at byte 0" in fault.message


def test_what_is_no_page_is_left_out(crawl: Any) -> None:
    """Failures, redirects, requests, notes and pages of other schemes are no documents; an archive of nothing else is empty."""
    parts = [http(status="404 Not Found"), http(status="302 Found"), http(b"body {}", "text/css"), http(b"plain", "text/plain")]
    path = crawl(*map(record, parts), record(http(), "request"), record(PAGE, "resource", "urn:view:x"))
    pages, (fault,) = read(path)
    assert ([], EmptySource) == (pages, type(fault))


def test_a_resource_is_a_page_too(crawl: Any) -> None:
    """A record without HTTP is taken as its own type says."""
    (page,), _ = read(crawl(record(PAGE, "resource", Content_Type="text/html; charset=koi8-r")))
    assert (PAGE, "koi8-r") == (page.content, page.charset)


def test_a_revisit_repeats_an_earlier_page(crawl: Any) -> None:
    """Under another address it is a page; under the same it is nothing new; of a page that is not there, it is said."""
    digest = "sha1:" + base64.b32encode(hashlib.sha1(PAGE, usedforsecurity=False).digest()).decode()
    again = {"kind": "revisit", "WARC_Payload_Digest": digest, "date": "2031-05-03T07:00:00Z"}
    lost = record(http(b""), "revisit", f"{URL}-3", WARC_Payload_Digest="sha1:" + "A" * 32)
    path = crawl(
        record(http(), WARC_Payload_Digest=digest), record(http(b""), **again), record(http(b""), url=f"{URL}-2", **again), lost
    )
    (first, second), (fault,) = read(path)
    assert (URL, f"{URL}-2", PAGE, "2031-05-03T07:00:00Z") == (first.url, second.url, second.content, second.obtained_at)
    assert "record 4 repeats a page" in fault.message


def test_a_digest_that_does_not_fit_is_named(crawl: Any) -> None:
    """The page is given, and the alteration said; a digest that fits, in any of its spellings, says nothing."""
    sha1 = hashlib.sha1(PAGE, usedforsecurity=False).digest()
    spellings = [sha1.hex(), base64.b32encode(sha1).decode(), base64.b64encode(sha1).decode()]
    assert all(fits(f"sha1:{s}", PAGE) for s in spellings)
    assert not any(fits(f"sha1:{s}", PAGE + b" ") for s in spellings)
    (page,), (fault,) = read(crawl(record(http(), WARC_Block_Digest="sha256:" + "0" * 64)))
    assert URL == page.url
    assert "WARC-Block-Digest does not fit" in fault.message


@pytest.mark.parametrize("length", ["1", "999999999999", "-1", "9" * 40, "", "12x"])
@pytest.mark.parametrize("zipped", [False, True])
def test_a_length_that_lies_is_named(crawl: Any, length: str, zipped: bool) -> None:  # noqa: FBT001
    """What came before stays, no bytes of one record pass for another, and nothing is reserved by the number."""
    lying = record(http(b"<html>" + record(http(), url="https://forged.example/")), url=f"{URL}-2", Content_Length=length)
    path = crawl(record(http()), lying, record(http(), url=f"{URL}-3"), zipped=zipped)
    pages, faults = read(path)
    assert [URL, f"{URL}-3"][: 2 if zipped else 1] == [p.url for p in pages]
    assert "record 2 at byte" in faults[0].message


def test_a_truncated_archive_keeps_what_came_before(crawl: Any) -> None:
    """Cut anywhere, the records before are read, and the cut is named with its record."""
    whole = gzip.compress(record(http())) + gzip.compress(record(http(), url=f"{URL}-2"))
    first = len(gzip.compress(record(http())))
    for cut in range(first + 3, len(whole) - 1, 7):
        pages, faults = read(crawl(whole[:cut]))
        assert [URL] == [p.url for p in pages]
        assert any(f"record 2 at byte {first}" in f.message for f in faults)


def test_records_in_one_gzip_member_are_read_and_said(crawl: Any, pixel: bytes) -> None:
    """Such a file gives its pages, but no record of it can be found again."""
    path = crawl(record(http()) + picture(pixel), zipped=True)
    (page,), (fault,) = read(path)
    assert "share the gzip member" in fault.message
    with pytest.raises(NotFound):
        acquire.archive_bytes(page, PICTURE)


def test_a_large_record_is_passed_over_and_said(crawl: Any) -> None:
    """A block over the cap is not kept in memory."""
    (page,), (fault,) = read(crawl(record(http(bytes(50_000))), record(http(), url=f"{URL}-2")), file_bytes=20_000)
    assert (f"{URL}-2", TooLarge) == (page.url, type(fault))


def test_an_arc_file_is_read(crawl: Any) -> None:
    """The older format: one header line a record."""
    body = http()
    info = b"filedesc://x.arc 0.0.0.0 20310502070000 text/plain 5\n1 0 X\n"
    line = f"{URL} 192.0.2.1 20310502070000 text/html {len(body)}\n".encode()
    (page,), _ = read(crawl(info, line + body + b"\n", name="crawl.arc"))
    assert (URL, PAGE, "2031-05-02T07:00:00Z") == (page.url, page.content, page.obtained_at)


@given(st.lists(st.tuples(st.sampled_from(["response", "metadata"]), st.binary(max_size=300)), max_size=5), st.booleans())
def test_records_come_back_as_they_were_written(parts: list[tuple[str, bytes]], zipped: bool) -> None:  # noqa: FBT001
    """Kind, block and offset of every record, whatever its bytes."""
    whole = [gzip.compress(record(block, kind)) if zipped else record(block, kind) for kind, block in parts]
    found = [r for r in records(io.BytesIO(b"".join(whole)), "x", 1000) if isinstance(r, Record)]
    assert parts == [(r.kind, r.block) for r in found]
    assert [sum(map(len, whole[:n])) for n in range(len(whole))] == [r.offset for r in found]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_archive_never_breaks_the_reader(data: st.DataObject) -> None:
    """Any byte changed, cut out or put in: records or named errors, and an end."""
    zipped = data.draw(st.booleans())
    pack = gzip.compress if zipped else bytes
    whole = bytearray(b"".join(pack(record(http(), url=f"{URL}-{n}")) for n in range(3)))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    found = list(records(io.BytesIO(bytes(whole)), "x", 10_000))
    assert len(found) <= 8
    assert all(isinstance(f, (Record, SourceError)) for f in found)


# ------------------------------------------------------------------ WACZ


def wacz(path: Path, members: dict[str, bytes], *, hashes: Any = None, extra: Any = None) -> Path:
    digests = {name: f"sha256:{hashlib.sha256(content).hexdigest()}" for name, content in members.items()} | (hashes or {})
    listed = [{"name": n.rpartition("/")[2], "path": n, "hash": h, "bytes": 1} for n, h in digests.items()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**members, **(extra or {})}.items():
            package.writestr(name, content)
        package.writestr("datapackage.json", json.dumps({"profile": "data-package", "resources": listed}))
    return path


def test_a_package_gives_its_pages_and_pictures(tmp_path: Path, pixel: bytes) -> None:
    """Members are read in place, and nothing is written beside the package."""
    warc = gzip.compress(record(http())) + gzip.compress(picture(pixel))
    path = wacz(tmp_path / "crawl.wacz", {"archive/data.warc.gz": warc, "pages/pages.jsonl": b"{}"})
    (page,), faults = read(path)
    assert (PAGE, []) == (page.content, faults)
    assert pixel == acquire.archive_bytes(page, PICTURE)
    assert [path] == list(tmp_path.rglob("*"))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"hashes": {"pages/pages.jsonl": "sha256:" + "0" * 64}}, "'pages/pages.jsonl' is not what"),
        ({"hashes": {"archive/other.warc": "sha256:" + "0" * 64}}, "'archive/other.warc' is missing"),
        ({"extra": {"notes.txt": b"x"}}, "'notes.txt' is not in its datapackage.json"),
        ({"extra": {"../../evil.txt": b"x"}}, "leads outside"),
        ({"extra": {"/etc/evil.txt": b"x"}}, "leads outside"),
        ({"extra": {"C:\\evil.txt": b"x"}}, "leads outside"),
        ({"extra": {"archive/zeros.warc": bytes(3_000_000)}}, "unpacks from"),
    ],
)
def test_an_altered_package_is_named(tmp_path: Path, change: dict[str, Any], word: str) -> None:
    """Changed, missing, unlisted, misnamed and swollen members are each said; the page is read all the same."""
    members = {"archive/data.warc": record(http()), "pages/pages.jsonl": b"{}"}
    pages, faults = read(wacz(tmp_path / "crawl.wacz", members, **change))
    assert [URL] == [p.url for p in pages]
    assert any(word in f.message for f in faults)
    assert ["crawl.wacz"] == [p.name for p in tmp_path.rglob("*")]


def test_a_package_without_its_list_is_named(tmp_path: Path) -> None:
    """Nothing can be checked then, and that is said."""
    path = tmp_path / "crawl.wacz"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("archive/data.warc", record(http()))
    (page,), (fault,) = read(path)
    assert (URL, NotDecodable) == (page.url, type(fault))
    assert "'datapackage.json' is missing" in fault.message


@pytest.mark.parametrize("listed", [URL, "https://tarnpost.example/short"])
def test_frames_of_a_page_are_no_pages(tmp_path: Path, listed: str) -> None:
    """Where a package lists its pages, other HTML in it is left out; where a page led on, the page is what it led to."""
    leads = record(http(b"", status="301 Moved", Location="/mill"), url="https://tarnpost.example/short")
    frame = record(http(), url="https://ads.example/frame")
    lines = b'{"format": "json-pages-1.0"}\nbroken\n' + json.dumps({"url": listed}).encode()
    members = {"archive/data.warc": frame + leads + record(http()), "pages/pages.jsonl": lines}
    pages, _ = read(wacz(tmp_path / "crawl.wacz", members))
    assert [URL] == [p.url for p in pages]


def test_addresses_that_are_none_do_no_harm(tmp_path: Path, pixel: bytes) -> None:
    """A redirect and a part with a broken address lead nowhere."""
    leads = record(http(b"", status="301 Moved", Location="http://[bad"), url="https://tarnpost.example/short")
    members = {"archive/data.warc": leads + record(http()), "pages/pages.jsonl": b'{"url": "https://tarnpost.example/short"}'}
    assert [URL] == [p.url for p in read(wacz(tmp_path / "crawl.wacz", members))[0]]
    path = tmp_path / "mill.mhtml"
    path.write_bytes(mhtml(pixel).replace(PICTURE.encode(), b"http://[bad"))
    (page,), _ = read(path)
    assert pixel == acquire.archive_bytes(page, "cid:one@mill")


def test_a_list_that_fits_no_record_hides_nothing(tmp_path: Path) -> None:
    """A page is not lost because the list names another address."""
    members = {"archive/data.warc": record(http()), "pages/pages.jsonl": b'{"url": "https://elsewhere.example/"}'}
    pages, _ = read(wacz(tmp_path / "crawl.wacz", members))
    assert [URL] == [p.url for p in pages]


def test_another_zip_is_no_source(tmp_path: Path) -> None:
    """A ZIP without web archives stays what it was: not read."""
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.html", PAGE)
    pages, (fault,) = read(path)
    assert [] == pages
    assert "ZIP" in fault.message


# ------------------------------------------------------------------ MHTML


def mhtml(pixel: bytes, html: bytes = PAGE) -> bytes:
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: " + URL.encode() + b"\r\nSubject: Mill\r\n"
        b"Date: Fri, 2 May 2031 09:00:00 +0200\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--b--"\r\n\r\n'
        b"----b--\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\nContent-Location: "
        + URL.encode()
        + b"\r\n\r\n"
        + base64.encodebytes(html)
        + b"\r\n----b--\r\nContent-Type: image/gif\r\nContent-ID: <one@mill>\r\n"
        + b"Content-Transfer-Encoding: base64\r\nContent-Location: "
        + PICTURE.encode()
        + b"\r\n\r\n"
        + base64.encodebytes(pixel)
        + b"\r\n----b------\r\n"
    )


def test_a_page_saved_as_mhtml(tmp_path: Path, pixel: bytes) -> None:
    """One snapshot with its address and time in UTC; its pictures by address or content id."""
    path = tmp_path / "mill.mhtml"
    path.write_bytes(mhtml(pixel))
    (page,), faults = read(path)
    assert (PAGE, URL, "2031-05-02T07:00:00Z", "archive") == (page.content, page.url, page.obtained_at, page.how)
    assert [] == faults
    assert pixel == acquire.archive_bytes(page, PICTURE) == acquire.archive_bytes(page, "cid:one@mill")
    with pytest.raises(NotFound, match=r"no\.gif is not in"):
        acquire.archive_bytes(page, "https://tarnpost.example/no.gif")


def test_archives_in_a_folder_are_sources(tmp_path: Path, pixel: bytes) -> None:
    """Each of them is met when the folder is walked."""
    (tmp_path / "a.mhtml").write_bytes(mhtml(pixel))
    (tmp_path / "b.warc.gz").write_bytes(gzip.compress(record(http(), url=f"{URL}-2")))
    wacz(tmp_path / "c.wacz", {"archive/data.warc": record(http(), url=f"{URL}-3")})
    pages, faults = read(tmp_path)
    assert ([URL, f"{URL}-2", f"{URL}-3"], []) == ([p.url for p in pages], faults)


def test_mhtml_without_a_page_is_named(tmp_path: Path, pixel: bytes) -> None:
    """Parts without HTML are no page."""
    path = tmp_path / "mill.mhtml"
    path.write_bytes(mhtml(pixel).replace(b"Content-Type: text/html;", b"Content-Type: text/css;"))
    pages, (fault,) = read(path)
    assert [] == pages
    assert "no part is HTML" in fault.message


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_mhtml_never_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Any bytes changed: a page or a named error."""
    whole = bytearray(mhtml(b"GIF89a"))
    for _ in range(3):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    path = tmp_path_factory.getbasetemp() / "damaged.mhtml"
    path.write_bytes(bytes(whole))
    pages, faults = read(path)
    assert pages or faults


# ------------------------------------------------------------------ the shared material


READABLE = {"example-wget-bad-target-uri.warc.gz"}  # brackets around the address, as the grammar of WARC 1.0 itself had them


def hostile(shared: Path) -> Iterator[tuple[Path, str]]:
    with (shared / "badinputs/manifest.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            if row["path"].startswith(("arc_", "wacz", "warc", "zip_")):
                yield shared / "badinputs" / row["path"], row["expect"]


@pytest.mark.shared
def test_hostile_archives_do_no_harm(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is read or refused with a named error, and nothing is written anywhere near; `badinputs.py` counts the time."""
    monkeypatch.chdir(tmp_path)
    seen = 0
    for path, expect in hostile(shared):
        pages, faults = read(path)
        assert pages or faults, path
        web = path.suffix != ".zip" and path.name not in READABLE
        assert faults or not (web and expect in {"error", "refuse"}), path
        seen += 1
    assert seen > 500
    assert [] == list(tmp_path.iterdir())
