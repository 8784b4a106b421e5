"""Caps that cannot bite with the shipped tables, seen with lower ones: the engine cuts whatever the data say."""

from __future__ import annotations

import copy

from scoring.crs.score import CrsScore
from scoring.resources import toml
from scoring.rulebook import Rulebook
from tests.scoring.crs import builders as build

RICH: build.Json = {"partner": {"education": "doctorate", "first": [9] * 4, "canadian": 5}}


def lowered(case: build.Json, alone: int = 320) -> CrsScore:
    """The score with core cut to 300 with a partner and 320 alone, and the partner section cut to 25."""
    crs = copy.deepcopy(toml("rules/crs.toml"))
    crs["core"][0]["max"] = {"with": 300, "without": alone}
    crs["partner"][0]["max"] = 25
    return build.crs(case, book=Rulebook({"crs": crs}))


def test_the_core_is_cut_in_the_column_that_applies() -> None:
    for case, over, most in ((RICH, 28, 300), ({}, 34, 320)):
        score = lowered(case)
        line = next(line for line in score.lines if line.factor == "core_cap")
        assert (line.points, line.max, line.why) == (-over, 0, ("over_the_cap", {"over": over}))
        assert line.reference.startswith("CRS criteria, A: maximum <https://")
        assert score.sections["core"] == (most, most, most, most)


def test_the_partner_section_is_cut() -> None:
    score = lowered(RICH)
    line = next(line for line in score.lines if line.factor == "partner_cap")
    assert (line.points, line.max, line.why) == (-15, 0, ("over_the_cap", {"over": 15}))
    assert line.reference.startswith("CRS criteria, B: maximum <https://")
    assert score.sections["partner"] == (25, 25, 25, 25)
    assert score.total == 300 + 25 + 75


def test_a_cap_bites_from_the_first_point_over() -> None:
    """The base has 354 in the core."""
    found = [[line.points for line in lowered({}, most).lines if line.factor == "core_cap"] for most in (355, 354, 353)]
    assert found == [[], [], [-1]]
