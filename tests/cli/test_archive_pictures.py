"""A web archive through the whole program: its pages, with the pictures that it holds."""

from pathlib import Path

from provenance.demo import case_folder

from .conftest import call

PAGE = b"""<html><head><title>Silo on fire</title></head><body><article><h1>Silo on fire at the dock</h1>
<p>A grain silo burned at the dock on Sunday morning, the harbour master said, and nobody was hurt in the fire.</p>
<figure><img src="/pictures/silo.jpg" width="960" height="640">
<figcaption>The silo burns. Photo: Ada Quay</figcaption></figure>
<p>The fire brigade was on the spot within minutes and kept the flames away from the other silos all night.</p>
</article></body></html>"""


def record(url: str, kind: str, body: bytes) -> bytes:
    """One response record of a WARC, as in ISO 28500."""
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{len(body):012}>\r\n"
        f"WARC-Date: 2031-05-02T07:00:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def test_a_picture_in_an_archive_is_that_of_its_page(tmp_path: Path) -> None:
    """The page's picture comes out of the archive, with hashes, and nothing is fetched."""
    picture = (case_folder() / "pictures" / "meridian-wire.jpg").read_bytes()
    records = record("https://dock.example/fire", "text/html", PAGE) + record(
        "https://dock.example/pictures/silo.jpg", "image/jpeg", picture
    )
    (tmp_path / "crawl.warc").write_bytes(records)
    run = call("--db", f"sqlite:///{tmp_path / 'd.db'}", "ingest", str(tmp_path / "crawl.warc"), "--json")
    (medium,) = run.objects[0]["media"]
    assert (0, "https://dock.example/fire") == (run.code, run.objects[0]["document"]["url"]), run.err
    assert len(picture) == medium["asset"]["size"]
    assert medium["asset"]["fingerprints"]
