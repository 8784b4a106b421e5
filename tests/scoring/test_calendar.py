"""Days, months and years, counted as the regulations count them (cases/base/calendar.toml)."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.calendar import add_months, add_years, is_weekend, whole_months, whole_years, years_before

DATA = Path(__file__).parent / "cases" / "base" / "calendar.toml"
CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(DATA.read_text("utf-8"))
DAYS = st.dates(date(1950, 1, 1), date(2060, 12, 31))


def named(case: dict[str, Any]) -> str:
    return " ".join(str(value) for value in case.values())


@pytest.mark.parametrize("case", CASES["add_months"], ids=named)
def test_a_month_later_is_the_same_day_or_the_first_of_the_next_month(case: dict[str, Any]) -> None:
    assert add_months(case["start"], case["months"]) == case["reached"]


@pytest.mark.parametrize("case", CASES["add_years"], ids=named)
def test_an_anniversary_of_29_february_falls_on_1_march(case: dict[str, Any]) -> None:
    assert add_years(case["start"], case["years"]) == case["reached"]


@pytest.mark.parametrize("case", CASES["whole_years"], ids=named)
def test_a_year_completes_on_the_anniversary(case: dict[str, Any]) -> None:
    assert whole_years(case["start"], case["end"]) == case["years"]


@pytest.mark.parametrize("case", CASES["whole_months"], ids=named)
def test_calendar_months_are_whole_and_days_are_left_over(case: dict[str, Any]) -> None:
    assert whole_months(case["start"], case["end"]) == (case["months"], case["days"])


@pytest.mark.parametrize("case", CASES["years_before"], ids=named)
def test_the_day_so_many_years_before_makes_exactly_that_age(case: dict[str, Any]) -> None:
    start = years_before(case["on"], case["years"])
    assert start == case["start"]
    assert whole_years(start, case["on"]) == case["years"]


@pytest.mark.parametrize("case", CASES["weekends"], ids=named)
def test_saturday_and_sunday_are_a_weekend(case: dict[str, Any]) -> None:
    assert is_weekend(case["day"]) is case["is"]


@given(DAYS, st.integers(0, 600))
def test_months_added_are_months_counted(start: date, months: int) -> None:
    assert whole_months(start, add_months(start, months)) == (months, 0)


@given(DAYS, st.integers(0, 20_000))
def test_months_and_left_over_days_lead_to_the_end(start: date, length: int) -> None:
    end = start + timedelta(length)
    months, days = whole_months(start, end)
    assert add_months(start, months) + timedelta(days) == end
    assert add_months(start, months + 1) > end


@given(DAYS, st.integers(0, 60))
def test_twelve_months_are_a_year(start: date, years: int) -> None:
    assert add_months(start, 12 * years) == add_years(start, years)


@given(DAYS, st.integers(0, 50))
def test_a_year_is_complete_on_its_anniversary_and_not_the_day_before(start: date, years: int) -> None:
    anniversary = add_years(start, years)
    assert whole_years(start, anniversary) == years
    assert whole_years(start, anniversary - timedelta(1)) == max(0, years - 1)


@given(DAYS, st.integers(1, 60))
def test_the_day_so_many_years_before_is_the_last_that_does(on: date, years: int) -> None:
    start = years_before(on, years)
    assert whole_years(start, on) == years
    assert whole_years(start + timedelta(1), on) == years - 1
