"""What makes two visuals that are known from words alone one, and what does not."""

import random
import tomllib
from importlib.resources import files

import pytest
from cases import grouped, stored
from chain_pages import Page, account, agency, origin

from provenance.chain import Grouping
from provenance.chain.appearance import appearances
from provenance.chain.scenes import ENOUGH, is_vague, same_scene, worth
from provenance.chain.words import lexicon, read
from provenance.records import Party

FLAGS = {
    "en": "the flags of Peru and Nepal over an old mine",
    "de": "die Flaggen von Peru und Nepal über einem Bergwerk",
    "fr": "les drapeaux du Pérou et du Népal sur une mine",
    "es": "las banderas de Perú y de Nepal sobre una mina",
    "pt": "as bandeiras do Peru e do Nepal sobre uma mina",
    "it": "le bandiere del Perù e del Nepal su una miniera",
    "pl": "flagi Peru i Nepalu nad kopalnią",
    "ro": "steagul Peru și steagul Nepal deasupra unei mine, la mina veche",
    "tr": "Peru ve Nepal bayrakları bir madende",
    "ru": "флаги Перу и Непала над шахтой",
    "uk": "прапори Перу і Непалу над шахтою",
    "bg": "знамената на Перу и Непал над рудника",
    "et": "Peruu ja Nepali lipud kaevanduse kohal",
    "hu": "Peru és Nepál zászlói egy bánya felett",
    "vi": "quốc kỳ Peru và Nepal trên mỏ than",
    "hi": "पेरू और नेपाल के झंडे एक खदान पर",
    "fa": "پرچم پرو و نپال بر فراز معدن",
    "ar": "علم بيرو وعلم نيبال فوق منجم",
    "zh": "秘鲁和尼泊尔的国旗在一座矿山上",
    "ja": "ペルーとネパールの国旗が鉱山の上に",
    "ko": "페루와 네팔 국기가 광산 위에",
}


def shown(name: str, words: str, language: str = "en", *, kind: str = "photo", **given) -> Page:
    """A page that speaks of one visual without bytes."""
    return Page(name, f"{words}.", len(name), language=language).medium(words, kind=kind, **given)


def points(left: Page, right: Page) -> float:
    (a,), (b,) = appearances(left.stored()), appearances(right.stored())
    scored = same_scene(a, b)
    return scored[0] if scored else 0.0


def joined(*pages: Page) -> bool:
    grouping = Grouping()
    for at, page in enumerate(pages, 1):
        page.sequence = at
        grouping.add(page.stored())
    return len({grouping.resolve(f"{p.id}/m1") for p in pages}) == 1


@pytest.mark.parametrize("language", FLAGS)
def test_what_is_shown_is_read_alike_in_every_language(language: str) -> None:
    """Two nations' flags over a mine are the same things of the same nations in each of the languages."""
    found = read([FLAGS[language]], language)
    assert {"flag", "mine"} <= found.things
    assert {"PE", "NP"} <= found.nations


@pytest.mark.parametrize("language", [name for name in FLAGS if name != "en"])
def test_two_telling_things_of_the_same_nations_join_across_languages(language: str) -> None:
    """The flags of two nations and a mine are enough with one platform; the reason says what both show."""
    left = shown("a", FLAGS["en"], account=origin("", "telegram"))
    right = shown("b", FLAGS[language], language, account=origin("", "telegram"))
    assert joined(left, right)
    (a,), (b,) = appearances(left.stored()), appearances(right.stored())
    _, edge = same_scene(a, b) or (0, None)
    assert edge is not None
    assert (edge.how, edge.confidence) == ("described", "likely")
    assert "both show flag" in edge.why


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("a bridge that collapsed in Peru", "the bridge in Peru as it falls"),
        ("smoke after an explosion in Nepal", "an explosion and smoke in Nepal"),
        ("soldiers of Peru", "soldiers of Peru near the border"),
        ("a fire in a building in Nepal", "a building on fire, Nepal"),
    ],
)
def test_a_topic_is_no_visual(left: str, right: str) -> None:
    """The event and its country are what all its pictures share: never enough."""
    assert points(shown("a", left), shown("b", right)) < ENOUGH
    assert not joined(shown("a", left), shown("b", right))


def test_still_and_footage_of_one_thing_stay_apart() -> None:
    """A photo and a video of the same flags over the same mine are two visuals."""
    assert not joined(shown("a", FLAGS["en"]), shown("b", FLAGS["en"], kind="video"))


def test_different_named_accounts_weigh_against() -> None:
    """Two handles that each posted flags of the same nations give less than one handle that did."""
    pages = [
        shown(name, FLAGS["en"], account=origin(handle)).cites(account(handle), "the flags", "posted-by")
        for name, handle in (("a", "orskwatch"), ("b", "orskwatch"), ("c", "0rskwatch"))
    ]
    assert points(pages[0], pages[1]) >= points(pages[0], pages[2]) + 5


def test_days_that_exclude_one_another_keep_apart() -> None:
    """The same things with stated days weeks apart are not one visual, whatever else agrees."""
    left = Page("a", f"{FLAGS['en']}, posted on 1 May").medium(FLAGS["en"], dates=[("2031-05-01", "posted", "1 May")])
    right = Page("b", f"{FLAGS['en']}, posted on 21 May", 2).medium(FLAGS["en"], dates=[("2031-05-21", "posted", "21 May")])
    assert points(left, right) == 0
    assert not joined(left, right)


def test_pictures_that_agencies_credit_are_left_alone() -> None:
    """One visit gives an agency hundreds of frames: the same credit, things and day make no two of them one."""
    pages = [
        shown(n, "Leaders of Peru and Nepal shake hands under their flags", credit_parties=("Reuters", "Ana Ruiz")) for n in "ab"
    ]
    pages[0].text += " One."
    assert points(*pages) == 0


def test_one_agency_and_a_rare_document_join() -> None:
    """A questionnaire that two pages have through one agency, of one nation, is one document."""
    pages = [
        shown(n, f"a questionnaire of the army of Peru {w}", kind="document").cites(
            agency("Reuters"), "a questionnaire", "reports"
        )
        for n, w in (("a", "was shown"), ("b", "turned up"))
    ]
    assert joined(*pages)


def test_scenes_of_one_war_do_not_drift_together() -> None:
    """Hundreds of photos drawn from one short list of things, nations and towns stay apart but for a few that agree in all."""
    draw = random.Random(7)  # noqa: S311 - a fixed drawing of test pages, no secret
    things = ["flag", "bridge", "tank", "bus", "train", "ship", "helicopter", "dam", "prison", "market", "statue", "stadium"]
    nations, towns = ["Peruvian", "Nepalese", "Polish", "French", "Indian"], ["Lima", "Kathmandu", "Warsaw", "Delhi", "Paris"]
    grouping = Grouping()
    for at in range(250):
        words = f"a {draw.choice(nations)} {draw.choice(things)} and a {draw.choice(things)} of {draw.choice(nations)} soldiers"
        page = Page(f"d{at}", f"A photo showed {words} in {draw.choice(towns)}. It was number {at}.", at + 1)
        grouping.add(page.medium(words).stored())
    assert max(v.documents for v in grouping.visuals()) <= 12


def test_a_mere_mention_is_vague() -> None:
    """The words "the picture" tell nothing; a thing, a handle or bytes do."""
    (vague,) = appearances(shown("a", "the picture").stored())
    (told,) = appearances(shown("b", "a lighthouse and a bridge").stored())
    assert is_vague(vague)
    assert not is_vague(told)


def test_unsure_pairs_are_suggested() -> None:
    """What is almost enough is shown to an analyst, with its points, and not joined."""
    grouping = Grouping()
    for at, language in enumerate(("en", "de"), 1):
        page = shown(f"p{at}", {"en": "a flag and a bus of Peru", "de": "eine Flagge und ein Bus aus Peru"}[language], language)
        page.sequence = at
        grouping.add(page.stored())
    assert len(grouping.visuals()) == 2
    (suggestion,) = grouping.suggestions()
    assert "flag" in suggestion.why


def test_every_weight_is_of_a_known_thing_and_given_once() -> None:
    """A desk that edits the weights cannot misspell a concept without notice."""
    table = tomllib.loads(files("provenance.chain").joinpath("data", "weights.toml").read_text(encoding="utf-8"))
    listed = [t for group in table.values() if isinstance(group, dict) for t in group["things"]]
    lex = lexicon()
    known = {c for f in (*lex.latin.values(), lex.other) for c in (*f.whole.values(), *f.stems.values())}
    assert set(listed) <= known, sorted(set(listed) - known)
    assert len(listed) == len(set(listed))
    assert worth("explosion") < worth("car") < worth("flag") < worth("volcano")


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        ("Drone footage of the fallen dam at Kallavesi", "a drone video of the broken dam at Kallavesi", True),
        ("Drone footage of the fallen dam at Kallavesi", "a security camera video of the dam at Kallavesi", False),
        ("a satellite image of the dam at Kallavesi", "a security camera video of the dam at Kallavesi", False),
    ],
)
def test_how_it_was_taken_tells_pictures_of_one_event_apart(left: str, right: str, *, one: bool) -> None:
    """One dam, one place, three cameras: only pictures of one camera are one."""
    assert joined(shown("a", left, kind="video"), shown("b", right, kind="video")) is one


def test_a_changed_credit_does_not_hide_a_picture_that_is_taken_alike() -> None:
    """A drone photo that a page credits to itself is still the agency's; a plain photo of another maker is not."""
    drone = [
        shown(n, f"A drone photo of the dam at Kallavesi, {n}", credit=c, credit_parties=(c,))
        for n, c in (("a", "Ria Oja"), ("b", "Dambo"))
    ]
    plain = [
        shown(n, f"A photo of the dam at Kallavesi, {n}", credit=c, credit_parties=(c,))
        for n, c in (("a", "Ria Oja"), ("b", "Dambo"))
    ]
    assert points(*drone) > points(*plain)


def test_a_correction_is_of_the_picture_that_it_puts_right() -> None:
    """A page that corrects another day and place is joined with what it corrects, by what both show in one country."""
    wrong = Page("a", "On the photo taken on 10 April the bridge in Tacna, Peru, is decked with flags.").medium(
        "the bridge in Tacna, Peru, is decked with flags",
        dates=[("2031-04-10", "taken", "10 April")],
        places=[("Tacna", "Tacna")],
    )
    right = Page("b", "Correction\nThe photo of a bridge in Peru with flags was taken in Cusco on 2 May 2019.").medium(
        "a bridge in Peru with flags", dates=[("2019-05-02", "taken", "2 May 2019")], places=[("Cusco", "Cusco")]
    )
    assert joined(wrong, right)
    right.text = right.text.replace("Correction", "Pictures  ")
    assert not joined(wrong, right)


def test_footage_may_be_called_images() -> None:
    """What Spanish calls "imágenes" may be a film; "fotografías" are none."""
    film = shown("a", "The video shows the twisting bridge in Peru snapping", kind="video")
    either = shown("b", "Las imágenes del puente que se retuerce en Perú", "es")
    still = shown("c", "Las fotografías del puente que se retuerce en Perú", "es")
    assert points(film, either) > 0
    assert points(film, still) == 0


def test_an_old_picture_is_known_by_its_maker() -> None:
    """A photographer's frames of one day stay apart; one that another page calls an archive picture of theirs is likely that."""
    new = shown("a", "The bridge on its opening day with flags", credit_parties=("Nino Paraz",), credit="Nino Paraz")
    new.cites(Party(name="Nino Paraz", kind="expert"), "The bridge", "credits")
    fresh = shown("b", "The bridge with flags on its opening day", credit_parties=("Nino Paraz",), credit="Nino Paraz")
    fresh.cites(Party(name="Nino Paraz", kind="expert"), "The bridge", "credits")
    old = shown(
        "c", "Archive photo of the bridge with flags on its opening day", credit_parties=("Nino Paraz",), credit="Nino Paraz"
    )
    old.cites(Party(name="Nino Paraz", kind="expert"), "Archive photo", "credits")
    assert points(new, fresh) == 0
    assert points(new, old) >= ENOUGH


def test_what_is_told_of_the_other_picture_is_not_told_of_this_one() -> None:
    """On a page with a film and a form, the words on the form are no words on the film."""
    text = "A video shows troops in a field. A questionnaire for uniforms was found beside a silo."
    page = Page("a", text).medium("troops in a field", kind="video").medium("A questionnaire for uniforms", kind="document")
    film, _ = appearances(page.stored())
    assert "questionnaire" not in film.things_wide
    assert "silo" in film.things_wide


def test_two_towns_that_exclude_one_another_speak_against_it() -> None:
    """The same things of the same nation in two towns far apart are less likely one picture than in one town."""
    lima = Page("a", "A photo shows a Peruvian train and a statue in Lima.").medium("a Peruvian train and a statue")
    also = Page("b", "In Lima a photo shows a Peruvian train beside a statue.").medium("a Peruvian train beside a statue")
    paris = Page("c", "In Paris a photo shows a Peruvian train beside a statue.").medium("a Peruvian train beside a statue")
    assert points(lima, also) >= points(lima, paris) + 1.5


def test_the_only_picture_from_one_source_at_one_event() -> None:
    """Two pages that each have one photo from one group, of one named event, share it even where few things are known."""
    group = Party(name="Delta Gate Group", kind="organisation")
    left = Page("a", "A photo from Delta Gate Group shows the mayor of Tulcea at a boat.").medium("the mayor of Tulcea")
    right = Page("b", "Das Foto von Delta Gate Group zeigt den Mann aus Tulcea neben einem Boot.", language="de").medium(
        "den Mann aus Tulcea"
    )
    left.cites(group, "from Delta Gate Group", "provided-by")
    right.cites(group, "von Delta Gate Group", "posted-by")
    assert joined(left, right)


def test_an_unknown_pair_of_nations_is_known_from_the_list_of_countries() -> None:
    """Every country has its name in the languages that are read, with its cases."""
    for language, text in (("pl", "w Kenii"), ("ru", "в Замбии"), ("ja", "ケニアの"), ("cs", "v Keni"), ("nl", "in Kenia")):
        assert read([text], language).nations <= {"KE", "ZM"}
    assert read(["w Kenii"], "pl").nations == {"KE"}
    assert read(["в Замбии"], "ru").nations == {"ZM"}
    assert read(["ケニアの橋"], "ja").nations == {"KE"}


def test_a_paper_is_no_footage() -> None:
    """A list and a film that one page tells of are two, though the words around the list speak of the film."""
    paper = shown("a", "A list of passengers on the ferry, in a video of the port", kind="document")
    film = shown("b", "A list of passengers on the ferry, in a video of the port", kind="video")
    (a,), (b,) = appearances(paper.stored()), appearances(film.stored())
    assert same_scene(a, b) is None


STILLS = [
    """La foto del silo no es nueva
La foto del silo que arde en el puerto de Lira la subió a X la cuenta @torre_lira el lunes por la mañana, y la tomó Ana Montes.
Foto: Ana Montes / El Faro""",
    """Das Foto vom Silo ist nicht neu
Das Foto, auf dem der Silo im Hafen von Lira brennt, hat die Nutzerin @torre_lira am Montag auf X gepostet; es ist von Ana Montes.
Foto: Ana Montes / Der Turm""",
]
FILM = """Silo burns in port
Video posted on TikTok by a fisherman on Monday shows the silo in the port of Lira burning and its roof lifting
off on a column of fire."""


@pytest.mark.parametrize("still", STILLS)
def test_what_a_page_calls_a_photograph_is_no_footage(still: str) -> None:
    """A post may hold either; where the words around it say photograph, a film of the same event is another visual."""
    rows = [("still", still), ("moving", FILM)]
    found = grouped({"page": [{"id": i, "text": t, "published": "2031-05-05", "url": f"https://{i}.example"} for i, t in rows]})
    assert [len({m.document for m in v.members}) for v in found] == [1, 1]


FRAMES = """Explozie la silozul din portul Lira
O explozie puternică a zguduit luni seară silozul din portul Lira. Patru muncitori au fost răniți.
Imaginile au apărut mai întâi pe grupul de Facebook „Pescarii din Lira”, unde au fost încărcate la ora 20:05.
În cele 23 de secunde se vede o minge de foc ridicându-se deasupra silozului.
Sursă video: Pescarii din Lira / Facebook"""
BESIDE_IT = """Вибух на силосі в порту Ліра
Відео вибуху оприлюднила у фейсбуці спільнота рибалок «Пескарій дін Ліра». На кадрах видно вогняну кулю над силосом.
Фотографію спаленого силосу вранці поширило агентство «Ліра-прес».
Фото: Раду Москвін, «Ліра-прес»"""


def test_images_from_the_source_of_a_page_s_one_film_are_its_frames() -> None:
    """A photographer's picture on another page is not joined with them, so nobody is told that two makers are named for one."""
    rows = [("film", FRAMES), ("both", BESIDE_IT)]
    found = grouped({"page": [{"id": i, "text": t, "published": "2031-05-06", "url": f"https://{i}.example"} for i, t in rows]})
    of_photographer = [v for v in found if any("Москвін" in (m.credit or "") for m in v.members)]
    assert [{m.document for m in v.members} for v in of_photographer] == [{"both"}]
    assert not [c for v in found for c in v.conflicts if c.severity == "hard"]


def test_a_page_that_judges_a_picture_false_shows_the_picture_of_another() -> None:
    """Its own credit line is no other maker's: what it shows and whence may join; a page that judges nothing stays apart."""
    words = "The envelope in the boat at the lighthouse"
    first = shown("a", words, account=origin("orskdock"))
    false = Page("b", f"{words}. It is fake.", 2).medium(words, role="body", credit="Lake Post", credit_parties=("Lake Post",))
    plain = Page("c", f"{words}. It is fake.", 3).medium(words, role="body", credit="Lake Post", credit_parties=("Lake Post",))
    false.claim("It is fake", "authenticity")
    assert points(first, false) > 0
    assert points(first, plain) == 0


AGENCY_PAGES = {
    "rescue": [
        [
            "Mud hits a town",
            "Seven people died when mud hit the town of Larmont on Monday.",
            "A firefighter carries a girl in Larmont.",
        ],
        ["Boue à Larmont", "Sept personnes sont mortes lundi à Larmont.", "Un pompier porte une fillette à Larmont."],
    ],
    "visit": [
        ["Leaders meet", "The two leaders met in Larmont on Monday.", "The leaders shake hands before their flags in Larmont."],
        ["Rencontre à Larmont", "Les dirigeants se sont vus lundi.", "Ils se serrent la main devant les drapeaux à Larmont."],
    ],
}


@pytest.mark.parametrize(("scene", "one"), [("rescue", True), ("visit", False)])
def test_pictures_of_one_agency_are_one_only_where_no_series_is_taken(scene: str, *, one: bool) -> None:
    """A rescue that both pages tell of alike is one picture; of a visit an agency has a hundred with hands and flags."""
    rows = [
        {"id": f"d{n}", "text": "\n".join(lines) + " Photo: Ines Varga / Sudwire", "published": "2041-05-06"}
        for n, lines in enumerate(AGENCY_PAGES[scene])
    ]
    shared = [v for v in grouped({"page": rows}) if len({m.document for m in v.members}) > 1]
    assert bool(shared) is one


def test_what_is_told_of_a_satellite_image_is_not_of_the_photograph_beside_it() -> None:
    """Each of two pictures of a page keeps its own way of taking and its own things."""
    text = (
        "A satellite image released by the firm Helio shows an aircraft on the runway at Larmont. "
        "The army handed out a photograph of soldiers stacking sacks in a tent."
    )
    row = {"id": "d", "text": text, "published": "2041-05-06"}
    above, beside = appearances(stored(row, 1))
    assert above.modes == {"satellite-image"}
    assert beside.modes == frozenset()
    assert "sack" not in above.things_near
    assert "aircraft" not in beside.things_near


EVENT = {
    "cctv": """Silo bursts in port of Larmont
A camera at the weighbridge, of which Larmont TV broadcast the pictures on Monday, shows a wheel loader that drives into the silo
in the port of Larmont.
The burnt silo. (Photo: Ana Montes / Nordfoto)""",
    "phone": """Silo bursts in port of Larmont
Video posted on TikTok on Monday by a fisherman shows the roof of the silo in the port of Larmont lifting off on a pillar of fire.
The burnt silo. (Photo: Ana Montes / Nordfoto)""",
}


def test_what_the_event_is_about_tells_no_two_films_of_it_apart() -> None:
    """A silo that every picture of an event shows joins no film of a watching camera with one from a telephone."""
    found = grouped(
        {"page": [{"id": i, "text": t, "published": "2031-05-06", "url": f"https://{i}.example"} for i, t in EVENT.items()]}
    )
    joined_media = [sorted(m.media for m in v.members) for v in found if len({m.document for m in v.members}) > 1]
    assert joined_media == [["m1", "m1"]]


@pytest.mark.parametrize(("verdict", "one"), [("Het beeld is misleidend.", True), ("Het beeld is mooi.", False)])
def test_who_calls_a_picture_old_gives_it_another_day(verdict: str, *, one: bool) -> None:
    """Days years apart keep two pictures apart, but not where one page says that the other's is not what it is said to be."""
    new = (
        "Самолёт упал у Даля\nНа снимке, сделанном 5 мая 2031 года, обугленный хвост самолёта и крыло среди деревьев в Мисрате. "
        "Снимок разошёлся по соцсетям."
    )
    old = (
        "Nee, dit is niet het toestel van maandag\n"
        "Op sociale media gaat een foto rond van een verkoolde staart van een vliegtuig en een vleugel "
        f"tussen de bomen, uit Misrata. {verdict} De foto werd op 9 november 2016 gemaakt.\nFoto: Ana Montes / Nordfoto"
    )
    rows = [("new", new), ("old", old)]
    found = grouped({"page": [{"id": i, "text": t, "published": "2031-05-06", "url": f"https://{i}.example"} for i, t in rows]})
    assert any(len({m.document for m in v.members}) > 1 for v in found) is one


def test_the_only_photographs_of_one_agency_at_one_event_are_suggested() -> None:
    """Two pages with one photograph each, of one maker and event and with hardly a word on it, are for a person to look at."""
    rows = [
        (
            "en",
            "Plane lands on road\nA plane of Bozkir Air landed near Larmont.\nIt broke the barrier. (Photo: Ana Ruiz / Nordfoto)",
        ),
        (
            "de",
            "Notlandung\nEine Maschine der Bozkir Air ist bei Larmont gelandet.\nEndstation Leitplanke (Foto: Nordfoto)",
        ),
    ]
    grouping = Grouping()
    for at, (name, text) in enumerate(rows, 1):
        grouping.add(stored({"id": name, "text": text, "published": "2031-05-06", "url": f"https://{name}.example"}, at))
    assert all(len(v.members) == 1 for v in grouping.visuals())
    (suggestion,) = grouping.suggestions()
    assert "nordfoto" in suggestion.why


WITNESS = {
    "ru": """Паника на пирсе
Турист Николас Барра выложил в TikTok видео, на котором люди бегут по пирсу в Вальпараисо.
Что это было, полиция ещё не знает. Её просят объяснить, почему там были дети.""",
    "pt": """Cais de Valparaíso caiu
O vídeo que o chileno Nicolás Barra publicou no TikTok já soma nove milhões de visualizações.
Ninguém ficou ferido no cais de Valparaíso.""",
}


@pytest.mark.parametrize(("platform", "one"), [("TikTok", True), ("Telegram", False)])
def test_the_film_of_one_witness_is_one(platform: str, *, one: bool) -> None:
    """Of an account of a person, whatever script its name is in, two pages of one event have one film; a channel has many."""
    rows = [(name, text.replace("TikTok", platform)) for name, text in WITNESS.items()]
    found = grouped({"page": [{"id": i, "text": t, "published": "2031-05-06", "url": f"https://{i}.example"} for i, t in rows]})
    assert any(len({m.document for m in v.members}) > 1 for v in found) is one


CAMERAS = {
    "de": """Farbe auf Altarbild
Aufnahmen der Überwachungskameras, die das Museo Lindero am Dienstag veröffentlichte, zeigen, wie jemand zwei Flaschen aus dem
Rucksack zieht und das Bild übergiesst.""",
    "en": """Paint on altarpiece
CCTV footage released by the Museo Lindero on Tuesday shows somebody take two bottles from a backpack.""",
}


def test_the_pictures_of_a_watching_camera_may_be_footage() -> None:
    """German "Aufnahmen der Überwachungskamera" are the film that another page speaks of, whatever else is called a picture."""
    rows = CAMERAS.items()
    found = grouped({"page": [{"id": i, "text": t, "published": "2031-05-06", "url": f"https://{i}.example"} for i, t in rows]})
    assert any(len({m.document for m in v.members}) > 1 for v in found)


def test_a_picture_credited_to_the_outlet_of_another_page_is_the_one_there() -> None:
    """The page that it was taken over from is at hand, tells the same and is no agency: one picture; else the two stay apart."""
    first = (
        "Canvas slashed\nThe photo shows three slashes in a canvas at a museum in Valparaíso, a Telegram channel wrote on Monday."
    )
    second = (
        "Lukisan disayat\nFoto itu memperlihatkan tiga sayatan pada kanvas di museum di Valparaíso, Senin.\nFoto: Pier Gazette"
    )

    def one(host: str) -> bool:
        rows = [("a", first, f"https://{host}.example"), ("b", second, "https://seni.example")]
        found = grouped({"page": [{"id": i, "text": t, "published": "2031-05-06", "url": u} for i, t, u in rows]})
        return any(len({m.document for m in v.members}) > 1 for v in found)

    assert one("piergazette")
    assert not one("ridgepost")
