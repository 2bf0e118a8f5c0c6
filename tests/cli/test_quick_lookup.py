"""Look-ups by hash: fast from what is worked out already, and never another answer than the full one."""

import subprocess
import sys
from pathlib import Path

import pytest

from provenance import lookup as lookups
from provenance import pipeline
from provenance.records import AppearanceKey
from store import open_reader, open_store

from .conftest import call

PROBE = """
import sys, cli
slow = "sqlmodel", "sqlalchemy", "alembic", "PIL", "httpx", "typer", "pydantic", "cv2", "jinja2", "provenance.report.page"
slow += "provenance.report.views", "provenance.report.tables", "provenance.reference.parties", "rich.progress"
if "--json" in sys.argv: slow += "rich", "platformdirs", "provenance.report"
try: cli.main()
except SystemExit as end: print(end.code, [m for m in slow if m in sys.modules], file=sys.stderr)
"""


@pytest.fixture
def kept(tmp_path: Path) -> str:
    """The address of a record that holds the demo case."""
    from provenance.demo import case_folder

    url = f"sqlite:///{tmp_path / 'desk.db'}"
    assert 0 == call("--db", url, "ingest", str(case_folder()), "--json").code
    return url


def hashes(url: str) -> list[str]:
    with open_store(url, None, read_only=True) as store:
        return [
            f"{p.algorithm}:{p.value}" for a in store.assets() for p in a.fingerprints if p.algorithm in lookups.HASH_DIGITS
        ] + [a.sha256 for a in store.assets()]


def test_a_quick_answer_is_the_full_answer(kept: str) -> None:
    """For every hash that is kept, near or far, both ways say the same."""
    with open_store(kept, None, read_only=True) as store, open_reader(kept) as reader:  # type: ignore[union-attr]
        assert reader is not None
        for query in [*hashes(kept), f"pdq:{'5a' * 32}"]:
            quick = lookups.lookup_hash(query, reader)
            assert quick is not None
            assert lookups.lookup(query, store, bytes) == quick


def test_after_a_change_everything_is_grouped_again(kept: str) -> None:
    """What was worked out before a change is never given as the answer after it."""
    query = hashes(kept)[0]
    before = call("--db", kept, "lookup", query, "--json").objects[0]["matches"][0]
    call("--db", kept, "assess", before["visual"], "--status", "miscaptioned", "--why", "the bank is on the other side")
    with open_reader(kept) as reader:  # type: ignore[union-attr]
        assert reader is not None
        assert lookups.lookup_hash(query, reader) is None
    after = call("--db", kept, "lookup", query, "--json").objects[0]["matches"][0]
    assert ("unverified", "miscaptioned") == (before["status"], after["status"])
    with open_reader(kept) as reader:  # type: ignore[union-attr]
        assert reader is not None
        assert lookups.lookup_hash(query, reader) is not None, "the full look-up left what it worked out"


def test_a_view_that_others_overtook_is_not_kept(kept: str) -> None:
    """Who grouped before another process wrote does not pass its grouping off as the newest."""
    with open_store(kept, None) as one, open_store(kept, None) as other:
        mark, visuals = one.mark(), pipeline.grouping(one).visuals()
        member = visuals[0].members[0]
        key = AppearanceKey(member.document, member.media)
        other.assess(visuals[0].id, key, "miscaptioned", who="A", why="the bank is on the other side")
        one.keep_visuals(visuals, mark)
        assert one.visuals_with_assets([]) is None


def test_a_view_outlives_what_changes_no_visual(kept: str) -> None:
    """A failure, or a watch that found nothing, leaves what was worked out as it was; both ways of look-up know."""
    with open_store(kept, None) as store:
        store.add_failure("https://example.org/", "2026-01-01T00:00:00+00:00", "NotFound", who="A")
        store.watching.add("https://example.org/feed", who="A")
        assert store.visuals_with_assets([]) == []
    with open_reader(kept) as reader:  # type: ignore[union-attr]
        assert reader is not None
        assert reader.visuals_with_assets([]) == []


@pytest.mark.parametrize("form", [["--json"], []], ids=["json", "table"])
def test_a_look_up_by_hash_loads_no_library_that_is_slow_to_load(kept: str, form: list[str]) -> None:
    """The look-up of a hash starts without what takes longer to load than the answer takes: databases, command lines, tables."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, "--db", kept, "lookup", hashes(kept)[0], *form],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "0 []" == done.stderr.strip().splitlines()[-1]
    assert ('"matches": [{' if form else "earliest known origin") in done.stdout


def test_a_damaged_view_costs_time_only(kept: str, tmp_path: Path) -> None:
    """What is derived may be spoilt or deleted: the answer stays."""
    query = hashes(kept)[0]
    sound = call("--db", kept, "lookup", query, "--json").objects
    for path in (tmp_path / "desk.db.index").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\xff" * 100)
    assert sound == call("--db", kept, "lookup", query, "--json").objects


def test_an_ingest_that_others_overtook_while_it_grouped_keeps_no_view(kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another process decides while this one reads the record is not in its grouping, so that is not the newest."""
    grouping = pipeline.grouping
    with open_store(kept, None) as one, open_store(kept, None) as other:
        visual = grouping(other).visuals()[0]
        member = AppearanceKey(visual.members[0].document, visual.members[0].media)

        def overtaken(keeper: pipeline.Keeper) -> object:
            found = grouping(keeper)
            other.assess(visual.id, member, "staged", who="A", why="the same scene was posed twice")
            return found

        monkeypatch.setattr(pipeline, "grouping", overtaken)
        assert [] == list(pipeline.ingest([], one, who="B"))
        assert one.visuals_with_assets([]) is None
