"""Visuals handed to a newsroom: "a clip shared with Sky by the police" comes through Sky, from the police."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from provenance.attribute.citing import THIS, Edge
from provenance.attribute.lexicon import Lexicon, lexicon, section
from provenance.attribute.phrases import left_of, right_of
from provenance.attribute.speakers import MEDIA, Speaker, Speakers, key
from provenance.attribute.text import Sentence
from provenance.records import Party, PartyKind
from provenance.reference import parties

REACH = 70
"""Characters between the verb of giving and the newsroom or the giver."""
SHORTEST = 2
LONGEST_NAME = 4
"""Words of a newsroom's name behind the noun for one."""
AND = re.compile(r"\s(?:and|und|en|et|y|e|și|i|a|и|та|і|й)\s")
"""Behind this, "by" is of the next verb: "leaked to X and seen by Y"."""
PARTNER = re.compile(r"['’]s?\s(?:[\w.]+\s){0,2}(?:partner|affiliate|sister|parent)\b")
"""After the name of a newsroom: another one is named next, and it is that one that is meant."""


def add(sentence: Sentence, found: list[Edge], speakers: Speakers, lex: Lexicon) -> list[Edge]:
    """The edges of a sentence with its handovers: this article has the visual via the newsroom, the newsroom from the giver."""
    if not lex.spaced:
        return [*found, *_by_template(sentence, lex.language)]
    for verb in lex.pattern("handover", "verbs").finditer(sentence.text):
        outlet = _outlet(sentence, verb.span(), lex)
        giver = _giver(sentence, verb.span(), outlet, speakers, lex) if outlet else None
        if outlet and giver and key(giver.party) != key(outlet.party):
            at = (sentence.start + verb.start(), sentence.start + verb.end())
            kept = [e for e in found if not (e.origin and e.relation in ("provided-by", "via") and _meet(e.cue, at))]
            partner = PARTNER.match(sentence.text, giver.end - sentence.start) is not None
            return [*kept, *(e for e in _pair(sentence, at, outlet, giver) if not partner or e.citing is THIS)]
    return [*found, *_held(sentence, found, lex)]


def _held(sentence: Sentence, found: list[Edge], lex: Lexicon) -> Iterator[Edge]:
    """The newsroom that a paper has come to, where nobody is said to have given it: "das dem Portal X zugespielt wurde"."""
    for verb in lex.pattern("handover", "held").finditer(sentence.text):
        outlet = _outlet(sentence, verb.span(), lex)
        if outlet is None or any(e.origin and key(e.cited) == key(outlet.party) for e in found):
            continue
        at = (sentence.start + verb.start(), sentence.start + verb.end())
        where = (min(at[0], outlet.start), max(at[1], outlet.end))
        yield Edge(THIS, outlet.party, "provided-by", at, where, sentence, origin=True)
        return


def _pair(sentence: Sentence, at: tuple[int, int], outlet: Speaker, giver: Speaker) -> Iterator[Edge]:
    where = (min(at[0], outlet.start, giver.start), max(at[1], outlet.end, giver.end))
    yield Edge(THIS, outlet.party, "via", at, where, sentence, origin=True)
    yield Edge(outlet.party, giver.party, "provided-by", at, where, sentence, origin=True)


def _meet(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _outlet(sentence: Sentence, verb: tuple[int, int], lex: Lexicon) -> Speaker | None:
    """The newsroom nearest to the verb: a listed one, or the name that a noun for one stands beside."""
    low, high = max(0, verb[0] - REACH), min(len(sentence.text), verb[1] + REACH)
    named = [
        m
        for m in parties.find(sentence.text[low:high])
        if m.entry.kind in MEDIA and not PARTNER.match(sentence.text, low + m.end)
    ]
    best = min(named, key=lambda m: max(m.start + low - verb[1], verb[0] - m.end - low, 0), default=None)
    if best:
        start, end = sentence.start + low + best.start, sentence.start + low + best.end
        written = sentence.text[low + best.start : low + best.end]
        return Speaker(
            Party(name=best.entry.name, kind=best.entry.kind, domain=best.entry.domain, as_written=written), start, end
        )
    found = (
        _after_noun(sentence, noun.span(), lex) for noun in lex.pattern("nouns", "outlet").finditer(sentence.text, low, high)
    )
    return next((f for f in found if f), None)


def _after_noun(sentence: Sentence, noun: tuple[int, int], lex: Lexicon) -> Speaker | None:
    """The newsroom whose name stands right behind the noun for one: "телеканалу «Дозор»"."""
    phrase = right_of(sentence, sentence.start + noun[1], lex)
    if phrase is None or phrase.start - noun[1] - sentence.start > SHORTEST:
        return None
    run = list(takewhile(lambda w: w.text[0].isupper(), phrase.words[:LONGEST_NAME])) if phrase.quoted is None else []
    name = phrase.quoted or " ".join(w.text for w in run) or None
    end = phrase.end if phrase.quoted else run[-1].end if run else 0
    return Speaker(Party(name=name, kind="broadcaster", as_written=name), sentence.start + noun[0], end) if name else None


def _giver(sentence: Sentence, verb: tuple[int, int], outlet: Speaker, speakers: Speakers, lex: Lexicon) -> Speaker | None:
    """Who gave: after "by", before a postposition for it, before the verb, or behind it."""
    text, at = sentence.text, (sentence.start + verb[0], sentence.start + verb[1])
    low, high = max(0, verb[0] - REACH), min(len(text), max(verb[1], outlet.end - sentence.start) + REACH)
    for by in lex.pattern("handover", "by").finditer(text, low, high):
        if outlet.start >= at[1] and AND.search(text, outlet.end - sentence.start, by.start()):
            continue
        if found := _named(sentence, sentence.start + by.end(), speakers, lex):
            return found
    for after in lex.pattern("handover", "by_after").finditer(text, low, high):
        phrase = left_of(sentence, sentence.start + after.start(), lex)
        if phrase and (found := speakers.of(phrase, sentence)):
            return found
    before = left_of(sentence, min(at[0], _to_start(sentence, outlet, lex) if outlet.end <= at[0] else at[0]), lex)
    before = before if before and not before.start <= outlet.start < before.end else None
    found = speakers.of(before, sentence) if before else None
    return found or _named(sentence, at[1], speakers, lex)


def _to_start(sentence: Sentence, outlet: Speaker, lex: Lexicon) -> int:
    """Where the words "to the" before the newsroom begin."""
    before = sentence.text[: outlet.start - sentence.start]
    to = [m for m in lex.pattern("edges", "to").finditer(before, max(0, len(before) - 15)) if before[m.end() :].strip() == ""]
    return sentence.start + to[0].start() if to else outlet.start


def _named(sentence: Sentence, start: int, speakers: Speakers, lex: Lexicon) -> Speaker | None:
    phrase = right_of(sentence, start, lex)
    if phrase is None or phrase.start - start > SHORTEST:
        return None
    return speakers.of(phrase, sentence)


# ---- languages without blanks


def _by_template(sentence: Sentence, language: str) -> Iterator[Edge]:
    for pattern in _templates(language):
        for match in pattern.finditer(sentence.text):
            written, giver = match.group("outlet"), match.group("giver")
            listed = next((m.entry for m in parties.find(written)), None)
            if listed is None and not written.isascii():
                continue
            name = listed.name if listed else written
            kind: PartyKind = listed.kind if listed else "broadcaster"
            outlet = _speaker(sentence, match.span("outlet"), Party(name=name, kind=kind, as_written=written))
            by = _speaker(sentence, match.span("giver"), _party(giver))
            at = (sentence.start + match.start("verb"), sentence.start + match.end("verb"))
            yield from _pair(sentence, at, outlet, by)
            return


def _party(written: str) -> Party:
    listed = max(parties.find(written), key=lambda m: m.end - m.start, default=None)
    return Party(
        name=listed.entry.name if listed else written, kind=listed.entry.kind if listed else "official", as_written=written
    )


def _speaker(sentence: Sentence, at: tuple[int, int], party: Party) -> Speaker:
    return Speaker(party, sentence.start + at[0], sentence.start + at[1])


@lru_cache(maxsize=8)
def _templates(language: str) -> tuple[re.Pattern[str], ...]:
    table = section(lexicon(language).language, "handover_forms") or {}
    return tuple(re.compile(form) for form in table.get("forms", ()))
