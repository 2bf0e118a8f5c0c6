"""Small bytes of every kind that is read."""

import pytest

PIXEL_GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
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
