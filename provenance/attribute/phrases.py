"""The noun phrase beside a cue: read to the right of it, or back to the left."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from provenance.attribute.lexicon import Lexicon, lexicon
from provenance.attribute.text import Sentence, Word

LONGEST = 14
"""Words in the longest names with their roles: a centre "for … and … under the Ministry of …" has eleven."""
LONGEST_APPOSITION = 20
PARTIES = ("account", "agency", "outlet", "official", "organisation", "person", "expert", "anonymous")
LONGEST_OPENING = 5
"""Words of a subject that opens a sentence; longer runs hold its object, too."""
QUOTES = frozenset('«»„“”"')
CLOSING = frozenset('»“”"«')
LONGEST_QUOTED = 8
"""Words and marks of a name in quotation marks; longer quotes are speech."""
ARTICLED = frozenset({"en", "es", "fr", "it"})
"""Languages in which an article inside a phrase, not after "of", begins the next one: "state television the two men …"."""
FOREIGN = frozenset(
    ("de", "la", "le", "du", "des", "di", "da", "do", "dos", "das", "del", "della", "dei", "degli", "of", "the", "von",
     "van", "der", "den", "bin")
)  # fmt: skip
"""Small words inside names of another language than the page's: "Le Fil du Lac"."""
NAMES_END = frozenset({"de", "nl", "pl", "cs", "ru", "uk", "bg", "ro"})
"""Languages in which no article tells where the next phrase begins: two capitals and a small word end a name, one in German."""
BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its words, what stands beside it between commas or brackets, and the name in it that has quotation marks."""

    words: tuple[Word, ...]
    beside: tuple[Word, ...] = ()
    quoted: str | None = None

    @property
    def start(self) -> int:
        """Where it begins, in offsets of the page."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.words[-1].end


def right_of(sentence: Sentence, position: int, lex: Lexicon) -> Phrase | None:
    """The noun phrase that begins at a place."""
    words = sentence.after(position)
    taken: list[Word] = []
    for i, word in enumerate(words[:LONGEST]):
        if word.text in QUOTES and (inner := _quoted_name(words[i + 1 : i + LONGEST_QUOTED])):
            return Phrase((*taken, *inner), quoted=" ".join(w.text for w in inner))
        if not _goes_on(word, words, i, lex):
            break
        taken.append(word)
        if word.text.startswith("@"):
            break
    while taken and lex.has("edges", "joins", taken[-1].low):
        taken.pop()
    return Phrase(tuple(taken), _beside(words[len(taken) :], lex, by_role=_is_role(taken, lex))) if taken else None


def _is_role(words: list[Word], lex: Lexicon) -> bool:
    """Whether words say what someone is and name nobody: "the president of the council"."""
    return not words[-1].capital and any(lex.has("nouns", "person", w.low) or lex.has("nouns", "expert", w.low) for w in words)


def left_of(sentence: Sentence, position: int, lex: Lexicon) -> Phrase | None:
    """The noun phrase that ends at a place, as the subject of the verb that begins there."""
    words = _without_day(_without_auxiliaries(sentence.before(position), lex), lex)
    words, beside = _without_apposition(words)
    taken = _name_before(words)
    quoted = " ".join(w.text for w in taken) or None
    words = words[: -len(taken) - 2] if taken else words
    for word in reversed(words[-LONGEST:]):
        if _ends_left(word, lex):
            break
        taken.insert(0, word)
    taken = _without_lead(taken, lex)
    return Phrase(tuple(taken), tuple(beside), quoted) if taken else None


def _quoted_name(words: list[Word]) -> list[Word]:
    """The words up to the closing mark, when they read as a name: "the daily «Tarn Herald»"."""
    end = next((i for i, w in enumerate(words) if w.text in QUOTES), 0)
    inner = words[:end]
    return inner if inner and inner[0].capital and all(w.text[0].isalnum() for w in inner) else []


def _name_before(words: list[Word]) -> list[Word]:
    """The quoted name that ends here."""
    if not words or words[-1].text not in CLOSING:
        return []
    start = next((i for i in range(len(words) - 2, max(-1, len(words) - LONGEST_QUOTED), -1) if words[i].text in QUOTES), None)
    inner = words[start + 1 : -1] if start is not None else []
    return inner if inner and inner[0].capital and all(w.text[0].isalnum() for w in inner) else []


def _goes_on(word: Word, words: list[Word], i: int, lex: Lexicon) -> bool:
    if not (word.text[0].isalnum() or word.text[0] in "@&"):
        return False
    if i > 0 and lex.language in ARTICLED and word.text.islower() and _opens(word, lex):
        return lex.has("edges", "joins", words[i - 1].low) or lex.has("places", "in", words[i - 1].low)
    if i > 0 and word.text.islower() and (lex.has("visuals", "shows", word.low) or _is_behind_name(word, words, i, lex)):
        return False
    if word.low not in lex.sets["edges"].get("right", ()) or (i == 0 and _opens(word, lex)):
        return True
    if (i + 1 < len(words) and f"{word.low} {words[i + 1].low}" in _inside_nouns(lex)) or _ends_name(words, i, lex):
        return True
    return lex.has("edges", "joins", word.low) and i > 0 and _capital_follows(words[i + 1 : i + 3], lex)


def _ends_name(words: list[Word], i: int, lex: Lexicon) -> bool:
    """Whether a word that may begin a clause ends a name by its capital: "Krkonoše Dnes"; German has capitals of its own."""
    text = words[i].text
    return i > 0 and lex.language != "de" and text[0].isupper() and not text.isupper() and words[i - 1].text[0].isupper()


def _inside_nouns(lex: Lexicon) -> frozenset[str]:
    """Two words that stand together in a noun for a party: "phát ngôn" of "người phát ngôn"."""
    return _pairs_of(lex.language)


@lru_cache(maxsize=32)
def _pairs_of(language: str) -> frozenset[str]:
    nouns = (noun.lower().split() for key in PARTIES for noun in lexicon(language).words.get("nouns", {}).get(key, ()))
    return frozenset(" ".join(pair) for noun in nouns for pair in pairwise(noun))


def _is_behind_name(word: Word, words: list[Word], i: int, lex: Lexicon) -> bool:
    """Whether a word in lower case stands behind a whole name: "der Feuerwehr kamen", "webu Cahul Azi záběry"."""
    if lex.language not in NAMES_END:
        return False
    size = 1 if lex.language == "de" else 2
    if (
        i < size
        or not all(w.text[0].isupper() for w in words[i - size : i])
        or lex.has("edges", "joins", word.low)
        or word.low in FOREIGN
    ):
        return False
    if any(lex.has("nouns", key, words[i - 1].low) for key in ("agency", "outlet")):
        return False
    return not any(lex.has("nouns", key, word.low) for key in PARTIES) and word.low not in lex.opening


def _opens(word: Word, lex: Lexicon) -> bool:
    return word.low == "the" or lex.has("edges", "follow", word.low) or lex.has("edges", "articles", word.low)


def _capital_follows(words: list[Word], lex: Lexicon) -> bool:
    words = [w for w in words if not lex.has("edges", "joins", w.low)]
    return bool(words) and words[0].text[0].isupper()


def _beside(words: list[Word], lex: Lexicon, *, by_role: bool = False) -> tuple[Word, ...]:
    """The apposition after a phrase: ", a senior fellow at the institute"; behind a role the name, ", João Col"."""
    if len(words) < 2 or words[0].text != ",":  # noqa: PLR2004 - a comma and a word
        return ()
    if not (_opens(words[1], lex) or (by_role and all(w.text[0].isupper() for w in words[1:3]))):
        return ()
    taken: list[Word] = []
    for word in words[1:LONGEST_APPOSITION]:
        if not word.text[0].isalnum():
            break
        taken.append(word)
    return tuple(taken)


def _without_auxiliaries(words: list[Word], lex: Lexicon) -> list[Word]:
    while words and lex.has("edges", "auxiliary", words[-1].low):
        words = words[:-1]
    return words


def opening(sentence: Sentence, before: int, lex: Lexicon) -> Phrase | None:
    """The subject of a sentence whose verb closes it: what its mark follows (Hindi ने), else what opens it, up to a place."""
    marks = [w for w in sentence.words if w.start <= before and lex.has("edges", "ergative", w.low)]
    phrase = left_of(sentence, marks[-1].start, lex) if marks else right_of(sentence, sentence.start, lex)
    phrase = without_lead(phrase, lex) if phrase else None
    words = tuple(w for w in phrase.words if w.end <= before) if phrase else ()
    if phrase is None or not words:
        return None
    phrase = Phrase(words, phrase.beside, phrase.quoted)
    if not lex.caseless:
        phrase = _to_last_name(phrase, lex)
    after = next((w for w in sentence.words if w.start >= phrase.end), None)
    if lex.sov and after and after.text == ",":
        return phrase
    if len(phrase.words) > LONGEST_OPENING and not lex.caseless:
        run = next((i for i, w in enumerate(phrase.words) if not w.capital), 0)
        phrase = Phrase(phrase.words[:run]) if run > 1 else phrase
    return phrase if len(phrase.words) <= LONGEST_OPENING else None


def _to_last_name(phrase: Phrase, lex: Lexicon) -> Phrase:
    """A subject up to its last capital or noun for a party: behind "Dışişleri Bakanlığı", "fotoğrafın sahte" is an object."""
    named = [i for i, w in enumerate(phrase.words) if w.capital or any(lex.has("nouns", key, w.low) for key in PARTIES)]
    return Phrase(phrase.words[: named[-1] + 1], phrase.beside, phrase.quoted) if named else phrase


def without_lead(phrase: Phrase, lex: Lexicon) -> Phrase | None:
    """A phrase without what opens a sentence before its subject."""
    words = _without_lead(list(phrase.words), lex)
    return Phrase(tuple(words), phrase.beside, phrase.quoted) if words else None


def _without_day(words: list[Word], lex: Lexicon) -> list[Word]:
    """Without the day between a subject and its verb, "Hải quân ngày 10/5 công bố"; words beside a day are listed as `dated`."""
    at = len(words)
    while at and (lex.has("edges", "dated", words[at - 1].low) or _is_day(words[at - 1], lex)):
        at -= 1
    told = any(_is_day(w, lex) for w in words[at:]) and any(lex.has("edges", "dated", w.low) for w in words[at:])
    return words[:at] if told else words


def _is_day(word: Word, lex: Lexicon) -> bool:
    return word.text[0].isdigit() or _is_date(word, lex)


def _without_apposition(words: list[Word]) -> tuple[list[Word], list[Word]]:
    if words and words[-1].text == ")":
        opening = next((i for i in range(len(words) - 1, -1, -1) if words[i].text == "("), None)
        return (words, []) if opening is None else (words[:opening], words[opening + 1 : -1])
    if words and words[-1].text == ",":
        low = max(0, len(words) - LONGEST_APPOSITION)
        opening = next((i for i in range(len(words) - 2, low - 1, -1) if words[i].text == ","), None)
        return ([], []) if opening is None else (words[:opening], words[opening + 1 : -1])
    return words, []


def _ends_left(word: Word, lex: Lexicon) -> bool:
    if not (word.text[0].isalnum() or word.text[0] in "@&"):
        return True
    return word.low in BE or lex.has("edges", "left", word.low) or lex.has("edges", "auxiliary", word.low)


def _without_lead(words: list[Word], lex: Lexicon) -> list[Word]:
    """Without what opens a sentence before its subject: "On Friday the ministry" is "the ministry"."""
    while words and (lex.has("edges", "leading", words[0].low) or _is_date(words[0], lex)):
        words = words[1:]
    if not lex.sov and len(words) > 2 and all(lex.has("edges", "follow", w.low) for w in words[:2]):  # noqa: PLR2004 - "das die Polizei"
        words = words[1:]
    return words


def _is_date(word: Word, lex: Lexicon) -> bool:
    return word.text.isdigit() or word.low in lex.calendar
