"""What a sentence tells of a visual without a verb of showing: "In the video two men carry a boat", "a photo of the quay".

A frame is a preposition before the noun ("on the video"), the noun in a form that says the same, or a word behind it; what the
rest of the sentence tells is then seen in it. A complement is what the noun is of.
"""

import re

from provenance.attribute.content import content
from provenance.attribute.lexicon import Lexicon
from provenance.attribute.platforms import platforms_in
from provenance.attribute.posting_words import posting_words
from provenance.attribute.text import Sentence, Word, span
from provenance.records import Span

OPENING = 30
"""Characters in which a frame opens a sentence: "On Friday's video", "Auch auf dem Video"."""
BEFORE = 3
"""Words between a preposition and its noun: an article and adjectives."""
AFTER = 90
"""Characters in which words of posting still belong to the noun, before the comma that ends them."""
SOURCE = 4
"""Words of a complement of which one may be a noun for a source."""
LEAST = 2
"""Words that carry meaning, without which nothing is told."""
LEAST_SIGNS = 6
NEAR = 60
LONGEST = 160
"""Characters of a complement, or of what stands before a noun that closes its phrase."""
END = re.compile(r"[.;!?:\n“”\"()—]|,(?=\s)|[。！？；、，।]|(?<!\S)कि(?=\s)")
NEXT = re.compile(r"\s*([^\W\d_]\S*)")
WORDS = re.compile(r"[^\W\d_]+|[^\w\s]")
COLON = re.compile(r"[^\d\s]\s?:\s|：")
SHORT = 30
COMMA = re.compile(r",\s|[，、]")
ALSO = re.compile(
    r"(?<!\w)(?:also|too|además|también|também|aussi|également|auch|ebenso|anche|inoltre|również|także|też|rovněž|také|ook|eveneens|"
    r"și|totodată|так ?же|тоже|також|теж|също|juga|cũng|همچنین|كذلك|أيضا|أيضاً|кроме того|крім того)(?!\w)|"
    r"(?:同時|同时|另有|此外|另外|还有|還有|また、|さらに|別に|아울러|이와 별도로|साथ ही|ayrıca)",
    re.IGNORECASE,
)
"""Words that bring up another visual beside the one spoken of."""
SOURCES = ("account", "agency", "outlet")


def told(text: str, sentence: Sentence, at: tuple[int, int], low: str, lex: Lexicon) -> Span | None:
    """What a sentence tells of the visual whose noun stands at a place; None where it tells nothing, or somebody speaks in it.

    Args:
        text: the text of the page.
        sentence: the sentence that holds the noun.
        at: the noun, in offsets of the page.
        low: the noun in small letters.
        lex: the words of the language.
    """
    if sentence.block.kind == "headline":
        return None
    if low in lex.sets.get("visuals", {}).get("recorded", ()):
        return _recorded(text, sentence, at, lex)
    frame = _frame(text, sentence, at, low, lex)
    found = _seen(text, sentence, frame, at[1], lex) if frame is not None else None
    if found is None or len(found.text) < SHORT:
        found = _behind_colon(text, sentence, at[1], lex) or found
    spoken = frame is not None and "*" in lex.sets.get("visuals", {}).get("of", ())
    if found is None and not spoken and lex.has("visuals", "strong", low):
        found = _complement(text, sentence, at[1], lex) if lex.spaced and not lex.sov else _led(text, sentence, at[0], lex)
    return found


def _recorded(text: str, sentence: Sentence, at: tuple[int, int], lex: Lexicon) -> Span | None:
    """What a camera took: the longer part of a sentence that says so, before or behind its words."""
    parts = span(text, sentence.start, at[0]), span(text, at[1], sentence.end)
    found = max(parts, key=lambda part: len(part.text))
    return found if _enough(found.text, spaced=lex.spaced) else None


def names_it(text: str, sentence: Sentence, at: tuple[int, int], shown: Span, lex: Lexicon) -> bool:
    """Whether what is told is what the noun is of, and so tells which visual is meant: "the photo of a dog on a roof".

    Where any word may follow the noun as its complement, a word such as "also" must say that another is brought up.
    """
    if not lex.spaced or lex.sov or _is_framed(text, sentence, at, lex):
        return False
    if text[at[1] : shown.start].strip().lower() not in ("", "of"):
        return False
    first = _next(text, at[1], sentence.end)
    if "*" in lex.sets.get("visuals", {}).get("of", ()):
        return brings_up(text, sentence, at[0])
    return lex.has("visuals", "of", first)


def _is_framed(text: str, sentence: Sentence, at: tuple[int, int], lex: Lexicon) -> bool:
    """Whether the noun is a frame, and nothing but an article stands between its preposition and it."""
    frame = _frame(text, sentence, at, text[at[0] : at[1]].lower(), lex)
    if frame is None:
        return False
    between = [w.group().lower() for w in WORDS.finditer(text, frame, at[0])][1:]
    return all(lex.has("edges", "articles", w) or lex.has("edges", "follow", w) for w in between)


def brings_up(text: str, sentence: Sentence, start: int) -> bool:
    """Whether a word such as "also" stands before a noun in its sentence."""
    return ALSO.search(text, sentence.start, start) is not None


def before(text: str, end: int, verb: re.Match[str]) -> Span | None:
    """What stands between a noun and the verb of seeing that closes its clause: "auf dem Video sind Fahrgäste zu sehen"."""
    found = span(text, end, verb.start())
    return found if _enough(found.text, spaced=True) else None


def _frame(text: str, sentence: Sentence, at: tuple[int, int], low: str, lex: Lexicon) -> int | None:
    """Where the words begin that make the noun a frame."""
    if lex.has("visuals", "frame_nouns", low) or lex.has("visuals", "frames_after", _next(text, at[1], sentence.end)):
        return at[0]
    frames = lex.sets.get("visuals", {}).get("frames")
    if not frames:
        return None
    before = text[max(sentence.start, at[0] - NEAR) : at[0]]
    words = list(WORDS.finditer(before))[-BEFORE - 1 :]
    for word in reversed(words):
        if word.group().lower() in frames:
            return at[0] - len(before) + word.start()
        if not word.group()[0].isalpha():
            return None
    return None


def _next(text: str, start: int, end: int) -> str:
    found = NEXT.match(text, start, end)
    return found.group(1).lower() if found else ""


def _seen(text: str, sentence: Sentence, frame: int, end: int, lex: Lexicon) -> Span | None:
    """What the rest of the sentence shows, where the frame opens it or a word of seeing stands before the frame."""
    seen = lex.pattern("visuals", "shows").search(text, sentence.start, frame)
    if seen and _enough(text[seen.end() : frame], spaced=lex.spaced):
        return span(text, seen.end(), frame)
    opens = frame - sentence.start <= OPENING or text[:frame].rstrip().endswith((",", ":"))
    if not (opens or seen):
        return None
    start, stop = _without_posting(text, sentence, end, lex), _before_saying(text, sentence, end, lex)
    found = span(text, start, stop) if start < stop else None
    return found if found and _enough(found.text, spaced=lex.spaced) else None


def _without_posting(text: str, sentence: Sentence, end: int, lex: Lexicon) -> int:
    """Behind the comma that ends who put it out: "In the video released by the agency, two men …"."""
    comma = COMMA.search(text, end, min(sentence.end, end + AFTER))
    words = posting_words(lex.language)
    if comma is None or words is None:
        return end
    posted = words.verbs.search(text, end, comma.start()) or lex.pattern("visuals", "moves").search(text, end, comma.start())
    return comma.end() if posted or comma.start() == end else end


def _before_saying(text: str, sentence: Sentence, end: int, lex: Lexicon) -> int:
    """Where somebody is quoted: what is said in a video is not seen in it, what stands before "the agency reported" is."""
    for match in lex.cue.finditer(sentence.low, end - sentence.start):
        if lex.cues[match.number].relation == "reports":
            comma = text.rfind(",", end, match.start + sentence.start)
            return max(end, comma)
    return sentence.end


def _complement(text: str, sentence: Sentence, end: int, lex: Lexicon) -> Span | None:
    """What the noun is of, up to the end of its clause; a source that it is of is not seen in it."""
    first = _next(text, end, sentence.end)
    openers = lex.sets.get("visuals", {}).get("of", frozenset())
    if not first or not ("*" in openers or lex.has("visuals", "of", first)):
        return None
    stop = END.search(text, end, min(sentence.end, end + LONGEST))
    found = span(text, end, stop.start() if stop else min(sentence.end, end + LONGEST))
    words = [w for w in sentence.words if found.start <= w.start < found.end][:SOURCE]
    return found if _tells(found, words, lex) else None


def _behind_colon(text: str, sentence: Sentence, end: int, lex: Lexicon) -> Span | None:
    """What stands behind a colon after the noun: "the shop camera's pictures: a bull runs …"."""
    colon = COLON.search(text, end, min(sentence.end, end + AFTER))
    found = span(text, colon.end(), sentence.end) if colon else None
    return found if found and not found.text.startswith(tuple('“"«„')) and _enough(found.text, spaced=lex.spaced) else None


def _led(text: str, sentence: Sentence, start: int, lex: Lexicon) -> Span | None:
    """What stands before a noun that closes its phrase, back to the comma: "…のトラックの動画"."""
    low = max(sentence.start, start - LONGEST)
    before = max((m.end() for m in END.finditer(text, low, start)), default=low)
    found = span(text, before, start)
    return found if _tells(found, [], lex) else None


def _tells(found: Span, words: list[Word], lex: Lexicon) -> bool:
    lows = [w.low for w in words]
    if any(lex.has_any("nouns", key, lows) for key in SOURCES) or platforms_in(found.text[: SOURCE * 8]):
        return False
    return _enough(found.text, spaced=lex.spaced)


def _enough(text: str, *, spaced: bool) -> bool:
    """Whether words are enough to tell anything; where they do not stand apart, their signs count."""
    return len(content(text)) >= LEAST if spaced else len(text) >= LEAST_SIGNS
