"""The attribute step: from a page to a document read to the end."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from itertools import count

from provenance.attribute import circumstances, coreference, credited, handing, posted, postings, source_lines, verdicts
from provenance.attribute.citing import THIS, Edge, edges
from provenance.attribute.claims import claims
from provenance.attribute.content import content
from provenance.attribute.hedging import hedges
from provenance.attribute.lexicon import Lexicon, lexicon
from provenance.attribute.mentioning import Mention
from provenance.attribute.platforms import platform_of, platforms_in
from provenance.attribute.posting_words import posting_words
from provenance.attribute.speakers import Speakers, key
from provenance.attribute.text import MOST_READ, Sentence, sentences, span
from provenance.attribute.visuals import MOST, Visual, join_by_source, visuals
from provenance.records import Account, Citation, Claim, Document, Medium, Page, Party, Platform, Post
from provenance.reference import lookalikes


def read(page: Page) -> Document:
    """Read the words of a page: who says what, from whom, about which visual.

    Args:
        page: what a document embeds, with its text and blocks.

    Returns:
        The document with media (those embedded and those only spoken of), posts, citations, claims and hedges; every
        span is an exact slice of `page.text`, in code points. What is not known is None.
    """
    return _Reading(page).document()


ENDING = re.compile(r"['’][a-zçğıöşü]{1,5}$")
NOUN_ENDING = re.compile(r"(?<=[ıiuü])n(?:[ıiuü]n|[ae]|d[ae]n?)$")
"""Behind a noun that ends a Turkish name, "Bakanlığının", "ajansından"."""
DESCRIBED = 2
"""Words that carry meaning before a noun for a visual, that say what it shows: "the burning silo picture"."""
AND = re.compile(r"\s+(?:and|und|et|y|e|i|и|та|й|oraz|ve|și|en|a|dan|và|وال?|और)\s+(?:[^\W\d_]{1,4}\s+)?")
"""Between two nouns for visuals: what follows is of both."""
NAMED = re.compile(r"\s[A-Z]\w+")
"""A name after the noun tells something of the visual, if only where it was made."""
PLATFORM_REACH = 200
"""Characters between a handle and the name of the only platform that a page names."""
FIRST_REACH = 40
"""Characters before the words of a posting in which it is said to be the first."""
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NEAR = 3
"""Sentences after which words of posting no longer speak of a visual without naming it."""
MOST_CUES = 1_000
"""Places of one document that are looked at for a citation; an article of 3,000 characters has about ten, and of a text as long
as is read (`MOST_READ`) this is three times what there should be."""


class _Reading:
    """One page while it is read."""

    def __init__(self, page: Page) -> None:
        self.page, self.text = page, page.text
        self.lex: Lexicon = lexicon(page.facts.language)
        self.language = page.facts.language
        self.warnings = list(page.warnings)
        self.sentences, unread = sentences(page)
        if unread is not None:
            said = f"more than {MOST_READ:,} characters of text: what those after character {unread} say is not read"
            self.warnings.append(said)
        self.visuals = visuals(page, self.sentences, self.lex)
        if len(self.visuals) - len(page.media) >= MOST:
            self.warnings.append(f"{MOST} visuals are told of in words: if there are more, they are not told apart")
        self.mentions: dict[int, list[tuple[Mention, Visual]]] = defaultdict(list)
        for visual in self.visuals:
            for mention in visual.mentions:
                self.mentions[mention.sentence.number].append((mention, visual))
        self.speakers = Speakers(self.lex, self.text)
        self.edges: list[Edge] = []
        self.back: dict[int, bool] = {}
        self.told: dict[int, list[tuple[Mention, Visual]]] = {}

    def document(self) -> Document:
        self._edges()
        self._fold_unnamed()
        self._join()
        self._drop_unsaid()
        self._accounts()
        circumstances.give(self.page, self.sentences, self.visuals, self.edges, self.lex, self._pairs)
        posts = self._posts()
        carriers = {medium: post.id for post in reversed(posts) for medium in post.media}
        about = {n: tuple(dict.fromkeys(v.id for _, v in pairs)) for n, pairs in self.mentions.items()}
        found = claims(self.text, self.sentences, self.visuals, self.edges, self.lex, self._spoken())
        self.warnings += lookalikes.flags(postings.handles(self.text, posts, [e.cited for e in self.edges]))
        return Document(
            source=self.page.source,
            document=self.page.facts,
            text=self.text,
            media=tuple(self._medium(v, carriers.get(v.id)) for v in self.visuals),
            posts=tuple(posts),
            citations=tuple(self._citations(found_claims=found)),
            claims=tuple(found),
            hedges=tuple(hedges(self.text, self.sentences, self.lex, about)),
            reviews=self.page.reviews,
            warnings=tuple(self.warnings),
        )

    def _ids(self, sentence: Sentence) -> tuple[str, ...]:
        return tuple(dict.fromkeys(v.id for _, v in self._pairs(sentence)))

    def _spoken(self) -> dict[int, tuple[str, ...]]:
        """The visuals that each sentence speaks of, by its number; those of "it" and of the sentence before count, too."""
        return {s.number: self._ids(s) for s in self.sentences}

    # ---- citations

    def _edges(self) -> None:
        posts = {p.id: p for p in self.page.posts}
        seen: set[str] = set()
        bare = any(v.embedded and not v.account and v.embedded.role != "metadata-only" for v in self.visuals)
        for sentence in self.sentences:
            if self.speakers.cues >= MOST_CUES:
                self.warnings.append(f"more than {MOST_CUES:,} citations: those after character {sentence.start} are not read")
                break
            pairs = self._pairs(sentence)
            found = edges(sentence, self.speakers, self.lex, [m for m, _ in pairs])
            if pairs:
                found = handing.add(sentence, found, self.speakers, self.lex)
            near = bool(pairs or self._before(sentence)) or sentence.block.kind == "caption"
            found = posted.add(sentence, found, self.language, spoken=near, bare=bare, latest=partial(self._person, sentence))
            for edge in found:
                if edge.cited.kind == "social-account" and not edge.followed:
                    self.speakers.remember(edge.cited)
                self._name_post(edge)
                edge.about = self._about(edge, sentence, pairs)
            post = posts.get(sentence.block.post or "")
            if post is not None:
                found = postings.inside(sentence, post, found, first=post.id not in seen)
                seen.add(post.id)
            self._inherit(found)
            self.edges += found
        self.edges += [e for p in self.page.posts if (e := postings.embeds(self.text, p))]
        credited.add(self.visuals, self.sentences, self.edges)
        lines = source_lines.edges(self.page, self.edges)
        source_lines.give(lines, [v.id for v in self.visuals], self.edges)
        self.edges += lines
        coreference.resolve(self.text, self.edges)
        if self.lex.language == "tr":
            _without_endings(self.edges, self.lex)
        judged = {a for s in self.sentences if (ids := self._ids(s)) and verdicts.judged(s, self.lex) for a in ids}
        posted.own_posts(self.edges, [v.id for v in self.visuals], judged)
        self.edges.sort(key=lambda e: e.cue)

    def _pairs(self, sentence: Sentence) -> list[tuple[Mention, Visual]]:
        """The visuals that a sentence speaks of; where "it" points back, the newest of the two sentences before."""
        if sentence.number not in self.told:
            own = self.mentions.get(sentence.number, [])
            alone = own or sentence.block.kind in ("caption", "post") or not self._back(sentence)
            self.told[sentence.number] = own if alone else self._before(sentence)
        return self.told[sentence.number]

    def _back(self, sentence: Sentence) -> bool:
        """Whether a sentence points back; looked at once, for it is asked often."""
        if sentence.number not in self.back:
            self.back[sentence.number] = posted.points_back(sentence, self.language)
        return self.back[sentence.number]

    def _before(self, sentence: Sentence) -> list[tuple[Mention, Visual]]:
        return [p for n in range(sentence.number - NEAR, sentence.number) for p in self.mentions.get(n, [])][-1:]

    def _called_other(self, sentence: Sentence) -> list[tuple[Mention, Visual]]:
        """The footage that the next sentence calls "that other video" where only a picture came before: it was just spoken of."""
        after = self.mentions.get(sentence.number + 1, [])[:1]
        before = self._before(sentence)
        other = [(m, v) for m, v in after if m.another and m.definite and m.kind == "video" and v.mentions[0] is m]
        return other if before and before[0][1].kind == "photo" else []

    def _person(self, sentence: Sentence) -> Party | None:
        """Whom "his" means: the person that the sentence before names first, else the one who spoke last."""
        before = self.sentences[sentence.number - 1] if sentence.number else None
        named = posted.person_in(before.text, self.language) if before else None
        known = self.speakers.latest(Speakers.PEOPLE)
        if named is None or (known and known.name == named):
            return known
        return Party(name=named, kind="expert", as_written=named)

    def _name_post(self, edge: Edge) -> None:
        """The embassy of "a Facebook post from the embassy" speaks as an account."""
        words = self.text[edge.cue[0] : edge.cue[1]]
        platform = platform_of(words)
        if platform and edge.cited.kind != "social-account" and edge.relation in ("reports", "posted-by", "captured-from"):
            edge.cited = replace(edge.cited, kind="social-account", platform=platform)
        elif platform and edge.cited.kind == "social-account":
            edge.cited = replace(edge.cited, platform=platform)

    def _about(self, edge: Edge, sentence: Sentence, pairs: list[tuple[Mention, Visual]]) -> tuple[str, ...]:
        if edge.origin and sentence.block.kind == "caption" and sentence.block.medium and not pairs:
            return (sentence.block.medium,)
        if edge.origin and not pairs:
            pairs = self._called_other(sentence) or self._before(sentence)
        if edge.origin and not pairs and edge.cited.platform:
            shown = [v.id for v in self.visuals if v.embedded and v.embedded.role != "metadata-only"]
            return tuple(shown) if len(shown) == 1 else ()
        if edge.origin and not edge.finite and pairs:
            before = [(m, v) for m, v in pairs if m.start <= edge.cue[0]]
            return self._listed(before) if before else (pairs[0][1].id,)
        if pairs:
            return tuple(dict.fromkeys(v.id for m, v in pairs if self._told_of(edge, m)))
        if edge.cited.kind == "social-account" and edge.followed:
            return tuple(dict.fromkeys(a for e in self.edges if e.origin and key(e.cited) == key(edge.cited) for a in e.about))
        return ()

    def _listed(self, before: list[tuple[Mention, Visual]]) -> tuple[str, ...]:
        """The last visual before a word for whose it is, and one beside it: "a video and a form published by …"."""
        both = len(before) > 1 and AND.fullmatch(self.text, before[-2][0].noun.end, before[-1][0].noun.start)
        return tuple(dict.fromkeys(v.id for _, v in before[-2 if both else -1 :]))

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

    def _fold_unnamed(self) -> None:
        """An unnamed account is the named one of its platform when the text names one only, of the same visual.

        A handle without a platform is on that of the unnamed account of its visual.
        """
        self._place_handles()
        named: dict[tuple[object, str], dict[object, Party]] = defaultdict(dict)
        for edge in self._account_edges():
            if edge.cited.handle or edge.cited.name:
                for about in edge.about:
                    named[edge.cited.platform, about][key(edge.cited)] = edge.cited
        for edge in self._account_edges():
            party = edge.cited
            if not party.handle and not party.name:
                parents = tuple(v.derived_from for v in self.visuals if v.id in edge.about and v.derived_from)
                shared = {k: p for about in (*edge.about, *parents) for k, p in named[party.platform, about].items()}
                if len(shared) == 1:
                    edge.cited = replace(next(iter(shared.values())), as_written=party.as_written)

    def _place_handles(self) -> None:
        on: dict[str, set[Platform]] = defaultdict(set)
        of: dict[str, set[Platform]] = defaultdict(set)
        for edge in self._account_edges():
            if edge.cited.platform and edge.cited.handle:
                of[edge.cited.handle.lower()].add(edge.cited.platform)
            if edge.cited.platform and edge.origin:
                for about in edge.about:
                    on[about].add(edge.cited.platform)
        for edge in self._account_edges():
            own = of.get((edge.cited.handle or "").lower())
            platforms = set(own) if own else {p for about in edge.about for p in on[about]} or self._only_platform(edge)
            if edge.cited.handle and not edge.cited.platform and len(platforms) == 1:
                edge.cited = replace(edge.cited, platform=platforms.pop())

    def _only_platform(self, edge: Edge) -> set[Platform]:
        """The one platform that a page names near a handle, where nothing else tells on which its account is."""
        if not (edge.origin and edge.about and (edge.cited.handle or "").isascii()):
            return set()
        everywhere = platforms_in(self.text)
        near = any(abs(named.start - edge.span[0]) <= PLATFORM_REACH for named in everywhere)
        found = {named.platform for named in everywhere}
        return found if near and len(found) == 1 else set()

    def _account_edges(self) -> list[Edge]:
        return [e for e in self.edges if e.cited.kind == "social-account" and e.relation != "embeds"]

    def _join(self) -> None:
        sources: dict[str, set[object]] = defaultdict(set)
        for edge in self.edges:
            for about in edge.about if edge.origin else ():
                sources[about].add(key(edge.cited))
        accounts: set[object] = {key(e.cited) for e in self._account_edges() if e.cited.handle or e.cited.name}
        moved = join_by_source(self.visuals, sources, accounts)
        for edge in self.edges:
            edge.about = tuple(dict.fromkeys(moved.get(a, a) for a in edge.about))

    def _drop_unsaid(self) -> None:
        """A visual known only from words needs words that say what it shows or who put it out; else nothing is known of it."""
        sourced = {a for e in self.edges if e.origin for a in e.about}
        gone = {
            v.id for v in self.visuals if v.embedded is None and not v.shown and v.id not in sourced and not self._described(v)
        }
        self.visuals[:] = [v for v in self.visuals if v.id not in gone]
        for edge in self.edges:
            edge.about = tuple(a for a in edge.about if a not in gone)
        for number, pairs in self.mentions.items() if gone else ():
            self.mentions[number] = [(m, v) for m, v in pairs if v.id not in gone]
        if gone:
            self.told.clear()

    def _described(self, visual: Visual) -> bool:
        """Whether the words around its noun may say what it shows; only English has verbs enough to tell that they do not."""
        if self.lex.language != "en":
            alone = all(v is visual or v.kind != visual.kind for v in self.visuals)
            return alone or any(len(content(self._beside(m))) >= DESCRIBED for m in visual.mentions)
        return any(
            len(content(self.text[m.start : m.noun.start])) >= DESCRIBED or NAMED.search(self.text, m.noun.end, m.end)
            for m in visual.mentions
        )

    def _beside(self, mention: Mention) -> str:
        """The words around a noun, without those of putting it out."""
        beside = self.text[mention.start : mention.noun.start] + " " + self.text[mention.noun.end : mention.end]
        words = posting_words(self.lex.language)
        return words.verbs.sub(" ", beside) if words else beside

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
        forwards = (postings.forwarded(post) for post in self.page.posts)
        yield from (replace(found, id=f"c{next(numbers)}") for found in forwards if found)

    # ---- accounts and posts

    def _accounts(self) -> None:
        sources: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            if edge.origin and edge.relation != "embeds" and edge.cited.platform:
                for about in dict.fromkeys(edge.about):
                    sources[about].append(edge)
        for visual in self.visuals:
            found = self._earliest(sources[visual.id])
            best = (
                next((p for p in found if p.handle), None) or next((p for p in found if p.name), None) or next(iter(found), None)
            )
            if best and not (visual.account and visual.account.handle and visual.embedded and not visual.embedded.post):
                visual.account = Account(
                    platform=best.platform, handle=best.handle, name=_name_of(best, found), as_written=best.as_written
                )

    def _earliest(self, told: list[Edge]) -> list[Party]:
        """The accounts that are said to have been first; else all, those told of with a year before the others."""
        words = posting_words(self.language)
        first = [
            e.cited
            for e in told
            if words and words.first.search(self.text, max(e.sentence.start, e.span[0] - FIRST_REACH), e.span[1])
        ]
        dated = sorted(told, key=lambda e: YEAR.search(e.sentence.text) is None)
        return first or [e.cited for e in dated]

    def _posts(self) -> list[Post]:
        dated = [v for v in self.visuals if any(d.role == "posted" for d in v.dates)]
        when = {
            e.cue[0]: d.value
            for e in self.edges
            for v in dated
            if v.id in e.about
            for d in v.dates
            if d.role == "posted" and e.sentence.start <= d.span.start < e.sentence.end
        }
        return [*self.page.posts, *postings.spoken_of(self.page.posts, self.edges, self.text, when)]

    # ---- media

    def _medium(self, visual: Visual, carried: str | None) -> Medium:
        spans = [span(self.text, m.start, m.end) for m in visual.mentions]
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


def _without_endings(edges: list[Edge], lex: Lexicon) -> None:
    """Turkish sets the ending of a case behind a name with an apostrophe, "Dahl Watch'un", and behind a noun without one."""
    for edge in edges:
        for side in ("citing", "cited"):
            party: Party = getattr(edge, side)
            if party.name and (match := ENDING.search(party.name)):
                setattr(edge, side, replace(party, name=party.name[: match.start()]))
            elif party.name and " " in party.name and (match := NOUN_ENDING.search(party.name)):
                last = party.name.rpartition(" ")[2].lower()
                if any(lex.has("nouns", key, last) for key in ("agency", "outlet", "official", "organisation")):
                    setattr(edge, side, replace(party, name=party.name[: match.start()]))


def _name_of(best: Party, found: list[Party]) -> str | None:
    """The name of an account, also from another place that gives the name to its handle."""
    if best.name and not best.name.startswith("@"):
        return best.name
    same = (p.name for p in found if p.name and not p.name.startswith("@") and _folded(p.name) == _folded(best.handle or ""))
    return next(same, None)


def _folded(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
