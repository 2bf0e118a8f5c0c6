"""The journal: one entry a change, each holding the hash of the entry before it and of what was recorded.

An entry's hash is the sha256 of the canonical JSON of the list [sequence, at, who, what, subject, why,
payload_sha256, previous]; `previous` of the first entry is 64 zeros. The same bytes are the
leaf of the entry in the hash tree (`store/tree.py`). Whoever kept a checkpoint elsewhere can show that no entry up to it was
changed, removed or slipped in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, insert, select
from sqlmodel.sql.expression import SelectOfScalar

from provenance.errors import UsageError
from provenance.records import Json
from store import tree
from store.codec import canonical, digest
from store.rows import JournalRow, ObservationRow
from store.views import NEUTRAL

BEGINNING = "0" * 64
_HASHED = ("sequence", "at", "who", "what", "subject", "why", "payload_sha256", "previous")
_PAGE = 200
Entry = tuple[JournalRow, str | None]
"""An entry, and what it recorded; None where that is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Who changes what, and why.

    `what` is document, media, asset, decision, assessment, marking, check, failure, watch, unwatch, watch-run or watch-event.
    """

    what: str
    subject: str
    who: str
    why: str = ""


def utc_now() -> str:
    """The time as ISO 8601 text in UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def storable(text: str) -> str:
    """Text as every database takes it: NUL and lone surrogates, which file names can hold, are written as escapes."""
    return text.replace("\x00", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")


def entry_hash(row: JournalRow) -> str:
    """The hash that an entry should have."""
    return _hash({name: getattr(row, name) for name in _HASHED})


def leaf(row: JournalRow) -> bytes:
    """The bytes that an entry's hash and its leaf in the hash tree are made of."""
    return _leaf({name: getattr(row, name) for name in _HASHED}).encode("ascii")


def _leaf(values: Mapping[str, object]) -> str:
    return canonical([values[name] for name in _HASHED])


def _hash(values: Mapping[str, object]) -> str:
    return digest(_leaf(values))


def head(session: Session) -> tuple[int, str]:
    """The number of the newest entry and its hash."""
    query = select(JournalRow.sequence, JournalRow.sha256).order_by(col(JournalRow.sequence).desc())
    row = session.exec(query.limit(1)).first()
    return (row[0], row[1]) if row else (0, BEGINNING)


def moved(session: Session) -> tuple[int, str]:
    """The number and the hash of the newest entry that can have changed a visual."""
    query = select(JournalRow.sequence, JournalRow.sha256).where(col(JournalRow.what).not_in(NEUTRAL))
    row = session.exec(query.order_by(col(JournalRow.sequence).desc()).limit(1)).first()
    return (row[0], row[1]) if row else (0, BEGINNING)


def append(session: Session, change: Change, payload: Json, at: str) -> int:
    """Write one entry with its observation and return its number; the caller holds the write lock.

    Raises:
        UsageError: nobody is named.
    """
    if not change.who.strip():
        raise UsageError("a change needs a name to stand by it", "set --who or PROVENANCE_WHO")
    last, previous = head(session)
    text = canonical(payload)
    words = {"who": storable(change.who), "what": change.what, "subject": storable(change.subject), "why": storable(change.why)}
    entry = {"sequence": last + 1, "at": at, **words, "payload_sha256": digest(text), "previous": previous}
    connection = session.connection()
    connection.execute(insert(JournalRow), [{**entry, "sha256": _hash(entry)}])
    connection.execute(insert(ObservationRow), [{"sequence": last + 1, "payload": text}])
    tree.grow(session, last + 1, _leaf(entry).encode("ascii"))
    return last + 1


def page(session: Session, after: int, what: str | None = None) -> list[Entry]:
    """The next entries after a number, with their payloads; None for one that is missing."""
    query = select(JournalRow, ObservationRow.payload).join(ObservationRow, isouter=True).where(JournalRow.sequence > after)
    if what is not None:
        query = query.where(JournalRow.what == what)
    return [(row, payload) for row, payload in session.exec(query.order_by(col(JournalRow.sequence)).limit(_PAGE))]


def of_subject(session: Session, what: str, subject: str) -> list[str]:
    """Every observation of one kind and subject, oldest first."""
    return list(session.exec(_of_subject(what, subject).order_by(col(JournalRow.sequence))))


def newest_of(session: Session, what: str, subject: str, most: int) -> list[str]:
    """The newest observations of one kind and subject, newest first."""
    return list(session.exec(_of_subject(what, subject).order_by(col(JournalRow.sequence).desc()).limit(most)))


def _of_subject(what: str, subject: str) -> "SelectOfScalar[str]":
    query = select(ObservationRow.payload).join(JournalRow, col(JournalRow.sequence) == ObservationRow.sequence)
    return query.where(JournalRow.what == what, JournalRow.subject == storable(subject))


def payloads(session: Session, what: str) -> Iterator[str]:
    """Every observation of one kind, oldest first."""
    after = 0
    while entries := page(session, after, what):
        yield from (payload for _, payload in entries if payload is not None)
        after = entries[-1][0].sequence
