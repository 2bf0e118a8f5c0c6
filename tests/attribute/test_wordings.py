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


@pytest.mark.parametrize(
    ("language", "text", "teller", "told"),
    [
        ("it", "«Non c'è pericolo», ha assicurato a Radio Foce il sindaco Vasile Grama.", "Vasile Grama", "Radio Foce"),
        ("fr", "« Aucun danger », a assuré le maire Jean Colin auprès de Canal Ouest.", "Jean Colin", "Canal Ouest"),
        ("es", "«No hay peligro», dijo a Radio Ribera el alcalde Juan Col.", "Juan Col", "Radio Ribera"),
        ("ro", "Focul e stins, a declarat pentru Canal Vest primarul Ion Col.", "Ion Col", "Canal Vest"),
        ("de", "Es bestehe keine Gefahr, sagte Bürgermeister Jan Kolb der Zeitung Kanalbote.", "Jan Kolb", "Kanalbote"),
        ("nl", "Er is geen gevaar, zei burgemeester Jan Kolk tegen omroep Kanaal.", "Jan Kolk", "Kanaal"),
        ("cs", "Nebezpečí nehrozí, řekl ČTK starosta Jan Novák.", "Jan Novák", "ČTK"),
        ("pl", "Zagrożenia nie ma, powiedział PAP burmistrz Jan Kolba.", "Jan Kolba", "PAP"),
        ("ru", "Об этом сообщил агентству «Северный вал» мэр города Иван Петров.", "Иван Петров", "Северный вал"),
        ("pt", "A Canalis, detida por um fundo, disse à Radio Cais que nada sabia.", "A Canalis", "Radio Cais"),
    ],
)
def test_whom_a_source_told_is_who_the_article_has_it_from(language: str, text: str, teller: str, told: str) -> None:
    """The newsroom told stands before the subject, behind it or behind the verb; it cites whoever spoke."""
    assert (told, teller) in [(c.citing.name, c.cited.name) for c in citations(language, text)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A letter leaked to the investigative outlet Canal Watch shows that inspectors wanted the terminal shut."),
        ("de", "Ein Schreiben, das dem Rechercheportal Canal Watch zugespielt wurde, verlangt die Räumung."),
        ("fr", "Un document dont le site d'investigation Canal Watch a obtenu copie a été signé en juin."),
        ("es", "La carta, a la que ha tenido acceso el diario Canal Watch, pide el cierre."),
        ("it", "Una lettera, di cui è entrato in possesso il quotidiano Canal Watch, chiede la chiusura."),
        ("pt", "A carta, a que o jornal Canal Watch teve acesso, pede o fecho."),
        ("ro", "Scrisoarea, intrată în posesia portalului Canal Watch, cere închiderea."),
        ("pl", "Pismo, do którego dotarł portal Canal Watch, nakazuje zamknięcie."),
        ("cs", "Dopis, který má redakce serveru Canal Watch k dispozici, žádá uzavření."),
        ("ru", "Письмо, оказавшееся в распоряжении издания «Canal Watch», датировано июлем."),
        ("bg", "Писмото, с което разполага сайтът „Canal Watch“, е от 11 юли."),
    ],
)
def test_a_paper_comes_from_the_newsroom_that_it_came_to(language: str, text: str) -> None:
    """Where nobody is said to have given it, whoever holds it is its source."""
    document = read(page(text, language=language, published="2041-03-05"))
    assert [m.kind for m in document.media] == ["document"]
    assert [(c.cited.name, c.relation) for c in document.citations] == [("Canal Watch", "provided-by")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "La foto la tomó el 14 de enero de 2020 Jordi Palau, fotógrafo de la agencia Canal Foto, tras el incendio."),
        ("nl", "De foto werd in januari 2020 gemaakt door Jordi Palau van persbureau Canal Foto."),
        ("it", "La foto è stata scattata nel 2020 da Jordi Palau, fotografo dell'agenzia Canal Foto."),
        ("pl", "Zdjęcie zrobił w 2020 roku Jordi Palau z agencji Canal Foto."),
        ("cs", "Snímek pořídil v roce 2020 Jordi Palau z agentury Canal Foto."),
        ("en", "The photo was taken by Jordi Palau, a photographer for the agency Canal Foto, in 2020."),
    ],
)
def test_a_photographer_stands_behind_the_agency(language: str, text: str) -> None:
    """The article has the picture through the agency that whoever took it works for, as where a credit line names both."""
    assert {(c.citing.name, c.cited.name) for c in citations(language, text)} == {
        (None, "Canal Foto"),
        ("Canal Foto", "Jordi Palau"),
    }


@pytest.mark.parametrize(
    ("text", "name"), [("meldete die Agentur Sur Andina.", "Sur Andina"), ("meldete Andina 24.", "Andina 24")]
)
def test_a_name_that_goes_on_behind_that_of_an_agency_is_another(text: str, name: str) -> None:
    """One word of a longer name does not make it that of an agency of this word."""
    assert cited("de", f"Das Wasser steigt, {text}") == [name]


def test_the_name_of_an_office_ends_before_the_verb() -> None:
    """In German no article tells where the next phrase begins; a small word behind a noun does."""
    assert cited("de", "Bei dem Unglück kamen nach Angaben der Feuerwehr drei Menschen ums Leben.") == ["der Feuerwehr"]


def test_a_picture_of_something_is_from_nobody() -> None:
    """A mere "von" before one noun, or behind a site, says what is seen or where."""
    assert cited("de", "Das Foto zeigt ein Bild von Flammen, das am Flughafen von Fada-Kolb entstand.") == []


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("de", "Vier Menschen kamen ums Leben, teilte die Bergwacht mit.", "die Bergwacht"),
        ("nl", "Er vielen vier doden, deelde de brandweer mee.", "de brandweer"),
        ("it", "Lo ha reso noto il portavoce del soccorso alpino, Radek Vlach.", "Radek Vlach"),
        ("es", "Lo dijo la directora de obras, Jana Kubal.", "Jana Kubal"),
        ("cs", "Uniklý dopis zveřejnila radnice na svém webu.", "radnice"),
        ("pl", "Zginęły cztery osoby, poinformowała policja.", "policja"),
        ("fr", "« C'est bien ma photo », nous a confirmé Jean Colin.", "Jean Colin"),
    ],
)
def test_a_verb_of_two_parts_a_pronoun_or_a_bare_office_hides_no_source(language: str, text: str, name: str) -> None:
    """The subject may stand inside its verb, behind a role and a comma, or be an office without article or capital."""
    assert name in cited(language, text)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("cs", "Pád zachytil lyžař Petr Hanuš. Na svém instagramovém profilu @snow_petr sdílel krátký záznam.", "Petr Hanuš"),
        ("en", "Ana Ruiz, whose clip of it was seen by all, told Alpine Today. She shared it to her Instagram page.", "Ana Ruiz"),
    ],
)  # fmt: skip
def test_whose_profile_it_is_tells_the_sentence_before(language: str, text: str, name: str) -> None:
    """A profile called "his" is that of the person named before, never of the newsroom told or of who spoke long ago."""
    posted = [c.cited.name for c in citations(language, text) if c.cited.kind == "social-account"]
    assert posted == [name]


def test_an_outlet_that_took_a_picture_over_is_no_origin_of_it() -> None:
    """That outlets such as X published it says where it went, not where it is from."""
    text = "La foto circula desde ayer. Medios como el polaco Karpaty24 la publicaron sin comprobarla."
    assert [(c.cited.name, c.relation) for c in citations("es", text)] == [("Karpaty24", "reports")]
