"""The short forms of the reliability scripts; docs/reliability.md tells the long ones and what they gave.

Each runs in a process of its own, as it forks and kills: `PROVENANCE_TEST_KILLS` sets how often.
"""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
KILLS = os.environ.get("PROVENANCE_TEST_KILLS", "100")


def figures(script: str, *arguments: str) -> dict[str, float]:
    """What a script measured; it fails with what is wrong."""
    done = subprocess.run(
        [sys.executable, str(HERE / script), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=3600,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return ast.literal_eval(done.stdout)


@pytest.mark.timeout(3600)
def test_killed_again_and_again_an_ingest_loses_nothing_and_resumes() -> None:
    """SIGKILL at random points: acknowledged documents are there once and whole, the journal verifies, the work completes."""
    found = figures("kills.py", "--kills", KILLS, "--pages", "50")
    assert found["kills"] == int(KILLS)
    assert (found["lost"], found["twice"], found["without_bytes"]) == (0, 0, 0)
    assert found["acknowledged"] == 50 * found["records"]


@pytest.mark.timeout(3600)
def test_every_change_behind_the_record_s_back_is_found() -> None:
    """Bytes of values, rows, blobs and of the file itself, changed one at a time; and no false alarm."""
    found = figures("tamper.py", "--places", "60")
    assert (found["places"], found["missed"], found["false_alarms"]) == (60, 0, 0)


@pytest.mark.timeout(3600)
def test_a_crowd_of_writers_loses_nothing_while_others_look_up() -> None:
    """Four processes write the same and other items while one looks up: no error, nothing lost, nothing twice."""
    found = figures("crowd.py", "--writers", "4", "--items", "20", "--lookups", "200")
    assert (found["acknowledged"], found["kept"]) == (80, 4 * 10 + 10 + 2)
    assert found["lookups"] >= 200


@pytest.mark.timeout(3600)
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("mount"), reason="mounts small disks")
def test_full_disks_and_lost_permissions_are_told_and_lose_nothing() -> None:
    """One line that names the path; what was acknowledged is whole; with space or permission back, the next run completes."""
    found = figures("disks.py", "--full", "2")
    assert (found["full_disks"], found["lost"], found["unclear"], found["not_resumed"]) == (2, 0, 0, 0)


@pytest.mark.shared
@pytest.mark.timeout(3600)
@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux tells it")
def test_hostile_files_are_read_or_refused_with_a_reason(shared: Path) -> None:
    """One in a hundred of the shared bad inputs through the command: within time and memory, without a fault, as expected."""
    found = figures("badinputs.py", "--folder", str(shared / "badinputs"), "--every", "100")
    assert found["files"] > 20
    assert found["read"] + found["refused_with_a_reason"] == found["files"]
    assert (found["wrong"], found["wrong_by_kind"]) == (0, {})
