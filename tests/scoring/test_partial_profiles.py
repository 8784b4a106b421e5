"""Laws of partial profiles: the range is true, its ends are reached, verdicts are those of every completion."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from scoring.abilities import ABILITIES
from scoring.assessment import Assessment, View, assess
from scoring.case import open_case
from scoring.crs.score import CrsScore
from scoring.crs.span import crs_score
from scoring.pointers import completed
from scoring.profile import ProfileError, read
from scoring.rulebook import shipped
from tests.scoring.profiles import ON, Facts, both, profiles


def crs(facts: Facts, on: date = ON) -> CrsScore:
    profile, rules = read(facts), shipped().on(on)
    return crs_score(View(open_case(profile, rules)).span, rules, profile)


def is_readable(facts: Facts) -> bool:
    try:
        read(facts)
    except ProfileError:  # the profile without its partner, say, but still married
        return False
    return True


def range_is_true(whole: Facts, part: Facts) -> None:
    """The whole profile scores inside the range, and the told completions score exactly its ends."""
    assume(is_readable(part))
    found, full = crs(part), crs(whole)
    assert full.total is not None
    assert found.low <= full.total <= found.high
    assert crs(completed(part, found.low_with)).total == found.low
    assert crs(completed(part, found.high_with)).total == found.high
    assert sum(line.points for line in found.lines) == found.low
    assert (found.total is None) is (found.low < found.high)
    for section in found.sections.values():
        assert 0 <= section.low <= section.high <= section.max


@given(both())
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_the_range_of_a_partial_profile_is_true(pair: tuple[Facts, Facts]) -> None:
    range_is_true(*pair)


@pytest.mark.soak
@given(both())
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
def test_the_range_of_a_partial_profile_is_true_many_times_over(pair: tuple[Facts, Facts]) -> None:
    range_is_true(*pair)


def verdicts(found: Assessment) -> dict[str, str]:
    return {fit.id: fit.verdict for fit in (*found.programs, *found.categories)}


@given(both())
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=40)
def test_a_verdict_of_a_partial_profile_is_the_verdict_of_the_whole_one(pair: tuple[Facts, Facts]) -> None:
    """With one exception that is no contradiction: what cannot be told of the part may be told of the whole."""
    whole, part = pair
    assume(is_readable(part))
    told, full = verdicts(assess(read(part), ON)), verdicts(assess(read(whole), ON))
    for name, verdict in told.items():
        assert verdict in ("cannot_tell", full[name]), name


@given(profiles())
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=30)
def test_the_same_profile_on_the_same_day_gives_the_same_answer(whole: Facts) -> None:
    assert assess(read(whole), ON) == assess(read(whole), ON)


def test_nothing_known_ranges_over_everything() -> None:
    found = crs({})
    assert (found.low, found.high) == (0, 1200)
    assert crs(completed({}, found.low_with)).total == 0
    assert crs(completed({}, found.high_with)).total == 1200


ASSUMED: list[tuple[tuple[str, ...], int]] = [
    ((), 1200),
    (("nomination",), 695),  # 500 + 100 + 15 + 50 + 30
    (("nomination", "sibling_in_canada"), 680),
]


@pytest.mark.parametrize(("names", "high"), ASSUMED)
def test_a_rarity_assumed_absent_is_out_of_the_range(names: tuple[str, ...], high: int) -> None:
    found = assess(read({}), ON, assume_absent=names)
    assert found.crs.high == high
    assert found.assumed_absent == [f"/{who}/{name}" for who in ("candidate", "partner") for name in names]


TELLING: list[tuple[list[str], str | None]] = [
    ([], None),
    (["nomination"], "/candidate/nomination"),
    (["nomination", "sibling_in_canada"], "/candidate/nomination"),
    (["birth_date", "sibling_in_canada"], "/candidate/birth_date"),
    (["language_results", "sibling_in_canada"], "/candidate/language_results"),
    (["sibling_in_canada", "military"], "/candidate/sibling_in_canada"),
    (["military"], None),
]


@pytest.mark.parametrize(("absent", "telling"), TELLING)
def test_the_unknown_that_would_narrow_most_is_named(absent: list[str], telling: str | None) -> None:
    facts: dict[str, Any] = {
        "birth_date": "1990-01-01",
        "language_results": [],
        "credentials": [],
        "jobs": [],
        "trade_certificate": False,
        "nomination": False,
        "military": False,
        "job_offers": [],
        "sibling_in_canada": False,
    }
    for name in absent:
        del facts[name]
    assert assess(read({"candidate": facts, "partner": False}), ON).most_telling_unknown == telling


def test_a_score_that_makes_a_program_fit_can_cost_points_and_the_range_knows() -> None:
    """A program that fits comes before the score: at CLB 7 the second, weaker test is the one that counts."""
    strong = {"listening": 8.5, "reading": 8.0, "writing": 7.5, "speaking": 5.5}
    weak = {"listening": 6.0, "reading": 6.0, "writing": 6.0}
    nurse = {
        **{"noc": "31301", "country": "CA", "started_on": "2025-03-01", "ended_on": None, "hours_per_week": 40},
        **{"paid": True, "self_employed": False, "full_time_student": False, "authorized": True},
        "canadian_employer": True,
    }
    candidate = {
        "birth_date": "1985-01-01",
        "first_official_language": "en",
        "language_results": [
            {"test": "ielts_general", "taken_on": "2026-01-01", **strong},
            {"test": "ielts_general", "taken_on": "2025-06-01", **weak},
        ],
        "credentials": [],
        "jobs": [nurse],
        **{"trade_certificate": False, "nomination": False, "sibling_in_canada": False},
    }
    facts: Facts = {"candidate": candidate, "partner": False, "household": {"intends_quebec": False}}
    found = crs(facts)
    assert (found.low, found.high) == (147, 190)
    assert found.low_with == {"/candidate/language_results/1/speaking": 6.0}
    assert crs(completed(facts, found.low_with)).total == 147
    assert crs(completed(facts, {"/candidate/language_results/1/speaking": 5.5})).total == 190


UNDATED: list[tuple[str, Facts]] = [
    ("credentials", {"level": "masters", "country": "IN", "eca": {"body": "WES"}}),
    ("language_results", {"test": "celpip_general", **dict.fromkeys(ABILITIES, 9)}),
]


@pytest.mark.parametrize("on", [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)])
@pytest.mark.parametrize(("key", "item"), UNDATED)
def test_a_paper_of_unknown_day_may_have_expired_on_any_day(key: str, item: Facts, on: date) -> None:
    """On 29 February too, which has no anniversary in most of the years that count."""
    nothing: Facts = {
        "language_results": [],
        "credentials": [],
        "jobs": [],
        "job_offers": [],
        "trade_certificate": False,
    }
    nothing |= {"birth_date": "1990-01-15", "nomination": False, "sibling_in_canada": False}
    without = crs({"candidate": nothing, "partner": False}, on)
    assert crs({"candidate": {**nothing, key: [item]}, "partner": False}, on).low == without.low
