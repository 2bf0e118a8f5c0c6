"""Pages that a scraper flattened into text: what they embedded, found by form.

The text stays as it is, every character; all that is found is a range of it. Whatever has no form of its own is a
paragraph, and the attribute step reads its words.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from provenance.extract import credits as credit_lines
from provenance.extract import flat_captions, flat_chrome, flat_credits, flat_head, flat_posts
from provenance.extract.flat_captions import Caption
from provenance.extract.flat_dates import PageTimes
from provenance.extract.flat_posts import FoundPost
from provenance.extract.flat_text import Line, Range, ends_sentence, fold, lines, sentences, span, trim
from provenance.records import Block, DocumentFacts, Medium, MediumRole, Outlet, Page, Post, Precision, Snapshot
from provenance.reference import parties

MOST_LINES = 20_000
"""A longer text is no page; what stands behind is read as paragraphs."""
_OWN_SCRIPTS = (("ja", "ぁ", "ヿ"), ("ko", "가", "힣"), ("th", "ก", "๛"), ("el", "Ά", "Ͽ"), ("he", "א", "ת"))
LONGEST_PAIR = 200
"""A line above a bare credit is its caption only up to this length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """A stretch of the text of one kind, with what was found there."""

    kind: str
    start: int
    end: int
    caption: Caption | None = None
    post: FoundPost | None = None
    offset: int = 0


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
    runs = [*reading.runs(), *(_Run(kind="paragraph", start=r.start, end=r.end) for r in rows[MOST_LINES:])]
    built = _Built(text, runs)
    return Page(
        source=snapshot.source, facts=_facts(snapshot, reading), text=text, blocks=tuple(built.blocks), media=tuple(built.media),
        posts=tuple(built.posts), links=tuple(flat_posts.links_of(text)), warnings=_warnings(rows),
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
        self.language = _language(text)
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

    def _free(self, *claimed: object) -> list[int]:
        taken = self.junk | self.again | set(self.times)
        for part in claimed:
            taken |= set(part)  # type: ignore[call-overload]
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

    def runs(self) -> list[_Run]:
        """The runs of the page, in order."""
        posts = [_Run(kind="post", start=p.where[0], end=p.where[1], post=p) for p in self.posts]
        return sorted([*posts, *(run for at in range(len(self.rows)) for run in self._line(at))], key=lambda r: r.start)

    def _line(self, at: int) -> Iterator[_Run]:
        row = self.rows[at]
        if at in self.times or at in self.bylines:
            yield _Run(kind="byline", start=row.start, end=row.end)
        elif at in self.junk or at in self.again or (at not in self.captions and flat_credits.is_copyright(row.text)):
            yield _Run(kind="chrome", start=row.start, end=row.end)
        elif at == self.headline:
            yield _Run(kind="headline", start=row.start, end=row.end)
        else:
            yield from self._text(at, row)

    def _text(self, at: int, row: Line) -> Iterator[_Run]:
        start = row.start
        if at in self.datelines and (at not in self.captions or self._before_caption(at)):
            start = row.start + self.datelines[at].length
            yield _Run(kind="dateline", start=row.start, end=start)
        if at in self.captions:
            yield from _captioned(row, self.captions[at], start)
        elif at in self.excerpts:
            yield from _excerpted(row, self.excerpts[at], start)
        elif start < row.end:
            yield _Run(kind="paragraph", start=start, end=row.end)

    def _before_caption(self, at: int) -> bool:
        caption = self.captions[at].caption
        return bool(caption and self.datelines[at].length < caption[1] and caption[0] <= self.datelines[at].length)


def _captioned(row: Line, found: Caption, start: int) -> Iterator[_Run]:
    begin = max(start, row.start + found.where[0])
    if begin > start:
        yield _Run(kind="paragraph", start=start, end=begin)
    yield _Run(kind="caption", start=begin, end=row.start + found.where[1], caption=found, offset=row.start)


def _excerpted(row: Line, recurring: list[Range], start: int) -> Iterator[_Run]:
    for a, b in recurring:
        begin = max(start, row.start + a)
        if start < begin:
            yield _Run(kind="paragraph", start=start, end=begin)
        yield _Run(kind="chrome", start=begin, end=row.start + b)
        start = row.start + b
    if start < row.end:
        yield _Run(kind="paragraph", start=start, end=row.end)


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


# ------------------------------------------------------------------ from runs to records


class _Built:
    """The records of a page, made in the order of the flow so that ids count up."""

    def __init__(self, text: str, runs: list[_Run]) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.media: list[Medium] = []
        self.posts: list[Post] = []
        self.begun = False
        self.open: int | None = None
        for run in runs:
            self._add(run)

    def _add(self, run: _Run) -> None:
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
        return "body" if self.begun else "lead"

    def _caption(self, found: Caption, offset: int, start: int, end: int) -> None:
        caption, credit, shows = (_moved(r, offset, start) for r in (found.caption, found.credit, found.shows))
        if caption is None and credit and self._joined(credit, start, end):
            return
        said = self.text[slice(*credit)] if credit else None
        medium = Medium(
            id=f"m{len(self.media) + 1}", kind=found.kind, role=self._role(), caption=self.text[slice(*caption)] if caption else None,
            caption_span=span(self.text, caption) if caption else None, credit=said, credit_span=span(self.text, credit) if credit else None,
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
            id=f"m{len(self.media) + 1}", kind=found.visual or "photo", role="embedded-post", url=url, candidate_urls=found.media_links,
            platform=found.platform, platform_id=found.post_id, description=span(self.text, found.said) if found.said else None, post=post,
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


# ------------------------------------------------------------------ what the page says of itself


def _language(text: str) -> str | None:
    from provenance.extract.dom import detect_language  # noqa: PLC0415 -- a foreign library, only loaded when there is text

    plain = flat_posts.URL.sub(" ", text[:5_000])
    return (detect_language(plain) or _by_script(plain)) if plain.strip() else None


def _by_script(text: str) -> str | None:
    """The language of a text too short to be told by its words, where one language alone uses its letters."""
    letters = [c for c in text if c.isalpha()]
    for language, first, last in _OWN_SCRIPTS:
        if sum(first <= c <= last for c in letters) * 4 > len(letters):
            return language
    kana = any("ぁ" <= c <= "ヿ" for c in letters)
    return "zh" if letters and not kana and sum("一" <= c <= "鿿" for c in letters) * 2 > len(letters) else None


def _facts(snapshot: Snapshot, reading: _Reading) -> DocumentFacts:
    rows = reading.rows
    stamp, line, changed = flat_head.published(reading.times)
    named = next(iter(reading.bylines.items()), None)
    wire = next(iter(reading.datelines.values()), None)
    shown = rows[line].text[stamp.start : stamp.end] if stamp and line is not None else None
    byline = rows[named[0]].text[slice(*named[1])] if named else None
    given = snapshot.published
    return DocumentFacts(
        url=snapshot.url or snapshot.final_url, outlet=_outlet(snapshot, byline, wire), headline=rows[reading.headline].text if reading.headline is not None else None,
        byline=byline, dateline=wire.text if wire else None, language=reading.language, sha256=snapshot.sha256,
        published=given or (stamp.value if stamp else None), published_text=given or shown,
        published_precision=_precision(given) if given else stamp.precision if stamp and stamp.value else None,
        published_basis="given" if given else "stated" if stamp and stamp.value else None, modified=changed.value if changed else None,
    )  # fmt: skip


def _precision(given: str) -> Precision:
    lengths = {4: "year", 7: "month", 10: "day", 16: "minute"}
    bare = given.removesuffix("Z")
    return lengths.get(len(bare), "second")  # type: ignore[return-value]


def _outlet(snapshot: Snapshot, byline: str | None, wire: flat_head.Dateline | None) -> Outlet:
    """Who published: the caller's word, else an agency's tag in byline or dateline, else only the domain."""
    url = snapshot.url or snapshot.final_url
    domain = _domain(url) if url else None
    if snapshot.outlet:
        return Outlet(name=snapshot.outlet, domain=domain, basis="given")
    written = flat_head.organisation(byline) if byline else None
    tagged = flat_head.organisation(wire.tag) if wire and wire.tag else None
    known = parties.resolve(domain) if domain else None
    if known:
        return Outlet(name=known.name, domain=domain, basis="url")
    if written and (fold(written) == fold(tagged or "") or not _is_wire(written)):
        return Outlet(name=written, domain=domain, basis="byline")
    if tagged and not written and not _is_wire(tagged):
        return Outlet(name=tagged, domain=domain, basis="dateline")
    return Outlet(domain=domain, basis="url" if domain else None)


def _is_wire(name: str) -> bool:
    """An agency that others print: its name over a story does not tell whose page it is."""
    entry = parties.resolve(name)
    return entry.kind == "agency" if entry else credit_lines.is_agency(name)


def _domain(url: str) -> str | None:
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return None
    return _suffixes().privatesuffix(host) or None if "." in host else None


@cache
def _suffixes() -> Any:
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 -- a large table, only needed with an address

    return PublicSuffixList()
