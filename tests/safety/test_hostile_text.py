"""File names, pages and posts made to act on what shows them, through the whole program."""

import html as html_module
import json
import re
import tomllib
from pathlib import Path

import pytest

from provenance.report.text import ACTIVE

from ..cli.conftest import Run, call  # noqa: TID252 - one way to call the program for all tests

OWN = tomllib.loads((Path(__file__).with_name("payloads.toml")).read_text(encoding="utf-8"))
PAYLOADS = [*OWN["terminal"], *OWN["csv"], *OWN["xss"]]
NAMES = [name for name in PAYLOADS if "/" not in name and "\x00" not in name][:48]
STORED = re.compile(r"desk\.db(-wal|-shm)?|desk\.db\.index/[a-z0-9._/-]+|blobs/[0-9a-f]{2}/[0-9a-f]{64}|blobs/[a-z.]+")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a record that was fed pages by hostile names and with hostile words, and an export of hostile posts."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in").mkdir()
    for number, name in enumerate(NAMES):
        words = html_module.escape(PAYLOADS[number])
        page = f"<article><h1>{words}</h1><p>A photo posted by @{words} on Telegram shows it, {words} reported.</p>"
        shown = f'<img src="https://a.example/{number}.jpg" alt="{words}"><figcaption>{words} (Photo: {words})</figcaption>'
        head = f"<html><head><title>{words}</title></head>"
        content = f"{head}<body>{page}<figure>{shown}</figure></article></body></html>"
        (folder / "in" / f"{name}.html").write_text(content)
    posts = [
        {
            "id": n,
            "type": "message",
            "date": "2026-01-02T03:04:05",
            "from": text,
            "forwarded_from": text,
            "text": text,
            "photo": text,
        }
        for n, text in enumerate(PAYLOADS, 1)
    ]
    export = {"name": PAYLOADS[0], "type": "public_channel", "id": 7, "messages": posts}
    (folder / "result.json").write_text(json.dumps(export))
    return folder


def on(desk: Path, *args: str) -> Run:
    record = {"PROVENANCE_DB": f"sqlite:///{desk / 'desk.db'}", "PROVENANCE_BLOBS": str(desk / "blobs")}
    return call(*args, **record, PROVENANCE_WHO="A\x1b[2J\u202e")


@pytest.mark.timeout(600)
def test_nothing_acts_on_the_terminal_and_no_name_becomes_a_path(desk: Path) -> None:
    """All that is printed, tables, JSON and errors, holds no active character; what is kept lies under hashes only."""
    read = [on(desk, "ingest", str(desk / "in"), str(desk / "result.json"), *more) for more in ((), ("--json",))]
    visuals = on(desk, "visuals", "--json").objects
    assert len(visuals) > 20
    ident = visuals[0]["id"]
    on(desk, "assess", ident, "--status", "altered", "--why", "w\x1b]0;t\x07\u202e")
    on(desk, "mark", ident, "--as", "graphic", "--why", "w\x1b]0;t\x07\u202e")
    asked = [
        ("visuals",),
        ("verify",),
        ("journal", "export"),
        ("suggestions",),
        ("unresolved",),
        ("corrections", ident),
        ("db", "info"),
    ]
    asked += [("show", visual["id"]) for visual in visuals[:8]] + [("chain", visual["id"]) for visual in visuals[:8]]
    asked += [("lookup", f"@{name}") for name in NAMES[:5]] + [("show", name) for name in NAMES[:5]]
    runs = [*read, *(on(desk, *args, *more) for args in asked for more in ((), ("--json",)))]
    runs += [on(desk, "report", "--format", form) for form in ("csv", "dot", "mermaid", "graphml", "prov", "claimreview", "json")]
    runs += [on(desk, "extract", str(desk / "in" / f"{name}.html")) for name in NAMES[:8]]
    for run in runs:
        assert not ACTIVE.search(run.out)
        assert not ACTIVE.search(run.err)
        assert not run.err or all(line.startswith("provenance: ") for line in run.err.splitlines())
    kept = [str(path.relative_to(desk)) for path in desk.rglob("*") if path.is_file() and desk / "in" not in path.parents]
    assert [name for name in kept if not STORED.fullmatch(name) and name != "result.json"] == []
