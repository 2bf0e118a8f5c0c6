"""Who a noun phrase stands for: an account, an agency, an official, an unnamed source, or someone named before."""

import difflib
import re
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import ClassVar

from provenance.attribute.lexicon import Lexicon, lexicon
from provenance.attribute.mastheads import has_article, is_masthead
from provenance.attribute.phrases import Phrase
from provenance.attribute.platforms import only_platform, platform_of
from provenance.attribute.text import Sentence, Word
from provenance.records import Party, PartyKind, Platform
from provenance.reference import parties, places
from provenance.reference.parties import lowered

MEDIA: frozenset[str] = frozenset({"agency", "newspaper", "broadcaster"})
PERSONS: frozenset[str] = frozenset({"official", "expert", "social-account", "anonymous"})
ALIKE = 0.75
"""Two spellings of one short name ("Choi", "Choe") share three letters of four."""
LONGEST_JOINER = 3
"""Letters in "of", "de", "del"; a longer word in lower case ends a name."""
LONGEST_CASELESS = 4
"""Words of a name in a script without capitals; longer runs are clauses."""
MOST_SMALL = 2
"""Words from one capital of a Vietnamese name to the next: "Hải quân Ấn Độ"."""
APOSTROPHE = re.compile(r"\w['’]\w")
"""In Turkish, parts a name from its ending, and stands in no other word."""
NO_ARTICLE = frozenset({"pl", "cs", "ru", "uk", "bg", "ro"})
"""Languages in which an office stands alone: "informuje policja", "zveřejnila radnice"."""
ROMANCE = frozenset({"es", "fr", "it", "pt"})
SURNAME = 6
FULL_NAME = 2
FEW = 4
"""More words than an agency's name has."""
FULL_NAME_REACH = 4_000
"""Characters before a surname in which its full name is looked for."""
STEM = 6
"""Leading letters that two forms of one noun share: "Обсерваторию", "обсерватории"."""
NOUNS = ("account", "agency", "outlet", "official", "organisation", "person", "expert", "anonymous", "group")
JOINERS = frozenset(
    ("de", "la", "du", "des", "di", "da", "do", "dos", "das", "del", "della", "delle", "dello", "degli", "dei", "den", "der")
)
JOINERS |= {"van", "von", "bin", "al", "of", "and", "for", "the"}
"""Words in lower case that stand inside names, in whatever language speaks of them: "Le Fil du Lac"."""
GROUPS: frozenset[str] = frozenset({"organisation", "social-account"})
"""Whom "the same group" can be."""
NAMED_KINDS: frozenset[str] = frozenset({"organisation", "official", "agency", "newspaper", "broadcaster", "expert"})
DOTTED = "İ"
"""The one letter whose small form is longer than it: words that hold it are compared one by one."""
SHORT_STEM = 3
AFTER_NAME = re.compile(r" (?P<of>[А-ЯІЇЄҐ][а-яіїєґ'’-]{2,}|РФ|США)(?=[\s,.;:)»]|$)")
"""What stands behind the short name of an office in Russian, Ukrainian and Bulgarian: whose it is."""
ADJECTIVE = re.compile(r"(?P<of>\w{2,}(?:ск|цк|ськ|цьк)(?:ое|ий|ая|ого|ому|им|ом|ой|е|а|а|ої|ій|ото|ото|ата))\s$")
GOES_ON = re.compile(r"\s(?P<name>[A-ZÀ-Þ0-9][\w-]*)")
GOES_BEFORE = re.compile(r"(?:^|\s)(?P<name>[A-ZÀ-Þ][a-zà-ÿ]+)\s$")
KEPT = frozenset({"News", "Fact", "Check", "TV", "Photo", "Photos", "Pictures", "Agency", "Online", "Newsroom"})
"""Words behind the name of a newsroom that make no other one of it."""
TITLED: tuple[tuple[str, PartyKind], ...] = (
    ("agency", "agency"), ("outlet", "newspaper"),
)  # fmt: skip
ON_PLATFORM = re.compile(
    r"(?<=\w)\s(?:on|auf|bei|sur|en|no|na|op|via|su|pe|ve|v|w|в|у|във|на|през)\s(?:(?:the|la|le|il)\s)?[«„\"“]?(?P<on>[^\W\d_][\w.-]*)[»“\"”]?$"
)
"""A preposition and one word at the end of a name, where that word is a platform."""
OF_TWO_WORDS = frozenset({"id", "vi"})
"""Languages in which a noun for a party is often two words: "juru bicara", "phát ngôn viên"."""
APPOSED_NAME = re.compile(r",\s(?P<n>[A-ZÀ-ÞĐİŞÇĞÖÜ][\w'’-]+(?:\s[A-ZÀ-ÞĐİŞÇĞÖÜ][\w'’-]+){1,3})(?=\s?[,.;:\n])")
"""The name behind a role: "juru bicara pelabuhan, Yerlan Tokabai,"."""
SENTENCE_EDGE = ("", "\n", ".", "!", "?", "”", '"', ")", ":", "…", "。")
NUMBERED = re.compile(r"\d{1,3}(?=['’][a-zçğıöşü]{1,5}$|$)")
"""The number that ends a name, with a Turkish ending or without: "Kanal 24'e"."""
MEMORY = 60
"""Parties kept for words that point back; no reader remembers more."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A party at a place in the text; `phrase` is how it stands there, `followed` whether it only points back."""

    party: Party
    start: int
    end: int
    followed: bool = False
    bare_country: bool = False


@cache
def _long_nouns(language: str, key: str) -> tuple[tuple[str, int], ...]:
    """Nouns of two words and more, and of how many each is."""
    nouns = lexicon(language).words.get("nouns", {}).get(key, ())
    return tuple((noun, len(noun.split())) for noun in nouns if len(noun.split()) > 1)


@dataclass
class Speakers:
    """Everyone named so far in one document, newest last, and through whom each was first quoted.

    `cues` counts the places at which a speaker was looked for.
    """

    PEOPLE: ClassVar[frozenset[str]] = frozenset({"official", "expert"})
    lex: Lexicon
    text: str
    known: list[Party] = field(default_factory=list)
    frames: dict[str, Party] = field(default_factory=dict)
    met: list[Party] = field(default_factory=list)
    cues: int = 0
    roles: tuple[str, ...] | None = None
    seen: set[tuple[str | None, ...]] = field(default_factory=set)

    def knows(self, name: str) -> bool:
        """Whether someone of this name was told of before."""
        return any(party.name == name for party in self.known)

    def of(self, phrase: Phrase, sentence: Sentence) -> Speaker | None:
        """The party that a phrase stands for; None when it names nobody who could say anything."""
        words = phrase.words
        if not words or words[-1].low.endswith(("'s", "s'")) or (len(words) == 1 and words[0].low in self.lex.opening):
            return None
        back = None if any(w.text.startswith("@") for w in words) else self._pointing_back(phrase)
        found = back or self._named(phrase, sentence)
        if found and not found.followed:
            self.remember(found.party)
        return found

    def remember(self, party: Party) -> None:
        """Keep a party for later words that point back to it."""
        same = key(party)
        others = [p for p in self.known if key(p) != same] if same in self.seen else self.known
        self.seen.add(same)
        self.known = [*others[-MEMORY:], party]

    def meet(self, sentence: Sentence) -> None:
        """Keep those whom a sentence names with their role, even where they say nothing: a later surname points to them."""
        self.met = []
        if not self._names_roles(sentence):
            return
        words = sentence.words
        for i, word in enumerate(words[:-1]):
            if words[i + 1].text[0].isupper() and self.lex.has("nouns", "person", word.low):
                name = _leading_capitals(tuple(words[i + 1 : i + 5]))
                if len(name.split()) > 1:
                    self.met.append(Party(name=name, kind="official", as_written=name))
        for party in self.met:
            if len(self.known) < MEMORY and not any(p.name == party.name for p in self.known):
                self.known.insert(0, party)
                self.seen.add(key(party))

    def _names_roles(self, sentence: Sentence) -> bool:
        """Whether a sentence can hold a word for a person; of a hundred such words, a page has a few."""
        if self.roles is None:
            low = lowered(self.text)
            self.roles = tuple(word for word in self.lex.role_words if word in low)
        return any(word in sentence.low for word in self.roles) or DOTTED in sentence.text

    def framed_by(self, source: Party) -> None:
        """Remember through whom the people of the last sentence are quoted."""
        for party in self.met:
            self.frames.setdefault(str(key(party)), source)

    def latest(self, kinds: frozenset[str], *, words: str = "") -> Party | None:
        """The newest party of some kinds, whose name holds some words."""
        for party in reversed(self.known):
            if party.kind in kinds and words in (party.name or party.as_written or "").lower():
                return party
        return None

    # -- words that point back

    def _pointing_back(self, phrase: Phrase) -> Speaker | None:
        words = phrase.words
        if len(words) == 1 and (party := self._pronoun(words[0].low)):
            return Speaker(party, phrase.start, phrase.end, followed=True)
        inner = self._without_pointers(words)
        if inner != words and (party := self._by_noun(inner)):
            return Speaker(party, phrase.start, phrase.end, followed=True)
        if inner != words and len(inner) == 1 and self._any("account", [inner[0].low]):
            party = Party(kind="social-account", as_written=self.text[phrase.start : phrase.end])
            return Speaker(party, phrase.start, phrase.end)
        if (party := self._bare_noun(words) or self._by_own_word(words)) is not None:
            return Speaker(party, phrase.start, phrase.end, followed=True)
        if len(words) <= 1 and words[0].capital and (party := self._by_surname(words[0].text)):
            return Speaker(replace(party, as_written=words[0].text), phrase.start, phrase.end, followed=True)
        return None

    def _without_pointers(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """A phrase without the words that point back, before its noun ("söz konusu kanal") or behind it ("kênh này")."""
        start, end = 0, len(words)
        while start < end and self.lex.has("edges", "follow", words[start].low):
            start += 1
        while end > start and self.lex.has("edges", "follow_after", words[end - 1].low):
            end -= 1
        return words[start:end]

    def _pronoun(self, low: str) -> Party | None:
        if self.lex.has("nouns", "male", low):
            return next((p for p in reversed(self.known) if p.kind in PERSONS and not self._institution(p)), None)
        if self.lex.has("nouns", "things", low):
            return self.latest(MEDIA | {"organisation", "official"})
        return None

    def _institution(self, party: Party) -> bool:
        lows = [low for low in (party.name or "").lower().split() if not self._any("person", [low])]
        return party.kind == "official" and self._any("official", lows) and not self._individual(party)

    def _by_noun(self, words: tuple[Word, ...]) -> Party | None:
        """Whom "the blogger", "the U.S. news outlet", "the spy agency here" or "the official" point back to."""
        lows = [w.low for w in words]
        if not lows or len(lows) > 5 or self._has_name(words):  # noqa: PLR2004 - longer ones describe someone new
            return None
        if self._any("account", lows) and (account := self.latest(frozenset({"social-account"}))):
            return account
        if self._any("group", lows) and (group := self.latest(GROUPS)):
            return group
        if "spy" in lows or "intelligence" in lows:
            return self.latest(frozenset({"official"}), words="intelligence")
        return self._by_own_noun(lows) or self._medium(" ".join(lows), lows) or self._person(lows)

    def _bare_noun(self, words: tuple[Word, ...]) -> Party | None:
        """Whom a noun alone points back to, in languages that set no article: "Kanał twierdzi", "Каналът твърди"."""
        if any(w.text[0].isupper() for w in words[1:]):
            return None
        told = (w.low for w in words if not any(self.lex.has("edges", key, w.low) for key in ("leading", "follow", "same")))
        nouns = [low.rpartition("'")[2] for low in told]
        if len(nouns) != 1:
            return None
        if self._any("account", nouns):
            return self.latest(frozenset({"social-account"}))
        return (self.latest(GROUPS) if self._any("group", nouns) else None) or self._medium(nouns[0], nouns)

    def _by_own_word(self, words: tuple[Word, ...]) -> Party | None:
        """Whom the chief word of an earlier name points back to: "the Tideway Observatory … the observatory added"."""
        if len(words) > 3 or any(w.text[0].isupper() for w in words[1:]):  # noqa: PLR2004 - an article and two words
            return None
        lows = [low for w in words if len(low := w.low.rpartition("'")[2]) >= STEM]
        if len(lows) != 1:
            return None
        for party in reversed(self.known):
            named = (party.name or party.as_written or "").lower().split()
            if (
                party.kind in NAMED_KINDS
                and len(named) > 1
                and any(n[:STEM] == lows[0][:STEM] or n.endswith(lows[0]) for n in named)
            ):
                return party
        return None

    def _medium(self, phrase: str, lows: list[str]) -> Party | None:
        if " " in phrase and self._any("agency", [phrase]):
            return self.latest(frozenset({"agency"})) or self.latest(MEDIA)
        if self._any("agency", [phrase, *lows]):
            return (
                self.latest(frozenset({"agency"}))
                or self._called_agency()
                or self._quoted_medium()
                or self.latest(frozenset({"official"}))
            )
        return self.latest(MEDIA) if self._any("outlet", [phrase, *lows]) else None

    def _called_agency(self) -> Party | None:
        """The newest newsroom that was called an agency, whatever its name reads as."""
        called = (
            p for p in reversed(self.known) if p.kind in MEDIA and self._any("agency", (p.as_written or "").lower().split())
        )
        return next(called, None)

    def _quoted_medium(self) -> Party | None:
        """The one source named so far that may be an agency no list knows: "предаде Прутпрес … агенцията"."""
        found = [p for p in self.known if p.kind in ("organisation", "newspaper") and p.name and len(p.name.split()) < FEW]
        return found[0] if len(found) == 1 else None

    def _by_own_noun(self, lows: list[str]) -> Party | None:
        nouns = [low for low in lows if self._any("official", [low]) or self._any("organisation", [low])]
        for noun in nouns:
            stem = noun.replace("centre", "cent").replace("center", "cent")
            for party in reversed(self.known):
                if party.kind in ("official", "organisation") and stem in (party.name or party.as_written or "").lower():
                    return party
        return self.latest(frozenset({"organisation"})) if nouns and self._any("organisation", nouns) else None

    def _person(self, lows: list[str]) -> Party | None:
        nouns = [n for n in lows if self._any("person", [n]) or self._any("expert", [n]) or self._any("anonymous", [n])]
        nouns = [n for n in nouns if not self._any("plural", [n])]
        people = [p for p in reversed(self.known) if self._individual(p)] if nouns else []
        same = [p for p in people if set(nouns) & set((p.as_written or "").lower().split())]
        return next(iter(same or people), None)

    def _individual(self, party: Party) -> bool:
        lows = (party.as_written or "").lower().split()
        return party.kind in ("expert", "anonymous") or self._any("person", lows)

    def _by_surname(self, word: str) -> Party | None:
        if word.isupper() or parties.resolve(word):
            return None
        for party in reversed(self.known):
            names = (party.name or "").split()
            if len(names) > 1 and party.kind in ("official", "expert") and any(_alike(word, n) for n in names):
                return party
        return None

    # -- phrases that name someone

    def _named(self, phrase: Phrase, sentence: Sentence) -> Speaker | None:
        written = self.text[phrase.start : phrase.end]
        party = self._account(phrase, sentence, written) or self._listed_person(phrase, written)
        party = party or self._listed(phrase, written) or self._described(phrase, written)
        if party is None:
            return None
        if platform := only_platform(party.name or ""):
            party = Party(kind="social-account", platform=platform, as_written=party.as_written)
        elif party.name and not party.handle and (on := _where_posted(party.name)):
            party = replace(
                party, name=party.name[: on.start()].rstrip(), kind="social-account", platform=platform_of(on.group())
            )
        start, end = phrase.start, phrase.end
        return Speaker(party, start, end, bare_country=party.kind == "official" and places.resolve(written) is not None)

    def _account(self, phrase: Phrase, sentence: Sentence, written: str) -> Party | None:
        handle = next((w for w in phrase.words if w.text.startswith("@") and len(w.text) > 2), None)  # noqa: PLR2004 - @ and a letter
        platform = platform_of(written)
        if handle:
            listed = parties.resolve(handle.text) if platform is None else None
            return (
                _party_of(listed, handle.text)
                if listed
                else Party(
                    name=handle.text,
                    kind="social-account",
                    platform=platform or platform_of(sentence.text),
                    handle=handle.text[1:].rstrip("."),
                    as_written=written,
                )
            )
        lows = [w.low for w in phrase.words]
        if phrase.quoted and self._any("account", [w.low for w in phrase.words if w.text not in phrase.quoted]):
            on = platform or platform_of(sentence.text)
            return Party(kind="social-account", platform=on, name=phrase.quoted, as_written=written)
        if platform and not self._any("account", lows) and any(self.lex.has("platforms", "nouns", low) for low in lows):
            return (
                None
                if self._has_name(tuple(w for w in phrase.words[1:] if not platform_of(w.text)))
                else self._latest_on(platform, written)
            )
        if platform and self._any("account", lows):
            return Party(kind="social-account", platform=platform, name=_own_name(phrase, self.lex), as_written=written)
        return None

    def _latest_on(self, platform: Platform, written: str) -> Party:
        """The account whose post "the Telegram post" is: the newest on that platform, else one without a name."""
        known = (p for p in reversed(self.known) if p.kind == "social-account" and p.platform == platform)
        return next(known, Party(kind="social-account", platform=platform, as_written=written))

    def _listed_person(self, phrase: Phrase, written: str) -> Party | None:
        """A person by role: "port spokesman Ivo Brandt", "a spokesperson for the port", "Ivo Brandt, a senior fellow"."""
        at = self._roles_in(phrase.words)
        if at:
            rest = phrase.words[at[-1] + 1 :]
            name = self._of_agency(rest) or (_syllables(rest) if self.lex.language == "vi" else _capitals(rest))
            kind = self._kind_of_role([low for i in at for low in self._lows(phrase.words[max(0, i - 2) : i + 1])])
            beside = _capitals(phrase.beside) if kind else None
            own = bool(kind and beside and len(beside.split()) > 1 and not self._role(phrase.beside[0].low))
            if kind and name and not (own and not phrase.words[-1].capital) and not self._of_office(rest, name):
                return Party(name=name, kind=kind, as_written=written)
            if own:
                return Party(name=beside, kind=kind or "official", as_written=written)
            if kind and (named := APPOSED_NAME.match(self.text, phrase.end)):
                return Party(name=named["n"], kind=kind, as_written=f"{written}{named.group()}")
            if kind and not self._is_title(phrase.words, at[0]):
                return Party(name=_bare(written, phrase, self.lex.opening), kind=kind, as_written=written)
        if phrase.beside and (role := self._kind_of_role([w.low for w in phrase.beside])) and (name := _capitals(phrase.words)):
            known = parties.resolve(name)
            return _party_of(known, written) if known else Party(name=name, kind=role, as_written=name)
        return None

    def _roles_in(self, words: tuple[Word, ...]) -> list[int]:
        """The places of words for a person by role; of the last word of two, as in "juru bicara"."""
        at = [i for i, w in enumerate(words) if self._role(w.low)]
        if self.lex.language not in OF_TWO_WORDS:
            return at
        if words and words[0].text[0].isupper() and self.text[: words[0].start].rstrip(" ")[-1:] not in SENTENCE_EDGE:
            return [i for i in at if i]  # a capital inside a sentence begins a name
        lows = [w.low for w in words]
        long = (i + n - 1 for n in (2, 3) for i in range(len(lows) - n + 1) if self._role(" ".join(lows[i : i + n])))
        return sorted({*at, *long})

    def _lows(self, words: tuple[Word, ...]) -> list[str]:
        """Words in small letters, and two at a time in languages whose nouns are often two words."""
        lows = [w.low for w in words]
        if self.lex.language not in OF_TWO_WORDS:
            return lows
        return [*lows, *(" ".join(lows[i : i + n]) for n in (2, 3) for i in range(len(lows) - n + 1))]

    def _of_office(self, words: tuple[Word, ...], name: str) -> bool:
        """Whether the one capital behind a role is of where someone works: "un médico del hospital de Trutnov"."""
        return (
            " " not in name
            and not words[0].capital
            and self.lex.language in ROMANCE
            and self.lex.has("edges", "joins", words[0].low)
        )

    def _of_agency(self, words: tuple[Word, ...]) -> str | None:
        """The person behind an agency and its name: "fotografka agentury Severofoto Ilona Bartáková"."""
        capitals = [w.text for w in words[1:] if w.capital]
        agency = len(capitals) > FULL_NAME and len(capitals) == len(words) - 1 and self.lex.has("nouns", "agency", words[0].low)
        return " ".join(capitals[-FULL_NAME:]) if agency else None

    def _is_title(self, words: tuple[Word, ...], at: int) -> bool:
        return len(words) == 1 and not words[at].capital

    def _listed(self, phrase: Phrase, written: str) -> Party | None:
        found = parties.find(written, plain=True)
        if not found and self.lex.has("edges", "clitics", written[:1]):
            written = written[1:]
            found = parties.find(written, plain=True)
        if not found:
            return None
        best = max(found, key=lambda m: (m.entry.kind in MEDIA or m.entry.handles != (), m.end - m.start))
        if self._tailing(phrase) or self._is_part(best, written):
            return None
        if whole := self._of_another_country(best, written, phrase.start):
            return Party(name=whole, kind=best.entry.kind, as_written=written)
        return _party_of(best.entry, written[best.start : best.end])

    def _is_part(self, found: parties.PartyMention, written: str) -> bool:
        """Whether a listed name of one word is part of a longer one: "Andina 24", "Agentur Sur Andina" are not Andina."""
        name = written[found.start : found.end]
        if " " in name or name.isupper() or not name.isascii():
            return False
        after, before = GOES_ON.fullmatch(written, found.end), GOES_BEFORE.search(written, 0, found.start)
        low = before["name"].lower() if before else ""
        leads = before and not (
            self._is_noun(low) or low in self.lex.opening or self._role(low) or places.resolve(before["name"])
        )
        return bool((after and after["name"] not in KEPT) or leads)

    def _of_another_country(self, found: parties.PartyMention, written: str, start: int) -> str | None:
        """The whole name of an office that is called as that of another country is: "Минобороны Чада", "чадское Минобороны"."""
        entry, name = found.entry, written[found.start : found.end]
        if entry.kind != "official" or entry.country is None or " " in name or name.isascii():
            return None
        own = _country_stems(entry.country)
        after, before = AFTER_NAME.match(self.text, start + found.end), ADJECTIVE.search(written, 0, found.start)
        if before and before["of"][:SHORT_STEM].casefold() not in own:
            return written[before.start() : found.end]
        if after and after["of"][:SHORT_STEM].casefold() not in own:
            return f"{name} {after['of']}"
        return None

    def _tailing(self, phrase: Phrase) -> bool:
        """Whether the name only says of what: "the CNN report" is CNN, "sources in the Kremlin" are not the Kremlin."""
        return any(self._any("anonymous", [w.low]) and w.low not in ("report", "reports", "media") for w in phrase.words)

    def _described(self, phrase: Phrase, written: str) -> Party | None:
        lows = [w.low for w in phrase.words]
        if lows[0] in ("no", "nobody") or self.lex.has_any("edges", "instruments", lows):
            return None
        if all(self._any("account", [low]) for low in lows):
            return Party(kind="social-account", as_written=written)
        if (example := self._example(phrase, lows)) is not None:
            return Party(name=example, kind="newspaper", as_written=written)
        return self._titled(phrase, written) or self._by_kind(phrase, self._lows(phrase.words), written)

    def _by_kind(self, phrase: Phrase, lows: list[str], written: str) -> Party | None:
        """Someone of whom a noun says what they are; else a name alone."""
        capital = any(w.capital for w in phrase.words)
        if self._any("anonymous", lows) and not (self._any("organisation", lows) and _last_name(phrase, self.lex)):
            return Party(name=self._vague_name(phrase, written), kind="anonymous", as_written=written)
        if self.lex.caseless and self._any("agency", lows):
            name = _last_name(phrase, self.lex, ("agency",)) or written
            return Party(name=name, kind="agency", as_written=written) if len(phrase.words) > 1 else None
        if self._any("agency", lows) and capital and (own := phrase.quoted or _last_name(phrase, self.lex, ("agency",))):
            return Party(name=own, kind="agency", as_written=written)
        if self._any("official", lows) or "state media" in written.lower():
            kind: PartyKind = "agency" if "media" in lows else "official"
            named = capital or len(lows) > 1 or self.lex.language in NO_ARTICLE
            return Party(name=written, kind=kind, as_written=written) if named else None
        if self._any("organisation", lows) or self._any("outlet", lows):
            kind = "organisation" if self._any("organisation", lows) else "newspaper"
            return (
                Party(name=phrase.quoted or _last_name(phrase, self.lex) or written, kind=kind, as_written=written)
                if capital
                else None
            )
        return self._by_capitals(phrase, written)

    def _example(self, phrase: Phrase, lows: list[str]) -> str | None:
        """Whom "outlets such as the Polish Karpaty" names."""
        at = next((i for i, low in enumerate(lows) if i and self.lex.has("edges", "such", low)), None)
        if at is None or not self.lex.has_any("nouns", "media", lows[:at]):
            return None
        return _capitals(phrase.words[at + 1 :])

    def _titled(self, phrase: Phrase, written: str) -> Party | None:
        """A name behind a noun of two words: "kantor berita Nanyo", "hãng tin Nam Dương"."""
        low = " ".join(w.low for w in phrase.words)
        for nouns, kind in TITLED:
            for noun, size in _long_nouns(self.lex.language, nouns):
                if low.startswith(f"{noun.lower()} ") and (name := _syllables(phrase.words[size:])):
                    return Party(name=name, kind=kind, as_written=written)
        unnamed = any(noun in low for noun, _ in _long_nouns(self.lex.language, "anonymous"))
        return Party(name=written, kind="anonymous", as_written=written) if unnamed else None

    def _by_capitals(self, phrase: Phrase, written: str) -> Party | None:
        """Someone of whom only the name is known."""
        words = phrase.words[1:] if len(phrase.words) > 1 and self._leads(phrase.words[0], phrase.words[1]) else phrase.words
        name = phrase.quoted or (_syllables(words) if self.lex.language == "vi" else _capitals(words))
        if name and not name[0].isupper() and len(name.split()) > LONGEST_CASELESS:
            return None
        if name and name.lower() in self.lex.calendar:
            return None
        if name is None or len(name) == 1 or places.resolve(name):
            name = name if name and len(name) > 1 else None
            return Party(name=name, kind="official", as_written=written) if name else None
        if len(name.split()) == 1:
            full = self._full_name(name, phrase)
            if full or not self._is_name(name, phrase):
                return Party(name=full, kind="expert", as_written=written) if full else None
            if self.lex.has("nouns", "surname", name.lower()):
                return Party(name=name, kind="expert", as_written=written)
        return Party(name=name, kind=self._kind_by_name(name, phrase), as_written=written)

    def _leads(self, first: Word, second: Word) -> bool:
        """Whether an article opens a phrase before a noun: "The group Quay Watch" is "Quay Watch", "The Herald" keeps its own."""
        return second.text[0].islower() and (
            self.lex.has("edges", "follow", first.low) or self.lex.has("edges", "articles", first.low)
        )

    def _kind_by_name(self, name: str, phrase: Phrase) -> PartyKind:
        if kind := self._kind_of_role([w.low for w in phrase.beside]):
            return kind
        if is_masthead(name):
            return "agency" if self._any("agency", [w.low for w in phrase.words if w.low not in name.lower()]) else "newspaper"
        return "expert" if len(name.split()) in (2, 3) and not name.isupper() and not has_article(name) else "organisation"

    def _full_name(self, surname: str, phrase: Phrase) -> str | None:
        """A person's name in full, where an earlier sentence gives it: "Ana Ruiz … Ruiz said"."""
        if surname.isupper() or len(phrase.words) > 1 or parties.resolve(surname) or places.resolve(surname):
            return None
        pattern = re.compile(rf"(?<![\w.] )(?<!\w)([A-ZÀ-ÖØ-ÞА-ЯІЇЄ][\w’'-]{{1,20}} {re.escape(surname)})(?!\w)")
        match = pattern.search(self.text, max(0, phrase.start - FULL_NAME_REACH), phrase.start)
        given = match.group(1).split(" ")[0].lower() if match else ""
        common = any(given in words for words in self.lex.sets["edges"].values())
        return match.group(1) if match and not common and not parties.find(match.group(1)) else None

    def _is_name(self, word: str, phrase: Phrase) -> bool:
        """A single capitalised word that opens a sentence is a name only where it also stands inside one."""
        if self.lex.has("nouns", "surname", word.lower()) or (self.lex.language == "tr" and APOSTROPHE.search(word)):
            return True
        before = phrase.words[-2] if len(phrase.words) > 1 and phrase.words[-1].text == word else None
        if before and before.text[0].islower() and before.low not in self.lex.opening:
            return True
        opens = (
            not self.text[: phrase.start].rstrip() or self.text[: phrase.start].rstrip()[-1] in '.!?\n”"' or len(phrase.words) > 1
        )
        return not opens or word.isupper() or f" {word}" in self.text[phrase.end :] or f", {word}" in self.text

    def _vague_name(self, phrase: Phrase, written: str) -> str:
        """A name for those who have none: "Sources" and "Recent reports" are unspecified."""
        head = phrase.words[-1].low
        if len(phrase.words) <= 2 and self.lex.has("nouns", "plural", head) and not self._has_name(phrase.words[1:]):  # noqa: PLR2004 - an adjective and a noun
            return (
                written
                if self.lex.has("edges", "vague", phrase.words[0].low) or head not in ("sources", "reports")
                else f"unspecified {head}"
            )
        return written

    def _role(self, low: str) -> bool:
        return self._any("person", [low]) or self._any("expert", [low])

    def _kind_of_role(self, lows: list[str]) -> PartyKind | None:
        if self._any("expert", lows):
            return "expert"
        return "official" if self._any("person", lows) or self._any("official", lows) else None

    def _any(self, nouns: str, lows: list[str]) -> bool:
        return self.lex.has_any("nouns", nouns, lows)

    def _has_name(self, words: tuple[Word, ...]) -> bool:
        named = (w for w in words if w.text[0].isupper() and not w.text.isupper() and not self._is_noun(w.low))
        return any(not places.resolve(w.text) for w in named)

    def _is_noun(self, low: str) -> bool:
        """Whether a word is a noun for a party: German writes those with a capital, too."""
        return any(self.lex.has("nouns", key, low) for key in NOUNS)


@cache
def _country_stems(code: str) -> frozenset[str]:
    """What the names of a country begin with, and its short ones."""
    names = (n for e in places.entries() if e.kind == "country" and e.country == code for n in (e.name, *e.names))
    return frozenset(n[:SHORT_STEM].casefold() for n in names)


def key(party: Party) -> tuple[str | None, ...]:
    """What makes two parties one."""
    return (party.handle or party.name or party.as_written, party.platform if party.handle else None)


def _party_of(entry: parties.PartyEntry, written: str) -> Party:
    return Party(name=entry.name, kind=entry.kind, domain=entry.domain, as_written=written)


def _capitals(words: tuple[Word, ...]) -> str | None:
    """The last run of capitalised words: a name."""
    run: list[str] = []
    for at, word in enumerate(words):
        if word.capital:
            run.append(word.text)
        elif run and at == len(words) - 1 and (number := NUMBERED.match(word.text)):
            run.append(number.group())
        elif run and word.low not in JOINERS:
            return " ".join(run)
        elif run:
            run.append(word.text)
    while run and run[-1].islower():
        run.pop()
    return " ".join(run) or None


def _syllables(words: tuple[Word, ...]) -> str | None:
    """A name from its first capital to its last: in Vietnamese, only the first syllable of a word has one.

    None where more than one small word stands between two capitals: that describes someone.
    """
    at = [i for i, w in enumerate(words) if w.capital]
    near = all(b - a <= MOST_SMALL for a, b in pairwise(at))
    return " ".join(w.text for w in words[at[0] : at[-1] + 1]) if at and near else None


def _leading_capitals(words: tuple[Word, ...]) -> str:
    run: list[str] = []
    for word in words:
        if not word.text[0].isupper():
            break
        run.append(word.text)
    return " ".join(run)


def _own_name(phrase: Phrase, lex: Lexicon) -> str | None:
    """The name in a phrase with a platform and a noun: "the Telegram channel Night Watch" is "Night Watch"."""
    after = [
        i for i, w in enumerate(phrase.words) if lex.has("nouns", "account", w.low) or lex.has("nouns", "organisation", w.low)
    ]
    if after and lex.language == "tr":
        before = phrase.words[: after[0]]
        last = max((i for i, w in enumerate(before) if platform_of(w.text) or not w.capital), default=-1)
        return _capitals(before[last + 1 :])
    lists = ("outlet", "organisation") if lex.caseless else ()
    rest = [w for w in phrase.words[after[-1] + 1 :] if not only_platform(w.text)] if after else []
    return _capitals(tuple(w for w in rest if not any(lex.has("nouns", key, w.low) for key in lists)))


def _last_name(phrase: Phrase, lex: Lexicon, keys: tuple[str, ...] = ("organisation", "outlet")) -> str | None:
    """The name that a noun introduces, "the organisation Night Watch"; None where the noun is part of it, as a compound is."""
    nouns = [i for i, w in enumerate(phrase.words) if any(_stands_alone(w.low, key, lex) for key in keys)]
    after = phrase.words[nouns[-1] + 1 :] if nouns else ()
    if not after:
        return None
    noun = phrase.words[nouns[-1]]
    if after[0].capital and noun.capital and lex.language != "de" and is_masthead(f"{noun.text} {after[0].text}"):
        return f"{noun.text} {_capitals(after)}"
    if not after[0].capital and _is_outlet(phrase.words[nouns[-1]], lex) and after[-1].capital:
        return _capitals(after)
    if not after[0].capital or any(w.text[0].islower() for w in after if len(w.text) > LONGEST_JOINER):
        return None
    return _capitals(after)


def _is_outlet(noun: Word, lex: Lexicon) -> bool:
    """Whether a word is a mere noun for an outlet, behind which words may describe it: "le quotidien allemand Donaubote"."""
    return not noun.capital and lex.has("nouns", "outlet", noun.low) and not lex.has("nouns", "organisation", noun.low)


def _stands_alone(low: str, key: str, lex: Lexicon) -> bool:
    listed = lex.lists.get(("nouns", key))
    compound = listed is not None and low.endswith(listed.tails) and low not in listed.words
    return lex.has("nouns", key, low) and not compound


def _bare(written: str, phrase: Phrase, articles: frozenset[str]) -> str:
    first = phrase.words[0]
    return written[len(first.text) :].strip() if first.low in articles and len(phrase.words) > 1 else written


def _where_posted(name: str) -> re.Match[str] | None:
    """The words behind a name that only say on which platform: "общината във Фейсбук", "the town on Facebook"."""
    match = ON_PLATFORM.search(name)
    return match if match and only_platform(match["on"]) else None


def _alike(word: str, name: str) -> bool:
    if word == name:
        return True
    if len(word) > SURNAME or word[0] != name[0] or abs(len(word) - len(name)) > 1:
        return False
    return difflib.SequenceMatcher(None, word.lower(), name.lower()).ratio() >= ALIKE
