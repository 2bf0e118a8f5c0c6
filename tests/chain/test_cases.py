"""Invented cases of several pages, written before the rules were fitted to them: what is found of each does not fall."""

import pytest
from cases import cases, figures

FLOORS = {
    "altar": {"pairs": 20, "visuals": 4, "origins": 4, "conflicts": 6},
    "cargo": {"pairs": 45, "visuals": 4, "origins": 3, "conflicts": 4},
    "comet": {"pairs": 24, "visuals": 2, "origins": 1, "conflicts": 2},
    "envelope": {"pairs": 15, "visuals": 2, "origins": 2, "conflicts": 5},
    "ferry": {"pairs": 28, "visuals": 3, "origins": 2, "conflicts": 7},
    "landing": {"pairs": 17, "visuals": 4, "origins": 4, "conflicts": 5},
    "metro": {"pairs": 36, "visuals": 2, "origins": 2, "conflicts": 4},
    "mudflow": {"pairs": 37, "visuals": 5, "origins": 5, "conflicts": 4},
    "order": {"pairs": 26, "visuals": 2, "origins": 2, "conflicts": 6},
    "pharmacy": {"pairs": 45, "visuals": 2, "origins": 2, "conflicts": 3},
    "raft": {"pairs": 38, "visuals": 3, "origins": 3, "conflicts": 2},
    "silo": {"pairs": 31, "visuals": 5, "origins": 5, "conflicts": 9},
    "slope": {"pairs": 23, "visuals": 3, "origins": 3, "conflicts": 0},
    "stadium": {"pairs": 55, "visuals": 3, "origins": 2, "conflicts": 4},
    "summit": {"pairs": 15, "visuals": 1, "origins": 1, "conflicts": 3},
    "wildfire": {"pairs": 36, "visuals": 3, "origins": 3, "conflicts": 1},
}


@pytest.mark.parametrize("name", FLOORS)
def test_an_invented_case_comes_out_no_worse(name: str) -> None:
    """Pages with one visual are joined and those of two stay apart; no apparent conflict is called hard."""
    found = figures(cases()[name])
    assert found.wrong == []
    short = {m: (getattr(found, m)[0], floor) for m, floor in FLOORS[name].items() if getattr(found, m)[0] < floor}
    assert not short, found.missed


def test_every_case_has_a_floor() -> None:
    """A case that is added is measured."""
    assert set(FLOORS) == set(cases())
