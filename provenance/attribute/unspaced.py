"""Who is cited in Korean, Japanese and Chinese, where cues follow or precede a name without blanks or capitals."""

import re
from dataclasses import replace
from functools import lru_cache

from provenance.attribute.lexicon import Cue, Lexicon, lexicon
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


HANDLE_BESIDE = re.compile(r"[（(]@[\w.]{2,64}[)）]")
LONGEST_BACK = 6
SHORTEST_OFFICE = 3
"""Signs of a Korean name that ends in a sign for an office: "소방청"."""
"""Signs of a noun that points back."""
LONGEST_TITLED = 10
"""Signs of a name that stands behind its title."""
REACH = 200
MOST_WORDS = 5
MARKED = {
    "ko": re.compile(r"(?<!\S)([^\s,.“”]{1,30})(?:은|는|이|가)(?=\s)"),
    "ja": re.compile(
        r"(?<![^、。「」\sはが])((?:[^、。「」『』\sはが]{0,30}[「『][^「」『』\n]{2,30}[」』](?:（[^（）\n]{2,30}）)?"
        r"(?:(?:と名乗る|という|を名乗る)[^、。「」\sはが]{2,20})?)|[^、。「」\sはが]{2,60})(?:は|が|も)(?!い)"
    ),
}
SAID_BEFORE = {
    "ko": re.compile(r"(?:[다라냐자]고|면서|으며|하며|지만|는데|해서|[었았했됐]고|가운데)\s"),
    "ja": re.compile(r"(?:[たるいだんうす]|」)と(?!名乗|いう|して)(?=[^、。「」\s])"),
}
"""What ends the words that are told, where who tells them stands behind: "…했다고 통신이 보도했다", "…したと通信が伝えた"."""
OWN_ACCOUNT = re.compile(r"(?:が|は)(?=[^はが]{0,12}(?:自身|自ら|自分|自社)の)")
"""Japanese: who acts, before "in his own channel"."""
WITH_KIND = re.compile(
    r"^(?:[一-龥]{1,4}の|[ァ-ヶー]{2,12}の)?[一-龥ァ-ヶー]{0,8}(?:紙|誌|局|通信社|サイト|メディア|会社|団体|機関|企業|組織)(?=[「『ァ-ヶA-Z])[「『]?"
)
"""Japanese: the kind of a source before its name in another script: "英紙ハーバー・クロニクル"."""
OF_PLACE = re.compile(r"^(?:地元|現地|同国|国営|[ァ-ヶー]{2,12}|[一-龥]{1,4})の(?=.{2,}(?:通信|通信社|新聞|テレビ|放送|紙)$)")
"""Japanese: of where an agency or paper is: "地元のカスピ通信"."""
OF_KIND = re.compile(r"^.{1,20}の(?=[ァ-ヶー]{2,15}(?:・[ァ-ヶー]{2,15}){1,3}$)")
"""Japanese: what a person is, before a foreign name: "漁師のマルコ・ルイス"."""
HAN_KIND = re.compile(
    r"^[一-龥]{0,6}(?:公司|机构|機構|媒体|媒體|网站|網站|平台|组织|組織|智库|智庫|通讯社|通訊社)(?=[一-龥·]{3,}$)"
)
"""Chinese: the kind of a source before its name: "卫星公司奥尔比塔"."""
UNSAID = re.compile(r"(?:尚未|从未|從未|并未|並未|未|没有|沒有|无法|無法|难以|難以)[^，。、]{0,10}$")
"""Chinese: what has not been said or confirmed: "尚未獲得官方證實"."""
TOPIC = re.compile(r"(?<=[^\s,.])(?:은|는)\s+")
MARK = re.compile(r"(?<=[^\s,.]{2})(?:은|는|이|가)(?=\s)")
WHEN = re.compile(r"\d(?:일|월|시|분)|^(?:지난|이날|전날|같은|날|오전|오후|자신의|자사|공식|소셜미디어|SNS|계정|채널|통해)$")
"""Korean words for when and where one posts, between who and the verb."""
STOP = re.compile(r"[!?\n▲。！？；]|[.](?=\s)")
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
    r"当晚|當晚|当日|當日|同日|次日|凌晨|清晨|早间|早間|上午|下午|晚间|晚間|深夜|首先|率先|最初|稍早|随即|隨即|此前|近日|正式|独家|獨家|"
    r"[又再也则則还還已曾都均就]|报道|報道|報導|[发發]文|[向对對][^\s，、]{2,12}|[用以](?:手机|手機|无人机|無人機|[^\s，、]{0,4}[机機])|"
    r"在?接受[^\s，、]{2,12}(?:采访|採訪|专访|專訪)(?:时|時)?)$"
)
"""What stands between a name and its verb: a day, an adverb, another verb, whom it tells: "南洋社10日", "官員向X"."""
DATED_ENDS = frozenset(
    "日号號一二三四五六天后後次早先又再也则則还還已曾都均就道導文晚晨间間午夜率初即前近式家随隨机機访訪时時專专"
)
TELLING_TO = frozenset("向對对用以受")
"""What such words end in, or hold: a quick look before the search."""
UNSAID_SIGNS = frozenset("未没沒无無难難")
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
    if _in_compound(sentence, at, lex):
        return None
    where = _place(sentence, cue, at, lex, speakers)
    return _at(sentence, where, lex, speakers, left=cue.side == "left") if where else None


TOLD_TO = {
    "zh": re.compile(r"(?:(?:在)?(?:接受)|[向對对])(?P<o>[^\s，、。的]{2,12}?)(?:(?:的)?(?:采访|採訪|专访|專訪)(?:时|時|中)?)?$"),
    "ja": re.compile(
        r"(?P<o>[^\s、。はがをに]{2,20})(?:に対し|に対して|に|の取材に|の取材に対し|の取材に応じ|とのインタビューで)(?=、|[^、。はが]{0,12}$)"
    ),
    "ko": re.compile(r"(?P<o>[^\s,.“”]{2,20})(?:에게|에|과의 인터뷰에서|와의 인터뷰에서|과의 통화에서|와의 통화에서)(?=\s)"),
}
"""Whom someone tells something."""


def told_to(sentence: Sentence, at: tuple[int, int], lex: Lexicon) -> tuple[Speaker, tuple[int, int]] | None:
    """The newsroom that someone spoke to, before a verb of saying at a place, and the words that say so.

    Whoever reads of it has it from there.
    """
    pattern, end = TOLD_TO.get(lex.language), at[0] - sentence.start
    if lex.language == "zh" and TELLING_TO.isdisjoint(sentence.text[max(0, end - REACH) : end]):
        return None
    start = max((m.end() for m in STOP.finditer(sentence.text, max(0, end - REACH), end)), default=max(0, end - REACH))
    for match in pattern.finditer(sentence.text, start, end) if pattern else ():
        listed = next((m.entry for m in parties.find(match["o"]) if m.entry.kind in MEDIA), None)
        kind = listed.kind if listed else _newsroom(match["o"], lex)
        if kind:
            name = listed.name if listed else match["o"]
            where = (match.start("o") + sentence.start, match.end("o") + sentence.start)
            party = Party(name=name, kind=kind, domain=listed.domain if listed else None, as_written=match["o"])
            return Speaker(party, *where), (match.start() + sentence.start, match.end() + sentence.start)
    return None


def _newsroom(name: str, lex: Lexicon) -> PartyKind | None:
    """The kind of a newsroom by the noun that its name ends in."""
    kinds: tuple[tuple[str, PartyKind], ...] = (("agency", "agency"), ("outlet", "newspaper"))
    return next((kind for key, kind in kinds if name.endswith(_nouns(lex, key)) and name not in _nouns(lex, key)), None)


def citer(sentence: Sentence, at: tuple[int, int], lex: Lexicon, speakers: Speakers) -> Speaker | None:
    """Who cites a source that stands with its cue at a place: the topic before it, in Chinese what stands right before it."""
    inner = at[0] - sentence.start
    if lex.language == "zh":
        return _at(sentence, _left(sentence, inner, lex), lex, speakers, left=True)
    before = sentence.text[:inner]
    found = _topic(before, lex, speakers) or _subject_before(before, lex)
    where = (found[0] + sentence.start, found[1] + sentence.start) if found else None
    return _at(sentence, where, lex, speakers, left=True) if where else None


def _subject_before(before: str, lex: Lexicon) -> tuple[int, int] | None:
    """The words up to the last mark before whom they cite: whoever cites is someone, whatever the name."""
    marked = MARKED.get(lex.language)
    last = list(marked.finditer(before.rstrip() + " "))[-1:] if marked else []
    if not last or before[last[0].end() :].strip():
        return None
    start, end = last[0].span(1)
    return (start, end) if NOBODY.search(before[start:end]) is None else None


@lru_cache(maxsize=8)
def _inside_compounds(language: str) -> frozenset[str]:
    """The parts of compounds, of which only some are cues."""
    words = lexicon(language).words["edges"].get("compounds", ())
    return frozenset(w[a:b] for w in words for a in range(len(w)) for b in range(a + 1, len(w) + 1))


def _in_compound(sentence: Sentence, at: tuple[int, int], lex: Lexicon) -> bool:
    """Whether what looks like a cue is part of another word: 说 of 说法."""
    start, end = at[0] - sentence.start, at[1] - sentence.start
    if sentence.text[start:end] not in _inside_compounds(lex.language):
        return False
    found = lex.pattern("edges", "compounds").finditer(sentence.text, max(0, start - LONGEST_BACK), end + LONGEST_BACK)
    return any(m.start() <= start and end <= m.end() for m in found)


def _at(sentence: Sentence, where: tuple[int, int], lex: Lexicon, speakers: Speakers, *, left: bool) -> Speaker | None:
    start, end = where
    if lex.language == "zh":
        trim = _trimmed if left else _dated
        start, end = trim(sentence.text, start - sentence.start, end - sentence.start, lex)
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
    run = text[start:end]
    if ALREADY.match(run) or (not UNSAID_SIGNS.isdisjoint(run) and UNSAID.search(run)):
        return start, start
    if quoting := QUOTING.search(text, start, end):
        end = quoting.start()
    if AFTER_DOING.search(text[start:end]):
        nouns = [n for key in ("outlet", "agency", "organisation", "official") for n in _nouns(lex, key) if len(n) > 1]
        ends = [at + len(n) for n in nouns if (at := text.rfind(n, start, end)) >= 0]
        quoted = [m.end() for m in NAMED.finditer(text, start, end)]
        end = max([*ends, *quoted], default=end)
    return _dated(text, start, end, lex)


def _dated(text: str, start: int, end: int, _: Lexicon) -> tuple[int, int]:
    """A Chinese phrase without the days and adverbs at its end."""
    while start < end and (text[end - 1] in DATED_ENDS or not TELLING_TO.isdisjoint(text[start:end])):
        day = DATED.search(text, start, end)
        if day is None:
            break
        end = day.start()
    return start, end


def _nouns(lex: Lexicon, key: str) -> tuple[str, ...]:
    return lex.words.get("nouns", {}).get(key, ())


def _noun_of_follow(text: str, lex: Lexicon) -> str | None:
    """The noun of a phrase that only points back: 채널 of "해당 채널", 海軍 of "同海軍", 頻道 of "該頻道"."""
    written = text.strip(" \t\u3000「」")
    if lex.language == "ko" and any(written in _nouns(lex, key) for key in ("account", "agency", "outlet")):
        return written
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


def _place(sentence: Sentence, cue: Cue, at: tuple[int, int], lex: Lexicon, speakers: Speakers) -> tuple[int, int] | None:
    inner = (at[0] - sentence.start, at[1] - sentence.start)
    if cue.side == "right":
        rest = sentence.text[inner[1] : inner[1] + LONGEST]
        stop = lex.pattern("unspaced", "right").search(rest, 1) if rest else None
        limits = [m.start() for m in (DELIMITER.search(rest), stop) if m]
        end = at[1] + min([*limits, len(rest)])
        handle = HANDLE_BESIDE.match(sentence.text, end - sentence.start)
        return at[1], handle.end() + sentence.start if handle else end
    if cue.side == "topic":
        found = _topic(sentence.text[: inner[0]], lex, speakers)
        return (found[0] + sentence.start, found[1] + sentence.start) if found else None
    start, end = _left(sentence, inner[0], lex)
    if lex.language == "ja" and cue.origin and (own := OWN_ACCOUNT.search(sentence.text, start - sentence.start, inner[0])):
        return start, sentence.start + own.start()
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


def _topic(before: str, lex: Lexicon, speakers: Speakers) -> tuple[int, int] | None:
    """The first marked phrase of the clause that names someone; "…하는" and "…した" mark no subject.

    Where what is told stands before who tells it, that is the one behind it. `speakers` are those named before.
    """
    marked = MARKED.get(lex.language)
    if marked is None:
        return None
    shift = max(0, len(before) - REACH)
    told = max((m.end() for m in SAID_BEFORE[lex.language].finditer(before, shift)), default=0)
    matches = list(marked.finditer(before, shift))
    ordered = [m for m in matches if m.start(1) >= told or m.end(1) > told] if told else []
    found = (_someone(before, m, lex, speakers) for m in (*ordered, *matches))
    return next((f for f in found if f), None)


def _someone(before: str, match: re.Match[str], lex: Lexicon, speakers: Speakers) -> tuple[int, int] | None:
    """The words up to a mark, when one of the last of them is a noun for a party or they name a listed one or a country."""
    end = match.end(1)
    if before[:end].count('"') % 2 or before.count("“", 0, end) > before.count("”", 0, end):
        return None
    low = max(0, end - LONGEST) if lex.language == "ko" else match.start(1)
    cuts = [m.end() for m in CLAUSE.finditer(before, low, end)] if lex.language == "ko" else [match.start(1)]
    cuts += [m.end() for m in SAID_BEFORE[lex.language].finditer(before, low, end)]
    start = max([low, *(c for c in cuts if c < end)])
    start += len(before[start:end]) - len(before[start:end].lstrip())
    if before[start - 1 : start] == "」" and before[start] == "と":
        start += 1
    words = before[start:end].split(" ")[-MOST_WORDS:]
    phrase = " ".join(words)
    if _names_someone(words, phrase, lex, speakers):
        return end - len(phrase), end
    return None


def _names_someone(words: list[str], phrase: str, lex: Lexicon, speakers: Speakers) -> bool:
    nouns = [n for key in PEOPLE for n in lex.words.get("nouns", {}).get(key, ()) if len(n) > 1 or lex.language == "ja"]
    if lex.language == "ko":
        offices = tuple(n for n in _nouns(lex, "official") if len(n) == 1)
        known = any(w.endswith(n) or f"{n}(" in w for w in words[-3:] for n in nouns)
        known = known or (len(words[-1]) >= SHORTEST_OFFICE and words[-1].endswith(offices)) or speakers.knows(words[-1])
    else:
        bare, _, quoted = phrase.partition("「") if phrase.endswith(("」", "）")) else (phrase, "", "")
        known = any(bare.endswith(n) or (len(n) > 1 and n in bare) for n in nouns) or speakers.knows(phrase)
        known = known or WITH_KIND.match(phrase) is not None or "@" in quoted
        known = known or any(n in phrase for n in ("と名乗る", "を名乗る"))
    return known or bool(parties.find(phrase) or BRACKET.search(phrase) or places.resolve(phrase))


def _party(text: str, lex: Lexicon) -> Party | None:
    written = text.strip(" \t\u3000[]")
    if not written or not any(c.isalnum() for c in written):
        return None
    platform, handle = platform_of(written), HANDLE.search(written)
    named = NAMED.search(written)
    account = any(noun in written for noun in lex.words.get("nouns", {}).get("account", ()))
    own = account and named is not None and platform is None and _is_account(written, named, lex)
    if handle or own or (platform and (account or named)) or (platform and len(written) <= 12):  # noqa: PLR2004 - the platform's name and little else
        called = named.group(1) if named and "@" not in named.group(1) else None
        name = called or ("@" + handle.group(1) if handle else _before_platform(written))
        return Party(
            kind="social-account", platform=platform, handle=handle.group(1) if handle else None, name=name, as_written=written
        )
    return _listed(written) or _described(written, platform, lex)


def _is_account(written: str, named: re.Match[str], lex: Lexicon) -> bool:
    """Whether a noun for an account stands right beside a name in quotes: "チャンネル「…」", "“…”账号", "'…'라는 계정"."""
    nouns = _nouns(lex, "account")
    before, after = written[: named.start()].rstrip(), written[named.end() :]
    return before.endswith(nouns) or any(noun in after for noun in nouns)


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
    if (kind := _kind_before(written, name, lex) or _agency(name, lex)) and places.resolve(name) is None:
        return _made(kind, name, None)
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


def _kind_before(written: str, name: str, lex: Lexicon) -> PartyKind | None:
    """The kind of a newsroom that the words before its name tell: "현지 매체 한빛일보", "ニュースサイト「…」"."""
    before = written[: written.rfind(name)].rstrip(" 「『“《") if name != written else ""
    kinds: tuple[tuple[str, PartyKind], ...] = (("agency", "agency"), ("outlet", "newspaper"))
    return next((kind for key, kind in kinds if before and before.endswith(_nouns(lex, key))), None)


def _agency(name: str, lex: Lexicon) -> PartyKind | None:
    """The kind of a newsroom whose name ends in a noun for one: "카스피프레스 통신", "カスピ通信"."""
    if lex.language == "zh" or len(name.split()) > 3 or NOBODY.search(name):  # noqa: PLR2004 - longer runs are clauses
        return None
    kinds: tuple[tuple[str, PartyKind], ...] = (("agency", "agency"), ("outlet", "newspaper"))
    return next(
        (kind for key, kind in kinds if any(name.endswith(n) and name != n for n in _nouns(lex, key) if len(n) > 1)), None
    )


def _introduced(written: str, lex: Lexicon) -> str:
    """The name that a noun introduces: 真相燈塔 of "查核平台「真相燈塔」", 한빛일보 of "현지 매체 한빛일보"."""
    keys = ("account", "agency", "outlet", "organisation")
    named = NAMED.search(written)
    if named and any(written[: named.start()].rstrip().endswith(n) for key in keys for n in _nouns(lex, key)):
        return named.group(1)
    if lex.language == "ja":
        return OF_KIND.sub("", OF_PLACE.sub("", WITH_KIND.sub("", written))).rstrip("」』")
    if lex.language == "zh":
        kind = HAN_KIND.match(written)
        roles = (n for key in ("person", "expert", "anonymous") for n in _nouns(lex, key))
        return written[kind.end() :] if kind and not any(n in written[kind.end() :] for n in roles) else written
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
