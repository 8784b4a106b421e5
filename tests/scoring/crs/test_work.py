"""Jobs to completed years in Canada and abroad, as the CRS counts them."""

from __future__ import annotations

import pytest

from tests.scoring.crs import builders as build

TIERS = {0: 0, 1: 1, 2: 1, 3: 3}
"""Foreign years by the steps of the tables: one and two years pay the same."""


@pytest.mark.parametrize("case", build.titled("work"))
def test_jobs_of_either_in_any_order_come_to_completed_years(case: build.Json) -> None:
    wanted: build.Json = {key: case[key] for key in ("on", "jobs") if key in case}
    score = build.crs(wanted)
    found = {line.factor: line for line in score.lines}
    assert score.total is not None
    both = found["foreign_work_and_canadian_work"].why.values
    assert both["canadian_years"] == case["canadian"]
    assert TIERS[both["years"]] == TIERS[case["foreign"]]
    assert found["canadian_work"].why.values == {"years": case["canadian"]}
    turned = {**wanted, "jobs": list(reversed(case["jobs"]))}
    assert build.crs(turned).sections == score.sections
    assert partners_years(case) == case["canadian"]


def partners_years(case: build.Json) -> object:
    """The completed years in Canada, were the jobs the partner's."""
    wanted: build.Json = {"partner": {"jobs": case["jobs"]}} | {key: case[key] for key in ("on",) if key in case}
    return build.lines(wanted)["partner_canadian_work"].why.values["years"]
