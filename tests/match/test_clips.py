"""Where two clips run alike, and where a still is in one, as far as hashes tell."""

import numpy as np
import pytest

from provenance.match import by_hash, clips
from provenance.match.codes import turned
from provenance.records import Asset, Fingerprint

RNG = np.random.default_rng(7)


def code() -> str:
    return RNG.bytes(32).hex()


def noisy(value: str, bits: int) -> str:
    flipped = sum(1 << int(n) for n in RNG.permutation(256)[:bits])
    return f"{int(value, 16) ^ flipped:064x}"


def clip(values: list[str], name: str = "a", step: float = 0.5, start: float = 0.0) -> Asset:
    prints = [
        Fingerprint(algorithm="pdq", bits=256, value=v, quality=100, version="pdq 1; frame", decoder="d", at=start + n * step)
        for n, v in enumerate(values)
    ]
    return Asset(sha256=name * 64, size=1, media_type="video/mp4", seconds=len(values) * step, fingerprints=tuple(prints))


def still(value: str) -> Asset:
    print_ = Fingerprint(algorithm="pdq", bits=256, value=value, quality=100, version="pdq 1", decoder="d")
    return Asset(sha256="f" * 64, size=1, media_type="image/jpeg", fingerprints=(print_,))


@pytest.fixture
def scenes() -> list[str]:
    return [code() for _ in range(40)]


def test_a_part_is_found_where_it_is(scenes):
    """Frames that agree in order, at the same distance in time, give both places."""
    part = clip([noisy(v, 20) for v in scenes[10:20]], "b")
    found = clips.run(part, clip(scenes))
    assert ((0.0, 4.5), (5.0, 9.5)) == ((found.ours.start, found.ours.end), (found.theirs.start, found.theirs.end))
    assert (10, True, False, True) == (found.changing, found.nearly_all, found.both, found.is_long_enough)
    turned_round = clips.run(clip(scenes), part)
    assert (found.ours, found.theirs) == (turned_round.theirs, turned_round.ours)


def test_the_same_cut_is_all_of_both(scenes):
    """Coded again it is nearly all of both."""
    assert clips.run(clip([noisy(v, 10) for v in scenes], "b"), clip(scenes)).both


def test_frames_taken_at_other_times_agree(scenes):
    """The two need not be taken at the same instants."""
    found = clips.run(clip([noisy(v, 24) for v in scenes[6:16]], "b", start=0.2), clip(scenes))
    assert 2.5 <= found.theirs.start - found.ours.start <= 3.25


def test_a_mirrored_part_is_found(scenes):
    """It is told that it is mirrored."""
    found = clips.run(clip([turned("pdq", v, "mirrored") for v in scenes[10:20]], "b"), clip(scenes))
    assert (10, True) == (len(found.pairs), found.mirrored)


def test_other_clips_have_no_run():
    """No frame is near another by chance."""
    assert clips.run(clip([code() for _ in range(60)], "b"), clip([code() for _ in range(60)])) is None


def test_a_poster_in_both_is_no_run(scenes):
    """One frame in common is not the clip, nor is a title that stands for seconds."""
    other = [code() for _ in range(20)]
    assert not clips.run(clip([scenes[0], *other], "b"), clip(scenes)).is_long_enough
    title = code()
    found = clips.run(clip([noisy(title, 2) for _ in range(8)] + other, "b"), clip([title] * 8 + scenes))
    assert (1, False) == (found.changing, found.is_long_enough)


def test_frames_in_another_order_are_no_run(scenes):
    """A trailer that shows the same moments the other way round shares frames, and no run of them."""
    found = clips.run(clip(scenes[10:20][::-1], "b"), clip(scenes))
    assert len(found.pairs) <= 3
    assert not found.is_long_enough


def test_a_still_is_at_its_second(scenes):
    """The nearest frames first, a second apart or more; mirrored and turned ones, too."""
    assert [6.0] == clips.moments(still(noisy(scenes[12], 30)), clip(scenes))
    assert [6.0] == clips.moments(still(turned("pdq", scenes[12], "mirrored")), clip(scenes))
    twice = clip([*scenes, noisy(scenes[12], 8)])
    assert [6.0, 20.0] == clips.moments(still(scenes[12]), twice)
    assert [] == clips.moments(still(code()), clip(scenes))


def test_a_frame_that_stays_is_there_all_the_time(scenes):
    """Where the picture does not change, the seconds from the first to the last of it are told, and none beyond a cut."""
    made = clip([scenes[0], *(noisy(scenes[1], 3) for _ in range(5)), scenes[2], scenes[1]])
    assert (0.5, 2.5) == (clips.shown_around(made, 1.5).start, clips.shown_around(made, 1.5).end)
    assert (0.0, 0.0) == (clips.shown_around(made, 0.0).start, clips.shown_around(made, 0.0).end)


def test_a_bare_hash_names_the_second(scenes):
    """A PDQ near a frame is a frame of the clip, never the clip."""
    found = by_hash("pdq", noisy(scenes[12], 12), clip(scenes))
    assert ("likely", "frame-of-video", 6.0, True) == (found.verdict, found.transform, found.other_at.start, found.in_part)
    assert "its frame at 6.0 s" in found.explanation
    assert by_hash("pdq", code(), clip(scenes)) is None


def test_a_clip_that_shows_nothing_else(scenes):
    """A scene that hardly moves is shown whole by one of its frames; a clip with a cut is not."""
    quiet = clip([noisy(scenes[0], 10) for _ in range(12)])
    assert not clips.shows_else(quiet, [1.0])
    assert clips.shows_else(clip([scenes[0]] * 6 + [scenes[1]] * 6), [1.0])


def test_a_frame_as_a_picture(scenes):
    """A frame is judged by the rules for pictures, so it stands as one: with and without its plain border."""
    made = clip(scenes[:2])
    bordered = Fingerprint(algorithm="pdq", bits=256, value=scenes[5], quality=90, decoder="d", at=0.5,
                           version="pdq 1; frame without its plain border")  # fmt: skip
    frame = clips.as_frame(Asset(**{**{f: getattr(made, f) for f in made.__slots__},
                                    "fingerprints": (*made.fingerprints, bordered)}), 0.5)  # fmt: skip
    assert ["pdq 1", "pdq 1; without its plain border"] == [p.version for p in frame.fingerprints]
    assert {None} == {p.at for p in frame.fingerprints}
