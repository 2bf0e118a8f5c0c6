"""JSON files: which tool or platform wrote one is told from its form, never from its name."""

from collections.abc import Iterator
from dataclasses import replace

from provenance.errors import EmptySource, NotDecodable, UnknownFormat
from provenance.extract import instagram_json, oembed, posted, telegram_export, video_json, x_json, zeeschuimer
from provenance.extract.decode import decode
from provenance.extract.posted import Posting
from provenance.records import Page, Snapshot


def pages(snapshot: Snapshot) -> Iterator[Page]:
    """The documents in a JSON file or in lines of JSON.

    Raises:
        NotDecodable: no JSON; UnknownFormat: JSON of no form that is read here; EmptySource: of a known form, without posts.
    """
    text, warnings = decode(snapshot.content, snapshot.charset)
    head, _, more = text.strip().partition("\n")
    if more.strip() and _is_line(head):
        notes = list(warnings)
        yield from _all(zeeschuimer.postings(text, notes, snapshot.source), notes, snapshot)
    else:
        yield from _whole(posted.parsed(text, snapshot.source), list(warnings), snapshot)


def _is_line(head: str) -> bool:
    """Whether the first line is an object by itself, so that others may follow."""
    try:
        return isinstance(posted.parsed(head, "the first line"), dict)
    except NotDecodable:
        return False


def _whole(value: object, notes: list[str], snapshot: Snapshot) -> Iterator[Page]:
    if _is_telegram(value):
        yield from telegram_export.pages(snapshot)
    elif oembed.is_answer(value) and isinstance(value, dict):
        found = oembed.posting(value)
        yield from _all(iter((found,) if found else ()), notes, snapshot)
    elif video_json.is_keyframes(value) and isinstance(value, dict):
        page = video_json.keyframes(value, snapshot)
        yield replace(page, warnings=(*notes, *page.warnings))
    elif video_json.is_info(value) and isinstance(value, dict):
        yield from _all(video_json.postings(value), notes, snapshot)
    else:
        yield from _posts(value, notes, snapshot)


def _is_telegram(value: object) -> bool:
    """Whether it is what Telegram Desktop exports: a chat's messages, or chats with theirs."""
    lists = (posted.within(value, "messages"), posted.within(value, "chats", "list"))
    return any(isinstance(found, list) for found in lists)


def _posts(value: object, notes: list[str], snapshot: Snapshot) -> Iterator[Page]:
    missing = list(x_json.gone(value))
    if x_json.holds_tweets(value) or missing:
        yield from _all(x_json.postings(value), notes + missing, snapshot)
    elif any(instagram_json.is_item(item) for item in posted.objects(value)):
        yield from _all(instagram_json.postings(value), notes, snapshot)
    else:
        raise UnknownFormat(
            f"{snapshot.source} is JSON of no form that is read here",
            "give a Telegram Desktop export, saved posts of X or Instagram, an oEmbed answer, a Zeeschuimer file, a yt-dlp or "
            "an InVID record",
        )


def _all(found: Iterator[Posting], notes: list[str], snapshot: Snapshot) -> Iterator[Page]:
    """The pages of posts; what is noted while they are read is said with the first, what comes up later with the last."""
    waiting: Page | None = None
    for posting in found:
        if waiting:
            yield waiting
        waiting = posted.page(posting, snapshot)
        waiting = replace(waiting, warnings=(*notes, *waiting.warnings))
        notes.clear()
    if waiting is None:
        why = f": {notes[0]}" if notes else ""
        raise EmptySource(f"{snapshot.source} holds no post{why}", "save it again while the posts are shown")
    yield replace(waiting, warnings=(*waiting.warnings, *notes))
