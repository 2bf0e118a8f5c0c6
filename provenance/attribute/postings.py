"""Posts: the accounts of those embedded, what their texts cite, and posts that are only spoken of."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib import resources
from itertools import count

from provenance.attribute.citing import THIS, Edge
from provenance.attribute.speakers import key
from provenance.attribute.text import Sentence
from provenance.records import Block, Citation, Party, Platform, Post, Span
from provenance.reference import parties
from provenance.reference.platforms import identify

CREDITED = re.compile(r"^\s*(?:\.|via\s|RT\s|h/t\s|cc\s|📷\s?:?\s?|🎥\s?:?\s?|📹\s?:?\s?)?@(\w{2,30})", re.IGNORECASE)
"""A post that opens with another's handle, or names it after a camera sign, credits that account."""


_PRINTED = re.compile(r"(?<![\w.@/])@(\w{3,64})")
MOST_SOURCE_WORDS = 6
_EARLIER = r"(?:^|[\n.!?…。|(\[·•]|#\w+|[^\w\s,:;'\"@/-])\s*"
_NAMED = r"(?P<label>{})\s*[:：]\s*(?P<name>https?://[^\s()]{{4,200}}|@?[^\n:：|()\[\]]{{2,60}}?)\s*[.)\]]?\s*$"


@cache
def _source_line() -> re.Pattern[str]:
    """A label of the list and a name, to the end of a line."""
    data = tomllib.loads(resources.files("provenance.attribute").joinpath("data/post_sources.toml").read_text(encoding="utf-8"))
    labels = sorted((re.escape(label) for words in data["labels"].values() for label in words), key=len, reverse=True)
    return re.compile(_EARLIER + _NAMED.format("|".join(labels)), re.IGNORECASE | re.MULTILINE)


def author(post: Post) -> Party:
    """The account of a post as a party; the listed agency or outlet where the handle is theirs."""
    name = post.author_name or (f"@{post.handle}" if post.handle else None)
    return Party(name=name, kind="social-account", platform=post.platform, handle=post.handle)


def embeds(text: str, post: Post) -> Edge | None:
    """The edge from this article to the account of a post that it embeds."""
    if post.embedding != "embedded" or post.span is None or not (post.handle or post.author_name):
        return None
    where = text.rfind(post.handle or post.author_name or "", post.span.start, post.span.end)
    start = (
        max(text.rfind("\n", post.span.start, where), text.rfind("—", post.span.start, where), post.span.start)
        if where >= 0
        else post.span.start
    )
    sentence = Sentence(post.span.start, post.span.end, post.span.text, _block(post))
    return Edge(
        THIS,
        author(post),
        "embeds",
        (start, post.span.end),
        (post.span.start, post.span.end),
        sentence,
        origin=True,
        about=(post.id, *post.media),
    )


def _block(post: Post) -> Block:
    return Block(kind="post", start=post.span.start if post.span else 0, end=post.span.end if post.span else 0, post=post.id)


def inside(sentence: Sentence, post: Post, found: list[Edge], *, first: bool) -> list[Edge]:
    """The edges of a post's own words: its author cites; an account credited at its head stands between."""
    writer = author(post)
    credited = _credit(sentence, post, writer) if first else None
    named = _named(sentence, post, writer)
    citing = credited.cited if credited else writer
    for edge in found:
        edge.stated_by = post.id
        edge.citing = citing if edge.citing is THIS else edge.citing
    taken = [e for e in found if not named or key(e.cited) != key(named.cited)]
    return [*([credited] if credited else []), *taken, *([named] if named else [])]


def _named(sentence: Sentence, post: Post, writer: Party) -> Edge | None:
    """The edge of "Source: NAME" at the end of a line of a post; a clause after the label names nobody."""
    match = _source_line().search(sentence.text)
    party = _source(match["name"].strip(), post) if match else None
    if match is None or party is None or (party.handle or "").casefold() == (post.handle or "-").casefold():
        return None
    at = (sentence.start + match.start("label"), sentence.start + match.end("name"))
    return Edge(writer, party, "credits", at, at, sentence, stated_by=post.id, about=post.media)


def _source(name: str, post: Post) -> Party | None:
    """An account by its handle or address, a listed party, or a name of a few words that all begin with capitals."""
    account = identify(name) if "/" in name else None
    handle = account.handle if account else name[1:] if re.fullmatch(r"@\w{2,64}", name) else None
    listed = parties.resolve(name)
    if listed:
        return Party(
            name=listed.name, kind=listed.kind, platform=post.platform if handle else None, handle=handle, as_written=name
        )
    if handle:
        platform = account.platform if account else post.platform
        return Party(name=f"@{handle}", kind="social-account", platform=platform, handle=handle, as_written=name)
    words = [] if "/" in name else name.split()
    named = 0 < len(words) <= MOST_SOURCE_WORDS and all(w[0].isupper() for w in words if w[0].isalpha()) and name[0].isalpha()
    return Party(name=name, kind="organisation", as_written=name) if named else None


def forwarded(post: Post) -> Citation | None:
    """The citation of a post that is forwarded: whom its platform says it is from, also where it does not say who that is."""
    origin = post.forwarded_from
    if origin is None or post.embedding != "embedded":
        return None
    known = bool(origin.handle or origin.name)
    cited = Party(
        name=origin.name or (f"@{origin.handle}" if origin.handle else None),
        kind="social-account" if known else "anonymous",
        platform=origin.platform,
        handle=origin.handle,
        as_written=origin.as_written,
    )
    return Citation(
        id="", citing=author(post), cited=cited, relation="posted-by", about=(post.id, *post.media), stated_by=post.id
    )


def _credit(sentence: Sentence, post: Post, writer: Party) -> Edge | None:
    match = CREDITED.match(sentence.text)
    if not match or match.group(1) == post.handle:
        return None
    listed = parties.resolve("@" + match.group(1))
    name = listed.name if listed else "@" + match.group(1)
    party = Party(
        name=name,
        kind=listed.kind if listed else "social-account",
        platform=post.platform,
        handle=match.group(1),
        as_written="@" + match.group(1),
    )
    at = (sentence.start + match.start(), sentence.start + match.end())
    return Edge(writer, party, "credits", at, at, sentence, stated_by=post.id, about=post.media)


def handles(text: str, posts: Iterable[Post], cited: Iterable[Party]) -> Iterator[str]:
    """The handles that a document names: of its posts, of those cited, and those printed with their sign."""
    for post in posts:
        forwarded = post.forwarded_from.handle if post.forwarded_from else None
        yield from filter(None, (post.handle, forwarded))
    yield from filter(None, (party.handle for party in cited))
    yield from _PRINTED.findall(text)


def spoken_of(posts: tuple[Post, ...], edges: list[Edge], text: str, dates: dict[int, str]) -> list[Post]:
    """Posts known only from words: one for each account that the text says posted something."""
    known = {(p.platform, (p.handle or p.author_name or "").lower()) for p in posts if p.embedding == "embedded"}
    taken = {p.id for p in posts}
    numbers = (f"p{n}" for n in count(1))
    found: dict[object, Post] = {}
    for edge in edges:
        party = edge.cited
        if (
            party.kind != "social-account"
            or party.platform is None
            or edge.relation == "embeds"
            or (edge.stated_by and (party.platform == "x"))
        ):
            continue
        if (party.platform, (party.handle or party.name or "").lower()) in known or edge.relation == "credits":
            continue
        identity = key(party)
        if identity not in found:
            name = next(n for n in numbers if n not in taken)
            taken.add(name)
            found[identity] = _mentioned(name, edge, party.platform, text)
        found[identity] = _with(found[identity], edge, dates)
    return list(found.values())


def _mentioned(name: str, edge: Edge, platform: Platform, text: str) -> Post:
    start, end = edge.span
    author_name = edge.cited.name if not edge.cited.handle else None
    return Post(
        id=name,
        platform=platform,
        handle=edge.cited.handle,
        author_name=author_name,
        embedding="mentioned",
        span=Span(start, end, text[start:end]),
    )


def _with(post: Post, edge: Edge, dates: dict[int, str]) -> Post:
    media = tuple(dict.fromkeys((*post.media, *(a for a in edge.about if a.startswith("m"))))) if edge.origin else post.media
    return replace(post, media=media, date=post.date or (dates.get(edge.cue[0]) if edge.date_role == "posted" else None))
