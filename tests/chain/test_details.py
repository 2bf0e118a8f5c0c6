"""Where documents disagree around a visual: numbers, hours, ages, what is heard, how it was got, whose its source is."""

import pytest
from chain_pages import Page
from test_conflicts import conflicts, visual_of

from provenance.chain import cues, quantities
from provenance.records import Party

SEA = Party(name="Sea Watch Office", kind="official")


def shown(name: str, text: str, words: str, language: str = "en", **given: object) -> Page:
    return Page(name, text, language=language).medium(words, **given)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "At least four people died when the pier fell", 4),
        ("en", "The toll stands at eleven", 11),
        ("en", "killed 1,204 people", 1204),
        ("de", "Vier Tote wurden geborgen", 4),
        ("de", "kamen zwölf Menschen ums Leben", 12),
        ("fr", "vingt et un morts", 21),
        ("es", "murieron doce personas", 12),
        ("es", "deja 11 muertos", 11),
        ("pt", "deixa quatro mortos", 4),
        ("it", "ci sono sette morti", 7),
        ("pl", "zginęło 11 osób", 11),
        ("ro", "sunt trei morți", 3),
        ("tr", "Kazada 12 kişi öldü", 12),
        ("nl", "vijf mensen zijn omgekomen", 5),
        ("cs", "zahynulo šest lidí", 6),
        ("ru", "Жертвами стали семь человек", 7),
        ("uk", "загинули п’ять людей", 5),
        ("bg", "загинаха трима души", 3),
        ("ko", "여객선이 뒤집혀 12명이 숨졌다", 12),
        ("ja", "4人が死亡した", 4),
        ("zh", "造成十一人死亡", 11),
        ("hi", "चार लोगों की मौत", 4),
        ("fa", "پنج نفر کشته شدند", 5),
        ("id", "tiga orang tewas", 3),
        ("vi", "bốn người thiệt mạng", 4),
    ],
)
def test_the_dead_are_counted_in_every_language(language: str, text: str, value: float) -> None:
    """Figures and words before or behind the word for the dead, with points between thousands."""
    (dead,) = (u for u in quantities.units() if u.name == "dead")
    assert [q.value for q in quantities.find(dead, text, 0, len(text), language)][:1] == [value]


@pytest.mark.parametrize("text", ["died on 3 March", "killed in 2019", "died at 7:30", "the dead were 40% of the crew"])
def test_days_years_hours_and_shares_are_no_numbers_of_dead(text: str) -> None:
    """What stands near the word for the dead may be when it was."""
    (dead,) = (u for u in quantities.units() if u.name == "dead")
    assert list(quantities.find(dead, text, 0, len(text), "en")) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "None of the 3 people was injured"),
        ("en", "The office denied that 12 people were injured"),
        ("en", "nobody knows how many were injured"),
        ("es", "no hubo 12 heridos"),
        ("pl", "Nikt z 12 pasażerów nie jest ranny"),
        ("ko", "12명이 다친 것은 아니"),
        ("ja", "4人が負傷していない"),
    ],
)
def test_a_denied_number_is_no_number(language: str, text: str) -> None:
    """A figure in a passage that denies it is not what the page says."""
    (injured,) = (u for u in quantities.units() if u.name == "injured")
    assert list(quantities.find(injured, text, 0, len(text), language)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "No one was injured."),
        ("de", "Niemand wurde verletzt."),
        ("fr", "Personne n'a été blessé."),
        ("es", "Nadie resultó herido."),
        ("pt", "Ninguém ficou ferido."),
        ("it", "Nessuno è rimasto ferito."),
        ("pl", "Nikt nie został ranny."),
        ("ro", "Nimeni nu a fost rănit."),
        ("tr", "Yaralanan olmadı."),
        ("nl", "Niemand raakte gewond."),
        ("cs", "Nikdo nebyl zraněn."),
        ("id", "Tidak ada yang terluka."),
        ("vi", "Không ai bị thương."),
        ("ru", "Никто не пострадал."),
        ("uk", "Ніхто не постраждав."),
        ("bg", "Няма пострадали."),
        ("fa", "هیچ کس زخمی نشد"),
        ("hi", "कोई घायल नहीं हुआ"),
        ("ko", "다친 사람은 없었다"),
        ("ja", "けが人はいなかった"),
    ],
)
def test_nobody_is_a_number(language: str, text: str) -> None:
    """That none was hurt is none, in every language, and the words say so; it is not "one was injured"."""
    (injured,) = (u for u in quantities.units() if u.name == "injured")
    assert {q.value for q in quantities.find(injured, text, 0, len(text), language)} == {0.0}


@pytest.mark.parametrize(
    ("language", "text"), [("en", "No fewer than 12 died"), ("fr", "pas moins de 12 morts"), ("ru", "не менее 12 погибших")]
)
def test_a_bound_denies_nothing(language: str, text: str) -> None:
    """That no fewer than 12 died is twelve or more."""
    (dead,) = (u for u in quantities.units() if u.name == "dead")
    assert [q.value for q in quantities.find(dead, text, 0, len(text), language)] == [12]


def test_nobody_here_and_three_there_is_a_conflict() -> None:
    """Each side shows the words that state its number."""
    a = shown("a", "The pier at Dahl fell. No one was injured.", "The pier at Dahl fell")
    b = shown("b", "Der Steg in Dahl stürzt ein. Drei Menschen wurden verletzt.", "Der Steg in Dahl stürzt ein", "de")
    (found,) = conflicts("number", a, b)
    assert {v.value: v.spans[0].text for v in found.values} == {
        "0 injured": "No one was injured",
        "3 injured": "Drei Menschen wurden verletzt",
    }


def test_different_numbers_of_dead_are_told() -> None:
    """Two documents that count the dead differently are in soft conflict, each with its words; two that agree are not."""
    a = shown("a", "The pier at Dahl fell. Four people died.", "The pier at Dahl fell")
    b = shown("b", "Der Steg in Dahl stürzt ein. Elf Tote geborgen.", "Der Steg in Dahl stürzt ein", "de")
    c = shown("c", "The pier falls. At least four people died, police said.", "The pier falls")
    (found,) = conflicts("number", a, b, c)
    assert found.severity == "soft"
    assert {v.value: v.documents for v in found.values} == {"4 dead": ("a", "c"), "11 dead": ("b",)}
    assert conflicts("number", a, c) == []


def test_things_in_the_picture_are_counted_where_it_is_spoken_of() -> None:
    """Forty lorries here and sixty there is a conflict; a figure of the story elsewhere in the text is none."""
    a = shown("a", "A clip shows 40 lorries at the gate. The firm owns 90 lorries.", "40 lorries at the gate", kind="video")
    b = shown("b", "На відео 60 вантажівок біля воріт.", "60 вантажівок біля воріт", "uk", kind="video")
    (found,) = conflicts("number", a, b)
    assert {v.value for v in found.values} == {"40 truck", "60 truck"}


def test_round_figures_of_one_length_are_no_conflict() -> None:
    """Some 40 seconds and 41 seconds are one length; 27 seconds is another."""
    a = shown("a", "A clip of about 40 seconds shows the pier.", "A clip of about 40 seconds shows the pier", kind="video")
    b = shown("b", "Ein Clip von 41 Sekunden zeigt den Steg.", "Ein Clip von 41 Sekunden zeigt den Steg", "de", kind="video")
    c = shown("c", "Un clip de 27 segundos muestra el muelle.", "Un clip de 27 segundos muestra el muelle", "es", kind="video")
    assert conflicts("number", a, b) == []
    assert len(conflicts("number", a, b, c)) == 1


def test_distances_from_two_countries_are_two_distances() -> None:
    """Kilometres are compared where both are from one country or none is named."""
    a = shown("a", "The quay lies 200 km from the border with Chile.", "The quay")
    b = shown("b", "Der Kai liegt 320 Kilometer von der Grenze zu Chile.", "Der Kai", "de")
    c = shown("c", "El muelle está a 700 km de Bolivia.", "El muelle", "es")
    assert len(conflicts("number", a, b)) == 1
    assert conflicts("number", a, c) == []


def test_hours_of_one_arrival() -> None:
    """Two hours of an arrival differ softly, for clocks do; half an hour is no difference."""
    a = shown("a", "The president landed at 02:15 on Saturday. A photo of the plane.", "A photo of the plane")
    b = shown("b", "El presidente aterrizó a las 3 de la madrugada. Foto del avión.", "Foto del avión", "es")
    c = shown("c", "Der Präsident landete um 2.20 Uhr. Foto des Flugzeugs.", "Foto des Flugzeugs", "de")
    (found,) = conflicts("date", a, b)
    assert (found.severity, {v.value for v in found.values}) == ("soft", {"02:15", "03:00"})
    assert "zones" in found.reading
    assert conflicts("date", a, c) == []


def test_a_place_that_is_said_not_to_be_known() -> None:
    """One names the town, another says that the place is unknown: both are shown."""
    a = shown("a", "Filmed in Marseille.", "Filmed in Marseille", kind="video", places=[("Marseille", "Marseille")])
    b = shown("b", "Le lieu est inconnu.", "Le lieu", "fr", kind="video")
    (found,) = conflicts("place", a, b)
    assert {v.value for v in found.values} == {"Marseille", "not known"}


def test_hours_since_it_was_made_are_not_hours_since_it_was_had() -> None:
    """That it is "no older than 48 hours" is of the film; "received within 48 hours" is of who has it."""
    a = shown("a", "The clip is no older than 48 hours, the group said.", "The clip", kind="video")
    b = shown("b", "Il gruppo ha ricevuto il video entro 48 ore.", "il video", "it", kind="video")
    (found,) = conflicts("date", a, b)
    assert {v.value for v in found.values} == {"its age", "since it was had"}


def test_what_is_heard() -> None:
    """A language and an accent of it are not the same thing to hear."""
    a = shown("a", "The men in the clip are speaking Polish.", "The men in the clip", kind="video")
    b = shown("b", "The men speak with a Polish accent in the clip.", "The men", kind="video")
    (found,) = conflicts("depiction", a, b)[-1:]
    assert "heard" in found.reading


def test_how_a_paper_was_got() -> None:
    """Found here, handed over there."""
    a = shown("a", "A form discovered by guards lists ships.", "A form", kind="document")
    b = shown("b", "A form handed to the paper lists ships.", "A form", kind="document")
    (found,) = conflicts("origin", a, b)
    assert {v.value for v in found.values} == {"found", "handed over"}


def test_whose_the_source_is() -> None:
    """One office, called a part of the army here and of a ministry there, is told as a conflict of origin."""
    a = shown("a", "A photo from the army's Sea Watch Office.", "A photo").cites(
        SEA, "from the army's Sea Watch Office", "posted-by"
    )
    b = shown("b", "A photo from the Sea Watch Office under the culture ministry.", "A photo")
    b.cites(SEA, "from the Sea Watch Office under the culture ministry", "posted-by")
    (found,) = conflicts("origin", a, b)
    assert {v.value for v in found.values} == {"the army", "a ministry"}


def test_one_thing_instead_of_another_of_its_kind() -> None:
    """A bus where the others have a train is a conflict of what it shows; a lorry and a tanker lorry are not."""
    a = shown("a", "The train falls off the bridge.", "The train falls off the bridge", kind="video")
    b = shown("b", "El autobús cae del puente.", "El autobús cae del puente", "es", kind="video")
    (found,) = conflicts("depiction", a, b)
    assert {v.value for v in found.values} == {"bus", "train"}
    c = shown("c", "The lorry falls off the bridge.", "The lorry falls off the bridge", kind="video")
    d = shown("d", "The tank lorry falls off the bridge.", "The tank lorry falls off the bridge", kind="video")
    assert conflicts("depiction", c, d) == []


def test_every_unit_and_cue_is_found_in_its_own_language() -> None:
    """Each form of each unit is found behind a figure, and each cue where it stands alone: an example for every word."""
    raw = quantities._table()
    lost = []
    for unit in quantities.units():
        for language, forms in raw["unit"][unit.name].items():
            if language in ("scope", "slack"):
                continue
            for form in forms:
                text = f"7{'' if language in quantities.UNSPACED else ' '}{form.rstrip('*')}"
                if not list(quantities.find(unit, text, 0, len(text), language)):
                    lost.append((unit.name, language, form))
    for group, table in cues._tables().items():
        for language, forms in table.items():
            for form in forms:
                text = form.replace("*", "")
                if not cues.find(group, text, 0, len(text), "ru" if language == "other" else language):
                    lost.append((group, language, form))
    assert lost == []


def test_a_page_alone_makes_no_conflict_of_numbers() -> None:
    """Two figures in one document are its own matter."""
    page = shown("a", "Four people died. Later eleven people died.", "Four people died")
    assert [c for c in visual_of(page).conflicts if c.field == "number"] == []


@pytest.mark.parametrize(
    ("unit", "language", "text", "value"),
    [
        ("injured", "fr", "Onze personnes auraient été blessées.", 11),
        ("injured", "it", "Sette persone sarebbero rimaste ferite.", 7),
        ("hectares", "en", "The fire has burned 31,000 hectares.", 31_000),
        ("hectares", "uk", "Вогонь знищив 31 тисячу гектарів.", 31_000),
        ("missing", "de", "Drei Menschen werden vermisst.", 3),
        ("held", "ko", "경찰은 4명을 체포했다", 4),
    ],
)
def test_auxiliaries_stand_between_and_more_is_counted(unit: str, language: str, text: str, value: float) -> None:
    """Verbs that help may stand between a number and what happened; land, people missing and people held are numbers, too."""
    (wanted,) = (u for u in quantities.units() if u.name == unit)
    assert [q.value for q in quantities.find(wanted, text, 0, len(text), language)] == [value]


def test_who_stands_beside_them_is_counted_in_the_next_sentence() -> None:
    """One man here and two men there; people of a sentence that goes on with something else are not what is seen."""
    a = shown("a", "A clip shows a tractor. One man stands behind them.", "A clip shows a tractor", kind="video")
    b = shown("b", "El video muestra un tractor. Detrás de ellos van dos hombres.", "muestra un tractor", "es", kind="video")
    c = shown("c", "A clip shows a tractor. Two men sold it.", "A clip shows a tractor", kind="video")
    (found,) = conflicts("number", a, b)
    assert {v.value: v.spans[0].text for v in found.values} == {"1 people": "One man", "2 people": "dos hombres"}
    assert conflicts("number", a, c) == []


def test_every_number_in_words_is_read() -> None:
    """Each word for a number, and each rough one, counts the dead or injured of its language as what it means."""
    raw = quantities._table()
    (dead,) = (u for u in quantities.units() if u.name == "dead")
    lost = []
    for language, forms in raw["unit"]["dead"].items():
        if language in ("scope", "slack"):
            continue
        words = {f: (n, None) for n, fs in enumerate(raw["numbers"].get(language, []), 1) for f in fs.split("|")}
        words |= {f: (n * 10, None) for n, fs in enumerate(raw["tens"].get(language, []), 3) for f in fs.split("|")}
        words |= {f: ends for size, ends in quantities.VAGUE.items() for f in raw[size][language]}
        for word, (least, most) in words.items():
            text = f"{word}{'' if language in quantities.UNSPACED else ' '}{forms[0].rstrip('*')}"
            found = [(q.value, q.most) for q in quantities.find(dead, text, 0, len(text), language)]
            if found[:1] != [(float(least), most)]:
                lost.append((language, word, found))
    assert lost == []


def test_dozens_agree_with_forty_and_not_with_none() -> None:
    """A rough word is any number of its size; nobody is not, nor are six."""
    a = shown("a", "The pier at Dahl fell. Dozens of people were injured.", "The pier at Dahl fell")
    b = shown("b", "Der Steg in Dahl stürzt ein. Niemand wurde verletzt.", "Der Steg in Dahl stürzt ein", "de")
    c = shown("c", "L'embarcadère de Dahl s'effondre. Quarante blessés.", "L'embarcadère de Dahl s'effondre", "fr")
    (found,) = conflicts("number", a, b)
    assert {v.value for v in found.values} == {"0 injured", "20 to 150 injured"}
    assert conflicts("number", a, c) == []


def test_hours_of_one_event() -> None:
    """Two hours of what happened differ softly; one by another clock, as it is said, is no other hour."""
    a = shown("a", "The pier at Dahl collapsed at 05:40. A photo of the pier.", "A photo of the pier")
    b = shown("b", "El muelle de Dahl se derrumbó a las 6:40 de la mañana. Foto del muelle.", "Foto del muelle", "es")
    c = shown("c", "Der Steg in Dahl stürzte um 6.40 Uhr MESZ ein. Foto des Stegs.", "Foto des Stegs", "de")
    d = shown("d", "O cais de Dahl desabou às 05h40 (02h40 em Brasília). Foto do cais.", "Foto do cais", "pt")
    (found,) = conflicts("date", a, b)
    assert (found.severity, {v.value for v in found.values}) == ("soft", {"05:40", "06:40"})
    assert conflicts("date", a, c) == []
    assert conflicts("date", a, d) == []


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "All 54 people on board are unhurt", 0),
        ("de", "Alle Insassen blieben unverletzt", 0),
        ("fr", "Les passagers sont indemnes", 0),
        ("ru", "Все пассажиры невредимы", 0),
        ("zh", "机上54人全部平安", 0),
        ("en", "Two are unhurt, 12 were injured", 12),
        ("ru", "На борту были люди, 12 получили травмы", 12),
    ],
)
def test_unhurt_is_none_injured_where_no_others_are_counted(language: str, text: str, value: float) -> None:
    """That all are unhurt is a number of injured; where some are counted, they are the number."""
    (injured,) = (u for u in quantities.units() if u.name == "injured")
    assert [q.value for q in quantities.find(injured, text, 0, len(text), language)] == [value]


def test_how_many_were_aboard() -> None:
    """Two pages that differ on who was in the aeroplane disagree; a round figure does not."""
    a = shown("a", "The plane at Dahl had 54 people on board.", "The plane at Dahl")
    b = shown("b", "На борту самолёта в Даль находились 72 человека.", "самолёта в Даль", "ru")
    c = shown("c", "Das Flugzeug in Dahl hatte gut 50 Passagiere.", "Das Flugzeug in Dahl", "de")
    assert {"54 aboard", "72 aboard"} in [{v.value for v in found.values} for found in conflicts("number", a, b)]
    assert not any("aboard" in v.value for found in conflicts("number", a, c) for v in found.values)


def test_the_car_of_a_dashcam_is_not_what_it_shows() -> None:
    """A lorry here and a bus there differ, though the camera is called that of a car in both."""
    a = shown("a", "Dashcam footage: a lorry is hit by the wing.", "Dashcam footage: a lorry is hit by the wing", kind="video")
    text = "Запись автомобильного регистратора: крыло задевает автобус"
    b = shown("b", f"{text}.", text, "ru", kind="video")
    (found,) = conflicts("depiction", a, b)
    assert {v.value for v in found.values} == {"bus", "truck"}


def test_a_man_here_and_a_woman_there() -> None:
    """Who is seen is told softly where pages differ; a page that tells of both says nothing."""
    a = shown("a", "The clip shows a man at the gate.", "a man at the gate", kind="video")
    b = shown("b", "Das Video zeigt eine Frau am Tor.", "eine Frau am Tor", "de", kind="video")
    c = shown("c", "On y voit un homme et une femme.", "un homme et une femme", "fr", kind="video")
    for page in (a, b, c):
        page.claim(page.media[0].description.text, "depiction")
    (found,) = conflicts("depiction", a, b)
    assert (found.severity, {v.value for v in found.values}) == ("soft", {"a man", "a woman"})
    assert not any("Who" in found.reading for found in conflicts("depiction", a, c))
