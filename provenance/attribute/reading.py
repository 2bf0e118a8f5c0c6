"""The attribute step: from a page to a document read to the end."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import count

from provenance.attribute import circumstances, posted, postings
from provenance.attribute.citing import THIS, Edge, edges
from provenance.attribute.claims import claims
from provenance.attribute.hedging import hedges
from provenance.attribute.lexicon import Lexicon, lexicon
from provenance.attribute.platforms import platform_of
from provenance.attribute.speakers import Speakers, key
from provenance.attribute.text import Sentence, sentences, span
from provenance.attribute.visuals import Mention, Visual, join_by_source, visuals
from provenance.records import Account, Block, Citation, Claim, Document, Medium, Page, Party, Post
from provenance.reference import parties


def read(page: Page) -> Document:
    """Read the words of a page: who says what, from whom, about which visual.

    Args:
        page: what a document embeds, with its text and blocks.

    Returns:
        The document with media (those embedded and those only spoken of), posts, citations, claims and hedges; every
        span is an exact slice of `page.text`, in code points. What is not known is None.
    """
    return _Reading(page).document()


MOST_EDGES = 2_000
"""Citations of one document; an article of 3,000 characters has about ten, a book of 600,000 this many."""


class _Reading:
    """One page while it is read."""

    def __init__(self, page: Page) -> None:
        self.page, self.text = page, page.text
        self.lex: Lexicon = lexicon(page.facts.language)
        self.sentences = sentences(page)
        self.visuals = visuals(page, self.sentences, self.lex)
        self.mentions: dict[int, list[tuple[Mention, Visual]]] = defaultdict(list)
        for visual in self.visuals:
            for mention in visual.mentions:
                self.mentions[mention.sentence.number].append((mention, visual))
        self.speakers = Speakers(self.lex, self.text)
        self.edges: list[Edge] = []
        self.warnings = list(page.warnings)

    def document(self) -> Document:
        self._edges()
        self._fold_unnamed()
        self._join()
        self._accounts()
        circumstances.give(self.page, self.sentences, self.visuals, self.edges, self.lex)
        posts = self._posts()
        about = {n: tuple(dict.fromkeys(v.id for _, v in pairs)) for n, pairs in self.mentions.items()}
        found = claims(self.text, self.sentences, self.visuals, self.edges, self.lex)
        return Document(
            source=self.page.source,
            document=self.page.facts,
            text=self.text,
            media=tuple(self._medium(v, posts) for v in self.visuals),
            posts=tuple(posts),
            citations=tuple(self._citations(found_claims=found)),
            claims=tuple(found),
            hedges=tuple(hedges(self.text, self.sentences, self.lex, about)),
            warnings=tuple(self.warnings),
        )

    # ---- citations

    def _edges(self) -> None:
        posts = {p.id: p for p in self.page.posts}
        seen: set[str] = set()
        for sentence in self.sentences:
            if len(self.edges) >= MOST_EDGES:
                self.warnings.append(f"more than {MOST_EDGES} citations: those after character {sentence.start} are not read")
                break
            spoken = [m for m, _ in self.mentions[sentence.number]]
            found = edges(sentence, self.speakers, self.lex, spoken)
            found = posted.add(sentence, found, self.page.facts.language, spoken=self._shown_near(sentence), latest=self._person())
            for edge in found:
                self._name_post(edge)
                edge.about = self._about(edge, sentence)
            post = posts.get(sentence.block.post or "")
            if post is not None:
                found = postings.inside(sentence, post, found, first=post.id not in seen)
                seen.add(post.id)
            self._inherit(found)
            self.edges += found
        self.edges += [e for p in self.page.posts if (e := postings.embeds(self.text, p))]
        self._credits()
        self.edges.sort(key=lambda e: e.cue)

    def _shown_near(self, sentence: Sentence) -> bool:
        """Whether this sentence or the one before it speaks of a visual, or stands under one."""
        return (
            bool(self.mentions[sentence.number] or self.mentions[sentence.number - 1])
            or sentence.block.kind == "caption"
        )

    def _person(self) -> Party | None:
        return self.speakers.latest(frozenset({"official", "expert"}))

    def _name_post(self, edge: Edge) -> None:
        """The embassy of "a Facebook post from the embassy" speaks as an account."""
        words = self.text[edge.cue[0] : edge.cue[1]]
        platform = platform_of(words)
        if platform and edge.cited.kind != "social-account" and edge.relation in ("reports", "posted-by", "captured-from"):
            edge.cited = replace(edge.cited, kind="social-account", platform=platform)
        elif platform and edge.cited.kind == "social-account":
            edge.cited = replace(edge.cited, platform=platform)

    def _about(self, edge: Edge, sentence: Sentence) -> tuple[str, ...]:
        pairs = self.mentions[sentence.number]
        if edge.origin and not pairs:
            pairs = [] if sentence.block.kind == "caption" else self.mentions[sentence.number - 1][-1:]
        if edge.origin and not edge.finite and pairs:
            before = [v.id for m, v in pairs if m.start <= edge.cue[0]]
            return (before[-1] if before else pairs[0][1].id,)
        if pairs:
            return tuple(dict.fromkeys(v.id for m, v in pairs if self._told_of(edge, m)))
        if edge.cited.kind == "social-account" and edge.followed:
            return tuple(dict.fromkeys(a for e in self.edges if e.origin and key(e.cited) == key(edge.cited) for a in e.about))
        return ()

    def _told_of(self, edge: Edge, mention: Mention) -> bool:
        """Whether a mention stands in what the edge's source says: "the video surfaced a day after X confirmed …" is not of X."""
        if edge.frame or edge.origin or edge.cited.kind == "social-account":
            return True
        before = self.text[edge.sentence.start : edge.span[0]].rstrip()
        return mention.start >= edge.span[1] or (before.endswith((",", "”", '"', "»")) and mention.start < edge.span[0])

    def _inherit(self, found: list[Edge]) -> None:
        """A visual that came up through a source has its origin through that source: "it said. Discovered by X, the form …"."""
        for edge in found:
            if edge.origin and edge.citing is THIS and not edge.finite and edge.relation == "provided-by" and edge.about:
                through = self._introduced(edge.about[0], edge.sentence.number)
                edge.citing = through or THIS

    def _introduced(self, visual_id: str, before: int) -> Party | None:
        visual = next(v for v in self.visuals if v.id == visual_id)
        first = min((m.sentence.number for m in visual.mentions), default=before)
        if first >= before or visual.embedded:
            return None
        return next(
            (
                e.cited
                for e in self.edges
                if e.sentence.number == first and e.cited.kind in ("agency", "broadcaster", "newspaper")
            ),
            None,
        )

    def _credits(self) -> None:
        for visual in self.visuals:
            medium = visual.embedded
            if medium is None or medium.credit_span is None:
                continue
            citing = THIS
            where = (medium.credit_span.start, medium.credit_span.end)
            block = next((s for s in self.sentences if s.start <= where[0] < s.end), None)
            sentence = block or Sentence(where[0], where[1], medium.credit_span.text, _block_of(where))
            for name in reversed(medium.credit_parties):
                party = _credit_party(name)
                if not self._credited(visual.id, party, where):
                    self.edges.append(Edge(citing, party, "credits", where, where, sentence, origin=True, about=(visual.id,)))
                citing = party

    def _credited(self, visual_id: str, party: Party, where: tuple[int, int]) -> bool:
        return any(
            visual_id in e.about and key(e.cited) == key(party) and e.span[0] < where[1] and where[0] < e.span[1] + 2
            for e in self.edges
        )

    def _fold_unnamed(self) -> None:
        """An unnamed account is the named one of its platform when the text names one only, of the same visual."""
        named: dict[tuple[object, str], dict[object, Party]] = defaultdict(dict)
        for edge in self.edges:
            if edge.cited.kind == "social-account" and edge.cited.handle:
                for about in edge.about:
                    named[edge.cited.platform, about][key(edge.cited)] = edge.cited
        for edge in self.edges:
            party = edge.cited
            if party.kind == "social-account" and not party.handle and not party.name:
                shared = {k: p for about in edge.about for k, p in named[party.platform, about].items()}
                if len(shared) == 1:
                    edge.cited = replace(next(iter(shared.values())), as_written=party.as_written)

    def _join(self) -> None:
        sources: dict[str, set[object]] = defaultdict(set)
        for edge in self.edges:
            for about in edge.about if edge.origin else ():
                sources[about].add(key(edge.cited))
        moved = join_by_source(self.visuals, sources)
        for edge in self.edges:
            edge.about = tuple(dict.fromkeys(moved.get(a, a) for a in edge.about))

    def _citations(self, found_claims: Iterable[Claim]) -> Iterable[Citation]:
        numbers = count(1)
        ordered = sorted(found_claims, key=lambda c: c.span.start)
        starts = [c.span.start for c in ordered]
        for edge in self.edges:
            nearest = bisect_left(starts, edge.cue[0])
            told = edge.finite and nearest < len(ordered) and starts[nearest] < edge.sentence.end
            about = edge.about or ((ordered[nearest].id,) if told else ())
            yield Citation(
                id=f"c{next(numbers)}",
                citing=edge.citing,
                cited=edge.cited,
                relation=edge.relation,
                cue=self.text[edge.cue[0] : edge.cue[1]],
                cue_span=span(self.text, *edge.cue),
                span=span(self.text, *edge.span),
                about=about,
                stated_by=edge.stated_by,
            )

    # ---- accounts and posts

    def _accounts(self) -> None:
        for visual in self.visuals:
            parties_found = [
                e.cited for e in self.edges if e.origin and visual.id in e.about and e.relation != "embeds" and e.cited.platform
            ]
            best = next((p for p in parties_found if p.handle), None) or next(iter(parties_found), None)
            if best and not (visual.account and visual.account.handle and visual.embedded and not visual.embedded.post):
                name = best.name if best.name and not best.name.startswith("@") else None
                visual.account = Account(platform=best.platform, handle=best.handle, name=name, as_written=best.as_written)

    def _posts(self) -> list[Post]:
        when = {
            e.cue[0]: d.value
            for e in self.edges
            for v in self.visuals
            if v.id in e.about
            for d in v.dates
            if d.role == "posted" and e.sentence.start <= d.span.start < e.sentence.end
        }
        return [*self.page.posts, *postings.spoken_of(self.page.posts, self.edges, self.text, when)]

    # ---- media

    def _medium(self, visual: Visual, posts: list[Post]) -> Medium:
        spans = [span(self.text, m.start, m.end) for m in visual.mentions]
        carried = next((p.id for p in posts if visual.id in p.media), None)
        best = max(visual.shown, key=lambda s: len(s.text), default=None) or next(iter(spans), None)
        base = visual.embedded or Medium(id=visual.id, kind=visual.kind, role="mentioned")
        return replace(
            base,
            description=base.description or base.caption_span or best,
            mentions=tuple(dict.fromkeys([*base.mentions, *spans])),
            account=visual.account,
            post=base.post or carried,
            derived_from=base.derived_from or visual.derived_from,
            stated_dates=base.stated_dates or tuple(visual.dates),
            stated_places=base.stated_places or tuple(visual.places),
        )


def _credit_party(name: str) -> Party:
    listed = parties.resolve(name)
    if listed:
        return Party(name=listed.name, kind=listed.kind, domain=listed.domain, as_written=name)
    if name.startswith("@"):
        return Party(name=name, kind="social-account", handle=name[1:], as_written=name)
    return Party(name=name, kind="expert" if len(name.split()) in (2, 3) else "organisation", as_written=name)


def _block_of(where: tuple[int, int]) -> Block:
    return Block(kind="credit", start=where[0], end=where[1])
