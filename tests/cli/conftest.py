"""A desk that has ingested the demo case, and a way to call the command."""

import contextlib
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import cli

PROGRAM = [sys.executable, "-m", "cli"]


@dataclass(frozen=True)
class Run:
    """What one call of the command gave."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Standard output read as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


def call(*args: str, cwd: Path | None = None, stdin: bytes | None = None, **env: str) -> Run:
    """Run the command in this process; its standard streams are caught apart."""
    with contextlib.chdir(cwd or Path.cwd()):
        done = CliRunner().invoke(cli.app, args, input=stdin, env={"COLUMNS": "200", **env}, prog_name="provenance")
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Run(done.exit_code, done.stdout, done.stderr)


def call_alone(*args: str, **env: str) -> Run:
    """Run the command in a process of its own, as a stranger would."""
    done = subprocess.run([*PROGRAM, *args], capture_output=True, check=False, timeout=100, env={**os.environ, **env})
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


def call_without_rights(*args: str, **env: str) -> Run:
    """Run the command as a user who owns nothing, where this one may do everything.

    What the command loads must have been loaded before: that user may not read this one's files.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return call(*args, **env)
    context = multiprocessing.get_context("fork")
    answers: multiprocessing.Queue[Run] = context.Queue()
    child = context.Process(target=_as_nobody, args=(args, env, answers))
    child.start()
    run = answers.get(timeout=60)
    child.join()
    return run


def _as_nobody(args: tuple[str, ...], env: dict[str, str], answers: "multiprocessing.Queue[Run]") -> None:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
    try:
        answers.put(call(*args, **env))
    except BaseException as error:  # noqa: BLE001 - the parent must hear of it, whatever it is
        answers.put(Run(-1, "", repr(error)))


def open_to_others(folder: Path) -> None:
    """Let every user enter a temporary folder and those above it that are ours."""
    root = Path(tempfile.gettempdir())
    for path in (folder, *folder.parents):
        if path.is_relative_to(root) and path != root:
            path.chmod(0o755)


Call = Callable[..., Run]


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Call:
    """The command on a database that holds the demo case."""
    from provenance.demo import case_folder

    folder = tmp_path_factory.mktemp("desk")
    env = {"PROVENANCE_DB": f"sqlite:///{folder / 'desk.db'}", "PROVENANCE_BLOBS": str(folder / "blobs")}
    first = call("ingest", str(case_folder()), "--json", **env)
    assert first.code == 0, first.err

    def on_desk(*args: str, **more: Any) -> Run:
        return call(*args, **env, **more)

    return on_desk
