"""Pages that a scraper flattened into text: what they embedded, found by form.

The text stays as it is, every character; all that is found is a range of it. Whatever has no form of its own is a
paragraph, and the attribute step reads its words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from provenance.extract import flat_captions, flat_chrome, flat_credits, flat_head, flat_posts
from provenance.extract.flat_build import Built, Run
from provenance.extract.flat_captions import Caption
from provenance.extract.flat_dates import PageTimes
from provenance.extract.flat_facts import facts_of, language_of
from provenance.extract.flat_posts import FoundPost
from provenance.extract.flat_text import Line, Range, ends_sentence, lines, sentences, trim
from provenance.records import Page, Snapshot

MOST_LINES = 20_000
"""A longer text is no page; what stands behind is read as paragraphs."""
LONGEST_PAIR = 200
"""A line above a bare credit is its caption only up to this length."""


def page(snapshot: Snapshot, text: str) -> Page:
    """Read a flattened page.

    Args:
        snapshot: where the text came from; `url`, `outlet` and `published` given by the caller count before the text.
        text: the decoded text; kept as it is.

    Returns:
        The page: its blocks cover every line that is not blank, in order; spans are exact slices of `text`.
    """
    rows = lines(text)
    reading = _Reading(text, rows[:MOST_LINES])
    runs = [*reading.runs(), *(Run(kind="paragraph", start=r.start, end=r.end) for r in rows[MOST_LINES:])]
    built = Built(text, runs)
    return Page(
        source=snapshot.source, facts=facts_of(snapshot, reading), text=text, blocks=tuple(built.blocks),
        media=tuple(built.media), posts=tuple(built.posts), links=tuple(flat_posts.links_of(text)), warnings=_warnings(rows),
    )  # fmt: skip


def _warnings(rows: tuple[Line, ...]) -> tuple[str, ...]:
    if not rows:
        return ("the text holds no words",)
    return (f"only the first {MOST_LINES} lines were searched for captions and posts",) if len(rows) > MOST_LINES else ()


# ------------------------------------------------------------------ what each line is


class _Reading:
    """One pass over the lines: what each is, head first, then captions, then what is left."""

    def __init__(self, text: str, rows: tuple[Line, ...]) -> None:
        self.text = text
        self.language = language_of(text)
        self.posts = flat_posts.find(text, rows, self.language)
        self.rows = _outside(text, rows, self.posts)
        self.junk = flat_chrome.junk(self.rows)
        self.excerpts = flat_chrome.excerpt(self.rows)
        self.again = flat_chrome.repeated(self.rows)
        self.times = self._times()
        self.bylines = self._bylines()
        self.captions = self._captions()
        self.headline = flat_head.headline(self.rows, self._free(self.bylines, self.captions))
        self._settle()
        self.datelines = self._datelines()

    def _free(self, *claimed: Iterable[int]) -> list[int]:
        taken = self.junk | self.again | set(self.times)
        for part in claimed:
            taken |= set(part)
        return [at for at in range(len(self.rows)) if at not in taken]

    def _times(self) -> dict[int, PageTimes]:
        free = [at for at in range(len(self.rows)) if at not in self.again]
        found = flat_head.times(self.rows, free, self.language)
        self.junk -= set(found)
        return found

    def _bylines(self) -> dict[int, Range]:
        found: dict[int, Range] = {}
        free = [at for at in range(len(self.rows)) if at not in self.junk]
        for order, at in enumerate(free):
            near = order < flat_head.HEAD and not any(_is_paragraph(self.rows[i].text) for i in free[:order])
            named = flat_head.byline(self.rows[at].text, near_top=near)
            if named:
                found[at] = named
        return found

    def _captions(self) -> dict[int, Caption]:
        found: dict[int, Caption] = {}
        last = max(self._free(), default=-1)
        few = len(self._free()) <= 2  # noqa: PLR2004 -- a page that is little more than its picture
        for at in self._free(self.bylines):
            read = flat_captions.read(self.rows[at].text)
            if read and self._stands(at, read, last=at == last and not few):
                found[at] = read
        return found

    def _stands(self, at: int, read: Caption, *, last: bool) -> bool:
        """Whether what looks like a caption or credit is one at its place on the page."""
        line = self.rows[at].text
        if read.firm and not (read.caption is None and read.credit and flat_credits.is_source_line(line.lstrip("(（[【"))):
            return True
        if read.caption is None:
            return not last and not flat_credits.is_source_line(line.lstrip("(（[【")) and (at > 0 or "©" in line)
        said = line[slice(*read.caption)]
        brief = len(said) <= flat_captions.LONGEST_WEAK and not any(c in said for c in '“”"«»「」')
        return brief and (not last or at == 0)

    def _settle(self) -> None:
        """Copyright lines and credits that go with a caption already found."""
        if self.headline is not None:
            self.captions.pop(self.headline, None)
        plain = set(self._free(self.bylines, self.captions, () if self.headline is None else (self.headline,)))
        for at in sorted(self.captions):
            found = self.captions[at]
            if found.caption is None and at - 1 in plain and self._touches(at):
                self._pair(at, found)
        for at in [at for at, found in self.captions.items() if found.caption is None and not found.firm]:
            if not (at - 1 in self.captions and self._touches(at)) and "©" not in self.rows[at].text:
                del self.captions[at]

    def _touches(self, at: int) -> bool:
        """Whether a line stands right under the one before it, with no blank line and no post between."""
        between = self.text[self.rows[at - 1].end : self.rows[at].start] if at > 0 else "-"
        return not self.rows[at].gap and not between.strip()

    def _pair(self, at: int, credit: Caption) -> None:
        """A bare credit under a line that begins a group: the line is its caption, unless it tells a story."""
        row = self.rows[at - 1]
        begins = row.gap or (at - 2 in self.captions and self._touches(at - 1))
        single = len(row.text) <= LONGEST_PAIR and len(sentences(row.text)) == 1
        if begins and single and not flat_captions.tells(row.text):
            where = (0, len(row.text))
            self.captions[at - 1] = replace(credit, where=where, caption=where, credit=None, shows=where)

    def _datelines(self) -> dict[int, flat_head.Dateline]:
        found: dict[int, flat_head.Dateline] = {}
        for order, at in enumerate(self._free(self.bylines, [self.headline] if self.headline is not None else [])):
            wire = flat_head.dateline(self.rows[at].text) if order < flat_head.HEAD else None
            if wire and (at not in self.captions or self.rows[at].text[: wire.length].lstrip()[:1] in "[(【（〔"):
                found[at] = wire
                if at not in self.captions:
                    break
        return found

    def runs(self) -> list[Run]:
        """The runs of the page, in order."""
        posts = [Run(kind="post", start=p.where[0], end=p.where[1], post=p) for p in self.posts]
        return sorted([*posts, *(run for at in range(len(self.rows)) for run in self._line(at))], key=lambda r: r.start)

    def _line(self, at: int) -> Iterator[Run]:
        row = self.rows[at]
        if at in self.times or at in self.bylines:
            yield Run(kind="byline", start=row.start, end=row.end)
        elif at in self.junk or at in self.again or (at not in self.captions and flat_credits.is_copyright(row.text)):
            yield Run(kind="chrome", start=row.start, end=row.end)
        elif at == self.headline:
            yield Run(kind="headline", start=row.start, end=row.end)
        else:
            yield from self._text(at, row)

    def _text(self, at: int, row: Line) -> Iterator[Run]:
        start = row.start
        if at in self.datelines and (at not in self.captions or self._before_caption(at)):
            start = row.start + self.datelines[at].length
            yield Run(kind="dateline", start=row.start, end=start)
        if at in self.captions:
            yield from _captioned(row, self.captions[at], start)
        elif at in self.excerpts:
            yield from _excerpted(row, self.excerpts[at], start)
        elif start < row.end:
            yield Run(kind="paragraph", start=start, end=row.end)

    def _before_caption(self, at: int) -> bool:
        caption = self.captions[at].caption
        return bool(caption and self.datelines[at].length < caption[1] and caption[0] <= self.datelines[at].length)


def _captioned(row: Line, found: Caption, start: int) -> Iterator[Run]:
    begin = max(start, row.start + found.where[0])
    if begin > start:
        yield Run(kind="paragraph", start=start, end=begin)
    yield Run(kind="caption", start=begin, end=row.start + found.where[1], caption=found, offset=row.start)


def _excerpted(row: Line, recurring: list[Range], start: int) -> Iterator[Run]:
    for a, b in recurring:
        begin = max(start, row.start + a)
        if start < begin:
            yield Run(kind="paragraph", start=start, end=begin)
        yield Run(kind="chrome", start=begin, end=row.start + b)
        start = row.start + b
    if start < row.end:
        yield Run(kind="paragraph", start=start, end=row.end)


def _outside(text: str, rows: tuple[Line, ...], posts: list[FoundPost]) -> tuple[Line, ...]:
    """The lines, or parts of lines, that belong to no post."""
    found: list[Line] = []
    waiting = iter([*posts])
    post = next(waiting, None)
    for row in rows:
        start, gap = row.start, row.gap
        while post and post.where[0] < row.end:
            found.extend(_part(text, start, min(post.where[0], row.end), gap=gap))
            start, gap = max(start, min(post.where[1], row.end)), True
            if post.where[1] > row.end:
                break
            post = next(waiting, None)
        found.extend(_part(text, start, row.end, gap=gap))
    return tuple(found)


def _part(text: str, start: int, end: int, *, gap: bool) -> Iterator[Line]:
    start, end = trim(text, start, end)
    if start < end:
        yield Line(start, end, text[start:end], gap)


def _is_paragraph(line: str) -> bool:
    return ends_sentence(line) and len(line) > LONGEST_PAIR // 2
