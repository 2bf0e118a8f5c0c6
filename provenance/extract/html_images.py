"""Addresses of pictures: every candidate that a page names, which is largest, and which are one asset.

An address is never made up: the one chosen is among those in the page, or is spelt out inside one of them (a proxy's
`?url=…`, the path behind a resizer).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, unquote, urljoin, urlsplit

from provenance.extract.dom import Element
from provenance.extract.html_names import marks, words
from provenance.extract.html_sizes import is_full, named_size

LONGEST_URL = 4_000
MOST_CANDIDATES = 60
"""More renditions than any publisher offers; of a hostile srcset the largest are kept, and a warning tells of the rest."""
MOST_LISTED = 1_000
"""Renditions of one srcset that are looked at for the largest."""
SMALL = 100
"""Pictures whose stated side is under this many pixels are icons and portraits; news pictures start at about 200."""
FALLBACK = 1
"""Width given to a plain `src`: with nothing else known, it is the rendition for everyone."""
FULL = 50_000
"""Rank of an address in an attribute that is named for the full picture, where the address says nothing of its size."""
ORIGINAL = 100_000
"""Rank of an address that is another's without its size: the file from which the renditions are made."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One address of a picture and the width in pixels that the page states, if any.

    `local` is the path as written, when it is relative to the page's own folder: that of a saved page's file.
    """

    url: str
    width: int | None = None
    local: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """The addresses of one picture, the largest first, and its asset key."""

    url: str
    urls: tuple[str, ...]
    key: str


def candidates(element: Element, base: str | None) -> list[Candidate]:
    """What one `img`, `source`, `amp-img` or element with a background names, in the order of its attributes.

    Args:
        element: the element.
        base: the page's address; without it, relative addresses stay as written.
    """
    found: list[Candidate] = []
    for name, value in element.attrs.items():
        if not value or name in _NOT_PICTURES:
            continue
        if "srcset" in name:
            found.extend(_srcset(value[: MOST_CANDIDATES * LONGEST_URL], _pixels(element.get("width"))))
        elif len(value) > 100 * LONGEST_URL:
            continue
        elif name == "src" or (name.startswith("data-") and is_picture_url(value)) or name in _SOURCES:
            found.append(Candidate(value.strip(), FULL if is_full(name) and not hint(value) else FALLBACK))
        elif name == "style" and "url(" in value:
            found.extend(Candidate(m[1].strip(" '\"")) for m in _BACKGROUND.finditer(value))
    waiting = {v.strip() for n, v in element.attrs.items() if v and "placeholder" in n}
    named = [f for f in found[:MOST_CANDIDATES] if f.url not in waiting] if waiting else found[:MOST_CANDIDATES]
    usable = dict.fromkeys(c for c in (_absolute(f, base) for f in named) if c)
    clear = [c for c in usable if not is_noise_file(c.url)] or list(usable)
    if clear[1:] and not is_picture_url(clear[0].url):
        return sorted(clear, key=lambda c: not is_picture_url(c.url))
    return clear


def chosen(found: Iterable[Candidate]) -> Picture | None:
    """The largest of one picture's candidates, proxies looked through; None where none is usable."""
    ranked: dict[str, int] = {}
    outer: dict[str, None] = {}
    seen = list(found)
    for candidate in seen:
        inner = unwrapped(candidate.url)
        if inner != candidate.url:
            outer[candidate.url] = None
        ranked[inner] = max(ranked.get(inner, 0), _rank(inner, candidate, wrapped=inner != candidate.url))
    _promote_originals(ranked)
    if not ranked:
        return None
    urls = sorted(ranked, key=lambda url: -ranked[url])
    best = urls[0]
    return Picture(best, tuple(dict.fromkeys([*urls, *outer])), asset_key(best))


def is_picture_url(value: str) -> bool:
    """Whether an attribute's value is the address of a picture, by its ending or a resizer's form."""
    value = value.strip()
    if (
        len(value) > LONGEST_URL
        or " " in value
        or not ("/" in value or "." in value)
        or value.startswith(("{", "data:", "#", "<", "["))
    ):
        return False
    return _PICTURE.search(value.lower()) is not None


def is_noise(element: Element, url: str) -> bool:
    """Whether a picture is an icon, a portrait, a pixel or an advertisement by its size, name or host."""
    if (_is_small(element.get("width")) or _is_small(element.get("height"))) and not element.has("srcset"):
        return True
    if (hint(url) or ORIGINAL) <= SMALL * 3 // 2 and "srcset" not in " ".join(element.attrs):
        return True
    host, path = _host_and_path(url)
    if path.endswith(".svg") or _is_noise_host(host):
        return True
    return (is_noise_file(path) and not _is_captioned(element)) or element.named("picture.never")


@lru_cache(maxsize=512)
def _is_noise_host(host: str) -> bool:
    return any(host == h or host.endswith("." + h) for h in words("picture", "hosts"))


def _is_captioned(element: Element) -> bool:
    """Whether a picture stands in a figure that has a caption: then its file's name proves nothing."""
    figure = next((e for _, e in zip(range(4), element.ancestors(), strict=False) if e.tag == "figure"), None)
    return figure is not None and any(isinstance(c, Element) and c.tag == "figcaption" for c in figure.children)


def is_noise_file(path: str) -> bool:
    """Whether the last part of an address is named like an icon, a placeholder or a portrait."""
    return _is_noise_name(path.partition("?")[0].rpartition("/")[2])


@lru_cache(maxsize=2048)
def _is_noise_name(name: str) -> bool:
    last = re.findall(r"[a-z]+|\d+x\d+", name.casefold())
    if len(last) > _SHORT_NAME:
        return False
    found = marks(last)
    return "picture.never" in found or "picture.never_files" in found


_SHORT_NAME = 4
"""Words of a file name, its ending among them; longer names are about what the picture shows."""


def is_marked(url: str) -> bool:
    """Whether an address says that something is printed over the picture, as on share cards."""
    return "picture.marked" in marks(re.findall(r"[a-z0-9]+", url.casefold()))


@lru_cache(maxsize=2048)
def unwrapped(url: str) -> str:
    """The address inside a proxy's or a resizer's, where it is spelt out in full; else `url` itself."""
    for _ in range(3):
        inner = _inner(url)
        if inner is None:
            break
        url = inner
    return url


def _inner(url: str) -> str | None:
    if "?" not in url and ".wp.com/" not in url and "http" not in url[len("https://") :].lower():
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.query and (inner := _in_query(parts)):
        return inner
    if _PHOTON.match(parts.netloc) and parts.path.count("/") > 1:
        return f"https:/{parts.path}"
    return _in_path(parts)


def _in_query(parts: SplitResult) -> str | None:
    """The address in a proxy's parameter; one that names only a path is of the proxy's own host."""
    if not _PROXIED.search(parts.query):
        return None
    for name, values in _parameters(parts.query).items():
        if name in _PROXY_PARAMETERS and re.match(r"https?://[^/]+\.\w+/", values[0]):
            return values[0]
        if name in _PROXY_PARAMETERS and parts.netloc and re.match(r"/[^/].{0,600}\.[a-z]{3,4}$", values[0]):
            return f"{parts.scheme}://{parts.netloc}{values[0]}"
    return None


def _in_path(parts: SplitResult) -> str | None:
    """The address that a resizer carries behind its own path."""
    nested = _NESTED.search(parts.path) if "http" in parts.path.lower() else None
    if nested is None:
        return None
    start = nested[0][:12].upper()
    inner = unquote(nested[0]) if "%2" in start or "%3" in start else nested[0]
    return re.sub(r"^(https?):/(?!/)", r"\1://", inner) + (f"?{parts.query}" if parts.query else "")


def _parameters(query: str) -> dict[str, list[str]]:
    try:
        return parse_qs(query.replace("&amp;", "&"), max_num_fields=100)
    except ValueError:
        return {}


@lru_cache(maxsize=4096)
def asset_key(url: str) -> str:
    """One key for all renditions of a picture: the long token in its file name, or its path without sizes.

    Args:
        url: an absolute address, or a relative one as written.
    """
    inner = unwrapped(url)
    host, path = _host_and_path(inner)
    behind = _RESIZED.search(path)
    host, path = (behind[1], unquote(behind[2])) if behind else (host, unquote(path))
    last = path.rsplit("/", 1)[-1]
    token = _TOKEN.search(last) or _TOKEN.search(path)
    if token:
        return token[0].casefold()
    name = _stem(last)
    unnamed = len(name) < DISTINCT and not any(c.isdigit() for c in name)
    numbered = _NUMBERED.search(path) if unnamed or "/msid-" in path or ",msid-" in path else None
    if numbered:
        return f"{host}/{numbered[1]}"
    if len(name) >= DISTINCT and any(c.isdigit() for c in name):
        return name
    folders = re.sub(r"/+", "/", _SIZE_FOLDER.sub("/", path.rpartition("/")[0])).rstrip("/")
    query = "" if re.search(r"\.\w{3,4}$", last) else urlsplit(inner).query
    return f"{'' if len(name) >= DISTINCT else host}{folders}/{name}{query}".casefold()


DISTINCT = 12
"""Characters from which a file name with a digit in it is taken to name one picture on its own."""
_TOKEN = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![0-9a-zA-Z])(?=[a-zA-Z]{0,31}\d)[0-9a-f]{24,64}(?![0-9a-zA-Z])"
    r"|(?<![0-9A-Za-z])[A-Z2-7]{26}(?![0-9A-Za-z])|(?<![0-9a-zA-Z])(?=[0-9]{0,12}[a-f])(?=[a-f]{0,12}[0-9])[0-9a-f]{13}(?=[._-])",
)
_LOCAL = re.compile(r"(?![a-z][a-z0-9+.-]{0,20}:|/)[^?#]", re.IGNORECASE)
_SAVED = re.compile(r"^\./|_files/|\.fld/|_elemei/")
"""How browsers write the addresses of what they saved beside a page: no address of the publisher's can be made of it."""
_PHOTON = re.compile(r"i\d\.wp\.com$")
"""The picture proxy of a publishing system: the real host is the first part of its path."""
_RESIZED = re.compile(r"/(?:thumbor|resizer|resize|imgproxy|unsafe)/.{0,400}?/((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,8})(/.+)")
"""A resizer's path that ends with the host and path of the file, without a scheme."""
_NUMBERED = re.compile(r"(?:msid-|/)(\d{7,10})(?=[^/]*/[^/]*$|/)")
_SIZE_FOLDER = re.compile(
    r"/(?:\d{2,4}x\d{2,4}|w\d{2,4}|h\d{2,4}|s\d{2,4}(?:-[a-z0-9-]{1,12})?|thumbs?|thumbnails?|large|medium|small|big|original|[cwhqf]_[^/]{1,60})(?=/|$)"
)
_SUFFIX = re.compile(
    r"(?:[-_@~](?:\d{2,4}x\d{2,4}|\d{1,4}w|[wh]\d{2,4}|r\d|s|169|16-9|scaled|exlarge|large|medium|small|thumb|thumbnail|\dx|e\d{9,13}|rotated))+$"
)
_NOT_PICTURES = frozenset(
    {
        "alt",
        "title",
        "class",
        "id",
        "href",
        "sizes",
        "data-href",
        "data-link",
        "data-url-page",
        "data-share-url",
        "data-placeholder",
        "data-avatar",
    }
)
_SOURCES = frozenset(
    {
        "data-src",
        "data-original",
        "data-lazy-src",
        "data-lazy",
        "data-url",
        "data-image",
        "data-img",
        "data-bg",
        "data-background",
        "data-hi-res-src",
        "data-full",
        "lazy-src",
        "data-orig-file",
        "data-large-file",
    }
)
_PROXY_PARAMETERS = frozenset(
    {"url", "src", "image", "img", "imgurl", "u", "image_url", "image_uri", "source", "file", "path", "i"}
)
_PROXIED = re.compile(rf"(?:^|[&;])(?:{'|'.join(sorted(_PROXY_PARAMETERS))})=")
_NESTED = re.compile(r"(?<=/)https?(?::|%3A)(?:/|%2F){1,2}.+", re.IGNORECASE)
_BACKGROUND = re.compile(r"url\(([^()]{4,2000})\)")
_PICTURE = re.compile(
    r"\.(?:jpe?g|png|webp|avif|gif|jfif|bmp|tiff?|heic)(?:$|[?#&!:/@])|/(?:resizer|cdn-cgi/image|imrs\.php|image/upload|imgproxy|thumbor|imager?|_next/image)[/?]"
)
_SIZE_HINT = re.compile(
    r"[?&](?:w|width|imwidth|wid|mw|maxw|maxwidth|max_width|resize|fit|im_w|imagewidth|sw)=(?P<a>\d{2,4})"
    r"|[/,_](?:w|width)[_=:-](?P<b>\d{2,4})|[/_-](?P<c>\d{2,4})x\d{0,4}(?=[/._@-]|$)|/(?:w|s|sw)(?P<d>\d{3,4})(?:-[a-z0-9-]{1,20})?/|[-_](?P<e>\d{3,4})w\.\w{3,4}$"
    r"|[?&]resize=(?P<f>\d{2,4})|thumb_(?P<g>\d{2,3})/|[_-]w(?P<h>\d{2,4})[_.-]|~(?P<i>\d{2,4})x"
)


def _srcset(value: str, width: int | None) -> Iterator[Candidate]:
    """The candidates of a srcset: commas may stand inside an address, so a descriptor ends each."""
    parts = re.split(r",\s+|(?<=\d[wx]),", value.strip())[:MOST_LISTED]
    for part in parts if len(parts) <= MOST_CANDIDATES else _largest(parts):
        pieces = part.strip().rsplit(None, 1)
        if not pieces:
            continue
        descriptor = re.fullmatch(r"(\d{1,5})(?:\.\d{1,3})?([wxh])", pieces[-1]) if len(pieces) > 1 else None
        url = pieces[0] if descriptor else part.strip()
        yield Candidate(url, _described(descriptor, width) if descriptor else None)


def lists_too_many(srcset: str) -> bool:
    """Whether a srcset lists more renditions than are kept; commas inside addresses are not counted."""
    return srcset.count(",") >= MOST_CANDIDATES and len(_ENDED.findall(srcset)) > MOST_CANDIDATES


_ENDED = re.compile(r"\s\d{1,5}(?:\.\d{1,3})?[wxh]\s*(?:,|\Z)")


def _largest(parts: list[str]) -> list[str]:
    """Of too many renditions those with the largest descriptors, in their order."""
    sizes = [int(found[1]) if (found := _DESCRIBED.search(part)) else 0 for part in parts]
    kept = sorted(range(len(parts)), key=lambda at: -sizes[at])[:MOST_CANDIDATES]
    return [parts[at] for at in sorted(kept)]


_DESCRIBED = re.compile(r"\s(\d{1,5})(?:\.\d{1,3})?[wxh]\s*\Z")


def _described(descriptor: re.Match[str], width: int | None) -> int | None:
    """The pixels that a descriptor promises: "2x" of a stated width is twice that."""
    number = int(descriptor[1])
    return number if descriptor[2] != "x" else width * number if width else None


def _absolute(candidate: Candidate, base: str | None) -> Candidate | None:
    url = candidate.url.strip().replace("\n", "").replace("\t", "")
    if (
        not url
        or len(url) > LONGEST_URL
        or url.startswith(("data:", "blob:", "about:", "javascript:", "#", "{"))
        or "{" in url[:200]
    ):
        return None
    if _WHOLE.match(url):
        return candidate if candidate.url == url and not candidate.local else Candidate(url, candidate.width)
    try:
        joined = _joined(base, url)
        host = urlsplit(joined).hostname
    except ValueError:
        return None
    local = url if _LOCAL.match(url) else None
    if local and _SAVED.search(url):
        joined = url
    return Candidate(joined, candidate.width, local) if host or not base else None


_WHOLE = re.compile(r"https?://[A-Za-z0-9.-]+/.*[^?#]\Z", re.DOTALL)
"""A whole address with a plain host: it is as it stands, and need not be taken apart to know that."""


def _joined(base: str | None, url: str) -> str:
    """An address read against the page's; a whole one stays as it is, and need not be taken apart for that."""
    if url.startswith(("https://", "http://")) and url[-1] not in "?#":
        return url
    return urljoin(base, url) if base else "https:" + url if url.startswith("//") else url


def _rank(inner: str, candidate: Candidate, *, wrapped: bool) -> int:
    if wrapped:
        return max(candidate.width or 0, hint(inner) or ORIGINAL - 1)
    if candidate.width and candidate.width > SMALL:
        return candidate.width
    named = named_size(candidate.url)
    return hint(candidate.url) or (candidate.width or 0 if named is None else named)


@lru_cache(maxsize=2048)
def hint(url: str) -> int | None:
    """The width that an address speaks of."""
    found = [int(v) for m in _SIZE_HINT.finditer(url[-600:].lower().replace("%2c", ",")) for v in m.groups() if v]
    return max(found, default=None)


def _promote_originals(ranked: dict[str, int]) -> None:
    """An address without a size, of which others are sized renditions, is the file they are made from."""
    if len(ranked) == 1:
        return
    bares = {url: bare(url) for url in ranked}
    sized = {short for url, short in bares.items() if short != url}
    for url, short in bares.items():
        if url in sized and short == url:
            ranked[url] = ORIGINAL


def bare(url: str) -> str:
    """An address without the parts that ask for a size or a format."""
    head, _, query = url.partition("?")
    folder, _, last = head.rpartition("/")
    stem, dot, extension = last.rpartition(".")
    if dot:
        last = re.sub(r"-\d{2,4}x\d{2,4}$", "", stem) + dot + extension
    kept = [p for p in query.split("&") if p and p.partition("=")[0].casefold() not in _SIZE_PARAMETERS]
    return f"{folder}/{last}" + ("?" + "&".join(kept) if kept else "")


_SIZE_PARAMETERS = frozenset(
    {
        "w",
        "h",
        "width",
        "height",
        "imwidth",
        "imheight",
        "q",
        "quality",
        "resize",
        "fit",
        "crop",
        "auto",
        "format",
        "f",
        "fm",
        "dpr",
        "strip",
        "zoom",
        "ssl",
        "impolicy",
        "wid",
        "hei",
        "sw",
        "sh",
        "s",
        "output",
        "fl",
        "ext",
        "stamp",
        "lossy",
        "sharp",
        "smart",
        "mode",
        "scale",
        "usm",
    }
)


def _stem(last: str) -> str:
    stem = re.sub(r"\.\d$", "", last.rpartition(".")[0]) or last
    numbered = re.match(r"\d{7,}(?=_\d{1,3}$)", stem)
    return (numbered[0] if numbered else _SUFFIX.sub("", stem) or stem).casefold()


def file_stem(url: str) -> str:
    """The file's name in an address or path, without ending and size."""
    return _stem(unquote(_host_and_path(url)[1]).rsplit("/", 1)[-1])


def same_asset(one: str, other: str) -> bool:
    """Whether two asset keys are of one picture: equal, or one is the other with a word behind it ("…_comm", "…-lead")."""
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    distinct = len(short) >= DISTINCT and any(c.isdigit() for c in short) and "/" not in short
    return distinct and long.startswith(short) and re.fullmatch(r"[-_.][a-z]+", long[len(short) :]) is not None


def _host_and_path(url: str) -> tuple[str, str]:
    if plain := _PLAIN.match(url):
        return plain[1].lower().removeprefix("www."), plain[2]
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", url
    return (parts.hostname or "").removeprefix("www."), parts.path


_PLAIN = re.compile(r"https?://([A-Za-z0-9.-]+)(/[^?#\s]*)(?:[?#]\S*)?\Z")
"""An address with a host and a path and nothing that has to be taken out of it."""


def _is_small(side: str) -> bool:
    pixels = _pixels(side) if side else None
    return pixels is not None and 0 < pixels < SMALL


def _pixels(value: str) -> int | None:
    match = re.match(r"\d{1,5}", value)
    return int(match[0]) if match and not value.endswith("%") else None
