"""Families of wordings that any language has: who told whom, who let know, whose group it is, in which quotation marks."""

import pytest

from provenance.attribute import read
from provenance.records import Citation
from tests.attribute.pages import page


def citations(language: str, text: str) -> tuple[Citation, ...]:
    return read(page(text, language=language, published="2041-03-05")).citations


def cited(language: str, text: str) -> list[str | None]:
    return [c.cited.name for c in citations(language, text)]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "Selon le quotidien allemand Kanalbote, le pont était fermé.", "Kanalbote"),
        ("pt", "A ponte estava fechada, segundo o portal de investigação Farol Aberto.", "Farol Aberto"),
        ("es", "El puente estaba cerrado, según informa el diario argentino Ribera Hoy.", "Ribera Hoy"),
        ("nl", "Dat ontdekte het Spaanse factcheckplatform Ebro Klaar.", "Ebro Klaar"),
    ],
)  # fmt: skip
def test_an_outlet_is_named_without_what_describes_it(language: str, text: str, name: str) -> None:
    """Between the noun for an outlet and its name may stand where it is from and what it does."""
    assert name in cited(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ein Video, das die Facebook-Gruppe »Kade Wacht« veröffentlicht hatte, zeigt den Brand."),
        ("nl", "De video verscheen dinsdag als eerste in de Facebookgroep Kade Wacht."),
        ("en", "Footage of the fire was uploaded within minutes by an anglers' group on Facebook, Kade Wacht."),
        ("uk", "Відео пожежі оприлюднила у фейсбуці спільнота рибалок «Kade Wacht», звідки його розібрали телеграм-канали."),
    ],
)
def test_a_group_is_the_account_by_the_name_beside_its_platform(language: str, text: str) -> None:
    """Inverted marks, compounds, names behind a comma, and a platform in another case all tell the account."""
    found = [c.cited for c in citations(language, text) if c.cited.kind == "social-account"]
    assert [(c.platform, c.name) for c in found] == [("facebook", "Kade Wacht")]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("bg", "Групата „Кей“ мълчи, а пожарът е угасен, съобщи Иван Колев.", "Иван Колев"),
        ("de", "Die Gruppe »Kade« schweigt, sagte Anna Kolb.", "Anna Kolb"),
        ("pl", "Grupa „Keja” milczy, powiedziała Anna Kolbe.", "Anna Kolbe"),
    ],
)  # fmt: skip
def test_words_behind_a_closing_mark_are_no_speech(language: str, text: str, name: str) -> None:
    """The mark that closes in German, Polish and Bulgarian opens in English; what follows it is still read."""
    assert name in cited(language, text)
