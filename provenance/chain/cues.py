"""Cue words of `data/cues.toml` and `data/details.toml`, found in texts with their exact places."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

_TAKES_NO_BLANKS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_KEPT = 4096
"""Answers kept: a page with hundreds of visuals asks the same of its text for each pair of them."""


def find(group: str, text: str, start: int, end: int, language: str | None = "en") -> list[tuple[int, int]]:
    """Where the cues of a group stand in `text[start:end]`, in order; offsets are of the whole text.

    Args:
        group: a table of the data files.
        text: the whole text.
        start: first code point read.
        end: one past the last code point read.
        language: that of the document (BCP 47); words of other scripts are found in every document.
    """
    return list(_found(group, text, max(0, start), min(end, len(text)), (language or "en")[:2].lower()))


@lru_cache(maxsize=_KEPT)
def _found(group: str, text: str, start: int, end: int, language: str) -> tuple[tuple[int, int], ...]:
    return tuple(m.span() for m in _pattern(group, language).finditer(text, start, end))


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    texts = (files("provenance.chain").joinpath("data", n).read_text(encoding="utf-8") for n in ("cues.toml", "details.toml"))
    return {group: table for text in texts for group, table in tomllib.loads(text).items()}


@cache
def _pattern(group: str, language: str) -> re.Pattern[str]:
    table = _tables()[group]
    forms = sorted({*table.get(language, []), *table["other"]}, key=lambda f: (-len(f), f))
    whole = "|".join(re.escape(f).replace(r"\*", r"\w{0,12}") for f in forms if not _TAKES_NO_BLANKS.search(f))
    inside = "|".join(re.escape(f.rstrip("*")) for f in forms if _TAKES_NO_BLANKS.search(f))
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)" + (f"|{inside}" if inside else ""), re.IGNORECASE)
