"""Answers to "have we seen this before?": from a file, an address, a hash, a post or an account to visuals.

The kind of a query is read off its form; nothing is guessed silently: what a 64-digit hex string is (an asset or a
PDQ hash) is told by whether such an asset is kept.
"""

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from provenance.errors import NotFound, UsageError
from provenance.records import (
    AppearanceKey,
    Asset,
    Document,
    Lookup,
    LookupAppearance,
    LookupMatch,
    Match,
    Member,
    Platform,
    Post,
    Visual,
)

if TYPE_CHECKING:
    from provenance import pipeline
    from provenance.chain import Grouping
    from provenance.reference import platforms

ReadBytes = Callable[[str], bytes]
"""From a path, `-` or an address to bytes; raises SourceError."""

HASH_DIGITS = {"phash": 16, "dhash": 16, "pdq": 64}
"""Hex digits of each algorithm that a bare hash may be of."""
_HEX = re.compile(r"(?:(sha256|phash|dhash|pdq):)?(?:0x)?([0-9a-fA-F]{1,64})")
_BASE64 = re.compile(r"(?:(sha256|phash|dhash|pdq):)?([A-Za-z0-9+/_-]{43}=|[A-Za-z0-9+/_-]{11}=)")
"""32 or 8 bytes, with the filling sign: without it a word of that length would do."""
_PASTED = 4096
_ORDER = {"same": 0, "likely": 1, "possible": 2}


def lookup(query: str, keeper: "pipeline.Keeper", read: ReadBytes, *, algorithm: str | None = None, limit: int = 10) -> Lookup:
    """Answer one query.

    Args:
        query: a picture's path or address, `-`, a hash in hex (with or without `algorithm:`), an asset's sha256, the
            address of a post, or `@handle` / `platform:@handle`.
        keeper: the store.
        read: how to get the bytes of a path or address.
        algorithm: what a bare hash is a hash of; needed for 16 digits.
        limit: the most matches to give.

    Raises:
        UsageError: the query is none of these.
        SourceError: the file or address cannot be had.
    """
    if query == "-" or Path(query).is_file():
        content = read(query)
        if query == "-" and (text := _pasted(content)):
            return lookup(text, keeper, read, algorithm=algorithm, limit=limit)
        return _by_bytes(query, keeper, content, limit)
    if "://" in query:
        return _by_address(query, keeper, read, limit)
    if handle := re.fullmatch(r"(?:([a-z]+):)?@([\w.\-]+(?:@[\w.\-]+)?)", query):
        return _by_account(query, keeper, handle[1], handle[2], limit)
    if named := _named_hash(query):
        return _by_hex(query, keeper, named[1], algorithm or named[0], limit)
    raise NotFound(
        f"{query}: no such file, and no hash, address or @handle", "give a path, 16 or 64 hex digits, an address or @handle"
    )


def _by_bytes(query: str, keeper: "pipeline.Keeper", content: bytes, limit: int) -> Lookup:
    from provenance import media, pipeline

    asset = media.read_asset(content)
    kind: Literal["video", "image"] = "video" if asset.media_type.startswith("video/") else "image"
    found = pipeline.near(keeper, asset, content)
    if keeper.asset(asset.sha256):
        found[:0] = _itself(asset)
    return Lookup(query=query, kind=kind, matches=_by_visual(found, keeper, limit), not_hashable=asset.not_hashable)


def why_not(query: str, keeper: "pipeline.Keeper", read: ReadBytes) -> str:
    """What came nearest to a picture without being a match, and which test it failed.

    Args:
        query: a path, `-` or an address of a picture, or the sha256 of an asset.
        keeper: the store.
        read: how to get the bytes of a path or address.

    Raises:
        UsageError: the query is no picture.
        SourceError: it cannot be had.
    """
    from provenance import likeness, media

    named = None if Path(query).is_file() else _named_hash(query)
    asset = _is_asset(keeper, named[1], named[0]) if named else None
    if asset:
        return likeness.nearest_miss(keeper, asset, likeness.Sketches(keeper))
    if named or query.startswith("@"):
        raise UsageError(f"{query}: no picture to compare", "--why-not takes a picture, or the sha256 of one that is kept")
    content = read(query)
    return likeness.nearest_miss(keeper, media.read_asset(content), likeness.Sketches(keeper), content)


def _itself(asset: Asset) -> list[Match]:
    """An asset that is kept matches itself: the same bytes."""
    from provenance import match

    found = match.compare(asset, asset)
    return [found] if found else []


def _by_address(query: str, keeper: "pipeline.Keeper", read: ReadBytes, limit: int) -> Lookup:
    from provenance.reference import platforms

    address = platforms.identify(query)
    if address is None:
        return _by_bytes(query, keeper, read(query), limit)
    if address.kind == "account":
        return _by_account(query, keeper, address.platform, address.handle or "", limit)
    return _post_answer(query, keeper, address, limit)


def _post_answer(query: str, keeper: "pipeline.Keeper", address: "platforms.PostAddress", limit: int) -> Lookup:
    carriers = {
        (stored.id, medium)
        for stored in keeper.documents()
        for post in stored.document.posts
        if _is_post(post, address)
        for medium in _media_of(stored.document, post)
    }
    said = f"Its document embeds or cites the post {address.platform}:{address.post_id} for it"
    return Lookup(query=query, kind="post", matches=_saying(carriers, said, keeper, limit))


def _is_post(post: Post, address: "platforms.PostAddress") -> bool:
    """The same platform and number, and no two handles that differ: numbers of Telegram posts count within a channel."""
    handles = {h.casefold() for h in (post.handle, address.handle) if h}
    return (post.platform, post.post_id) == (address.platform, address.post_id) and len(handles) < 2  # noqa: PLR2004 - two that differ


def _media_of(document: Document, post: Post) -> set[str]:
    return {m.id for m in document.media if m.post == post.id} | set(post.media)


def _by_account(query: str, keeper: "pipeline.Keeper", platform: str | None, handle: str, limit: int) -> Lookup:
    if platform and platform not in get_args(Platform):
        raise UsageError(f"{query}: no platform is called {platform}", f"one of {', '.join(get_args(Platform))}")
    wanted = handle.casefold()

    def is_it(of: object) -> bool:
        name, on = getattr(of, "handle", None), getattr(of, "platform", None)
        return bool(name) and str(name).casefold() == wanted and platform in (None, on)

    carriers = {(stored.id, m) for stored in keeper.documents() for m in _named_for(stored.document, is_it)}
    said = f"Its document names the account @{handle} for it"
    return Lookup(query=query, kind="account", matches=_saying(carriers, said, keeper, limit))


def _named_for(document: Document, is_it: Callable[[object], bool]) -> set[str]:
    """The media whose account, post or citation is the one asked for."""
    posts = {p.id for p in document.posts if is_it(p)}
    cited = {about for c in document.citations if is_it(c.cited) or is_it(c.citing) for about in c.about}
    carried = {m for p in document.posts if p.id in posts for m in p.media}
    return {m.id for m in document.media if is_it(m.account) or m.post in posts or m.id in cited | carried}


def is_hash(query: str) -> bool:
    """Whether a query has the form of a hash."""
    return _named_hash(query) is not None and not Path(query).is_file()


def is_picture(query: str) -> bool:
    """Whether a query is the path of a file."""
    return query != "-" and Path(query).is_file()


def _named_hash(query: str) -> tuple[str | None, str] | None:
    """The algorithm, where it is named, and the hex digits of a query that has the form of a hash, in hex or base64."""
    if digits := _HEX.fullmatch(query.strip()):
        return digits[1], digits[2].lower()
    if text := _BASE64.fullmatch(query.strip()):
        return text[1], base64.urlsafe_b64decode(text[2].replace("+", "-").replace("/", "_") + "=" * (-len(text[2]) % 4)).hex()
    return None


def _pasted(content: bytes) -> str | None:
    """What a clipboard held, where it was one line of text: a hash, an address or a handle."""
    if len(content) > _PASTED:
        return None
    try:
        text = content.decode("utf-8").strip()
    except UnicodeDecodeError:
        return None
    asked = _named_hash(text) or re.fullmatch(r"https?://\S+|(?:[a-z]+:)?@[\w.\-@]+", text)
    return text if asked and text != "-" else None


def lookup_hash(query: str, asked: "pipeline.Asked", *, algorithm: str | None = None, limit: int = 10) -> Lookup | None:
    """Answer a query that is a hash from what is worked out already; None where everything would have to be grouped first.

    Raises:
        UsageError: the query is no hash, or may be one of several kinds.
    """
    named = _named_hash(query)
    if named is None:
        raise UsageError(f"{query}: no hash", "give 16 or 64 hex digits")
    if _is_asset(asked, named[1], algorithm or named[0]) and _known(asked, named[1]) is None:
        return None
    kind, asset, found = _hex_hits(query, asked, named[1], algorithm or named[0])
    visuals = asked.visuals_with_assets({hit.other for hit in found}) if found else []
    if visuals is None:
        return None
    answers = _answers(found, visuals, limit)
    return Lookup(query=query, kind=kind, matches=answers, not_hashable=asset.not_hashable if asset else None)


def lookup_picture(query: str, asked: "pipeline.Seen", read: ReadBytes, *, limit: int = 10) -> Lookup | None:
    """Answer a query that is a picture's path as `lookup_hash` does one that is a hash.

    Raises:
        SourceError: the file cannot be had.
    """
    from provenance import media, pipeline

    if asked.visuals_with_assets(()) is None:
        return None
    content = read(query)
    asset = media.read_asset(content)
    kept = asked.asset(asset.sha256)
    found = [*(_itself(asset) if kept else []), *pipeline.near(asked, asset, content)]
    visuals = asked.visuals_with_assets({hit.other for hit in found}) if found else []
    if visuals is None:
        return None
    kind: Literal["video", "image"] = "video" if asset.media_type.startswith("video/") else "image"
    return Lookup(query=query, kind=kind, matches=_answers(found, visuals, limit), not_hashable=asset.not_hashable)


def _by_hex(query: str, keeper: "pipeline.Keeper", digits: str, algorithm: str | None, limit: int) -> Lookup:
    from provenance import pipeline

    kind, asset, found = _hex_hits(query, keeper, digits, algorithm)
    if asset and _known(keeper, digits) is None:
        found += pipeline.near(keeper, asset)
    answers = _by_visual(found, keeper, limit)
    return Lookup(query=query, kind=kind, matches=answers, not_hashable=asset.not_hashable if asset else None)


def _hex_hits(
    query: str, asked: "pipeline.Asked", digits: str, algorithm: str | None
) -> tuple[Literal["asset", "hash"], Asset | None, list[Match]]:
    """What a hash may be the hash of: the asset of that sha256, or whatever looks like it."""
    asset = _is_asset(asked, digits, algorithm)
    if asset:
        return "asset", asset, [*_itself(asset), *(_known(asked, asset.sha256) or [])]
    if algorithm == "sha256":
        return "asset", None, []
    algorithm = algorithm or ("pdq" if len(digits) > HASH_DIGITS["phash"] else None)
    if algorithm not in HASH_DIGITS:
        raise UsageError(
            f"{query}: {len(digits)} hex digits may be a pHash or a dHash", "say which: --algorithm phash, dhash or pdq"
        )
    return "hash", None, _hash_matches(asked, algorithm, digits)


def _is_asset(asked: "pipeline.Asked", digits: str, algorithm: str | None) -> Asset | None:
    return asked.asset(digits) if len(digits) == 64 and algorithm in (None, "sha256") else None  # noqa: PLR2004 - sha256 has 64 digits


def _known(asked: "pipeline.Asked", sha256: str) -> list[Match] | None:
    from provenance.match import rules

    return asked.known_matches(sha256, rules.VERSION)


def _hash_matches(keeper: "pipeline.Asked", algorithm: str, digits: str) -> list[Match]:
    from provenance import match

    wanted = HASH_DIGITS[algorithm]
    if len(digits) > wanted:
        raise UsageError(f"{digits}: {len(digits)} hex digits, a {algorithm} has {wanted}", "check the hash and --algorithm")
    value = digits.zfill(wanted)
    found = (keeper.asset(sha256) for sha256, _, _ in keeper.near(algorithm, value, match.HASH_RADII[algorithm]))
    return [hit for asset in found if asset and (hit := match.by_hash(algorithm, value, asset))]


def _by_visual(found: list[Match], keeper: "pipeline.Keeper", limit: int) -> tuple[LookupMatch, ...]:
    """One answer a visual, the surest first."""
    from provenance import pipeline

    if not found:
        return ()
    return _answers(found, pipeline.visuals_with_assets(keeper, {hit.other for hit in found}), limit)


def _answers(found: list[Match], visuals: list[Visual], limit: int) -> tuple[LookupMatch, ...]:
    best: dict[str, LookupMatch] = {}
    for hit in sorted(found, key=lambda m: (_ORDER[m.verdict], m.distance or 0)):
        holders = [v for v in visuals if any(m.asset == hit.other for m in v.members)]
        for visual in holders:
            best.setdefault(visual.id, _answer(visual, hit))
    return tuple(best.values())[:limit]


def _answer(visual: Visual, hit: Match) -> LookupMatch:
    return LookupMatch(
        visual=visual.id,
        asset=hit.other,
        verdict=hit.verdict,
        algorithm=hit.algorithm,
        distance=hit.distance,
        quality=hit.quality,
        transform=hit.transform,
        explanation=hit.explanation,
        error_rate=hit.error_rate,
        asset_at=hit.other_at,
        query_at=hit.asset_at,
        appearances=tuple(_appearance(m) for m in visual.members),
        status=visual.status,
        origin=visual.origin,
        graphic=visual.graphic,
    )


def _appearance(member: Member) -> LookupAppearance:
    return LookupAppearance(
        document=member.document,
        outlet=member.outlet,
        url=member.url,
        published=member.published,
        caption=member.caption,
        credit=member.credit,
    )


def _saying(carriers: set[tuple[str, str]], said: str, keeper: "pipeline.Keeper", limit: int) -> tuple[LookupMatch, ...]:
    """Visuals that documents tie to a post or an account: a matter of words and links, not of pixels."""
    from provenance import pipeline

    if not carriers:
        return ()
    answers = []
    for visual in pipeline.visuals_of(keeper, {AppearanceKey(*carrier) for carrier in carriers}):
        members = [m for m in visual.members if (m.document, m.media) in carriers]
        if members:
            answers.append(
                LookupMatch(
                    visual=visual.id,
                    asset=next((m.asset for m in members if m.asset), None),
                    verdict="likely",
                    explanation=f"{said} ({len(members)} of {len(visual.members)} appearances).",
                    appearances=tuple(_appearance(m) for m in members),
                    status=visual.status,
                    origin=visual.origin,
                    graphic=visual.graphic,
                )
            )
    return tuple(answers[:limit])


def find_visual(group: "Grouping", ident: str) -> Visual:
    """The visual that an id, the start of one, or `document/medium` leads to.

    Raises:
        NotFound: nothing kept has it.
        UsageError: more than one visual fits.
    """
    found = group.resolve(ident)
    visuals = group.visuals()
    fitting = [v for v in visuals if v.id == found] or [v for v in visuals if any(_is_named(m, ident) for m in v.members)]
    if len(fitting) > 1:
        raise UsageError(f"{ident}: {len(fitting)} visuals fit", "give more of the id")
    if not fitting:
        raise NotFound(f"{ident}: no such visual", "`provenance visuals` lists them")
    return fitting[0]


def _is_named(member: Member, ident: str) -> bool:
    """Whether `document/medium` names an appearance, by the start of the document's id."""
    document, _, medium = ident.partition("/")
    return bool(document) and member.media == medium and member.document.startswith(document)


def find_appearance(group: "Grouping", ident: str) -> AppearanceKey:
    """`document/medium` as it is named, or the first appearance of a visual.

    Raises:
        NotFound: nothing kept has it.
    """
    visual = find_visual(group, ident)
    named = [m for m in visual.members if _is_named(m, ident)]
    member = (named or list(visual.members))[0]
    return AppearanceKey(member.document, member.media)
