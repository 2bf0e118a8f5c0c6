"""Floors on real articles, where the shared material is at hand."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from provenance.attribute import read
from provenance.extract import flat
from provenance.records import Snapshot, to_json

FLOORS = {
    "media and kind": 1.0,
    "posts": 1.0,
    "citations core": 0.95,
    "dates": 0.9,
    "hedges": 0.8,
    "places": 0.9,
    "citing right": 0.9,
}


def snapshot(path: Path) -> Snapshot:
    content = path.read_bytes()
    return Snapshot(
        source=path.name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="text/plain",
        obtained_at="2031-01-01T00:00:00Z",
        how="file",
    )


@pytest.fixture(scope="module")
def measures(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("predictions")
    for path in sorted((shared / "seeds").glob("*.txt")):
        document = read(flat.page(snapshot(path), path.read_bytes().decode()))
        (folder / f"{path.name}.json").write_text(json.dumps(to_json(document)), encoding="utf-8")
    command = [sys.executable, str(shared / "score" / "score_texts.py"), "--predictions", str(folder), "--json"]
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)["totals"]  # type: ignore[no-any-return]


@pytest.mark.shared
@pytest.mark.parametrize(("measure", "floor"), FLOORS.items())
def test_recall_stays_above_its_floor(measures: dict[str, Any], measure: str, floor: float) -> None:
    """What is found on the seed articles does not fall below what was reached."""
    assert measures[measure]["recall"] >= floor


@pytest.mark.shared
@pytest.mark.parametrize("measure", ["media", "posts", "citations", "dates", "places"])
def test_precision_stays_above_its_floor(measures: dict[str, Any], measure: str) -> None:
    """Nothing much is invented on the seed articles, and every span is exact."""
    assert measures[measure]["precision"] >= 0.9
    assert measures["spans exact"]["missed"] == 0
