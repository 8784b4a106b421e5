"""What each category asks for: months, place, French, the military group; and the pool that comes before them all."""

from datetime import date

import pytest

from scoring.assessment import assess
from scoring.profile import read
from tests.scoring.programs.builders import (
    Json,
    Words,
    assessed,
    cases,
    category,
    check,
    codes,
    draw_type,
    examples,
    ids,
    program,
    reason,
    told,
)

CASES = cases("categories/facts.toml")
PROFILES = [(person, day) for person in examples("category_profiles.json") for day in person["profiles"]]


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_facts_of_a_category(case: Words) -> None:
    found = category(assessed(case), case["category"])
    assert found.facts_verdict == case["facts"], told(found)
    # what the category says together with the pool is held only where a case tells it
    whole = {} if "verdict" in case else {"verdict": found.verdict, "fits_from": found.fits_from}
    check({**case, **whole}, found)


@pytest.mark.parametrize(("person", "day"), PROFILES, ids=[f"{person['id']} on {day}" for person, day in PROFILES])
def test_example_profiles_of_the_reference(person: Json, day: str) -> None:
    found = assess(read(person["profiles"][day]), date.fromisoformat(day))
    assert sorted(fit.id for fit in found.categories if fit.facts_verdict == "fits") == sorted(person["expected"][day])
    fits = sorted(fit.id for fit in found.categories if fit.verdict == "fits")
    assert fits == sorted(person["expected_verdict_fits"][day])
    assert {fit.id: fit.verdict for fit in found.programs} == person["oracle_programs"][day]


# --- the pool ---

LISTED = {"jobs": ["72200 IN 2020-06-01.."]}


def test_category_fits_where_facts_and_a_program_fit() -> None:
    found = category(assessed(LISTED), "trades")
    assert (found.facts_verdict, found.verdict) == ("fits", "fits")
    assert codes(found) == ["listed_work_met"]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ({"funds": 15000}, "nearly"),
        ({"set": {"household.settlement_funds_cad": "absent"}}, "cannot_tell"),
        ({"funds": 0}, "does_not_fit"),
    ],
)
def test_no_program_no_pool(words: Words, verdict: str) -> None:
    found = assessed({**LISTED, **words})
    trades = category(found, "trades")
    assert program(found, "fsw").verdict == verdict
    assert (trades.facts_verdict, trades.verdict) == ("fits", verdict)
    assert codes(trades) == ["listed_work_met", "pool_not_open"]
    assert reason(trades, "pool_not_open") == {"fact": "", "have": verdict, "need": "fits"}
    assert draw_type(found, "trades").verdict == verdict


def test_worse_of_facts_and_pool_decides() -> None:
    found = category(assessed({"french": "6 7 7 7", "funds": 0}), "french")
    assert (found.facts_verdict, found.verdict) == ("nearly", "does_not_fit")
    found = category(assessed({"french": "5 5 5 5", "funds": 15000}), "french")
    assert (found.facts_verdict, found.verdict) == ("does_not_fit", "does_not_fit")


def test_best_program_opens_the_pool() -> None:
    # no funds: only the Canadian Experience Class fits
    found = assessed({"jobs": ["72200 CA 2024-06-01.."], "funds": 0})
    assert [fit.verdict for fit in found.programs] == ["does_not_fit", "fits", "does_not_fit"]
    assert category(found, "trades").verdict == "fits"


def test_day_that_cures_both_the_months_and_the_pool() -> None:
    # the pool opens on 2026-09-01 (a year), the category on 2026-12-15 (a year as an electrician)
    found = category(assessed({"jobs": ["72201 IN 2025-09-01..2025-12-14", "72200 IN 2025-12-15.."]}), "trades")
    assert found.verdict == "nearly"
    assert found.fits_from == date(2026, 12, 15)


def test_pool_that_opens_cures_a_category_whose_facts_fit() -> None:
    found = category(
        assessed({"jobs": ["21231 IN 2025-09-01.."], "french": "7 7 7 7", "credentials": ["bachelor IN eca"]}), "french"
    )
    assert (found.facts_verdict, found.verdict, found.fits_from) == ("fits", "nearly", date(2026, 9, 1))


def test_time_does_not_cure_a_list() -> None:
    found = category(assessed({"jobs": ["21231 IN 2025-09-01.."]}), "trades")
    assert found.verdict == "does_not_fit"
    assert found.fits_from is None


def test_physician_in_canada_is_in_both_categories() -> None:
    found = assessed({"jobs": ["31102 CA 2025-06-01..2026-05-31"]})
    fits = [fit.id for fit in found.categories if fit.facts_verdict == "fits"]
    assert fits == ["healthcare", "physicians"]


def test_other_health_occupations_are_in_one() -> None:
    found = assessed({"jobs": ["31103 CA 2025-06-01..2026-05-31"]})
    assert [fit.id for fit in found.categories if fit.facts_verdict == "fits"] == ["healthcare"]
