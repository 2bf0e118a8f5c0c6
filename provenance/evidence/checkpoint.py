"""Checkpoints: what pins a journal down, in the form of C2SP `tlog-checkpoint`, which witnesses and other tools read.

    desk.example                             the name of the log
    12                                       the number of entries
    5hG…=                                    the head of the hash tree (RFC 9162), base64
    time 2026-03-04T05:06:07Z                when it was made: an extension line
                                             an empty line, and then the signatures (C2SP `signed-note`), if any
    — desk.example 8aX…=                     base64 of the key's number (4 bytes) and the Ed25519 signature of all lines above

The short form is `12:` and the head in hex.
"""

import base64
import re
from dataclasses import dataclass

from provenance.errors import UsageError

_SHORT = re.compile(r"(\d{1,15}):([0-9a-f]{64})")
_NAME = re.compile(r"[^\s+]{1,200}")
_TIME = "time "
_LINES = 3  # name, size, head
_REMEDY = "give the file that `provenance journal checkpoint` wrote, or the number of entries and the head, as 12:6c1f…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature line: who, the number of the key (8 hex digits), and the signature's bytes."""

    name: str
    key: str
    made: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The head of a journal. `root` is hex; `name` and `at` are None in the short form; `text` is what is signed."""

    size: int
    root: str
    name: str | None = None
    at: str | None = None
    text: str = ""
    signatures: tuple[Signature, ...] = ()

    def __str__(self) -> str:
        return f"{self.size}:{self.root}"


def body(name: str, size: int, root: str, at: str) -> str:
    """The lines of a checkpoint, unsigned.

    Raises:
        UsageError: the name cannot stand in a checkpoint.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot name a journal", "give a name without blanks and plus signs, such as your domain")
    head = base64.b64encode(bytes.fromhex(root)).decode("ascii")
    return f"{name}\n{size}\n{head}\n{_TIME}{at}\n"


def parse(text: str) -> Checkpoint:
    """A checkpoint in either form.

    Raises:
        UsageError: it is none.
    """
    if found := _SHORT.fullmatch(text.strip()):
        return Checkpoint(size=int(found[1]), root=found[2])
    above, _, below = text.replace("\r\n", "\n").partition("\n\n")
    lines = above.strip("\n").split("\n")
    try:
        short = parse(f"{lines[1]}:{base64.b64decode(lines[2], validate=True).hex()}")
        checkpoint = Checkpoint(
            size=short.size,
            root=short.root,
            name=lines[0],
            at=next((line.removeprefix(_TIME) for line in lines[_LINES:] if line.startswith(_TIME)), None),
            text="\n".join(lines) + "\n",
            signatures=tuple(_signature(line) for line in below.splitlines() if line.strip()),
        )
    except (ValueError, IndexError) as error:
        raise UsageError(f"{text[:100]!r} is no checkpoint", _REMEDY) from error
    return checkpoint


def _signature(line: str) -> Signature:
    dash, name, made = line.split(" ")
    content = base64.b64decode(made, validate=True)
    if dash != "—" or len(content) <= 4:  # noqa: PLR2004 - the key's number
        raise ValueError(line)
    return Signature(name=name, key=content[:4].hex(), made=content[4:])
