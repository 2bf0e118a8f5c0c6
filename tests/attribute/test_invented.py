"""Invented articles of 22 languages, three each: who put a visual out, through whom it came, when, where, and the verdict."""

from collections import defaultdict

import pytest

from tests.attribute import invented

FLOORS = {"origin": 0.92, "nodes": 0.88, "cite": 0.93, "from": 0.88, "credit": 0.95, "day": 0.8, "place": 0.65, "verdict": 0.95}
"""What was reached; a change of words or rules must not lose it."""
LEAST = {"origin": 2, "cite": 5, "credit": 0, "verdict": 1}
"""What no single language may fall below, of 3 origins, 8 or 9 citing phrases, 1 or 2 credits and 1 verdict."""


@pytest.fixture(scope="module")
def scores() -> dict[str, invented.Score]:
    found: dict[str, invented.Score] = defaultdict(invented.Score)
    for language in invented.languages():
        for article in invented.articles(language):
            invented.score(article, found[language])
    return found


@pytest.mark.parametrize("measure", invented.MEASURES)
def test_what_is_found_over_all_languages_stays_above_its_floor(scores: dict[str, invented.Score], measure: str) -> None:
    """Articles written before the rules of their language keep being read as well as they were."""
    found, whole = (sum(getattr(s, part)[measure] for s in scores.values()) for part in ("found", "all"))
    assert found >= FLOORS[measure] * whole, [m for s in scores.values() for m in s.missed if m.startswith(measure)]


@pytest.mark.parametrize("language", invented.languages())
def test_no_language_is_left_behind(scores: dict[str, invented.Score], language: str) -> None:
    """Each language, the thin ones too, gives origins, citations and verdicts."""
    found = scores[language].found
    assert all(found[measure] >= least for measure, least in LEAST.items()), scores[language].missed
