"""The lines of a score: one per factor and per ability, why each pays, what is estimated, and the reference."""

from __future__ import annotations

import json
from datetime import date

import pytest

from scoring.output import as_json
from scoring.rulebook import Rulebook
from tests.scoring.crs import builders as build

WHOLE = json.loads((build.CASES / "crs" / "lines.json").read_text("utf-8"))
FULL: build.Json = {"education": "masters", "certificate": True, "second": [9] * 4, "canadian": 2, "foreign": 1}
CORE = [
    "age",
    "education",
    *(f"first_language_{ability}" for ability in build.ABILITIES),
    *(f"second_language_{ability}" for ability in build.ABILITIES),
    "canadian_work",
]
PARTNER = [
    "partner_education",
    *(f"partner_language_{ability}" for ability in build.ABILITIES),
    "partner_canadian_work",
]
TRANSFERABILITY = [
    "education_and_language",
    "education_and_canadian_work",
    "foreign_work_and_language",
    "foreign_work_and_canadian_work",
    "certificate_and_language",
]
ADDITIONAL = ["nomination", "sibling", "french", "canadian_study"]


def told(score_lines: list[build.Json]) -> list[build.Json]:
    """Lines as JSON, the reference without its address; caps say nothing of estimates."""
    found = []
    for line in score_lines:
        line["reference"] = line["reference"].split(" <")[0]
        if line["why"]["code"] == "over_the_cap":
            line.pop("estimate")
        found.append(line)
    return found


@pytest.mark.parametrize("case", [pytest.param(each, id=each["title"]) for each in WHOLE])
def test_the_exact_lines_of_a_whole_profile(case: build.Json) -> None:
    score = build.crs(case["facts"])
    assert told(as_json(score.lines)) == told([dict(line) for line in case["lines"]])
    assert build.ends(score) == (case["low"], case["high"])
    assert {type(number) for line in score.lines for number in (line.points, line.max)} == {int}


def test_there_is_one_line_per_factor_in_the_order_of_the_sections() -> None:
    assert [line.factor for line in build.crs().lines] == [*CORE, *TRANSFERABILITY, *ADDITIONAL]
    together = [line.factor for line in build.crs({"partner": {}}).lines]
    assert together == [*CORE, *PARTNER, *TRANSFERABILITY, *ADDITIONAL]


@pytest.mark.parametrize("case", build.titled("estimates"))
def test_a_line_that_rests_on_an_estimate_says_so(case: build.Json) -> None:
    found = build.crs({**FULL, **{key: value for key, value in case.items() if key not in ("title", "estimates")}})
    assert {line.factor for line in found.lines if line.estimate} == set(case["estimates"])


@pytest.mark.parametrize(("first", "other"), [("en", "fr"), ("fr", "en")])
def test_a_language_without_a_valid_result_is_named(first: str, other: str) -> None:
    found = build.lines({"first_is": first, "first": [7] * 4})
    assert found["first_language_writing"].why == (
        "level",
        {"language": first, "level": 7, "result": "/candidate/language_results/0"},
    )
    for ability in build.ABILITIES:
        line = found[f"second_language_{ability}"]
        assert (line.points, line.why, line.estimate) == (0, ("no_valid_result", {"language": other}), False)


@pytest.mark.parametrize("first", ["en", "fr"])
def test_without_any_result_the_declared_language_is_the_first(first: str) -> None:
    found = build.lines({"set": {"/candidate/language_results": [], "/candidate/first_official_language": first}})
    other = "fr" if first == "en" else "en"
    assert found["first_language_reading"].why == ("no_valid_result", {"language": first})
    assert found["second_language_reading"].why == ("no_valid_result", {"language": other})
    assert found["education_and_language"].why.values["lowest"] == 0
    assert found["french"].why.values == {"french": None, "english": None}


@pytest.mark.parametrize(
    ("taken", "expected"),
    [(["2026-01-01", "2026-02-01"], 1), (["2026-02-01", "2026-01-01"], 0)],
    ids=["the second is later", "the first is later"],
)
def test_of_two_equal_results_the_later_counts(taken: list[str], expected: int) -> None:
    results = [{**build.result([9] * 4, "en", build.DAY), "taken_on": day} for day in taken]
    line = build.lines({"set": {"/candidate/language_results": results}})["first_language_reading"]
    assert line.why.values["result"] == f"/candidate/language_results/{expected}"


def test_of_two_results_the_better_counts_even_when_it_is_older() -> None:
    results = [
        {**build.result([9] * 4, "en", build.DAY), "taken_on": "2025-01-01"},
        {**build.result([8, 9, 9, 9], "en", build.DAY), "taken_on": "2026-01-01"},
    ]
    score = build.crs({"set": {"/candidate/language_results": results}})
    assert score.total == 429


def test_without_a_declared_language_the_one_that_pays_more_is_first() -> None:
    score = build.crs({"first": [8] * 4, "second": [9] * 4, "drop": ["/candidate/first_official_language"]})
    assert score.total == 110 + 120 + 4 * 31 + 4 * 3 + 75 + 50
    found = {line.factor: line for line in score.lines}
    assert found["first_language_reading"].why.values["language"] == "fr"


def test_a_result_with_which_a_program_fits_comes_before_one_that_scores_more() -> None:
    """FSWP: 7 in all four, and 67 points: age 12, bachelor's 21, CLB 7 16, French 4, three years 11, a relative 5."""
    higher, fitting = [10, 10, 10, 6], [7, 7, 7, 7]
    case: build.Json = {
        "second": [5] * 4,
        "set": {
            "/candidate/language_results/0": build.result(higher, "en", build.DAY),
            "/candidate/relative_in_canada": True,
            "/household/dependants": [],
            "/household/settlement_funds_cad": 50000,
            "/household/intends_quebec": False,
        },
    }
    alone = build.assessed(build.facts(case))
    assert (alone.crs.total, alone.programs[0].verdict) == (110 + 120 + 3 * 34 + 9 + 4, "nearly")
    both = build.facts(case)
    both["candidate"]["language_results"].append(build.result(fitting, "en", build.DAY))
    found = build.assessed(both)
    assert (found.crs.total, found.programs[0].verdict) == (110 + 120 + 4 * 17 + 4 + 13 + 25, "fits")


def test_with_equal_languages_english_is_first() -> None:
    found = build.lines({"first": [9] * 4, "second": [9] * 4, "drop": ["/candidate/first_official_language"]})
    assert found["first_language_reading"].why.values["language"] == "en"


@pytest.mark.parametrize(("factor", "reference", "address"), build.rows("references", "factors"))
def test_every_line_names_its_reference(factor: str, reference: str, address: str) -> None:
    rich = {
        "on": "2025-03-24",
        "education": "doctorate",
        "second": [9] * 4,
        "canadian": 2,
        "certificate": True,
        "nomination": True,
        "sibling": True,
        "partner": {},
    }
    line = build.lines(rich, book=Rulebook())[factor]
    assert line.reference.startswith(f"{reference} <https://")
    assert line.reference.endswith(f"{address}>")


@pytest.mark.parametrize(("on", "factor", "reference"), build.rows("references", "by_date"))
def test_the_reference_is_that_of_the_rule_in_force_on_the_day(on: str, factor: str, reference: str) -> None:
    line = build.lines({"on": on}, book=Rulebook())[factor]
    assert line.reference.split(" <")[0] == reference


def test_two_days_of_one_rulebook_keep_their_own_references() -> None:
    first = build.crs({"on": date(2020, 10, 19).isoformat()})
    again = build.crs({"on": date(2020, 10, 20).isoformat()})
    french = [next(line for line in score.lines if line.factor == "french") for score in (first, again)]
    assert french[0].reference != french[1].reference
