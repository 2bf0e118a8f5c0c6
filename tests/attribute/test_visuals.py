"""Visuals known from words: what they show, who put them out, when and where."""

import pytest

from provenance.attribute import read
from provenance.attribute.lexicon import languages, lexicon
from provenance.attribute.nouns import FAMILIES
from provenance.attribute.visuals import MOST
from provenance.records import Document, Medium
from tests.attribute.pages import page, slice_of

STORY = (
    "A dockers' Telegram account put up a picture said to show two cranes lying on their sides at a quay in Marseille.\n"
    "As Reuters reported, a blogger with the Telegram handle @quaywatch posted images on "
    "May 3 showing the two cranes lying at a quay in southern France.\n"
    "The blogger said that the cranes were new."
)


def media(document: Document) -> list[tuple[str, str]]:
    return [(m.kind, m.role) for m in document.media]


def test_two_descriptions_of_one_visual_are_one_medium() -> None:
    """An unnamed account's picture and the named account's are one, with all its mentions."""
    document = read(page(STORY))
    assert media(document) == [("photo", "mentioned")]
    assert len(document.media[0].mentions) == 2
    assert document.media[0].account is not None
    assert (document.media[0].account.platform, document.media[0].account.handle) == ("telegram", "quaywatch")


def test_the_chain_runs_through_the_agency() -> None:
    """What an agency's report says of a blogger is the agency citing the blogger."""
    hops = {(c.citing.name, c.cited.handle or c.cited.name) for c in read(page(STORY)).citations if c.about}
    assert {(None, "Reuters"), ("Reuters", "quaywatch")} <= hops


def test_the_posting_account_makes_one_mentioned_post() -> None:
    """However often the text speaks of it, one account's post is recorded once, with its medium."""
    posts = read(page(STORY)).posts
    assert [(p.platform, p.handle, p.embedding, p.media) for p in posts] == [("telegram", "quaywatch", "mentioned", ("m1",))]


def test_a_year_is_never_guessed() -> None:
    """A day without a year stays without one, until the publication date tells it."""
    assert [(d.value, d.role) for d in read(page(STORY)).media[0].stated_dates] == [("--05-03", "posted")]
    dated = read(page(STORY, published="2031-05-05"))
    assert [(d.value, d.basis) for d in dated.media[0].stated_dates] == [("2031-05-03", "the date of publication")]


def test_places_are_those_of_the_description() -> None:
    """Each place phrase of the descriptions is kept, with country and coordinates where known."""
    found = [(p.name, p.country) for p in read(page(STORY)).media[0].stated_places]
    assert ("Marseille", "FR") in found
    assert ("France", "FR") in found


def test_a_facebook_post_of_an_office_is_a_post() -> None:
    """The office speaks as an account of that platform."""
    document = read(page("The quay is safe, according to a Facebook post from the Lantern Bay Embassy in Oslo."))
    assert [(p.platform, p.author_name) for p in document.posts] == [("facebook", "the Lantern Bay Embassy in Oslo")]
    assert document.citations[0].cited.kind == "social-account"


@pytest.mark.parametrize(
    "text",
    [
        "The scandal tarnished the port’s image abroad.",
        "Around 12,000 workers and 1,500 guards were sent to the port.",
        "The ministers exchanged documents at a ceremony.",
        "She sees the bigger picture.",
    ],
)
def test_a_story_figure_or_a_turn_of_phrase_is_no_visual(text: str) -> None:
    """Reputations, troop counts and ceremonies make no medium."""
    assert media(read(page(text))) == []


def test_a_weekday_and_the_same_day_are_resolved_against_publication() -> None:
    """“The same day” is the day of the report named before."""
    text = (
        "Rafts are being built, according to a CNN report on Saturday.\n"
        "A video clip released the same day by the Quay Observatory shows dozens of rafts near Lyon."
    )
    document = read(page(text, published="2031-10-19"))
    assert media(document) == [("video", "mentioned")]
    assert [(d.value, d.role) for d in document.media[0].stated_dates] == [("2031-10-18", "published")]


def test_a_grab_is_derived_from_the_clip_of_the_same_article() -> None:
    """A caption's clip, the article's clip and the grab are joined; the grab keeps its own record."""
    text = (
        "Rafts on the river, in this grab from a video clip provided by the Quay Observatory.\n"
        "A video clip released on Monday by the Quay Observatory shows dozens of rafts near Lyon. "
        "The footage, shot at dawn, surfaced online."
    )
    grab = Medium(
        id="m1", kind="video-grab", role="lead", caption="Rafts on the river", caption_span=slice_of(text, "Rafts on the river")
    )
    document = read(page(text, media=(grab,)))
    assert media(document) == [("video-grab", "lead"), ("video", "mentioned")]
    assert document.media[0].derived_from == document.media[1].id


def test_another_video_is_another_medium() -> None:
    """“Another video” never joins the one before."""
    text = (
        "A video showing rafts near Lyon was posted by @quaywatch on X.\n"
        "Another video, shared by @pierman on X, shows rafts near Lyon."
    )
    assert media(read(page(text))) == [("video", "mentioned")] * 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The photo of a dog on a roof was posted by @quaywatch on X. The photo of wrecked cars was posted by @pierman on X.",
        ),
        (
            "it",
            "La foto del cane sul tetto è stata diffusa su X da @quaywatch. La foto delle auto rotte, diffusa su X da @pierman.",
        ),
        (
            "pl",
            "Zdjęcie psa siedzącego na dachu opublikował na X @quaywatch. Jest też zdjęcie aut, które udostępnił na X @pierman.",
        ),
    ],
)
def test_a_picture_of_something_else_is_another_one(language: str, text: str) -> None:
    """“The photo of …” does not point back at a picture of which other things are told."""
    document = read(page(text, language=language))
    assert media(document) == [("photo", "mentioned")] * 2
    assert [m.account.handle for m in document.media if m.account] == ["quaywatch", "pierman"]


def test_the_photo_of_what_was_told_is_the_same_one() -> None:
    """“The photo of …” points back where it tells the same."""
    text = "A photo of a dog on a roof was posted by @quaywatch on X. The photo of the dog on its roof went round the world."
    assert media(read(page(text))) == [("photo", "mentioned")]


def test_a_handle_keeps_the_platform_that_its_page_gives_it() -> None:
    """A credit with a handle is of the platform on which the page says that the account is, whoever else is named beside it."""
    text = (
        "A video posted on Instagram by @quaywatch shows mud in a street. "
        "The page Pier Friends on Facebook posted the video as well.\nScreenshot: @quaywatch"
    )
    cited = {(c.cited.platform, c.cited.handle) for c in read(page(text)).citations if c.cited.handle}
    assert cited == {("instagram", "quaywatch")}


def test_a_document_counts_when_the_text_says_that_it_was_found() -> None:
    """A form that only occurs is no visual; one that was discovered and is described is, with its first mention."""
    text = (
        "Recruits must “fill out a questionnaire on shoe sizes.”\n"
        "Discovered by port officials, the questionnaire, written in Danish, names a quay."
    )
    document = read(page(text))
    assert media(document) == [("document", "mentioned")]
    assert len(document.media[0].mentions) == 2


@pytest.mark.parametrize(
    ("language", "text", "handle", "cited"),
    [
        ("ru", "Снимок порта опубликовал блогер @quaywatch в Telegram. Об этом сообщает ТАСС.", "quaywatch", "TASS"),
        (
            "de",
            "Das Foto zeigt zwei Kräne im Hafen. Es wurde von @quaywatch auf Telegram veröffentlicht, laut Reuters.",
            None,
            "Reuters",
        ),
        (
            "es",
            "La foto, publicada por la cuenta @quaywatch en Telegram, muestra dos grúas, según la agencia EFE.",
            "quaywatch",
            "EFE",
        ),
        ("fr", "La photo publiée par le compte Telegram @quaywatch montre deux grues, selon l'AFP.", "quaywatch", "AFP"),
        ("ko", "로이터통신에 따르면 텔레그램 계정 @quaywatch에 올라온 사진에는 크레인이 있다.", "quaywatch", "Reuters"),
        (
            "ja",
            "共同通信によると、テレグラムのアカウント「@quaywatch」に投稿された写真には岸壁が写る。",
            "quaywatch",
            "Kyodo News",
        ),
        ("zh", "据路透社报道，照片显示两台起重机。", None, "Reuters"),
        ("pl", "Według agencji Reuters zdjęcie opublikowane przez @quaywatch pokazuje dwa dźwigi.", "quaywatch", "Reuters"),
    ],
)
def test_sources_are_found_in_other_languages(language: str, text: str, handle: str | None, cited: str) -> None:
    """The same reading from other words: the agency cited and the account that posted."""
    document = read(page(text, language=language))
    assert cited in {c.cited.name for c in document.citations}
    if handle:
        assert handle in {c.cited.handle for c in document.citations}


def test_more_visuals_than_are_told_apart_are_said() -> None:
    """A text that speaks of more visuals than are told apart says so, and loses no sentence; one of a few says nothing."""
    told = [f"Another photo posted by the Telegram channel @quay{n}watch shows {n} cranes at Port{n}." for n in range(170)]
    document = read(page("\n".join(told)))
    assert len(document.media) == MOST
    assert any(str(MOST) in said for said in document.warnings)
    assert not any(str(MOST) in said for said in read(page("\n".join(told[:5]))).warnings)


@pytest.mark.parametrize("language", languages())
def test_every_noun_for_a_visual_can_be_read(language: str) -> None:
    """Whatever a list calls a visual is read in a sentence, in small letters and in capitals, however the list writes it."""
    words = [w for kind in FAMILIES for w in lexicon(language).words.get("visuals", {}).get(kind, ())]
    assert words
    for word in words:
        read(page(f"Telegram: {word}. {word.upper()}, {word.capitalize()}.", language=language))


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The video shows a dam breaking in Peru as seen by many villagers.", "Peru"),
        ("The video shows a dam breaking in Donetsk region.", "Donetsk region"),
    ],
)
def test_the_words_of_a_place_end_with_it(text: str, phrase: str) -> None:
    """What goes on behind a place is no part of its words; the kind of place is."""
    (place,) = read(page(text)).media[0].stated_places
    assert place.span is not None
    assert place.span.text == phrase


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Elf Sensoren defekt: Das steht in einem Prüfblatt vom 17. Februar 2031, das «Die Boje» erhalten hat.",
        ),
        (
            "pt",
            "O Farol teve acesso a uma folha de inspecção de 17 de fevereiro de 2031 em que onze sensores estão avariados.",
        ),
        ("pl", "Tygodnik „Boja” ujawnił arkusz kontroli z 17 lutego 2031 r., według którego czujniki nie działały."),
        ("en", "The paper obtained an inspection sheet of 17 February 2031 in which eleven sensors are listed as broken."),
    ],
)
def test_the_day_behind_a_paper_is_its_own(language: str, text: str) -> None:
    """An inspection sheet is a paper, and the day right behind its name is when it was made, not when it was put out."""
    (paper,) = [m for m in read(page(text, language=language)).media if m.kind == "document"]
    assert [(d.role, d.value) for d in paper.stated_dates] == [("taken", "2031-02-17")]
