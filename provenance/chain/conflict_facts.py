"""Conflicts of stated days and places."""

import re
from calendar import month_name
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from provenance.chain import days, names
from provenance.chain.appearance import Appearance
from provenance.chain.joins import NEAR_KM, kilometres
from provenance.chain.statements import MOST_VALUES, Statement, conflict, cued, said_in, spans_around, state
from provenance.chain.words import LAST_LATIN, fold, lexicon, squeeze
from provenance.records import Conflict, DateRole, Severity, Span, StatedPlace
from provenance.reference import parties, places

OLD_MONTHS = 3
"""A picture that was made so long before it is said to be new."""
MOST_BESIDE = 4
"""Sentences in which places are looked for when none is stated."""
POSSESSIVE = re.compile(r"['’]s$")
FILED = re.compile(r"\s*[\[(【（]\s*[^=＝\])】）\n]{1,30}[=＝]$")
"""The head of an agency's line, up to the sign behind its place: "[서울=뉴시스]"."""
FIRST_UNSPACED = "\u3040"
OF_A_NATION = re.compile(
    r"(?<=[\uac00-\ud7af]) [\uac00-\ud7af]|[军軍兵士人官籍語语文方側侧系産製]|政府|当局|當局|总统|總統|大統領|国防|國防|"
    r"外[交務]|情報|媒[体體]"
)
"""What makes the name of a country say of what nation something is, in scripts where both are one word: 북한 병사, 朝鮮士兵."""
LONGEST_ACRONYM = 4
"""Letters; more of them in capitals are a shout or a heading, in which a capital tells no name."""
ARTICLE = r"(?:the|el|la|los|las|le|les|l[’']|o|a|os|as|il|lo|gli)"
CAPITALISED = r"[^\W\d_a-z][\w’'-]{2,40}"
PROPER = re.compile(rf"\s+(?:{ARTICLE}\s+)?(?P<name>{CAPITALISED}(?: {CAPITALISED}){{0,3}})")
CAPITALS_ARE_NAMES = frozenset(["en", "es", "fr", "pt", "it", "ro", "pl", "vi", "et", "hu"])
"""Languages in which a capital inside a sentence means a name."""
DatedStatement = tuple[DateRole, days.Day, Statement]
Monthly = tuple[DateRole, str, Statement]
"""A role with a month ("YYYY-MM") or a day."""
ORDER: dict[DateRole, int] = {
    "shown-event": 0,
    "taken": 0,
    "posted": 1,
    "released": 1,
    "shared": 2,
    "captured": 2,
    "published": 2,
    "reported": 2,
}
"""What must come first: a picture is taken, then posted, then captured and reported."""
VERBS: dict[DateRole, str] = {"shown-event": "showing an event"}


def dates(members: Sequence[Appearance]) -> Conflict | None:
    """Days that differ. Two days of the same role exclude one another; of different roles they are put in order."""
    said = [
        (role, day, state(m, f"{day} ({role})", d.span))
        for m in members
        for role, day, d in days.days_of(m.medium.stated_dates)
        if role != "unknown"
    ]
    distinct = list({(role, str(day)): (role, day, s) for role, day, s in said}.values())[:MOST_VALUES]
    findings = [f for a, b in combinations(distinct, 2) for f in [_two_days(a, b)] if f]
    months = [
        (role, month, state(m, f"{month} ({role})", d.span))
        for m in members
        for role, month, d in days.months_of(m.medium.stated_dates)
    ]
    written = [(role, str(day), s) for role, day, s in distinct]
    findings += [f for month in months for other in (*written, *months) for f in [_month_and(month, other)] if f]
    if not findings:
        return None
    worst = min(findings, key=lambda f: ("hard", "soft", "apparent").index(f[0]))
    return conflict("date", [s for _, _, s in (*said, *months)], worst[0], worst[1])


def _month_and(month: Monthly, other: Monthly) -> tuple[Severity, str] | None:
    """A month beside a day or month of the same act in which it cannot be; a day without a year may be of any.

    Of two acts, one that made it long before it is said to have been posted is told: it would be an old picture then.
    """
    (role, first, left), (other_role, second, right) = month, other
    if role != other_role and ORDER.get(role, 1) == 0 and ORDER.get(other_role, 1) > 0 and left.document != right.document:
        return _made_in(role, first, other_role, second)
    fits = second.startswith((first, f"--{first[5:]}-"))
    if role != other_role or fits or left.document == right.document:
        return None
    return "hard", f"One says {_verb(role)} in {first}, another {_verb(role)} on {second.lstrip('-')}; not both can be right."


def _made_in(role: DateRole, month: str, other_role: DateRole, other: str) -> tuple[Severity, str] | None:
    """A month in which it was made, and a day or month with a year on which it was seen."""
    if other.startswith("--"):
        return None
    gap = (int(other[:4]) - int(month[:4])) * 12 + int(other[5:7]) - int(month[5:7])
    said = f"One says {_verb(role)} in {month}, another {_verb(other_role)} {'on' if len(other) > len(month) else 'in'} {other}"
    if gap < 0:
        return "hard", f"{said}: the second cannot come before the first."
    return ("soft", f"{said}; both can hold only if it was {gap} months old by then.") if gap >= OLD_MONTHS else None


def _two_days(left: DatedStatement, right: DatedStatement) -> tuple[Severity, str] | None:
    (role, day, _), (other_role, other_day, _) = sorted((left, right), key=lambda s: (ORDER.get(s[0], 1), s[0]))
    gap = days.apart(day, other_day)
    if gap == 0:
        return None
    first, second = f"{_verb(role)} on {day.spoken}", f"{_verb(other_role)} on {other_day.spoken}"
    if ORDER.get(role, 1) == ORDER.get(other_role, 1):
        return _same_time(role == other_role, gap, first, second)
    if gap > 0:
        far = ORDER.get(role, 1) == 0
        return ("apparent" if far else "soft"), f"Different days of different things: compatible if {first} and {second}."
    if gap == -1:
        return (
            "soft",
            f"One says {first}, another {second}, which is the day before; a difference of time zones would explain it.",
        )
    return "hard", f"One says {first}, another {second}: the second cannot come before the first."


def _same_time(same_role: bool, gap: int, first: str, second: str) -> tuple[Severity, str]:  # noqa: FBT001 - one fact about the pair
    if abs(gap) == 1:
        return "soft", f"One says {first}, another {second}; a difference of time zones would explain one day."
    if same_role:
        return "hard", f"One says {first}, another {second}: {abs(gap)} days apart, and not both can be right."
    return "soft", f"One says {first}, another {second}; the two are different acts and may both hold."


def _verb(role: DateRole) -> str:
    return VERBS.get(role, role)


@dataclass(frozen=True, slots=True)
class Placed:
    """A place that one document states, or only names in the sentences that speak of the visual."""

    document: str
    name: str
    statement: Statement
    stated: bool = True

    @property
    def narrow(self) -> bool:
        """Whether it is known and less than a country."""
        return any(m.entry.kind != "country" for m in places.find(self.name))


def places_stated(members: Sequence[Appearance]) -> Conflict | None:
    """Places of which neither can contain the other, or of which that is not known; one that contains the other is said to."""
    said = [placed for m in members for placed in _places_of(m)]
    distinct = list({(p.document, squeeze(p.name)): p for p in said}.values())[:MOST_VALUES]
    pairs = list(combinations(distinct, 2))
    agreeing = {
        (frozenset((a.document, b.document)), a.narrow and b.narrow) for a, b in pairs if places.compatible(a.name, b.name)
    }
    findings = [f for a, b in pairs for f in [_two_places(a, b, agreeing)] if f]
    if not findings:
        return None
    severity, reading = min(findings, key=lambda f: f[2])[:2]
    return conflict("place", [p.statement for p in said], severity, reading)


def _places_of(member: Appearance) -> list[Placed]:
    """The places stated for a visual, and those that its caption names after "in" or "at"."""
    found = [_placed(member, p) for p in member.medium.stated_places] or _named_beside(member)
    known = {w for p in found for w in proper_words(p.name)}
    return found + [p for p in _in_caption(member) if known.isdisjoint(proper_words(p.name))]


def _named_beside(member: Appearance) -> list[Placed]:
    """The places named in the sentences that speak of a visual, where none is stated of it; not where they were filed."""
    text, found = member.document.text, list[Placed]()
    for start, end in spans_around(member)[:MOST_BESIDE]:
        sentence = text[start:end]
        for m in places.find(sentence):
            span = Span(start + m.start, start + m.end, sentence[m.start : m.end])
            if not (_is_adjective(m, sentence) or _is_dateline(member, span)):
                found.append(Placed(member.key.document, span.text, state(member, span.text, span), stated=False))
    return found


def _is_dateline(member: Appearance, span: Span) -> bool:
    """Whether a place is where an agency filed from: at the head of a line."""
    text, head = member.document.text, member.document.document.dateline
    line = text.rfind("\n", 0, span.start) + 1
    filed = bool(head) and text.startswith(head or "", line) and span.end <= line + len(head or "")
    return filed or FILED.match(text, line, span.end + 1) is not None


def _is_adjective(mention: places.PlaceMention, text: str) -> bool:
    """Whether a country's name only says of what nation: "Korean soldiers", 북한 병사."""
    if mention.entry.kind != "country":
        return False
    unspaced = text[mention.start] >= FIRST_UNSPACED
    return places.is_adjective(mention, text) or (unspaced and OF_A_NATION.match(text, mention.end) is not None)


def _placed(member: Appearance, place: StatedPlace) -> Placed:
    words = place.span.text if place.span else place.name
    value = POSSESSIVE.sub("", words)
    return Placed(member.key.document, POSSESSIVE.sub("", place.name), state(member, value, place.span))


def _in_caption(member: Appearance) -> Iterator[Placed]:
    """Names with a capital after a preposition of place; not where all nouns have one, and no days, months or platforms."""
    caption, language = member.medium.caption_span, (member.document.document.language or "en")[:2]
    if caption is None or language not in CAPITALS_ARE_NAMES:
        return
    text = member.document.text
    for _, stop in cued("there", member, caption.start, caption.end):
        match = PROPER.match(text, stop, caption.end)
        if match and not _is_no_place(match["name"]):
            span = Span(match.start("name"), match.end("name"), match["name"])
            yield Placed(member.key.document, match["name"], state(member, match["name"], span))


def _is_no_place(name: str) -> bool:
    if name.isupper() and len(name) > LONGEST_ACRONYM and places.resolve(name) is None:
        return True
    word = fold(name.split(maxsplit=1)[0])
    timely = word in lexicon().latin["en"].stop or word in {m.lower() for m in month_name}
    return timely or names.platform_of(name) is not None or parties.resolve(name) is not None


def proper_words(name: str) -> frozenset[str]:
    """The words of a place's name that tell it from another: those with a capital, or all of a script without capitals."""
    words = [w for w in re.findall(r"\w+", POSSESSIVE.sub("", name)) if len(w) > 2]  # noqa: PLR2004 - particles
    return frozenset(fold(w) for w in words if w[0].isupper() or w.lower() == w.upper())


def _script(name: str) -> str:
    """Latin, or the block of the first other letter: names in two scripts cannot be compared letter by letter."""
    letters = [c for c in fold(name) if c.isalpha()]
    return "latin" if all(c < LAST_LATIN for c in letters) else f"{ord(max(letters)) >> 8}"


def _two_places(left: Placed, right: Placed, agreeing: set[tuple[frozenset[str], bool]]) -> tuple[Severity, str, int] | None:
    """Severity, reading, and how much it tells: lower numbers first.

    Documents that agree on a place do not exclude one another by a country that they name besides; nor does one document.
    """
    pair = frozenset((left.document, right.document))
    fits = places.compatible(left.name, right.name)
    narrow = left.narrow and right.narrow
    agreed = (pair, True) in agreeing or (not narrow and ((pair, False) in agreeing or len(pair) == 1))
    far = kilometres(left.name, right.name)
    if fits is False and not agreed and far is not None and far <= NEAR_KM:
        names_said = said_in([left.name, right.name])
        return "soft", f"{names_said} lie {far:.0f} km apart; one may be named for the other as the next known town.", 1
    if fits is False and not agreed:
        return _excluded(left, right, sure=narrow and left.stated and right.stated)
    if len(pair) == 1 or squeeze(left.name) == squeeze(right.name) or fits is False:
        return None
    if fits is None:
        a, b = proper_words(left.name), proper_words(right.name)
        if not a or not b or not a.isdisjoint(b) or _script(left.name) != _script(right.name):
            return None
        return "soft", f"Whether {said_in([left.name, right.name])} are one place is not known.", 3
    return _nested(left.name, right.name)


def _excluded(left: Placed, right: Placed, *, sure: bool) -> tuple[Severity, str, int]:
    """Two places that exclude one another; a country, or what is not stated of it, may only be named beside a visual."""
    said = said_in([left.name, right.name])
    if sure:
        return "hard", f"{said} exclude one another: neither contains the other.", 0
    return "soft", f"{said} exclude one another; one may only be named beside it.", 1


def _nested(name: str, other: str) -> tuple[Severity, str, int] | None:
    wide, narrow = (name, other) if places.contains(name, other) else (other, name)
    if places.contains(wide, narrow) and places.contains(narrow, wide):
        return None
    vague = any(m.entry.kind == "country" for m in places.find(wide))
    return "soft", f"“{narrow}” can lie in “{wide}”, so both can hold; they are not equally exact.", 2 if vague else 1
