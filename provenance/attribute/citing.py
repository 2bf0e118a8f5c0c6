"""Who cites whom: every cue of a sentence becomes an edge, and frames tell through whom the article has it."""

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import cast

from provenance.attribute import unspaced
from provenance.attribute.lexicon import Cue, Lexicon
from provenance.attribute.mentioning import Mention
from provenance.attribute.phrases import BE, LONGEST, QUOTES, Phrase, left_of, opening, right_of, without_lead
from provenance.attribute.posting_words import posting_words
from provenance.attribute.speakers import MEDIA, Speaker, Speakers, key
from provenance.attribute.text import Sentence, Word, word
from provenance.records import DateRole, Party, Relation
from provenance.reference import parties

THIS = Party(kind="this-article")
OBJECT_REACH = 90
"""Characters between a verb of publishing and the visual that it publishes."""
BESIDE = 25
"""Characters between a visual and a mere "of" that says whose it is: a word or two may stand between."""
ENCLOSED = 130
"""Characters between "by" and its participle."""
BEHIND = 2
"""Characters between two phrases that stand side by side: a blank, a quotation mark."""
RELATIVE_REACH = 10
"""Words between a relative pronoun and its verb."""
CLITIC = 5
"""Characters before a verb in which a pronoun for its object stands: "la publicaron"."""
TIME_REACH = 7
"""Words of a day that parts a verb from its subject."""
EMPLOYER_REACH = 8
"""Words and marks between the name of a photographer and the noun for the agency: ", fotógrafo de la"."""
HEARER_REACH = 12
"""Characters between a verb of saying and the word for "to"."""
MOST_CITING_WORDS = 2
"""Words of "citing"; what stands between more of them is who cites: Arabic "quoted the agency from"."""
LONGEST_POINTED = 3
"""Words of a noun that a word behind it makes one told of before."""
POSSESSOR = re.compile(r"(?:'n?|[ıiuü]n)[ıiuü]n$")
"""Turkish endings of a possessor, behind an apostrophe or a noun."""
CAPITAL_NOUNS = frozenset({"de", "nl"})
"""Languages whose verbs of saying are never nouns in small letters, so that "dat ontdekte" is a verb."""
NOT_A_VERB = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "in",
        "to",
        "its",
        "their",
        "his",
        "her",
        "these",
        "those",
        "such",
        "by",
        "from",
        "for",
        "no",
        "with",
        "without",
        "about",
        "on",
    }
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence with what is known around it, and the place of one cue in it, in offsets of the page."""

    sentence: Sentence
    speakers: Speakers
    lex: Lexicon
    spoken: list[Mention]
    at: tuple[int, int] = (0, 0)
    cited: "Edge | None" = None
    """The edge of words that cite, found before the cue."""


@dataclass
class Edge:
    """A citation while it is put together; `finite` when its verb is the clause's own, so that a frame reaches it."""

    citing: Party
    cited: Party
    relation: Relation
    cue: tuple[int, int]
    span: tuple[int, int]
    sentence: Sentence
    date_role: DateRole | None = None
    finite: bool = False
    frame: bool = False
    origin: bool = False
    followed: bool = False
    post: bool = False
    cites: bool = False
    about: tuple[str, ...] = ()
    stated_by: str | None = None


def edges(sentence: Sentence, speakers: Speakers, lex: Lexicon, spoken: list[Mention]) -> list[Edge]:
    """The edges that one sentence states, in the order of its words; `spoken` are the visuals that it speaks of."""
    found: list[Edge] = []
    for match in lex.cue.finditer(sentence.low):
        speakers.cues += 1
        cue = lex.cues[match.number]
        at = (match.start + sentence.start, match.end + sentence.start)
        place = _Place(sentence, speakers, lex, spoken, at, next((e for e in reversed(found) if e.cites), None))
        if not sentence.quoted(place.at[0]) and (edge := _edge(place, cue, found)):
            found += [*_told_to(edge, cue, lex), edge, *_quoted_by(edge, cue, speakers, lex), *_employer(edge, speakers, lex)]
    _cite(found, sentence, speakers, lex)
    if lex.spaced:
        speakers.meet(sentence)
    if not found:
        return found
    _frame(found, speakers)
    return _once(found)


def _edge(place: _Place, cue: Cue, found: list[Edge]) -> Edge | None:
    if not place.lex.spaced:
        return _unspaced(place, cue)
    if cue.side == "subject":
        return _spoken(place, cue)
    if cue.side == "enclosed" and _enclosed(place) is None:
        said = cue.relation != "credits"
        return _spoken(place, replace(cue, side="subject", needs_visual=True)) if said else None
    if cue.origin and place.sentence.block.kind == "paragraph" and _is_loose(place):
        return None
    shown = place.spoken or place.sentence.block.kind in ("caption", "post")
    told = _told_first(place) if cue.frame and cue.side == "right" else None
    speaker = (_behind(place, told.end) if told else _beside(place, cue)) if shown or not cue.origin else None
    if speaker is None or not _may_say(speaker, cue) or (cue.origin and _is_thing(speaker, place)):
        return None
    citing = found[-1].cited if found and (cue.second or cue.handed) else told.party if told else THIS
    return _made(place, cue, speaker, citing=citing)


def _is_thing(speaker: Speaker, place: _Place) -> bool:
    """Whether a mere "von" stands before one German noun that nobody knows ("ein Bild von Flammen"), or behind a site."""
    name = speaker.party.name or ""
    before = [w for w in place.sentence.words if w.end <= place.at[1]][-2:-1]
    if before and place.lex.language == "de" and place.lex.has("places", "site", before[0].low):
        return True
    if place.lex.language != "de" or speaker.party.kind not in ("organisation", "expert") or " " in name or name.isupper():
        return False
    words = place.sentence.low[place.at[0] - place.sentence.start : place.at[1] - place.sentence.start]
    return words.split()[-1] in place.lex.sets.get("visuals", {}).get("of", ()) and not parties.resolve(name)


def _behind(place: _Place, end: int) -> Speaker | None:
    """The party that a phrase right behind a place names."""
    phrase = right_of(place.sentence, end, place.lex)
    return place.speakers.of(phrase, place.sentence) if phrase else None


def _is_loose(place: _Place) -> bool:
    """Whether a mere "von" stands behind no visual: "Video von Kai Wacht" says whose it is, "Ausgabe von Material" does not."""
    words = place.sentence.text[place.at[0] - place.sentence.start : place.at[1] - place.sentence.start].casefold()
    if words not in place.lex.sets.get("visuals", {}).get("of", ()):
        return False
    return not any(0 <= place.at[0] - m.noun.end <= BESIDE for m in place.spoken)


def _may_say(speaker: Speaker, cue: Cue) -> bool:
    """Whether a party can be what a cue points at: a bare country only puts out and is quoted, some cues take newsrooms only."""
    if speaker.bare_country and not (cue.origin or cue.frame):
        return False
    return not cue.media_only or speaker.party.kind in MEDIA


def _made(place: _Place, cue: Cue, speaker: Speaker, *, citing: Party = THIS, finite: bool = False) -> Edge:
    where = (min(place.at[0], speaker.start), max(place.at[1], speaker.end))
    return Edge(
        citing, speaker.party, cue.relation, place.at, where, place.sentence,
        date_role=cast("DateRole | None", cue.date), finite=finite, frame=cue.frame, origin=cue.origin, followed=speaker.followed,
        cites=cue.cites,
    )  # fmt: skip


def _beside(place: _Place, cue: Cue) -> Speaker | None:
    """The party on the side of a cue that the cue points at."""
    if cue.side == "back":
        party = place.speakers.latest(place.speakers.PEOPLE)
        return Speaker(party, *place.at, followed=True) if party else None
    if cue.side == "enclosed":
        phrase = _enclosed(place)
    elif cue.side == "left":
        phrase = _behind_owner(_from_handle(left_of(place.sentence, place.at[0], place.lex)), cue, place.lex)
    else:
        phrase = right_of(place.sentence, place.at[1], place.lex)
        phrase = _with_pointer(_with_article(phrase, place), place) if phrase else None
    return place.speakers.of(_whole(phrase, place.sentence, place.lex), place.sentence) if phrase else None


def _from_handle(phrase: Phrase | None) -> Phrase | None:
    """A handle that stands between commas before its cue is the source, not what stands before the commas."""
    at = next((i for i, w in enumerate(phrase.beside) if w.text.startswith("@")), None) if phrase else None
    return Phrase(phrase.beside[at:]) if phrase and at is not None else phrase


def _enclosed(place: _Place) -> Phrase | None:
    """Who stands between "by" and the participle before a noun: "in einem von der Polizei veröffentlichten Video"."""
    text, start = place.sentence.text, place.sentence.start
    before = [
        m.end()
        for m in place.lex.pattern("handover", "by").finditer(text, max(0, place.at[0] - start - ENCLOSED), place.at[0] - start)
    ]
    phrase = right_of(place.sentence, start + before[-1], place.lex) if before else None
    phrase = _with_pointer(phrase, place) if phrase else None
    if phrase and place.lex.language == "vi" and place.at[0] - phrase.end > 1:
        return None
    named = phrase and phrase.beside and any(w.capital for w in phrase.beside[1:])
    return Phrase(phrase.beside) if phrase and named else phrase


def _with_article(phrase: Phrase, place: _Place) -> Phrase:
    """A phrase with the article that the cue's own words hold: "according to the ministry" points back as "the ministry" does."""
    last = next(iter(place.sentence.before(phrase.start)[-1:]), None)
    inside = last is not None and place.at[0] <= last.start
    if last and inside and (place.lex.has("edges", "follow", last.low) or place.lex.has("edges", "articles", last.low)):
        return replace(phrase, words=(last, *phrase.words))
    return phrase


def _with_pointer(phrase: Phrase, place: _Place) -> Phrase:
    """A phrase with the word behind it that points back: "kantor berita itu", "tài khoản này"."""
    after = next(iter(place.sentence.after(phrase.end)[:1]), None)
    points = after is not None and len(phrase.words) <= LONGEST_POINTED and place.lex.has("edges", "follow_after", after.low)
    return (
        replace(phrase, words=(*phrase.words, after)) if after and points and not any(w.capital for w in phrase.words) else phrase
    )


def _unspaced(place: _Place, cue: Cue) -> Edge | None:
    if cue.needs_visual and not place.spoken:
        return None
    found = unspaced.speaker(place.sentence, cue, place.at, place.lex, place.speakers)
    if found is None and cue.relation == "reports" and cue.side != "right" and not cue.frame:
        told = unspaced.told_to(place.sentence, place.at, place.lex)
        found = told[0] if told else None
    if found is None:
        return None
    if not found.followed:
        place.speakers.remember(found.party)
    return _made(place, cue, found, finite=cue.side == "topic")


def _quoted_by(edge: Edge, cue: Cue, speakers: Speakers, lex: Lexicon) -> list[Edge]:
    """Whom the subject quotes in its turn: "the daily cited a commander's claim"."""
    phrase = right_of(edge.sentence, edge.cue[1], lex) if cue.quotes else None
    if phrase is None:
        return []
    owner = next((i for i, w in enumerate(phrase.words) if w.low.endswith("'s")), None)
    if owner is not None:
        last = phrase.words[owner]
        phrase = Phrase((*phrase.words[:owner], word(last.start, last.text[:-2])))
    speaker = speakers.of(phrase, edge.sentence)
    return (
        [Edge(edge.cited, speaker.party, cue.relation, edge.cue, (edge.span[0], speaker.end), edge.sentence)] if speaker else []
    )


def _told_to(edge: Edge, cue: Cue, lex: Lexicon) -> list[Edge]:
    """The newsroom that the source spoke to: "官員對美聯社說" is from the agency, which has it from him."""
    if lex.spaced or cue.relation != "reports" or cue.frame or cue.side == "right":
        return []
    found = unspaced.told_to(edge.sentence, edge.cue, lex)
    if found is None or edge.citing is not THIS or key(found[0].party) == key(edge.cited):
        return []
    outlet, cue_span = found
    edge.citing = outlet.party
    where = (min(outlet.start, edge.span[0]), max(cue_span[1], edge.span[1]))
    return [Edge(THIS, outlet.party, "reports", cue_span, where, edge.sentence)]


def _employer(edge: Edge, speakers: Speakers, lex: Lexicon) -> list[Edge]:
    """The agency that a photographer works for: "taken by Ana Ruiz, a photographer of the agency Litoral"."""
    if edge.relation not in ("credits", "posted-by") or edge.cited.kind not in ("expert", "official") or not lex.spaced:
        return []
    words = edge.sentence.after(edge.span[1])[:EMPLOYER_REACH]
    for i, one in enumerate(words):
        if one.text not in ",(" and not one.text[0].isalpha():
            return []
        if lex.has("nouns", "agency", one.low.rpartition("'")[2]) or lex.has("nouns", "outlet", one.low.rpartition("'")[2]):
            phrase = right_of(edge.sentence, one.start, lex)
            speaker = speakers.of(phrase, edge.sentence) if phrase else None
            if speaker is None or speaker.followed or key(speaker.party) == key(edge.cited):
                return []
            edge.citing, where = speaker.party, (edge.span[0], speaker.end)
            return [Edge(THIS, speaker.party, "credits", edge.cue, where, edge.sentence, date_role=edge.date_role, origin=True)]
        if i and one.capital and lex.language != "de":
            return []
    return []


def _cite(found: list[Edge], sentence: Sentence, speakers: Speakers, lex: Lexicon) -> None:
    """Who tells what a sentence has "citing Y": its speaker, the source it comes through, or who stands before the words."""
    for edge in [e for e in found if e.cites]:
        others = [e for e in found if e is not edge and not e.cites and key(e.cited) != key(edge.cited)]
        teller = next((e for e in others if e.finite or e.frame), None) or _teller(edge, sentence, speakers, lex)
        if teller is None:
            continue
        if teller not in found:
            found.insert(0, teller)
        edge.frame, edge.citing = False, teller.cited
        edge.span = (min(edge.span[0], teller.span[0]) if teller.span[1] <= edge.span[0] else edge.span[0], edge.span[1])


def _teller(edge: Edge, sentence: Sentence, speakers: Speakers, lex: Lexicon) -> Edge | None:
    """The edge of who cites, where no verb of saying gives it."""
    speaker = (
        _citer(edge, sentence, speakers, lex)
        if lex.spaced
        else unspaced.citer(sentence, (min(edge.cue[0], edge.span[0]), edge.cue[1]), lex, speakers)
    )
    if speaker is None or key(speaker.party) == key(edge.cited):
        return None
    if not speaker.followed:
        speakers.remember(speaker.party)
    span = (speaker.start, edge.cue[1])
    return Edge(THIS, speaker.party, "reports", edge.cue, span, sentence, finite=True, followed=speaker.followed)


def _citer(edge: Edge, sentence: Sentence, speakers: Speakers, lex: Lexicon) -> Speaker | None:
    """Who stands before the words that cite; where the verb closes the sentence, what opens it."""
    inside = [w for w in sentence.words if edge.cue[0] <= w.start and w.end <= edge.cue[1]]
    if len(inside) > MOST_CITING_WORDS and lex.inverts:
        phrase = right_of(sentence, inside[0].end, lex)
    elif lex.sov:
        phrase = _owner(opening(sentence, edge.cue[0], lex), edge)
    else:
        phrase = left_of(sentence, edge.cue[0], lex)
    return speakers.of(phrase, sentence) if phrase and phrase.start < edge.cue[1] else None


def _owner(phrase: Phrase | None, edge: Edge) -> Phrase | None:
    """Who cites, before the source: up to the ending of a possessor, "Nanyo ajansının Bakanlığa dayandırdığı"."""
    words = tuple(w for w in phrase.words if w.start < edge.span[0]) if phrase else ()
    return Phrase(words) if words else None


def _behind_owner(phrase: Phrase | None, cue: Cue, lex: Lexicon) -> Phrase | None:
    """The source behind the one who cites it, where a possessor's ending parts the two."""
    if phrase is None or not cue.cites or lex.language != "tr":
        return phrase
    at = next((i for i, w in enumerate(phrase.words[:-1]) if POSSESSOR.search(w.low)), -1)
    return replace(phrase, words=phrase.words[at + 1 :])


def _whole(phrase: Phrase, sentence: Sentence, lex: Lexicon) -> Phrase:
    """An unnamed source with the words that describe it: "unnamed sources with access to the files"."""
    lows = [w.low for w in phrase.words]
    if not any(lex.has("nouns", "anonymous", low) for low in lows):
        return phrase
    words = sentence.after(phrase.start)
    size = len(phrase.words)
    if len(words) <= size or not lex.has("edges", "tail", words[size].low):
        return phrase
    while size < len(words) and words[size].text[0].isalnum() and size < len(phrase.words) + 10:
        size += 1
    return replace(phrase, words=tuple(words[:size]))


def _spoken(place: _Place, cue: Cue) -> Edge | None:
    if not _is_verb(place, cue) or (cue.needs_visual and not _has_object(place)):
        return None
    first = _told_first(place)
    speaker = _inside(place) or _subject(place, first)
    if speaker is None or (speaker.bare_country and not cue.needs_visual):
        return None
    if cue.needs_visual and speaker.party.kind == "official" and _holds_visual(place, speaker):
        return None
    if cue.origin and _is_example(speaker, place):
        cue = replace(cue, relation="reports", origin=False, date=None)
    return _told(_made(place, cue, speaker, finite=True), place, first)


def _is_verb(place: _Place, cue: Cue) -> bool:
    """Whether the words of a cue are a verb that is not denied, and no noun behind an article."""
    before = next(iter(place.sentence.before(place.at[0])[-1:]), None)
    if before and (before.low in NOT_A_VERB or before.low in BE or place.lex.has("edges", "negation", before.low)):
        return False
    if _is_noun(place.sentence, place.at, place.lex):
        return False
    opens = place.sentence.low[place.at[0] - place.sentence.start : place.at[1] - place.sentence.start].split(" ", 1)[0]
    helped = place.lex.has("edges", "auxiliary", opens)
    return not (before and not (cue.needs_visual or helped) and _is_article(before.low, place.lex))


def _is_example(speaker: Speaker, place: _Place) -> bool:
    """Whether a subject is one of several who took a visual over: "outlets such as X published it"."""
    written = [w.low for w in place.sentence.words if speaker.start <= w.start < speaker.end]
    return place.lex.has_any("nouns", "media", written) and place.lex.has_any("edges", "such", written)


def _holds_visual(place: _Place, speaker: Speaker) -> bool:
    """Whether the subject is the visual itself: "the video spread by the town shows …"."""
    return any(speaker.start <= m.noun.start < speaker.end for m in place.spoken)


def _is_article(low: str, lex: Lexicon) -> bool:
    """Whether a word makes a noun of the next: "la cuenta" is an account, "cuenta" tells."""
    return (
        lex.inverts
        and lex.language not in CAPITAL_NOUNS
        and not lex.has("edges", "follow_after", low)
        and (lex.has("edges", "articles", low) or lex.has("edges", "follow", low))
    )


def _is_noun(sentence: Sentence, at: tuple[int, int], lex: Lexicon) -> bool:
    """Whether what looks like the verb is a noun or a name: "Recent reports indicate …", "United States"."""
    inner = (at[0] - sentence.start, at[1] - sentence.start)
    after = lex.cue.match(sentence.low, inner[1] + 1)
    return bool(after) or (sentence.text[inner[0]].isupper() and not sentence.text.isupper() and inner[0] > 0)


def _has_object(place: _Place) -> bool:
    """Whether a visual stands near the verb, on the side where its object does."""
    gaps = [m.noun.start - place.at[1] for m in place.spoken]
    either = place.lex.inverts or place.lex.sov or _is_relative(place)
    if _pronoun_beside(place):
        return True
    return any(0 <= gap <= OBJECT_REACH or (either and -OBJECT_REACH <= gap < 0) for gap in gaps)


def _is_relative(place: _Place) -> bool:
    """Whether the verb is that of a clause on the visual: "a report which the weekly has put online"."""
    words = posting_words(place.lex.language)
    before = [w.low for w in place.sentence.before(place.at[0])[-RELATIVE_REACH:]]
    return words is not None and any(low in words.relative for low in before)


def _pronoun_beside(place: _Place) -> bool:
    """Whether "it", the visual spoken of before, is the object: "later reposted it", "la publicaron"."""
    words = posting_words(place.lex.language)
    if words is None or not place.spoken or any(m.sentence is place.sentence for m in place.spoken):
        return False
    text, end = place.sentence.text, place.at[1] - place.sentence.start
    start = place.at[0] - place.sentence.start
    return bool(words.it.match(text, end + 1) or words.it.search(text, max(0, start - CLITIC), end))


def _subject(place: _Place, told: Speaker | None) -> Speaker | None:
    """Who stands before the verb; after it where nobody does, or where the visual itself does ("photo published X").

    `told` stands between the verb and its subject: "ha detto a Radio Foce il sindaco".
    """
    first = _before_visual(opening(place.sentence, place.at[0], place.lex), place) if place.lex.sov else None
    if first and (found := place.speakers.of(first, place.sentence)):
        return found
    before = _from_handle(left_of(place.sentence, _before_citing(place), place.lex)) or _antecedent(place)
    if before and place.lex.sov and any(before.start <= m.noun.start < before.end for m in place.spoken):
        before = None
    if before and not (place.lex.inverts and _turned(place, before)):
        found = place.speakers.of(before, place.sentence)
        if found or not place.lex.inverts:
            return found
    end = told.end if told else place.at[1]
    after = None if place.lex.sov else _before_told(_before_visual(right_of(place.sentence, end, place.lex), place), place.lex)
    if told is None and after and not place.lex.has("edges", "dative", "yes") and _to_at(place.sentence, place.at[1], place.lex):
        after = None
    if after is None and told is None and (later := _past_time(place.sentence, end, place.lex)):
        end, after = later, right_of(place.sentence, later, place.lex)
    found = place.speakers.of(after, place.sentence) if after and after.start - end <= BEHIND else None
    return found or (place.speakers.of(before, place.sentence) if before else None) or _far_subject(place)


def _far_subject(place: _Place) -> Speaker | None:
    """The office or newsroom that opens a sentence, before where it says so: "Kementerian … dalam keterangannya menyebut"."""
    between = place.lex.sets["edges"].get("by_statement")
    low = place.sentence.low[: place.at[0] - place.sentence.start]
    if not between or not any(f" {word} " in low for word in between):
        return None
    phrase = right_of(place.sentence, place.sentence.start, place.lex)
    phrase = without_lead(phrase, place.lex) if phrase else None
    found = place.speakers.of(phrase, place.sentence) if phrase and phrase.end <= place.at[0] else None
    return found if found and found.party.kind in (MEDIA | {"official", "organisation"}) else None


def _inside(place: _Place) -> Speaker | None:
    """The subject between the two parts of a verb: "teilte die Bergwacht mit", "liet de politie weten"."""
    if place.lex.language not in CAPITAL_NOUNS:
        return None
    words = [w for w in place.sentence.after(place.at[0]) if w.end <= place.at[1]]
    phrase = right_of(place.sentence, words[0].end, place.lex) if len(words) > MOST_CITING_WORDS else None
    phrase = _before_visual(phrase, place)
    inner = tuple(w for w in phrase.words if w.end < words[-1].start) if phrase else ()
    if not inner or inner[0].start - words[0].end > BEHIND:
        return None
    return place.speakers.of(Phrase(inner), place.sentence)


def _told_first(place: _Place) -> Speaker | None:
    """Whom a verb has told whose subject stands behind both: "řekl ČTK starosta", "ha detto a Radio Foce il sindaco"."""
    lex, sentence = place.lex, place.sentence
    if not lex.inverts or lex.caseless:
        return None
    to = _to_at(sentence, place.at[1], lex)
    worth = to is not None or _may_name(sentence.after(place.at[1])[:LONGEST])
    phrase = right_of(sentence, to or place.at[1], lex) if worth else None
    if phrase is None or phrase.start - (to or place.at[1]) > BEHIND:
        return None
    if phrase.quoted is None and (listed := _opening_medium(phrase, sentence, lex)):
        return listed
    phrase = _before_someone(phrase, lex)
    end = phrase.end + (phrase.quoted is not None)
    after = right_of(sentence, end, lex)
    if after is None or after.start - end > BEHIND or not _is_someone(after, lex):
        return None
    hearer = place.speakers.of(phrase, sentence) if to or phrase.quoted else None
    if hearer is None or hearer.party.kind in ("official", "anonymous"):
        return None
    sure = phrase.quoted or not lex.has("edges", "dative", "yes") or _is_medium(hearer, phrase, sentence, lex)
    return replace(hearer, end=end) if sure else None


def _may_name(words: list[Word]) -> bool:
    """Whether a name may begin with some words, or stand in quotation marks among them."""
    return bool(words) and (words[0].capital or any(w.text in QUOTES for w in words))


def _before_someone(phrase: Phrase, lex: Lexicon) -> Phrase:
    """The name that opens a phrase, before a small word for a person: "Cahul Azi primarul Ion Col"."""
    if phrase.quoted or not phrase.words[0].capital:
        return phrase
    people = ("person", "expert", "anonymous")
    small = (i for i, w in enumerate(phrase.words) if i and not w.capital and any(lex.has("nouns", k, w.low) for k in people))
    at = next(small, None)
    return Phrase(phrase.words[:at]) if at else phrase


def _opening_medium(phrase: Phrase, sentence: Sentence, lex: Lexicon) -> Speaker | None:
    """A listed newsroom that opens a phrase in which someone else follows: "PAP burmistrz Jan Kolba"."""
    words = phrase.words
    written = sentence.text[phrase.start - sentence.start : phrase.end - sentence.start]
    named = len(words) > 1 and words[0].capital and any(_is_someone(Phrase(words[i:]), lex) for i in range(1, min(len(words), 4)))
    match = next(iter(parties.find(written)), None) if named else None
    if match is None or match.start or match.entry.kind not in MEDIA or match.end + 1 >= len(written):
        return None
    rest = tuple(w for w in words if w.start > phrase.start + match.end)
    if not rest or not _is_someone(Phrase(rest), lex):
        return None
    party = Party(name=match.entry.name, kind=match.entry.kind, domain=match.entry.domain, as_written=written[: match.end])
    return Speaker(party, phrase.start, phrase.start + match.end)


def _is_someone(phrase: Phrase, lex: Lexicon) -> bool:
    """Whether a phrase begins with a word for a person or an office, an article before it."""
    lows = [w.low for w in phrase.words[:2]]
    return any(lex.has_any("nouns", key, lows) for key in ("person", "expert", "anonymous", "official"))


def _is_medium(hearer: Speaker, phrase: Phrase, sentence: Sentence, lex: Lexicon) -> bool:
    """Whether one who is told is a newsroom: known as one, or called so by the noun before the name."""
    before = [w.low for w in sentence.before(phrase.start)[-1:]] + [w.low for w in phrase.words[:1]]
    return hearer.party.kind in MEDIA or lex.has_any("nouns", "outlet", before) or lex.has_any("nouns", "agency", before)


def _to_at(sentence: Sentence, end: int, lex: Lexicon) -> int | None:
    """Where what stands behind the word for "to" begins, right behind a verb."""
    at = end - sentence.start + 1
    text = sentence.low[at : at + HEARER_REACH].replace("’", "'")
    elided = (w for w in lex.sets["edges"].get("to", ()) if w.endswith("'")) if "'" in text else ()
    if (written := next((w for w in elided if text.startswith(w)), None)) is not None:
        return at + written.rfind(" ") + 1 + sentence.start
    found = lex.pattern("edges", "to_outlet").match(sentence.text, at) or lex.pattern("edges", "to").match(sentence.text, at)
    return found.end() + sentence.start if found else None


def _past_time(sentence: Sentence, end: int, lex: Lexicon) -> int | None:
    """Behind a day or a year that parts a verb from its subject: "zrobił w 2020 roku Jan Kolba"."""
    if not lex.inverts or lex.caseless:
        return None
    dated, last = False, end
    for one in sentence.after(end)[:TIME_REACH]:
        is_date = one.text.isdigit() or one.low in lex.calendar
        if not (is_date or lex.has("edges", "time", one.low)):
            break
        dated, last = dated or is_date, one.end
    return last if dated else None


def _before_told(phrase: Phrase | None, lex: Lexicon) -> Phrase | None:
    """A subject without the newsroom told behind it: "Bürgermeister Jan Kolb der Nachrichtenagentur X", "auprès de X"."""
    to, only = lex.sets["edges"].get("to", frozenset()), lex.sets["edges"].get("to_outlet", frozenset())
    words = phrase.words if phrase and lex.inverts else ()
    for i, one in enumerate(words[:-1]):
        after = words[i + 1].low
        medium = one.low in to and (lex.has("nouns", "outlet", after) or lex.has("nouns", "agency", after))
        if i and (medium or one.low in only or f"{one.low} {after}" in only):
            return replace(phrase, words=words[:i]) if phrase else None
    return phrase


def _before_visual(phrase: Phrase | None, place: _Place) -> Phrase | None:
    """A subject ends where the object begins, "nashara the ministry a picture"; a visual that stands first is none."""
    nouns = [m.noun.start for m in place.spoken]
    either = place.lex.inverts or place.lex.sov
    at = next((i for i, w in enumerate(phrase.words) if w.start in nouns), None) if phrase and either else None
    if phrase is None or at is None:
        return phrase
    if at == 0 and place.lex.language == "hi" and len(phrase.words) > 1:
        return replace(phrase, words=phrase.words[1:])  # "the picture X ने took": its maker stands behind it
    return replace(phrase, words=phrase.words[:at]) if at else None


def _before_citing(place: _Place) -> int:
    """Where the subject of a verb ends: at the verb, or at words that cite between the two, "X dẫn lời Y cho biết"."""
    cited = place.cited
    if cited is None or not cited.cue[0] < place.at[0]:
        return place.at[0]
    start = place.sentence.start
    return place.at[0] if "," in place.sentence.text[cited.cue[0] - start : place.at[0] - start] else cited.cue[0]


def _antecedent(place: _Place) -> Phrase | None:
    """Whom a relative clause is about: "Ana Ruiz, who posted the video"."""
    words = posting_words(place.lex.language)
    if words is None:
        return None
    back = (w for w in reversed(place.sentence.words) if w.end <= place.at[0] and not place.lex.has("edges", "auxiliary", w.low))
    before = list(islice(back, 3))
    if len(before) < 3 or before[0].low not in words.relative or before[1].text != ",":  # noqa: PLR2004 - a name, a comma and "who"
        return None
    return left_of(place.sentence, before[1].start, place.lex)


def _turned(place: _Place, before: Phrase) -> bool:
    """Whether the verb stands before its subject: after a comma, a dash or a quote, or after its object, the visual."""
    last = next((w.text for w in place.sentence.before(place.at[0])[-1:]), "")
    return not last[:1].isalnum() or any(before.start <= m.noun.start < before.end for m in place.spoken)


def _told(edge: Edge, place: _Place, first: Speaker | None) -> Edge:
    """The outlet told is the one that cites: "X told the Examiner"; `first` stands before the subject."""
    at = None if first else _hearer_at(edge, place) or _to_behind(edge, place)
    phrase = right_of(place.sentence, at, place.lex) if at is not None else None
    known = place.speakers.known
    hearer = first or (place.speakers.of(phrase, place.sentence) if phrase else None)
    heard = hearer and (first or (phrase and _hears(hearer, phrase, edge, place)))
    if hearer and heard and key(hearer.party) != key(edge.cited):
        edge.citing, edge.finite, edge.span = hearer.party, False, (edge.span[0], max(edge.span[1], hearer.end))
        place.speakers.frames[str(key(edge.cited))] = hearer.party
    elif not first:
        place.speakers.known = known  # who only was told has said nothing that a later "he" could point to
    return edge


def _hears(hearer: Speaker, phrase: Phrase, edge: Edge, place: _Place) -> bool:
    """Whether who is told is a newsroom; behind some words for "to" only newsrooms stand: "a declarat pentru Cahul Azi"."""
    if _is_medium(hearer, phrase, place.sentence, place.lex):
        return True
    between = place.sentence.low[edge.cue[1] - place.sentence.start : phrase.start - place.sentence.start].strip()
    named = hearer.party.kind in ("expert", "organisation") and hearer.party.name is not None
    only = tuple(f" {w}" for w in place.lex.sets["edges"].get("to_outlet", ()))
    return named and f" {between}".endswith(only)


def _to_behind(edge: Edge, place: _Place) -> int | None:
    """Where the one told stands behind a subject that follows its verb: "zei burgemeester Kolk tegen omroep Delta"."""
    return _to_at(edge.sentence, edge.span[1], place.lex) if place.lex.inverts and edge.span[1] > edge.cue[1] else None


def _hearer_at(edge: Edge, place: _Place) -> int | None:
    """Where the one who was told would stand: after "told", or after the word for "to" behind the verb."""
    text, start = place.sentence.text, place.sentence.start
    word = text[edge.cue[0] - start : edge.cue[1] - start].lower()
    if place.lex.has("edges", "addressee", word) or (place.lex.has("edges", "dative", "yes") and edge.span[0] < edge.cue[0]):
        return edge.cue[1]
    to = place.lex.pattern("edges", "to").search(text, edge.cue[1] - start, edge.cue[1] - start + HEARER_REACH)
    return to.end() + start if to else None


def _frame(found: list[Edge], speakers: Speakers) -> None:
    """What a sentence has through one source has all its speech through it: "X said, according to Y" is Y citing X."""
    outer = next((e for e in found if e.frame), None) or _closing(found)
    if outer and outer.cited.kind in MEDIA:
        speakers.framed_by(outer.cited)
    for edge in found:
        if outer and edge is not outer and edge.finite and edge.citing is THIS and key(edge.cited) != key(outer.cited):
            edge.citing = outer.cited
            speakers.frames[str(key(edge.cited))] = outer.cited
        elif edge.finite and edge.followed and edge.citing is THIS and (through := speakers.frames.get(str(key(edge.cited)))):
            edge.citing = through


def _closing(found: list[Edge]) -> Edge | None:
    """A medium that reports, where others speak too: "…, the Post reported"."""
    media = [e for e in found if e.finite and e.cited.kind in MEDIA and e.citing is THIS]
    return media[-1] if media and len(found) > 1 else None


def _once(found: list[Edge]) -> list[Edge]:
    """One edge a pair, relation kind and sentence: "X said … and X added" is one."""
    kept: dict[tuple[object, ...], Edge] = {}
    for edge in found:
        if key(edge.cited) != key(edge.citing) or edge.citing is THIS:
            kept.setdefault((key(edge.citing), key(edge.cited), edge.origin), edge)
    return list(kept.values())
