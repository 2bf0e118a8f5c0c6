"""Hedges by type, and claims."""

import pytest

from provenance.attribute import read
from tests.attribute.pages import page


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("The wall may have cracked.", "modal", "may have"),
        ("A letter, suggesting that the wall cracked, came late.", "inference", "suggesting that"),
        ("The wall is believed to be old.", "hearsay", "is believed to be"),
        ("The crew reportedly left.", "hearsay", "reportedly"),
        ("The alleged sabotage was mild.", "allegation", "alleged sabotage"),
        ("The clip shows what appear to be rafts.", "appearance", "what appear to be"),
        ("A break is highly likely.", "probability", "highly likely"),
        ("It is grave, if true.", "conditional", "if true"),
        ("Oslo has not officially commented.", "non-confirmation", "has not officially commented"),
        ("The port remains unconfirmed.", "non-confirmation", "remains unconfirmed"),
        ("The port continues to deny it.", "denial", "continues to deny"),
        ("The port flatly denied it.", "denial", "flatly denied"),
    ],
)
def test_each_hedge_has_its_type(sentence: str, kind: str, words: str) -> None:
    """A weakening, distancing or denying phrase is found whole, once, with its type."""
    found = read(page(sentence)).hedges
    assert [(h.type, h.text) for h in found] == [(kind, words)]


def test_a_hedge_names_the_visual_of_its_sentence() -> None:
    """A hedge in a sentence that speaks of a visual is about that visual."""
    document = read(page("A video posted by @quaywatch on X purportedly shows rafts on the river."))
    assert document.hedges[0].about == (document.media[0].id,)


def test_what_a_visual_shows_and_what_follows_from_it_are_two_claims() -> None:
    """The depiction ends where the inference begins."""
    document = read(page("A photo posted by @quaywatch on X shows rafts on the river, suggesting that the dam burst."))
    assert [(c.type, c.about) for c in document.claims] == [("depiction", "m1"), ("inference", "m1")]


def test_a_figure_of_the_story_is_a_claim_about_no_visual() -> None:
    """Who gives a figure is recorded with it."""
    document = read(page("The Lantern Bay Water Authority announced that it had sent about 1,500 workers to the dam."))
    claim = document.claims[0]
    assert (claim.about, claim.text) == (None, "it had sent about 1,500 workers to the dam")
    assert claim.asserted_by == "The Lantern Bay Water Authority"
    assert document.citations[0].about == (claim.id,)
