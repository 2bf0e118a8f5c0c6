"""Bad input: a clear message on standard error, the right exit code, the other sources done, nothing half-written."""

import io
import resource
import sqlite3
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from .conftest import Call, Run, call, call_without_rights, open_to_others

GOOD = (
    "A crane fell in Port Wessel on Tuesday. A photo posted by the Telegram channel @wessel_live shows the broken mast, "
    "the Wessel Courier reported.\n"
)


def ingest(folder: Path, *sources: str, **env: str) -> Run:
    """Ingest into a fresh database in the folder."""
    return call("--db", f"sqlite:///{folder / 'd.db'}", "ingest", *sources, "--json", **env)


def picture(size: tuple[int, int] = (640, 480)) -> bytes:
    """A JPEG with enough in it to be hashed."""
    image = Image.effect_mandelbrot(size, (-2, -1.2, 1, 1.2), 60).convert("RGB")
    ImageDraw.Draw(image).ellipse((100, 80, 300, 240), fill=(200, 40, 40))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def large_png(width: int, height: int) -> bytes:
    """A PNG header that promises far more pixels than its few bytes hold."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.fixture
def good(tmp_path: Path) -> str:
    """The path of a sound article."""
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    return str(path)


def assert_others_done(run: Run, *said: str) -> None:
    """One source failed with a message that names it, the good one was kept."""
    assert (3, 1) == (run.code, len(run.objects)), run.err
    assert "Traceback" not in run.err
    assert all(word in run.err for word in said), run.err


def test_a_missing_file_is_named_and_the_others_go_on(tmp_path: Path, good: str) -> None:
    """A source that is not there costs only itself."""
    assert_others_done(ingest(tmp_path, str(tmp_path / "gone.html"), good), "gone.html")


def test_an_empty_file_is_named_and_the_others_go_on(tmp_path: Path, good: str) -> None:
    """An empty file is no document."""
    (tmp_path / "empty.html").touch()
    assert_others_done(ingest(tmp_path, str(tmp_path / "empty.html"), good), "empty.html", "empty")


def test_a_binary_file_named_txt_is_refused(tmp_path: Path, good: str) -> None:
    """What a file is, its bytes say, not its name."""
    (tmp_path / "program.txt").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40)
    assert_others_done(ingest(tmp_path, str(tmp_path / "program.txt"), good), "program.txt")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are other there")
def test_a_folder_without_permission_is_named(tmp_path: Path, good: str) -> None:
    """A folder that may not be read is told, and the readable source is read."""
    locked = tmp_path / "locked"
    locked.mkdir()
    (locked / "page.txt").write_text(GOOD)
    open_to_others(tmp_path)
    assert 0 == call("extract", good, "--json").code
    locked.chmod(0)
    run = call_without_rights("extract", str(locked), good, "--json")
    locked.chmod(0o700)
    assert_others_done(run, "locked", "permission")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "euc-kr",
            "웨셀 항구에서 화요일 크레인이 쓰러졌다. 웨셀신문에 따르면 채널 @wessel_live가 사진을 올렸다.",
        ),
        (
            "windows-1251",
            "Во вторник в порту Вессель упал кран. Снимок опубликовал телеграм-канал @wessel_live.",
        ),
        ("utf-16", GOOD),
        ("utf-8-sig", GOOD),
    ],
)
def test_an_encoding_is_found_and_no_mark_is_left(tmp_path: Path, encoding: str, text: str) -> None:
    """Bytes in an older encoding, or with a byte order mark, come out as the text that was written."""
    path = tmp_path / "article.txt"
    path.write_bytes(text.encode(encoding))
    run = ingest(tmp_path, str(path))
    assert (0, text.strip()) == (run.code, run.objects[0]["text"].strip()), run.err


def test_broken_utf_8_is_shown_and_counted(tmp_path: Path) -> None:
    """Bytes that the declared encoding does not explain stay visible as U+FFFD, with a warning."""
    path = tmp_path / "article.html"
    story = b"<p>" + GOOD.encode() + b"</p><p>The caf\xe9 by the quay was open \xff\xfe until nine, he said.</p>"
    path.write_bytes(b'<html><head><meta charset="utf-8"></head><body><article>' + story + b"</article></body></html>")
    run = ingest(tmp_path, str(path))
    assert (0, True) == (run.code, "\N{REPLACEMENT CHARACTER}" in run.objects[0]["text"])
    assert any("3" in warning for warning in run.objects[0]["warnings"])


def test_a_guessed_encoding_is_told(tmp_path: Path) -> None:
    """Where nothing declares the encoding, the one that was chosen is in the warnings."""
    path = tmp_path / "article.txt"
    path.write_bytes(GOOD.encode() + "Das Café am Hafen war geöffnet, später geschlossen.".encode("windows-1252"))
    run = ingest(tmp_path, str(path))
    assert (0, True) == (run.code, "Café" in run.objects[0]["text"])
    assert run.objects[0]["warnings"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("cut.jpg", picture()[:6000], "truncat"),
        ("dot.png", None, "small"),
        ("huge.png", large_png(20_000, 10_000), "megapixel"),
    ],
)
def test_a_picture_that_cannot_be_hashed_is_kept_with_the_reason(
    tmp_path: Path, name: str, content: bytes | None, reason: str
) -> None:
    """A cut, tiny or enormous picture is stored, and says why it has no fingerprint."""
    path = tmp_path / name
    if content is None:
        Image.new("RGB", (1, 1), "red").save(path)
    else:
        path.write_bytes(content)
    run = ingest(tmp_path, str(path))
    asset = run.objects[0]["media"][0]["asset"]
    assert (0, []) == (run.code, asset["fingerprints"]), run.err
    assert reason in asset["not_hashable"].lower()


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path, good: str) -> None:
    """A schema from the future is left alone."""
    ingest(tmp_path, good)
    before = sqlite3.connect(tmp_path / "d.db")
    with before:
        before.execute("UPDATE alembic_version SET version_num = '9999'")
    before.close()
    run = ingest(tmp_path, good)
    assert (3, "") == (run.code, run.out)
    assert "9999" in run.err
    assert "newer" in run.err


def test_a_file_that_is_no_database_is_refused(tmp_path: Path, good: str) -> None:
    """A file of another kind is not written to."""
    (tmp_path / "d.db").write_text("shopping list\n" * 100)
    run = ingest(tmp_path, good)
    assert (3, "shopping list\n" * 100) == (run.code, (tmp_path / "d.db").read_text())
    assert "d.db" in run.err


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are other there")
def test_a_read_only_database_can_be_read_and_says_so_when_written(tmp_path: Path, good: str) -> None:
    """Questions are answered from a file that may not be written; writing names the path, and nothing changes."""
    ingest(tmp_path, good)
    db = f"sqlite:///{tmp_path / 'd.db'}"
    asked = call("--db", db, "visuals", "--json")
    open_to_others(tmp_path)
    before = (tmp_path / "d.db").read_bytes()
    tmp_path.chmod(0o555)
    (tmp_path / "d.db").chmod(0o444)
    try:
        assert asked == call_without_rights("--db", db, "visuals", "--json")
        (run, kept) = (
            call_without_rights("--db", db, "ingest", good, "--outlet", "Echo", "--json"),
            (tmp_path / "d.db").read_bytes(),
        )
    finally:
        tmp_path.chmod(0o700)
    assert (3, "", before) == (run.code, run.out, kept)
    assert "d.db" in run.err


def limit_file_size() -> None:
    """Let no file of this process grow past 200 KB, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


def test_a_full_disk_is_told_and_leaves_the_record_whole(tmp_path: Path, good: str) -> None:
    """When nothing more fits, the message names the path, and what was kept before still verifies."""
    assert ingest(tmp_path, good).code == 0
    (tmp_path / "big.txt").write_text(GOOD * 4000)
    db = f"sqlite:///{tmp_path / 'd.db'}"
    full = subprocess.run(
        [sys.executable, "-m", "cli", "--db", db, "ingest", str(tmp_path / "big.txt"), "--json"],
        capture_output=True,
        check=False,
        preexec_fn=limit_file_size,
        timeout=100,
    )
    assert (3, b"") == (full.returncode, full.stdout), full.stderr
    assert b"Traceback" not in full.stderr
    assert str(tmp_path).encode() in full.stderr
    assert call("--db", db, "verify").code == 0
    assert ingest(tmp_path, str(tmp_path / "big.txt")).code == 0


@pytest.mark.parametrize(
    "args",
    [
        ("frobnicate",),
        ("visuals", "--status", "fine"),
        ("report", "--format", "docx"),
        ("lookup", "0123456789abcdef"),
        ("--db", "mysql://nowhere/x", "visuals"),
        ("ingest",),
    ],
    ids=" ".join,
)
def test_interface_errors_are_usage(desk: Call, args: tuple[str, ...]) -> None:
    """A verb, a status, a format or a hash that is none is the caller's error: exit code 2, nothing on standard output."""
    run = desk(*args)
    assert (2, "") == (run.code, run.out)
    assert run.err
