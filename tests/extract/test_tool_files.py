"""Files that other tools write: keyframe lists, video records, tables of 4CAT and of the auto-archiver."""

import csv
import hashlib
import io
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import extract
from provenance.errors import EmptySource, NotDecodable, SourceError
from provenance.extract import csv_files
from provenance.extract.csv_files import hashes, padded
from provenance.extract.csv_python import literal
from provenance.records import Page, Snapshot


def snapshot(content: str | bytes, media_type: str = "application/json", **given_: Any) -> Snapshot:
    body = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    facts = {"source": "saved", "media_type": media_type, "obtained_at": "2031-01-01T00:00:00Z", "how": "file"}
    return Snapshot(content=body, sha256=hashlib.sha256(body).hexdigest(), **(facts | given_))


def read(value: Any) -> list[Page]:
    return list(extract.pages(snapshot(json.dumps(value))))


def table(*rows: dict[str, str], header: tuple[str, ...] = ()) -> Snapshot:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=header or tuple(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return snapshot(out.getvalue(), "text/plain")


# ------------------------------------------------------------------ video tools


def info(**more: Any) -> dict[str, Any]:
    base = {
        "id": "abcdefghijk",
        "extractor": "youtube",
        "extractor_key": "Youtube",
        "webpage_url": "https://www.youtube.com/watch?v=abcdefghijk",
        "title": "Mill fire",
        "description": "Filmed from the quay.",
        "uploader": "Lindholm Eye",
        "uploader_id": "@lindholmeye",
        "timestamp": 1935471600,
        "upload_date": "20310502",
        "url": "https://rr1.video.example/expires",
        "thumbnail": "https://i.ytimg.com/vi/abcdefghijk/max.jpg",
        "_filename": "/home/someone/films/Mill fire [abcdefghijk].mp4",
    }
    return base | more


def test_a_video_record_is_a_post() -> None:
    """Identity, uploader, moment, words; the file beside the record by its bare name; no address that expires."""
    (page,) = read(info())
    post, medium = page.posts[0], page.media[0]
    assert ("youtube", "abcdefghijk", "lindholmeye", "Lindholm Eye", "2031-05-02T07:00:00Z") == (
        post.platform,
        post.post_id,
        post.handle,
        post.author_name,
        post.date,
    )
    assert "Mill fire\nFilmed from the quay." == page.text
    assert ("video", "https://www.youtube.com/watch?v=abcdefghijk", "Mill fire [abcdefghijk].mp4") == (
        medium.kind,
        medium.url,
        medium.local_path,
    )
    assert "https://i.ytimg.com/vi/abcdefghijk/max.jpg" in medium.candidate_urls
    assert not any("expires" in url for url in medium.candidate_urls)


def test_a_day_alone_is_a_day() -> None:
    """Without a moment the day of upload is given as a day; without either nothing is."""
    (page,) = read(info(timestamp=None))
    assert ("2031-05-02", "day") == (page.facts.published, page.facts.published_precision)
    (page,) = read(info(timestamp=None, upload_date="20319999"))
    assert (None, None) == (page.facts.published, page.facts.published_precision)


def test_a_playlist_gives_its_videos() -> None:
    """Each entry is a page, the list is none."""
    entries = [info(), info(id="ABCDEFGHIJK", webpage_url="https://youtu.be/ABCDEFGHIJK")]
    found = read({"_type": "playlist", "id": "PL1", "extractor": "youtube:tab", "entries": entries})
    assert ["abcdefghijk", "ABCDEFGHIJK"] == [p.posts[0].post_id for p in found]


def keyframes(*frames: dict[str, Any], **more: Any) -> dict[str, Any]:
    shots = {"shots": [], "filename": "x.mp4", "url": "https://www.youtube.com/watch?v=abcdefghijk"}
    return shots | {"keyframes": list(frames)} | more


def test_keyframes_are_grabs_of_their_video() -> None:
    """One page; each frame derived from the video, with its second."""
    frame = {"shot": 1, "keyframe_time": 1.334, "keyframe_url": "https://frames.example/32.jpg"}
    (page,) = read(keyframes(frame, keyframes_xtra=[frame | {"keyframe_url": "https://frames.example/64.jpg"}]))
    video, first, second = page.media
    assert ("video", "youtube", "abcdefghijk") == (video.kind, video.platform, video.platform_id)
    assert ("video-grab", "m1", "keyframe at 1.334 s, shot 1") == (first.kind, first.derived_from, first.alt)
    assert "https://frames.example/64.jpg" == second.url


def test_a_keyframe_without_address_is_said() -> None:
    """It shows nothing, so it is no medium."""
    (page,) = read(keyframes({"shot": 1, "keyframe_time": 1}))
    assert (1, ("1 keyframes have no address",)) == (len(page.media), page.warnings)


# ------------------------------------------------------------------ 4CAT

X_ROW = {
    "id": "2031000000000000001",
    "thread_id": "2031000000000000001",
    "timestamp": "2031-05-02 07:00:00",
    "unix_timestamp": "1935471600",
    "link": "https://x.com/orrin_mill/status/2031000000000000001",
    "body": "The mill burns.",
    "author": "orrin_mill",
    "author_fullname": "Orrin Mill Watch",
    "language_guess": "en",
    "urls": "https://tarnpost.example/a,https://tarnpost.example/b",
    "images": "https://pbs.twimg.com/media/a.jpg",
    "videos": "https://pbs.twimg.com/ext_tw_video_thumb/1/b.jpg",
    "retweeted_user": "",
}


def test_a_row_of_4cat_is_a_post() -> None:
    """Identity, author, time in UTC, links; what it lists under videos is a still where it is a picture."""
    (page,) = extract.pages(table(X_ROW))
    post = page.posts[0]
    assert ("saved#2031000000000000001", "x", "orrin_mill", "Orrin Mill Watch", "2031-05-02T07:00:00Z") == (
        page.source,
        post.platform,
        post.handle,
        post.author_name,
        post.date,
    )
    assert ("https://tarnpost.example/a", "https://tarnpost.example/b") == post.links
    photo, film = page.media
    assert ("photo", "https://pbs.twimg.com/media/a.jpg") == (photo.kind, photo.url)
    assert ("video", None, ("https://pbs.twimg.com/ext_tw_video_thumb/1/b.jpg",)) == (film.kind, film.url, film.candidate_urls)


def test_a_telegram_row_names_its_channel_and_origin() -> None:
    """The address is made of the channel and the number; a forward names whom it is from; the file is named."""
    row = {
        "id": "41",
        "thread_id": "orrin_mill",
        "chat": "orrin_mill",
        "author": "",
        "body": "Fire",
        "timestamp": "2031-05-02 07:00:00",
        "author_forwarded_from_name": "Lindholm Eye",
        "author_forwarded_from_username": "lindholm_eye",
        "attachment_filename": "mill.mp4",
    }
    (page,) = extract.pages(table(row))
    assert "https://t.me/orrin_mill/41" == page.posts[0].url
    assert page.posts[0].forwarded_from is not None
    assert ("lindholm_eye", "Lindholm Eye") == (page.posts[0].forwarded_from.handle, page.posts[0].forwarded_from.name)
    assert [("video", "mill.mp4")] == [(m.kind, m.alt) for m in page.media]


def test_rows_without_a_post_are_said() -> None:
    """They are left out with their numbers; a table of nothing else is empty."""
    (page,) = extract.pages(table(X_ROW | {"link": ""}, X_ROW))
    assert ("rows left out, because they name no post: 1",) == page.warnings
    with pytest.raises(EmptySource):
        list(extract.pages(table(X_ROW | {"link": "no address"})))


# ------------------------------------------------------------------ the auto-archiver

SHEET = {
    "Link": "https://t.me/orrin_mill/41",
    "Archive status": "telethon_extractor: success",
    "Archive location": "https://archive.example/41.html",
    "Upload timestamp": "2031-05-02T07:00:00+00:00",
    "Upload title": "Fire",
    "Screenshot": "https://archive.example/shot.png",
    "Thumbnail": '=IMAGE("https://archive.example/thumb.jpg")',
    "Perceptual hashes": "1f,0xABC",
}


def test_a_row_of_the_archivers_sheet() -> None:
    """The post, its stored pictures, and the doubt about its zone."""
    (page,) = extract.pages(table(SHEET))
    assert ("telegram", "orrin_mill", "2031-05-02T07:00:00Z", "Fire") == (
        page.posts[0].platform,
        page.posts[0].handle,
        page.facts.published,
        page.text,
    )
    assert [("photo", "https://archive.example/thumb.jpg"), ("screenshot", "https://archive.example/shot.png")] == [
        (m.kind, m.url) for m in page.media
    ]
    assert ("the tool that wrote this table may have labelled a local time as UTC",) == page.warnings


def test_hashes_get_their_leading_zeros_back() -> None:
    """Each has 64 digits; what is no hash is left out."""
    found = list(hashes(table(SHEET | {"Perceptual hashes": "1f,0xABC,not-calculated"})))
    assert ["1f".rjust(64, "0"), "abc".rjust(64, "0")] == [h.value for h in found]
    assert {"https://t.me/orrin_mill/41"} == {h.url for h in found}


@given(st.integers(0, 2**256 - 1))
def test_a_padded_hash_is_the_number_that_it_was(number: int) -> None:
    """Padding changes no bit."""
    value = padded(f"{number:x}")
    assert value is not None
    assert (64, number) == (len(value), int(value, 16))


def test_a_row_of_the_archivers_own_table() -> None:
    """Cells that are Python values are read without running them; a failure is said; a page is no post."""
    media = (
        "[{'filename': 'a.jpg', 'urls': ['https://archive.example/a.jpg'], 'properties': {'pdq_hash': '1f'}, "
        "'_mimetype': 'image/jpeg'}, {'urls': ['https://archive.example/s.png'], 'properties': {'id': 'screenshot'}}]"
    )
    metadata = (
        "{'url': 'https://tarnpost.example/mill', 'title': 'Fire', "
        "'timestamp': datetime.datetime(2031, 5, 2, 7, 0, tzinfo=datetime.timezone.utc)}"
    )
    source = table({"status": "no archiver", "metadata": metadata, "media": media})
    (page,) = extract.pages(source)
    assert ("page", (), "https://tarnpost.example/mill", "2031-05-02T07:00:00Z") == (
        page.facts.kind,
        page.posts,
        page.facts.url,
        page.facts.published,
    )
    assert [("photo", None), ("screenshot", None)] == [(m.kind, m.post) for m in page.media]
    assert "the archiver says: no archiver" in page.warnings
    assert ["1f".rjust(64, "0")] == [h.value for h in hashes(source)]


@pytest.mark.parametrize("source", ["__import__('os').system('x')", "[" * 5000, "{" * 100_000, "1 +", "", "(" * 150 + ")" * 150])
def test_python_values_run_nothing(source: str) -> None:
    """What is no literal, or too deep, is nothing."""
    assert literal(source) in (None, ())


def test_python_times_keep_their_zone() -> None:
    """UTC is said, an unknown zone is left out."""
    assert literal("datetime.datetime(2031, 5, 2, 7, 0, 1, 5, tzinfo=datetime.timezone.utc)") == "2031-05-02T07:00:01Z"
    assert literal("datetime.datetime(2031, 5, 2, 7, 0)") == "2031-05-02T07:00:00"


# ------------------------------------------------------------------ all tables


def test_the_columns_are_sound() -> None:
    """Names are lower-case, none is given twice for one thing, and every form has its reader's columns."""
    forms = {form.name: form for form in csv_files._forms()}
    assert {"4cat", "auto-archiver", "auto-archiver-csv"} == set(forms)
    for form in forms.values():
        lists = [*form.needs, *form.columns.values()]
        assert all(name == name.strip().lower() for names in lists for name in names)
        assert all(len(names) == len(set(names)) for names in lists)
    assert {"id", "url", "text", "handle", "date"} <= set(forms["4cat"].columns)
    assert {"url", "status", "pdq"} <= set(forms["auto-archiver"].columns)


def test_an_article_is_no_table() -> None:
    """A text whose first line holds some of the names is still a text."""
    assert not csv_files.recognises("status, link and archive\n\nThe mill burns.")
    assert not csv_files.recognises("")
    assert csv_files.recognises("id,thread_id,timestamp,body,author\n")


def test_a_broken_table_is_named() -> None:
    """A cell without end is an error with its line."""
    with pytest.raises(NotDecodable, match="line"):
        list(extract.pages(snapshot("id,thread_id,timestamp,body,author\n" + 'a,"' + "b" * 200_000, "text/plain")))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([X_ROW, SHEET, {"status": "success", "metadata": "{}", "media": "[]"}]), st.data())
def test_any_cell_is_survived(row: dict[str, str], data: st.DataObject) -> None:
    """Whatever stands in the cells, the table is read or a named error raised."""
    cells = st.text(st.characters(codec="utf-8"), max_size=30) | st.just(
        "{'url': 'https://x.com/a/status/20', 'timestamp': 9e99}"
    )
    row = {name: data.draw(st.just(value) | cells) for name, value in row.items()}
    try:
        for page in extract.pages(table(row)):
            assert all(p.span is None or page.text[p.span.start : p.span.end] == p.span.text for p in page.posts)
    except SourceError:
        pass


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_any_type_in_a_tools_record_is_survived(data: st.DataObject) -> None:
    """A field of another type is unknown, never a crash."""
    frame = {"shot": 1, "keyframe_time": 1.3, "keyframe_url": "https://frames.example/32.jpg"}
    value = json.loads(
        json.dumps(data.draw(st.sampled_from([info(requested_downloads=[{"filepath": "a/b.mp4"}]), keyframes(frame)])))
    )
    values = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.lists(st.integers(), max_size=2)
    spots = [value, *(o for v in value.values() if isinstance(v, list) for o in v if isinstance(o, dict))]
    for _ in range(2):
        spot = data.draw(st.sampled_from(spots))
        spot[data.draw(st.sampled_from(sorted(spot)))] = data.draw(
            values | st.dictionaries(st.text(max_size=3), values, max_size=2)
        )
    with suppress(SourceError):
        read(value)


@pytest.mark.shared
def test_the_services_own_list(shared: Path) -> None:
    """The list of a real video gives the video and its two frames."""
    (page,) = extract.pages(snapshot((shared / "social/invid-keyframes.json").read_bytes()))
    assert [("video", "youtube"), ("video-grab", None), ("video-grab", None)] == [(m.kind, m.platform) for m in page.media]
