"""Records as plain tables of text for a terminal; every cell is safe to print there."""

from collections.abc import Iterable, Mapping

from provenance.records import (
    Asset,
    CarryingDocument,
    Conflict,
    Correction,
    DocumentSpan,
    Dossier,
    Fingerprint,
    Match,
    Member,
    StoredDocument,
    VerifiedItem,
    Visual,
)
from provenance.reference import interests
from provenance.report.cells import ID_SHOWN, UNKNOWN, Table, made, origin_name
from provenance.report.corrections import called
from provenance.report.glance import glance, plain
from provenance.report.index import Index
from provenance.report.layers import published
from provenance.report.quotes import Quote, hop_quote
from provenance.report.views import loop_quotes, losses
from provenance.report.wording import count, say


def visuals(found: Iterable[Visual]) -> Table:
    """One row a visual: the reuse table."""
    columns = ("id", "used by", "earliest known origin", "what", "status and disagreements")
    return made("Visuals", columns, [_visual(visual) for visual in found])


def show(visual: Visual, documents: Mapping[str, StoredDocument]) -> list[Table]:
    """One visual: at a glance, its appearances, its conflicts."""
    index = _index(visual, documents)
    uses = made(
        "Appearances",
        ("document", "published", "what it shows and says", "why it is counted in"),
        [_use(member, index) for member in visual.members],
    )
    conflicts = made("Conflicts", ("field", "severity", "values", "reading"), [_conflict(c, index) for c in visual.conflicts])
    more = [conflicts, _losses(visual, index), _times(visual, index), _copies(visual, index), _interests(visual, index)]
    return [_facts(visual, index), uses, *(table for table in (*more, unresolved([visual], documents)) if table.rows)]


def chain(visual: Visual, documents: Mapping[str, StoredDocument]) -> list[Table]:
    """The ways to the earliest known source, and the words that show each hop."""
    index = _index(visual, documents)
    ways = [(" → ".join([_name(index, c[0]), *(_name(index, name) for name in c[1:])]),) for c in visual.chains]
    hops = [
        (
            str(n),
            _name(index, hop.citing),
            _name(index, hop.cited),
            say("relation", hop.relation),
            _quoted(hop_quote(index, hop)),
            _name(index, hop.document),
        )
        for n, hop in enumerate(visual.hops, 1)
    ]
    return [
        made(f"Chains of {visual.id}", ("from the document to the earliest known source",), ways),
        made("The words that show each hop", ("no.", "who", "from whom", "relation", "words", "document"), hops),
    ]


def corrections(visual: Visual, found: Iterable[Correction], documents: Mapping[str, StoredDocument]) -> Table:
    """One row a document of each who must be told when the visual falls, and one for each who is only named."""
    index = _index(visual, documents)
    rows = [row for correction in found for row in _correction(correction, index)]
    columns = ("whom", "part", "where", "their words")
    return made(f"Whom to tell if it falls: {visual.label} ({visual.id}, {say('status', visual.status).lower()})", columns, rows)


def unresolved(found: Iterable[Visual], documents: Mapping[str, StoredDocument]) -> Table:
    """What remains to be found about where visuals come from: one row a question, with the words that leave it open."""
    rows = [
        (visual.id, _shortened(visual.label), item.what, _said_by(item.spans, item.documents, index))
        for visual in found
        for index in [_index(visual, documents)]
        for item in visual.unresolved
    ]
    return made("Still to be found", ("id", "visual", "work", "words"), rows)


def _shortened(label: str) -> str:
    return label.split(" — ", maxsplit=1)[0]


def _said_by(spans: Iterable[DocumentSpan], named: Iterable[str], index: Index) -> str:
    said = {span.document: None for span in spans}
    words = [f"“{span.text}” ({_name(index, span.document)})" for span in spans]
    return " · ".join([*words, *(f"{_name(index, d)}: no words recorded" for d in named if d not in said)])


def documents(found: Iterable[StoredDocument]) -> Table:
    """One row a stored document."""
    columns = ("id", "outlet", "headline", "published", "media", "posts", "warnings", "source")
    return made("Documents", columns, [_document(stored) for stored in found])


def verify(items: Iterable[VerifiedItem], *, all_items: bool = False) -> Table:
    """What did not pass, item by item, under a title that counts; `all_items` lists what passed as well."""
    found = list(items)
    counts = {result: sum(item.result == result for item in found) for result in ("passed", "failed", "not-checked")}
    counts |= {result: n for result in ("redacted", "repaired") if (n := sum(item.result == result for item in found))}
    title = "Verified: " + ", ".join(f"{number:,} {say('result', result).lower()}" for result, number in counts.items())
    rows = [
        (item.kind, item.item, say("result", item.result), item.why) for item in found if all_items or item.result != "passed"
    ]
    return made(title, ("kind", "item", "result", "why"), rows)


def compare(left: Asset, right: Asset, match: Match | None) -> Table:
    """Two assets beside each other, and what their comparison gives."""
    rows = [
        ("SHA-256", left.sha256, right.sha256),
        ("type", left.media_type, right.media_type),
        ("size", f"{left.size:,} bytes", f"{right.size:,} bytes"),
        ("pixels", _pixels(left), _pixels(right)),
        *([("length", _length(left), _length(right))] if left.seconds or right.seconds else []),
        *_hashes(left, right),
    ]
    verdict = (
        f"{say('verdict', match.verdict)}: {match.explanation}"
        if match
        else "no match by any rule; this does not prove that they differ"
    )
    return made(f"Verdict: {verdict}", ("", "first", "second"), rows)


# ------------------------------------------------------------------ rows


def _index(visual: Visual, documents: Mapping[str, StoredDocument]) -> Index:
    return Index(Dossier(title="", made_at="", made_by="", visuals=(visual,), documents=documents))


def _name(index: Index, name: str) -> str:
    return f"{index.ref(name).name} ({name[:ID_SHOWN]})" if name in index.documents else name


def _visual(visual: Visual) -> tuple[str, ...]:
    fields = dict.fromkeys(f"{say('field', c.field).lower()}{' (hard)' * (c.severity == 'hard')}" for c in visual.conflicts)
    state = f"{say('status', visual.status)}; {'they disagree on ' + ', '.join(fields) if fields else 'no disagreement found'}"
    state += "; marked graphic" if visual.graphic == "graphic" else ""
    return (visual.id, _reuse(visual), origin_name(visual.origin) or UNKNOWN, _shortened(visual.label), state)


def _reuse(visual: Visual) -> str:
    counted = ((visual.documents, "doc"), (visual.outlets, "outlet"), (visual.independent_origins, "origin"))
    return ", ".join(f"{n} {what}{'s' if n > 1 else ''}" if n else f"{UNKNOWN} {what}s" for n, what in counted)


def _facts(visual: Visual, index: Index) -> Table:
    origin = origin_name(visual.origin) or UNKNOWN
    rows = [
        ("what", visual.label),
        ("status", f"{say('status', visual.status)}{f': {visual.status_basis}' if visual.status_basis else ''}"),
        ("graphic content", f"{say('graphic', visual.graphic)}{f': {visual.graphic_basis}' if visual.graphic_basis else ''}"),
        ("at a glance", plain(glance(visual, index))),
        ("earliest known origin", f"{origin}: {visual.origin.why}"),
        (
            "first seen",
            f"{published(visual.first_seen.at)}, {_name(index, visual.first_seen.document)}" if visual.first_seen else UNKNOWN,
        ),
    ]
    return made(visual.id, ("", ""), rows)


def _use(member: Member, index: Index) -> tuple[str, ...]:
    medium = index.medium(member)
    what = f"{say('kind', medium.kind)}, {say('role', medium.role)}" if medium else UNKNOWN
    ref = index.ref(member.document)
    when = member.published or (ref.stored.document.document.published if ref.stored else None)
    outlet = member.outlet or ref.outlet or "unknown outlet"
    said = [what, f"“{member.caption}”" if member.caption else None, f"credit: {member.credit}" if member.credit else None]
    why = f"{say('verdict', member.confidence)}, by {say('how', member.how)}: {member.why}"
    return (f"{outlet} ({member.document[:ID_SHOWN]})", published(when), "; ".join(filter(None, said)), why)


def _conflict(conflict: Conflict, index: Index) -> tuple[str, ...]:
    sides = [f"{value.value} ({', '.join(_name(index, d) for d in value.documents)})" for value in conflict.values]
    return (say("field", conflict.field), say("severity", conflict.severity), " | ".join(sides), conflict.reading)


def _copies(visual: Visual, index: Index) -> Table:
    rows = [
        (", ".join(_name(index, d) for d in group.documents), f"{group.shared:.0%}", _said_by(group.spans, (), index))
        for group in visual.copies
    ]
    return made("One text in several documents, counted as one source", ("documents", "in common", "longest passage"), rows)


def _losses(visual: Visual, index: Index) -> Table:
    rows = [
        (say("loss", loss.kind).lower(), _name(index, loss.document), loss.reading, _said_by(loss.spans, (), index))
        for loss in losses(visual)
    ]
    rows += [
        (
            "a circle, which confirms nothing",
            " → ".join(_name(index, name) for name in loop),
            "",
            " · ".join(f"{_quoted(q)} ({_name(index, q.ref.id)})" for q in loop_quotes(visual, loop, index)),
        )
        for loop in visual.loops
    ]
    return made("Lost or hardened on the way", ("what", "who", "reading", "words"), rows)


def _times(visual: Visual, index: Index) -> Table:
    rows = [
        (say("ordered", t.result).lower(), _name(index, t.document), t.cited, t.why, _said_by(t.spans, (), index))
        for t in sorted(visual.citing_times, key=lambda t: ("impossible", "not-checked", "in-order").index(t.result))
    ]
    return made("Whether the times allow it", ("result", "who", "what it cites or gives", "why", "words"), rows)


def _interests(visual: Visual, index: Index) -> Table:
    rows = [
        (i.party, interests.say(i.label), "words" if i.basis == "words" else "known of the name", _said_by(i.spans, (), index))
        for i in visual.interests
    ]
    return made("Sources that may have an interest", ("source", "what it is", "by", "words"), rows)


def _correction(correction: Correction, index: Index) -> list[tuple[str, ...]]:
    whom = called(correction)
    part = say("part", correction.part)
    others = len(correction.cited_by)
    if others:
        part += f"; {count(others, 'document has', 'documents have')} it from there"
    if not correction.documents:
        words = " · ".join(f"“{span.text}” ({_name(index, span.document)})" for span in correction.named_in)
        return [(whom, part, "no document at hand", words or "no words recorded")]
    return [(whom, _as_sure(part, d), _where(d), _passages(d)) for d in correction.documents]


def _as_sure(part: str, document: CarryingDocument) -> str:
    words = "speaks of it without showing it" + part.removeprefix(say("part", "carries")) if document.shows is False else part
    return (
        words if document.confidence == "same" else f"{words}; {say('verdict', document.confidence)} only: look before you tell"
    )


def _where(document: CarryingDocument) -> str:
    facts = [document.headline, document.url or document.source, published(document.published), document.document[:ID_SHOWN]]
    return "; ".join(filter(None, facts))


def _passages(document: CarryingDocument) -> str:
    said = [
        f"{say('passage', p.kind)}: “{p.text}”{f' ({p.span.start}–{p.span.end})' if p.span else ''}" for p in document.passages
    ]
    return " · ".join(said) or "shown without words"


def _quoted(quote: Quote | None) -> str:
    if quote is None:
        return "no words recorded"
    words = f"“{''.join(piece.text for piece in quote.pieces)}{'…' if quote.cut else ''}”"
    return words if quote.matches else f"{words} ({'not at that place in the text' if quote.matches is False else 'not checked'})"


def _document(stored: StoredDocument) -> tuple[str, ...]:
    document = stored.document
    facts = document.document
    outlet = facts.outlet.name or facts.outlet.domain or UNKNOWN
    counts = (str(len(document.media)), str(len(document.posts)), str(len(document.warnings)))
    return (stored.id[:ID_SHOWN], outlet, facts.headline or "", published(facts.published), *counts, document.source)


def _pixels(asset: Asset) -> str:
    return f"{asset.width} × {asset.height}" if asset.width and asset.height else UNKNOWN


SHOWN_BITS = 256
"""Longer codes are for programs."""


def whole(read: Asset) -> list[Fingerprint]:
    """The fingerprints of the whole picture as it is; those of its parts say in their version what they are of."""
    return [print_ for print_ in read.fingerprints if ";" not in print_.version]


def _length(read: Asset) -> str:
    return f"{read.seconds:.1f} s" if read.seconds else "no clip"


def _hashes(left: Asset, right: Asset) -> list[tuple[str, str, str]]:
    values = [{(f.algorithm, f.bits): f.value for f in whole(asset) if f.bits <= SHOWN_BITS} for asset in (left, right)]
    missing = [asset.not_hashable or ("of its frames" if asset.seconds else "none") for asset in (left, right)]
    keys = dict.fromkeys([*values[0], *values[1]])
    return [
        (f"{name} ({bits} bits)", values[0].get((name, bits), missing[0]), values[1].get((name, bits), missing[1]))
        for name, bits in keys
    ]
