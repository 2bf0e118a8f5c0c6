"""The calibration file, as measured."""

import tomllib
from importlib import resources
from pathlib import Path

import pytest

from provenance import match
from provenance.match import HASH_RADII, RADII
from provenance.match.rules import Rule, rules

MEASURED = tomllib.loads(resources.files(match).joinpath("calibration.toml").read_text("utf-8"))["measured"]
ALL = (*rules().pairs, *rules().bare)


@pytest.mark.parametrize("rule", ALL, ids=lambda r: r.name)
def test_rates_are_what_was_counted(rule):
    """A rate is wrong / pairs, or where none was wrong 3 / pairs, to two digits."""
    assert rule.pairs > 100_000
    assert rule.error_rate == pytest.approx((rule.wrong or 3) / rule.pairs, rel=0.05)


@pytest.mark.parametrize("rule", rules().aligned, ids=lambda r: r.name)
def test_rates_of_aligned_rules_are_what_was_counted(rule):
    """The same, for the rules on aligned pixels."""
    assert rule.pairs > 500_000
    assert rule.error_rate == pytest.approx((rule.wrong or 3) / rule.pairs, rel=0.05)


@pytest.mark.parametrize(("part", "sure", "possible"), [("with_copies", 0.93, 0.97), ("without_model", 0.80, 0.93)])
def test_enough_is_found_again(part, sure, possible):
    """As it was measured: the counts of every edit add up, and the shares that the desk is promised are reached."""
    found = MEASURED[part]
    asked = found["edited"] * found["edits"]
    assert found["edits"] >= 40
    assert asked == found["same"] + found["likely"] + found["possible"] + found["missed"]
    assert (found["same"] + found["likely"]) / asked >= sure
    assert (found["same"] + found["likely"] + found["possible"]) / asked >= possible


def test_the_documentation_tells_what_was_counted():
    """The pairs, the wrong ones and every weak edit stand in docs/matching.md as they stand in the calibration."""
    told = (Path(__file__).resolve().parents[2] / "docs" / "matching.md").read_text("utf-8")
    for found in MEASURED.values():
        assert f"{found['wrong_same'] + found['wrong_likely']} of {found['pairs']:,}" in told
        assert f"{found['edited']} × {found['edits']}" in told
    for rule in rules().aligned:
        assert f"{rule.wrong} of {rule.pairs:,}" in told


def test_the_same_was_never_wrong():
    """By their hashes, no pair of distinct photographs was ever called the same, nor likely."""
    assert [r.wrong for r in rules().pairs if r.verdict in {"same", "likely"}] == [0, 0]


def test_possible_is_rare():
    """Even in the worst set of pairs, the same frame around all, fewer than one pair in 5,000 is possible."""
    assert max(r.error_rate for r in rules().pairs) < 1 / 5000


def test_rules_stand_in_the_order_of_trust():
    """The first that holds decides, so the surer stand first, and no name is twice."""
    order = {"same": 0, "likely": 1, "possible": 2}
    for group in (rules().pairs, rules().bare):
        by_algorithm = [
            [order[r.verdict] for r in group if set(r.needs) == set(needs)] for needs in {tuple(r.needs) for r in group}
        ]
        assert all(verdicts == sorted(verdicts) for verdicts in by_algorithm)
    assert len({r.name for r in ALL}) == len(ALL)


def test_every_pair_rule_needs_pdq():
    """Pairs are found by PDQ, so no rule may do without it; bare hashes are of one algorithm and never the same."""
    assert all("pdq" in rule.needs for rule in rules().pairs)
    assert all(len(rule.needs) == 1 and rule.verdict != "same" for rule in rules().bare)


def test_radii_hold_every_rule():
    """Searching within the radii misses nothing that a rule would join."""
    assert RADII["pdq"] == max(rule.needs["pdq"] for rule in rules().pairs)
    for rule in rules().bare:
        ((name, most),) = rule.needs.items()
        assert most <= HASH_RADII[name] <= RADII[name]


def test_a_rule_needs_every_hash_that_it_names():
    """A distance that is missing or too long breaks it."""
    rule = Rule("a rule", "likely", {"pdq": 10, "phash": 4}, "as it is", 0, 1, 1.0)
    assert rule.holds({"pdq": 10, "phash": 4, "dhash": 60})
    assert not rule.holds({"pdq": 11, "phash": 4})
    assert not rule.holds({"pdq": 10})
