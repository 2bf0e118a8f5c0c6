"""What goes in comes out, once, and in order."""

import dataclasses
import threading
from pathlib import Path

import pytest

from provenance.errors import EvidenceError, NotFound, SourceError, UsageError
from provenance.records import AppearanceKey, Fingerprint, StoredDocument
from store import PostUse, Store, queries


def test_a_document_comes_out_as_it_went_in(store: Store, make) -> None:
    """The record that is read back equals the one that was given."""
    stored, new = make.add(store)
    expected = StoredDocument(
        id=stored.id,
        sequence=1,
        ingested_at=stored.ingested_at,
        document=make.document(b"<p>silo</p>"),
        assets={"m1": make.sha256(b"picture")},
        no_bytes={"m2": "known only from words"},
    )
    assert (stored, new) == (expected, True)
    assert list(store.documents()) == [expected]
    assert store.document(stored.id) == store.document(stored.id[:9]) == expected


def test_the_bytes_come_out_as_they_went_in(store: Store, make) -> None:
    """Raw bytes and how they were had are kept beside what was read from them."""
    stored, _ = make.add(store, outlet="The Lamp", published="2026-03-04")
    assert store.snapshot(stored.id) == make.snapshot(b"<p>silo</p>", outlet="The Lamp", published="2026-03-04")
    assert store.blob(make.sha256(b"picture")) == b"picture"


def test_adding_the_same_again_changes_nothing(store: Store, make) -> None:
    """The same bytes, stated the same, are the same document: no entry, no row, no blob."""
    first, _ = make.add(store)
    before = dict(store.info())
    assert make.add(store) == (first, False)
    assert dict(store.info()) == before


def test_a_copy_under_another_name_is_the_same_document(store: Store, make) -> None:
    """Where the bytes lay is no part of what they are."""
    first, _ = make.add(store)
    assert make.add(store, source="copies/silo.html") == (first, False)


@pytest.mark.parametrize("stated", [{"url": "https://b.example/"}, {"outlet": "The Bell"}, {"published": "2026-03-05"}])
def test_what_the_caller_states_makes_another_document(store: Store, make, stated: dict[str, str]) -> None:
    """The same bytes at another address, of another outlet or date are another use of them."""
    make.add(store)
    _, new = make.add(store, **stated)
    assert new
    assert store.info()["blobs"] == 2


def test_messages_of_one_export_are_documents_of_their_own(store: Store, make) -> None:
    """The place in an export tells messages apart; a copy of the export brings no new ones."""
    content = b"{}"
    ids = []
    for folder, message in (("a", "1"), ("a", "2"), ("b", "2")):
        read = make.document(content, f"{folder}/result.json#{message}")
        taken = make.snapshot(content, source=f"{folder}/result.json")
        ids.append(store.add(read, content, snapshot=taken, assets={}, no_bytes={}, who="Ada")[0].id)
    assert (ids[0] != ids[1], ids[1] == ids[2]) == (True, True)


def test_documents_come_in_the_order_of_ingestion(store: Store, make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order holds over more documents than are read at a time, also when others are added meanwhile."""
    monkeypatch.setattr(queries, "_PAGE", 4)
    for number in range(10):
        make.add(store, b"%d" % number, picture=None)
    seen = []
    for stored in store.documents():
        if stored.sequence == 5:
            make.add(store, b"late", picture=None)
        seen.append(stored.sequence)
    assert seen == list(range(1, 12))


def test_bytes_that_come_later_are_added(store: Store, make) -> None:
    """A picture that could not be had at first joins the document that it belongs to."""
    first, _ = make.add(store, picture=None)
    second, new = make.add(store)
    assert (first.assets, second.assets, new) == ({}, {"m1": make.sha256(b"picture")}, False)
    assert (first.no_bytes, second.no_bytes) == (
        {"m1": "not fetched", "m2": "known only from words"},
        {"m2": "known only from words"},
    )
    assert make.add(store) == (second, False)


def test_a_picture_that_was_replaced_is_kept_too(store: Store, make) -> None:
    """Other bytes for a medium are kept beside the first ones, which stay the document's."""
    first, _ = make.add(store)
    second, _ = make.add(store, picture=b"another picture")
    assert second.assets == first.assets
    assert store.uses_of_asset(make.sha256(b"another picture")) == [AppearanceKey(first.id, "m1")]
    before = store.checkpoint()
    make.add(store, picture=b"another picture")
    assert store.checkpoint() == before


def test_an_asset_read_anew_keeps_both_descriptions(store: Store, make) -> None:
    """The newest description holds; a search finds the old fingerprints as well."""
    make.add(store)
    newer = make.asset(b"picture", phash="ffffffffffffffff")
    taken = make.snapshot(b"other")
    store.add(make.document(b"other"), b"other", snapshot=taken, assets={"m1": (newer, b"picture")}, no_bytes={}, who="Ada")
    assert store.asset(newer.sha256) == newer
    assert list(store.assets()) == [newer]
    for value in ("00ff00ff00ff00ff", "ffffffffffffffff"):
        assert store.near("phash", value, 0) == [(newer.sha256, 0, None)]


def test_bytes_that_do_not_fit_their_sha256_are_refused(store: Store, make) -> None:
    """Evidence under a wrong name is worse than none; nothing of it is kept."""
    with pytest.raises(EvidenceError, match=r"silo\.html m1"):
        store.add(
            make.document(b"a"),
            b"a",
            snapshot=make.snapshot(b"a"),
            assets={"m1": (make.asset(b"one"), b"two")},
            no_bytes={},
            who="A",
        )
    with pytest.raises(EvidenceError, match=r"silo\.html"):
        store.add(make.document(b"a"), b"b", snapshot=make.snapshot(b"a"), assets={}, no_bytes={}, who="A")
    assert (store.info()["journal_entries"], store.info()["blobs"]) == (0, 0)


@pytest.mark.parametrize("value", ["00ff", "00FF00FF00FF00FF", "zz" * 8])
def test_a_fingerprint_that_cannot_be_compared_is_refused(store: Store, make, value: str) -> None:
    """A hash of another length than it says would be compared as something that it is not."""
    odd = Fingerprint(algorithm="phash", bits=64, value=value, version="1", decoder="test")
    broken = dataclasses.replace(make.asset(b"p"), fingerprints=(odd,))
    with pytest.raises(SourceError, match="phash"):
        store.add(make.document(b"a"), b"a", snapshot=make.snapshot(b"a"), assets={"m1": (broken, b"p")}, no_bytes={}, who="A")


def test_hostile_text_is_kept_to_the_letter(store: Store, make) -> None:
    """NUL, lone surrogates, bidi marks and quotes come back unchanged, from records and from the journal's names."""
    odd = "NUL \x00, half \ud83d, \u202e, '; DROP TABLE journal; -- \U0001f525"
    read = dataclasses.replace(make.document(b"a", text=odd), warnings=(odd,))
    stored, _ = store.add(read, b"a", snapshot=make.snapshot(b"a"), assets={}, no_bytes={"m1": odd}, who="A\udc80")
    store.add_failure(odd, "2026-03-04T05:06:07Z", odd, who=odd)
    assert store.document(stored.id).document == read
    assert store.failures() == [{"source": odd, "when": "2026-03-04T05:06:07Z", "what": odd}]
    assert {item.result for item in store.verify()} == {"passed"}


def test_a_change_has_a_name_to_stand_by_it(store: Store, make) -> None:
    """Nobody can write to the journal without a name."""
    with pytest.raises(UsageError, match="name"):
        store.add(make.document(b"a"), b"a", snapshot=make.snapshot(b"a"), assets={}, no_bytes={}, who=" ")
    assert store.info()["journal_entries"] == 0


def test_ids_and_prefixes_are_resolved_plainly(store: Store, make) -> None:
    """An unknown id is None, the start of several ids is an error that names them, wildcards are letters."""
    ids = sorted(make.add(store, b"%d" % n, picture=None)[0].id for n in range(3))
    with pytest.raises(UsageError, match=ids[0]):
        store.document("d")
    assert [store.document(wrong) for wrong in ("", "%", "_" * 33, "x", ids[0] + "0")] == [None] * 5


def test_what_is_not_kept_is_not_found(store: Store, make) -> None:
    """Each question about something unknown has a plain answer."""
    unknown = make.sha256(b"unknown")
    assert (store.asset(unknown), store.uses_of_asset(unknown), store.near("phash", "0" * 16, 64)) == (None, [], [])
    with pytest.raises(NotFound, match=unknown):
        store.blob(unknown)
    with pytest.raises(NotFound, match="d123"):
        store.snapshot("d123")
    with pytest.raises(UsageError, match="sha256"):
        store.blob("../../etc/passwd")


def test_uses_of_a_post_and_of_an_account_are_found(store: Store, make) -> None:
    """A post is found by platform and number, an account in any case, with or without @, from posts, media and citations."""
    ident = make.add(store)[0].id
    post, cited = PostUse(ident, "p1", "m1"), PostUse(ident, None, "m2")
    assert (
        store.posts("x", "1234567")
        == store.posts("x", "1234567", "grain_watch")
        == store.posts("x", handle="@GRAIN_WATCH")
        == [post]
    )
    assert store.posts("telegram", handle="harbour_news") == store.posts(None, handle="Harbour_News") == [cited]
    assert store.posts("x", handle="harbour_news") == store.posts("x", "1") == store.posts("x", "1234567", "someone_else") == []
    assert (post.appearance, PostUse(ident, "p1", None).appearance) == (AppearanceKey(ident, "m1"), None)
    with pytest.raises(UsageError, match="neither"):
        store.posts("x")


def test_a_post_of_an_unknown_account_is_found_with_any(store: Store, make) -> None:
    """A document that leaves the account of a post open is not left out when the account is asked for."""
    read = make.document(b"a")
    read = dataclasses.replace(read, posts=(dataclasses.replace(read.posts[0], handle=None),))
    ident = store.add(read, b"a", snapshot=make.snapshot(b"a"), assets={}, no_bytes={}, who="A")[0].id
    assert store.posts("x", "1234567", "anyone") == [PostUse(ident, "p1", "m1")]


def test_addresses_of_documents_and_media_are_found(store: Store, make) -> None:
    """An address leads to the document that it is of, or to the medium, also by a smaller candidate."""
    ident = make.add(store)[0].id
    assert store.uses_of_url("https://lamp.example/silo") == [(ident, None)]
    assert store.uses_of_url("https://lamp.example/s.jpg") == [(ident, "m1")]
    assert store.uses_of_url("https://lamp.example/") == []


def test_decisions_and_assessments_are_append_only_words(store: Store, make) -> None:
    """Each word of an analyst stays, in order, with who, why and when."""
    left, right = (AppearanceKey(make.add(store, b"%d" % n)[0].id, "m1") for n in range(2))
    first = store.decide("link", left, right, who="Ada", why="the same dent in the silo")
    second = store.decide("unlink", left, right, who="Ben", why="the dent is on the other side")
    verdict = store.assess("v1", left, "miscaptioned", who="Ada", why="from 2019")
    assert store.decisions() == [first, second]
    assert (first.kind, first.left, first.right, first.who, first.why) == (
        "link",
        left,
        right,
        "Ada",
        "the same dent in the silo",
    )
    assert (store.assessments(), verdict.status, verdict.appearance) == ([verdict], "miscaptioned", left)
    assert len({first.id, second.id, verdict.id}) == 3
    assert first.at < second.at < verdict.at


def test_words_on_what_is_not_kept_are_refused(store: Store, make) -> None:
    """A decision or verdict needs appearances that are on record, and a known status."""
    here, gone = AppearanceKey(make.add(store)[0].id, "m1"), AppearanceKey("d0", "m1")
    before = store.checkpoint()
    with pytest.raises(NotFound, match="d0/m1"):
        store.decide("link", here, gone, who="Ada", why="")
    with pytest.raises(NotFound, match="/m9"):
        store.assess("v", AppearanceKey(here.document, "m9"), "authentic", who="Ada", why="")
    with pytest.raises(UsageError, match="different"):
        store.decide("link", here, here, who="Ada", why="")
    with pytest.raises(UsageError, match="'true'"):
        store.assess("v", here, "true", who="Ada", why="")
    assert store.checkpoint() == before


def test_info_tells_what_is_kept_and_where(store: Store, make, tmp_path: Path) -> None:
    """Counts, sizes and places are those of what was added."""
    make.add(store)
    store.add_failure("https://gone.example/", "2026-03-04T05:06:07Z", "404", who="Ada")
    info = store.info()
    expected = {
        "documents": 1,
        "assets": 1,
        "fingerprints": 2,
        "appearances_with_bytes": 1,
        "failures": 1,
        "decisions": 0,
        "blobs": 2,
    }
    assert {name: info[name] for name in expected} == expected
    assert info["blob_bytes"] == len(b"<p>silo</p>" + b"picture")
    assert (info["database"], info["blobs_folder"]) == (str(tmp_path / "desk.db"), str(tmp_path / "blobs"))
    assert info["checkpoint"] == store.checkpoint()


def test_threads_share_a_store(store: Store, make) -> None:
    """Several threads of one process write and read at once: nothing is lost, nothing twice."""

    def work(number: int) -> None:
        for item in range(5):
            make.add(store, b"%d %d" % (number, item))
            store.near("phash", "00ff00ff00ff00ff", 4)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [stored.sequence for stored in store.documents()] == list(range(1, 21))
    assert {item.result for item in store.verify()} == {"passed"}
