"""Evidence packages: one WACZ file (a ZIP of web-archive records) with the journal's entries and proofs beside the bytes.

    archive/data.warc.gz          the bytes, one WARC `resource` record each: what was received, not how
    indexes/index.cdx.gz, .idx    where each lies, for replay tools
    pages/pages.jsonl             the documents
    journal/checkpoint.txt        the head of the journal that all proofs lead to
    journal/proofs.txt            an entry a line: number, size of the journal, the path of RFC 9162 in hex
    journal/bytes.txt             a blob a line: sha256, offset and length of its record in the archive, length of the bytes
    journal/SHA256SUMS.txt        of every file but this one and the data package
    entries/N.txt, payloads/N.txt the leaf of entry N, and what it recorded; exactly the bytes that are hashed
    provenance/visuals.jsonl      the visuals as grouped when the package was made
    provenance/about.txt          who exported it, when, with which program (JSON)
    datapackage.json, datapackage-digest.json

Everything lies two levels deep, for that is how far the format's own validator looks.
"""

import base64
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from provenance.errors import UsageError
from provenance.records import JournalEntry, Json, Proof, Visual, to_json

_WARC = "archive/data.warc.gz"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # members carry no time of their own, so that the same content is the same file


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """Kept bytes and what is known of them; `url` is None where they were not had from the web."""

    sha256: str
    content: bytes = field(repr=False)
    media_type: str
    at: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What a package holds; `about` has `exported_by`, `exported_at`, `program`, `redacted`."""

    note: str
    about: Json
    entries: tuple[JournalEntry, ...]
    proofs: tuple[Proof, ...]
    blobs: tuple[Blob, ...]
    pages: tuple[Json, ...] = ()
    visuals: tuple[Visual, ...] = ()


def write(parcel: Parcel) -> bytes:
    """The package as the bytes of a WACZ file.

    Raises:
        UsageError: the library for it is not installed.
    """
    archive, places = _archive(parcel.blobs)
    index = _index(parcel.blobs, places)
    files: dict[str, bytes] = {
        _WARC: archive,
        "indexes/index.cdx.gz": gzip.compress(index, mtime=0),
        "pages/pages.jsonl": _lines([{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}, *parcel.pages]),
        "journal/checkpoint.txt": parcel.note.encode(),
        "journal/proofs.txt": "".join(
            f"{p.sequence} {p.size} {' '.join(p.path)}".rstrip() + "\n" for p in parcel.proofs
        ).encode(),
        "journal/bytes.txt": "".join(
            f"{blob.sha256} {at} {length} {len(blob.content)}\n" for blob, (at, length) in zip(parcel.blobs, places, strict=True)
        ).encode(),
        "provenance/visuals.jsonl": _lines([to_json(visual) for visual in parcel.visuals]),
        "provenance/about.txt": _json(parcel.about),
    }
    files["indexes/index.idx"] = _block(index, len(files["indexes/index.cdx.gz"]))
    for entry in parcel.entries:
        files[f"entries/{entry.sequence}.txt"] = entry.leaf.encode("ascii")
        files[f"payloads/{entry.sequence}.txt"] = entry.payload.encode("ascii")
    sums = "".join(f"{_sha256(content)}  {name}\n" for name, content in sorted(files.items()))
    files["journal/SHA256SUMS.txt"] = sums.encode()
    listed = _json(_data_package(files, parcel.about))
    files["datapackage.json"] = listed
    files["datapackage-digest.json"] = _json({"path": "datapackage.json", "hash": f"sha256:{_sha256(listed)}"})
    return _zip(files)


def _zip(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.external_attr = 0o644 << 16
            package.writestr(member, content, zipfile.ZIP_STORED if name.endswith(".gz") else zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _archive(blobs: Iterable[Blob]) -> tuple[bytes, list[tuple[int, int]]]:
    """The WARC file, and where each record lies in it: offset and length."""
    try:
        from warcio.warcwriter import WARCWriter  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError(
            "packages need the library warcio", "install it with `pip install 'provenance-desk[package]'`"
        ) from error
    made, places = io.BytesIO(), []
    writer = WARCWriter(made, gzip=True, warc_version="1.1")
    for blob in blobs:
        start = made.tell()
        digest = f"sha256:{base64.b32encode(bytes.fromhex(blob.sha256)).decode('ascii')}"
        headers = {"WARC-Date": blob.at, "WARC-Block-Digest": digest, "WARC-Payload-Digest": digest}
        record = writer.create_warc_record(
            _address(blob),
            "resource",
            payload=io.BytesIO(blob.content),
            length=len(blob.content),
            warc_content_type=blob.media_type,
            warc_headers_dict=headers,
        )
        writer.write_record(record)
        places.append((start, made.tell() - start))
    return made.getvalue(), places


def _address(blob: Blob) -> str:
    return blob.url or f"urn:sha256:{blob.sha256}"


def _index(blobs: Iterable[Blob], places: Iterable[tuple[int, int]]) -> bytes:
    """The CDXJ index: key and time, sorted, with what a replay tool needs."""
    lines = []
    for blob, (offset, length) in zip(blobs, places, strict=True):
        described = {"url": _address(blob), "mime": blob.media_type, "status": "200", "digest": f"sha256:{blob.sha256}"}
        place = {"length": str(length), "offset": str(offset), "filename": "data.warc.gz"}
        lines.append(f"{_key(_address(blob))} {_digits(blob.at)} {json.dumps({**described, **place})}\n")
    return "".join(sorted(lines)).encode()


def _block(index: bytes, length: int) -> bytes:
    """The list of the blocks of the compressed index: one."""
    first = index.split(b" {", 1)[0].decode() if index else ""
    head = json.dumps({"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"})
    return f"!meta 0 {head}\n{first} {json.dumps({'offset': 0, 'length': length})}\n".encode()


def _key(url: str) -> str:
    """An address with its host turned round, so that those of a domain lie together."""
    parts = urlsplit(url)
    if not parts.hostname:
        return url.lower().replace(" ", "%20")
    query = f"?{parts.query}" if parts.query else ""
    return f"{','.join(reversed(parts.hostname.split('.')))}){parts.path or '/'}{query}".lower().replace(" ", "%20")


def _digits(at: str) -> str:
    return "".join(letter for letter in at if letter.isdigit())[:14].ljust(14, "0")


def _data_package(files: Mapping[str, bytes], about: Json) -> Json:
    resources = [
        {"name": name.replace("/", "-").lower(), "path": name, "hash": f"sha256:{_sha256(content)}", "bytes": len(content)}
        for name, content in files.items()
    ]
    return {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "created": about.get("exported_at"),
        "software": about.get("program"),
        "title": about.get("title"),
        "resources": resources,
    }


def _lines(values: Iterable[Any]) -> bytes:
    return b"".join(json.dumps(value).encode("ascii") + b"\n" for value in values)


def _json(value: Json) -> bytes:
    return json.dumps(value, indent=1).encode("ascii")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
