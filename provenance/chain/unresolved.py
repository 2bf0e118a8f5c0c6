"""What remains to be found about where a visual comes from: pieces of work, with the words that leave each open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from provenance.chain import names, origin
from provenance.chain.appearance import Appearance
from provenance.chain.paths import Hop, Sources
from provenance.chain.statements import spans_of
from provenance.records import DocumentSpan, OpenOrigin, Platform, Span

PLATFORMS: tuple[Platform, ...] = get_args(Platform)
MOST_ITEMS = 40
"""Of each kind, for one visual; hostile pages name thousands of sources."""


def unresolved(members: Sequence[Appearance], sources: Sources) -> tuple[OpenOrigin, ...]:
    """The open questions of a visual: who is meant, where, from whom; the ends of chains first, then who names nobody."""
    ends = _by_name(sources.ends())
    found = [
        *_unnamed(sources),
        *_accounts(ends, members),
        *_cold(ends, sources),
        *_circles(sources),
        *_silent(members, sources),
    ]
    return tuple(found)


def _by_name(hops: Iterable[Hop]) -> dict[str, list[Hop]]:
    found: defaultdict[str, list[Hop]] = defaultdict(list)
    for hop in hops:
        found[hop.cited].append(hop)
    return dict(found)


def _unnamed(sources: Sources) -> Iterator[OpenOrigin]:
    """Sources that are described and not named, those on one platform together: "a Telegram channel"."""
    by_platform: defaultdict[str, list[Hop]] = defaultdict(list)
    for hop in (h for hops in sources.edges.values() for h in hops if not h.named):
        by_platform[origin.platform_in(hop.cited) or hop.cited.casefold()].append(hop)
    named = origin.roots(sources)
    for key, hops in list(by_platform.items())[:MOST_ITEMS]:
        platform = next((p for p in PLATFORMS if p == key), None)
        others = [n for n in named if platform is None or n.startswith((f"{platform}:", "@"))]
        what = f"Find out who is meant: the source is described (“{hops[0].cited}”) and not named"
        hint = f"; other documents name {', '.join(others[:3])}, but none says that it is the same" if others else ""
        yield _open("unnamed", f"{what}{hint}.", hops, hops[0].cited, platform)


def _accounts(ends: dict[str, list[Hop]], members: Sequence[Appearance]) -> Iterator[OpenOrigin]:
    """Accounts at the ends of chains that could not be looked up as they stand."""
    accounts = [(name, hops) for name, hops in ends.items() if hops[0].named and origin.is_account(name)]
    for name, hops in accounts[:MOST_ITEMS]:
        platform = next((p for p in PLATFORMS if name.startswith(f"{p}:")), None)
        if not names.handle(name):
            what = f"Find the account’s handle or address: only the name “{name.partition(':')[2]}” on {platform} is given."
            yield _open("name-only", what, hops, name, platform)
        elif platform is None:
            yield _open("no-platform", f"Find out on which platform {name} is: no document says.", hops, name, None)
        elif origin.post_url(members, name) is None:
            yield _open("no-post", f"Find the post by {name}: no document at hand gives its address.", hops, name, platform)


def _cold(ends: dict[str, list[Hop]], sources: Sources) -> Iterator[OpenOrigin]:
    """Agencies and outlets that only report: they are where the trail ends, not where the visual comes from."""
    reached = [(n, h) for n, h in ends.items() if h[0].named and not origin.is_account(n) and all(_reports(e) for e in h)]
    for name, hops in reached[:MOST_ITEMS]:
        own = " Its own page at hand does not say." if name in sources.outlets else ""
        yield _open("cold", f"Ask {name} from whom it has it: the documents lead there, and no further.{own}", hops, name, None)


def _reports(hop: Hop) -> bool:
    return hop.relation in origin.TIERS[-1]


def _circles(sources: Sources) -> Iterator[OpenOrigin]:
    for loop in list(sources.loops)[:MOST_ITEMS]:
        inside = set(loop)
        hops = [h for d, edges in sources.edges.items() for h in edges if h.cited in inside and sources.publisher(d) in inside]
        yield _open(
            "circle", f"Ask each where it had it before the others: they cite one another ({' → '.join(loop)}).", hops, None, None
        )


def _silent(members: Sequence[Appearance], sources: Sources) -> Iterator[OpenOrigin]:
    """Documents that name nobody for it, all together: what each says of it is what it has to answer for."""
    silent = {m.key.document: m for m in reversed(members) if not sources.edges[m.key.document] and not m.medium.credit_parties}
    open_ones = [m for m in reversed(silent.values()) if m.key.document not in sources.posts]
    if open_ones:
        words = [
            DocumentSpan(document=m.key.document, start=s.start, end=s.end, text=s.text)
            for m in open_ones
            for s in spans_of(m)[:1]
        ]
        what = (
            "Ask from whom they have it: no source is named"
            if len(open_ones) > 1
            else "Ask from whom it has it: no source is named"
        )
        yield OpenOrigin(
            kind="no-source", what=f"{what}.", documents=tuple(m.key.document for m in open_ones), spans=tuple(words)
        )


def _open(kind: str, what: str, hops: Sequence[Hop], written: str | None, platform: Platform | None) -> OpenOrigin:
    return OpenOrigin(
        kind=kind,  # type: ignore[arg-type]
        what=what,
        written=written,
        platform=platform,
        documents=tuple(dict.fromkeys(h.document for h in hops)),
        spans=tuple(dict.fromkeys(_quoted(h.document, h.span) for h in hops if h.span)),
    )


def _quoted(document: str, span: Span) -> DocumentSpan:
    return DocumentSpan(document=document, start=span.start, end=span.end, text=span.text)
