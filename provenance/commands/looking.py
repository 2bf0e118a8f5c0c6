"""The work of `lookup`, whichever way its command line was read."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.commands.opening import reader, record
from provenance.commands.screen import emit, outcome, show_tables, told
from provenance.errors import ExitCode, SourceError

if TYPE_CHECKING:
    from provenance.records import Lookup
    from store import Reader, Store

Place = tuple[str | None, Path | None]
"""The database and the folder of bytes, as the options of the verb give them."""


def look(queries: list[str], where: Place, *, algorithm: str | None, most: int, why_not: bool, as_json: bool) -> ExitCode:
    """Answer queries and print the answers.

    Args:
        queries: as `lookup.lookup` takes them.
        where: the record, as the options of the verb name it.
        algorithm: what a bare hash is a hash of.
        most: the most matches a query.
        why_not: tell the nearest miss, too.
        as_json: as JSON Lines, not as tables.
    """
    from provenance.lookup import is_hash, is_picture

    quick = not why_not and all(is_hash(query) or is_picture(query) for query in queries)
    answers = _quick_answers(queries, algorithm, most, where) if quick else None
    if answers is None:
        with record(*where, read_only=True) as keeper:
            found = _full_answers(queries, keeper, algorithm, most)
            return _tell(_with_misses(found, keeper) if why_not else found, as_json=as_json)
    return _tell(answers, as_json=as_json)


def _quick_answers(queries: list[str], algorithm: str | None, most: int, where: Place) -> "list[Lookup | SourceError] | None":
    """Answers to hashes and pictures from what is worked out already; None where the record must be opened in full."""
    with reader(*where) as asked:
        if asked is None:
            return None
        answers = []
        for query in queries:
            answer = _quick_answer(query, asked, algorithm, most)
            if answer is None:
                return None
            answers.append(answer)
    return answers


def _quick_answer(query: str, asked: "Reader", algorithm: str | None, most: int) -> "Lookup | SourceError | None":
    from provenance.lookup import is_hash, lookup_hash, lookup_picture

    if is_hash(query):
        return lookup_hash(query, asked, algorithm=algorithm, limit=most)
    from provenance import intake

    try:
        return lookup_picture(query, asked, intake.read_bytes, limit=most)
    except SourceError as error:
        return error


def _full_answers(queries: list[str], keeper: "Store", algorithm: str | None, most: int) -> "Iterator[Lookup | SourceError]":
    from provenance import intake
    from provenance.lookup import lookup as look_up

    for query in queries:
        try:
            yield look_up(query, keeper, intake.read_bytes, algorithm=algorithm, limit=most)
        except SourceError as error:
            yield error


def _with_misses(answers: "Iterable[Lookup | SourceError]", keeper: "Store") -> "Iterator[Lookup | SourceError]":
    from provenance import intake
    from provenance.lookup import why_not

    for answer in answers:
        if isinstance(answer, SourceError):
            yield answer
            continue
        try:
            yield replace(answer, nearest_miss=why_not(answer.query, keeper, intake.read_bytes))
        except SourceError as error:
            yield error


def _tell(answers: "Iterable[Lookup | SourceError]", *, as_json: bool) -> ExitCode:
    done = failed = 0
    for answer in answers:
        if isinstance(answer, SourceError):
            failed += 1
            told(answer)
            continue
        done += bool(answer.matches)
        emit(answer) if as_json else _show(answer)
    return outcome(done, failed)


def _show(answer: "Lookup") -> None:
    from provenance.report import answers

    show_tables(*answers.lookup(answer))
