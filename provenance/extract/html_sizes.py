"""Sizes told in words: how publishers name their renditions, and the attributes that hold the full picture."""

import re
from functools import cache, lru_cache

from provenance.extract.html_names import data

_LAST_WORDS = 3
"""Words at the end of a file's name among which its size may stand: "…-large-169"."""
_FULL = re.compile(r"full|orig-file|hi-?res|high-?res|zoom|retina")


@lru_cache(maxsize=2048)
def named_size(url: str) -> int | None:
    """Where a rendition stands among its like by the word in its file's name: 0 for thumbnails, more for larger ones.

    Args:
        url: an address.

    Returns:
        A rank far below any number of pixels, or None where the name says nothing of a size.
    """
    name = url.partition("?")[0].rpartition("/")[2].rpartition(".")[0].casefold()
    found = [ranks[w] for w in re.findall(r"[a-z]+", name)[-_LAST_WORDS:] if w in (ranks := _ranks())]
    return max(found, default=None)


@cache
def _ranks() -> dict[str, int]:
    sizes: list[str] = data()["picture"]["sizes"]
    return {word: rank for rank, line in enumerate(sizes) for word in line.split()}


@lru_cache(maxsize=256)
def is_full(attribute: str) -> bool:
    """Whether an attribute is named for the full picture, which a page shows when the picture is opened."""
    return attribute.startswith("data-") and _FULL.search(attribute) is not None
