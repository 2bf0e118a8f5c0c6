"""Conflicts of wording: how surely it shows what it is said to, what is made of it, where in the scene, how many, how judged."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from provenance.chain import cues, sentences
from provenance.chain.appearance import Appearance
from provenance.chain.judgements import FIRM, judgements
from provenance.chain.losses import DOUBT
from provenance.chain.statements import REACH, Statement, conflict, cued, quote, said_in, windows
from provenance.chain.words import Words, concept_of, fold, lexicon, read
from provenance.records import Claim, Conflict, ConflictField, Hedge, Severity
from provenance.reference import places

DEPICTION_DOUBT = frozenset(["allegation", "appearance"])
DISTANCING = frozenset(["allegation", "appearance", "hearsay"])
LONGEST_CLAUSE = 140
LONGEST_TITLE = 200
NAMES = {"false": "false or staged", "true": "genuine", "open": "not verified"}
NEXT_WORDS = 4
"""An object stands within four words of its preposition: "near a small mining site"."""


def certainty(members: Sequence[Appearance]) -> Conflict | None:
    """Some say that it shows, others that it is claimed or appears to show."""
    asserted = [s for m in members for s in _asserted(m)]
    distanced = [s for m in members for s in _distanced(m)]
    if not asserted or not distanced:
        return None
    reading = f"{said_in([asserted[0].value])} says outright what {said_in([distanced[0].value])} only reports or finds likely."
    return conflict("depiction", [*asserted, *distanced], "soft", reading)


def _asserted(member: Appearance) -> Iterator[Statement]:
    """Verbs of showing without a distancing word in the same window, and captions without any."""
    text = member.document.text
    far = [s for start, end in windows(member) for s in cued("distances", member, start, end)] + _hedged(member)
    for start, end in windows(member):
        for at, stop in cued("asserts", member, start, end):
            if not any(at - REACH <= a <= stop + 2 for a, _ in far):
                yield quote(member, at, _clause_end(text, stop, min(end, stop + REACH)))
    caption = member.medium.caption_span
    if caption and not any(caption.start <= a < caption.end for a, _ in far):
        yield quote(member, caption.start, _clause_end(text, caption.start, min(caption.end, caption.start + 2 * REACH)))


def _hedged(member: Appearance) -> list[tuple[int, int]]:
    return [(h.span.start, h.span.end) for h in _hedges(member) if h.type in DISTANCING]


def _distanced(member: Appearance) -> Iterator[Statement]:
    """Distancing words in or right before what it is said to show, and doubts about that elsewhere, with what follows."""
    text = member.document.text
    found = {at: (stop, end) for start, end in windows(member) for at, stop in cued("distances", member, start, end)}
    doubts = {h.span.start: (h.span.end, len(text)) for h in _hedges(member) if h.type in DEPICTION_DOUBT}
    for at, (stop, end) in sorted({**doubts, **found}.items()):
        yield quote(member, at, _clause_end(text, stop, min(end, stop + REACH)))


def _clause_end(text: str, start: int, limit: int, *, short: bool = True) -> int:
    """The end of a clause: at a comma, a full stop or a line's end, and before a word that would be cut.

    A short one ends after its noun: before a preposition with a content word in front of it.
    """
    stops = [i for i in (text.find(mark, start, limit) for mark in (",", ". ", "\n", "(")) if i > start]
    if short:
        stops += [at for at, _ in cues.find("breaks", text, start, limit) if len(text[start:at].split()) > 1]
    end = min([*stops, limit])
    if end == limit and end < len(text) and text[end].isalnum() and " " in text[start:end]:
        end = text.rfind(" ", start, end)
    return len(text[:end].rstrip())


def _hedges(member: Appearance) -> list[Hedge]:
    claims = _claims(member)
    subjects = {member.medium.id, *(c.id for c in claims)}
    return [h for h in member.document.hedges if not subjects.isdisjoint(h.about) or any(_in(h, c) for c in claims)]


def _in(hedge: Hedge, claim: Claim) -> bool:
    return claim.span.start <= hedge.span.start and hedge.span.end <= claim.span.end


def _claims(member: Appearance) -> list[Claim]:
    return [c for c in member.document.claims if c.about == member.medium.id]


def inference(members: Sequence[Appearance]) -> Conflict | None:
    """Two documents draw a like conclusion from it in words of different strength."""
    drawn = [(read([s.value], m.document.document.language), cue, s) for m in members for cue, s in _inferences(m)]
    pairs = [
        (a, b) for a, b in combinations(drawn[:40], 2) if a[2].document != b[2].document and a[1] != b[1] and _alike(a[0], b[0])
    ]
    if not pairs:
        return None
    pairs.sort(key=lambda pair: sum(len(s.value) for _, _, s in pair))
    kept = {s: None for pair in pairs for _, _, s in pair}
    (_, _, left), (_, _, right) = pairs[0]
    return conflict(
        "depiction", kept, "soft", f"What it means is put with different strength: {said_in([left.value, right.value])}."
    )


def _inferences(member: Appearance) -> Iterator[tuple[str, Statement]]:
    """Clauses about the visual that begin with a doubting word, outside what it is said to show."""
    shown, text = windows(member), member.document.text
    for hedge in _hedges(member):
        inside = any(a <= hedge.span.start < b for a, b in shown) and hedge.type in DISTANCING
        if hedge.type in DOUBT - {"non-confirmation"} and not inside:
            end = min(sentences.around(text, hedge.span.start, hedge.span.end)[1], hedge.span.start + LONGEST_CLAUSE)
            yield fold(hedge.text), quote(member, hedge.span.start, _clause_end(text, hedge.span.end, end, short=False))


def _alike(left: Words, right: Words) -> bool:
    """Two clauses speak of the same when they share two content words or concepts."""
    shared = left.telling & right.telling, left.common & right.common, left.nations & right.nations
    return sum(len(s) for s in shared) > 1


def position(members: Sequence[Appearance]) -> Conflict | None:
    """On or over a thing in one document, near it in another."""
    found = [(obj, "there", s) for m in members for obj, s in _placed("there", m)]
    found += [(obj, "near", s) for m in members for obj, s in _placed("near", m)]
    torn = {obj for obj, _, _ in found if {side for o, side, _ in found if o == obj} == {"there", "near"}}
    if not torn:
        return None
    said = [s for obj, _, s in found if obj in torn]
    on = next(s for obj, side, s in found if obj in torn and side == "there")
    near = next(s for obj, side, s in found if obj in torn and side == "near")
    return conflict(
        "depiction", said, "soft", f"{said_in([on.value])} is not {said_in([near.value])}: the position in the scene differs."
    )


def _placed(side: str, member: Appearance) -> Iterator[tuple[str, Statement]]:
    """Things shown, each with the preposition before it."""
    text, language = member.document.text, (member.document.document.language or "en")[:2]
    spans = [(max(0, p.span.start - REACH // 2), p.span.end) for p in member.medium.stated_places if p.span]
    for start, end in {*windows(member), *spans}:
        for at, stop in cued(side, member, start, end):
            words = text[stop : stop + REACH].split()[:NEXT_WORDS]
            obj = next(((o, w) for w in words for o in [_object(w, language)] if o), None)
            if obj and not _cut(text[stop : text.find(obj[1], stop)]):
                yield obj[0], quote(member, at, _noun_end(text, text.find(obj[1], stop) + len(obj[1].rstrip('.,;:!?”"’)'))))


def _noun_end(text: str, end: int) -> int:
    """Past the next word where that belongs to the noun: "near a mining" goes on to "site"."""
    following = re.match(r" ([^\W\d_]{4,})(?=[\s,.])", text[end : end + REACH])
    if following and fold(following[1]) not in lexicon().latin["en"].stop and following[1].islower():
        return end + following.end()
    return end


def _object(word: str, language: str) -> str | None:
    bare = fold(word.strip(".,;:!?”“\"()’'"))
    concept = concept_of(bare, language) if bare else None
    if concept and concept not in lexicon().common | lexicon().nations:
        return concept
    entry = places.resolve(word.strip(".,;:!?”“\"()’'"))
    return entry.name if entry and entry.kind != "country" else None


def _cut(between: str) -> bool:
    """Whether a stop or another preposition stands between."""
    return any(mark in between for mark in ",.;:\n") or any(
        cues.find(side, between, 0, len(between)) for side in ("there", "near")
    )


def number(members: Sequence[Appearance]) -> Conflict | None:
    """One picture here, several there."""
    one = [s for m in members for s in _counted("one", m)]
    many = [s for m in members for s in _counted("many", m)]
    if not one or not many:
        return None
    within = {s.document for s in one} & {s.document for s in many}
    reading = f"{said_in([one[0].text or '', many[0].text or ''])}: there may be more than one picture"
    return conflict("number", [*one, *many], "soft", f"{reading}{'; one document says both.' if within else '.'}")


def _counted(group: str, member: Appearance) -> Iterator[Statement]:
    value = "one" if group == "one" else "more than one"
    text = member.document.text
    for start, end in windows(member):
        for at, stop in cued(group, member, start, end):
            yield quote(member, _with_article(text, at), stop, value)


def _with_article(text: str, at: int) -> int:
    """The start of "an" in "an image"."""
    word = text[max(0, at - 5) : at].split(" ")[-2:]
    return at - len(word[0]) - 1 if len(word) == 2 and not word[1] and 0 < len(word[0]) <= 3 and word[0].isalpha() else at  # noqa: PLR2004


def verdict(members: Sequence[Appearance]) -> Conflict | None:
    """Judged false here, genuine or open there."""
    said = {group: [s for m in members for s in _judged(group, m)] for group in ("false", "true", "open")}
    for member in members:
        for judgement in judgements(member):
            if judgement.side and judgement.grade == FIRM:
                said[judgement.side].append(quote(member, judgement.words.start, judgement.words.end, NAMES[judgement.side]))
    found = [group for group, statements in said.items() if statements]
    if len(found) < 2:  # noqa: PLR2004 - one verdict is no conflict
        return None
    severity: Severity = "hard" if said["false"] and said["true"] else "soft"
    field: ConflictField = "verdict"
    quoted = said_in(said[group][0].text or "" for group in found)
    return conflict(field, [s for group in found for s in said[group]], severity, f"It is judged differently: {quoted}.")


def _title(member: Appearance) -> list[tuple[int, int]]:
    """The first line of a page about one visual: what stands there is said of it."""
    line = member.document.text.split("\n", 1)[0]
    return [(0, len(line))] if len({m.kind for m in member.document.media}) == 1 and len(line) <= LONGEST_TITLE else []


def _judged(group: str, member: Appearance) -> Iterator[Statement]:
    """Verdict words in claims of authenticity, in doubts about it, and in what is said to show."""
    text = member.document.text
    claims = [(c.span.start, c.span.end) for c in _claims(member) if c.type == "authenticity"]
    doubts = [
        sentences.around(text, h.span.start, h.span.end) for h in _hedges(member) if h.type in {"non-confirmation", "denial"}
    ]
    for start, end in dict.fromkeys([*claims, *doubts, *windows(member), *_title(member)]):
        for at, stop in cued(group, member, start, end):
            if group != "true" or not cued("open", member, at - REACH, stop + REACH):
                yield quote(member, at, stop, NAMES[group])
