"""Section D: nomination, sibling, French, Canadian study, job offers by date, and the cap."""

from __future__ import annotations

import pytest

from tests.scoring.crs import builders as build

OFFER = {"noc": "21231", "full_time": True, "permanent_or_one_year": True, "route": "a"}
RICH: build.Json = {
    "nomination": True,
    "sibling": True,
    "second": [7, 7, 7, 7],
    "study": ["bachelor"],
    "offers": [OFFER],
}


def french_case(french: list[int], english: list[int]) -> build.Json:
    if not english:
        return {"first_is": "fr", "first": french}
    return {"first_is": "fr", "first": french, "second": english}


@pytest.mark.parametrize(("held", "expected"), build.rows("additional", "nomination"))
def test_a_nomination_brings_600(held: bool, expected: int) -> None:
    line = build.lines({"nomination": held})["nomination"]
    assert (line.points, line.max, line.why) == (expected, 600, ("nomination", {"held": held}))


def test_a_base_nomination_brings_nothing() -> None:
    assert build.points({"set": {"/candidate/nomination": {"province": "ON", "enhanced": False}}}, "nomination") == 0


@pytest.mark.parametrize(
    ("own", "partners", "expected"), [(False, False, 0), (True, False, 15), (False, True, 15), (True, True, 15)]
)
def test_a_sibling_of_either_brings_15_once(own: bool, partners: bool, expected: int) -> None:
    line = build.lines({"sibling": own, "partner": {"sibling": partners}})["sibling"]
    assert (line.points, line.max) == (expected, 15)
    assert line.why == ("sibling", {"own": own, "partners": partners})


def test_the_sibling_of_a_partner_who_stays_behind_brings_nothing() -> None:
    line = build.lines({"partner": {"sibling": True}, "set": {"/partner/accompanying": False}})["sibling"]
    assert (line.points, line.why.values) == (0, {"own": False, "partners": False})


@pytest.mark.parametrize(("french", "english", "now", "before"), build.rows("additional", "french"))
def test_french_brings_more_with_english_at_five_in_all_four(
    french: list[int], english: list[int], now: int, before: int
) -> None:
    case = french_case(french, english)
    line = build.lines(case)["french"]
    assert (line.points, line.max, line.why.code) == (now, 50, "french")
    assert line.why.values == {"french": min(french), "english": min(english) if english else None}
    assert build.points({**case, "on": "2020-10-19"}, "french") == before


def test_french_counts_as_the_second_language_too() -> None:
    assert build.points({"first": [5] * 4, "second": [7] * 4}, "french") == 50
    assert build.points({"first": [4] * 4, "second": [7] * 4}, "french") == 25
    assert build.lines({"first": [9] * 4})["french"].why.values == {"french": None, "english": 9}


@pytest.mark.parametrize(("levels", "expected", "told"), build.rows("additional", "canadian_study"))
def test_canadian_study_pays_by_the_highest_canadian_credential(levels: list[str], expected: int, told: str) -> None:
    line = build.lines({"education": "masters", "study": levels})["canadian_study"]
    assert (line.points, line.max, line.why) == (expected, 30, ("canadian_study", {"level": told}))


def test_a_canadian_credential_without_its_conditions_brings_no_study_points() -> None:
    held = [build.credential("bachelor", build.DAY, country="CA", eca=False, full_time_in_canada=False)]
    found = build.lines({"set": {"/candidate/credentials": held}})
    assert (found["canadian_study"].points, found["education"].points) == (0, 120)


@pytest.mark.parametrize(("on", "factor", "expected", "most"), build.rows("additional", "by_date"))
def test_each_factor_pays_what_was_in_force_on_the_day(on: str, factor: str, expected: int, most: int) -> None:
    found = build.lines({**RICH, "on": on}).get(factor)
    if not most:
        assert found is None  # a factor that pays nothing on the day has no line
        return
    assert found is not None
    assert (found.points, found.max) == (expected, most)


@pytest.mark.parametrize(("on", "noc", "route", "expected"), build.rows("additional", "offers"))
def test_a_job_offer_pays_by_day_occupation_and_route(on: str, noc: str, route: str, expected: int) -> None:
    case = {"on": on, "offers": [{**OFFER, "noc": noc, "route": route}]}
    assert build.points(case, "job_offer") == expected


def test_the_line_of_an_offer_names_its_occupation() -> None:
    line = build.lines({"on": "2025-03-24", "offers": [{**OFFER, "noc": "00012"}]})["job_offer"]
    assert (line.why, line.estimate) == (("job_offer", {"noc": "00012"}), False)


def test_the_line_of_unknown_offers_names_none() -> None:
    line = build.lines({"on": "2025-03-24", "drop": ["/candidate/job_offers"]})["job_offer"]
    assert (line.points, line.why.values) == (0, {"noc": None})


@pytest.mark.parametrize("condition", ["full_time", "permanent_or_one_year"])
def test_an_offer_that_misses_a_condition_brings_nothing(condition: str) -> None:
    line = build.lines({"on": "2025-03-24", "offers": [{**OFFER, condition: False}]})["job_offer"]
    assert (line.points, line.why.values) == (0, {"noc": None})


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_best_offer_counts_once(order: tuple[int, int]) -> None:
    offers = [{**OFFER, "noc": "00012"}, OFFER]
    case = {"on": "2025-03-24", "offers": [offers[place] for place in order]}
    line = build.lines(case)["job_offer"]
    assert (line.points, line.why.values) == (200, {"noc": "00012"})


@pytest.mark.parametrize("case", build.titled("additional", "caps"))
def test_the_section_stops_at_600(case: build.Json) -> None:
    score = build.crs(case["facts"])
    over = [line for line in score.lines if line.factor == "additional_cap"]
    assert [(line.points, line.max, line.why) for line in over] == (
        [(-case["over"], 0, ("over_the_cap", {"over": case["over"]}))] if case["over"] else []
    )
    assert score.sections["additional"] == (case["points"], case["points"], case["points"], 600)
