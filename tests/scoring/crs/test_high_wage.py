"""The high-wage factor, which the shipped rules leave empty, with a made-up table of two levels."""

from __future__ import annotations

import copy
from functools import cache

import pytest

from scoring.pointers import completed
from scoring.resources import toml
from scoring.rulebook import Rulebook
from tests.scoring.crs import builders as build

OFFER = {"noc": "21231", "full_time": True, "permanent_or_one_year": True, "route": "a"}
LISTED = "31100"
HIGHER = "00012"
SENIOR = {**OFFER, "noc": "00010"}
HALF = {"noc": LISTED, "permanent_or_one_year": True, "route": "a"}
FACTORS = ("high_wage_canadian_work", "high_wage_job_offer")


@cache
def book() -> Rulebook:
    """The shipped rules with 21231 and 72200 at 20 and 30 points, 31100 and 00012 at 40 and 170."""
    crs = copy.deepcopy(toml("rules/crs.toml"))
    crs["high_wage"][0]["levels"] = [
        {"id": "1.3", "nocs": ["21231", "72200"], "points_canadian_work": 20, "points_job_offer": 30},
        {"id": "2.0", "nocs": [LISTED, HIGHER], "points_canadian_work": 40, "points_job_offer": 170},
    ]
    return Rulebook({"crs": crs})


def paid(case: build.Json) -> tuple[int, int]:
    found = build.lines(case, book=book())
    return found[FACTORS[0]].points, found[FACTORS[1]].points


def test_without_a_table_the_factor_has_no_line() -> None:
    assert not set(FACTORS) & set(build.lines({"canadian": 3, "offers": [OFFER]}))


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        ([{"like": "here", "years": 1}], 20),
        ([{"like": "here", "started_on": "2025-11-22"}], 0),
        ([{"like": "here", "years": 5}], 20),
        ([{"like": "here", "years": 1, "noc": LISTED}], 40),
        ([{"like": "here", "years": 1, "noc": "21232"}], 0),
        ([{"like": "abroad", "years": 3}], 0),
        ([{"like": "here", "years": 2, "noc": LISTED}, {"like": "here", "years": 2}], 40),
        ([{"like": "here", "years": 2}, {"like": "here", "years": 2, "noc": LISTED}], 40),
        (
            [
                {"like": "here", "started_on": "2026-05-21"},
                {"like": "here", "started_on": "2025-11-21", "ended_on": "2026-05-20", "noc": "72200"},
            ],
            20,
        ),
        (
            [
                {"like": "here", "started_on": "2026-05-21"},
                {"like": "here", "started_on": "2025-11-21", "ended_on": "2026-05-20", "noc": LISTED},
            ],
            0,
        ),
    ],
)
def test_a_completed_year_in_canada_at_a_level_pays_the_highest_level(jobs: list[build.Json], expected: int) -> None:
    line = build.lines({"jobs": jobs}, book=book())["high_wage_canadian_work"]
    assert (line.points, line.max, line.why, line.estimate) == (expected, 40, ("high_wage", {}), False)


@pytest.mark.parametrize(
    ("offers", "expected", "noc"),
    [
        ([], 0, None),
        ([OFFER], 30, "21231"),
        ([{**OFFER, "noc": LISTED}], 170, LISTED),
        ([{**OFFER, "noc": "21232"}], 0, "21232"),
        ([{**OFFER, "full_time": False}], 0, None),
        ([OFFER, {**OFFER, "noc": LISTED}], 170, LISTED),
    ],
)
def test_an_offer_at_a_level_pays_once(offers: list[build.Json], expected: int, noc: str | None) -> None:
    line = build.lines({"offers": offers}, book=book())["high_wage_job_offer"]
    assert (line.points, line.max, line.why, line.estimate) == (expected, 170, ("high_wage", {"noc": noc}), False)


def test_both_add_up_within_the_section() -> None:
    score = build.crs({"canadian": 1, "offers": [OFFER]}, book=book())
    assert score.sections["additional"] == (50, 50, 50, 600)
    capped = build.crs({"canadian": 1, "offers": [OFFER], "nomination": True}, book=book())
    assert capped.sections["additional"].points == 600


def test_before_2025_an_offer_pays_both_its_points() -> None:
    found = build.lines({"on": "2025-03-24", "offers": [{**OFFER, "noc": HIGHER}]}, book=book())
    assert (found["job_offer"].points, found["high_wage_job_offer"].points) == (200, 170)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_offer_that_pays_most_in_all_counts(order: tuple[int, int]) -> None:
    offers = [SENIOR, {**OFFER, "noc": LISTED}]
    found = build.lines({"on": "2025-03-24", "offers": [offers[place] for place in order]}, book=book())
    assert (found["job_offer"].points, found["high_wage_job_offer"].points) == (50, 170)


@pytest.mark.parametrize(
    ("case", "low", "high"),
    [
        ({"drop": ["/candidate/job_offers"]}, 429, 599),
        ({"offers": [{**OFFER, "noc": "21231", "route": "a"}, {}]}, 459, 599),
        ({"offers": [{"full_time": True}]}, 429, 599),
        ({"on": "2025-03-24", "drop": ["/candidate/job_offers"]}, 429, 799),
        ({"on": "2025-03-24", "offers": [{**SENIOR, "route": None}, HALF]}, 629, 649),
        ({"on": "2025-03-24", "offers": [HALF, {**SENIOR, "full_time": None}]}, 429, 649),
        ({"jobs": [{"like": "here", "years": 2, "drop": ["noc"]}]}, 379, 497),
        ({"jobs": [{"like": "here", "years": 2, "drop": ["authorized"]}]}, 379, 477),
        ({"jobs": [{"like": "here", "years": 1, "drop": ["noc"]}, {"like": "here", "years": 1}]}, 452, 472),
        ({"drop": ["/candidate/jobs"]}, 379, 574),
    ],
    ids=[
        "offers",
        "a second offer",
        "an offer",
        "offers of 2025",
        "a sure senior manager",
        "two offers",
        "occupation",
        "permit",
        "two jobs",
        "jobs",
    ],
)
def test_the_factor_is_part_of_the_range(case: build.Json, low: int, high: int) -> None:
    score = build.crs(case, book=book())
    assert build.ends(score) == (low, high)
    for values, end in ((score.low_with, low), (score.high_with, high)):
        reached = build.assessed(completed(build.facts(case), values), build.day(case), book=book()).crs
        assert reached.total == end


def test_an_estimated_year_makes_the_factor_an_estimate() -> None:
    early = {"on": "2022-11-15", "canadian": 1}
    assert build.lines(early, book=book())["high_wage_canadian_work"].estimate is True
    assert build.lines({**early, "on": "2022-11-16"}, book=book())["high_wage_canadian_work"].estimate is False


def test_the_reference_is_that_of_the_table() -> None:
    found = build.lines({}, book=book())
    assert {found[factor].reference.split(" <")[0] for factor in FACTORS} == {
        "No official text read; the page where one would appear"
    }
