"""Handovers, verdicts, source lines and words that point back; all events and accounts are invented."""

import pytest

from provenance.attribute import read
from provenance.records import Document
from tests.attribute.pages import page


def edges(document: Document) -> set[tuple[str, str | None, str | None]]:
    """Relation, who cites (None: this article) and who is cited."""
    return {(c.relation, c.citing.name, c.cited.name) for c in document.citations}


HANDED = [
    ("en", "A clip shared with Sky News by the river police shows a barge going down.", "Sky News", "the river police"),
    ("ru", "На видео, которое речная полиция предоставила телеканалу «Маяк-7», тонет баржа.", "Маяк-7", "речная полиция"),
    ("id", "Video yang diberikan polisi sungai kepada Metro TV memperlihatkan tongkang tenggelam.", "Metro TV", "polisi sungai"),
    ("ko", "수상경찰이 SBS에 제공한 영상에는 바지선이 가라앉는 모습이 담겼다.", "SBS", "수상경찰"),
    ("zh", "水上警察提供給TVBS的影片顯示駁船沉沒。", "TVBS", "水上警察"),
]


@pytest.mark.parametrize(("language", "text", "outlet", "giver"), HANDED)
def test_a_visual_handed_to_a_newsroom_comes_through_it_from_the_giver(language: str, text: str, outlet: str, giver: str) -> None:
    """The article has the visual via the newsroom, and the newsroom from whoever gave it."""
    found = edges(read(page(text, language=language)))
    assert ("via", None, outlet) in found
    assert ("provided-by", outlet, giver) in found


WHOLE = [
    ("zh", "一段由蘭洛斯戰略通信和河流信息安全協會分享給TVBS的影片中，駁船沉沒。", "蘭洛斯戰略通信和河流信息安全協會"),
    ("ja", "ノルドヴィク文化情報省の河川戦略コミュニケーション・情報安全保障協会がNHKに提供した動画。", None),
    ("ja", "ノルドヴィク文化情報省の河川戦略コミュニケーション・情報安全保障協会は今月18日、動画を公開した。", None),
]


@pytest.mark.parametrize(("language", "text", "giver"), WHOLE)
def test_a_long_name_without_blanks_is_whole_or_not_there(language: str, text: str, giver: str | None) -> None:
    """Where a script has no blanks a name begins at a mark or a particle, never in the middle of a word."""
    cited = {c.cited.name for c in read(page(text, language=language)).citations if c.cited.kind != "broadcaster"}
    assert cited == {giver or "ノルドヴィク文化情報省の河川戦略コミュニケーション・情報安全保障協会"}


KOREAN = [
    ("한강군 소속 전략소통센터 및 정보센터가 18일 X에 공개한 영상에 배가 불탄다.", {"한강군 소속 전략소통센터 및 정보센터"}),
    ("한강시가 지난 18일 오전 유튜브에 올린 영상.", {"한강시"}),
    ("경찰은 소방청이 제공한 영상을 공개했다.", {"경찰", "소방청"}),
]


@pytest.mark.parametrize(("text", "names"), KOREAN)
def test_a_korean_subject_ends_at_its_mark(text: str, names: set[str]) -> None:
    """The day and the platform behind a subject, and the topic before it, are no part of its name."""
    assert {c.cited.name for c in read(page(text, language="ko")).citations} == names


def test_what_stands_before_a_quotation_is_no_part_of_a_name_in_it() -> None:
    """The one who filmed is named inside the quotation marks; the words before them are the speaker's."""
    text = "所長は、出どころは言えないが「川の警備隊員1人が撮影した」と述べた。"
    assert not [c.cited.name for c in read(page(text, language="ja")).citations if "「" in (c.cited.name or "")]


VERDICTS = [
    ("en", "The photo of the burning silo is fake, Reuters reported.", "fake"),
    ("fr", "La photo du silo en feu est un faux, selon l'AFP.", "un faux"),
    ("cs", "Snímek hořícího sila je podvrh, uvedla agentura ČTK.", "podvrh"),
    ("hi", "जलते गोदाम की तस्वीर फर्जी है।", "फर्जी"),
    ("ja", "燃えるサイロの写真は偽物だと、ロイター通信が報じた。", "偽物"),
]


@pytest.mark.parametrize(("language", "text", "word"), VERDICTS)
def test_a_verdict_is_the_claim_of_whoever_says_it(language: str, text: str, word: str) -> None:
    """A judgement on a visual is a claim of authenticity with its exact words, about that visual."""
    document = read(page(text, language=language))
    told = [c for c in document.claims if c.type == "authenticity"]
    assert [c.about for c in told] == [document.media[0].id]
    assert word in told[0].text
    assert document.text[told[0].span.start : told[0].span.end] == told[0].text


@pytest.mark.parametrize("text", ["The photo of the silo is not fake.", "Das Foto des Silos ist keine Fälschung."])
def test_a_denied_verdict_is_none(text: str) -> None:
    """What is said not to be fake is not recorded as fake."""
    language = "de" if text.startswith("Das") else "en"
    assert not [c for c in read(page(text, language=language)).claims if c.type == "authenticity"]


LINES = [
    ("en", "The crane fell.\nSource: Reuters, Lantern Bay Ledger", {"Reuters", "Lantern Bay Ledger"}),
    ("tr", "Vinç devrildi.\nKaynak: Anadolu Ajansı", {"Anadolu Agency"}),
    ("vi", "(Theo Reuters, AFP) Cần cẩu bị đổ.", {"Reuters", "AFP"}),
]


@pytest.mark.parametrize(("language", "text", "names"), LINES)
def test_a_line_that_names_only_sources_cites_each(language: str, text: str, names: set[str]) -> None:
    """Source lines are citations, one for each name."""
    assert {c.cited.name for c in read(page(text, language=language)).citations} == names


BACK = [
    ("en", "A photo was posted on the Telegram channel Lantern Watch. The channel said the crane had fallen.", "Lantern Watch"),
    ("pl", "Zdjęcie opublikował kanał „Straż Portu” na Telegramie. Kanał twierdzi, że dźwig runął.", "Straż Portu"),
    ("uk", "Про фото розповів журналіст Павло Вільхін. За його словами, кран упав.", "Павло Вільхін"),
    (
        "de",
        "Das Hafeninstitut Lira sagte, der Kran sei alt. Das Institut ergänzte, niemand sei verletzt.",
        "Das Hafeninstitut Lira",
    ),
]


@pytest.mark.parametrize(("language", "text", "name"), BACK)
def test_nouns_and_pronouns_point_back(language: str, text: str, name: str) -> None:
    """Whoever "the channel", "his words" and "the institute" mean is whom the text named before."""
    last = max(read(page(text, language=language)).citations, key=lambda c: c.span.start)
    assert last.cited.name == name


def test_a_handle_between_commas_is_the_source_and_not_the_agency_before_it() -> None:
    """Where an agency reports that a blogger shared a photo, the agency did not share it."""
    text = "योनहाप की रिपोर्ट के अनुसार, यह तस्वीर सोमवार को @बंदरगाह_प्रहरी, नामक ब्लॉगर द्वारा शेयर की गई।"
    shared = [c.cited.handle for c in read(page(text, language="hi")).citations if c.relation == "posted-by"]
    assert shared == ["बंदरगाह_प्रहरी"]
