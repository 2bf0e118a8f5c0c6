"""One medium in one document, made ready to be compared: its words, origins, days, places and addresses."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from provenance.chain import addresses, cues, names, sentences, sounds
from provenance.chain.words import LONGEST_TEXT, Words, concept_of, forms_of, read, squeeze, stem
from provenance.records import AppearanceKey, Citation, Document, Medium, Party, PartyKind, Relation, StoredDocument
from provenance.reference import parties, places

ORIGIN_RELATIONS: frozenset[Relation] = frozenset(["posted-by", "captured-from", "provided-by"])
ORIGIN_KINDS: frozenset[PartyKind] = frozenset(["social-account", "organisation", "official"])
FROM: frozenset[Relation] = ORIGIN_RELATIONS | {"credits", "via"}
MODES = frozenset(["drone", "satellite-image", "security-camera", "questionnaire", "archive-picture", "map"])
"""Ways to take a picture that tell one of an event from another of it."""
FROM_ABOVE = frozenset(["satellite-image", "map"])
"""Ways in which nobody is seen from near: what else is told of is in another visual."""
ARCHIVE = "archive-picture"
PAPERS = frozenset(["questionnaire", "map"])
"""Ways that no film is taken in."""
MOVING = frozenset(["video", "video-grab"])
MOST_SENTENCES = 6
BEFORE = 60
"""Code points before a mention in which "another" speaks of it."""
REACH = 40
"""Code points before a description in which its noun stands."""
SHORT_PAGE = 1_500
"""Code points of a page that is about its visual and little else."""
_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter|t\.co/|t\.me/)\S+|@\w+")


@dataclass(frozen=True)
class Appearance:
    """A medium with its stored document; `order` is (sequence of the document, place of the medium in it).

    `together` are all of the document, this one among them, so that what is found of one is found once.
    """

    stored: StoredDocument
    medium: Medium
    order: tuple[int, int]
    together: Sequence["Appearance"] = field(compare=False, repr=False)

    @cached_property
    def key(self) -> AppearanceKey:
        """`document/medium`."""
        return AppearanceKey(self.stored.id, self.medium.id)

    @cached_property
    def name(self) -> str:
        """The key as text: what sets and tables of appearances are kept by, since it hashes once."""
        return str(self.key)

    @cached_property
    def solo_id(self) -> str:
        """The id of the visual that this appearance makes when it is alone, or the first."""
        return "v-" + hashlib.sha256(self.name.encode()).hexdigest()[:12]

    @property
    def document(self) -> Document:
        """The document that carries it."""
        return self.stored.document

    @property
    def asset(self) -> str | None:
        """The sha256 of its bytes, where there are any."""
        return self.stored.assets.get(self.medium.id)

    @cached_property
    def posts(self) -> frozenset[str]:
        """Ids of the posts of its document that carry it."""
        carrying = {p.id for p in self.document.posts if self.medium.id in p.media}
        return frozenset(carrying | ({self.medium.post} if self.medium.post else set()))

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """The citations about it, or about a post that carries it."""
        subjects = self.posts | {self.medium.id}
        return tuple(c for c in self.document.citations if not subjects.isdisjoint(c.about))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What the document says that it shows."""
        medium = self.medium
        spans = [medium.description, *medium.mentions]
        claims = [c.text for c in self.document.claims if c.about == medium.id and c.type == "depiction"]
        written = [medium.caption, medium.alt, *(s.text for s in spans if s), *claims]
        return tuple(dict.fromkeys(t for t in written if t))

    @property
    def is_told(self) -> bool:
        """Whether its document says what it shows."""
        return any(c.about == self.medium.id and c.type == "depiction" for c in self.document.claims)

    @cached_property
    def words(self) -> Words:
        """The content of `texts`."""
        return self._without_sources(self.texts)

    @cached_property
    def context(self) -> Words:
        """The content of the whole sentences that speak of it: more, but not all of it about this visual."""
        text = self.document.text
        spans = [s for s in (self.medium.description, *self.medium.mentions) if s][:MOST_SENTENCES]
        around = dict.fromkeys(sentences.around(text, s.start, s.end) for s in spans)
        return self._without_sources((*self.texts, *(text[a:b] for a, b in around)))

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The headline, and the sentences that speak of it with those before and after."""
        text = self.document.text
        spans = [s for s in (self.medium.caption_span, self.medium.description, *self.medium.mentions) if s][:MOST_SENTENCES]
        around = dict.fromkeys(sentences.around(text, *_wider(text, s.start, s.end)) for s in spans)
        return tuple(dict.fromkeys([*(text[a:b] for a, b in around), self.document.document.headline or ""]))

    @cached_property
    def near(self) -> Words:
        """The content of `texts` and `sentences`: more still, for visuals of which the words alone say little."""
        return self._without_sources((*self.texts, *self.sentences))

    @cached_property
    def things_told(self) -> frozenset[str]:
        """Depicted things in its own words; soldiers count where it is said of which nation."""
        return _with_soldiers(self.words)

    @cached_property
    def things_near(self) -> frozenset[str]:
        """The same in its words and those around them."""
        return _with_soldiers(self.near) - self.of_others

    @cached_property
    def things_wide(self) -> frozenset[str]:
        """The same in all of a short page."""
        return self.wide.things - self.of_others

    @cached_property
    def things_of_event(self) -> frozenset[str]:
        """Things that its page tells of another visual as well: they are of the event."""
        return self.things_told.intersection(frozenset().union(*(a.words.things for a in self.siblings)))

    @cached_property
    def things_of_headline(self) -> frozenset[str]:
        """Things that the headline of its page tells."""
        return self._without_sources((self.document.document.headline or "",)).things

    @cached_property
    def firm_origins(self) -> frozenset[str]:
        """Origins whose names are no single words, which could be anything: accounts, known parties, several words."""
        kept = (n for n in self.origins if "@" in n or ":" in n or " " in n.strip() or parties.resolve(n))
        return frozenset(names.handle(n) or n for n in kept)

    @cached_property
    def platform(self) -> str | None:
        """The platform that the document says it is from, by its account or its credit line."""
        account = self.medium.account
        if account and account.platform:
            return account.platform
        words = (w for party in self.medium.credit_parties for w in (party, *party.split(maxsplit=1)[:1]))
        return next((p for p in map(names.platform_of, words) if p), None)

    @property
    def is_captured(self) -> bool:
        """Whether its credit line names a platform or an account: who wrote it took it from a post there."""
        credit, account = self.medium.credit or "", self.medium.account
        of_account = bool(account and account.platform and account.as_written and account.as_written in credit)
        return of_account or any(names.platform_of(w) or "@" in w for w in credit.replace("/", " ").split())

    @cached_property
    def spots(self) -> frozenset[str]:
        """Known places that are less than a country, stated for it or named around it."""
        stated = (places.resolve(p.name) for p in self.medium.stated_places)
        around = (m.entry for m in places.find(" ".join(self.sentences)[:LONGEST_TEXT]))
        return frozenset(e.name for e in (*stated, *around) if e and e.kind not in {"country", "sea"})

    def _without_sources(self, texts: Iterable[str]) -> Words:
        """The content of texts, without addresses and without the names of those it comes from."""
        found = read((_ADDRESS.sub(" ", t) for t in texts), self.document.document.language)
        sources = [*self.origins, *self.carriers, *self.medium.credit_parties]
        dropped = {stem(w) for name in sources for w in squeeze(name).split()}
        return Words(found.things, found.common, found.nations, found.words - dropped, found.numbers)

    @cached_property
    def origins(self) -> frozenset[str]:
        """Named accounts and providers that the document says it comes from."""
        cited = (c.cited for c in self.citations if c.relation in ORIGIN_RELATIONS and c.cited.kind in ORIGIN_KINDS)
        found = {names.of_account(self.medium.account), *(self.named(p) for p in cited), *self._own_post()}
        return frozenset(self._full(n) for n in found if n)

    @cached_property
    def carriers(self) -> frozenset[str]:
        """Agencies and outlets that the document has it from."""
        found = {names.of_party(c.cited) for c in self.citations if c.cited.kind in names.CARRIERS}
        return frozenset(n for n in found if n)

    @cached_property
    def credits(self) -> frozenset[str]:
        """The parties of its credit line, canonical and folded."""
        return frozenset(names.key(names.canonical(p)) for p in self.medium.credit_parties if not names.platform_of(p))

    @cached_property
    def source_names(self) -> frozenset[str]:
        """The names of those it is said to come from, as they are written; no platforms."""
        said = {n for c in self.citations if c.relation in FROM for n in (c.cited.name, c.cited.handle) if n}
        account = self.medium.account
        said |= {n for n in (account.name, account.handle) if n} if account else set()
        return frozenset(n for n in (*said, *self.medium.credit_parties) if not names.platform_of(n))

    @cached_property
    def source_words(self) -> frozenset[str]:
        """The words of the names of those it is said to come from, to be compared across scripts."""
        kept = {w for n in self.source_names for w in sounds.words_of(n)}
        return frozenset(w for w in kept if concept_of(w, self.language) is None and w not in forms_of(w, self.language).stop)

    @cached_property
    def siblings(self) -> tuple["Appearance", ...]:
        """The other media of its document."""
        return tuple(a for a in self.together if a.medium.id != self.medium.id)

    @cached_property
    def of_others(self) -> frozenset[str]:
        """Things that its document tells of a surely different visual beside it, and not of this one."""
        apart = (a for a in self.siblings if a.is_other or self.is_other or self._differs_in_kind(a) or self._is_told_apart(a))
        return frozenset().union(*(a.words.things for a in apart)) - self.things_told

    def _differs_in_kind(self, other: "Appearance") -> bool:
        return (self.medium.kind in MOVING) != (other.medium.kind in MOVING) and not (self.is_either or other.is_either)

    def _is_told_apart(self, other: "Appearance") -> bool:
        """Whether their page says only of one how it was taken, and other things of each: a satellite image, a photo."""
        told, others = self.things_told - MODES, other.things_told - MODES
        above = (self.modes_told ^ other.modes_told) & FROM_ABOVE and (others if self.modes_told & FROM_ABOVE else told)
        return self.modes_told != other.modes_told and bool(above or (told and others)) and told.isdisjoint(others)

    @cached_property
    def near_words(self) -> frozenset[str]:
        """The longer words in its texts and the sentences around it, as they stand; not whom another visual there is from."""
        others = {w for a in self.siblings if a.medium.kind == self.medium.kind for w in a.source_words}
        return sounds.words_of(" ".join((*self.texts, *self.sentences))[:LONGEST_TEXT]) - (others - self.source_words)

    @cached_property
    def is_other(self) -> bool:
        """Whether its page calls it another one, or speaks of several."""
        spans = [s for s in (self.medium.description, *self.medium.mentions) if s]
        near = [(max(0, s.start - BEFORE), s.end) for s in spans]
        text, language = self.document.text, self.language
        return any(cues.find(group, text, a, b, language) for a, b in near for group in ("other", "several"))

    @cached_property
    def event_names(self) -> frozenset[str]:
        """What may be names in its sentences, on a short page in all of it: where and to whom it happened."""
        return self._names(sounds.proper(self._told))

    @cached_property
    def openings(self) -> frozenset[str]:
        """What begins a sentence there: names, where another page shows that they are."""
        return self._names(sounds.opening(self._told))

    @cached_property
    def _told(self) -> str:
        text = self.document.text
        around = text if len(text) <= SHORT_PAGE else " ".join((*self.texts, *self.sentences))
        return around[:LONGEST_TEXT]

    def _names(self, found: frozenset[str]) -> frozenset[str]:
        return frozenset(w for w in found if concept_of(w, self.language) is None and w not in forms_of(w, self.language).stop)

    @cached_property
    def is_alone(self) -> bool:
        """Whether its page has no other visual of its kind from its source, and does not call it another one."""
        kin = (a for a in self.siblings if not self._differs_in_kind(a))
        return not self.is_other and not any(sounds.shared(a.source_words, self.source_words) and a.things_told for a in kin)

    @cached_property
    def is_correction(self) -> bool:
        """Whether its page says at its head that it puts an earlier one right."""
        return bool(cues.find("correction", self.document.text, 0, BEFORE, self.language))

    @cached_property
    def is_judged_false(self) -> bool:
        """Whether its page judges it not to be what it is said to be: then the page shows what another one made."""
        claims = (c.span for c in self.document.claims if c.about == self.medium.id and c.type == "authenticity")
        return any(not cues.find("true", self.document.text, s.start, s.end, self.language) for s in claims)

    @property
    def is_archived(self) -> bool:
        """Whether its page speaks of it as an old picture."""
        return ARCHIVE in self.modes | self.things_wide

    @property
    def is_of_several(self) -> bool:
        """Whether its credit line names parties side by side: it stands under more pictures than one."""
        return len(self.medium.credit_parties) > 1 and ";" in (self.medium.credit or "")

    @cached_property
    def wide(self) -> Words:
        """The content of the whole document, where that is short enough to be about little else."""
        text = self.document.text
        return self._without_sources((*self.texts, text)) if len(text) <= SHORT_PAGE else self.near

    @cached_property
    def modes_told(self) -> frozenset[str]:
        """How it was taken, as its own words and its credit line say."""
        return self._without_sources((*self.texts, self.medium.credit or "")).things & MODES

    @cached_property
    def modes(self) -> frozenset[str]:
        """How it was taken, as its own words and its credit line say; as those around it do where they are silent.

        What the page says of another visual, of which other things are told, is not said of this one.
        """
        if self.medium.kind == "document":
            return frozenset(["document"])
        others = frozenset().union(*(a.modes_told for a in self.siblings if self._is_told_apart(a)))
        found = self.modes_told or (self.things_near & MODES) - others
        return found - PAPERS if self.medium.kind in MOVING else found

    @property
    def is_surely_still(self) -> bool:
        """Whether it is a picture that words call one; what merely stands in a page may be the frame of a video player.

        "Images" may be footage, as those of a watching camera are, and a capture of a post may be a frame of it; what a satellite
        took is a still.
        """
        medium = self.medium
        if self.is_either and self.asset is None:
            return False
        if "satellite-image" in self.modes and medium.kind not in MOVING:
            return True
        if "security-camera" in self.modes_told and self.asset is None:
            return False
        captured = self.platform is not None and self.is_captured
        said = medium.role == "mentioned" or medium.kind != "photo" or (bool(medium.caption) and not captured)
        said = said or self.asset is not None or self.is_called_photo
        maybe_footage = "film" in self.near.common and "picture" not in self.words.common
        return (said and not maybe_footage) or not (self.platform or medium.role == "embedded-post" or maybe_footage)

    @cached_property
    def is_called_photo(self) -> bool:
        """Whether the words that speak of it call it a photograph, which no footage is."""
        medium, text, language = self.medium, self.document.text, self.language
        spans = [s for s in (medium.description, *medium.mentions) if s]
        return any(cues.find("photograph", text, max(0, s.start - REACH), s.end, language) for s in spans)

    @cached_property
    def is_either(self) -> bool:
        """Whether all that calls it a picture is a word that means footage as well: "imágenes", "кадры"."""
        medium = self.medium
        spans = [s for s in (medium.description, *medium.mentions) if s]
        near = [(max(0, s.start - REACH), s.end) for s in spans]
        text, language = self.document.text, self.language
        either = any(cues.find("either", text, a, b, language) for a, b in near)
        return (
            either
            and medium.kind == "photo"
            and not self.is_called_photo
            and not any(cues.find("one", text, s.start, s.end, language) for s in spans)
        )

    @cached_property
    def is_of_film(self) -> bool:
        """Whether it is the frames of the one film of its page: "images" that the film's own source put out."""
        films = [a for a in self.siblings if a.medium.kind in MOVING]
        if len(films) != 1 or self.asset is not None or not self.is_either:
            return False
        film = films[0]
        return bool(self.firm_origins & film.firm_origins) or (self.platform is not None and self.platform == film.platform)

    @property
    def language(self) -> str:
        """The language of its document, English where unknown."""
        return (self.document.document.language or "en")[:2].lower()

    @cached_property
    def addresses(self) -> frozenset[str]:
        """What it has in common with another use of the same post or file."""
        return addresses.of(self.document, self.medium)

    @cached_property
    def _platforms(self) -> dict[str, str]:
        """Accounts of the document that it names with their platform, by handle."""
        document = self.document
        said = [(p.platform, p.handle) for c in document.citations for p in (c.cited, c.citing)]
        said += [(m.account.platform, m.account.handle) for m in document.media if m.account]
        said += [(p.platform, p.handle) for p in document.posts]
        known = [(handle, names.account_name(platform, handle, None)) for platform, handle in said if platform]
        return {handle.lower(): name for handle, name in known if handle and name}

    def named(self, party: Party) -> str | None:
        """A party as chains write it; a handle without platform takes that which the document gives it elsewhere."""
        name = names.of_party(party)
        if name and party.kind in {"organisation", "official"} and not party.handle:
            name = name if names.is_named(name, self.document.document.language) else None
        return self._full(name) if name else None

    def _full(self, name: str) -> str:
        return self._platforms.get(name[1:].lower(), name) if name.startswith("@") else name

    def _own_post(self) -> Iterator[str | None]:
        """A document that is a post comes from its own author, or from whom it was forwarded."""
        if self.document.document.kind == "post":
            for post in (p for p in self.document.posts if p.id in self.posts or not self.posts):
                yield names.of_account(post.forwarded_from) or names.account_name(post.platform, post.handle, post.author_name)


def _with_soldiers(words: Words) -> frozenset[str]:
    return words.things | (words.common & {"soldier"}) if words.nations else words.things


def _wider(text: str, start: int, end: int) -> tuple[int, int]:
    """A slice that reaches into the sentences before and after."""
    first, last = sentences.around(text, start, end)
    return max(0, first - 2), min(len(text), last + 2)


def appearances(stored: StoredDocument) -> list[Appearance]:
    """All media of a document, in its order."""
    together: list[Appearance] = []
    together += (Appearance(stored, m, (stored.sequence, at), together) for at, m in enumerate(stored.document.media))
    return together
