"""The 67-point grid: every cell of every table, every adaptability item, the caps, and the lines that add up."""

from datetime import date

import pytest

from scoring.assessment import assess
from scoring.profile import read
from scoring.reasons import Line
from tests.scoring.programs.builders import (
    Json,
    Words,
    assessed,
    cases,
    examples,
    grid,
    ids,
    points,
    program,
    rows,
    table,
)

TABLES = rows("programs/grid_tables.csv")
ADAPTABILITY = cases("programs/adaptability.toml")
ARRANGED = cases("programs/arranged.toml")
WHOLE = cases("programs/grid_lines.toml")
SANITY = examples("grid_examples.json")

CREDENTIALS = {"": [], "two_or_more": ["bachelor IN eca", "one_year CA"]}


def cell(row: dict[str, str]) -> Json:
    """A candidate who stands in one cell of a table."""
    value = row["value"]
    if row["factor"] == "education":
        return {"credentials": CREDENTIALS.get(value, [f"{value} IN eca"])}
    if row["factor"] == "first_language":
        return {"english": f"{value} {value} {value} {value}"}
    if row["factor"] == "second_language":
        return {"english": "10 10 10 10", "french": value}
    if row["factor"] == "experience":
        return {"jobs": [f"21231 IN {2026 - int(value)}-06-01..2026-05-31"] if int(value) else [], "age": 40}
    return {"age": int(value), "jobs": []}


@pytest.mark.parametrize("row", TABLES, ids=lambda row: f"{row['factor']} {row['value'] or 'none'}: {row['points']}")
def test_each_cell_of_each_table(row: dict[str, str]) -> None:
    lines = [line for line in grid(assessed(cell(row))).lines if line.factor.startswith(f"grid_{row['factor']}")]
    assert len(lines) == (4 if row["factor"] == "first_language" else 1)
    assert [(line.points, line.max) for line in lines] == [(int(row["points"]), int(row["max"]))] * len(lines)


@pytest.mark.parametrize("ability", range(4))
def test_first_language_is_paid_by_ability(ability: int) -> None:
    levels = ["7", "7", "7", "7"]
    levels[ability] = "9"
    found = [line for line in grid(assessed({"english": " ".join(levels)})).lines if "first_language" in line.factor]
    assert [line.points for line in found] == [6 if place == ability else 4 for place in range(4)]
    assert [line.factor.rpartition("_")[2] for line in found] == ["listening", "reading", "writing", "speaking"]


@pytest.mark.parametrize(
    ("started", "expected"),
    [("2024-06-01", 11), ("2024-06-02", 9), ("2022-06-02", 11), ("2020-06-02", 13), ("2016-06-02", 15)],
)
def test_experience_counts_completed_years_only(started: str, expected: int) -> None:
    assert points(assessed({"jobs": [f"21231 IN {started}..2026-05-31"], "age": 40}))["grid_experience"] == expected


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        (["21231 IN 2023-06-01..2024-05-31", "21232 CA 2025-06-01..2026-05-31"], 11),  # all occupations together
        (["21231 IN 2025-06-01..2026-05-31", "21232 IN 2025-06-01..2026-05-31"], 9),  # two at a time count once
        (["21231 IN 2023-06-01..2024-05-31", "64100 IN 2024-06-01..2026-05-31"], 9),  # TEER 4 does not count
        (["21231 IN 2023-06-01..2024-05-31", "21232 IN 2024-06-01..2026-05-31 unpaid"], 9),
        (["21231 IN 2024-06-01..2026-05-31 self"], 11),
        (["21231 CA 2024-06-01..2026-05-31 student"], 11),
        (["21231 CA 2024-06-01..2026-05-31 unauthorized"], 0),  # a judgement is not in the grid that is told
        (["21231 IN 2015-06-01..2017-05-31"], 9),  # one of its two years lies before the ten
        (["21231 IN 2014-06-01..2016-05-31"], 0),
        (["21231 IN 24m@2026-05-01"], 11),  # stated months, counted once as if inside the ten years
        (["21231 IN 23.9m@2026-05-01"], 9),
        (["21231 IN 24m@2026-05-01 15h"], 9),
        (["21231 IN 12m@2026-05-01", "21232 IN 12m@2026-05-01"], 11),
        (["21231 IN 12m@2026-05-01", "21232 IN 2025-06-01..2026-05-31"], 11),
    ],
)
def test_experience_of_the_grid(jobs: list[str], expected: int) -> None:
    assert points(assessed({"jobs": jobs}))["grid_experience"] == expected


def test_unknown_jobs_leave_experience_open_between_nothing_and_everything() -> None:
    found = grid(assessed({"set": {"candidate.jobs": "absent"}, "english": "9 9 9 9"}))
    assert (found.low, found.high, found.total) == (23 + 24 + 12, 23 + 24 + 12 + 15 + 10, None)


def test_unknown_pay_leaves_experience_open() -> None:
    found = grid(assessed({"jobs": ["21231 IN 2020-06-01.. ?paid"]}))
    assert (found.low, found.high) == (59, 74)


@pytest.mark.parametrize(
    ("jobs", "least", "most"),
    [
        (["21231 IN 2020-06-01.. ?hours_per_week"], 59, 74),
        (["21231 IN 2020-06-01..2024-05-31", "21231 IN 2024-06-01..2026-05-31 ?hours_per_week"], 72, 74),
        (["21231 IN 72m@2026-05-01 ?hours_per_week"], 59, 74),
        (["? IN 2020-06-01.."], 59, 74),
    ],
)
def test_what_is_unknown_of_a_job_leaves_experience_open(jobs: list[str], least: int, most: int) -> None:
    found = grid(assessed({"jobs": jobs}))
    assert (found.low, found.high) == (least, most)


def test_result_of_an_unknown_day_may_have_run_out() -> None:
    found = grid(assessed({"set": {"candidate.language_results.0.taken_on": "absent"}}))
    assert (found.low, found.high) == (74 - 24, 74)


@pytest.mark.parametrize("case", ADAPTABILITY, ids=ids(ADAPTABILITY))
def test_adaptability(case: Words) -> None:
    found = grid(assessed(case))
    by_factor = {line.factor: line for line in found.lines}
    assert by_factor[case["item"]].points == case["points"]
    assert by_factor[case["item"]].max == {"grid_own_work": 10}.get(case["item"], 5)
    closed = "most" not in case
    assert (found.total is not None) is (closed and case.get("cap", -1) != 0)
    if closed and "cap" in case:
        assert by_factor["grid_adaptability_cap"].points == case["cap"] if case["cap"] else True
    if "cap" not in case:
        assert "grid_adaptability_cap" not in by_factor
    # beside the fixed factors, never more than ten for adaptability
    adaptability = [line.points for line in found.lines[9:]]
    assert 0 <= sum(adaptability) <= 10


@pytest.mark.parametrize(
    "case",
    [case for case in ADAPTABILITY if "most" in case and "cap" not in case],
    ids=ids(case for case in ADAPTABILITY if "most" in case and "cap" not in case),
)
def test_adaptability_that_is_open_widens_the_grid(case: Words) -> None:
    found = grid(assessed(case))
    open_experience = 15 if "candidate.jobs" in case["set"] else 0
    if case["item"] == "grid_own_work" and not open_experience:
        open_experience = 2  # work that may be unauthorized is between four years and six
    assert found.high - found.low == case["most"] - case["points"] + open_experience


def test_cap_that_may_bite_narrows_the_high_end() -> None:
    # relative and study make ten already: an offer can add its ten points of arranged employment, not five more
    case = {"relative": True, "study": True, "set": {"candidate.job_offers": "absent"}}
    assert (grid(assessed(case)).low, grid(assessed(case)).high) == (74 + 10, 74 + 10 + 10)
    half = {"relative": True, "set": {"candidate.job_offers": "absent"}}
    assert (grid(assessed(half)).low, grid(assessed(half)).high) == (74 + 5, 74 + 5 + 10 + 5)


@pytest.mark.parametrize("case", ARRANGED, ids=ids(ARRANGED))
def test_arranged_employment(case: Words) -> None:
    found = assessed(case)
    assert points(found)["grid_arranged_employment"] == case["points"]
    assert points(found)["grid_adaptability_offer"] == case["points"] // 2
    assert grid(found).high - grid(found).low == (case.get("most", case["points"]) - case["points"]) * 3 // 2


def shown(line: Line) -> Json:
    """A line of the grid as the cases tell it."""
    told: Json = {"factor": line.factor, "points": line.points, "max": line.max, "code": line.why.code}
    told["values"] = {key: "?" if value is None else value for key, value in line.why.values.items()}
    return told | ({"estimate": True} if line.estimate else {})


@pytest.mark.parametrize("case", WHOLE, ids=ids(WHOLE))
def test_lines_of_the_grid_in_full(case: Words) -> None:
    found = grid(assessed(case))
    assert [shown(line) for line in found.lines] == case["lines"]
    assert {line.reference for line in found.lines} == {table("programs/grid_lines.toml")["reference"]}
    assert {type(line.points) for line in found.lines} == {type(line.max) for line in found.lines} == {int}
    assert {type(line.estimate) for line in found.lines} == {bool}
    assert sum(line.points for line in found.lines) == found.low == case["low"]
    assert found.high == case["high"]
    assert found.total == (case["low"] if case["low"] == case["high"] else None)


@pytest.mark.parametrize("example", SANITY, ids=[str(example["id"]) for example in SANITY])
def test_sanity_examples_of_the_reference(example: Words) -> None:
    found = assess(read(example["profile"]), date.fromisoformat(example["on"]))
    assert grid(found).total == example["expected"]["fsw_grid"]
    assert program(found, "fsw").verdict == example["expected"]["fsw"]
