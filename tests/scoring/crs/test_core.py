"""Section A: age, education, both official languages, Canadian work; each cell of both columns."""

from __future__ import annotations

from datetime import date

import pytest

from tests.scoring.crs import builders as build

BOTH: build.Json = {"partner": {}}
"""With a partner who comes along and brings nothing."""


@pytest.mark.parametrize(("age", "with_partner", "alone"), build.rows("core", "age"))
def test_age_pays_by_completed_years(age: int, with_partner: int, alone: int) -> None:
    assert build.points({"age": age, **BOTH}, "age") == with_partner
    assert build.points({"age": age}, "age") == alone


@pytest.mark.parametrize(("birth_date", "on", "alone"), build.rows("core", "birthday"))
def test_age_changes_on_the_birthday_itself(birth_date: str, on: str, alone: int) -> None:
    assert build.points({"on": on, "set": {"/candidate/birth_date": birth_date}}, "age") == alone


def test_a_stated_age_grows_by_the_whole_years_since_it_was_stated() -> None:
    stated = {"drop": ["/candidate/birth_date"], "set": {"/candidate/age": 29, "/candidate/stated_on": "2025-11-22"}}
    assert build.points(stated, "age") == 110
    assert build.points({**stated, "on": "2026-11-22"}, "age") == 105


@pytest.mark.parametrize(("level", "with_partner", "alone"), build.rows("core", "education"))
def test_education_pays_by_the_highest_level(level: str, with_partner: int, alone: int) -> None:
    assert build.points({"education": level, **BOTH}, "education") == with_partner
    assert build.points({"education": level}, "education") == alone


@pytest.mark.parametrize(("levels", "alone"), build.rows("core", "several_credentials"))
def test_two_or_more_needs_two_of_a_year_and_one_of_three_years(levels: list[str], alone: int) -> None:
    held = [build.credential(level, build.DAY) for level in levels]
    assert build.points({"set": {"/candidate/credentials": held}}, "education") == alone


@pytest.mark.parametrize(
    ("eca", "expected"),
    [(False, 0), ({"issued_on": "2021-11-21"}, 0), ({"issued_on": "2021-11-22"}, 120)],
    ids=["no ECA", "five years old", "a day under five years"],
)
def test_a_foreign_credential_counts_with_an_eca_under_five_years(eca: object, expected: int) -> None:
    assert build.points({"set": {"/candidate/credentials/0/eca": eca}}, "education") == expected


@pytest.mark.parametrize("place", range(4), ids=build.ABILITIES)
@pytest.mark.parametrize(("clb", "with_partner", "alone"), build.rows("core", "first_language"))
def test_first_language_pays_per_ability(clb: int, with_partner: int, alone: int, place: int) -> None:
    levels = [5, 5, 5, 5]
    levels[place] = clb
    for case, expected in (({"first": levels, **BOTH}, with_partner), ({"first": levels}, alone)):
        paid = [build.points(case, f"first_language_{ability}") for ability in build.ABILITIES]
        assert paid == [expected if index == place else 6 for index in range(4)]


@pytest.mark.parametrize("place", range(4), ids=build.ABILITIES)
@pytest.mark.parametrize(("nclc", "expected"), build.rows("core", "second_language"))
def test_second_language_pays_per_ability_the_same_in_both_columns(nclc: int, expected: int, place: int) -> None:
    levels = [0, 0, 0, 0]
    levels[place] = nclc
    for column in (BOTH, {}):
        case = {"second": levels, **column}
        paid = [build.points(case, f"second_language_{ability}") for ability in build.ABILITIES]
        assert paid == [expected if index == place else 0 for index in range(4)]


@pytest.mark.parametrize(("levels", "over_with", "over_alone"), build.rows("core", "second_language_cap"))
def test_second_language_is_cut_to_22_with_a_partner_and_to_24_alone(
    levels: list[int], over_with: int, over_alone: int
) -> None:
    assert build.points({"second": levels, **BOTH}, "second_language_cap") == -over_with
    assert build.points({"second": levels}, "second_language_cap") == -over_alone


def test_a_result_of_two_years_or_more_counts_for_nothing() -> None:
    taken = "/candidate/language_results/0/taken_on"
    assert build.points({"set": {taken: "2024-11-21"}}, "first_language_reading") == 0
    assert build.points({"set": {taken: "2024-11-22"}}, "first_language_reading") == 31


def test_french_may_be_the_first_official_language() -> None:
    case = {"first_is": "fr", "first": [9, 8, 7, 6], "second": [5, 6, 7, 9]}
    assert [build.points(case, f"first_language_{ability}") for ability in build.ABILITIES] == [31, 23, 17, 9]
    assert [build.points(case, f"second_language_{ability}") for ability in build.ABILITIES] == [1, 1, 3, 6]


@pytest.mark.parametrize(("years", "with_partner", "alone"), build.rows("core", "canadian_work"))
def test_canadian_work_pays_by_completed_years(years: int, with_partner: int, alone: int) -> None:
    case = {"canadian": years, "foreign": 0}
    assert build.points({**case, **BOTH}, "canadian_work") == with_partner
    assert build.points(case, "canadian_work") == alone


@pytest.mark.parametrize("years", [1, 2, 3, 4, 5])
def test_a_year_of_canadian_work_completes_on_its_anniversary(years: int) -> None:
    start = build.years_ago(build.DAY, years)
    work = {"set": {"/candidate/jobs": [{**build.job("CA", start, build.DAY), "ended_on": None}]}}
    assert build.lines(work)["canadian_work"].why.values == {"years": years}
    day_before = date(2026, 11, 20).isoformat()
    assert build.lines({**work, "on": day_before})["canadian_work"].why.values == {"years": years - 1}


@pytest.mark.parametrize(("factor", "with_partner", "alone"), build.rows("core", "most"))
def test_each_line_says_the_most_that_its_factor_gives(factor: str, with_partner: int, alone: int) -> None:
    assert build.lines(BOTH)[factor].max == with_partner
    assert build.lines()[factor].max == alone


def test_the_section_stops_at_460_with_a_partner_and_at_500_alone() -> None:
    top = {"education": "doctorate", "first": [10] * 4, "second": [9] * 4, "canadian": 5}
    alone, together = build.crs(top).sections["core"], build.crs({**top, **BOTH}).sections["core"]
    assert (alone.points, alone.low, alone.high, alone.max) == (500, 500, 500, 500)
    assert (together.points, together.low, together.high, together.max) == (460, 460, 460, 460)
