"""What is assumed absent, and what lies after the day and is set aside."""

from __future__ import annotations

import pytest

from scoring.assessment import assess
from scoring.case import UnknownAssumptionError
from scoring.profile import read
from tests.scoring.crs import builders as build

OPEN = ["nomination", "trade_certificate", "sibling_in_canada"]
OF_PERSON = [*OPEN, "job_offers", "military", "relative_in_canada", "two_years_study_in_canada"]


def assuming(case: build.Json, names: list[str]) -> tuple[int, int, list[str]]:
    found = assess(read(build.facts(case)), build.day(case), assume_absent=names)
    return found.crs.low, found.crs.high, found.assumed_absent


@pytest.mark.parametrize("name", OF_PERSON)
def test_an_unknown_fact_that_is_assumed_absent_is_told(name: str) -> None:
    assert assuming({"drop": [f"/candidate/{name}"]}, [name]) == (429, 429, [f"/candidate/{name}"])


@pytest.mark.parametrize(("name", "high"), list(zip(OPEN, [1029, 454, 444], strict=True)))
def test_a_fact_that_is_not_named_stays_unknown(name: str, high: int) -> None:
    others = [other for other in OF_PERSON if other != name]
    assert assuming({"drop": [f"/candidate/{name}"]}, others) == (429, high, [])


def test_a_known_fact_is_never_assumed_away() -> None:
    assert assuming({"sibling": True, "nomination": True}, OF_PERSON) == (1029, 1029, [])


def test_offers_are_assumed_absent_while_they_paid() -> None:
    case = {"on": "2025-03-24", "drop": ["/candidate/job_offers"]}
    assert assuming(case, ["job_offers"]) == (429, 429, ["/candidate/job_offers"])


def test_the_partners_facts_are_assumed_too() -> None:
    case = {"partner": {}, "drop": ["/partner/sibling_in_canada"]}
    assert assuming(case, []) == (403, 418, [])
    assert assuming(case, ["sibling_in_canada"]) == (403, 403, ["/partner/sibling_in_canada"])


@pytest.mark.parametrize(
    ("name", "key", "before"),
    [
        ("self_employed", "self_employed", (379, 457)),
        ("full_time_student", "full_time_student", (379, 457)),
        ("unpaid", "paid", (379, 457)),
        ("unauthorized", "authorized", (379, 457)),
    ],
)
def test_what_would_spoil_a_job_is_assumed_absent(name: str, key: str, before: tuple[int, int]) -> None:
    case = {"jobs": [{"like": "here", "years": 2, "drop": [key]}]}
    assert assuming(case, []) == (*before, [])
    assert assuming(case, [name]) == (457, 457, [f"/candidate/jobs/0/{key}"])


def test_another_name_is_refused() -> None:
    with pytest.raises(UnknownAssumptionError):
        assuming({}, ["age"])


@pytest.mark.parametrize(
    ("values", "expected", "told"),
    [
        ({"/candidate/nomination": {"enhanced": True, "issued_on": "2026-11-22"}}, 429, "/candidate/nomination"),
        ({"/candidate/credentials/0/eca/issued_on": "2026-11-22"}, 284, "/candidate/credentials/0/eca"),
        ({"/candidate/credentials/0/completed_on": "2026-11-22"}, 284, "/candidate/credentials/0"),
        ({"/candidate/language_results/0/taken_on": "2026-11-22"}, 230, "/candidate/language_results/0"),
        (
            {"/candidate/jobs/0/started_on": "2026-11-22", "/candidate/jobs/0/ended_on": "2026-12-01"},
            379,
            "/candidate/jobs/0",
        ),
    ],
    ids=["nomination", "ECA", "credential", "result", "job"],
)
def test_what_is_dated_after_the_day_has_not_happened(values: build.Json, expected: int, told: str) -> None:
    found = build.assessed(build.facts({"set": values}))
    assert (found.crs.total, found.set_aside) == (expected, [told])


def test_what_is_dated_on_the_day_itself_has_happened() -> None:
    values = {"/candidate/nomination": {"enhanced": True, "issued_on": "2026-11-21"}}
    found = build.assessed(build.facts({"set": values}))
    assert (found.crs.total, found.set_aside) == (1029, [])
