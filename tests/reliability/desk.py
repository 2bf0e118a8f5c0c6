"""What the reliability scripts share: two hundred invented pages, half of them with a picture, and a record held against them."""

import hashlib
import random
import struct
import zlib
from pathlib import Path

from provenance import pipeline
from provenance.acquire import Given, snapshots
from provenance.errors import SourceError
from store import Store, open_store

WHO = "the reliability desk"


def png(seed: int, side: int = 24) -> bytes:
    """A small picture of its own, in colours that hash."""
    noise = random.Random(seed)  # noqa: S311 - reproducible pictures
    rows = b"".join(b"\x00" + noise.randbytes(side * 3) for _ in range(side))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def pages(folder: Path, count: int, start: int = 0) -> list[Path]:
    """Write saved pages, every second one with a picture beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number in range(start, start + count):
        picture = ""
        if number % 2 == 0:
            (folder / f"p{number}.png").write_bytes(png(number))
            caption = f"<figcaption>Mast {number}. Photo: Ines Okoro</figcaption>"
            picture = f'<figure><img src="p{number}.png" width="640" height="480">{caption}</figure>'
        path = folder / f"{number:04d}.html"
        path.write_text(
            f"<html><head><title>Mast {number} falls</title></head><body><article><h1>Mast {number} falls</h1>"
            f"<p>The mast number {number} fell on Tuesday, the channel @wessel_live wrote.</p>{picture}</article></body></html>"
        )
        made.append(path)
    return made


def opened(folder: Path) -> Store:
    """The record of a run."""
    return open_store(str(folder / "desk.db"))


def keep(store: Store, paths: list[Path], acknowledge) -> int:
    """Ingest pages as the command does, calling `acknowledge` with the id of each when it is kept; returns the failures."""
    failed = 0
    found = snapshots([str(path) for path in paths], Given())
    for item in pipeline.ingest(found, store, who=WHO):
        if isinstance(item, SourceError):
            failed += 1
            store.add_failure(*pipeline.failure(item), who=WHO)
        else:
            acknowledge(item.stored.id)
    return failed


def faults(store: Store, acknowledged: set[str]) -> list[str]:
    """What is wrong with a record: failed items, documents that are lost or there twice, rows without bytes."""
    wrong = [f"{item.kind} {item.item}: {item.why}" for item in store.verify() if item.result == "failed"]
    documents = list(store.documents())
    idents = [stored.id for stored in documents]
    wrong += [f"lost: {ident}" for ident in acknowledged - set(idents)]
    wrong += [f"twice: {ident}" for ident in set(idents) if idents.count(ident) > 1]
    contents = [stored.document.document.sha256 for stored in documents]
    wrong += [f"kept twice: {sha256}" for sha256 in set(contents) if contents.count(sha256) > 1]
    for stored in documents:
        for sha256 in (stored.document.document.sha256, *stored.assets.values()):
            if hashlib.sha256(store.blob(sha256)).hexdigest() != sha256:
                wrong.append(f"no good bytes: {stored.id}")
    return wrong
