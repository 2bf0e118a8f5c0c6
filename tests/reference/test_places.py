"""Places and what contains what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.reference import places


@pytest.mark.parametrize(
    ("outer", "inner", "holds"),
    [
        ("France", "Marseille", True),
        ("Marseille", "France", False),
        ("Japan", "大阪", True),
        ("Gaza Strip", "Rafah", True),
        ("Italy", "Rafah", False),
        ("Italy", "Port Lantern", None),
    ],
)
def test_containment_follows_the_file(outer: str, inner: str, holds: object) -> None:
    """A country contains its cities, not the other way round; the unknown stays unknown."""
    assert places.contains(outer, inner) is holds


@pytest.mark.parametrize(
    ("left", "right", "can"),
    [
        ("a quay in Marseille, France", "southern France", True),
        ("Kharkiv", "Kharkiv region", True),
        ("Lyon", "Marseille", False),
        ("Lyon", "the old quay", None),
    ],
)
def test_two_places_agree_when_one_can_contain_the_other(left: str, right: str, can: object) -> None:
    """Two phrases are compatible, contradict each other, or one of them is unknown."""
    assert places.compatible(left, right) is can
    assert places.compatible(right, left) is can


def test_a_city_named_like_its_region_may_be_either() -> None:
    """A name that city and region share does not contradict another town of that region."""
    assert places.compatible("Donetsk", "Bakhmut") is True


def test_capitals_tell_the_country_from_the_pronoun() -> None:
    """The country's initials are not the pronoun."""
    assert [m.entry.name for m in places.find("They told us that US aid came")] == ["United States"]


def test_names_come_in_many_scripts() -> None:
    """A place is found as Koreans, Russians, Chinese and Arabs write it."""
    found = [m.entry.name for m in places.find("서울에서, Москва, 北京 و القاهرة")]
    assert found == ["Seoul", "Moscow", "Beijing", "Cairo"]


def test_every_parent_exists_and_every_place_is_on_earth() -> None:
    """Parents name an entry, lines of parents end, and coordinates are degrees."""
    names = {e.name for e in places.entries()}
    assert len(names) >= 350
    for entry in places.entries():
        assert entry.parent is None or entry.parent in names
        assert -90 <= entry.latitude <= 90
        assert -180 <= entry.longitude <= 180
        assert places.contains(entry.name, entry.name) is True


@given(st.text(max_size=200))
def test_every_mention_lies_in_the_text(text: str) -> None:
    """Mentions are in order and inside the text, whatever the text."""
    position = 0
    for mention in places.find(text):
        assert position <= mention.start < mention.end <= len(text)
        position = mention.end
