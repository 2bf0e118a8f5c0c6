# ruff: noqa: E501 -- a line of a page is one line here, too
"""Single lines: which are captions or credits, where the credit begins, and what kind of medium they speak of."""

import pytest

from provenance.extract.flat_captions import read
from provenance.extract.flat_credits import giver_name, is_copyright, is_source_line


def parts(line: str) -> tuple[str | None, str | None] | None:
    found = read(line)
    if found is None:
        return None
    return tuple(line[slice(*r)] if r else None for r in (found.caption, found.credit))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("Fans wait. [Ana Ruiz/Northern Wire, Palace Pool via AP Photo]", "Fans wait.", "Ana Ruiz/Northern Wire, Palace Pool via AP Photo"),
        ("The old quay. (Vell Port Authority via CNN Newsource)", "The old quay.", "Vell Port Authority via CNN Newsource"),
        ("The quay at dusk. | Reuters", "The quay at dusk.", "Reuters"),
        ("The quay at dusk. — AFP", "The quay at dusk.", "AFP"),
        ("Muelle al alba© Ana Ruiz/POOL/AFP vía Getty Images", "Muelle al alba", "© Ana Ruiz/POOL/AFP vía Getty Images"),
        ("다리 앞의 시장(왼쪽). 2025.03.05. [가람=AP/뉴시스]", "다리 앞의 시장(왼쪽). 2025.03.05.", "가람=AP/뉴시스"),
        ("다리 전경.(출처=가람시 X계정, 새벽뉴스에서 재인용) 2025.03.05. *재판매 및 DB 금지", "다리 전경.", "출처=가람시 X계정, 새벽뉴스에서 재인용"),
        ("무너진 다리. 〈사진=새벽통신 캡처〉", "무너진 다리.", "사진=새벽통신 캡처"),
        ("다리를 보는 시민(오른쪽) - 사진: 로이터", "다리를 보는 시민(오른쪽)", "사진: 로이터"),
        ("倒塌的橋。翻攝港灣電視", "倒塌的橋。", "翻攝港灣電視"),
        ("倒塌的橋。(圖擷自Telegram)", "倒塌的橋。", "圖擷自Telegram"),
        ("Archivbild: Die Brücke am ersten Tag. (Nils Amsel/Der Bote)", "Archivbild: Die Brücke am ersten Tag.", "Nils Amsel/Der Bote"),
        ("J'habite ici depuis dix ans. Voyez le pont : deux piles (photo : © Carnet du Val).", "Voyez le pont : deux piles", "photo : © Carnet du Val"),
        ("Photo: flickr.com by Ana Ruiz, CC BY 2.0", None, "Photo: flickr.com by Ana Ruiz, CC BY 2.0"),
        ("Ana Ruiz / POOL / TASS", None, "Ana Ruiz / POOL / TASS"),
        ("새벽방송 엑스 계정 캡처", None, "새벽방송 엑스 계정 캡처"),
        ("（Xより）", None, "Xより"),
        ("Images courtesy of Orbita; Vell Post", None, "Images courtesy of Orbita; Vell Post"),
        ("Luftbild: zvg Orbita", None, "Luftbild: zvg Orbita"),
        ("Фото © Telegram / «Порт. Новости»", None, "Фото © Telegram / «Порт. Новости»"),
        ("Divers search, in this photo taken by Ana Ruiz of the Vell Post.", "Divers search, in this photo taken by Ana Ruiz of the Vell Post.", "taken by Ana Ruiz of the Vell Post"),
        ("FILE PHOTO: A view of the port of Vell, October 4, 2024. REUTERS/Ana Ruiz/File Photo", "FILE PHOTO: A view of the port of Vell, October 4, 2024.", "REUTERS/Ana Ruiz/File Photo"),
        ("In this photo taken on March 5, 2025, a man looks out. / AFP PHOTO / Ana Ruiz", "In this photo taken on March 5, 2025, a man looks out.", "AFP PHOTO / Ana Ruiz"),
        ("Guests arrive for the gala in Washington, D.C. Paul Ruiz/WireImage", "Guests arrive for the gala in Washington, D.C.", "Paul Ruiz/WireImage"),
        ("Warga melihat jembatan. (Foto: Antara/Budi Santoso)", "Warga melihat jembatan.", "Foto: Antara/Budi Santoso"),
        ("Petugas memeriksa jembatan (Dok. Muara Press)", "Petugas memeriksa jembatan", "Dok. Muara Press"),
        ("(Tangkapan layar X/@muara_info)", None, "Tangkapan layar X/@muara_info"),
        ("Ảnh cắt từ clip: X/@ben_song", None, "Ảnh cắt từ clip: X/@ben_song"),
        ("Cây cầu sau vụ sập. Nguồn ảnh: Bến Sông", "Cây cầu sau vụ sập.", "Nguồn ảnh: Bến Sông"),
        ("图为消防员走过桥头。河口新闻社记者 塔里克·埃夫雷姆 摄", "图为消防员走过桥头。", "河口新闻社记者 塔里克·埃夫雷姆 摄"),
        ("（圖／翻攝自X）", None, "圖／翻攝自X"),
        ("圖／河口新聞社", None, "圖／河口新聞社"),
        ("画像：X（@kawaguchi_info）より引用", None, "画像：X（@kawaguchi_info）より引用"),
        ("崩れた橋（撮影・川口春夫）", "崩れた橋", "撮影・川口春夫"),
        ("टूटे पुल के पास बचावकर्मी। फोटो: तटीय प्रेस", "टूटे पुल के पास बचावकर्मी।", "फोटो: तटीय प्रेस"),
        ("फोटो साभार: तटीय प्रेस", None, "फोटो साभार: तटीय प्रेस"),
        ("منبع عکس: ساحل پرس", None, "منبع عکس: ساحل پرس"),
        ("Görüntü: Telegram/liman_gunluk", None, "Görüntü: Telegram/liman_gunluk"),
        ("De ingestorte brug. © ANP / Jan Smit", "De ingestorte brug.", "© ANP / Jan Smit"),
        ("Η γέφυρα μετά. (φωτ.: Eurokinissi)", "Η γέφυρα μετά.", "φωτ.: Eurokinissi"),
        ("הגשר אחרי הקריסה (צילום: רויטרס)", "הגשר אחרי הקריסה", "צילום: רויטרס"),
        ("소방대원들이 다리 아래를 수색하는 모습", "소방대원들이 다리 아래를 수색하는 모습", None),
        ("Workers walk past the broken crane in Port Vell, March 5, 2025.", "Workers walk past the broken crane in Port Vell, March 5, 2025.", None),
    ],
)  # fmt: skip
def test_captions_and_credits_are_told_apart(line: str, caption: str | None, credit: str | None) -> None:
    """A credit is known by label, sign, bracket, chain or wording; what stands before it is the caption."""
    assert parts(line) == (caption, credit)


@pytest.mark.parametrize(
    "line",
    [
        "The ministry opened an inquiry (MoT).",
        "He was born in Vell, the capital. (Vell)",
        "“We were lucky,” said Jan Wels (left), who runs the cafe.",
        "Senator Ann Lee (D) and Senator Bob Ray (R) asked for more.",
        "The law was passed in Port Vell on June 19, 2024.",
        "Video: Storm surge floods market hall in Eastport as residents flee",
        "Photos: The Worst Storm Damage In Eastport History",
        "Source: Eastport Gazette",
        "Kaynak: Liman Haber Ajansı",
        "시장은 조사하겠다고 말했다. /가람=홍길순 기자",
        "The agency (AFP) and its partner (Reuters) wrote on Monday that rain is coming.",
        "He said the photo, by an unknown man, was fake.",
        "© 2025 Eastport Gazette. All rights reserved.",
        "© RIPRODUZIONE RISERVATA",
        "Hafen.example | Stadt.example 1999 – 2021 © Hafen, a.s. | Über uns | Dienste",
        "Video-Serie",
        "내가 고른 소식 모음 제공",
        "x" * 5_000 + " Photo: AFP",
    ],
)
def test_prose_is_no_caption(line: str) -> None:
    """Acronyms, places, parties, quotations, titles and sources of the article are not credits."""
    assert read(line) is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Divers search, in this frame grab from video released by the port.", "video-grab"),
        ("Video: Facebook of Ana Ruiz", "video"),
        ("Screenshot: Channel 7", "screenshot"),
        ("Grafik: dpa", "graphic"),
        ("Documento: Vell Post", "document"),
        ("▲위성 영상=오르비타", "photo"),
        ("27초 분량의 영상. 새벽방송 엑스 캡처", "video-grab"),
        ("Скриншот: Порт ТВ", "screenshot"),
        ("Photo: AFP", "photo"),
    ],
)
def test_the_kind_is_read_from_the_words(line: str, kind: str) -> None:
    """A label names the kind of a medium; without one the caption's words do; else it is a photo."""
    found = read(line)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    ("credit", "name"),
    [
        ("provided by local rescue group SEALINE", "SEALINE"),
        ("provided by the Vell Port Authority", "Vell Port Authority"),
        ("diffusée par la mairie de Clairval", "la mairie de Clairval"),
        ("наданому мерією Заріччя", "мерією Заріччя"),
        ("distribuida por la agencia estatal Sputnik", "Sputnik"),
        ("翻攝CNN", "CNN"),
        ("사진=새벽통신 제공", "새벽통신"),
        ("Photo: AFP", "AFP"),
        ("Ana Ruiz/AP", "Ana Ruiz/AP"),
    ],
)
def test_the_giver_is_named_without_what_describes_it(credit: str, name: str) -> None:
    """Of a phrase that hands a picture over, the name is what counts."""
    assert giver_name(credit) == name


@pytest.mark.parametrize(
    ("line", "shows"),
    [
        ("Divers search, in this photo provided by the town.", None),
        ("Divers search the quay, in this photo provided by the town.", "Divers search the quay"),
        ("This handout picture released by the Vell Office on March 5, 2025 shows the minister.", "the minister."),
        ("Sur cette photo diffusée par la mairie, on voit le pont effondré.", "on voit le pont effondré."),
        ("PIE DE FOTO: Vecinos ante la torre. ANDES/Lucía Prado", "Vecinos ante la torre."),
    ],
)
def test_what_is_seen_is_told_from_who_gave_it(line: str, shows: str | None) -> None:
    """The description is the caption without the phrase that hands the picture over, where words enough are left."""
    found = read(line)
    assert found is not None
    assert found.shows is not None
    assert line[slice(*found.shows)] == (shows or line.split(",", maxsplit=1)[0])


def test_sources_and_copyright_lines_are_the_pages_own() -> None:
    """`Source: X` speaks of the article, and `© X` alone of the page."""
    assert is_source_line("Quelle: Der Bote")
    assert not is_source_line("Foto: Der Bote")
    assert is_copyright("ⓒ새벽뉴스")
    assert not is_copyright("© is a sign that many use.")
