"""How firmly a document judges a visual: false or genuine outright, as a guess, or as open; each with its exact words."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from provenance.chain import sentences
from provenance.chain.appearance import SHORT_PAGE, Appearance
from provenance.chain.losses import DOUBT
from provenance.chain.statements import spans_of, windows
from provenance.records import DocumentSpan
from provenance.reference import phrases

Side = Literal["false", "true"]
SIDES: tuple[Side, ...] = ("false", "true")
FIRM, GUESS, OPEN = 3, 2, 1
LONGEST_TITLE = 200
SENTENCES_BEHIND = 2
DENIED_BEHIND = 20
"""Code points behind a judging word in which what denies it stands: "sahte değil", "가짜가 아니"."""
_CLAUSE = re.compile(r"[,;:，、；：،؛(]\s?|\s[–—-]\s")
_QUESTION = re.compile(r"[?？؟]")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One sentence that judges a visual. `side` is None for one that leaves it open; `grade` is FIRM, GUESS or OPEN.

    `words` is the judging word, `sentence` the slice in which it stands.
    """

    document: str
    side: Side | None
    grade: int
    words: DocumentSpan
    sentence: tuple[int, int]


def judgements(member: Appearance) -> list[Judgement]:
    """What a document says of whether a visual is what it is said to be, in the order of its text.

    Only sentences that speak of the visual are read, the next ones up to where another visual is spoken of, the headline of a
    page about nothing else, and, on a short page about one kind of visual, all of it. A sentence with a negation beside the
    judging word, or that asks, is not read at all.
    """
    text, language = member.document.text, member.document.document.language
    found = {}
    for start, end in sorted(_read(member)):
        for judgement in _of_sentence(member, text, language, start, end):
            found[judgement.words.start, judgement.words.end] = judgement
    return list(found.values())


def _read(member: Appearance) -> set[tuple[int, int]]:
    """The sentences to read."""
    text = member.document.text
    spoken = {sentences.around(text, a, b) for a, b in windows(member)}
    about = {member.medium.id, *(c.id for c in member.document.claims if c.about == member.medium.id)}
    tied = [h.span for h in member.document.hedges if not about.isdisjoint(h.about)]
    tied += [c.span for c in member.document.claims if c.about == member.medium.id and c.type == "authenticity"]
    spoken |= {sentences.around(text, s.start, s.end) for s in tied}
    spoken |= set(_behind(member, spoken))
    if not _is_about_one_kind(member):
        return spoken
    head = text.partition("\n")[0]
    spoken |= {(0, len(head))} if 0 < len(head) <= LONGEST_TITLE else set()
    if len(text) <= SHORT_PAGE:
        begins = sentences.starts(text)
        spoken |= {sentences.around(text, a, a + 1) for a in begins if a < len(text)}
    return spoken


def _behind(member: Appearance, spoken: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The next sentences after those that speak of a visual, in one paragraph, as long as none speaks of another visual."""
    text = member.document.text
    others = [s.start for a in member.siblings for s in spans_of(a)]
    for _, end in spoken:
        at = end
        for _ in range(SENTENCES_BEHIND):
            at = next((i for i in range(at, min(at + 3, len(text))) if not text[i].isspace()), len(text))
            if at >= len(text) or "\n" in text[end:at]:
                break
            found = sentences.around(text, at, at + 1)
            if found in spoken or any(found[0] <= o < found[1] for o in others):
                break
            yield found
            at = found[1]


def _is_about_one_kind(member: Appearance) -> bool:
    return len({m.kind for m in member.document.media}) == 1


def _of_sentence(member: Appearance, text: str, language: str | None, start: int, end: int) -> Iterator[Judgement]:
    """The judgement of one sentence: the firmest of one side; a sentence that judges both ways says nothing."""
    if _QUESTION.search(text, start, end):
        return
    opened = _find("open", text, start, end, language)
    judged = [(side, span) for side in SIDES for span in _find(side, text, start, end, language) if not _inside(span, opened)]
    if opened:
        yield _judgement(member, None, OPEN, opened[0], (start, end))
        return
    if len({side for side, _ in judged}) != 1:
        return
    side, span = judged[0]
    if _is_turned_round(text, span, (start, end), language):
        return
    doubted = _find("soft", text, start, end, language) or any(
        h.type in DOUBT and start <= h.span.start < end for h in member.document.hedges
    )
    yield _judgement(member, side, GUESS if doubted else FIRM, span, (start, end))


def _is_turned_round(text: str, span: tuple[int, int], sentence: tuple[int, int], language: str | None) -> bool:
    """Whether a negation stands before the judging word in its clause, or right behind it where languages deny there."""
    before = max(sentence[0], *(m.end() for m in _CLAUSE.finditer(text, sentence[0], span[0])), 0)
    stop = _CLAUSE.search(text, span[1], min(sentence[1], span[1] + DENIED_BEHIND))
    behind = stop.start() if stop else min(sentence[1], span[1] + DENIED_BEHIND)
    return bool(_find("not", text, before, span[0], language) or _find("not", text, span[0], behind, language))


def _judgement(member: Appearance, side: Side | None, grade: int, span: tuple[int, int], sentence: tuple[int, int]) -> Judgement:
    words = DocumentSpan(document=member.key.document, start=span[0], end=span[1], text=member.document.text[span[0] : span[1]])
    return Judgement(member.key.document, side, grade, words, sentence)


def _inside(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in others)


def _find(group: str, text: str, start: int, end: int, language: str | None) -> list[tuple[int, int]]:
    return [m.span() for m in _pattern(group, (language or "")[:2].lower()).finditer(text, start, end)]


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("provenance.chain").joinpath("data", "verdicts.toml").read_text(encoding="utf-8"))


@cache
def _pattern(group: str, language: str) -> re.Pattern[str]:
    """The words of a language; where it is not known, or has no list, those of all."""
    table = _tables()[group]
    return phrases.pattern(table[language] if language in table else (f for forms in table.values() for f in forms))
