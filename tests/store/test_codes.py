"""Code files: exact answers however the codes came to be there."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import codes
from store.codes import CodeFile


class Rows:
    """Rows of a database that grows: ids from 1, codes as given."""

    def __init__(self, values: Iterable[bytes]) -> None:
        self.values = list(values)

    def after(self, ident: int) -> list[tuple[int, bytes]]:
        return [(number, code) for number, code in enumerate(self.values, 1) if number > ident]

    def within(self, code: bytes, radius: int) -> dict[int, int]:
        """What counting every bit gives: distances by id."""
        wanted = int.from_bytes(code)
        bits = {number: (int.from_bytes(value) ^ wanted).bit_count() for number, value in enumerate(self.values, 1)}
        return {number: distance for number, distance in bits.items() if distance <= radius}


def drawn(count: int, words: int = 4, seed: int = 1) -> list[bytes]:
    values = np.random.default_rng(seed).integers(0, 2**64, (count, words), dtype=np.uint64)
    return [row.tobytes() for row in values]


def flipped(code: bytes, places: Iterable[int]) -> bytes:
    number = int.from_bytes(code)
    for place in places:
        number ^= 1 << place
    return number.to_bytes(len(code))


def found(file: CodeFile, code: bytes, radius: int) -> dict[int, int]:
    hits = file.search(code, radius)
    assert len(hits.ids) == len(set(hits.ids.tolist())), "a row is given once"
    return dict(zip(hits.ids.tolist(), hits.distances.tolist(), strict=True))


@pytest.fixture
def soon_posted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Postings are made from few rows on, and used however few there are."""
    monkeypatch.setattr(codes, "_TAIL", 100)


@pytest.mark.usefixtures("soon_posted")
@pytest.mark.parametrize("radius", [0, 1, 15, 31, 32, 90, 255, 256])
def test_postings_and_tail_give_what_counting_every_bit_gives(tmp_path: Path, radius: int) -> None:
    """Multi-index hashing loses nothing within its radius; beyond it everything is scanned; the tail is never forgotten."""
    rows = Rows(drawn(3000))
    rows.values += [flipped(rows.values[7], range(n * 7, n * 8)) for n in range(1, 32)]
    file = CodeFile(tmp_path / "pdq", 256)
    file.extend(rows.after)
    file.settle()
    rows.values += [flipped(rows.values[7], range(0, 256, step)) for step in (9, 8, 2, 1)]
    file.extend(rows.after)
    for query in (rows.values[7], flipped(rows.values[7], (3, 77, 200)), flipped(rows.values[2999], range(40))):
        assert rows.within(query, radius) == found(file, query, radius)
        assert rows.within(query, radius) == found(CodeFile(tmp_path / "pdq", 256), query, radius)


@settings(max_examples=60, deadline=None)
@given(
    places=st.sets(st.integers(0, 255), max_size=31),
    crowded=st.booleans(),
    seed=st.integers(0, 5),
)
def test_no_pattern_of_differing_bits_is_missed(tmp_path_factory, places: set[int], *, crowded: bool, seed: int) -> None:
    """Any 31 bits may differ, wherever they lie, and a crowd of equal codes changes nothing."""
    one = drawn(1, seed=seed)[0]
    rows = Rows([*drawn(300, seed=seed + 1), *[drawn(1, seed=99)[0]] * (300 if crowded else 0), flipped(one, places)])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(codes, "_TAIL", 100)
        file = CodeFile(tmp_path_factory.mktemp("codes"), 256)
        file.extend(rows.after)
        file.settle()
    assert rows.within(one, 31) == found(file, one, 31)
    assert rows.within(drawn(1, seed=99)[0], 31) == found(file, drawn(1, seed=99)[0], 31)


@pytest.mark.parametrize("words", [1, 2, 3, 4, 6, 8, 32])
def test_codes_of_any_length_are_scanned(words: int) -> None:
    """A pHash of 64 bits is searched like a PDQ of 256, in memory as on disk."""
    rows = Rows(drawn(9000, words))
    file = CodeFile(None, words * 64)
    file.extend(rows.after)
    query = flipped(rows.values[8999], (0, 5))
    assert rows.within(query, 12) == found(file, query, 12)


def test_two_processes_extend_one_file(tmp_path: Path) -> None:
    """Whoever comes second adds only what the first left out."""
    rows = Rows(drawn(10))
    one, two = CodeFile(tmp_path / "pdq", 256), CodeFile(tmp_path / "pdq", 256)
    one.extend(rows.after)
    rows.values += drawn(10, seed=2)
    two.extend(rows.after)
    rows.values += drawn(10, seed=3)
    one.extend(rows.after)
    assert 30 == len(one) == len(CodeFile(tmp_path / "pdq", 256))
    assert {30: 0} == found(one, rows.values[29], 10)


def test_an_append_that_was_cut_off_is_written_over(tmp_path: Path) -> None:
    """A row is there when its id is whole; half a row does no harm."""
    rows = Rows(drawn(5))
    CodeFile(tmp_path / "pdq", 256).extend(rows.after)
    for name, rest in (("codes", b"x" * 40), ("ids", b"y" * 3)):
        with (tmp_path / "pdq" / name).open("ab") as half:
            half.write(rest)
    rows.values += drawn(5, seed=2)
    file = CodeFile(tmp_path / "pdq", 256)
    assert 5 == len(file)
    file.extend(rows.after)
    for number, code in enumerate(rows.values, 1):
        assert {number: 0} == found(file, code, 20)


def test_a_reader_writes_nothing(tmp_path: Path) -> None:
    """Read-only means that not even derived files are made."""
    rows = Rows(drawn(5))
    file = CodeFile(tmp_path / "pdq", 256, read_only=True)
    file.extend(rows.after)
    file.settle()
    file.drop()
    assert [] == list(tmp_path.iterdir())
    assert 0 == len(file)


@pytest.mark.parametrize("radius", [60, 63, 64, 65, 90, 255, 256])
def test_bits_that_differ_in_any_word_are_counted(radius: int) -> None:
    """Wherever in a code the bits differ, those within the radius are found and those beyond it are not."""
    one = drawn(1)[0]
    places = [range(n) for n in (radius - 1, radius, radius + 1)] + [
        range(256 - n, 256) for n in (radius - 1, radius, radius + 1)
    ]
    places += [range(start, min(256, start + radius)) for start in (31, 64, 100, 191)]
    rows = Rows([*drawn(500, seed=4), *(flipped(one, (p % 256 for p in some)) for some in places), *drawn(9000, seed=5)])
    file = CodeFile(None, 256)
    file.extend(rows.after)
    assert rows.within(one, radius) == found(file, one, radius)


@pytest.mark.parametrize("words", [1, 4, 6, 16, 32])
def test_many_codes_in_one_pass(words: int) -> None:
    """Each row within the radius of one of them, once, with the least of its distances; none where all bits differ."""
    rows = Rows(drawn(9000, words))
    file = CodeFile(None, words * 64)
    file.extend(rows.after)
    wanted = [
        flipped(rows.values[7], range(9)),
        rows.values[8999],
        flipped(rows.values[7], range(4)),
        bytes(~b & 255 for b in rows.values[3]),
    ]
    hits = file.search_any(wanted, 10)
    least: dict[int, int] = {}
    for code in wanted:
        for ident, distance in rows.within(code, 10).items():
            least[ident] = min(distance, least.get(ident, 999))
    assert dict(zip(hits.ids.tolist(), hits.distances.tolist(), strict=True)) == least
    assert len(hits.ids) == len(least)
