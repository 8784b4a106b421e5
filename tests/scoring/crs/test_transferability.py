"""Section C: every cell of the five tables, the lowest ability that decides, and the three caps."""

from __future__ import annotations

import pytest

from tests.scoring.crs import builders as build


@pytest.mark.parametrize(("level", "lowest", "expected"), build.rows("transferability", "education_and_language"))
def test_education_goes_with_the_first_language(level: str, lowest: int, expected: int) -> None:
    line = build.lines({"education": level, "first": [lowest] * 4})["education_and_language"]
    assert (line.points, line.max) == (expected, 50)
    assert line.why == ("education_and_language", {"level": level, "lowest": lowest})


@pytest.mark.parametrize(("level", "years", "expected"), build.rows("transferability", "education_and_canadian_work"))
def test_education_goes_with_canadian_work(level: str, years: int, expected: int) -> None:
    line = build.lines({"education": level, "canadian": years})["education_and_canadian_work"]
    assert (line.points, line.max) == (expected, 50)
    assert line.why == ("education_and_work", {"level": level, "years": years})


@pytest.mark.parametrize(("years", "lowest", "expected"), build.rows("transferability", "foreign_work_and_language"))
def test_foreign_work_goes_with_the_first_language(years: int, lowest: int, expected: int) -> None:
    line = build.lines({"foreign": years, "first": [lowest] * 4})["foreign_work_and_language"]
    assert (line.points, line.max) == (expected, 50)
    assert line.why.code == "work_and_language"
    assert line.why.values["lowest"] == lowest


@pytest.mark.parametrize(
    ("years", "canadian", "expected"), build.rows("transferability", "foreign_work_and_canadian_work")
)
def test_foreign_work_goes_with_canadian_work(years: int, canadian: int, expected: int) -> None:
    line = build.lines({"foreign": years, "canadian": canadian})["foreign_work_and_canadian_work"]
    assert (line.points, line.max) == (expected, 50)
    assert line.why.code == "foreign_and_canadian_work"
    assert line.why.values["canadian_years"] == canadian


@pytest.mark.parametrize(("held", "lowest", "expected"), build.rows("transferability", "certificate_and_language"))
def test_a_trade_certificate_goes_with_the_first_language(held: bool, lowest: int, expected: int) -> None:
    line = build.lines({"certificate": held, "first": [lowest] * 4})["certificate_and_language"]
    assert (line.points, line.max) == (expected, 50)
    assert line.why == ("certificate", {"held": held, "lowest": lowest})


@pytest.mark.parametrize("place", range(4), ids=build.ABILITIES)
def test_the_lowest_of_the_four_abilities_decides(place: int) -> None:
    levels = [9, 9, 9, 9]
    levels[place] = 8
    found = build.lines({"first": levels, "foreign": 1})
    assert found["education_and_language"].points == 13
    assert found["foreign_work_and_language"].points == 13
    levels[place] = 6
    found = build.lines({"first": levels, "foreign": 1, "certificate": True})
    assert found["education_and_language"].points == 0
    assert found["foreign_work_and_language"].points == 0
    assert found["certificate_and_language"].points == 25


def test_the_second_language_never_decides() -> None:
    french_first = {"first_is": "fr", "first": [6] * 4, "second": [9] * 4, "certificate": True}
    found = build.lines(french_first)
    assert found["education_and_language"].points == 0
    assert found["foreign_work_and_language"].points == 0
    assert found["certificate_and_language"].points == 25


@pytest.mark.parametrize("case", build.titled("transferability", "caps"))
def test_each_group_stops_at_50_and_the_section_at_100(case: build.Json) -> None:
    score = build.crs(case["facts"])
    by_factor = {line.factor: line for line in score.lines}
    for factor, over in (
        ("transferability_education_cap", case["education"]),
        ("transferability_foreign_work_cap", case["foreign_work"]),
        ("transferability_cap", case["section"]),
    ):
        assert (factor in by_factor) is bool(over)
        if over:
            assert (by_factor[factor].points, by_factor[factor].max) == (-over, 0)
            assert by_factor[factor].why == ("over_the_cap", {"over": over})
            assert by_factor[factor].estimate is False
    assert score.sections["transferability"] == (case["points"], case["points"], case["points"], 100)


@pytest.mark.parametrize("tier", [1, 3])
def test_a_year_of_foreign_work_completes_on_its_anniversary(tier: int) -> None:
    start = build.years_ago(build.DAY, tier)
    work = {"set": {"/candidate/jobs": [{**build.job("IN", start, build.DAY), "ended_on": None}]}}
    reached = build.lines(work)["foreign_work_and_language"].points
    before = build.lines({**work, "on": "2026-11-20"})["foreign_work_and_language"].points
    assert (before, reached) == {1: (0, 25), 3: (25, 50)}[tier]
