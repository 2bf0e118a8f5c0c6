"""A sample of the photographs that the rules were measured on."""

import io

import pytest
from PIL import Image

from provenance.fingerprint import fingerprint
from provenance.match import compare, matches


def _smaller(content):
    with Image.open(io.BytesIO(content)) as image:
        out = io.BytesIO()
        image.convert("RGB").resize((image.width // 2, image.height // 2)).save(out, "JPEG", quality=70)
    return out.getvalue()


@pytest.mark.shared
def test_photographs(shared):
    """Distinct photographs never match; a smaller copy of each is the same, or nearly always so."""
    paths = [p for p in sorted((shared / "photos").glob("*.[jJ]*")) if p.stat().st_size < 300_000][::6]
    contents = [path.read_bytes() for path in paths]
    assets = [fingerprint(content) for content in contents]
    assert len(assets) > 60
    assert matches(assets) == []
    hashed = [(a, c) for a, c in zip(assets, contents, strict=True) if any(p.algorithm == "pdq" for p in a.fingerprints)]
    found = [compare(asset, fingerprint(_smaller(content))) for asset, content in hashed]
    assert all(match is not None and match.verdict in {"same", "likely"} for match in found)
    assert sum(match.verdict == "same" for match in found if match) / len(found) > 0.85
