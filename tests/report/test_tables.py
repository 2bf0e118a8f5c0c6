"""Tables for a terminal: whole, safe, true."""

import dataclasses
from collections.abc import Callable
from typing import get_args

import pytest

from provenance import records
from provenance.records import Asset, Dossier, Fingerprint, Lookup, Match, StoredDocument, VerifiedItem
from provenance.report import Table, answers, tables
from provenance.report.corrections import corrections
from provenance.report.glance import Section
from provenance.report.index import Index
from provenance.report.quotes import LONGEST, hop_quote, quote
from provenance.report.text import terminal_safe
from provenance.report.wording import count, listed, wording


def written(*made: Table) -> str:
    return "\n".join(
        "\n".join([f"# {table.title}", " | ".join(table.columns), *map(" | ".join, table.rows), ""]) for table in made
    )


def every(dossier: Dossier) -> list[Table]:
    visual, documents = dossier.visuals[0], dossier.documents
    answer = Lookup(query=dossier.title, kind="image", not_hashable=dossier.made_by)
    return [
        tables.visuals(dossier.visuals),
        *tables.show(visual, documents),
        *tables.chain(visual, documents),
        tables.corrections(visual, corrections(visual, documents), documents),
        tables.documents(documents.values()),
        *answers.lookup(answer),
    ]


def test_the_tables_of_the_fixture(dossier: Dossier, golden: Callable[[str, str], None]) -> None:
    """Reuse table, one visual, its chains and the documents read as approved."""
    golden("tables.txt", written(*every(dossier)))


def test_every_cell_is_safe(hostiles: list[Dossier]) -> None:
    """Whatever the records hold, titles and cells have nothing that acts on a terminal, and each row fits its columns."""
    for table in (table for hostile in hostiles for table in every(hostile)):
        assert table.title == terminal_safe(table.title)
        assert all(cell == terminal_safe(cell) for row in table.rows for cell in row)
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_unknown_is_written_out(bare: Dossier) -> None:
    """An unknown outlet, date or origin is the word unknown, not an empty cell or a zero."""
    (row,) = tables.visuals(bare.visuals).rows
    assert ("1 doc, unknown outlets, unknown origins", "unknown") == row[1:3]
    (document,) = tables.documents(bare.documents.values()).rows
    assert document[1] == "unknown"


def test_verify_shows_what_did_not_pass() -> None:
    """The title counts all three results; not checked is never counted as passed."""
    items = [
        VerifiedItem(item="a", kind="blob", result="passed"),
        VerifiedItem(item="b", kind="blob", result="failed", why="other bytes"),
        VerifiedItem(item="c", kind="asset", result="not-checked", why="no permission"),
    ]
    table = tables.verify(iter(items))
    assert table.title == "Verified: 1 passed, 1 failed, 1 not checked"
    assert [row[1] for row in table.rows] == ["b", "c"]
    assert len(tables.verify(items, all_items=True).rows) == 3


def asset(name: str, value: str | None) -> Asset:
    found = (Fingerprint(algorithm="pdq", bits=256, value=value, version="1", decoder="d"),) if value else ()
    reason = None if value else "too flat"
    return Asset(
        sha256=name * 64, size=2048, media_type="image/png", width=40, height=30, fingerprints=found, not_hashable=reason
    )


def test_compare_says_what_no_match_means() -> None:
    """Without a match the verdict does not claim that the pictures differ; a missing hash has its reason."""
    table = tables.compare(asset("a", "ff"), asset("b", None), None)
    assert table.title == "Verdict: no match by any rule; this does not prove that they differ"
    assert ("pdq (256 bits)", "ff", "too flat") in table.rows
    assert ("size", "2,048 bytes", "2,048 bytes") in table.rows


def test_compare_gives_the_explanation() -> None:
    """A match is printed with its verdict and the sentence that a person can check."""
    match = Match(asset="a", other="b", verdict="likely", algorithm="pdq", distance=24, explanation="PDQ distance 24 of 256.")
    assert tables.compare(asset("a", "ff"), asset("b", "fe"), match).title == "Verdict: likely: PDQ distance 24 of 256."


def test_lookup_without_a_match_says_why() -> None:
    """No match is an answer, with the reason where the query could not be hashed."""
    answer = Lookup(query="a.png", kind="image", not_hashable="too flat")
    assert answers.lookup(answer)[0].title == "No match for image a.png (not hashable: too flat)"


@pytest.mark.parametrize(
    ("section", "values"),
    [
        ("status", records.Status),
        ("mark", records.Status),
        ("graphic", records.GraphicLabel),
        ("relation", records.Relation),
        ("severity", records.Severity),
        ("severity_mark", records.Severity),
        ("severity_meaning", records.Severity),
        ("field", records.ConflictField),
        ("how", records.LinkHow),
        ("verdict", records.Verdict),
        ("role", records.MediumRole),
        ("kind", records.MediumKind),
        ("document_kind", records.DocumentKind),
        ("date_role", records.DateRole),
        ("transform", records.Transform),
        ("result", records.CheckResult),
        ("section", Section),
        ("part", records.CarrierPart),
        ("loss", records.LossKind),
        ("ordered", records.Ordered),
        ("passage", records.PassageKind),
        ("watch_event", records.WatchEventKind),
        ("watch_result", records.WatchResult),
        ("document_change", records.ChangeWhat),
    ],
)
def test_every_value_of_the_record_has_its_words(section: str, values: object) -> None:
    """The file of words covers the record's vocabulary, value by value, and no more."""
    assert set(wording()[section]) == set(get_args(values))
    assert all(wording()[section].values())


def test_severities_and_verdicts_differ_by_shape() -> None:
    """What is told by colour is told by a shape and a word as well."""
    assert len(set(wording()["severity_mark"].values())) == 3
    assert len({wording()["mark"][status] for status in ("authentic", "altered", "unverified", "disputed")}) == 4


def test_plain_english() -> None:
    """Counts agree with their nouns and lists read as prose."""
    assert (count(1, "document"), count(1200, "document")) == ("1 document", "1,200 documents")
    assert (listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])) == ("", "a", "a and b", "a, b and c")


def test_the_cue_is_marked_within_the_quote(dossier: Dossier) -> None:
    """In the words of a hop, exactly the citation's own cue is marked; the pieces together are the quote."""
    found = hop_quote(Index(dossier), dossier.visuals[0].hops[0])
    assert found is not None
    assert [piece.text for piece in found.pieces if piece.cue] == ["Norvik Wire reported"]
    assert "".join(piece.text for piece in found.pieces) == dossier.visuals[0].hops[0].span.text  # type: ignore[union-attr]


def test_context_is_of_the_same_text(dossier: Dossier) -> None:
    """What is printed around a quote stands there in the document, cut at words."""
    ref = Index(dossier).ref("doc1")
    span = dossier.visuals[0].conflicts[1].values[0].spans[0]
    found = quote(ref, span)
    body = dossier.documents["doc1"].document.text
    assert found.before.removeprefix("…") + span.text + found.after.removesuffix("…") in body
    assert found.matches is True


def test_a_long_quote_is_cut_and_says_so(dossier: Dossier) -> None:
    """A span of thousands of letters does not fill the page."""
    stored: StoredDocument = dossier.documents["doc1"]
    body = "word " * 1000
    longer = dataclasses.replace(stored, document=dataclasses.replace(stored.document, text=body))
    index = Index(dataclasses.replace(dossier, documents={"doc1": longer}))
    found = quote(index.ref("doc1"), records.Span(0, len(body), body))
    assert found.cut
    assert sum(len(piece.text) for piece in found.pieces) == LONGEST
