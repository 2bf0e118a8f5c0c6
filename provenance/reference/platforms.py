"""Addresses of social platforms: the same post or account, however its address is written.

The hosts and forms are data: `data/platforms.toml`.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal, cast, get_args
from urllib.parse import parse_qs, unquote, urlsplit

from provenance.records import Platform

LONGEST_URL = 4_000
"""Longer addresses are data, not places; browsers' address bars stop about there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAddress:
    """What an address leads to. `handle` has no @; `url` is the canonical form.

    `service` is the platform's name, or that of the player where the platform is "other".
    """

    platform: Platform
    kind: Literal["post", "account", "video"]
    post_id: str | None = None
    handle: str | None = None
    url: str
    service: str


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of address on one platform."""

    kind: Literal["post", "account", "video"]
    path: re.Pattern[str]
    urls: tuple[str, ...]
    query: Mapping[str, str] = field(default_factory=dict)
    id: re.Pattern[str] | None = None
    known_host: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class _Site:
    """One platform as the data file describes it."""

    platform: Platform
    service: str
    hosts: frozenset[str]
    forms: tuple[_Form, ...]
    stand_ins: frozenset[str]
    reserved: frozenset[str]
    wrapper: tuple[str, ...]
    any_host: bool


def identify(url: str) -> PostAddress | None:
    """The post, account or video that an address leads to.

    Args:
        url: an address with or without its scheme; mirrors, mobile hosts, embeds and plug-in wrappers are understood.

    Returns:
        None where the address is of no known platform, or of no post, account or video there.
    """
    return _identify(url.strip()) if 0 < len(url) <= LONGEST_URL else None


@lru_cache(maxsize=4096)
def _identify(url: str, depth: int = 0) -> PostAddress | None:
    parts = _split(url)
    if parts is None:
        return None
    host, path, query = parts
    for site in _sites_of(host):
        inner = _unwrapped(site, path, query) if depth == 0 else None
        if inner and (found := _identify(inner, 1)):
            return found
        if found := _first(site, host, path, query):
            return found
    return None


def _split(url: str) -> tuple[str, str, str] | None:
    """Host, path and parameters of an address, the last as written; None where it is none."""
    if url.startswith("tg://resolve"):
        query = _query(url.partition("?")[2])
        return "t.me", "/".join(["", *filter(None, (query.get("domain"), query.get("post")))]), ""
    if url.startswith("at://"):
        return "bsky.app", "/embed/" + url.removeprefix("at://"), ""
    try:
        parts = urlsplit(url if "//" in url[:10] else "//" + url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    path = "/#!" + parts.fragment[1:] if parts.fragment.startswith("!/") else unquote(parts.path)
    return (host, path.rstrip("/"), parts.query) if "." in host else None


def _query(text: str) -> dict[str, str]:
    if not text:
        return {}
    try:
        return {key: values[0] for key, values in parse_qs(text.replace("&amp;", "&"), max_num_fields=100).items()}
    except ValueError:
        return {}


def _unwrapped(site: _Site, path: str, parameters: str) -> str | None:
    """The address inside a plug-in's or a redirector's."""
    if not parameters or not site.wrapper or not (path.count(".php") or path in {"", "/embed", "/share", "/show"}):
        return None
    query = _query(parameters)
    return next((query[name] for name in site.wrapper if "." in query.get(name, "")), None)


def _first(site: _Site, host: str, path: str, parameters: str) -> PostAddress | None:
    for form in site.forms:
        match = form.path.match(path)
        if match and (not form.known_host or _is_of(host, site.hosts)):
            groups = {k: v for k, v in match.groupdict().items() if v}
            query = _query(parameters) if form.query else {}
            groups |= {k: query[v] for k, v in form.query.items() if _is_id(query.get(v, ""))}
            if groups.keys() >= form.query.keys() and (found := _made(site, form, host, groups)):
                return found
    return None


def _made(site: _Site, form: _Form, host: str, groups: dict[str, str]) -> PostAddress | None:
    handle = groups.get("handle", "").casefold()
    if handle in site.stand_ins:
        groups.pop("handle")
    elif handle in site.reserved or (form.id and not form.id.fullmatch(groups.get("id", ""))):
        return None
    if form.kind == "account" and "handle" not in groups:
        return None
    if "owner" in groups:
        groups["id"] = f"{groups['owner']}_{groups['number']}"
    if "claim" in groups:
        groups["id"] = f"{groups['name']}:{groups['claim']}"
    if form.id:
        groups["id"] = groups["id"].removeprefix("wall")
    if site.platform == "weibo" and form.kind == "post":
        groups["id"] = _short_weibo(groups["id"])
    url = next((u for u in form.urls if _names(u) <= groups.keys() | {"host"}), None)
    if url is None:
        return None
    return PostAddress(
        platform=site.platform,
        kind=form.kind,
        post_id=groups.get("id"),
        handle=None if form.private else groups.get("handle"),
        url=url.format(host=host.removeprefix("www."), **groups),
        service=site.service,
    )


def _short_weibo(number: str) -> str:
    """The letters by which a post of Weibo is known, from its number: seven digits are four of base 62; letters stay."""
    if not re.fullmatch(r"[1-9][0-9]{15}", number):
        return number
    parts = (number[:2], number[2:9], number[9:])
    return "".join(_base62(int(part)).rjust(4 if place else 1, "0") for place, part in enumerate(parts))


def _base62(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 62)
        digits = _DIGITS[rest] + digits
    return digits


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _names(template: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", template))


def _is_id(value: str) -> bool:
    return re.fullmatch(r"-?[\w.-]{1,120}", value) is not None


def _is_of(host: str, hosts: frozenset[str]) -> bool:
    return any(name in hosts for name in _domains(host))


def _domains(host: str) -> list[str]:
    """A host and the domains above it, the top one left out."""
    labels = host.split(".")
    return [".".join(labels[i:]) for i in range(len(labels) - 1)]


@lru_cache(maxsize=1024)
def _sites_of(host: str) -> tuple[_Site, ...]:
    """The platforms that may stand at a host, in the order of the data file."""
    by_host = _by_host()
    numbers = {number for name in ("", *_domains(host)) for number in by_host.get(name, ())}
    return tuple(_sites()[number] for number in sorted(numbers))


@cache
def _by_host() -> dict[str, list[int]]:
    """By host name, the places of its platforms in the data file; those that may stand at any host under ""."""
    found: dict[str, list[int]] = {}
    for number, site in enumerate(_sites()):
        for name in ("",) if site.any_host else site.hosts:
            found.setdefault(name, []).append(number)
    return found


@cache
def _sites() -> tuple[_Site, ...]:
    text = resources.files(__package__).joinpath("data/platforms.toml").read_text(encoding="utf-8")
    return tuple(_site(entry) for entry in tomllib.loads(text)["platform"])


def _site(entry: dict[str, Any]) -> _Site:
    if entry["name"] not in get_args(Platform):
        raise ValueError(f"platforms.toml: no such platform: {entry['name']}")
    return _Site(
        platform=cast("Platform", entry["name"]),
        service=entry.get("service", entry["name"]),
        hosts=frozenset(entry["hosts"]),
        forms=tuple(_form(a) for a in entry["address"]),
        stand_ins=frozenset(entry.get("stand_ins", ())),
        reserved=frozenset(entry.get("reserved", ())),
        wrapper=tuple(entry.get("wrapper", ())),
        any_host=entry.get("any_host", False),
    )


def _form(entry: dict[str, Any]) -> _Form:
    return _Form(
        kind=entry["kind"],
        path=re.compile(entry["path"], re.IGNORECASE if entry["kind"] == "account" else 0),
        urls=tuple(entry["url"]),
        query=entry.get("query", {}),
        id=re.compile(entry["id"]) if "id" in entry else None,
        known_host=entry.get("known_host", False),
        private=entry.get("private", False),
    )
