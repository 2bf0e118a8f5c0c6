"""The attribute step: who says what, from whom, about which visual."""

from provenance.attribute.reading import read

__all__ = ["read"]
