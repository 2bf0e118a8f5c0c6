"""One way to write each party in a chain: `platform:@handle` for accounts, the canonical name for the others."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

from provenance.chain import naming
from provenance.chain.words import fold, lexicon
from provenance.records import Account, Party
from provenance.reference import lookalikes, parties, places

CARRIERS = frozenset(["agency", "newspaper", "broadcaster"])
"""Parties that hand on what others made."""
LONG_WORD = 4
MOST_WORDS = 7
"""A name of an organisation or office has fewer; more are a clause that was taken for one."""
POSSESSIVE = re.compile(r"['’]s$")
_GLUED = re.compile(r"^([A-Za-z0-9_.]{4,})[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af].*$")
"""Scripts without blanks glue the next word to a handle, which has none of their letters."""


@cache
def _platforms() -> dict[str, str]:
    table = tomllib.loads(files("provenance.chain").joinpath("data", "platforms.toml").read_text(encoding="utf-8"))
    return {fold(form): platform for platform, forms in table.items() for form in forms}


def platform_of(name: str) -> str | None:
    """The platform that a bare name is ("Telegram", "Twitter", "텔레그램"); None where it names someone on it."""
    return _platforms().get(fold(name.strip(" .,;:()/")))


@lru_cache(maxsize=16_384)
def canonical(name: str) -> str:
    """The one name of a party that the reference knows, else the name as it stands, blanks squeezed."""
    entry = parties.resolve(name) or _of_a_country(name)
    return entry.name if entry else " ".join(name.split())


def _is_titled(name: str, language: str | None) -> bool:
    """Whether an article belongs to a title: "Le Linteau", "O Farol", "The Galleryist"; German has capitals for all nouns."""
    words = name.split()[1:]
    capitals = bool(words) and name[0].isupper() and all(w[0].isupper() for w in words)
    return capitals and not (language or "en").startswith("de") and not all(naming.is_common(fold(w)) for w in words)


def _of_a_country(name: str) -> parties.PartyEntry | None:
    """The party behind an adjective of its own country: "Peruvian Coast Guard" where the reference has "Coast Guard" of Peru."""
    before, _, rest = name.strip().partition(" ")
    place = places.resolve(POSSESSIVE.sub("", before)) if rest else None
    entry = parties.resolve(rest) if place and place.kind == "country" else None
    return entry if entry and place and entry.country == place.country else None


def account_name(platform: str | None, handle: str | None, name: str | None) -> str | None:
    """An account as it stands in chains, its handle in lower case; None where neither handle nor name is known.

    An outlet's own account is the outlet.
    """
    if handle:
        handle = _GLUED.sub(r"\1", handle)
        written = f"{platform}:{handle.lower()}" if platform else f"@{handle.lower()}"
        entry = parties.resolve(written) if platform else None
        return entry.name if entry else f"{platform or ''}{':' if platform else ''}@{handle.lower()}"
    if not name or platform_of(name):
        return None
    return f"{platform}:{canonical(name)}" if platform and not parties.resolve(name) else canonical(name)


def of_account(account: Account | None) -> str | None:
    """The chain name of a medium's account."""
    return account_name(account.platform, account.handle, account.name) if account else None


def of_party(party: Party) -> str | None:
    """The chain name of a cited or citing party; None for one that is not named."""
    if party.kind == "anonymous" or (party.name and not party.handle and platform_of(party.name)):
        return None
    if party.handle or (party.kind == "social-account" and party.platform):
        return account_name(party.platform, party.handle, party.name)
    return canonical(party.name) if party.name else None


def is_named(name: str, language: str | None) -> bool:
    """Whether words name an organisation or office: known to the reference, or a name by its capitals.

    "Ukrainian authorities" or "a ministry" describe; a country is not a source that could be asked.
    """
    if parties.resolve(name) or _of_a_country(name):
        return True
    if naming.points_back(name) or naming.describes(name):
        return False
    if len(name.split()) >= MOST_WORDS and sum(w[0].isupper() for w in name.split()) * 2 < len(name.split()):
        return False
    words = [w for w in name.split() if len(w) >= LONG_WORD]
    forms = lexicon().latin.get((language or "en")[:2].lower(), lexicon().latin["en"])
    articles = fold(name.split(maxsplit=1)[0]) in forms.stop if name.split() else True
    if articles and _is_titled(name, language):
        return True
    return bool(name.strip()) and not articles and not any(w[0].islower() for w in words) and places.resolve(name) is None


def unified(written: Iterable[str]) -> dict[str, str]:
    """Handles without a platform, each with the one full account name that has the same handle."""
    full: dict[str, set[str]] = {}
    for name in written:
        if not name.startswith("@") and (short := handle(name)):
            full.setdefault(short, set()).add(name)
    return {short: next(iter(found)) for short, found in full.items() if len(found) == 1}


def handle(name: str) -> str | None:
    """The `@handle` of a chain name, None where it has none."""
    return name[name.index("@") :] if "@" in name else None


def imitates(name: str, other: str) -> bool:
    """Whether two chain names are written with different letters that look the same."""
    return key(name) != key(other) and lookalikes.imitates(name, other)


def key(name: str) -> str:
    """What two spellings of one chain name share; letters of different scripts stay different."""
    return fold(name)
