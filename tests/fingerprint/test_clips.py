"""Clips: their frames are hashed with their seconds, within limits; what cannot be read says why."""

import io
import random
from pathlib import Path

import pytest
from PIL import Image

from provenance import fingerprint as room
from provenance.cage import Cage
from provenance.errors import UnknownFormat
from provenance.fingerprint import fingerprint, is_current, video
from provenance.records import Asset

SIZE = (320, 240)


def seconds(asset: Asset, algorithm: str = "pdq") -> list[float]:
    return sorted({p.at for p in asset.fingerprints if p.algorithm == algorithm and p.at is not None})


@pytest.fixture(scope="session")
def shots(scene):
    """Three still scenes of two seconds each, ten frames a second."""
    return [scene(seed, SIZE) for seed in (1, 2, 3) for _ in range(20)]


@pytest.fixture(scope="session")
def clip(film, shots):
    return film(shots)


def test_frames_have_their_seconds(clip, scene, saved):
    """Every half a second a frame is hashed, and it is the frame that is shown then."""
    asset = fingerprint(clip)
    assert [n / 2 for n in range(12)] == seconds(asset)
    assert (6.0, SIZE, None) == (asset.seconds, (asset.width, asset.height), asset.not_hashable)
    for seed, at in ((1, 0.5), (2, 2.5), (3, 5.0)):
        (shown,) = (p for p in asset.fingerprints if p.algorithm == "pdq" and p.at == at)
        still = next(p for p in fingerprint(saved(scene(seed, SIZE))).fingerprints if p.algorithm == "pdq")
        assert (int(shown.value, 16) ^ int(still.value, 16)).bit_count() <= 16
        assert shown.version.endswith("; frame")
        assert shown.decoder.startswith("pyav")


def test_key_points_are_read_of_each_view_once(clip):
    """Three scenes are three views, each with the hashes for exchange."""
    asset = fingerprint(clip)
    for algorithm in ("vlad", "phash", "dhash"):
        assert [0.0, 2.0, 4.0] == seconds(asset, algorithm)


@pytest.mark.parametrize(
    ("codec", "container", "media_type"),
    [
        ("libvpx-vp9", "webm", "video/webm"),
        ("libvpx", "webm", "video/webm"),
        ("libx265", "mp4", "video/mp4"),
        ("libx264", "matroska", "video/x-matroska"),
        ("libx264", "mov", "video/quicktime"),
        ("mpeg4", "avi", "video/x-msvideo"),
        ("mpeg2video", "mpegts", "video/mp2t"),
        ("mpeg1video", "mpeg", "video/mpeg"),
        ("flv1", "flv", "video/x-flv"),
    ],
)
def test_films_that_newsrooms_meet_are_read(film, shots, codec, container, media_type):
    """Whatever the codec and the container, the same seconds have hashes, counted from the beginning."""
    options = {"x265-params": "log-level=none"} if codec == "libx265" else {}
    rate = 25 if codec.startswith("mpeg") else 10
    frames = [f for f in shots for _ in range(rate // 10 + (rate == 25))][: 6 * rate] if rate == 25 else shots
    asset = fingerprint(film(frames, codec, container, rate, **options))
    assert (media_type, None) == (asset.media_type, asset.not_hashable)
    assert 11 <= len(seconds(asset))
    assert seconds(asset)[0] <= 0.1
    assert seconds(asset)[-1] <= 6.0


def test_a_cut_is_read_at_once(film, scene):
    """A frame after a cut does not wait for the half second: the scene may be over by then."""
    frames = [scene(1, SIZE)] * 12 + [scene(2, SIZE)] * 3 + [scene(3, SIZE)] * 15
    found = seconds(fingerprint(film(frames, g="1")))
    assert any(1.2 <= at <= 1.4 for at in found)


def test_flat_frames_are_refused(film, scene):
    """Black frames hash like every other black frame, so they have none; a clip of nothing else says so."""
    black = Image.new("RGB", SIZE, "black")
    asset = fingerprint(film([black] * 20 + [scene(1, SIZE)] * 20))
    assert [2.0, 2.5, 3.0, 3.5] == seconds(asset)
    assert "8 frames read, 4 of them with too little detail" in asset.findings
    nothing = fingerprint(film([black] * 20))
    assert ((), True) == (nothing.fingerprints, "none of its frames has enough detail" in (nothing.not_hashable or ""))


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF"])
def test_pictures_that_move_are_clips(kind, scene, saved):
    """Of a GIF or an animated WebP every frame counts, at its second; the first one alone is not the clip."""
    content = saved(scene(1), kind, save_all=True, append_images=[scene(2), scene(3)], duration=700)
    asset = fingerprint(content)
    assert [0.0, 0.7, 1.4] == seconds(asset)
    assert 2.1 == asset.seconds
    assert all(p.at is not None for p in asset.fingerprints)


def test_one_frame_makes_no_clip(scene, saved):
    """A GIF of one frame is a picture like any other."""
    assert fingerprint(saved(scene(1), "GIF")).seconds is None


def test_the_frames_that_are_asked_for(clip, scene, saved, apart):
    """Sketches and stills are those of the seconds that were named, whatever their order."""
    found = [each for each in room.sketches(clip, [4.5, 0.5, 2.5]) if each]
    assert [0.5, 2.5, 4.5] == [at for at, _ in found]
    assert all(SIZE == (sketch.width, sketch.height) for _, sketch in found)
    shown = fingerprint(room.still(clip, 2.5))
    assert apart(shown, fingerprint(saved(scene(2, SIZE))))["pdq"] <= 16


def test_the_frames_of_pictures_that_move(scene, saved, apart):
    """The same of a GIF; after its end, the last one."""
    content = saved(scene(1), "GIF", save_all=True, append_images=[scene(2), scene(3)], duration=700)
    for second, seed in ((0.0, 1), (0.9, 2), (1.4, 3), (60.0, 3)):
        assert apart(fingerprint(room.still(content, second)), fingerprint(saved(scene(seed))))["pdq"] <= 20


# ------------------------------------------------------------------ hostile


def test_a_film_cut_off_is_read_as_far_as_it_goes(film, shots):
    """What is there is hashed, and what is missing is told; without its index it says that it cannot be read."""
    whole = film(shots, "libvpx-vp9", "webm", g="10")
    part = fingerprint(whole[: len(whole) // 2])
    assert 0 < len(seconds(part)) < 12
    assert part.seconds is not None
    assert part.seconds < 6
    cut = fingerprint(film(shots)[:4000])
    assert ((), "video/mp4") == (cut.fingerprints, cut.media_type)
    assert cut.not_hashable


@pytest.mark.parametrize(
    "content", [b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2", b"\x1aE\xdf\xa3" + bytes(100), b"FLV\x01" + bytes(50)]
)
def test_no_frames(content):
    """A film without a frame says so."""
    pytest.importorskip("av")
    asset = fingerprint(content)
    assert asset.fingerprints == ()
    assert asset.not_hashable
    assert "extra" not in asset.not_hashable


def test_frames_that_are_too_large_are_refused_before_they_are_decoded(clip, monkeypatch):
    """The size is told, and the limit."""
    monkeypatch.setattr(video, "MAX_PIXELS", 50_000)
    assert "frames of 320 × 240 = 0.1 megapixels: over the limit" in (fingerprint(clip).not_hashable or "")


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [("MOST_PIXELS", 76_800 * 30, "billion pixels"), ("MOST_SECONDS", 0.0, "processor time"), ("_MOST_PACKETS", 30, "packets")],
)
def test_a_film_without_end_is_read_up_to_a_limit(clip, monkeypatch, limit, value, said):
    """What was read until then counts, and it is said up to where."""
    monkeypatch.setattr(video, limit, value)
    asset = fingerprint(clip)
    assert 0 < len(seconds(asset)) < 12
    assert any(said in finding and "read up to" in finding for finding in asset.findings)


def test_a_film_that_is_longer_than_it_says(clip, monkeypatch):
    """The number of frames is limited whatever the header says."""
    monkeypatch.setattr("provenance.fingerprint.reel.MOST_FRAMES", 4)
    monkeypatch.setattr(video._Film, "seconds", 1.0)
    asset = fingerprint(clip)
    assert len(seconds(asset)) < 12
    assert any("longer than it says" in finding for finding in asset.findings)


def test_of_a_long_film_key_frames_are_read(film, shots, monkeypatch):
    """A long film costs what its key frames cost, and says so; a lying header is found out while it is read."""
    content = film(shots, g="20", keyint_min="20", sc_threshold="0")
    monkeypatch.setattr(video, "FEWER_PIXELS", 1000)
    asset = fingerprint(content)
    assert [0.0, 2.0, 4.0] == seconds(asset)
    assert any("key frames only from 0.0 s on" in finding for finding in asset.findings)
    monkeypatch.undo()
    monkeypatch.setattr(video, "ALL_PIXELS", 76_800 * 15)
    monkeypatch.setattr(video._Film, "rate", 1e-3)
    assert any("more pixels than it says" in finding for finding in fingerprint(content).findings)


def test_a_codec_that_nobody_uses_is_not_opened(film, shots):
    """Fewer decoders, fewer faults; the codec is named."""
    assert "the codec ffv1 is not read here" in (fingerprint(film(shots[:5], "ffv1", "matroska")).not_hashable or "")


@pytest.mark.parametrize("head", [b"", b"\x1aE\xdf\xa3", b"FLV\x01", b"\x00\x00\x00\x18ftypisom"])
def test_a_playlist_is_no_film(tmp_path, clip, head):
    """A list that names another file opens it neither by its own form nor behind a film's signature."""
    (tmp_path / "other.mp4").write_bytes(clip)
    for listing in (
        f"ffconcat version 1.0\nfile '{tmp_path / 'other.mp4'}'\n",
        f"#EXTM3U\n#EXTINF:6,\n{tmp_path / 'other.mp4'}\n",
    ):
        if head:
            assert fingerprint(head + listing.encode()).fingerprints == ()
        else:
            with pytest.raises(UnknownFormat):
                fingerprint(listing.encode())


def test_damaged_films_never_raise(clip, film, shots):
    """Bytes turned over anywhere give an asset with frames or with a reason."""
    generator = random.Random(5)  # noqa: S311 - to damage films, not to keep a secret
    for content in (clip, film(shots[:30], "libvpx-vp9", "webm")):
        for _ in range(25):
            damaged = bytearray(content)
            for _ in range(generator.choice((1, 20, 300))):
                damaged[generator.randrange(20, len(damaged))] = generator.randrange(256)
            asset = fingerprint(bytes(damaged))
            assert asset.fingerprints or asset.not_hashable


def test_damaged_animations_never_raise(scene, saved):
    """The same of GIF and WebP."""
    generator = random.Random(6)  # noqa: S311 - the same
    for kind in ("GIF", "WEBP"):
        content = saved(scene(1, (160, 120)), kind, save_all=True, append_images=[scene(2, (160, 120))] * 3, duration=300)
        for _ in range(25):
            damaged = bytearray(content)
            for _ in range(generator.choice((1, 20))):
                damaged[generator.randrange(12, len(damaged))] = generator.randrange(256)
            asset = fingerprint(bytes(damaged))
            assert asset.fingerprints or asset.not_hashable


def test_in_the_guarded_child_it_is_the_same(clip):
    """Frames are decoded where nothing else can be reached; the answer comes in parts and is one."""
    cage = Cage()
    try:
        assert fingerprint(clip) == cage.asset(clip)
        assert [found for found in room.sketches(clip, [0.5, 4.5]) if found] == list(cage.sketches(clip, [4.5, 0.5]))
        assert room.still(clip, 2.5) == cage.still(clip, 2.5)
        assert room.thumbnail(clip) == cage.thumbnail(clip)
    finally:
        cage.close()


def test_what_was_kept_before_is_made_anew(clip, scene, saved, monkeypatch):
    """A film kept when nothing read it, and a GIF of which the first frame was read, are told apart from current ones."""
    asset = fingerprint(clip)
    assert is_current(asset)
    before = Asset(sha256=asset.sha256, size=1, media_type="video/mp4", not_hashable="video frames are not read yet")
    assert not is_current(before)
    first = fingerprint(saved(scene(1)))
    assert not is_current(Asset(sha256="0" * 64, size=1, media_type="image/gif", fingerprints=first.fingerprints,
                                findings=("first of 12 frames read",)))  # fmt: skip
    monkeypatch.setattr("provenance.fingerprint.video.find_spec", lambda _: None)
    assert is_current(before)


def test_shared_video_bombs(shared: Path):
    """Many frames, and large ones: read within the limits or refused with a reason."""
    for path in sorted((shared / "badinputs" / "bombs_vid").iterdir()):
        pytest.importorskip("av")
        asset = fingerprint(path.read_bytes())
        assert asset.fingerprints or asset.not_hashable, path.name


def test_metadata_and_trailing_bytes_of_pictures_that_move(scene, saved):
    """What is said of pictures is said of those that move, too."""
    content = saved(scene(1), "GIF", save_all=True, append_images=[scene(2)], duration=500)
    assert any("14 bytes follow" in finding for finding in fingerprint(content + b"PK\x03\x04 and so on").findings)
    with Image.open(io.BytesIO(content)) as opened:
        assert 2 == opened.n_frames
