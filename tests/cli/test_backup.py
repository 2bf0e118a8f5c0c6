"""Backups from the command line."""

from pathlib import Path

from .conftest import call


def test_a_record_is_backed_up_and_restored(tmp_path: Path) -> None:
    """Two commands, a verified record; what is there is never written over."""
    (tmp_path / "page.txt").write_text(
        "A photo posted by the Telegram channel @wessel_live shows the mast, the Wessel Courier reported.\n"
    )
    first = {"PROVENANCE_DB": f"sqlite:///{tmp_path / 'desk.db'}"}
    assert call("ingest", str(tmp_path / "page.txt"), **first).code == 0
    (made,) = call("db", "backup", str(tmp_path / "backup"), "--json", **first).objects
    second = {"PROVENANCE_DB": f"sqlite:///{tmp_path / 'new' / 'desk.db'}"}
    assert call("db", "restore", str(tmp_path / "backup"), **second).code == 0
    assert call("verify", "--checkpoint", made["checkpoint"], **second).code == 0
    assert call("visuals", "--json", **second).objects == call("visuals", "--json", **first).objects
    assert call("db", "restore", str(tmp_path / "backup"), **second).code == 2
    assert call("db", "backup", str(tmp_path / "backup"), **first).code == 2
    blob = next((tmp_path / "backup" / "blobs").glob("??/*"))
    blob.chmod(0o600)
    blob.write_bytes(b"rot")
    done = call("db", "restore", str(tmp_path / "backup"), PROVENANCE_DB=f"sqlite:///{tmp_path / 'third.db'}")
    assert (done.code, "Traceback" in done.err, blob.name in done.err) == (4, False, True)
    assert not (tmp_path / "third.db").exists()
