"""Checkpoints: their form, their signatures, and the time stamps on them."""

import base64
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import NotReadable, SourceError, StoreNotWritable, UsageError
from provenance.evidence import checkpoint, signing, timestamp

ROOT = hashlib.sha256(b"head").hexdigest()
AT = "2026-03-04T05:06:07Z"
openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    signing.new_key(tmp_path / "key.pem")
    return tmp_path / "key.pem"


def run(*command: object, **how: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(part) for part in command], capture_output=True, check=False, **how)


@given(st.integers(0, 10**12), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_is_read_as_it_was_written(size: int, root: bytes) -> None:
    """Both forms say the same; the long one has a name and a time as well."""
    note = signing.note("desk.example", size, root.hex(), AT, key=None)
    assert note.splitlines() == ["desk.example", str(size), base64.b64encode(root).decode(), f"time {AT}"]
    long, short = checkpoint.parse(note), checkpoint.parse(f"{size}:{root.hex()}")
    assert (long.size, long.root, str(long)) == (short.size, short.root, str(short))
    assert (long.name, long.at, long.text, long.signatures) == ("desk.example", AT, note, ())


@given(st.text(max_size=300))
def test_what_is_no_checkpoint_is_told(text: str) -> None:
    """Any text is a checkpoint or a wrong call."""
    try:
        found = checkpoint.parse(text)
    except UsageError:
        return
    assert found.size >= 0


def test_a_name_with_a_blank_or_a_plus_is_refused() -> None:
    """Neither can stand in the form that witnesses read."""
    for name in ("", "our desk", "a+b"):
        with pytest.raises(UsageError, match="name"):
            checkpoint.body(name, 1, ROOT, AT)


def test_a_signature_holds_for_these_lines_and_this_key_only(key: Path, tmp_path: Path) -> None:
    """True for what was signed, False for a change, None where the key did not sign."""
    note = signing.note("desk.example", 12, ROOT, AT, key=key)
    verifier = signing.verifier(str(signing.verifier_of(key, "desk.example")))
    assert verifier.signed(checkpoint.parse(note)) is True
    assert verifier.signed(checkpoint.parse(note.replace("\n12\n", "\n13\n"))) is False
    assert verifier.signed(checkpoint.parse(note.replace("T05", "T06"))) is False
    signing.new_key(tmp_path / "other.pem")
    assert signing.verifier_of(tmp_path / "other.pem", "desk.example").signed(checkpoint.parse(note)) is None
    assert verifier.signed(checkpoint.parse(signing.note("desk.example", 12, ROOT, AT, key=None))) is None


def test_a_key_file_is_private_and_never_written_over(key: Path) -> None:
    """Only its owner can read it; a second key is not put in its place."""
    assert key.stat().st_mode & 0o077 == 0
    with pytest.raises(StoreNotWritable, match=r"key\.pem"):
        signing.new_key(key)


def test_what_is_no_key_is_told(tmp_path: Path) -> None:
    """Missing, of another kind, or no key at all."""
    with pytest.raises(NotReadable, match=r"gone\.pem"):
        signing.note("d", 1, ROOT, AT, key=tmp_path / "gone.pem")
    (tmp_path / "text.pem").write_text("no key")
    with pytest.raises(UsageError, match=r"text\.pem"):
        signing.note("d", 1, ROOT, AT, key=tmp_path / "text.pem")
    for text in ("", "desk", "desk+12345678+AAAA", "desk+00000000+" + base64.b64encode(b"\x01" + bytes(32)).decode()):
        with pytest.raises(UsageError, match="public key"):
            signing.verifier(text)


@openssl
def test_openssl_checks_our_signature(key: Path, tmp_path: Path) -> None:
    """The signature is plain Ed25519 over the lines above the empty one, after four bytes that number the key."""
    found = checkpoint.parse(signing.note("desk.example", 12, ROOT, AT, key=key))
    (tmp_path / "lines").write_text(found.text)
    (tmp_path / "signature").write_bytes(found.signatures[0].made)
    (tmp_path / "public.pem").write_text(signing.public_pem(key))
    arguments = ("-pubin", "-inkey", tmp_path / "public.pem", "-sigfile", tmp_path / "signature", "-in", tmp_path / "lines")
    assert run("openssl", "pkeyutl", "-verify", "-rawin", *arguments).returncode == 0
    (tmp_path / "lines").write_text(found.text.replace("12", "13"))
    assert run("openssl", "pkeyutl", "-verify", "-rawin", *arguments).returncode != 0


@openssl
def test_openssl_makes_our_key(tmp_path: Path) -> None:
    """A key of openssl signs; one of another kind is refused."""
    run("openssl", "genpkey", "-algorithm", "ed25519", "-out", tmp_path / "key.pem")
    assert "— desk" in signing.note("desk", 1, ROOT, AT, key=tmp_path / "key.pem")
    run("openssl", "genpkey", "-algorithm", "x25519", "-out", tmp_path / "other.pem")
    with pytest.raises(UsageError, match="no Ed25519 key"):
        signing.note("desk", 1, ROOT, AT, key=tmp_path / "other.pem")


@openssl
def test_a_time_stamp_holds_for_these_bytes_and_this_authority_only(authority) -> None:
    """True with the authority's root, None without one, False for other bytes, a changed note or another root."""
    content = signing.note("desk.example", 12, ROOT, AT, key=None).encode()
    answer = authority.answer(timestamp.question(content))
    kept = timestamp.facts(answer, content)
    assert timestamp.problem(kept, content, [authority.root]) == (True, "")
    held, why = timestamp.problem(kept, content, [])
    assert (held, "PROVENANCE_TIMESTAMP_ROOTS" in why) == (None, True)
    assert timestamp.problem(kept, content + b"x", [authority.root])[0] is False
    assert timestamp.problem({**kept, "time": "2020-01-01T00:00:00Z"}, content, [authority.root])[0] is False
    assert timestamp.problem({**kept, "answer": "????"}, content, [authority.root])[0] is False
    assert timestamp.problem(kept, content, [authority.other])[0] is False
    with pytest.raises(SourceError, match="other bytes"):
        timestamp.facts(answer, b"other")
    with pytest.raises(SourceError, match="no answer"):
        timestamp.facts(b"<html>", content)


@openssl
def test_a_changed_time_stamp_is_found(authority) -> None:
    """No single byte of an answer can be changed unseen by whoever has the authority's root."""
    content = b"some lines"
    answer = authority.answer(timestamp.question(content))
    for place in range(0, len(answer), 97):
        changed = answer[:place] + bytes([answer[place] ^ 1]) + answer[place + 1 :]
        try:
            kept = timestamp.facts(changed, content)
        except SourceError:
            continue
        assert timestamp.problem(kept, content, [authority.root])[0] is not True or base64.b64decode(kept["answer"]) == answer
