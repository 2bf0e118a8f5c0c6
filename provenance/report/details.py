"""Tables of one document or one asset for a terminal: what was read, before anything is joined."""

from collections.abc import Iterable, Mapping

from provenance.records import Asset, Citation, Claim, Document, Hedge, Medium, Party, Post, Review
from provenance.report.cells import Table, made
from provenance.report.tables import SHOWN_BITS, whole
from provenance.report.text import shorten
from provenance.report.wording import say

LONGEST = 90
"""Columns of a quotation in a table; `--json` has it whole."""


def document(read: Document) -> list[Table]:
    """What a document says of itself, what it embeds, whom it cites, what it claims; empty tables are left out."""
    tables = [
        _facts(read),
        made("Media", ("id", "kind", "as", "what", "credit", "account", "dates", "places"), map(_medium, read.media)),
        made("Posts", ("id", "platform", "account", "date", "how", "text or address"), map(_post, read.posts)),
        made("Citations", ("id", "who", "from whom", "relation", "about", "words"), map(_citation, read.citations)),
        made("Claims and reservations", ("what", "about", "words"), [*map(_claim, read.claims), *map(_hedge, read.hedges)]),
        made("Fact-checks stated on the page", ("id", "what was checked", "verdict", "by whom"), map(_review, read.reviews)),
        made("Warnings", ("what could not be read",), [(w,) for w in read.warnings]),
    ]
    return [table for table in tables if table.rows]


def asset(name: str, read: Asset) -> Table:
    """The hashes of a picture and what the file says of itself."""
    size = f"{read.width} × {read.height}" if read.width and read.height else ""
    hashes = [
        (f"{f.algorithm} ({f.bits} bits{f', quality {f.quality}' if f.quality is not None else ''})", f.value)
        for f in whole(read)
        if f.bits <= SHOWN_BITS
    ]
    parts = len(read.fingerprints) - len(hashes)
    said = [
        (f"file says: {key}", getattr(read.metadata, key))
        for key in ("creator", "credit", "source", "caption", "copyright", "taken")
    ]
    rows = [
        ("SHA-256", read.sha256),
        ("type", read.media_type),
        ("size", f"{read.size:,} bytes"),
        ("pixels", size),
        ("length", f"{read.seconds:.1f} s" if read.seconds else None),
        *hashes,
        ("kept besides", f"{parts} fingerprints of its {_what_of(read)}; --json shows them" if parts else None),
        ("not hashable", read.not_hashable),
        *said,
        *(("finding", finding) for finding in read.findings),
    ]
    return made(name, ("", ""), [(key, value) for key, value in rows if value])


def _what_of(read: Asset) -> str:
    seconds = sorted({print_.at for print_ in read.fingerprints if print_.at is not None})
    if not seconds:
        return "parts and key points"
    return f"{len(seconds)} frames, from {seconds[0]:.1f} to {seconds[-1]:.1f} s"


def facts(title: str, values: Mapping[str, object]) -> Table:
    """Names and values."""
    return made(title, ("", ""), [(key.replace("_", " "), str(value)) for key, value in values.items()])


def _facts(read: Document) -> Table:
    said = read.document
    outlet = " ".join(filter(None, [said.outlet.name, f"({said.outlet.domain})" if said.outlet.domain else None])) or "unknown"
    rows = [
        ("outlet", f"{outlet}{f', from {said.outlet.basis}' if said.outlet.basis else ''}"),
        ("headline", said.headline),
        ("byline", said.byline),
        ("published", f"{said.published}, from {said.published_basis}" if said.published else "unknown"),
        ("language", said.language),
        ("address", said.canonical_url or said.url),
    ]
    return made(read.source, ("", ""), [(key, value) for key, value in rows if value])


def _medium(medium: Medium) -> tuple[str, ...]:
    what = (
        medium.caption
        or (medium.description.text if medium.description else None)
        or medium.alt
        or medium.url
        or medium.local_path
        or ""
    )
    account = medium.account
    by = f"{account.platform or ''}:{account.handle or account.name or account.as_written or '?'}" if account else ""
    dates = _joined(f"{d.value} {d.role}" for d in medium.stated_dates)
    places = _joined(p.name for p in medium.stated_places)
    return (medium.id, say("kind", medium.kind), say("role", medium.role), _cut(what), medium.credit or "", by, dates, places)


def _post(post: Post) -> tuple[str, ...]:
    by = f"@{post.handle}" if post.handle else post.author_name or "unnamed"
    return (post.id, post.platform, by, post.date or "", post.embedding, _cut(post.text or post.url or ""))


def _citation(citation: Citation) -> tuple[str, ...]:
    words = citation.span.text if citation.span else citation.cue or ""
    about = _joined(citation.about)
    return (citation.id, _party(citation.citing), _party(citation.cited), say("relation", citation.relation), about, _cut(words))


def _party(party: Party) -> str:
    if party.kind == "this-article":
        return "this article"
    if party.platform and party.handle:
        return f"{party.platform}:@{party.handle}"
    return party.name or party.as_written or "unnamed"


def _claim(claim: Claim) -> tuple[str, ...]:
    return (f"claim: {claim.type}", claim.about or "the story", _cut(claim.span.text))


def _hedge(hedge: Hedge) -> tuple[str, ...]:
    return (f"reservation: {hedge.type}", _joined(hedge.about) or "the story", _cut(hedge.text))


def _review(review: Review) -> tuple[str, ...]:
    return (review.id, _cut(review.reviewed or ""), review.rating or review.rating_value or "", review.author or "")


def _cut(text: str) -> str:
    return shorten(" ".join(text.split()), LONGEST)


def _joined(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))
