"""The record as it was: the entries up to a moment, and what follows from them."""

import re
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, func
from sqlmodel import Session, select

from provenance.errors import UsageError
from store import dialect
from store.rows import EVIDENCE, INDEX, JournalRow

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def moment(text: str) -> str:
    """A moment as the journal writes it; a day alone stands for its end, in UTC.

    Raises:
        UsageError: it is none, or has no time zone.
    """
    try:
        found = datetime.fromisoformat(text)
        if _DAY.fullmatch(text):
            found = found.replace(tzinfo=UTC) + timedelta(days=1, microseconds=-1)
        if found.tzinfo is None:
            raise UsageError(f"{text}: a time without a zone", f"say which, for example {text}Z")
        return found.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{text[:100]!r} is no moment", "give a day or a time with zone, as 2026-03-04T12:00Z") from error


def look_back(engine: Engine, as_of: str) -> None:
    """Let an engine see the journal up to a moment, and the rows that follow from that.

    The journal is cut before the first entry that is later than the moment: what follows it was recorded after it, whatever
    the clock said.
    """
    with Session(engine) as session:
        first_later = session.exec(select(func.min(JournalRow.sequence)).where(JournalRow.at > as_of)).one()
    if first_later is not None:
        evidence = {str(table.__tablename__): f"sequence < {first_later:d}" for table in EVIDENCE}
        index = {str(table.__tablename__): f"entry < {first_later:d}" for table in INDEX}
        dialect.seen_through(engine, evidence | index)
