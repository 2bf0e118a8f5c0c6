"""The sentences at a glance: true to the records and no stronger."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from provenance.records import Conflict, ConflictValue, Dossier, Origin, Visual
from provenance.report.glance import Foreign, glance, outlets, plain, showing
from provenance.report.index import Index


def said(dossier: Dossier, **changes: Any) -> str:
    visual = dataclasses.replace(dossier.visuals[0], **changes)
    return plain(glance(visual, Index(dossier)))


def test_the_sentences_of_the_fixture(dossier: Dossier, golden: Callable[[str, str], None]) -> None:
    """The whole text for two visuals is as an editor read and approved it."""
    index = Index(dossier)
    golden(
        "glance.txt",
        "\n\n".join("\n".join("".join(line.parts) for line in glance(visual, index)) for visual in dossier.visuals) + "\n",
    )


def test_who_shows_and_who_speaks_are_told_apart(dossier: Dossier) -> None:
    """A document that only speaks of a visual does not carry it."""
    assert showing(dossier.visuals[0], Index(dossier)) == ({"doc1", "doc2", "doc4", "doc5"}, {"doc3"}, set())


def test_a_document_that_is_not_at_hand_is_not_said_to_show_it(dossier: Dossier) -> None:
    """How a missing document uses a visual is not known, unless its bytes are on record."""
    rest = {name: document for name, document in dossier.documents.items() if name not in {"doc1", "doc3"}}
    without = dataclasses.replace(dossier, documents=rest)
    assert showing(dossier.visuals[0], Index(without)) == ({"doc1", "doc2", "doc4", "doc5"}, set(), {"doc3"})
    carried = "2 documents carry it, 1 more likely does and 1 more possibly does"
    assert f"{carried}. How 1 document uses it is not at hand." in said(without)


def test_outlets_are_not_counted_beyond_what_is_known(dossier: Dossier) -> None:
    """The count of outlets never exceeds the names on record, and the unknown ones are counted apart."""
    visual = dossier.visuals[0]
    assert outlets(visual, Index(dossier)) == (3, 2)
    assert outlets(dataclasses.replace(visual, outlets=5), Index(dossier)) == (3, 2)
    assert outlets(dataclasses.replace(visual, outlets=2), Index(dossier)) == (2, 2)


def test_all_is_said_only_of_all(dossier: Dossier) -> None:
    """That all of them lead to one origin is said only with a chain from every document."""
    ways = tuple((f"doc{n}", "telegram:@ferry_watch") for n in range(1, 6))
    assert "All 5 of them lead to one earliest known origin: telegram:@ferry_watch." in said(dossier, chains=ways)
    assert "4 of 5 documents lead to one earliest known origin: telegram:@ferry_watch. For 1 document no source" in said(
        dossier, chains=ways[1:]
    )
    assert "1 of 5 documents leads to one earliest known origin: telegram:@ferry_watch. For 4 documents no source" in said(
        dossier, chains=ways[:1]
    )


def test_a_circle_is_no_source(dossier: Dossier) -> None:
    """Documents that cite only one another are said to do so; their names are not counted among the sources."""
    ways = (("doc1", "telegram:@ferry_watch"), ("doc2", "A"), ("doc3", "B"))
    text = said(dossier, chains=ways, loops=(("A", "B", "A"),))
    assert "1 of 5 documents leads to one earliest known origin: telegram:@ferry_watch. For 2 documents no source" in text
    assert "2 documents lead only into a circle of citations." in text


def test_an_unresolved_origin_is_not_called_one(dossier: Dossier) -> None:
    """A trail that ends at an unresolved name is said to end there."""
    text = said(dossier, origin=Origin(name="a channel", why="not named"), chains=(("doc1", "a channel"),))
    assert "one source, and the trail ends there unresolved: a channel" in text
    assert "origin" not in text


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (None, "Whether these depend on each other is not known."),
        (1, "They count as 1 independent origin."),
        (2, "Nothing on record shows that they depend on each other."),
    ],
)
def test_several_sources_are_counted_as_the_record_counts_them(dossier: Dossier, number: int | None, words: str) -> None:
    """Several roots are different sources; how many are independent is the record's own count."""
    text = said(dossier, independent_origins=number, chains=(("doc1", "A"), ("doc2", "B")))
    assert f"The documents lead to 2 different sources: A and B. {words}" in text
    assert "For 3 documents no source is on record." in text


def test_one_name_in_capitals_is_no_second_source(dossier: Dossier) -> None:
    """A credit line in capitals names whom another names in small letters."""
    text = said(dossier, chains=(("doc1", "Ana Ruiz"), ("doc2", "ANA RUIZ"), ("doc3", "B")))
    assert "2 different sources: Ana Ruiz and B." in text


def test_a_handle_in_several_alphabets_is_told_at_once(dossier: Dossier) -> None:
    """A Cyrillic letter in a Latin handle may be an imitation, which nobody sees; handles of one alphabet are not suspected."""
    text = said(dossier, chains=(("doc1", "x:@d\u043eck"), ("doc2", "x:@dock"), ("doc3", "telegram:@гавань")))
    assert text.count("letters of several alphabets") == 1
    assert "x:@d\u043eck is written with letters of several alphabets (Latin, Cyrillic): it may imitate another account." in text


def test_always_through_needs_every_chain(dossier: Dossier) -> None:
    """An intermediary stands on every way only if no chain goes round it."""
    both = (("doc1", "Norvik Wire", "X"), ("doc2", "Norvik Wire", "X"))
    assert "The way there always goes through Norvik Wire." in said(dossier, chains=both)
    assert "always" not in said(dossier, chains=(*both, ("doc3", "X")))


def test_many_names_are_counted(dossier: Dossier) -> None:
    """A long list of sources is cut with a count of the rest."""
    chains = tuple((f"doc{n % 5 + 1}", f"source {n}") for n in range(9))
    assert "source 0, source 1, source 2 and 6 more" in said(dossier, chains=chains)


def test_a_status_without_its_author_is_said_to_lack_one(dossier: Dossier) -> None:
    """A verdict is never printed as settled when nobody's name and reason are at hand."""
    alone = dataclasses.replace(dossier, assessments=())
    assert "It is marked miscaptioned; no assessment with a name and a reason is at hand." in said(alone)
    assert "Nobody has recorded an assessment of it here: it counts as unverified." in said(alone, status="unverified")


def test_no_conflict_is_no_agreement(dossier: Dossier) -> None:
    """That none was found is all that is said of agreement, and nothing when there is one document."""
    assert "No disagreement between the documents was found." in said(dossier, conflicts=())
    assert "isagree" not in said(dossier, conflicts=(), documents=1)


def test_one_document_differs_with_itself(dossier: Dossier) -> None:
    """A conflict inside one document is not a conflict between documents."""
    conflict = Conflict(field="depiction", severity="soft", reading="", values=(ConflictValue(value="are", documents=("doc5",)),))
    text = said(dossier, conflicts=(conflict, conflict), documents=1)
    assert "What is said of it differs on what it shows (2 times) (soft: the statements differ, but could all be true)." in text


def test_names_from_outside_are_marked(hostile: Dossier) -> None:
    """Every name that came from outside is its own part of a sentence, so that a page can isolate it."""
    visual: Visual = hostile.visuals[0]
    foreign = [part for line in glance(visual, Index(hostile)) for part in line.parts if isinstance(part, Foreign)]
    ours = "".join(part for line in glance(visual, Index(hostile)) for part in line.parts if not isinstance(part, Foreign))
    assert foreign
    assert "#" not in ours


@pytest.mark.parametrize(
    ("confidences", "words"),
    [
        (("same", "same", "same", "same"), "4 documents carry it"),
        (("likely", "likely", "likely", "likely"), "4 documents likely carry it"),
        (("same", "likely", "same", "possible"), "2 documents carry it, 1 more likely does and 1 more possibly does"),
        (("possible", "possible", "likely", "likely"), "2 documents likely carry it, 2 more possibly do"),
    ],
)
def test_how_surely_it_is_carried_is_said(dossier: Dossier, confidences: tuple[Any, ...], words: str) -> None:
    """A document counts as carrying it as surely as the surest of its appearances, and no more."""
    members = dossier.visuals[0].members
    shown = [m for m in members if m.document != "doc3"]
    sure = tuple(dataclasses.replace(m, confidence=c) for m, c in zip(shown, confidences, strict=True))
    assert f"{words}." in said(dossier, members=sure)


def test_each_sentence_leads_to_its_section(dossier: Dossier) -> None:
    """Where its documents and words stand is told with each sentence."""
    lines = glance(dossier.visuals[0], Index(dossier))
    assert [line.where for line in lines][:2] == ["uses", "uses"]
    assert {"chain", "conflicts", "losses", "times", "interests", "open", "copies", "history"} <= {line.where for line in lines}
