"""What other programs may rely on: the verbs, their JSON, their exit codes, and what they load."""

import json
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import PROGRAM, Call, call

VERBS = [
    *(
        "extract",
        "ingest",
        "lookup",
        "visuals",
        "suggestions",
        "show",
        "chain",
        "unresolved",
        "corrections",
        "assess",
        "mark",
        "link",
        "unlink",
    ),
    *("report", "verify", "fingerprint", "compare", "schema", "watch", "db", "demo"),
]


def test_every_verb_has_help_with_an_example() -> None:
    """A person learns each verb from its help alone."""
    for verb in VERBS:
        args = {"db": ("db", "info"), "watch": ("watch", "run")}.get(verb, (verb,))
        run = call(*args, "--help")
        assert (0, True) == (run.code, "Example: provenance " in run.out), verb


def test_the_examples_in_the_help_run(desk: Call, tmp_path: Path) -> None:
    """What the help shows can be typed."""
    from provenance.demo import case_folder

    pictures = sorted(p for p in case_folder().rglob("*.jpg"))
    page = min(case_folder().rglob("*.html"))
    (tmp_path / "saved-pages").mkdir()
    (tmp_path / "saved-pages" / "story.txt").write_text("A barn burned in Lower Amble, the Amble Echo reported.")
    (tmp_path / "pages.csv").write_text(
        "file,url,outlet,published\nsaved-pages/story.txt,https://echo.example/1,Amble Echo,2025-05-01\n"
    )
    (tmp_path / "page.html").write_bytes(page.read_bytes())
    for name in ("photo.jpg", "a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(pictures[0].read_bytes())
    visuals = [v for v in desk("visuals", "--json").objects if len(v["members"]) > 1]
    members = [f"{m['document']}/{m['media']}" for v in visuals[:2] for m in v["members"]]
    stand_ins = iter(members[1:] * 10)
    for verb in [*VERBS[:-3], "watch list", "watch run", "db info", "db upgrade"]:
        shown = re.search(r"Example: provenance (.+?)\n\s*(?:\n|$)", call(*verb.split(), "--help").out + "\n\n", re.DOTALL)
        assert shown, verb
        line = re.sub(r"v-1f2e3d4c5b6a", visuals[0]["id"], " ".join(shown[1].split()))
        line = re.sub(r"d-[0-9a-f]+/m\d", lambda _: next(stand_ins), line)
        run = desk(*shlex.split(line), cwd=tmp_path)
        assert run.code in {0, 1}, (verb, line, run.err)
        assert "Traceback" not in run.err


def test_help_loads_neither_the_store_nor_a_parser() -> None:
    """Help starts fast because it imports nothing that it does not need."""
    seen = (
        "import sys, cli\ntry: cli.main()\nexcept SystemExit: pass\nprint([m for m in %r if m in sys.modules], file=sys.stderr)"
    )
    heavy = ["sqlmodel", "sqlalchemy", "PIL", "numpy", "turbohtml", "httpx", "jinja2", "store", "pydantic", "rich"]
    done = subprocess.run([sys.executable, "-c", seen % heavy, "--help"], capture_output=True, text=True, check=True)
    assert "[]" == done.stderr.strip()


def test_extract_prints_the_contract_s_object_and_keeps_nothing(tmp_path: Path) -> None:
    """One object a document, all spans exact, no database made."""
    page = tmp_path / "page.txt"
    page.write_text(
        "A photo posted by the Telegram channel @wessel_live shows the mast, the Wessel Courier reported on May 3, 2025.\n"
    )
    run = call("extract", str(page), "--json", "--url", "https://news.example/a", PROVENANCE_DB=f"sqlite:///{tmp_path / 'x.db'}")
    (document,) = run.objects
    assert "provenance/document/1" == document["schema"]
    assert {"source", "document", "text", "media", "posts", "citations", "claims", "hedges", "warnings"} <= document.keys()
    assert "https://news.example/a" == document["document"]["url"]
    assert not (tmp_path / "x.db").exists()


def test_standard_input_is_a_source() -> None:
    """A lone dash reads what is piped in."""
    run = call("extract", "-", "--json", stdin=b"<html><body><article><h1>Fire</h1><p>A silo burned.</p></article></body></html>")
    assert (0, True) == (run.code, "A silo burned." in run.objects[0]["text"])


def test_ingesting_twice_changes_nothing(desk: Call) -> None:
    """The second run finds every document known and every count as before."""
    from provenance.demo import case_folder

    before = desk("db", "info", "--json").objects[0]
    again = desk("ingest", str(case_folder()), "--json").objects
    after = desk("db", "info", "--json").objects[0]
    assert {False} == {d["new"] for d in again}
    assert {k: v for k, v in before.items() if isinstance(v, int)} == {k: v for k, v in after.items() if isinstance(v, int)}


def test_ingest_tells_the_asset_and_the_visual_of_each_medium(desk: Call) -> None:
    """Each medium has its bytes or the reason that there are none, and its visual."""
    from provenance.demo import case_folder

    media = [m for d in desk("ingest", str(case_folder()), "--json").objects for m in d["media"]]
    assert all((m["asset"] is None) == bool(m["no_bytes_reason"]) for m in media)
    assert any(m["asset"] and m["asset"]["fingerprints"] and m["visual"] for m in media)


def test_lookup_finds_a_picture_and_says_nothing_of_an_unknown_one(desk: Call, tmp_path: Path) -> None:
    """Exit code 0 with the visual for a known picture, 1 with an empty list for an unknown one."""
    from PIL import Image

    from provenance.demo import case_folder

    known = desk("lookup", str(min(case_folder().rglob("*.jpg"))), "--json")
    Image.effect_mandelbrot((640, 480), (-0.8, 0.1, -0.7, 0.2), 90).save(tmp_path / "new.png")
    unknown = desk("lookup", str(tmp_path / "new.png"), "--json")
    assert (0, 1) == (known.code, unknown.code), unknown.out
    assert "same" == known.objects[0]["matches"][0]["verdict"]
    assert [] == unknown.objects[0]["matches"]


def test_decisions_are_kept_and_can_be_taken_back(desk: Call) -> None:
    """Unlinking parts two appearances, linking joins them again, and both stay on record."""
    visual = next(v for v in desk("visuals", "--json").objects if len({m["document"] for m in v["members"]}) > 1)
    left, right = (f"{m['document']}/{m['media']}" for m in (visual["members"][0], visual["members"][-1]))

    def together() -> bool:
        return any(
            {left, right} <= {f"{m['document']}/{m['media']}" for m in v["members"]} for v in desk("visuals", "--json").objects
        )

    assert 0 == desk("unlink", left, right, "--why", "another frame").code
    apart = together()
    assert 0 == desk("link", left, right, "--why", "the same after all").code
    assert (False, True) == (apart, together())


def test_a_suggestion_is_confirmed_or_rejected(tmp_path: Path) -> None:
    """A pair that words alone bring together is suggested; an analyst's word on it, either way, takes it off the list."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    for at, words in enumerate(("a flag and a bus", "a bus and a flag on it"), 1):
        page = tmp_path / f"{at}.txt"
        page.write_text(f"Number {at}.\n\nA photo showed {words}.\n")
        assert call("ingest", str(page), *db).code == 0
    (pair,) = call("suggestions", "--json", *db).objects
    assert (pair["schema"], len(set(pair["visuals"]))) == ("provenance/suggestion/1", 2)
    assert pair["why"]
    assert call("suggestions", *db).out.count(pair["left"]) >= 1
    assert call("unlink", pair["left"], pair["right"], "--why", "two buses", *db).code == 0
    assert call("suggestions", *db).code == 1
    assert call("link", pair["left"], pair["right"], "--why", "one bus", *db).code == 0
    assert call("suggestions", *db).code == 1
    assert [2] == [v["documents"] for v in call("visuals", "--json", *db).objects if v["documents"] > 1]


def test_an_option_wins_over_the_environment(desk: Call, tmp_path: Path) -> None:
    """The database named on the command line is used, wherever the option stands, whatever the environment says."""
    other = f"sqlite:///{tmp_path / 'other.db'}"
    assert {3} == {desk("--db", other, "visuals").code, desk("visuals", "--db", other).code}


def test_the_start_of_an_id_is_enough(desk: Call) -> None:
    """A visual and an appearance can be named by the first digits of their ids; a document alone is shown as such."""
    visual = desk("visuals", "--json").objects[0]
    member = visual["members"][0]
    named = [
        visual["id"],
        visual["id"][:8],
        f"{member['document'][:10]}/{member['media']}",
        f"{member['document']}/{member['media']}",
    ]
    assert {visual["id"]} == {desk("chain", name, "--json").objects[0]["id"] for name in named}
    assert member["document"] == desk("show", member["document"][:12], "--json").objects[0]["id"]


def test_an_interrupted_run_says_so_and_keeps_what_it_reported(tmp_path: Path) -> None:
    """Control-C ends with exit code 130, and the record verifies and holds every document that was printed."""
    (tmp_path / "pages").mkdir()
    for number in range(150):
        (tmp_path / "pages" / f"{number:03}.txt").write_text(
            f"Story {number}. A photo shows barn {number}, the Amble Echo reported. " * 20
        )
    db = f"sqlite:///{tmp_path / 'd.db'}"
    run = subprocess.Popen(
        [*PROGRAM, "--db", db, "ingest", str(tmp_path / "pages"), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout
    first = json.loads(run.stdout.readline())["id"]
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=60)
    printed = {first, *(json.loads(line)["id"] for line in out.splitlines())}
    assert (130, True) == (run.returncode, "interrupted" in err)
    assert all(call("--db", db, "show", ident, "--json").code == 0 for ident in sorted(printed)[:3])
    assert len(printed) <= call("--db", db, "db", "info", "--json").objects[0]["documents"]
    assert 0 == call("--db", db, "verify").code


def test_an_assessment_shows_and_verify_still_passes(desk: Call) -> None:
    """A verdict appears on the visual with its reason, and the record stays whole."""
    visual = desk("visuals", "--json").objects[0]["id"]
    assert 0 == desk("assess", visual, "--status", "miscaptioned", "--why", "another town", "--who", "ana").code
    found = next(v for v in desk("visuals", "--status", "miscaptioned", "--json").objects)
    assert (visual, True) == (found["id"], "another town" in found["status_basis"])
    assert 0 == desk("verify", "--json").code


def test_every_object_fits_its_schema(desk: Call) -> None:
    """`provenance schema` describes what the commands print."""
    from pydantic import TypeAdapter

    from provenance import records

    schemas = json.loads(call("schema").out)
    assert schemas
    for visual in desk("visuals", "--json").objects:
        visual.pop("schema")
        TypeAdapter(records.Visual).validate_python(visual, strict=False)


@pytest.mark.parametrize("verb", ["visuals", "verify"])
def test_a_record_that_is_not_there_is_named_and_not_made(tmp_path: Path, verb: str) -> None:
    """A question about a record that does not exist says where it was looked for, and makes none."""
    run = call("--db", f"sqlite:///{tmp_path / 'new.db'}", verb)
    assert (3, True) == (run.code, "new.db" in run.err)
    assert not (tmp_path / "new.db").exists()
