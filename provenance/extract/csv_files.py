"""Tables that other tools write: 4CAT's data sets and the auto-archiver's records, one page a row.

Which tool wrote a table is told from its header; the names of columns are data: `data/csv_columns.toml`.
"""

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from provenance.errors import EmptySource, NotDecodable
from provenance.extract import posted
from provenance.extract.csv_python import literal
from provenance.extract.decode import decode
from provenance.extract.posted import Posting, Shown, web, within, words
from provenance.records import Account, MediumKind, Page, Snapshot
from provenance.reference import platforms
from provenance.reference.platforms import PostAddress

MOST_ROWS = 200_000
PDQ_DIGITS = 64
"""Hex digits of a PDQ hash of 256 bits; the auto-archiver writes it as a number, so leading zeros are gone."""

_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|heic)(?:$|[?#:])", re.IGNORECASE)
_VIDEO = re.compile(r"\.(?:mp4|m4v|mov|webm|mkv|m3u8)(?:$|[?#])", re.IGNORECASE)
_IMAGE_CELL = re.compile(r'=IMAGE\("(https?://[^"\s]{1,4000})"', re.IGNORECASE)
_HEX = re.compile(r"(?:0x)?([0-9a-fA-F]{1,64})")
_MISLABELLED = "the tool that wrote this table may have labelled a local time as UTC"


@dataclass(frozen=True, slots=True)
class KnownHash:
    """A perceptual hash that a table states: PDQ, 64 hex digits in lower case, and what it is of."""

    value: str
    url: str | None
    label: str | None


@dataclass(frozen=True, slots=True)
class _Form:
    name: str
    needs: tuple[tuple[str, ...], ...]
    columns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row, asked by what is wanted, not by how the tool calls it."""

    form: _Form
    cells: Mapping[str, str]
    number: int

    def first(self, what: str) -> str | None:
        """The first of the columns for something that has a value."""
        return words(*(self.cells.get(name) for name in self.form.columns.get(what, ())))

    def many(self, what: str) -> list[str]:
        """The parts of a cell that holds several, apart by commas or lines."""
        return [part.strip() for part in re.split(r"[,\n]", self.first(what) or "") if part.strip()]


def recognises(text: str) -> bool:
    """Whether a text is a table that is read here, by its header."""
    return _form_of(text) is not None


def pages(snapshot: Snapshot) -> Iterator[Page]:
    """One page for each row that names a post or a page, in the order of the table.

    Raises:
        NotDecodable: the table is broken, or of no form that is read here; EmptySource: no row can be read.
    """
    read = {"4cat": _from_4cat, "auto-archiver": _from_sheet, "auto-archiver-csv": _from_record}
    left_out: list[int] = []
    seen = False
    for row, notes in _rows(snapshot):
        posting = read[row.form.name](row)
        if posting is None:
            left_out.append(row.number)
            continue
        missed = (f"rows left out, because they name no post: {', '.join(map(str, left_out[:20]))}",) if left_out else ()
        left_out.clear()
        page = posted.page(replace(posting, warnings=(*notes, *missed, *posting.warnings)), snapshot)
        seen = True
        yield page if posting.platform != "other" else posted.plain(page)
    if not seen:
        raise EmptySource(f"{snapshot.source} has no row that names a post", "export the table again")


def hashes(snapshot: Snapshot) -> Iterator[KnownHash]:
    """The PDQ hashes that a table states, with leading zeros put back; what is no hash is left out.

    Raises:
        NotDecodable: as `pages`.
    """
    for row, _ in _rows(snapshot):
        if row.form.name == "auto-archiver-csv":
            record = literal(row.cells.get("metadata", ""))
            url = next(iter(web(within(record, "url"))), None)
            stated = [within(m, "properties", "pdq_hash") for m in posted.dicts(literal(row.cells.get("media", "")))]
        else:
            url, stated = next(iter(web(row.first("url"))), None), list(row.many("pdq"))
        yield from (KnownHash(value, url, row.first("title")) for s in stated if (value := padded(s)))


def padded(stated: object) -> str | None:
    """A PDQ hash with its leading zeros; None for anything else."""
    match = _HEX.fullmatch(stated.strip()) if isinstance(stated, str) else None
    return match[1].lower().rjust(PDQ_DIGITS, "0") if match else None


def _rows(snapshot: Snapshot) -> Iterator[tuple[_Row, tuple[str, ...]]]:
    """The rows with values, and with the first what was wrong with the bytes."""
    text, notes = decode(snapshot.content, snapshot.charset)
    form = _form_of(text)
    if form is None:
        raise NotDecodable(
            f"{snapshot.source} is a table of no form that is read here", "give a table of 4CAT or the auto-archiver"
        )
    lines = csv.DictReader(io.StringIO(text, newline=""))
    try:
        for number, cells in enumerate(lines, 1):
            if number > MOST_ROWS:
                raise NotDecodable(f"{snapshot.source} has more than {MOST_ROWS:,} rows; the first were read", "split it")
            named = {str(k).strip().lower(): v for k, v in cells.items() if isinstance(v, str) and k is not None}
            yield _Row(form, named, number), notes
            notes = ()
    except csv.Error as error:
        raise NotDecodable(f"{snapshot.source}, line {lines.line_num}: {error}", "export the table again") from error


def _form_of(text: str) -> _Form | None:
    head = text[:20_000].lstrip().partition("\n")[0]
    try:
        header = {name.strip().lower() for name in next(csv.reader([head]), [])}
    except csv.Error:
        return None
    return next((f for f in _forms() if all(header & set(names) for names in f.needs)), None)


@cache
def _forms() -> tuple[_Form, ...]:
    data = tomllib.loads(resources.files("provenance.extract").joinpath("data/csv_columns.toml").read_text(encoding="utf-8"))
    return tuple(_made(entry) for entry in data["form"])


def _made(entry: dict[str, Any]) -> _Form:
    columns = {what: tuple(names) for what, names in entry["columns"].items()}
    return _Form(entry["name"], tuple(tuple(names) for names in entry["needs"]), columns)


# ------------------------------------------------------------------ 4CAT


def _from_4cat(row: _Row) -> Posting | None:
    number = posted.name_of(row.first("id"))
    address = _address(row, number)
    if number is None or address is None:
        return None
    handle = address.handle or posted.name_of((row.first("handle") or "").lstrip("@"))
    forwarded = (posted.name_of((row.first("forwarded_handle") or "").lstrip("@")), row.first("forwarded_name"))
    return Posting(
        platform=address.platform,
        key=number,
        raw=_lasting(row, "id", "url", "text", "title", "handle", "date"),
        post_id=address.post_id,
        url=address.url,
        handle=handle,
        author_name=row.first("name"),
        date=posted.moment(row.first("date")),
        date_basis="table",
        printed_date=row.first("date"),
        language=_language(row.first("language")),
        text="\n".join(filter(None, (row.first("title"), row.first("text")))),
        links=web(*row.many("links")),
        shown=(*_shown(row), *_attached(row)),
        forwarded_from=Account(platform=address.platform, handle=forwarded[0], name=forwarded[1]) if any(forwarded) else None,
    )


def _address(row: _Row, number: str | None) -> PostAddress | None:
    """The post's own address, or that made of a Telegram channel's name and the message's number."""
    columns = (row.cells.get(name) for name in row.form.columns["url"])
    found = (platforms.identify(url) for url in web(*columns))
    channel = row.first("channel")
    made = platforms.identify(f"https://t.me/{channel}/{number}") if channel and number else None
    return next((a for a in (*found, made) if a and a.kind != "account"), None)


def _shown(row: _Row) -> Iterator[Shown]:
    """Pictures and films; 4CAT lists the stills of X's films under videos."""
    for url in web(*row.many("images")):
        yield Shown(kind="photo", urls=(url,))
    for url in web(*row.many("videos")):
        still = bool(_PICTURE.search(url))
        yield Shown(kind="video", urls=() if still else (url,), stills=(url,) if still else ())


def _attached(row: _Row) -> Iterator[Shown]:
    name = row.first("file")
    if name:
        kind: MediumKind = "photo" if _PICTURE.search(name) else "video" if _VIDEO.search(name) else "document"
        yield Shown(kind=kind, alt=name)


def _language(code: str | None) -> str | None:
    return code if code and re.fullmatch(r"[a-pr-z][a-z]", code) else None


def _lasting(row: _Row, *names: str) -> dict[str, str | None]:
    return {name: row.first(name) for name in names}


# ------------------------------------------------------------------ the auto-archiver


def _from_sheet(row: _Row) -> Posting | None:
    url = next(iter(web(row.first("url"))), None)
    if url is None:
        return None
    pictures = web(*_IMAGE_CELL.findall(row.first("images") or ""), *row.many("images"))
    shown = [Shown(kind="photo", urls=(u,)) for u in pictures]
    shown += [Shown(kind="screenshot", urls=(u,)) for u in web(*row.many("screenshots"))]
    facts = _lasting(row, "url", "title", "text", "date", "sha256")
    return _archived(url, row, facts, row.first("status") or "", tuple(shown))


def _from_record(row: _Row) -> Posting | None:
    """A row of its own table, whose cells are Python values."""
    record = literal(row.cells.get("metadata", ""))
    url = next(iter(web(within(record, "url"))), None)
    if url is None:
        return None
    facts = {name: words(within(record, key)) for name, key in (("title", "title"), ("text", "content"), ("date", "timestamp"))}
    media = posted.dicts(literal(row.cells.get("media", "")))
    shown = tuple(one for m in media if (one := _stored(m)))
    return _archived(url, row, facts, row.first("status") or "", shown)


def _stored(medium: dict[str, Any]) -> Shown | None:
    urls = web(*(u for u in within(medium, "urls") or () if isinstance(u, str)), within(medium, "properties", "src"))
    mime = words(medium.get("_mimetype"), medium.get("mimetype")) or ""
    if within(medium, "properties", "id") == "screenshot":
        return Shown(kind="screenshot", urls=urls)
    if mime.startswith("video/") or (urls and _VIDEO.search(urls[0])):
        return Shown(kind="video", urls=urls)
    return Shown(kind="photo", urls=urls) if mime.startswith("image/") or (urls and _PICTURE.search(urls[0])) else None


def _archived(url: str, row: _Row, facts: Mapping[str, str | None], status: str, shown: tuple[Shown, ...]) -> Posting:
    address = platforms.identify(url)
    address = address if address and address.kind != "account" else None
    when = posted.moment(facts.get("date"))
    failed = (f"the archiver says: {status[:200]}",) if "success" not in status.lower() else ()
    return Posting(
        platform=address.platform if address else "other",
        key=str(row.number),
        raw={"url": url, **facts},
        post_id=address.post_id if address else None,
        url=address.url if address else url,
        handle=address.handle if address else None,
        date=when,
        date_basis="table",
        printed_date=facts.get("date"),
        text="\n".join(filter(None, (facts.get("title"), facts.get("text")))),
        shown=shown,
        warnings=(*failed, *((_MISLABELLED,) if when and when.endswith("Z") else ())),
    )
