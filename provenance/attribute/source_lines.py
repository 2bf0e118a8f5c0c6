"""Lines that only name a source: "Source: X", "(Theo X, Y)", "Kaynak: X", wherever they stand on a page."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files

from provenance.attribute.citing import THIS, Edge
from provenance.attribute.credited import party_of
from provenance.attribute.platforms import only_platform
from provenance.attribute.speakers import key
from provenance.attribute.text import Sentence
from provenance.records import Block, Page, Party
from provenance.reference import parties

MARK = re.compile(r"[:：(（]")
"""Without one of these no line names only a source; most paragraphs have none."""
LONGEST = 120
SPLIT = re.compile(r"\s*[,;/、，·|]\s*|\s+(?:and|und|et|y|e|i|и|ve|và|dan|en|și|a)\s+")
MOST_NAMES = 4
LONGEST_NAME = 5
"""Words of a source's name; a longer line is a sentence."""
ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)\S*")


def edges(page: Page, known: list[Edge]) -> list[Edge]:
    """The sources that such lines name and no edge of `known` cites at that place."""
    blocks = page.blocks or (Block(kind="paragraph", start=0, end=len(page.text)),)
    return [
        edge
        for block in blocks
        if block.kind not in ("post", "credit", "caption") and MARK.search(page.text, block.start, block.end)
        for edge in _of_block(page.text, block)
        if not any(key(e.cited) == key(edge.cited) and _meet(e.span, edge.span) for e in known)
    ]


def give(found: list[Edge], visuals: list[str], others: list[Edge]) -> None:
    """Where nobody is said to have put out the only visual of a page, the account that a source line names is where it is from.

    Changes the edges of `found`, those of such lines, in place.

    Args:
        found: the edges of source lines.
        visuals: the ids of the visuals of the page.
        others: all other edges of the page.
    """
    if len(visuals) != 1 or any(e.origin and e.cited.kind == "social-account" for e in others):
        return
    for edge in found:
        if edge.cited.kind == "social-account" and edge.cited.platform:
            edge.relation, edge.origin, edge.about = "posted-by", True, (visuals[0],)


def _meet(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _of_block(text: str, block: Block) -> Iterator[Edge]:
    for match in _line().finditer(text, block.start, block.end):
        names = match.group("names")
        position = match.start("names")
        sentence = Sentence(match.start(), match.end(), match.group(), block)
        found: list[tuple[Party, int]] = []
        for name in [n for n in SPLIT.split(names) if n.strip(" .)")][:MOST_NAMES]:
            at = text.index(name, position)
            position = at + len(name)
            if party := _party(name.strip(" .")):
                found.append((party, position))
        for party, end in _with_accounts(found):
            yield Edge(THIS, party, "reports", match.span("word"), (match.start("word"), end), sentence)


def _with_accounts(found: list[tuple[Party, int]]) -> Iterator[tuple[Party, int]]:
    """A platform and the name behind it are one account: "Source: Facebook, Ana Ruiz"."""
    skip = False
    for at, (party, end) in enumerate(found):
        after = found[at + 1] if at + 1 < len(found) else None
        if skip:
            skip = False
        elif after and _is_bare(party) and not _is_known(after[0]):
            skip = True
            yield replace(party, name=after[0].name, as_written=f"{party.as_written}, {after[0].as_written}"), after[1]
        else:
            yield party, end


def _is_bare(party: Party) -> bool:
    return party.kind == "social-account" and party.platform is not None and not party.name


def _is_known(party: Party) -> bool:
    return party.kind == "social-account" or bool(party.domain) or parties.resolve(party.name or "") is not None


def _party(name: str) -> Party | None:
    if address := ADDRESS.fullmatch(name):
        host = address.group(1).removeprefix("www.")
        found = party_of(host)
        return found if found.domain else Party(name=host, kind="organisation", domain=host, as_written=name)
    if platform := only_platform(name):
        return Party(kind="social-account", platform=platform, as_written=name)
    if listed := parties.find(name):
        return party_of(name[listed[0].start : listed[0].end])
    opens = name[:1].isupper() or name[:1].lower() == name[:1].upper()
    plain = len(name) > 1 and len(name.split()) <= LONGEST_NAME and opens
    return party_of(name) if plain and not name.isdigit() else None


@cache
def _line() -> re.Pattern[str]:
    raw = tomllib.loads((files("provenance.attribute") / "data" / "source_lines.toml").read_text("utf-8"))
    colon, bare = ("|".join(sorted(map(re.escape, raw[key]), key=len, reverse=True)) for key in ("colon", "bare"))
    names = rf"(?P<names>[^\n()（）。]{{2,{LONGEST}}})"
    head = r"(?:^|(?<=[\n(（\[*]))[ \t]*"
    return re.compile(
        rf"{head}(?P<word>(?i:{colon})[ \t]*[:：]|(?<=[(（])(?:{bare}))[ \t]*{names}(?=[)）]|[ \t]*(?:\n|$))",
        re.MULTILINE,
    )
