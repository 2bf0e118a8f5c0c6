"""Posts as lines of JSON: captured by the browser extension Zeeschuimer, the platform's own record in `data`, or records alone.

Read are the records of X and Instagram; those of other platforms are counted and said.
"""

from collections import Counter
from collections.abc import Iterator

from provenance.errors import NotDecodable
from provenance.extract import instagram_json, posted, x_json
from provenance.extract.posted import Object, Posting

_MOST_NOTES = 20


def is_line(value: object) -> bool:
    """Whether a JSON value is one captured item."""
    return isinstance(value, dict) and isinstance(value.get("source_platform"), str) and isinstance(value.get("data"), dict)


def postings(text: str, warnings: list[str], name: str) -> Iterator[Posting]:
    """Every post in the lines once, the first capture of each.

    Args:
        text: the file.
        warnings: takes what could not be read, with line numbers.
        name: how messages call the file.
    """
    seen: set[tuple[str, str]] = set()
    unread: Counter[str] = Counter()
    for at, line in enumerate(text.split("\n"), 1):
        item = _item(line, at, warnings, name) if line.strip() else None
        for posting in _read(item, unread) if item else ():
            if (posting.platform, posting.key) not in seen:
                seen.add((posting.platform, posting.key))
                yield posting
    warnings += [f"{n} captured items of {platform[:60]} are not read here" for platform, n in unread.items()]


def _item(line: str, at: int, warnings: list[str], name: str) -> Object | None:
    try:
        value = posted.parsed(line, f"{name}, line {at}")
    except NotDecodable as error:
        warnings.append(error.message)
        value = None
    else:
        if is_line(value):
            return dict(value)
        if isinstance(value, dict):
            return {"source_platform": "an unknown platform", "data": value}
        warnings.append(f"{name}, line {at} is no object")
    if len(warnings) > _MOST_NOTES:
        raise NotDecodable(f"{name} has more than {_MOST_NOTES} lines that cannot be read, the last is {at}", "export it again")
    return None


def _read(item: Object, unread: Counter[str]) -> Iterator[Posting]:
    platform = str(item["source_platform"]).casefold()
    found = [*x_json.postings(item["data"]), *instagram_json.postings(item["data"])]
    if not found:
        unread[platform] += 1
    return iter(found)
