"""What the page shows of one visual, gathered from the records before a template sees it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from provenance.records import (
    Assessment,
    CarryingDocument,
    ChainHop,
    CitingTime,
    Conflict,
    ConflictValue,
    Correction,
    Decision,
    DocumentSpan,
    Interest,
    Loss,
    LossKind,
    Marking,
    Medium,
    Member,
    OpenOrigin,
    Ordered,
    Passage,
    Span,
    TextCopies,
    Visual,
)
from provenance.reference import interests
from provenance.report.cells import origin_name
from provenance.report.corrections import called, corrections
from provenance.report.glance import Line, glance, outlets
from provenance.report.index import DocumentRef, Index
from provenance.report.layers import Drawing, draw, published
from provenance.report.quotes import Quote, hop_quote, quote
from provenance.report.timeline import Timeline, timeline
from provenance.report.wording import say

PNG = b"\x89PNG\r\n\x1a\n"
MOST_PICTURES = 6
MOST_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A thumbnail (PNG bytes of our own making) and the appearance that it is of.

    Of a graphic one, `veiled` is shown until a person chooses to look; None where it could not be made. `content` of one that was
    left out is None.
    """

    content: bytes | None
    graphic: bool
    veiled: bytes | None
    asset: str
    member: Member
    ref: DocumentRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One side of a conflict."""

    value: str
    refs: tuple[DocumentRef, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words for one hop, numbered as in the drawing."""

    number: int
    hop: ChainHop
    citing: str
    cited: str
    ref: DocumentRef
    quote: Quote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One appearance, with what its document says of it."""

    member: Member
    ref: DocumentRef
    medium: Medium | None
    published: str | None
    no_bytes: str | None
    caption: Quote | None = None
    credit: Quote | None = None
    said: Quote | None = None
    stated: tuple[tuple[str, Quote], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One who must be told if the visual falls; `documents` with the passages of each, or the words that name who has none."""

    correction: Correction
    whom: str
    documents: tuple[tuple[CarryingDocument, DocumentRef, tuple[tuple[Passage, Quote | None], ...]], ...]
    named: tuple[Quote, ...]
    cited_by: tuple[DocumentRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """One way to a source, and all documents that lead that way; `steps` is empty for those that name no source.

    `numbers` are those of the words that show its hops.
    """

    refs: tuple[DocumentRef, ...]
    steps: tuple[str, ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One visual as the page shows it."""

    number: int
    visual: Visual
    outlets: int
    unknown_outlets: int
    severities: Counter[str]
    glance: list[Line]
    pictures: list[Picture]
    more_pictures: int
    has_bytes: bool
    words: list[Quote]
    timeline: Timeline
    undated: list[DocumentRef]
    first_seen: tuple[DocumentRef, Quote | None] | None
    origin: str | None
    leading: list[DocumentRef]
    leading_words: list[int]
    drawing: Drawing | None
    paths: list[Path]
    hops: list[Words]
    conflicts: list[tuple[Conflict, list[Value]]]
    uses: list[Use]
    told: list[Told]
    open: list[tuple[OpenOrigin, list[Quote], list[DocumentRef]]]
    copies: list[tuple[TextCopies, list[Quote], list[DocumentRef]]]
    interests: list[tuple[Interest, str, list[Quote]]]
    loops: list[tuple[list[tuple[str, DocumentRef | None]], list[Quote]]]
    lost: list[tuple[Loss, DocumentRef, list[Quote]]]
    impossible: list[tuple[CitingTime, DocumentRef, list[Quote]]]
    unchecked: list[tuple[CitingTime, DocumentRef]]
    in_order: list[tuple[CitingTime, DocumentRef]]
    assessments: list[Assessment]
    decisions: list[Decision]
    markings: list[Marking]
    warnings: list[tuple[DocumentRef, str]]


def card(number: int, visual: Visual, index: Index) -> Card:
    """The card of a visual; `number` is its place in the report, from 1."""
    known, unknown = outlets(visual, index)
    pictures = _pictures(visual, index)
    when = timeline(visual, index)
    return Card(
        number=number,
        visual=visual,
        outlets=known,
        unknown_outlets=unknown,
        severities=Counter(conflict.severity for conflict in visual.conflicts),
        glance=glance(visual, index),
        pictures=pictures[:MOST_PICTURES],
        more_pictures=max(len(pictures) - MOST_PICTURES, 0),
        has_bytes=any(member.asset for member in visual.members),
        words=_words(visual, index),
        timeline=when,
        undated=[index.ref(document) for document in when.undated],
        first_seen=_first_seen(visual, index),
        leading=[index.ref(document) for document in visual.origin.documents],
        leading_words=_leading_words(visual),
        origin=origin_name(visual.origin),
        drawing=draw(visual, index),
        paths=_paths(visual, index),
        hops=[_hop(n, hop, index) for n, hop in enumerate(visual.hops, 1)],
        conflicts=[(conflict, [_value(value, index) for value in conflict.values]) for conflict in visual.conflicts],
        uses=[_use(member, index) for member in visual.members],
        told=[_told(found, index) for found in corrections(visual, index.dossier.documents)],
        open=[(item, *_quoted(item.spans, item.documents, index)) for item in visual.unresolved],
        copies=[
            (group, [quote(index.ref(s.document), s) for s in group.spans], [index.ref(d) for d in group.documents])
            for group in visual.copies
        ],
        interests=[(i, interests.say(i.label), _quoted(i.spans, (), index)[0]) for i in visual.interests],
        loops=[([_node(name, index) for name in loop], loop_quotes(visual, loop, index)) for loop in visual.loops],
        lost=[(loss, index.ref(loss.document), _quoted(loss.spans, (), index)[0]) for loss in losses(visual)],
        impossible=[(t, ref, _quoted(t.spans, (), index)[0]) for t, ref in _timed(visual, "impossible", index)],
        unchecked=_timed(visual, "not-checked", index),
        in_order=_timed(visual, "in-order", index),
        assessments=index.assessments(visual),
        decisions=index.decisions(visual),
        markings=index.markings(visual),
        warnings=_warnings(visual, index),
    )


def _leading_words(visual: Visual) -> list[int]:
    """The numbers of the hops that end at the origin."""
    names = {name.casefold() for name in (origin_name(visual.origin), visual.origin.name) if name}
    return [
        n for n, hop in enumerate(visual.hops, 1) if hop.cited.casefold() in names and hop.document in visual.origin.documents
    ]


def _first_seen(visual: Visual, index: Index) -> tuple[DocumentRef, Quote | None] | None:
    seen = visual.first_seen
    if seen is None:
        return None
    ref = index.ref(seen.document)
    return ref, quote(ref, seen.span) if seen.span else None


def _name(name: str, index: Index) -> str:
    if name not in index.documents:
        return name
    ref = index.ref(name)
    return f"{ref.number} {ref.name}"


def _node(name: str, index: Index) -> tuple[str, DocumentRef | None]:
    """A name of a chain, and the document that it is, where it is one."""
    return name, index.ref(name) if name in index.documents else None


def _pictures(visual: Visual, index: Index) -> list[Picture]:
    """One picture for each different asset, in the order of the members; only PNG bytes are ever shown."""
    found: dict[str, Picture] = {}
    for member in visual.members:
        if member.asset and member.asset not in found and (picture := _picture(member, member.asset, index)):
            found[member.asset] = picture
    return list(found.values())


def _picture(member: Member, asset: str, index: Index) -> Picture | None:
    content, veiled = (kept.get(asset, b"") for kept in (index.dossier.thumbnails, index.dossier.veiled))
    graphic = member.graphic == "graphic"
    if not content.startswith(PNG) and not (graphic and veiled.startswith(PNG)):
        return None
    return Picture(
        content=content if content.startswith(PNG) else None,
        graphic=graphic,
        veiled=veiled if veiled.startswith(PNG) else None,
        asset=asset,
        member=member,
        ref=index.ref(member.document),
    )


def _words(visual: Visual, index: Index) -> list[Quote]:
    """What documents say that the visual shows, for one that is known from words only."""
    spans = [(index.ref(m.document), medium) for m in visual.members if (medium := index.medium(m))]
    found = [
        (ref, span)
        for ref, medium in spans
        if (span := medium.description or medium.caption_span or next(iter(medium.mentions), None))
    ]
    return [quote(ref, span) for ref, span in found[:MOST_WORDS]]


def _paths(visual: Visual, index: Index) -> list[Path]:
    ways: dict[tuple[str, ...], dict[str, None]] = {}
    for chain in visual.chains:
        ways.setdefault(chain[1:], {})[chain[0]] = None
    numbers: dict[tuple[str, str], list[int]] = {}
    for number, hop in enumerate(visual.hops, 1):
        numbers.setdefault((hop.citing, hop.cited), []).append(number)
    paths = [
        Path(
            refs=tuple(index.ref(d) for d in documents),
            steps=tuple(_name(name, index) for name in steps),
            numbers=_numbers(numbers, steps, documents),
        )
        for steps, documents in ways.items()
    ]
    return sorted(paths, key=lambda path: (not path.steps, -len(path.refs), path.steps))


def _numbers(numbers: Mapping[tuple[str, str], list[int]], steps: tuple[str, ...], documents: Iterable[str]) -> tuple[int, ...]:
    """The numbers of the hops of a way, from each of its documents."""
    pairs = [(document, steps[0]) for document in documents if steps] + list(pairwise(steps))
    return tuple(dict.fromkeys(number for pair in pairs for number in numbers.get(pair, ())))


def _hop(number: int, hop: ChainHop, index: Index) -> Words:
    citing, cited = _name(hop.citing, index), _name(hop.cited, index)
    return Words(number=number, hop=hop, citing=citing, cited=cited, ref=index.ref(hop.document), quote=hop_quote(index, hop))


def _value(value: ConflictValue, index: Index) -> Value:
    quotes, refs = _quoted(value.spans, value.documents, index)
    return Value(value=value.value, refs=tuple(refs), quotes=tuple(quotes))


def _use(member: Member, index: Index) -> Use:
    ref = index.ref(member.document)
    stored, medium = ref.stored, index.medium(member)
    return Use(
        member=member,
        ref=ref,
        medium=medium,
        published=member.published or (stored.document.document.published if stored else None),
        no_bytes=stored.no_bytes.get(member.media) if stored else None,
        caption=_as_printed(ref, member.caption, medium.caption_span) if medium else None,
        credit=_as_printed(ref, member.credit, medium.credit_span) if medium else None,
        said=_said(ref, medium) if medium else None,
        stated=_stated(ref, medium) if medium else (),
    )


def _as_printed(ref: DocumentRef, words: str | None, span: Span | None) -> Quote | None:
    """The quote of a caption or credit, where it is the words of its span, however broken into lines."""
    return quote(ref, span) if span and words and words.split() == span.text.split() else None


def _said(ref: DocumentRef, medium: Medium) -> Quote | None:
    """The words that speak of a medium without a caption: its description, the first mention, or the post that carries it."""
    posts = (p for p in (ref.stored.document.posts if ref.stored else ()) if p.id == medium.post or medium.id in p.media)
    spans = [medium.description, *medium.mentions, *(p.span for p in posts)]
    return next((quote(ref, span) for span in spans if span), None)


def _stated(ref: DocumentRef, medium: Medium) -> tuple[tuple[str, Quote], ...]:
    """What the document states of days and places, as it is understood, with its words."""
    days = [(f"{say('date_role', d.role)}: {published(d.value)}", quote(ref, d.span)) for d in medium.stated_dates]
    return (*days, *((f"place: {p.name}", quote(ref, p.span)) for p in medium.stated_places if p.span))


def _quoted(spans: Iterable[DocumentSpan], documents: Iterable[str], index: Index) -> tuple[list[Quote], list[DocumentRef]]:
    """The quotes of some spans, and the documents that are meant and have no words among them."""
    quotes = [quote(index.ref(span.document), span) for span in spans]
    quoted = {found.ref.id for found in quotes}
    return quotes, [index.ref(d) for d in documents if d not in quoted]


def losses(visual: Visual) -> list[Loss]:
    """What documents left out or hardened; one that is only named as doing so comes without words."""
    told = {(loss.kind, loss.document) for loss in visual.losses}
    named: list[tuple[LossKind, tuple[str, ...]]] = [
        ("hedge-lost", visual.hedge_lost_by),
        ("credit-lost", visual.credit_lost_by),
        ("verdict-hardened", visual.verdict_hardened_by),
    ]
    bare = [Loss(kind=kind, document=d, reading="") for kind, found in named for d in found if (kind, d) not in told]
    return [*visual.losses, *bare]


def loop_quotes(visual: Visual, loop: tuple[str, ...], index: Index) -> list[Quote]:
    """The words by which each in a circle cites the next, where they are on record."""

    def is_it(name: str, wanted: str) -> bool:
        return wanted in {name, index.ref(name).outlet} if name in index.documents else name == wanted

    pairs = list(pairwise(loop))
    hops = (h for h in visual.hops if any(is_it(h.citing, a) and is_it(h.cited, b) for a, b in pairs))
    return [found for hop in hops for found in [hop_quote(index, hop)] if found]


def _timed(visual: Visual, result: Ordered, index: Index) -> list[tuple[CitingTime, DocumentRef]]:
    return [(t, index.ref(t.document)) for t in visual.citing_times if t.result == result]


def _told(correction: Correction, index: Index) -> Told:
    at_hand = ((d, index.ref(d.document)) for d in correction.documents)
    return Told(
        correction=correction,
        whom=called(correction),
        documents=tuple((d, ref, tuple((p, quote(ref, p.span) if p.span else None) for p in d.passages)) for d, ref in at_hand),
        named=() if correction.documents else tuple(quote(index.ref(span.document), span) for span in correction.named_in),
        cited_by=tuple(index.ref(document) for document in correction.cited_by),
    )


def _warnings(visual: Visual, index: Index) -> list[tuple[DocumentRef, str]]:
    refs = dict.fromkeys(index.ref(member.document) for member in visual.members)
    absent = [
        (ref, "this document is not part of the dossier, so its words could not be checked") for ref in refs if not ref.stored
    ]
    return absent + [(ref, warning) for ref in refs if ref.stored for warning in ref.stored.document.warnings]
