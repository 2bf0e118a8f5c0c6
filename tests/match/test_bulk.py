"""All pairs at once."""

import dataclasses
import itertools
import random

from PIL import ImageOps

from provenance.fingerprint import fingerprint
from provenance.match import RADII, compare, matches, probes
from provenance.match.bulk import between
from provenance.match.codes import distance


def _assets(scene, jpeg):
    edits = (lambda im: im, ImageOps.mirror, lambda im: ImageOps.expand(im, (40, 0, 40, 0), "black"))
    return [fingerprint(jpeg(edit(scene(seed)), 75)) for seed in range(5) for edit in edits]


def test_finds_what_comparing_each_pair_finds(scene, jpeg):
    """Nothing more, nothing less, mirrored and framed ones included."""
    assets = _assets(scene, jpeg)
    expected = [m for a, b in itertools.combinations(assets, 2) if (m := compare(a, b))]
    assert len(expected) >= 10
    assert matches(assets) == expected


def test_the_same_bytes_twice_are_one_asset(scene, jpeg):
    """An asset does not match itself."""
    asset = fingerprint(jpeg(scene(1)))
    assert matches([asset, asset]) == []


def test_nothing_gives_nothing(asset):
    """No assets, or none with fingerprints, give no matches."""
    assert matches([]) == []
    assert matches([asset("one"), asset("two")]) == []


def test_two_sides(scene, jpeg):
    """Between two sides only pairs across are found."""
    assets = _assets(scene, jpeg)
    found = {(m.asset, m.other) for m in between(assets[:3], assets)}
    assert found >= {(a.sha256, a.sha256) for a in assets[:3]}
    assert {one for one, _ in found} == {a.sha256 for a in assets[:3]}


def test_a_few_thousand(asset):
    """Thousands of assets are compared in one go, and the one planted pair is found."""
    rng, base = random.Random(1), asset("base", pdq=0, phash=0, dhash=0)  # noqa: S311 - hashes for a test
    many = [
        dataclasses.replace(
            base,
            sha256=f"{number:064x}",
            fingerprints=tuple(
                dataclasses.replace(p, value=f"{rng.getrandbits(p.bits):0{p.bits // 4}x}") for p in base.fingerprints
            ),
        )
        for number in range(2000)
    ]
    twin = dataclasses.replace(many[700], sha256="f" * 64)
    assert [(m.asset, m.other) for m in matches([*many, twin])] == [(many[700].sha256, twin.sha256)]


def test_probes_miss_no_match(scene, jpeg):
    """Whatever matches has a PDQ within the radius of one of the probes."""
    assets = _assets(scene, jpeg)
    for one, other in itertools.permutations(assets, 2):
        if compare(one, other):
            near = [
                distance(value, print_.value)
                for algorithm, value in probes(one)
                for print_ in other.fingerprints
                if print_.algorithm == algorithm
            ]
            assert min(near) <= RADII["pdq"]


def test_a_picture_without_fingerprints_has_no_probes(asset):
    """There is nothing to search for."""
    assert list(probes(asset("one"))) == []
