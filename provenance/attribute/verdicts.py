"""What a text says of whether a visual is what it is said to be: false, made by a machine, wrongly captioned, genuine.

Each is the claim of whoever says it there, and never a status of ours.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from provenance.attribute.lexicon import Lexicon
from provenance.attribute.text import Sentence, span
from provenance.records import Span

if TYPE_CHECKING:
    from provenance.attribute.citing import Edge

KINDS = ("false", "generated", "miscaptioned", "genuine")
NEGATION_REACH = 12
"""Characters before a word of judgement in which a negation turns it round."""
LONGEST_LABEL = 40
OPENINGS = " \t*#•-–—»«【［["
LABEL_END = re.compile(r"[:：】］]")
CLAUSE_END = re.compile(r"[.;!?。！？।؟\n]")


def judged(sentence: Sentence, lex: Lexicon) -> tuple[int, int] | None:
    """Where a sentence passes judgement on a visual, in offsets of the page; None where it does not, or only denies one."""
    if sentence.judged is None:
        sentence.judged = (_judged(sentence, lex),)
    return sentence.judged[0]


def _judged(sentence: Sentence, lex: Lexicon) -> tuple[int, int] | None:
    if (rated := _rated(sentence, lex)) is not None:
        return rated
    for match in lex.finder("verdicts", *KINDS).finditer(sentence.low):
        if not any(lex.finder("verdicts", "not").finditer(sentence.low, max(0, match.start - NEGATION_REACH), match.start)):
            return match.start + sentence.start, match.end + sentence.start
    return None


def _rated(sentence: Sentence, lex: Lexicon) -> tuple[int, int] | None:
    """Where a sentence is a label with its rating: "Verdict: false", "Bewertung: Falsch."."""
    sign = LABEL_END.search(sentence.text, 0, LONGEST_LABEL)
    colon = sign.start() if sign else -1
    if colon < 0 or sentence.low[:colon].strip(OPENINGS) not in lex.sets.get("verdicts", {}).get("label", ()):
        return None
    rating = lex.pattern("verdicts", "rated").match(sentence.text, colon + 1 + (sentence.text[colon + 1 : colon + 2] == " "))
    return (sentence.start + rating.start(), sentence.start + rating.end()) if rating else None


def told(
    text: str, sentences: Iterable[Sentence], about: dict[int, tuple[str, ...]], edges: list["Edge"], lex: Lexicon
) -> Iterator[tuple[str, Span, str | None]]:
    """The judgements of a text: the visual, the words, and who is quoted as saying them (None: the text itself).

    A rating that stands alone is of the visual spoken of last.
    """
    latest: tuple[str, ...] = ()
    for sentence in sentences:
        visuals = about.get(sentence.number, ())
        if not visuals and latest and _rated(sentence, lex):
            visuals = latest
        latest = visuals or latest
        where = judged(sentence, lex) if visuals else None
        if where is None:
            continue
        said = [e for e in edges if e.sentence.number == sentence.number and (e.finite or e.frame)]
        by = min(said, key=lambda e: abs(e.cue[0] - where[0]), default=None)
        yield visuals[0], _clause(text, sentence, where), by.cited.name if by else None


def _clause(text: str, sentence: Sentence, where: tuple[int, int]) -> Span:
    starts = [m.end() for m in CLAUSE_END.finditer(text, sentence.start, where[0])]
    stop = CLAUSE_END.search(text, where[1], sentence.end)
    return span(text, max([sentence.start, *starts]), stop.start() if stop else sentence.end)
