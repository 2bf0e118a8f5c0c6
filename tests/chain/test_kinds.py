"""Kinds of things: a ferry is a boat and no cargo ship."""

import tomllib
from importlib.resources import files

import pytest
from test_conflicts import conflicts
from test_details import shown

from provenance.chain import kinds
from provenance.chain.words import read

FERRY = {
    "en": "the ferry tilts",
    "de": "die Fähre kippt",
    "fr": "un ferry chavire",
    "es": "un transbordador se inclina",
    "it": "un traghetto si inclina",
    "pl": "prom przechyla się",
    "ro": "un feribot se înclină",
    "tr": "feribot yan yatıyor",
    "ru": "паром кренится",
    "uk": "пором нахилився",
    "ar": "العبارة تميل",
    "zh": "渡轮倾斜",
    "ja": "フェリーが傾く",
    "ko": "여객선이 기울었다",
    "nl": "de veerboot kantelt",
    "cs": "trajekt se naklání",
    "bg": "фериботът се накланя",
    "hu": "a komp megdől",
    "id": "kapal feri miring",
}


@pytest.mark.parametrize("language", FERRY)
def test_a_kind_is_read_with_what_it_is_a_kind_of(language: str) -> None:
    """A ferry is a ferry and a boat in every language, so that it meets both."""
    assert {"ferry", "boat"} <= read([FERRY[language]], language).things


def test_forms_of_three_words_are_one_thing() -> None:
    """A rubber boat of three words is one boat, and the words in it are not read apart."""
    assert "inflatable-boat" in read(["un bote de goma"], "es").things
    assert "sailing-boat" in read(["una barca a vela"], "it").things


@pytest.mark.parametrize(
    ("thing", "other", "can"),
    [
        ("ferry", "boat", True),
        ("ferry", "ship", True),
        ("ferry", "cargo-ship", False),
        ("airliner", "fighter-jet", False),
        ("airliner", "aircraft", True),
        ("bear", "lion", False),
        ("bear", "big-animal", True),
        ("truck", "tanker-lorry", True),
        ("tank", "bus", False),
        ("cruise-ship", "submarine", False),
    ],
)
def test_which_kinds_can_be_one(thing: str, other: str, can: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A kind and what it is a kind of can be one thing, as can what texts take for one another; two kinds cannot."""
    assert kinds.can_be_one(thing, other) is can
    assert kinds.can_be_one(other, thing) is can


def test_a_ferry_here_and_a_freighter_there_is_a_conflict() -> None:
    """Each side shows its word; a boat or a ship instead of a ferry is none."""
    a = shown("a", "The ferry turns over off Dahl.", "The ferry turns over off Dahl", kind="video")
    b = shown("b", "Un carguero se hunde frente a Dahl.", "Un carguero se hunde frente a Dahl", "es", kind="video")
    c = shown("c", "Ein Schiff kentert vor Dahl.", "Ein Schiff kentert vor Dahl", "de", kind="video")
    (found,) = conflicts("depiction", a, b)
    assert {v.value: v.spans[0].text for v in found.values} == {"ferry": "ferry", "cargo-ship": "carguero"}
    assert conflicts("depiction", a, c) == []


def test_every_kind_is_known_and_every_form_is_found() -> None:
    """What a kind is a kind of, what stands in families and among the alike are things; each form reads as its kind."""
    table = tomllib.loads(files("provenance.chain").joinpath("data", "kinds.toml").read_text(encoding="utf-8"))
    concepts = tomllib.loads(files("provenance.chain").joinpath("data", "concepts.toml").read_text(encoding="utf-8"))
    things = set(concepts["thing"]) | set(table["kind"])
    listed = {t for family in table["families"].values() for t in family} | {t for pair in table["alike"]["pairs"] for t in pair}
    assert listed <= things
    assert {k["is"] for k in table["kind"].values() if "is" in k} <= set(concepts["thing"])
    forms = [(n, lang, f) for n, table in table["kind"].items() for lang, words in table.items() if lang != "is" for f in words]
    assert [f for f in forms if f[0] not in read([f[2].rstrip("*")], f[1]).things] == []
