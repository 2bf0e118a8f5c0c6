"""Names that documents give to accounts: "Harbour Watch" is `telegram:@harbour_watch` where a record says so."""

import re
from collections.abc import Iterable, Iterator, Sequence

from provenance.chain import names
from provenance.chain.appearance import Appearance
from provenance.records import Document
from provenance.reference import parties

_POSSESSIVE = re.compile(r"^\w+(?: \w+)?['’]s? (?=\w)")
"""Whose it is, before the name of an outlet: "Poland's Evening Wire"."""
Pair = tuple[str, str, str]
"""Platform, handle, and the name that goes with them."""


class Aliases:
    """The accounts that names stand for among some appearances.

    A name is an alias only where a record of these documents gives it together with a handle, and gives it to no second
    one: two accounts with one display name, or with handles that look alike, stay two.
    """

    def __init__(self, members: Sequence[Appearance]) -> None:
        documents = {m.key.document: m.document for m in members}
        self._accounts: dict[str, dict[str, str]] = {}
        self._written: dict[str, str] = {}
        own = [d.document.outlet.name for d in documents.values() if d.document.kind != "post"]
        self._outlets = {names.key(names.canonical(name)) for name in own if name}
        for ident, document in documents.items():
            for platform, handle, name in pairs_of(document):
                account = names.account_name(platform, handle, None)
                if account:
                    self._take(platform, account, name, ident)
        self._short = _short_names(names.canonical(name) for name in own if name)
        self._handles = names.unified(n for m in members for n in m.origins)

    def _take(self, platform: str, account: str, name: str, ident: str) -> None:
        self._written.setdefault(account, name)
        for written in (name, f"{platform}:{name}"):
            self._accounts.setdefault(names.key(written), {}).setdefault(account, ident)

    def of(self, name: str) -> str:
        """The account that a chain name stands for, else the name itself."""
        if self.is_outlet(name):
            return name
        bare = _POSSESSIVE.sub("", name)
        if bare != name and self.is_outlet(of_bare := self.of(names.canonical(bare))):
            return of_bare
        short = self._short.get(names.key(name).removeprefix("the "))
        if short and "@" not in name:
            return short
        known = self._accounts.get(names.key(name), {})
        return next(iter(known)) if len(known) == 1 else self._handles.get(name, name)

    def is_outlet(self, name: str) -> bool:
        """Whether one of the documents is an article of that outlet."""
        return names.key(name) in self._outlets

    def name_of(self, account: str) -> str | None:
        """The display name of an account, as the first document that gives one writes it."""
        return self._written.get(account)

    def why(self, name: str) -> str | None:
        """One sentence on why a name is an account's; None where it is not."""
        account = self.of(name)
        ident = self._accounts.get(names.key(name), {}).get(account)
        return f"“{name.rpartition(':')[2]}” is the name of {account} in document {ident[:9]}" if ident else None


def _short_names(outlets: Iterable[str]) -> dict[str, str]:
    """How a text calls an outlet that it has named: "the Dispatch", by its last words where only one outlet has them."""
    found: dict[str, set[str]] = {}
    for outlet in outlets:
        words = names.key(outlet).removeprefix("the ").split()
        for at in range(len(words)):
            found.setdefault(" ".join(words[at:]), set()).add(outlet)
    return {short: next(iter(full)) for short, full in found.items() if len(full) == 1}


def pairs_of(document: Document) -> Iterator[Pair]:
    """Every account that a document gives with its platform, handle and display name together."""
    for account in (m.account for m in document.media):
        if account and account.platform and account.handle and account.name:
            yield from _pair(account.platform, account.handle, account.name)
    for post in document.posts:
        if post.handle and post.author_name:
            yield from _pair(post.platform, post.handle, post.author_name)
    for party in (p for c in document.citations for p in (c.cited, c.citing)):
        if party.platform and party.handle and party.name:
            yield from _pair(party.platform, party.handle, party.name)


def _pair(platform: str, handle: str, name: str) -> Iterator[Pair]:
    """A pair whose name is more than the handle written again, and not that of a platform or of an agency or outlet."""
    known = names.platform_of(name) or parties.resolve(name)
    if "@" not in name and names.key(name) != names.key(handle) and not known:
        yield platform, handle, " ".join(name.split())
