"""Places that no list knows, by the words around them; all places are invented."""

import pytest

from provenance.attribute import localities, read
from provenance.attribute.lexicon import languages, section
from provenance.records import Medium, Page
from tests.attribute.pages import page, slice_of

PLACES = [
    ("en", "A photo shows a crane near newly flooded Tarnow Quay.", "Tarnow Quay"),
    ("en", "The video was filmed at the Lodrin Training Ground on Monday.", "the Lodrin Training Ground"),
    ("es", "La foto muestra la grúa junto al puente Amari, cerca de Lodrín.", "puente Amari"),
    ("pt", "A foto mostra o guindaste perto de Lodrino.", "Lodrino"),
    ("fr", "La photo montre la grue près de Lodrin.", "Lodrin"),
    ("it", "La foto mostra la gru vicino a Lodrino.", "Lodrino"),
    ("de", "Das Foto zeigt den Kran nahe Lodrin.", "Lodrin"),
    ("pl", "Zdjęcie pokazuje dźwig koło Lodrina.", "Lodrina"),
    ("ro", "Fotografia arată macaraua lângă Lodrina.", "Lodrina"),
    ("ru", "На фото виден кран под Лодриным.", "Лодриным"),
    ("uk", "На фото видно кран біля Лодрина.", "Лодрина"),
    ("bg", "На снимката се вижда кранът край Лодрин.", "Лодрин"),
    ("tr", "Fotoğraf Lodrin'de çekildi.", "Lodrin"),
    ("vi", "Bức ảnh cho thấy cần cẩu gần Lodrin.", "Lodrin"),
    ("ko", "사진에는 로드린 부근에 쓰러진 기중기가 담겼다.", "로드린"),
    ("ja", "写真には、ロドリン村に倒れたクレーンが写っている。", "ロドリン"),
    ("zh", "照片显示,起重机倒在罗德林村附近。", "罗德林村"),
]


def places_of(document_page: Page, number: int = 0) -> list[str]:
    """The names of the places of one medium."""
    return [p.name for p in read(document_page).media[number].stated_places]


@pytest.mark.parametrize(("language", "text", "place"), PLACES)
def test_a_place_is_known_by_the_words_around_it(language: str, text: str, place: str) -> None:
    """What stands after "near" or before "village" is a place, on no list though it be."""
    assert place in places_of(page(text, language=language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A photo shows the Norwegian flag, posted on Telegram in October."),
        ("es", "La foto fue publicada en Telegram."),
        ("ru", "Фото опубликовано в Telegram в понедельник."),
        ("ko", "사진에는 노르웨이 국기가 담겼다."),
    ],
)
def test_nations_platforms_and_months_are_no_places(language: str, text: str) -> None:
    """A flag is of a nation and not where the picture is; networks and months come after "in", too."""
    assert places_of(page(text, language=language)) == []


def test_a_caption_says_where_its_picture_is() -> None:
    """The places of a picture with a caption are those of the caption, however many others the article names."""
    caption = "The crane at Lodrin on Sunday."
    text = f"{caption}\nThe minister spoke near Tarnow, and others in Paris."
    pictures = tuple(
        Medium(id=f"m{n}", kind="photo", role="body", caption=caption, caption_span=slice_of(text, caption)) for n in (1, 2)
    )
    assert places_of(page(text, media=pictures)) == ["Lodrin"]


def test_the_name_of_an_account_is_no_place() -> None:
    """Words that look like a place inside the name of an account are not where its picture was taken."""
    found = page("The photo was posted on the Telegram channel Tarnow Harbour Watch.")
    assert places_of(found) == []


@pytest.mark.parametrize("language", [name for name in languages() if section(name, "localities")])
def test_every_rule_of_the_data_file_compiles(language: str) -> None:
    """Each language's rules make patterns that take any text, and find nothing in none."""
    assert localities.named("", 0, 0, language) == []
    assert localities.named("x " * 50, 0, 100, language) == []


@pytest.mark.parametrize("language", languages())
def test_languages_with_words_have_words_of_posting(language: str) -> None:
    """Each language that has a file has words of posting and nouns for an account in it."""
    posting = section(language, "posting")
    assert posting is not None
    assert posting["verbs"]
    assert posting["accounts"]
