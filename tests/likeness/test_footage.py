"""Clips that are kept: a still is found in them at its second, a part in the whole; a poster alone is not the clip."""

import io
import shutil

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from provenance import intake, likeness, lookup, media, pipeline
from provenance.acquire import snapshots
from store import open_store

SIZE, RATE = (480, 270), 10


def shot(image: Image.Image, seconds: float) -> list[Image.Image]:
    """A camera that goes over a picture from the left to the right."""
    count, most = round(seconds * RATE), image.width - SIZE[0]
    return [image.crop((x, 0, x + SIZE[0], SIZE[1])) for x in (round(n * most / (count - 1)) for n in range(count))]


def with_bar(image: Image.Image) -> Image.Image:
    out = image.copy()
    draw = ImageDraw.Draw(out)
    draw.rectangle((0, 230, *SIZE), fill=(150, 20, 30))
    draw.text((12, 236), "LIVE  What is known from the weir", fill="white", font_size=22)
    return out


@pytest.fixture(scope="module")
def shots(leaves):
    """Two clips of three shots each, two seconds a shot, none in both."""
    return [[frame for seed in seeds for frame in shot(leaves(seed, (600, 270)), 2)] for seeds in ((21, 22, 23), (24, 25, 26))]


@pytest.fixture(scope="module")
def made(tmp_path_factory, film, shots):
    """A record of the two clips, and their files."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "clips").mkdir()
    (folder / "clips" / "one.mp4").write_bytes(film(shots[0]))
    (folder / "clips" / "two.webm").write_bytes(film(map(with_bar, shots[1]), "libvpx-vp9", "webm"))
    with open_store(f"sqlite:///{folder / 'desk.db'}", None) as store:
        assert 2 == len(list(pipeline.ingest(snapshots([str(folder / "clips")]), store, who="A")))
    return folder


@pytest.fixture
def kept(made, tmp_path):
    """A copy of the record, open for look-ups, and the sha256s of the clips by name."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    with open_store(f"sqlite:///{tmp_path / 'desk.db'}", None) as store:
        names = {doc.document.source.rpartition("/")[2]: doc.assets["m1"] for doc in store.documents()}
        yield store, names


def found(store, tmp_path, content, name="query"):
    path = tmp_path / name
    path.write_bytes(content)
    return lookup.lookup(str(path), store, intake.read_bytes)


EDITS = {
    "as it was": lambda im: im,
    "smaller": lambda im: im.resize((320, 180)),
    "caption bar": with_bar,
    "cropped": lambda im: im.crop((30, 17, 450, 253)),
    "letterbox": lambda im: ImageOps.expand(im, (0, 40), "black"),
    "mirrored": ImageOps.mirror,
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("where", [(0, "one.mp4", 1.3), (0, "one.mp4", 4.8), (1, "two.webm", 3.2)])
def test_a_still_is_found_at_its_second(kept, tmp_path, shots, jpeg, edit, where):
    """Whatever an outlet did to it, it is in this clip, within a second, and in no other."""
    (store, names), (clip, name, second) = kept, where
    answer = found(store, tmp_path, jpeg(EDITS[edit](shots[clip][round(second * RATE)])))
    (match,) = answer.matches
    assert (names[name], "frame-of-video") == (match.asset, match.transform)
    assert match.verdict in ("same", "likely")
    assert abs(match.asset_at.start - second) <= 1.0
    assert f"The frame at {match.asset_at.start:.1f} s" in match.explanation
    assert match.query_at is None


def test_a_picture_in_no_clip_is_in_none(kept, tmp_path, leaves, jpeg):
    """Not even with the bar that a clip has: what broadcasters put over everything says nothing of the picture."""
    store, _ = kept
    for image in (leaves(77, SIZE), with_bar(leaves(78, SIZE)), with_bar(Image.radial_gradient("L").resize(SIZE).convert("RGB"))):
        assert () == found(store, tmp_path, jpeg(image)).matches


def test_a_still_of_one_shot_does_not_join_the_clip(kept, tmp_path, shots, jpeg):
    """A clip of several shots shows several things: two stills of two shots are not one visual. A person is told."""
    store, names = kept
    (tmp_path / "stills").mkdir()
    for second in (1, 3):
        (tmp_path / "stills" / f"{second}.jpg").write_bytes(jpeg(shots[0][second * RATE]))
    list(pipeline.ingest(snapshots([str(tmp_path / "stills")]), store, who="A"))
    assert [1] * 4 == [len(visual.members) for visual in pipeline.visuals(store)]
    why = [suggestion.why for suggestion in pipeline.grouping(store).suggestions()]
    assert 2 == len([words for words in why if words.startswith("The frame at")])
    assert names


def test_a_clip_that_shows_one_scene_joins_its_stills(kept, tmp_path, film, leaves, jpeg):
    """Where a clip shows nothing else, a frame of it is a picture of the same."""
    store, _ = kept
    quiet = leaves(31, (490, 270))
    (tmp_path / "quiet").mkdir()
    (tmp_path / "quiet" / "clip.mp4").write_bytes(film(shot(quiet, 3)))
    (tmp_path / "quiet" / "still.jpg").write_bytes(jpeg(quiet.crop((5, 0, 485, 270))))
    items = list(pipeline.ingest(snapshots([str(tmp_path / "quiet")]), store, who="A"))
    assert 1 == len({visual for item in items for visual in item.visuals.values()})


def test_a_part_of_a_clip_is_found_in_it(kept, tmp_path, film, shots):
    """Coded again, smaller, from another second on: both places are told; a part is no copy of the whole."""
    store, names = kept
    part = film([frame.resize((320, 180)) for frame in shots[0][15:55]], "libvpx-vp9", "webm")
    (match,) = found(store, tmp_path, part, "part.webm").matches
    assert (names["one.mp4"], "likely") == (match.asset, match.verdict)
    assert abs(match.asset_at.start - match.query_at.start - 1.5) <= 0.6
    assert match.query_at.end - match.query_at.start >= 2
    assert "frames agree in their order" in match.explanation


def test_the_same_clip_coded_again_is_one_visual(kept, tmp_path, film, shots):
    """Nearly all of both runs alike."""
    store, names = kept
    (tmp_path / "again.webm").write_bytes(film([f.resize((320, 180)) for f in shots[0]], "libvpx-vp9", "webm"))
    (item,) = pipeline.ingest(snapshots([str(tmp_path / "again.webm")]), store, who="A")
    together = [v for v in pipeline.visuals(store) if v.id in item.visuals.values()]
    assert [2] == [len(v.members) for v in together]
    assert names["one.mp4"] in {m.asset for m in together[0].members}


def test_a_poster_alone_is_not_the_clip(kept, tmp_path, film, shots, leaves):
    """Another film that begins with the same frame has that frame in common, and is said to have no more."""
    store, names = kept
    other = [shots[0][0]] * 20 + shot(leaves(41, (600, 270)), 4)
    (match,) = found(store, tmp_path, film(other), "other.mp4").matches
    assert (names["one.mp4"], "possible") == (match.asset, match.verdict)
    (tmp_path / "other.mp4").write_bytes(film(other))
    (item,) = pipeline.ingest(snapshots([str(tmp_path / "other.mp4")]), store, who="A")
    assert [1] == [len(v.members) for v in pipeline.visuals(store) if v.id in item.visuals.values()]


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_a_picture_that_moves_is_found_in_the_film(kept, tmp_path, shots, kind):
    """A GIF made of a part of a film is that part."""
    store, names = kept
    out = io.BytesIO()
    frames = [frame.resize((320, 180)) for frame in shots[0][20:40:2]]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=200)
    (match,) = found(store, tmp_path, out.getvalue(), f"part.{kind.lower()}").matches
    assert names["one.mp4"] == match.asset
    assert match.verdict in ("same", "likely")
    assert abs(match.asset_at.start - match.query_at.start - 2.0) <= 0.6


def test_clips_without_key_points_are_compared_by_their_hashes(kept, tmp_path):
    """Soft shapes that move have hashes, and nothing to lay them on one another by."""
    store, _ = kept
    large = Image.fromarray(np.random.default_rng(3).integers(0, 256, (10, 22), dtype=np.uint8)).resize((660, 300))
    soft = [large.crop((n * 30, 50, n * 30 + 300, 250)) for n in range(12)]
    for name, frames in (("one.gif", soft), ("two.webp", [frame.resize((200, 134)) for frame in soft])):
        frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:], duration=300)
    list(pipeline.ingest(snapshots([str(tmp_path / "one.gif")]), store, who="A"))
    (match,) = found(store, tmp_path, (tmp_path / "two.webp").read_bytes(), "query.webp").matches
    assert (True, "pdq") == (match.verdict in ("same", "likely"), match.algorithm)


def test_without_bytes_hashes_have_the_word(kept, tmp_path, shots, jpeg):
    """Where the clip's bytes had to go, its frames' hashes still tell, and say by what."""
    store, names = kept
    store.redact(names["one.mp4"], who="A", why="a court's order")
    (match,) = found(store, tmp_path, jpeg(shots[0][13])).matches
    assert (names["one.mp4"], "pdq", "frame-of-video") == (match.asset, match.algorithm, match.transform)
    assert match.verdict != "same"


def test_two_files_are_compared(made, shots, jpeg):
    """A still and a clip, either way round: the second stands on the clip's side, and the evidence is drawn."""
    content, picture = (made / "clips" / "one.mp4").read_bytes(), jpeg(shots[0][33])
    sides = [(media.read_asset(data), data) for data in (content, picture)]
    one, other = likeness.between(sides[0], sides[1]), likeness.between(sides[1], sides[0])
    assert abs(one.asset_at.start - 3.3) <= 0.5
    assert (None, one.asset_at) == (one.other_at, other.other_at)
    for match, left, right in ((one, content, picture), (other, picture, content)):
        with Image.open(io.BytesIO(likeness.drawn(match, left, right))) as drawn:
            assert drawn.width > 400
    assert likeness.drawn(None, content, picture)


def test_why_not_names_the_nearest(kept, tmp_path, leaves, jpeg):
    """For a picture in no clip it is told what came nearest."""
    store, _ = kept
    (tmp_path / "other.jpg").write_bytes(jpeg(leaves(77, SIZE)))
    assert "Nearest was asset" in lookup.why_not(str(tmp_path / "other.jpg"), store, intake.read_bytes)
