"""From a document through those it has a visual from to the earliest source known, one edge a citation."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from provenance.chain import names, sentences
from provenance.chain.aliases import Aliases
from provenance.chain.appearance import ORIGIN_KINDS, ORIGIN_RELATIONS, Appearance
from provenance.records import Citation, Party, Relation, Span

HEARSAY: frozenset[Relation] = frozenset(["reports", "quotes", "via"])
SPELLED = {"tiktok": "TikTok", "youtube": "YouTube", "vk": "VK", "whatsapp": "WhatsApp"}
LONGEST_PATH = 8
MOST_PATHS = 12
"""Bounds for hostile input; real chains have two to five nodes."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One edge of a chain: who has it from whom, in which words of which document. `named` is False for "an account"."""

    citing: str
    cited: str
    relation: Relation
    document: str
    span: Span | None = None
    named: bool = True
    sentence: int = -1


class Sources:
    """The edges of all members of one visual, each document's apart, so that no document is given another's hop."""

    def __init__(self, members: Sequence[Appearance]) -> None:
        self.members = members
        self.aliases = Aliases(members)
        self.edges: dict[str, list[Hop]] = {m.key.document: [] for m in members}
        for member in members:
            self._take(member.key.document, hops_of(member, self.aliases))
        self._full = full = names.unified(h.cited for hops in self.edges.values() for h in hops)
        for hops in self.edges.values():
            hops[:] = [replace(h, cited=full.get(h.cited, h.cited), citing=full.get(h.citing, h.citing)) for h in hops]
        self.outlets = {self.aliases.of(name): documents for name, documents in _by_outlet(members).items()}
        self.self_credited = dict.fromkeys(o for m in members for o in _own_credit(m))
        self.of_several = {m.key.document for m in members if m.is_of_several}
        self.posts = {m.key.document for m in members if m.document.document.kind == "post"}
        self._publishers: dict[str, str] = {}
        for outlet, documents in self.outlets.items():
            for document in (d for d in documents if d not in self.posts):
                self._publishers.setdefault(document, outlet)
        self.loops: dict[tuple[str, ...], None] = {}
        self.used: dict[tuple[str, str, str], Hop] = {}

    def _take(self, document: str, hops: Iterable[Hop]) -> None:
        known = {(h.citing, h.cited) for h in self.edges[document]}
        for hop in hops:
            if (hop.citing, hop.cited) not in known:
                known.add((hop.citing, hop.cited))
                self.edges[document].append(hop)

    def chains(self) -> list[tuple[str, ...]]:
        """The paths of each document that names a source, in the order of ingestion; `used` and `loops` are filled."""
        documents = dict.fromkeys(m.key.document for m in self.members)
        return [chain for document in documents for chain in self._of_document(document)]

    def written(self, name: str) -> str:
        """A name as the chains of this visual write it."""
        full = self.aliases.of(name)
        return self._full.get(full, full)

    def is_outlet(self, name: str) -> bool:
        """Whether it is an outlet with an article of its own among the members."""
        return any(document not in self.posts for document in self.outlets.get(name, ()))

    def reachable(self, names_of_parties: Iterable[str]) -> set[str]:
        """The parties and all sources that any of them has it from, through whichever document says so."""
        seen: set[str] = set()
        open_ends = list(names_of_parties)
        while open_ends:
            node = open_ends.pop()
            if node not in seen:
                seen.add(node)
                own = self.outlets.get(node, ())
                open_ends += [h.cited for hops in self.edges.values() for h in hops if h.citing == node or h.citing in own]
        return seen

    def ends(self) -> list[Hop]:
        """The hops after which nobody leads further.

        Where one is said to have it from another who only reports it from the first, as its poster, the first is an end.
        """
        hops = [hop for edges in self.edges.values() for hop in edges]
        made = {(h.citing, h.cited) for h in hops if h.relation in ORIGIN_RELATIONS}
        onward = {h.citing for h in hops if not (h.relation in HEARSAY and (h.cited, h.citing) in made)} | {
            o for o, documents in self.outlets.items() if any(h.cited != o for d in documents for h in self.edges[d])
        }
        return [h for h in hops if h.cited not in onward]

    def _of_document(self, document: str) -> list[tuple[str, ...]]:
        found: dict[tuple[str, ...], None] = {}
        for path in self._paths(document, (), document):
            found[(document, *(h.cited for h in path))] = None
            self.used.update({(h.document, h.citing, h.cited): h for h in path})
            if len(found) == MOST_PATHS:
                break
        return list(found)

    def _paths(self, node: str, path: tuple[Hop, ...], reading: str) -> Iterator[tuple[Hop, ...]]:
        onward = [] if len(path) >= LONGEST_PATH else list(self._onward(node, reading))
        free = []
        for hop, where in onward:
            loop = self._loop(hop, path)
            if loop:
                self.loops[loop] = None
            else:
                free.append((hop, where))
        if not free and path:
            yield path
        for hop, where in free:
            yield from self._paths(hop.cited, (*path, hop), where)

    def _onward(self, node: str, reading: str) -> Iterator[tuple[Hop, str]]:
        """The next hops, in the document being read; at an outlet whose own page is a member, that page's."""
        yield from ((h, reading) for h in self.edges[reading] if h.citing == node)
        for other in self.outlets.get(node, ()):
            if other != reading:
                own = (h for h in self.edges[other] if h.citing == other and h.cited != node)
                yield from ((replace(h, citing=node), other) for h in own)

    def _loop(self, hop: Hop, path: tuple[Hop, ...]) -> tuple[str, ...] | None:
        """The loop that a hop would close, from its smallest name and back to it."""
        nodes = [path[0].citing if path else hop.citing, *(h.cited for h in path)]
        written = [self.publisher(n) for n in nodes]
        target = self.publisher(hop.cited)
        if target not in written:
            return None
        ring = written[written.index(target) :]
        at = ring.index(min(ring))
        turned = (*ring[at:], *ring[:at])
        return (*turned, turned[0])

    def publisher(self, node: str) -> str:
        """A document by the name of its outlet, where that is known; a post is not its author."""
        return self._publishers.get(node, node)


def _by_outlet(members: Iterable[Appearance]) -> Mapping[str, tuple[str, ...]]:
    """Outlets (and accounts, for posts) with their member documents, a few each."""
    table: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for member in members:
        name = outlet_of(member)
        if name and len(table[name]) < 3:  # noqa: PLR2004 - more pages of one outlet say the same
            table[name][member.key.document] = None
    return {name: tuple(documents) for name, documents in table.items()}


def outlet_of(member: Appearance) -> str | None:
    """The canonical name of who published a document, else its domain; for a post its author's account."""
    facts = member.document.document
    if facts.kind == "post":
        return next(
            (n for n in (names.account_name(p.platform, p.handle, p.author_name) for p in member.document.posts) if n), None
        )
    name = facts.outlet.name or facts.outlet.domain
    return names.canonical(name) if name else None


def _own_credit(member: Appearance) -> list[str]:
    """The outlet of an article that credits a visual to itself."""
    own = _own_outlet(member)
    return [own] if own and names.key(own) in member.credits else []


def _own_outlet(member: Appearance) -> str | None:
    """The outlet of an article; a post is apart from its author, from whom it comes."""
    return outlet_of(member) if member.document.document.kind != "post" else None


def hops_of(member: Appearance, aliases: Aliases) -> list[Hop]:
    """The edges that one document states about one visual, second-hand ones folded into the path they came by."""
    stated = (*member.citations, *_told_of_origin(member, aliases))
    hops = [_called(hop, aliases) for citation in stated for hop in _hop(member, citation, aliases)]
    hops = _credit_line(member, _name_the_unnamed(member, _without_platforms(hops), aliases))
    hops = _fold(member, hops + _unstated(member, hops, aliases))
    hops = [*hops, *_passed_on(member, hops)]
    own, document = _own_outlet(member), member.key.document
    hops = [replace(h, citing=document) if h.citing == own else h for h in hops]
    return [h for h in hops if h.cited not in {h.citing, own}]


def _passed_on(member: Appearance, hops: list[Hop]) -> Iterator[Hop]:
    """A cited account whose embedded post names another cited account has it from that one: "Photo via @dock"."""
    text, document = member.document.text, member.key.document
    ends = {h.cited for h in hops} - {h.citing for h in hops}
    for post in (p for p in member.document.posts if p.embedding == "embedded"):
        author = names.account_name(post.platform, post.handle, None)
        for other in sorted(ends - {author or ""}) if author in ends and post.span else ():
            handle = names.handle(other)
            at = text.lower().find(handle, post.span.start, post.span.end) if handle and post.span else -1
            if at >= 0 and author and handle:
                yield Hop(author, other, "via", document, Span(at, at + len(handle), text[at : at + len(handle)]))


def _called(hop: Hop, aliases: Aliases) -> Hop:
    return replace(hop, citing=aliases.of(hop.citing), cited=aliases.of(hop.cited))


def _told_of_origin(member: Appearance, aliases: Aliases) -> Iterator[Citation]:
    """Reports about nothing in particular whose sentence names the origin: "posted by the channel, according to Reuters"."""
    document = member.document
    credited = {n for p in member.medium.credit_parties for n in [aliases.of(names.canonical(p))] if _is_account(n)}
    known = {n for account in member.origins | credited for n in (account, aliases.name_of(aliases.of(account))) if n}
    spoken = [n.rpartition(":")[2].lower() for n in known]
    for citation in document.citations:
        if spoken and not citation.about and citation.relation in {"reports", "via"} and citation.span:
            start, end = sentences.around(document.text, citation.span.start, citation.span.end)
            if any(n in document.text[start:end].lower() for n in spoken):
                yield citation


def _without_platforms(hops: list[Hop]) -> list[Hop]:
    """A bare platform is no source behind or beside an account on it; alone it is an account that nobody names."""
    found = []
    for hop in hops:
        platform = names.platform_of(hop.cited)
        if not platform:
            found.append(hop)
        elif not (_is_account(hop.citing) or any(h.cited.startswith((f"{platform}:", "@")) for h in hops)):
            found.append(replace(hop, cited=unnamed_account(platform), named=False))
    return found


def unnamed_account(platform: str) -> str:
    """How chains write an account of which only the platform is known."""
    name = SPELLED.get(platform, platform.capitalize())
    return f"{'an' if name[0] in 'AEIOUX' else 'a'} {name} account, not named"


def _is_account(name: str) -> bool:
    return "@" in name or ":" in name


def _hop(member: Appearance, citation: Citation, aliases: Aliases) -> Iterator[Hop]:
    cited, kind = member.named(citation.cited), citation.cited.kind
    carries_it = cited is not None and aliases.is_outlet(cited)
    commentary = (
        citation.relation in {"reports", "quotes"}
        and not carries_it
        and (kind in {"official", "expert", "anonymous"} or _speaks_only(member, citation))
    )
    if commentary or kind == "this-article":
        return
    span = citation.span or citation.cue_span
    sentence = sentences.number(member.document.text, span.start) if span else -1
    written = cited or citation.cited.as_written or citation.cited.name
    if written:
        yield Hop(_citing(member, citation), written, citation.relation, member.key.document, span, cited is not None, sentence)


def _speaks_only(member: Appearance, citation: Citation) -> bool:
    """Whether an organisation or account comments on a visual that does not come from it."""
    return citation.cited.kind in ORIGIN_KINDS and member.named(citation.cited) not in member.origins


def _citing(member: Appearance, citation: Citation) -> str:
    own = citation.citing.kind == "this-article"
    if own and citation.stated_by:
        post = next((p for p in member.document.posts if p.id == citation.stated_by), None)
        author = names.account_name(post.platform, post.handle, post.author_name) if post else None
        return author or member.key.document
    return (
        member.key.document
        if own or _is_the_outlet(member, citation.citing)
        else member.named(citation.citing) or member.key.document
    )


def _is_the_outlet(member: Appearance, party: Party) -> bool:
    return bool(party.name) and names.canonical(party.name or "") == outlet_of(member)


def _name_the_unnamed(member: Appearance, hops: list[Hop], aliases: Aliases) -> list[Hop]:
    """An unnamed account is the named one of the same document, where there is just one that it can be."""
    own = {aliases.of(n) for n in member.origins}
    named = sorted({h.cited for h in hops if h.named and h.relation in ORIGIN_RELATIONS} | own)
    accounts = [n for n in named if _is_account(n)] or named
    return [replace(h, cited=accounts[0], named=True) if not h.named and len(accounts) == 1 else h for h in hops]


def _unstated(member: Appearance, hops: list[Hop], aliases: Aliases) -> list[Hop]:
    """The account of a medium, where no citation leads to it; and a post's own author."""
    account = member.medium.account
    name = names.of_account(account)
    reached = {h.cited for h in hops}
    missing = sorted({aliases.of(o) for o in member.origins} - reached)
    found = [Hop(member.key.document, n, "posted-by", member.key.document) for n in missing]
    if account and not name and account.as_written and not reached:
        found.append(Hop(member.key.document, account.as_written, "posted-by", member.key.document, None, named=False))
    return found


def _credit_line(member: Appearance, hops: list[Hop]) -> list[Hop]:
    """The parties of one credit line are one line of descent: carriers first, then who made it."""
    line = [h for h in hops if h.relation in {"credits", "via"} and h.citing == member.key.document and h.named]
    if len(line) < 2:  # noqa: PLR2004 - nothing to put in line
        return hops
    ordered = sorted(line, key=lambda h: h.relation != "via")
    chained = [
        replace(h, citing=before) for h, before in zip(ordered, [member.key.document, *(h.cited for h in ordered)], strict=False)
    ]
    return [h for h in hops if h not in line] + chained


def _fold(member: Appearance, hops: list[Hop]) -> list[Hop]:
    """Second-hand edges go through the intermediary that the same sentence names; direct ones beside a longer path go."""
    document = member.key.document
    carriers = {h.sentence: h for h in hops if h.citing == document and h.relation in HEARSAY and h.sentence >= 0 and h.named}
    folded = [_through(h, carriers.get(h.sentence), document) for h in hops]
    return [
        h for h in folded if h.citing != document or not _second_hand(h, member) or not _reached_otherwise(h, folded, document)
    ]


def _second_hand(hop: Hop, member: Appearance) -> bool:
    """Whether an edge speaks of an origin that the document does not itself show."""
    return hop.relation in ORIGIN_RELATIONS or (hop.relation in HEARSAY and hop.cited in member.origins)


def _through(hop: Hop, carrier: Hop | None, document: str) -> Hop:
    second_hand = hop.relation in ORIGIN_RELATIONS and hop.citing == document
    return replace(hop, citing=carrier.cited) if carrier and second_hand and carrier.cited != hop.cited else hop


def _reached_otherwise(hop: Hop, hops: list[Hop], document: str) -> bool:
    """Whether a path of two edges or more leads from the document to the same source."""
    seen, open_ends = {document}, [h.cited for h in hops if h.citing == document and h.cited != hop.cited]
    while open_ends:
        node = open_ends.pop()
        if node == hop.cited:
            return True
        if node not in seen:
            seen.add(node)
            open_ends += [h.cited for h in hops if h.citing == node]
    return False
