"""The facts of a flattened page: what the caller gave, else what the text states, and the basis of each."""

from functools import cache
from typing import Any, Protocol
from urllib.parse import urlsplit

from provenance.extract import credits as credit_lines
from provenance.extract import flat_head, flat_posts
from provenance.extract.flat_dates import PageTimes
from provenance.extract.flat_text import Line, Range, fold
from provenance.records import DocumentFacts, Outlet, Precision, Snapshot
from provenance.reference import parties


class Reading(Protocol):
    """What facts need of a page that was read."""

    rows: tuple[Line, ...]
    language: str | None
    times: dict[int, PageTimes]
    bylines: dict[int, Range]
    datelines: dict[int, flat_head.Dateline]
    headline: int | None


_OWN_SCRIPTS = (("ja", "ぁ", "ヿ"), ("ko", "가", "힣"), ("th", "ก", "๛"), ("el", "Ά", "Ͽ"), ("he", "א", "ת"))


def language_of(text: str) -> str | None:
    """The language of a text, by its words or, where it is short, by its script; None where neither tells."""
    from provenance.extract.dom import detect_language  # noqa: PLC0415 -- a foreign library, only loaded when there is text

    plain = flat_posts.URL.sub(" ", text[:5_000])
    return (detect_language(plain) or _by_script(plain)) if plain.strip() else None


def _by_script(text: str) -> str | None:
    """The language of a text too short to be told by its words, where one language alone uses its letters."""
    letters = [c for c in text if c.isalpha()]
    for language, first, last in _OWN_SCRIPTS:
        if sum(first <= c <= last for c in letters) * 4 > len(letters):
            return language
    kana = any("ぁ" <= c <= "ヿ" for c in letters)
    return "zh" if letters and not kana and sum("一" <= c <= "鿿" for c in letters) * 2 > len(letters) else None


def facts_of(snapshot: Snapshot, reading: Reading) -> DocumentFacts:
    """The facts of a page.

    Args:
        snapshot: its `url`, `outlet` and `published` count before what the text states.
        reading: the lines and what they were found to be.
    """
    rows = reading.rows
    stamp, line, changed = flat_head.published(reading.times)
    named = next(iter(reading.bylines.items()), None)
    wire = next(iter(reading.datelines.values()), None)
    shown = rows[line].text[stamp.start : stamp.end] if stamp and line is not None else None
    byline = rows[named[0]].text[slice(*named[1])] if named else None
    given = snapshot.published
    return DocumentFacts(
        url=snapshot.url or snapshot.final_url, outlet=_outlet(snapshot, byline, wire),
        headline=rows[reading.headline].text if reading.headline is not None else None,
        byline=byline, dateline=wire.text if wire else None, language=reading.language, sha256=snapshot.sha256,
        published=given or (stamp.value if stamp else None), published_text=given or shown,
        published_precision=_precision(given) if given else stamp.precision if stamp and stamp.value else None,
        published_basis="given" if given else "stated" if stamp and stamp.value else None,
        modified=changed.value if changed else None,
    )  # fmt: skip


def _precision(given: str) -> Precision:
    lengths = {4: "year", 7: "month", 10: "day", 16: "minute"}
    bare = given.removesuffix("Z")
    return lengths.get(len(bare), "second")  # type: ignore[return-value]


def _outlet(snapshot: Snapshot, byline: str | None, wire: flat_head.Dateline | None) -> Outlet:
    """Who published: the caller's word, else an agency's tag in byline or dateline, else only the domain."""
    url = snapshot.url or snapshot.final_url
    domain = _domain(url) if url else None
    if snapshot.outlet:
        return Outlet(name=snapshot.outlet, domain=domain, basis="given")
    written = flat_head.organisation(byline) if byline else None
    tagged = flat_head.organisation(wire.tag) if wire and wire.tag else None
    known = parties.resolve(domain) if domain else None
    if known:
        return Outlet(name=known.name, domain=domain, basis="url")
    if written and (fold(written) == fold(tagged or "") or not _is_wire(written)):
        return Outlet(name=written, domain=domain, basis="byline")
    if tagged and not written and not _is_wire(tagged):
        return Outlet(name=tagged, domain=domain, basis="dateline")
    return Outlet(domain=domain, basis="url" if domain else None)


def _is_wire(name: str) -> bool:
    """An agency that others print: its name over a story does not tell whose page it is."""
    entry = parties.resolve(name)
    return entry.kind == "agency" if entry else credit_lines.is_agency(name)


def _domain(url: str) -> str | None:
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return None
    return _suffixes().privatesuffix(host) or None if "." in host else None


@cache
def _suffixes() -> Any:
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 -- a large table, only needed with an address

    return PublicSuffixList()
