"""Two pictures laid on one another."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from provenance import likeness
from provenance.fingerprint import fingerprint, sketch
from provenance.match.judge import weigh
from provenance.match.misses import nearest
from provenance.match.verdict import Compared, join


def _screenshot(shown):
    out = Image.new("RGB", (420, 840), (200, 221, 180))
    draw = ImageDraw.Draw(out)
    draw.rectangle((0, 0, 420, 60), fill=(81, 125, 162))
    draw.text((70, 14), "Harbour Watch", fill="white", font_size=20)
    draw.rounded_rectangle((10, 90, 400, 500), 12, fill="white")
    out.paste(shown.resize((360, 270)), (25, 105))
    draw.text((25, 390), "What is known so far about\nthe night at the harbour", fill="black", font_size=18)
    draw.rectangle((0, 780, 420, 840), fill="white")
    return out


def _collage(first, second):
    out = Image.new("RGB", (740, 300), "white")
    out.paste(ImageOps.fit(first, (366, 300)), (0, 0))
    out.paste(ImageOps.fit(second, (366, 300)), (374, 0))
    return out


def _caption(im):
    out = im.copy()
    ImageDraw.Draw(out).rectangle((0, 280, 480, 360), fill=(15, 30, 90))
    return out


def _second_shot(im, other):
    """Another moment: what stands in front has moved, and so has the camera a little."""
    out = im.copy()
    for number, place in enumerate(((40, 40), (260, 30), (140, 170), (330, 210))):
        box = (number * 90, number * 60, number * 90 + 130, number * 60 + 120)
        out.paste(other.crop(box), place)
    return out.crop((6, 4, 480, 360))


EDITS = {
    "cropped": (lambda im: im.crop((90, 60, 420, 320)), "cropped"),
    "mirrored": (ImageOps.mirror, "mirrored"),
    "turned": (lambda im: im.transpose(Image.Transpose.ROTATE_90), "rotated"),
    "smaller": (lambda im: im.resize((240, 180)), "resized"),
    "in a screenshot": (_screenshot, "framed"),
    "captioned": (_caption, "framed"),
    "grey and blurred": (lambda im: ImageOps.grayscale(im).convert("RGB").filter(ImageFilter.GaussianBlur(2)), "resized"),
}


def _joined(left, right):
    return likeness.between((fingerprint(left), left), (fingerprint(right), right))


@pytest.mark.parametrize("name", EDITS)
def test_an_edited_picture_is_found_with_what_was_done(name, leaves, jpeg):
    """Whatever was done, the pixels agree where both are, and the word for it is right."""
    edit, transform = EDITS[name]
    found = _joined(jpeg(leaves(3)), jpeg(edit(leaves(3)), 60))
    assert found is not None
    assert found.verdict in ("same", "likely")
    assert transform == found.transform or found.algorithm == "pdq"
    assert found.error_rate is not None


def test_another_picture_is_none(leaves, jpeg):
    """Two pictures of the same kind share nothing."""
    assert _joined(jpeg(leaves(3)), jpeg(leaves(4))) is None


@pytest.mark.parametrize(("one", "other"), [(3, 4), (3, 9), (4, 10), (9, 11), (12, 13)])
def test_two_screenshots_of_one_interface_are_no_match(leaves, jpeg, one, other):
    """The interface is alike; what it shows is not, and only that counts."""
    assert _joined(jpeg(_screenshot(leaves(one))), jpeg(_screenshot(leaves(other)))) is None


def test_two_screenshots_of_one_interface_and_picture_are_a_match(leaves, jpeg):
    """Where the pictures agree as well, the whole is alike, at other qualities, too."""
    for seed in (3, 9):
        found = _joined(jpeg(_screenshot(leaves(seed)), 85), jpeg(_screenshot(leaves(seed)), 40))
        assert found is not None
        assert found.verdict in ("same", "likely")


def _message(picture):
    """A message of a channel: its picture, and below it words that are the same for each."""
    shot = Image.new("RGB", (360, 700), (200, 222, 178))
    draw = ImageDraw.Draw(shot)
    draw.rectangle((0, 0, 360, 52), fill=(80, 120, 160))
    draw.text((80, 14), "Tarn Watch", fill="white", font_size=20)
    draw.rounded_rectangle((8, 80, 330, 420), 12, fill="white")
    shot.paste(picture.resize((306, 220)), (16, 88))
    words = "The lower ferry stays shut today,", "says the harbour office of Tarn.", "Sent in by a reader, not yet checked."
    for number, line in enumerate(words):
        draw.text((18, 316 + number * 24), line, fill="black", font_size=17)
    return shot


def _sky(seed):
    """Something small in a plain sky, another for each seed."""
    rng = np.random.default_rng(seed)
    image = Image.new("RGB", (480, 360), (70, 120, 190))
    draw = ImageDraw.Draw(image)
    for _ in range(6):
        x, y, (wide, high) = rng.uniform(150, 330), rng.uniform(120, 240), rng.uniform(10, 60, 2)
        box = (x - wide, y - high / 2, x + wide, y + high / 2)
        draw.ellipse(box, fill=tuple(rng.integers(0, 256, 3).tolist()))
    return image


@pytest.mark.parametrize("seed", range(1, 7))
def test_words_around_two_pictures_are_no_match(leaves, jpeg, seed):
    """Where the pictures have little texture the words of a message agree in most cells: a hint at most, and why is told."""
    plain, full = jpeg(_message(_sky(seed))), jpeg(_message(leaves(seed)))
    found = _joined(plain, jpeg(_message(_sky(seed + 20))))
    assert found is not None
    assert found.verdict == "possible"
    assert "lettering or signs on a flat ground" in found.explanation
    assert _joined(plain, full) is None


@pytest.mark.parametrize("seed", range(1, 5))
def test_frames_that_agree_around_two_pictures_are_told(leaves, jpeg, seed):
    """Where no key points of what two frames hold agree, only the frames do, which is no match, and the near miss says so."""
    one, other = (jpeg(_message(leaves(s))) for s in (seed, seed + 20))
    evidence = weigh(sketch(one), sketch(other))
    assert evidence is not None
    assert evidence.apart
    assert "only the frames around two pictures agree" in nearest([(fingerprint(other), Compared(None, evidence))])
    again = weigh(sketch(one), sketch(jpeg(_message(leaves(seed)), 50)))
    assert again is not None
    assert not again.apart


def test_a_message_and_its_copy_are_one(jpeg):
    """Lettering is as good as a picture where all of it is the same."""
    found = _joined(jpeg(_message(_sky(3)), 90), jpeg(_message(_sky(3)), 45))
    assert found is not None
    assert found.verdict in ("same", "likely")


def test_two_screenshots_of_one_picture_are(leaves, jpeg):
    """The match is made on the inner picture, whatever is around it."""
    framed = ImageOps.expand(leaves(3), (30, 200, 30, 340), (20, 30, 40))
    found = _joined(jpeg(_screenshot(leaves(3))), jpeg(framed))
    assert found is not None
    assert found.verdict in ("same", "likely")


def test_each_tile_of_a_collage_is_found(leaves, jpeg):
    """Both pictures of a collage are in it."""
    collage = jpeg(_collage(leaves(5), leaves(6)))
    for seed in (5, 6):
        found = _joined(jpeg(leaves(seed)), collage)
        assert found is not None
        assert found.verdict in ("same", "likely")


def test_another_moment_of_one_scene_is_not_the_same_picture(leaves, jpeg):
    """Where much of what is in both pictures differs, a hint is all that is given."""
    found = _joined(jpeg(leaves(7)), jpeg(_second_shot(leaves(7), leaves(8))))
    assert found is None or found.verdict == "possible"


@pytest.mark.parametrize("seed", [3, 7])
def test_the_same_scene_from_a_step_aside_is_not_the_same_picture(seed, leaves, jpeg):
    """Nearly every cell looks alike, but boughs of other depths lie displaced by other amounts: a hint, and why is told."""
    left, right = jpeg(leaves(seed)), jpeg(leaves(seed, aside=6.0))
    outcome = join(fingerprint(left), fingerprint(right), sketch(left), sketch(right))
    assert outcome.evidence.agreement > 0.9
    assert outcome.match.verdict == "possible"
    assert "standpoint" in outcome.match.explanation


def _bent(im, by):
    """As a lens bends it: by this share of its distance from the middle, at the corners."""
    wide, high = im.size
    y, x = np.mgrid[:high, :wide].astype(np.float32)
    across, down, reach = x - wide / 2, y - high / 2, np.hypot(wide, high) / 2
    scale = (1 + by * (across**2 + down**2) / reach**2) / (1 + max(by, 0))
    places = np.dstack((across * scale + wide / 2, down * scale + high / 2)).astype(np.float32)
    return Image.fromarray(cv2.remap(np.asarray(im), places, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT))


@pytest.mark.parametrize("by", [-0.05, -0.02, 0.05])
@pytest.mark.parametrize("seed", [3, 7])
def test_a_copy_that_a_lens_bent_is_a_copy(seed, by, leaves, jpeg):
    """What one lens explains is no other standpoint."""
    found = _joined(jpeg(leaves(seed)), jpeg(_bent(leaves(seed), by), 60))
    assert found is not None
    assert found.verdict in ("same", "likely")


def test_the_alignment_leads_from_one_picture_to_the_other(leaves, jpeg):
    """A place in the crop comes to the place that it was cut from."""
    found = _joined(jpeg(leaves(3)), jpeg(leaves(3).crop((120, 90, 360, 270)).resize((480, 360))))
    assert found is not None
    assert found.alignment is not None
    matrix = np.array(found.alignment.homography).reshape(3, 3)
    upper_left, middle = matrix @ (0, 0, 1), matrix @ (0.5, 0.5, 1)
    assert (0.25, 0.25) == pytest.approx(tuple(upper_left[:2] / upper_left[2]), abs=0.01)
    assert (0.5, 0.5) == pytest.approx(tuple(middle[:2] / middle[2]), abs=0.01)
    assert found.alignment.agreeing <= found.alignment.cells


def test_without_bytes_hashes_decide(leaves, jpeg):
    """Where one side cannot be read any more, what is known of it still counts."""
    whole, small = jpeg(leaves(3)), jpeg(leaves(3).resize((320, 240)))
    assert join(fingerprint(whole), fingerprint(small), None, sketch(small)).match is not None


def test_the_evidence_shows_both_sides(leaves, jpeg):
    """The sheet is a PNG with both pictures in it, aligned or not."""
    whole, cut = jpeg(leaves(3)), jpeg(leaves(3).crop((90, 60, 420, 320)))
    for found in (_joined(whole, cut), None):
        assert likeness.drawn(found, whole, cut).startswith(b"\x89PNG")
