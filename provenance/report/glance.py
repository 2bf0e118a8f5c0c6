"""A visual "at a glance": a few sentences, each true to the records and no stronger than they are.

A sentence is a tuple of parts; what came from outside is `Foreign`, so that a page can isolate and escape it.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

from provenance.records import SURENESS, Assessment, Conflict, Member, Verdict, Visual
from provenance.reference import interests, lookalikes
from provenance.report.index import Index
from provenance.report.wording import count, listed, say

ADVERBS: dict[Verdict, str] = {"same": "", "likely": "likely ", "possible": "possibly "}
MANY = 4
"""Names listed in one sentence before the rest are counted."""


class Foreign(str):
    """Text that came from a document, not from us."""

    __slots__ = ()


Sentence: TypeAlias = tuple[str, ...]
Section: TypeAlias = Literal["uses", "chain", "copies", "history", "conflicts", "losses", "times", "interests", "open"]


class Line(NamedTuple):
    """A sentence, and the section of the report that shows what it is made from, with documents and words."""

    parts: Sentence
    where: Section


def glance(visual: Visual, index: Index) -> list[Line]:
    """The sentences, most important first."""
    history = index.assessments(visual)
    found: list[tuple[Section, list[Sentence]]] = [
        ("uses", [_carriers(visual, index), _confidence(visual)]),
        ("chain", [*_origins(visual), *_disguised(visual)]),
        ("copies", _copies(visual, index)),
        ("chain", [_through(visual)]),
        ("history", [_status(visual, history)]),
        ("conflicts", [_disagreement(visual)]),
        ("losses", _losses(visual, index)),
        ("times", [_impossible(visual, index)]),
        ("interests", [_interests(visual)]),
        ("open", [_open(visual)]),
    ]
    return [Line(sentence, where) for where, sentences in found for sentence in sentences if any(sentence)]


def plain(lines: list[Line]) -> str:
    """The sentences as one run of text."""
    return " ".join("".join(line.parts) for line in lines)


def showing(visual: Visual, index: Index) -> tuple[set[str], set[str], set[str]]:
    """The documents that show a visual, those that only speak of it or name it in their metadata, and those not at hand."""
    roles: dict[str, set[str]] = {}
    for member in visual.members:
        roles.setdefault(_role(member, index), set()).add(member.document)
    shown, silent, absent = (roles.get(role, set()) for role in ("shown", "silent", "absent"))
    return shown, silent - shown, absent - shown - silent


def outlets(visual: Visual, index: Index) -> tuple[int, int]:
    """How many outlets are known, and of how many documents the outlet is not."""
    named = {m.document: m.outlet or index.ref(m.document).outlet for m in visual.members}
    known = {name for name in named.values() if name}
    unknown = sum(1 for name in named.values() if not name)
    return (min(visual.outlets, len(known)) if visual.outlets else len(known)), unknown


def _role(member: Member, index: Index) -> str:
    medium = index.medium(member)
    if medium is None:
        return "shown" if member.asset else "absent"
    return "silent" if medium.role in {"mentioned", "metadata-only"} else "shown"


def _carriers(visual: Visual, index: Index) -> Sentence:
    shown, silent, absent = showing(visual, index)
    known, unknown = outlets(visual, index)
    start = _shown_by(visual, shown)
    if silent and shown:
        start += f"{';' if ',' in start else ', and'} {count(len(silent), 'more speaks', 'more speak')} of it without showing it"
    elif silent:
        start = f"{count(len(silent), 'document speaks', 'documents speak')} of it; none at hand shows it"
    missing = f"How {count(len(absent), 'document uses', 'documents use')} it is not at hand. " if absent else ""
    return (f"{start}{'. ' if start else ''}{missing}{_outlet_words(known, unknown)}",)


def _shown_by(visual: Visual, shown: set[str]) -> str:
    """How many documents carry it, as surely as the surest of their appearances is known to be it."""
    surest: dict[str, Verdict] = {}
    for member in (m for m in visual.members if m.document in shown):
        surest[member.document] = min(surest.get(member.document, "possible"), member.confidence, key=SURENESS.index)
    found = Counter(surest.values())
    kinds = [verdict for verdict in SURENESS if found[verdict]]
    words = (
        [f"{count(found[kinds[0]], 'document')} {ADVERBS[kinds[0]]}{'carries' if found[kinds[0]] == 1 else 'carry'} it"]
        if kinds
        else []
    )
    words += [f"{found[v]:,} more {ADVERBS[v]}{'does' if found[v] == 1 else 'do'}" for v in kinds[1:]]
    return f"{words[0]}, {listed(words[1:])}" if len(words) > 1 else "".join(words)


def _confidence(visual: Visual) -> Sentence:
    found = Counter(member.confidence for member in visual.members)
    if found["same"] == len(visual.members):
        return ()
    parts = [f"{found[verdict]:,} {verdict}" for verdict in ("same", "likely", "possible") if found[verdict]]
    return (f"Confidence of the {count(len(visual.members), 'appearance')}: {listed(parts)}; the reason stands beside each.",)


def _outlet_words(known: int, unknown: int) -> str:
    if not known:
        return "No outlet is known."
    words = f"{count(known, 'outlet is', 'outlets are')} known"
    return f"{words}; {count(unknown, 'document has', 'documents have')} no known outlet." if unknown else f"{words}."


def _roots(visual: Visual) -> dict[str, set[str]]:
    """Last name of each chain that leads anywhere -> the documents that it leads from; a circle leads nowhere."""
    circle = _circle(visual)
    roots: dict[str, set[str]] = {}
    spelled: dict[str, str] = {}
    for chain in visual.chains:
        if len(chain) > 1 and chain[-1] not in circle:
            roots.setdefault(spelled.setdefault(chain[-1].casefold(), chain[-1]), set()).add(chain[0])
    return roots


def _circle(visual: Visual) -> set[str]:
    return {name for loop in visual.loops for name in loop}


def _origins(visual: Visual) -> list[Sentence]:
    roots, circle = _roots(visual), _circle(visual)
    leading = set().union(*roots.values()) if roots else set()
    circular = {chain[0] for chain in visual.chains if len(chain) > 1 and chain[-1] in circle} - leading
    turning: list[Sentence] = (
        [(f"{count(len(circular), 'document leads', 'documents lead')} only into a circle of citations.",)] if circular else []
    )
    if not roots:
        return turning or [("No source is on record for it.",)]
    rest = len({m.document for m in visual.members} - leading - circular)
    unsourced: list[Sentence] = [(f"For {count(rest, 'document')} no source is on record.",)] if rest else []
    if len(roots) > 1:
        return [_many_origins(visual, roots), *unsourced, *turning]
    others = len(circular) + rest
    return [_one_origin(visual, next(iter(roots)), len(leading), others), *unsourced, *turning]


def _one_origin(visual: Visual, root: str, leading: int, rest: int) -> Sentence:
    whole = {1: "It leads to", 2: "Both lead to"}.get(leading, f"All {leading:,} of them lead to")
    part = f"{leading:,} of {leading + rest:,} documents {'leads' if leading == 1 else 'lead'} to"
    start = part if rest else whole
    kind = "one earliest known origin" if visual.origin.resolved else "one source, and the trail ends there unresolved"
    number = visual.independent_origins
    differs = (
        f" In all, {count(number, 'independent origin is', 'independent origins are')} counted." if number and number > 1 else ""
    )
    return (f"{start} {kind}: ", Foreign(root), f".{differs}")


def _many_origins(visual: Visual, roots: dict[str, set[str]]) -> Sentence:
    ranked = sorted(roots, key=lambda root: (-len(roots[root]), root))
    start = f"The documents lead to {len(roots):,} different sources: "
    number = visual.independent_origins
    if number is None:
        tail = ". Whether these depend on each other is not known."
    elif number < len(roots):
        tail = f". They count as {count(number, 'independent origin')}."
    else:
        tail = ". Nothing on record shows that they depend on each other."
    return (start, *_names(ranked), tail)


def _disguised(visual: Visual) -> list[Sentence]:
    """Accounts among the sources whose handles are written with letters of several alphabets."""
    named = dict.fromkeys(name for chain in visual.chains for name in chain[1:] if "@" in name)
    mixed = [(name, lookalikes.alphabets(name.partition("@")[2])) for name in named if not name.isascii()]
    return [
        (Foreign(name), f" is written with letters of several alphabets ({', '.join(used)}): it may imitate another account.")
        for name, used in mixed
        if {"Latin"} < set(used)
    ]


def _names(names: list[str]) -> list[str]:
    shown, rest = (names, 0) if len(names) <= MANY else (names[: MANY - 1], len(names) - MANY + 1)
    parts: list[str] = []
    for position, name in enumerate(shown):
        last = position == len(shown) - 1 and not rest
        parts += ([] if not position else [" and "] if last else [", "]) + [Foreign(name)]
    return [*parts, f" and {rest:,} more"] if rest else parts


def _copies(visual: Visual, index: Index) -> list[Sentence]:
    return [
        (f"{listed([index.ref(d).number for d in group.documents])} carry one text: they count as one source.",)
        for group in visual.copies
    ]


def _through(visual: Visual) -> Sentence:
    passing: Counter[str] = Counter()
    documents = {chain[0] for chain in visual.chains if len(chain) > 1}
    for middle, _ in {(name, chain[0]) for chain in visual.chains for name in chain[1:-1]}:
        passing[middle] += 1
    if not passing:
        return ()
    ranked = sorted(passing, key=lambda name: (-passing[name], name))
    always = [name for name in ranked if all(name in c[1:-1] for c in visual.chains if len(c) > 1)]
    if always and len(always) == len(ranked):
        return ("The way there always goes through ", *_names(always), ".")
    parts = [part for name in ranked[:MANY] for part in (", ", Foreign(name), f" ({passing[name]:,} of {len(documents):,})")][1:]
    return (
        "Intermediaries, and how many of these documents go through each: ",
        *parts,
        ", and others." if len(ranked) > MANY else ".",
    )


def _status(visual: Visual, history: list[Assessment]) -> Sentence:
    if not history:
        return (
            "Nobody has recorded an assessment of it here: it counts as unverified."
            if visual.status == "unverified"
            else _bare_status(visual),
        )
    last = history[-1]
    differing = len({a.status for a in history}) > 1
    start = f"Newest assessment: {say('status', last.status).lower()}, by "
    return (start, Foreign(last.who), f" on {last.at[:10]}{', after other verdicts; see the history.' if differing else '.'}")


def _bare_status(visual: Visual) -> str:
    return f"It is marked {say('status', visual.status).lower()}; no assessment with a name and a reason is at hand."


def _disagreement(visual: Visual) -> Sentence:
    if not visual.conflicts:
        return ("No disagreement between the documents was found." if visual.documents > 1 else "",)
    kinds = [part for severity in ("hard", "soft", "apparent") if (part := _by_severity(visual.conflicts, severity))]
    who = "What is said of it differs on" if visual.documents == 1 else "The documents differ on"
    return (f"{who} {'; '.join(kinds)}.",)


def _by_severity(conflicts: tuple[Conflict, ...], severity: str) -> str:
    fields = Counter(say("field", c.field).lower() for c in conflicts if c.severity == severity)
    names = [name if number == 1 else f"{name} ({number} times)" for name, number in fields.items()]
    return f"{listed(names)} ({say('severity', severity).lower()}: {say('severity_meaning', severity)})" if names else ""


def _open(visual: Visual) -> Sentence:
    number = len(visual.unresolved)
    return (
        (f"{count(number, 'question', 'questions')} on where it comes from {'is' if number == 1 else 'are'} open.",)
        if number
        else ()
    )


def _losses(visual: Visual, index: Index) -> list[Sentence]:
    told = [
        (
            visual.hedge_lost_by,
            "leave out a reservation that the cited source made",
            "leaves out a reservation that the cited source made",
        ),
        (visual.credit_lost_by, "name no source for it, though most others do", "names no source for it, though most others do"),
        (
            visual.verdict_hardened_by,
            "judge it more firmly than what they have it from",
            "judges it more firmly than what it has it from",
        ),
    ]
    found: list[Sentence] = [
        (f"{count(len(who), 'document ' + one, 'documents ' + many)} ({_numbers(who, index)}).",)
        for who, many, one in told
        if who
    ]
    if visual.loops:
        found.append((f"{count(len(visual.loops), 'circle', 'circles')} of citations found: a circle confirms nothing.",))
    return found


def _impossible(visual: Visual, index: Index) -> Sentence:
    found = list(dict.fromkeys(t.document for t in visual.citing_times if t.result == "impossible"))
    if not found:
        return ()
    words = count(len(found), "document cites or gives", "documents cite or give")
    return (f"{words} what is later than {'itself' if len(found) == 1 else 'themselves'} ({_numbers(found, index)}).",)


def _interests(visual: Visual) -> Sentence:
    """What kind some of the sources are, by their own names or by the words beside them."""
    said: dict[str, list[str]] = {}
    for interest in visual.interests:
        said.setdefault(interest.party, []).append(interests.say(interest.label))
    shown = list(said.items())[:MANY]
    parts = [
        part for party, words in shown for part in ("; ", Foreign(party), " (", Foreign(listed(list(dict.fromkeys(words)))), ")")
    ][1:]
    more = f"; and {len(said) - MANY:,} more" if len(said) > MANY else ""
    return ("What kind some sources are said or known to be: ", *parts, f"{more}.") if parts else ()


def _numbers(documents: Iterable[str], index: Index) -> str:
    """The numbers of documents, as many as fit a sentence."""
    numbers = [index.ref(d).number for d in dict.fromkeys(documents)]
    return ", ".join(numbers[: MANY * 2]) + (f" and {len(numbers) - MANY * 2:,} more" if len(numbers) > MANY * 2 else "")
