"""An unknown fact says what all its values come to: verdicts and ranges against every completion, one by one."""

from collections.abc import Mapping

import pytest

from scoring.assessment import assess
from scoring.profile import read
from tests.scoring.programs.builders import (
    Words,
    assessed,
    cases,
    day,
    grid,
    profile,
    program,
    put,
    say,
)

CASES = cases("programs/completions.toml")


@pytest.mark.parametrize("case", CASES, ids=say)
def test_unknown_fact_says_what_all_its_values_come_to(case: Words) -> None:
    whole = profile(case)
    completed = []
    for value in case["values"]:
        put(whole, case["hide"].split("."), value)
        completed.append(assess(read(whole), day(case)))
    verdicts = {program(found, case["program"]).verdict for found in completed}
    put(whole, case["hide"].split("."), "absent")
    found = assess(read(whole), day(case))
    expected = verdicts.pop() if len(verdicts) == 1 else "cannot_tell"
    assert program(found, case["program"]).verdict == expected
    assert grid(found).low == min(grid(each).low for each in completed)
    assert grid(found).high == max(grid(each).high for each in completed)


def test_stated_months_may_decide_the_level_of_the_canadian_class() -> None:
    # twenty stated months of TEER 1 may lie in the three years, and would be most of them
    case: Mapping[str, object] = {
        "jobs": ["21231 CA 20m@2026-05-01", "73300 CA 2025-05-01..2026-05-31"],
        "english": "5 5 5 5",
    }
    assert program(assessed(case), "cec").verdict == "cannot_tell"


def test_level_of_the_canadian_class_falls_when_another_group_has_most_months() -> None:
    case = {"jobs": ["21231 CA 2024-06-01..2025-05-31", "73300 CA 2025-10-01.."], "english": "5 5 5 5"}
    # from 2026-10-01 on both have twelve months, and the tie takes the higher level
    assert str(program(assessed(case), "cec").fits_from) == "2026-10-02"


def test_child_who_turns_22_makes_the_family_smaller() -> None:
    case = {"children": ["2004-08-01"], "funds": 16000}
    assert str(program(assessed(case), "fsw").fits_from) == "2026-08-01"


@pytest.mark.parametrize(
    ("words", "factor"),
    [
        ({"jobs": ["21231 CA 12m@2026-05-01 30h", "21231 IN 2020-06-01..2024-05-31"]}, "grid_own_work"),
        ({"partner": {"stated": "en 5 5 5 5"}}, "grid_partner_language"),
        ({"partner": {"jobs": ["65100 CA 12m@2026-05-01 30h"]}}, "grid_partner_work"),
    ],
)
def test_line_that_rests_on_an_estimate_says_so(words: Words, factor: str) -> None:
    line = next(line for line in grid(assessed(words)).lines if line.factor == factor)
    assert line.points
    assert line.estimate
