"""The journal and what it proves, for people and programs."""

from collections.abc import Iterable

from provenance.evidence.checkpoint import parse
from provenance.records import JournalEntry, Json, Proof
from provenance.report.cells import Table
from provenance.report.text import terminal_safe


def entries(found: Iterable[JournalEntry]) -> Table:
    """One row a change."""
    rows = [tuple(map(terminal_safe, (str(e.sequence), e.at, e.who, e.what, e.subject, e.why))) for e in found]
    return Table("Journal", ("entry", "at (UTC)", "who", "what", "of", "why"), tuple(rows))


def proof(found: Proof) -> tuple[Table, Table]:
    """What is proved, and the hashes that prove it."""
    if found.kind == "inclusion":
        about = [("entry", str(found.sequence)), ("hash of its leaf", found.leaf_hash or "")]
    else:
        about = [("older size", str(found.old_size)), ("older head", found.old_root or "")]
    about += [("size", str(found.size)), ("head", found.root)]
    path = [(str(number), part) for number, part in enumerate(found.path, start=1)]
    return Table(f"Proof of {found.kind}", ("", ""), tuple(about)), Table("Path (RFC 9162)", ("", "hash"), tuple(path))


def checkpoint(note: str) -> Json:
    """A checkpoint's parts, and its text, which is what is signed."""
    found = parse(note)
    return {
        "schema": "provenance/checkpoint/1",
        "size": found.size,
        "root": found.root,
        "name": found.name,
        "at": found.at,
        "signed_by": [{"name": s.name, "key": s.key} for s in found.signatures],
        "note": note,
    }
