"""What the index is searched for."""

import itertools

import pytest
from PIL import Image, ImageOps

from provenance.fingerprint import fingerprint
from provenance.match import certain, compare, searches, shortlist
from provenance.match.codes import distance


def _found(search, assets):
    """The assets that a search finds, by counting bits."""
    return {
        a.sha256
        for a in assets
        for p in a.fingerprints
        for value in search.values
        if p.algorithm == search.algorithm and distance(p.value, value) <= search.reach
    }


def test_nothing_that_a_rule_for_hashes_joins_is_missed(scene, jpeg):
    """Whatever comparing two assets finds, the searches find too: mirrored, turned and framed ones."""
    edits = (lambda im: im, ImageOps.mirror, lambda im: im.rotate(180), lambda im: ImageOps.expand(im, (40, 0, 40, 0), "black"))
    assets = [fingerprint(jpeg(edit(scene(seed)), 75)) for seed in range(4) for edit in edits]
    joined = {(a.sha256, b.sha256) for a, b in itertools.permutations(assets, 2) if compare(a, b)}
    assert len(joined) > 20
    found = {
        (asset.sha256, name)
        for asset in assets
        for together in certain(asset)
        for name in set.intersection(*(_found(search, assets) for search in together))
    }
    assert joined <= found


@pytest.mark.parametrize("turn", [Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90])
def test_a_turned_picture_is_searched_for(scene, jpeg, turn):
    """By PDQ or by key points, the whole picture is found whichever way it lies."""
    kept, asked = fingerprint(jpeg(scene(6))), fingerprint(jpeg(scene(6).transpose(turn)))
    assert kept.sha256 in set.union(*(_found(search, [kept]) for search in searches(asked)))


def test_each_algorithm_is_searched_once(scene, jpeg):
    """One search an algorithm, without the same value twice; an asset without hashes is searched for by nothing."""
    found = searches(fingerprint(jpeg(scene(7))))
    assert len(found) == len({search.algorithm for search in found})
    assert all(len(set(search.values)) == len(search.values) for search in found)
    assert searches(fingerprint(jpeg(Image.new("RGB", (90, 90), "red")))) == []


def test_the_shortlist_has_the_nearest_of_each():
    """No more than ten of each algorithm, each asset once."""
    hits = [(f"{n:02}", n) for n in range(30)]
    assert shortlist([("pdq", hits), ("vlad", [("00", 900), ("99", 700)])]) == [*(f"{n:02}" for n in range(10)), "99"]
