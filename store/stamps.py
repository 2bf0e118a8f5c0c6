"""Checking the time stamps that are kept: each must be on a checkpoint of this very journal."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from sqlmodel import Session

from provenance.errors import EvidenceError, UsageError
from provenance.evidence import timestamp
from provenance.evidence.checkpoint import Checkpoint, parse
from provenance.records import CheckResult, Json, VerifiedItem
from store import journal
from store.codec import parsed

_RESULTS: Mapping[bool | None, CheckResult] = {True: "passed", False: "failed", None: "not-checked"}


def sizes(session: Session) -> set[int]:
    """The sizes of the journal that are stamped."""
    return {checkpoint.size for _, checkpoint in _kept(session) if checkpoint}


def verify(session: Session, roots: Mapping[int, str], trusted: tuple[Path, ...]) -> Iterator[VerifiedItem]:
    """One item a time stamp.

    Args:
        session: the session to read with.
        roots: the heads of the journal's hash tree by size, worked out from the entries.
        trusted: root certificates of authorities.
    """
    for number, (observed, checkpoint) in enumerate(_kept(session), start=1):
        result, why = _held(observed, checkpoint, roots, trusted)
        yield VerifiedItem(item=f"time stamp {number}", kind="journal", result=_RESULTS[result], why=why)


def _held(
    observed: Json, checkpoint: Checkpoint | None, roots: Mapping[int, str], trusted: tuple[Path, ...]
) -> tuple[bool | None, str]:
    if checkpoint is None or roots.get(checkpoint.size) != checkpoint.root:
        return False, "it is on a checkpoint that is none of this journal"
    return timestamp.problem(observed, str(observed["checkpoint"]).encode(), trusted)


def _kept(session: Session) -> Iterator[tuple[Json, Checkpoint | None]]:
    for text in journal.payloads(session, "timestamp"):
        try:
            observed = parsed(text)
            yield observed, parse(str(observed.get("checkpoint")))
        except (EvidenceError, UsageError):
            yield {}, None
