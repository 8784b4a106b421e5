"""Police certificates: six months in a row, in the last ten years, since the age of 18."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.calendar import add_years
from scoring.paper_rules import police
from scoring.profile import Residence
from scoring.stays import lived

ON = date(2026, 11, 22)
BORN = date(1994, 5, 2)
RULE = police(ON)
Told = tuple[str, str, str | None]


def stay(country: str, first: str, last: str | None) -> Residence:
    return Residence.model_validate_json(json.dumps({"country": country, "from": first, "until": last}))


def need(*told: Told, born: date | None = BORN, on: date = ON) -> list[tuple[str, str]]:
    return [(each.country, each.need) for each in lived([stay(*one) for one in told], born, on, RULE)]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2020-07-01", "2020-12-30", "too_short"),  # five months and 30 days
        ("2020-07-01", "2020-12-31", "needed"),  # six months, the last day included
        ("2020-01-01", "2020-06-29", "too_short"),
        ("2020-01-01", "2020-06-30", "needed"),
        # from the last day of August six months are over with February, in a leap year too
        ("2023-08-31", "2024-02-28", "too_short"),
        ("2023-08-31", "2024-02-29", "needed"),
        ("2026-05-23", None, "needed"),
        ("2026-05-24", None, "too_short"),
    ],
)
def test_six_months_in_a_row_ask_for_a_certificate(first: str, last: str | None, found: str) -> None:
    assert need(("IN", first, last)) == [("IN", found)]


@pytest.mark.parametrize(
    ("second_from", "found"),
    [
        ("2020-04-01", "needed"),  # the day after the first stay ended
        ("2020-04-02", "too_short"),  # one day elsewhere between: two stays of three months, in no row
        ("2020-03-15", "needed"),  # told with days in common
    ],
)
def test_a_country_lived_in_twice_counts_each_stay_by_itself_unless_they_touch(second_from: str, found: str) -> None:
    assert need(("IN", "2020-01-01", "2020-03-31"), ("IN", second_from, "2020-06-30")) == [("IN", found)]


def test_a_country_lived_in_twice_stands_once_with_its_last_long_stay() -> None:
    told = [stay("AE", "2018-01-01", "2018-12-31"), stay("IN", "2019-01-01", "2019-12-31")]
    found = lived([*told, stay("AE", "2020-01-01", None)], BORN, ON, RULE)
    assert [(each.country, each.first, each.here) for each in found] == [
        ("AE", date(2020, 1, 1), True),
        ("IN", date(2019, 1, 1), False),
    ]


@pytest.mark.parametrize(("last", "found"), [("2021-11-01", "too_short"), ("2021-11-02", "needed")])
def test_only_days_since_the_eighteenth_birthday_count(last: str, found: str) -> None:
    born = date(2003, 5, 3)  # 18 on the 3rd of May 2021
    assert need(("IN", "2003-05-03", last), born=born) == [("IN", found)]


def test_a_stay_that_ended_the_day_before_eighteen_asks_for_nothing_and_the_day_itself_begins_the_count() -> None:
    assert need(("IN", "1994-05-02", "2012-05-01")) == [("IN", "too_short")]
    assert need(("IN", "2012-05-02", "2012-11-01")) == [("IN", "verify")]


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("2017-05-21", "needed"),  # six months since the 22nd of November 2016
        ("2017-05-20", "verify"),  # long, but not within the last ten years
        ("2016-11-21", "verify"),
    ],
)
def test_ten_years_are_counted_back_from_the_day(last: str, found: str) -> None:
    assert need(("IN", "2013-01-01", last)) == [("IN", found)]


def test_canada_asks_for_none_and_an_unknown_day_leaves_it_open() -> None:
    assert need(("CA", "2015-01-01", None)) == []
    open_end = Residence.model_validate_json('{"country": "IN", "from": "2020-01-01"}')
    assert [each.need for each in lived([open_end], BORN, ON, RULE)] == ["unknown"]


def test_without_a_birth_date_every_day_counts() -> None:
    assert need(("IN", "2017-01-01", "2017-12-31"), born=None) == [("IN", "needed")]


@given(st.dates(date(2000, 1, 1), ON), st.integers(0, 1500), st.integers(0, 400))
def test_more_days_in_a_country_never_ask_for_less(first: date, days: int, more: int) -> None:
    order = ("too_short", "verify", "needed")
    last = min(first + timedelta(days), ON)
    shorter = need(("IN", first.isoformat(), last.isoformat()))[0][1]
    longer = need(("IN", first.isoformat(), min(last + timedelta(more), ON).isoformat()))[0][1]
    assert order.index(longer) >= order.index(shorter)


def test_the_birthday_of_29_february_comes_of_age_on_the_first_of_march() -> None:
    assert add_years(date(2004, 2, 29), RULE.since_age) == date(2022, 3, 1)
