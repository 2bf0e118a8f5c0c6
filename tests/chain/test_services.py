"""The service of a state that a name is, in many languages."""

import tomllib
from importlib.resources import files

import pytest

from provenance.chain import naming, services


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("the Indian Navy", "IN navy"),
        ("インド海軍", "IN navy"),
        ("Hải quân Ấn Độ", "IN navy"),
        ("भारतीय नौसेना", "IN navy"),
        ("نیروی دریایی هند", "IN navy"),
        ("البحرية الهندية", "IN navy"),
        ("Hindistan Donanması", "IN navy"),
        ("ministère russe de la Défense", "RU defence-ministry"),
        ("Минобороны России", "RU defence-ministry"),
        ("俄罗斯国防部", "RU defence-ministry"),
        ("armée de l’air française", "FR air-force"),
        ("US Marine Corps", "US marines"),
    ],
)
def test_a_service_of_a_state_is_known_in_any_language(name: str, service: str) -> None:
    """One state and one kind of service make one source."""
    assert services.of(name) == service


@pytest.mark.parametrize(
    "name", ["the navy", "Indian Express", "India", "Navy Times", "India and Pakistan navies", "", "x" * 500]
)
def test_a_name_without_one_state_and_one_service_is_none(name: str) -> None:
    """A service of no state, a state without one, and two states name no service of one."""
    assert services.of(name) is None


def test_services_are_compared_as_such() -> None:
    """The same service of one state in two languages is one source; another service or another state is another."""
    assert naming.one("Indian Navy", "Hải quân Ấn Độ") is True
    assert naming.one("Indian Navy", "भारतीय वायु सेना") is False
    assert naming.one("Indian Navy", "海上自衛隊（日本）") is False
    assert naming.shared(["インド海軍"], ["Indian Navy"])


def test_each_form_is_of_one_service() -> None:
    """A form that stands under two services would make the first of them of both."""
    table = tomllib.loads(files("provenance.chain").joinpath("data", "services.toml").read_text(encoding="utf-8"))
    seen: dict[str, str] = {}
    for service, languages in table.items():
        for form in {f.lower() for forms in languages.values() for f in forms}:
            assert seen.setdefault(form, service) == service, form
