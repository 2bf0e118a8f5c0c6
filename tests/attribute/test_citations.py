"""Who cites whom, in sentences about invented events."""

import pytest

from provenance.attribute import read
from provenance.records import Citation, Document, Medium, Post
from tests.attribute.pages import page, slice_of


def edges(document: Document) -> list[tuple[str, str | None, str]]:
    """Citations as (citing, cited, relation)."""
    return [(c.citing.name or c.citing.kind, c.cited.name, c.relation) for c in document.citations]


def only(document: Document, cited: str) -> Citation:
    found = [c for c in document.citations if c.cited.name == cited]
    assert len(found) == 1, edges(document)
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "cited", "kind", "cue"),
    [
        ("The dam burst at dawn, according to Reuters.", "Reuters", "agency", "according to"),
        ("According to a BBC report on Monday, the dam burst.", "BBC", "broadcaster", "According to a"),
        ("The dam burst, as reported by the Bangkok Post.", "Bangkok Post", "newspaper", "as reported by"),
        ("The dam burst at dawn, Le Monde reported.", "Le Monde", "newspaper", "reported"),
        ("“Nobody was warned,” said Ana Duarte, a spokesperson for the dam authority.", "Ana Duarte", "official", "said"),
        ("Energy Minister Tomas Brandt said that the dam had held.", "Tomas Brandt", "official", "said"),
        ("“The wall was old,” stated Mia Lund, a senior fellow at the River Institute.", "Mia Lund", "expert", "stated"),
        ("Observers suggest that the wall was old.", "Observers", "anonymous", "suggest that"),
        ("Sources have indicated that the wall was old.", "unspecified sources", "anonymous", "indicated that"),
        ("A harbour ministry official stated that the wall was old.", "harbour ministry official", "anonymous", "stated"),
        (
            "On Friday the Lantern Bay Water Authority announced that 12 gates were shut.",
            "the Lantern Bay Water Authority",
            "official",
            "announced",
        ),
    ],
)
def test_a_source_is_found_on_either_side_of_its_cue(sentence: str, cited: str, kind: str, cue: str) -> None:
    """One sentence, one source: its canonical name, its kind, and the words that show it."""
    document = read(page(sentence))
    citation = only(document, cited) if cited != "harbour ministry official" else document.citations[0]
    assert citation.cited.kind == kind
    assert citation.citing.kind == "this-article"
    assert citation.cue == cue


@pytest.mark.parametrize(
    "sentence",
    [
        "First Deputy Minister Ana Duarte was informed by letter.",
        "Country after country has not officially commented.",
        "Ships provided by Norway carried the grain.",
        "Its reported deployment was never confirmed.",
        "Leave a reply",
    ],
)
def test_who_says_nothing_is_not_cited(sentence: str) -> None:
    """Addressees, silence, gifts that are no visuals and interface words are no sources."""
    assert edges(read(page(sentence))) == []


def test_the_source_of_a_source_is_a_second_hop() -> None:
    """A medium that cites others stands between the article and them."""
    document = read(
        page("Six guards were hurt, the Bangkok Post reported last week, citing unnamed sources with keys to the archive.")
    )
    assert edges(document) == [
        ("this-article", "Bangkok Post", "reports"),
        ("Bangkok Post", "unnamed sources with keys to the archive", "reports"),
    ]


def test_speech_inside_a_report_is_through_the_report() -> None:
    """The article has a minister's words from the paper that it names."""
    document = read(page("“The wall was old,” Energy Minister Tomas Brandt said Tuesday, according to the Bangkok Post."))
    assert set(edges(document)) == {("this-article", "Bangkok Post", "reports"), ("Bangkok Post", "Tomas Brandt", "reports")}


def test_a_medium_that_cites_someone_gives_two_edges() -> None:
    """A sentence "X cited Y's claim" is the article citing X and X citing Y."""
    document = read(page("Later, Le Monde, the Paris daily, cited a Peruvian army commander’s claim of sabotage."))
    assert [(a, b) for a, b, _ in edges(document)] == [("this-article", "Le Monde"), ("Le Monde", "Peruvian army commander")]


def test_the_outlet_told_is_the_one_that_cites() -> None:
    """An interview given to an outlet is cited by that outlet."""
    document = read(page("A spokesperson for the river authority told the Bangkok Post on Friday that it had no plans."))
    assert [(c.citing.name, c.cited.kind) for c in document.citations] == [("Bangkok Post", "official")]


@pytest.mark.parametrize(
    ("follow", "cited"),
    [
        ("The agency added that two gates failed.", "Reuters"),
        ("It said two gates had failed.", "Reuters"),
        ("Brandt added that two gates failed.", "Tomas Brandt"),
        ("The minister noted that two gates failed.", "Tomas Brandt"),
    ],
)
def test_later_words_point_back_to_who_was_named(follow: str, cited: str) -> None:
    """Nouns, pronouns and surnames lead to the party named before."""
    first = "Energy Minister Tomas Brandt said that the dam had held.\nThe dam burst, Reuters reported.\n"
    document = read(page(first + follow))
    assert document.citations[-1].cited.name == cited


def test_a_post_cites_whom_it_credits_and_quotes() -> None:
    """Inside a tweet the author cites the agency credited, and the agency the account that it captured from."""
    tweet = ".@AFP Image captured from the Telegram account of @quaywatch on Oct. 22 shows a crane on its side."
    text = f"A storm hit the port.\n{tweet}\n— Mia Lund (@mialund) October 22, 2031"
    start = text.index(".@AFP")
    post = Post(
        id="p1", platform="x", handle="mialund", author_name="Mia Lund", date="2031-10-22", text=text[start : text.index("\n—")],
        embedding="embedded", media=("m1",), span=slice_of(text, text[start:]),
    )  # fmt: skip
    medium = Medium(id="m1", kind="photo", role="embedded-post", post="p1", description=slice_of(text, "Image captured"))
    document = read(page(text, media=(medium,), posts=(post,)))
    found = {(a, b): c for (a, b, _), c in zip(edges(document), document.citations, strict=True)}
    assert set(found) == {("this-article", "Mia Lund"), ("Mia Lund", "AFP"), ("AFP", "@quaywatch")}
    hop = found["AFP", "@quaywatch"]
    assert (hop.cited.platform, hop.stated_by, hop.relation, hop.about) == ("telegram", "p1", "captured-from", ("m1",))
    assert document.media[0].account is not None
    assert (document.media[0].account.platform, document.media[0].account.handle) == ("telegram", "quaywatch")
    assert [(p.platform, p.handle, p.embedding) for p in document.posts] == [
        ("x", "mialund", "embedded"),
        ("telegram", "quaywatch", "mentioned"),
    ]


def test_a_credit_line_is_one_hop_a_party_from_the_last_hand_back() -> None:
    """The outlet has a picture from the agency named last, and that one from the one before."""
    text = "The harbour at dusk on June 19, 2031. (Ana Duarte, EPA, via AP)\nMore follows."
    caption, credit = slice_of(text, "The harbour at dusk on June 19, 2031."), slice_of(text, "Ana Duarte, EPA, via AP")
    medium = Medium(
        id="m1",
        kind="photo",
        role="body",
        caption=caption.text,
        caption_span=caption,
        credit=credit.text,
        credit_span=credit,
        credit_parties=("Ana Duarte", "EPA", "AP"),
    )
    document = read(page(text, media=(medium,)))
    assert edges(document) == [
        ("this-article", "Associated Press", "credits"), ("Associated Press", "EPA", "credits"), ("EPA", "Ana Duarte", "credits"),
    ]  # fmt: skip
    assert [(d.value, d.role) for d in document.media[0].stated_dates] == [("2031-06-19", "taken")]


def test_a_noun_with_its_own_handle_points_back_to_nobody() -> None:
    """What is called "the account @other" is that account, whoever was named before it."""
    text = "La foto la publicó el canal de Telegram @wessel_live. Fue tomada el sábado, según la cuenta @tide_watch en X."
    document = read(page(text, language="es"))
    assert {"tide_watch"} == {c.cited.handle for c in document.citations if "según" in c.cue}
