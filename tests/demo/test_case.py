"""The demo case: what ships is what the script makes, and what its README says is in it."""

import csv
import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from provenance.acquire import sidecar, snapshots
from provenance.demo import build, case_folder
from provenance.errors import SourceError
from provenance.extract.telegram_export import pages
from provenance.fingerprint import fingerprint
from provenance.records import Snapshot

CASE = case_folder()
PLANTED: dict[str, Any] = tomllib.loads((CASE / "planted.toml").read_text("utf-8"))
WITH_PICTURE = [*PLANTED["carrier"], *PLANTED["apart"]]
SAME, OTHER = 31, 90  # bits of PDQ's 256: its published radius, and what two pictures do not come near by chance


@pytest.fixture(scope="module")
def taken() -> dict[str, Snapshot]:
    """Every source in the case, by its path in it."""
    got = list(snapshots([str(CASE)]))
    assert [] == [item for item in got if isinstance(item, SourceError)]
    return {Path(item.source).relative_to(CASE).as_posix(): item for item in got if isinstance(item, Snapshot)}


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pictures, made again."""
    folder = tmp_path_factory.mktemp("case")
    build.build(folder)
    return folder


@cache
def pdq(path: Path) -> list[int]:
    """A picture's PDQ hashes (more than one where it has a frame or a bar); they must be of good quality."""
    found = [
        f
        for f in fingerprint(path.read_bytes()).fingerprints
        if f.algorithm == "pdq" and not f.version.partition("; ")[2].startswith(("crop", "inner"))
    ]
    assert min(f.quality or 0 for f in found) >= 80
    return [int(f.value, 16) for f in found]


def distance(left: Path, right: Path) -> int:
    return min((a ^ b).bit_count() for a in pdq(left) for b in pdq(right))


def text_of(page: Snapshot) -> str:
    body = page.content.decode("utf-8").partition("</head>")[2]
    return re.sub(r"<script.*?</script>|<[^>]{1,2000}>", " ", body, flags=re.DOTALL)


def test_every_picture_that_ships_is_one_that_the_script_makes(rebuilt: Path) -> None:
    """No picture came from elsewhere, and none is missing."""
    kinds = ("*.jpg", "*.webp")
    made, shipped = ({p.relative_to(f).as_posix() for kind in kinds for p in f.rglob(kind)} for f in (rebuilt, CASE))
    assert made == shipped


def test_the_script_makes_the_same_pictures_again(rebuilt: Path) -> None:
    """Size and pixels agree, within what another version of a codec changes."""
    for path in sorted(rebuilt.rglob("*.*")):
        with Image.open(path) as new, Image.open(CASE / path.relative_to(rebuilt)) as old:
            assert new.size == old.size
            apart = np.abs(np.asarray(new.convert("RGB"), np.int16) - np.asarray(old.convert("RGB"), np.int16))
        assert float(apart.mean()) < 3, path.name


def test_the_case_is_small_and_has_no_stray_file() -> None:
    """It ships in the package."""
    files = [path for path in CASE.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 1_500_000
    assert {".md", ".toml", ".csv", ".html", ".json", ".jpg", ".webp"} == {path.suffix for path in files}


def test_pages_and_export_are_taken_and_nothing_else(taken: dict[str, Snapshot]) -> None:
    """Pictures belong to their pages; the manifest states every source's facts without a fault."""
    assert {entry["page"] for entry in WITH_PICTURE} | {"telegram/result.json"} == set(taken)
    with (CASE / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["file"]: row for row in csv.DictReader(stream)}
    assert set(taken) == set(rows)
    assert {name: row["outlet"] for name, row in rows.items()} == {name: item.outlet for name, item in taken.items()}


def test_at_least_nine_outlets_in_three_languages_carry_the_picture(taken: dict[str, Snapshot]) -> None:
    """Every outlet is invented: all addresses are reserved ones."""
    carriers = PLANTED["carrier"]
    assert len({entry["outlet"] for entry in carriers}) >= 9
    assert {"en", "es", "uk"} == {entry["language"] for entry in carriers}
    for entry in carriers:
        page = taken[entry["page"]]
        assert entry["outlet"] == page.outlet
        assert f'lang="{entry["language"]}' in page.content.decode("utf-8")
        assert re.match(r"https://[a-z-]+\.example/", page.url or "")


def test_each_page_has_an_article_of_fair_length(taken: dict[str, Snapshot]) -> None:
    """Enough words for citation reading to work on."""
    words = {name: len(text_of(page).split()) for name, page in taken.items() if name.endswith(".html")}
    assert {} == {name: count for name, count in words.items() if not 120 <= count <= 300}


@pytest.mark.parametrize("entry", WITH_PICTURE, ids=lambda entry: entry["page"])
def test_each_page_has_its_picture_beside_it(taken: dict[str, Snapshot], entry: dict[str, Any]) -> None:
    """The page names the file by a relative path, and it is there."""
    page = taken[entry["page"]]
    assert entry["picture"].encode() in page.content
    assert (CASE / entry["picture"]).read_bytes() == sidecar(page, entry["picture"])


@pytest.mark.parametrize("entry", PLANTED["carrier"], ids=lambda entry: entry["page"])
def test_a_carrier_is_the_posted_photo_changed_as_planted(entry: dict[str, Any]) -> None:
    """However it was changed, it lies within the published radius of PDQ."""
    assert distance(CASE / PLANTED["origin"]["file"], CASE / entry["picture"]) <= SAME


@pytest.mark.parametrize("entry", PLANTED["apart"], ids=lambda entry: entry["page"])
def test_what_must_stay_apart_is_far_from_every_other_picture(entry: dict[str, Any]) -> None:
    """The look-alike, the still and the stock picture are no copies of anything."""
    others = [CASE / other["picture"] for other in WITH_PICTURE if other["page"] != entry["page"]]
    assert min(distance(CASE / entry["picture"], other) for other in others) > OTHER


def test_the_channel_posted_first(taken: dict[str, Snapshot]) -> None:
    """The export's message with the photo is older than every page, and its address follows from the manifest."""
    posts = {page.posts[0].post_id: page for page in pages(taken["telegram/result.json"])}
    origin = PLANTED["origin"]
    first = posts["118"]
    assert (origin["posted"], origin["post"], origin["handle"]) == (first.facts.published, first.facts.url, first.posts[0].handle)
    assert origin["file"] == f"telegram/{first.media[0].local_path}"
    assert (CASE / origin["file"]).read_bytes() == sidecar(taken["telegram/result.json"], first.media[0].local_path or "")
    assert all((page.published or "") > origin["posted"] for name, page in taken.items() if name.endswith(".html"))
    assert ["117", "118", "119", "120"] == list(posts)
    assert posts["119"].media[0].local_path is None


def test_who_it_is_from_stands_in_the_words(taken: dict[str, Snapshot]) -> None:
    """Each name that a carrier is planted to cite is in its text, and no channel is in those that cite none."""
    for entry in PLANTED["carrier"]:
        text = text_of(taken[entry["page"]])
        for name in entry["from"]:
            assert name.removeprefix("telegram:@").removeprefix("The ") in text, entry["page"]
        if not any("arbour" in name for name in entry["from"]):
            assert "arbour_watch" not in text
            assert "Harbour Watch" not in text


def test_the_circle_closes(taken: dict[str, Snapshot]) -> None:
    """Each of the two outlets names the other as its source."""
    names = PLANTED["loop"]["outlets"]
    looped = {item.outlet: text_of(item) for item in taken.values() if item.outlet in names}
    assert names[1] in looped[names[0]]
    assert names[0] in looped[names[1]]


def test_what_is_lost_is_lost(taken: dict[str, Snapshot]) -> None:
    """The page without a credit names nobody for the picture; the page without the hedge has no word of doubt."""
    by_outlet = {item.outlet: text_of(item) for item in taken.values()}
    (credit,), (hedge,) = PLANTED["lost"]["credit"], PLANTED["lost"]["hedge"]
    assert not re.search(r"photo:|photo by|source|telegram|meridian", by_outlet[credit], re.IGNORECASE)
    assert not re.search(r"purport|appear|seem|alleged|verif|said to show", by_outlet[hedge], re.IGNORECASE)
    assert "purports" in by_outlet["Meridian Wire"]


@pytest.mark.parametrize("conflict", PLANTED["conflict"], ids=lambda conflict: conflict["field"])
def test_the_conflicts_stand_in_the_captions(taken: dict[str, Snapshot], conflict: dict[str, Any]) -> None:
    """Each page states the value that is planted in it, and none of the others."""
    written = {
        "2025-03-08": r"8 March|8 de marzo",
        "2025-03-09": r"March 9|9 March|9 de marzo|9 березня",
        "Sandrigg": r"in Sandrigg",
        "Kelvermouth": r"Kelvermouth",
    }
    for value, names in conflict["values"].items():
        for name in names:
            found = re.search(
                r"<figcaption>(.*?)</figcaption>|caption(?:-text)?\">(.*?)</(?:p|div)>", taken[name].content.decode(), re.DOTALL
            )
            assert found, name
            caption = found[1] or found[2]
            assert re.search(written[value], caption), name
            assert not any(re.search(written[other], caption) for other in conflict["values"] if other != value), name


def test_the_tweets_are_embedded(taken: dict[str, Snapshot]) -> None:
    """Each planted tweet stands in its page, with its account and number."""
    for tweet in PLANTED["tweet"]:
        markup = taken[tweet["page"]].content.decode("utf-8")
        assert f"https://twitter.com/{tweet['handle']}/status/{tweet['post_id']}" in markup
        assert 'class="twitter-tweet"' in markup


def test_json_in_the_pages_is_sound(taken: dict[str, Snapshot]) -> None:
    """Linked data that a page carries can be read."""
    blocks = [
        found for page in taken.values() for found in re.findall(r"ld\+json\">(.*?)</script>", page.content.decode(), re.DOTALL)
    ]
    assert len(blocks) >= 2
    assert all(json.loads(block)["@type"] == "NewsArticle" for block in blocks)
