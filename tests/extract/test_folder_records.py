"""Records and tables of other tools in a folder: each is read as if it had been named, and what is passed over is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from provenance import acquire, extract
from provenance.acquire import records
from provenance.extract import csv_files
from provenance.records import Snapshot

USER = {"screen_name": "orrin_mill", "name": "Orrin Mill Watch"}
LEGACY = {"id_str": "2031000000000000001", "full_text": "The mill burns.", "created_at": "Fri May 02 07:00:00 +0000 2031"}
GRAPHQL = {"rest_id": LEGACY["id_str"], "legacy": LEGACY, "core": {"user_results": {"result": {"legacy": USER}}}}
INSTAGRAM = {"code": "DQmill_-1", "user": {"username": "orrin.mill"}, "taken_at": 1935471600}
PICTURES = {"candidates": [{"url": "https://cdn.example/a.jpg", "width": 9, "height": 9}]}
OEMBED = {"version": "1.0", "type": "photo", "url": "https://x.com/orrin_mill/status/2031000000000000001", "author_name": "Orrin"}
FILM = {"id": "abcdefghijk", "extractor": "youtube", "webpage_url": "https://youtu.be/abcdefghijk", "title": "Mill"}
FRAMES = {"url": "https://youtu.be/abcdefghijk", "keyframes": [{"keyframe_url": "https://f.example/1.jpg"}], "shots": []}
ITEM = INSTAGRAM | {"image_versions2": PICTURES}
CHAT = {"name": "Orrin", "messages": [{"id": 1, "type": "message", "text": "Fire", "date_unixtime": "1935471600"}]}
CAPTURES = [json.dumps({"source_platform": "instagram.com", "data": ITEM | {"code": code}}) for code in ("Aa_1", "Bb_2")]
FILES: dict[str, Any] = {
    "graphql.json": {"data": [GRAPHQL]},
    "list.json": [GRAPHQL],
    "syndication.json": {"id_str": "2031000000000000001", "text": "Fire", "user": USER, "mediaDetails": []},
    "older.json": LEGACY | {"user": USER},
    "instagram.json": {"items": [ITEM]},
    "album.json": {"items": [INSTAGRAM | {"carousel_media": [{"image_versions2": PICTURES}]}]},
    "oembed.json": OEMBED,
    "oembed-url.json": {k: v for k, v in OEMBED.items() if k != "author_name"} | {"author_url": "https://x.com/orrin_mill"},
    "film.info.json": FILM,
    "frames.json": FRAMES,
    "chat.json": CHAT,
    "captured.ndjson": "\n".join(
        json.dumps({"source_platform": "instagram.com", "data": ITEM | {"code": c}}) for c in ("Aa_1", "Bb_2")
    ),
    "4cat.csv": "id,thread_id,timestamp,body,author,link\n1,1,2031-05-02,Fire,orrin_mill,https://x.com/orrin_mill/status/20\n",
    "sheet.csv": "Link,Archive status,Archive location\nhttps://t.me/orrin_mill/41,success,https://archive.example/41\n",
    "own.csv": "status,metadata,media\nsuccess,{'url': 'https://t.me/orrin_mill/41'},[]\n",
}


def written(folder: Path, name: str, content: Any) -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content, indent=1), "utf-8")
    return path


@pytest.mark.parametrize("name", FILES)
def test_a_record_in_a_folder_is_read_as_if_it_were_named(name: str, tmp_path: Path) -> None:
    """The folder gives the same bytes of the same kind as the file, and the step after reads them."""
    path = written(tmp_path, name, FILES[name])
    (named,), (found,) = acquire.snapshots([str(path)]), acquire.snapshots([str(tmp_path)])
    assert isinstance(named, Snapshot)
    assert isinstance(found, Snapshot)
    assert (named.source, named.sha256, named.media_type) == (found.source, found.sha256, found.media_type)
    assert list(extract.pages(found))


def test_what_is_passed_over_is_told_with_the_reason(tmp_path: Path) -> None:
    """One sentence a folder; parts of pages and hidden files are no loss; a folder where nothing is passed over says nothing."""
    written(tmp_path, "story.html", "<html><p>The mill burns.</p></html>")
    for name, content in {"notes.md": "# Mine", "sums.csv": "a,b\n1,2", "settings.json": {"a": 1}, ".hidden": "x"}.items():
        written(tmp_path, name, content)
    (tmp_path / "story_files").mkdir()
    written(tmp_path / "story_files", "style.css", "p { color: red }")
    said: list[str] = []
    found = list(acquire.snapshots([str(tmp_path)], notice=said.append))
    assert [str(tmp_path / "story.html")] == [f.source for f in found if isinstance(f, Snapshot)]
    assert len(said) == 1
    assert said[0].startswith(f"{tmp_path}: 3 files passed over: ")
    assert "settings.json (JSON of no form" in said[0]
    assert "notes.md, sums.csv (no article by its name" in said[0]
    said.clear()
    list(acquire.snapshots([str(tmp_path / "story_files")], notice=said.append))
    assert len(said) == 1


def test_a_film_beside_its_record_belongs_to_it(tmp_path: Path) -> None:
    """The file that a video tool's record names is no source of its own; another film is; names may hold blanks and accents."""
    film = "Mill fire é [abcdefghijk].mp4"
    for spelled in (json.dumps(film), f'"{film}"'):
        text = json.dumps(FILM)[:-1] + f', "_filename": {spelled}}}'
        written(tmp_path, "film.info.json", text)
        for name in (film, "other.mp4"):
            (tmp_path / name).write_bytes(b"\0\0\0\x18ftypmp42" + bytes(16))
        found = [Path(f.source).name for f in acquire.snapshots([str(tmp_path)]) if isinstance(f, Snapshot)]
        assert ["film.info.json", "other.mp4"] == found


def test_the_names_looked_for_are_those_of_the_readers() -> None:
    """A table is taken from a folder by the same columns by which it is read."""
    assert [[set(names) for names in form.needs] for form in csv_files._forms()] == [
        [set(names) for names in needs] for needs in records._data()["tables"]
    ]
    assert all(key and names for names in records._data()["records"] for key in names)
