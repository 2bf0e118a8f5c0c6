"""Social posts that a scraper flattened into text: quoted tweets, share lines of other platforms, bare links."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from provenance.extract.flat_captions import read as captions_read
from provenance.extract.flat_dates import dates
from provenance.extract.flat_text import Line, Range, any_of, fold, sentences, table, trim, words
from provenance.records import MediumKind, Platform
from provenance.reference.platforms import PostAddress, identify

LONGEST_POST = 400
"""Visible characters of a post's text before it is taken for prose: 280 on X, 300 on Bluesky, with room for names."""
LONGEST_LINE_BEFORE = 90
MOST_LINES = 9
"""Lines of the longest posts, counted upwards from the signature."""
_MEANT = 4
"""Fewer letters are no text of their own: coordinates, an emoji, a hashtag; the line above belongs to them."""

URL = re.compile(
    r"(?:https?://|(?<![\w./@-])(?:pic\.(?:twitter|x)\.com|t\.me|www\.)[/.]?)[^\s<>\"“”«»\[\]{}（）【】「」。，、]{1,500}",
    re.IGNORECASE,
)
_PIC = re.compile(r"(?:https?://)?pic\.(?:twitter|x)\.com/\w{1,40}", re.IGNORECASE)
_SHORT = re.compile(r"https?://t\.co/\w{1,40}", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?P<dash>[—–―‒]|--|-|&mdash;|&#8212;)[ \t\xa0]?(?P<name>[^\n\r()（）—–]{1,80}?)[ \t\xa0]?"
    r"[(（]@(?P<handle>[\w][\w.\-]{0,60}(?:@[\w.\-]{3,60})?)[)）]"
)
_TIKTOK = re.compile(r"^@(?P<handle>[\w.]{2,30})\s(?P<text>.{0,400}?)\s?♬\s?.{1,120}$")
_REDDIT = re.compile(r"^(?P<text>.{1,300}?)\s?\bby\s+u/(?P<handle>[\w-]{2,30})\s+in\s+(?:r/)?\w{2,30}\s*$")
_LEAD_IN = re.compile(
    r"^[^\w]*(?:\[embed\]|\[/?embed[^\]]{0,80}\]|\[\w{1,12}\]|video|watch|tweet|post|link|via)?[\s:：👉▶🔗-]*$", re.IGNORECASE
)
_MOVING_HOSTS = {"youtube", "tiktok", "rumble", "odysee", "dailymotion", "vimeo"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPost:
    """One embedded post; all ranges are into the page's text. `visual` is None where no medium is known."""

    where: Range
    platform: Platform
    handle: str | None = None
    name: str | None = None
    date: str | None = None
    said: Range | None = None
    links: tuple[str, ...] = ()
    media_links: tuple[str, ...] = ()
    url: str | None = None
    post_id: str | None = None
    visual: MediumKind | None = None


def find(text: str, rows: tuple[Line, ...], language: str | None) -> list[FoundPost]:
    """Every embedded post of a page, in order, none overlapping another."""
    found = _Taken(text, rows, language)
    found.signatures()
    for at in range(len(rows)):
        found.one(at)
    return sorted(_apart(found.posts), key=lambda p: p.where)


def _apart(posts: list[FoundPost]) -> list[FoundPost]:
    """Without those that reach into one found before them: a line with two signatures is read once."""
    ends: list[Range] = []
    kept = []
    for post in posts:
        at = bisect_left(ends, post.where)
        before = at and ends[at - 1][1] > post.where[0]
        after = at < len(ends) and ends[at][0] < post.where[1]
        if not (before or after):
            ends.insert(at, post.where)
            kept.append(post)
    return kept


class _Taken:
    """The search, and the lines that already belong to a post."""

    def __init__(self, text: str, rows: tuple[Line, ...], language: str | None) -> None:
        self.text, self.rows, self.language = text, rows, language
        self.posts: list[FoundPost] = []
        self.used: set[int] = set()
        self.floor: dict[int, int] = {}
        self.spaced = sum(row.gap for row in rows) * 3 >= len(rows)

    def add(self, post: FoundPost, *rows: int) -> None:
        self.posts.append(post)
        self.used.update(rows)

    def signatures(self) -> None:
        """Posts signed `— Name (@handle) date`."""
        for at, row in enumerate(self.rows):
            for match in _SIGNED.finditer(row.text):
                if "@" in row.text and (signed := _signature(row, match, self.language)):
                    self._signed(at, signed)

    def _signed(self, at: int, signed: "_Signature") -> None:
        row = self.rows[at]
        floor = self.floor.get(at, row.start)
        if signed.start < floor:
            return
        if signed.start - floor > 0 and self.text[floor : signed.start].strip():
            body, above = (
                _within(
                    self.text, floor, signed.start, glued=_letters(self.text[signed.end : row.end]) > LONGEST_LINE_BEFORE // 4
                ),
                [],
            )
        else:
            above = self._above(at, signed)
            body = (self.rows[above[0]].start, self.rows[above[-1]].end) if above else (signed.start, signed.start)
        strong = signed.date or signed.address or _SHORT.search(self.text, *body) or _PIC.search(self.text, *body)
        if strong and body[0] < body[1] and self._free(above):
            self.floor[at] = signed.end
            self.add(_tweet(self.text, body, signed), *above, at)

    def _free(self, above: list[int]) -> bool:
        return not any(i in self.used for i in above)

    def _above(self, at: int, signed: "_Signature") -> list[int]:
        """The lines above a signature that hold the post's text."""
        chosen: list[int] = []
        for i in range(at - 1, max(-1, at - MOST_LINES), -1):
            if i in self.used or not self._belongs(chosen, i, signed):
                break
            chosen.insert(0, i)
        return chosen

    def _belongs(self, chosen: list[int], i: int, signed: "_Signature") -> bool:
        if not chosen:
            return len(_visible(self.rows[i].text)) <= LONGEST_POST
        text = self.text[self.rows[chosen[0]].start : self.rows[chosen[-1]].end]
        if len(_visible(self.rows[i].text + text)) > LONGEST_POST:
            return False
        if len(self.rows[i].text) <= LONGEST_LINE_BEFORE and fold(self.rows[i].text).startswith(fold(signed.name)):
            return True
        joined = not self.rows[chosen[0]].gap and (_letters(text) < _MEANT or self._is_group(i))
        return joined and captions_read(self.rows[i].text) is None

    def _is_group(self, i: int) -> bool:
        """Whether paragraphs of this page are parted by blank lines, so that lines without one between are one post."""
        first = next((k for k in range(i, max(-1, i - MOST_LINES), -1) if self.rows[k].gap), 0)
        return first > 0 and self.spaced

    def one(self, at: int) -> None:
        """A post that stands on a line of its own, without a signature."""
        row = self.rows[at]
        if at in self.used or len(row.text) > LONGEST_POST * 2:
            return
        shared = self._shared(at) or _titled(row) or self._bare(at)
        if shared:
            self.add(shared, at)
        elif _PIC.search(row.text) and len(_visible(row.text)) <= LONGEST_POST:
            self.add(_tweet(self.text, (row.start, row.end), None), at)

    def _shared(self, at: int) -> FoundPost | None:
        """The share line of an embed code: "A post shared by Name (@handle)"."""
        row = self.rows[at]
        for platform, sign, pattern in _share_lines():
            if sign in row.text and (match := pattern.search(row.text)):
                return self._from_share(at, platform, match)
        return None

    def _from_share(self, at: int, platform: Platform, match: re.Match[str]) -> FoundPost | None:
        named = match.groupdict()
        address = identify(named["link"]) if named.get("link") else None
        if named.get("link") and not address:
            return None
        day = next(dates(self.rows[at].text[match.start() :], self.language), None)
        if platform == "facebook" and not day:
            return None
        start = self._invited(at, platform)
        return FoundPost(
            where=(start, self.rows[at].end), platform=address.platform if address else platform,
            handle=(address.handle if address else named.get("handle")), name=_clean(named.get("name")),
            date=day.value[:10] if day and day.value else None, url=address.url if address else None,
            post_id=address.post_id if address else None, said=self._said(at, match.start(), start),
            visual="photo" if platform == "instagram" else None,
        )  # fmt: skip

    def _invited(self, at: int, platform: Platform) -> int:
        """Where the post begins: at "View this post on …" a few lines above, where that stands there."""
        words_of = {fold(w) for w in table("flat_posts")["invitation"].get(platform, ())}
        for i in range(at - 1, max(-1, at - 4), -1):
            if i not in self.used and fold(self.rows[i].text) in words_of:
                self.used.update(range(i, at))
                return self.rows[i].start
        return self.rows[at].start

    def _said(self, at: int, signed: int, start: int) -> Range | None:
        row = self.rows[at]
        lines_between = [r for r in self.rows[max(0, at - 4) : at] if r.start > start]
        first = lines_between[0].start if lines_between else row.start
        said = trim(self.text, first, row.start + signed)
        return said if said[0] < said[1] else None

    def _bare(self, at: int) -> FoundPost | None:
        """A link to a post or a video, alone on its line."""
        row = self.rows[at]
        links = list(URL.finditer(row.text))
        if (
            len(links) != 1
            or not _LEAD_IN.match(row.text[: links[0].start()])
            or re.search(r"\w{3}", re.sub(r"\[/\w+\]", "", row.text[links[0].end() :]))
        ):
            return None
        link = links[0][0].rstrip(".,;)")
        address = identify(link)
        if row.text.startswith("[embed"):
            return _coded(row, link, address)
        return _linked(row, address) if address and address.kind in {"post", "video"} else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signature:
    start: int
    end: int
    name: str
    handle: str
    date: str | None
    address: PostAddress | None


def _signature(row: Line, match: re.Match[str], language: str | None) -> _Signature | None:
    """The signature at a match, with the date or address behind it; None for a dash in prose."""
    behind = row.text[match.end() : match.end() + 200]
    stamp = next(
        (d for d in dates(behind[:60], language) if not behind[: d.start].strip(" ,·:") or len(behind[: d.start].split()) <= 1),
        None,
    )
    link = re.match(r"\s{0,3}(https?://\S{1,300})", behind)
    address = identify(link[1]) if link else None
    at_start = not row.text[: match.start()].strip()
    if match["dash"] == "-" and not (at_start and stamp):
        return None
    if not (stamp or address or (at_start and not behind.strip())):
        return None
    end = match.end() + (stamp.end if stamp else link.end() if link and address else 0)
    end = _year_mark(row.text, end)
    return _Signature(
        start=row.start + match.start(), end=row.start + end, name=match["name"].strip(), handle=match["handle"],
        date=stamp.value[:10] if stamp and stamp.value else None, address=address,
    )  # fmt: skip


def _year_mark(text: str, end: int) -> int:
    """Behind the Russian and Ukrainian `г.`, `р.`, and the address that some embeds print last."""
    mark = re.compile(r"\s?(?:г\.|р\.)|\s?https?://(?:www\.)?(?:twitter|x)\.com/\S{1,200}").match(text, end)
    return mark.end() if mark else end


def _within(text: str, start: int, end: int, *, glued: bool) -> Range:
    """The post's text on the line of its signature: all of it, or the last sentence where prose is glued to it."""
    start, end = trim(text, start, end)
    first_link = URL.search(text, start, end)
    said_end = first_link.start() if first_link else end
    if not glued and len(_visible(text[start:end])) <= LONGEST_POST * 3 // 4:
        return start, end
    parts = sentences(text[start:said_end])
    return (start + parts[-1][0] if parts else start), end


def _visible(text: str) -> str:
    return URL.sub("", text)


def _letters(text: str) -> int:
    return sum(c.isalpha() for c in _visible(text))


def _tweet(text: str, body: Range, signed: _Signature | None) -> FoundPost:
    urls = [m[0].rstrip(".,;)") for m in URL.finditer(text, *body)]
    pics = tuple(m[0] if m[0].startswith("http") else "https://" + m[0] for m in _PIC.finditer(text, *body))
    address = signed.address if signed else None
    return FoundPost(
        where=(body[0], signed.end if signed else body[1]), platform=_platform_of(signed), date=signed.date if signed else None,
        handle=signed.handle if signed else None, name=_clean(signed.name) if signed else None, said=_said(text, body),
        links=tuple(u for u in urls if not _PIC.match(u)), media_links=pics, url=address.url if address else None,
        post_id=address.post_id if address else None, visual=_kind(text[slice(*body)]) if pics else None,
    )  # fmt: skip


def _platform_of(signed: _Signature | None) -> Platform:
    if signed and signed.address:
        return signed.address.platform
    handle = signed.handle if signed else ""
    if "@" in handle:
        return "mastodon"
    return "bluesky" if "." in handle.strip(".") else "x"


def _said(text: str, body: Range) -> Range | None:
    """The post's words without the links at its end; exact, so links in the middle stay."""
    start, end = body
    while links := list(URL.finditer(text, start, end)):
        if text[links[-1].end() : end].strip():
            break
        start, end = trim(text, start, links[-1].start())
    return (start, end) if start < end else None


def _titled(row: Line) -> FoundPost | None:
    """The fallback lines of TikTok and Reddit."""
    for platform, pattern in (("tiktok", _TIKTOK), ("reddit", _REDDIT)):
        if match := pattern.match(row.text):
            said = trim(row.text, *match.span("text"))
            return FoundPost(
                where=(row.start, row.end), platform=cast("Platform", platform), handle=match["handle"],
                said=(row.start + said[0], row.start + said[1]) if said[0] < said[1] else None,
                visual="video" if platform == "tiktok" else None,
            )  # fmt: skip
    return None


def _linked(row: Line, address: PostAddress) -> FoundPost:
    video = address.kind == "video" or address.platform in _MOVING_HOSTS
    return FoundPost(
        where=(row.start, row.end), platform=address.platform, handle=address.handle, url=address.url, post_id=address.post_id,
        visual="video" if video else "photo" if address.platform == "instagram" else None,
    )  # fmt: skip


def _coded(row: Line, link: str, address: PostAddress | None) -> FoundPost:
    """A link inside a content system's `[embed]` code is embedded, whatever its address."""
    if address and address.kind in {"post", "video"}:
        return _linked(row, address)
    return FoundPost(where=(row.start, row.end), platform=address.platform if address else "other", url=link)


def _kind(said: str) -> MediumKind:
    return "video" if _moving().search(said) else "photo"


@cache
def _moving() -> re.Pattern[str]:
    listed = list(words(table("flat_posts")["moving"]))
    spaced = any_of(w for w in listed if ord(w[0]) < 0x1100)  # noqa: PLR2004 -- Hangul and the scripts behind it join endings
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)|{any_of(w for w in listed if ord(w[0]) >= 0x1100)}", re.IGNORECASE)  # noqa: PLR2004 -- the same


@cache
def _share_lines() -> tuple[tuple[Platform, str, re.Pattern[str]], ...]:
    """Platform, a sign without which the line cannot match, and the pattern, of each share line of the data file."""
    forms = {
        "name": r"(?P<name>[^\n()@]{1,80}?)",
        "handle": r"(?P<handle>[\w.]{1,40})",
        "date": r"(?=[^\n]{0,20}\d)",
        "weekday": r"[^\W\d_]{3,13}",
        "link": r"(?P<link>(?:https?://)?t\.me/\S{1,100})",
    }
    found: list[tuple[Platform, str, re.Pattern[str]]] = []
    for platform, lines in table("flat_posts")["signature"].items():
        for line in lines:
            pattern = re.escape(line).replace(r"\ ", r"\s{1,3}")
            for name, form in forms.items():
                pattern = pattern.replace(rf"\{{{name}\}}", form)
            sign = "@" if "{handle}" in line else "t.me" if "{link}" in line else line.split()[0]
            found.append((platform, sign, re.compile(r"(?:^|(?<=\W))" + pattern, re.IGNORECASE)))
    return tuple(found)


def _clean(name: str | None) -> str | None:
    return (name or "").strip(" \t\xa0,") or None


def links_of(text: str) -> Iterator[str]:
    """Every address printed in a text, in order, each once."""
    yield from dict.fromkeys(m[0].rstrip(".,;:)!?'’") for m in URL.finditer(text) if m[0].startswith("http"))
