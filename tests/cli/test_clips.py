"""Clips at the command line: every answer names the clip and the second."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from .conftest import call, call_alone

SIZE = (320, 240)


def drawn(seed: int) -> Image.Image:
    """A picture with things enough in it."""
    rng = np.random.default_rng(seed)
    image = Image.new("RGB", SIZE, tuple(rng.integers(40, 200, 3).tolist()))
    draw = ImageDraw.Draw(image)
    for _ in range(90):
        x, y, radius = rng.uniform(0, SIZE[0]), rng.uniform(0, SIZE[1]), rng.uniform(5, 45)
        draw.ellipse((x - radius, y - radius / 2, x + radius, y + radius / 2), fill=tuple(rng.integers(0, 256, 3).tolist()))
    return image


@pytest.fixture(scope="module")
def made(tmp_path_factory, film) -> tuple[str, Path]:
    """The address of a record with one clip of three scenes, and a folder with that clip and a still of its second scene."""
    folder = tmp_path_factory.mktemp("clips")
    (folder / "clip.mp4").write_bytes(film([drawn(seed) for seed in (1, 2, 3) for _ in range(20)]))
    out = io.BytesIO()
    drawn(2).save(out, "JPEG", quality=80)
    (folder / "still.jpg").write_bytes(out.getvalue())
    url = f"sqlite:///{folder / 'desk.db'}"
    run = call("--db", url, "ingest", str(folder / "clip.mp4"), "--json")
    assert 0 == run.code, run.err
    (medium,) = run.objects[0]["media"]
    assert (6.0, "video") == (medium["asset"]["seconds"], medium["kind"])
    assert {n / 2 for n in range(12)} == {p["at"] for p in medium["asset"]["fingerprints"]}
    return url, folder


def test_a_look_up_names_the_clip_and_the_second(made) -> None:
    """For people in words, for programs in numbers."""
    url, folder = made
    run = call("--db", url, "lookup", str(folder / "still.jpg"), "--json")
    (match,) = run.objects[0]["matches"]
    assert (0, "frame-of-video") == (run.code, match["transform"])
    assert {"start": 2.0, "end": 3.5} == match["asset_at"]
    assert match["query_at"] is None
    told = call("--db", url, "lookup", str(folder / "still.jpg")).out
    assert "The frame at 2.0 s to 3.5 s of the clip" in " ".join(told.split())


def test_a_look_up_by_hash_names_the_second(made) -> None:
    """The PDQ of a frame leads to the clip, fast or in full."""
    url, folder = made
    still = call("fingerprint", str(folder / "still.jpg"), "--json").objects[0]
    value = next(p["value"] for p in still["fingerprints"] if p["algorithm"] == "pdq")
    (match,) = call_alone("--db", url, "lookup", f"pdq:{value}", "--json").objects[0]["matches"]
    assert ("frame-of-video", "likely") == (match["transform"], match["verdict"])
    assert 2.0 <= match["asset_at"]["start"] < 4.0


def test_two_files_are_compared_at_a_second(made, tmp_path: Path) -> None:
    """`compare` says where, and draws that frame."""
    _, folder = made
    run = call("compare", str(folder / "clip.mp4"), str(folder / "still.jpg"), "-o", str(tmp_path / "both.png"), "--json")
    match = run.objects[0]["match"]
    assert (0, "frame-of-video", None) == (run.code, match["transform"], match["other_at"])
    assert 2.0 <= match["asset_at"]["start"] < 4.0
    with Image.open(tmp_path / "both.png") as png:
        assert png.width > SIZE[0]
    assert "6.0 s" in call("compare", str(folder / "clip.mp4"), str(folder / "still.jpg")).out


def test_a_clip_is_shown_with_its_length_and_frames(made) -> None:
    """What was read of it is told."""
    url, folder = made
    told = " ".join(call("fingerprint", str(folder / "clip.mp4")).out.split())
    assert "6.0 s" in told
    assert "12 frames, from 0.0 to 5.5 s" in told
    asset = call("--db", url, "ingest", str(folder / "clip.mp4"), "--json").objects[0]["media"][0]["asset"]["sha256"]
    assert "6.0 s" in call("--db", url, "show", asset).out


def test_a_film_that_cannot_be_read_is_kept_and_says_why(made, tmp_path: Path) -> None:
    """Cut off before its index: the bytes stay, and the answer says why there is nothing to compare."""
    url, folder = made
    (tmp_path / "cut.mp4").write_bytes((folder / "clip.mp4").read_bytes()[:3000])
    run = call("--db", url, "lookup", str(tmp_path / "cut.mp4"), "--json")
    assert (1, []) == (run.code, run.objects[0]["matches"])
    assert "video/mp4" in run.objects[0]["not_hashable"] or "decoded" in run.objects[0]["not_hashable"]
