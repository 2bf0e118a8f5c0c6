"""A block of structured data that is too long is called too long: a desk must not take it for the outlet's mistake."""

import json

from provenance.extract.jsonld import LONGEST_BLOCK, load


def test_a_block_over_the_limit_is_said_to_be_too_long() -> None:
    """Valid JSON over the limit is not blamed as invalid, and what was left out is said."""
    block = json.dumps({"@type": "Article", "articleBody": "a" * LONGEST_BLOCK})
    _, warnings = load([block])
    assert warnings == ["structured data: block 1 is longer than 3,000,000 characters; it was left out"]
