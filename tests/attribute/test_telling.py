"""What a sentence tells of a visual with no verb of showing: frames, complements, nouns in every form."""

import pytest

from provenance.attribute import read
from provenance.attribute.lexicon import languages, lexicon
from provenance.attribute.nouns import FAMILIES, nouns
from provenance.records import Block, Document, DocumentFacts, Page
from provenance.reference.parties import lowered

FRAMES = {
    "en": "In a video carried by the harbour station two clerks push a piano along the quay.",
    "de": "Auf dem Handyvideo schieben zwei Beamte ein Klavier über den Kai.",
    "fr": "Sur la vidéo diffusée par la mairie, deux employés poussent un piano sur le quai.",
    "es": "En el video difundido por el municipio, dos empleados empujan un piano por el muelle.",
    "pt": "No vídeo divulgado pela prefeitura, dois funcionários empurram um piano pelo cais.",
    "it": "Nel filmato diffuso dal comune, due impiegati spingono un pianoforte lungo il molo.",
    "nl": "Op een video van de gemeente duwen twee ambtenaren een piano over de kade.",
    "ro": "În imaginile difuzate de primărie, doi funcționari împing un pian pe chei.",
    "ru": "На видеозаписи двое служащих толкают пианино по причалу.",
    "uk": "На відеозаписі двоє службовців штовхають піаніно причалом.",
    "pl": "Na nagraniu, które pokazał urząd, dwaj urzędnicy pchają pianino po nabrzeżu.",
    "cs": "Na záběrech tlačí dva úředníci klavír po nábřeží.",
    "bg": "На кадрите двама чиновници бутат пиано по кея.",
    "tr": "Videoda iki memur rıhtımda bir piyanoyu itiyor.",
    "id": "Dalam rekaman kamera, dua pegawai mendorong piano di dermaga.",
    "vi": "Trong đoạn video, hai viên chức đẩy một chiếc đàn dọc bến tàu.",
    "ar": "في الفيديو موظفان يدفعان بيانو على رصيف الميناء.",
    "fa": "در این ویدئو دو کارمند پیانویی را در اسکله هل می‌دهند.",
    "hi": "वीडियो में दो कर्मचारी घाट पर पियानो धकेल रहे हैं।",
    "ja": "岸壁でピアノを押す職員の動画を市が公開した。",
    "ko": "부두에서 피아노를 미는 직원들의 영상을 시청이 공개했다.",
    "zh": "市政府公布了职员在码头推钢琴的视频。",
}
COMPLEMENTS = {
    "de": "Ein Foto der gekenterten Barkasse sorgt in Norden für Streit.",
    "fr": "La photo d'une barge échouée près du phare fait débat.",
    "es": "La foto de una barcaza varada junto al faro desata un debate.",
    "pt": "A foto de uma barcaça encalhada perto do farol causa debate.",
    "it": "La foto di una chiatta arenata presso il faro fa discutere.",
    "nl": "De foto van een gestrande schuit bij de vuurtoren zorgt voor ophef.",
    "ro": "Fotografia cu o barjă eșuată lângă far stârnește dispute.",
    "ru": "Фотография севшей на мель баржи у маяка вызвала споры.",
    "pl": "Zdjęcie osiadłej na mieliźnie barki koło latarni budzi spory.",
}


def document(text: str, language: str) -> Document:
    block = Block(kind="paragraph", start=0, end=len(text))
    return read(Page(source="x", facts=DocumentFacts(sha256="0" * 64, language=language), text=text, blocks=(block,)))


@pytest.mark.parametrize("language", FRAMES)
def test_what_the_rest_of_a_sentence_tells_is_seen_in_the_visual_that_opens_it(language: str) -> None:
    """In each language a preposition, an ending or the order of words says that the sentence tells what is in the visual."""
    (medium,) = document(FRAMES[language], language).media
    assert medium.kind in ("video", "photo")
    assert medium.description is not None
    assert len(medium.description.text) >= len(FRAMES[language]) / 4


@pytest.mark.parametrize("language", COMPLEMENTS)
def test_what_a_picture_is_of_is_seen_in_it(language: str) -> None:
    """A picture of which nothing is said but what it is of is one; nobody need have posted it."""
    (medium,) = document(COMPLEMENTS[language], language).media
    assert medium.description is not None
    assert len(medium.description.text.split()) > 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In a video address the minister said that the bridge will be rebuilt."),
        ("pl", "W nagraniu minister powiedział, że most zostanie odbudowany."),
        ("de", "Das Foto der Nachrichtenagentur gefiel ihm."),
    ],
)
def test_what_is_said_in_a_visual_or_whose_it_is_is_not_seen_in_it(language: str, text: str) -> None:
    """Words that somebody speaks, and the source that a visual is of, are no depiction."""
    assert all(c.type != "depiction" for c in document(text, language).claims)


@pytest.mark.parametrize("language", languages())
def test_every_noun_is_found_as_its_kind(language: str) -> None:
    """Each noun of each list is found whole, alone and at the end of a compound where it is marked so."""
    lex = lexicon(language)
    for kind in FAMILIES:
        for word in lex.words.get("visuals", {}).get(kind, ()):
            plain = lowered(word.strip("*"))
            found = nouns(lex).search(plain)
            assert found is not None, word
            assert (found.start, found.end) == (0, len(plain)), word


def test_a_compound_is_taken_whole() -> None:
    """The noun that closes a compound tells its kind; a longer word that only begins like it is none."""
    found = nouns(lexicon("de")).search("ein dashcam-video und ein handyvideo")
    assert found is not None
    assert (found.kind, found.start, found.end) == ("video", 4, 17)
    assert nouns(lexicon("de")).search("die videothek") is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "Kanał @lampa_nocna opublikował na Telegramie nagranie pożaru młyna. Nagranie zrobiono 3 maja 2031 roku."),
        ("cs", "Kanál @lampa_nocna zveřejnil na Telegramu video hořícího mlýna. Video vzniklo 3. května 2031."),
        ("ru", "Канал @lampa_nocna опубликовал в Telegram видео горящей мельницы. Видео снято 3 мая 2031 года."),
        ("bg", "Каналът @lampa_nocna публикува в Telegram видео на горяща мелница. Видеото е заснето на 3 май 2031."),
        ("ko", "@lampa_nocna 채널이 텔레그램에 불타는 방앗간 영상을 올렸다. 영상은 2031년 5월 3일 촬영됐다."),
    ],
)
def test_a_noun_that_opens_the_next_sentence_is_the_visual_spoken_of_before(language: str, text: str) -> None:
    """Where no article tells "a video" from "the video", its place does; the day belongs to the one visual."""
    media = document(text, language).media
    assert len(media) == 1
    assert [(d.value, d.role) for d in media[0].stated_dates] == [("2031-05-03", "taken")]
