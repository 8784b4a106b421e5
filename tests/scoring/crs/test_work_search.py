"""The best and the worst that partly known work can come to: the same as trying every value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from scoring.case import open_case
from scoring.crs.work import Years, work_ends
from scoring.profile import read
from scoring.rulebook import shipped

ON = date(2026, 6, 1)
JOB: dict[str, Any] = {
    **{"noc": "21231", "country": "CA", "started_on": "2022-06-01", "ended_on": None, "hours_per_week": 30},
    **{"paid": True, "self_employed": False, "full_time_student": False, "authorized": True, "canadian_employer": True},
}
ABROAD: dict[str, Any] = JOB | {"country": "IN", "canadian_employer": False}


def without(job: dict[str, Any], *names: str, **more: Any) -> dict[str, Any]:
    return {key: value for key, value in (job | more).items() if key not in names}


def ends(jobs: list[dict[str, Any]]) -> tuple[set[Years], set[Years]]:
    case = open_case(read({"candidate": {"jobs": jobs}}), shipped().on(ON))
    found = work_ends(case.candidate, case.rules)
    return {fact.years for fact in found.low}, {fact.years for fact in found.high}


def days(first: date, last: date) -> Iterable[str]:
    return ((first + timedelta(ahead)).isoformat() for ahead in range((last - first).days + 1))


HOURS = [hundredths / 100 for hundredths in range(0, 3001, 5)] + [29.99, 15.01, 14.99]
FOUR_YEARS = list(days(date(2022, 6, 1), date(2026, 6, 1)))
TEN_YEARS = list(days(date(2016, 6, 1), date(2026, 6, 1)))

CASES: list[tuple[str, list[dict[str, Any]], str, list[Any]]] = [
    (
        "hours of Canadian work in the place of foreign work: half time gives a year of one and three of the other",
        [without(JOB, "hours_per_week", started_on="2024-06-01"), ABROAD],
        "hours_per_week",
        HOURS,
    ),
    (
        "hours just under full time count a little faster",
        [without(JOB, "hours_per_week", started_on="2022-06-02")],
        "hours_per_week",
        HOURS,
    ),
    (
        "hours of foreign work just under full time count a little faster",
        [without(ABROAD, "hours_per_week", started_on="2023-06-02")],
        "hours_per_week",
        HOURS,
    ),
    ("the start of Canadian work beside foreign work", [without(JOB, "started_on"), ABROAD], "started_on", TEN_YEARS),
    (
        "the end of Canadian work beside foreign work",
        [without(JOB, "ended_on"), without(ABROAD, hours_per_week=40)],
        "ended_on",
        [*FOUR_YEARS, None],
    ),
    (
        "the start of part-time Canadian work beside part-time foreign work",
        [without(JOB, "started_on", hours_per_week=20), without(ABROAD, hours_per_week=20, started_on="2020-06-01")],
        "started_on",
        TEN_YEARS,
    ),
    ("where the work was", [without(JOB, "country"), ABROAD], "country", ["CA", "IN"]),
    (
        "whether the employer was Canadian",
        [without(JOB, "canadian_employer"), ABROAD],
        "canadian_employer",
        [True, False],
    ),
    (
        "whether the work was paid",
        [without(JOB, "paid"), without(ABROAD, started_on="2020-06-01")],
        "paid",
        [True, False],
    ),
    (
        "hours of months stated without dates",
        [without(JOB, "started_on", "ended_on", "hours_per_week", months=30), ABROAD],
        "hours_per_week",
        HOURS,
    ),
]


def best_of(found: set[Years]) -> set[Years]:
    return {each for each in found if not any(other != each and all_at_least(other, each) for other in found)}


def worst_of(found: set[Years]) -> set[Years]:
    return {each for each in found if not any(other != each and all_at_least(each, other) for other in found)}


def all_at_least(above: Years, below: Years) -> bool:
    return all(high >= low for high, low in zip(above, below, strict=True))


@pytest.mark.parametrize(("says", "jobs", "name", "values"), CASES, ids=[case[0] for case in CASES])
def test_the_ends_are_those_of_every_value(says: str, jobs: list[dict[str, Any]], name: str, values: list[Any]) -> None:
    assert says
    tried: set[Years] = set()
    for value in values:
        low, high = ends([jobs[0] | {name: value}, *jobs[1:]])
        assert low == high
        tried |= low
    low, high = ends(jobs)
    assert high == best_of(tried)
    assert low == worst_of(tried)


def test_half_time_is_found_between_the_ends() -> None:
    _, high = ends([without(JOB, "hours_per_week", started_on="2024-06-01"), ABROAD])
    assert Years(1, 3, 0) in high
    assert Years(2, 1, 0) in high


def test_two_jobs_with_unknown_hours_are_searched_together() -> None:
    first = without(JOB, "hours_per_week", started_on="2024-06-01")
    second = without(JOB, "hours_per_week", started_on="2022-06-01", ended_on="2024-05-31")
    tried: set[Years] = set()
    for one in range(0, 31):
        for other in range(0, 31):
            whole = [first | {"hours_per_week": one}, second | {"hours_per_week": other}, ABROAD]
            tried |= ends(whole)[0]
    low, high = ends([first, second, ABROAD])
    assert high == best_of(tried)
    assert low == worst_of(tried)


def test_more_jobs_than_matter_do_not_change_the_ends() -> None:
    _, high = ends([without(JOB, "country")] * 6)
    assert high == {Years(4, 0, 0), Years(0, 3, 0)}
