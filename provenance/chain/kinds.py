"""Kinds of things: what is a kind of what, and which is not the other.

A ferry is a boat, so a page that tells of one and a page that tells of the other may show one thing; a ferry is no cargo ship.
Source: `data/kinds.toml`.
"""

import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Any

from provenance.chain.words import lexicon


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("provenance.chain").joinpath("data", "kinds.toml").read_text(encoding="utf-8"))


@cache
def families() -> tuple[frozenset[str], ...]:
    """Kinds of thing of which one is not the other."""
    return tuple(frozenset(things) for things in _table()["families"].values())


@cache
def _alike() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in _table()["alike"]["pairs"])


def general(thing: str) -> str:
    """What a thing is a kind of; itself, where that is not listed."""
    return lexicon().general.get(thing, thing)


def exact(things: Collection[str]) -> frozenset[str]:
    """Things without those that another of them is a kind of: a ferry, not also a boat."""
    wider = {general(t) for t in things if general(t) != t}
    return frozenset(t for t in things if t not in wider)


def can_be_one(thing: str, other: str) -> bool:
    """Whether two words may be of one thing: the same, one a kind of the other or of its like, or taken for it."""
    if thing == other or frozenset([thing, other]) in _alike():
        return True
    wide, wider = general(thing), general(other)
    return (thing == wide or other == wider) and (wide == wider or frozenset([wide, wider]) in _alike())


def foreign(things: Collection[str], others: Collection[str]) -> frozenset[str]:
    """Of the first things those that none of the second can be."""
    return frozenset(t for t in exact(things) if not any(can_be_one(t, o) for o in others))
