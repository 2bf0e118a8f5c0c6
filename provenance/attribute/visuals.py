"""Every visual that an article speaks of: found in its words, and joined with what the page embeds."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count

from provenance.attribute import headlines
from provenance.attribute.content import alike, content
from provenance.attribute.lexicon import Lexicon, lexicon
from provenance.attribute.mentioning import Mention, mentions
from provenance.attribute.nouns import FAMILIES, nouns
from provenance.attribute.posting_words import posting_words
from provenance.attribute.text import HANDLE, Sentence
from provenance.records import Account, Block, Medium, MediumKind, Page, Post, Span, StatedDate, StatedPlace
from provenance.reference.parties import lowered

WORD = re.compile(r"[^\W\d_][\w-]*")
BEHIND = re.compile(r"(?:\s\w[\w-]{0,30}){1,2}")
"""The two words behind a noun: "Bilder der Überwachungskamera"."""
MODE_REACH = 14
"""Characters beside a noun in which a word says how it was taken."""
TOLD_REACH = 45
"""Characters before a noun in which stands what it shows."""
ALIKE_WORDS = 2
"""Words in common of what a caption shows and of what words tell before a noun."""
MOST = 150
"""Visuals of one document; a page with more is a listing, and the mentions over it are left out."""
PLURAL = (
    "photos",
    "pictures",
    "images",
    "photographs",
    "snapshots",
    "fotos",
    "imágenes",
    "fotografías",
    "bilder",
    "снимки",
    "снимков",
)
"""More than one picture is not the one on the page."""
ARCHIVE = re.compile(
    r"\b(?:file|stock|archives?|archiv\w*|archivo|archivio|архив\w*|архів\w*|arşiv)\b|자료|資料|资料", re.IGNORECASE
)
"""A picture that only illustrates; words about "the photo" are not of it."""


GRABBED = re.compile(
    r"캡처|캡쳐|갈무리|翻[攝摄]|截[圖图自]|擷自|screen ?(?:shot|grab)|capture|ekran (?:görüntüsü|alıntısı)|"
    r"tangkapan layar|cắt từ|स्क्रीन",
    re.IGNORECASE,
)
"""A credit that says that a picture was captured from a screen."""


@dataclass
class Visual:
    """One visual while it is put together."""

    id: str
    kind: MediumKind
    embedded: Medium | None = None
    words: frozenset[str] = frozenset()
    mentions: list[Mention] = field(default_factory=list)
    shown: list[Span] = field(default_factory=list)
    told: frozenset[str] = frozenset()
    account: Account | None = None
    derived_from: str | None = None
    dates: list[StatedDate] = field(default_factory=list)
    places: list[StatedPlace] = field(default_factory=list)

    def take(self, mention: Mention, words: frozenset[str]) -> None:
        """Add a mention and the words that it brings."""
        self.mentions.append(mention)
        if mention.shown:
            self.shown.append(mention.shown)
            self.told |= content(mention.shown.text)
        self.words |= words


def _words(mention: Mention, text: str) -> frozenset[str]:
    """The words of a mention and of what it says is shown."""
    return content(text[mention.start : mention.end] + " " + (mention.shown.text if mention.shown else ""))


def visuals(page: Page, sentences: list[Sentence], lex: Lexicon) -> list[Visual]:
    """All visuals of a page: first those it embeds, in their order, then those known only from words."""
    blocks = {b.medium: b for b in reversed(page.blocks) if b.medium}
    posts = {p.id: p for p in page.posts}
    found = [_embedded(page.text, medium, blocks.get(medium.id), posts.get(medium.post or "")) for medium in page.media]
    told = list(mentions(page.text, sentences, lex))
    lead = _lead_picture(page, found, lex)
    if lead and _is_grab(lead.visual, told):
        lead = None
    numbers = count(1)
    taken = {m.id for m in page.media}
    undecided: list[Mention] = []
    for mention in told:
        words = _words(mention, page.text)
        visual = _owner(mention, words, found, page.text, lead, lex)
        if visual is None and len(found) < MOST + len(page.media) and (mention.shown or mention.moved):
            visual = Visual(next(i for i in (f"m{n}" for n in numbers) if i not in taken), mention.kind)
            taken.add(visual.id)
            found.append(visual)
        if visual is None:
            undecided.append(mention)
        else:
            visual.take(mention, words)
    _settle(undecided, found, page.text)
    if not found and (mark := headlines.marked(page, sentences)):
        found.append(Visual("m1", mark.kind))
        found[0].take(mark, _words(mark, page.text))
    _derive(found)
    return found


# ---- which visual a mention speaks of


def _embedded(text: str, medium: Medium, block: Block | None, post: Post | None) -> Visual:
    parts = [medium.caption or "", medium.description.text if medium.description else "", (post.text or "") if post else ""]
    parts += [text[block.start : block.end]] if block else []
    return Visual(medium.id, medium.kind, embedded=medium, words=content(" ".join(parts)), account=medium.account)


@dataclass(frozen=True, slots=True)
class _Lead:
    """The one picture of an article's own, the words that stand around it, and whether its caption speaks of "a photo".

    `modes` are the words of its caption and credit that say how it was taken; None where it has neither.
    """

    visual: Visual
    words: frozenset[str]
    told: bool
    modes: frozenset[str] | None


def _lead_picture(page: Page, found: list[Visual], lex: Lexicon) -> _Lead | None:
    own = [v for v in found if v.embedded and v.embedded.role in ("lead", "body", "gallery") and v.embedded.kind == "photo"]
    medium = own[0].embedded if len(own) == 1 else None
    if medium is None or ARCHIVE.search(f"{medium.credit or ''} {medium.caption or ''}"):
        return None
    told = bool(nouns(lex).search(lowered(medium.caption or "")))
    said = medium.caption or medium.credit
    modes = _modes(f"{medium.caption or ''} {medium.credit or ''} {medium.alt or ''}", lex) if said else None
    return _Lead(own[0], own[0].words | content(f"{page.facts.headline or ''} {medium.alt or ''}"), told, modes)


def _is_grab(visual: Visual, told: list[Mention]) -> bool:
    """Whether a picture that only a credit speaks of was captured, on a page that tells of footage."""
    medium = visual.embedded
    grabbed = medium is not None and not medium.caption and GRABBED.search(medium.credit or "") is not None
    return grabbed and any(m.kind == "video" for m in told)


def _modes(text: str, lex: Lexicon) -> frozenset[str]:
    """The words of a text that say how a picture was taken: from a satellite, a drone, by a camera that watches a street."""
    low = lowered(text)
    if not lex.spaced:
        return frozenset(w for w in lex.sets.get("visuals", {}).get("modes", ()) if w in low)
    return frozenset(w for w in WORD.findall(low) if lex.has("visuals", "modes", w))


def _has_mode(mention: Mention, text: str, lex: Lexicon) -> bool:
    """Whether its noun, a word before it or one behind it says how it was taken: "drone photo", "foto de satélite"."""
    start, end = mention.noun.start, mention.noun.end
    behind = BEHIND.match(text, end, mention.sentence.end)
    stop = max(behind.end() if behind else end, min(mention.sentence.end, end + MODE_REACH))
    return bool(_modes(text[max(mention.sentence.start, start - MODE_REACH) : stop], lex))


def _is_lead(mention: Mention, lead: _Lead, found: list[Visual], words: frozenset[str], text: str, lex: Lexicon) -> bool:
    """Whether "the photo" is the article's own: no other was brought up, and what it shows fits what stands there."""
    if mention.another or mention.beside or mention.kind != "photo" or mention.noun.text.lower().endswith(PLURAL):
        return False
    if lead.modes is not None and not lead.modes and _has_mode(mention, text, lex):
        return False
    other = any(v.mentions and v.kind == "photo" and v is not lead.visual for v in found)
    if mention.named and mention.shown and not lead.modes and _modes(mention.shown.text, lex):
        return False
    if mention.definite:
        return not other
    told = _told_before(mention, text, lex) if lead.modes is not None else frozenset()
    if len(told) >= ALIKE_WORDS and lead.visual.words:
        return len(told & lead.visual.words) >= ALIKE_WORDS
    return not other and (mention.shown is None or lead.told or bool(words & lead.words))


def _told_before(mention: Mention, text: str, lex: Lexicon) -> frozenset[str]:
    """What a visual shows where that stands before its noun, as in Hindi and Turkish: "a burning tanker's picture"."""
    if not (lex.sov and lex.spaced) or (mention.shown and mention.shown.end > mention.noun.start):
        return frozenset()
    start = mention.shown.start if mention.shown else max(mention.sentence.start, mention.noun.start - TOLD_REACH)
    before, words = text[start : mention.noun.start], posting_words(lex.language)
    if words:
        before = words.accounts.sub(" ", words.verbs.sub(" ", HANDLE.sub(" ", before)))
    return content(before) - _function_words(lex)


def _owner(
    mention: Mention, words: frozenset[str], found: list[Visual], text: str, lead: _Lead | None, lex: Lexicon
) -> Visual | None:
    block = mention.sentence.block
    fitting = [v for v in found if mention.kind in FAMILIES.get(v.kind, {v.kind})]
    own = next(
        (v for v in found if v.embedded and (v.id == block.medium or (block.post and v.embedded.post == block.post))), None
    )
    if own is not None and own in fitting:
        return own
    if film := _film_before(mention, found, lex):
        return film
    if lead and _is_lead(mention, lead, found, words, text, lex):
        return lead.visual
    if mention.another:
        return None
    if mention.named and mention.shown:
        told = content(mention.shown.text) - _function_words(lex)
        fitting = [v for v in fitting if not _tells_otherwise(v, told, beside=mention.beside)]
    return _same(mention, fitting, words) or (_pointed_at(mention, fitting) if mention.definite else None)


def _film_before(mention: Mention, found: list[Visual], lex: Lexicon) -> Visual | None:
    """The film of which "the images" are the frames: it was told of last, in this sentence or the one before."""
    if not mention.definite or mention.another or not lex.has("visuals", "footage", mention.noun.low):
        return None
    last = max((v for v in found if v.mentions), key=lambda v: v.mentions[-1].start, default=None)
    near = last is not None and 0 <= mention.sentence.number - last.mentions[-1].sentence.number <= 1
    return last if last and near and last.kind == "video" else None


def _function_words(lex: Lexicon) -> frozenset[str]:
    """Stems of the language's articles and prepositions, which describe nothing."""
    return _stems_of_edges(lex.language)


@lru_cache(maxsize=32)
def _stems_of_edges(language: str) -> frozenset[str]:
    lex = lexicon(language)
    lists = (("visuals", "of"), ("edges", "articles"), ("edges", "follow"), ("edges", "right"), ("places", "in"))
    return content(" ".join(w for section, key in lists for w in lex.sets.get(section, {}).get(key, ())))


def _tells_otherwise(visual: Visual, told: frozenset[str], *, beside: bool) -> bool:
    """Whether what is known of a visual shares no word with what a new mention is of: it is another one then.

    Of a visual of which nothing is told, only a mention that brings one up `beside` it is another one.
    """
    return (bool(visual.told) and visual.told.isdisjoint(told)) or (beside and not visual.told and visual.words.isdisjoint(told))


def _same(mention: Mention, fitting: list[Visual], words: frozenset[str]) -> Visual | None:
    """The visual that the headline brought up, or that words told the same of."""
    titled = [v for v in fitting if v.mentions and all(m.sentence.block.kind in ("headline", "caption") for m in v.mentions)]
    if len(titled) == 1 and mention.sentence.block.kind != "headline":
        return titled[0]
    return max((v for v in fitting if alike(words, v.words)), key=lambda v: len(words & v.words), default=None)


def _pointed_at(mention: Mention, fitting: list[Visual]) -> Visual | None:
    spoken = [v for v in fitting if v.mentions]
    if spoken:
        return max(spoken, key=lambda v: v.mentions[-1].start)
    return fitting[0] if len(fitting) == 1 and not mention.shown else None


def _settle(undecided: list[Mention], found: list[Visual], text: str) -> None:
    """Give bare mentions to the visual that later words told more of: "a form … the form, written in Korean"."""
    for mention in undecided:
        spoken = [v for v in found if v.kind == mention.kind and v.mentions and v.embedded is None]
        if len(spoken) == 1 and not mention.another and mention.noun.low == spoken[0].mentions[0].noun.low:
            spoken[0].mentions.insert(0, mention)
            spoken[0].words |= content(text[mention.start : mention.end])


def join_by_source(found: list[Visual], sources: dict[str, set[object]], accounts: set[object]) -> dict[str, str]:
    """Join visuals of one page that come from one source; returns old id to new.

    A clip that only a caption speaks of is the clip that the article has from the same source; "a photo", not another one,
    from the account that the page's own picture is from is that picture.
    """
    moved: dict[str, str] = {}
    for visual in [v for v in found if v.embedded is None and v.mentions]:
        same = [
            v
            for v in found
            if v is not visual and v.kind == visual.kind and sources.get(v.id, set()) & sources.get(visual.id, set())
        ]
        captioned = not visual.shown and all(m.sentence.block.kind == "caption" for m in visual.mentions)
        own = [v for v in same if v.embedded and v.embedded.role == "lead" and sources[v.id] & sources[visual.id] & accounts]
        if own and visual.kind == "photo" and not any(m.another for m in visual.mentions):
            same = own
        elif not captioned:
            same = []
        if same and same[0].id not in moved:
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
