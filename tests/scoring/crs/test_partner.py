"""Section B: what a partner who comes along brings, and who that is."""

from __future__ import annotations

import pytest

from tests.scoring.crs import builders as build

LANGUAGE = [f"partner_language_{ability}" for ability in build.ABILITIES]


@pytest.mark.parametrize(("level", "expected"), build.rows("partner", "education"))
def test_the_partners_education_pays_by_its_level(level: str, expected: int) -> None:
    line = build.lines({"partner": {"education": level}})["partner_education"]
    assert (line.points, line.max, line.why.code, line.why.values) == (
        expected,
        10,
        "level_of_education",
        {"level": level},
    )


@pytest.mark.parametrize("place", range(4), ids=build.ABILITIES)
@pytest.mark.parametrize(("clb", "expected"), build.rows("partner", "language"))
def test_the_partners_language_pays_per_ability(clb: int, expected: int, place: int) -> None:
    levels = [0, 0, 0, 0]
    levels[place] = clb
    found = build.lines({"partner": {"first": levels}})
    assert [found[factor].points for factor in LANGUAGE] == [expected if index == place else 0 for index in range(4)]
    assert [found[factor].max for factor in LANGUAGE] == [5, 5, 5, 5]
    assert found[LANGUAGE[place]].why.values == {"language": "en", "level": clb}


@pytest.mark.parametrize(("english", "french", "declared", "expected", "spoken"), build.rows("partner", "one_language"))
def test_only_one_language_of_the_partner_counts(
    english: list[int], french: list[int], declared: str, expected: int, spoken: str
) -> None:
    case = {"partner": {"first": english, "second": french}, "set": {}, "drop": ["/partner/first_official_language"]}
    if declared:
        case["set"] = {"/partner/first_official_language": declared}
    found = build.lines(case)
    assert sum(found[factor].points for factor in LANGUAGE) == expected
    assert {found[factor].why.values["language"] for factor in LANGUAGE} == {spoken}


@pytest.mark.parametrize(("years", "expected"), build.rows("partner", "canadian_work"))
def test_the_partners_canadian_work_pays_by_completed_years(years: int, expected: int) -> None:
    line = build.lines({"partner": {"canadian": years}})["partner_canadian_work"]
    assert (line.points, line.max, line.why.code) == (expected, 10, "years")
    assert min(line.why.values["years"], 5) == min(years, 5)


@pytest.mark.parametrize("case", build.titled("partner", "applies"))
def test_the_section_needs_a_partner_who_comes_along_and_is_no_citizen(case: build.Json) -> None:
    of_partner = {
        "/partner/accompanying": case["accompanying"],
        "/partner/canadian_or_permanent_resident": case["resident"],
    }
    score = build.crs({"partner": {"education": "bachelor", "sibling": True}, "set": of_partner})
    applies = case["column"] == "with"
    # bachelor's 8, sibling 15, and the columns of age, education and four abilities: 328 with, 354 without
    assert score.sections["partner"] == ((8, 8, 8, 40) if applies else (0, 0, 0, 0))
    assert score.sections["additional"].points == (15 if applies else 0)
    assert score.sections["core"].points == (328 if applies else 354)
    assert any(line.factor.startswith("partner_") for line in score.lines) is applies


def test_the_partners_age_foreign_work_and_certificate_bring_nothing() -> None:
    assert build.crs({"partner": {"age": 29, "foreign": 3, "certificate": True, "nomination": True}}).total == 403
    assert build.crs({"partner": {"age": 60}}).total == 403


def test_the_section_stops_at_40() -> None:
    section = build.crs({"partner": {"education": "doctorate", "first": [10] * 4, "canadian": 5}}).sections["partner"]
    assert section == (40, 40, 40, 40)
