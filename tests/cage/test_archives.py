"""Archives in the guarded child: the same pages as without it, read as they come, and whatever happens to the child is told."""

import gzip
import io
import os
import re
import signal
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance import acquire, intake
from provenance.cage import Cage, CageLimits, the_cage, worker
from provenance.cage.frames import Message
from provenance.cage.reading import STEP
from provenance.errors import NotDecodable, SourceError, UnknownFormat
from provenance.records import Snapshot

PAGE = b"<!doctype html><html><body><article><h1>The mill</h1><p>%s</p></article></body></html>" % (b"A mill burns. " * 30)
PICTURE = b"GIF89a" + b"\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
MHTML = (
    b"From: <Saved>\r\nSnapshot-Content-Location: https://tarn.example/mill\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n' + PAGE + b"\r\n--b--\r\n"
)


def record(body: bytes, kind: str = "text/html", url: str = "https://tarn.example/mill") -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n" % kind.encode() + body
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-05-02T07:00:00Z\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def package(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in members:
            made.writestr(name, content)
    return out.getvalue()


ARCHIVES = {
    "plain.warc": record(PAGE) + record(PICTURE, "image/gif", "https://tarn.example/m.gif"),
    "zipped.warc.gz": gzip.compress(record(PAGE)) + gzip.compress(record(PAGE, url="https://tarn.example/2")),
    "cut.warc": record(PAGE) + record(PAGE)[:-40],
    "empty.warc": record(PICTURE, "image/gif"),
    "p.wacz": package(("archive/a.warc", record(PAGE)), ("datapackage.json", b'{"resources": []}')),
    "other.zip": package(("notes.txt", b"nothing")),
    "broken.zip": b"PK\x03\x04" + b"\0" * 60,
    "page.mhtml": MHTML,
    "no-page.mhtml": MHTML.replace(b"text/html", b"text/plain"),
}


@pytest.fixture
def cage() -> Iterator[Cage]:
    made = Cage(CageLimits(cpu_seconds=2, wall_seconds=100), fork=True)
    yield made
    made.close()


@pytest.fixture
def with_task(monkeypatch: pytest.MonkeyPatch):
    """Lets the child, which is forked later, do something else with the file."""

    def install(task) -> None:
        monkeypatch.setattr(worker, "FILE_TASKS", {**worker.FILE_TASKS, "archive": task})

    return install


def told(found: list[Snapshot | SourceError]) -> list[object]:
    return [(type(f), f.message, f.remedy) if isinstance(f, SourceError) else f for f in found]


@pytest.mark.parametrize("name", ARCHIVES)
def test_the_child_reads_what_is_read_here(cage: Cage, tmp_path: Path, name: str) -> None:
    """Pages, faults and their words are the same in the child, from a file and from a stream in memory."""
    path = tmp_path / name
    path.write_bytes(ARCHIVES[name])
    here = list(acquire.snapshots([str(path)]))
    assert here
    assert told(here) == told(list(acquire.snapshots([str(path)], unpack=cage.archive)))
    piped = list(acquire.snapshots(["-"], stdin=io.BytesIO(ARCHIVES[name])))
    assert told(piped) == told(list(acquire.snapshots(["-"], stdin=io.BytesIO(ARCHIVES[name]), unpack=cage.archive)))


def test_a_picture_in_an_archive_is_found_by_the_child(cage: Cage, tmp_path: Path) -> None:
    """Its bytes are those of the archive; one that is not there, and an archive that is gone, are told as without the cage."""
    path = tmp_path / "crawl.warc"
    path.write_bytes(ARCHIVES["plain.warc"])
    (page,) = acquire.snapshots([str(path)], unpack=cage.archive)
    assert isinstance(page, Snapshot)
    assert cage.archive_bytes(page, "https://tarn.example/m.gif") == PICTURE
    for _ in range(2):
        with pytest.raises(SourceError) as there:
            cage.archive_bytes(page, "https://tarn.example/none.gif")
        with pytest.raises(type(there.value)) as here:
            acquire.archive_bytes(page, "https://tarn.example/none.gif")
        assert (here.value.message, here.value.remedy) == (there.value.message, there.value.remedy)
        path.unlink(missing_ok=True)


def test_the_door_reads_archives_in_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the commands read goes through the cage: a reader that fails here is never reached."""
    from provenance.acquire import archives

    assert the_cage() is not None, "the cage is switched off here"
    (tmp_path / "a.warc").write_bytes(ARCHIVES["plain.warc"])
    the_cage().close()
    with WithChild():
        monkeypatch.setattr(archives, "snapshots", None)
        monkeypatch.setattr(acquire, "archive_bytes", None)
        found = list(intake.snapshots([str(tmp_path / "a.warc")], acquire.Given()))
    assert [PAGE] == [page.content for page in found if isinstance(page, Snapshot)]


class WithChild:
    """The one cage with a child that was forked before anything was changed here."""

    def __enter__(self) -> None:
        caged = the_cage()
        assert caged is not None
        caged.guards()

    def __exit__(self, *_: object) -> None:
        caged = the_cage()
        assert caged is not None
        caged.close()


def test_an_archive_is_read_as_it_comes(cage: Cage, tmp_path: Path) -> None:
    """The first page is there before the rest is read; 200 MB cost the child no more memory than the largest record does."""
    path = tmp_path / "large.warc"
    film = record(b"\0" * 4_000_000, "video/mp4", "https://tarn.example/f.mp4")
    with path.open("wb") as out:
        out.write(record(PAGE))
        for _ in range(50):
            out.write(film)
        out.write(record(PAGE, url="https://tarn.example/last"))
    small = tmp_path / "small.warc"
    small.write_bytes(record(PAGE) + film)
    assert 1 == len(list(acquire.snapshots([str(small)], unpack=cage.archive)))
    before = _most_memory(cage)
    found = acquire.snapshots([str(path)], unpack=cage.archive)
    first = next(found)
    assert isinstance(first, Snapshot)
    assert [first.url, "https://tarn.example/last"] == [first.url, *(p.url for p in found if isinstance(p, Snapshot))]
    if before is not None:
        assert _most_memory(cage) - before < 20_000


def _most_memory(cage: Cage) -> int | None:
    """The child's largest resident size so far, in kB."""
    status = Path(f"/proc/{cage._idle[0]._pid}/status")
    if not status.exists():
        return None
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))


def test_a_bomb_costs_the_time_of_one_item(cage: Cage, tmp_path: Path) -> None:
    """A record that unpacks without end, out of few bytes, is stopped; the page before it is kept, the next archive is read."""
    path = tmp_path / "bomb.warc.gz"
    packer = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    head = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 99999999999999\r\n\r\n"
    zeros = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    round_ = packer.compress(b"\0" * 50_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    path.write_bytes(gzip.compress(record(PAGE)) + zeros + round_ * 150)
    assert path.stat().st_size < STEP
    page, fault = acquire.snapshots([str(path)], unpack=cage.archive)
    assert isinstance(page, Snapshot)
    assert isinstance(fault, NotDecodable)
    assert f"{path} is not decodable: it took more than 2 s of processor time; pages read before that: 1" == fault.message
    path.write_bytes(ARCHIVES["page.mhtml"])
    assert 1 == len(list(acquire.snapshots([str(path)], unpack=cage.archive)))


def dying(_: Message, __: object) -> Iterator[Message]:
    signal.raise_signal(signal.SIGSEGV)
    yield Message({})


def hanging(_: Message, __: object) -> Iterator[Message]:
    time.sleep(600)
    yield Message({})


def alive_for_ever(_: Message, __: object) -> Iterator[Message]:
    while True:
        yield Message({"alive": True})


def babbling(_: Message, __: object) -> Iterator[Message]:
    yield Message({"snapshot": {"source": 7}}, (b"x",))


@pytest.mark.parametrize(
    ("task", "why"),
    [(dying, "SIGSEGV"), (hanging, r"hung for 0\.5 s"), (alive_for_ever, "hung"), (babbling, "no sound answer")],
)
def test_a_reader_that_fails_costs_its_archive(with_task, tmp_path: Path, task, why: str) -> None:
    """It is told as not decodable, with the reason, and the next source is read."""
    with_task(task)
    (tmp_path / "a.warc").write_bytes(ARCHIVES["plain.warc"])
    (tmp_path / "b.html").write_bytes(PAGE)
    short = Cage(CageLimits(wall_seconds=0.5), fork=True)
    fault, page = acquire.snapshots([str(tmp_path / "a.warc"), str(tmp_path / "b.html")], unpack=short.archive)
    assert isinstance(fault, NotDecodable)
    assert re.fullmatch(rf"{re.escape(str(tmp_path))}/a\.warc is not decodable: .*{why}.*", fault.message)
    assert isinstance(page, Snapshot)
    short.close()


def test_a_zip_file_is_listed_by_the_child_only(tmp_path: Path) -> None:
    """What kind of ZIP file it is takes its list of members, which may be made to cost; the parent looks at its first bytes."""
    (tmp_path / "a.zip").write_bytes(ARCHIVES["other.zip"])
    handed = []

    def unpack(stream, form, source, _) -> Iterator[Snapshot | SourceError]:
        handed.append((form, os.fstat(stream.fileno()).st_size))
        yield UnknownFormat(source, "")

    assert 1 == len(list(acquire.snapshots([str(tmp_path / "a.zip")], unpack=unpack)))
    assert [("zip", len(ARCHIVES["other.zip"]))] == handed
