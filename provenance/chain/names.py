"""One way to write each party in a chain: `platform:@handle` for accounts, the canonical name for the others."""

from functools import lru_cache

from provenance.chain.words import fold
from provenance.records import Account, Party
from provenance.reference import parties

CARRIERS = frozenset(["agency", "newspaper", "broadcaster"])
"""Parties that hand on what others made."""
PLATFORMS = frozenset(["telegram", "x", "twitter", "facebook", "instagram", "tiktok", "youtube", "vk", "whatsapp", "reddit"])


@lru_cache(maxsize=16_384)
def canonical(name: str) -> str:
    """The one name of a party that the reference knows, else the name as it stands, blanks squeezed."""
    entry = parties.resolve(name)
    return entry.name if entry else " ".join(name.split())


def account_name(platform: str | None, handle: str | None, name: str | None) -> str | None:
    """An account as it stands in chains, its handle in lower case; None where neither handle nor name is known.

    An outlet's own account is the outlet.
    """
    if handle:
        written = f"{platform}:{handle.lower()}" if platform else f"@{handle.lower()}"
        entry = parties.resolve(written) if platform else None
        return entry.name if entry else f"{platform or ''}{':' if platform else ''}@{handle.lower()}"
    if not name:
        return None
    return f"{platform}:{canonical(name)}" if platform and not parties.resolve(name) else canonical(name)


def of_account(account: Account | None) -> str | None:
    """The chain name of a medium's account."""
    return account_name(account.platform, account.handle, account.name) if account else None


def of_party(party: Party) -> str | None:
    """The chain name of a cited or citing party; None for one that is not named."""
    if party.kind == "anonymous" or (party.name and fold(party.name) in PLATFORMS):
        return None
    if party.handle or (party.kind == "social-account" and party.platform):
        return account_name(party.platform, party.handle, party.name)
    return canonical(party.name) if party.name else None


def handle(name: str) -> str | None:
    """The `@handle` of a chain name, None where it has none."""
    return name[name.index("@") :] if "@" in name else None


def key(name: str) -> str:
    """What two spellings of one chain name share; letters of different scripts stay different."""
    return fold(name)
