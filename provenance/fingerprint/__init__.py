"""Bytes in, `Asset` out: safe decoding, perceptual hashes, embedded metadata, and pictures fit to be shown."""

from provenance.fingerprint.asset import fingerprint
from provenance.fingerprint.render import side_by_side, thumbnail

__all__ = ["fingerprint", "side_by_side", "thumbnail"]
