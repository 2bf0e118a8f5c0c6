"""Where a record lies, told from an address or a path; imports no database library, so that a look-up starts fast."""

from pathlib import Path

from provenance.errors import UsageError


def database_path(url: str) -> Path:
    """The file that an address or a plain path stands for.

    Raises:
        UsageError: another engine, or no file. The address is not repeated, for it may hold a password.
    """
    scheme, separator, rest = url.partition("://")
    if not separator:
        rest = f"/{url}"
    elif scheme != "sqlite":
        raise UsageError(f"{scheme}://…: only SQLite files can be opened by this version", "give sqlite:///path or a path")
    if not rest.startswith("/") or rest in ("/", "/:memory:"):
        raise UsageError(f"{url!r} names no file", "give sqlite:///path or a path")
    return Path(rest[1:]).expanduser()


def default_blobs(path: Path) -> Path:
    """The folder of the bytes that lies beside a database file; files beside one another can share it."""
    return path.with_name("blobs")


def index_folder(path: Path) -> Path:
    """The folder beside a database file that holds what can be made anew from it."""
    return path.with_name(f"{path.name}.index")
