"""What video tools write of one video: yt-dlp's `info.json` and the InVID service's list of keyframes."""

import re
from collections.abc import Iterator

from provenance.extract import posted
from provenance.extract.posted import Object, Posting, Shown, dicts, name_of, web, words
from provenance.records import DocumentFacts, Medium, Outlet, Page, Platform, Snapshot
from provenance.reference import platforms

MOST_KEYFRAMES = 2_000
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")


def is_info(value: object) -> bool:
    """Whether a JSON value is yt-dlp's record of a video, or of a list of them."""
    return isinstance(value, dict) and bool(value.keys() & {"extractor", "extractor_key"}) and "id" in value


def is_keyframes(value: object) -> bool:
    """Whether a JSON value is the InVID service's list of a video's shots and keyframes."""
    return isinstance(value, dict) and isinstance(value.get("keyframes"), list) and bool(value.keys() & {"shots", "subshots"})


def postings(info: Object) -> Iterator[Posting]:
    """The video of a record, or each of a list; lists inside lists are read through."""
    for item in posted.objects(info):
        if is_info(item) and not isinstance(item.get("entries"), list):
            yield _posting(item)


def _posting(info: Object) -> Posting:
    """One video. The file beside the record is its `local_path`; stream addresses expire, so they are no address of it."""
    page = web(info.get("webpage_url"), info.get("original_url"))
    address = platforms.identify(page[0]) if page else None
    uploader = platforms.identify(words(info.get("uploader_url"), info.get("channel_url")) or "")
    platform: Platform = address.platform if address else "other"
    date, basis, precise = _date(info)
    url = address.url if address else (page[0] if page else None)
    number = name_of(info.get("display_id"), info.get("id"))
    handle = (address.handle if address else None) or (uploader.handle if uploader else None) or _handle(info)
    shown = Shown(
        kind="audio" if info.get("vcodec") == "none" and info.get("acodec") not in {None, "none"} else "video",
        urls=(url,) if url else (),
        stills=web(info.get("thumbnail"), *(t.get("url") for t in dicts(info.get("thumbnails"))[-1:])),
        platform_id=address.post_id if address else number,
        local_path=_file(info),
    )
    return Posting(
        platform=platform,
        key=number or "video",
        raw={
            key: info.get(key) for key in ("id", "extractor", "title", "description", "timestamp", "upload_date", "uploader_id")
        },
        post_id=(address.post_id if address else None) or number,
        url=url,
        handle=handle,
        author_name=words(info.get("uploader"), info.get("channel")),
        date=date,
        date_basis=basis,
        date_precision="second" if precise else "day",
        printed_date=words(info.get("upload_date")),
        text="\n".join(filter(None, (words(info.get("title")), words(info.get("description"))))),
        links=(),
        shown=(shown,),
    )


def _handle(info: Object) -> str | None:
    return name_of((words(info.get("uploader_id")) or "").removeprefix("@"))


def _date(info: Object) -> tuple[str | None, str | None, bool]:
    """The moment, or else the day of posting, which yt-dlp gives in UTC."""
    for key in ("timestamp", "release_timestamp"):
        if moment := posted.moment(info.get(key)):
            return moment, key, True
    match = _DAY.fullmatch(words(info.get("upload_date")) or "")
    day = f"{match[1]}-{match[2]}-{match[3]}" if match else ""
    return (day, "upload_date", False) if posted.moment(day) else (None, None, False)


def _file(info: Object) -> str | None:
    """The name of the file that was saved with the record."""
    saved = dicts(info.get("requested_downloads"))
    path = words(*(d.get("filepath") or d.get("filename") for d in saved), info.get("_filename"), info.get("filename"))
    return re.split(r"[/\\]", path)[-1][:255] or None if path else None


def keyframes(value: Object, snapshot: Snapshot) -> Page:
    """One page that shows the video and its keyframes, each a grab of it, with the second at which it stands."""
    frames = dicts(value.get("keyframes")) + dicts(value.get("keyframes_xtra"))
    url = next(iter(web(value.get("url"))), None)
    address = platforms.identify(url) if url else None
    video = Medium(
        id="m1",
        kind="video",
        role="body",
        url=address.url if address else url,
        platform=address.service if address else None,
        platform_id=address.post_id if address else None,
        alt=words(value.get("filename")),
    )
    grabs = [_grab(frame, n) for n, frame in enumerate(frames[:MOST_KEYFRAMES], 2)]
    more = (f"only the first {MOST_KEYFRAMES} of {len(frames)} keyframes were taken",) if len(frames) > MOST_KEYFRAMES else ()
    lost = sum(grab.url is None for grab in grabs)
    return Page(
        source=snapshot.source,
        facts=DocumentFacts(
            kind="page",
            url=video.url,
            outlet=Outlet(name=snapshot.outlet, basis="given") if snapshot.outlet else Outlet(),
            published=snapshot.published,
            published_basis="given" if snapshot.published else None,
            sha256=snapshot.sha256,
        ),
        text="",
        media=(video, *(grab for grab in grabs if grab.url)),
        warnings=(*more, *((f"{lost} keyframes have no address",) if lost else ())),
    )


def _grab(frame: Object, number: int) -> Medium:
    at = frame.get("keyframe_time")
    where = f"keyframe at {at:g} s" if isinstance(at, int | float) and not isinstance(at, bool) and abs(at) < 1e9 else "keyframe"  # noqa: PLR2004  # 30 years of film
    shot = posted.number(frame.get("shot"))
    urls = web(frame.get("keyframe_url"))
    return Medium(
        id=f"m{number}",
        kind="video-grab",
        role="body",
        url=urls[0] if urls else None,
        candidate_urls=urls,
        alt=f"{where}, shot {shot}" if shot is not None else where,
        derived_from="m1",
    )
