"""Every statement of a report names its document and shows its words, and none is stronger than its words.

Walked are the page and the JSON of the demo case, of the invented dossier, and of articles put together at random from
sentences in five languages and read by the whole program.
"""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from provenance import acquire, pipeline
from provenance import dossier as dossiers
from provenance.chain import Grouping
from provenance.demo import case_folder
from provenance.errors import SourceError
from provenance.records import Dossier, StoredDocument
from provenance.report import html, json_lines
from provenance.report.text import visible
from store import open_store

VOID = {"meta", "link", "img", "br", "hr", "input", "path", "rect", "line"}
UNITS = {"li", "tr", "p"}
NO_STATEMENT = {"note", "facts", "kicker", "back", "mismatch"}
"""Classes of paragraphs that explain the page or say how a quotation fits."""
OWN_WORD = {"history", "warnings"}
"""Sections of what the desk itself recorded, and of what could not be read."""
NOTHING = re.compile(r"^(?:No |Nobody |None\b|There is no )")
ADMITTED = re.compile(
    r"no words recorded|outside its text|Shown without words|No words recorded|no source named|Without a known date"
)
"""Where words are missing, the page says so."""
TOO_STRONG = re.compile(
    r"\b(?:prove[sd]?|proof|proven|original|certainly|definitely|undoubtedly|obviously|clearly|lied|liar|fake|hoax|authentic)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"“([^”]*)”")


# ------------------------------------------------------------------ what is walked


def read_and_grouped(documents: list[StoredDocument]) -> Dossier:
    group = Grouping()
    for stored in documents:
        group.add(stored)
    return Dossier(
        title="Generated",
        made_at="2031-05-12T10:00:00Z",
        made_by="test",
        visuals=tuple(group.visuals()),
        documents={d.id: d for d in documents},
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The case that ships with the program, through the whole of it."""
    folder = tmp_path_factory.mktemp("statements")
    with open_store(f"sqlite:///{folder / 'demo.db'}", folder / "blobs") as keeper:
        items = list(pipeline.ingest(acquire.snapshots([str(case_folder())], acquire.Given()), keeper, who="test"))
        assert not [i for i in items if isinstance(i, SourceError)]
        return dossiers.make(keeper, [], title="Demo", who="test")


HEADS = {
    "en": ["Footbridge down at Velmora", "FAKE photo of Velmora bridge", "VERIFIED: bridge falls"],
    "uk": ["У Вельморі впав міст", "Фейкове фото мосту у Вельморі"],
    "es": ["Cae un puente en Velmora", "Foto falsa del puente de Velmora"],
    "de": ["Brücke in Velmora eingestürzt", "Gefälschtes Foto aus Velmora"],
    "ko": ["벨모라 다리 붕괴"],
}
BODIES = {
    "en": [
        "The photo was posted by the Telegram channel @ferry_watch on May {day}, 2031.",
        "A photo posted on a Telegram channel appears to show the fallen footbridge at Velmora.",
        "The picture shows the middle span in the water, Norvik Wire reported.",
        "The photo could not be independently verified, according to the Velmora Desk.",
        "The photo is fake, the Velmora Verification Centre said.",
        "The image was provided by the Velmora Defence Ministry.",
        "The video, shared by a reader, shows the bridge falling.",
        "Photo: Orla Quist / Norvik Wire, pool",
        "The picture was taken in Sandrigg on May {day}.",
    ],
    "uk": [
        "Знімок опублікував телеграм-канал @ferry_watch {day} травня 2031 року.",
        "За даними агентства Norvik Wire, на фото видно зруйнований міст у Вельморі.",
        "Автентичність фото не підтверджено, повідомили у Центрі перевірки.",
        "Центр перевірки заявив, що фото є фейком.",
    ],
    "es": [
        "La foto fue publicada por el canal de Telegram @ferry_watch el {day} de mayo de 2031.",
        "Según Norvik Wire, la imagen mostraría el puente caído en Velmora.",
        "La foto es falsa, según el Centro de Verificación.",
        "Foto: cedida por la policía de Velmora",
    ],
    "de": [
        "Das Foto wurde am {day}. Mai 2031 vom Telegram-Kanal @ferry_watch veröffentlicht.",
        "Das Bild soll die eingestürzte Brücke in Velmora zeigen, berichtete Norvik Wire.",
        "Das Foto ist gefälscht, teilte das Prüfzentrum mit.",
    ],
    "ko": [
        "사진은 텔레그램 채널 @ferry_watch가 5월 {day}일 게시했다.",
        "사진에는 무너진 다리가 보인다고 노르빅와이어가 보도했다.",
    ],
}
OUTLETS = ["The Harbour Ledger", "Norvik Wire", "Velmora Desk", "The River Post", "Sandrigg Times", "Вечірній Причал"]


def article(chance: random.Random, number: int) -> tuple[str, dict[str, Any]]:
    language = chance.choice(list(BODIES))
    said = [s.format(day=chance.randint(1, 28)) for s in chance.choices(BODIES[language], k=chance.randint(1, 6))]
    if chance.random() < 0.3:
        said.append(f"Source: {chance.choice(OUTLETS)}")
    times = ["2031-05-05", "2031-05-09T08:00:00Z", "2031-05-20T10:00:00+02:00", "2031-05", None]
    facts = {"outlet": chance.choice(OUTLETS), "published": chance.choice(times), "url": f"https://news.example/{number}"}
    return "\n\n".join([chance.choice(HEADS[language]), *said]), facts


def generated(seed: int, folder: Path) -> Dossier:
    """Articles at random, their first visual carried by the same bytes so that all kinds of statements come up."""
    chance = random.Random(seed)  # noqa: S311 - for tests
    kept: list[StoredDocument] = []
    for number in range(1, 13):
        text, facts = article(chance, number)
        if kept and chance.random() < 0.15:
            text = kept[-1].document.text
        path: Path = folder / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        given = acquire.Given(
            url=facts["url"], outlet=facts["outlet"], published=facts["published"] if facts["published"] != "2031-05" else None
        )
        for snapshot in acquire.snapshots([str(path)], given):
            assert not isinstance(snapshot, SourceError)
            for read in pipeline.read_documents(snapshot):
                assets = {m.id: "a" * 64 for m in read.media[:1]}
                kept.append(
                    StoredDocument(
                        id=f"g{number}", sequence=number, ingested_at="2031-06-01T00:00:00Z", document=read, assets=assets
                    )
                )
    return read_and_grouped(kept)


SEEDS = range(6)


@pytest.fixture(scope="module", params=["demo", "invented", *SEEDS])
def walked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """Each rule holds for the demo, for the invented dossier, and for what chance makes."""
    if request.param in SEEDS:
        return generated(request.param, tmp_path_factory.mktemp("generated"))
    found: Dossier = request.getfixturevalue({"invented": "dossier"}.get(request.param, request.param))
    return found


@pytest.fixture(scope="module")
def page(walked: Dossier) -> "Node":
    """The page as a tree."""
    return Tree(html(walked)).root


# ------------------------------------------------------------------ the page


@dataclass
class Node:
    """An element of the page, its text in pieces and its children in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Node | None" = None
    children: "list[Node | str]" = field(default_factory=list)

    def walk(self) -> "Iterator[Node]":
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def above(self) -> "Iterator[Node]":
        node = self.parent
        while node:
            yield node
            node = node.parent

    @property
    def text(self) -> str:
        return " ".join("".join(c if isinstance(c, str) else c.text for c in self.children).split())

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def links(self) -> list[str]:
        return [n.attributes.get("href", "") for n in self.walk() if n.tag == "a"]

    def has_words(self) -> bool:
        return any(n.tag == "q" for n in self.walk())


class Tree(HTMLParser):
    """The page as a tree."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.root = self.at = Node("page")
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {k: v or "" for k, v in attrs}, self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.at.parent:
            self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def statements(page: Node) -> Iterator[tuple[str, Node]]:
    """The sections of each visual with what each states: items, rows, sides of conflicts, and sentences of our own."""
    for article_ in (n for n in page.walk() if n.tag == "article" and "visual" in n.classes):
        for section in (n for n in article_.walk() if n.tag == "section"):
            name = section.attributes.get("aria-labelledby", "").rpartition("-")[0]
            for node in section.walk():
                inside = {n.tag for n in node.above()} & {"blockquote", "figure", "thead", "svg"}
                is_unit = (node.tag in UNITS and not node.classes & NO_STATEMENT) or "side" in node.classes
                if is_unit and not inside and name not in OWN_WORD:
                    yield name, node


def is_grounded(node: Node) -> bool:
    """Whether a statement names a document, or leads to where it is named; or says that there is nothing."""
    links = node.links()
    return bool(
        any(re.fullmatch(r"#d\d+|#d-unknown\w*", link) for link in links)
        or any(re.fullmatch(r"#[a-z]+-\d+(?:-\d+)?", link) for link in links)
        or re.match(r"D\d+ ", node.text)
        or NOTHING.match(node.text)
    )


def shows_words(node: Node) -> bool:
    """Whether it shows words, leads to them, or says that there are none."""
    leads = any(re.fullmatch(r"#[a-z]+-\d+(?:-\d+)?", link) for link in node.links())
    return node.has_words() or leads or bool(ADMITTED.search(node.text) or NOTHING.match(node.text) or "“" in node.text)


def test_every_statement_of_the_page_names_its_document(page: "Node") -> None:
    """Items, rows, sides and sentences: each has the number of a document, or a link to the place that has."""
    found = list(statements(page))
    assert len(found) > 10
    assert [] == [(name, node.text) for name, node in found if not is_grounded(node) and not heads_a_conflict(node)]


def test_every_statement_of_the_page_shows_its_words(page: "Node") -> None:
    """Each has a quotation, leads to one, or says plainly that no words are recorded."""
    found = list(statements(page))
    assert [] == [
        (name, node.text)
        for name, node in found
        if not shows_words(node) and name not in {"when", "times"} and not heads_a_conflict(node)
    ]


def heads_a_conflict(node: Node) -> bool:
    """The sentence over the sides of a conflict, which name the documents."""
    return node.tag == "p" and node.parent is not None and "conflict" in node.parent.classes


def test_every_quotation_is_the_slice_that_it_says(walked: Dossier, page: "Node") -> None:
    """The words at these places of that document, to the letter."""
    quotes = [n for n in page.walk() if n.tag == "q"]
    assert quotes
    for node in quotes:
        text = walked.documents[node.attributes["data-document"]].document.text
        slice_ = text[int(node.attributes["data-start"]) : int(node.attributes["data-end"])]
        assert " ".join(visible(slice_).split()).startswith(node.text)


def test_no_sentence_of_ours_is_stronger_than_words_can_be(page: "Node") -> None:
    """Outside of quotations and names, the page judges nothing: it proves nothing and calls nothing an original or a fake."""
    for _, node in statements(page):
        assert not TOO_STRONG.search(own_words(node)), node.text


def own_words(node: Node) -> str:
    """The text without what comes from documents: quotations with their context, isolated names, quoted pieces in ours."""

    def is_foreign(child: Node) -> bool:
        return child.tag in {"q", "bdi", "blockquote", "svg", "mark"} or "around" in child.classes

    parts = (c if isinstance(c, str) else "" if is_foreign(c) else own_words(c) for c in node.children)
    return QUOTED.sub("", " ".join(parts))


def test_the_surest_word_is_not_used_of_what_is_likely(walked: Dossier, page: "Node") -> None:
    """Documents that are counted as carrying it are those that surely do; others do so likely or possibly."""
    cards = [n for n in page.walk() if n.tag == "article" and "visual" in n.classes]
    for visual, card in zip(walked.visuals, cards, strict=True):
        (glance,) = [n for n in card.walk() if n.tag == "section" and "glance" in n.classes]
        said = re.match(r".*?(\d+) documents? (?:carry|carries) it", glance.text.removeprefix("At a glance"))
        sure = {m.document for m in visual.members if m.confidence == "same"}
        assert not said or int(said[1]) <= len(sure)


# ------------------------------------------------------------------ the JSON


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner)


def visuals_of(walked: Dossier) -> list[dict[str, Any]]:
    return [json.loads(line) for line in json_lines(walked.visuals).splitlines()]


def test_every_span_of_the_json_is_a_slice(walked: Dossier) -> None:
    """Each span names its document, or stands in an object that does, and is its words there."""
    bodies = {ident: stored.document.text for ident, stored in walked.documents.items()}
    seen = 0
    for visual in visuals_of(walked):
        for found in objects(visual):
            spans = [s for s in [found.get("span"), *(found.get("spans") or [])] if s]
            for span in spans:
                document = span.get("document") or found["document"]
                assert bodies[document][span["start"] : span["end"]] == span["text"]
                seen += 1
    assert seen > 5


NAMED = {
    "conflicts": lambda c: all(v["documents"] for v in c["values"]),
    "hops": lambda h: h["document"],
    "losses": lambda x: x["document"] and x["spans"],
    "citing_times": lambda t: t["document"] and t["why"],
    "interests": lambda i: i["documents"] and i["spans"],
    "unresolved": lambda o: o["documents"],
    "copies": lambda c: len(c["documents"]) > 1 and {s["document"] for s in c["spans"]} == set(c["documents"]),
    "members": lambda m: m["document"] and m["why"],
}


@pytest.mark.parametrize("kind", NAMED)
def test_every_finding_of_the_json_names_documents(walked: Dossier, kind: str) -> None:
    """Members, hops, conflicts and all other findings have their documents, and words where words make them."""
    assert [] == [item for v in visuals_of(walked) for item in v[kind] if not NAMED[kind](item)]


def test_the_origin_and_the_first_date_name_their_documents(walked: Dossier) -> None:
    """A known origin has the documents that lead there, the earliest date the one that gives it and from what."""
    for visual in visuals_of(walked):
        ends = {chain[-1] for chain in visual["chains"] if len(chain) > 1}
        if visual["origin"]["resolved"] and ends and walked.title != "The Velmora footbridge":
            assert visual["origin"]["documents"]
        seen = visual["first_seen"]
        if seen and walked.title != "The Velmora footbridge":
            assert seen["document"] in walked.documents
            assert (seen["basis"] == "stated") == (seen["span"] is not None)


def test_what_a_sentence_quotes_stands_in_its_words(walked: Dossier) -> None:
    """Quoted pieces of readings are in the spans or values beside them: a sentence says no more than it shows."""
    if walked.title == "The Velmora footbridge":
        pytest.skip("its sentences were written by hand")
    for visual in visuals_of(walked):
        for found in (*visual["conflicts"], *visual["losses"]):
            spans = [*found.get("spans", ()), *(s for v in found.get("values", ()) for s in v["spans"])]
            shown = squeezed(" ".join([*(s["text"] for s in spans), *(v["value"] for v in found.get("values", ()))]))
            for words in QUOTED.findall(found["reading"]):
                assert squeezed(words.rstrip("…")) in shown, found


def squeezed(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def test_chance_brings_every_kind_of_finding(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The walk is worth something: among the generated cases there is at least one finding of each kind."""
    made = [generated(seed, tmp_path_factory.mktemp("generated")) for seed in SEEDS]
    found = {kind for d in made for v in visuals_of(d) for kind in NAMED if v[kind]}
    assert found == set(NAMED)
