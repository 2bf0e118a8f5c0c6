"""Ratings of fact-checks that stand alone, and names that another language, or another country, gives."""

import pytest

from provenance.attribute import read
from tests.attribute.pages import page

RATINGS = {
    "en": "A photo of a piano on the quay was shared on Facebook.\n\nVerdict: False.",
    "de": "Ein Foto, das ein Klavier am Kai zeigt, wurde auf Facebook geteilt.\n\nBewertung: Falsch.",
    "fr": "Une photo d'un piano sur le quai a été partagée sur Facebook.\n\nVerdict : faux.",
    "es": "Una foto de un piano en el muelle fue compartida en Facebook.\n\nVeredicto: falso.",
    "it": "Una foto di un pianoforte sul molo è stata condivisa su Facebook.\n\nVerdetto: falso.",
    "pt": "Uma foto de um piano no cais foi partilhada no Facebook.\n\nConclusão: falso.",
    "ro": "O fotografie cu un pian pe chei a fost distribuită pe Facebook.\n\nConcluzie: fals.",
    "pl": "Zdjęcie pianina na nabrzeżu udostępniono na Facebooku.\n\nOcena: fałsz.",
    "cs": "Fotografie klavíru na nábřeží byla sdílena na Facebooku.\n\nHodnocení: nepravda.",
    "ru": "Фото пианино на причале распространили в Facebook.\n\nВердикт: неправда.",
    "uk": "Фото піаніно на причалі поширили у Facebook.\n\nВердикт: неправда.",
    "bg": "Снимка на пиано на кея беше споделена във Facebook.\n\nОценка: невярно.",
    "nl": "Een foto van een piano op de kade werd gedeeld op Facebook.\n\nOordeel: onwaar.",
}


@pytest.mark.parametrize("language", sorted(RATINGS))
def test_a_rating_that_stands_alone_is_of_the_visual_spoken_of_last(language: str) -> None:
    """A label with its rating is the page's own verdict, though its line names no visual."""
    document = read(page(RATINGS[language], language=language, published="2041-03-05"))
    (told,) = [c for c in document.claims if c.type == "authenticity"]
    assert told.about == document.media[0].id
    assert told.text in RATINGS[language].rpartition("\n")[2]


@pytest.mark.parametrize(
    "line", ["Verdict: the court ruled on Monday.", "Rating: four stars out of five.", "Falsch: der Kai war leer."]
)
def test_a_label_without_a_rating_is_no_verdict(line: str) -> None:
    """A label is needed, and a rating behind it."""
    document = read(page(f"A photo of a piano on the quay was shared on Facebook.\n\n{line}"))
    assert not [c for c in document.claims if c.type == "authenticity"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Минобороны Чада опубликовало снимок пианино.", "Минобороны Чада"),
        ("Снимок пианино опубликовало чадское Минобороны.", "чадское Минобороны"),
        ("Минобороны России опубликовало снимок пианино.", "Russian Defence Ministry"),
        ("Снимок пианино опубликовало российское Минобороны.", "Russian Defence Ministry"),
    ],
)
def test_the_short_name_of_an_office_is_that_of_the_country_named_beside_it(words: str, name: str) -> None:
    """An office of one country is not put down for that of another which is called the same."""
    assert [c.cited.name for c in read(page(words, language="ru")).citations] == [name]


def test_a_name_keeps_the_small_words_of_its_own_language() -> None:
    """A page in another language cuts no foreign name at "du" or "della"."""
    document = read(page("Кадры показали в сети, пишет издание Le Fil du Lac.", language="ru"))
    assert [c.cited.name for c in document.citations] == ["Le Fil du Lac"]


def test_the_point_behind_a_day_ends_no_clause() -> None:
    """A film that someone "am 3. März" spread is one that was put out."""
    text = "Anders ist es bei dem Video, das der Telegram-Kanal Kai Wacht am 3. März verbreitet hatte."
    document = read(page(text, language="de", published="2041-03-05"))
    assert [(m.kind, m.account and m.account.name) for m in document.media] == [("video", "Kai Wacht")]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        (
            "nl",
            "Op een video die de gemeente Kadedorp zondag op Facebook zette, is te zien hoe een piano valt.",
            "gemeente Kadedorp",
        ),
        ("nl", "De groep Kade Wacht, die een langere versie van de video op Telegram plaatste, zag het.", "Kade Wacht"),
        ("bg", "На видеото, разпространено от общината във Фейсбук, се вижда как пада пиано.", "общината"),
        ("it", "Il video diffuso dal comune di Moletto mostra un pianoforte che cade.", "comune di Moletto"),
    ],
)
def test_a_town_hall_or_group_is_named_where_it_stands_inside_a_clause(language: str, text: str, name: str) -> None:
    """Who put a visual out is told by name, without the platform behind it."""
    cited = [c.cited.name for c in read(page(text, language=language, published="2041-03-05")).citations]
    assert name in cited, cited


def test_a_place_ends_where_the_sentence_goes_on() -> None:
    """No clause, and no word cut in two, is told as a place."""
    text = "Ein Video zeigt, wie am Flughafen Kaidorf ist bei dichtem Nebel eine Kiste mit einem Klavier auseinandergebrochen."
    (medium,) = read(page(text, language="de", published="2041-03-05")).media
    assert all("ist" not in (p.name or "").split() for p in medium.stated_places)


GROUPS = {
    "en": "The group Quay Watch posted a video of a piano on Telegram. The same group said that the quay was empty.",
    "de": "Die Gruppe Kai Wacht stellte ein Klaviervideo auf Telegram. Dieselbe Gruppe schrieb, dass der Kai leer war.",
    "fr": "Le collectif Quai Libre a publié une vidéo d'un piano sur Telegram. Le même collectif affirme que le quai était vide.",
    "es": "El colectivo Muelle Libre publicó un video de un piano en Telegram. El mismo colectivo afirmó que estaba vacío.",
    "it": "Il collettivo Molo Libero ha pubblicato un video di un pianoforte su Telegram. Lo stesso collettivo sostiene.",
    "pt": "O coletivo Cais Livre publicou no Telegram um vídeo de um piano. O mesmo coletivo afirmou que o cais estava vazio.",
    "ro": "Grupul Cheiul Liber a publicat pe Telegram un video cu un pian. Același grup susține că cheiul era gol.",
    "pl": "Grupa Wolne Nabrzeże opublikowała na Telegramie nagranie pianina. Ta sama grupa twierdzi, że nabrzeże było puste.",
    "cs": "Skupina Volné Nábřeží zveřejnila na Telegramu video klavíru. Stejná skupina tvrdí, že nábřeží bylo prázdné.",
    "ru": "Группа «Свободный причал» опубликовала в Telegram видео пианино. Эта же группа утверждает, что причал был пуст.",
    "uk": "Група «Вільний причал» опублікувала в Telegram відео піаніно. Ця ж група стверджує, що причал був порожній.",
    "bg": "Групата „Свободен кей“ публикува в Телеграм видео на пиано. Същата група твърди, че кеят е бил празен.",
    "nl": "De groep Kade Wacht plaatste een video van een piano op Telegram. Dezelfde groep zegt dat de kade leeg was.",
}


@pytest.mark.parametrize("language", sorted(GROUPS))
def test_the_same_group_is_the_one_named_before(language: str) -> None:
    """A follow-up that calls its source only "the same group" is of the source, with its name and platform."""
    first, second = read(page(GROUPS[language], language=language, published="2041-03-05")).citations
    assert (first.relation, second.relation) == ("posted-by", "reports")
    assert (second.cited.name, second.cited.platform) == (first.cited.name, "telegram")
