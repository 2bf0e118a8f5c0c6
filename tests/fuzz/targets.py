"""What is fuzzed: each parser of bytes or texts from outside, with samples of what it reads and what must hold of every input.

A target takes any bytes. It may refuse them with an error of ours; it raises anything else, or fails an assertion, only where the
program is at fault.
"""

import dataclasses
import functools
import gzip
import hashlib
import io
import json
import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from provenance import lookup, pipeline
from provenance.acquire import archives
from provenance.acquire.archive_form import form_of
from provenance.acquire.limits import DEFAULT
from provenance.acquire.manifest import iso_date, read_manifest
from provenance.acquire.sniff import sniff
from provenance.attribute import read
from provenance.errors import ProvenanceError, SourceError
from provenance.evidence import checkpoint, unpack
from provenance.extract import feed, html_times, posted
from provenance.fingerprint import fingerprint
from provenance.fingerprint import metadata as embedded
from provenance.records import Asset, Document, DocumentFacts, Page, Snapshot, Span, to_json
from store import past

URL = "https://tarnpost.example/ferry"
PROSE = "The night ferry to Lindholm was late again on Monday, the harbour office of Tarnmouth said. "


@dataclasses.dataclass(frozen=True)
class Target:
    """A parser: what it is given, and sound samples of that."""

    run: Callable[[bytes], None]
    samples: tuple[bytes, ...]
    words: tuple[bytes, ...] = ()


# ------------------------------------------------------------------ what must hold


def spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from spans(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)


def sound(document: Document) -> None:
    """Spans are exact, ids are distinct, and all of it can be written down in UTF-8."""
    assert all(document.text[span.start : span.end] == span.text for span in spans(document))
    idents = [item.id for kind in (document.media, document.posts, document.citations, document.claims) for item in kind]
    assert len(idents) == len(set(idents))
    json.dumps(to_json(document), ensure_ascii=False).encode()


def snapshot(content: bytes, media_type: str) -> Snapshot:
    return Snapshot(
        source="a file",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type=media_type,
        obtained_at="2031-05-02T07:00:00Z",
        how="file",
    )


def documents(media_type: str) -> Callable[[bytes], None]:
    def run(content: bytes) -> None:
        with suppress(SourceError):
            for document in pipeline.read_documents(snapshot(content, media_type)):
                sound(document)

    return run


def whatever_it_is(content: bytes) -> None:
    documents(sniff(content).media_type)(content)


def json_ld(content: bytes) -> None:
    block = content.replace(b"</", b"")
    documents("text/html")(b"<script type='application/ld+json'>" + block + b"</script><p>" + PROSE.encode())


def archive(content: bytes) -> None:
    """Its pages, and a picture by its address."""
    stream = io.BytesIO(content)
    form = form_of(stream)
    if form is None:
        return
    with suppress(SourceError):
        for found in archives.snapshots(stream, form, "a file", DEFAULT):
            assert isinstance(found, SourceError) or hashlib.sha256(found.content).hexdigest() == found.sha256
    with suppress(SourceError), tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        page = dataclasses.replace(snapshot(b"", "text/html"), how="archive", final_url=URL)
        archives.bytes_in(file, "a file", page, ("https://tarnpost.example/f.gif", "cid:one"), DEFAULT)


def package_of(*names: str) -> Callable[[bytes], None]:
    """A package whose members, in this order, are the parts of the input, so that none of it is lost to a wrong checksum."""

    def run(content: bytes) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            for name, part in zip(names, content.split(_MEMBER), strict=False):
                made.writestr(name, part)
        archive(out.getvalue())

    return run


def evidence(content: bytes) -> None:
    """An evidence package of another desk, its members the parts of the input; its own list of hashes is made to fit."""
    names, parts = _EVIDENCE, content.split(_MEMBER)
    members = dict(zip(names, parts, strict=False))
    listed = [{"path": name, "hash": f"sha256:{hashlib.sha256(part).hexdigest()}"} for name, part in members.items()]
    members["datapackage.json"] = json.dumps({"resources": listed}).encode()
    digest = hashlib.sha256(members["datapackage.json"]).hexdigest()
    members["datapackage-digest.json"] = json.dumps({"hash": f"sha256:{digest}"}).encode()
    with tempfile.NamedTemporaryFile() as file, suppress(ProvenanceError):
        with zipfile.ZipFile(file, "w") as made:
            for name, part in members.items():
                made.writestr(name, part)
        unpack.read(Path(file.name))


def raw_evidence(content: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file, suppress(ProvenanceError):
        file.write(content)
        file.flush()
        unpack.read(Path(file.name))


def picture(content: bytes) -> None:
    with suppress(SourceError):
        found = fingerprint(content)
        assert isinstance(found, Asset)
        assert bool(found.fingerprints) != bool(found.not_hashable)
        json.dumps(to_json(found), ensure_ascii=False).encode()


class Nothing:
    """A record without anything in it."""

    def asset(self, _: str) -> None:
        return None

    def near(self, *_: object) -> list[Any]:
        return []

    def known_matches(self, *_: object) -> None:
        return None

    def visuals_with_assets(self, _: object) -> list[Any]:
        return []


def hash_text(content: bytes) -> None:
    text = content.decode("utf-8", "replace").replace("\0", "")
    lookup._pasted(content)
    if lookup.is_hash(text):
        with suppress(ProvenanceError):
            lookup.lookup_hash(text, Nothing())


def time_text(content: bytes) -> None:
    """Whatever reads a time: of pages, feeds, posts, pictures, manifests and the command line."""
    text = content.decode("utf-8", "replace")
    for reader in (html_times.moment, feed.date, posted.moment, embedded.moment):
        reader(text)
    for refusing in (iso_date, past.moment):
        with suppress(ProvenanceError):
            refusing(text)


def citation_text(content: bytes) -> None:
    language = ("en", "de", "fr", "es", "ru", "uk", "ar", "ko", "ja", "zh")[content[0] % 10 if content else 0]
    text = content.decode("utf-8", "replace")
    facts = DocumentFacts(sha256="0" * 64, language=language, published="2031-10-23")
    sound(read(Page(source="-", facts=facts, text=text)))


def manifest(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, suppress(ProvenanceError):
        path = Path(folder, "manifest.csv")
        path.write_bytes(content)
        read_manifest(path)


def checkpoint_text(content: bytes) -> None:
    with suppress(ProvenanceError):
        checkpoint.parse(content.decode("utf-8", "replace"))


# ------------------------------------------------------------------ samples, all invented

_MEMBER = b"\n%%%%\n"
_EVIDENCE = (
    "provenance/about.txt",
    "journal/checkpoint.txt",
    "journal/proofs.txt",
    "entries/1.txt",
    "payloads/1.txt",
    "journal/bytes.txt",
    "archive/data.warc.gz",
)
PAGE = (
    "<!doctype html><html lang=en><head><title>Ferry late</title><meta property=og:image content=/og.jpg>"
    "<meta property=article:published_time content=2031-05-02T07:00:00+02:00><link rel=canonical href=/ferry>"
    '<script type=\'application/ld+json\'>{"@type": "NewsArticle", "image": [{"url": "/a.jpg"}]}</script></head><body><article>'
    f"<h1>Ferry late again</h1><p class=byline>By Ada Quay, May 2, 2031<p>{PROSE}<figure><img src=/f.jpg srcset='/f.jpg 1x, /g.jpg 2x'>"
    "<figcaption>The ferry at the quay. Photo: Ada Quay/Tarn Wire</figcaption></figure>"
    "<blockquote class=twitter-tweet><p>Late.</p>Orrin (@orrin) <a href='https://x.com/orrin/status/2031000000000000001'>May 2</a></blockquote>"
    "<iframe src='https://www.youtube.com/embed/abcdefghijk'></iframe><video poster=p.jpg><source src=v.mp4></video>"
    f"<table><tr><td>{PROSE}</table><noscript><img src=n.jpg></noscript></article></body></html>"
)
TELEGRAM_PAGE = (
    '<html><body class="widget_frame_base"><div class="tgme_widget_message" data-post="tarn_quay/7">'
    '<div class="tgme_widget_message_text">Late. <a href="https://t.me/other/3">via</a></div>'
    '<a class="tgme_widget_message_photo_wrap" style="background-image:url(\'https://cdn.example/7.jpg\')"></a>'
    '<a class="tgme_widget_message_date"><time datetime="2031-05-02T07:00:00+00:00"></time></a></div></body></html>'
)
JSON_LD = json.dumps(
    {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": ["NewsArticle"],
                "headline": "Ferry late",
                "datePublished": "2031-05-02T07:00:00+02:00",
                "author": [{"@type": "Person", "name": "Ada Quay"}, "Tarn Wire"],
                "publisher": {"@id": "#p"},
                "image": {
                    "@type": "ImageObject",
                    "url": "/f.jpg",
                    "caption": "The ferry",
                    "creditText": "Tarn Wire",
                    "width": 800,
                },
                "video": [{"@type": "VideoObject", "embedUrl": "https://youtu.be/abcdefghijk", "uploadDate": "2031-05-01"}],
            },
            {"@id": "#p", "@type": "Organization", "name": "Tarn Post"},
            {
                "@type": "ClaimReview",
                "claimReviewed": "It sank",
                "reviewRating": {"alternateName": "False"},
                "itemReviewed": {"url": URL},
            },
        ],
    }
)
RSS = (
    "<?xml version='1.0'?><rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
    f"<channel><title>Tarn Post</title><item><title>Ferry</title><link>{URL}</link><guid>7</guid><dc:creator>Ada</dc:creator>"
    "<pubDate>Fri, 02 May 2031 07:00:00 +0200</pubDate><media:content url='https://img.example/f.jpg' medium='image'>"
    "<media:credit>Tarn Wire</media:credit></media:content><enclosure url='https://img.example/f.mp4' type='video/mp4'/>"
    "<description><![CDATA[<p>Late. <img src=x.jpg></p>]]></description></item></channel></rss>"
)
ATOM = (
    "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Tarn Post</title><entry><title type='html'>Ferry &amp; quay</title>"
    f"<link rel='alternate' href='{URL}'/><id>7</id><updated>2031-05-02T07:00:00Z</updated><content type='xhtml'><div>Late.</div></content>"
    "</entry></feed>"
)
SITEMAP = (
    "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'"
    f" xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>{URL}</loc><lastmod>2031-05-02</lastmod>"
    "<image:image><image:loc>https://img.example/f.jpg</image:loc><image:caption>The ferry</image:caption></image:image>"
    "<news:news><news:title>Ferry</news:title><news:publication_date>2031-05-02T07:00Z</news:publication_date></news:news></url></urlset>"
)
SITEMAP_INDEX = f"<sitemapindex><sitemap><loc>{URL}.xml</loc></sitemap></sitemapindex>"
OPML = "<opml version='2.0'><body><outline text='Papers'><outline text='Tarn' xmlUrl='https://tarnpost.example/feed' type='rss'/></outline></body></opml>"
GIF = b"GIF89a\1\0\1\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"


def warc(body: bytes, kind: str = "text/html", url: str = URL, record: str = "response", **more: str) -> bytes:
    answer = (
        f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n".encode()
        + "".join(f"{n.replace('_', '-')}: {v}\r\n" for n, v in more.items()).encode()
    )
    answer += b"\r\n" + body
    digest = f"WARC-Payload-Digest: sha256:{hashlib.sha256(body).hexdigest()}\r\n"
    head = f"WARC/1.1\r\nWARC-Type: {record}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-05-02T07:00:00Z\r\n{digest}Content-Length: {len(answer)}\r\n\r\n"
    return head.encode() + answer + b"\r\n\r\n"


CRAWL = warc(PAGE.encode()) + warc(GIF, "image/gif", "https://tarnpost.example/f.gif")
CHUNKED = warc(b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE.encode()), Transfer_Encoding="chunked")
PACKED = warc(gzip.compress(PAGE.encode()), Content_Encoding="gzip")
AGAIN = warc(b"", record="revisit", url="https://tarnpost.example/again")
ARC = f"filedesc://a.arc 0.0.0.0 20310502070000 text/plain 8\nheader\n\n\n{URL} 1.2.3.4 20310502070000 text/html {len(PAGE) + 19}\nHTTP/1.0 200 OK\r\n\r\n{PAGE}\n".encode()
MHTML = (
    f"From: <Saved>\r\nSnapshot-Content-Location: {URL}\r\nDate: Fri, 02 May 2031 07:00:00 -0000\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n'
    f"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {URL}\r\n\r\n{PAGE.replace('=', '=3D')}\r\n--b\r\nContent-Type: image/gif\r\n"
    "Content-ID: <one>\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://tarnpost.example/f.gif\r\n\r\nR0lGODlhAQABAAAAACw=\r\n--b--\r\n"
).encode()
TELEGRAM = {
    "name": "Tarn Quay",
    "type": "public_channel",
    "id": 7,
    "messages": [
        {"id": 1, "type": "service", "action": "create_channel", "date": "2031-05-01T07:00:00"},
        {
            "id": 7,
            "type": "message",
            "date": "2031-05-02T07:00:00",
            "date_unixtime": "1935471600",
            "from": "Tarn Quay",
            "from_id": "channel7",
            "forwarded_from": "Orrin",
            "photo": "photos/7.jpg",
            "width": 800,
            "text": [
                "Late. ",
                {"type": "text_link", "text": "via", "href": "https://t.me/other/3"},
                {"type": "mention", "text": "@other"},
            ],
            "text_entities": [{"type": "plain", "text": "Late."}],
            "reply_to_message_id": 1,
        },
        {"id": 8, "type": "message", "date": "2031-05-02T07:01:00", "file": "video.mp4", "media_type": "video_file", "text": ""},
    ],
}
TWEET = {
    "rest_id": "2031000000000000001",
    "core": {"user_results": {"result": {"legacy": {"screen_name": "orrin", "name": "Orrin"}}}},
    "legacy": {
        "full_text": "Late. https://t.co/x",
        "created_at": "Fri May 02 07:00:00 +0000 2031",
        "extended_entities": {
            "media": [
                {
                    "type": "video",
                    "media_url_https": "https://img.example/1.jpg",
                    "video_info": {"variants": [{"bitrate": 5, "url": "https://img.example/1.mp4"}]},
                }
            ]
        },
        "entities": {"urls": [{"expanded_url": URL, "url": "https://t.co/x"}]},
        "quoted_status_id_str": "2030000000000000001",
    },
}
TIMELINE = {"data": {"entries": [{"content": {"itemContent": {"tweet_results": {"result": TWEET}}}}]}}
OLD_TWEET = {
    "id_str": "2031000000000000001",
    "text": "Late.",
    "user": {"screen_name": "orrin"},
    "created_at": "Fri May 02 07:00:00 +0000 2031",
}
CAPTURED = "\n".join(json.dumps({"source_platform": "x.com", "item_id": n, "data": TWEET}) for n in "12")
INSTAGRAM = {"items": [{"code": "DQferry1", "taken_at": 1935471600, "user": {"username": "orrin"}, "caption": {"text": "Late"},
    "image_versions2": {"candidates": [{"url": "https://img.example/1.jpg", "width": 800}]}, "carousel_media": []}]}  # fmt: skip
OEMBED = {
    "type": "rich",
    "version": "1.0",
    "author_name": "Orrin",
    "html": "<p>Late",
    "url": "https://x.com/orrin/status/2031000000000000001",
}
INFO = {"id": "abcdefghijk", "extractor": "youtube", "webpage_url": "https://www.youtube.com/watch?v=abcdefghijk", "title": "Ferry",
    "upload_date": "20310502", "timestamp": 1935471600, "uploader": "Tarn Quay", "channel_url": "https://www.youtube.com/@tarn",
    "thumbnails": [{"url": "https://img.example/1.jpg", "width": 800}], "duration": 12.5, "_filename": "Ferry.mp4"}  # fmt: skip
KEYFRAMES = {
    "url": URL,
    "shots": [{"start": 0, "end": 2.5}],
    "keyframes": [{"keyframe_url": "https://img.example/1.jpg", "time": "1.5"}],
}
CAT = (
    "id,thread_id,timestamp,link,body,author,image_url\n"
    '2031,2031,2031-05-02 07:00:00,https://x.com/orrin/status/2031,"Late, again\n""quoted""",orrin,"https://img.example/1.jpg,https://img.example/2.jpg"\n'
)
ARCHIVER = (
    "Link,Archive status,Archive location,Archive date,Thumbnail,Upload timestamp,Upload title,Hash,Perceptual hashes\n"
    f'{URL},success,https://archive.example/1.html,2031-05-02T07:00:00,=IMAGE("https://img.example/t.jpg"),2031-05-01,Ferry,{"ab" * 32},'
    "\"[('1.jpg', 'a0b1c2d3e4f50617')]\"\n"
)
MANIFEST = f'file,url,outlet,published\na.html,{URL},Tarn Post,2031-05-02\n"b,c.html",,,2031-05\n'
NOTE = f"tarnpost.example\n7\n{'A' * 43}=\nat 2031-05-02T07:00:00.000000Z\n\n— tarnpost.example AAAAAAECAwQF\n"
CITATIONS = (
    PROSE
    + "“It was dark,” said Ada Quay, according to Tarn Wire. A video posted on Telegram by @tarn_quay shows the ferry. Photo: Orrin/Tarn Wire.",
    "Das Video, das @tarn_quay auf X veröffentlichte, zeigt laut Tarn Wire die Fähre am 2. Mai 2031.",
    "텔레그램 계정 @tarn_quay에 따르면 사진은 여객선을 보여준다.",
    "Фото опубликовал канал @tarn_quay, сообщает «Тарн».",
    "据《塔恩》报道,视频显示渡轮。",
)
TIMES = (
    "2031-05-02T07:00:00.123+02:00",
    "Fri, 02 May 2031 07:00:00 +0200",
    "2031:05:02 07:08:09",
    "May 2, 2031 7:00 pm",
    "2. Mai 2031",
    "20310502",
    "1935471600",
    "2031年5月2日",
    "2031-05",
    "02/05/31",
)
HASHES = (
    "a0b1c2d3e4f50617",
    "phash:a0b1c2d3e4f50617",
    "0x" + "ab" * 32,
    "pdq:" + "f" * 64,
    "oLHC0+T1Bhc=",
    "A" * 43 + "=",
    "@tarn_quay",
    URL,
)
FLAT = (
    f"Tarn Post\nFerry late again\nBy Ada Quay\nMay 2, 2031 / 7:00 AM\n\n{PROSE}\n\nThe ferry at the quay on Monday. Ada Quay/Tarn Wire\n\n"
    f"{PROSE}\n\nOrrin\n@orrin\nLate.\n7:00 AM · May 2, 2031\n\nRead also\nOther news\n"
)
ENTRY = json.dumps([1, "2031-05-02T07:00:00.000000Z", "Ada", "document", "d1", "why", "ab" * 32, "00" * 32])
EVIDENCE = _MEMBER.join(
    [json.dumps({"schema": "provenance/package/1", "visuals": []}).encode(), NOTE.encode(), b"1 1\n", ENTRY.encode(), b"{}",
     f"{hashlib.sha256(GIF).hexdigest()} 0 99 {len(GIF)}\n".encode(), gzip.compress(warc(GIF, "image/gif"))]
)  # fmt: skip


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


@functools.cache
def pictures() -> tuple[bytes, ...]:
    """Small pictures of every form, with what cameras and agencies write into them."""
    from PIL import Image

    drawn = Image.radial_gradient("L").resize((48, 40)).convert("RGB")
    exif = Image.Exif()
    exif.update({0x013B: "Ada Quay", 0x8298: "Tarn Wire", 0x0112: 6, 0x9003: "2031:05:02 07:08:09"})
    exif.get_ifd(0x8769).update({0x9003: "2031:05:02 07:08:09", 0x9011: "+02:00", 0x927C: b"maker"})
    exif.get_ifd(0x8825).update({1: "N", 2: (54.0, 30.0, 0.0)})
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' dc:creator='Ada'/></rdf:RDF></x:xmpmeta>"
    made = []
    for kind, options in (
        ("JPEG", {"exif": exif, "xmp": xmp}),
        ("PNG", {"exif": exif}),
        ("WEBP", {"exif": exif, "xmp": xmp}),
        ("TIFF", {"exif": exif}),
        ("GIF", {}),
        ("BMP", {}),
        ("AVIF", {"exif": exif}),
    ):
        out = io.BytesIO()
        with suppress(OSError, KeyError):  # a form that this Pillow does not write
            drawn.save(out, kind, **options)
            made.append(out.getvalue())
    block = b"\x1c\x02\x50\x00\x08Ada Quay\x1c\x02\x6e\x00\x09Tarn Wire\x1c\x01\x5a\x00\x03\x1b%G"
    resource = b"8BIM" + struct.pack(">HH", 0x0404, 0) + struct.pack(">I", len(block)) + block
    segment = b"Photoshop 3.0\0" + resource
    made.append(made[0][:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + made[0][2:])
    out = io.BytesIO()
    drawn.save(out, "GIF", save_all=True, append_images=[drawn.rotate(90 * n) for n in (1, 2)])
    return (*made, out.getvalue())


def texts(*values: object) -> tuple[bytes, ...]:
    return tuple(v if isinstance(v, bytes) else (v if isinstance(v, str) else json.dumps(v)).encode() for v in values)


_ODD = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    "\u202e\u2066".encode(),
    b"-1",
    b"1e999",
    b"99999999999999999999",
    b"NaN",
    b"null",
    b"[]",
    b"{}",
    b'""',
    b"true",
)
_HTML = (
    b"<div>",
    b"</div>",
    b"<img src=",
    b"<script>",
    b"<!--",
    b"-->",
    b"&#xd800;",
    b"&#0;",
    b"&amp",
    b"<![CDATA[",
    b"]]>",
    b"<table>",
    b"<svg>",
    b"srcset='",
    b'style="background-image:url(',
    b"https://[",
    b"//",
    b"data:image/gif;base64,",
)
_JSON = (
    b'"\\ud800"',
    b'{"a":',
    b"[[",
    b"]]",
    b'"id":',
    b'"date":',
    b'"text":',
    b'"url":',
    b'"https://[x"',
    b'"9999-12-31T23:59:59-12:00"',
    b"1e308",
    b"-0.0",
    b'""',
)
_XML = (
    b"<item>",
    b"</item>",
    b"<![CDATA[",
    b"]]>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"&b;",
    b"xmlns=''",
    b"&#xFFFE;",
    b"<link>",
    b"<?xml version='1.1' encoding='utf-16'?>",
)
_WARC = (
    b"WARC/1.1\r\n",
    b"\r\n\r\n",
    b"Content-Length: 0\r\n",
    b"Content-Length: 99999999\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: gzip\r\n",
    b"WARC-Type: revisit\r\n",
    b"HTTP/1.1 304\r\n",
    b"Location: http://[\r\n",
    b"WARC-Payload-Digest: sha1:=\r\n",
    b"WARC-Date: 0000\r\n",
)
_MIME = (
    b"\r\n--b\r\n",
    b"--b--",
    b"Content-Type: multipart/related; boundary=b\r\n",
    b"Content-Transfer-Encoding: x-uuencode\r\n",
    b"Content-Type: text/html; charset*=''x\r\n",
    b"=?utf-8?q?=",
    b"Content-Location: http://[\r\n",
    b"Date: Mon, 99 Foo 99999 99:99:99 +9999\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
)
_CSV = (
    b'"',
    b'""',
    b",",
    b"\n",
    b"\r",
    b";",
    b"\t",
    b'=IMAGE("',
    b"[('",
    b"')]",
    b"datetime.datetime(",
    b"{'a': ",
    b"hash",
    b"https://[",
)
_DATES = (
    b"T",
    b"Z",
    b"+99:99",
    b"-00:00",
    b":60",
    b"24:00",
    b"0000",
    b"9999",
    b"-13-",
    b"-02-30",
    "٢٠٣١".encode(),
    "年".encode(),
    b" pm",
    b" AM",
    b"Mon, ",
    b".999999999",
    b"GMT",
)
_CITING = tuple(
    p.encode()
    for p in (
        "“",
        "”",
        " said",
        " according to ",
        "@a",
        " posted ",
        "Photo: ",
        "/",
        "(",
        ")",
        "에 따르면",
        "によると",
        "据",
        "报道",
        " laut ",
        "«",
        "»",
        "\n",
        ". ",
        "video",
        "İ",
        "ß",
        "\u0301",
        "\u200d",
    )
)

TARGETS: Mapping[str, Callable[[], Target]] = {
    "html": lambda: Target(documents("text/html"), texts(PAGE, TELEGRAM_PAGE), _HTML + _ODD),
    "json-ld": lambda: Target(json_ld, texts(JSON_LD), _JSON + _ODD),
    "telegram-page": lambda: Target(documents("text/html"), texts(TELEGRAM_PAGE), _HTML + _ODD),
    "text": lambda: Target(
        documents("text/plain"), texts(FLAT, FLAT.encode("utf-16"), FLAT.encode("cp1252")), _CITING + _DATES + _ODD
    ),
    "feed": lambda: Target(documents("application/rss+xml"), texts(RSS, ATOM), _XML + _HTML + _ODD),
    "sitemap": lambda: Target(documents("application/sitemap+xml"), texts(SITEMAP, SITEMAP_INDEX), _XML + _ODD),
    "opml": lambda: Target(documents("text/x-opml"), texts(OPML), _XML + _ODD),
    "warc": lambda: Target(
        archive, (CRAWL, CHUNKED + AGAIN, PACKED, ARC, gzip.compress(warc(b"<p>x")) + gzip.compress(AGAIN)), _WARC + _ODD
    ),
    "wacz": lambda: Target(
        archive,
        (zipped(**{"archive/a.warc": CRAWL, "datapackage.json": b'{"resources": []}'}),),
        (b"PK\1\2", b"PK\3\4", b"PK\5\6", *_ODD),
    ),
    "wacz-members": lambda: Target(
        package_of("archive/a.warc", "datapackage.json", "pages/pages.jsonl", "archive/b.warc.gz"),
        (
            _MEMBER.join(
                [
                    CRAWL,
                    b'{"resources": [{"path": "archive/a.warc", "hash": "sha256:ab"}]}',
                    b'{"url": "%s"}\n' % URL.encode(),
                    gzip.compress(CRAWL),
                ]
            ),
        ),
        _WARC + _JSON + _ODD,
    ),
    "mhtml": lambda: Target(archive, (MHTML,), _MIME + _HTML + _ODD),
    "telegram-export": lambda: Target(
        documents("application/json"), texts(TELEGRAM, {"chats": {"list": [TELEGRAM]}}), _JSON + _ODD
    ),
    "x": lambda: Target(documents("application/json"), texts(TIMELINE, [OLD_TWEET], CAPTURED), _JSON + _ODD),
    "instagram": lambda: Target(documents("application/json"), texts(INSTAGRAM, OEMBED), _JSON + _ODD),
    "4cat": lambda: Target(documents("text/plain"), texts(CAT), _CSV + _ODD),
    "auto-archiver": lambda: Target(documents("text/plain"), texts(ARCHIVER), _CSV + _ODD),
    "info-json": lambda: Target(documents("application/json"), texts(INFO), _JSON + _ODD),
    "invid": lambda: Target(documents("application/json"), texts(KEYFRAMES), _JSON + _ODD),
    "picture": lambda: Target(
        picture,
        pictures(),
        (
            b"\xff\xd8\xff",
            b"Exif\0\0",
            b"MM\0*",
            b"II*\0",
            b"8BIM",
            b"\x1c\x02",
            b"IHDR",
            b"iTXt",
            b"eXIf",
            b"VP8X",
            b"ftypavif",
            b"\xff\xff\xff\xff",
            b"\x80\0\0\0",
        ),
    ),
    "hash": lambda: Target(hash_text, texts(*HASHES), (b"phash:", b"pdq:", b"=", b"+/", "à".encode(), b"0x", *_ODD)),
    "time": lambda: Target(time_text, texts(*TIMES), _DATES),
    "citations": lambda: Target(citation_text, texts(*CITATIONS), _CITING + _ODD),
    "manifest": lambda: Target(manifest, texts(MANIFEST), _CSV + _DATES + _ODD),
    "checkpoint": lambda: Target(checkpoint_text, texts(NOTE, "7:" + "ab" * 32), (b"\n\n", b"\xe2\x80\x94 ", b"=", b"-7", b":")),
    "package": lambda: Target(evidence, (EVIDENCE,), (_MEMBER, *_JSON, *_ODD)),
    "package-zip": lambda: Target(
        raw_evidence,
        (zipped(**{"provenance/about.txt": b'{"schema": "provenance/package/1"}'}),),
        (b"PK\1\2", b"PK\3\4", b"PK\5\6", *_ODD),
    ),
    "anything": lambda: Target(whatever_it_is, texts(PAGE, FLAT, RSS, CAT, TELEGRAM), _HTML + _JSON + _CSV + _ODD),
}
"""By name; made when it is asked for, as the samples of some take time."""
