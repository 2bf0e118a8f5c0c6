"""Pictures that are kept, found again by what was made of them."""

import base64
import shutil
from dataclasses import replace

import pytest
from PIL import Image

from provenance import intake, lookup, pipeline
from provenance.acquire import snapshots
from provenance.fingerprint import fingerprint, sketch
from provenance.match import rules
from store import open_reader, open_store
from store.blobs import Blobs


@pytest.fixture(scope="module")
def made(tmp_path_factory, leaves, jpeg):
    """A folder with a record of three pictures, and the pictures."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "pictures").mkdir()
    for seed in range(11, 14):
        (folder / "pictures" / f"{seed}.jpg").write_bytes(jpeg(leaves(seed)))
    with open_store(f"sqlite:///{folder / 'desk.db'}", None) as store:
        assert 3 == len(list(pipeline.ingest(snapshots([str(folder / "pictures")]), store, who="A")))
    return folder


@pytest.fixture
def kept(made, tmp_path):
    """A copy of the record, by its address, and the folder of pictures."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return f"sqlite:///{tmp_path / 'desk.db'}", tmp_path / "pictures"


def test_a_crop_is_found_again(kept, tmp_path, leaves, jpeg):
    """A look-up of a quarter of a picture names it, and says by what."""
    (tmp_path / "crop.jpg").write_bytes(jpeg(leaves(12).crop((200, 150, 440, 330))))
    with open_store(kept[0], None, read_only=True) as store:
        answer = lookup.lookup(str(tmp_path / "crop.jpg"), store, intake.read_bytes)
        asset = store.asset(fingerprint((kept[1] / "12.jpg").read_bytes()).sha256)
    assert [asset.sha256] == [match.asset for match in answer.matches]
    assert answer.matches[0].verdict in ("same", "likely")
    assert "key points agree" in answer.matches[0].explanation


def test_a_crop_joins_the_visual_of_the_whole(kept, tmp_path, leaves, jpeg):
    """What is ingested later is grouped with what it was cut from; made anew, the grouping is the same."""
    (tmp_path / "crop.jpg").write_bytes(jpeg(leaves(12).crop((60, 40, 420, 330))))
    with open_store(kept[0], None) as store:
        (new,) = pipeline.ingest(snapshots([str(tmp_path / "crop.jpg")]), store, who="A")
        assert [2] == [len(v.members) for v in pipeline.visuals(store) if v.id in new.visuals.values()]
        before = pipeline.visuals(store)
    (tmp_path / "desk.db.index" / "pairs.db").unlink()
    with open_store(kept[0], None) as store:
        assert before == pipeline.visuals(store)


def test_nothing_like_it_says_what_came_nearest(kept, tmp_path, leaves, jpeg):
    """Why there is no match can be told, and for what is no picture it is said that it cannot."""
    (tmp_path / "other.jpg").write_bytes(jpeg(leaves(77)))
    (tmp_path / "plain.png").write_bytes(jpeg(Image.new("RGB", (200, 200), "red")))
    with open_store(kept[0], None, read_only=True) as store:
        assert "Near" in lookup.why_not(str(tmp_path / "other.jpg"), store, intake.read_bytes)
        assert "nothing to compare by" in lookup.why_not(str(tmp_path / "plain.png"), store, intake.read_bytes)


def test_a_hash_in_every_form(kept):
    """Hex with a prefix, with 0x, in capitals, without its leading zeros, and base64 are one hash."""
    asset = fingerprint((kept[1] / "11.jpg").read_bytes())
    value = next(p.value for p in asset.fingerprints if p.algorithm == "pdq")
    forms = [value, f"pdq:{value}", f"0x{value}", value.upper(), base64.b64encode(bytes.fromhex(value)).decode()]
    if value.startswith("0"):
        forms.append(value.lstrip("0"))
    with open_store(kept[0], None, read_only=True) as store:
        found = [lookup.lookup(form, store, intake.read_bytes) for form in forms]
    assert {asset.sha256} == {match.asset for answer in found for match in answer.matches}


def test_a_pasted_hash_is_read_from_standard_input(kept):
    """What the clipboard held may be text: it is looked up as if it were written."""
    asset = fingerprint((kept[1] / "11.jpg").read_bytes())
    with open_store(kept[0], None, read_only=True) as store:
        answer = lookup.lookup("-", store, lambda _: f"{asset.sha256}\n".encode())
    assert ("asset", asset.sha256) == (answer.kind, answer.matches[0].asset)


def test_fingerprints_are_made_anew(kept):
    """Those of an older version are replaced, those of this one left, and crops are found afterwards."""
    with open_store(kept[0], None) as store:
        assert [False] * 3 == [fresh for _, fresh in pipeline.refingerprint(store, who="A")]
        old = next(iter(store.assets()))
        hashes = tuple(p for p in old.fingerprints if ";" not in p.version and p.algorithm != "vlad")
        store.describe(replace(old, fingerprints=hashes), who="A")
        assert [True, False, False] == sorted((fresh for _, fresh in pipeline.refingerprint(store, who="A")), reverse=True)
        assert old == store.asset(old.sha256)
        assert not [item for item in store.verify() if item.result == "failed"]


def test_the_sketch_of_a_kept_picture_is_kept_when_it_comes(kept):
    """A look-up need not decode what it compares: the sketch is the one that the picture's bytes give."""
    content = (kept[1] / "12.jpg").read_bytes()
    with open_store(kept[0], None) as store:
        assert store.sketch(fingerprint(content).sha256, rules.VERSION) == sketch(content)


def test_a_picture_is_found_by_its_kept_sketch(kept, tmp_path, leaves, jpeg, monkeypatch):
    """Only the picture that is asked for is decoded; the same is found without the kept sketches."""
    (tmp_path / "crop.jpg").write_bytes(jpeg(leaves(12).crop((60, 40, 420, 330))))
    with open_store(kept[0], None) as store:
        pipeline.visuals(store)
        whole = lookup.lookup(str(tmp_path / "crop.jpg"), store, intake.read_bytes)
    read = []
    monkeypatch.setattr(Blobs, "get", lambda _self, sha256, get=Blobs.get: (read.append(sha256), get(_self, sha256))[1])
    with open_reader(kept[0]) as reader:
        assert whole == lookup.lookup_picture(str(tmp_path / "crop.jpg"), reader, intake.read_bytes)
        assert read == []
    (tmp_path / "desk.db.index" / "sketches.db").unlink()
    with open_reader(kept[0]) as reader:
        assert whole == lookup.lookup_picture(str(tmp_path / "crop.jpg"), reader, intake.read_bytes)
        assert read
    assert [1] == [len(whole.matches)]


def test_without_a_view_a_picture_is_left_to_the_full_record(kept):
    """Where the visuals are not worked out, the quick way gives no answer rather than a wrong one."""
    (kept[1].parent / "desk.db.index" / "visuals.db").unlink(missing_ok=True)
    with open_reader(kept[0]) as reader:
        found = lookup.lookup_picture(str(kept[1] / "12.jpg"), reader, intake.read_bytes)
    assert found is None
