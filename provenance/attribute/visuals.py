"""Every visual that an article speaks of: found in its words, and joined with what the page embeds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from provenance.attribute.content import alike, content
from provenance.attribute.lexicon import Lexicon
from provenance.attribute.text import Sentence, Word, span
from provenance.records import Account, Medium, MediumKind, Page, Span, StatedDate, StatedPlace

ADJECTIVES = 5
CLAUSE = re.compile(r"[.;:!?\n“”\"()—]|,(?!\s+(?:[A-Z][\w-]+(?:\s[A-Z][\w-]+)?(?=[,.]|$)))")
"""Where a description ends: not at the comma of "Pokrovsk, Ukraine"."""
MOST = 150
"""Visuals of one document; a page with more is a listing, and the mentions over it are left out."""
REACH = 70
"""Characters between a visual and the verb that says what it shows or where it went."""
MADE_BY = re.compile(r"\s+(?:from|by|on|at)\b")
"""After "captured" these tell how the visual was made, not what it shows."""
FAMILIES: dict[MediumKind, frozenset[MediumKind]] = {
    "photo": frozenset({"photo", "screenshot"}),
    "screenshot": frozenset({"photo", "screenshot", "video"}),
    "video": frozenset({"video"}),
    "video-grab": frozenset({"video-grab"}),
    "audio": frozenset({"audio"}),
    "graphic": frozenset({"graphic"}),
    "document": frozenset({"document"}),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that speaks of a visual. `shown` says what it shows, `moved` that it was put out or found."""

    kind: MediumKind
    start: int
    end: int
    noun: Word
    sentence: Sentence
    definite: bool
    another: bool
    shown: Span | None
    moved: bool


@dataclass
class Visual:
    """One visual while it is put together."""

    id: str
    kind: MediumKind
    embedded: Medium | None = None
    words: frozenset[str] = frozenset()
    mentions: list[Mention] = field(default_factory=list)
    shown: list[Span] = field(default_factory=list)
    account: Account | None = None
    derived_from: str | None = None
    dates: list[StatedDate] = field(default_factory=list)
    places: list[StatedPlace] = field(default_factory=list)

    def take(self, mention: Mention, text: str) -> None:
        """Add a mention and the words that it brings."""
        self.mentions.append(mention)
        if mention.shown:
            self.shown.append(mention.shown)
        self.words |= content(text[mention.start : mention.end] + " " + (mention.shown.text if mention.shown else ""))


def visuals(page: Page, sentences: list[Sentence], lex: Lexicon) -> list[Visual]:
    """All visuals of a page: first those it embeds, in their order, then those known only from words."""
    found = [_embedded(page, medium) for medium in page.media]
    numbers = count(1)
    taken = {m.id for m in page.media}
    undecided: list[Mention] = []
    for mention in mentions(page.text, sentences, lex):
        visual = _owner(mention, found, page.text)
        if visual is None and len(found) < MOST + len(page.media) and (mention.shown or mention.moved):
            visual = Visual(next(i for i in (f"m{n}" for n in numbers) if i not in taken), mention.kind)
            taken.add(visual.id)
            found.append(visual)
        if visual is None:
            undecided.append(mention)
        else:
            visual.take(mention, page.text)
    _settle(undecided, found, page.text)
    _derive(found)
    return found


def mentions(text: str, sentences: list[Sentence], lex: Lexicon) -> Iterator[Mention]:
    """Noun phrases that may speak of a visual, in the order of the text."""
    kinds = {word: kind for kind in FAMILIES for word in lex.words["visuals"].get(kind, ())}
    pattern = _nouns(lex)
    for sentence in sentences:
        banned = [m.span() for m in lex.pattern("visuals", "not_visual").finditer(sentence.text)]
        for match in pattern.finditer(sentence.text):
            if not any(a <= match.start() < b for a, b in banned):
                mention = _mention(text, sentence, match, kinds[match.group().lower()], lex)
                if mention:
                    yield mention


_PATTERNS: dict[str, re.Pattern[str]] = {}


def _nouns(lex: Lexicon) -> re.Pattern[str]:
    if lex.language not in _PATTERNS:
        words = sorted({w for kind in FAMILIES for w in lex.words["visuals"].get(kind, ())}, key=len, reverse=True)
        body = "|".join(map(re.escape, words)) or "(?!)"
        _PATTERNS[lex.language] = re.compile(rf"(?<![\w-])(?:{body})(?![\w-])" if lex.spaced else body, re.IGNORECASE)
    return _PATTERNS[lex.language]


def _mention(text: str, sentence: Sentence, match: re.Match[str], kind: MediumKind, lex: Lexicon) -> Mention | None:
    start, end = match.start() + sentence.start, match.end() + sentence.start
    before = _lead(sentence, start, lex) if lex.spaced else []
    noun = Word(start, end, match.group())
    lows = [w.low for w in before]
    definite = any(lex.has("edges", "follow", low) for low in lows) or any(w.text.endswith(("'s", "’s")) for w in before)
    another = any(lex.has("visuals", "another", low) for low in lows)
    shown = _shown(text, sentence, end, lex)
    moved = _moved(text, sentence, start, end, kind, lex)
    if kind == "document":
        shown = shown if moved else None
    if sentence.block.kind == "caption" and kind != "video":
        return None
    if not (definite or shown or moved or before or start == sentence.start):
        return None
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
    )


def _lead(sentence: Sentence, start: int, lex: Lexicon) -> list[Word]:
    """The article and adjectives before a noun."""
    taken: list[Word] = []
    words = [w for w in sentence.words if w.end <= start]
    for word in reversed(words[-ADJECTIVES:]):
        if _is_edge(word, lex) and not lex.has("edges", "follow", word.low):
            break
        taken.insert(0, word)
        if lex.has("edges", "follow", word.low) or lex.has("edges", "articles", word.low):
            return taken
    return taken[-1:] if taken and taken[-1].low != "of" and taken[-1].text[0].islower() and len(taken) == 1 else []


def _is_edge(word: Word, lex: Lexicon) -> bool:
    known = lex.has("edges", "right", word.low) or lex.has("places", "in", word.low)
    return known or word.low == "of" or not word.text[0].isalnum()


def _phrase_end(text: str, sentence: Sentence, end: int) -> int:
    stop = CLAUSE.search(text, end, sentence.end)
    return stop.start() if stop else sentence.end


def _shown(text: str, sentence: Sentence, end: int, lex: Lexicon) -> Span | None:
    """What the visual shows: the words after "showing" in its own clause."""
    limit = min(sentence.end, end + REACH)
    match = lex.pattern("visuals", "shows").search(text, end, limit)
    if not match or re.search(r"[.;!?“”]", text[end : match.start()]) or MADE_BY.match(text, match.end()):
        return None
    stop = CLAUSE.search(text, match.end() + 1, sentence.end)
    found = span(text, match.end(), stop.start() if stop else sentence.end)
    return found if len(found.text.split()) > 1 or len(found.text) > 8 else None  # noqa: PLR2004 - one short word shows nothing


def _moved(text: str, sentence: Sentence, start: int, end: int, kind: MediumKind, lex: Lexicon) -> bool:
    """Whether its clause says that it was put out, found or made."""
    list_name = "document_marks" if kind == "document" else "moves"
    pattern = lex.pattern("visuals", list_name)
    after = pattern.search(text, end, min(sentence.end, end + REACH))
    before = pattern.search(text, max(sentence.start, start - REACH), start)
    return any(m and not re.search(r"[.;!?]", text[min(end, m.start()) : max(m.start(), start)][:REACH]) for m in (after, before))


# ---- which visual a mention speaks of


def _embedded(page: Page, medium: Medium) -> Visual:
    block = next((b for b in page.blocks if b.medium == medium.id), None)
    post = next((p for p in page.posts if p.id == medium.post), None)
    parts = [medium.caption or "", medium.description.text if medium.description else "", (post.text or "") if post else ""]
    parts += [page.text[block.start : block.end]] if block else []
    return Visual(medium.id, medium.kind, embedded=medium, words=content(" ".join(parts)), account=medium.account)


def _owner(mention: Mention, found: list[Visual], text: str) -> Visual | None:
    block = mention.sentence.block
    fitting = [v for v in found if mention.kind in FAMILIES.get(v.kind, {v.kind})]
    own = next(
        (v for v in found if v.embedded and (v.id == block.medium or (block.post and v.embedded.post == block.post))), None
    )
    if own is not None and own in fitting:
        return own
    words = content(text[mention.start : mention.end] + " " + (mention.shown.text if mention.shown else ""))
    if not mention.another:
        same = max((v for v in fitting if alike(words, v.words)), key=lambda v: len(words & v.words), default=None)
        if same:
            return same
    if mention.definite and not mention.another:
        spoken = [v for v in fitting if v.mentions]
        if spoken:
            return max(spoken, key=lambda v: v.mentions[-1].start)
        return fitting[0] if len(fitting) == 1 and not mention.shown else None
    return None


def _settle(undecided: list[Mention], found: list[Visual], text: str) -> None:
    """Give bare mentions to the visual that later words told more of: "a form … the form, written in Korean"."""
    for mention in undecided:
        spoken = [v for v in found if v.kind == mention.kind and v.mentions and v.embedded is None]
        if len(spoken) == 1 and not mention.another and mention.noun.low == spoken[0].mentions[0].noun.low:
            spoken[0].mentions.insert(0, mention)
            spoken[0].words |= content(text[mention.start : mention.end])


def join_by_source(found: list[Visual], sources: dict[str, set[object]]) -> dict[str, str]:
    """A clip that only a caption speaks of is the clip that the article has from the same source; returns old id to new."""
    moved: dict[str, str] = {}
    for visual in [v for v in found if v.embedded is None and v.mentions and not v.shown]:
        same = [
            v
            for v in found
            if v is not visual and v.kind == visual.kind and sources.get(v.id, set()) & sources.get(visual.id, set())
        ]
        if same and all(m.sentence.block.kind == "caption" for m in visual.mentions):
            same[0].mentions = [*visual.mentions, *same[0].mentions]
            same[0].words |= visual.words
            moved[visual.id] = same[0].id
    found[:] = [v for v in found if v.id not in moved]
    for visual in found:
        visual.derived_from = moved.get(visual.derived_from or "", visual.derived_from)
    return moved


def _derive(found: list[Visual]) -> None:
    """A grab comes from the clip that the same article speaks of."""
    clips = [v for v in found if v.kind == "video"]
    for grab in (v for v in found if v.kind == "video-grab"):
        near = [c for c in clips if len(grab.words & c.words) >= 2] or (clips if len(clips) == 1 else [])  # noqa: PLR2004 - two words in common
        if near:
            grab.derived_from = near[0].id
