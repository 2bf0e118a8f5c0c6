"""MHTML (RFC 2557): one page saved by a browser as an e-mail, its pictures as parts known by their address or content id."""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from email.utils import parsedate_to_datetime

from provenance.acquire.files import recognised
from provenance.acquire.http_record import joined
from provenance.acquire.limits import Limits
from provenance.acquire.sniff import HTML
from provenance.errors import NotDecodable, NotFound
from provenance.records import Snapshot

_WEB = re.compile(r"https?://", re.IGNORECASE)
_MOST_PARTS = 20_000


def snapshot(content: bytes, source: str, limits: Limits) -> Snapshot:
    """The page itself.

    Args:
        content: the file.
        source: its path; the page's source is `path#address`.
        limits: the most bytes of a page.

    Raises:
        NotDecodable: there is no HTML part; EmptySource, TooLarge: as their names say.
    """
    message = _parsed(content, source)
    page = next((p for p in _parts(message, source) if p.get_content_type() in {HTML, "application/xhtml+xml"}), None)
    if page is None:
        raise NotDecodable(f"{source} is a saved page without its page: no part is HTML", "save the page again")
    body = _bytes(page)
    recognised(body, source, limits)
    stated = (_header(message, "Snapshot-Content-Location"), _header(page, "Content-Location"))
    url = next((address for address in stated if _WEB.match(address)), None)
    return Snapshot(
        source=f"{source}#{url}" if url else source,
        content=body,
        sha256=hashlib.sha256(body).hexdigest(),
        media_type=HTML,
        declared_type=page.get_content_type(),
        charset=page.get_content_charset(),
        obtained_at=_saved(message),
        how="archive",
        url=url,
        final_url=url,
    )


def part(content: bytes, urls: tuple[str, ...], name: str) -> bytes:
    """The bytes of the part with one of these addresses (or `cid:` names), the first that is there.

    Raises:
        NotFound: none is.
    """
    message = _parsed(content, name)
    base = _header(message, "Snapshot-Content-Location")
    known: dict[str, Message] = {}
    for item in _parts(message, name):
        known.setdefault(joined(base, _header(item, "Content-Location")).partition("#")[0], item)
        known.setdefault(f"cid:{_header(item, 'Content-ID').strip('<>')}", item)
    for url in urls:
        if (found := known.get(url.partition("#")[0])) is not None and (body := _bytes(found)):
            return body
    raise NotFound(f"{' or '.join(u[:200] for u in urls[:2])} is not in {name}", "save the page with its pictures")


def _parsed(content: bytes, name: str) -> Message:
    try:
        return message_from_bytes(content, policy=policy.compat32)
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise NotDecodable(f"{name} is no sound MHTML: {str(error)[:200]}", "save the page again") from error


def _parts(message: Message, name: str) -> Iterator[Message]:
    for count, item in enumerate(message.walk()):
        if count > _MOST_PARTS:
            raise NotDecodable(f"{name} has more than {_MOST_PARTS:,} parts", "save the page again")
        if not item.is_multipart():
            yield item


def _bytes(item: Message) -> bytes:
    found = item.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _header(item: Message, name: str) -> str:
    return " ".join(str(item.get(name, "")).split())


def _saved(message: Message) -> str:
    """When the page was saved, in UTC; empty where the file does not say it."""
    try:
        moment = parsedate_to_datetime(_header(message, "Date"))
        return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except (ValueError, OverflowError, TypeError, IndexError):
        return ""
