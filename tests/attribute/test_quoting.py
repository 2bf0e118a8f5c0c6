"""Who cites whom in languages that set the verb last or no blanks, and whom "the same channel" means."""

import pytest

from provenance.attribute import read
from provenance.records import Citation, Party
from tests.attribute.pages import page


def named(party: Party) -> str:
    return party.name or party.handle or party.as_written or party.kind


def citations(language: str, text: str) -> tuple[Citation, ...]:
    return read(page(text, language=language, published="2036-05-12")).citations


def told(language: str, text: str) -> set[tuple[str, str]]:
    """Each citation as who cites and who is cited."""
    return {(named(c.citing), named(c.cited)) for c in citations(language, text)}


CITING = [
    ("ko", "남양통신은 텔레그램 채널 '등불'을 인용해 영상이 항구에서 촬영됐다고 전했다.", "남양통신", "등불"),
    ("ko", "현지 매체 한빛일보가 남양통신을 인용 보도했다.", "한빛일보", "남양통신"),
    ("ja", "南洋通信がテレグラムのチャンネル「灯火」を引用して伝えた。", "南洋通信", "灯火"),
    ("ja", "南洋通信は15日、軍関係者の話として船が沈んだと伝えた。", "南洋通信", "軍関係者"),
    ("zh", "南洋通訊社援引Telegram頻道「燈火」的消息報導，橋已倒塌。", "南洋通訊社", "燈火"),
    ("zh", "灯火日报援引知情人士的话称，船长已被捕。", "灯火日报", "知情人士"),
    ("vi", "Hãng tin Nam Dương dẫn nguồn tin từ Hải quân Ấn Độ cho biết mọi người an toàn.", "Nam Dương", "Hải quân Ấn Độ"),
    ("tr", "Liman Gazetesi, Nanyo'yu kaynak göstererek geminin battığını duyurdu.", "Liman Gazetesi", "Nanyo"),
    ("ar", "ونقلت صحيفة الميناء عن وزارة الدفاع أن السفينة غرقت.", "الميناء", "وزارة الدفاع"),
    ("fa", "روزنامه بندر به نقل از خبرگزاری نانیو نوشت کشتی غرق شد.", "بندر", "نانیو"),
    ("hi", "समाचार एजेंसी नान्यो ने नौसेना के हवाले से बताया कि 21 लोगों को बचाया गया।", "नान्यो", "नौसेना"),
]


@pytest.mark.parametrize(("language", "text", "citing", "cited"), CITING)
def test_who_cites_has_it_from_whom_the_words_name(language: str, text: str, citing: str, cited: str) -> None:
    """The article has it from the one who cites, and that one from the source cited; never the other way round."""
    assert told(language, text) == {("this-article", citing), (citing, cited)}


BACK = [
    ("ko", "텔레그램 채널 '등불'이 10일 영상을 공개했다. 해당 채널은 영상이 항구에서 촬영됐다고 주장했다.", "등불"),
    ("ja", "テレグラムのチャンネル「灯火」が10日、動画を投稿した。同チャンネルは撮影者が漁師だとしている。", "灯火"),
    ("ja", "インド海軍は10日、救助の写真を公開した。同海軍によると、全員が無事だった。", "インド海軍"),
    ("zh", "Telegram頻道「燈火」10日發布影片。該頻道稱影片攝於外海。", "燈火"),
    ("id", "Video itu diunggah kanal Telegram Pelita Laut. Kanal tersebut mengklaim video direkam di pelabuhan.", "Pelita Laut"),
    (
        "tr",
        "Görüntüler ilk olarak Fener adlı Telegram kanalında yayımlandı. Söz konusu kanal, geminin battığını öne sürdü.",
        "Fener",
    ),
    ("ar", 'نشرت قناة "منارة الليل" على تلغرام مقطع فيديو يظهر السفينة. وقالت القناة نفسها إن السفينة غرقت.', "منارة الليل"),
    ("fa", "ویدیو در کانال تلگرامی «چراغ شب» منتشر شد. همین کانال اعلام کرد که کشتی غرق شده است.", "چراغ شب"),
    ("hi", "वीडियो टेलीग्राम चैनल 'दीपस्तंभ' ने पोस्ट किया था। उसी चैनल ने बताया कि जहाज़ डूब गया।", "दीपस्तंभ"),
]


@pytest.mark.parametrize(("language", "text", "name"), BACK)
def test_a_noun_that_points_back_is_the_source_named_before(language: str, text: str, name: str) -> None:
    """The words that point back make no new source."""
    found = told(language, text)
    assert {cited for _, cited in found} == {name}
    assert max(c.span.start for c in citations(language, text) if c.span) > text.index(name) + len(name)


WHOLE = [
    ("ko", "영국 싱크탱크 노섬연구소는 위성사진을 분석한 결과 배가 침몰했다고 밝혔다.", "노섬연구소"),
    ("ko", "인도 국방부 관계자는 전원이 구조됐다고 말했다.", "인도 국방부 관계자"),
    ("zh", "南洋社10日报道称，船已沉没。", "南洋社"),
    ("zh", "查核平台「真相燈塔」查證後指出，照片攝於2031年3月。", "真相燈塔"),
    ("zh", "国防部公布的照片显示士兵站成一排。", "国防部"),
    ("vi", "Hải quân Ấn Độ ngày 10/5 công bố bức ảnh các thuyền viên.", "Hải quân Ấn Độ"),
    ("tr", "Savunma Bakanlığının paylaştığı fotoğrafta mürettebat görülüyor.", "Savunma Bakanlığı"),
    ("tr", "Hindistan Donanması ise mürettebatın fotoğrafını servis etti.", "Hindistan Donanması"),
    ("ar", "نشرت وزارة الدفاع الهندية صورة لأفراد الطاقم.", "وزارة الدفاع الهندية"),
    ("fa", "نیروی دریایی هند روز شنبه تصویری از خدمه کشتی منتشر کرد.", "نیروی دریایی هند"),
    ("hi", "भारतीय नौसेना ने शनिवार को चालक दल की तस्वीर जारी की।", "भारतीय नौसेना"),
    ("tr", "Dışişleri Bakanlığı fotoğrafın sahte olduğunu açıkladı.", "Dışişleri Bakanlığı"),
    ("hi", "रक्षा मंत्रालय के प्रवक्ता राजेश वर्मा ने कहा कि जहाज़ डूब गया।", "राजेश वर्मा"),
]


@pytest.mark.parametrize(("language", "text", "name"), WHOLE)
def test_a_name_stands_without_its_title_its_day_and_its_verb(language: str, text: str, name: str) -> None:
    """One source is cited, by its name alone."""
    assert {cited for _, cited in told(language, text)} == {name}


def test_what_follows_a_verb_that_closes_the_sentence_is_no_subject() -> None:
    """A picture put out in the passive has an account without a name."""
    (citation,) = citations("hi", "क्रेन की तस्वीर टेलीग्राम अकाउंट पर शेयर की गई।")
    assert (citation.cited.name, citation.cited.platform) == (None, "telegram")


POINTED = [
    ("ko", "헬기가 추락하는 영상이 퍼지고 있다. 인스타그램 이용자 '달빛'이 올린 이 영상에는 연기가 담겼다.", "달빛"),
    ("ja", "ヘリが墜落する動画が拡散した。Xのユーザー「月光」が投稿した同動画には煙が映っている。", "月光"),
    ("zh", "网上流传一段直升机坠毁的视频。该视频由X用户“月光”发布，显示浓烟升起。", "月光"),
]


@pytest.mark.parametrize(("language", "text", "name"), POINTED)
def test_this_video_is_the_one_told_of_before(language: str, text: str, name: str) -> None:
    """Words that point back bring up no second visual, and who posted it is said of the first."""
    (medium,) = read(page(text, language=language, published="2036-05-12")).media
    assert medium.account is not None
    assert medium.account.name == name


def test_a_visual_that_opens_a_sentence_is_not_who_posted_it() -> None:
    """The object of a language that sets its verb last may stand first."""
    text = "ویدیویی که کاربر اینستاگرام «چراغ شب» منتشر کرده لحظه سقوط یک بالگرد را نشان می‌دهد."
    assert {cited for _, cited in told("fa", text)} == {"چراغ شب"}


EVERYBODY = [
    ("ar", "ونشر ناشطون مقطعا مصورا يظهر السفينة."),
    ("fa", "کاربران شبکه‌های اجتماعی این ویدیو را منتشر کردند."),
    ("hi", "लोगों ने यह वीडियो शेयर किया।"),
]


@pytest.mark.parametrize(("language", "text"), EVERYBODY)
def test_users_and_activists_have_no_name(language: str, text: str) -> None:
    """Who is only told as many is nobody by name, and the visual is not who posted itself."""
    assert {c.cited.kind for c in citations(language, text)} == {"anonymous"}
