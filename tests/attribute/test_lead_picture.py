"""Words about the page's own picture belong to it; nothing is made of words that show nothing."""

import pytest

from provenance.attribute import read
from provenance.records import Document, Medium
from tests.attribute.pages import page, slice_of

CAPTION = "A photo said to show the fallen crane at Lodrin."


def article(body: str, *, caption: str = CAPTION, credit: str | None = None, language: str = "en") -> Document:
    text = f"{caption}\n{body}"
    medium = Medium(
        id="m1",
        kind="photo",
        role="lead",
        caption=caption,
        caption_span=slice_of(text, caption),
        credit=credit,
        url="https://a.test/1.jpg",
    )
    return read(page(text, language=language, media=(medium,)))


@pytest.mark.parametrize(
    "body",
    [
        "The picture, which was taken at dawn, shows two men beside the crane.",
        "The photo was obtained by the Tarn Gazette.",
        "A photo that appears to show the wreck spread quickly on social media.",
        "The striking image of the wreck was shared by @lantern_watch.",
        "A photo that has gone around the bay is to be believed, says the mayor.",
        "The mayor told us which dock its engines went to.",
    ],
)
def test_prose_about_the_picture_makes_no_second_one(body: str) -> None:
    """Both "the photo" and "a photo of …" on a page with one picture of its own are that picture."""
    assert [m.id for m in article(body).media] == ["m1"]


def test_what_prose_says_of_the_picture_stands_with_it() -> None:
    """Who posted the page's own picture, as the prose tells, is its account."""
    account = article("The photo was posted by the Telegram channel Lantern Watch.").media[0].account
    assert account is not None
    assert (account.platform, account.name) == ("telegram", "Lantern Watch")


@pytest.mark.parametrize(
    "body",
    [
        "Another photo shows the crane from the other side.",
        "A video shows the crane falling into the basin.",
    ],
)
def test_another_visual_is_another(body: str) -> None:
    """What is called another photo, or a video, is not the picture on the page."""
    assert len(article(body).media) == 2


def test_an_archive_picture_is_not_what_the_prose_speaks_of() -> None:
    """A file photo only illustrates: the photo that the story is about is a visual of its own."""
    found = article(
        "A photo posted on Telegram shows the crane on fire.", caption="A crane in 2019.", credit="File photo: Tarn Gazette"
    )
    assert [m.role for m in found.media] == ["lead", "mentioned"]


@pytest.mark.parametrize(
    "text",
    ["Another photo has been shared widely today.", "Photos were circulating.", "Footage has emerged since then."],
)
def test_a_visual_of_which_nothing_is_known_is_none(text: str) -> None:
    """Without words for what it shows or who put it out, there is no visual to record."""
    assert read(page(text)).media == ()


def test_the_headline_and_the_story_speak_of_one_clip() -> None:
    """The clip that the headline names is the one that the story then introduces."""
    text = "Video shows crane falling into basin\nA short video of the crane at Lodrin was posted by @lantern_watch."
    found = page(text)
    blocks = (found.blocks[0].__class__(kind="headline", start=0, end=text.index("\n")), *found.blocks[1:])
    document = read(found.__class__(source=found.source, facts=found.facts, text=text, blocks=blocks))
    assert [m.kind for m in document.media] == ["video"]


def test_a_description_ends_where_the_sentence_goes_on() -> None:
    """In "a photo of the wreck was found by …" only "the wreck" is shown."""
    found = read(page("A photo of the burning wreck was published by Reuters."))
    assert found.media[0].description is not None
    assert found.media[0].description.text == "the burning wreck"


def test_the_picture_of_what_other_words_name_is_the_lead_picture() -> None:
    """A page with one picture means it by "the picture of the blaze", though its caption says "fire"."""
    text = "Fire at a mill\nThe fire at Tarn mill.\nThe striking picture of the blaze was obtained by The Quayside Gazette."
    lead = Medium(id="m1", kind="photo", role="lead", caption="The fire at Tarn mill.")
    assert [m.id for m in read(page(text, media=(lead,))).media] == ["m1"]


@pytest.mark.parametrize(
    ("language", "caption", "other", "own"),
    [
        ("hi", "टूटे पुल पर बचाव दल।", "रात में जलते तेल टैंकर की तस्वीर वायरल है।", "शहर ने टूटे पुल पर बचाव दल की तस्वीर जारी की।"),
        (
            "tr",
            "Yıkılan köprüde kurtarma ekipleri.",
            "Sosyal medyada gece yanan tankerin fotoğrafı paylaşıldı.",
            "Belediye yıkılan köprüde kurtarma ekiplerinin fotoğrafını yayımladı.",
        ),
    ],
)
def test_what_stands_before_its_noun_tells_which_picture_is_meant(language: str, caption: str, other: str, own: str) -> None:
    """Where words before the noun tell what is shown, a picture of something else is not the one on the page."""
    found = article(f"{other}\n{own}", caption=caption, language=language).media
    mentioned = {m.id: " ".join(s.text for s in m.mentions) for m in found}
    assert len(found) == 2
    assert own.rsplit(maxsplit=1)[-1].strip(".।") in mentioned["m1"]


@pytest.mark.parametrize(
    ("language", "caption", "film", "frames"),
    [
        ("uk", "Спалений силос.", "Відео вибуху оприлюднила у фейсбуці спільнота рибалок.", "На кадрах видно вогняну кулю."),
        (
            "es",
            "El silo quemado.",
            "Un vídeo publicado en TikTok muestra la explosión en el puerto.",
            "En las imágenes se ve una bola de fuego.",
        ),
        (
            "de",
            "Der ausgebrannte Silo.",
            "Ein auf TikTok veröffentlichtes Video zeigt die Explosion im Hafen.",
            "Auf den Bildern ist ein Feuerball zu sehen.",
        ),
    ],
)
def test_the_images_behind_a_word_on_a_film_are_its_frames(language: str, caption: str, film: str, frames: str) -> None:
    """A page's own photograph is not what "the images" show of which the sentence before calls the whole a film."""
    found = {m.id: m for m in article(f"{film} {frames}", caption=caption, language=language).media}
    assert [m.kind for m in found.values()] == ["photo", "video"]
    assert not found["m1"].mentions
