"""Small bytes of every kind that is read."""

import pytest

PIXEL_GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
HTML_PAGE = b"<!doctype html><html><body><p>A mill burns in Orrin.</p><img src='mill%20fire.gif'></body></html>"
EXPORT = b'{"name": "Orrin Mill Watch", "type": "public_channel", "id": 7, "messages": []}'


@pytest.fixture
def pixel() -> bytes:
    """A picture of one pixel."""
    return PIXEL_GIF


@pytest.fixture
def page() -> bytes:
    """A page that names a picture beside it."""
    return HTML_PAGE


@pytest.fixture
def export() -> bytes:
    """A Telegram export without messages."""
    return EXPORT
