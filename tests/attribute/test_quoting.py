"""Who cites whom in languages that set the verb last or no blanks, and whom "the same channel" means."""

import pytest

from provenance.records import Citation, Party
from tests.attribute import invented


def named(party: Party) -> str:
    return party.name or party.handle or party.as_written or party.kind


def told(text: str) -> set[tuple[str, str]]:
    """Each citation as who cites and who is cited."""
    return {(named(c.citing), named(c.cited)) for c in citations(text)}


def citations(text: str) -> tuple[Citation, ...]:
    return invented.document({"text": text, "published": "2036-05-12"}).citations


@pytest.mark.parametrize(
    ("text", "citing", "cited"),
    [
        ("남양통신은 텔레그램 채널 '등불'을 인용해 영상이 항구에서 촬영됐다고 전했다.", "남양통신", "등불"),
        ("현지 매체 한빛일보가 남양통신을 인용 보도했다.", "한빛일보", "남양통신"),
        ("南洋通信がテレグラムのチャンネル「灯火」を引用して伝えた。", "南洋通信", "灯火"),
        ("南洋通信は15日、軍関係者の話として船が沈んだと伝えた。", "南洋通信", "軍関係者"),
        ("南洋通訊社援引Telegram頻道「燈火」的消息報導，橋已倒塌。警方正在調查事故原因。", "南洋通訊社", "燈火"),
        ("灯火日报援引知情人士的话称，船长已被捕。这是一篇中文新闻。", "灯火日报", "知情人士"),
    ],
)
def test_who_cites_has_it_from_whom_the_words_name(text: str, citing: str, cited: str) -> None:
    """The article has it from the one who cites, and that one from the source cited; never the other way round."""
    found = told(text)
    assert (citing, cited) in found
    assert ("this-article", citing) in found
    assert (cited, citing) not in found
    assert ("this-article", cited) not in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("텔레그램 채널 '등불'이 10일 영상을 공개했다. 해당 채널은 영상이 항구에서 촬영됐다고 주장했다.", "등불"),
        ("テレグラムのチャンネル「灯火」が10日、動画を投稿した。同チャンネルは撮影者が漁師だとしている。", "灯火"),
        ("據南洋通訊社報導，Telegram頻道「燈火」10日發布影片。該頻道稱影片攝於外海。", "燈火"),
        ("インド海軍は10日、救助の写真を公開した。同海軍によると、全員が無事だった。", "インド海軍"),
    ],
)
def test_a_noun_that_points_back_is_the_source_named_before(text: str, name: str) -> None:
    """The words that point back make no new source."""
    last = max(citations(text), key=lambda c: c.span.start if c.span else 0)
    assert named(last.cited) == name
    assert last.cited.as_written != name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("영국 싱크탱크 노섬연구소는 위성사진을 분석한 결과 배가 침몰했다고 밝혔다.", "노섬연구소"),
        ("인도 국방부 관계자는 전원이 구조됐다고 말했다.", "인도 국방부 관계자"),
        ("南洋社10日报道称，船已沉没。警方正在调查事故原因。", "南洋社"),
        ("查核平台「真相燈塔」查證後指出，照片攝於2031年3月。警方正在調查。", "真相燈塔"),
        ("国防部公布的照片显示士兵站成一排。警方正在调查事故原因。", "国防部"),
    ],
)
def test_a_name_stands_without_its_title_its_day_and_its_verb(text: str, name: str) -> None:
    """One source is cited, by its name alone."""
    assert {cited for _, cited in told(text)} == {name}
