"""The only place that knows SQL: records in, records out.

The names are loaded when they are first used: a look-up by hash (`open_reader`) needs no database library, which takes
longer to load than such a look-up takes.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.base import Store, open_store, restore
    from store.location import default_blobs
    from store.queries import PostUse
    from store.quick import Reader, open_reader
    from store.writing import document_id

_HOMES = {
    "PostUse": "queries",
    "Reader": "quick",
    "Store": "base",
    "default_blobs": "location",
    "document_id": "writing",
    "open_reader": "quick",
    "open_store": "base",
    "restore": "base",
}
__all__ = ["PostUse", "Reader", "Store", "default_blobs", "document_id", "open_reader", "open_store", "restore"]


def __getattr__(name: str) -> Any:
    """One of the names above, from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"store.{_HOMES[name]}"), name)
