"""Cue words of `data/cues.toml`, found in texts with their exact places."""

import re
import tomllib
from functools import cache
from importlib.resources import files

_TAKES_NO_BLANKS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def find(group: str, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the cues of a group stand in `text[start:end]`, in order; offsets are of the whole text."""
    return [m.span() for m in _pattern(group).finditer(text, max(0, start), min(end, len(text)))]


@cache
def _pattern(group: str) -> re.Pattern[str]:
    data = tomllib.loads(files("provenance.chain").joinpath("data", "cues.toml").read_text(encoding="utf-8"))
    forms = sorted({form for forms in data[group].values() for form in forms}, key=lambda f: (-len(f), f))
    whole = "|".join(re.escape(f) for f in forms if not _TAKES_NO_BLANKS.search(f))
    inside = "|".join(re.escape(f) for f in forms if _TAKES_NO_BLANKS.search(f))
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)" + (f"|{inside}" if inside else ""), re.IGNORECASE)
