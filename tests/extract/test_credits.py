"""Caption and credit told apart."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.extract import credits as credit_lines
from provenance.extract.credits import CaptionCredit, is_agency, looks_like_credit, parties, split_credit

SPLIT = [
    (
        "The ferry leaves Tarnmouth on Monday. (AP Photo/Ana Ruiz)",
        "The ferry leaves Tarnmouth on Monday.",
        "AP Photo/Ana Ruiz",
        ("AP", "Ana Ruiz"),
    ),
    ("The ferry leaves Tarnmouth — Picture by Ana Ruiz", "The ferry leaves Tarnmouth", "Picture by Ana Ruiz", ("Ana Ruiz",)),
    (
        "The ferry leaves Tarnmouth. Photo: Ana Ruiz/Reuters",
        "The ferry leaves Tarnmouth.",
        "Photo: Ana Ruiz/Reuters",
        ("Ana Ruiz", "Reuters"),
    ),
    (
        "The ferry leaves Tarnmouth on June 19, 2024. AP-Yonhap",
        "The ferry leaves Tarnmouth on June 19, 2024.",
        "AP-Yonhap",
        ("AP", "Yonhap"),
    ),
    (
        "The ferry in Tarnmouth. © 2024 picture alliance/dpa",
        "The ferry in Tarnmouth.",
        "© 2024 picture alliance/dpa",
        ("picture alliance", "dpa"),
    ),
    ("여객선이 항구를 떠나고 있다. 뉴시스", "여객선이 항구를 떠나고 있다.", "뉴시스", ("뉴시스",)),
    ("여객선이 항구를 떠나고 있다. 홍길동 기자", "여객선이 항구를 떠나고 있다.", "홍길동 기자", ("홍길동",)),
    ("여객선이 항구를 떠나고 있다. /연합뉴스", "여객선이 항구를 떠나고 있다.", "연합뉴스", ("연합뉴스",)),
    ("[사진=AFP연합뉴스] 여객선이 항구를 떠나고 있다", "여객선이 항구를 떠나고 있다", "사진=AFP연합뉴스", ("AFP", "연합뉴스")),
    ("港を出る船（写真：ロイター）", "港を出る船", "写真：ロイター", ("ロイター",)),
    ("港を出る船＝ＡＰ", "港を出る船", "ＡＰ", ("AP",)),
    (
        "Паром покидает порт. Фото: Анна Руина / РИА Новости",
        "Паром покидает порт.",
        "Фото: Анна Руина / РИА Новости",
        ("Анна Руина", "РИА Новости"),
    ),
    ("El ferri deja el puerto. (Foto: Andina)", "El ferri deja el puerto.", "Foto: Andina", ("Andina",)),
    ("Le bac quitte le port. LINA MORET / AFP", "Le bac quitte le port.", "LINA MORET / AFP", ("LINA MORET", "AFP")),
]


@pytest.mark.parametrize(
    ("credit", "names"),
    [
        ("Photo: t.me/TarnHarbour", ("t.me/TarnHarbour",)),
        ("Screenshot from https://t.me/TarnHarbour", ("t.me/TarnHarbour",)),
        ("x.com/TarnHarbour via Reuters", ("x.com/TarnHarbour", "Reuters")),
        ("tarnpost.example/Ana Ruiz", ("tarnpost.example", "Ana Ruiz")),
        ("Telegram @tarn_harbour", ("@tarn_harbour",)),
        ("Photo: Telegram channel @tarn_harbour", ("@tarn_harbour",)),
        ("텔레그램 채널 @tarn_harbour", ("@tarn_harbour",)),
        ("EFE/EPA/ANA RUIZ / POOL MANDATORY CREDIT", ("EFE", "EPA", "ANA RUIZ", "POOL")),
        ("HARBOUR POOL MANDATORY CREDIT Ana Ruiz", ("HARBOUR POOL", "Ana Ruiz")),
        ("Mandatory credit: Ana Ruiz", ("Ana Ruiz",)),
        ("Reuters/Ana Ruiz, EDITORIAL USE ONLY/NO SALES", ("Reuters", "Ana Ruiz")),
    ],
)
def test_a_name_is_the_name_alone(credit: str, names: tuple[str, ...]) -> None:
    """Instructions, platform words before a handle and the slash in an account's address are neither names nor separators."""
    assert names == parties(credit)


@given(st.text(alphabet="abAB Ö漢가@./:,()[]-–|©\n1", max_size=60))
def test_answers_do_not_depend_on_what_was_asked_before(text: str) -> None:
    """Remembered answers are those that would be given afresh."""
    assert credit_lines._split.__wrapped__(text) == split_credit(text)
    assert credit_lines._parties.__wrapped__(text) == parties(text)
    assert all(name == name.strip() and name for name in parties(text))


def test_labels_that_need_no_colon_are_found() -> None:
    """The cheap look for a label's sign misses no opener: every one of the data file opens a credit inside a caption."""
    data = tomllib.loads((Path(credit_lines.__file__).parent / "data" / "credits.toml").read_text("utf-8"))
    for opener in data["openers"]:
        found = split_credit(f"The ferry leaves Tarnmouth. {opener.capitalize()} Ana Ruiz")
        assert found.credit is not None, opener
        assert "Ana Ruiz" in found.credit_parties, opener


@pytest.mark.parametrize(("text", "caption", "credit", "names"), SPLIT)
def test_a_credit_is_taken_off_the_end_or_the_front(text: str, caption: str, credit: str, names: tuple[str, ...]) -> None:
    """A credit in brackets, behind a label, a dash or a full stop is no part of the caption."""
    found = split_credit(text)
    assert (caption, credit, names) == (found.caption, found.credit, found.credit_parties)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor of Tarnmouth at the ferry (left)",
        "The ferry leaves port, 21 May 2025. (Tarnmouth)",
        "The photo by the window shows the mayor.",
        "A shop that is open 24/7 in Tarnmouth (and/or closed)",
        "The mayor said the ferry was late. He left",
        "El primer ministro, en el puerto. (Puerto Alto)",
    ],
)
def test_words_that_name_no_source_stay_in_the_caption(text: str) -> None:
    """A position, a place or a name in brackets is no credit."""
    assert split_credit(text).credit is None
    assert text == split_credit(text).caption


@pytest.mark.parametrize(
    ("credit", "names"),
    [
        ("Ivan Sol, Sputnik, Castle Pool Photo via AP", ("Ivan Sol", "Sputnik", "Castle Pool", "AP")),
        ("Ana Ruiz/via Reuters", ("Ana Ruiz", "Reuters")),
        ("Nia Cole/Getty Images Europe", ("Nia Cole", "Getty Images")),
        ("Photo by Ana Ruiz and Bo Lind for The Tarn Post", ("Ana Ruiz", "Bo Lind", "The Tarn Post")),
        (
            "Centre for Harbour Safety and Public Order via CNN Newsource",
            ("Centre for Harbour Safety and Public Order", "CNN Newsource"),
        ),
        ("[평양=AP/뉴시스]", ("AP", "뉴시스")),
        ("Bild: Fähre AG (Archiv 2022)", ("Fähre AG",)),
        ("Grain & Oil Weekly", ("Grain & Oil Weekly",)),
        ("", ()),
    ],
)
def test_parties_stand_in_the_order_of_the_chain(credit: str, names: tuple[str, ...]) -> None:
    """Names come in the printed order, without labels, remarks and closing words; known spellings are one."""
    assert names == parties(credit)


def test_a_text_that_is_only_a_credit_has_no_caption() -> None:
    """A credit line alone gives a credit, its brackets and nothing else taken off."""
    assert CaptionCredit(credit="EFE/ J.J. Soler", credit_parties=("EFE", "J.J. Soler"), credit_range=(0, 15)) == split_credit(
        "EFE/ J.J. Soler"
    )
    assert split_credit("(Unsplash)").credit == "Unsplash"
    assert split_credit(" \n ") == CaptionCredit()


def test_an_agency_is_known_in_its_own_script() -> None:
    """Lists hold names as the agencies print them; a person's name is none."""
    assert all(map(is_agency, ("Reuters", "연합뉴스", "ТАСС", "共同通信", "رويترز")))
    assert not is_agency("Ana Ruiz")
    assert not looks_like_credit("left")


PIECES = st.lists(
    st.sampled_from(
        [*"()[]（）—/|.:© ", "Photo: ", "AP", "via ", "사진=", "연합뉴스", "Ana Ruiz", "the ferry", "\n", "\u200b", "＝"]
    ),
    max_size=14,
)


@given(st.one_of(st.text(max_size=200), PIECES.map("".join)))
def test_ranges_are_exact_slices(text: str) -> None:
    """Whatever the text, caption and credit are slices of it at the ranges given, and do not overlap."""
    found = split_credit(text)
    for value, where in ((found.caption, found.caption_range), (found.credit, found.credit_range)):
        assert value == (text[slice(*where)] if where else None)
    if found.caption_range and found.credit_range:
        assert found.caption_range[1] <= found.credit_range[0] or found.credit_range[1] <= found.caption_range[0]


def test_long_text_is_read_in_linear_time() -> None:
    """A page that puts its whole text into a caption costs no more than its length."""
    assert split_credit("word. " * 50_000).credit is None
    assert split_credit("(" * 50_000 + ")" * 50_000).credit is None
    assert parties("/" * 100_000) == ()


@pytest.mark.parametrize(
    ("printed", "caption", "parties_"),
    [
        ("Port po burzy fot. Jan Lis / PAP", "Port po burzy", ("Jan Lis", "PAP")),
        ("Přístav po bouři | foto: ČTK", "Přístav po bouři", ("ČTK",)),
        ("Satama KUVA: Matti Meri / Lehtikuva", "Satama", ("Matti Meri", "Lehtikuva")),
        ("بندر پس از طوفان / عکس: ایرنا", "بندر پس از طوفان", ("ایرنا",)),
        ("항구 모습 /사진=뉴스1", "항구 모습", ("뉴스1",)),
        ("항구 모습. AFP=연합뉴스", "항구 모습.", ("AFP", "연합뉴스")),
        ("港の様子=AP/アフロ", "港の様子", ("AP", "アフロ")),
        ("嵐の後の港＝５日午前、リンドホルム、ロイター", "嵐の後の港＝５日午前、リンドホルム", ("ロイター",)),
        ("风暴过后的港口。新华社记者 李明 摄", "风暴过后的港口。", ("新华社", "李明")),
        ("De haven na de storm. Foto ANP", "De haven na de storm.", ("ANP",)),
        ("Порт (с) ТАСС", "Порт", ("ТАСС",)),
        ("Photo: Reuters/Tom Berg | Boats on the quay", "Boats on the quay", ("Reuters", "Tom Berg")),
    ],
)
def test_few_words_before_a_labelled_credit_are_the_caption(printed: str, caption: str, parties_: tuple[str, ...]) -> None:
    """A label, a sign or an equals sign ends the caption, however short it is; "AFP=…" names two agencies."""
    found = split_credit(printed)
    assert (found.caption, found.credit_parties) == (caption, parties_)


@pytest.mark.parametrize(
    "printed", ["Ana Ruiz / Foto: dpa", "AFP / Photo: Tom Berg", "写真＝ロイター", "워싱턴=AP 연합뉴스", "AFP=연합뉴스"]
)
def test_a_name_or_a_place_before_the_label_is_no_caption(printed: str) -> None:
    """Two parties, a label and a place are all credit."""
    assert split_credit(printed).caption is None


@pytest.mark.parametrize(
    ("credit", "names"),
    [
        ("画像：X（@kawaguchi_info）より引用", ("@kawaguchi_info",)),
        ("圖／翻攝自X", ("X",)),
        ("河口新闻社记者 塔里克·埃夫雷姆 摄", ("河口新闻社", "塔里克·埃夫雷姆")),
        ("撮影・川口春夫", ("川口春夫",)),
        ("Dok. Muara Press", ("Muara Press",)),
        ("फोटो- तटीय प्रेस", ("तटीय प्रेस",)),
    ],
)
def test_the_words_of_taking_over_are_no_part_of_a_name(credit: str, names: tuple[str, ...]) -> None:
    """A handle in brackets is kept, a point inside a foreign name in Han parts nothing, labels of any script are taken off."""
    assert parties(credit) == names
