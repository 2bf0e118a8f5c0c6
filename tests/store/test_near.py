"""Perceptual hashes within a distance: exactly those, from any process."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.errors import UsageError
from store import Store, open_reader

CODES = st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=6, unique=True)


def hex64(code: int) -> str:
    return f"{code:016x}"


def fill(store: Store, make, codes: list[int]) -> dict[int, str]:
    """One article with a picture a code; from code to the picture's sha256."""
    for code in codes:
        content = hex64(code).encode()
        picture = make.asset(content, phash=hex64(code), pdq=hex64(code) * 4)
        taken = make.snapshot(content + b" page")
        store.add(
            make.document(taken.content), taken.content, snapshot=taken, assets={"m1": (picture, content)}, no_bytes={}, who="A"
        )
    return {code: make.sha256(hex64(code).encode()) for code in codes}


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(codes=CODES, near=st.integers(0, 63), radius=st.integers(0, 64))
def test_near_gives_exactly_what_counting_bits_gives(tmp_path_factory, make, codes: list[int], near: int, radius: int) -> None:
    """All within the radius, none beyond it, nearest first; the quality is the hash's own."""
    with make.opened(tmp_path_factory.mktemp("near")) as store:
        names = fill(store, make, codes)
        query = codes[0] ^ (1 << near)
        expected = sorted(
            ((code ^ query).bit_count(), name) for code, name in names.items() if (code ^ query).bit_count() <= radius
        )
        assert store.near("phash", hex64(query), radius) == [(name, distance, None) for distance, name in expected]
        within = [(name, 4 * distance, 88) for distance, name in expected if 4 * distance <= radius]
        assert store.near("pdq", hex64(query) * 4, radius) == within


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    codes=CODES,
    asked=st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=4),
    radius=st.integers(0, 64),
    most=st.integers(1, 7),
)
def test_nearest_gives_the_first_of_what_near_gives_for_each(tmp_path_factory, make, codes, asked, radius, most) -> None:
    """Several hashes in one pass: each asset once, with its least distance, the nearest ones only."""
    with make.opened(tmp_path_factory.mktemp("nearest")) as store:
        fill(store, make, codes)
        least: dict[str, int] = {}
        for code in (*asked, codes[0]):
            for name, distance, _ in store.near("phash", hex64(code), radius):
                least[name] = min(distance, least.get(name, 64))
        found = store.nearest("phash", [hex64(code) for code in (*asked, codes[0])], radius, most)
        assert [distance for _, distance, _ in found] == sorted(least.values())[:most]
        assert all(least[name] == distance for name, distance, _ in found)
        assert len({name for name, _, _ in found}) == len(found)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(codes=CODES, near=st.integers(0, 63), data=st.data())
def test_near_among_some_gives_what_near_gives_of_these(tmp_path_factory, make, codes, near, data) -> None:
    """Asked about some assets only, the answer is the same less the others, however it is found; by both ways to the record."""
    with pytest.MonkeyPatch.context() as patch, make.opened(folder := tmp_path_factory.mktemp("among")) as store:
        patch.setattr("store.near._FEW", data.draw(st.sampled_from([0, 500])))
        names = sorted(fill(store, make, codes).values())
        radius = data.draw(st.integers(0, 64))
        some = data.draw(st.sets(st.sampled_from([*names, "0" * 64])))
        query = hex64(codes[0] ^ (1 << near))
        reader = open_reader(str(folder / "desk.db"))
        assert reader
        for algorithm, value in (("phash", query), ("pdq", query * 4), ("dhash", query)):
            expected = [hit for hit in store.near(algorithm, value, radius) if hit[0] in some]
            assert store.near(algorithm, value, radius, some) == expected
            assert reader.near(algorithm, value, radius, some) == expected
        with reader:
            pass


def test_hashes_of_unlike_lengths_are_not_searched_together(store: Store) -> None:
    """One pass is over codes of one length; no hashes find nothing."""
    with pytest.raises(UsageError, match="unlike lengths"):
        store.nearest("pdq", ["0" * 16, "0" * 64], 3, 1)
    assert store.nearest("pdq", [], 3, 1) == []


def test_near_sees_what_another_opening_added(store: Store, make, tmp_path: Path) -> None:
    """The codes held in memory are topped up, not trusted to be all."""
    one = fill(store, make, [0])[0]
    assert store.near("phash", hex64(1), 1) == [(one, 1, None)]
    with make.opened(tmp_path) as other:
        two = fill(other, make, [3])[3]
    assert store.near("phash", hex64(1), 1) == sorted([(one, 1, None), (two, 1, None)])
    store.reindex()
    assert store.near("phash", hex64(1), 1) == sorted([(one, 1, None), (two, 1, None)])


def test_lengths_and_algorithms_never_mix(store: Store, make) -> None:
    """A hash is compared with hashes of its own algorithm and length only."""
    fill(store, make, [0])
    assert store.near("dhash", "0" * 16, 64) == store.near("phash", "0" * 64, 256) == store.near("pdq", "0" * 16, 64) == []


@pytest.mark.parametrize(
    ("value", "radius"), [("", 1), ("xyz", 1), ("00", 1), ("0" * 17, 1), ("0" * 528, 1), ("0" * 16, -1), ("٠" * 16, 1)]
)
def test_what_is_no_hash_is_told(store: Store, value: str, radius: int) -> None:
    """A wrong length, other digits or a negative radius are errors, not empty answers."""
    with pytest.raises(UsageError, match="hash"):
        store.near("phash", value, radius)


def test_code_files_of_another_record_are_made_anew(make, tmp_path: Path) -> None:
    """What lies beside the database is derived: where it does not fit the rows, the rows win."""
    (tmp_path / "one").mkdir()
    with make.opened(tmp_path / "one") as store:
        fill(store, make, [5, 9])
        assert 1 == len(store.near("phash", hex64(9), 0))
    (tmp_path / "two").mkdir()
    folder = next((tmp_path / "one").glob("*.index"))
    folder.rename(tmp_path / "two" / folder.name)
    with make.opened(tmp_path / "two") as store:
        names = fill(store, make, [7, 5])
        assert [(names[7], 0, None)] == store.near("phash", hex64(7), 0)
        assert [] == store.near("phash", hex64(9), 0)
