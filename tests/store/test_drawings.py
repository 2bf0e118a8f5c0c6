"""Sketches beside the database: derived, and gone with the bytes that they were made from."""

import sqlite3
from dataclasses import replace

import numpy as np
import pytest

from provenance.records import Sketch
from store import Store, open_reader
from store.drawings import Drawings


def drawn(seed: int = 1) -> Sketch:
    random = np.random.default_rng(seed)
    return Sketch(
        width=20,
        height=12,
        grey=random.bytes(240),
        points=random.random((5, 2), np.float32).tobytes(),
        descriptors=random.bytes(5 * 128),
        frames=((0.5, 1.0, 9.25, 1.0, 9.25, 8.0, 0.5, 8.0),),
    )


def kept(store: Store, make, content: bytes = b"a picture") -> str:
    """An asset that is kept, by its sha256."""
    taken = make.snapshot(b"page of " + content)
    assets = {"m1": (make.asset(content), content)}
    store.add(make.document(taken.content), taken.content, snapshot=taken, assets=assets, no_bytes={}, who="A")
    return make.sha256(content)


def test_a_sketch_comes_back_as_it_was(tmp_path):
    """Byte for byte, for the rules that it was made for and no others; the newest one holds."""
    drawings = Drawings(tmp_path / "index")
    assert drawings.of("a", "1") is None
    drawings.keep("a", "1", drawn())
    assert Drawings(tmp_path / "index").of("a", "1") == drawn()
    assert drawings.of("a", "2") is drawings.of("b", "1") is None
    drawings.keep("a", "2", drawn(2))
    assert (drawings.of("a", "1"), drawings.of("a", "2")) == (None, drawn(2))


@pytest.mark.parametrize(
    "wrong", [{"width": 21}, {"grey": b""}, {"points": b"1234567"}, {"descriptors": b""}, {"frames": (("a",),)}, {"height": -12}]
)
def test_what_does_not_fit_together_is_passed_over(tmp_path, wrong):
    """A sketch whose parts are not as long as they should be is as good as none."""
    drawings = Drawings(tmp_path / "index")
    drawings.keep("a", "1", replace(drawn(), **wrong))
    assert drawings.of("a", "1") is None


def test_a_damaged_file_is_as_good_as_none(tmp_path):
    """Neither reading nor writing fails, and without a folder nothing is kept."""
    (tmp_path / "sketches.db").write_bytes(b"no database at all" * 99)
    drawings = Drawings(tmp_path)
    drawings.keep("a", "1", drawn())
    assert drawings.of("a", "1") is None
    drawings.remove("a")
    assert not (tmp_path / "sketches.db").exists()
    nowhere = Drawings(None)
    nowhere.keep("a", "1", drawn())
    nowhere.remove("a")
    assert nowhere.of("a", "1") is None


def test_only_what_is_kept_has_a_sketch(store: Store, make, tmp_path):
    """Nothing is kept of a picture that is only asked for; another opening finds what is kept."""
    name = kept(store, make)
    store.keep_sketch(name, "1", drawn())
    store.keep_sketch(make.sha256(b"another"), "1", drawn(2))
    assert store.sketch(name, "1") == drawn()
    assert store.sketch(make.sha256(b"another"), "1") is None
    with make.opened(tmp_path) as other:
        assert other.sketch(name, "1") == drawn()


def test_bytes_that_had_to_go_take_their_sketch_with_them(store: Store, make, tmp_path):
    """A sketch is a small picture: none is left in the file, and none is kept afterwards, by a look-up either."""
    name = kept(store, make)
    store.keep_sketch(name, "1", drawn())
    (file,) = tmp_path.glob("**/sketches.db")
    assert drawn().grey[:100] in file.read_bytes()
    store.redact(name, who="A", why="a court said so")
    assert store.sketch(name, "1") is None
    assert drawn().grey[:100] not in file.read_bytes()
    store.keep_sketch(name, "1", drawn())
    assert store.sketch(name, "1") is None
    with open_reader(f"sqlite:///{file.parent.with_suffix('')}") as reader:
        reader.keep_sketch(name, "1", drawn())
        assert reader.sketch(name, "1") is None
    with sqlite3.connect(file) as raw:
        assert raw.execute("SELECT count(*) FROM sketch").fetchone() == (0,)
