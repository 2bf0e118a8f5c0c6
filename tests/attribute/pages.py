"""Pages of invented events, as the extract step would give them."""

from provenance.records import Block, DocumentFacts, Medium, Page, Post, Span


def page(
    text: str, *, language: str = "en", published: str | None = None, media: tuple[Medium, ...] = (), posts: tuple[Post, ...] = ()
) -> Page:
    """One paragraph a line; lines that begin a caption or a post of the given media and posts are blocks of theirs."""
    blocks, position = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(_block(position, position + len(line), media, posts))
        position += len(line) + 1
    facts = DocumentFacts(sha256="0" * 64, language=language, published=published)
    return Page(source="invented.txt", facts=facts, text=text, blocks=tuple(blocks), media=media, posts=posts)


def _block(start: int, end: int, media: tuple[Medium, ...], posts: tuple[Post, ...]) -> Block:
    for medium in media:
        if medium.caption_span and start <= medium.caption_span.start < end:
            return Block(kind="caption", start=start, end=end, medium=medium.id)
    for post in posts:
        if post.span and start <= post.span.start < end:
            return Block(kind="post", start=start, end=end, post=post.id, medium=next(iter(post.media), None))
    return Block(kind="paragraph", start=start, end=end)


def slice_of(text: str, part: str) -> Span:
    """The first place of a part in a text."""
    start = text.index(part)
    return Span(start, start + len(part), part)
