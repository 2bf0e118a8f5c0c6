"""Headlines that say that a picture stands below, on pages whose words speak of none: "Flag seen over the mill (photo)"."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from provenance.attribute.mentioning import Mention
from provenance.attribute.text import Sentence, span, word
from provenance.records import MediumKind, Page

LONGEST = 300
SHORTEST = 15
"""Characters of a headline that may say what is shown."""


def marked(page: Page, sentences: list[Sentence]) -> Mention | None:
    """The visual that the mark of a headline stands for; the headline says what it shows. None where there is no mark."""
    headline = page.facts.headline
    at = page.text.find(headline, 0, LONGEST) if headline and SHORTEST <= len(headline) <= LONGEST else -1
    if headline is None or at < 0:
        return None
    match = _pattern().search(headline)
    sentence = next((s for s in sentences if s.start <= at < s.end), None)
    if match is None or sentence is None or match.lastgroup is None:
        return None
    kind: MediumKind = "video" if "video" in match.lastgroup else "photo"
    start, end = (match.end(), len(headline)) if match.start() == 0 else (0, match.start())
    told = headline[start:end]
    start, end = start + len(told) - len(told.lstrip()), end - len(told) + len(told.rstrip())
    if end - start < SHORTEST:
        return None
    noun = word(at + match.start(match.lastgroup), match[match.lastgroup])
    shown = span(page.text, at + start, at + end)
    return Mention(kind, at + start, at + end, noun, sentence, definite=False, another=False, shown=shown, moved=True)


@cache
def _pattern() -> re.Pattern[str]:
    """A mark in brackets at either end, after a full stop at the end, or before a colon or bar at the head."""
    raw = tomllib.loads((files("provenance.attribute") / "data" / "headline_marks.toml").read_text("utf-8"))
    photo, video = ("|".join(sorted(map(re.escape, raw[kind]), key=len, reverse=True)) for kind in ("photo", "video"))
    forms = (
        r"[(\[（【]\s*(?:(?P<photo{n}>{photo})|(?P<video{n}>{video}))(?:\s*(?:[,/+&]|и|і|и|y|e|et|und|and|ve)\s*\w+)?\s*[)\]）】]\s*$",
        r"(?<=[.!?»”\"|–—])\s*(?:(?P<photo{n}>{photo})|(?P<video{n}>{video}))\s*\.?$",
        r"^[(\[（【]\s*(?:(?P<photo{n}>{photo})|(?P<video{n}>{video}))\s*[)\]）】]",
        r"^(?:(?P<photo{n}>{photo})|(?P<video{n}>{video}))\s*[:|]",
    )
    body = "|".join(form.format(n=n, photo=photo, video=video) for n, form in enumerate(forms))
    return re.compile(body, re.IGNORECASE)
