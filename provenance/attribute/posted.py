"""Postings in words: a platform, a verb of posting and a visual in one clause make an account, in whatever order they stand."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from provenance.attribute.citing import THIS, Edge
from provenance.attribute.mastheads import has_article, is_masthead
from provenance.attribute.platforms import Named, platforms_in
from provenance.attribute.posting_words import TWO_WORDS, PostingWords, posting_words
from provenance.attribute.text import HANDLE, Sentence
from provenance.records import Party
from provenance.reference import parties, places

REACH = 90
"""Characters between the verb of posting and the name of the platform."""
NAME_REACH = 45
"""Characters between the name of the platform and that of the account."""
OPENING = 12
"""Characters in which a pronoun opens a sentence, or stands before its verb."""
LONGEST_NAME = 60
PERSON_REACH = 30
"""Characters between a person's name and the verb of posting or the platform: a role may stand between."""
OWN_REACH = 25
WHO_REACH = 20
"""Characters between a verb of posting and the handle behind it of one who also speaks: "動画を投稿した「…」（@…）は"."""
POST_REACH = 60
"""Characters between who is cited and the platform that the post is on."""
POST = re.compile(
    r"\b(?:post|message|entry|wpis\w*|post\w*|publication|publicación|publicação|mensaje|Beitrag\w*|пост\w*|допис\w*|пуб\w*)\b",
    re.IGNORECASE,
)
"""Words for a post, in the words that cite one."""
WORD = re.compile(r"[^\W\d_]+")
SUBORDINATE = re.compile(
    r"\s(?:(?:de|het|een|der|die|das|ein|eine)\s)?(?P<n>(?:[a-zà-ÿ]{3,20}\s)?[A-ZÀ-Ý][\w'’-]+(?:\s[A-ZÀ-Ý][\w'’-]+){0,3})"
    r"(?=\s[a-zà-ÿ])"
)
"""Behind a relative pronoun of Dutch or German: an article, a noun for an office, and a name."""
ARTICLE = re.compile(
    r"(?:Die|Der|Das|Den|De|Het|The|La|Le|Les|El|Los|Las|Il|Lo|Gli|O|A|Os|As)\s(?=\w*(?:gruppe|groep|kanal|kanaal|nutzer\w*|seite|"
    r"[Gg]roup|[Cc]hannel|[Gg]roupe|[Gg]rupo|[Gg]ruppo|[Cc]olectivo|[Cc]ollectif|[Cc]ollettivo|verein|initiative|stadt)\s)"
)
STOP = re.compile(r"[;!?。！？।؟\n]|(?<!\d)[.](?=\s)")
QUOTED = re.compile(r"(?:[‘“\"「『《«„]|»(?=[^«»\n]{2,60}«)|(?<!\w)')([^‘’'“”\"「」『』《》«»„\n]{2,60})[’'”\"」』》»“«]")
OF = re.compile(
    r"\s(?:de|del|do|da|di|du|von|of|lui|van)\s(?:[a-zà-ÿ][^\s,.;]{0,20}\s){0,6}(?:[a-zà-ÿ][^\s,.;]{0,20},\s)?(?=[A-ZÀ-Ý])"
)
"""Between a platform and whose account there it is: "del", "de una vecina del puerto, "."""
BLANK = re.compile(r"\s")
APPOSED = re.compile(r"[^,.;:!?()\n]{0,25},\s")
"""Between a platform and the name that stands beside it: "the Telegram channel from Iran, Night Watch, …"."""
ENDS = frozenset((",", ".", ";", ")", ""))
"""What stands behind a name that a comma parts from the platform."""
RECORDED = re.compile(
    r"\b(?:grabad[oa]s?|registrad[oa]s?|captad[oa]s?|gravad[oa]s?|filmé[es]*|filmat[oaei]|ripres[oaei]|aufgenommen|gefilmt|recorded|filmed|"
    r"opgenomen|înregistrat[ăe]?)\b",
    re.IGNORECASE,
)
SPEECH = re.compile(r"(?:[다요까た].|.?.(?:며|라고|라며|고\s|と))")
"""A quote that ends in a predicate, or goes on with "… said", is speech and no name."""
INSCRIBED = re.compile(
    r"(?:の|という)(?:文字|字幕|説明|表示)|(?:라는|이라는)\s?(?:글|자막|문구)|(?:的)?(?:字样|字樣|字幕)|と(?:書|説明|表示)"
)
"""After a quote: words that stand in the picture or over it, and no name."""
BRACKETED = re.compile(r"([^\s,、。(（]{0,30})[(（]([A-Z][\w·. -]{1,20})[)）]$")


@dataclass(frozen=True, slots=True)
class _Clause:
    """One platform in one clause; `start` and `end` are the clause's, `at` the platform's, all in offsets of the sentence."""

    text: str
    start: int
    end: int
    named: Named
    verb: tuple[int, int]
    words: PostingWords


def add(
    sentence: Sentence, found: list[Edge], language: str | None, *, spoken: bool, bare: bool, latest: Callable[[], Party | None]
) -> list[Edge]:
    """The edges of a sentence with the accounts that its words of posting name.

    Args:
        sentence: one sentence.
        found: its edges so far; one that already says who posted gets the platform, handle and name that it lacks.
        language: of the page, ISO 639.
        spoken: whether the sentence, or the one before it, speaks of a visual.
        bare: whether a picture stands in the page of which nobody is said to have posted it.
        latest: gives the newest person named before, whom "in his Telegram" means.
    """
    words = posting_words(language)
    if words is None or not (spoken or found or bare):
        return found
    named = _apart(platforms_in(sentence.text))
    if bare and not spoken and (edge := _wall(sentence, named, words)):
        return [*found, edge]
    taken: list[_Clause] = []
    for one in named:
        clause = _clause(sentence.text, one, words) if spoken else None
        if clause and any(_goes_on(clause, before) for before in taken):
            continue
        taken += [clause] if clause else []
        if clause and not _spoken_there(found, sentence, clause):
            found = _with(found, sentence, clause, latest() if _owned(clause) else None)
        else:
            _in_own_channel(found, sentence, one, words)
    return found if named or not spoken else [*found, *_handles(sentence, found, words)]


def _wall(sentence: Sentence, named: list[Named], words: PostingWords) -> Edge | None:
    """The account of "on the Facebook of a clerk, Ana Ruiz, it was recorded", where nothing else is said to be spoken of."""
    text = sentence.text
    for one in named:
        match = OF.match(text, one.end)
        run = words.run.match(text, match.end()) if match else None
        verb = words.verbs.search(text) or RECORDED.search(text)
        if run and verb and " " in run.group():
            party = Party(name=run.group(), kind="social-account", platform=one.platform, as_written=text[one.start : run.end()])
            cue = (sentence.start + verb.start(), sentence.start + verb.end())
            span = (sentence.start + min(one.start, verb.start()), sentence.start + max(run.end(), verb.end()))
            return Edge(THIS, party, "posted-by", cue, span, sentence, date_role="posted", origin=True)
    return None


def _in_own_channel(found: list[Edge], sentence: Sentence, named: Named, words: PostingWords) -> None:
    """Who wrote "in his Telegram channel", or whose "post … on Facebook" is cited, is cited as that account."""
    for edge in found:
        behind = named.start + sentence.start - edge.span[1]
        own = words.own.search(sentence.text, max(0, named.start - OWN_REACH), named.start)
        post = POST.search(sentence.text, edge.cue[0] - sentence.start, edge.cue[1] - sentence.start)
        if (
            edge.relation == "reports"
            and edge.cited.name
            and 0 <= behind <= (POST_REACH if post else OWN_REACH)
            and (own or post)
        ):
            edge.post = bool(post)
            edge.cited = replace(edge.cited, kind="social-account", platform=named.platform)


def _handles(sentence: Sentence, found: list[Edge], words: PostingWords) -> Iterator[Edge]:
    """An account that only its handle names: "the photo was shared by @night_watch"."""
    for handle in HANDLE.finditer(sentence.text) if "@" in sentence.text else ():
        at = sentence.start + handle.start()
        verbs = [m.span() for m in words.verbs.finditer(sentence.text, max(0, handle.start() - REACH), handle.end() + REACH)]
        known = [e for e in found if e.span[0] <= at < e.span[1]]
        if sentence.block.kind == "post" or not verbs or any(e.origin for e in known):
            continue
        verb = min(verbs, key=lambda v: _gap_to(v, handle.span()))
        if known and not 0 <= handle.start() - verb[1] <= WHO_REACH:
            continue
        beside = platforms_in(sentence.text[max(0, handle.start() - WHO_REACH) : handle.start()])
        on = beside[-1].platform if beside else None
        party = Party(name=handle.group(), kind="social-account", platform=on, handle=handle.group(1), as_written=handle.group())
        cue = (sentence.start + verb[0], sentence.start + verb[1])
        span = (min(cue[0], at), max(cue[1], sentence.start + handle.end()))
        yield Edge(THIS, party, "posted-by", cue, span, sentence, date_role="posted", origin=True)


def points_back(sentence: Sentence, language: str | None) -> bool:
    """Whether "it" opens a sentence or stands before its verb of posting, so that it goes on about the visual before it."""
    words = posting_words(language)
    if words is None:
        return False
    opening = words.it.search(sentence.text, 0, OPENING * 2)
    if opening and opening.start() <= OPENING:
        return True
    verbs = list(words.verbs.finditer(sentence.text))
    if any(words.it.search(sentence.text, max(0, m.start() - OPENING), m.start()) for m in verbs):
        return True
    return any(words.it.match(sentence.text, m.end() + 1) for m in verbs)


def _apart(named: Iterable[Named]) -> list[Named]:
    """One mention a platform and stretch: "엑스(X·옛 트위터)" is one."""
    kept: list[Named] = []
    for one in named:
        if not kept or one.platform != kept[-1].platform or one.start - kept[-1].end > NAME_REACH:
            kept.append(one)
    return kept


def _clause(text: str, named: Named, words: PostingWords) -> _Clause | None:
    start = max((m.end() for m in STOP.finditer(text, 0, named.start)), default=0)
    stop = STOP.search(text, named.end)
    end = stop.start() if stop else len(text)
    low, high = max(start, named.start - REACH), min(end, named.end + REACH)
    verbs = [m.span() for m in words.verbs.finditer(text, low, high)]
    if not verbs:
        return None
    return _Clause(text, start, end, named, min(verbs, key=lambda v: _gap(v, named)), words)


def _goes_on(clause: _Clause, before: _Clause) -> bool:
    """Whether a comma parts a platform from the verb, which has its own: "posted on Facebook by X, then on Telegram"."""
    return clause.verb == before.verb and "," in clause.text[before.named.end : clause.named.start]


def _gap(where: tuple[int, int], named: Named) -> int:
    return max(where[0] - named.end, named.start - where[1], 0)


def _spoken_there(found: list[Edge], sentence: Sentence, clause: _Clause) -> bool:
    """Whether a verb of saying stands between: "the ministry wrote on Telegram that the photo was published …"."""
    gap = _gap(clause.verb, clause.named)
    said = [(e.cue[0] - sentence.start, e.cue[1] - sentence.start) for e in found if not e.origin and e.finite]
    return any(_gap(cue, clause.named) < gap and "," not in _between(clause, cue) for cue in said)


def _between(clause: _Clause, cue: tuple[int, int]) -> str:
    return clause.text[min(cue[1], clause.named.end) : max(cue[0], clause.named.start)]


def _with(found: list[Edge], sentence: Sentence, clause: _Clause, latest: Party | None) -> list[Edge]:
    party, where = _party(clause, latest, frozenset(e.cited.name for e in found if e.cited.name and not e.origin))
    for edge in found:
        if edge.origin and _same_posting(edge, sentence, clause):
            edge.cited = _filled(edge.cited, party)
            edge.span = (min(edge.span[0], sentence.start + where[0]), max(edge.span[1], sentence.start + where[1]))
            return found
    cue = (sentence.start + clause.verb[0], sentence.start + clause.verb[1])
    span = (sentence.start + where[0], sentence.start + where[1])
    return [*found, Edge(THIS, party, "posted-by", cue, span, sentence, date_role="posted", origin=True)]


def _same_posting(edge: Edge, sentence: Sentence, clause: _Clause) -> bool:
    if edge.cited.platform not in (None, clause.named.platform) or edge.relation not in ("posted-by", "captured-from"):
        return False
    cue = (edge.cue[0] - sentence.start, edge.cue[1] - sentence.start)
    return max(cue[0], clause.verb[0]) < min(cue[1], clause.verb[1]) or cue[0] <= clause.named.start < cue[1]


def _filled(known: Party, party: Party) -> Party:
    """An account with what both know: the name of one, the handle of the other."""
    if known.handle and party.handle and known.handle != party.handle:
        return known
    own = _clean(known, party)
    if own and parties.resolve(own):
        return replace(known, platform=party.platform)
    return replace(
        known,
        kind="social-account",
        platform=party.platform,
        handle=known.handle or party.handle,
        name=own or party.name or (None if known.kind == "anonymous" else known.name),
        as_written=known.as_written or party.as_written,
    )


def _clean(known: Party, party: Party) -> str | None:
    """The name known before, but for one cut short, or read across quotation marks."""
    name = known.name or ""
    cut = bool(party.name and party.name.startswith(name) and not party.name.startswith("@"))
    if (
        not name
        or name.startswith("@")
        or cut
        or known.kind == "anonymous"
        or re.search(r"[\"'()「」《》]", name)
        or platforms_in(name)
    ):
        return None
    return name


def _party(clause: _Clause, latest: Party | None, others: frozenset[str]) -> tuple[Party, tuple[int, int]]:
    """The account and its place: handle and name where the clause gives them, else the platform alone; not who tells of it."""
    handle, whole = _handle(clause), [clause.verb, (clause.named.start, clause.named.end)]
    name = _name(clause) or (None if handle else _person(clause, others))
    whole += [found.span() for found in (handle,) if found] + ([name[1]] if name else [])
    where = (min(w[0] for w in whole), max(w[1] for w in whole))
    called = _bare(name[0]) if name else latest.name if latest and _owned(clause) else None
    nouns = [
        m.span() for m in clause.words.accounts.finditer(clause.text, max(0, clause.named.start - 30), clause.named.end + 30)
    ]
    account = [*whole[1:], *nouns[:1]]
    written = clause.text[min(w[0] for w in account) : max(w[1] for w in account)]
    party = Party(
        name=called or (handle.group() if handle else None),
        kind="social-account",
        platform=clause.named.platform,
        handle=handle.group(1) if handle else None,
        as_written=written,
    )
    return party, where


def _bare(name: str) -> str:
    """A name without the article that stands before it in its own sentence, where a noun and a name follow: "Die Gruppe Tarn"."""
    match = ARTICLE.match(name)
    return name[match.end() :] if match else name


def _handle(clause: _Clause) -> re.Match[str] | None:
    found = HANDLE.finditer(clause.text, clause.start, clause.end)
    near = sorted(found, key=lambda m: _far(m, clause))
    return near[0] if near and _far(near[0], clause) <= NAME_REACH else None


def _far(handle: re.Match[str], clause: _Clause) -> int:
    return min(_gap(handle.span(), clause.named), _gap_to(handle.span(), clause.verb))


def _gap_to(left: tuple[int, int], right: tuple[int, int]) -> int:
    return max(left[0] - right[1], right[0] - left[1], 0)


def _owned(clause: _Clause) -> bool:
    return bool(clause.words.own.search(clause.text, max(clause.start, clause.named.start - 30), clause.named.start))


Found = tuple[str, tuple[int, int]]


def _name(clause: _Clause) -> Found | None:
    """The name of the account: in quotes, after the noun for it, or before the platform."""
    named = _quoted(clause) or _called(clause) or (_after(clause) or _before(clause) if clause.words.spaced else _marked(clause))
    return named or _subordinate(clause)


def _subordinate(clause: _Clause) -> Found | None:
    """The subject of a clause that its verb closes: "beelden die de gemeente Tarn zondag op Facebook zette".

    Where the pronoun is the subject itself, whom it is about: "de groep Kade Wacht, die een langere versie op Telegram zette".
    """
    if clause.verb[0] < clause.named.end or not clause.words.relative:
        return None
    low = max(clause.start, clause.named.start - REACH)
    relatives = [m for m in WORD.finditer(clause.text, low, clause.named.start) if m.group().lower() in clause.words.relative]
    for pronoun in relatives[:1]:
        match = SUBORDINATE.match(clause.text, pronoun.end(), clause.named.start)
        if match and not (platforms_in(match["n"]) or places.resolve(match["n"])):
            return match["n"], match.span("n")
        before = [m for m in clause.words.run.finditer(clause.text, clause.start, pronoun.start()) if " " in m.group()]
        if before and clause.text[before[-1].end() : pronoun.start()].strip() == ",":
            return before[-1].group(), before[-1].span()
    return None


def _person(clause: _Clause, others: frozenset[str]) -> Found | None:
    """Who is named beside the verb or the platform, where no noun for an account is: "the owner, Ana Ruiz, on Facebook"."""
    low = max(clause.start, min(clause.verb[0], clause.named.start) - REACH)
    high = min(clause.end, max(clause.verb[1], clause.named.end) + NAME_REACH)
    found = [_before_platform(m.span("n"), clause) for m in clause.words.agents.finditer(clause.text, low, high)]
    near = sorted((_reach(where, clause), where) for where in found if _reach(where, clause) <= PERSON_REACH)
    for _, (start, end) in near:
        name = clause.text[start:end]
        small = name[:1].islower() or (" " not in name and "·" not in name and "・" not in name)
        known = name in others or platforms_in(name)
        if not (small or known or parties.resolve(name) or places.resolve(name) or _is_shown(start, clause)):
            return name, (start, end)
    return None


def person_in(text: str, language: str | None) -> str | None:
    """The first name of two capitals in a sentence that is no outlet, party or place that is known."""
    words = posting_words(language)
    for match in words.agents.finditer(text) if words and words.spaced else ():
        name = match["n"]
        if not (has_article(name) or parties.resolve(name) or places.resolve(name) or is_masthead(name) or parties.find(name)):
            return name
    return None


def _before_platform(where: tuple[int, int], clause: _Clause) -> tuple[int, int]:
    """A run of capitals without the platform that ends it: "Ana Ruiz Facebook'ta"."""
    if where[0] < clause.named.start < where[1]:
        return where[0], where[0] + len(clause.text[where[0] : clause.named.start].rstrip())
    return where


def _reach(where: tuple[int, int], clause: _Clause) -> int:
    """Characters to the verb or the platform; behind both, a name that a comma parts from them is of something else."""
    behind = where[0] > max(clause.verb[1], clause.named.end)
    between = clause.text[max(clause.verb[1], clause.named.end) : where[0]] if behind else ""
    return LONGEST_NAME * 2 if "," in between else min(_gap(where, clause.named), _gap_to(where, clause.verb))


def _is_shown(start: int, clause: _Clause) -> bool:
    """Whether a word of showing stands between: "posted on Facebook shows President Ruiz"."""
    low = min(clause.verb[1], clause.named.end)
    return low < start and bool(clause.words.shows.search(clause.text, low, start))


def _called(clause: _Clause) -> Found | None:
    """As in "a user called Ana Ruiz", "Ana Ruiz adlı kullanıcı": the name beside the word that says that it is one."""
    low, high = max(clause.start, clause.named.start - REACH), min(clause.end, clause.named.end + REACH)
    for called in clause.words.called.finditer(clause.text, low, high):
        if match := clause.words.run.match(clause.text, called.end() + 1):
            return match.group(), match.span()
    for called in clause.words.called_after.finditer(clause.text, low, high):
        runs = list(clause.words.run.finditer(clause.text, max(low, called.start() - NAME_REACH), called.start()))
        if runs and called.start() - runs[-1].end() <= 1:
            return runs[-1].group(), runs[-1].span()
    return None


def _quoted(clause: _Clause) -> Found | None:
    low, high = max(clause.start, clause.named.start - NAME_REACH), min(clause.end, clause.named.end + NAME_REACH + LONGEST_NAME)
    for match in QUOTED.finditer(clause.text, low, high):
        short = len(match.group(1).split()) <= 6 and "@" not in match.group(1)  # noqa: PLR2004 - longer ones are speech
        near = _gap(match.span(), clause.named) <= NAME_REACH
        if (
            short
            and near
            and not platforms_in(match.group(1))
            and not parties.resolve(match.group(1))
            and not SPEECH.match(clause.text, match.end() - 2)
            and not INSCRIBED.match(clause.text, match.end())
        ):
            return match.group(1).strip(), match.span()
    return None


def _after(clause: _Clause) -> Found | None:
    """As in "the Telegram channel Night Watch", "pelo perfil NightWatch no X": capitals right after the noun or platform."""
    low, high = max(clause.start, clause.named.start - NAME_REACH), min(clause.end, clause.named.end + NAME_REACH)
    ends = [m.end() for m in clause.words.accounts.finditer(clause.text, low, high)]
    if not ends:
        return None
    if named := APPOSED.match(clause.text, clause.named.end):
        match = clause.words.run.match(clause.text, named.end())
        if match and clause.text[match.end() : match.end() + 1] in ENDS and not parties.resolve(match.group()):
            return match.group(), match.span()
    for end in [*ends, *([clause.named.end] if ends[-1] < clause.named.end else [])]:
        match = clause.words.run.match(clause.text, end + 1)
        if match and match.group()[0].isupper() and not platforms_in(match.group()) and match.end() - match.start() > 1:
            return match.group(), match.span()
    return None


def _before(clause: _Clause) -> Found | None:
    """As in "… on War Correspondents of the South Telegram channel": the capitals that end at the platform."""
    if not clause.words.accounts.match(clause.text, clause.named.end + 1):
        return None
    start = max(clause.start, clause.named.start - LONGEST_NAME)
    if clause.words.run is TWO_WORDS:
        blanks = [m.end() for m in BLANK.finditer(clause.text, start, clause.named.start)]
        start = blanks[-3] if len(blanks) > 2 else start  # noqa: PLR2004 - two words and the platform
    runs = clause.words.run.finditer(clause.text, start, clause.named.end)
    for match in runs:
        if match.end() >= clause.named.start - 1 and match.start() < clause.named.start - 2:
            end = min(match.end(), clause.named.start - 1)
            name = clause.text[match.start() : end].strip(" -")
            return (name, (match.start(), end)) if " " in name else None
    return None


SUBJECT = re.compile(r"(?:^|[\s,、。])([^\s,、。]{0,40}?[」』’')）A-Za-z\w])(?:이|가|은|는|が|は)(?=[\s、]|同|今|\d|X|テ)")
AFTER_NOUN = re.compile(
    r"(?:채널|계정|チャンネル|アカウント|频道|頻道|帐号|帳號|账号)[\s:：]?([^\W\d_][\w·.-]{1,29}?)(?:은|는|이|가|에|의)?(?=[\s,、。]|$)"
)


def _marked(clause: _Clause) -> Found | None:
    """The run after the noun, up to its mark, or the marked subject of the clause."""
    found = AFTER_NOUN.search(clause.text, clause.named.start, min(clause.end, clause.named.end + NAME_REACH))
    if found and found.group(1)[0] not in "은는이가에의을를はがにでをの的" and not clause.words.verbs.match(found.group(1)):
        return found.group(1), found.span(1)
    for match in SUBJECT.finditer(clause.text, clause.start, clause.named.start):
        short = BRACKETED.search(match.group(1))
        quoted = QUOTED.search(match.group(1))
        if short or quoted:
            return (short.group(2) if short else quoted.group(1) if quoted else ""), match.span(1)
    return None


def own_posts(edges: list[Edge], visuals: list[str], judged: set[str]) -> None:
    """Where no words say who put a visual out, the post that a text refers to has: "with reference to the post of X on Facebook".

    Whoever only writes of a visual in an own channel is cited, but is not its origin; nor is the post that calls it false.
    """
    if any(e.origin for e in edges):
        return
    for edge in edges:
        about = [a for a in edge.about if a in visuals and a not in judged]
        if edge.post and about and not edge.stated_by:
            edge.origin, edge.about = True, (about[0],)
