"""File names, pages and posts made to act on what shows them, through the whole program."""

import html as html_module
import json
import re
import tomllib
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from provenance.report.text import ACTIVE

from ..cli.conftest import Run, call  # noqa: TID252 - one way to call the program for all tests
from ..report.browser import needs_browser  # noqa: TID252 - the same
from .test_output_safe import TAGS, opened, probed

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


def pictures(folder: Path) -> Path:
    """Pictures of our own whose metadata, comments and markup hold scripts."""
    folder.mkdir()
    text = '"><script>alert(1)</script><img src=//asked.example/a.png onerror=alert(1)>'
    told = PngInfo()
    for key in ("Title", "Author", "Description", "Comment"):
        told.add_text(key, text)
    Image.effect_mandelbrot((320, 240), (-0.8, 0.1, -0.7, 0.2), 90).save(folder / "text.png", pnginfo=told)
    exif = Image.Exif()
    for tag in (270, 315, 33432):  # description, artist, copyright
        exif[tag] = text
    Image.effect_mandelbrot((320, 240), (-0.7, 0.2, -0.6, 0.3), 90).convert("RGB").save(
        folder / "exif.jpg", exif=exif, comment=text
    )
    (folder / "drawn.svg").write_text(
        f"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script>{text}</svg>"
    )
    page = "".join(
        f"<figure><img src={name}><figcaption>A mast</figcaption></figure>" for name in ("text.png", "exif.jpg", "drawn.svg")
    )
    (folder / "page.html").write_text(f"<html><body><article><h1>A mast</h1><p>It fell.</p>{page}</article></body></html>")
    return folder


@needs_browser
@pytest.mark.parametrize("whose", ["own", "shared"])
def test_pictures_that_carry_scripts_show_as_pictures(whose: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """What a file says of itself is text, what it shows is drawn anew: nothing of it runs or asks in a report."""
    source = pictures(tmp_path / "in") if whose == "own" else request.getfixturevalue("shared") / "badinputs" / "xss_files"
    read = [on(tmp_path, "ingest", str(source)), *(on(tmp_path, "ingest", str(path)) for path in sorted(source.iterdir()))]
    printed = [*read, *(on(tmp_path, "fingerprint", str(path)) for path in sorted(source.iterdir())), on(tmp_path, "visuals")]
    assert not [run for run in printed if ACTIVE.search(run.out + run.err)]
    assert on(tmp_path, "report", "-o", str(tmp_path / "report.html")).code == 0
    content = (tmp_path / "report.html").read_bytes()
    assert b"data:image/png;base64," in content
    seen, asked = opened(probed(content, [], policy=False), tmp_path)
    assert (seen["ran"], seen["odd"], seen["scripts"], asked) == ([], [], 0, [])
    assert set(seen["tags"]) <= TAGS | {"img", "figure", "figcaption"}
