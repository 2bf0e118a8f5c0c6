"""Graphic media: marked by a desk, veiled in reports, taken back, handed on with a package."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run, call


class Desk:
    """A desk of its own that holds one page with a picture, and the same picture in another."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.env = {"PROVENANCE_DB": f"sqlite:///{folder / 'desk.db'}", "PROVENANCE_WHO": "Ada"}

    def __call__(self, *args: str) -> Run:
        return call(*args, **self.env)

    @property
    def visual(self) -> dict[str, Any]:
        return self("visuals", "--json").objects[0]

    def report(self) -> str:
        out = self.folder / "report.html"
        assert self("report", "-o", str(out)).code == 0
        return out.read_text()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from provenance.demo import case_folder

    made = Desk(tmp_path_factory.mktemp("graphic") / "desk")
    pages = sorted(page for page in case_folder().glob("**/*.html") if b"<img" in page.read_bytes())[:3]
    assert made("ingest", *map(str, pages)).code == 0
    return made.folder


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Desk:
    """A fresh copy for each test."""
    return Desk(shutil.copytree(filled, tmp_path / "desk"))


def test_a_mark_shows_everywhere_and_can_be_taken_back(desk: Desk) -> None:
    """JSON, tables, look-ups and reports carry the label; the last word holds; the record verifies and keeps each."""
    visual = desk.visual
    assets = {m["asset"] for m in visual["members"] if m["asset"]}
    assert (visual["graphic"], "<details" in desk.report()) == ("not-looked-at", False)
    marked = desk("mark", visual["id"], "--as", "graphic", "--why", "burnt bodies", "--json").objects[0]
    assert (set(marked["assets"]), marked["label"], marked["who"]) == (assets, "graphic", "Ada")
    assert (desk.visual["graphic"], {m["graphic"] for m in desk.visual["members"]}) == ("graphic", {"graphic"})
    assert desk.visual["graphic_basis"].endswith("burnt bodies")
    assert "burnt bodies" in desk("show", visual["id"]).out
    assert "marked graphic" in re.sub(r"\s+", " ", desk("visuals").out)
    assert desk("lookup", next(iter(assets)), "--json").objects[0]["matches"][0]["graphic"] == "graphic"
    assert desk.report().count('<details class="veil">') == len(assets)
    before = desk("journal", "checkpoint").out
    assert desk("mark", visual["id"], "--as", "not-looked-at", "--why", "a mistake").code == 0
    assert (desk.visual["graphic"], "<details" in desk.report()) == ("not-looked-at", False)
    assert desk("verify", "--checkpoint", before).code == 0
    assert [e["what"] for e in desk("journal", "export", "--json").objects].count("marking") == 2


def test_the_clear_picture_can_be_left_out_of_the_file(desk: Desk) -> None:
    """With `--leave-out-graphic` only the blurred pixels of a marked picture are in the report; others stay."""
    visual = next(v for v in desk("visuals", "--json").objects if any(m["asset"] for m in v["members"]))
    whole = re.findall(r'src="(data:[^"]+)"', desk.report())
    assert desk("mark", visual["id"], "--as", "graphic", "--why", "a wound").code == 0
    assert set(whole) < set(re.findall(r'src="(data:[^"]+)"', desk.report()))
    assert desk("report", "--leave-out-graphic", "-o", str(desk.folder / "less.html")).code == 0
    less = (desk.folder / "less.html").read_text()
    left = set(whole) & set(re.findall(r'src="(data:[^"]+)"', less))
    assert len(left) == len(set(whole)) - len({m["asset"] for m in visual["members"] if m["asset"]})
    assert ("<details" in less, "The clear picture is not in this file." in less) == (False, True)


def test_one_picture_or_one_appearance_can_be_marked(desk: Desk) -> None:
    """A sha256 or document/medium names one picture; its other versions, which nobody looked at, count as graphic."""
    first = next(m for m in desk.visual["members"] if m["asset"])
    assert desk("mark", first["asset"], "--as", "graphic", "--why", "a wound").code == 0
    assert {m["graphic"] for m in desk.visual["members"]} == {"graphic"}
    place = f"{first['document']}/{first['media']}"
    assert desk("mark", place, "--as", "not-graphic", "--why", "cut above it").code == 0
    assert {m["graphic"] for m in desk.visual["members"] if m["asset"] == first["asset"]} == {"not-graphic"}


def test_a_mark_needs_a_label_and_a_reason(desk: Desk) -> None:
    """What is no mark is refused with the labels that there are."""
    ident = desk.visual["id"]
    wrong = desk("mark", ident, "--as", "gory", "--why", "x")
    assert (wrong.code, "graphic, not-graphic, not-looked-at" in wrong.err) == (2, True)
    assert desk("mark", ident, "--as", "graphic", "--why", " ").code == 2
    assert desk("mark", "v-nowhere", "--as", "graphic", "--why", "x").code == 3
    assert desk.visual["graphic"] == "not-looked-at"


def test_the_past_knows_no_later_mark(desk: Desk) -> None:
    """`--as-of` shows the label that held then."""
    at = desk("journal", "export", "--json").objects[-1]["at"]
    desk("mark", desk.visual["id"], "--as", "graphic", "--why", "a wound")
    assert desk("visuals", "--as-of", at, "--json").objects[0]["graphic"] == "not-looked-at"


def test_another_desk_sees_a_graphic_picture_veiled_until_it_says_otherwise(desk: Desk, tmp_path: Path) -> None:
    """What a package says is graphic is shown blurred by the desk that takes it over, whose own word comes first."""
    ident = desk.visual["id"]
    desk("mark", ident, "--as", "graphic", "--why", "a wound")
    package = str(desk.folder / "it.wacz")
    assert desk("export", ident, "--package", package).code == 0
    other = Desk(tmp_path / "other")
    assert other("import", package).code == 0
    assert other.visual["graphic"] == "graphic"
    assert "in the package of Ada" in other.visual["graphic_basis"]
    assert '<details class="veil">' in other.report()
    assert other("mark", other.visual["id"], "--as", "not-graphic", "--why", "paint").code == 0
    assert (other.visual["graphic"], other("verify").code) == ("not-graphic", 0)


def test_a_verdict_on_words_is_told_from_one_on_a_picture(desk: Desk) -> None:
    """Only a verdict that names an appearance becomes a review of its caption."""
    member = next(m for v in desk("visuals", "--json").objects for m in v["members"] if m["caption"])
    place = f"{member['document']}/{member['media']}"
    visual = desk("chain", place, "--json").objects[0]["id"]

    def kinds() -> list[str]:
        return [review["@type"] for review in json.loads(desk("report", visual, "--format", "claimreview").out)["@graph"]]

    assert kinds() == []
    assert not desk("assess", visual, "--status", "miscaptioned", "--why", "an older fire", "--json").objects[0]["named"]
    assert kinds() == ["MediaReview"]
    assert desk("assess", place, "--status", "miscaptioned", "--why", "an older fire", "--json").objects[0]["named"]
    assert kinds() == ["MediaReview", "ClaimReview"]
    assert desk("verify").code == 0
