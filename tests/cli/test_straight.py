"""A look-up in its plain form goes by a shorter way: it must say what the program says, or leave the line to it."""

import contextlib
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from provenance.commands import looking, program, straight
from provenance.commands.opening import Where
from provenance.errors import ExitCode
from store import open_store

from .conftest import Run, call

HASH = "pdq:" + "5a" * 32
NAMES = ("PROVENANCE_DB", "PROVENANCE_BLOBS", "PROVENANCE_BLOBS_COPY", "_PROVENANCE_COMPLETE")
WORDS = (
    *(
        "lookup",
        "visuals",
        "--db",
        "--db=a",
        "--db=",
        "--blobs",
        "--blobs=b c",
        "--blobs-copy",
        "--blobs-copy=/",
        "--max",
        "--max=3",
    ),
    *(
        "--algorithm",
        "--algorithm=phash",
        "--json",
        "--json=yes",
        "--no-json",
        "--why-not",
        "--help",
        "-h",
        "--version",
        "--",
        "-",
    ),
    *(
        "-",
        "--jso",
        "-x",
        "---",
        "--=",
        "=",
        "--max=0",
        "--max=-1",
        "--max= 3",
        "--max=1_0",
        "--max=٣",
        "0",
        "3",
        "03",
        "9999999",
    ),
    *("", " ", HASH, "a=b", "@somebody", "süß", "\udcff", "sqlite:///x.db", ".", "--unknown=3"),
)
VALUES = ("", "here", "a b", "--json", "-", ".", "\udcff", "süß")
WAY_IN = "import sys; from provenance.commands.program import app; app(prog_name='provenance')"


def by_the_library(words: list[str], environment: Mapping[str, str]) -> list[object]:
    """What the program would look up, and where, as its library reads the words."""
    read: list[object] = []

    def look(queries: list[str], where: object, **options: object) -> ExitCode:
        read.append((queries, where, options, (Where.db, Where.blobs, Where.copy)))
        return ExitCode.DONE

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(looking, "look", look)
        for name in ("db", "blobs", "copy"):
            patch.setattr(Where, name, None)
        CliRunner().invoke(program.app, words, env={**dict.fromkeys(NAMES), **environment}, prog_name="provenance")
    return read


def by_the_short_way(words: list[str], environment: Mapping[str, str]) -> list[object]:
    asked = straight.read(words, environment)
    if asked is None:
        return []
    options = {"algorithm": asked.algorithm, "most": asked.most, "why_not": False, "as_json": asked.as_json}
    return [(asked.queries, (asked.db, asked.blobs), options, tuple(asked.common))]


@given(
    st.lists(st.sampled_from(WORDS), max_size=4),
    st.lists(st.sampled_from(WORDS), max_size=6),
    st.dictionaries(st.sampled_from(NAMES[:3]), st.sampled_from(VALUES)),
)
def test_the_short_way_reads_what_the_library_reads(before: list[str], after: list[str], env: dict[str, str]) -> None:
    """Whatever the words and the environment, the short way reads the same or nothing."""
    words = [*before, "lookup", *after]
    read = by_the_short_way(words, env)
    assert not read or read == by_the_library(words, env)


@pytest.mark.parametrize(
    "words",
    [
        ["lookup", HASH],
        ["lookup", HASH, "--json"],
        ["--db", "sqlite:///a.db", "lookup", "--json", HASH, "x.jpg", "-"],
        ["--db=sqlite:///a.db", "--blobs", "b", "--blobs-copy=c", "lookup", "5a" * 8, "--algorithm", "phash", "--max=3"],
        ["lookup", "--db", "d", HASH, "--blobs=e", "--max", "12"],
    ],
    ids=" ".join,
)
def test_plain_look_ups_go_the_short_way(words: list[str]) -> None:
    """What a person or a program usually types is read without the library, and as the library reads it."""
    for env in ({}, {"PROVENANCE_DB": "sqlite:///e.db", "PROVENANCE_BLOBS": "f", "PROVENANCE_BLOBS_COPY": "g"}):
        assert by_the_short_way(words, env) == by_the_library(words, env) != []


@pytest.mark.parametrize(
    "words",
    [
        *([], ["lookup"], ["lookup", "--json"], ["visuals"], ["lookup", "--help"], ["--version", "lookup", HASH], ["lookup", ""]),
        *(["lookup", HASH, "--why-not"], ["lookup", "--", HASH], ["lookup", HASH, "--max", "0"], ["lookup", HASH, "--max"]),
        *(["lookup", HASH, "--colour=red"], ["lookup", HASH, "--json=yes"], ["lookup", HASH, "--max", "3", "--max", "4"]),
        *(["lookup", HASH, "--db", ""], ["lookup", HASH, "--db", "--json"], ["--json", "lookup", HASH], ["lookup", "\udcff"]),
    ],
    ids=repr,
)
def test_what_is_not_plain_is_left_to_the_library(words: list[str]) -> None:
    """Help, mistakes and rare forms are told by the program itself."""
    assert straight.read(words, {}) is None


def test_where_words_are_completed_the_library_does_it() -> None:
    """A shell that asks for completions gets them from the program."""
    assert straight.read(["lookup", HASH], {"_PROVENANCE_COMPLETE": "complete_bash"}) is None


def test_a_folder_that_may_not_be_read_is_told_by_the_library() -> None:
    """A folder of bytes that this user may not read is refused in the library's words."""
    with tempfile.TemporaryDirectory() as above:  # not the folder of the tests: another user cannot see into that
        Path(above).chmod(0o755)
        shut = Path(above, "shut")
        shut.mkdir()
        words = ["lookup", HASH, "--blobs", str(shut)]
        assert straight.read(words, {}) is not None
        shut.chmod(0)
        child = os.fork()
        if child == 0:
            with contextlib.suppress(PermissionError):
                os.setuid(65534)
            os._exit(0 if straight.read(words, {}) is None else 1)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        shut.chmod(0o755)
    assert status == 0


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a record that holds the demo case."""
    from provenance.demo import case_folder

    url = f"sqlite:///{tmp_path_factory.mktemp('straight') / 'desk.db'}"
    assert 0 == call("--db", url, "ingest", str(case_folder()), "--json").code
    return url


def short(words: list[str]) -> Run | None:
    """One call by the short way, in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = straight.answered(words)
    return None if code is None else Run(int(code), out.getvalue(), err.getvalue())


def test_both_ways_say_the_same(kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers, tables, errors and exit codes are the same by both ways, for what is found, what is not and what is wrong."""
    monkeypatch.setenv("COLUMNS", "200")
    for name in ("db", "blobs", "copy"):
        monkeypatch.setattr(Where, name, None)
    with open_store(kept, None, read_only=True) as store:
        asset = next(a for a in store.assets() if any(p.algorithm == "pdq" for p in a.fingerprints))
        content = store.blob(asset.sha256)
    value = next(p.value for p in asset.fingerprints if p.algorithm == "pdq")
    (tmp_path / "kept.jpg").write_bytes(content)
    (tmp_path / "empty.jpg").write_bytes(b"")
    (tmp_path / "no.db").write_bytes(b"no database" * 100)
    asked = [
        *(
            [f"pdq:{value}"],
            [value, "--algorithm", "pdq"],
            [asset.sha256],
            [asset.sha256, f"pdq:{value}"],
            [f"pdq:{value}", "--max", "1"],
        ),
        *([HASH], [f"pdq:{'5a' * 33}"], [value[:16]], [value[:16], "--algorithm=phash"], [value[:16], "--algorithm", "md5"]),
        *(["no such thing"], ["\x1b[31m"], ["@nobody"], ["nowhere:@nobody"], ["sha256:" + "0" * 64], [str(tmp_path)]),
        *([str(tmp_path / "kept.jpg")], [str(tmp_path / "empty.jpg")], [str(tmp_path / "empty.jpg"), HASH]),
        *([HASH, "--db", f"sqlite:///{tmp_path / 'none.db'}"], [HASH, "--db", f"sqlite:///{tmp_path / 'no.db'}"]),
        *([HASH, "--db", "postgresql://x/y"], [HASH, "--db=:"], [HASH, "--blobs", str(tmp_path / "kept.jpg")]),
    ]
    codes = set()
    for words in asked:
        for form in ([], ["--json"]):
            line = ["--db", kept, "lookup", *words, *form]
            run = short(line)
            assert run == call(*line), line
            codes.add(run.code if run else None)
    assert {0, 1, 2, 3} == codes


@pytest.mark.parametrize("shut", [False, True], ids=["read", "not read"])
def test_both_ways_end_the_same_as_programs(kept: str, *, shut: bool) -> None:
    """As processes, too: a hash from standard input; and an answer that nobody reads any more is no error."""
    told = []
    for way in (["-m", "cli"], ["-c", WAY_IN]):
        run = subprocess.Popen(
            [sys.executable, *way, "--db", kept, "lookup", "-", "--json"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert run.stdin
        assert run.stdout
        if shut:
            run.stdout.close()
            run.stdin.write(HASH)
            run.stdin.close()
            assert run.stderr
            told.append((run.wait(60), "", run.stderr.read()))
            run.stderr.close()
        else:
            out, err = run.communicate(HASH, timeout=60)
            told.append((run.returncode, out, err))
    assert told[0] == told[1]
    assert (0 if shut else 1, "") == (told[0][0], told[0][2])
