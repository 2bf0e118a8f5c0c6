"""The social platform that words name, in any language: "a Telegram channel", "엑스 계정", "в соцсети X"."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import cast

from provenance.records import Platform


def platform_of(text: str) -> Platform | None:
    """The platform that a stretch of text names first; None when it names none."""
    named, x_alone = _patterns()
    if match := named.search(text):
        return cast("Platform", match.lastgroup)
    return "x" if x_alone.search(text) else None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    raw = tomllib.loads((files("provenance.attribute") / "data" / "platforms.toml").read_text("utf-8"))
    groups = [f"(?P<{name}>{'|'.join(words)})" for name, words in raw["platforms"].items()]
    after, before = ("|".join(raw["x_alone"][key]) for key in ("after", "before"))
    return (
        re.compile(r"(?<![a-z0-9])(?:" + "|".join(groups) + r")(?![a-z0-9])", re.IGNORECASE),
        re.compile(rf"(?<![\w@])X(?={after})|(?:\b(?:{before})|/)\s*X(?![\w-])"),
    )
