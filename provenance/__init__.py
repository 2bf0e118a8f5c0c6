"""Which outlets carry the same picture, through whom, and where do they disagree."""

__version__ = "0.1.0"
