"""Two assets, or a hash and an asset: what is said of them."""

import dataclasses
import re

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from provenance.errors import UsageError
from provenance.fingerprint import fingerprint
from provenance.match import RADII, by_hash, compare
from provenance.match.rules import rules

SURE, LIKELY, *POSSIBLE = rules().pairs


def _at(asset, rule, more=0):
    """Two assets exactly at a rule's limits, or `more` bits beyond in PDQ."""
    needs = dict(rule.needs)
    return asset("one", pdq=0, phash=0, dhash=0), asset("two", **(needs | {"pdq": needs["pdq"] + more}))


def test_the_same_bytes_are_the_same(asset):
    """Equal sha256 is the same asset, with nothing to measure, hashable or not."""
    found = compare(asset("one"), asset("one"))
    assert (found.verdict, found.algorithm, found.transform, found.distance, found.error_rate) == (
        "same",
        "sha256",
        "exact",
        0,
        0.0,
    )


@pytest.mark.parametrize("rule", rules().pairs, ids=lambda r: r.name)
def test_limits_are_inclusive(rule, asset):
    """At its limits a rule holds, and its verdict and error rate are the match's."""
    found = compare(*_at(asset, rule))
    assert (found.verdict, found.error_rate) == (rule.verdict, rule.error_rate)
    assert (found.algorithm, found.distance, found.quality) == ("pdq", rule.needs["pdq"], 90)


@pytest.mark.parametrize("rule", rules().pairs, ids=lambda r: r.name)
def test_one_bit_beyond_a_limit_is_less_sure(rule, asset):
    """Beyond its limits the rule does not hold, and only a less sure one may."""
    found = compare(*_at(asset, rule, more=1))
    order = ["same", "likely", "possible", None]
    assert order.index(found and found.verdict) >= order.index(rule.verdict)
    assert found is None or found.error_rate != rule.error_rate or found.verdict != "same"


def test_a_near_pdq_alone_is_not_the_same(asset):
    """Where the hashes disagree nobody is told that two pictures are the same."""
    found = compare(asset("one", pdq=0, phash=0, dhash=0), asset("two", pdq=8, phash=30, dhash=30))
    assert found is None


def test_a_missing_hash_is_no_agreement(asset):
    """A rule that needs three hashes does not hold on one."""
    assert compare(asset("one", pdq=0), asset("two", pdq=0)) is None


def test_nothing_to_compare(asset):
    """Pictures without fingerprints match nothing but their own bytes."""
    assert compare(asset("one"), asset("two", pdq=0, phash=0, dhash=0)) is None
    assert compare(asset("one"), asset("two")) is None


def test_a_match_has_no_direction(scene, jpeg):
    """Compared the other way round the verdict, distance and transform are the same."""
    one, two = fingerprint(jpeg(scene(1))), fingerprint(jpeg(ImageOps.mirror(scene(1))))
    there, back = compare(one, two), compare(two, one)
    assert (there.asset, there.other) == (back.other, back.asset)
    assert (there.verdict, there.distance, there.transform) == (back.verdict, back.distance, back.transform)


def test_the_explanation_can_be_checked(asset):
    """It is one sentence with each hash's distance, of how many bits, and how often such a pair was wrong."""
    found = compare(asset("one", pdq=0, phash=0, dhash=0), asset("two", pdq=6, phash=2, dhash=1))
    assert found.explanation.startswith(
        "PDQ differs in 6 of 256 bits, pHash differs in 2 of 64 bits, dHash differs in 1 of 64 bits; "
    )
    assert re.search(r"none of [\d,]+ pairs of different photographs \(.+\)\.$", found.explanation)
    assert found.explanation.count(".") == 1


def _logo(im):
    out = im.copy()
    ImageDraw.Draw(out).rectangle((8, 8, 60, 30), fill=(200, 20, 30))
    return out


EDITS = {
    "recompressed": (lambda im: im, {"same"}, "unknown"),
    "half size": (lambda im: im.resize((180, 135)), {"same", "likely"}, None),
    "grey": (lambda im: ImageOps.grayscale(im).convert("RGB"), {"same"}, "unknown"),
    "brighter": (lambda im: ImageEnhance.Brightness(im).enhance(1.15), {"same", "likely"}, "unknown"),
    "logo": (_logo, {"same", "likely", "possible"}, "unknown"),
    "cropped a little": (lambda im: im.crop((5, 4, 355, 266)), {"same", "likely", "possible"}, None),
    "letterbox": (lambda im: ImageOps.expand(im, (0, 45, 0, 45), "black"), {"same", "likely"}, "framed"),
    "white frame": (lambda im: ImageOps.expand(im, 20, "white"), {"same", "likely"}, "framed"),
    "mirrored": (ImageOps.mirror, {"likely", "possible"}, "mirrored"),
    "upside down": (lambda im: im.transpose(Image.Transpose.ROTATE_180), {"likely", "possible"}, "rotated"),
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", EDITS)
def test_edits_are_found_again(name, seed, scene, jpeg):
    """What outlets do to pictures is found, and what was done is said where it can be told."""
    edit, verdicts, transform = EDITS[name]
    found = compare(fingerprint(jpeg(scene(seed), 92)), fingerprint(jpeg(edit(scene(seed)), 60)))
    assert found is not None
    assert found.verdict in verdicts
    assert transform in (None, found.transform)


def test_resized_is_said_only_of_the_same_shape(asset):
    """Another size of the same shape is "resized"; of another shape it is not."""
    one = asset("one", (800, 600), pdq=0, phash=0, dhash=0)
    assert compare(one, asset("two", (400, 300), pdq=2, phash=0, dhash=0)).transform == "resized"
    assert compare(one, asset("two", (400, 400), pdq=2, phash=0, dhash=0)).transform == "unknown"
    assert compare(one, asset("two", (800, 600), pdq=2, phash=0, dhash=0)).transform == "unknown"


def test_what_is_told_from_bits_is_never_the_same(scene, jpeg):
    """A mirrored match is at most likely, however near."""
    found = compare(fingerprint(jpeg(scene(2), 95)), fingerprint(jpeg(ImageOps.mirror(scene(2)), 95)))
    assert found.verdict != "same"
    assert found.explanation.startswith("Mirrored, PDQ differs in")


def test_other_pictures_do_not_match(scene, jpeg):
    """Pictures of other things give no match, in the same frame or without one."""
    for dress in (lambda im: im, lambda im: ImageOps.expand(im, (0, 45, 0, 45), "black")):
        assets = [fingerprint(jpeg(dress(scene(seed)))) for seed in range(6)]
        assert not [1 for i, a in enumerate(assets) for b in assets[:i] if compare(a, b)]


def test_a_bare_hash_is_never_the_same(asset):
    """Of a bare hash nothing else is known, so even no difference is at most likely."""
    for name, found in (
        (name, by_hash(name, "0" * n, asset("one", pdq=0, phash=0, dhash=0)))
        for name, n in [("pdq", 64), ("phash", 16), ("dhash", 16)]
    ):
        assert found.verdict in {"likely", "possible"}
        assert found.asset == f"{name}:{found.asset.partition(':')[2]}"
        assert (found.other, found.algorithm, found.distance) == (asset("one").sha256, name, 0)


@pytest.mark.parametrize("rule", rules().bare, ids=lambda r: r.name)
def test_bare_limits(rule, asset):
    """A rule for bare hashes holds up to its limit, and one bit beyond a less sure one or none."""
    ((name, most),) = rule.needs.items()
    value = "0" * (64 if name == "pdq" else 16)
    assert by_hash(name, value, asset("one", **{name: most})).verdict == rule.verdict
    assert most <= RADII[name]
    beyond = by_hash(name, value, asset("one", **{name: RADII[name] + 1})) if RADII[name] < 64 else None
    assert beyond is None


def test_a_bare_hash_meets_what_is_inside_a_frame(scene, jpeg):
    """The hash of a picture finds it in a frame."""
    bare = next(p.value for p in fingerprint(jpeg(scene(4), 95)).fingerprints if p.algorithm == "phash")
    framed = fingerprint(jpeg(ImageOps.expand(scene(4), (60, 0, 60, 0), "black"), 95))
    assert by_hash("phash", bare, framed) is not None


@pytest.mark.parametrize(
    ("algorithm", "value"),
    [("md5", "0" * 32), ("pdq", "0" * 16), ("phash", "0" * 64), ("dhash", "xyz"), ("phash", "-00000000000000f"), ("phash", "")],
)
def test_what_is_no_hash(algorithm, value, asset):
    """A wrong algorithm, length or digit is a usage error that says what is wanted."""
    with pytest.raises(UsageError) as caught:
        by_hash(algorithm, value, asset("one", pdq=0, phash=0, dhash=0))
    assert caught.value.remedy


def test_lengths_are_never_mixed(asset):
    """Hashes of unlike lengths are not compared, not even as different."""
    one = asset("one", pdq=0, phash=0, dhash=0)
    short = dataclasses.replace(one.fingerprints[0], bits=64, value="0" * 16)
    two = dataclasses.replace(one, sha256="0" * 64, fingerprints=(short, *one.fingerprints[1:]))
    assert compare(one, two) is None


def _with_inner(asset, **inner):
    """The asset, and inner pictures with so many bits of PDQ set."""
    whole = asset.fingerprints[0]
    codes = {name: f"{(1 << bits) - 1:064x}" for name, bits in inner.items()}
    more = (dataclasses.replace(whole, value=code, version=f"test 1; {name}") for name, code in codes.items())
    return dataclasses.replace(asset, fingerprints=(*asset.fingerprints, *more))


@pytest.mark.parametrize("rule", POSSIBLE, ids=lambda r: r.name)
def test_two_alike_frames_are_no_possible_match(rule, asset):
    """Where both hold inner pictures that are far from one another, what is alike is the frame; near ones leave the match."""
    one, two = _at(asset, rule)
    assert compare(_with_inner(one, **{"inner picture 1": 0}), _with_inner(two, **{"inner picture 1": 130})) is None
    near = _with_inner(two, **{"inner picture 1": 130, "inner picture 2": 20})
    assert compare(_with_inner(one, **{"inner picture 1": 0}), near).verdict == "possible"
    assert compare(one, near).verdict == "possible"


@pytest.mark.parametrize("rule", [SURE, LIKELY], ids=lambda r: r.name)
def test_what_hashes_are_sure_of_needs_no_inner_pictures(rule, asset):
    """Inner pictures are found or not by a pixel; hashes that are near enough to be sure are not taken back for them."""
    one, two = _at(asset, rule)
    found = compare(_with_inner(one, **{"inner picture 1": 0}), _with_inner(two, **{"inner picture 1": 130}))
    assert found.verdict == rule.verdict


def test_the_coarse_hash_of_a_screenshot_is_possible_at_most(asset):
    """64 bits of a picture with a frame are mostly the frame's; no rate was measured for them, and the answer says why."""
    shot = _with_inner(asset("one", pdq=0, phash=0, dhash=0), **{"inner picture 1": 130})
    for algorithm in ("phash", "dhash"):
        found = by_hash(algorithm, "0" * 16, shot)
        assert found.verdict == "possible"
    found = by_hash("phash", "0" * 16, shot)
    assert (found.error_rate, "frame" in found.explanation) == (None, True)
    assert by_hash("phash", "0" * 15 + "f", shot) is None
    assert by_hash("pdq", "0" * 64, shot).verdict == "likely"
