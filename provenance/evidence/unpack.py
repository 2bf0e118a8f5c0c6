"""Reading an evidence package that another desk made: everything in it is checked before any of it is believed."""

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from provenance.errors import EvidenceError, NotReadable, TooLarge, UnknownFormat, UsageError
from provenance.evidence import checkpoint, merkle
from provenance.evidence.checkpoint import Checkpoint
from provenance.records import Json

MEMBERS = 200_000
MEMBER_BYTES = 2_000_000_000
ALL_BYTES = 8_000_000_000
RATIO, SMALL = 200, 1_000_000
"""How often a member may be larger than it is packed, beyond so many bytes; JSON packs to a fiftieth at best."""
_ABOUT = "provenance/about.txt"
_OURS = "provenance/package/1"
_REMEDY = "ask the desk that made it for another copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A package that was checked: its checkpoint, what its maker says of it, entries and payloads by number, bytes by sha256."""

    sha256: str
    note: str
    checkpoint: Checkpoint
    about: Json
    entries: Mapping[int, tuple[Any, ...]]
    payloads: Mapping[int, Json]
    blobs: Mapping[str, bytes]


def read(path: Path) -> Received:
    """A package, checked: each file against the list, each entry and payload against its proof, each blob against its sha256.

    Raises:
        NotReadable: the file cannot be read.
        UnknownFormat: it is no package of ours.
        TooLarge: it unpacks to more than is read here.
        EvidenceError: something in it is not what it says.
    """
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        with zipfile.ZipFile(path) as package:
            files = _files(package, path)
    except OSError as error:
        raise NotReadable(f"{path}: cannot be read: {error.strerror}", "check the path") from error
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnknownFormat(f"{path}: no whole ZIP file: {error}", _REMEDY) from error
    try:
        return _received(files, sha256, path)
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise EvidenceError(f"{path}: it cannot be read: {error!r}", _REMEDY) from error
    except UsageError as error:
        raise EvidenceError(f"{path}: {error.message}", _REMEDY) from error


def _files(package: zipfile.ZipFile, path: Path) -> dict[str, bytes]:
    """The members, by names that are data and never become paths."""
    members = package.infolist()
    sizes = [member.file_size for member in members]
    if len(members) > MEMBERS or max(sizes, default=0) > MEMBER_BYTES or sum(sizes) > ALL_BYTES:
        raise TooLarge(f"{path}: {len(members):,} files of {sum(sizes):,} bytes", "a package is limited to 8 GB")
    if swollen := next((m for m in members if m.file_size > max(SMALL, RATIO * m.compress_size)), None):
        packed = f"{swollen.compress_size:,} to {swollen.file_size:,} bytes"
        raise TooLarge(f"{path}: {swollen.filename[:200]!r} unpacks from {packed}", _REMEDY)
    if len({member.filename for member in members}) != len(members):
        raise EvidenceError(f"{path}: two files have one name", _REMEDY)
    files = {}
    for member in members:
        with package.open(member) as file:
            files[member.filename] = file.read(member.file_size + 1)
    return files


def _received(files: dict[str, bytes], sha256: str, path: Path) -> Received:
    about = json.loads(files.get(_ABOUT, b"{}"))
    if not isinstance(about, dict) or about.get("schema") != _OURS:
        raise UnknownFormat(
            f"{path}: no evidence package of this program", "ingest it as a web archive: `provenance ingest FILE`"
        )
    _listed(files, path)
    note = files["journal/checkpoint.txt"].decode("utf-8")
    pinned = checkpoint.parse(note)
    entries, payloads = dict[int, tuple[Any, ...]](), dict[int, Json]()
    for sequence, size, *proof in (line.split() for line in files["journal/proofs.txt"].decode("ascii").splitlines()):
        number, leaf = int(sequence), files[f"entries/{sequence}.txt"]
        hashes = [bytes.fromhex(part) for part in proof]
        root = merkle.root_from_inclusion(number - 1, int(size), merkle.leaf_hash(leaf), hashes)
        if root is None or (int(size), root.hex()) != (pinned.size, pinned.root):
            raise EvidenceError(f"{path}: entry {number} is not proved to be in the journal of the checkpoint", _REMEDY)
        entries[number] = tuple(json.loads(leaf))
        payload = files[f"payloads/{sequence}.txt"]
        if entries[number][0] != number or entries[number][6] != hashlib.sha256(payload).hexdigest():
            raise EvidenceError(f"{path}: what entry {number} recorded is not what its hash says", _REMEDY)
        payloads[number] = json.loads(payload)
    blobs = dict(_blobs(files, path))
    return Received(sha256=sha256, note=note, checkpoint=pinned, about=about, entries=entries, payloads=payloads, blobs=blobs)


def _listed(files: Mapping[str, bytes], path: Path) -> None:
    """Hold every file against the data package, and that against its digest."""
    listed = {part["path"]: part["hash"] for part in json.loads(files["datapackage.json"])["resources"]}
    listed["datapackage.json"] = json.loads(files["datapackage-digest.json"])["hash"]
    for name in sorted(files.keys() - {"datapackage-digest.json"} | listed.keys()):
        if name not in files or name not in listed:
            raise EvidenceError(f"{path}: {name} is {'missing' if name not in files else 'not listed'}", _REMEDY)
        if listed[name] != f"sha256:{hashlib.sha256(files[name]).hexdigest()}":
            raise EvidenceError(f"{path}: {name} was changed", _REMEDY)


def _blobs(files: Mapping[str, bytes], path: Path) -> Iterator[tuple[str, bytes]]:
    """The bytes out of the archive, each hashed."""
    archive = files["archive/data.warc.gz"]
    for line in files["journal/bytes.txt"].decode("ascii").splitlines():
        sha256, offset, length, size = line.split()
        start, count = int(offset), int(size)
        if min(start, int(length), count) < 0 or count > MEMBER_BYTES:
            raise EvidenceError(f"{path}: the place of {sha256} makes no sense", _REMEDY)
        limit = count + 100_000  # the record's own head
        inflated = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(archive[start : start + int(length)], limit)
        content = inflated.removesuffix(b"\r\n\r\n")
        content = content[len(content) - count :] if count else b""
        if hashlib.sha256(content).hexdigest() != sha256:
            raise EvidenceError(f"{path}: the bytes {sha256} are not whole", _REMEDY)
        yield sha256, content
