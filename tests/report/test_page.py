"""The HTML report: self-contained, inert, true to the texts."""

import base64
import dataclasses
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from provenance.records import ChainHop, Dossier, Span
from provenance.report import html
from provenance.report.text import visible

SPACE = re.compile(r"\s+")
LOADS = {
    "src",
    "srcset",
    "href",
    "xlink:href",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "ping",
    "cite",
    "manifest",
}
VOID = {"meta", "link", "img", "br", "hr", "input", "path", "rect", "line"}
TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "header",
    "nav",
    "main",
    "footer",
    "section",
    "article",
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "div",
    "span",
    "strong",
    "code",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "bdi",
    "q",
    "mark",
    "blockquote",
    "figure",
    "figcaption",
    "img",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "svg",
    "defs",
    "marker",
    "path",
    "rect",
    "line",
    "text",
    "g",
    "details",
    "summary",
}


class Reader(HTMLParser):
    """What a browser would find: tags, attributes, the text, and the text of each quotation."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.quotes: list[tuple[dict[str, str], str]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.feed(page.decode("utf-8"))
        self.close()
        self.text = SPACE.sub(" ", "".join(self.words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if tag == "q":
            self.quotes.append((found, ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if "q" in self.open:
            attributes, text = self.quotes[-1]
            self.quotes[-1] = (attributes, text + data)

    def attributes(self, name: str) -> list[str]:
        return [found[name] for _, found in self.tags if name in found]


def squeezed(text: str) -> str:
    return SPACE.sub(" ", visible(text)).strip()


@pytest.fixture(scope="module")
def page(dossier: Dossier) -> Reader:
    return Reader(html(dossier))


@pytest.fixture(scope="module")
def hostile_pages(hostiles: list[Dossier]) -> list[Reader]:
    return [Reader(html(hostile)) for hostile in hostiles]


@pytest.fixture(params=["friendly", *range(16)])
def any_page(request: pytest.FixtureRequest) -> Reader:
    """Each rule of safety holds for the plain report and for each turn of the hostile one."""
    if request.param == "friendly":
        return request.getfixturevalue("page")
    return request.getfixturevalue("hostile_pages")[request.param]


def test_only_known_elements_and_balanced(any_page: Reader) -> None:
    """No text becomes an element, and every element that is opened is closed."""
    assert {tag for tag, _ in any_page.tags} <= TAGS
    assert not any_page.unbalanced
    assert not any_page.open


def test_nothing_can_run(any_page: Reader) -> None:
    """There is no script, no event handler, no form and no frame."""
    assert not [name for _, found in any_page.tags for name in found if name.startswith("on")]
    active = {"script", "iframe", "object", "embed", "form", "base", "link", "foreignobject", "animate", "set"}
    assert not active & {tag for tag, _ in any_page.tags}


def test_nothing_is_requested(any_page: Reader) -> None:
    """Whatever loads is a data: address; what leads away is a link that a person must follow, and lets nobody know from where."""
    for tag, found in any_page.tags:
        for name in LOADS & found.keys():
            if tag == "a" and not found[name].startswith("#"):
                assert found[name].startswith(("http://", "https://"))
                assert found["rel"] == "noopener noreferrer nofollow"
            elif tag != "a":
                assert found[name].startswith("data:image/png;base64,")
    styles = re.findall(r"url\(([^)]*)\)|@import", " ".join(any_page.words + any_page.attributes("style")))
    assert not styles
    assert all(value.startswith("url(#") for value in any_page.attributes("marker-end"))


def test_the_policy_forbids_everything_else(any_page: Reader) -> None:
    """The Content-Security-Policy comes before anything that could load; it allows data: pictures and the page's own style."""
    names = [found.get("http-equiv") for tag, found in any_page.tags if tag == "meta"]
    assert names[1] == "Content-Security-Policy"
    policy = any_page.attributes("content")[0]
    assert policy == "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def shown_of(dossier: Dossier) -> list[str | None]:
    """The texts from outside that a report must show."""
    visual, document = dossier.visuals[0], next(iter(dossier.documents.values())).document
    facts, conflict, hop, origin = document.document, visual.conflicts[0], visual.hops[0], visual.origin
    members = [text for member in visual.members for text in (member.caption, member.credit, member.why)]
    log = [text for entry in (*dossier.assessments, *dossier.decisions) for text in (entry.who, entry.why)]
    quoted = [hop.span.text if hop.span else None, conflict.values[0].value, conflict.values[0].spans[0].text, conflict.reading]
    about = [facts.sha256, facts.url, facts.canonical_url, facts.headline, facts.byline, facts.outlet.name, facts.language]
    ours = [dossier.title, dossier.made_by, dossier.checkpoint, visual.label, visual.id, visual.status_basis]
    names = [hop.citing, hop.cited, origin.handle, origin.why, origin.post_url, *visual.chains[0][1:], *visual.loops[0]]
    return [*members, *log, *quoted, *about, *ours, *names, document.source, *document.warnings]


def test_what_was_given_is_visible_as_text(hostiles: list[Dossier], hostile_pages: list[Reader]) -> None:
    """Every hostile text can be read on the page, whole, with its active characters shown by number."""
    for hostile, page in zip(hostiles, hostile_pages, strict=True):
        for text in shown_of(hostile):
            assert squeezed(text or "nothing") in page.text


def test_no_active_character_is_left(hostiles: list[Dossier]) -> None:
    """The bytes hold no control, bidirectional or unpaired character, and are UTF-8."""
    for hostile in hostiles:
        text = html(hostile).decode("utf-8")
        assert visible(text) == text
        assert not {"\u202e", "\x1b", "\x9b", "\u2066"} & set(text)


def test_bytes_that_are_no_png_are_not_shown(hostile_pages: list[Reader]) -> None:
    """A thumbnail that is not a PNG is left out, and the page says that there is no preview."""
    assert not [tag for tag, _ in hostile_pages[0].tags if tag == "img"]
    assert "No preview" in hostile_pages[0].text


def test_every_quote_is_a_slice_of_its_document(dossier: Dossier, page: Reader) -> None:
    """What stands in quotation marks is exactly the named slice of the document's text."""
    assert len(page.quotes) > 8
    for attributes, text in page.quotes:
        body = dossier.documents[attributes["data-document"]].document.text
        assert text == visible(body[int(attributes["data-start"]) : int(attributes["data-end"])])
    assert "do not stand at that place" not in page.text


def test_a_quote_that_does_not_fit_is_said(dossier: Dossier) -> None:
    """Words that are not at their place in the text are printed with a plain warning, never as if they were."""
    first = dossier.visuals[0]
    wrong = ChainHop(citing="doc1", cited="Norvik Wire", relation="reports", document="doc1", span=Span(3, 14, "no such one"))
    altered = dataclasses.replace(dossier, visuals=(dataclasses.replace(first, hops=(wrong,)),))
    assert Reader(html(altered)).text.count("These recorded words do not stand at that place in the document’s text") == 1


def test_a_document_that_is_not_at_hand_is_said(dossier: Dossier) -> None:
    """A visual may name a document that the dossier does not hold; its words count as unchecked."""
    rest = {name: document for name, document in dossier.documents.items() if name != "doc2"}
    text = Reader(html(dataclasses.replace(dossier, documents=rest))).text
    assert "not part of this dossier" in text
    assert "the words were not checked against it" in text


def test_links_within_the_page_lead_somewhere(any_page: Reader) -> None:
    """Every inner link has its target, and every id stands once."""
    ids = any_page.attributes("id")
    assert len(ids) == len(set(ids))
    targets = {address[1:] for address in any_page.attributes("href") if address.startswith("#")}
    assert targets <= set(ids)
    labels = {name for value in any_page.attributes("aria-labelledby") for name in value.split()}
    assert labels <= set(ids)


def test_it_can_be_read_by_ear(page: Reader) -> None:
    """Pictures have alternative texts, tables headers and captions, drawings labels, headings no gap."""
    assert all(found.get("alt") for tag, found in page.tags if tag == "img")
    assert all(found.get("scope") in {"col", "row"} for tag, found in page.tags if tag == "th")
    assert [tag for tag, _ in page.tags].count("table") == [tag for tag, _ in page.tags].count("caption")
    assert all(found.get("aria-label") for tag, found in page.tags if tag == "svg")
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-4]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_foreign_text_is_isolated_and_has_its_language(page: Reader) -> None:
    """A right-to-left quotation carries its direction and language, so that it cannot reorder what stands beside it."""
    marked = [found for tag, found in page.tags if tag == "p" and found.get("lang") == "ar"]
    assert marked
    assert {found["dir"] for found in marked} == {"rtl"}
    assert ("bdi", {"lang": "ar"}) in page.tags


def test_other_schemes_are_text(dossier: Dossier) -> None:
    """Only http and https become links; any other address, or one with a login in it, is shown and cannot be followed."""
    for address in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://ledger.example@evil.example/",
        "https://evil.example/\u202egpj",
    ):
        stored = dossier.documents["doc1"]
        facts = dataclasses.replace(stored.document.document, url=address)
        changed = dataclasses.replace(stored, document=dataclasses.replace(stored.document, document=facts))
        found = Reader(html(dataclasses.replace(dossier, documents={**dossier.documents, "doc1": changed})))
        assert address not in found.attributes("href")
        assert visible(address) in found.text


def test_conflicts_first_sorts_by_severity(dossier: Dossier) -> None:
    """The mode puts the hardest conflicts first and says so; the default keeps the order of the record."""
    turned = dataclasses.replace(dossier, visuals=dossier.visuals[::-1])
    bridge, film = dossier.visuals[0].label, dossier.visuals[1].label
    plain, sorted_ = Reader(html(turned)).text, Reader(html(turned, conflicts_first=True)).text
    assert plain.index(film) < plain.index(bridge)
    assert sorted_.index(bridge) < sorted_.index(film)
    assert "hardest conflicts first" in sorted_
    assert "hardest conflicts first" not in plain


def test_the_history_is_whole(page: Reader) -> None:
    """Every assessment and decision is printed with its time, its author and the reason."""
    for words in ("calling the office", "Bram Adeyemi: the bank in view is the south one", "the same crack in the pier"):
        assert words in page.text


def test_nothing_known_is_said_plainly(bare: Dossier) -> None:
    """Where nothing is known the page says so in every part, and invents nothing."""
    text = Reader(html(bare)).text
    for words in (
        "No outlet is known.",
        "No source is on record for it.",
        "Nobody has recorded an assessment of it here: it counts as unverified.",
        "Without a known date of publication: D1",
        "Earliest known origin: not known: ",
        "No preview",
    ):
        assert words in text


def test_an_empty_dossier_is_a_page(dossier: Dossier) -> None:
    """A dossier without visuals or documents gives a page that says so."""
    text = Reader(html(dataclasses.replace(dossier, visuals=(), documents={}, checkpoint=None))).text
    assert "There is no visual in this dossier." in text
    assert "No checkpoint of the record was given" in text


def test_the_same_dossier_gives_the_same_bytes(dossier: Dossier) -> None:
    """A report has no clock and no chance in it: it can be made again and compared."""
    assert html(dossier) == html(dossier)


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_colour_of_text_stands_out(page: Reader, theme: int) -> None:
    """Text has a contrast of 4.5 or more on each ground, in light and in dark (WCAG 2.2, 1.4.3)."""
    rules = re.findall(r":root \{(.*?)\}", "".join(page.words), re.DOTALL)[theme]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", rules))
    for ink in ("ink", "soft-ink", "accent", "hard", "soft", "apparent", "ok"):
        for ground in ("page", "sheet"):
            dark, light = sorted([luminance(colours[ink]), luminance(colours[ground])])
            assert (light + 0.05) / (dark + 0.05) >= 4.5


class Veils(HTMLParser):
    """Which pictures stand inside a closed `details`, which in its summary, and which in the open."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.at: list[str] = []
        self.found: list[tuple[str, str]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"details", "summary"}:
            assert "open" not in dict(attrs)
            self.at.append(tag)
        if tag == "img":
            self.found.append((self.at[-1] if self.at else "open", dict(attrs)["src"] or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"details", "summary"}:
            self.at.pop()


def test_a_graphic_picture_is_shown_to_those_who_choose_to_look(graphic: Dossier) -> None:
    """Its pixels stand only behind a closed `details`; before it stands one in which nothing can be made out."""
    found = Veils(html(graphic)).found
    clear = {picture(graphic.thumbnails[sha256 * 64]) for sha256 in "ab"}
    veiled = {picture(content) for content in graphic.veiled.values()}
    assert [where for where, _ in found] == ["summary", "details", "summary", "details", "open"]
    assert {src for where, src in found if where == "details"} == clear
    assert {src for where, src in found if where == "summary"} == veiled
    assert not clear & {src for where, src in found if where != "details"}


def picture(content: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


def test_a_graphic_picture_without_a_veil_is_not_shown_instead(graphic: Dossier) -> None:
    """Where no blurred one could be made, a word stands in its place."""
    bare = html(dataclasses.replace(graphic, veiled={}))
    assert [where for where, _ in Veils(bare).found] == ["details", "details", "open"]
    assert "No blurred preview" in Reader(bare).text


def test_the_page_says_what_was_marked_and_by_whom(graphic: Dossier, page: Reader) -> None:
    """The label is three-valued; the history holds each mark with its reason."""
    text = Reader(html(graphic)).text
    assert "Graphic content: graphic, says Ines Okoro, 2031-05-10T08:00:00Z: a body in the water" in text
    assert "graphic content: not graphic, Ines Okoro: cut above it" in text
    assert page.text.count("Graphic content: not looked at") == 2
