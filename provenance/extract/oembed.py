"""One post as an oEmbed answer (oembed.com, version 1.0), of X or of another platform that has them."""

from provenance.extract import posted
from provenance.extract.dom import Tree, fragment, text_of
from provenance.extract.posted import Object, Posting, Shown, web, words
from provenance.extract.x_json import time_in
from provenance.reference import platforms
from provenance.reference.platforms import PostAddress

_TYPES = frozenset({"rich", "video", "photo", "link"})


def is_answer(value: object) -> bool:
    """Whether a JSON value is an oEmbed answer: a type, a version, and who made it."""
    return (
        isinstance(value, dict)
        and str(value.get("type")) in _TYPES
        and "version" in value
        and bool(value.keys() & {"author_url", "author_name", "provider_name"})
    )


def posting(answer: Object) -> Posting | None:
    """The post that an answer shows; None where no post can be told from it.

    The answer prints a day without a zone, so the time is that in a post's number, where it holds one.
    """
    tree = fragment(posted.clean(answer.get("html")))
    address = _address(answer, tree)
    if address is None:
        return None
    author = platforms.identify(words(answer.get("author_url")) or "")
    when = time_in(address.post_id or "") if address.platform == "x" else None
    picture = web(answer.get("thumbnail_url"), answer.get("url") if answer.get("type") == "photo" else None)
    video = address.kind == "video" or answer.get("type") == "video"
    shown = (Shown(kind="video", urls=(address.url,), stills=picture, platform_id=address.post_id),) if video else ()
    return Posting(
        platform=address.platform,
        key=address.post_id or "post",
        raw=answer,
        post_id=address.post_id,
        url=address.url,
        handle=address.handle or (author.handle if author else None),
        author_name=words(answer.get("author_name")),
        date=when,
        date_basis="post id",
        printed_date=_printed(tree),
        language=next((e.get("lang") for e in tree.all("p") if e.get("lang").isalpha()), None),
        text=_said(tree) or words(answer.get("title")) or "",
        links=_links(tree, address),
        media_links=tuple(dict.fromkeys(t for a in tree.all("a") if (t := text_of(a)).startswith("pic.twitter.com/"))),
        shown=shown or tuple(Shown(kind="photo", urls=(url,)) for url in picture[:1]),
    )


def _address(answer: Object, tree: Tree) -> PostAddress | None:
    """The post's address: the answer's own, or the first in its HTML that leads to a post."""
    cited = [
        e.get(name) for e in tree.all("blockquote", "iframe", "a") for name in ("cite", "src", "href", "data-instgrm-permalink")
    ]
    found = (platforms.identify(url) for url in web(answer.get("url"), *cited))
    return next((a for a in found if a and a.kind != "account"), None)


def _said(tree: Tree) -> str:
    """The words of the post: the paragraphs of the quotation, without the line that signs it."""
    return "\n".join(filter(None, (text_of(p) for quote in tree.all("blockquote") for p in tree.within(quote, "p"))))


def _printed(tree: Tree) -> str | None:
    links = [text_of(a) for quote in tree.all("blockquote") for a in tree.within(quote, "a")]
    return links[-1] if links and any(c.isdigit() for c in links[-1]) and len(links[-1]) < 60 else None  # noqa: PLR2004  # a date is short


def _links(tree: Tree, address: PostAddress) -> tuple[str, ...]:
    inside = web(*(a.get("href") for p in tree.all("p") for a in tree.within(p, "a")))
    kept = (url for url in inside if not ((found := platforms.identify(url)) and found.post_id == address.post_id))
    return tuple(kept)
