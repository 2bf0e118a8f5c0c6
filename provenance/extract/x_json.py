"""Posts in X's own JSON, as browsers and tools save it: GraphQL responses, the older API's objects, and the syndication endpoint.

A tweet is found by its form, wherever it stands in the tree. Field names are those of X's web client and of its documented
API v1.1 objects; the time in a post's number is that of the published Snowflake scheme.
"""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from provenance.extract import posted
from provenance.extract.posted import Object, Posting, Shown, dicts, name_of, web, within, words
from provenance.records import Account, MediumKind, Post
from provenance.reference import platforms

_KIND_OF: dict[str, MediumKind] = {"photo": "photo", "video": "video", "animated_gif": "video"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PRINTED = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})")
_EPOCH = 1_288_834_974_657  # milliseconds since 1970 at which post numbers began to hold their time, 4 November 2010
_FIRST_TIMED = (
    30_000_000_000  # numbers below were counted one by one, and hold no time; the change came at 29.7 thousand millions
)
_PICTURES = (
    "photo_image_full_size_original",
    "summary_photo_image_original",
    "player_image_original",
    "thumbnail_image_original",
)
_SHARED = ("retweeted_status_result", "retweeted_status")
_QUOTED = ("quoted_status_result", "quoted_status", "quoted_tweet")


def is_tweet(value: Object) -> bool:
    """Whether an object is a post of X with words, in one of its forms."""
    legacy = value.get("legacy")
    if isinstance(legacy, dict):
        return isinstance(legacy.get("full_text"), str) and bool(name_of(value.get("rest_id"), legacy.get("id_str")))
    said = isinstance(value.get("full_text") or value.get("text"), str)
    return said and name_of(value.get("id_str")) is not None and within(value, "user", "screen_name") is not None


def holds_tweets(value: object) -> bool:
    """Whether there is a post of X anywhere in a JSON value."""
    return any(is_tweet(item) for item in posted.objects(value))


def postings(value: object) -> Iterator[Posting]:
    """Every post in a JSON value once, in the order of the file; those quoted or shared inside others, too."""
    seen: set[str] = set()
    for item in posted.objects(value):
        if is_tweet(item) and (number := _number(item)) not in seen:
            seen.add(number)
            yield posting(item)


def gone(value: object) -> Iterator[str]:
    """What X says in the place of posts that are not there: deleted, withheld, of suspended accounts."""
    for item in posted.objects(value):
        if str(item.get("__typename")) in {"TweetTombstone", "TweetUnavailable"}:
            said = words(within(item, "tombstone", "text", "text"), item.get("reason")) or "no reason given"
            yield f"a post is not in the file: {said[:200]}"


def posting(tweet: Object, *, inside: bool = False) -> Posting:
    """One post.

    Args:
        tweet: an object that `is_tweet`.
        inside: it stands inside another post, so those inside it are left to their own pages.
    """
    core, number, user = _core(tweet), _number(tweet), _user(tweet)
    shared = _inner(tweet, core, _SHARED)
    date, basis = _date(core, number)
    media, short, spoken = _media(core, number)
    card, links, notes = _card(tweet, core)
    quoted = () if inside else tuple(posting(t, inside=True) for t in (shared, _inner(tweet, core, _QUOTED)) if t)
    return Posting(
        platform="x",
        key=number,
        raw=_lasting(core, number, user, media),
        post_id=number,
        url=_url(user.handle, number),
        handle=user.handle,
        author_name=user.name,
        date=date,
        date_basis=basis,
        printed_date=words(core.get("created_at")),
        language=_language(core),
        text=_text(tweet, core),
        links=(*_links(tweet, core), *links),
        media_links=short,
        shown=(*media, *card),
        forwarded_from=_user(shared) if shared else None,
        inner=quoted,
        spoken=(*spoken, *_answered(core)),
        warnings=notes,
    )


def _core(tweet: Object) -> Object:
    legacy = tweet.get("legacy")
    return legacy if isinstance(legacy, dict) else tweet


def _number(tweet: Object) -> str:
    return name_of(tweet.get("rest_id"), _core(tweet).get("id_str")) or ""


def _user(tweet: Object) -> Account:
    result = within(tweet, "core", "user_results", "result") or tweet.get("user")
    forms = (within(result, "core"), within(result, "legacy"), result)
    handle = next((h for f in forms if (h := name_of(within(f, "screen_name")))), None)
    name = next((n for f in forms if (n := words(within(f, "name")))), None)
    return Account(platform="x", handle=handle, name=name)


def _lasting(core: Object, number: str, user: Account, media: tuple[Shown, ...]) -> Object:
    """What of a post does not change from one saving to the next: not its counts, nor what X works out anew each time."""
    kept = {key: core.get(key) for key in ("created_at", "full_text", "text", "in_reply_to_status_id_str")}
    return {**kept, "id": number, "handle": user.handle, "media": [list(m.urls) for m in media]}


def _url(handle: str | None, number: str) -> str:
    address = platforms.identify(f"https://x.com/{handle or 'i'}/status/{number}")
    return address.url if address else f"https://x.com/i/web/status/{number}"


def _date(core: Object, number: str) -> tuple[str | None, str]:
    """The time of posting, and from what: the field, or else the post's own number."""
    printed = words(core.get("created_at")) or ""
    match = _PRINTED.fullmatch(printed)
    if match and match[1] in _MONTHS:
        month = _MONTHS.index(match[1]) + 1
        written = f"{match[5]}-{month:02}-{int(match[2]):02}T{match[3]}{match[4][:3]}:{match[4][3:]}"
        return posted.moment(written), "created_at"
    return (posted.moment(printed), "created_at") if posted.moment(printed) else (time_in(number), "post id")


def time_in(number: str) -> str | None:
    """The UTC time, to the second, that a post's number holds; None for numbers from before 4 November 2010."""
    if not re.fullmatch(r"[0-9]{11,19}", number) or int(number) < _FIRST_TIMED:
        return None
    when = datetime.fromtimestamp(((int(number) >> 22) + _EPOCH) // 1000, UTC)
    return when.isoformat().replace("+00:00", "Z") if when.year < 2100 else None  # noqa: PLR2004  # a number of that size is none


def _language(core: Object) -> str | None:
    code = core.get("lang")
    return code if isinstance(code, str) and re.fullmatch(r"[a-pr-z][a-z]", code) else None  # und, zxx, qme … name no language


def _note(tweet: Object) -> Any:
    """The long form of a post, where the short one is cut."""
    return within(tweet, "note_tweet", "note_tweet_results", "result")


def _text(tweet: Object, core: Object) -> str:
    said = words(within(_note(tweet), "text"), core.get("full_text"), core.get("text")) or ""
    return html.unescape(said)


def _links(tweet: Object, core: Object) -> tuple[str, ...]:
    found = dicts(within(core, "entities", "urls")) + dicts(within(_note(tweet), "entity_set", "urls"))
    return web(*(url.get("expanded_url") or url.get("url") for url in found))


def _inner(tweet: Object, core: Object, names: tuple[str, ...]) -> Object | None:
    for name in names:
        for found in (tweet.get(name), core.get(name)):
            result = within(found, "result") or found
            result = within(result, "tweet") or result
            if isinstance(result, dict) and is_tweet(result):
                return result
    return None


def _answered(core: Object) -> tuple[Post, ...]:
    number = name_of(core.get("in_reply_to_status_id_str"))
    if not number:
        return ()
    handle = name_of(core.get("in_reply_to_screen_name"))
    return (Post(id="", platform="x", post_id=number, url=_url(handle, number), handle=handle, embedding="mentioned"),)


# ------------------------------------------------------------------ media


def _media(core: Object, number: str) -> tuple[tuple[Shown, ...], tuple[str, ...], tuple[Post, ...]]:
    """The media, their short links, and the posts that they were taken over from."""
    found = (
        dicts(within(core, "extended_entities", "media"))
        or dicts(core.get("mediaDetails"))
        or dicts(within(core, "entities", "media"))
    )
    known = {name_of(m.get("id_str")) or str(n): m for n, m in enumerate(found)}
    short = dict.fromkeys(link for m in known.values() if (link := words(m.get("display_url"))))
    sources = (source for m in known.values() if (source := _source(m, number)))
    return tuple(_shown(m, number) for m in known.values()), tuple(short), tuple(dict.fromkeys(sources))


def _shown(medium: Object, number: str) -> Shown:
    kind = _KIND_OF.get(str(medium.get("type")), "document")
    picture = web(medium.get("media_url_https"), medium.get("media_url"))[:1]
    source = _source(medium, number)
    return Shown(
        kind=kind,
        urls=_files(medium) if kind == "video" else (*picture, *_largest(picture)),
        stills=picture if kind == "video" else (),
        platform_id=name_of(medium.get("id_str")),
        alt=words(medium.get("ext_alt_text")),
        account=Account(platform="x", handle=source.handle) if source else None,
    )


def _largest(picture: tuple[str, ...]) -> tuple[str, ...]:
    """The address of a picture as uploaded; the plain one gives at most 1,200 pixels."""
    match = re.fullmatch(r"(https?://pbs\.twimg\.com/media/[\w-]+)\.(\w{3,4})", picture[0]) if picture else None
    return (f"{match[1]}?format={match[2]}&name=orig",) if match else ()


def _files(medium: Object) -> tuple[str, ...]:
    """The files of a video, that with the most bits a second first; playlists of pieces last."""
    variants = dicts(within(medium, "video_info", "variants"))
    films = [v for v in variants if v.get("content_type") == "video/mp4"]
    films.sort(key=lambda v: posted.number(v.get("bitrate")) or -1, reverse=True)
    return web(*(v.get("url") for v in (*films, *variants)))


def _source(medium: Object, number: str) -> Post | None:
    """The post that a medium was first posted in, where X says that it is another."""
    first = name_of(medium.get("source_status_id_str"))
    if not first or first == number:
        return None
    address = platforms.identify(words(medium.get("expanded_url")) or "")
    handle = address.handle if address and address.post_id == first else None
    return Post(
        id="",
        platform="x",
        post_id=first,
        url=_url(handle, first),
        handle=handle,
        embedding="mentioned",
        media=("own",),
    )


# ------------------------------------------------------------------ cards


def _card(tweet: Object, core: Object) -> tuple[tuple[Shown, ...], tuple[str, ...], tuple[str, ...]]:
    """The preview of a linked page: its picture (the page's, so only metadata), its address, and what was not read."""
    card = within(tweet, "card", "legacy") or tweet.get("card") or core.get("card")
    values = _bound(within(card, "binding_values"))
    if "unified_card" in values:
        return (), (), ("the media of an advertisement's card were left out",)
    pictures = web(*(within(values.get(name), "image_value", "url") for name in _PICTURES))
    title = words(within(values.get("title"), "string_value"))
    shown = (Shown(kind="photo", role="metadata-only", urls=pictures, caption=title),) if pictures else ()
    targets = (within(values.get(name), "string_value") for name in ("website_url", "player_url"))
    return shown, web(*targets), ()


def _bound(values: object) -> dict[str, Any]:
    if isinstance(values, dict):
        return values
    return {str(v.get("key")): v.get("value") for v in dicts(values)}
