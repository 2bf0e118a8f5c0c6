"""Hostile bytes in a child: the same answers as without it, and whatever happens to the child costs one item."""

import importlib.util
import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from provenance import fingerprint, pipeline
from provenance.cage import Cage, CageLimits, worker
from provenance.cage.frames import Message, TooMuch, receive, send
from provenance.errors import NotDecodable, SourceError
from provenance.records import Snapshot

PAGE = b"<!doctype html><title>Weir</title><article><h1>The weir broke</h1><p>%s</p></article>" % (
    b"The weir broke at night. " * 20
)


def picture(side: int = 200) -> bytes:
    drawn = Image.radial_gradient("L").resize((side, side)).rotate(30)
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def snapshot(content: bytes = PAGE, media_type: str = "text/html") -> Snapshot:
    return Snapshot(
        source="page.html",
        content=content,
        sha256="0" * 64,
        media_type=media_type,
        obtained_at="2026-01-01T00:00:00Z",
        how="file",
    )


@pytest.fixture
def cage() -> Iterator[Cage]:
    made = Cage(CageLimits(cpu_seconds=2, wall_seconds=100), fork=True)
    yield made
    made.close()


@pytest.fixture
def with_task(monkeypatch: pytest.MonkeyPatch):
    """Lets the child, which is forked later, do something else instead of decoding."""

    def install(task) -> None:
        monkeypatch.setattr(worker, "TASKS", {**worker.TASKS, "asset": task})

    return install


def test_the_child_gives_the_same_answers(cage: Cage) -> None:
    """A picture and a page read in the child are what they are when read here."""
    content = picture()
    assert fingerprint.fingerprint(content) == cage.asset(content)
    assert fingerprint.thumbnail(content) == cage.thumbnail(content)
    assert fingerprint.side_by_side(content, picture(90)) == cage.drawn(None, content, picture(90))
    assert list(pipeline.read_documents(snapshot())) == list(cage.documents(snapshot()))


def test_an_error_of_the_child_is_the_same_error(cage: Cage) -> None:
    """What is no picture is told as without the cage, and the child goes on."""
    with pytest.raises(SourceError) as here:
        fingerprint.fingerprint(b"no picture at all")
    with pytest.raises(type(here.value)) as there:
        cage.asset(b"no picture at all")
    assert (here.value.message, here.value.remedy) == (there.value.message, there.value.remedy)
    assert cage.asset(picture()).width == 200


def test_pictures_are_decoded_while_documents_are_read(cage: Cage) -> None:
    """An unfinished answer is nobody else's answer."""
    documents = cage.documents(snapshot())
    first = next(documents)
    assert 200 == cage.asset(picture()).width
    assert [] == list(documents)
    assert "The weir broke" in first.text


def test_where_threads_run_the_child_is_a_program_of_its_own() -> None:
    """A fork would inherit locks that nobody releases; the program gives the same answers."""
    stop = threading.Event()
    beside = threading.Thread(target=stop.wait)
    beside.start()
    made = Cage()
    try:
        content = picture()
        assert fingerprint.fingerprint(content) == made.asset(content)
        assert list(pipeline.read_documents(snapshot())) == list(made.documents(snapshot()))
        command = Path(f"/proc/{made._idle[0]._pid}/cmdline")
        assert not command.exists() or b"provenance.cage.worker" in command.read_bytes()
    finally:
        stop.set()
        beside.join()
        made.close()


def busy(_: Message) -> Iterator[Message]:
    while True:
        pass


def hanging(_: Message) -> Iterator[Message]:
    time.sleep(600)
    yield Message({})


def greedy(_: Message) -> Iterator[Message]:
    yield Message({"held": len(bytearray(1 << 40))})


def dying(_: Message) -> Iterator[Message]:
    signal.raise_signal(signal.SIGSEGV)
    yield Message({})


def faulty(_: Message) -> Iterator[Message]:
    raise ZeroDivisionError("a fault of ours")
    yield Message({})


def babbling(_: Message) -> Iterator[Message]:
    yield Message({"sha256": ["no", "record"]})


@pytest.mark.parametrize(
    ("task", "why"),
    [
        (busy, "more than 2 s of processor time"),
        (greedy, "more memory than it may"),
        (dying, "SIGSEGV"),
        (faulty, "ZeroDivisionError: a fault of ours"),
        (babbling, "no sound answer"),
    ],
)
def test_whatever_happens_to_the_child_costs_one_item(cage: Cage, with_task, task, why: str) -> None:
    """It is told as not decodable, with the reason; the next item is read by another child."""
    with_task(task)
    with pytest.raises(NotDecodable, match=why):
        cage.asset(picture())
    assert 1 == len(list(cage.documents(snapshot())))


def test_a_child_that_hangs_is_left(with_task) -> None:
    """Silence has an end, too."""
    with_task(hanging)
    short = Cage(CageLimits(wall_seconds=0.5), fork=True)
    with pytest.raises(NotDecodable, match=r"hung for 0\.5 s"):
        short.asset(picture())
    short.close()


def reaching(message: Message) -> Iterator[Message]:
    """Tries what a decoder never needs, and tells what worked."""
    import socket

    worked = []
    for name, attempt in {
        "connect": lambda: socket.create_connection(("127.0.0.1", message.said["port"]), timeout=2),
        "write": lambda: Path(message.said["path"]).write_text("x" * 10),
        "open files": lambda: [os.open(os.devnull, os.O_RDONLY) for _ in range(100)],
        "program": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    }.items():
        try:
            attempt()
        except OSError:
            continue
        worked.append(name)
    yield Message({"worked": worked})


@pytest.mark.skipif(sys.platform != "linux", reason="other systems offer less")
def test_the_child_reaches_neither_network_nor_files(cage: Cage, with_task, tmp_path: Path) -> None:
    """A decoder that was taken over can connect to nothing, write nothing, start nothing, and hold few files."""
    import socket

    if os.geteuid() == 0 and importlib.util.find_spec("seccompy") is None:
        pytest.skip("root may always start programs; the filter of system calls is not installed")
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that the child hears an error instead of dying, for the test
    with_task(reaching)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        asked = Message({"task": "asset", "port": listener.getsockname()[1], "path": str(tmp_path / "x")})
        (answer,) = cage._ask("it", asked)
    assert [] == answer.said["worked"]
    assert not (tmp_path / "x").exists() or not (tmp_path / "x").read_bytes()


def test_what_guards_the_child_is_told(cage: Cage) -> None:
    """Limits hold wherever there are child processes; a filter of system calls is in use, or it is said why not."""
    guards = cage.guards()
    assert "in use" == guards.limits
    assert guards.network.startswith(("in use", "not in use: "))
    installed = importlib.util.find_spec("seccompy") is not None
    assert guards.system_calls.startswith("in use: seccompy" if installed else "not in use: the extra `cage`")


def forbidden(message: Message) -> Iterator[Message]:
    """Tries system calls that are not listed, and such as are listed in part; tells what worked."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    attempts = {
        "socket": lambda: libc.socket(2, 1, 0),
        "rename": lambda: libc.rename(message.said["path"].encode(), b"/tmp/elsewhere"),
        "chmod": lambda: libc.chmod(message.said["path"].encode(), 0),
        "write": lambda: libc.open(message.said["path"].encode(), os.O_WRONLY),
        "make": lambda: libc.open((message.said["path"] + ".new").encode(), os.O_RDONLY | os.O_CREAT, 0o600),
        "kill": lambda: libc.kill(os.getppid(), 0),
        "fork": libc.fork,
        "ptrace": lambda: libc.ptrace(16, os.getppid(), 0, 0),
        "mount": lambda: libc.mount(b"none", b"/tmp", b"tmpfs", 0, None),
    }
    worked = [name for name, attempt in attempts.items() if attempt() != -1]
    threads = threading.Thread(target=worked.append, args=("a thread",))
    threads.start()
    threads.join()
    yield Message({"worked": worked, "read": Path(message.said["path"]).read_text()})


def test_the_filter_lets_a_decoder_work_and_nothing_else(cage: Cage, with_task, tmp_path: Path) -> None:
    """With the extra, the child can read files and run threads; it can make no socket, change no file, reach no process."""
    pytest.importorskip("seccompy")
    if not cage.guards().system_calls.startswith("in use"):
        pytest.skip("the kernel refuses filters")
    cage.close()
    with_task(forbidden)
    (tmp_path / "x").write_text("as it was")
    (answer,) = cage._ask("it", Message({"task": "asset", "path": str(tmp_path / "x")}))
    assert {"worked": ["a thread"], "read": "as it was"} == answer.said


def test_the_child_holds_no_file_of_the_parent(cage: Cage, with_task, tmp_path: Path) -> None:
    """Databases and sockets of the parent are closed in the child."""

    def files(_: Message) -> Iterator[Message]:
        held = list(Path("/proc/self/fd").iterdir())
        yield Message({"files": [str(file.readlink()) for file in held if file.exists()]})

    if not Path("/proc/self/fd").exists():
        pytest.skip("no /proc here")
    with_task(files)
    with (tmp_path / "secret").open("w"):
        (answer,) = cage._ask("it", Message({"task": "asset"}))
    assert not any("secret" in name for name in answer.said["files"])


def test_messages_come_as_they_were_sent() -> None:
    """JSON and bytes, any length, in order; a closed pipe is the end, a lie about lengths is refused."""
    source, to = os.pipe()
    send(to, Message({"a": "é\u0000", "n": [1, None]}, (b"", b"\x00\xff" * 1000)))
    found = receive(source, 1 << 20, 5)
    assert found is not None
    assert ({"a": "é\u0000", "n": [1, None]}, [b"", b"\x00\xff" * 1000]) == (found.said, found.blobs)
    os.write(to, b"\xff" * 12)
    with pytest.raises(TooMuch):
        receive(source, 1 << 20, 5)
    os.close(to)
    assert receive(source, 1 << 20, 5) is None
    os.close(source)


def test_no_child_outlives_its_parent(tmp_path: Path) -> None:
    """A program that ends, or is killed, leaves no child behind."""
    script = (
        "import sys, os, time\nfrom provenance.cage import the_cage\nthe_cage().asset(open(sys.argv[1], 'rb').read())\n"
        "print(the_cage()._idle[0]._pid, flush=True)\ntime.sleep(600)"
    )
    (tmp_path / "p.png").write_bytes(picture())
    program = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "p.png")], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    child = int(program.stdout.readline())
    program.kill()
    program.wait()
    program.stdout.close()
    for _ in range(100):
        if not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2]:
            return
        time.sleep(0.05)
    pytest.fail("the child lives on")
