"""Many wordings of citing and posting, one sentence each, in the languages of Asia."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from provenance.attribute import read
from provenance.records import Citation, Medium, Party
from tests.attribute.pages import page, slice_of

WORDINGS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("asian_wordings.toml").read_text("utf-8"))["wording"]


def _names(party: Party) -> str:
    return " ".join(filter(None, (party.name, party.handle)))


def _holds(party: Party, wanted: str) -> bool:
    """Whether a party is the wanted one: one of the spellings that "|" parts; nothing stands for the article, "*" for anyone."""
    if wanted == "*":
        return True
    if not wanted:
        return party.kind == "this-article"
    return any(spelling in _names(party) for spelling in wanted.split("|"))


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda w: f"{w['language']}-{w['text'][:20]}")
def test_a_wording_gives_its_source_and_no_other_name(wording: dict[str, Any]) -> None:
    """Each source is cited by whom the sentence says, and no name takes in the words around it."""
    before = f"{wording['before']}\n" if "before" in wording else ""
    document = read(page(before + wording["text"], language=wording["language"], published="2031-03-15"))
    found: list[Citation] = [c for c in document.citations if c.span.end > len(before)]
    for cited, citing in wording["cites"]:
        assert any(_holds(c.cited, cited) and _holds(c.citing, citing) for c in found), (cited, citing, found)
    names = [_names(party) for c in found for party in (c.cited, c.citing)]
    assert not [(name, word) for name in names for word in wording.get("not", ()) if word in name]


@pytest.mark.parametrize(
    ("language", "text", "handle"),
    [
        (
            "zh",
            "X帳號@kuaixun_99轉傳一張照片。經查，該照片最早是2019年由Instagram用戶@gangkou_eye所發布，與事故無關。",
            "gangkou_eye",
        ),
        (
            "hi",
            "एक्स हैंडल @turant_99 ने यह तस्वीर साझा की। यह तस्वीर सबसे पहले 2019 में इंस्टाग्राम यूजर @gangkou_eye ने पोस्ट की थी।",
            "gangkou_eye",
        ),
        (
            "en",
            "The photo was shared by X user @quick_99. It was first posted in 2019 by Instagram user @gangkou_eye.",
            "gangkou_eye",
        ),
    ],
)
def test_who_is_said_to_have_been_first_is_the_account_of_a_visual(language: str, text: str, handle: str) -> None:
    """Of several who put one picture out, the earliest is its account; a handle may follow a Chinese noun without a blank."""
    accounts = [m.account for m in read(page(text, language=language, published="2031-03-15")).media]
    assert [a.handle for a in accounts if a] == [handle]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "网传一段视频显示缆车坠落。\n【判定】错误"),
        ("ja", "ケーブルカーが落ちる動画が拡散している。\n【判定】誤り"),
        ("ko", "케이블카가 떨어지는 영상이 퍼졌다.\n판정: 사실 아님"),
        ("hi", "रोपवे गिरने का एक वीडियो वायरल है।\nनिष्कर्ष: गलत"),
        ("id", "Sebuah video yang memperlihatkan kereta gantung jatuh beredar.\nKesimpulan: Salah"),
        ("vi", "Một đoạn video được chia sẻ cho thấy cáp treo rơi.\nKết luận: Sai sự thật"),
        ("tr", "Teleferiğin düştüğünü gösteren bir video paylaşıldı.\nSonuç: Yanlış"),
        ("ar", "انتشر مقطع فيديو يظهر سقوط عربة التلفريك.\nالحكم: مضلل"),
        ("fa", "ویدیویی منتشر شد که سقوط تله‌کابین را نشان می‌دهد.\nنتیجه: نادرست"),
    ],
)
def test_a_rating_behind_its_label_is_a_verdict(language: str, text: str) -> None:
    """A label with its rating on a line of its own is the verdict on the visual told of before."""
    claims = read(page(text, language=language, published="2031-03-15")).claims
    assert [c.text for c in claims if c.type == "authenticity"] == [text.split("\n")[1]]


def test_a_captured_still_of_footage_is_not_the_photo_of_the_text() -> None:
    """A picture whose credit alone says that it was captured is of the footage told of; a photo told of is another."""
    text = "船隻的影片由頻道公布，影片顯示船身爆炸。網上同時流傳一張油輪起火的照片。\n（圖／翻攝自Telegram）"
    credit = "圖／翻攝自Telegram"
    medium = Medium(id="m1", kind="photo", role="body", credit=credit, credit_span=slice_of(text, credit))
    found = read(page(text, language="zh", published="2031-03-15", media=(medium,))).media
    assert [m.mentions for m in found if m.id == "m1"] == [()]
