"""The only place that knows SQL: records in, records out."""

from store.base import Store, default_blobs, open_store
from store.queries import PostUse
from store.writing import document_id

__all__ = ["PostUse", "Store", "default_blobs", "document_id", "open_store"]
