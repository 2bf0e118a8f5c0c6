"""The contract that every algorithm keeps, with pictures of its own."""

from dataclasses import dataclass

import pytest
from PIL import Image, ImageEnhance

from provenance.fingerprint import fingerprint
from provenance.records import Asset, Fingerprint


@dataclass(frozen=True)
class Algorithm:
    name: str
    bits: int
    recompressed: int
    resized: int
    distinct: int


ALGORITHMS = [
    Algorithm("pdq", 256, recompressed=20, resized=31, distinct=80),
    Algorithm("phash", 64, recompressed=4, resized=4, distinct=12),
    Algorithm("dhash", 64, recompressed=6, resized=6, distinct=12),
]


def _value(asset: Asset, name: str) -> Fingerprint:
    return next(p for p in asset.fingerprints if p.algorithm == name)


@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda a: a.name)
class TestContract:
    def test_hex_has_a_digit_for_every_four_bits(self, algorithm, scene, saved):
        """A value is lower-case hex of exactly bits / 4 digits, leading zeros kept."""
        for seed in range(6):
            print_ = _value(fingerprint(saved(scene(seed))), algorithm.name)
            assert print_.bits == algorithm.bits
            assert len(print_.value) == algorithm.bits // 4
            assert not set(print_.value) - set("0123456789abcdef")

    def test_the_same_bytes_give_the_same_value(self, algorithm, scene, saved):
        """Hashing twice gives the same."""
        content = saved(scene(3))
        assert _value(fingerprint(content), algorithm.name) == _value(fingerprint(content), algorithm.name)

    def test_versions_are_named(self, algorithm, scene, saved):
        """Each value says by which version of what it was made, and which decoder gave the pixels."""
        print_ = _value(fingerprint(saved(scene(3))), algorithm.name)
        assert print_.version.split()[0] in {"pdq", "imagehash"}
        assert print_.version.split()[1][0].isdigit()
        assert print_.decoder.startswith("pillow ")

    @pytest.mark.parametrize("seed", range(4))
    def test_recompression_moves_few_bits(self, algorithm, seed, scene, saved, apart):
        """A strong JPEG compression moves no more bits than stated."""
        original, copy = fingerprint(saved(scene(seed))), fingerprint(saved(scene(seed), "JPEG", quality=40))
        assert apart(original, copy)[algorithm.name] <= algorithm.recompressed

    @pytest.mark.parametrize("seed", range(4))
    def test_resizing_moves_few_bits(self, algorithm, seed, scene, saved, apart):
        """Half and one and a half times the size move no more bits than stated."""
        picture = scene(seed)
        for factor in (0.5, 1.5):
            copy = picture.resize((round(picture.width * factor), round(picture.height * factor)), Image.Resampling.BICUBIC)
            assert apart(fingerprint(saved(picture)), fingerprint(saved(copy)))[algorithm.name] <= algorithm.resized

    def test_darkening_moves_few_bits(self, algorithm, scene, saved, apart):
        """A darker copy is as near as a recompressed one."""
        darker = ImageEnhance.Brightness(scene(2)).enhance(0.8)
        assert apart(fingerprint(saved(scene(2))), fingerprint(saved(darker)))[algorithm.name] <= algorithm.recompressed

    def test_other_pictures_are_far(self, algorithm, scene, saved, apart):
        """Pictures of other things differ in more bits than any copy."""
        assets = [fingerprint(saved(scene(seed))) for seed in range(5)]
        far = [apart(a, b)[algorithm.name] for i, a in enumerate(assets) for b in assets[:i]]
        assert min(far) >= algorithm.distinct

    def test_distance_is_symmetric(self, algorithm, scene, saved, apart):
        """A is as far from B as B from A, and from itself not at all."""
        one, two = fingerprint(saved(scene(1))), fingerprint(saved(scene(2)))
        assert apart(one, two)[algorithm.name] == apart(two, one)[algorithm.name]
        assert apart(one, one)[algorithm.name] == 0


def test_a_whole_picture_has_one_hash_of_each_algorithm(scene, saved):
    """PDQ, which knows its quality, comes first; the fingerprints of its parts follow."""
    prints = [p for p in fingerprint(saved(scene(1))).fingerprints if ";" not in p.version and p.bits <= 256]
    assert [p.algorithm for p in prints] == ["pdq", "phash", "dhash"]
    assert prints[0].quality is not None
    assert 50 <= prints[0].quality <= 100
    assert [p.quality for p in prints[1:]] == [None, None]


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (Image.new("RGB", (1, 1), "red"), "too small: 1 × 1"),
        (Image.effect_noise((400, 31), 90), "too small: 400 × 31"),
        (Image.new("RGB", (300, 200), (20, 90, 160)), "one plain colour"),
        (Image.effect_noise((300, 200), 1.5), "one plain colour"),
        (Image.linear_gradient("L").resize((300, 200)), "too little detail: PDQ quality"),
    ],
)
def test_a_picture_without_content_is_not_hashed(picture, words, saved):
    """Tiny, flat and featureless pictures have no fingerprints, and say why."""
    asset = fingerprint(saved(picture))
    assert asset.fingerprints == ()
    assert asset.not_hashable is not None
    assert words in asset.not_hashable
    assert (asset.width, asset.height) == picture.size
