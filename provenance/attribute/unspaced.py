"""Who is cited in Korean, Japanese and Chinese, where cues follow or precede a name without blanks or capitals."""

import re
from dataclasses import replace

from provenance.attribute.lexicon import Cue, Lexicon
from provenance.attribute.platforms import platform_of
from provenance.attribute.speakers import MEDIA, Speaker, Speakers
from provenance.attribute.text import HANDLE, Sentence
from provenance.records import Party, PartyKind
from provenance.reference import parties, places

DELIMITER = re.compile(r"[.,;:!?。，、；：！？()（）〈〉【】…\n▲]|[”’」』](?=\s)")
LONGEST = 40
NAMED = re.compile(r"[‘'“\"「『《«]([^‘’'“”\"「」『』《》«»\n]{2,40})[’'”\"」』》»]")
QUOTES = {"「": "」", "『": "』", "《": "》", "“": "”", "‘": "’"}
BRACKET = re.compile(r"\(([A-Z][\w·. -]{1,20})\)")


LONGEST_BACK = 6
"""Signs of a noun that points back."""
LONGEST_TITLED = 10
"""Signs of a name that stands behind its title."""
REACH = 200
MOST_WORDS = 5
MARKED = {
    "ko": re.compile(r"(?<!\S)([^\s,.“”]{1,30})(?:은|는|이|가)(?=\s)"),
    "ja": re.compile(r"(?<![^、。「」\sはが])([^、。「」\sはが]{2,60})(?:は|が)(?!い)"),
}
TOPIC = re.compile(r"(?<=[^\s,.])(?:은|는)\s+")
MARK = re.compile(r"(?<=[^\s,.]{2})(?:은|는|이|가)(?=\s)")
WHEN = re.compile(r"\d(?:일|월|시|분)|^(?:지난|이날|전날|같은|날|오전|오후|자신의|자사|공식|소셜미디어|SNS|계정|채널|통해)$")
"""Korean words for when and where one posts, between who and the verb."""
CLAUSE = re.compile(r"[.,;:!?\n▲“”\"]")
SOCIAL = re.compile(r"(?:소셜미디어|소셜 미디어|SNS|온라인|인터넷|ネット|社交媒体|社交媒體|网络|網路|網絡)")
"""Where everybody posts is nobody's account."""
PEOPLE = ("account", "agency", "outlet", "official", "organisation", "person", "expert", "anonymous")
NOBODY = re.compile(
    r"[的是被在了着]|^(?:他|她|它|这|這|该|該|此|另|推)|[はがをにで]|^(?:これ|それ|彼)|(?:하는|되는|있는|없는|라는|사진|영상)$"
)
"""What no name holds: particles, pronouns, verb forms."""


NOUNS_OF: tuple[tuple[str, frozenset[str]], ...] = (
    ("account", frozenset({"social-account"})),
    ("agency", frozenset({"agency"})),
    ("outlet", MEDIA),
    ("organisation", frozenset({"organisation"})),
    ("official", frozenset({"official"})),
)
"""What kinds of party a noun that points back can mean."""
MEASURES = "家個个名位则則條条"
"""Chinese words of measure between "this" and a noun."""
DATED = re.compile(
    r"(?:(?:于|於)?(?:\d{1,4}年)?(?:\d{1,2}月)?\d{1,2}[日号號]|(?:周|週|星期)[一二三四五六日天]|近日|日前|今天|昨天|昨日|今日|當天|当天|[随隨][后後]|首次|最早|最先|"
    r"[又再也则則还還已曾]|报道|報道|報導|[发發]文|[向对對][^\s，、]{2,12}|[用以](?:手机|手機|无人机|無人機|[^\s，、]{0,4}[机機]))$"
)
"""What stands between a name and its verb: a day, an adverb, another verb, whom it tells: "南洋社10日", "官員向X"."""
AFTER_DOING = re.compile(r"[後后]$")
"""Ends a clause on what was done before speaking: "X分析影像後表示"."""
ALREADY = re.compile(r"^(?:根据|根據|据|據)")
"""Opens "according to X", which has its own cue."""
QUOTING = re.compile(r"援引|引述|引用")
HONORIFIC = re.compile(r"\s?씨$|さん$")


def speaker(sentence: Sentence, cue: Cue, at: tuple[int, int], lex: Lexicon, speakers: Speakers) -> Speaker | None:
    """The party that a cue of one of these languages points at; None when none is named there.

    `speakers` are those named before, whom "the same channel", "해당 채널", "同通信", "該帳號" mean.
    """
    where = _place(sentence, cue, at, lex)
    return _at(sentence, where, lex, speakers, left=cue.side == "left") if where else None


def citer(sentence: Sentence, at: tuple[int, int], lex: Lexicon, speakers: Speakers) -> Speaker | None:
    """Who cites by the cue at a place: the topic before it, in Chinese what stands right before it."""
    inner = at[0] - sentence.start
    if lex.language == "zh":
        return _at(sentence, _left(sentence, inner, lex), lex, speakers, left=True)
    found = _topic(sentence.text[:inner], lex)
    where = (found[0] + sentence.start, found[1] + sentence.start) if found else None
    return _at(sentence, where, lex, speakers, left=True) if where else None


def _at(sentence: Sentence, where: tuple[int, int], lex: Lexicon, speakers: Speakers, *, left: bool) -> Speaker | None:
    start, end = where
    if left and lex.language == "zh":
        start, end = _trimmed(sentence.text, start - sentence.start, end - sentence.start, lex)
        start, end = start + sentence.start, end + sentence.start
    if end - start < 2:  # noqa: PLR2004 - one sign names nobody
        return None
    text = sentence.text[start - sentence.start : end - sentence.start]
    noun = _noun_of_follow(text, lex)
    if noun and (known := _known(noun, speakers, lex)):
        return Speaker(replace(known, as_written=text.strip()), start, end, followed=True)
    if noun and noun in _nouns(lex, "account"):
        return Speaker(Party(kind="social-account", as_written=text.strip()), start, end)
    party = _party(text, lex)
    return Speaker(party, start, end) if party else None


def _trimmed(text: str, start: int, end: int, lex: Lexicon) -> tuple[int, int]:
    """A Chinese phrase before its verb without "據X", "…援引Y", days, and what was done before speaking."""
    if ALREADY.match(text[start:end]):
        return start, start
    if quoting := QUOTING.search(text, start, end):
        end = quoting.start()
    if AFTER_DOING.search(text[start:end]):
        nouns = [n for key in ("outlet", "agency", "organisation", "official") for n in _nouns(lex, key) if len(n) > 1]
        ends = [at + len(n) for n in nouns if (at := text.rfind(n, start, end)) >= 0]
        quoted = [m.end() for m in NAMED.finditer(text, start, end)]
        end = max([*ends, *quoted], default=end)
    while day := DATED.search(text[start:end]):
        end = start + day.start()
    return start, end


def _nouns(lex: Lexicon, key: str) -> tuple[str, ...]:
    return lex.words.get("nouns", {}).get(key, ())


def _noun_of_follow(text: str, lex: Lexicon) -> str | None:
    """The noun of a phrase that only points back: 채널 of "해당 채널", 海軍 of "同海軍", 頻道 of "該頻道"."""
    written = text.strip(" \t\u3000「」")
    for word in sorted(lex.words["edges"].get("follow", ()), key=len, reverse=True):
        rest = written.removeprefix(word)
        if rest != written and (lex.language != "ko" or rest.startswith(" ")):
            noun = rest.strip().lstrip(MEASURES)
            return noun if 0 < len(noun) <= LONGEST_BACK and " " not in noun else None
    return None


def _known(noun: str, speakers: Speakers, lex: Lexicon) -> Party | None:
    """The newest party named before that a noun can mean: one whose name holds it, else one of its kind."""
    own = next((p for p in reversed(speakers.known) if noun in (p.name or p.as_written or "") and p.name != noun), None)
    kinds = next((kinds for key, kinds in NOUNS_OF if any(noun.endswith(n) for n in _nouns(lex, key))), None)
    if kinds is not None and "social-account" in kinds:
        return speakers.latest(kinds)
    return own or (speakers.latest(kinds) if kinds else None)


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
    start, end = _left(sentence, inner[0], lex)
    if lex.language == "ko":
        run = sentence.text[start - sentence.start : inner[0]]
        end = start + _subject(run)
        start += max((m.end() for m in TOPIC.finditer(run, 0, end - start)), default=0)
    marked = MARKED.get(lex.language) if cue.cites else None
    cuts = [m.end() for m in marked.finditer(sentence.text[: inner[0]], start - sentence.start)] if marked else []
    return max([start, *(sentence.start + c for c in cuts)]), end


def _subject(run: str) -> int:
    """Where a Korean subject ends behind which only the day and the platform stand: "소방청이 18일 X"에 공개한."""
    for match in reversed(list(MARK.finditer(run))):
        rest = run[match.end() :].split()
        if not rest or not all(WHEN.search(word) or platform_of(word) for word in rest):
            break
        return match.start()
    return len(run)


def _left(sentence: Sentence, inner: int, lex: Lexicon) -> tuple[int, int]:
    """The run up to a place, in offsets of the page: back to a mark or to a word that ends what stands before it."""
    start = max(0, inner - LONGEST)
    cuts = [m.end() for m in DELIMITER.finditer(sentence.text, start, inner)] + [
        m.end() for m in lex.pattern("unspaced", "left").finditer(sentence.text, start, inner)
    ]
    begun = max([start, *(c for c in cuts if c < inner)])
    return sentence.start + begun + _unclosed(sentence.text[begun:inner]), sentence.start + inner


def _unclosed(text: str) -> int:
    """Where the words begin that are quoted up to the end of a text and beyond: what stands before is another's."""
    opened: list[int] = []
    for at, sign in enumerate(text):
        if sign in QUOTES:
            opened.append(at + 1)
        elif opened and sign == QUOTES[text[opened[-1] - 1]]:
            opened.pop()
    return opened[-1] if opened else 0


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
    low = max(0, end - LONGEST) if lex.language == "ko" else match.start(1)
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
    before = written[: best.start].split()
    if best.entry.kind == "official" and before and (place := places.resolve(before[-1])) and place.kind == "country":
        return None  # "인도 국방부" is not the ministry that a bare 국방부 means in a paper of another country
    return Party(name=best.entry.name, kind=best.entry.kind, domain=best.entry.domain, as_written=written[best.start : best.end])


def _described(written: str, platform: str | None, lex: Lexicon) -> Party | None:
    name = _introduced(HONORIFIC.sub("", written.rsplit("의 ", maxsplit=1)[-1].strip()), lex)
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


def _introduced(written: str, lex: Lexicon) -> str:
    """The name that a noun introduces: 真相燈塔 of "查核平台「真相燈塔」", 한빛일보 of "현지 매체 한빛일보"."""
    keys = ("account", "agency", "outlet", "organisation")
    named = NAMED.search(written)
    if named and any(written[: named.start()].rstrip().endswith(n) for key in keys for n in _nouns(lex, key)):
        return named.group(1)
    words = written.split()
    at = max((i for i, w in enumerate(words[:-1]) if any(w == n for key in keys for n in _nouns(lex, key))), default=-1)
    return " ".join(words[at + 1 :])


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
