"""From the runs of a flattened page to its records: blocks, media and posts, with ids that count up in the flow."""

from dataclasses import dataclass, replace

from provenance.extract import credits as credit_lines
from provenance.extract import flat_credits
from provenance.extract.flat_captions import Caption
from provenance.extract.flat_posts import FoundPost
from provenance.extract.flat_text import Range, span, trim
from provenance.records import Block, Medium, MediumRole, Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of the text of one kind, with what was found there."""

    kind: str
    start: int
    end: int
    caption: Caption | None = None
    post: FoundPost | None = None
    offset: int = 0


class Built:
    """The records of a page, made in the order of the flow so that ids count up."""

    def __init__(self, text: str, runs: list[Run]) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.media: list[Medium] = []
        self.posts: list[Post] = []
        self.begun = False
        self.open: int | None = None
        for run in runs:
            self._add(run)

    def _add(self, run: Run) -> None:
        start, end = trim(self.text, run.start, run.end)
        if start == end:
            return
        if run.post:
            self._post(run.post, start, end)
        elif run.caption:
            self._caption(run.caption, run.offset, start, end)
        else:
            self._block(run.kind, start, end)
            self.begun = self.begun or run.kind == "paragraph"
            self.open = self.open if run.kind == "chrome" else None

    def _block(self, kind: str, start: int, end: int, medium: str | None = None, post: str | None = None) -> None:
        start, end = trim(self.text, start, end)
        if start < end:
            self.blocks.append(Block(kind=kind, start=start, end=end, medium=medium, post=post))  # type: ignore[arg-type]

    def _role(self) -> MediumRole:
        return "body" if self.begun or self.media else "lead"

    def _caption(self, found: Caption, offset: int, start: int, end: int) -> None:
        caption, credit, shows = (_moved(r, offset, start) for r in (found.caption, found.credit, found.shows))
        if caption is None and credit and self._joined(credit, start, end):
            return
        said = self.text[slice(*credit)] if credit else None
        medium = Medium(
            id=f"m{len(self.media) + 1}", kind=found.kind, role=self._role(),
            caption=self.text[slice(*caption)] if caption else None, caption_span=span(self.text, caption) if caption else None,
            credit=said, credit_span=span(self.text, credit) if credit else None,
            credit_parties=_parties(said) if said else (), description=span(self.text, shows) if shows else None,
        )  # fmt: skip
        self.media.append(medium)
        self._caption_blocks(medium.id, caption, credit, start, end)
        self.open = len(self.media) - 1 if credit is None else None

    def _caption_blocks(self, medium: str, caption: Range | None, credit: Range | None, start: int, end: int) -> None:
        apart = caption and credit and credit[0] >= caption[1]
        if apart and caption and credit:
            self._block("caption", start, caption[1], medium)
            self._block("credit", caption[1], end, medium)
        else:
            self._block("caption" if caption else "credit", start, end, medium)

    def _joined(self, credit: Range, start: int, end: int) -> bool:
        """A bare credit goes to the caption right above, or to the post right above, that lacks one."""
        if self.open is None or self.media[self.open].credit:
            return False
        medium = self.media[self.open]
        said = self.text[slice(*credit)]
        self.media[self.open] = replace(medium, credit=said, credit_span=span(self.text, credit), credit_parties=_parties(said))
        self._block("credit", start, end, medium.id)
        self.open = None
        return True

    def _post(self, found: FoundPost, start: int, end: int) -> None:
        number = f"p{len(self.posts) + 1}"
        medium = self._carried(found, number) if found.visual else None
        if medium:
            self.media.append(medium)
            self.open = len(self.media) - 1
        self.posts.append(Post(
            id=number, platform=found.platform, post_id=found.post_id, url=found.url, handle=found.handle, author_name=found.name,
            date=found.date, text=self.text[slice(*found.said)] if found.said else None, embedding="embedded", links=found.links,
            media_links=found.media_links, media=(medium.id,) if medium else (), span=span(self.text, (start, end)),
        ))  # fmt: skip
        self._block("post", start, end, medium.id if medium else None, number)

    def _carried(self, found: FoundPost, post: str) -> Medium | None:
        url = found.media_links[0] if found.media_links else found.url
        return Medium(
            id=f"m{len(self.media) + 1}", kind=found.visual or "photo", role="embedded-post", url=url, post=post,
            candidate_urls=found.media_links, platform=found.platform, platform_id=found.post_id,
            description=span(self.text, found.said) if found.said else None,
        )  # fmt: skip


def _moved(where: Range | None, offset: int, start: int) -> Range | None:
    """A range of a line as one of the text, begun no earlier than the run; None when nothing is left."""
    if where is None:
        return None
    moved = (max(where[0] + offset, start), where[1] + offset)
    return moved if moved[0] < moved[1] else None


def _parties(credit: str) -> tuple[str, ...]:
    """Who a credit names; of "provided by the agency NAME" only the name."""
    return credit_lines.parties(flat_credits.giver_name(credit))
