"""The noun phrases of a text that may speak of a visual, and what they say of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from provenance.attribute import telling
from provenance.attribute.lexicon import Lexicon
from provenance.attribute.nouns import Noun, nouns
from provenance.attribute.posting_words import posting_words
from provenance.attribute.text import Sentence, Word, span, word
from provenance.attribute.verdicts import judged
from provenance.records import MediumKind, Span

ADJECTIVES = 5
NAME_REACH = 30
CAPITAL_BEFORE = re.compile(r"[^\W\d_a-zà-ÿа-я][^\W\d_]+ $")
"""A word with a capital right before a noun with one: both are of a name, unless it opens the sentence."""
CLAUSE = re.compile(r"(?<!\d)\.|(?<=\d)\.(?!\s?\w)|[;:!?\n“”\"()—]|,(?!\s+(?:[A-Z][\w-]+(?:\s[A-Z][\w-]+)?(?=[,.]|$)))")
"""Where a description ends: not at the comma of "Leeds, England"."""
PARTED = re.compile(r"(?<!\d)\.|[;!?]")
"""What ends a clause; the point of "3. März" does not."""
QUOTE = re.compile(r"[“”]")
ARTICLELESS = frozenset({"cs", "et", "fa", "hi", "id", "ja", "ko", "pl", "ru", "tr", "uk", "vi", "zh"})
"""Languages in which no article tells "a video" from "the video"; where one opens a sentence, it is that spoken of before."""
FAR = 120
"""Characters between a visual and the verb of showing, where who put it out stands between them."""
REACH = 70
"""Characters between a visual and the verb that says what it shows or where it went."""
MADE_BY = re.compile(r"\s+(?:from|by|on|at)\b")
"""After "captured" these tell how the visual was made, not what it shows."""
PERFECT = re.compile(
    r"(?:has|have|had)\s+(?:\w+ly\s+|also\s+|since\s+)?(?:been|gone|\w+ed|\w+own|made|put|got|come|run|led|spread|set|become|drawn)\b"
)
"""An auxiliary: "has been shared" shows nothing, "has two men at the gate" does."""
FINITE = re.compile(
    r"\s(?:is|are|was|were|has|have|had|will|would|may|might|could|can|did|does|went|came|spread|surfaced|emerged|appeared|circulated)\b"
)
"""Where "a photo of …" ends and the sentence goes on."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that speaks of a visual. `shown` says what it shows, `moved` that it was put out or found.

    `named` tells that what it shows is what the noun is of: words that say which visual is meant; `beside` that they bring it
    up beside another.
    """

    kind: MediumKind
    start: int
    end: int
    noun: Word
    sentence: Sentence
    definite: bool
    another: bool
    shown: Span | None
    moved: bool
    named: bool = False
    beside: bool = False


def mentions(text: str, sentences: list[Sentence], lex: Lexicon) -> Iterator[Mention]:
    """Noun phrases that may speak of a visual, in the order of the text."""
    known, other = nouns(lex), lex.pattern("visuals", "not_visual")
    cameras = lex.sets.get("visuals", {}).get("recorded", frozenset())
    for sentence in sentences:
        found = list(known.finditer(sentence.low))
        if len(found) > 1 and cameras:
            found = [n for n in found if sentence.low[n.start : n.end] not in cameras] or found[:1]
        banned = [m.span() for m in other.finditer(sentence.text)] if found else []
        for noun in found:
            if not (any(a <= noun.start < b for a, b in banned) or _in_name(sentence, noun, lex)):
                mention = _mention(text, sentence, noun, lex)
                if mention:
                    yield mention


BACK_REACH = 8
"""Signs before a noun in which a word that points back stands."""
MEASURES = "段張张幅則则個个支条條"
"""Chinese words of measure between "this" and a noun for a visual."""
TOPIC = {"ko": re.compile(r"(?:에는|에서는|은|는)\s"), "ja": re.compile(r"(?:には|では|は)")}
"""Marks of what a sentence is about; a bare noun before one is known already."""


def _points_back(text: str, sentence: Sentence, at: tuple[int, int], lex: Lexicon) -> bool:
    """Whether a noun of a language without articles means a visual named before: "이 영상", "同動画", "該段影片"."""
    before = text[max(sentence.start, at[0] - BACK_REACH) : at[0]]
    if lex.language == "ko":
        pointed = before.split(" ")[-2:-1] if before.endswith(" ") else []
        bare = not before or before.endswith(", ")
        return any(lex.has("edges", "follow", word) for word in pointed) or (bare and _is_topic(text, at[1], lex))
    bare = not before or before.endswith(("、", "，"))
    if bare and lex.language == "zh":
        return True
    return before.rstrip(MEASURES).endswith(tuple(lex.sets["edges"].get("follow", ()))) or (bare and _is_topic(text, at[1], lex))


def _is_topic(text: str, end: int, lex: Lexicon) -> bool:
    mark = TOPIC.get(lex.language)
    return mark is not None and mark.match(text, end) is not None


def _in_name(sentence: Sentence, noun: Noun, lex: Lexicon) -> bool:
    """Whether a noun is part of a name: "the Himal Photo Agency"; German nouns and headlines have capitals of their own."""
    text = sentence.text
    if noun.start == 0 or not text[noun.start].isupper() or lex.language == "de" or sentence.block.kind == "headline":
        return False
    return bool(CAPITAL_BEFORE.search(text, max(0, noun.start - NAME_REACH), noun.start)) and not text[: noun.start].isupper()


def _mention(text: str, sentence: Sentence, at: Noun, lex: Lexicon) -> Mention | None:
    kind = at.kind
    start, end = at.start + sentence.start, at.end + sentence.start
    before = _lead(sentence, start, lex) if lex.spaced else []
    noun = word(start, text[start:end])
    lows = [w.low for w in before]
    definite = any(lex.has("edges", "follow", low) for low in lows) or any(w.text.endswith(("'s", "’s")) for w in before)
    definite = definite or text[max(0, start - 3) : start].strip().casefold() in lex.sets["visuals"].get("on", ())
    definite = definite or (not lex.spaced and _points_back(text, sentence, (start, end), lex))
    another = any(lex.has("visuals", "another", low) for low in lows)
    definite = (
        definite or lex.has("visuals", "definite", noun.low) or (_opens(text, sentence, start) and lex.language in ARTICLELESS)
    )
    shown = _shown(text, sentence, end, lex)
    moved = _moved(text, sentence, start, end, kind, lex) or (kind != "document" and judged(sentence, lex) is not None)
    if kind == "document":
        shown = shown if moved else None
    elif shown is None:
        shown = telling.told(text, sentence, (start, end), noun.low, lex)
    if sentence.block.kind == "caption" and kind != "video":
        return None
    if not (definite or shown or moved or before or start == sentence.start):
        return None
    named = shown is not None and telling.names_it(text, sentence, (start, end), shown, lex)
    return Mention(
        kind,
        before[0].start if before else start,
        _phrase_end(text, sentence, end),
        noun,
        sentence,
        definite,
        another,
        shown,
        moved,
        named=named,
        beside=shown is not None and (named or not lex.spaced) and telling.brings_up(text, sentence, start),
    )


def _opens(text: str, sentence: Sentence, start: int) -> bool:
    """Whether the noun opens its sentence, or the Hindi clause behind "that", so that nothing before it makes it a new one."""
    opens = start == sentence.start or text.endswith(" कि ", sentence.start, start)
    return opens and sentence.block.kind != "headline"


def _lead(sentence: Sentence, start: int, lex: Lexicon) -> list[Word]:
    """The article and adjectives before a noun."""
    taken: list[Word] = []
    for one in reversed(sentence.before(start)[-ADJECTIVES:]):
        follows = lex.has("edges", "follow", one.low)
        if not follows and _is_edge(one, lex):
            break
        taken.insert(0, one)
        if follows or lex.has("edges", "articles", one.low):
            return taken
    return taken[-1:] if taken and taken[-1].low != "of" and taken[-1].text[0].islower() and len(taken) == 1 else []


def _is_edge(one: Word, lex: Lexicon) -> bool:
    known = lex.has("edges", "right", one.low) or lex.has("places", "in", one.low)
    return known or one.low == "of" or not one.text[0].isalnum()


def _phrase_end(text: str, sentence: Sentence, end: int) -> int:
    stop = CLAUSE.search(text, end, sentence.end)
    return stop.start() if stop else sentence.end


def _shown(text: str, sentence: Sentence, end: int, lex: Lexicon) -> Span | None:
    """What the visual shows: the words after "showing" in its own clause."""
    pattern = lex.pattern("visuals", "shows")
    match = pattern.search(text, end, min(sentence.end, end + REACH)) or _far(text, sentence, end, pattern, lex)
    if (
        not match
        or (PARTED.search(text, end, match.start()) or QUOTE.search(text, end, match.start()))
        or MADE_BY.match(text, match.end())
    ):
        return None
    if PERFECT.match(text, match.start()):
        return None
    if match.group().casefold() in lex.sets.get("visuals", {}).get("closes", ()) and (found := telling.before(text, end, match)):
        return found
    stop = CLAUSE.search(text, match.end() + 1, sentence.end)
    limit = stop.start() if stop else sentence.end
    verb = FINITE.search(text, match.end() + 1, limit) if match.group().casefold() == "of" else None
    found = span(text, match.end(), verb.start() if verb else limit)
    return found if len(found.text.split()) > 1 or len(found.text) > 8 else None  # noqa: PLR2004 - one short word shows nothing


def _far(text: str, sentence: Sentence, end: int, pattern: re.Pattern[str], lex: Lexicon) -> re.Match[str] | None:
    """A verb of showing behind those who put it out, when no other visual stands between: "the video, published by …, shows"."""
    start, stop = end + REACH, min(sentence.end, end + FAR)
    match = pattern.search(text, start, stop) if start < stop else None
    between = sentence.low[end - sentence.start : match.start() - sentence.start] if match else ""
    cameras = lex.sets.get("visuals", {}).get("recorded", frozenset())
    other = any(between[n.start : n.end] not in cameras for n in nouns(lex).finditer(between))
    return None if other else match


def _moved(text: str, sentence: Sentence, start: int, end: int, kind: MediumKind, lex: Lexicon) -> bool:
    """Whether its clause says that it was put out, found or made."""
    list_name = "document_marks" if kind == "document" else "moves"
    pattern = lex.pattern("visuals", list_name)
    after = pattern.search(text, end, min(sentence.end, end + REACH))
    before = pattern.search(text, max(sentence.start, start - REACH), start)
    if not (after or before):
        pattern = lex.pattern("handover", "verbs")
        after = pattern.search(text, end, min(sentence.end, end + REACH))
    if not (after or before) and kind != "document":
        words = posting_words(lex.language)
        after = words.verbs.search(text, end, min(sentence.end, end + REACH)) if words else None
        before = words.verbs.search(text, max(sentence.start, start - REACH), start) if words else None
    return any(m and not PARTED.search(text[min(end, m.start()) : max(m.start(), start)][:REACH]) for m in (after, before))
