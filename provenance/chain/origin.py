"""The earliest known origin of a visual, how many independent ones there are, and when it was first seen."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import get_args

from provenance.chain import days, names, naming
from provenance.chain.aliases import Aliases
from provenance.chain.appearance import ORIGIN_RELATIONS, Appearance
from provenance.chain.paths import Hop, Sources, unnamed_account
from provenance.chain.words import read
from provenance.records import FirstSeen, Origin, Platform, Post, Relation, TextCopies
from provenance.reference import parties, platforms

TIERS: tuple[frozenset[Relation], ...] = (
    ORIGIN_RELATIONS,
    frozenset(["credits", "via"]),
    frozenset(["embeds", "links"]),
    frozenset(["reports", "quotes"]),
)
"""How an end of a chain is reached, the most telling first. An agency that merely reports, or an account whose post is
embedded, is where a trail goes cold: no second origin beside one that documents name as the source."""


UNKNOWN = "?"
"""The platform of a handle that is given without one."""


def roots(sources: Sources) -> list[str]:
    """The named sources at the ends of the chains, by the most telling kind of relation that any of them has.

    Where nobody names another, an outlet that credits itself, or that others have it from.
    """
    ends = [h for h in sources.ends() if h.named]
    ends = [h for h in ends if h.document not in sources.of_several] or ends
    for tier in TIERS:
        found = dict.fromkeys(h.cited for h in ends if h.relation in tier or (tier is TIERS[0] and _credited_account(h)))
        if found:
            return list({names.key(name): name for name in reversed(found)}.values())[::-1]
    if ends or sources.loops:
        return []
    return list(sources.self_credited) or list(dict.fromkeys(_got_by_an_outlet(sources)))


def _got_by_an_outlet(sources: Sources) -> Iterator[str]:
    """The outlets that others have it from, whose own pages name nobody: who gave it to them stays unnamed."""
    hops = (h for edges in sources.edges.values() for h in edges)
    yield from (h.cited for h in hops if h.named and h.relation in TIERS[0] and sources.is_outlet(h.cited))


def independent(sources: Sources, copies: Sequence[TextCopies] = ()) -> int | None:
    """How many named sources the chains end in that are surely not one; None when no chain ends in a named one.

    Of sources that only copies of one text give, each copy another one, a single one counts: a text is one source however many
    outlets put their own name under its picture.

    A lower bound. Accounts of one platform count as one unless one document names both, for there a picture is forwarded more
    often than it is posted by two who made it. The name of a channel in one language may be that of another document in its
    own, and that of an organisation. Names of organisations that sound alike count as one; one that the reference does not
    know, written in another script than the rest, is not counted apart. One picture has one maker: parties that only credit
    lines name count as one.
    """
    named = _apart_from_copies(roots(sources), sources, copies)
    accounts = [n for n in named if is_account(n)]
    organisations = [n for n in named if not is_account(n)]
    by_handle = {_place_of(n, accounts, sources) for n in accounts if not _name_only(n)}
    by_name = {_platform(n) for n in accounts if _name_only(n) and _told_apart(n, organisations)} - {
        _platform(n) for n in by_handle
    }
    if len(named) > 1:
        by_name.discard(UNKNOWN)
    others = _apart(organisations, beside=bool(accounts))
    if others > 1 and not any(h.relation in TIERS[0] and h.cited in organisations for h in sources.ends()):
        others = 1
    return len(by_handle) + len(by_name) + others or (1 if named else None)


def _place_of(account: str, accounts: Sequence[str], sources: Sources) -> str:
    """Its platform, for all accounts there; itself, where that is not known or one document names two accounts there."""
    platform = _platform(account)
    beside = {n for n in accounts if _platform(n) == platform and n != account}
    named_by = {h.document for h in sources.ends() if h.cited == account}
    both = any(h.cited in beside and h.document in named_by for h in sources.ends())
    return account if platform == UNKNOWN or both else f"{platform}:"


def _told_apart(account: str, organisations: Sequence[str]) -> bool:
    """Whether an account known by name is surely none of the organisations: its name can be read beside theirs, and differs."""
    name = _parts(account)[2] or account
    foreign = not name.isascii() and any(n.isascii() for n in organisations)
    return not foreign and not any(_may_be_one(name, n) for n in organisations)


def _may_be_one(name: str, other: str) -> bool:
    """Whether two names are of one party, or of words that do not tell in one script, or in two of one nation's party."""
    same = naming.one(name, other)
    if same is None and naming.in_two_scripts([name], [other]):
        return not _nations(name).isdisjoint(_nations(other))
    return same is not False


@lru_cache(maxsize=4_096)
def _nations(name: str) -> frozenset[str]:
    """The nations that a name holds: "Zambian state television"."""
    return read([name], "en").nations


def _apart_from_copies(named: list[str], sources: Sources, copies: Sequence[TextCopies]) -> list[str]:
    """The named sources without those that differ only from copy to copy of one text."""
    if not copies or len(named) < 2:  # noqa: PLR2004 - nothing to tell apart
        return named
    text_of = {document: number for number, group in enumerate(copies) for document in group.documents}
    given_by: dict[str, set[str]] = {name: set() for name in named}
    for hop in sources.ends():
        given_by.get(hop.cited, set()).add(hop.document)
    for name in (n for n in named if not given_by[n]):
        given_by[name].update(sources.outlets.get(name, ()))
    kept: list[str] = []
    seen: dict[int, list[set[str]]] = {}
    for name in sorted(named, key=lambda n: (-len(given_by[n]), named.index(n))):
        texts = {text_of.get(document, -1) for document in given_by[name]}
        text = texts.pop() if len(texts) == 1 else -1
        if text >= 0 and any(given_by[name].isdisjoint(others) for others in seen.get(text, ())):
            continue
        if text >= 0:
            seen.setdefault(text, []).append(given_by[name])
        kept.append(name)
    return [n for n in named if n in kept]


def _apart(organisations: Sequence[str], *, beside: bool) -> int:
    """How many of these names are surely of different parties, `beside` accounts or alone.

    A name may be translated as a whole ("Pass News", 山口新闻): of names in several scripts those of one are counted.
    """
    known = {n for n in organisations if parties.resolve(n)}
    kept = sorted(known)
    for name in (n for n in organisations if n not in known):
        foreign = (known or beside) and not name.isascii()
        if not foreign and not any(_may_be_one(name, other) for other in kept):
            kept.append(name)
    scripts = Counter(naming.script_of(n) for n in kept if n not in known)
    return len(known) + max(scripts.values(), default=0)


def is_account(name: str) -> bool:
    """Whether a chain name is an account, by handle or by name only."""
    return name.startswith("@") or _parts(name)[0] is not None


def _credited_account(hop: Hop) -> bool:
    """Whether a credit line gives an account: as good as a sentence that says who posted it."""
    return hop.relation in TIERS[1] and is_account(hop.cited)


def _platform(name: str) -> str:
    return UNKNOWN if name.startswith("@") else name.partition(":")[0]


def _name_only(name: str) -> bool:
    """Whether it is an account of which the handle is not known: a title, or a handle written in letters of another script."""
    handle = names.handle(name)
    if handle:
        return not any(c.isascii() and c.isalnum() for c in handle)
    return _parts(name)[0] is not None


def origin(members: Sequence[Appearance], sources: Sources) -> Origin:
    """The earliest known origin: of several roots the one with the earliest stated day, else the one most documents lead to."""
    named, ends = roots(sources), sources.ends()
    if not named:
        return _unnamed(ends, sources)
    leading = {name: _leading_to(name, ends) for name in named}
    first = _earliest_by_root(members, named, sources.aliases)
    cold = not any(h.relation not in TIERS[-1] for h in ends if h.cited in named)
    best = min(named, key=lambda n: (first.get(n, "9999"), -len(leading[n]), named.index(n)))
    platform, handle, name = _parts(best)
    name = name or sources.aliases.name_of(best)
    written = (a.handle for m in members for a in (m.medium.account, *(c.cited for c in m.citations)) if a and a.handle)
    reason = _cold(best, named) if cold else _why(best, named, len(leading[best]), best in first)
    return Origin(
        platform=platform,
        handle=next((h for h in written if handle and h.lower() == handle), handle),
        name=name,
        post_url=post_url(members, best),
        resolved=not cold,
        why="; ".join([reason, *_written_as(best, ends), *_counted_as_one(named), *_same_account(sources, best)]),
        documents=tuple(leading[best]) or tuple(sources.outlets.get(best, ())),
    )


def _leading_to(name: str, ends: Sequence[Hop]) -> list[str]:
    """The documents whose chains end in a source, under any spelling of its name and by any relation."""
    return list(dict.fromkeys(h.document for h in ends if h.cited == name or _is_spelled(h.cited, name)))


def _is_spelled(written: str, name: str) -> bool:
    """Whether one name is another spelling of the other, in another script or in capitals; handles have one spelling."""
    return not (is_account(written) or is_account(name)) and naming.one(written, name) is True


def _written_as(name: str, ends: Sequence[Hop]) -> list[str]:
    spelled = dict.fromkeys(h.cited for h in ends if h.cited != name and _is_spelled(h.cited, name))
    return [f"also written {', '.join(spelled)}"] if spelled else []


def _why(best: str, named: list[str], documents: int, dated: bool) -> str:  # noqa: FBT001 - one flag of one sentence
    who = f"{documents} document{'s' if documents != 1 else ''} lead{'s' if documents == 1 else ''} to {best}"
    if len(named) == 1:
        return f"{who}; no other named source is known, and none that leads further back"
    others = ", ".join(n for n in named if n != best)
    reason = "has the earliest stated day" if dated else "is the source that most documents lead to"
    return f"{who}, which {reason}; {others} {'are' if others.count(', ') else 'is'} named as well"


def _cold(best: str, named: list[str]) -> str:
    others = [n for n in named if n != best]
    return f"the trail ends at {best}, and where that has it from is not known" + (
        f"; others lead to {', '.join(others)}" if others else ""
    )


def _counted_as_one(named: list[str]) -> list[str]:
    on = Counter(_platform(n) for n in named if is_account(n))
    platforms_named = sorted(p for p, accounts in on.items() if accounts > 1 and p != UNKNOWN)
    return [f"accounts on {p} are not counted apart, since pictures are forwarded there" for p in platforms_named]


def _same_account(sources: Sources, best: str) -> list[str]:
    """Why a name that documents use was taken for the account; nothing where none does."""
    written = {n for m in sources.members for n in (*m.origins, *m.medium.credit_parties) if n != best}
    said = sorted(why for n in written for why in [sources.aliases.why(n)] if why and sources.aliases.of(n) == best)
    return said[:1]


def _unnamed(ends: list[Hop], sources: Sources) -> Origin:
    vague = next((h for h in ends if not h.named), None)
    if vague is None and sources.loops:
        ring = ", ".join(dict.fromkeys(name for loop in sources.loops for name in loop))
        return Origin(why=f"unresolved: they cite one another ({ring}), and none leads on")
    if vague is None:
        return Origin(why="no document says where it comes from")
    leading = tuple(dict.fromkeys(h.document for h in ends if h.cited == vague.cited))
    why = f"the documents lead to “{vague.cited}”, which none of them names"
    return Origin(platform=platform_in(vague.cited), why=why, documents=leading)


def platform_in(described: str) -> Platform | None:
    """The platform that a description of an account names: "a Telegram channel"."""
    known: tuple[Platform, ...] = get_args(Platform)
    words = described.casefold()
    return next((p for p in known if (p in words and len(p) > 1 and p != "other") or described == unnamed_account(p)), None)


def _parts(name: str) -> tuple[Platform | None, str | None, str | None]:
    """Platform, handle and name of a chain name."""
    before, colon, after = name.partition(":")
    platform = next((p for p in get_args(Platform) if colon and p == before), None)
    rest = after if platform else name
    return (platform, rest[1:], None) if rest.startswith("@") else (platform, None, rest)


def _own(member: Appearance, name: str) -> list[Post]:
    """The posts of a document that are the account's own and carry the member."""
    mine = [p for p in member.document.posts if p.id in member.posts or member.document.document.kind == "post"]
    return [p for p in mine if names.account_name(p.platform, p.handle, p.author_name) == name]


def post_url(members: Sequence[Appearance], name: str) -> str | None:
    """The address of the origin's own post, where a member gives it."""
    urls = (p.url for m in members for p in _own(m, name) if p.url)
    known = ((url, platforms.identify(url)) for url in urls)
    return next((url for url, address in known if address and address.kind != "account"), None)


def _earliest_by_root(members: Sequence[Appearance], named: list[str], aliases: Aliases) -> dict[str, str]:
    """The earliest day on which each root is said to have posted it; only days with a year."""
    found: dict[str, str] = {}
    for member in members:
        stated = [str(d) for role, d, _ in days.days_of(member.medium.stated_dates) if role in {"posted", "released"} and d.year]
        own_origins = {aliases.of(o) for o in member.origins}
        for name in (n for n in named if n in own_origins):
            own = [p.date for p in _own(member, name) if p.date and days.day_of(p.date)]
            found[name] = min([*stated, *own, found.get(name, "9999")])
    return {name: day for name, day in found.items() if day != "9999"}


def first_seen(members: Sequence[Appearance]) -> FirstSeen | None:
    """The earliest moment at which a visual is known to have been seen, and the document that says so."""
    moments = [moment for m in members for moment in _moments(m)]
    if not moments:
        return None
    anchor = next((day for day, _ in moments if day.year), moments[0][0])
    return min(moments, key=lambda m: (days.apart(anchor, m[0]), "T" not in (m[1].at or ""), m[1].at or ""))[1]


def _moments(member: Appearance) -> list[tuple[days.Day, FirstSeen]]:
    """Days on which a document says, or shows by its own date, that the visual was to be seen."""
    document, facts = member.key.document, member.document.document
    found = [
        (day, FirstSeen(document=document, at=date.value, basis="stated", span=date.span))
        for role, day, date in days.days_of(member.medium.stated_dates)
        if role in days.SEEN
    ]
    if facts.published_precision in {"month", "year"}:
        return found
    dated = [
        FirstSeen(document=document, at=p.date, basis="post") for p in member.document.posts if p.id in member.posts and p.date
    ]
    dated += [FirstSeen(document=document, at=facts.published, basis="published")] if facts.published else []
    return found + [(day, seen) for seen in dated for day in [days.day_of(seen.at)] if day]
