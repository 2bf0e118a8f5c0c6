"""Bytes in, `Asset` out: safe decoding, perceptual hashes, embedded metadata, and pictures fit to be shown."""

from provenance.fingerprint.asset import described, fingerprint, is_current, joined, parts, sketch, sketches, still
from provenance.fingerprint.evidence import evidence
from provenance.fingerprint.fast import fast
from provenance.fingerprint.render import side_by_side, thumbnail, veil

__all__ = [
    "described",
    "evidence",
    "fast",
    "fingerprint",
    "is_current",
    "joined",
    "parts",
    "side_by_side",
    "sketch",
    "sketches",
    "still",
    "thumbnail",
    "veil",
]
