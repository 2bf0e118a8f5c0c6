"""Many wordings of citing and posting, one sentence each, in the languages of Asia."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from provenance.attribute import read
from provenance.records import Citation, Party
from tests.attribute.pages import page

WORDINGS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("asian_wordings.toml").read_text("utf-8"))["wording"]


def _names(party: Party) -> str:
    return " ".join(filter(None, (party.name, party.handle)))


def _holds(party: Party, wanted: str) -> bool:
    """Whether a party is the wanted one: one of the spellings that "|" parts; nothing stands for the article, "*" for anyone."""
    if wanted == "*":
        return True
    if not wanted:
        return party.kind == "this-article"
    return any(spelling in _names(party) for spelling in wanted.split("|"))


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda w: f"{w['language']}-{w['text'][:20]}")
def test_a_wording_gives_its_source_and_no_other_name(wording: dict[str, Any]) -> None:
    """Each source is cited by whom the sentence says, and no name takes in the words around it."""
    before = f"{wording['before']}\n" if "before" in wording else ""
    document = read(page(before + wording["text"], language=wording["language"], published="2031-03-15"))
    found: list[Citation] = [c for c in document.citations if c.span.end > len(before)]
    for cited, citing in wording["cites"]:
        assert any(_holds(c.cited, cited) and _holds(c.citing, citing) for c in found), (cited, citing, found)
    names = [_names(party) for c in found for party in (c.cited, c.citing)]
    assert not [(name, word) for name in names for word in wording.get("not", ()) if word in name]
