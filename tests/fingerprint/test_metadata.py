"""What a file says of itself in EXIF, IPTC and XMP."""

import struct
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from provenance.fingerprint import fingerprint
from provenance.fingerprint.metadata import moment
from provenance.records import EmbeddedMetadata

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">
<rdf:Description rdf:about="" photoshop:Credit="Harbour Press" photoshop:DateCreated="2031-05-06T07:08:09+03:00">
<dc:creator><rdf:Seq><rdf:li>Ana Ńowak</rdf:li><rdf:li>Bo Li</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Smoke over the port</rdf:li>
<rdf:li xml:lang="fr">Fumée</rdf:li></rdf:Alt></dc:description>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Harbour Press</rdf:li></rdf:Alt></dc:rights>
<photoshop:Source>Reader</photoshop:Source>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def _dataset(record: int, number: int, value: bytes) -> bytes:
    return bytes((0x1C, record, number)) + struct.pack(">H", len(value)) + value


def _with_iptc(jpeg: bytes, *datasets: bytes) -> bytes:
    block = b"".join(datasets)
    resource = b"8BIM" + struct.pack(">HH", 0x0404, 0) + struct.pack(">I", len(block)) + block + b"\0" * (len(block) % 2)
    payload = b"Photoshop 3.0\0" + resource
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(payload) + 2) + payload + jpeg[2:]


def _exif(main: dict[int, str], details: dict[int, str]) -> bytes:
    exif = Image.Exif()
    exif.update(main)
    exif.get_ifd(0x8769).update(details)
    return exif.tobytes()


@pytest.fixture
def jpeg(scene, saved) -> bytes:
    return saved(scene(1), "JPEG")


def test_nothing_said(jpeg):
    """A file without metadata says nothing, and nothing is guessed."""
    assert fingerprint(jpeg).metadata == EmbeddedMetadata()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-be"])
def test_xmp(kind, encoding, scene, saved):
    """XMP is read from attributes, lists and language alternatives, in any encoding; times are in UTC."""
    if kind == "PNG":
        from PIL.PngImagePlugin import PngInfo

        texts = PngInfo()
        texts.add_itxt("XML:com.adobe.xmp", PACKET)
        content = saved(scene(1), kind, pnginfo=texts)
    else:
        content = saved(scene(1), kind, xmp=PACKET.encode(encoding))
    assert fingerprint(content).metadata == EmbeddedMetadata(
        creator="Ana Ńowak, Bo Li",
        credit="Harbour Press",
        source="Reader",
        caption="Smoke over the port",
        copyright="© Harbour Press",
        taken="2031-05-06T04:08:09Z",
    )


def test_iptc_in_utf8(jpeg):
    """IPTC in UTF-8 is read with its moment of taking."""
    asset = fingerprint(
        _with_iptc(
            jpeg,
            _dataset(1, 90, b"\x1b%G"),
            _dataset(2, 80, "Олена Порт".encode()),
            _dataset(2, 110, b"Harbour Press"),
            _dataset(2, 115, b"Desk"),
            _dataset(2, 116, "© 2031".encode()),
            _dataset(2, 120, "항구 위의 연기".encode()),
            _dataset(2, 55, b"20310506"),
            _dataset(2, 60, b"070809+0300"),
        )
    )
    assert asset.metadata == EmbeddedMetadata(
        creator="Олена Порт",
        credit="Harbour Press",
        source="Desk",
        caption="항구 위의 연기",
        copyright="© 2031",
        taken="2031-05-06T04:08:09Z",
    )
    assert asset.findings == ()


def test_iptc_of_unknown_character_set(jpeg):
    """Bytes that are no UTF-8 are read as Windows-1252, and that this is a guess is a finding."""
    asset = fingerprint(_with_iptc(jpeg, _dataset(2, 80, "José".encode("cp1252"))))
    assert asset.metadata.creator == "José"
    assert any("read as Windows-1252" in finding for finding in asset.findings)


def test_exif_with_a_zone(scene, saved):
    """EXIF's moment of taking is in UTC where the camera wrote its zone."""
    exif = _exif({0x013B: "A. Reader", 0x8298: "(c) A."}, {0x9003: "2031:05:06 07:08:09", 0x9011: "+03:00"})
    found = fingerprint(saved(scene(1), "JPEG", exif=exif)).metadata
    assert (found.creator, found.copyright, found.taken) == ("A. Reader", "(c) A.", "2031-05-06T04:08:09Z")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_exif_without_a_zone(kind, scene, saved):
    """Without a zone the moment stays as printed; no zone is guessed."""
    exif = _exif({}, {0x9003: "2031:05:06 07:08:09"})
    assert fingerprint(saved(scene(1), kind, exif=exif)).metadata.taken == "2031-05-06T07:08:09"


def test_contradictions_are_said(scene, saved):
    """Where the blocks differ, the first in the order of belief holds, and the other is a finding."""
    content = saved(scene(1), "JPEG", xmp=PACKET.encode(), exif=_exif({0x013B: "Someone Else"}, {}))
    asset = fingerprint(content)
    assert asset.metadata.creator == "Ana Ńowak, Bo Li"
    assert "XMP says creator “Ana Ńowak, Bo Li”, EXIF says “Someone Else”" in asset.findings


@pytest.mark.parametrize(
    "packet",
    [
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF>",
        b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;&b;&b;">]><a>&d;</a>',
        b"\xff\xfe\0 not XML",
    ],
)
def test_broken_xmp_is_a_finding(packet, scene, saved):
    """Broken XMP and entity bombs cost the metadata, not the picture."""
    asset = fingerprint(saved(scene(1), "JPEG", xmp=packet))
    assert asset.metadata == EmbeddedMetadata()
    assert any(finding.startswith("broken XMP") for finding in asset.findings)
    assert {"pdq", "phash", "dhash"} <= {p.algorithm for p in asset.fingerprints}


def test_large_blocks_are_refused(scene, saved):
    """A block over the limit is refused and named; the pixels are used."""
    asset = fingerprint(saved(scene(1), "WEBP", xmp=b"<a>" + b" " * 1_100_000 + b"</a>"))
    assert "XMP of 1100007 bytes refused: over the limit of 1000000" in asset.findings
    assert {"pdq", "phash", "dhash"} <= {p.algorithm for p in asset.fingerprints}


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)),  # noqa: DTZ001 - the zone is drawn apart
    st.integers(-14 * 60, 14 * 60),
)
def test_every_moment_with_a_zone_comes_back_in_utc(naive, minutes):
    """Written in any of the three forms with any zone, a moment comes back as the same one in UTC."""
    when = naive.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    zone = when.strftime("%z")
    expected = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for form in (f"%Y:%m:%d %H:%M:%S{zone[:3]}:{zone[3:]}", f"%Y%m%dT%H%M%S{zone}", f"%Y-%m-%dT%H:%M:%S.5{zone[:3]}:{zone[3:]}"):
        assert moment(when.strftime(form)) == expected


@pytest.mark.parametrize(
    "printed", ["", "0000:00:00 00:00:00", "2031:02:30 10:00:00", "last week", "2031", "    :  :     :  :  "]
)
def test_no_moment(printed):
    """What is no date is none, never a guess."""
    assert moment(printed) is None


def test_a_date_alone_stays_a_date():
    """A day without a time gets none."""
    assert moment("20310506") == moment("2031:05:06") == moment("2031-05-06") == "2031-05-06"
