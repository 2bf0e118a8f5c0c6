"""Bounded inflating."""

import contextlib
import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.acquire.inflate import inflated
from provenance.errors import FetchError, SourceError, TooLarge


def split(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@given(st.lists(st.binary(max_size=200), max_size=4), st.integers(1, 50), st.sampled_from(["gzip", " X-GZIP "]))
def test_what_was_zipped_comes_back(members: list[bytes], size: int, encoding: str) -> None:
    """One gzip member or several, cut anywhere, give the bytes that went in."""
    body = b"".join(map(gzip.compress, members))
    assert b"".join(members) == inflated(split(body, size), encoding, 10_000, "x")


@given(st.binary(max_size=200), st.integers(1, 50), st.sampled_from(["", "identity"]))
def test_plain_bytes_pass(body: bytes, size: int, encoding: str) -> None:
    """Without an encoding the chunks are joined."""
    assert body == inflated(split(body, size), encoding, 200, "x")


@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_result_or_a_named_error(body: bytes) -> None:
    """A broken stream is a typed error."""
    with contextlib.suppress(SourceError):
        assert len(inflated([b"\x1f\x8b\x08\x00" + body], "gzip", 1000, "x")) <= 1000


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_the_cap_is_exact(encoding: str) -> None:
    """So many bytes pass, one more does not."""
    pack = gzip.compress if encoding else bytes
    assert b"x" * 100 == inflated([pack(b"x" * 100)], encoding, 100, "x")
    with pytest.raises(TooLarge):
        inflated([pack(b"x" * 101)], encoding, 100, "x")


def test_a_bomb_is_cut_at_the_cap_without_being_inflated() -> None:
    """Megabytes of zeros in a few kilobytes never takes more memory than the cap."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(squeeze.compress(bytes(1_000_000)) for _ in range(30)) + squeeze.flush()
    reached: list[int] = []

    def chunks() -> list[bytes]:
        reached.append(len(bomb))
        return [bomb]

    with pytest.raises(TooLarge):
        inflated(chunks(), "gzip", 1_000_000, "x")
    assert reached[0] < 1_000_000


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip", "gzip,identity", "compress"])
def test_other_and_stacked_encodings_are_refused(encoding: str) -> None:
    """Only what was asked for is inflated."""
    with pytest.raises(FetchError, match="Content-Encoding"):
        inflated([gzip.compress(b"x")], encoding, 100, "x")


def test_a_stream_that_ends_early_is_told() -> None:
    """Half a page is not passed off as a page."""
    with pytest.raises(FetchError, match="middle"):
        inflated([gzip.compress(b"many words " * 50)[:-12]], "gzip", 10_000, "x")
