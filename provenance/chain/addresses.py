"""Addresses that two uses of one post or one file share."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

from provenance.records import Document, Medium, Post
from provenance.reference import platforms

RENDERING = frozenset(
    ["w", "h", "width", "height", "q", "quality", "resize", "fit", "crop", "auto", "format", "fm", "dpr", "fbclid", "ref_src"]
)
"""Parameters that change how a file is delivered, not which one."""


def of(document: Document, medium: Medium) -> frozenset[str]:
    """Keys for the post that carries a medium (when it carries no other) and for the medium's own addresses."""
    found = {key for key in _own(medium) if not key.startswith("post ") or _only(document, medium, key)}
    if medium.platform and medium.platform_id:
        found.add(f"medium {medium.platform} {medium.platform_id.casefold()}")
    for post in (p for p in document.posts if p.id == medium.post or medium.id in p.media):
        if _media_of(document, post) == {medium.id}:
            found |= set(post_keys(post))
    if document.document.kind == "post" and len(document.media) == 1:
        urls = (document.document.canonical_url, document.document.url)
        found |= {key for url in urls if url for key in [_post_key(url)] if key}
    return frozenset(found)


def _own(medium: Medium) -> set[str]:
    return {key for url in (medium.url, *medium.candidate_urls) if url for key in [file_key(url)] if key}


def _only(document: Document, medium: Medium, key: str) -> bool:
    """Several media that give the address of one post are several pictures of that post, not one."""
    return not any(m.id != medium.id and key in _own(m) for m in document.media)


def post_keys(post: Post) -> Iterator[str]:
    """Every way in which another document could name the same post."""
    key = _post_key(post.url) if post.url else None
    if key:
        yield key
    elif post.post_id and (post.handle or post.platform in {"x", "tiktok", "youtube"}):
        yield _joined(post.platform, post.handle, post.post_id)
    yield from (key for url in post.media_links for key in [file_key(url)] if key)


def file_key(url: str) -> str | None:
    """An address without scheme, `www.`, fragment and rendering parameters; None for one that leads to no single thing."""
    if len(url) > platforms.LONGEST_URL:
        return None
    known = platforms.identify(url)
    if known:
        return _identified(known)
    try:
        parts = urlsplit(url if "//" in url[:10] else "//" + url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    kept = [(k, v) for k, v in parse_qsl(parts.query) if k not in RENDERING and not k.startswith("utm_")]
    path = parts.path.rstrip("/")
    return f"url {host}{path}?{urlencode(sorted(kept))}" if host and (path or kept) else None


def _post_key(url: str) -> str | None:
    known = platforms.identify(url)
    return _identified(known) if known else None


def _identified(known: platforms.PostAddress) -> str | None:
    return _joined(known.platform, known.handle, known.post_id) if known.kind != "account" and known.post_id else None


def _joined(platform: str, handle: str | None, post_id: str) -> str:
    """Numbers of posts are unique on these platforms; on the others only within one account."""
    whose = "" if platform in {"x", "tiktok", "youtube", "facebook", "instagram"} else (handle or "").casefold()
    return f"post {platform} {whose} {post_id}"


def _media_of(document: Document, post: Post) -> set[str]:
    return set(post.media) | {m.id for m in document.media if m.post == post.id}
