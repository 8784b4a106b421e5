"""Jobs to completed years in Canada and abroad, as the CRS counts them."""

from __future__ import annotations

import pytest

from tests.scoring.crs import builders as build

TIERS = {0: 0, 1: 1, 2: 1, 3: 3}
"""Foreign years are told by the steps that the tables tell apart: one and two years pay the same."""


@pytest.mark.parametrize("case", build.titled("work"))
def test_jobs_come_to_completed_years(case: build.Json) -> None:
    wanted = {key: case[key] for key in ("on", "jobs") if key in case}
    score = build.crs(wanted)
    found = {line.factor: line for line in score.lines}
    assert score.total is not None
    assert found["foreign_work_and_canadian_work"].why.values == {
        "canadian_years": case["canadian"],
        "years": TIERS[case["foreign"]],
    }
    assert found["canadian_work"].why.values == {"years": case["canadian"]}


@pytest.mark.parametrize("case", build.titled("work"))
def test_a_partners_jobs_in_canada_come_to_the_same_years(case: build.Json) -> None:
    wanted = {"partner": {"jobs": case["jobs"]}} | {key: case[key] for key in ("on",) if key in case}
    line = build.lines(wanted)["partner_canadian_work"]
    assert line.why.values == {"years": case["canadian"]}


@pytest.mark.parametrize("case", build.titled("work"))
def test_the_order_of_jobs_does_not_matter(case: build.Json) -> None:
    wanted = {key: case[key] for key in ("on", "jobs") if key in case}
    turned = {**wanted, "jobs": list(reversed(case["jobs"]))}
    assert build.crs(turned) == build.crs(wanted)
