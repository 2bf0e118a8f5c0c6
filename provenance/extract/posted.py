"""What importers of social posts share: a post as found in a platform's own record, made into one `Page`.

Values come from files that anyone may have written, so every one passes a check of its type on the way in.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeAlias

from provenance.errors import NotDecodable
from provenance.extract.decode import decode
from provenance.records import (
    Account,
    Block,
    DocumentFacts,
    Medium,
    MediumKind,
    MediumRole,
    Outlet,
    Page,
    Platform,
    Post,
    Precision,
    Snapshot,
    Span,
)

Object: TypeAlias = dict[str, Any]

LONGEST_TEXT = 100_000
LONGEST_URL = 4_000
MOST_NODES = 5_000_000
"""Values looked at in one file; a saved timeline of a thousand posts has about 500,000."""

_UNDATED = "the post has no usable date"
_WEB = re.compile(r"https?://[^\s\"'<>\\]+", re.IGNORECASE)
_MILLISECONDS = 100_000_000_000  # seconds reach this in the year 5138, milliseconds did in 1973


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One medium of a post. `urls` has the largest file first, then its variants; `stills` are pictures of a video."""

    kind: MediumKind
    urls: tuple[str, ...] = ()
    stills: tuple[str, ...] = ()
    role: MediumRole = "embedded-post"
    platform_id: str | None = None
    alt: str | None = None
    caption: str | None = None
    account: Account | None = None
    local_path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One post as its platform records it.

    `raw` is the record itself, `key` what names the post within its file. `date` is ISO 8601, in UTC where a zone is known.
    `inner` are posts that this one shows whole (a quoted one), `spoken` those that it only leads to.
    """

    platform: Platform
    key: str
    raw: object
    post_id: str | None = None
    url: str | None = None
    handle: str | None = None
    author_name: str | None = None
    date: str | None = None
    date_basis: str | None = None
    date_precision: Precision = "second"
    printed_date: str | None = None
    modified: str | None = None
    language: str | None = None
    text: str = ""
    links: tuple[str, ...] = ()
    media_links: tuple[str, ...] = ()
    shown: tuple[Shown, ...] = ()
    forwarded_from: Account | None = None
    inner: "tuple[Posting, ...]" = ()
    spoken: tuple[Post, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Parts:
    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    media: list[Medium] = field(default_factory=list)


def page(posting: Posting, snapshot: Snapshot) -> Page:
    """The page of one post: its words, then those of the posts that it shows, each a block.

    `facts.sha256` is that of the record's canonical JSON (keys sorted, no blanks, ASCII with escapes).
    """
    parts = _Parts()
    for one in (posting, *posting.inner):
        _add(one, parts)
    for post in posting.spoken:
        media = tuple(m.id for m in parts.media if m.post == "p1") if post.media else ()
        parts.posts.append(replace(post, id=f"p{len(parts.posts) + 1}", media=media))
    return Page(
        source=f"{snapshot.source}#{posting.key}",
        facts=_facts(posting, snapshot),
        text=parts.text,
        blocks=tuple(parts.blocks),
        media=tuple(parts.media),
        posts=tuple(parts.posts),
        links=tuple(dict.fromkeys(link for post in parts.posts for link in post.links)),
        warnings=(*posting.warnings, *(() if posting.date else (_UNDATED,))),
    )


def plain(page: Page) -> Page:
    """The page of a record that is of no post: the same words and media, without the post."""
    return replace(
        page,
        facts=replace(page.facts, kind="page", outlet=Outlet() if page.facts.outlet.basis == "post" else page.facts.outlet),
        blocks=tuple(Block(kind="paragraph", start=block.start, end=block.end) for block in page.blocks),
        media=tuple(replace(medium, post=None, role="body", account=None, platform=None) for medium in page.media),
        posts=(),
        warnings=tuple(warning for warning in page.warnings if warning != _UNDATED),
    )


def _add(posting: Posting, parts: _Parts) -> None:
    name = f"p{len(parts.posts) + 1}"
    span = _written(posting, parts, name)
    media = [_medium(shown, posting, name, f"m{n}") for n, shown in enumerate(posting.shown, len(parts.media) + 1)]
    parts.media.extend(media)
    parts.posts.append(
        Post(
            id=name,
            platform=posting.platform,
            post_id=posting.post_id,
            url=posting.url,
            handle=posting.handle,
            author_name=posting.author_name,
            date=posting.date,
            text=posting.text or None,
            embedding="embedded",
            links=posting.links,
            media_links=posting.media_links,
            media=tuple(m.id for m in media),
            forwarded_from=posting.forwarded_from,
            span=span,
        )
    )


def _written(posting: Posting, parts: _Parts, name: str) -> Span | None:
    """Append the words of a post; one inside another is signed, as platforms print it."""
    words = posting.text
    if parts.posts and words:
        handle = f" (@{posting.handle})" if posting.handle else ""
        words += f"\n— {posting.author_name or ''}{handle}" if posting.author_name or handle else ""
    if not words:
        return None
    parts.text += "\n\n" if parts.text else ""
    start = len(parts.text)
    parts.text += words
    parts.blocks.append(Block(kind="post", start=start, end=len(parts.text), post=name))
    return Span(start, len(parts.text), words)


def _medium(shown: Shown, posting: Posting, post: str, name: str) -> Medium:
    account = posting.forwarded_from or Account(platform=posting.platform, handle=posting.handle, name=posting.author_name)
    return Medium(
        id=name,
        kind=shown.kind,
        role=shown.role,
        url=shown.urls[0] if shown.urls else None,
        candidate_urls=tuple(dict.fromkeys((*shown.urls, *shown.stills))),
        platform=posting.platform,
        platform_id=shown.platform_id,
        alt=shown.alt,
        caption=shown.caption,
        account=shown.account or account,
        post=post,
        local_path=shown.local_path,
    )


def _facts(posting: Posting, snapshot: Snapshot) -> DocumentFacts:
    given = Outlet(name=snapshot.outlet, basis="given") if snapshot.outlet else None
    name = posting.author_name or (f"@{posting.handle}" if posting.handle else None)
    return DocumentFacts(
        kind="post",
        url=posting.url,
        canonical_url=posting.url,
        outlet=given or Outlet(name=name, basis="post" if name else None),
        byline=posting.author_name,
        language=posting.language,
        published=posting.date,
        published_precision=posting.date_precision if posting.date else None,
        published_text=posting.printed_date,
        published_basis=posting.date_basis if posting.date else None,
        modified=posting.modified,
        sha256=digest(posting.raw),
    )


# ------------------------------------------------------------------ values from untrusted files


def loaded(snapshot: Snapshot) -> Any:
    """The JSON value that a snapshot holds; NaN and Infinity, which some tools write, are read as null.

    Raises:
        NotDecodable: no JSON, too deep, or numbers too long.
    """
    text, _ = decode(snapshot.content, snapshot.charset)
    return parsed(text, snapshot.source)


def parsed(text: str, name: str) -> Any:
    """A JSON text as a value; `name` is how messages call it.

    Raises:
        NotDecodable: no JSON, too deep, or numbers too long.
    """
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise NotDecodable(f"{name} is no sound JSON: {str(error)[:200]}", "save it again from where it came") from error


def digest(raw: object) -> str:
    """The sha256 of a record's canonical JSON; text is taken as it is."""
    try:
        canonical = raw if isinstance(raw, str) else json.dumps(raw, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    except RecursionError as error:
        raise NotDecodable("a record is nested too deep", "save it again from where it came") from error
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def objects(value: object) -> Iterator[Object]:
    """Every object inside a JSON value, itself first, in document order, whatever the depth.

    Raises:
        NotDecodable: more than `MOST_NODES` values.
    """
    stack: list[object] = [value]
    for _ in range(MOST_NODES):
        if not stack:
            return
        item = stack.pop()
        if isinstance(item, dict):
            yield item
            stack.extend(reversed(item.values()))
        elif isinstance(item, list):
            stack.extend(reversed(item))
    raise NotDecodable(f"the file holds more than {MOST_NODES:,} values", "split it")


def within(value: object, *path: str | int) -> Any:
    """The value at a path of keys and positions; None where the path breaks off."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def dicts(value: object) -> list[Object]:
    """The objects of a list; none where it is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def clean(value: object) -> str:
    """The text without lone surrogates and NULs, cut at `LONGEST_TEXT`; empty where it is no text."""
    if not isinstance(value, str):
        return ""
    cut = value[:LONGEST_TEXT]
    return cut.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def words(*values: object) -> str | None:
    """The first of the values that is a text with words in it, stripped."""
    return next((text for value in values if (text := clean(value).strip())), None)


def number(*values: object) -> int | None:
    """The first of the values that is a whole number or digits for one."""
    for value in values:
        if not isinstance(value, bool) and isinstance(value, int | str) and re.fullmatch(r"-?[0-9]{1,20}", text := str(value)):
            return int(text)
    return None


def name_of(*values: object) -> str | None:
    """The first of the values that can be an id: digits, or letters, digits, `_`, `-` and `.`."""
    texts = (str(v) if isinstance(v, int) and not isinstance(v, bool) and abs(v) < 10**20 else v for v in values)
    return next((t for t in texts if isinstance(t, str) and re.fullmatch(r"[\w.-]{1,120}", t)), None)


def web(*values: object) -> tuple[str, ...]:
    """Those of the values that are http or https addresses, without doubles; one that begins with `//` gets its scheme."""
    texts = (clean(value).strip() for value in values)
    whole = (f"https:{text}" if text.startswith("//") else text for text in texts)
    return tuple(dict.fromkeys(text for text in whole if len(text) <= LONGEST_URL and _WEB.fullmatch(text)))


def moment(value: object) -> str | None:
    """A time in UTC, ISO 8601, from seconds or milliseconds since 1970, or from ISO 8601 text.

    Text without a zone is given back without one.
    """
    seconds = number(value) if not isinstance(value, float) else value
    try:
        if seconds is not None:
            seconds = seconds / 1000 if abs(seconds) >= _MILLISECONDS else seconds
            return _utc(datetime.fromtimestamp(seconds, UTC))
        return _utc(datetime.fromisoformat(clean(value).strip()))
    except (ValueError, OverflowError, OSError):
        return None


def _utc(when: datetime) -> str:
    when = when.replace(microsecond=0)
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z") if when.tzinfo else when.isoformat()
