"""The journal's verbs: what they print can be checked by others, and what does not verify gives exit code 4."""

import json
import re
import shutil
from pathlib import Path

import pytest

from .conftest import Call, Run, call

NOW = "2999-01-01"


@pytest.fixture
def own(tmp_path: Path):
    """The command on a record of one's own: two articles and a picture."""
    env = {
        "PROVENANCE_DB": f"sqlite:///{tmp_path / 'desk.db'}",
        "PROVENANCE_WHO": "Ada",
        "PROVENANCE_JOURNAL_NAME": "desk.example",
    }
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text(
            f"A photo posted by the Telegram channel @wessel_live shows mast {number}, the Wessel Courier reported.\n"
        )

    def on_own(*args: str, **more: str) -> Run:
        return call(*args, **{**env, **more})

    assert on_own("ingest", str(tmp_path / "0.txt")).code == 0
    return on_own


def test_proofs_from_the_command_line_hold_without_the_record(own: Call, rfc) -> None:
    """Entries and proofs as printed are all that a stranger with the RFC needs."""
    own("ingest", str(Path("nowhere.txt")))
    entries = own("journal", "export", "--json").objects
    leaves = [entry["leaf"].encode() for entry in entries]
    assert {entry["schema"] for entry in entries} == {"provenance/entry/1"}
    for number in range(1, len(leaves) + 1):
        (proof,) = own("journal", "prove", str(number), "--json").objects
        path, root = [bytes.fromhex(part) for part in proof["path"]], bytes.fromhex(proof["root"])
        assert rfc.verify_inclusion(rfc.sha(b"\x00" + leaves[number - 1]), number - 1, proof["size"], root, path)
    assert own("journal", "prove", "99").code == 3
    assert own("journal", "prove").code == 2


def test_a_checkpoint_is_held_against_the_journal(own: Call, rfc, tmp_path: Path) -> None:
    """Kept in a file, signed; later the growth since is proved; a forged one gives exit code 4."""
    pem, kept = tmp_path / "key.pem", tmp_path / "checkpoint.txt"
    assert own("journal", "key", "new", str(pem)).code == 0
    signed = {"PROVENANCE_JOURNAL_KEY": str(pem)}
    assert own("journal", "checkpoint", "-o", str(kept), **signed).code == 0
    assert kept.read_text().startswith("desk.example\n")
    public = own("journal", "key", "show", **signed).out.strip()
    own("ingest", str(tmp_path / "1.txt"))
    (proof,) = own("journal", "prove", "--from", str(kept), "--json").objects
    roots = bytes.fromhex(proof["old_root"]), bytes.fromhex(proof["root"])
    assert rfc.verify_consistency(proof["old_size"], proof["size"], *roots, [bytes.fromhex(part) for part in proof["path"]])
    for keys, result in (({}, "not-checked"), (signed, "passed")):
        done = own("verify", "--checkpoint", str(kept), "--json", **keys)
        assert (done.code, done.objects[-1]["result"]) == (0, result)
    assert own("verify", "--checkpoint", str(kept), "--public-key", public, "--json").objects[-1]["result"] == "passed"
    size = proof["old_size"]
    kept.write_text(kept.read_text().replace(f"\n{size}\n", f"\n{size + 1}\n"))
    done = own("verify", "--checkpoint", str(kept), "--json", **signed)
    assert done.code == 4
    assert [item["item"] for item in done.objects if item["result"] == "failed"] == [
        f"checkpoint {size + 1}",
        f"signature of checkpoint {size + 1}",
    ]
    assert own("verify", "--checkpoint", "no checkpoint").code == 2
    assert own("journal", "prove", "--from", f"1:{'ab' * 32}").code == 2


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_a_checkpoint_is_time_stamped(own: Call, authority, tmp_path: Path) -> None:
    """Question out, answer in; the answer is an entry, and `verify` checks it against the authority's root."""
    kept, question, answer = (tmp_path / name for name in ("checkpoint.txt", "q.tsq", "a.tsr"))
    own("journal", "checkpoint", "-o", str(kept))
    assert own("journal", "stamp", str(kept), "--question", str(question)).code == 0
    answer.write_bytes(authority.answer(question.read_bytes()))
    assert own("journal", "stamp", str(kept), "--answer", str(answer)).code == 0
    done = own("verify", "--json", PROVENANCE_TIMESTAMP_ROOTS=str(authority.root))
    assert [item["result"] for item in done.objects if item["item"] == "time stamp 1"] == ["passed"]
    done = own("verify", "--json", PROVENANCE_TIMESTAMP_ROOTS=str(authority.other))
    assert done.code == 4
    assert own("journal", "stamp", str(question), "--answer", str(answer)).code == 2
    assert own("journal", "stamp", str(kept), "--answer", str(kept)).code == 3


def test_the_desk_can_ask_what_it_knew_then(own: Call, tmp_path: Path) -> None:
    """`--as-of` on visuals, show, chain and report: what was kept, linked and judged up to then."""
    (visual,) = own("visuals", "--json").objects
    then = own("journal", "export", "--json").objects[-1]["at"]
    assert own("assess", visual["id"], "--status", "disputed", "--why", "two dates").code == 0
    own("ingest", str(tmp_path / "1.txt"))
    assert len(own("visuals", "--json").objects) + own("visuals", "--json").objects[0]["documents"] > 2
    assert own("visuals", "--json", "--as-of", then).objects == [visual]
    assert own("show", visual["id"], "--json", "--as-of", then).objects == [visual]
    assert own("chain", visual["id"], "--json", "--as-of", then).objects[0]["chains"] == visual["chains"]
    *shown, pinned = own("report", "--format", "json", "--as-of", then).objects
    assert (shown, pinned["schema"], pinned["size"]) == ([visual], "provenance/checkpoint/1", 1)
    assert "What the record held" in own("report", "--as-of", then).out or "looks back" in own("report", "--as-of", then).out
    assert own("visuals", "--as-of", "2001-01-01").code == 1
    assert own("visuals", "--as-of", "noon").code == 2
    assert own("visuals", "--json", "--as-of", NOW).objects == own("visuals", "--json").objects


def test_a_report_prints_the_checkpoint(own: Call, tmp_path: Path) -> None:
    """Size, head, time and signature, in each format; CSV has no place for it, so it goes to standard error."""
    pem = tmp_path / "key.pem"
    own("journal", "key", "new", str(pem))
    page = own("report", PROVENANCE_JOURNAL_KEY=str(pem)).out
    assert "desk.example" in page
    assert re.search(r"<code>time \d{4}-", page)
    assert "— desk.example " in page
    pinned = json.loads(own("report", "--format", "json").out.splitlines()[-1])
    assert own("verify", "--checkpoint", pinned["note"]).code == 0
    done = own("report", "--format", "csv")
    assert f"{pinned['size']}:{pinned['root']}" in done.err


def test_bytes_are_repaired_from_the_second_copy(own: Call, tmp_path: Path) -> None:
    """`verify` finds the rot with exit code 4, `verify --repair` puts the bytes back and says so."""
    both = {"PROVENANCE_BLOBS_COPY": str(tmp_path / "copy")}
    own("ingest", str(tmp_path / "1.txt"), **both)
    own("verify", "--repair", **both)
    blob = next(path for path in (tmp_path / "blobs").glob("??/*"))
    blob.chmod(0o600)
    blob.write_bytes(b"rot")
    assert own("verify", **both).code == own("verify", "--repair").code == 4
    done = own("verify", "--repair", "--json", **both)
    assert (done.code, [i["result"] for i in done.objects if i["item"] == blob.name]) == (0, ["repaired"])
    assert own("verify", **both).code == 0


def test_bytes_that_must_go_go(own: Call, tmp_path: Path) -> None:
    """`verify` says redacted, with the reason; the record verifies otherwise."""
    sha256 = next(path.name for path in (tmp_path / "blobs").glob("??/*"))
    assert own("redact", sha256, "--reason", "a court order", "--json").objects[0]["why"] == "a court order"
    done = own("verify", "--json")
    assert done.code == 0
    assert [(i["item"], i["result"]) for i in done.objects if i["result"] != "passed"] == [(sha256, "redacted")]
    assert "a court order" in own("verify").out
    assert own("redact", "ab" * 32, "--reason", "x").code == 3
    assert own("redact", sha256[:8], "--reason", "x").code in (2, 3)
