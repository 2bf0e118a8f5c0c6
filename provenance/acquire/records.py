"""Whether a file in a folder is a record or a table that other tools write: told by the names in it, without reading it whole.

A look only, so that notes, settings and scripts in a folder are passed over; what a record says is the extract step's to read.
The names are data: `records.toml`.
"""

import csv
import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

_HEAD = 20_000  # characters of a table's first line, as long as the reader of tables takes
_FILM_RECORD = b'"extractor"'
_LONGEST_NAME = 255


def is_record(content: bytes) -> bool:
    """Whether JSON, or lines of JSON, have all the names of one of the known records."""
    return any(all(b'"%s"' % key.encode() in content for key in keys) for keys in _data()["records"])


def is_table(content: bytes) -> bool:
    """Whether a text's first line is the header of a known table."""
    head = content[:_HEAD].decode("utf-8-sig", "replace").lstrip().partition("\n")[0]
    try:
        header = {name.strip().lower() for name in next(csv.reader([head]), [])}
    except csv.Error:
        return False
    return any(all(header & set(names) for names in needs) for needs in _data()["tables"])


def files_named(content: bytes) -> Iterator[bytes]:
    """The names of the files that a video tool's record says lie beside it; of any other record, none."""
    if _FILM_RECORD not in content:
        return
    for quoted in content.split(b'"'):
        name = quoted.replace(b"\\\\", b"/").rpartition(b"/")[2]
        if len(name) <= _LONGEST_NAME and b"." in name[-6:] and not quoted.startswith(b"http"):
            yield _plain(name)


def _plain(name: bytes) -> bytes:
    """A name with JSON's escapes undone."""
    try:
        return str(json.loads(b'"%s"' % name)).encode("utf-8", "surrogatepass")
    except ValueError:
        return name


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("records.toml").read_text("utf-8"))
