"""Posts in Instagram's own JSON, as its web client gets them and browser tools save them.

Field names are those of the web client's media objects (`code`, `image_versions2`, `video_versions`, `carousel_media`).
"""

import re
from collections.abc import Iterator

from provenance.extract import posted
from provenance.extract.posted import Object, Posting, Shown, dicts, name_of, number, web, within, words
from provenance.records import Account
from provenance.reference import platforms

_VIDEO = 2  # media_type: 1 a picture, 2 a video, 8 an album


def is_item(value: Object) -> bool:
    """Whether an object is an Instagram post: a short code, and media."""
    media = value.keys() & {"image_versions2", "carousel_media", "video_versions"}
    return bool(media) and name_of(value.get("code")) is not None


def postings(value: object) -> Iterator[Posting]:
    """Every post in a JSON value once, in the order of the file."""
    seen: set[str] = set()
    for item in posted.objects(value):
        if is_item(item) and (code := item["code"]) not in seen:
            seen.add(code)
            yield posting(item)


def posting(item: Object) -> Posting:
    """One post; `item` is an object that `is_item`."""
    code = item["code"]
    user = item.get("user") if isinstance(item.get("user"), dict) else item.get("owner")
    handle, name = name_of(within(user, "username")), words(within(user, "full_name"))
    address = platforms.identify(f"https://www.instagram.com/p/{code}/")
    parts = dicts(item.get("carousel_media")) or [item]
    shown = tuple(_shown(part) for part in parts)
    text = words(within(item, "caption", "text")) or ""
    return Posting(
        platform="instagram",
        key=code,
        raw={"code": code, "handle": handle, "taken_at": item.get("taken_at"), "text": text, "media": [_files(s) for s in shown]},
        post_id=code,
        url=address.url if address else None,
        handle=handle,
        author_name=name or handle,
        date=posted.moment(item.get("taken_at")),
        date_basis="taken_at",
        text=text,
        shown=shown,
        inner=(),
        warnings=tuple(_notes(item, shown)),
    )


def _shown(part: Object) -> Shown:
    pictures = _by_size(within(part, "image_versions2", "candidates"))
    films = _by_size(part.get("video_versions"))
    is_video = bool(films) or number(part.get("media_type")) == _VIDEO
    owner = within(part, "media_attributions_data", 0, "user", "username")
    return Shown(
        kind="video" if is_video else "photo",
        urls=films if is_video else pictures,
        stills=pictures[:1] if is_video else (),
        platform_id=name_of(part.get("pk")) or name_of(part.get("id")),
        alt=words(part.get("accessibility_caption")),
        account=Account(platform="instagram", handle=handle) if (handle := name_of(owner)) else None,
    )


def _by_size(candidates: object) -> tuple[str, ...]:
    """Addresses of the variants, the one with the most pixels first."""
    return web(*(c.get("url") for c in sorted(dicts(candidates), key=_pixels, reverse=True)))


def _pixels(candidate: Object) -> int:
    return (number(candidate.get("width")) or 0) * (number(candidate.get("height")) or 0)


def _files(shown: Shown) -> list[str]:
    """The names of a medium's file without the token, which changes from one look to the next."""
    return [shown.platform_id or "", *(re.split(r"[?#]", url)[0].rpartition("/")[2] for url in shown.urls[:1])]


def _notes(item: Object, shown: tuple[Shown, ...]) -> Iterator[str]:
    yield from (f"m{n}: the file gives no address of this {s.kind}" for n, s in enumerate(shown, 1) if not s.urls)
    others = [handle for c in dicts(item.get("coauthor_producers")) if (handle := name_of(c.get("username")))]
    if others:
        yield f"posted together with {', '.join('@' + o for o in others[:10])}"
