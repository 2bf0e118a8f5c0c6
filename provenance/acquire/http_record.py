"""The HTTP answer inside an archive's record: status, headers, and the body as a browser would have had it."""

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urljoin

from provenance.acquire.inflate import PLAIN, ZIPPED, inflated
from provenance.acquire.warc import Record
from provenance.errors import FetchError, NotDecodable

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})(?: [^\r\n]{0,1000})?")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,12})[^\r\n]{0,1000}\r?\n")
_MAX_HEADER = 256 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. `raw` is the body as stored, `body` without chunks and compression."""

    status: int
    headers: Mapping[str, str]
    raw: bytes
    body: bytes

    @property
    def declared(self) -> tuple[str | None, str | None]:
        """The media type and the charset of the Content-Type header."""
        return content_type(self.headers.get("content-type"))


def content_type(header: str | None) -> tuple[str | None, str | None]:
    """Media type and charset of a Content-Type header."""
    if not header:
        return None, None
    message = Message()
    message["content-type"] = re.sub(r"[\r\n]", " ", header[:500])
    return message.get_content_type(), message.get_content_charset()


def joined(base: str, address: str) -> str:
    """An address as written at another; empty where it is none."""
    try:
        return urljoin(base, address)
    except ValueError:  # broken brackets of an IPv6 address
        return ""


def declared_type(record: Record) -> str | None:
    """The media type that the answer in a record declares, read from its head alone; None where it declares none."""
    block = record.block or b""
    if block.startswith(b"HTTP/"):
        return content_type(dict(_fields(_split(block)[0])).get("content-type"))[0]
    stated = content_type(record.headers.get("content-type"))[0]
    return None if stated == "application/http" else stated


def answer(record: Record, cap: int, name: str) -> Answer:
    """The answer in a `response` record, or the bytes of a `resource` record as one.

    Args:
        record: with its block.
        cap: the most bytes of the body after decompression.
        name: how messages call the record.

    Raises:
        NotDecodable: no HTTP, or a body that its headers do not fit; TooLarge: over the cap.
    """
    block = record.block or b""
    if record.kind == "resource" or not block.startswith(b"HTTP/"):
        if record.kind != "resource" and "http" in record.headers.get("content-type", "application/http"):
            raise NotDecodable(f"{name}: it holds no HTTP answer but {block[:40]!r}", "crawl the page again")
        return Answer(200, {"content-type": record.headers.get("content-type", "")}, block, block)
    head, raw = _split(block)
    status = _STATUS.match(head)
    if status is None:
        raise NotDecodable(f"{name}: {head[:60]!r} is no HTTP status", "crawl the page again")
    headers = dict(_fields(head))
    return Answer(int(status[1]), headers, raw, _body(raw, headers, cap, name))


def _split(block: bytes) -> tuple[bytes, bytes]:
    ends = [(at, len(end)) for end in (b"\r\n\r\n", b"\n\n") if (at := block.find(end, 0, _MAX_HEADER)) >= 0]
    at, size = min(ends, default=(len(block), 0))
    return block[:at], block[at + size :]


def _fields(head: bytes) -> Iterator[tuple[str, str]]:
    for line in reversed(head.decode("latin-1").splitlines()[1:]):  # the first of a name wins
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip().lower(), value.strip()


def _body(raw: bytes, headers: Mapping[str, str], cap: int, name: str) -> bytes:
    body = raw
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _dechunked(raw, name)
    coding = headers.get("content-encoding", "").strip().lower()
    if coding in PLAIN or not body:
        return body
    if coding in ZIPPED:
        return _unzipped(body, cap, name)
    if coding == "deflate":
        return _deflated(body, cap, name)
    if body.lstrip()[:1] in {b"<", b"{"}:  # the crawler unpacked it and kept the header
        return body
    raise NotDecodable(f"{name}: its body is packed as {coding[:40]!r}, which is not read here", "crawl it with gzip or without")


def _dechunked(raw: bytes, name: str) -> bytes:
    """The body without its chunks; some crawlers take them out and keep the header."""
    body, at = bytearray(), 0
    while match := _CHUNK_SIZE.match(raw, at):
        size, start = int(match[1], 16), match.end()
        if size == 0:
            return bytes(body)
        if start + size > len(raw):
            break
        body += raw[start : start + size]
        at = start + size
        at += 2 if raw[at : at + 2] == b"\r\n" else raw[at : at + 1] == b"\n"
    if at == 0:
        return raw
    raise NotDecodable(f"{name}: its chunks break off after {at:,} bytes", "crawl the page again")


def _unzipped(body: bytes, cap: int, name: str) -> bytes:
    if not body.startswith(b"\x1f\x8b"):  # unpacked by the crawler
        return body
    try:
        return inflated([body], "gzip", cap, name)
    except FetchError as error:
        raise NotDecodable(error.message, "crawl the page again") from error


def _deflated(body: bytes, cap: int, name: str) -> bytes:
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):  # RFC 9110 means zlib, some servers send the bare stream
        try:
            found = zlib.decompressobj(bits).decompress(body, cap + 1)
        except zlib.error:
            continue
        if len(found) <= cap:
            return found
        raise NotDecodable(f"{name} inflates to more than {cap:,} bytes", "raise the limit if you trust it")
    raise NotDecodable(f"{name}: its body is no deflate stream", "crawl the page again")


# ------------------------------------------------------------------ digests


def false_digests(record: Record, found: Answer) -> tuple[str, ...]:
    """Names of the digests that a record states and that do not fit its bytes; of an unknown algorithm or none, nothing is said.

    Crawlers differ in whether the payload is the body before or after chunks and compression are taken off, so any will do.
    """
    checks = {"WARC-Block-Digest": (record.block or b"",), "WARC-Payload-Digest": (found.raw, found.body)}
    stated = {name: record.headers.get(name.lower()) for name in checks}
    extra = (_dechunked_or_none(found.raw),)
    checks["WARC-Payload-Digest"] += tuple(e for e in extra if e is not None)
    return tuple(name for name, value in stated.items() if value and not any(fits(value, data) for data in checks[name]))


def _dechunked_or_none(raw: bytes) -> bytes | None:
    try:
        return _dechunked(raw, "")
    except NotDecodable:
        return None


def fits(stated: str, data: bytes) -> bool:
    """Whether a digest such as `sha1:BASE32` or `sha256:hex` is that of some bytes; an unknown algorithm cannot be checked."""
    algorithm, _, value = stated.strip().partition(":")
    name = algorithm.lower().replace("-", "")
    if name not in {"md5", "sha1", "sha256", "sha384", "sha512"}:
        return True
    digest = hashlib.new(name, data, usedforsecurity=False).digest()
    forms = {digest.hex(), base64.b32encode(digest).decode().rstrip("=").lower()}
    return value.lower().rstrip("=") in forms or _from_base64(value) == digest


def _from_base64(value: str) -> bytes | None:
    try:
        return base64.b64decode(value.replace("-", "+").replace("_", "/") + "=" * (-len(value) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
