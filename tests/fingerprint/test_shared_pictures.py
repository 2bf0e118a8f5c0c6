"""Hostile pictures and real metadata that lie beside the project."""

import csv
import json

import pytest

from provenance.errors import SourceError
from provenance.fingerprint import fingerprint
from provenance.records import Asset

FOLDERS = ("img_", "bombs_img", "vid_small", "bombs_vid")
FIELDS = {
    "creator": ("XMP-dc:Creator", "IPTC:By-line", "IFD0:Artist"),
    "credit": ("XMP-photoshop:Credit", "IPTC:Credit"),
    "source": ("XMP-photoshop:Source", "IPTC:Source"),
    "caption": ("XMP-dc:Description", "IPTC:Caption-Abstract"),
    "copyright": ("XMP-dc:Rights", "IPTC:CopyrightNotice", "IFD0:Copyright"),
}
UNREAD = {"ico", "jp2", "ppm", "pgm", "qoi"}
"""Formats that are not decoded here, on purpose."""


def _read(content):
    try:
        return fingerprint(content)
    except SourceError as error:
        return error


@pytest.mark.shared
@pytest.mark.timeout(900)
def test_hostile_pictures(shared):
    """Every one gives an asset or an error of ours, and what must be read is read; `reliability/badinputs.py` counts the time."""
    with (shared / "badinputs" / "manifest.tsv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["path"].startswith(FOLDERS)]
    assert len(rows) > 1000
    for row in rows:
        found = _read((shared / "badinputs" / row["path"]).read_bytes())
        if isinstance(found, Asset):
            assert bool(found.fingerprints) != bool(found.not_hashable), row["path"]
        if row["expect"] in {"refuse", "error"}:
            assert not getattr(found, "fingerprints", ()), row["path"]
        if row["expect"] == "decode" and row["path"].rpartition(".")[2] not in UNREAD:
            assert not str(getattr(found, "not_hashable", found)).startswith("broken"), row["path"]


@pytest.mark.shared
def test_embedded_metadata(shared):
    """Creator, credit, source, caption and copyright are those that another reader finds."""
    gold = json.loads((shared / "images" / "gold" / "images-gold.json").read_text("utf-8"))
    checked = 0
    for item in gold["images"]:
        found = fingerprint((shared / "images" / item["file"]).read_bytes()).metadata
        for field, names in FIELDS.items():
            expected = next((item["metadata"][name] for name in names if name in item["metadata"]), None)
            assert getattr(found, field) == expected, (item["file"], field)
            checked += expected is not None
    assert checked >= 14
