"""Accounts that words of posting name, in many languages and orders; all events and accounts are invented."""

import pytest

from provenance.attribute import read
from provenance.records import Account
from tests.attribute.pages import page


def account(text: str, language: str) -> Account | None:
    """The account of the first visual that has one."""
    return next((m.account for m in read(page(text, language=language)).media if m.account), None)


NAMED = [
    ("en", "The photo was published on Lantern Bay Watch Telegram channel on Monday.", "telegram", None, "Lantern Bay Watch"),
    ("en", "A video posted on the Telegram channel Lantern Watch shows the crane falling.", "telegram", None, "Lantern Watch"),
    ("en", "Journalist Ana Duarte shared a video of the crane on her Facebook page.", "facebook", None, "Ana Duarte"),
    ("en", "The footage, first uploaded to YouTube by @lantern_watch, shows the crane.", "youtube", "lantern_watch", None),
    ("es", "El vídeo lo difundió el lunes la cuenta de X de los bomberos (@BomberosLira).", "x", "BomberosLira", None),
    ("es", "La foto de la grúa fue publicada en el canal de Telegram «Vigía del Puerto».", "telegram", None, "Vigía del Puerto"),
    ("pt", "As imagens foram publicadas pelo perfil VigiaDoPorto no Instagram.", "instagram", None, "VigiaDoPorto"),
    ("fr", "La vidéo de la grue a été diffusée par la chaîne Telegram Vigie du Port.", "telegram", None, "Vigie du Port"),
    (
        "it",
        "Il video della gru è stato pubblicato sul canale Telegram «Vedetta del Porto».",
        "telegram",
        None,
        "Vedetta del Porto",
    ),
    ("de", "Das Video wurde auf dem Telegram-Kanal „Hafenwacht“ veröffentlicht.", "telegram", None, "Hafenwacht"),
    ("pl", "Nagranie opublikowano na kanale „Straż Portu” w serwisie Telegram.", "telegram", None, "Straż Portu"),
    ("ro", "Fotografia a fost postată pe canalul de Telegram „Paza Portului”.", "telegram", None, "Paza Portului"),
    ("ru", "Видео с краном опубликовал телеграм-канал «Портовый дозор».", "telegram", None, "Портовый дозор"),
    ("ru", "Фотографию крана выложил журналист Павел Ольхин в своём Telegram.", "telegram", None, "Павел Ольхин"),
    ("uk", "Відео з краном оприлюднив телеграм-канал «Портова варта».", "telegram", None, "Портова варта"),
    ("bg", "Снимката беше публикувана в канала „Пристанищен страж“ в Telegram.", "telegram", None, "Пристанищен страж"),
    ("tr", 'Fotoğraf, Telegram\'daki "Liman Nöbeti" kanalında paylaşıldı.', "telegram", None, "Liman Nöbeti"),
    ("vi", "Bức ảnh được đăng trên kênh Telegram Người gác Cảng vào hôm thứ Hai.", "telegram", None, "Người gác Cảng"),
    ("ko", "기중기 사진은 텔레그램 채널 '항구 파수꾼'에 게시됐다.", "telegram", None, "항구 파수꾼"),
    ("ko", "항만청(LBPA)이 엑스 계정에 공개한 영상에는 기중기가 쓰러지는 모습이 담겼다.", "x", None, "LBPA"),
    (
        "ja",
        "テレグラムのチャンネル「港の見張り」に投稿された写真には、倒れたクレーンが写っている。",
        "telegram",
        None,
        "港の見張り",
    ),
    ("zh", "这段视频由Telegram频道“港口守望”发布，显示起重机倒塌。", "telegram", None, "港口守望"),
    ("zh", "一名Telegram帳號「@lantern_watch」21日上傳照片，顯示起重機倒塌。", "telegram", "lantern_watch", None),
]


@pytest.mark.parametrize(("language", "text", "platform", "handle", "name"), NAMED)
def test_who_posted_is_found_in_any_word_order(
    language: str, text: str, platform: str, handle: str | None, name: str | None
) -> None:
    """Platform, handle and name of the account stand with its visual, in whatever order a language puts them."""
    found = account(text, language)
    assert found is not None
    assert (found.platform, found.handle) == (platform, handle)
    if name:
        assert found.name == name


UNNAMED = [
    ("en", "A photo of the crane was posted on Monday in a pro-harbour Telegram account."),
    ("es", "La foto de la grúa fue compartida en un canal de Telegram."),
    ("fr", "La photo de la grue a été partagée sur une chaîne Telegram."),
    ("ro", "Fotografia cu macaraua a fost postată pe un canal de Telegram."),
    ("uk", "Фото крана поширювали користувачі Telegram."),
    ("tr", "Fotoğraf, Telegram'daki bir hesap tarafından yayınlandı."),
    ("ja", "その写真はテレグラムに投稿された。"),
    ("hi", "क्रेन की तस्वीर टेलीग्राम अकाउंट पर शेयर की गई।"),
]


@pytest.mark.parametrize(("language", "text"), UNNAMED)
def test_an_account_without_a_name_has_none(language: str, text: str) -> None:
    """A platform alone makes an account without handle and name: unknown is said, not guessed."""
    found = account(text, language)
    assert found is not None
    assert (found.platform, found.handle, found.name) == ("telegram", None, None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The ministry wrote on Telegram that the photo of the crane is old."),
        ("en", "The port was closed. Nobody posted anything on Telegram."),
        ("ru", "Министерство написало в Telegram, что на фото крана ничего не видно."),
        ("ko", "항만청 대변인은 텔레그램을 통해 기중기 사진은 조작이라고 주장했다."),
    ],
)
def test_who_speaks_on_a_platform_did_not_post_the_visual(language: str, text: str) -> None:
    """Words of saying beside a platform do not make its speaker the origin of the visual spoken of."""
    assert account(text, language) is None


def test_it_goes_on_about_the_visual_before() -> None:
    """A sentence that begins with "it" says who posted the visual of the sentence before."""
    found = account("A photo shows the fallen crane.\nIt was posted on Monday on the Telegram channel Lantern Watch.", "en")
    assert found is not None
    assert found.name == "Lantern Watch"


def test_name_and_handle_are_one_account() -> None:
    """Where a page gives both the name and the handle of a channel, its account has both."""
    found = account("The photo was posted by the Telegram channel Lantern Watch (@lantern_watch).", "en")
    assert found is not None
    assert (found.name, found.handle) == ("Lantern Watch", "lantern_watch")


def test_a_full_stop_is_not_part_of_a_handle() -> None:
    """The mark that ends a sentence does not belong to the handle before it."""
    citations = read(page("The photo of the crane was posted on X by @lantern_watch.")).citations
    assert {c.cited.handle for c in citations} == {"lantern_watch"}


def test_a_handle_alone_is_on_the_platform_of_its_visual() -> None:
    """An unnamed Telegram account and a handle of the same visual are one account."""
    text = "A photo of the crane was posted on a Telegram account.\nThe photo was shared by @lantern_watch on Monday."
    found = account(text, "en")
    assert found is not None
    assert (found.platform, found.handle) == ("telegram", "lantern_watch")


@pytest.mark.parametrize(
    ("language", "text", "platform", "name"),
    [
        ("en", "Ana Duarte, who posted the video of the crane on Facebook, said it was hers.", "facebook", "Ana Duarte"),
        ("ru", "Журналист Павел Ольхин, который опубликовал видео в Telegram, рассказал об этом.", "telegram", "Павел Ольхин"),
    ],
)
def test_a_relative_clause_is_about_the_one_before_it(language: str, text: str, platform: str, name: str) -> None:
    """Who stands before ", who posted …" is the one who posted."""
    found = account(text, language)
    assert found is not None
    assert (found.platform, found.name) == (platform, name)


@pytest.mark.parametrize(
    ("language", "text", "cited"),
    [
        ("ru", "О прорыве плотины сообщает газета «Портовый вестник».", "Портовый вестник"),
        ("hi", "रॉयटर्स समाचार एजेंसी की रिपोर्ट के अनुसार बांध टूट गया।", "Reuters"),
        ("vi", "Ana Duarte cho rằng con đập đã cũ.", "Ana Duarte"),
        ("fr", "Selon le ministère, la digue a cédé.", "le ministère"),
        ("de", "Nach Angaben der Ukraine brach der Damm am Morgen.", "Ukraine"),
        ("ko", "종군기자 안나 두아르테(Ana Duarte)는 댐이 낡았다고 주장했다.", "종군기자 안나 두아르테(Ana Duarte)"),
        ("ja", "軍事記者のアンナ・ドゥアルテ氏が述べた。", "軍事記者のアンナ・ドゥアルテ氏"),
    ],
)
def test_sources_are_found_in_other_languages(language: str, text: str, cited: str) -> None:
    """Quoted names, vowel signs, countries that speak, and marked subjects name the source."""
    assert cited in {c.cited.name for c in read(page(text, language=language)).citations}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "기중기 사진이 소셜미디어에 올라와 눈길을 끈다."),
        ("ko", "부두가 없는 항구가 그렇다고 주장했다."),
        ("ja", "これは昨日述べた。"),
        ("zh", "他們表示同意。"),
    ],
)
def test_clauses_and_pronouns_are_no_names(language: str, text: str) -> None:
    """Social media at large, pronouns and verb forms are not taken for the name of a source."""
    assert [c.cited.name for c in read(page(text, language=language)).citations if c.cited.name] == []


def test_that_other_video_is_the_one_just_spoken_of() -> None:
    """An account named for what "was filmed" is that of the film, not of the photograph told of before."""
    text = (
        "En la fotografía se aprecian varias cajas abiertas. Llegaron en el barco que fue grabado de noche, "
        "según publicó el canal de Telegram @vigia_lira. En ese otro video, unos hombres bajan del barco."
    )
    of_kind = {m.kind: m.account for m in read(page(text, language="es")).media}
    assert of_kind["photo"] is None
