"""Credentials to a level of education and to Canadian study (cases/base/education.json)."""

import json
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.assessment import assess
from scoring.case import open_case
from scoring.crs.score import CrsScore
from scoring.education import LEVELS, RANK, EducationFact, combined, eca_expires, education_ends
from scoring.profile import read
from scoring.rulebook import shipped

DATA = Path(__file__).parent / "cases" / "base" / "education.json"
CASES: dict[str, list[dict[str, Any]]] = json.loads(DATA.read_text("utf-8"))
ON = date(2026, 6, 1)
SINGLE = ("none", "secondary", "one_year", "two_year", "bachelor", "masters", "professional", "doctorate")
POINTS = {level: table.without for level, table in shipped().on(ON).education.levels.items()}


def named(case: dict[str, Any]) -> str:
    return str(case.get("name", case))


def facts(credentials: list[dict[str, Any]] | None, on: date = ON) -> tuple[EducationFact, EducationFact]:
    """The least and the most that credentials come to."""
    candidate = {} if credentials is None else {"credentials": credentials}
    case = open_case(read({"candidate": candidate}), shipped().on(on))
    ends = education_ends(case.candidate, case.rules)
    assert len(ends.low) == len(ends.high) == 1
    return ends.low[0], ends.high[0]


def score(credentials: list[dict[str, Any]], on: date = ON) -> CrsScore:
    return assess(read({"candidate": {"credentials": credentials}, "partner": False}), on).crs


def points(crs: CrsScore, factor: str) -> int:
    return next(line.points for line in crs.lines if line.factor == factor)


@pytest.mark.parametrize("case", CASES["level"], ids=named)
def test_credentials_come_to_a_level(case: dict[str, Any]) -> None:
    low, high = facts(case["credentials"], date.fromisoformat(case.get("on", "2026-06-01")))
    assert low == high
    assert (low.level, low.study) == (case["level"], case["study"])
    assert low.awaits_eca is case.get("awaits_eca", False)
    assert low.assessed == case.get("assessed", case["level"])


@pytest.mark.parametrize("case", CASES["level"], ids=named)
def test_the_score_pays_that_level_and_that_study(case: dict[str, Any]) -> None:
    crs = score(case["credentials"], date.fromisoformat(case.get("on", "2026-06-01")))
    assert points(crs, "education") == POINTS[case["level"]]
    expected = {"none": 0, "one_year": 15, "two_year": 15}.get(case["study"], 30)
    assert points(crs, "canadian_study") == case.get("points", expected) == expected


@pytest.mark.parametrize("case", [case for case in CASES["level"] if len(case["credentials"]) > 1], ids=named)
def test_the_order_of_credentials_changes_nothing(case: dict[str, Any]) -> None:
    on = date.fromisoformat(case.get("on", "2026-06-01"))
    as_listed, _ = facts(case["credentials"], on)
    for order in permutations(case["credentials"]):
        assert facts(list(order), on)[0] == as_listed


@pytest.mark.parametrize("case", CASES["open"], ids=named)
def test_what_is_unknown_of_credentials_opens_a_range(case: dict[str, Any]) -> None:
    low, high = facts(case["credentials"])
    assert (low.level, high.level) == (case["low"], case["high"])
    assert low.completion
    assert high.completion


@pytest.mark.parametrize("case", CASES["settled"], ids=named)
def test_what_cannot_matter_opens_nothing(case: dict[str, Any]) -> None:
    low, high = facts(case["credentials"])
    assert (low.level, high.level) == (case["level"], case["level"])


@pytest.mark.parametrize("case", CASES["combined"], ids=named)
def test_two_or_more_wants_one_of_three_years_and_no_secondary_school(case: dict[str, Any]) -> None:
    for order in permutations(case["levels"]):
        assert combined(order) == case["is"]


@given(st.lists(st.sampled_from(SINGLE[1:]), max_size=4), st.sampled_from(SINGLE[1:]))
def test_one_credential_more_is_never_less(levels: list[str], another: str) -> None:
    assert RANK[combined([*levels, another])] >= RANK[combined(levels)]


@given(st.lists(st.sampled_from(SINGLE[1:]), min_size=1, max_size=4))
def test_the_level_is_the_highest_or_two_or_more(levels: list[str]) -> None:
    top = max(levels, key=RANK.__getitem__)
    found = combined(levels)
    assert found in {top, "two_or_more"}
    assert (found == "two_or_more") is (top == "bachelor" and sum(level != "secondary" for level in levels) > 1)


def test_levels_rise_in_the_order_of_the_tables() -> None:
    assert list(LEVELS) == [*SINGLE[:5], "two_or_more", *SINGLE[5:]]
    paid = [POINTS[level] for level in LEVELS]
    assert paid == sorted(paid)


def test_an_eca_expires_on_its_fifth_anniversary() -> None:
    rules = shipped().on(ON)
    assert eca_expires(date(2021, 6, 1), rules) == date(2026, 6, 1)
    assert eca_expires(date(2024, 2, 29), rules) == date(2029, 3, 1)


def test_two_years_of_study_in_canada_are_asked_and_never_derived() -> None:
    studied = read(
        {"candidate": {"credentials": [{"level": "two_year", "country": "CA", "full_time_in_canada": True}]}}
    )
    assert open_case(studied, shipped().on(ON)).candidate.study is None


def test_a_partner_needs_an_eca_too() -> None:
    def partner(**credential: Any) -> int:
        told = {"accompanying": True, "canadian_or_permanent_resident": False, "credentials": [credential]}
        crs = assess(read({"partner": told}), ON).crs
        return points(crs, "partner_education")

    assert partner(level="bachelor", country="IN", eca={"issued_on": "2021-06-02"}) == 8
    assert partner(level="bachelor", country="IN", eca={"issued_on": "2021-06-01"}) == 0
    assert partner(level="bachelor", country="CA", full_time_in_canada=False) == 8
