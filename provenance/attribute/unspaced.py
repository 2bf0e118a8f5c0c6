"""Who is cited in Korean, Japanese and Chinese, where cues follow or precede a name without blanks or capitals."""

import re

from provenance.attribute.lexicon import Cue, Lexicon
from provenance.attribute.platforms import platform_of
from provenance.attribute.speakers import MEDIA, Speaker
from provenance.attribute.text import HANDLE, Sentence
from provenance.records import Party, PartyKind
from provenance.reference import parties, places

DELIMITER = re.compile(r"[.,;:!?。，、；：！？()（）〈〉【】…\n▲]|[”’」』](?=\s)")
LONGEST = 40
NAMED = re.compile(r"[‘'“\"「『《«]([^‘’'“”\"「」『』《》«»\n]{2,40})[’'”\"」』》»]")
BRACKET = re.compile(r"\(([A-Z][\w·. -]{1,20})\)")


LONGEST_TITLED = 10
"""Signs of a name that stands behind its title."""
REACH = 200
MOST_WORDS = 5
MARKED = {
    "ko": re.compile(r"(?<!\S)([^\s,.“”]{1,30})(?:은|는|이|가)(?=\s)"),
    "ja": re.compile(r"([^、。「」\sはが]{2,30})(?:は|が)(?!い)"),
}
CLAUSE = re.compile(r"[.,;:!?\n▲“”\"]")
SOCIAL = re.compile(r"(?:소셜미디어|소셜 미디어|SNS|온라인|인터넷|ネット|社交媒体|社交媒體|网络|網路|網絡)")
"""Where everybody posts is nobody's account."""
PEOPLE = ("account", "agency", "outlet", "official", "organisation", "person", "expert", "anonymous")
NOBODY = re.compile(
    r"[的是被在了着]|^(?:他|她|它|这|這|该|該|此|另|推)|[はがをにで]|^(?:これ|それ|彼)|(?:하는|되는|있는|없는|라는|사진|영상)$"
)
"""What no name holds: particles, pronouns, verb forms."""


def speaker(sentence: Sentence, cue: Cue, at: tuple[int, int], lex: Lexicon) -> Speaker | None:
    """The party that a cue of one of these languages points at; None when none is named there."""
    where = _place(sentence, cue, at, lex)
    if where is None or where[1] - where[0] < 2:  # noqa: PLR2004 - one sign names nobody
        return None
    text = sentence.text[where[0] - sentence.start : where[1] - sentence.start]
    party = _party(text, lex)
    return Speaker(party, where[0], where[1]) if party else None


def _place(sentence: Sentence, cue: Cue, at: tuple[int, int], lex: Lexicon) -> tuple[int, int] | None:
    inner = (at[0] - sentence.start, at[1] - sentence.start)
    if cue.side == "right":
        rest = sentence.text[inner[1] : inner[1] + LONGEST]
        stop = lex.pattern("unspaced", "right").search(rest, 1) if rest else None
        limits = [m.start() for m in (DELIMITER.search(rest), stop) if m]
        return at[1], at[1] + min([*limits, len(rest)])
    if cue.side == "topic":
        found = _topic(sentence.text[: inner[0]], lex)
        return (found[0] + sentence.start, found[1] + sentence.start) if found else None
    start = max(0, inner[0] - LONGEST)
    cuts = [m.end() for m in DELIMITER.finditer(sentence.text, start, inner[0])] + [
        m.end() for m in lex.pattern("unspaced", "left").finditer(sentence.text, start, inner[0])
    ]
    return sentence.start + max([start, *(c for c in cuts if c < inner[0])]), at[0]


def _topic(before: str, lex: Lexicon) -> tuple[int, int] | None:
    """The first marked phrase of the clause that names someone; "…하는" and "…した" mark no subject."""
    marked = MARKED.get(lex.language)
    shift = max(0, len(before) - REACH)
    found = (_someone(before, m, lex) for m in marked.finditer(before, shift)) if marked else iter(())
    return next((f for f in found if f), None)


def _someone(before: str, match: re.Match[str], lex: Lexicon) -> tuple[int, int] | None:
    """The words up to a mark, when one of the last of them is a noun for a party or they name a listed one or a country."""
    end = match.end(1)
    if before[:end].count('"') % 2 or before.count("“", 0, end) > before.count("”", 0, end):
        return None
    low = max(0, end - LONGEST)
    cuts = [m.end() for m in CLAUSE.finditer(before, low, end)] if lex.language == "ko" else [match.start(1)]
    start = max([low, *(c for c in cuts if c < end)])
    start += len(before[start:end]) - len(before[start:end].lstrip())
    words = before[start:end].split(" ")[-MOST_WORDS:]
    phrase = " ".join(words)
    if _names_someone(words, phrase, lex):
        return end - len(phrase), end
    return None


def _names_someone(words: list[str], phrase: str, lex: Lexicon) -> bool:
    nouns = [n for key in PEOPLE for n in lex.words.get("nouns", {}).get(key, ()) if len(n) > 1 or lex.language == "ja"]
    if lex.language == "ko":
        known = any(w.endswith(n) or f"{n}(" in w for w in words[-3:] for n in nouns)
    else:
        known = any(phrase.endswith(n) or (len(n) > 1 and n in phrase) for n in nouns)
    return known or bool(parties.find(phrase) or BRACKET.search(phrase) or places.resolve(phrase))


def _party(text: str, lex: Lexicon) -> Party | None:
    written = text.strip(" \t\u3000[]")
    if not written or not any(c.isalnum() for c in written):
        return None
    platform, handle = platform_of(written), HANDLE.search(written)
    named = NAMED.search(written)
    account = any(noun in written for noun in lex.words.get("nouns", {}).get("account", ()))
    if handle or (platform and (account or named)) or (platform and len(written) <= 12):  # noqa: PLR2004 - the platform's name and little else
        name = "@" + handle.group(1) if handle else named.group(1) if named else _before_platform(written)
        return Party(
            kind="social-account", platform=platform, handle=handle.group(1) if handle else None, name=name, as_written=written
        )
    return _listed(written) or _described(written, platform, lex)


def _before_platform(written: str) -> str | None:
    return next((m.entry.name for m in parties.find(written)), None)


def _listed(written: str) -> Party | None:
    found = parties.find(written)
    if not found:
        return None
    best = max(found, key=lambda m: (m.entry.kind in MEDIA, m.end - m.start))
    return Party(name=best.entry.name, kind=best.entry.kind, domain=best.entry.domain, as_written=written[best.start : best.end])


def _described(written: str, platform: str | None, lex: Lexicon) -> Party | None:
    name = written.rsplit("의 ", maxsplit=1)[-1].strip()
    if len(name) < 2 or SOCIAL.search(name):  # noqa: PLR2004 - one sign names nobody
        return None
    if (place := places.resolve(name)) is not None:
        return _made("official", name, None) if place.kind == "country" else None
    short = BRACKET.search(written)
    for kind, nouns in (
        ("expert", "expert"),
        ("official", "person"),
        ("anonymous", "anonymous"),
        ("organisation", "organisation"),
        ("official", "official"),
    ):
        if any(noun in name for noun in lex.words.get("nouns", {}).get(nouns, ())):
            if nouns in ("expert", "person"):
                name = _without_title(name, lex.words["nouns"][nouns])
            return _made(kind, name, short.group(1) if short else None)  # type: ignore[arg-type]
    plain = len(name.split()) <= 3 and len(name) <= 20 and not NOBODY.search(name)  # noqa: PLR2004 - longer runs are clauses
    return _made("organisation", name, None) if plain and platform is None else None


def _without_title(written: str, titles: tuple[str, ...]) -> str:
    """The name beside a title: "中心主任科瓦连科" is 科瓦连科, "안나 홍 센터장" is 안나 홍; all of it where none stands there."""
    for title in sorted(titles, key=len, reverse=True):
        before, found, after = written.rpartition(title)
        if found and 2 <= len(after) <= LONGEST_TITLED and not NOBODY.search(after):  # noqa: PLR2004 - two signs at least
            return after
        if found and not after and " " in before.strip():
            return " ".join(before.split()[-2:]) if before.strip().count(" ") > 1 else before.strip()
    return written


def _made(kind: PartyKind, name: str, short: str | None) -> Party:
    return Party(name=name, kind=kind, as_written=short or name)
