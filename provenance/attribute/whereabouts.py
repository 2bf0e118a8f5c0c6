"""Places that a text states of a visual: where it was taken, or what it shows is."""

import re
from collections.abc import Iterator
from functools import lru_cache

from provenance.attribute import localities
from provenance.attribute.lexicon import Lexicon
from provenance.attribute.platforms import platforms_in
from provenance.attribute.posting_words import posting_words
from provenance.attribute.text import span
from provenance.records import Span, StatedPlace
from provenance.reference import places
from provenance.reference.gate import gate, head

LONGEST = 70
WORD = re.compile(r"[^\W\d_][\w’'-]*")
STOP = re.compile(
    r"[.,;:()“”\"\n。，、]|\s(?:and|that|which|who|as|after|before|when|while|during|by|with|to|on|showing|depicting|displaying|"
    r"from|where|since|for|amid|is|are|was|were|has|have|in (?:january|february|march|april|june|july|august|september|october|"
    r"november|december|19|20|what))\b",
    re.IGNORECASE,
)


NOTHING = re.compile(r"(?!)")
UNSPACED = {
    "ko": (
        NOTHING,
        re.compile(r"(?:에|에서|로|시|주)(?!\s?(?:따르면|대해|대한))|\s?(?:인근|부근|근처|훈련소|전선|북부|동부|남부|서부|극동)"),
    ),
    "ja": (NOTHING, re.compile(r"で|に(?!よる|よれ)|付近|[東西南北]{1,2}部|国境|州|市|近|極東")),
    "zh": (re.compile(r"(?:在|位于|位於|靠近|于|於)$"), re.compile(r"附近|境内|境內|[东東西南北]部|远东|遠東")),
}
"""What stands before or after a place in the languages that have no blanks or capitals; else it only says of what nation."""


def stated(text: str, start: int, end: int, lex: Lexicon) -> list[StatedPlace]:
    """The places in `text[start:end]`, in order; each with the phrase that names it."""
    if "in" not in lex.words.get("places", {}):
        return [
            _place(m.entry, Span(m.start + start, m.end + start, text[m.start + start : m.end + start]))
            for m in _alone(text[start:end])
            if _placed(text, m.start + start, m.end + start, lex)
        ]
    return list(_phrases(text, start, end, lex))


def unlisted(text: str, start: int, end: int, language: str | None, *, weak: bool = True) -> list[StatedPlace]:
    """The places in `text[start:end]` that only the words around them show to be places."""
    found = localities.named(text, start, end, language, weak=weak)
    return [_place(entry, s) if (entry := places.resolve(s.text)) else StatedPlace(name=s.text, span=s) for s in found]


def _placed(text: str, start: int, end: int, lex: Lexicon) -> bool:
    if lex.language not in UNSPACED:
        return True
    before, after = UNSPACED[lex.language]
    return bool(before.search(text[max(0, start - 3) : start]) or after.match(text, end))


def _phrases(text: str, start: int, end: int, lex: Lexicon) -> Iterator[StatedPlace]:
    done = start
    for match in _opening(lex.language).finditer(text, start, end):
        if match.start() < done:
            continue
        limit = min(end, match.end() + LONGEST)
        stop = STOP.search(text, match.end(), limit)
        whole = span(text, match.end(), stop.start() if stop else _word_end(text, limit, end))
        found = _shortened(whole, lex)
        if not platforms_in(found.text) and (place := _named(found, lex) or _behind(found, whole)):
            done = found.end
            yield place


def _behind(found: Span, whole: Span) -> StatedPlace | None:
    """A known place behind the words at which a phrase was cut: "en un coche por Lima"."""
    known = _alone(whole.text) if found != whole else []
    if not known:
        return None
    best = max(known, key=lambda m: m.entry.kind != "country")
    return _place(best.entry, Span(whole.start + best.start, whole.start + best.end, whole.text[best.start : best.end]))


def _word_end(text: str, limit: int, end: int) -> int:
    """The last place before `limit` at which no word is cut."""
    while end > limit > 0 and text[limit - 1].isalnum() and text[limit].isalnum():
        limit -= 1
    return limit


def _shortened(found: Span, lex: Lexicon) -> Span:
    """A phrase up to the word at which the sentence goes on; nothing of one that begins there: "котором вода льётся"."""
    if lex.language == "en" or not lex.spaced:
        return found
    words = posting_words(lex.language)
    relative = words.relative if words else frozenset()
    for number, match in enumerate(WORD.finditer(found.text)):
        low = match.group().lower()
        ends = lex.has("edges", "right", low) and not (lex.has("edges", "joins", low) or lex.has("places", "in", low))
        if low in relative or (ends and number):
            return _cut(found, match.start())
    return found


def _cut(found: Span, length: int) -> Span:
    text = found.text[:length].rstrip()
    return Span(found.start, found.start + len(text), text)


@lru_cache(maxsize=32)
def _opening(language: str) -> re.Pattern[str]:
    from provenance.attribute.lexicon import lexicon  # noqa: PLC0415 - the lexicon is looked up by name so that the cache has a plain key

    words = sorted(lexicon(language).words["places"]["in"], key=len, reverse=True)
    start = gate(map(head, words), edge=r"(?<!\w)", ignore_case=True)
    return re.compile(rf"{start}(?:{'|'.join(map(re.escape, words))})\s+(?=\S)", re.IGNORECASE)


def _named(found: Span, lex: Lexicon) -> StatedPlace | None:
    known = _alone(found.text)
    sites = lex.pattern("places", "site")
    if known:
        return _place(max((m.entry for m in known), key=lambda e: e.kind != "country"), _ended(found, known[-1].end, sites))
    if not sites.search(found.text):
        return None
    within = places.find(found.text)
    return _place(within[0].entry, found, name=found.text) if within else StatedPlace(name=found.text, span=found)


def _ended(found: Span, end: int, sites: re.Pattern[str]) -> Span:
    """A phrase without what goes on behind its last place: "Peru as seen by …"; one word ("region") or a site belongs to it."""
    rest = found.text[end:]
    goes_on = len(rest.split()) > 1 and not sites.search(rest)
    return Span(found.start, found.start + end, found.text[:end]) if goes_on else found


def _alone(text: str) -> list[places.PlaceMention]:
    """Places named as such, not as an adjective ("Russian uniforms") and not inside a longer name."""
    return [m for m in places.find(text) if not (places.is_adjective(m, text) and re.match(r"[ -]\w", text[m.end : m.end + 2]))]


def _place(entry: places.PlaceEntry, found: Span, name: str | None = None) -> StatedPlace:
    return StatedPlace(
        name=name or entry.name, span=found, country=entry.country, latitude=entry.latitude, longitude=entry.longitude
    )
