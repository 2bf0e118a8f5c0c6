"""What a page leaves to its reader: pictures that a headline announces, sources by a common noun, platforms in a last line."""

import pytest

from provenance.attribute import dates, headlines, read
from provenance.attribute.lexicon import lexicon
from provenance.extract import pages
from provenance.records import Document, Medium, Snapshot
from tests.attribute.pages import page


def of_text(text: str) -> Document:
    """A text file, read the whole way."""
    snapshot = Snapshot(
        source="invented.txt",
        content=text.encode(),
        sha256="0" * 64,
        media_type="text/plain",
        obtained_at="2031-05-01T00:00:00Z",
        how="file",
    )
    (made,) = pages(snapshot)
    return read(made)


@pytest.mark.parametrize(
    ("headline", "kind", "shown"),
    [
        ("Над старой мельницей подняли чужой флаг. Фото", "photo", "Над старой мельницей подняли чужой флаг."),
        ("Un tren se detuvo en medio del puente (VIDEO)", "video", "Un tren se detuvo en medio del puente"),
        ("VIDEO: Vlak zůstal stát uprostřed mostu", "video", "Vlak zůstal stát uprostřed mostu"),
        ("다리 한가운데 멈춰 선 화물열차의 모습 [영상]", "video", "다리 한가운데 멈춰 선 화물열차의 모습"),
        ("Köprünün ortasında duran yük treni (foto)", "photo", "Köprünün ortasında duran yük treni"),
    ],
)
def test_a_headline_may_announce_the_picture(headline: str, kind: str, shown: str) -> None:
    """Where no words of the page speak of a visual, the mark at an end of its headline does; the headline says what it shows."""
    document = of_text(
        f"{headline}\nОб этом рассказал смотритель." if "Фото" in headline else f"{headline}\nKeine weiteren Angaben."
    )
    assert [(m.kind, m.role) for m in document.media] == [(kind, "mentioned")]
    assert document.media[0].description is not None
    assert document.media[0].description.text == shown


def test_a_headline_without_a_mark_announces_nothing() -> None:
    """A word for a picture inside a headline is no mark."""
    made = page("Photo studio burns down on the quay of Varna\nNobody was hurt.")
    assert headlines.marked(made, []) is None
    assert of_text("Fire on the quay of Varna, says photo club\nNobody was hurt.").media == ()


def test_the_organisation_is_the_one_that_was_named() -> None:
    """A "government-affiliated organization" is the only one that the text named before; who only reports is none."""
    document = of_text(
        "Cranes fall at Varna quay\n"
        "A photo released by the Quay Safety Center shows two cranes on their sides, Reuters reported.\n\n"
        "On Saturday, a video shared by the Bulgarian government-affiliated organization showed workers at the quay."
    )
    posted = [c.cited.name for c in document.citations if c.relation == "posted-by"]
    assert posted == ["the Quay Safety Center"] * 2


def test_an_organisation_that_is_not_pointed_at_stays_unnamed() -> None:
    """A second organisation may be meant by "a … organization": no name is given to it."""
    document = of_text(
        "Cranes fall at Varna quay\n"
        "A photo released by the Quay Safety Center shows two cranes on their sides, Reuters reported.\n\n"
        "On Saturday, a video shared by a Bulgarian government-affiliated organization showed workers at the quay."
    )
    posted = [c.cited.name for c in document.citations if c.relation == "posted-by"]
    assert posted == ["the Quay Safety Center", "a Bulgarian government-affiliated organization"]


def test_a_source_line_tells_the_platform_of_the_only_visual() -> None:
    """A line as "(źródło: Wieści Portowe, X)" tells where the film is from; a name behind a platform is its account."""
    document = read(page("W sieci krąży film, który pokazuje dwa dźwigi.\n(źródło: Wieści Portowe, X)", language="pl"))
    (medium,) = document.media
    assert medium.account is not None
    assert (medium.account.platform, medium.account.handle) == ("x", None)
    named = read(page("W sieci krąży film, który pokazuje dwa dźwigi.\n(źródło: Facebook, Jana Kolasa)", language="pl"))
    assert named.media[0].account is not None
    assert (named.media[0].account.platform, named.media[0].account.name) == ("facebook", "Jana Kolasa")


def test_a_partner_of_a_newsroom_is_whom_it_was_given_to() -> None:
    """A video "shared with Sky News' US partner CNN" came through CNN."""
    document = of_text("In a video shared with Sky News' US partner CNN, two cranes fall into the dock of Varna.")
    through = [c.cited.name for c in document.citations if c.relation == "via"]
    assert through == ["CNN"]


def test_what_is_published_together_has_one_source() -> None:
    """As in "un vídeo y un informe publicado por X": the source is that of both."""
    document = of_text(
        "Eso se ve en un vídeo y un informe publicado por el Centro de Puertos de Galicia. El vídeo muestra dos grúas."
    )
    about = [c.about for c in document.citations if c.relation == "posted-by"]
    assert about
    assert {m.id for m in document.media} <= {a for ids in about for a in ids}


def test_a_wall_and_whose_it_is() -> None:
    """As in "on the Facebook of a clerk, NAME, it was recorded": the picture that stands in the page is from that account."""
    text = "En el Facebook de un vigilante de puerto, Abel Quisca, quedó grabado el momento.\nGritan los vecinos."
    document = read(page(text, language="es", media=(Medium(id="m1", kind="video", role="body"),)))
    account = document.media[0].account
    assert account is not None
    assert (account.platform, account.name) == ("facebook", "Abel Quisca")
    assert [c.cited.name for c in document.citations if c.cited.as_written == "los vecinos"] != ["Abel Quisca"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The photo was taken in November 2014 at the quay."),
        ("de", "Das Foto wurde im November 2014 am Kai aufgenommen, gefilmt im November 2014."),
        ("cs", "Snímek pořízený v listopadu 2014 ukazuje přístaviště."),
        ("zh", "这张照片拍摄于2014年11月,显示码头。"),
    ],
)
def test_a_month_is_a_date_of_a_month(language: str, text: str) -> None:
    """A month of a year is kept as such, with the role of the verb of making beside it."""
    found = [d for m in read(page(text, language=language)).media for d in m.stated_dates]
    assert ("2014-11", "month", "taken") in [(d.value, d.precision, d.role) for d in found]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "в ноябре 2014 года"),
        ("uk", "у листопаді 2014 року"),
        ("pl", "w listopadzie 2014"),
        ("cs", "v listopadu 2014"),
        ("es", "en noviembre de 2014"),
        ("tr", "Kasım 2014"),
        ("ja", "2014年11月に"),
        ("ko", "2014년 11월에"),
    ],
)
def test_months_are_found_in_their_cases(language: str, text: str) -> None:
    """A month of a year, in the case that follows "in"; a day with its month stays a day."""
    anchor = dates.Anchor(None, None, "nothing")
    assert [(d.value, d.precision) for d in dates.stated(text, 0, len(text), lexicon(language), anchor)] == [("2014-11", "month")]
    day = "22 November 2014"
    assert [d.precision for d in dates.stated(day, 0, len(day), lexicon("en"), anchor)] == ["day"]


def test_a_platform_is_no_part_of_a_word() -> None:
    """The letters of a network's short name inside a word name no network."""
    document = read(page("Організація опублікувала відео, на якому вантажівки виїжджають зі складу.", language="uk"))
    assert all(c.cited.platform is None for c in document.citations)


def test_what_stands_in_the_picture_is_no_account() -> None:
    """Words in quotes that are the writing in a film are not the name of who posted it."""
    text = "同じ動画は2031年3月にTikTokに投稿されており、「ネパール・川」の文字があった。"
    document = read(page(text, language="ja"))
    assert all(m.account is None or m.account.name is None for m in document.media)
