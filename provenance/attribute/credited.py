"""Credit lines as citations: who a picture is from, and through whom it came."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import attrgetter

from provenance.attribute.citing import THIS, Edge
from provenance.attribute.mastheads import has_article, is_masthead
from provenance.attribute.platforms import only_platform, platforms_in
from provenance.attribute.speakers import key
from provenance.attribute.text import Sentence
from provenance.attribute.visuals import Visual
from provenance.records import Block, Medium, Party, PartyKind, Platform, Relation
from provenance.reference import parties, platforms

SIDE_BY_SIDE = re.compile(r"[;；•|]")
"""Between two names of a credit this means both, not one through the other."""
JOINED = re.compile(r"\s*(?:Photo|Foto)?\s*/\s*")
GIVEN = re.compile(
    r"\b(?:courtesy|provided|supplied|handed out|handout|zvg|cortesía|cortesia|cedida|facilitada|fornecid[ao]|gracieuseté|remis|"
    r"предоставлен[оаы]?|надан[оаі]?|udostępnion[eao])\b|제공|提供",
    re.IGNORECASE,
)
"""Words of a credit that say that the party gave the visual, not only that it is theirs."""
ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9.-]{1,60}\.[a-z]{2,6}/@?[\w./-]{1,60})", re.IGNORECASE)
HANDLE = re.compile(r"@([\w.]*\w)")
COLLECTIVE = re.compile(
    r"(?:social|redes|réseaux|soziale|sociale) (?:media|sociales|sociais|sociaux|medien|netwerken)|"
    r"соцсет|соцмереж|소셜미디어|온라인|SNS|网络|網路|网传|社交媒体|社交媒體|社群|media sosial|medsos|mạng xã hội|\bMXH\b|"
    r"sosyal medya|सोशल मीडिया|التواصل الاجتماعي|مواقع التواصل|شبکه‌های اجتماعی|فضای مجازی|インターネット|ネット上",
    re.IGNORECASE,
)
NO_PARTY = re.compile(
    r"^CC(?:0|[ -]BY)|\d{2,4}[-./]\d{2}[-./]\d{2,4}|^(?:pool|handout|file photo|istimewa|ist\.?|nvcc|CTV)$", re.IGNORECASE
)
"""A licence, a date, or a word for how a picture is shared out: nobody."""
TAKEN_OVER = re.compile(r"에서 재인용|\s?제공|\s?캡처|\s?갈무리|より|提供|供图|供圖")
FILLER = re.compile(
    r"\b(?:users?|usuarios|utilisateurs|internautes|utenti|nutzer|channels?|accounts?|canal|cuenta|perfil|kanal|konto|compte|"
    r"chaîne|profile|page|"
    r"screenshot|screengrab|capture|captura|captură|zrzut|ekranu|snímek|obrazovky|profilu|konta|videa|nagrania|z|na|s|reprodução|скрин|кадр|de|del|di|da|do|of|by|von|su|sur|on|auf|the|la|le|el|il|канал|аккаунт|акаунт|скриншот|скріншот)\b|"
    r"계정|채널|캡처|갈무리|アカウント|チャンネル|より|から|帐号|帳號|账号|频道|頻道",
    re.IGNORECASE,
)
"""What may stand in a credit beside the platform and the name of its account."""


@dataclass(frozen=True, slots=True)
class _Name:
    """One party of a credit, with the words that stand before it in the line."""

    party: Party
    before: str


def add(visuals: list[Visual], sentences: list[Sentence], edges: list[Edge]) -> None:
    """Add to `edges` those that the credit lines of embedded media state.

    The last name of a line is whom this article has it from, each name before it whom the next one has it from; names
    apart by ";" stand side by side. A platform's name belongs to the account beside it, or is an account without a name.
    """
    ordered = sorted(sentences, key=_START)
    for visual in visuals:
        if visual.embedded and visual.embedded.credit_span:
            _add(visual, visual.embedded, ordered, edges)


_START = attrgetter("start")


def _add(visual: Visual, medium: Medium, ordered: list[Sentence], edges: list[Edge]) -> None:
    assert medium.credit_span is not None  # noqa: S101 - for the type checker; the caller has looked
    where = (medium.credit_span.start, medium.credit_span.end)
    before = ordered[: bisect_right(ordered, where[0], key=_START)][-1:]
    inside = bool(before) and where[0] < before[0].end
    line = Block(kind="credit", start=where[0], end=where[1])
    block = before[0] if inside else Sentence(where[0], where[1], medium.credit_span.text, line)
    relation: Relation = "provided-by" if GIVEN.search(medium.credit or "") else "credits"
    citing = THIS
    for name in reversed(in_order(names(medium.credit or "", medium.credit_parties))):
        if not _known(edges, visual.id, name.party, where):
            edges.append(Edge(citing, name.party, relation, where, where, block, origin=True, about=(visual.id,)))
        citing = THIS if SIDE_BY_SIDE.search(name.before) else name.party


def _known(edges: list[Edge], visual_id: str, party: Party, where: tuple[int, int]) -> bool:
    return any(
        visual_id in e.about and key(e.cited) == key(party) and e.span[0] < where[1] and where[0] < e.span[1] + 2 for e in edges
    )


def in_order(found: list[_Name]) -> list[_Name]:
    """The names from the maker to the one who handed it on: "Agency/Photographer" is turned, "Photographer/Agency" is not."""
    groups: list[list[_Name]] = []
    for name in found:
        if groups and JOINED.fullmatch(name.before):
            groups[-1].append(name)
        else:
            groups.append([name])
    return [name for group in groups for name in _turned(group)]


def _turned(group: list[_Name]) -> list[_Name]:
    if len(group) < 2 or not (_listed(group[0]) or _is_hand(group)) or _listed(group[-1]):  # noqa: PLR2004 - one name has no order
        return group
    turned = [n.party for n in reversed(group)]
    return [_Name(party, name.before) for party, name in zip(turned, group, strict=True)]


def _is_hand(group: list[_Name]) -> bool:
    """Whether what no list knows reads as "Agency/Photographer": one word, or a masthead, before a person's name."""
    first, last = group[0].party, group[-1].party
    return len(group) == 2 and first.kind in ("organisation", "newspaper", "agency") and last.kind == "expert"  # noqa: PLR2004


def _listed(name: _Name) -> bool:
    return parties.resolve(name.party.name or "") is not None


def names(credit: str, written: tuple[str, ...]) -> list[_Name]:
    """The parties of a credit line, platforms joined with their accounts; `written` are its names, in order."""
    address = _address(credit)
    if address:
        return [_Name(address, "")]
    found: list[_Name] = []
    position = 0
    for name in (n for n in written if not (NO_PARTY.search(n) or _only_given(n))):
        at = max(credit.find(name, position), position)
        found = list(_joined(found, _Name(party_of(name), credit[position:at])))
        position = at + len(name)
    return found


def _only_given(written: str) -> bool:
    """Whether a part of a credit says that it was given and names nobody: "document remis à la presse"."""
    return (
        GIVEN.search(written) is not None and _bare_name(written)[:1].islower() and parties.resolve(_bare_name(written)) is None
    )


def _joined(found: list[_Name], new: _Name) -> Iterator[_Name]:
    """The names so far with one more; a bare platform and an account beside it become one."""
    last = found[-1] if found else None
    if last and re.fullmatch(r"\s*[/,:·]?\s*(?:[(（]\s*)?", new.before) and (one := _one(last.party, new.party)):
        yield from found[:-1]
        yield _Name(one, last.before)
        return
    yield from found
    yield new


def _one(left: Party, right: Party) -> Party | None:
    platform, account = (left, right) if _bare(left) else (right, left)
    if not _bare(platform) or _bare(account) or parties.resolve(account.name or ""):
        return None
    if account.platform not in (None, platform.platform):
        return None
    name = account.name.strip('«»"“”‘’') if account.name else None
    return replace(account, kind="social-account", platform=platform.platform, name=name)


def _bare(party: Party) -> bool:
    return party.kind == "social-account" and not party.handle and not party.name


def _address(credit: str) -> Party | None:
    match = ADDRESS.search(credit)
    found = platforms.identify("https://" + match.group(1)) if match else None
    if not match or not found or not found.handle:
        return None
    return Party(
        name="@" + found.handle, kind="social-account", platform=found.platform, handle=found.handle, as_written=match.group()
    )


def party_of(written: str) -> Party:
    """The party that one name of a credit stands for."""
    if platform := only_platform(written):
        return Party(kind="social-account", platform=platform, as_written=written)
    listed = parties.resolve(written) or parties.resolve(TAKEN_OVER.sub("", written).strip())
    if listed:
        return Party(name=listed.name, kind=listed.kind, domain=listed.domain, as_written=written)
    named = platforms_in(written)
    handle = HANDLE.search(written)
    if handle or named:
        return _account(written, named[0].platform if named else None, handle)
    return Party(name=_bare_name(written), kind=_kind(_bare_name(written)), as_written=written)


def _bare_name(written: str) -> str:
    return " ".join(GIVEN.sub(" ", written).split()).strip('«»"“” ') or written


def _kind(name: str) -> PartyKind:
    if COLLECTIVE.search(name):
        return "anonymous"
    if is_masthead(name):
        return "newspaper"
    return "expert" if len(name.split()) in (2, 3) and not has_article(name) else "organisation"


def _account(written: str, platform: Platform | None, handle: re.Match[str] | None) -> Party:
    """An account by handle, or by the name that is left without the platform's: "Facebook de Ana Ruiz"."""
    rest = HANDLE.sub(" ", written)
    for named in reversed(platforms_in(rest)):
        rest = rest[: named.start] + " " + rest[named.end :]
    name = " ".join(FILLER.sub(" ", rest).split()).strip(" .,;:/()[]«»\"'“”-–—")
    name = name if any(c.isupper() or c.lower() == c.upper() for c in name[:1]) and len(name) > 1 else ""
    called = name or (handle.group() if handle else None)
    return Party(
        name=called, kind="social-account", platform=platform, handle=handle.group(1) if handle else None, as_written=written
    )
