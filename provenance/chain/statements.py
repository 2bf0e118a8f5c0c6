"""What one document says on one field of a visual, and conflicts made of several."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from provenance.chain import cues, sentences
from provenance.chain.appearance import Appearance
from provenance.records import Conflict, ConflictField, ConflictValue, DocumentSpan, Severity, Span

MOST_SPANS = 8
MOST_VALUES = 24
"""A page shows no more, but for one quotation of each document; the first ones are kept."""
REACH = 40
"""Code points before a description in which its verb and its noun stand: "a photograph claiming to capture …"."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One value that one document gives, and the words that show it."""

    value: str
    document: str
    start: int | None = None
    end: int | None = None
    text: str | None = None


def state(member: Appearance, value: str, span: Span | None) -> Statement:
    """A statement with the words of a span, which may be unknown."""
    document = member.key.document
    return Statement(value, document, span.start, span.end, span.text) if span else Statement(value, document)


def quote(member: Appearance, start: int, end: int, value: str | None = None) -> Statement:
    """A statement that is a slice of the document's text."""
    text = member.document.text[start:end]
    return Statement(value or text, member.key.document, start, end, text)


def conflict(field: ConflictField, statements: Iterable[Statement], severity: Severity, reading: str) -> Conflict:
    """A conflict of statements, those of one value together."""
    by_value: dict[str, dict[Statement, None]] = {}
    for statement in statements:
        by_value.setdefault(statement.value, {})[statement] = None
    values = tuple(_value(value, list(said)) for value, said in list(by_value.items())[:MOST_VALUES])
    return Conflict(field=field, values=values, severity=severity, reading=reading)


def _value(value: str, said: Sequence[Statement]) -> ConflictValue:
    """The value with the words of every document that states it, the first of each before any second one."""
    spans = [
        DocumentSpan(document=s.document, start=s.start, end=s.end, text=s.text)
        for s in said
        if s.start is not None and s.end is not None and s.text is not None
    ]
    firsts = set({span.document: at for at, span in reversed(list(enumerate(spans)))}.values())
    others = [at for at in range(len(spans)) if at not in firsts][: max(0, MOST_SPANS - len(firsts))]
    kept = sorted([*firsts, *others])
    documents = tuple(dict.fromkeys(s.document for s in said))
    return ConflictValue(value=value, documents=documents, spans=tuple(spans[at] for at in kept))


def cued(group: str, member: Appearance, start: int, end: int) -> list[tuple[int, int]]:
    """Where cues of a group stand in a part of the document's text, in its language."""
    return cues.find(group, member.document.text, start, end, member.document.document.language)


def spans_of(member: Appearance) -> list[Span]:
    """The slices of the document that speak of a visual, in order, each once."""
    medium = member.medium
    claims = [c.span for c in member.document.claims if c.about == medium.id and c.type == "depiction"]
    found = {s for s in (medium.caption_span, medium.description, *medium.mentions, *claims) if s}
    return sorted(found, key=lambda s: (s.start, s.end))


def windows(member: Appearance) -> list[tuple[int, int]]:
    """The same slices with the words before them, joined where they meet."""
    found: list[tuple[int, int]] = []
    for span in spans_of(member):
        start = max(0, span.start - REACH)
        line = member.document.text.rfind("\n", start, span.start)
        start = line + 1 if line >= 0 else start
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], span.end))
        else:
            found.append((start, span.end))
    return found


def spans_around(member: Appearance) -> list[tuple[int, int]]:
    """The whole sentences that speak of a visual, joined where they meet."""
    text, found = member.document.text, list[tuple[int, int]]()
    for start, end in sorted(sentences.around(text, s.start, s.end) for s in spans_of(member)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def said_in(texts: Iterable[str]) -> str:
    """Quoted values for a sentence: “a”, “b” and “c”, shortened."""
    quoted = [
        f"“{t if len(t) <= REACH * 2 else t[: REACH * 2 - 1].rstrip() + '…'}”"
        for t in dict.fromkeys(" ".join(t.split()).rstrip(".,;:") for t in texts)
    ]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
