"""The demo case as the whole program reads it: what is planted must be found, and nothing else."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from provenance import acquire, pipeline
from provenance.demo import case_folder
from provenance.errors import SourceError
from provenance.records import Visual
from provenance.report.corrections import corrections
from store import open_store

CASE = case_folder()
PLANTED: dict[str, Any] = tomllib.loads((CASE / "planted.toml").read_text("utf-8"))
CARRIERS = PLANTED["carrier"]
ORIGIN = f"telegram:@{PLANTED['origin']['handle']}"


@pytest.fixture(scope="module")
def visuals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Visual]]:
    """All visuals of the case, read from its files by every step in turn."""
    folder = tmp_path_factory.mktemp("demo")
    with open_store(f"sqlite:///{folder / 'demo.db'}", folder / "blobs") as keeper:
        items = list(pipeline.ingest(acquire.snapshots([str(CASE)], acquire.Given()), keeper, who="test"))
        assert not [i for i in items if isinstance(i, SourceError)]
        yield pipeline.visuals(keeper)


@pytest.fixture(scope="module")
def photo(visuals: list[Visual]) -> Visual:
    """The planted photo: the visual that most documents carry."""
    return visuals[0]


def page_of(visual: Visual) -> dict[str, str]:
    """File names of a visual's documents, by their ids."""
    return {m.document: Path(m.source).name for m in visual.members}


def outlet_of(visual: Visual, document: str) -> str | None:
    return next(m.outlet for m in visual.members if m.document == document)


def chains_of(visual: Visual, outlet: str) -> list[tuple[str, ...]]:
    return [c[1:] for c in visual.chains if outlet_of(visual, c[0]) == outlet]


def test_every_carrier_and_the_post_are_one_visual(photo: Visual) -> None:
    """The eleven pages and the channel's own post, and no other document, carry the photo."""
    pages = {c["page"] for c in CARRIERS}
    assert {p for p in page_of(photo).values() if p.endswith(".html")} == pages
    assert len(page_of(photo)) == len(pages) + 1
    assert photo.outlets == len(pages)


def test_what_is_apart_stays_apart(visuals: list[Visual]) -> None:
    """The other photograph, the still of the video and the stock picture each stay without another page."""
    for apart in PLANTED["apart"]:
        (own,) = [v for v in visuals if any(m.source.endswith(apart["page"]) and m.asset for m in v.members)]
        assert {p for p in page_of(own).values() if p.endswith(".html")} == {apart["page"]}


def test_the_origin_is_the_account_with_its_name_and_post(photo: Visual) -> None:
    """Platform, handle, name and the address of the post are those of the export, and the origin is resolved."""
    planted, origin = PLANTED["origin"], photo.origin
    assert (origin.platform, origin.handle, origin.name) == ("telegram", planted["handle"], planted["channel"])
    assert (origin.post_url, origin.resolved) == (planted["post"], True)
    assert photo.independent_origins == planted["independent_origins"]


def test_the_post_was_seen_first(photo: Visual) -> None:
    """The earliest moment known is that of the channel's post."""
    assert photo.first_seen is not None
    assert photo.first_seen.at == PLANTED["origin"]["posted"]


@pytest.mark.parametrize("carrier", [c for c in CARRIERS if c["from"] and ORIGIN in c["from"]], ids=lambda c: c["page"])
def test_the_chain_of_each_page_is_the_planted_one(photo: Visual, carrier: dict[str, Any]) -> None:
    """Whom the page says that it has the photo from, nearest first, is in one of its chains, and all of them end at the root."""
    chains = chains_of(photo, carrier["outlet"])
    assert chains
    assert any([n for n in chain if n in carrier["from"]] == carrier["from"] for chain in chains)
    assert {chain[-1] for chain in chains} == {ORIGIN}


def test_a_name_of_the_channel_is_the_channel(photo: Visual) -> None:
    """The page that credits the channel by its name leads to the account; the reason is said, and no bare platform is a node."""
    assert {chain[-1] for chain in chains_of(photo, "Tarnside Ledger")} == {ORIGIN}
    assert "is the name of" in photo.origin.why
    nodes = {node for chain in photo.chains for node in chain[1:]}
    assert nodes.isdisjoint({"Telegram", "X", PLANTED["origin"]["channel"]})


def test_who_cites_one_another_is_a_loop_and_no_origin(photo: Visual) -> None:
    """The planted circle is the only loop; its members lead nowhere else and count as no origin."""
    (loop,) = photo.loops
    assert set(loop) == set(PLANTED["loop"]["outlets"])
    for outlet, other in zip(PLANTED["loop"]["outlets"], reversed(PLANTED["loop"]["outlets"]), strict=True):
        assert chains_of(photo, outlet) == [(other,)]


def test_no_visual_has_a_loop_of_one(visuals: list[Visual]) -> None:
    """Who credits itself goes in no circle."""
    assert all(len(set(loop)) > 1 for v in visuals for loop in v.loops)


def test_the_lost_hedge_and_the_lost_credit_are_those_planted(photo: Visual) -> None:
    """One page states as a fact what its source had hedged, one names nobody; no other page is blamed."""
    assert [outlet_of(photo, d) for d in photo.hedge_lost_by] == PLANTED["lost"]["hedge"]
    assert [outlet_of(photo, d) for d in photo.credit_lost_by] == PLANTED["lost"]["credit"]


def test_who_cites_what_is_later_than_itself_is_the_one_that_closes_the_circle(photo: Visual) -> None:
    """The Dispatch of 12:30 names the Gazette of 12:45; all other times agree with what the pages name."""
    impossible = [t for t in photo.citing_times if t.result == "impossible"]
    assert [(outlet_of(photo, t.document), t.cited) for t in impossible] == [tuple(PLANTED["loop"]["outlets"])]
    assert {t.result for t in photo.citing_times} == {"impossible", "in-order"}


def test_what_is_left_to_find_is_the_circle_and_the_page_that_names_nobody(photo: Visual) -> None:
    """The origin with its post is known, so nothing else is asked."""
    (circle, silent) = photo.unresolved
    assert (circle.kind, {outlet_of(photo, d) for d in circle.documents}) == ("circle", set(PLANTED["loop"]["outlets"]))
    assert (silent.kind, [outlet_of(photo, d) for d in silent.documents]) == ("no-source", PLANTED["lost"]["credit"])


def test_nobody_is_blamed_for_what_is_not_planted(photo: Visual) -> None:
    """No verdict is hardened, no text copied, no source labelled in this case."""
    assert (photo.verdict_hardened_by, photo.copies, photo.interests) == ((), (), ())


def test_every_carrier_must_be_told(photo: Visual) -> None:
    """The list of corrections has every outlet once and no document is left out."""
    told = corrections(photo, {})
    carriers = [c.outlet for c in told if c.documents]
    assert sorted(filter(None, carriers)) == sorted({m.outlet for m in photo.members if m.outlet})
    assert {m.document for m in photo.members} == {d.document for c in told for d in c.documents}


def test_the_planted_days_are_in_conflict(photo: Visual) -> None:
    """Each page stands with the day that its caption gives."""
    (planted,) = [c for c in PLANTED["conflict"] if c["field"] == "date"]
    (found,) = [c for c in photo.conflicts if c.field == "date"]
    pages = page_of(photo)
    for day, stated_by in planted["values"].items():
        said = {pages[d] for v in found.values if v.value.startswith(f"{day} (taken)") for d in v.documents}
        assert said == set(stated_by) | (said & {"kelver-post.html", "quayside-gazette.html", "morskyi-ohliadach.html"})


def test_the_planted_places_are_in_conflict_but_not_hard(photo: Visual) -> None:
    """Two towns that no gazetteer knows: the report says that it does not know whether they are one."""
    (found,) = [c for c in photo.conflicts if c.field == "place"]
    pages = page_of(photo)
    assert "sandrigg-times.html" in {pages[d] for v in found.values if v.value == "Sandrigg" for d in v.documents}
    assert "meridian-wire.html" in {pages[d] for v in found.values if "Kelvermouth" in v.value for d in v.documents}
    assert found.severity == "soft"
    assert "Sandrigg" in found.reading


def test_nothing_is_called_hard_that_can_be_explained(photo: Visual) -> None:
    """An outlet and its source, an account and who shares its post, one day's difference: none is a hard conflict."""
    assert {c.field: c.severity for c in photo.conflicts if c.severity == "hard"} == {}


def test_labels_are_whole_captions_or_end_at_a_word(visuals: list[Visual]) -> None:
    """The photo is called by an English caption; no label stops inside a word."""
    assert visuals[0].label.startswith("The fire at Kelvermouth")
    cut = [v.label.partition("…")[0] for v in visuals if "…" in v.label]
    texts = [m.caption or "" for v in visuals for m in v.members]
    assert all(any(f"{start} " in text for text in texts) for start in cut)
